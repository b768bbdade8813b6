#include "core/service/rules.h"

#include <algorithm>

#include "core/procedure/model.h"

namespace guanjia {

using namespace literals;

namespace {

bool allowed(Occasion const& occasion, RoleSet wanted) { return occasion.roles.meets(wanted); }

Result<void> check_complaint(TicketFacts const& facts, Clause clause) {
    if (facts.ticket.value.kind != TicketKind::complaint) return refuse(clause, "ticket.not-complaint", {"ticket"});
    return {};
}

Stored<HandOver> const* find_hand_over(TicketFacts const& facts, Id<HandOver> id) {
    for (auto const& hand_over : facts.hand_overs)
        if (hand_over.id == id) return &hand_over;
    return nullptr;
}

}  // namespace

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

Run const* visited_run(std::span<Run const> runs, LocalTime at) {
    for (auto const& run : runs)
        if (run.closing && run.closing->occurred_at <= at && (!run.reopening || at <= run.reopening->occurred_at))
            return &run;
    return nullptr;
}

bool ended_elsewhere(Run const& run) { return run.closing && has_time(run.closing->value.finished_at); }

std::vector<Pause> pauses_of(TicketFacts const& facts, Run const& run) {
    std::vector<Pause> pauses;
    auto const end = run.closing ? run.closing->occurred_at : no_time;
    auto const within = [&](LocalTime at) { return at >= run.from && (!has_time(end) || at <= end); };
    auto waiting = facts.waitings.begin();
    auto resumption = facts.resumptions.begin();
    auto const waiting_is_next = [&] {
        if (waiting == facts.waitings.end()) return false;
        if (resumption == facts.resumptions.end()) return true;
        if (waiting->occurred_at != resumption->occurred_at) return waiting->occurred_at < resumption->occurred_at;
        return waiting->stamp < resumption->stamp;
    };
    auto waits = false;
    while (waiting != facts.waitings.end() || resumption != facts.resumptions.end()) {
        if (waiting_is_next()) {
            if (!waits && within(waiting->occurred_at)) {
                pauses.push_back({waiting->occurred_at, no_time, &*waiting, nullptr});
                waits = true;
            }
            ++waiting;
        } else {
            if (waits && within(resumption->occurred_at)) {
                pauses.back().until = resumption->occurred_at;
                pauses.back().resumption = &*resumption;
                waits = false;
            }
            ++resumption;
        }
    }
    if (waits && run.closing) pauses.back().until = end;
    return pauses;
}

Stored<Waiting> const* waits_for(TicketFacts const& facts) {
    auto const run = runs_of(facts).back();
    if (run.closing) return nullptr;
    auto const pauses = pauses_of(facts, run);
    return pauses.empty() || has_time(pauses.back().until) ? nullptr : pauses.back().waiting;
}

// GEN-2.1: what reaches far and hurts soon comes first.
Priority priority_for(Level impact, Level urgency) {
    if (impact == Level::none || urgency == Level::none) return Priority::none;
    auto const sum = static_cast<int>(impact) + static_cast<int>(urgency);
    return sum <= 3 ? Priority::urgent : sum == 4 ? Priority::normal : Priority::low;
}

TicketState state_of(TicketFacts const& facts) {
    if (facts.is_void) return TicketState::voided;
    if (facts.merged_into) return TicketState::merged;
    auto const runs = runs_of(facts);
    if (runs.back().closing) return TicketState::finished;
    if (waits_for(facts)) return TicketState::waiting;
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
    auto const times = facts.earlier_complaints + 1;
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

Result<void> check_not_void(TicketFacts const& facts) {
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    return {};
}

Result<void> check_open(TicketFacts const& facts) {
    auto const state = state_of(facts);
    if (state == TicketState::voided) return refuse("ticket.void", {"ticket"});
    if (state == TicketState::finished) return refuse("ticket.finished", {"ticket"});
    if (state == TicketState::merged) return refuse("ticket.merged", {"ticket"}, {{"number", facts.merged_number}});
    return {};
}

Result<void> check_time(Occasion const& occasion, TicketFacts const& facts) {
    if (occasion.occurred_at < facts.ticket.occurred_at)
        return refuse("ticket.before-registration", {"occurred_at"},
                      {{"registered", format_time(facts.ticket.occurred_at)}});
    return {};
}

namespace {

// What is closed or made to wait is what is open now, and not what was before it.
Result<void> check_within_run(Occasion const& occasion, TicketFacts const& facts) {
    auto const from = runs_of(facts).back().from;
    if (occasion.occurred_at < from && from > facts.ticket.occurred_at)
        return refuse("ticket.before-reopening", {"occurred_at"}, {{"reopened", format_time(from)}});
    return check_time(occasion, facts);
}

}  // namespace

// GEN-1.1: every visitor is an entry, with what they need.
Result<Plan> record_reception(Occasion const& occasion, Reception reception) {
    if (!allowed(occasion, front_desk)) return refuse("GEN-1.1"_clause, "role.front-desk", {"by"});
    if (reception.need.empty()) return refuse("GEN-1.1"_clause, "reception.need-missing", {"need"});
    if (reception.channel == Channel::none) return refuse("GEN-1.1"_clause, "reception.channel-missing", {"channel"});
    if (has_time(reception.promised_at)) {
        if (!reception.answer.empty())
            return refuse("GEN-1.3"_clause, "reception.settled-and-promised", {"promised_at"});
        if (reception.promised_at < occasion.occurred_at)
            return refuse("GEN-1.3"_clause, "reception.promise-past", {"promised_at"});
    }
    auto plan = occasion.plan();
    plan.under("GEN-1.1"_clause);
    // GEN-1.3: a call that was not settled at once is called back.
    if (reception.channel == Channel::phone && reception.answer.empty() && !has_time(reception.promised_at))
        reception.promised_at =
            occasion.deadlines().after_minutes(occasion.occurred_at, Parameter::callback_working_minutes);
    if (reception.channel == Channel::phone) plan.under("GEN-1.3"_clause);
    // GEN-1.2: that the steps were explained is recorded.
    if (!reception.explained.empty()) plan.under("GEN-1.2"_clause);
    plan.add(reception);
    return plan;
}

// GEN-1.3: who was promised a call is called; whom the call does not reach is called again.
Result<Plan> call_back(Occasion const& occasion, ReceptionFacts const& facts, CallBack call) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-1.3"_clause, "role.front-desk-or-manager", {"by"});
    if (facts.is_void) return refuse("reception.void", {"reception"});
    if (!has_time(facts.reception.value.promised_at))
        return refuse("GEN-1.3"_clause, "reception.not-promised", {"reception"});
    if (occasion.occurred_at < facts.reception.occurred_at)
        return refuse("GEN-1.3"_clause, "reception.before", {"occurred_at"});
    for (auto const& made : facts.calls)
        if (made.value.reached) return refuse("GEN-1.3"_clause, "reception.called-back", {"reception"});
    if (call.words.empty()) return refuse("GEN-1.3"_clause, "reception.call-words-missing", {"words"});
    auto plan = occasion.plan();
    plan.under("GEN-1.3"_clause).add(call);
    return plan;
}

namespace {

// GEN-2.1: who sets another priority than impact and urgency make says why.
Result<void> check_priority(Ticket const& ticket) {
    if (ticket.priority == Priority::none) return refuse("GEN-2.1"_clause, "ticket.priority-missing", {"priority"});
    auto const computed = priority_for(ticket.impact, ticket.urgency);
    if (computed != Priority::none && ticket.priority != computed && ticket.priority_reason.empty())
        return refuse("GEN-2.1"_clause, "ticket.priority-reason-missing", {"priority_reason"},
                      {{"priority", "priority." + std::string{name_of(computed)}}});
    return {};
}

// What every ticket has, whoever enters it.
Result<void> check_ticket(Ticket const& ticket) {
    if (ticket.kind == TicketKind::none) return refuse("GEN-2.1"_clause, "ticket.kind-missing", {"kind"});
    if (auto checked = check_priority(ticket); !checked) return checked;
    if (ticket.words.empty()) return refuse("GEN-3.1"_clause, "ticket.words-missing", {"words"});
    if (!ticket.unit && !ticket.owner && ticket.caller_name.empty())
        return refuse("GEN-3.1"_clause, "ticket.customer-missing", {"unit", "owner", "caller_name"});
    if (ticket.claim.fen < 0) return refuse("ticket.claim-negative", {"claim"});
    if (ticket.households < 0) return refuse("ticket.households-negative", {"households"});
    return {};
}

}  // namespace

// GEN-2.1, GEN-2.2, GEN-3.1: a problem has a priority, is compared with earlier ones, and is kept in the customer's
// words.
Result<Plan> register_ticket(Occasion const& occasion, Ticket ticket, std::vector<Id<Ticket>> const& earlier) {
    if (!allowed(occasion, front_desk)) return refuse("GEN-1.1"_clause, "role.front-desk", {"by"});
    if (ticket.priority == Priority::none) ticket.priority = priority_for(ticket.impact, ticket.urgency);
    if (auto checked = check_ticket(ticket); !checked) return tl::unexpected{checked.error()};
    auto plan = occasion.plan();
    auto const id = plan.under("GEN-2.1"_clause).under("GEN-3.1"_clause).add(ticket);
    for (auto const& before : earlier) plan.under("GEN-2.2"_clause).add(Recurrence{id, before});
    return plan;
}

// What is open in another system goes on here, and what was finished there is found here. Nobody asks it for what it
// did not know: a customer, a priority.
Result<Plan> take_over_ticket(Occasion const& occasion, Ticket ticket, Closing closing,
                              std::vector<Id<Ticket>> const& earlier) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-1.1"_clause, "role.front-desk-or-manager", {"by"});
    if (ticket.origin.empty()) return refuse("ticket.origin-missing", {"origin"});
    if (ticket.kind == TicketKind::none) return refuse("GEN-2.1"_clause, "ticket.kind-missing", {"kind"});
    if (ticket.words.empty()) return refuse("GEN-3.1"_clause, "ticket.words-missing", {"words"});
    if (has_time(closing.finished_at) && closing.finished_at < occasion.occurred_at)
        return refuse("ticket.finished-before-opened", {"finished_at"},
                      {{"finished", format_time(closing.finished_at)}, {"opened", format_time(occasion.occurred_at)}});
    if (closing.finished_at > occasion.recorded_at)
        return refuse("ticket.finished-ahead", {"finished_at"}, {{"finished", format_time(closing.finished_at)}});
    if (ticket.priority == Priority::none) ticket.priority = Priority::normal;
    ticket.taken_over_at = occasion.recorded_at;
    auto plan = occasion.plan();
    auto const id = plan.under("GEN-3.2"_clause).add(ticket);
    if (has_time(closing.finished_at)) {
        closing.ticket = id;
        plan.add(closing);
    }
    for (auto const& before : earlier) plan.under("GEN-2.2"_clause).add(Recurrence{id, before});
    return plan;
}

