#include "core/service/figures/book.h"

#include <algorithm>
#include <tuple>

namespace guanjia {

char const* const measure_table =
    "CREATE TABLE ticket_measure(registered_at INTEGER NOT NULL, ticket BLOB NOT NULL, kind INTEGER NOT NULL, person "
    "BLOB, category TEXT, recurring INTEGER NOT NULL, responded_at INTEGER, response_due INTEGER, finished_at INTEGER, "
    "solution_due INTEGER, solutions_kept INTEGER NOT NULL, solutions_late INTEGER NOT NULL, waited INTEGER NOT NULL, "
    "reopened INTEGER NOT NULL, trips INTEGER NOT NULL, satisfaction INTEGER NOT NULL, PRIMARY KEY(registered_at, "
    "ticket)) WITHOUT ROWID";

namespace {

// What measure_of() says of it: when the ticket was registered, or came from another system.
std::string const counted_from =
    "SELECT max(occurred_at, coalesce(taken_over_at, occurred_at)) FROM ticket WHERE id = ?1";

}  // namespace

void write_measure(Database& database, Id<Ticket> ticket, std::optional<TicketMeasure> const& measure) {
    // When it was registered never changes: the row keeps its place.
    if (!measure) {
        static std::string const sql =
            "DELETE FROM ticket_measure WHERE ticket = ?1 AND registered_at = (" + counted_from + ")";
        auto gone = database.prepare(sql);
        gone.bind(ticket.any);
        return gone.run();
    }
    auto statement = database.prepare(
        "INSERT OR REPLACE INTO ticket_measure(registered_at, ticket, kind, person, category, recurring, responded_at, "
        "response_due, finished_at, solution_due, solutions_kept, solutions_late, waited, reopened, trips, "
        "satisfaction) SELECT ?1, ?2, ifnull(t.kind, 0), t.recorded_by, t.category, EXISTS(SELECT 1 FROM recurrence r "
        "WHERE "
        "r.ticket = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 FROM ticket t WHERE t.id = ?2");
    statement.bind(measure->registered_at.seconds).bind(ticket.any);
    for (auto const time : {measure->responded_at, measure->response_due, measure->finished_at, measure->solution_due})
        statement.bind(time);
    statement.bind(measure->solutions_kept).bind(measure->solutions_late).bind(measure->waited_seconds);
    statement.bind(measure->reopened).bind(measure->trips);
    statement.bind(static_cast<std::int64_t>(measure->satisfaction));
    statement.run();
}

namespace {

std::string const measure_columns =
    "SELECT registered_at, ticket, kind, person, category, recurring, responded_at, response_due, finished_at, "
    "solution_due, solutions_kept, solutions_late, waited, reopened, trips, satisfaction FROM ticket_measure ";

MeasureBook::Row read_row(Statement const& statement) {
    MeasureBook::Row row;
    row.ticket = statement.id(1);
    row.kind = static_cast<TicketKind>(statement.integer(2));
    row.person = statement.id(3);
    row.recurring = statement.integer(5) != 0;
    row.measure = {LocalTime{statement.integer(0)},
                   statement.time(6),
                   statement.time(7),
                   statement.time(8),
                   statement.time(9),
                   statement.integer(10),
                   statement.integer(11),
                   statement.integer(12),
                   statement.integer(13),
                   statement.integer(14),
                   static_cast<Satisfaction>(statement.integer(15))};
    return row;
}

std::tuple<LocalTime, AnyId> key_of(MeasureBook::Row const& row) { return {row.measure.registered_at, row.ticket}; }

}  // namespace

bool MeasureBook::follow(Database& database, ChangeFeed const& feed, std::size_t budget) {
    if (auto const changes = feed.since(position_)) {
        for (auto const& change : *changes)
            if (change.kind == Ticket::description.number) stale_.insert(change.id);
    } else {
        // What is here may be gone.
        clear();
    }
    position_ = feed.end();
    while (budget > 0 && !stale_.empty()) {
        auto const ticket = *stale_.begin();
        load(database, ticket);
        stale_.erase(ticket);
        --budget;
    }
    while (budget > 0 && !loaded_) budget -= load_next(database, budget);
    return complete();
}

void MeasureBook::load_days(Database& database, LocalTime from, LocalTime until) {
    static std::string const sql = measure_columns + "WHERE registered_at >= ?1 AND registered_at < ?2 ORDER BY 1, 2";
    auto statement = database.prepare(sql);
    statement.bind(from.seconds).bind(until.seconds);
    while (statement.step()) put(read_row(statement), statement.text(4));
    loaded_ = true;
}

void MeasureBook::load(Database& database, AnyId ticket) {
    static std::string const sql = measure_columns + "WHERE ticket = ?1 AND registered_at = (" + counted_from + ")";
    auto statement = database.prepare(sql);
    statement.bind(ticket);
    if (statement.step()) return put(read_row(statement), statement.text(4));
    auto known = database.prepare(counted_from);
    known.bind(ticket);
    if (!known.step()) return;
    auto const place = place_of(LocalTime{known.integer(0)}, ticket);
    if (place != rows_.end() && place->ticket == ticket) rows_.erase(place);
}

std::size_t MeasureBook::load_next(Database& database, std::size_t budget) {
    static std::string const sql = measure_columns + "WHERE (registered_at, ticket) > (?1, ?2) ORDER BY 1, 2 LIMIT ?3";
    auto statement = database.prepare(sql);
    // A blob before every other where nothing has been read: what is bound as nobody would be NULL.
    statement.bind(mark_.seconds).bind_blob(last_read_).bind(static_cast<std::int64_t>(budget));
    std::size_t count = 0;
    while (statement.step()) {
        put(read_row(statement), statement.text(4));
        mark_ = LocalTime{statement.integer(0)};
        last_read_ = statement.blob(1);
        ++count;
    }
    if (count < budget) loaded_ = true;
    return count;
}

void MeasureBook::put(Row row, std::string_view category) {
    auto const known = place_of_category_.find(category);
    if (known != place_of_category_.end()) {
        row.category = known->second;
    } else {
        row.category = static_cast<std::uint32_t>(categories_.size());
        categories_.emplace_back(category);
        place_of_category_.emplace(category, row.category);
    }
    auto const place = place_of(row.measure.registered_at, row.ticket);
    if (place != rows_.end() && place->ticket == row.ticket) {
        *place = row;
        return;
    }
    auto const index = place - rows_.begin();
    // By a quarter, not twofold: few tickets come, and there may be many.
    if (rows_.size() == rows_.capacity()) rows_.reserve(rows_.size() + rows_.size() / 4 + 64);
    rows_.insert(rows_.begin() + index, row);
}

MeasureBook::Rows::const_iterator MeasureBook::first_from(LocalTime time) const {
    return std::lower_bound(rows_.begin(), rows_.end(), time,
                            [](Row const& row, LocalTime from) { return row.measure.registered_at < from; });
}

MeasureBook::Rows::iterator MeasureBook::place_of(LocalTime registered_at, AnyId ticket) {
    std::tuple const key{registered_at, ticket};
    // The newest come last, and most that come are new.
    if (rows_.empty() || key_of(rows_.back()) < key) return rows_.end();
    return std::lower_bound(rows_.begin(), rows_.end(), key,
                            [](Row const& row, auto const& wanted) { return key_of(row) < wanted; });
}

}  // namespace guanjia
