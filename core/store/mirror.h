#pragma once
// The mirror: SQLite's file held in memory, every commit written behind to a BlockStore. Reads and queries never wait;
// a commit is cut only where SQLite says that it is one (SQLITE_FCNTL_COMMIT_PHASETWO), so that spilled pages and
// rollbacks never leave memory. After a crash the state reopened is that of some commit, never older than saved().
//
// One transaction is under way at a time and takes every whole commit that waits; pages are let go only when the store
// has said "complete". Not for several threads.

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "core/store/mirror_image.h"

namespace guanjia {

enum class SaveState : std::uint8_t {
    saved,
    saving,
    not_saved,  // the store refused; tried again by retry()
    read_only,  // another owner writes
};

class Mirror {
public:
    struct Options {
        // Commits that wait take at most about this much; beyond it SQLite hears that the disk is full.
        std::size_t pending_limit = std::size_t{64} << 20;
        std::uint32_t log_records_limit = 256;
        std::size_t log_bytes_limit = std::size_t{8} << 20;
    };

    // Registers itself as SQLite's VFS `name`; every file of it is this one database. `store` must outlive it.
    Mirror(std::string name, BlockStore& store, MirrorContent content, Options options);
    ~Mirror();
    Mirror(Mirror const&) = delete;
    Mirror& operator=(Mirror const&) = delete;

    std::string const& name() const { return name_; }
    bool is_new() const { return is_new_; }
    // Whether the last commits before this start were damaged and have been cut off.
    bool tail_was_cut() const { return tail_cut_; }

    // Shuts any older owner out; the first thing written.
    void claim();

    // Another owner has come: from now on this one only reads.
    void stand_down();

    // Hands what waits to the store, when nothing is under way.
    void pump();
    // After not_saved: the same again, with what came since.
    void retry();
    // Milliseconds to wait before retry(): 250, doubling to 30,000.
    std::int64_t retry_delay() const { return retry_delay_; }

    // While bulk work runs the store need not wait for the disk; a strict write at its end does.
    void set_bulk(bool bulk);

    SaveState state() const;
    bool is_full() const { return full_; }  // why not_saved
    std::uint64_t committed() const { return committed_; }
    std::uint64_t saved() const { return saved_; }
    std::uint64_t size() const { return std::uint64_t{file_.pages()} * mirror_page_size; }

    // Somebody is told when there is something to pump, and when the state has changed.
    std::function<void()> on_wanted;
    std::function<void()> on_change;

    // The database file as it stands in memory, for a rescue file.
    std::string bytes() const;

private:
    friend struct MirrorFileMethods;
    struct Batch {
        PageSet pages;
        std::uint32_t size = 0;  // of the database, in pages
        std::uint64_t sequence = 0;
    };
    struct Flight {
        Batch batch;
        MirrorHead head;
        bool strict = true;
        bool compacts = false;
        std::set<std::uint32_t> log_segments;
        std::uint32_t log_records = 0;
        std::size_t log_bytes = 0;
    };

    // For SQLite.
    int write(char const* bytes, std::size_t amount, std::uint64_t offset);
    int read(char* bytes, std::size_t amount, std::uint64_t offset) const;
    int truncate(std::uint64_t size);
    void commit();

    BlockTransaction cut(Flight& flight);
    void put_segments(BlockTransaction& transaction, Flight& flight, std::uint32_t segments) const;
    void landed(BlockOutcome outcome);
    void changed() const;

    std::string name_;
    BlockStore& store_;
    Options options_;
    struct Registration;
    std::unique_ptr<Registration> registration_;

    MirrorFile file_;
    std::set<std::uint32_t> dirty_;  // written since the last commit
    bool shrunk_ = false;            // … and so was the size

    MirrorHead head_;          // as stored
    std::uint64_t chain_ = 0;  // the last log record, or what the segments hold
    std::set<std::uint32_t> log_segments_;
    std::uint32_t log_records_ = 0;
    std::size_t log_bytes_ = 0;

    Batch pending_;
    std::unique_ptr<Flight> flight_;
    bool claim_wanted_ = false;
    bool barrier_wanted_ = false;  // relaxed writes wait for a strict one
    bool is_new_ = false;
    bool tail_cut_ = false;
    bool bulk_ = false;
    bool failing_ = false;
    bool full_ = false;
    bool read_only_ = false;
    std::int64_t retry_delay_ = 0;
    std::uint64_t committed_ = 0;
    std::uint64_t saved_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace guanjia
