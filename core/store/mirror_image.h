#pragma once
// How the mirror's records look, and how a database is put together from them again. Layout:
// docs/decisions/0011-mirror.md. All numbers little-endian, every record with a CRC-32C of what stands before it.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/procedure/refusal.h"
#include "core/store/block_store.h"

namespace guanjia {

inline constexpr std::size_t mirror_page_size = 4096;
inline constexpr std::size_t pages_per_segment = 256;
inline constexpr std::size_t segment_size = mirror_page_size * pages_per_segment;
inline constexpr std::size_t pages_per_part = 14;  // 56 KiB: small enough to be written inline, large enough to be few
inline constexpr std::uint32_t mirror_page_limit = std::uint32_t{1} << 20;  // 4 GiB

std::uint32_t crc32c(std::string_view bytes);

struct MirrorHead {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;              // of the last commit that is kept
    std::uint64_t compacted = 0;             // the segments hold everything up to this commit
    std::uint32_t compacted_pages = 0;       // size of the database then
    std::uint32_t pages = 0;                 // … and now
    std::vector<std::uint32_t> generations;  // of each segment, 0: never written
};
std::string encode_head(MirrorHead const& head);
// Refused: "store.damaged", "store.newer".
Result<MirrorHead> decode_head(std::string_view bytes);

// The pages of one commit, or of several that were kept together: number from 0, and 4096 bytes.
using PageSet = std::map<std::uint32_t, std::string>;
// A log record in parts. `before`: the sequence that it follows. `pages`: size of the database after it.
std::vector<BlockPut> encode_log(std::uint64_t sequence, std::uint64_t before, std::uint32_t pages, PageSet const& set);
BlockPut encode_segment(std::uint32_t index, std::uint32_t generation, std::string_view image);

// The database file in memory, in pieces of a segment each, so that it grows without being copied. What was never
// written takes no room.
class MirrorFile {
public:
    std::uint32_t pages() const { return pages_; }
    // Shrinks or grows; what is new is zero.
    void resize(std::uint32_t pages);
    char const* page(std::uint32_t number) const;
    // Grows as needed.
    char* writable_page(std::uint32_t number);
    // A segment's used part.
    std::string_view segment(std::uint32_t index) const;  // valid until the next write

private:
    using Segment = std::array<char, segment_size>;
    std::vector<std::unique_ptr<Segment>> segments_;
    std::uint32_t pages_ = 0;
};

struct MirrorContent {
    MirrorHead head;                // as stored; epoch 0: nothing was stored
    MirrorFile file;                // the state that is reopened
    std::uint64_t sequence = 0;     // … and its commit; below head.sequence when the log's tail was cut
    std::uint32_t log_records = 0;  // whole records behind the segments
    std::size_t log_bytes = 0;
    std::vector<std::uint32_t> log_segments;  // segments that the log touches
    bool tail_cut = false;
};

// Is fed what the store holds, in any order, and says which state is reopened: the segments that the head names, then
// the log as far as it is whole and unbroken.
class MirrorLoader {
public:
    void head(std::string_view bytes);
    void add(BlockArea area, BlockKey key, std::string bytes);
    // Refused: "store.damaged" (the head, or a segment; why: which), "store.newer".
    Result<MirrorContent> finish();

private:
    struct Part {
        std::uint32_t part;
        std::string bytes;
    };
    std::optional<std::string> head_;
    std::map<BlockKey, std::string> segments_;
    std::map<std::uint64_t, std::vector<Part>> log_;
};

}  // namespace guanjia
