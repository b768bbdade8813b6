#include "core/service/rules.h"

#include <algorithm>

#include "core/procedure/model.h"

namespace guanjia {

using namespace literals;

namespace {

// Ids as periods: what tells two duties of one clause and ticket apart.
template <class Entity>
std::string period_of(Id<Entity> id) {
    return format_id(id.any);
}

bool allowed(Occasion const& occasion, RoleSet wanted) { return occasion.roles.meets(wanted); }

// Refusals that many commands share.
Result<void> check_open(TicketFacts const& facts) {
    auto const state = state_of(facts);
    if (state == TicketState::voided) return refuse("ticket.void", {"ticket"});
    if (state == TicketState::finished) return refuse("ticket.finished", {"ticket"});
    return {};
}

Result<void> check_time(Occasion const& occasion, TicketFacts const& facts) {
    if (occasion.occurred_at < facts.ticket.occurred_at)
        return refuse("ticket.before-registration", {"occurred_at"},
                      {{"registered", format_time(facts.ticket.occurred_at)}});
    return {};
}

Result<void> check_complaint(TicketFacts const& facts, Clause clause) {
    if (facts.ticket.value.kind != TicketKind::complaint) return refuse(clause, "ticket.not-complaint", {"ticket"});
    return {};
}

Stored<HandOver> const* find_hand_over(TicketFacts const& facts, Id<HandOver> id) {
    for (auto const& hand_over : facts.hand_overs)
        if (hand_over.id == id) return &hand_over;
    return nullptr;
}

template <class Answer>
Stored<Answer> const* answer_to(std::vector<Stored<Answer>> const& answers, Id<HandOver> id) {
    for (auto const& answer : answers)
        if (answer.value.hand_over == id) return &answer;
    return nullptr;
}

// A stretch in which the ticket was open: from registration or a reopening to the closing that ended it.
struct Run {
    LocalTime from = no_time;
    Stored<Closing> const* closing = nullptr;
    Stored<Reopening> const* reopening = nullptr;  // what ended the time after the closing
};

// Closings and reopenings of two desks may interleave: a closing while closed and a reopening while open change
// nothing.
std::vector<Run> runs_of(TicketFacts const& facts) {
    std::vector<Run> runs{{facts.ticket.occurred_at, nullptr, nullptr}};
    auto closing = facts.closings.begin();
    auto reopening = facts.reopenings.begin();
    auto const closing_is_next = [&] {
        if (closing == facts.closings.end()) return false;
        if (reopening == facts.reopenings.end()) return true;
        if (closing->occurred_at != reopening->occurred_at) return closing->occurred_at < reopening->occurred_at;
        return closing->stamp < reopening->stamp;
    };
    while (closing != facts.closings.end() || reopening != facts.reopenings.end()) {
        auto& run = runs.back();
        if (closing_is_next()) {
            if (!run.closing) run.closing = &*closing;
            ++closing;
        } else {
            if (run.closing) {
                run.reopening = &*reopening;
                runs.push_back({reopening->occurred_at, nullptr, nullptr});
            }
            ++reopening;
        }
    }
    return runs;
}

bool is_digit(char character) { return character >= '0' && character <= '9'; }

// "12,30 14,33;50,60": strokes of at least one point, coordinates of at most five digits.
bool is_signature(std::string const& strokes) {
    enum class At { first, x, comma_seen, y } at = At::first;
    int digits = 0;
    for (auto const character : strokes) {
        if (is_digit(character)) {
            if (at == At::first) at = At::x;
            if (at == At::comma_seen) at = At::y;
            if (++digits > 5) return false;
            continue;
        }
        digits = 0;
        if (character == ',' && at == At::x) at = At::comma_seen;
        else if ((character == ' ' || character == ';') && at == At::y) at = At::first;
        else return false;
    }
    return at == At::y;
}

Duty duty(Clause clause, TicketFacts const& facts, std::string period, Role role, LocalTime opens) {
    Duty duty{clause, facts.ticket.id.any, std::move(period)};
    duty.role = role;
    duty.opens = opens;
    return duty;
}

template <class Entity>
void finish(Duty& duty, Stored<Entity> const& by) {
    duty.done = by.occurred_at;
    duty.done_ticks = by.stamp.ticks;
}

}  // namespace

TicketState state_of(TicketFacts const& facts) {
    if (facts.is_void) return TicketState::voided;
    auto const runs = runs_of(facts);
    if (runs.back().closing) return TicketState::finished;
    auto const waits = std::any_of(facts.hand_overs.begin(), facts.hand_overs.end(), [&](auto const& hand_over) {
        return hand_over.occurred_at >= runs.back().from && !answer_to(facts.results, hand_over.id);
    });
    if (waits) return TicketState::handed_over;
    if (runs.size() > 1 || has_time(responded_at(facts))) return TicketState::in_progress;
    return TicketState::registered;
}

// RV-4.1: every complaint is valid unless the manager has marked it otherwise.
bool is_valid(TicketFacts const& facts) {
    return facts.validity_marks.empty() || facts.validity_marks.back().value.valid;
}

// RV-3.1: what makes a complaint the manager's to visit.
ImportanceReason importance_of(TicketFacts const& facts, Parameters const& parameters) {
    auto const& ticket = facts.ticket.value;
    auto const on = date_of(facts.ticket.occurred_at);
    if (!facts.importance_marks.empty())
        return facts.importance_marks.back().value.important ? ImportanceReason::marked : ImportanceReason::none;
    if (ticket.safety) return ImportanceReason::safety;
    if (ticket.claim.fen > parameters.at(Parameter::important_claim_fen, on)) return ImportanceReason::claim;
    if (ticket.households >= parameters.at(Parameter::important_households, on)) return ImportanceReason::households;
    if (ticket.public_attention) return ImportanceReason::public_attention;
    // The first and the repeats before this one.
    auto const times = static_cast<std::int64_t>(facts.recurrences.size()) + 1;
    if (times >= parameters.at(Parameter::important_repeat, on)) return ImportanceReason::repeated;
    return ImportanceReason::none;
}

LocalTime responded_at(TicketFacts const& facts) {
    auto first = no_time;
    auto const note = [&first](LocalTime at) {
        if (!has_time(first) || at < first) first = at;
    };
    for (auto const& contact : facts.contacts)
        if (contact.value.direction == Direction::to_customer) {
            note(contact.occurred_at);
            break;
        }
    if (!facts.hand_overs.empty()) note(facts.hand_overs.front().occurred_at);
    if (!facts.ownerships.empty()) note(facts.ownerships.front().occurred_at);
    if (!facts.closings.empty()) note(facts.closings.front().occurred_at);
    return first;
}

LocalTime finished_at(TicketFacts const& facts) {
    auto const runs = runs_of(facts);
    return runs.back().closing ? runs.back().closing->occurred_at : no_time;
}

Id<StaffMember> responsible_for(TicketFacts const& facts) {
    if (!facts.ownerships.empty()) return facts.ownerships.back().value.responsible;
    return {};
}

bool has_steps_since(TicketFacts const& facts, Stamp stamp) {
    auto found = false;
    for_each_list(facts, [&](auto const& list) {
        found |= std::any_of(list.begin(), list.end(), [&](auto const& step) { return step.stamp > stamp; });
    });
    return found;
}

std::vector<Duty> duties_of(TicketFacts const& facts, Parameters const& parameters, Calendar const& calendar) {
    std::vector<Duty> duties;
    if (facts.is_void) return duties;
    auto const& ticket = facts.ticket.value;
    auto const registered = facts.ticket.occurred_at;
    auto const owner = responsible_for(facts);
    auto const runs = runs_of(facts);
    auto const important = importance_of(facts, parameters) != ImportanceReason::none;

    auto const hours = [&](LocalTime from) { return working_hours(parameters, date_of(from)); };
    auto const number = [&](Parameter name, LocalTime from) { return parameters.at(name, date_of(from)); };
    auto const after_minutes = [&](LocalTime from, Parameter minutes) {
        return calendar.add_working_minutes(from, number(minutes, from), hours(from));
    };
    auto const after_days = [&](LocalTime from, Parameter days) {
        return calendar.closing_after_working_days(from, number(days, from), hours(from));
    };
    auto const add = [&](Duty duty) {
        duty.provisional = calendar.is_provisional(date_of(duty.due));
        duties.push_back(std::move(duty));
    };

    // GEN-2.1: a quick response, the most urgent first.
    {
        auto response = duty("GEN-2.1"_clause, facts, "response", Role::butler, registered);
        response.due = after_minutes(registered, ticket.priority == Priority::urgent ? Parameter::response_urgent
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
        add(std::move(response));
    }

    // GEN-2.1: a solution in the time of its priority; a reopened ticket has the same time again.
    for (std::size_t index = 0; index < runs.size(); ++index) {
        auto const& run = runs[index];
        auto solution = duty("GEN-2.1"_clause, facts, "solution-" + std::to_string(index + 1), Role::butler, run.from);
        solution.person = owner.any;
        solution.due = ticket.priority == Priority::urgent ? after_minutes(run.from, Parameter::solution_urgent)
                       : ticket.priority == Priority::low  ? after_days(run.from, Parameter::solution_low)
                                                           : after_days(run.from, Parameter::solution_normal);
        if (run.closing) finish(solution, *run.closing);
        add(std::move(solution));
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

        auto seen = duty("GEN-2.3"_clause, facts, "acknowledge-" + period_of(hand_over.id), Role::supervisor,
                         hand_over.occurred_at);
        seen.due = after_minutes(hand_over.occurred_at, Parameter::handover_acknowledge_minutes);
        if (acknowledgement) finish(seen, *acknowledgement);
        else if (result) finish(seen, *result);
        else if (closing) finish(seen, *closing);
        add(std::move(seen));

        if (!has_time(hand_over.value.due)) continue;
        auto task =
            duty("GEN-2.3"_clause, facts, "task-" + period_of(hand_over.id), Role::supervisor, hand_over.occurred_at);
        task.due = hand_over.value.due;
        if (result) finish(task, *result);
        else if (closing) finish(task, *closing);
        add(std::move(task));
    }

    // GEN-3.2: while a case is open the customer hears of it regularly.
    auto contact = facts.contacts.begin();
    for (auto const& run : runs) {
        auto from = run.from;
        for (;; ++contact) {
            auto const over =
                contact == facts.contacts.end() || (run.closing && contact->occurred_at > run.closing->occurred_at);
            if (!over && (contact->value.direction != Direction::to_customer || contact->occurred_at < run.from))
                continue;
            auto update = duty("GEN-3.2"_clause, facts, "update-" + std::to_string(from.seconds), Role::butler, from);
            update.person = owner.any;
            update.due = after_days(from, Parameter::update_working_days);
            if (!over) finish(update, *contact);
            else if (run.closing) finish(update, *run.closing);
            // Two contacts in one minute are one update.
            if (over || contact->occurred_at != from) add(std::move(update));
            if (over) break;
            from = contact->occurred_at;
        }
    }

    // RV-4.1: every valid complaint is visited again soon after it was dealt with.
    if (ticket.kind == TicketKind::complaint && is_valid(facts))
        for (auto const& run : runs) {
            if (!run.closing) continue;
            auto const finished = run.closing->occurred_at;
            auto visit = duty("RV-4.1"_clause, facts, period_of(run.closing->id),
                              important ? Role::manager : Role::butler, finished);
            visit.due = after_days(finished, Parameter::rv_visit_working_days);
            for (auto const& made : facts.visits) {
                if (made.occurred_at < finished) continue;
                if (run.reopening && made.occurred_at > run.reopening->occurred_at) break;
                finish(visit, made);
                break;
            }
            // Reopened before anyone had visited: the dealing was not finished after all.
            if (run.reopening && !has_time(visit.done)) continue;
            add(std::move(visit));
        }
    return duties;
}

// GEN-1.1: every visitor is an entry, with what they need.
Result<Plan> record_reception(Occasion const& occasion, Reception reception) {
    if (!allowed(occasion, front_desk)) return refuse("GEN-1.1"_clause, "role.front-desk", {"by"});
    if (reception.need.empty()) return refuse("GEN-1.1"_clause, "reception.need-missing", {"need"});
    if (reception.channel == Channel::none) return refuse("GEN-1.1"_clause, "reception.channel-missing", {"channel"});
    auto plan = occasion.plan();
    plan.under("GEN-1.1"_clause).add(reception);
    return plan;
}

// GEN-2.1, GEN-2.2, GEN-3.1: a problem has a priority, is compared with earlier ones, and is kept in the customer's
// words.
Result<Plan> register_ticket(Occasion const& occasion, Ticket ticket, std::vector<Id<Ticket>> const& earlier) {
    if (!allowed(occasion, front_desk)) return refuse("GEN-1.1"_clause, "role.front-desk", {"by"});
    if (ticket.kind == TicketKind::none) return refuse("GEN-2.1"_clause, "ticket.kind-missing", {"kind"});
    if (ticket.priority == Priority::none) return refuse("GEN-2.1"_clause, "ticket.priority-missing", {"priority"});
    if (ticket.words.empty()) return refuse("GEN-3.1"_clause, "ticket.words-missing", {"words"});
    if (!ticket.unit && !ticket.owner && ticket.caller_name.empty())
        return refuse("GEN-3.1"_clause, "ticket.customer-missing", {"unit", "owner", "caller_name"});
    if (ticket.claim.fen < 0) return refuse("ticket.claim-negative", {"claim"});
    if (ticket.households < 0) return refuse("ticket.households-negative", {"households"});
    auto plan = occasion.plan();
    auto const id = plan.under("GEN-2.1"_clause).under("GEN-3.1"_clause).add(ticket);
    for (auto const& before : earlier) plan.under("GEN-2.2"_clause).add(Recurrence{id, before});
    return plan;
}

Result<Plan> change_ticket(Occasion const& occasion, TicketFacts const& facts, Ticket const& changed) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-1.1"_clause, "role.front-desk-or-manager", {"by"});
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    if (changed.priority == Priority::none) return refuse("GEN-2.1"_clause, "ticket.priority-missing", {"priority"});
    if (changed.claim.fen < 0) return refuse("ticket.claim-negative", {"claim"});
    if (changed.households < 0) return refuse("ticket.households-negative", {"households"});
    auto plan = occasion.plan();
    plan.change(facts.ticket.id, facts.ticket.value, changed);
    if (plan.empty()) return refuse("command.changes-nothing");
    if (changed.priority != facts.ticket.value.priority) plan.under("GEN-2.1"_clause);
    return plan;
}

// GEN-3.2: every contact is recorded.
Result<Plan> record_contact(Occasion const& occasion, TicketFacts const& facts, Contact contact) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager, Role::supervisor}))
        return refuse("GEN-3.2"_clause, "role.front-desk-or-manager", {"by"});
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    if (auto checked = check_time(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (contact.summary.empty()) return refuse("GEN-3.2"_clause, "contact.summary-missing", {"summary"});
    if (contact.channel == Channel::none) return refuse("GEN-3.2"_clause, "contact.channel-missing", {"channel"});
    if (contact.direction == Direction::none) contact.direction = Direction::to_customer;
    auto plan = occasion.plan();
    plan.under("GEN-3.2"_clause).add(contact);
    return plan;
}

// GEN-3.3: a complaint has someone who answers for it, an explanation or apology, and an agreed remedy.
Result<Plan> own_complaint(Occasion const& occasion, TicketFacts const& facts, Ownership ownership) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-3.3"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_complaint(facts, "GEN-3.3"_clause); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_time(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (!ownership.responsible) return refuse("GEN-3.3"_clause, "complaint.responsible-missing", {"responsible"});
    auto plan = occasion.plan();
    plan.under("GEN-3.3"_clause).add(ownership);
    return plan;
}

