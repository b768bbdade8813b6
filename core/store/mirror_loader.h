#pragma once
// Puts a database together from what a BlockStore holds, and says which state that is.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/procedure/refusal.h"
#include "core/store/mirror_image.h"

namespace guanjia {

struct MirrorContent {
    MirrorHead head;             // as stored; epoch 0: nothing was stored, the database is new
    MirrorFile file;             // the state that is reopened
    std::uint64_t sequence = 0;  // … and its commit
    LogTally log;                // of the records that it took

    // The log ended early: commits after `sequence` and through head.last are lost. They were whole when they were
    // written; a crash does not do this, a damaged disk does. What is left of them stays in the store.
    bool tail_was_cut() const { return sequence < head.last; }
    // Records behind `sequence` that no state is made of, and the newest of them (or head.last, when that is newer).
    std::uint64_t cut_records = 0;
    std::uint64_t cut_bytes = 0;
    std::uint64_t cut_through = 0;
};

enum class MirrorFault : std::uint8_t {
    missing,       // named by what is whole, not found
    altered,       // does not carry its own sum, or says that it is something else
    out_of_order,  // whole, but does not follow what it should follow
    stray,         // whole, but behind the newest commit that the head knows
};

struct MirrorFinding {
    enum class What : std::uint8_t { head, segment, log };
    What what = What::head;
    BlockKey key;
    MirrorFault fault = MirrorFault::missing;
    friend bool operator==(MirrorFinding const&, MirrorFinding const&) = default;
};

// Is fed what the store holds, in any order. The state is that of the segments that the head names, then the log as far
// as it is whole and unbroken. Memory is taken for what was fed, never for what a record promises. Segments are looked
// at in steps, since there may be hundreds.
class MirrorLoader {
public:
    void head(std::string_view bytes);
    void add(BlockArea area, BlockKey key, std::string bytes);
    // When all is fed: looks at the next `segments` of those that the head names. True when finish() has none left.
    bool check(std::uint32_t segments);
    // Once. Refused: "store.damaged" (the head, or segments: findings() has them all), "store.newer".
    Result<MirrorContent> finish();
    // What was wrong, refused or not.
    std::vector<MirrorFinding> const& findings() const { return findings_; }

private:
    using Parts = std::map<std::uint32_t, std::string>;
    struct Record;
    bool take_head();
    bool take_segments(std::uint32_t limit);
    void follow_log(MirrorContent& content);
    std::optional<Record> read_record(std::uint64_t sequence, Parts const& parts);
    void found(MirrorFinding::What what, BlockKey key, MirrorFault fault) { findings_.push_back({what, key, fault}); }

    std::optional<std::string> head_;
    bool head_taken_ = false;
    std::optional<Refusal> refused_;  // why there is no state
    MirrorContent content_;
    std::uint32_t next_segment_ = 0;
    std::map<BlockKey, std::string> segments_;
    std::map<std::uint64_t, Parts> log_;
    std::vector<MirrorFinding> findings_;
};

}  // namespace guanjia
