#include "core/store/mirror_image.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace guanjia {

namespace {

constexpr std::uint32_t format = 1;
constexpr std::uint32_t lowest_reader = 1;
constexpr std::string_view head_magic = "GJMH";
constexpr std::string_view log_magic = "GJML";
constexpr std::string_view segment_magic = "GJMS";

constexpr auto crc_table = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t index = 0; index < 256; ++index) {
        auto value = index;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) ? 0x82F63B78U : 0);
        table[index] = value;
    }
    return table;
}();

class Writer {
public:
    explicit Writer(std::string_view magic) : bytes_{magic} {}
    Writer& u32(std::uint32_t value) {
        for (int shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>((value >> shift) & 0xFF);
        return *this;
    }
    Writer& u64(std::uint64_t value) {
        return u32(static_cast<std::uint32_t>(value)).u32(static_cast<std::uint32_t>(value >> 32));
    }
    Writer& raw(std::string_view value) {
        bytes_ += value;
        return *this;
    }
    void reserve(std::size_t size) { bytes_.reserve(size); }
    std::string finish() {
        u32(crc32c(bytes_));
        return std::move(bytes_);
    }

private:
    std::string bytes_;
};

class Reader {
public:
    // Nothing can be read of a record whose magic or sum is wrong.
    Reader(std::string_view bytes, std::string_view magic) {
        if (bytes.size() < magic.size() + 4 || bytes.substr(0, magic.size()) != magic) return;
        rest_ = bytes.substr(bytes.size() - 4);
        if (u32() != crc32c(bytes.substr(0, bytes.size() - 4))) return;
        rest_ = bytes.substr(magic.size(), bytes.size() - magic.size() - 4);
        good_ = true;
    }
    std::uint32_t u32() {
        if (rest_.size() < 4) {
            good_ = false;
            return 0;
        }
        std::uint32_t value = 0;
        for (int index = 3; index >= 0; --index)
            value = (value << 8) | static_cast<unsigned char>(rest_[static_cast<std::size_t>(index)]);
        rest_.remove_prefix(4);
        return value;
    }
    std::uint64_t u64() {
        auto const low = u32();
        return low | (static_cast<std::uint64_t>(u32()) << 32);
    }
    std::string_view raw(std::size_t size) {
        if (rest_.size() < size) {
            good_ = false;
            return {};
        }
        auto const part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }
    bool good() const { return good_; }
    bool at_end() const { return rest_.empty(); }
    std::size_t left() const { return rest_.size(); }

private:
    std::string_view rest_;
    bool good_ = false;
};

tl::unexpected<Refusal> damaged(std::string why) { return refuse("store.damaged", {}, {{"why", std::move(why)}}); }

// What was never written reads as zero.
constinit std::array<char, segment_size> const no_segment{};

std::uint32_t segments_of(std::uint32_t pages) {
    return (pages + static_cast<std::uint32_t>(pages_per_segment) - 1) / static_cast<std::uint32_t>(pages_per_segment);
}

struct LogRecord {
    std::uint64_t before = 0;
    std::uint32_t pages = 0;
    std::vector<std::pair<std::uint32_t, std::string_view>> set;
};

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
    auto value = ~std::uint32_t{0};
    for (auto const byte : bytes) value = (value >> 8) ^ crc_table[(value ^ static_cast<unsigned char>(byte)) & 0xFF];
    return ~value;
}

std::string encode_head(MirrorHead const& head) {
    Writer to{head_magic};
    to.u32(format).u32(lowest_reader).u32(static_cast<std::uint32_t>(mirror_page_size));
    to.u64(head.epoch).u64(head.sequence).u64(head.compacted).u32(head.compacted_pages).u32(head.pages);
    to.u32(static_cast<std::uint32_t>(head.generations.size()));
    for (auto const generation : head.generations) to.u32(generation);
    return to.finish();
}

Result<MirrorHead> decode_head(std::string_view bytes) {
    Reader from{bytes, head_magic};
    if (!from.good()) return damaged("head");
    from.u32();
    if (from.u32() > format) return refuse("store.newer");
    MirrorHead head;
    auto const page_size = from.u32();
    head.epoch = from.u64();
    head.sequence = from.u64();
    head.compacted = from.u64();
    head.compacted_pages = from.u32();
    head.pages = from.u32();
    auto const count = from.u32();
    if (!from.good() || page_size != mirror_page_size || head.pages > mirror_page_limit ||
        head.compacted_pages > mirror_page_limit || count > segments_of(mirror_page_limit) ||
        from.left() < std::size_t{count} * 4 || head.compacted > head.sequence)
        return damaged("head");
    for (std::uint32_t index = 0; index < count; ++index) head.generations.push_back(from.u32());
    return head;
}

std::vector<BlockPut> encode_log(std::uint64_t sequence, std::uint64_t before, std::uint32_t pages,
                                 PageSet const& set) {
    auto const parts = std::max<std::size_t>((set.size() + pages_per_part - 1) / pages_per_part, 1);
    std::vector<BlockPut> puts;
    auto page = set.begin();
    for (std::uint32_t part = 0; part < parts; ++part) {
        auto const count = std::min<std::size_t>(pages_per_part, set.size() - part * pages_per_part);
        Writer to{log_magic};
        to.reserve(64 + count * (mirror_page_size + 4));
        to.u64(sequence).u64(before).u32(part).u32(static_cast<std::uint32_t>(parts)).u32(pages);
        to.u32(static_cast<std::uint32_t>(count));
        for (std::size_t index = 0; index < count; ++index, ++page) to.u32(page->first).raw(page->second);
        puts.push_back({BlockArea::log, {sequence, part}, to.finish()});
    }
    return puts;
}

