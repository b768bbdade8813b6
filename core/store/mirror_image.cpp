#include "core/store/mirror_image.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

namespace guanjia {

namespace {

constexpr std::uint32_t format = 1;
constexpr std::uint32_t lowest_reader = 1;
constexpr std::size_t cut_limit = 1024;
constexpr std::string_view head_magic = "GJMH";
constexpr std::string_view log_magic = "GJML";
constexpr std::string_view segment_magic = "GJMS";
constexpr std::size_t sum_size = 4;
// Index, generation and magic stand behind the image, so that an image is taken over by cutting off its end.
constexpr std::size_t segment_trailer_size = 4 + 4 + segment_magic.size() + sum_size;

// Slicing by eight: table[n][byte] is what a byte does that n more bytes follow.
constexpr auto crc_table = [] {
    std::array<std::array<std::uint32_t, 256>, 8> table{};
    for (std::uint32_t index = 0; index < 256; ++index) {
        auto value = index;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0x82F63B78U : 0U);
        table[0][index] = value;
    }
    for (std::size_t slice = 1; slice < 8; ++slice)
        for (std::size_t index = 0; index < 256; ++index) {
            auto const before = table[slice - 1][index];
            table[slice][index] = (before >> 8) ^ table[0][before & 0xFF];
        }
    return table;
}();

inline std::uint32_t read_u32(char const* from) {
    std::uint32_t value = 0;
    if constexpr (std::endian::native == std::endian::little) {
        // A start sums up the whole database: this is its innermost loop.
        std::memcpy(&value, from, sizeof value);
    } else {
        for (std::size_t index = 4; index-- > 0;) value = (value << 8) | static_cast<unsigned char>(from[index]);
    }
    return value;
}

void put_u32(std::string& to, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) to += static_cast<char>((value >> shift) & 0xFF);
}

void put_u64(std::string& to, std::uint64_t value) {
    put_u32(to, static_cast<std::uint32_t>(value & 0xFFFFFFFFU));
    put_u32(to, static_cast<std::uint32_t>(value >> 32));
}

void put_sum(std::string& to) { put_u32(to, crc32c(to)); }

bool sum_is_right(std::string_view bytes) {
    if (bytes.size() < sum_size) return false;
    auto const body = bytes.size() - sum_size;
    return read_u32(bytes.data() + body) == crc32c(bytes.substr(0, body));
}

// Reads past the end as zeros and remembers it.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_{bytes} {}
    std::uint32_t u32() {
        auto const bytes = raw(4);
        return bytes.empty() ? 0 : read_u32(bytes.data());
    }
    std::uint64_t u64() {
        std::uint64_t const low = u32();
        return low | (std::uint64_t{u32()} << 32);
    }
    std::string_view raw(std::size_t size) {
        if (rest_.size() < size) {
            good_ = false;
            rest_ = {};
            return {};
        }
        auto const part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }
    bool good() const { return good_; }
    std::size_t left() const { return rest_.size(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

// What is between magic and sum; nothing when either is wrong.
std::optional<std::string_view> body_of(std::string_view bytes, std::string_view magic) {
    if (bytes.size() < magic.size() + sum_size || bytes.substr(0, magic.size()) != magic || !sum_is_right(bytes))
        return std::nullopt;
    return bytes.substr(magic.size(), bytes.size() - magic.size() - sum_size);
}

tl::unexpected<Refusal> damaged_head() { return refuse("store.damaged", {}, {{"why", "head"}}); }

bool is_plausible(MirrorHead const& head) {
    if (head.epoch == 0 || head.epoch > sequence_limit || head.sequence > sequence_limit) return false;
    if (head.compacted > head.last || head.last > head.sequence) return false;
    if (head.pages > mirror_page_limit || head.generations.size() != segments_of(head.pages)) return false;
    for (auto const generation : head.generations)
        if (generation == 0) return false;
    auto after = head.compacted;
    for (auto const& range : head.cut) {
        if (range.from <= after || range.to < range.from || range.to > head.sequence) return false;
        after = range.to;
    }
    return true;
}

}  // namespace

std::uint32_t pages_in_segment(std::uint32_t index, std::uint32_t pages) {
    return std::min(pages - index * pages_per_segment, pages_per_segment);
}

std::uint32_t crc32c(std::string_view bytes) {
    auto value = ~std::uint32_t{0};
    auto const* at = bytes.data();
    auto left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        auto const low = read_u32(at) ^ value;
        auto const high = read_u32(at + 4);
        value = crc_table[7][low & 0xFF] ^ crc_table[6][(low >> 8) & 0xFF] ^ crc_table[5][(low >> 16) & 0xFF] ^
                crc_table[4][low >> 24] ^ crc_table[3][high & 0xFF] ^ crc_table[2][(high >> 8) & 0xFF] ^
                crc_table[1][(high >> 16) & 0xFF] ^ crc_table[0][high >> 24];
    }
    for (; left > 0; --left, ++at)
        value = (value >> 8) ^ crc_table[0][(value ^ static_cast<unsigned char>(*at)) & 0xFF];
    return ~value;
}

