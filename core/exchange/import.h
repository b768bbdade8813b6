#pragma once
// Taking in a slice of another desk, of headquarters, or of our own past. In steps, so that a page stays alive:
//   verify: the whole file is read and checked before anything is taken in, and its frames are set aside
//   apply:  the frames are applied one by one, a step of one in a transaction of its own; a crash goes on where it
//           stopped
// So a file is taken in wholly or not at all, as often and in whatever order it comes.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/slice.h"
#include "core/store/journal.h"
#include "core/store/projection.h"

namespace guanjia {

// A stamp further ahead of our clock than this is not believed: its file waits in quarantine.
inline constexpr std::int64_t stamp_ahead_limit_milliseconds = std::int64_t{24} * 3600 * 1000;
// A file larger than this is not kept in quarantine; it must be handed in again.
inline constexpr std::size_t quarantine_file_limit = std::size_t{64} << 20;

// What an import needs of the desk that takes it in.
struct ImportTarget {
    Database& database;
    Journal& journal;
    Projection& projection;
    HybridClock& clock;
    DeskIdentity const& identity;
    std::int64_t wall_milliseconds;
};

struct ImportReport {
    SliceHeader header;
    std::uint64_t added = 0;
    std::uint64_t known = 0;
    std::uint64_t photos = 0;      // that were carried and belong to a ticket here
    std::vector<EntryRange> gaps;  // numbers of this desk that are still missing
};

// How far the frame that is being applied has come. In memory only: after a crash the frame is begun again, and what of
// it is in the journal already is passed over.
struct FrameProgress {
    std::int64_t position = 0;  // of the frame in base_import; 0: none is under way
    std::vector<EncodedEntry> entries;
    std::size_t next = 0;
    Hash hash{};  // of the entry before the next
};

class Import {
public:
    Import(ImportTarget target, std::istream& from);
    ~Import();

    // Works on for at most `budget` entries. True when done; refused: "exchange.damaged", "exchange.not-a-slice",
    // "exchange.newer", "exchange.other-centre", "exchange.fork", "exchange.quarantined", archive.*. After a refusal
    // nothing of the file is in the tables; forks and quarantined files are kept aside.
    Result<bool> step(std::size_t budget);
    // Entries seen so far of all, first while verifying and then while applying: for a progress bar.
    std::uint64_t done() const { return done_; }
    std::uint64_t all() const;
    ImportReport const& report() const { return report_; }
    // Where the file's photos lie, once it has been taken in.
    std::vector<SliceReader::PhotoPlace> const& photos() const { return reader_->photos(); }

private:
    enum class Phase { header, verify, apply, finished };

    Result<void> start();
    Result<bool> verify(std::size_t budget);
    Result<bool> next_frame();
    Result<void> end_of_file();
    Result<void> keep_fork();
    Result<void> keep_quarantined();

    ImportTarget target_;
    std::unique_ptr<SliceReader> reader_;
    Phase phase_ = Phase::header;
    ImportReport report_;
    std::string frame_;       // that is being verified; empty: none
    FrameProgress verified_;  // of it
    Hash before_frame_{};
    FrameProgress applied_;
    Hash hash_{};
    std::uint64_t next_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t fork_at_ = 0;     // 0: none
    std::int64_t ahead_until_ = 0;  // milliseconds; 0: no stamp too far ahead
};

// Applies what a crash left verified but not applied, and drops what it left unverified. Called when a desk opens.
// Applies at most `budget` entries; true when nothing is left. `progress` is kept from one call to the next.
Result<bool> resume_import(ImportTarget& target, std::size_t budget, FrameProgress& progress,
                           ImportReport* report = nullptr);
bool has_waiting_import(Database& database);

struct Quarantined {
    Hash digest{};
    LocalTime found_at = no_time;
    Incarnation incarnation = 0;
    EntryRange range;
    std::int64_t ahead_until = 0;  // milliseconds UTC of its latest stamp
};
std::vector<Quarantined> quarantined(Database& database);
struct WaitingFile {
    Hash digest{};
    std::string bytes;
};
// Files whose stamps the clock has reached by now: to be imported again, and then released.
std::vector<WaitingFile> files_to_release(Database& database, std::int64_t wall_milliseconds);
void release(Database& database, Hash const& digest);

struct ForkRow {
    Incarnation incarnation = 0;
    std::uint64_t number = 0;
    Hash hash{};
    LocalTime found_at = no_time;
};
std::vector<ForkRow> forks(Database& database);

}  // namespace guanjia
