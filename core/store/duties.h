#pragma once
// The duties table: what areas derive for their subjects, ready to be asked for by time and by subject.

#include <span>
#include <string>
#include <vector>

#include "core/procedure/duty.h"
#include "core/store/projection.h"

namespace guanjia {

extern char const* const duty_tables[6];

// Makes the rows of a subject equal to `duties`, writing only what differs.
void write_duties(Database& database, AnyId subject, std::vector<Duty> const& duties);

// Derives the duties of a subject: duties_under gives them under a calendar. What was done under the calendar of its
// day is judged by it, although a newer one has been loaded since (GEN-S5).
template <class DutiesUnder>
std::vector<Duty> write_dated_duties(Derivation const& derivation, DutiesUnder const& duties_under) {
    auto const& rules = derivation.rules;
    std::vector<Duty> duties = duties_under(rules.calendar());
    for (auto& duty : duties) {
        if (!has_time(duty.done) || !rules.calendar_changed_since(duty.done_ticks)) continue;
        for (auto const& old : duties_under(rules.calendar_at(duty.done_ticks)))
            if (old.clause == duty.clause && old.period == duty.period) duty.due = old.due;
    }
    write_duties(derivation.database, derivation.subject, duties);
    return duties;
}

struct DutyRow {
    Duty duty;
    DutyStatus status;
};
enum class DutyFilter { open, all };
// Overdue first, then by due time. `at` decides what is open and overdue; duties that open later are left out.
std::vector<DutyRow> duties_at(Database& database, LocalTime at, DutyFilter filter);
std::vector<Duty> duties_about(Database& database, AnyId subject);

// Whose duties open, or count as done, after one time and up to another: what is told of them differs between the two.
// Who has several may come more than once.
std::vector<AnyId> subjects_turning(Database& database, LocalTime after, LocalTime until);

// A place in the row of all duties that are still to be done, the nearest first.
struct DutyMark {
    LocalTime due = no_time;
    LocalTime opens = no_time;
    AnyId subject;
    std::string clause;
    std::string period;
};
// Reads on: whose are the next duties, up to `limit` of them after the mark, which moves along. Nobody at the end.
std::vector<AnyId> subjects_waiting(Database& database, DutyMark& mark, std::size_t limit);

// "RV-4.1/0123456789abcdef-4097/…": clause, subject and period.
std::string duty_id(Duty const& duty);

struct DutyCount {
    Clause clause;
    std::int64_t open = 0;
    std::int64_t overdue = 0;
    std::int64_t kept = 0;
    std::int64_t late = 0;
    std::int64_t overridden = 0;  // guards of the clause
};
// Which duties are counted: those due on these days, those of one clause, those of one aspect of it ("solution" of
// "solution-1", "solution-2" …); all when nothing is named.
struct DutyScope {
    DayRange days{no_date, no_date};
    std::string_view clause = "";
    std::string_view aspect = "";
};
// GEN-S4: per clause how duties stand at a time, and how often a guard was overridden. What is done is counted by the
// day when it is written, so that it takes no longer in a year of much work; what waits, and what was done later than
// the time asked about, one by one.
std::vector<DutyCount> count_duties(Database& database, LocalTime at, DutyScope const& scope = {});
// The duties under a clause, due on these days, that were late or missed at a time; the longest overdue first.
std::vector<Duty> unkept_duties(Database& database, Clause clause, DayRange days, LocalTime at, std::size_t limit);

}  // namespace guanjia