// GEN-2.3: a department is called in early, with a task and a deadline of its own.
Result<Plan> hand_over(Occasion const& occasion, TicketFacts const& facts, HandOver hand_over) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-2.3"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_time(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (hand_over.department.empty()) return refuse("GEN-2.3"_clause, "hand-over.department-missing", {"department"});
    if (hand_over.task.empty()) return refuse("GEN-2.3"_clause, "hand-over.task-missing", {"task"});
    if (has_time(hand_over.due) && hand_over.due < occasion.occurred_at)
        return refuse("GEN-2.3"_clause, "hand-over.due-past", {"due"});
    auto plan = occasion.plan();
    plan.under("GEN-2.3"_clause).add(hand_over);
    return plan;
}

namespace {

// GEN-2.3: a department's head answers for the own department only.
Result<void> check_department(Occasion const& occasion, TicketFacts const& facts, Id<HandOver> id,
                              std::string const& department) {
    if (!allowed(occasion, {Role::supervisor, Role::manager}))
        return refuse("GEN-2.3"_clause, "role.supervisor", {"by"});
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    auto const* hand_over = find_hand_over(facts, id);
    if (!hand_over) return refuse("GEN-2.3"_clause, "hand-over.unknown", {"hand_over"});
    if (!occasion.roles.has(Role::manager) && hand_over->value.department != department)
        return refuse("GEN-2.3"_clause, "hand-over.other-department", {"by"},
                      {{"department", hand_over->value.department}});
    if (occasion.occurred_at < hand_over->occurred_at) return refuse("hand-over.before", {"occurred_at"});
    return {};
}

}  // namespace

