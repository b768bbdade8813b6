#include "core/service/visits/duties.h"

#include <algorithm>

#include "core/service/visits/rules.h"

namespace guanjia {

using namespace literals;

namespace {

// The visit that answers a closing.
Stored<ReturnVisit> const* visit_after(TicketFacts const& facts, Run const& run) {
    for (auto const& made : facts.visits) {
        if (made.occurred_at < run.closing->occurred_at) continue;
        if (run.reopening && made.occurred_at > run.reopening->occurred_at) return nullptr;
        return &made;
    }
    return nullptr;
}

// Whom the manager has last asked to make the visit after that time.
AnyId assignee_after(TicketFacts const& facts, LocalTime finished) {
    AnyId assignee;
    for (auto const& assignment : facts.assignments)
        if (assignment.occurred_at >= finished) assignee = assignment.value.assignee.any;
    return assignee;
}

// RV-4.1: every valid complaint is visited again soon after it was dealt with.
void add_complaint_visits(DutyList& list, TicketFacts const& facts, std::span<Run const> runs) {
    if (facts.ticket.value.kind != TicketKind::complaint || !is_valid(facts)) return;
    auto const& deadlines = list.deadlines();
    auto const important = importance_of(facts, deadlines.parameters()) != ImportanceReason::none;
    for (auto const& run : runs) {
        if (!run.closing) continue;
        auto const finished = run.closing->occurred_at;
        auto duty =
            list.begin("RV-4.1"_clause, period_of(run.closing->id), important ? Role::manager : Role::butler, finished);
        duty.person = assignee_after(facts, finished);
        duty.due = deadlines.after_working_days(finished, Parameter::rv_visit_working_days);
        auto const* visit = visit_after(facts, run);
        if (visit) finish(duty, *visit);
        // Reopened before anyone had visited: the dealing was not finished after all.
        if (run.reopening && !visit) continue;
        list.add(std::move(duty));
    }
}

// RV-4.2: what was drawn is visited in the week of the draw. A repair that is open again waits until it is finished.
void add_drawn_visits(DutyList& list, TicketFacts const& facts, std::span<Run const> runs) {
    if (runs.empty()) return;
    auto const& deadlines = list.deadlines();
    for (auto drawn = facts.drawn.begin(); drawn != facts.drawn.end(); ++drawn) {
        // Two desks that drew without knowing of each other drew the same order once.
        if (std::any_of(facts.drawn.begin(), drawn,
                        [&](auto const& earlier) { return earlier.value.week == drawn->value.week; }))
            continue;
        auto duty =
            list.begin("RV-4.2"_clause, "visit-" + format_date(drawn->value.week), Role::butler, drawn->occurred_at);
        duty.due = draw_period(drawn->value.week, deadlines).due;
        if (drawn->value.late)
            duty.due =
                std::max(duty.due, deadlines.after_working_days(drawn->occurred_at, Parameter::rv_visit_working_days));
        auto const* first = &runs.front();
        for (auto const& run : runs)
            if (run.closing && run.closing->occurred_at <= drawn->occurred_at) first = &run;
        for (auto const* run = first; run != runs.data() + runs.size() && !has_time(duty.done); ++run) {
            if (!run->closing) break;
            if (run != first)
                duty.due = std::max(duty.due, deadlines.after_working_days(run->closing->occurred_at,
                                                                           Parameter::rv_visit_working_days));
            duty.person = assignee_after(facts, run->closing->occurred_at);
            if (auto const* visit = visit_after(facts, *run)) finish(duty, *visit);
        }
        if (runs.back().closing || has_time(duty.done)) list.add(std::move(duty));
    }
}

// RV-4.4: every department concerned is told the same working day, and the reply is given before the promised time.
void add_opinions(DutyList& list, TicketFacts const& facts) {
    auto const& deadlines = list.deadlines();
    for (auto const& opinion : facts.opinions) {
        for (auto const& department : departments_of(opinion.value)) {
            auto duty = list.begin("RV-4.4"_clause, "tell-" + period_of(opinion.id) + "-" + department, Role::butler,
                                   opinion.occurred_at);
            duty.due = deadlines.same_working_day(opinion.occurred_at);
            for (auto const& notice : facts.notices)
                if (!has_time(duty.done) && notice.value.opinion == opinion.id && notice.value.department == department)
                    finish(duty, notice);
            list.add(std::move(duty));
        }
        if (!has_time(opinion.value.reply_due)) continue;
        auto duty = list.begin("RV-4.4"_clause, "reply-" + period_of(opinion.id), Role::butler, opinion.occurred_at);
        duty.due = opinion.value.reply_due;
        for (auto const& reply : facts.replies)
            if (!has_time(duty.done) && reply.value.opinion == opinion.id) finish(duty, reply);
        list.add(std::move(duty));
    }
}

}  // namespace

void add_visit_duties(DutyList& list, TicketFacts const& facts, std::span<Run const> runs) {
    add_complaint_visits(list, facts, runs);
    add_drawn_visits(list, facts, runs);
    add_opinions(list, facts);
}

std::vector<Duty> draw_duties(Date week, bool has_orders, std::vector<Stored<WeeklyDraw>> const& draws,
                              Deadlines const& deadlines) {
    if (!has_orders && draws.empty()) return {};
    DutyList list{period_of_draw(week), deadlines};
    auto const period = draw_period(week, deadlines);
    auto duty = list.begin("RV-4.2"_clause, "draw", Role::manager, period.opens);
    duty.due = period.due;
    if (!draws.empty()) finish(duty, draws.front());
    list.add(std::move(duty));
    return list.take();
}

std::vector<Duty> inspection_duties(DayRange period, bool has_visits,
                                    std::vector<Stored<VisitInspection>> const& inspections,
                                    Deadlines const& deadlines) {
    if (!has_visits && inspections.empty()) return {};
    DutyList list{period_of_inspection(period.first), deadlines};
    auto duty = list.begin("RV-4.5"_clause, "inspection", Role::manager, start_of(add_days(period.last, 1)));
    duty.due = deadlines.after_working_days(at_minute(period.last, 0), Parameter::rv_inspection_working_days);
    if (!inspections.empty()) finish(duty, inspections.front());
    list.add(std::move(duty));
    return list.take();
}

}  // namespace guanjia
