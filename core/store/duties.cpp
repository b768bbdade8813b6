#include "core/store/duties.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "core/store/compliance.h"

namespace guanjia {

namespace {

constexpr char const* tally_table =
    "CREATE TABLE duty_tally(clause TEXT NOT NULL, aspect TEXT NOT NULL, day INTEGER NOT NULL, kept INTEGER NOT NULL, "
    "late INTEGER NOT NULL, PRIMARY KEY(clause, aspect, day)) WITHOUT ROWID";

}  // namespace

char const* const duty_tables[6] = {
    "CREATE TABLE duty(subject BLOB NOT NULL, clause TEXT NOT NULL, period TEXT NOT NULL, role INTEGER NOT NULL, "
    "person BLOB, "
    "opens INTEGER NOT NULL, due INTEGER NOT NULL, done INTEGER, done_ticks INTEGER NOT NULL, provisional INTEGER NOT "
    "NULL, "
    "PRIMARY KEY(subject, clause, period)) WITHOUT ROWID",
    // What lists and figures ask stands in the indexes, so that the table itself need not be read.
    "CREATE INDEX duty_waiting ON duty(due, opens, done) WHERE done IS NULL",
    "CREATE INDEX duty_done ON duty(done, opens) WHERE done IS NOT NULL",
    "CREATE INDEX duty_late ON duty(clause, due) WHERE done > due",
    // What was done before it opened is judged only then.
    "CREATE INDEX duty_early ON duty(opens) WHERE done < opens",
    tally_table,
};

namespace {

constexpr char const* columns =
    "SELECT subject, clause, period, role, person, opens, due, done, done_ticks, provisional FROM duty ";

std::optional<Duty> read_duty(Statement const& row) {
    auto const clause = find_clause(row.text(1));
    if (!clause) return std::nullopt;
    Duty duty{*clause, row.id(0), std::string{row.text(2)}};
    duty.role = static_cast<Role>(row.integer(3));
    duty.person = row.id(4);
    duty.opens = LocalTime{row.integer(5)};
    duty.due = LocalTime{row.integer(6)};
    duty.done = row.time(7);
    duty.done_ticks = static_cast<std::uint64_t>(row.integer(8));
    duty.provisional = row.integer(9) != 0;
    return duty;
}

bool same_identity(Duty const& left, Duty const& right) {
    return left.clause == right.clause && left.period == right.period;
}

std::string_view aspect_of(std::string_view period) { return period.substr(0, period.find('-')); }

// Floored, so that it is a day before 1970 as well.
std::int64_t day_number_of(LocalTime time) {
    auto const day = time.seconds / seconds_per_day;
    return time.seconds % seconds_per_day < 0 ? day - 1 : day;
}

bool counts_alike(Duty const& left, Duty const& right) {
    auto const kept = [](Duty const& duty) { return duty.done <= duty.due; };
    return has_time(left.done) == has_time(right.done) &&
           (!has_time(left.done) || (kept(left) == kept(right) && day_number_of(left.due) == day_number_of(right.due)));
}

// Puts a duty that is done into the tally of its day, or takes it out.
void tally(Database& database, Duty const& duty, std::int64_t by) {
    if (!has_time(duty.done)) return;
    auto const kept = duty.done <= duty.due;
    auto const key = [&](Statement& statement) {
        statement.bind_text(duty.clause.id()).bind_text(aspect_of(duty.period)).bind(day_number_of(duty.due));
    };
    auto statement = database.prepare(
        "INSERT INTO duty_tally(clause, aspect, day, kept, late) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kept "
        "= kept + excluded.kept, late = late + excluded.late");
    key(statement);
    statement.bind(kept ? by : 0).bind(kept ? 0 : by);
    statement.run();
    if (by > 0) return;
    auto emptied = database.prepare(
        "DELETE FROM duty_tally WHERE clause = ? AND aspect = ? AND day = ? AND kept = 0 AND late = 0");
    key(emptied);
    emptied.run();
}

}  // namespace

std::vector<Duty> duties_about(Database& database, AnyId subject) {
    static std::string const sql = std::string{columns} + "WHERE subject = ?";
    auto statement = database.prepare(sql);
    statement.bind(subject);
    std::vector<Duty> duties;
    while (statement.step())
        if (auto duty = read_duty(statement)) duties.push_back(std::move(*duty));
    return duties;
}

std::vector<AnyId> subjects_turning(Database& database, LocalTime after, LocalTime until) {
    auto statement = database.prepare(
        "SELECT subject FROM duty WHERE done IS NULL AND opens > ?1 AND opens <= ?2 UNION ALL SELECT subject FROM duty "
        "WHERE done > ?1 AND (done <= ?2 OR (opens > ?1 AND opens <= ?2))");
    statement.bind(after.seconds).bind(until.seconds);
    std::vector<AnyId> subjects;
    while (statement.step()) subjects.push_back(statement.id(0));
    return subjects;
}

std::vector<AnyId> subjects_waiting(Database& database, DutyMark& mark, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT due, opens, subject, clause, period FROM duty WHERE done IS NULL AND (due, opens, subject, clause, "
        "period) > (?, ?, ?, ?, ?) ORDER BY due, opens, subject, clause, period LIMIT ?");
    auto const after = mark;
    statement.bind(after.due.seconds).bind(after.opens.seconds).bind(after.subject);
    statement.bind_text(after.clause).bind_text(after.period).bind(static_cast<std::int64_t>(limit));
    std::vector<AnyId> subjects;
    while (statement.step()) {
        mark = {LocalTime{statement.integer(0)}, LocalTime{statement.integer(1)}, statement.id(2),
                std::string{statement.text(3)}, std::string{statement.text(4)}};
        subjects.push_back(mark.subject);
    }
    return subjects;
}

void write_duties(Database& database, AnyId subject, std::vector<Duty> const& duties) {
    auto const present = duties_about(database, subject);
    for (auto const& old : present) {
        auto const stays =
            std::any_of(duties.begin(), duties.end(), [&](Duty const& duty) { return same_identity(duty, old); });
        if (stays) continue;
        tally(database, old, -1);
        auto statement = database.prepare("DELETE FROM duty WHERE subject = ? AND clause = ? AND period = ?");
        statement.bind(subject).bind_text(old.clause.id()).bind_text(old.period);
        statement.run();
    }
    for (auto const& duty : duties) {
        auto const old =
            std::find_if(present.begin(), present.end(), [&](Duty const& each) { return same_identity(each, duty); });
        if (old != present.end() && *old == duty) continue;
        if (old == present.end()) {
            tally(database, duty, +1);
        } else if (!counts_alike(*old, duty)) {
            tally(database, *old, -1);
            tally(database, duty, +1);
        }
        auto statement = database.prepare(
            "INSERT OR REPLACE INTO duty(subject, clause, period, role, person, opens, due, done, done_ticks, "
            "provisional) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.bind(subject)
            .bind_text(duty.clause.id())
            .bind_text(duty.period)
            .bind(static_cast<std::int64_t>(duty.role));
        statement.bind(duty.person).bind(duty.opens.seconds).bind(duty.due.seconds);
        statement.bind(duty.done);
        statement.bind(static_cast<std::int64_t>(duty.done_ticks)).bind(std::int64_t{duty.provisional});
        statement.run();
    }
}

std::vector<DutyRow> duties_at(Database& database, LocalTime at, DutyFilter filter) {
    // What was done later than the time asked about was still open then.
    static std::string const waiting = std::string{columns} + "WHERE done IS NULL AND opens <= ?1 UNION ALL " +
                                       columns +
                                       "WHERE done > ?1 AND opens <= ?1 ORDER BY due, clause, subject, period";
    static std::string const all =
        std::string{columns} +
        "WHERE opens <= ?1 ORDER BY done IS NOT NULL AND done <= ?1, due, clause, subject, period";
    auto statement = database.prepare(filter == DutyFilter::open ? waiting : all);
    statement.bind(at.seconds);
    std::vector<DutyRow> rows;
    while (statement.step()) {
        auto duty = read_duty(statement);
        if (!duty) continue;
        auto const status = status_of(duty->due, duty->done, at);
        rows.push_back({std::move(*duty), status});
    }
    return rows;
}

std::string duty_id(Duty const& duty) {
    return std::string{duty.clause.id()} + "/" + format_id(duty.subject) + "/" + duty.period;
}

// GEN-S4: kept, late, open, overdue and overridden are told per clause, with nothing hidden in a sum.
std::vector<DutyCount> count_duties(Database& database, LocalTime at, DutyScope const& scope) {
    auto const everything = std::numeric_limits<std::int64_t>::max();
    auto const has_days = has_date(scope.days.first);
    auto const first = has_days ? to_day_number(scope.days.first) : -everything;
    auto const last = has_days ? to_day_number(scope.days.last) : everything;
    std::map<std::string, DutyCount, std::less<>> by_clause;
    auto const count_of = [&](std::string_view clause) -> DutyCount& {
        auto const found = by_clause.find(clause);
        return found != by_clause.end() ? found->second : by_clause[std::string{clause}];
    };
    auto const counts = [&](Statement const& row) {
        auto const day = day_number_of(LocalTime{row.integer(2)});
        return day >= first && day <= last && (scope.clause.empty() || row.text(0) == scope.clause) &&
               (scope.aspect.empty() || aspect_of(row.text(1)) == scope.aspect);
    };

    auto done = database.prepare(
        "SELECT clause, sum(kept), sum(late) FROM duty_tally WHERE day BETWEEN ?1 AND ?2 AND (?3 = '' OR aspect = ?3) "
        "GROUP BY clause");
    auto done_of_clause = database.prepare(
        "SELECT clause, sum(kept), sum(late) FROM duty_tally WHERE day BETWEEN ?1 AND ?2 AND (?3 = '' OR aspect = ?3) "
        "AND clause = ?4 GROUP BY clause");
    auto& sums = scope.clause.empty() ? done : done_of_clause;
    sums.bind(first).bind(last).bind_text(scope.aspect);
    if (!scope.clause.empty()) sums.bind_text(scope.clause);
    while (sums.step()) {
        auto& count = count_of(sums.text(0));
        count.kept += sums.integer(1);
        count.late += sums.integer(2);
    }

    // What was done later than the time asked about was still open then, and what opened later was nothing yet.
    auto later = database.prepare(
        "SELECT clause, period, due, done, opens FROM duty WHERE done > ?1 UNION ALL SELECT clause, period, due, done, "
        "opens FROM duty WHERE done < opens AND opens > ?1 AND +done <= ?1");
    later.bind(at.seconds);
    while (later.step()) {
        if (!counts(later)) continue;
        auto& count = count_of(later.text(0));
        --(later.integer(3) <= later.integer(2) ? count.kept : count.late);
        if (later.integer(4) <= at.seconds) ++(later.integer(2) < at.seconds ? count.overdue : count.open);
    }

    auto waiting = database.prepare(
        "SELECT clause, period, due FROM duty WHERE done IS NULL AND due >= ?1 AND due <= ?2 AND opens <= ?3 AND (?4 = "
        "'' OR clause = ?4)");
    waiting.bind(has_days ? start_of(scope.days.first).seconds : -everything);
    waiting.bind(has_days ? start_of(scope.days.last).seconds + seconds_per_day - 1 : everything).bind(at.seconds);
    waiting.bind_text(scope.clause);
    while (waiting.step()) {
        if (!counts(waiting)) continue;
        auto& count = count_of(waiting.text(0));
        ++(waiting.integer(2) < at.seconds ? count.overdue : count.open);
    }

    std::map<Clause, DutyCount> known;
    for (auto const& [id, count] : by_clause) {
        auto const clause = find_clause(id);
        if (!clause || count.open + count.overdue + count.kept + count.late == 0) continue;
        known[*clause] = count;
        known[*clause].clause = *clause;
    }
    if (scope.aspect.empty()) {
        static std::string const passed =
            "SELECT o.clause, count(*) FROM override o WHERE o.occurred_at <= ?1 AND o.occurred_at >= ?2 AND "
            "o.occurred_at <= ?3 AND (?4 = '' OR o.clause = ?4) AND " +
            std::string{override_counts} + " GROUP BY o.clause";
        auto overridden = database.prepare(passed);
        overridden.bind(at.seconds).bind(has_days ? start_of(scope.days.first).seconds : -everything);
        overridden.bind(has_days ? start_of(scope.days.last).seconds + seconds_per_day - 1 : everything);
        overridden.bind_text(scope.clause);
        while (overridden.step()) {
            auto const clause = find_clause(overridden.text(0));
            if (!clause) continue;
            known[*clause].clause = *clause;
            known[*clause].overridden = overridden.integer(1);
        }
    }
    std::vector<DutyCount> sorted;
    for (auto const& [clause, count] : known) sorted.push_back(count);
    return sorted;
}

std::vector<Duty> unkept_duties(Database& database, Clause clause, DayRange days, LocalTime at, std::size_t limit) {
    // What was done after the time asked about, and due before it, was done late as well.
    static std::string const wanted = "AND due >= ?2 AND due < ?3 AND due < ?4 AND opens <= ?4 ";
    static std::string const sql = std::string{columns} + "WHERE clause = ?1 AND done > due " + wanted + "UNION ALL " +
                                   columns + "WHERE clause = ?1 AND done IS NULL " + wanted +
                                   "ORDER BY due, subject, period LIMIT ?5";
    auto statement = database.prepare(sql);
    statement.bind_text(clause.id()).bind(start_of(days.first).seconds);
    statement.bind(start_of(add_days(days.last, 1)).seconds).bind(at.seconds).bind(static_cast<std::int64_t>(limit));
    std::vector<Duty> duties;
    while (statement.step())
        if (auto duty = read_duty(statement)) duties.push_back(std::move(*duty));
    return duties;
}

}  // namespace guanjia
