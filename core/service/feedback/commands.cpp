#include "core/service/feedback/commands.h"

#include "core/service/feedback/rules.h"
#include "core/store/duties.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

constexpr Field record_satisfaction_fields[] = {
    GUANJIA_FIELD(RecordSatisfaction, 1, ticket, required),
    GUANJIA_FIELD(RecordSatisfaction, 2, satisfaction),
    GUANJIA_FIELD(RecordSatisfaction, 3, declined),
    GUANJIA_FIELD(RecordSatisfaction, 4, note, long_text),
};
constexpr Field record_feedback_fields[] = {
    GUANJIA_FIELD(RecordFeedback, 1, words, required | long_text),
    GUANJIA_FIELD(RecordFeedback, 2, ticket),
};
constexpr Field plan_improvement_fields[] = {
    GUANJIA_FIELD(PlanImprovement, 1, feedback, required),
    GUANJIA_FIELD(PlanImprovement, 2, measure, long_text),
    GUANJIA_FIELD(PlanImprovement, 3, responsible),
    GUANJIA_FIELD(PlanImprovement, 4, due),
};
constexpr Field report_improvement_fields[] = {
    GUANJIA_FIELD(ReportImprovement, 1, improvement, required),
    GUANJIA_FIELD(ReportImprovement, 2, outcome, long_text),
    GUANJIA_FIELD(ReportImprovement, 3, effective, required),
};
constexpr Field set_feedback_aside_fields[] = {
    GUANJIA_FIELD(SetFeedbackAside, 1, feedback, required),
    GUANJIA_FIELD(SetFeedbackAside, 2, reason, long_text),
};

Result<Plan> decide_record_satisfaction(CommandContext const& context, RecordSatisfaction const& command) {
    return decide_step<SatisfactionAnswer>(context, record_satisfaction,
                                           {command.ticket, command.satisfaction, command.declined, command.note});
}

Result<Plan> decide_record_feedback(CommandContext const& context, RecordFeedback const& command) {
    return record_feedback(context.occasion,
                           {number_for(context, Feedback::description, "FK"), command.ticket, command.words});
}

FeedbackState state_of(Database& database, Id<Feedback> feedback) {
    auto statement = database.prepare(
        "SELECT EXISTS(SELECT 1 FROM improvement WHERE feedback = ?1), EXISTS(SELECT 1 FROM feedback_set_aside WHERE "
        "feedback = ?1)");
    statement.bind(feedback.any);
    if (!statement.step()) return FeedbackState::noted;
    if (statement.integer(0) != 0) return FeedbackState::taken_up;
    return statement.integer(1) != 0 ? FeedbackState::set_aside : FeedbackState::noted;
}

template <class Ask>
Result<Plan> about_feedback(CommandContext const& context, Id<Feedback> id, Ask const& ask) {
    auto const feedback = load(context.database, id);
    if (!feedback) return refuse("feedback.unknown", {"feedback"});
    return ask(*feedback, state_of(context.database, id));
}

Result<Plan> decide_plan_improvement(CommandContext const& context, PlanImprovement const& command) {
    return about_feedback(context, command.feedback, [&](Stored<Feedback> const& feedback, FeedbackState state) {
        return plan_improvement(context.occasion, feedback, state,
                                {number_for(context, Improvement::description, "GJ"), command.feedback, command.measure,
                                 command.responsible, command.due});
    });
}

ImprovementFacts facts_of(Database& database, Stored<Improvement> improvement) {
    ImprovementFacts facts;
    facts.outcomes = load_about<ImprovementOutcome>(database, improvement.id.any, Voided::left_out);
    facts.improvement = std::move(improvement);
    return facts;
}

Result<Plan> decide_report_improvement(CommandContext const& context, ReportImprovement const& command) {
    auto improvement = load(context.database, command.improvement);
    if (!improvement) return refuse("improvement.unknown", {"improvement"});
    return report_improvement(context.occasion, facts_of(context.database, std::move(*improvement)),
                              {command.improvement, command.outcome, command.effective});
}

Result<Plan> decide_set_feedback_aside(CommandContext const& context, SetFeedbackAside const& command) {
    return about_feedback(context, command.feedback, [&](Stored<Feedback> const& feedback, FeedbackState state) {
        return set_feedback_aside(context.occasion, feedback, state, command.reason);
    });
}

constexpr CommandSpec commands[] = {
    command_spec<RecordSatisfaction, decide_record_satisfaction>(),
    command_spec<RecordFeedback, decide_record_feedback>(),
    command_spec<PlanImprovement, decide_plan_improvement>(),
    command_spec<ReportImprovement, decide_report_improvement>(),
    command_spec<SetFeedbackAside, decide_set_feedback_aside>(),
};

void derive_improvement(Derivation const& derivation) {
    auto improvement = load(derivation.database, Id<Improvement>{derivation.subject});
    if (!improvement) return;
    auto const& rules = derivation.rules;
    write_duties(derivation.database, derivation.subject,
                 duties_of(facts_of(derivation.database, std::move(*improvement)),
                           Deadlines{rules.parameters(), rules.calendar()}));
}

std::vector<AnyId> improvements_affected_from(Database& database, Date from) {
    auto statement = database.prepare("SELECT id FROM improvement WHERE due >= ?");
    statement.bind(to_day_number(from));
    std::vector<AnyId> improvements;
    while (statement.step()) improvements.push_back(statement.id(0));
    return improvements;
}

}  // namespace

constexpr Description RecordSatisfaction::description{0, "record_satisfaction", record_satisfaction_fields};
constexpr Description RecordFeedback::description{0, "record_feedback", record_feedback_fields};
constexpr Description PlanImprovement::description{0, "plan_improvement", plan_improvement_fields};
constexpr Description ReportImprovement::description{0, "report_improvement", report_improvement_fields};
constexpr Description SetFeedbackAside::description{0, "set_feedback_aside", set_feedback_aside_fields};

std::span<CommandSpec const> feedback_commands() { return commands; }
SubjectKind improvement_subject() {
    return {&Improvement::description, derive_improvement, improvements_affected_from};
}

}  // namespace guanjia
