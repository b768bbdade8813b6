#include "core/exchange/slice.h"

#include <array>
#include <istream>
#include <ostream>

#include "core/base/photo.h"
#include "core/base/text.h"
#include "core/store/archive.h"

namespace guanjia {

namespace {

// Like PNG's: damage by a text-mode transfer shows at once.
constexpr std::string_view magic = "GJSL\r\n\x1a\n";
constexpr std::uint64_t plain_format = 1;
constexpr std::uint64_t photo_format = 2;
constexpr std::uint64_t newest_format = photo_format;
constexpr std::uint8_t header_frame = 1;
constexpr std::uint8_t entries_frame = 2;
constexpr std::uint8_t end_frame = 3;
constexpr std::uint8_t photo_frame = 4;
// Frames of entries are closed at this size, so that one that holds a last large entry stays below frame_limit.
constexpr std::size_t frame_target = frame_limit / 4;
static_assert(photo_limit < frame_limit);
constexpr std::size_t photos_limit = 100'000;

std::string frame_bytes(std::uint8_t kind, std::string_view payload) {
    std::string bytes;
    bytes += static_cast<char>(kind);
    for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(payload.size() >> shift);
    bytes += payload;
    return bytes;
}

std::string header_bytes(SliceHeader const& header) {
    std::string bytes;
    BoundedOutput out{bytes};
    // Who knows no photos cannot read a file with some, and can read any other.
    auto const format = header.photos ? photo_format : plain_format;
    out(format, format, header.desk.incarnation, header.desk.centre_code, header.desk.centre_name, header.desk.number,
        header.desk.headquarters, header.range.first, header.range.last, header.before, header.last,
        has_date(header.day) ? to_day_number(header.day) : std::int64_t{0});
    return bytes;
}

tl::unexpected<Refusal> damaged(std::string why) {
    return refuse("exchange.damaged", {"file"}, {{"why", std::move(why)}});
}

}  // namespace

bool operator==(SliceHeader const& left, SliceHeader const& right) { return header_bytes(left) == header_bytes(right); }

SliceWriter::SliceWriter(std::ostream& to, SliceHeader const& header) : to_{to} {
    put(magic);
    put(frame_bytes(header_frame, header_bytes(header)));
}

void SliceWriter::put(std::string_view bytes) {
    to_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    hasher_.add(bytes);
}

void SliceWriter::put_entries(std::string_view payload) { put(frame_bytes(entries_frame, payload)); }

void SliceWriter::put_photo(std::string_view bytes) { put(frame_bytes(photo_frame, bytes)); }

void SliceWriter::finish() {
    auto const digest = Hasher{hasher_}.finish();
    put(frame_bytes(end_frame, bytes_of(digest)));
}

Result<SliceHeader> write_slice(std::ostream& to, Journal const& journal, DeskIdentity const& desk, EntryRange range,
                                Date day, std::span<Hash const> photos, PhotoSource const& source) {
    SliceHeader header{desk, range, {}, {}, day, source && !photos.empty()};
    auto const before = journal.hash_of(desk.incarnation, range.first - 1);
    auto const last = journal.hash_of(desk.incarnation, range.last);
    if (!before || !last || range.first == 0 || range.last < range.first)
        return refuse("exchange.range", {"from", "to"});
    header.before = *before;
    header.last = *last;

    SliceWriter writer{to, header};
    std::string payload;
    for (auto number = range.first; number <= range.last; ++number) {
        auto const row = journal.read(desk.incarnation, number);
        if (!row) return refuse("exchange.gap", {"from", "to"}, {{"number", std::to_string(number)}});
        BoundedOutput out{payload};
        out(row->bytes.body, row->bytes.personal);
        if (payload.size() < frame_target && number != range.last) continue;
        writer.put_entries(payload);
        payload.clear();
    }
    if (header.photos)
        for (auto const& hash : photos)
            if (auto const bytes = source(hash); bytes && is_photo(*bytes) && hash_of(*bytes) == hash)
                writer.put_photo(*bytes);
    writer.finish();
    to.flush();
    if (!to) return refuse("exchange.not-written", {"file"});
    return header;
}

Result<SliceReader::Frame> SliceReader::read_frame() {
    std::array<char, 5> head;
    from_.read(head.data(), head.size());
    if (from_.gcount() != static_cast<std::streamsize>(head.size())) return damaged("ends early");
    std::size_t length = 0;
    for (unsigned index = 0; index < 4; ++index)
        length |= static_cast<std::size_t>(static_cast<unsigned char>(head[index + 1])) << (8 * index);
    if (length > frame_limit) return damaged("frame too large");
    Frame frame{static_cast<std::uint8_t>(head[0]), std::string(length, '\0')};
    from_.read(frame.payload.data(), static_cast<std::streamsize>(length));
    if (from_.gcount() != static_cast<std::streamsize>(length)) return damaged("ends early");
    if (frame.kind == end_frame) {
        digest_ = hasher_.finish();
        if (frame.payload != bytes_of(digest_)) return damaged("digest");
        if (from_.peek() != std::istream::traits_type::eof()) return damaged("bytes after the end");
        return frame;
    }
    hasher_.add(std::string_view{head.data(), head.size()}).add(frame.payload);
    return frame;
}

Result<SliceHeader> SliceReader::read_header() {
    std::array<char, magic.size()> start;
    from_.read(start.data(), start.size());
    if (from_.gcount() != static_cast<std::streamsize>(start.size()) ||
        std::string_view{start.data(), start.size()} != magic)
        return refuse("exchange.not-a-slice", {"file"});
    hasher_.add(magic);
    auto frame = read_frame();
    if (!frame) return tl::unexpected{frame.error()};
    if (frame->kind != header_frame) return damaged("no header");
    try {
        BoundedInput in{frame->payload};
        SliceHeader header;
        std::uint64_t format = 0;
        std::uint64_t reader = 0;
        std::int64_t day = 0;
        in(format, reader);
        if (reader > newest_format) return refuse("exchange.newer", {"file"});
        in(header.desk.incarnation, header.desk.centre_code, header.desk.centre_name, header.desk.number,
           header.desk.headquarters, header.range.first, header.range.last, header.before, header.last, day);
        if (format <= newest_format && in.left() != 0) return damaged("header");
        header.photos = may_carry_photos_ = format >= photo_format;
        auto const& desk = header.desk;
        auto const named = desk.centre_code.size() <= text_limit && desk.centre_name.size() <= text_limit &&
                           is_clean_text(desk.centre_code) && is_clean_text(desk.centre_name);
        if (!named || desk.incarnation == 0 || desk.incarnation >> 63 != 0 || desk.number < 1 ||
            desk.number > desk_number_limit)
            return damaged("desk");
        if (header.range.first == 0 || header.range.last < header.range.first ||
            header.range.last >= entry_number_limit)
            return damaged("range");
        if (day != 0) {
            auto const date = from_day_number(day);
            if (!date) return damaged("day");
            header.day = *date;
        }
        return header;
    } catch (cereal::Exception const&) {
        return damaged("header");
    }
}

Result<void> SliceReader::note_photo(std::string_view bytes) {
    if (!may_carry_photos_) return damaged("frame of an unknown kind");
    if (!is_photo(bytes) || photos_.size() == photos_limit) return damaged("photo");
    photos_.push_back(
        {static_cast<std::streamoff>(from_.tellg()) - static_cast<std::streamoff>(bytes.size()), bytes.size()});
    return {};
}

Result<std::optional<std::string>> SliceReader::next_frame() {
    auto frame = read_frame();
    for (; frame && frame->kind == photo_frame; frame = read_frame())
        if (auto noted = note_photo(frame->payload); !noted) return tl::unexpected{noted.error()};
    if (!frame) return tl::unexpected{frame.error()};
    if (frame->kind == end_frame) return std::optional<std::string>{};
    if (frame->kind != entries_frame) return damaged("frame of an unknown kind");
    return std::optional<std::string>{std::move(frame->payload)};
}

std::optional<std::string> read_photo(std::istream& from, SliceReader::PhotoPlace const& place) {
    std::string bytes(place.size, '\0');
    from.clear();
    from.seekg(place.at);
    from.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!from || !is_photo(bytes)) return std::nullopt;
    return bytes;
}