std::string encode_head(MirrorHead const& head) {
    std::string bytes{head_magic};
    put_u32(bytes, format);
    put_u32(bytes, lowest_reader);
    put_u64(bytes, head.epoch);
    put_u64(bytes, head.sequence);
    put_u64(bytes, head.last);
    put_u64(bytes, head.compacted);
    put_u32(bytes, mirror_page_size);
    put_u32(bytes, head.pages);
    put_u32(bytes, static_cast<std::uint32_t>(head.generations.size()));
    for (auto const generation : head.generations) put_u32(bytes, generation);
    put_u32(bytes, static_cast<std::uint32_t>(head.cut.size()));
    for (auto const& range : head.cut) {
        put_u64(bytes, range.from);
        put_u64(bytes, range.to);
    }
    put_sum(bytes);
    return bytes;
}

Result<MirrorHead> decode_head(std::string_view bytes) {
    auto const body = body_of(bytes, head_magic);
    if (!body) return damaged_head();
    Reader from{*body};
    auto const said_format = from.u32();
    // Magic, these two numbers and the sum stay where they are in every format.
    if (from.u32() > format && said_format > format) return refuse("store.newer");
    MirrorHead head;
    head.epoch = from.u64();
    head.sequence = from.u64();
    head.last = from.u64();
    head.compacted = from.u64();
    auto const page_size = from.u32();
    head.pages = from.u32();
    auto const segments = from.u32();
    if (!from.good() || page_size != mirror_page_size || from.left() / 4 < segments) return damaged_head();
    for (std::uint32_t index = 0; index < segments; ++index) head.generations.push_back(from.u32());
    auto const cuts = from.u32();
    if (!from.good() || cuts > cut_limit || from.left() / 16 < cuts) return damaged_head();
    for (std::uint32_t index = 0; index < cuts; ++index) {
        auto const first = from.u64();
        head.cut.push_back({first, from.u64()});
    }
    // A newer format that we may read has more to say; ours has not.
    if (!is_plausible(head) || (from.left() > 0 && said_format <= format)) return damaged_head();
    return head;
}

std::vector<BlockPut> encode_log(std::uint64_t sequence, std::uint64_t before, std::uint32_t pages,
                                 PageSet const& set) {
    auto left = static_cast<std::uint32_t>(set.size());
    auto const parts = std::max((left + pages_per_part - 1) / pages_per_part, 1U);
    std::vector<BlockPut> puts;
    auto page = set.begin();
    for (std::uint32_t part = 0; part < parts; ++part) {
        auto const count = std::min(left, pages_per_part);
        left -= count;
        std::string bytes{log_magic};
        bytes.reserve(64 + std::size_t{count} * (mirror_page_size + 4));
        put_u64(bytes, sequence);
        put_u64(bytes, before);
        put_u32(bytes, part);
        put_u32(bytes, parts);
        put_u32(bytes, pages);
        put_u32(bytes, count);
        for (std::uint32_t index = 0; index < count; ++index, ++page) {
            put_u32(bytes, page->first);
            bytes += page->second;
        }
        put_sum(bytes);
        puts.push_back({BlockArea::log, {sequence, part}, std::move(bytes)});
    }
    return puts;
}

