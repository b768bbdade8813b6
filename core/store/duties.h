#pragma once
// The duties table: what areas derive for their subjects, ready to be asked for by time and by subject.

#include <span>
#include <vector>

#include "core/procedure/duty.h"
#include "core/store/database.h"

namespace guanjia {

extern char const* const duty_tables[3];

// Makes the rows of a subject equal to `duties`, writing only what differs.
void write_duties(Database& database, AnyId subject, std::vector<Duty> const& duties);

struct DutyRow {
    Duty duty;
    DutyStatus status;
};
enum class DutyFilter { open, all };
// Overdue first, then by due time. `at` decides what is open and overdue; duties that open later are left out.
std::vector<DutyRow> duties_at(Database& database, LocalTime at, DutyFilter filter);
std::vector<Duty> duties_about(Database& database, AnyId subject);

// "RV-4.1/0123456789abcdef-4097/…": clause, subject and period.
std::string duty_id(Duty const& duty);

struct DutyCount {
    Clause clause;
    std::int64_t open = 0;
    std::int64_t overdue = 0;
    std::int64_t kept = 0;
    std::int64_t late = 0;
};
// GEN-S4: per clause how duties stand at a time.
std::vector<DutyCount> count_duties(Database& database, LocalTime at);

}  // namespace guanjia