// GEN-2.3
Result<Plan> acknowledge_hand_over(Occasion const& occasion, TicketFacts const& facts, Id<HandOver> id,
                                   std::string const& department) {
    if (auto checked = check_department(occasion, facts, id, department); !checked)
        return tl::unexpected{checked.error()};
    if (answer_to(facts.acknowledgements, id)) return refuse("GEN-2.3"_clause, "hand-over.acknowledged", {"hand_over"});
    auto plan = occasion.plan();
    plan.under("GEN-2.3"_clause).add(HandOverAcknowledgement{facts.ticket.id, id});
    return plan;
}

// GEN-2.3
Result<Plan> report_hand_over(Occasion const& occasion, TicketFacts const& facts, HandOverResult result,
                              std::string const& department) {
    if (auto checked = check_department(occasion, facts, result.hand_over, department); !checked)
        return tl::unexpected{checked.error()};
    if (answer_to(facts.results, result.hand_over))
        return refuse("GEN-2.3"_clause, "hand-over.reported", {"hand_over"});
    if (result.result.empty()) return refuse("GEN-2.3"_clause, "hand-over.result-missing", {"result"});
    auto plan = occasion.plan();
    plan.under("GEN-2.3"_clause).add(result);
    return plan;
}

// GEN-2.2, GEN-3.3: a ticket is closed with its cause and its solution, a complaint only when someone owned it.
Result<Plan> close_ticket(Occasion const& occasion, TicketFacts const& facts, Closing closing) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-1.1"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_time(occasion, facts); !checked) return tl::unexpected{checked.error()};
    std::vector<std::string> missing;
    if (closing.cause.empty()) missing.emplace_back("cause");
    if (closing.solution.empty()) missing.emplace_back("solution");
    if (!missing.empty()) return refuse("GEN-2.2"_clause, "closing.cause-missing", missing);
    if (facts.ticket.value.kind == TicketKind::complaint) {
        if (facts.ownerships.empty()) return refuse("GEN-3.3"_clause, "complaint.not-owned", {"ticket"});
        auto const& ownership = facts.ownerships.back().value;
        if (ownership.explanation.empty()) return refuse("GEN-3.3"_clause, "complaint.explanation-missing", {"ticket"});
        if (ownership.remedy.empty() && is_valid(facts))
            return refuse("GEN-3.3"_clause, "complaint.remedy-missing", {"ticket"});
    }
    auto plan = occasion.plan();
    plan.under("GEN-2.2"_clause).add(closing);
    if (facts.ticket.value.kind == TicketKind::complaint) plan.under("GEN-3.3"_clause);
    return plan;
}

