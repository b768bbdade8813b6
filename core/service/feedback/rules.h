#pragma once
// Decisions about satisfaction and feedback (GEN-5), pure functions of values.

#include <vector>

#include "core/procedure/deadlines.h"
#include "core/procedure/duty.h"
#include "core/service/feedback/model.h"
#include "core/service/rules.h"

namespace guanjia {

Result<Plan> record_satisfaction(Occasion const& occasion, TicketFacts const& facts, SatisfactionAnswer answer);

// What is known of an improvement.
struct ImprovementFacts {
    Stored<Improvement> improvement;
    std::vector<Stored<ImprovementOutcome>> outcomes;
};
// What has become of a feedback.
enum class FeedbackState : std::uint8_t { none = 0, noted = 1, taken_up = 2, set_aside = 3 };
inline constexpr Choice feedback_state_choices[] = {{1, "noted"}, {2, "taken-up"}, {3, "set-aside"}};
template <>
inline constexpr std::span<Choice const> choices_of<FeedbackState>{feedback_state_choices};

Result<Plan> record_feedback(Occasion const& occasion, Feedback feedback);
Result<Plan> plan_improvement(Occasion const& occasion, Stored<Feedback> const& feedback, FeedbackState state,
                              Improvement improvement);
Result<Plan> report_improvement(Occasion const& occasion, ImprovementFacts const& facts, ImprovementOutcome outcome);
Result<Plan> set_feedback_aside(Occasion const& occasion, Stored<Feedback> const& feedback, FeedbackState state,
                                std::string reason);

// GEN-5.2: the improvement's own date.
std::vector<Duty> duties_of(ImprovementFacts const& facts, Deadlines const& deadlines);

}  // namespace guanjia