Result<Plan> change_ticket(Occasion const& occasion, TicketFacts const& facts, Ticket const& changed) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-1.1"_clause, "role.front-desk-or-manager", {"by"});
    if (facts.is_void) return refuse("ticket.void", {"ticket"});
    if (auto checked = check_priority(changed); !checked) return tl::unexpected{checked.error()};
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
    // GEN-4.3: one case may have tasks of several departments, each arranged by itself.
    for (auto const& other : facts.hand_overs)
        if (other.value.department != hand_over.department) plan.under("GEN-4.3"_clause);
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
Result<Plan> close_ticket(Occasion const& occasion, TicketFacts const& facts, Closing closing,
                          Satisfaction satisfaction) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-1.1"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_within_run(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (closing.solution.empty()) {
        std::vector<std::string> missing{"solution"};
        if (closing.cause.empty()) missing.insert(missing.begin(), "cause");
        return refuse("GEN-2.2"_clause, "closing.cause-missing", std::move(missing));
    }
    if (closing.cause.empty() && !occasion.overrides(Guard::unknown_cause))
        return refuse(Guard::unknown_cause, "closing.cause-missing", {"cause"});
    if (facts.ticket.value.kind == TicketKind::complaint) {
        if (facts.ownerships.empty()) return refuse("GEN-3.3"_clause, "complaint.not-owned", {"ticket"});
        auto const& ownership = facts.ownerships.back().value;
        if (ownership.explanation.empty()) return refuse("GEN-3.3"_clause, "complaint.explanation-missing", {"ticket"});
        if (ownership.remedy.empty() && is_valid(facts) && !occasion.overrides(Guard::no_agreed_remedy))
            return refuse(Guard::no_agreed_remedy, "complaint.remedy-missing", {"ticket"});
    }
    auto plan = occasion.plan();
    plan.under("GEN-2.2"_clause).add(closing);
    if (facts.ticket.value.kind == TicketKind::complaint) plan.under("GEN-3.3"_clause);
    if (satisfaction != Satisfaction::none)
        plan.under("GEN-5.1"_clause).add(SatisfactionAnswer{facts.ticket.id, satisfaction, false, {}});
    return plan;
}

