#include "core/store/duties.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "core/store/compliance.h"
namespace guanjia {

char const* const duty_tables[4] = {
    "CREATE TABLE duty(subject BLOB NOT NULL, clause TEXT NOT NULL, period TEXT NOT NULL, role INTEGER NOT NULL, "
    "person BLOB, "
    "opens INTEGER NOT NULL, due INTEGER NOT NULL, done INTEGER, done_ticks INTEGER NOT NULL, provisional INTEGER NOT "
    "NULL, "
    "PRIMARY KEY(subject, clause, period)) WITHOUT ROWID",
    // What lists and figures ask stands in the indexes, so that the table itself need not be read.
    "CREATE INDEX duty_waiting ON duty(due, opens, done) WHERE done IS NULL",
    "CREATE INDEX duty_done ON duty(done, opens) WHERE done IS NOT NULL",
    "CREATE INDEX duty_judged ON duty(clause, due, done, opens) WHERE done IS NOT NULL",
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
        auto statement = database.prepare("DELETE FROM duty WHERE subject = ? AND clause = ? AND period = ?");
        statement.bind(subject).bind_text(old.clause.id()).bind_text(old.period);
        statement.run();
    }
    for (auto const& duty : duties) {
        if (std::find(present.begin(), present.end(), duty) != present.end()) continue;
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
std::vector<DutyCount> count_duties(Database& database, LocalTime at) {
    // What was done later than the time asked about was still open then.
    auto statement = database.prepare(
        "SELECT clause, count(*) FILTER (WHERE done > ?1 AND due >= ?1), count(*) FILTER (WHERE done > ?1 AND due < "
        "?1), count(*) FILTER (WHERE done <= ?1 AND done <= due), count(*) FILTER (WHERE done <= ?1 AND done > due) "
        "FROM duty WHERE done IS NOT NULL AND opens <= ?1 GROUP BY clause UNION ALL "
        "SELECT clause, count(*) FILTER (WHERE due >= ?1), count(*) FILTER (WHERE due < ?1), 0, 0 "
        "FROM duty WHERE done IS NULL AND opens <= ?1 GROUP BY clause");
    statement.bind(at.seconds);
    std::map<Clause, DutyCount> by_clause;
    while (statement.step()) {
        auto const clause = find_clause(statement.text(0));
        if (!clause) continue;
        auto& count = by_clause[*clause];
        count.clause = *clause;
        count.open += statement.integer(1);
        count.overdue += statement.integer(2);
        count.kept += statement.integer(3);
        count.late += statement.integer(4);
    }
    static std::string const overrides = "SELECT o.clause, count(*) FROM override o WHERE o.occurred_at <= ? AND " +
                                         std::string{override_counts} + " GROUP BY o.clause";
    auto overridden = database.prepare(overrides);
    overridden.bind(at.seconds);
    while (overridden.step()) {
        auto const clause = find_clause(overridden.text(0));
        if (!clause) continue;
        auto& count = by_clause[*clause];
        count.clause = *clause;
        count.overridden = overridden.integer(1);
    }
    std::vector<DutyCount> counts;
    for (auto const& [clause, count] : by_clause) counts.push_back(count);
    return counts;
}

}  // namespace guanjia