// GEN-5.3: what turns out unsolved is taken up again.
Result<Plan> reopen_ticket(Occasion const& occasion, TicketFacts const& facts, Reopening reopening) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-5.3"_clause, "role.front-desk-or-manager", {"by"});
    if (state_of(facts) != TicketState::finished) return refuse("ticket.not-finished", {"ticket"});
    if (occasion.occurred_at < finished_at(facts)) return refuse("ticket.before-closing", {"occurred_at"});
    if (reopening.reason.empty()) return refuse("GEN-5.3"_clause, "reopening.reason-missing", {"reason"});
    auto plan = occasion.plan();
    plan.under("GEN-5.3"_clause).add(reopening);
    return plan;
}

// RV-4.1: only the manager says that a complaint is not valid, and why.
Result<Plan> mark_validity(Occasion const& occasion, TicketFacts const& facts, ValidityMark mark) {
    if (!allowed(occasion, {Role::manager})) return refuse("RV-4.1"_clause, "role.manager", {"by"});
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    if (auto checked = check_complaint(facts, "RV-4.1"_clause); !checked) return tl::unexpected{checked.error()};
    if (mark.reason.empty()) return refuse("RV-4.1"_clause, "mark.reason-missing", {"reason"});
    auto plan = occasion.plan();
    plan.under("RV-4.1"_clause).add(mark);
    return plan;
}

