#include "core/service/figures/queries.h"

#include <algorithm>
#include <map>

#include "core/store/compliance.h"

namespace guanjia {

using namespace literals;

char const* const measure_table =
    "CREATE TABLE ticket_measure(registered_at INTEGER NOT NULL, ticket BLOB NOT NULL, kind INTEGER NOT NULL, person "
    "BLOB, category TEXT, recurring INTEGER NOT NULL, responded_at INTEGER, response_due INTEGER, finished_at INTEGER, "
    "solution_due INTEGER, solutions_kept INTEGER NOT NULL, solutions_late INTEGER NOT NULL, waited INTEGER NOT NULL, "
    "reopened INTEGER NOT NULL, trips INTEGER NOT NULL, satisfaction INTEGER NOT NULL, PRIMARY KEY(registered_at, "
    "ticket)) WITHOUT ROWID";

void write_measure(Database& database, Id<Ticket> ticket, std::optional<TicketMeasure> const& measure) {
    // When it was registered never changes: the row keeps its place.
    if (!measure) {
        auto gone = database.prepare(
            "DELETE FROM ticket_measure WHERE ticket = ?1 AND registered_at = (SELECT occurred_at FROM ticket WHERE id "
            "= ?1)");
        gone.bind(ticket.any);
        return gone.run();
    }
    auto statement = database.prepare(
        "INSERT OR REPLACE INTO ticket_measure(registered_at, ticket, kind, person, category, recurring, responded_at, "
        "response_due, finished_at, solution_due, solutions_kept, solutions_late, waited, reopened, trips, "
        "satisfaction) SELECT ?1, ?2, t.kind, t.recorded_by, t.category, EXISTS(SELECT 1 FROM recurrence r WHERE "
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

// One row of the table.
struct Measured {
    AnyId ticket;
    std::string key;
    TicketMeasure measure;
    TicketKind kind = TicketKind::none;
    bool recurring = false;
};

std::string key_of(Statement const& row, FigureGrouping by) {
    auto const date = [&] { return date_of(LocalTime{row.integer(0)}); };
    switch (by) {
        case FigureGrouping::day: return format_date(date());
        case FigureGrouping::week: return format_date(week_of(date()));
        case FigureGrouping::month: return format_date(first_of_month(date()));
        case FigureGrouping::person: return row.is_null(3) ? std::string{} : format_id(row.id(3));
        case FigureGrouping::category: return std::string{row.text(4)};
        case FigureGrouping::kind: return std::string{name_of(static_cast<TicketKind>(row.integer(2)))};
        case FigureGrouping::none: return {};
    }
    return {};
}

template <class Visit>
void for_each_measured(Database& database, FigureQuery const& query, Visit const& visit) {
    auto statement = database.prepare(
        "SELECT registered_at, ticket, kind, person, category, recurring, responded_at, response_due, finished_at, "
        "solution_due, solutions_kept, solutions_late, waited, reopened, trips, satisfaction FROM ticket_measure WHERE "
        "registered_at >= ?1 AND registered_at < ?2 AND (?3 = 0 OR kind = ?3)");
    statement.bind(start_of(query.days.first).seconds).bind(start_of(add_days(query.days.last, 1)).seconds);
    statement.bind(static_cast<std::int64_t>(query.kind));
    while (statement.step()) {
        Measured row;
        row.ticket = statement.id(1);
        row.key = key_of(statement, query.by);
        row.kind = static_cast<TicketKind>(statement.integer(2));
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
        visit(row);
    }
}

// What was done later than the time asked about had not been done then.
bool done_by(LocalTime done, LocalTime at) { return has_time(done) && done <= at; }

bool response_late(TicketMeasure const& measure, LocalTime at) {
    if (!has_time(measure.response_due)) return false;
    return done_by(measure.responded_at, at) ? measure.responded_at > measure.response_due : measure.response_due < at;
}

bool solution_late(TicketMeasure const& measure, LocalTime at) {
    return measure.solutions_late > 0 || (has_time(measure.solution_due) && measure.solution_due < at);
}

std::optional<std::int64_t> median(std::vector<std::int64_t>& minutes) {
    if (minutes.empty()) return std::nullopt;
    auto const middle = minutes.begin() + static_cast<std::ptrdiff_t>(minutes.size() / 2);
    std::nth_element(minutes.begin(), middle, minutes.end());
    return *middle;
}

bool is_case(Measured const& row, FigureCase which, LocalTime at) {
    auto const& measure = row.measure;
    switch (which) {
        case FigureCase::all: return true;
        case FigureCase::open: return !done_by(measure.finished_at, at);
        case FigureCase::response_late: return response_late(measure, at);
        case FigureCase::solution_late: return solution_late(measure, at);
        case FigureCase::reopened: return measure.reopened > 0;
        case FigureCase::recurring: return row.recurring;
        case FigureCase::second_trip: return measure.trips > 1;
        case FigureCase::dissatisfied: return measure.satisfaction == Satisfaction::dissatisfied;
    }
    return false;
}

}  // namespace

std::vector<FigureRow> figure_rows(Database& database, FigureQuery const& query, LocalTime at) {
    struct Group {
        FigureRow row;
        std::vector<std::int64_t> responses, handlings;
    };
    std::map<std::string, Group> groups;
    for_each_measured(database, query, [&](Measured const& ticket) {
        auto& group = groups[ticket.key];
        auto& row = group.row;
        auto const& measure = ticket.measure;
        ++row.tickets;
        row.open += is_case(ticket, FigureCase::open, at);
        if (done_by(measure.responded_at, at))
            group.responses.push_back((measure.responded_at.seconds - measure.registered_at.seconds) / 60);
        if (has_time(measure.response_due) && (done_by(measure.responded_at, at) || measure.response_due < at)) {
            ++row.responses;
            row.responses_kept += !response_late(measure, at);
        }
        if (done_by(measure.finished_at, at))
            group.handlings.push_back(
                (measure.finished_at.seconds - measure.registered_at.seconds - measure.waited_seconds) / 60);
        row.solutions += measure.solutions_kept + measure.solutions_late;
        row.solutions_kept += measure.solutions_kept;
        if (has_time(measure.solution_due) && measure.solution_due < at) ++row.solutions;
        row.waited_minutes += measure.waited_seconds / 60;
        row.reopened += measure.reopened > 0;
        row.recurring += ticket.recurring;
        row.repairs += measure.trips > 0;
        row.second_trips += measure.trips > 1;
        row.answers += measure.satisfaction != Satisfaction::none;
        row.satisfied +=
            measure.satisfaction == Satisfaction::very_satisfied || measure.satisfaction == Satisfaction::satisfied;
        row.dissatisfied += measure.satisfaction == Satisfaction::dissatisfied;
    });
    std::vector<FigureRow> rows;
    for (auto& [key, group] : groups) {
        group.row.key = key;
        group.row.response_minutes = median(group.responses);
        group.row.handling_minutes = median(group.handlings);
        rows.push_back(std::move(group.row));
    }
    return rows;
}

std::optional<Clause> clause_of(FigureCase which) {
    static constexpr Clause efficiency = "GEN-S1"_clause;
    static constexpr Clause quality = "GEN-S2"_clause;
    static constexpr Clause satisfaction = "GEN-S3"_clause;
    switch (which) {
        case FigureCase::response_late:
        case FigureCase::solution_late:
        case FigureCase::second_trip: return efficiency;
        case FigureCase::reopened:
        case FigureCase::recurring: return quality;
        case FigureCase::dissatisfied: return satisfaction;
        case FigureCase::all:
        case FigureCase::open: return std::nullopt;
    }
    return std::nullopt;
}

std::vector<FigureCaseLine> figure_cases(Database& database, FigureQuery const& query, std::string_view key,
                                         FigureCase which, LocalTime at, std::size_t limit) {
    std::vector<AnyId> tickets;
    for_each_measured(database, query, [&](Measured const& row) {
        if ((key.empty() || row.key == key) && is_case(row, which, at)) tickets.push_back(row.ticket);
    });
    // The table runs from the oldest on.
    std::reverse(tickets.begin(), tickets.end());
    std::vector<FigureCaseLine> lines;
    for (auto const ticket : tickets) {
        if (lines.size() == limit) break;
        auto statement = database.prepare("SELECT number, words, occurred_at FROM ticket WHERE id = ?");
        statement.bind(ticket);
        if (statement.step())
            lines.push_back({Id<Ticket>{ticket}, std::string{statement.text(0)}, std::string{statement.text(1)},
                             LocalTime{statement.integer(2)}});
    }
    return lines;
}

DayRange days_of_row(std::string_view key, FigureGrouping by, DayRange days) {
    auto const first = parse_date(key);
    if (!first) return days;
    auto last = *first;
    if (by == FigureGrouping::week) last = add_days(*first, 6);
    if (by == FigureGrouping::month) last = add_days(first_of_month(*first, 1), -1);
    return {std::max(*first, days.first), std::min(last, days.last)};
}

// GEN-S4: nothing is hidden in a sum.
std::vector<ComplianceRow> compliance_rows(Database& database, DayRange days, LocalTime at, FigureGrouping by) {
    std::map<std::pair<std::string, Clause>, ComplianceRow> rows;
    auto const from = start_of(days.first).seconds;
    auto const until = start_of(add_days(days.last, 1)).seconds;
    // ?1 and ?2 are the days, ?3 says whether they are told apart; the first two columns are clause and day.
    auto const count = [&](std::string const& sql, bool of_now, auto const& add) {
        auto statement = database.prepare(sql);
        statement.bind(from).bind(until).bind(std::int64_t{by != FigureGrouping::none});
        if (of_now) statement.bind(at.seconds);
        while (statement.step()) {
            auto const clause = find_clause(statement.text(0));
            if (!clause) continue;
            auto const date = date_of(LocalTime{statement.integer(1) * 86400});
            auto key = by == FigureGrouping::none    ? std::string{}
                       : by == FigureGrouping::week  ? format_date(week_of(date))
                       : by == FigureGrouping::month ? format_date(first_of_month(date))
                                                     : format_date(date);
            auto& row = rows[{key, *clause}];
            row.key = std::move(key);
            row.clause = *clause;
            add(row, statement);
        }
    };
    count(
        "SELECT clause, CASE WHEN ?3 THEN due / 86400 ELSE 0 END AS day, count(*) FILTER (WHERE done <= ?4 AND done <= "
        "due), count(*) FILTER (WHERE done <= ?4 AND done > due), count(*) FILTER (WHERE (done IS NULL OR done > ?4) "
        "AND due < ?4), count(*) FILTER (WHERE (done IS NULL OR done > ?4) AND due >= ?4) FROM duty WHERE due >= ?1 "
        "AND due < ?2 AND opens <= ?4 GROUP BY clause, day",
        true, [](ComplianceRow& row, Statement const& found) {
            row.kept += found.integer(2);
            row.late += found.integer(3);
            row.missed += found.integer(4);
            row.open += found.integer(5);
        });
    static std::string const overrides =
        "SELECT o.clause, CASE WHEN ?3 THEN o.occurred_at / 86400 ELSE 0 END AS day, count(*) FROM override o WHERE "
        "o.occurred_at >= ?1 AND o.occurred_at < ?2 AND " +
        std::string{override_counts} + " GROUP BY o.clause, day";
    count(overrides, false, [](ComplianceRow& row, Statement const& found) { row.overridden += found.integer(2); });
    count(
        "SELECT clause, CASE WHEN ?3 THEN at / 86400 ELSE 0 END AS day, count(*) FROM base_refusal WHERE at >= ?1 AND "
        "at < ?2 AND clause IS NOT NULL GROUP BY clause, day",
        false, [](ComplianceRow& row, Statement const& found) { row.refused += found.integer(2); });
    std::vector<ComplianceRow> found;
    for (auto& [key, row] : rows) found.push_back(std::move(row));
    return found;
}

std::vector<Duty> unkept_duties(Database& database, Clause clause, DayRange days, LocalTime at, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT subject, period, due, done, opens, role, person FROM duty WHERE clause = ?1 AND due >= ?2 AND due < ?3 "
        "AND opens <= ?4 AND CASE WHEN done <= ?4 THEN done > due ELSE due < ?4 END ORDER BY due, subject, period "
        "LIMIT ?5");
    statement.bind_text(clause.id()).bind(start_of(days.first).seconds);
    statement.bind(start_of(add_days(days.last, 1)).seconds).bind(at.seconds).bind(static_cast<std::int64_t>(limit));
    std::vector<Duty> duties;
    while (statement.step()) {
        Duty duty{clause, statement.id(0), std::string{statement.text(1)}};
        duty.due = LocalTime{statement.integer(2)};
        duty.done = statement.time(3);
        duty.opens = LocalTime{statement.integer(4)};
        duty.role = static_cast<Role>(statement.integer(5));
        duty.person = statement.id(6);
        duties.push_back(std::move(duty));
    }
    return duties;
}

}  // namespace guanjia