BlockPut encode_segment(std::uint32_t index, std::uint32_t generation, std::string_view image) {
    Writer to{segment_magic};
    to.reserve(64 + image.size());
    to.u32(index).u32(generation).u32(static_cast<std::uint32_t>(image.size())).raw(image);
    return {BlockArea::segment, {index, generation}, to.finish()};
}

void MirrorFile::resize(std::uint32_t pages) {
    if (pages < pages_) {
        // What is cut off must read as zero when the file grows again.
        segments_.resize(segments_of(pages));
        if (auto const used = pages % pages_per_segment; used != 0 && segments_.back())
            std::memset(segments_.back()->data() + used * mirror_page_size, 0, segment_size - used * mirror_page_size);
    }
    segments_.resize(segments_of(pages));
    pages_ = pages;
}

char const* MirrorFile::page(std::uint32_t number) const {
    auto const& segment = segments_[number / pages_per_segment];
    return (segment ? segment->data() : no_segment.data()) + (number % pages_per_segment) * mirror_page_size;
}

char* MirrorFile::writable_page(std::uint32_t number) {
    if (number >= pages_) resize(number + 1);
    auto& segment = segments_[number / pages_per_segment];
    if (!segment) segment = std::make_unique<Segment>();
    return segment->data() + (number % pages_per_segment) * mirror_page_size;
}

std::string_view MirrorFile::segment(std::uint32_t index) const {
    auto const first = index * static_cast<std::uint32_t>(pages_per_segment);
    auto const used = std::min<std::size_t>(pages_ - first, pages_per_segment);
    auto const& segment = segments_[index];
    return {segment ? segment->data() : no_segment.data(), used * mirror_page_size};
}

void MirrorLoader::head(std::string_view bytes) { head_ = bytes; }

void MirrorLoader::add(BlockArea area, BlockKey key, std::string bytes) {
    if (area == BlockArea::segment) segments_[key] = std::move(bytes);
    else log_[key.first].push_back({key.second, std::move(bytes)});
}

Result<MirrorContent> MirrorLoader::finish() {
    MirrorContent content;
    if (!head_) {
        if (!segments_.empty() || !log_.empty()) return damaged("head");
        return content;
    }
    auto head = decode_head(*head_);
    if (!head) return tl::unexpected{head.error()};
    content.head = std::move(*head);
    content.sequence = content.head.compacted;

    for (std::uint32_t index = 0; index < content.head.generations.size(); ++index) {
        auto const generation = content.head.generations[index];
        if (generation == 0) continue;
        auto const found = segments_.find({index, generation});
        auto const name = "segment " + std::to_string(index);
        if (found == segments_.end()) return damaged(name);
        Reader from{found->second, segment_magic};
        auto const said_index = from.u32();
        auto const said_generation = from.u32();
        auto const size = from.u32();
        auto const image = from.raw(size);
        if (!from.good() || !from.at_end() || said_index != index || said_generation != generation ||
            size > segment_size || size % mirror_page_size != 0)
            return damaged(name);
        for (std::size_t at = 0; at < size; at += mirror_page_size)
            std::memcpy(content.file.writable_page(index * static_cast<std::uint32_t>(pages_per_segment) +
                                                   static_cast<std::uint32_t>(at / mirror_page_size)),
                        image.data() + at, mirror_page_size);
        segments_.erase(found);
    }

    auto const read_record = [](std::uint64_t sequence, std::vector<Part>& parts) -> std::optional<LogRecord> {
        std::sort(parts.begin(), parts.end(),
                  [](Part const& left, Part const& right) { return left.part < right.part; });
        LogRecord record;
        for (std::size_t index = 0; index < parts.size(); ++index) {
            Reader from{parts[index].bytes, log_magic};
            auto const said_sequence = from.u64();
            auto const before = from.u64();
            auto const part = from.u32();
            auto const count_of_parts = from.u32();
            auto const pages = from.u32();
            auto const count = from.u32();
            if (!from.good() || said_sequence != sequence || part != index || count_of_parts != parts.size() ||
                pages > mirror_page_limit || count > pages_per_part ||
                (index > 0 && (before != record.before || pages != record.pages)))
                return std::nullopt;
            record.before = before;
            record.pages = pages;
            for (std::uint32_t each = 0; each < count; ++each) {
                auto const number = from.u32();
                auto const bytes = from.raw(mirror_page_size);
                if (!from.good() || number >= pages) return std::nullopt;
                record.set.emplace_back(number, bytes);
            }
            if (!from.at_end()) return std::nullopt;
        }
        return record;
    };

    content.file.resize(content.head.compacted_pages);
    std::set<std::uint32_t> touched;
    for (auto& [sequence, parts] : log_) {
        if (sequence <= content.head.compacted) continue;
        auto const record = read_record(sequence, parts);
        if (!record || record->before != content.sequence) break;
        for (auto const& [number, bytes] : record->set) {
            std::memcpy(content.file.writable_page(number), bytes.data(), mirror_page_size);
            touched.insert(number / static_cast<std::uint32_t>(pages_per_segment));
        }
        content.file.resize(record->pages);
        content.sequence = sequence;
        ++content.log_records;
        content.log_bytes += record->set.size() * mirror_page_size;
    }
    content.tail_cut = content.sequence != content.head.sequence;
    content.log_segments.assign(touched.begin(), touched.end());
    segments_.clear();
    log_.clear();
    return content;
}

}  // namespace guanjia