// RV-3.1: the manager may mark any complaint important, or not.
Result<Plan> mark_importance(Occasion const& occasion, TicketFacts const& facts, ImportanceMark mark) {
    if (!allowed(occasion, {Role::manager})) return refuse("RV-3.1"_clause, "role.manager", {"by"});
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    if (auto checked = check_complaint(facts, "RV-3.1"_clause); !checked) return tl::unexpected{checked.error()};
    if (mark.reason.empty()) return refuse("RV-3.1"_clause, "mark.reason-missing", {"reason"});
    auto plan = occasion.plan();
    plan.under("RV-3.1"_clause).add(mark);
    return plan;
}

// RV-2, RV-3.1, RV-4.1, RV-4.3
Result<Plan> record_return_visit(Occasion const& occasion, TicketFacts const& facts, ReturnVisit visit) {
    auto const kind = facts.ticket.value.kind;
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    // RV-2: repairs and valid complaints are visited again, nothing else.
    if (kind == TicketKind::enquiry) return refuse("RV-2"_clause, "visit.not-for-enquiry", {"ticket"});
    if (kind == TicketKind::complaint && !is_valid(facts))
        return refuse("RV-2"_clause, "visit.complaint-invalid", {"ticket"});
    // RV-3.1: by the front desk; an important complaint by the manager.
    auto const important =
        kind == TicketKind::complaint ? importance_of(facts, occasion.parameters) : ImportanceReason::none;
    if (important != ImportanceReason::none && !allowed(occasion, {Role::manager}))
        return refuse("RV-3.1"_clause, "visit.manager-only", {"by"},
                      {{"why", "importance." + std::string{name_of(important)}}});
    if (important == ImportanceReason::none && !allowed(occasion, front_desk))
        return refuse("RV-3.1"_clause, "role.front-desk", {"by"});
    // RV-4.1: after the dealing is finished.
    auto const finished = finished_at(facts);
    if (!has_time(finished)) return refuse("RV-4.1"_clause, "visit.not-finished", {"ticket"});
    if (occasion.occurred_at < finished)
        return refuse("RV-4.1"_clause, "visit.before-finished", {"occurred_at"}, {{"finished", format_time(finished)}});
    // RV-4.3: the owner signs a visit at the door; by phone nobody does.
    if (visit.method == VisitMethod::none) return refuse("RV-4.3"_clause, "visit.method-missing", {"method"});
    if (visit.second_method == visit.method) visit.second_method = VisitMethod::none;
    auto const at_door = visit.method == VisitMethod::door_step || visit.second_method == VisitMethod::door_step;
    auto const by_phone = visit.method == VisitMethod::phone || visit.second_method == VisitMethod::phone;
    if (at_door) {
        if (visit.signature_refused) return refuse("RV-4.3"_clause, "visit.signature-refused", {"signature_refused"});
        std::vector<std::string> missing;
        if (visit.signature.empty()) missing.emplace_back("signature");
        if (visit.signer_name.empty()) missing.emplace_back("signer_name");
        if (visit.signer_relation == Relation::none) missing.emplace_back("signer_relation");
        if (!missing.empty()) return refuse("RV-4.3"_clause, "visit.signature-missing", missing);
    }
    if (!visit.signature.empty()) {
        if (by_phone && !at_door) return refuse("RV-4.3"_clause, "visit.phone-signed", {"signature"});
        if (!is_signature(visit.signature)) return refuse("RV-4.3"_clause, "visit.signature-unreadable", {"signature"});
    }
    if (visit.signature_refused && !by_phone) return refuse("RV-4.3"_clause, "visit.refused-then-phone", {"method"});

    auto plan = occasion.plan();
    plan.under("RV-2"_clause).under("RV-3.1"_clause).under("RV-4.1"_clause).under("RV-4.3"_clause).add(visit);
    // GEN-5.3: an unsolved problem is open again.
    if (!visit.solved) plan.under("GEN-5.3"_clause).add(Reopening{facts.ticket.id, visit.opinion});
    return plan;
}

