#include "core/desk/handover.h"

#include <algorithm>
#include <sstream>

#include "core/service/photos/queries.h"

namespace guanjia {

namespace {

constexpr std::size_t entries_per_step = 2000;
// Each is hashed again: some milliseconds in the page.
constexpr std::size_t photos_per_step = 4;

ImportTarget target_of(Desk& desk) {
    return {desk.database(),     desk.journal(),  desk.projection(),
            desk.hybrid_clock(), desk.identity(), desk.wall_milliseconds()};
}

std::int64_t column(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::uint64_t handed_over(Database& database, Incarnation incarnation) {
    auto statement = database.prepare("SELECT max(last) FROM base_handed_over WHERE incarnation = ?");
    statement.bind(column(incarnation));
    return statement.step() ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
}

std::optional<EntryRange> handed_over_on(Database& database, Incarnation incarnation, Date day) {
    auto statement = database.prepare("SELECT first, last FROM base_handed_over WHERE incarnation = ? AND day = ?");
    statement.bind(column(incarnation)).bind(to_day_number(day));
    if (!statement.step()) return std::nullopt;
    return EntryRange{static_cast<std::uint64_t>(statement.integer(0)),
                      static_cast<std::uint64_t>(statement.integer(1))};
}

Result<ImportReport> run_import(Desk& desk, std::istream& from) {
    Import import{target_of(desk), from};
    for (;;) {
        auto finished = import.step(entries_per_step);
        if (!finished) return tl::unexpected{finished.error()};
        if (*finished) return import.report();
    }
}

void release_what_may_go(Desk& desk) {
    for (auto const& file : files_to_release(desk.database(), desk.wall_milliseconds())) {
        std::istringstream bytes{file.bytes};
        auto const taken = run_import(desk, bytes);
        // A fork is kept as one now; anything else stays where it is.
        if (taken || taken.error().reason == "exchange.fork") release(desk.database(), file.digest);
    }
}

// Every entry that occurred or was recorded that day, what no earlier file has carried, and whatever lies between.
Result<EntryRange> range_of_day_file(Desk& desk, Date day) {
    auto& database = desk.database();
    auto const incarnation = desk.identity().incarnation;
    auto range = desk.journal().range_of_day(incarnation, day);
    if (auto const before = handed_over_on(database, incarnation, day)) {
        if (!range) range = before;
        range->first = std::min(range->first, before->first);
        range->last = std::max(range->last, before->last);
    }
    if (!range) return refuse("exchange.nothing", {"date"}, {{"date", format_date(day)}});
    range->first = std::min(range->first, handed_over(database, incarnation) + 1);
    return *range;
}

}  // namespace

Result<std::vector<Hash>> photos_of_day(Desk& desk, Date day) {
    return guarded([&]() -> Result<std::vector<Hash>> {
        auto const range = range_of_day_file(desk, day);
        if (!range) return tl::unexpected{range.error()};
        return photos_in(desk.database(), desk.identity().incarnation, *range);
    });
}

Result<SliceHeader> export_day(Desk& desk, Date day, std::ostream& to, PhotoSource const& photos) {
    return guarded([&]() -> Result<SliceHeader> {
        auto& database = desk.database();
        auto const incarnation = desk.identity().incarnation;
        auto const range = range_of_day_file(desk, day);
        if (!range) return tl::unexpected{range.error()};
        auto const named = photos ? photos_in(database, incarnation, *range) : std::vector<Hash>{};
        auto header = write_slice(to, desk.journal(), desk.identity(), *range, day, named, photos);
        if (!header) return header;
        auto note = database.prepare(
            "INSERT OR REPLACE INTO base_handed_over(incarnation, day, first, last, at) VALUES(?, ?, ?, ?, ?)");
        note.bind(column(incarnation)).bind(to_day_number(day)).bind(column(range->first)).bind(column(range->last));
        note.bind(desk.now().seconds);
        note.run();
        return header;
    });
}

Result<SliceHeader> export_range(Desk& desk, Incarnation incarnation, EntryRange range, std::ostream& to) {
    return guarded([&]() -> Result<SliceHeader> {
        auto const desks = desk.journal().desks();
        auto const found = std::find_if(desks.begin(), desks.end(),
                                        [&](auto const& known) { return known.incarnation == incarnation; });
        if (found == desks.end()) return refuse("exchange.unknown-desk", {"desk"});
        if (range.last == 0) range.last = desk.journal().last_number(incarnation);
        if (range.last == 0) return refuse("exchange.nothing", {"desk"}, {{"date", ""}});
        return write_slice(to, desk.journal(), *found, range, no_date);
    });
}

FileImport::FileImport(Desk& desk, std::istream& from, PhotoKeeper keep_photo)
    : desk_{desk}, from_{from}, keep_photo_{std::move(keep_photo)} {}

Result<bool> FileImport::step(std::size_t budget) {
    return guarded([&]() -> Result<bool> {
        // What a crash left verified comes first: it is as good as taken in.
        if (!import_ && has_waiting_import(desk_.database())) {
            auto target = target_of(desk_);
            auto finished = resume_import(target, budget, left_over_);
            if (!finished) return finished;
            if (auto refreshed = desk_.refresh(); !refreshed) return tl::unexpected{refreshed.error()};
            return false;
        }
        if (taken_in_) return keep_photos();
        if (!import_) import_.emplace(target_of(desk_), from_);
        auto finished = import_->step(budget);
        if (finished && !*finished) return false;
        report_ = import_->report();
        release_what_may_go(desk_);
        if (auto refreshed = desk_.refresh(); !refreshed) return tl::unexpected{refreshed.error()};
        taken_in_ = finished.has_value();
        return finished ? keep_photos() : finished;
    });
}

Result<bool> FileImport::keep_photos() {
    auto const& places = import_->photos();
    auto const until = std::min(next_photo_ + photos_per_step, keep_photo_ ? places.size() : 0);
    for (; next_photo_ < until; ++next_photo_) {
        auto const bytes = read_photo(from_, places[next_photo_]);
        auto const hash = bytes ? hash_of(*bytes) : Hash{};
        if (!bytes || !is_photo_wanted(desk_.database(), hash)) continue;
        keep_photo_(hash, *bytes);
        ++report_.photos;
    }
    return !keep_photo_ || next_photo_ == places.size();
}

Result<ImportReport> import_file(Desk& desk, std::istream& from, PhotoKeeper keep_photo) {
    FileImport import{desk, from, std::move(keep_photo)};
    for (;;) {
        auto const finished = import.step(entries_per_step);
        if (!finished) return tl::unexpected{finished.error()};
        if (*finished) return import.report();
    }
}

Result<void> finish_import(Desk& desk) {
    return guarded([&]() -> Result<void> {
        if (!has_waiting_import(desk.database())) return {};
        auto target = target_of(desk);
        FrameProgress progress;
        for (;;) {
            auto finished = resume_import(target, entries_per_step, progress);
            if (!finished) return tl::unexpected{finished.error()};
            if (*finished) return desk.refresh();
        }
    });
}

Result<std::vector<DeskStanding>> desk_standings(Desk& desk) {
    return guarded([&]() -> Result<std::vector<DeskStanding>> {
        std::vector<DeskStanding> standings;
        for (auto& known : desk.journal().desks()) {
            DeskStanding standing;
            standing.own = known.incarnation == desk.identity().incarnation;
            standing.last_number = desk.journal().last_number(known.incarnation);
            standing.handed_over = handed_over(desk.database(), known.incarnation);
            standing.gaps = desk.journal().gaps(known.incarnation);
            standing.desk = std::move(known);
            standings.push_back(std::move(standing));
        }
        return standings;
    });
}

}  // namespace guanjia
