#pragma once
// Duties that return visits bring with them.

#include <optional>
#include <span>
#include <vector>

#include "core/service/duties.h"

namespace guanjia {

// Of a ticket: RV-4.1 for each time that a complaint was dealt with, RV-4.2 for each draw that took it, RV-4.4 for each
// opinion raised. runs: those of the facts.
void add_visit_duties(DutyList& list, TicketFacts const& facts, std::span<Run const> runs);

// RV-4.2: of a week (its Monday) in which repair orders were finished; done by the first draw from it. Its subject is
// the period id of WeeklyDraw.
std::vector<Duty> draw_duties(Date week, bool has_orders, std::vector<Stored<WeeklyDraw>> const& draws,
                              Deadlines const& deadlines);
// RV-4.5: of a period in which visits were made; done by the manager's opinion on it. Its subject is the period id of
// VisitInspection.
std::vector<Duty> inspection_duties(DayRange period, bool has_visits,
                                    std::vector<Stored<VisitInspection>> const& inspections,
                                    Deadlines const& deadlines);

}  // namespace guanjia
