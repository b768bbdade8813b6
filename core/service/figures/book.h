#pragma once
// What is counted of every ticket (rules.h): its table, and all of it held in memory and kept equal to the table, so
// that a year's figures are one run over plain rows. It is loaded in steps; then only what the feed names is loaded
// again.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/service/figures/rules.h"
#include "core/store/change_feed.h"
#include "core/store/database.h"

namespace guanjia {

extern char const* const measure_table;
// Makes the row of a ticket equal to `measure`.
void write_measure(Database& database, Id<Ticket> ticket, std::optional<TicketMeasure> const& measure);

class MeasureBook {
public:
    struct Row {
        AnyId ticket;
        TicketMeasure measure;
        AnyId person;                // who registered it
        std::uint32_t category = 0;  // of category()
        TicketKind kind = TicketKind::none;
        bool recurring = false;
    };

    // Loads about `budget` rows: what the feed has changed, then what was never loaded. True when the book is complete.
    // One book follows one database and its feed. Throws StoreFault.
    bool follow(Database& database, ChangeFeed const& feed, std::size_t budget);
    // Those registered from one time to before another, at once, for a book that follows nothing.
    void load_days(Database& database, LocalTime from, LocalTime until);
    // Empty, to follow another database.
    void clear() { *this = {}; }
    // Equal to the table of the last follow().
    bool complete() const { return loaded_ && stale_.empty(); }
    std::size_t size() const { return rows_.size(); }

    std::string const& category(std::uint32_t place) const { return categories_[place]; }
    std::size_t categories() const { return categories_.size(); }

    // Those registered from one time to before another, the oldest first.
    template <class Visit>
    void visit(LocalTime from, LocalTime until, Visit const& visit) const {
        for (auto row = first_from(from); row != rows_.end() && row->measure.registered_at < until; ++row) visit(*row);
    }

private:
    using Rows = std::vector<Row>;
    Rows::const_iterator first_from(LocalTime time) const;
    Rows::iterator place_of(LocalTime registered_at, AnyId ticket);
    void load(Database& database, AnyId ticket);
    std::size_t load_next(Database& database, std::size_t budget);
    void put(Row row, std::string_view category);

    bool loaded_ = false;
    ChangeFeed::Position position_ = 0;
    // The last row that was read, as the table orders them.
    LocalTime mark_{std::numeric_limits<std::int64_t>::min()};
    std::string last_read_;
    std::unordered_set<AnyId> stale_;  // to be loaded again
    Rows rows_;                        // by time and ticket
    std::vector<std::string> categories_;
    std::map<std::string, std::uint32_t, std::less<>> place_of_category_;
};

}  // namespace guanjia
