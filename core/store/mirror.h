#pragma once
// The mirror: SQLite's file held in memory, every commit written behind to a BlockStore. Reads and queries never wait.
// A commit is cut only where SQLite says that it is one, so that spilled pages and rollbacks never leave memory. After
// a crash the state that is reopened is that of some commit, never older than saved().
//
// One transaction is under way at a time; the next takes every whole commit that waits. Pages are let go only when the
// store has said "complete". One thread, one connection at a time.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/block_store.h"
#include "core/store/mirror_image.h"
#include "core/store/mirror_loader.h"

namespace guanjia {

enum class SaveState : std::uint8_t {
    saved,
    saving,
    not_saved,  // the store failed; tried again by retry()
    read_only,  // another owner writes; for good
};

class Mirror {
public:
    struct Options {
        // Bytes that may wait for the store. Beyond them SQLite hears that the disk is full and rolls back; a single
        // transaction may be larger.
        std::size_t pending_limit = std::size_t{64} << 20;
        // Compaction: at so many records, or so many bytes of pages, in the log.
        std::uint32_t log_records_limit = 256;
        std::size_t log_bytes_limit = std::size_t{8} << 20;
    };

    // Registers SQLite's VFS `name`, which opens this one database whatever it is called. `store` outlives the mirror,
    // the mirror outlives the connection.
    Mirror(std::string name, BlockStore& store, MirrorContent content, Options options);
    ~Mirror();
    Mirror(Mirror const&) = delete;
    Mirror& operator=(Mirror const&) = delete;

    std::string const& name() const { return name_; }

    // Shuts any older owner out. Until it is called nothing is written; commits wait.
    void claim();
    // Hands what waits to the store, when nothing is under way and no retry is being waited for.
    void pump();
    // Pumps, relaxed work included, and says which saved() to wait for: all that is committed, also what is under way.
    std::uint64_t flush();
    // Another owner is known to have come: from now on this one only reads, and what waited is not written.
    void stand_down();
    // After not_saved: the same again, with what came since. Milliseconds to wait first: 250, doubling to 30,000; 0
    // when there is nothing to wait for.
    void retry();
    std::int64_t retry_delay() const { return waits_for_retry_ ? retry_delay_ : 0; }
    // While bulk work runs the store need not wait for the disk, and saved() stands still; its end is strict.
    void bulk(bool on);

    SaveState state() const;
    bool read_only() const { return read_only_; }
    bool is_claimed() const { return claimed_; }  // the store has taken this owner's claim
    bool is_gone() const { return gone_; }        // why read_only: the store is empty, and memory the last copy
    // Records that were found damaged are still in the store: what they name must be kept as well.
    bool keeps_cut() const { return tail_.to != 0 || !stored_.head.cut.empty(); }
    bool is_full() const { return full_; }  // why not_saved: no room in the store
    std::uint64_t committed() const { return committed_; }
    std::uint64_t saved() const { return saved_; }
    std::size_t pending_bytes() const;

    // Called when there is something to pump, and when state(), committed() or saved() have changed. Neither may
    // destroy the mirror or use the connection.
    std::function<void()> on_wanted;
    std::function<void()> on_change;

    // The database file for a rescue: as it stands in memory, that is the last commit while no transaction is open.
    // Reading needs no claim and no store.
    std::uint64_t size() const { return std::uint64_t{file_.pages()} * mirror_page_size; }
    std::uint32_t pages() const { return file_.pages(); }
    std::string_view page(std::uint32_t number) const { return file_.page(number); }
    std::string bytes() const;

private:
    friend struct MirrorVfs;
    struct Registration;
    struct Batch {
        PageSet pages;
        std::uint32_t size = 0;      // of the database after it, in pages
        std::uint64_t sequence = 0;  // of its last commit; 0: there is none
    };
    // What the store holds.
    struct Stored {
        MirrorHead head;
        LogTally log;
    };
    struct Flight {
        Batch batch;
        Stored after;
        bool strict = true;
    };
    enum class Admission : std::uint8_t { granted, full, read_only };

    // Towards SQLite (mirror.cpp).
    bool read(char* to, std::size_t amount, std::uint64_t offset) const;
    bool write(std::string_view page, std::uint64_t offset);
    void truncate(std::uint32_t pages);
    Admission prepare();
    void commit();
    bool is_quiet() const;

    // Towards the store (mirror_pump.cpp).
    bool strict_wanted() const { return !bulk_ || saved_ < strict_through_; }
    BlockTransaction cut();
    void put_tail_aside();
    void write_log(BlockTransaction& transaction);
    void write_segments(BlockTransaction& transaction);
    void landed(BlockOutcome outcome);
    void take_back(Batch batch);
    void changed() const;

    std::string name_;
    BlockStore& store_;
    Options options_;

    MirrorFile file_;
    PageMarks dirty_;                    // changed since the last commit
    std::uint32_t committed_pages_ = 0;  // size at the last commit
    Batch prepared_;  // the transaction that is being committed, copied while it can still be refused
    bool is_prepared_ = false;
    bool refused_ = false;  // the last transaction was, and its rollback has not yet come through
    int connections_ = 0;

    Batch pending_;
    std::unique_ptr<Flight> flight_;
    Stored stored_;
    std::vector<Stored> doubtful_;  // what "failed" writes would have left, had they landed all the same
    SequenceRange tail_;            // what the loader cut off, until a claim has put it aside; none when `to` is 0
    bool claim_wanted_ = false;
    bool claimed_ = false;
    bool again_ = false;  // what waits was tried before
    bool waits_for_retry_ = false;
    bool failing_ = false;
    bool full_ = false;
    bool read_only_ = false;
    bool gone_ = false;
    bool bulk_ = false;
    std::int64_t retry_delay_ = 0;
    std::uint64_t committed_ = 0;
    std::uint64_t saved_ = 0;
    std::uint64_t strict_through_ = 0;  // flush() wants saved() to come so far, bulk work or not

    std::unique_ptr<Registration> registration_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace guanjia
