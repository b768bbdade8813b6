#pragma once
// Files between desks and headquarters, for a whole Desk: day files out, slices in.

#include <iosfwd>
#include <optional>

#include "core/desk/desk.h"
#include "core/exchange/import.h"

namespace guanjia {

// The day file of a business day: every entry that occurred or was recorded that day, what earlier days never handed
// over, and whatever lies between. Exported again it holds at least the same entries. Refused ("exchange.nothing") when
// there is nothing to hand over. With a source it carries the photos that its entries name.
Result<SliceHeader> export_day(Desk& desk, Date day, std::ostream& to, PhotoSource const& photos = {});
// The photos that the day file would carry.
Result<std::vector<Hash>> photos_of_day(Desk& desk, Date day);

// A range of any desk whose entries are here; to = 0 means up to the last.
Result<SliceHeader> export_range(Desk& desk, Incarnation incarnation, EntryRange range, std::ostream& to);

using PhotoKeeper = std::function<void(Hash const&, std::string_view bytes)>;

// Takes a file in, step by step so that a page stays alive, and then what waits in quarantine and may go on by now.
class FileImport {
public:
    // Both must outlive it. keep_photo is given the photos of the file that belong to a ticket here, when all else of
    // it has been taken in; what names a photo does not need it to be there.
    FileImport(Desk& desk, std::istream& from, PhotoKeeper keep_photo = {});

    // Works on for at most `budget` entries. True when done; refused as Import::step is.
    Result<bool> step(std::size_t budget);
    std::uint64_t done() const { return import_ ? import_->done() : 0; }
    std::uint64_t all() const { return import_ ? import_->all() : 0; }
    ImportReport const& report() const { return report_; }

private:
    Result<bool> keep_photos();

    Desk& desk_;
    std::istream& from_;
    PhotoKeeper keep_photo_;
    std::optional<Import> import_;
    bool taken_in_ = false;  // all but the photos
    std::size_t next_photo_ = 0;
    FrameProgress left_over_;  // of what a crash left
    ImportReport report_;
};

// The same to the end at once.
Result<ImportReport> import_file(Desk& desk, std::istream& from, PhotoKeeper keep_photo = {});

// What a crash left verified is taken in to the end.
Result<void> finish_import(Desk& desk);

struct DeskStanding {
    DeskIdentity desk;
    bool own = false;
    std::uint64_t last_number = 0;
    std::uint64_t handed_over = 0;  // highest number that a day file of ours has carried
    std::vector<EntryRange> gaps;
};
Result<std::vector<DeskStanding>> desk_standings(Desk& desk);

}  // namespace guanjia