std::optional<LogPart> decode_log_part(std::string_view bytes) {
    auto const body = body_of(bytes, log_magic);
    if (!body) return std::nullopt;
    Reader from{*body};
    LogPart part;
    part.sequence = from.u64();
    part.before = from.u64();
    part.part = from.u32();
    part.parts = from.u32();
    part.pages = from.u32();
    auto const count = from.u32();
    if (!from.good() || part.part >= part.parts || part.pages > mirror_page_limit || count > pages_per_part)
        return std::nullopt;
    for (std::uint32_t index = 0; index < count; ++index) {
        auto const number = from.u32();
        auto const page = from.raw(mirror_page_size);
        if (!from.good() || number >= part.pages) return std::nullopt;
        if (!part.set.empty() && number <= part.set.back().first) return std::nullopt;
        part.set.emplace_back(number, page);
    }
    if (from.left() > 0) return std::nullopt;
    return part;
}

BlockPut encode_segment(std::uint32_t index, std::uint32_t generation, std::string_view image) {
    std::string bytes;
    bytes.reserve(image.size() + segment_trailer_size);
    bytes += image;
    put_u32(bytes, index);
    put_u32(bytes, generation);
    bytes += segment_magic;
    put_sum(bytes);
    return {BlockArea::segment, {index, generation}, std::move(bytes)};
}

bool decode_segment(std::string& bytes, BlockKey key, std::uint32_t pages) {
    auto const size = std::size_t{pages} * mirror_page_size;
    if (bytes.size() != size + segment_trailer_size || !sum_is_right(bytes)) return false;
    Reader from{std::string_view{bytes}.substr(size)};
    if (from.u32() != key.first || from.u32() != key.second || from.raw(4) != segment_magic) return false;
    bytes.resize(size);
    return true;
}

void MirrorFile::resize(std::uint32_t pages) {
    auto const wanted = segments_of(pages);
    if (pages < pages_) {
        segments_.resize(wanted);
        // What is cut off must read as zero when the file grows again.
        if (auto const used = std::size_t{pages % pages_per_segment} * mirror_page_size; used > 0)
            std::memset(segments_.back().data() + used, 0, segment_size - used);
    } else if (wanted > segments_.size()) {
        segments_.reserve(std::max<std::size_t>(wanted, segments_.size() * 2));
        auto const before = segments_.size();
        try {
            while (segments_.size() < wanted) segments_.emplace_back(segment_size, '\0');
        } catch (...) {
            segments_.resize(before);
            throw;
        }
    }
    pages_ = pages;
}

std::string_view MirrorFile::page(std::uint32_t number) const {
    assert(number < pages_);
    auto const place = std::size_t{number % pages_per_segment} * mirror_page_size;
    return {segments_[number / pages_per_segment].data() + place, mirror_page_size};
}

char* MirrorFile::writable_page(std::uint32_t number) {
    assert(number < pages_);
    return segments_[number / pages_per_segment].data() + std::size_t{number % pages_per_segment} * mirror_page_size;
}

std::string_view MirrorFile::segment(std::uint32_t index) const {
    return {segments_[index].data(), std::size_t{pages_in_segment(index, pages_)} * mirror_page_size};
}

void MirrorFile::append_segment(std::string image) {
    assert(pages_ % pages_per_segment == 0 && image.size() % mirror_page_size == 0 && image.size() <= segment_size);
    pages_ += static_cast<std::uint32_t>(image.size() / mirror_page_size);
    image.resize(segment_size);
    segments_.push_back(std::move(image));
}

void PageMarks::resize(std::uint32_t pages) {
    words_.resize((std::size_t{pages} + 63) / 64);
    if (auto const used = pages % 64; used != 0) words_.back() &= (std::uint64_t{1} << used) - 1;
}

bool PageMarks::empty() const {
    return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

void PageMarks::clear() { std::fill(words_.begin(), words_.end(), 0); }

}  // namespace guanjia
