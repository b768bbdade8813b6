#pragma once
// Decisions about return visits (RV), pure functions of values.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/procedure/deadlines.h"
#include "core/service/rules.h"

namespace guanjia {

// What was said to a question of the survey (GEN-S3).
struct QuestionAnswer {
    std::string question;
    Satisfaction satisfaction = Satisfaction::none;
};
// As a visit keeps them; lines that cannot be read are left out.
std::vector<QuestionAnswer> answers_in(std::string_view answers);
std::string written_answers(std::vector<QuestionAnswer> const& answers);

Result<Plan> record_return_visit(Occasion const& occasion, TicketFacts const& facts, ReturnVisit visit);

// When the draw from a week opens and when it and its visits are due: the first and the last working day of the week
// after it; a week without one opens and falls due on the next working day (RV-4.2).
struct DrawPeriod {
    LocalTime opens;  // opening time
    LocalTime due;    // closing time
};
DrawPeriod draw_period(Date week, Deadlines const& deadlines);
AnyId period_of_draw(Date week);

// How many of the repair orders are drawn: min(n, max(minimum, percent of n, rounded up)). orders 0…1,000,000.
std::int64_t sample_size(std::int64_t orders, std::int64_t percent, std::int64_t minimum);
std::int64_t sample_size(std::int64_t orders, Parameters const& parameters, Date on);
// All orders in the order in which that seed draws them: by the hash of seed and id, which no one can steer and anyone
// can compute again.
std::vector<Id<Ticket>> ranked(std::string_view seed, std::vector<Id<Ticket>> orders);

// What the desk knows of the week when it draws.
struct DrawFacts {
    std::vector<Id<Ticket>> orders;  // the week's repair orders that are finished
    std::vector<Stored<WeeklyDraw>> draws;
    std::vector<Id<Ticket>> drawn;
    std::string desk;       // the letter of this desk …
    std::string draw_desk;  // … and of the one that draws
};
// draw: number and week; the rest is settled here.
Result<Plan> draw_week(Occasion const& occasion, WeeklyDraw draw, DrawFacts const& known);
// Adds those of the week's orders that arrived after the draw and rank among those to be visited.
Result<Plan> add_late_orders(Occasion const& occasion, DrawFacts const& known);
Result<Plan> name_draw_desk(Occasion const& occasion, std::string const& letter, std::string const& present);
// assignee_roles: of the assignee at that time.
Result<Plan> assign_visit(Occasion const& occasion, TicketFacts const& facts, VisitAssignment assignment,
                          RoleSet assignee_roles);

// The departments of an opinion, one by one.
std::vector<std::string> departments_of(RaisedOpinion const& opinion);
// opinion.departments: separated by "、", ",", ";" or line ends. number: for the ticket of a new complaint.
Result<Plan> raise_opinion(Occasion const& occasion, TicketFacts const& facts, RaisedOpinion opinion,
                           std::string const& number);
Result<Plan> tell_department(Occasion const& occasion, TicketFacts const& facts, OpinionNotice notice);
Result<Plan> reply_to_opinion(Occasion const& occasion, TicketFacts const& facts, OpinionReply reply);

Result<Plan> inspect_visit(Occasion const& occasion, TicketFacts const& facts, InspectedVisit inspected);
// The period of inspections that a date is in: as many months as the parameter says.
DayRange inspection_period(Date date, Parameters const& parameters);
AnyId period_of_inspection(Date first_day);
// inspection: number, the period's first day, its visits counted, the opinion. signed_before: one for it is there.
enum class SignedBefore { no, yes };
Result<Plan> sign_inspection(Occasion const& occasion, VisitInspection inspection, DayRange period,
                             SignedBefore signed_before);
Result<Plan> file_visits(Occasion const& occasion, VisitFiling filing);

}  // namespace guanjia
