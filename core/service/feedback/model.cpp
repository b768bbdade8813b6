#include "core/service/feedback/model.h"

#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr Field satisfaction_answer_fields[] = {
    GUANJIA_FIELD(SatisfactionAnswer, 1, ticket, indexed | subject),
    GUANJIA_FIELD(SatisfactionAnswer, 2, satisfaction),
    GUANJIA_FIELD(SatisfactionAnswer, 3, declined),
    GUANJIA_FIELD(SatisfactionAnswer, 4, note, personal | long_text),
};
constexpr Field feedback_fields[] = {
    GUANJIA_FIELD(Feedback, 1, number, key | indexed),
    GUANJIA_FIELD(Feedback, 2, ticket, indexed | subject),
    GUANJIA_FIELD(Feedback, 3, words, personal | long_text),
};
constexpr Field improvement_fields[] = {
    GUANJIA_FIELD(Improvement, 1, number, key | indexed),
    GUANJIA_FIELD(Improvement, 2, feedback, indexed),
    GUANJIA_FIELD(Improvement, 3, measure, long_text),
    GUANJIA_FIELD(Improvement, 4, responsible),
    GUANJIA_FIELD(Improvement, 5, due),
};
constexpr Field improvement_outcome_fields[] = {
    GUANJIA_FIELD(ImprovementOutcome, 1, improvement, indexed | subject),
    GUANJIA_FIELD(ImprovementOutcome, 2, outcome, long_text),
    GUANJIA_FIELD(ImprovementOutcome, 3, effective),
};
constexpr Field feedback_set_aside_fields[] = {
    GUANJIA_FIELD(FeedbackSetAside, 1, feedback, indexed),
    GUANJIA_FIELD(FeedbackSetAside, 2, reason, long_text),
};

constexpr Description const* descriptions[] = {
    &SatisfactionAnswer::description, &Feedback::description,         &Improvement::description,
    &ImprovementOutcome::description, &FeedbackSetAside::description,
};

}  // namespace

constexpr Description SatisfactionAnswer::description{71, "satisfaction_answer", satisfaction_answer_fields};
constexpr Description Feedback::description{72, "feedback", feedback_fields};
constexpr Description Improvement::description{73, "improvement", improvement_fields};
constexpr Description ImprovementOutcome::description{74, "improvement_outcome", improvement_outcome_fields};
constexpr Description FeedbackSetAside::description{75, "feedback_set_aside", feedback_set_aside_fields};

std::span<Description const* const> feedback_descriptions() { return descriptions; }

}  // namespace guanjia
