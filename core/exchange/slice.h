#pragma once
// A slice: a range of entries of one desk, as a file. A day file is the slice of one business day.
//
//   magic (8 bytes), then frames of: kind (1 byte), length (4 bytes, little-endian, ≤ 1 MiB), payload
//     1  header: format, lowest format that can read it, desk, range, hash before the range, hash of its last entry,
//     day 2  entries, one after the other: body, personal part; many to a frame, many frames 3  end: BLAKE2b-256 of
//     every byte before this frame 4  a photo that an entry of the range names by its hash; only in files of format 2,
//     which are written when photos
//        were asked for
//
// The format is frozen in docs/decisions/0003-exchange.md and by the golden files in tests/golden.

#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/store/journal.h"

namespace guanjia {

struct SliceHeader {
    DeskIdentity desk;
    EntryRange range;
    Hash before{};  // of the entry before the range
    Hash last{};    // of the last entry of the range
    Date day = no_date;
    bool photos = false;  // it carries some (format 2)
    friend bool operator==(SliceHeader const&, SliceHeader const&);
};

// A photo's bytes by their hash; nothing when they are not here.
using PhotoSource = std::function<std::optional<std::string>(Hash const&)>;

class SliceWriter {
public:
    SliceWriter(std::ostream& to, SliceHeader const& header);
    // Entries one after the other, at most frame_limit bytes.
    void put_entries(std::string_view payload);
    // Of a file whose header says that it carries photos.
    void put_photo(std::string_view bytes);
    void finish();

private:
    void put(std::string_view bytes);
    std::ostream& to_;
    Hasher hasher_;
};

// Refused when an entry of the range is not here. Of the photos those that the source has.
Result<SliceHeader> write_slice(std::ostream& to, Journal const& journal, DeskIdentity const& desk, EntryRange range,
                                Date day, std::span<Hash const> photos = {}, PhotoSource const& source = {});

// Reads frame by frame: never more than one frame of a hostile file is held.
class SliceReader {
public:
    explicit SliceReader(std::istream& from) : from_{from} {}

    // Refused: "exchange.not-a-slice", "exchange.newer", "exchange.damaged".
    Result<SliceHeader> read_header();
    // The payload of the next frame of entries; nothing at the end, when the file's digest was right.
    Result<std::optional<std::string>> next_frame();
    // Of the file, once it has been read to its end: its digest, and where the photos lie that it carries.
    Hash const& digest() const { return digest_; }
    struct PhotoPlace {
        std::streamoff at = 0;
        std::size_t size = 0;
    };
    std::vector<PhotoPlace> const& photos() const { return photos_; }

private:
    struct Frame {
        std::uint8_t kind;
        std::string payload;
    };
    Result<Frame> read_frame();
    Result<void> note_photo(std::string_view bytes);

    std::istream& from_;
    Hasher hasher_;
    Hash digest_{};
    bool may_carry_photos_ = false;
    std::vector<PhotoPlace> photos_;
};

// A photo of a file that was read to its end; nothing when the file is not what it was.
std::optional<std::string> read_photo(std::istream& from, SliceReader::PhotoPlace const& place);

// The entries of one frame. Refused when the frame is damaged.
Result<std::vector<EncodedEntry>> split_frame(std::string_view payload);

// Walks a whole slice without keeping it: header, order, chain, digests of personal values, file digest.
Result<SliceHeader> verify_slice(std::istream& from, std::function<void(Entry const&, Hash const&)> const& see = {});

}  // namespace guanjia
