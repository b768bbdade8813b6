#include "core/service/feedback/rules.h"

#include "core/service/duties.h"

namespace guanjia {

using namespace literals;

namespace {

constexpr RoleSet desk_and_manager{Role::butler, Role::assistant_butler, Role::manager};
constexpr RoleSet improvers{Role::manager, Role::manager_assistant, Role::supervisor};

}  // namespace

// GEN-5.1: whoever was served is asked; who would rather not say is not asked again.
Result<Plan> record_satisfaction(Occasion const& occasion, TicketFacts const& facts, SatisfactionAnswer answer) {
    if (!occasion.roles.meets(desk_and_manager)) return refuse("GEN-5.1"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    auto const finished = finished_at(facts);
    if (!has_time(finished)) return refuse("GEN-5.1"_clause, "ticket.not-finished", {"ticket"});
    if (occasion.occurred_at < finished) return refuse("GEN-5.1"_clause, "ticket.before-closing", {"occurred_at"});
    if (answer.declined == (answer.satisfaction != Satisfaction::none))
        return refuse("GEN-5.1"_clause, "satisfaction.answer-missing", {"satisfaction"});
    auto plan = occasion.plan();
    plan.under("GEN-5.1"_clause).add(answer);
    return plan;
}

// GEN-5.2: feedback is kept, whoever hears it.
Result<Plan> record_feedback(Occasion const& occasion, Feedback feedback) {
    if (occasion.roles.empty()) return refuse("GEN-5.2"_clause, "role.no-role", {"by"});
    if (feedback.words.empty()) return refuse("GEN-5.2"_clause, "feedback.words-missing", {"words"});
    auto plan = occasion.plan();
    plan.under("GEN-5.2"_clause).add(feedback);
    return plan;
}

namespace {

Result<void> check_feedback(Occasion const& occasion, Stored<Feedback> const& feedback, FeedbackState state) {
    if (!occasion.roles.meets(improvers)) return refuse("GEN-5.2"_clause, "role.improver", {"by"});
    if (state != FeedbackState::noted) return refuse("GEN-5.2"_clause, "feedback.decided", {"feedback"});
    if (occasion.occurred_at < feedback.occurred_at)
        return refuse("GEN-5.2"_clause, "feedback.before", {"occurred_at"});
    return {};
}

}  // namespace

// GEN-5.2: feedback is used: something becomes better, by someone, until a day.
Result<Plan> plan_improvement(Occasion const& occasion, Stored<Feedback> const& feedback, FeedbackState state,
                              Improvement improvement) {
    if (auto checked = check_feedback(occasion, feedback, state); !checked) return tl::unexpected{checked.error()};
    if (improvement.measure.empty()) return refuse("GEN-5.2"_clause, "improvement.measure-missing", {"measure"});
    if (!improvement.responsible) return refuse("GEN-5.2"_clause, "improvement.responsible-missing", {"responsible"});
    if (!has_date(improvement.due)) return refuse("GEN-5.2"_clause, "improvement.due-missing", {"due"});
    if (improvement.due < date_of(occasion.occurred_at))
        return refuse("GEN-5.2"_clause, "improvement.due-past", {"due"});
    auto plan = occasion.plan();
    plan.under("GEN-5.2"_clause).add(improvement);
    return plan;
}

// GEN-5.2: and what came of it is said.
Result<Plan> report_improvement(Occasion const& occasion, ImprovementFacts const& facts, ImprovementOutcome outcome) {
    if (!occasion.roles.meets(improvers) && occasion.person != facts.improvement.value.responsible.any)
        return refuse("GEN-5.2"_clause, "role.improver", {"by"});
    if (!facts.outcomes.empty()) return refuse("GEN-5.2"_clause, "improvement.reported", {"improvement"});
    if (occasion.occurred_at < facts.improvement.occurred_at)
        return refuse("GEN-5.2"_clause, "improvement.before", {"occurred_at"});
    if (outcome.outcome.empty()) return refuse("GEN-5.2"_clause, "improvement.outcome-missing", {"outcome"});
    auto plan = occasion.plan();
    plan.under("GEN-5.2"_clause).add(outcome);
    return plan;
}

// GEN-5.2: or why nothing follows from it.
Result<Plan> set_feedback_aside(Occasion const& occasion, Stored<Feedback> const& feedback, FeedbackState state,
                                std::string reason) {
    if (auto checked = check_feedback(occasion, feedback, state); !checked) return tl::unexpected{checked.error()};
    if (reason.empty()) return refuse("GEN-5.2"_clause, "feedback.reason-missing", {"reason"});
    auto plan = occasion.plan();
    plan.under("GEN-5.2"_clause).add(FeedbackSetAside{feedback.id, std::move(reason)});
    return plan;
}

std::vector<Duty> duties_of(ImprovementFacts const& facts, Deadlines const& deadlines) {
    DutyList list{facts.improvement.id.any, deadlines};
    auto const& improvement = facts.improvement.value;
    if (!has_date(improvement.due)) return {};
    auto duty = list.begin("GEN-5.2"_clause, "outcome", Role::manager_assistant, facts.improvement.occurred_at);
    duty.person = improvement.responsible.any;
    duty.due = deadlines.closing_of(improvement.due);
    if (!facts.outcomes.empty()) finish(duty, facts.outcomes.front());
    list.add(std::move(duty));
    return list.take();
}

}  // namespace guanjia