Result<std::vector<EncodedEntry>> split_frame(std::string_view payload) {
    try {
        BoundedInput in{payload};
        std::vector<EncodedEntry> entries;
        while (in.left() != 0) {
            EncodedEntry entry;
            in(entry.body, entry.personal);
            if (entry.body.size() > entry_body_limit) return damaged("entry too large");
            entries.push_back(std::move(entry));
        }
        return entries;
    } catch (cereal::Exception const&) {
        return damaged("entries");
    }
}

Result<SliceHeader> verify_slice(std::istream& from, std::function<void(Entry const&, Hash const&)> const& see) {
    SliceReader reader{from};
    auto const header = reader.read_header();
    if (!header) return header;
    auto hash = header->before;
    auto next = header->range.first;
    for (;;) {
        auto frame = reader.next_frame();
        if (!frame) return tl::unexpected{frame.error()};
        if (!*frame) break;
        auto const entries = split_frame(**frame);
        if (!entries) return tl::unexpected{entries.error()};
        for (auto const& bytes : *entries) {
            auto const entry = decode_entry(header->desk.incarnation, bytes.body, bytes.personal);
            if (!entry) return tl::unexpected{entry.error()};
            if (entry->number != next++ || entry->number > header->range.last) return damaged("order");
            hash = chain_next(hash, bytes.body);
            if (see) see(*entry, hash);
        }
    }
    if (next != header->range.last + 1) return damaged("entries missing");
    if (hash != header->last) return damaged("chain");
    return header;
}

}  // namespace guanjia