namespace {

// A mistake is taken back by whoever made it, or by the manager, and says why.
Result<void> check_voiding(Occasion const& occasion, AnyId recorded_by, std::string const& reason) {
    if (!occasion.roles.has(Role::manager) && (!occasion.person || occasion.person != recorded_by))
        return refuse("GEN-5.3"_clause, "voiding.not-yours", {"by"});
    if (reason.empty()) return refuse("GEN-5.3"_clause, "voiding.reason-missing", {"reason"});
    return {};
}

bool of_one_entry(AnyId left, AnyId right) {
    return left.incarnation == right.incarnation && left.entry_number() == right.entry_number();
}

}  // namespace

// GEN-5.3: nothing open leaves the board but by the manager's word.
Result<Plan> void_ticket_record(Occasion const& occasion, TicketFacts const& facts, AnyId record, AnyId recorded_by,
                                std::string const& reason) {
    auto const whole = record == facts.ticket.id.any;
    if (facts.is_void) return refuse("ticket.void", {"record"});
    if (whole && !allowed(occasion, {Role::manager})) return refuse("GEN-5.3"_clause, "role.manager", {"by"});
    if (auto checked = check_voiding(occasion, recorded_by, reason); !checked) return tl::unexpected{checked.error()};
    for (auto const& closing : facts.closings) {
        if (closing.id.any != record) continue;
        for (auto const& visit : facts.visits)
            if (visit.occurred_at >= closing.occurred_at)
                return refuse("RV-4.1"_clause, "voiding.closing-visited", {"record"});
    }
    // An unsolved problem is open again: the visit that says so and the reopening are one word and go together.
    for (auto const& reopening : facts.reopenings) {
        if (reopening.id.any != record) continue;
        for (auto const& visit : facts.visits)
            if (of_one_entry(visit.id.any, record))
                return refuse("GEN-5.3"_clause, "voiding.visit-as-a-whole", {"record"},
                              {{"number", visit.value.number}});
    }
    auto plan = occasion.plan();
    plan.under("GEN-5.3"_clause).add(Voiding{record, facts.ticket.id.any, reason});
    for (auto const& visit : facts.visits) {
        if (visit.id.any != record) continue;
        for (auto const& reopening : facts.reopenings)
            if (of_one_entry(reopening.id.any, record))
                plan.add(Voiding{reopening.id.any, facts.ticket.id.any, reason});
    }
    return plan;
}

Result<Plan> void_reception(Occasion const& occasion, AnyId reception, AnyId recorded_by, std::string const& reason) {
    if (auto checked = check_voiding(occasion, recorded_by, reason); !checked) return tl::unexpected{checked.error()};
    auto plan = occasion.plan();
    plan.under("GEN-1.1"_clause).add(Voiding{reception, reception, reason});
    return plan;
}

}  // namespace guanjia