// GEN-2.1: the clock of the solution stands still with a reason, and for a time that is not without end.
Result<Plan> put_on_hold(Occasion const& occasion, TicketFacts const& facts, Waiting waiting) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager, Role::supervisor}))
        return refuse("GEN-2.1"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_within_run(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (waits_for(facts)) return refuse("GEN-2.1"_clause, "waiting.already", {"ticket"});
    if (waiting.reason == WaitingReason::none) return refuse("GEN-2.1"_clause, "waiting.reason-missing", {"reason"});
    if (waiting.reason == WaitingReason::other && waiting.note.empty())
        return refuse("GEN-2.1"_clause, "waiting.note-missing", {"note"});
    auto const deadlines = occasion.deadlines();
    if (!has_time(waiting.until))
        waiting.until = deadlines.after_working_days(occasion.occurred_at, Parameter::waiting_review_working_days);
    if (waiting.until < occasion.occurred_at) return refuse("GEN-2.1"_clause, "waiting.until-past", {"until"});
    auto const latest = deadlines.after_working_days(occasion.occurred_at, Parameter::waiting_maximum_working_days);
    if (waiting.until > latest)
        return refuse("GEN-2.1"_clause, "waiting.until-too-late", {"until"}, {{"latest", format_time(latest)}});
    auto plan = occasion.plan();
    plan.under("GEN-2.1"_clause).add(waiting);
    return plan;
}

// GEN-2.1: the clock runs on.
Result<Plan> resume_ticket(Occasion const& occasion, TicketFacts const& facts, Resumption resumption) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager, Role::supervisor}))
        return refuse("GEN-2.1"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    auto const* waiting = waits_for(facts);
    if (!waiting) return refuse("GEN-2.1"_clause, "waiting.not-waiting", {"ticket"});
    if (occasion.occurred_at < waiting->occurred_at) return refuse("GEN-2.1"_clause, "waiting.before", {"occurred_at"});
    auto plan = occasion.plan();
    plan.under("GEN-2.1"_clause).add(resumption);
    return plan;
}

