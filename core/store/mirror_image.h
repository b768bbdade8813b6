#pragma once
// How the mirror's records look, and the database file in memory. Layout: docs/decisions/0011-mirror.md. Numbers are
// little-endian; every record ends in a CRC-32C of what stands before it.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/procedure/refusal.h"
#include "core/store/block_store.h"

namespace guanjia {

inline constexpr std::uint32_t mirror_page_size = 4096;
inline constexpr std::uint32_t pages_per_segment = 256;
inline constexpr std::size_t segment_size = std::size_t{mirror_page_size} * pages_per_segment;
// 56 KiB: small enough for a browser to keep inline, large enough to be few.
inline constexpr std::uint32_t pages_per_part = 14;
// 2 GiB: more than a page of a browser can hold.
inline constexpr std::uint32_t mirror_page_limit = std::uint32_t{1} << 19;
// What a number in JavaScript can count.
inline constexpr std::uint64_t sequence_limit = std::uint64_t{1} << 53;

inline constexpr std::uint32_t segments_of(std::uint32_t pages) {
    return (pages + pages_per_segment - 1) / pages_per_segment;
}
// Pages that a segment holds in a database of so many.
std::uint32_t pages_in_segment(std::uint32_t index, std::uint32_t pages);

// Castagnoli's polynomial, as in iSCSI: "123456789" gives E3069283.
std::uint32_t crc32c(std::string_view bytes);

// From and to included.
struct SequenceRange {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    friend bool operator==(SequenceRange const&, SequenceRange const&) = default;
};

struct MirrorHead {
    std::uint64_t epoch = 0;                 // counts owners; 0: nothing is stored
    std::uint64_t sequence = 0;              // grows with every commit that is kept
    std::uint64_t last = 0;                  // the commit that is the newest state
    std::uint64_t compacted = 0;             // segments hold every commit through this one; the log begins behind it
    std::uint32_t pages = 0;                 // of the database as the segments hold it
    std::vector<std::uint32_t> generations;  // of each segment, from 1
    std::vector<SequenceRange> cut;          // log records that no state is made of: once found damaged, and all behind
    friend bool operator==(MirrorHead const&, MirrorHead const&) = default;
};
std::string encode_head(MirrorHead const& head);
// Refused: "store.damaged", "store.newer".
Result<MirrorHead> decode_head(std::string_view bytes);

// The pages of one commit, or of several that were kept together: number from 0, and 4096 bytes.
using PageSet = std::map<std::uint32_t, std::string>;

// A log record in parts of at most 56 KiB. `before`: the commit that it follows. `pages`: of the database after it.
std::vector<BlockPut> encode_log(std::uint64_t sequence, std::uint64_t before, std::uint32_t pages, PageSet const& set);

struct LogPart {
    std::uint64_t sequence = 0;
    std::uint64_t before = 0;
    std::uint32_t part = 0;
    std::uint32_t parts = 0;
    std::uint32_t pages = 0;
    // Numbers grow and are below `pages`. The bytes are those that were decoded.
    std::vector<std::pair<std::uint32_t, std::string_view>> set;
};
std::optional<LogPart> decode_log_part(std::string_view bytes);

BlockPut encode_segment(std::uint32_t index, std::uint32_t generation, std::string_view image);
// Cuts the bytes of a segment's record down to the image, in place; false when they are no such record.
bool decode_segment(std::string& bytes, BlockKey key, std::uint32_t pages);

// The database file in memory, in pieces of a segment each: growing moves nothing.
class MirrorFile {
public:
    std::uint32_t pages() const { return pages_; }
    // Shrinks or grows; what is new is zero. Growing throws std::bad_alloc and then has changed nothing.
    void resize(std::uint32_t pages);
    std::string_view page(std::uint32_t number) const;
    char* writable_page(std::uint32_t number);
    // A segment's used part.
    std::string_view segment(std::uint32_t index) const;
    // Takes the image of the next segment without a copy. All but the last are of segment_size.
    void append_segment(std::string image);

private:
    std::vector<std::string> segments_;
    std::uint32_t pages_ = 0;
};

// A set of page numbers that takes no memory when one is added.
class PageMarks {
public:
    // Forgets those beyond; room for those before. Throws std::bad_alloc.
    void resize(std::uint32_t pages);
    void add(std::uint32_t number) { words_[number / 64] |= std::uint64_t{1} << (number % 64); }
    bool empty() const;
    void clear();
    template <class Visit>
    void each(Visit visit) const {
        for (std::uint32_t word = 0; word < words_.size(); ++word)
            for (std::uint32_t bit = 0; words_[word] >> bit != 0;) {
                if ((words_[word] >> bit & 1) != 0) visit(word * 64 + bit);
                if (++bit == 64) break;
            }
    }

private:
    std::vector<std::uint64_t> words_;
};

// What stands in the log behind the segments.
struct LogTally {
    std::uint32_t records = 0;
    std::size_t bytes = 0;
    std::uint32_t pages = 0;           // of the database after it
    std::set<std::uint32_t> segments;  // that a compaction must write anew

    // Of a record: pages by number, and how many the database has after it.
    template <class Set>
    void add(Set const& set, std::uint32_t pages_after) {
        ++records;
        bytes += set.size() * mirror_page_size;
        for (auto const& page : set) segments.insert(page.first / pages_per_segment);
        // The last segment's image ends where the database does.
        if (pages_after != pages && pages_after > 0) segments.insert(segments_of(pages_after) - 1);
        pages = pages_after;
    }
};

}  // namespace guanjia
