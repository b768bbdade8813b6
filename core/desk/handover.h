#pragma once
// Files between desks and headquarters, for a whole Desk: day files out, slices in.

#include <iosfwd>
#include <optional>

#include "core/desk/desk.h"
#include "core/exchange/import.h"

namespace guanjia {

// The day file of a business day: every entry that occurred or was recorded that day, what earlier days never handed
// over, and whatever lies between. Exported again it holds at least the same entries. Refused ("exchange.nothing") when
// there is nothing to hand over.
Result<SliceHeader> export_day(Desk& desk, Date day, std::ostream& to);

// A range of any desk whose entries are here; to = 0 means up to the last.
Result<SliceHeader> export_range(Desk& desk, Incarnation incarnation, EntryRange range, std::ostream& to);

// Takes a file in, step by step so that a page stays alive, and then what waits in quarantine and may go on by now.
class FileImport {
public:
    // Both must outlive it.
    FileImport(Desk& desk, std::istream& from);

    // Works on for at most `budget` entries. True when done; refused as Import::step is.
    Result<bool> step(std::size_t budget);
    std::uint64_t done() const { return import_ ? import_->done() : 0; }
    std::uint64_t all() const { return import_ ? import_->all() : 0; }
    ImportReport const& report() const { return report_; }

private:
    Desk& desk_;
    std::istream& from_;
    std::optional<Import> import_;
    FrameProgress left_over_;  // of what a crash left
    ImportReport report_;
};

// The same to the end at once.
Result<ImportReport> import_file(Desk& desk, std::istream& from);

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
