#include "core/service/figures/rules.h"

#include <algorithm>

namespace guanjia {

using namespace literals;

// GEN-S1, GEN-S2, GEN-S3: what one ticket adds to the figures.
std::optional<TicketMeasure> measure_of(TicketFacts const& facts, std::vector<Duty> const& duties) {
    if (facts.is_void || facts.merged_into) return std::nullopt;
    auto const runs = runs_of(facts);
    // What was finished in another system is that system's to count.
    if (ended_elsewhere(runs.back())) return std::nullopt;
    TicketMeasure measure;
    measure.registered_at = std::max(facts.ticket.occurred_at, facts.ticket.value.taken_over_at);
    measure.finished_at = finished_at(facts);
    for (auto const& duty : duties) {
        if (duty.clause != "GEN-2.1"_clause) continue;
        if (duty.period == "response") {
            measure.response_due = duty.due;
            // Who was answered before the ticket came here from another system had not to wait here.
            if (has_time(duty.done)) measure.responded_at = std::max(duty.done, measure.registered_at);
        }
        if (!duty.period.starts_with("solution-")) continue;
        if (!has_time(duty.done)) measure.solution_due = duty.due;
        else ++(duty.done <= duty.due ? measure.solutions_kept : measure.solutions_late);
    }
    measure.reopened = static_cast<std::int64_t>(runs.size()) - 1;
    for (auto const& run : runs)
        for (auto const& pause : pauses_of(facts, run))
            if (has_time(pause.until)) measure.waited_seconds += pause.until.seconds - pause.from.seconds;
    measure.trips = static_cast<std::int64_t>(facts.repair_visits.size());
    auto said_at = no_time;
    auto const hear = [&](auto const& answers) {
        for (auto const& answer : answers)
            if (answer.value.satisfaction != Satisfaction::none && answer.occurred_at >= said_at) {
                measure.satisfaction = answer.value.satisfaction;
                said_at = answer.occurred_at;
            }
    };
    hear(facts.answers);
    hear(facts.visits);
    return measure;
}

}  // namespace guanjia
