#include "core/service/duties.h"

#include <algorithm>
#include <span>

#include "core/service/visits/duties.h"

namespace guanjia {

using namespace literals;

namespace {

// What was left of the time when the ticket began to wait is left when it goes on. A wait that began when the time was
// over gives none back.
LocalTime with_pauses(LocalTime due, std::span<Pause const> pauses, Deadlines const& deadlines, LocalTime since) {
    auto const hours = deadlines.hours(since);
    for (auto const& pause : pauses) {
        if (!has_time(pause.until) || pause.from >= due) break;
        auto const left = deadlines.calendar().working_seconds_between(pause.from, due, hours);
        due = deadlines.calendar().add_working_seconds(pause.until, left, hours);
    }
    return due;
}

// That somebody came to the customer, and how long they stayed.
struct Coming {
    LocalTime arrived;
    LocalTime left;
    std::uint64_t ticks;
};

std::vector<Coming> comings_of(TicketFacts const& facts) {
    std::vector<Coming> comings;
    for (auto const& visit : facts.repair_visits) {
        auto const arrived = has_time(visit.value.arrived) ? visit.value.arrived : visit.occurred_at;
        comings.push_back({arrived, std::max(arrived, visit.value.left), visit.stamp.ticks});
    }
    for (auto const& contact : facts.contacts)
        if (contact.value.channel == Channel::visit && contact.value.direction == Direction::to_customer)
            comings.push_back({contact.occurred_at, contact.occurred_at, contact.stamp.ticks});
    std::stable_sort(comings.begin(), comings.end(),
                     [](Coming const& left, Coming const& right) { return left.arrived < right.arrived; });
    return comings;
}

// GEN-2.1: who was told when someone would come is not left waiting. Who comes has kept what was agreed for a time that
// had begun before they left, late where it was over; who comes before any such time, the next one.
void add_agreed_visits(DutyList& list, TicketFacts const& facts) {
    std::vector<Stored<Appointment> const*> agreed;
    for (auto const& booked : facts.appointments) agreed.push_back(&booked);
    std::stable_sort(agreed.begin(), agreed.end(),
                     [](auto const* left, auto const* right) { return left->value.starts < right->value.starts; });
    std::vector<Duty> visits;
    for (auto const* booked : agreed) {
        auto visit = list.begin("GEN-2.1"_clause, "visit-" + period_of(booked->id), Role::butler, booked->occurred_at);
        visit.person = booked->value.visitor.any;
        visit.due = booked->value.ends;
        visits.push_back(std::move(visit));
    }
    for (auto const& coming : comings_of(facts)) {
        auto has_kept = false;
        for (std::size_t index = 0; index < visits.size(); ++index) {
            auto& visit = visits[index];
            if (has_time(visit.done) || coming.arrived < visit.opens) continue;
            if (agreed[index]->value.starts > coming.left && has_kept) break;
            has_kept = true;
            visit.done = coming.arrived;
            visit.done_ticks = coming.ticks;
        }
    }
    for (auto& visit : visits) {
        for (auto const& closing : facts.closings) {
            if (closing.occurred_at < visit.opens) continue;
            if (!has_time(visit.done) || closing.occurred_at < visit.done) finish(visit, closing);
            break;
        }
        list.add(std::move(visit));
    }
}

}  // namespace

std::vector<Duty> duties_of(TicketFacts const& facts, Parameters const& parameters, Calendar const& calendar) {
    if (facts.is_void) return {};
    auto const& ticket = facts.ticket.value;
    // What another system kept is this desk's to do from the moment it came.
    auto const registered = std::max(facts.ticket.occurred_at, ticket.taken_over_at);
    auto const owner = responsible_for(facts);
    auto runs = runs_of(facts);
    auto const began_elsewhere = ended_elsewhere(runs.front());
    std::erase_if(runs, ended_elsewhere);
    for (auto& run : runs) run.from = std::max(run.from, ticket.taken_over_at);
    DutyList list{facts.ticket.id.any, {parameters, calendar}};
    auto const& deadlines = list.deadlines();

    // GEN-2.1: a quick response, the most urgent first.
    if (!began_elsewhere) {
        auto response = list.begin("GEN-2.1"_clause, "response", Role::butler, registered);
        response.due =
            deadlines.after_minutes(registered, ticket.priority == Priority::urgent ? Parameter::response_urgent
                                                : ticket.priority == Priority::low  ? Parameter::response_low
                                                                                    : Parameter::response_normal);
        auto const note = [&response](auto const& facts_of_kind, auto&& counts) {
            for (auto const& fact : facts_of_kind) {
                if (!counts(fact.value)) continue;
                if (!has_time(response.done) || fact.occurred_at < response.done) finish(response, fact);
                return;
            }
        };
        auto const any = [](auto const&) { return true; };
        note(facts.contacts, [](Contact const& contact) { return contact.direction == Direction::to_customer; });
        note(facts.hand_overs, any);
        note(facts.ownerships, any);
        note(facts.closings, any);
        list.add(std::move(response));
    }

    // GEN-2.1: a solution in the time of its priority; a reopened ticket has the same time again.
    for (std::size_t index = 0; index < runs.size(); ++index) {
        auto const& run = runs[index];
        auto solution = list.begin("GEN-2.1"_clause, "solution-" + std::to_string(index + 1), Role::butler, run.from);
        solution.person = owner.any;
        solution.due =
            ticket.priority == Priority::urgent ? deadlines.after_minutes(run.from, Parameter::solution_urgent)
            : ticket.priority == Priority::low  ? deadlines.after_working_days(run.from, Parameter::solution_low)
                                                : deadlines.after_working_days(run.from, Parameter::solution_normal);
        auto const pauses = pauses_of(facts, run);
        solution.due = with_pauses(solution.due, pauses, deadlines, run.from);
        if (run.closing) finish(solution, *run.closing);
        // GEN-5.3: what waits is looked at again, so that it is not forgotten.
        for (auto const& pause : pauses) {
            auto review =
                list.begin("GEN-5.3"_clause, "waiting-" + period_of(pause.waiting->id), Role::butler, pause.from);
            review.person = owner.any;
            review.due = pause.waiting->value.until;
            if (pause.resumption) finish(review, *pause.resumption);
            else if (run.closing) finish(review, *run.closing);
            list.add(std::move(review));
        }
        if (!pauses.empty() && !has_time(pauses.back().until) && pauses.back().from < solution.due) continue;
        list.add(std::move(solution));
    }

    // GEN-2.3: the department acknowledges a hand-over and keeps its own deadline.
    for (auto const& hand_over : facts.hand_overs) {
        auto const* result = answer_to(facts.results, hand_over.id);
        auto const* acknowledgement = answer_to(facts.acknowledgements, hand_over.id);
        // A ticket that was finished meanwhile no longer waits for the department.
        Stored<Closing> const* closing = nullptr;
        for (auto const& run : runs)
            if (run.closing && run.from <= hand_over.occurred_at && run.closing->occurred_at >= hand_over.occurred_at)
                closing = run.closing;

        auto seen = list.begin("GEN-2.3"_clause, "acknowledge-" + period_of(hand_over.id), Role::supervisor,
                               hand_over.occurred_at);
        seen.due = deadlines.after_minutes(hand_over.occurred_at, Parameter::handover_acknowledge_minutes);
        if (acknowledgement) finish(seen, *acknowledgement);
        else if (result) finish(seen, *result);
        else if (closing) finish(seen, *closing);
        list.add(std::move(seen));

        if (!has_time(hand_over.value.due)) continue;
        auto task =
            list.begin("GEN-2.3"_clause, "task-" + period_of(hand_over.id), Role::supervisor, hand_over.occurred_at);
        task.due = hand_over.value.due;
        if (result) finish(task, *result);
        else if (closing) finish(task, *closing);
        list.add(std::move(task));
    }

    // GEN-3.2: while a case is open the customer hears of it regularly.
    auto contact = facts.contacts.begin();
    for (std::size_t index = 0; index < runs.size(); ++index) {
        auto const& run = runs[index];
        auto from = run.from;
        // A ticket may be closed and open again in the second in which it was last told of.
        auto const period_from = [&](LocalTime at) {
            return "update-" + std::to_string(index + 1) + "-" + std::to_string(at.seconds);
        };
        for (;; ++contact) {
            auto const over =
                contact == facts.contacts.end() || (run.closing && contact->occurred_at > run.closing->occurred_at);
            if (!over && (contact->value.direction != Direction::to_customer || contact->occurred_at < run.from))
                continue;
            auto update = list.begin("GEN-3.2"_clause, period_from(from), Role::butler, from);
            update.person = owner.any;
            update.due = deadlines.after_working_days(from, Parameter::update_working_days);
            if (!over) finish(update, *contact);
            else if (run.closing) finish(update, *run.closing);
            // Two contacts in one minute are one update.
            if (over || contact->occurred_at != from) list.add(std::move(update));
            if (over) break;
            from = contact->occurred_at;
        }
    }

    add_agreed_visits(list, facts);

    // GEN-5.1: satisfaction is asked when a ticket is finished; of a valid complaint the return visit asks (RV-4.1).
    if (ticket.kind != TicketKind::complaint || !is_valid(facts))
        for (auto const& run : runs) {
            if (!run.closing) continue;
            auto const finished = run.closing->occurred_at;
            auto ask = list.begin("GEN-5.1"_clause, "ask-" + period_of(run.closing->id), Role::butler, finished);
            ask.due = deadlines.after_working_days(finished, Parameter::satisfaction_working_days);
            auto const note = [&](auto const& answers) {
                for (auto const& answer : answers) {
                    if (answer.occurred_at < finished) continue;
                    if (run.reopening && answer.occurred_at > run.reopening->occurred_at) return;
                    if (!has_time(ask.done) || answer.occurred_at < ask.done) finish(ask, answer);
                    return;
                }
            };
            note(facts.answers);
            note(facts.visits);
            if (run.reopening && !has_time(ask.done)) continue;
            list.add(std::move(ask));
        }

    add_visit_duties(list, facts, runs);
    if (facts.merged_into) list.drop_undone();
    return list.take();
}

std::vector<Duty> duties_of(ReceptionFacts const& facts, Deadlines const& deadlines) {
    DutyList list{facts.reception.id.any, deadlines};
    if (facts.is_void || !has_time(facts.reception.value.promised_at)) return {};
    auto call = list.begin("GEN-1.3"_clause, "call-back", Role::butler, facts.reception.occurred_at);
    call.due = facts.reception.value.promised_at;
    for (auto const& made : facts.calls)
        if (made.value.reached && !has_time(call.done)) finish(call, made);
    for (auto const& contact : facts.contacts)
        if (!has_time(call.done) || contact.occurred_at < call.done) finish(call, contact);
    list.add(std::move(call));
    return list.take();
}

}  // namespace guanjia