namespace {

// What is owed a return visit goes on as something that is owed it as well.
Result<void> check_visits_stay(Occasion const& occasion, TicketFacts const& facts, TicketFacts const& target) {
    if (facts.ticket.value.kind == TicketKind::complaint) {
        if (is_valid(facts) && !is_valid(target))
            return refuse("RV-4.1"_clause, "merge.valid-into-invalid", {"merged_into"});
        // One that is important as a repeat is none when it is the same matter.
        auto const importance = importance_of(facts, occasion.parameters);
        if (importance != ImportanceReason::none && importance != ImportanceReason::repeated &&
            importance_of(target, occasion.parameters) == ImportanceReason::none)
            return refuse("RV-3.1"_clause, "merge.important-into-ordinary", {"merged_into"});
    }
    if (facts.ticket.value.kind == TicketKind::repair) {
        if (target.ticket.value.kind != TicketKind::repair)
            return refuse("RV-4.2"_clause, "merge.repair-into-other", {"merged_into"});
        for (auto const& drawn : facts.drawn)
            if (facts.visits.empty() || facts.visits.back().occurred_at < drawn.occurred_at)
                return refuse("RV-4.2"_clause, "merge.drawn-visit-due", {"ticket"});
    }
    return {};
}

}  // namespace

// GEN-5.3: one matter has one ticket, and nothing that was written about it is lost.
Result<Plan> merge_ticket(Occasion const& occasion, TicketFacts const& facts, TicketFacts const& target,
                          std::string reason) {
    if (!allowed(occasion, {Role::butler, Role::assistant_butler, Role::manager}))
        return refuse("GEN-5.3"_clause, "role.front-desk-or-manager", {"by"});
    if (facts.ticket.id == target.ticket.id) return refuse("GEN-5.3"_clause, "merge.itself", {"merged_into"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (!is_open(state_of(target))) return refuse("GEN-5.3"_clause, "merge.target-not-open", {"merged_into"});
    if (auto checked = check_time(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_time(occasion, target); !checked) return tl::unexpected{checked.error()};
    // A complaint that went on as something else would not be visited again (RV-4.1).
    if (facts.ticket.value.kind == TicketKind::complaint && target.ticket.value.kind != TicketKind::complaint)
        return refuse("RV-4.1"_clause, "merge.complaint-into-other", {"merged_into"});
    if (auto checked = check_visits_stay(occasion, facts, target); !checked) return tl::unexpected{checked.error()};
    auto plan = occasion.plan();
    plan.under("GEN-5.3"_clause).add(Merge{facts.ticket.id, target.ticket.id, std::move(reason)});
    return plan;
}

// GEN-5.3: a second matter in one ticket becomes one of its own.
Result<Plan> split_ticket(Occasion const& occasion, TicketFacts const& facts, Ticket ticket,
                          std::vector<Id<Ticket>> const& earlier) {
    if (!allowed(occasion, front_desk)) return refuse("GEN-1.1"_clause, "role.front-desk", {"by"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_time(occasion, facts); !checked) return tl::unexpected{checked.error()};
    auto const& from = facts.ticket.value;
    ticket.reception = from.reception;
    ticket.unit = from.unit;
    ticket.owner = from.owner;
    ticket.caller_name = from.caller_name;
    ticket.caller_phone = from.caller_phone;
    if (ticket.priority == Priority::none) ticket.priority = from.priority;
    if (auto checked = check_ticket(ticket); !checked) return tl::unexpected{checked.error()};
    auto plan = occasion.plan();
    auto const id = plan.under("GEN-2.1"_clause).under("GEN-3.1"_clause).under("GEN-5.3"_clause).add(ticket);
    plan.add(Split{id, facts.ticket.id});
    for (auto const& before : earlier) plan.under("GEN-2.2"_clause).add(Recurrence{id, before});
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
    // An override stands and falls with what it made possible.
    for (auto const& passed : facts.overrides)
        if (passed.value.record == record) plan.add(Voiding{passed.id.any, facts.ticket.id.any, reason});
    for (auto const& closing : facts.closings) {
        if (closing.id.any != record) continue;
        for (auto const& answer : facts.answers)
            if (of_one_entry(answer.id.any, record)) plan.add(Voiding{answer.id.any, facts.ticket.id.any, reason});
    }
    for (auto const& visit : facts.visits) {
        if (visit.id.any != record) continue;
        for (auto const& reopening : facts.reopenings)
            if (of_one_entry(reopening.id.any, record))
                plan.add(Voiding{reopening.id.any, facts.ticket.id.any, reason});
    }
    return plan;
}

Result<Plan> void_reception(Occasion const& occasion, AnyId record, AnyId reception, AnyId recorded_by,
                            std::string const& reason) {
    if (auto checked = check_voiding(occasion, recorded_by, reason); !checked) return tl::unexpected{checked.error()};
    auto plan = occasion.plan();
    plan.under("GEN-1.1"_clause).add(Voiding{record, reception, reason});
    return plan;
}

}  // namespace guanjia
