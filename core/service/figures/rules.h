#pragma once
// What figures count of each ticket (GEN-S1, S2, S3), a pure function of its facts and duties.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/procedure/duty.h"
#include "core/service/rules.h"

namespace guanjia {

struct TicketMeasure {
    LocalTime registered_at = no_time;
    LocalTime responded_at = no_time;
    LocalTime response_due = no_time;
    LocalTime finished_at = no_time;   // no_time while it is open
    LocalTime solution_due = no_time;  // of the run that is open; no_time when finished or waiting
    std::int64_t solutions_kept = 0;   // of runs that are closed
    std::int64_t solutions_late = 0;
    std::int64_t waited_seconds = 0;  // civil time, in waits that are over
    std::int64_t reopened = 0;
    std::int64_t trips = 0;                          // of a repair; the second is rework or a second trip
    Satisfaction satisfaction = Satisfaction::none;  // the last that was said
};
// duties: those of the facts. Nothing of a ticket that is void or has gone into another.
std::optional<TicketMeasure> measure_of(TicketFacts const& facts, std::vector<Duty> const& duties);

}  // namespace guanjia
