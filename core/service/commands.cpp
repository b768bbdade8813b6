#include "core/service/commands.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/procedure/model.h"
#include "core/service/duties.h"
#include "core/service/figures/queries.h"
#include "core/service/queries.h"
#include "core/service/visits/rules.h"
#include "core/store/duties.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

constexpr Field record_reception_fields[] = {
    GUANJIA_FIELD(RecordReception, 1, channel, required),
    GUANJIA_FIELD(RecordReception, 2, need, required | long_text),
    GUANJIA_FIELD(RecordReception, 3, unit),
    GUANJIA_FIELD(RecordReception, 4, owner),
    GUANJIA_FIELD(RecordReception, 5, caller_name),
    GUANJIA_FIELD(RecordReception, 6, caller_phone),
    GUANJIA_FIELD(RecordReception, 7, answer, long_text),
    GUANJIA_FIELD(RecordReception, 8, promised_at),
    GUANJIA_FIELD(RecordReception, 9, explained),
};
constexpr Field make_call_back_fields[] = {
    GUANJIA_FIELD(MakeCallBack, 1, reception, required),
    GUANJIA_FIELD(MakeCallBack, 2, reached, required),
    GUANJIA_FIELD(MakeCallBack, 3, words, required | long_text),
};
constexpr Field register_ticket_fields[] = {
    GUANJIA_FIELD(RegisterTicket, 1, kind, required),
    GUANJIA_FIELD(RegisterTicket, 2, priority),
    GUANJIA_FIELD(RegisterTicket, 3, words, required | long_text),
    GUANJIA_FIELD(RegisterTicket, 4, wish, long_text),
    GUANJIA_FIELD(RegisterTicket, 5, category),
    GUANJIA_FIELD(RegisterTicket, 6, unit),
    GUANJIA_FIELD(RegisterTicket, 7, owner),
    GUANJIA_FIELD(RegisterTicket, 8, reception),
    GUANJIA_FIELD(RegisterTicket, 9, caller_name),
    GUANJIA_FIELD(RegisterTicket, 10, caller_phone),
    GUANJIA_FIELD(RegisterTicket, 11, safety),
    GUANJIA_FIELD(RegisterTicket, 12, claim),
    GUANJIA_FIELD(RegisterTicket, 13, households),
    GUANJIA_FIELD(RegisterTicket, 14, public_attention),
    GUANJIA_FIELD(RegisterTicket, 15, impact),
    GUANJIA_FIELD(RegisterTicket, 16, urgency),
    GUANJIA_FIELD(RegisterTicket, 17, priority_reason),
};
constexpr Field take_over_ticket_fields[] = {
    GUANJIA_FIELD(TakeOverTicket, 1, origin, required),
    GUANJIA_FIELD(TakeOverTicket, 2, kind, required),
    GUANJIA_FIELD(TakeOverTicket, 3, priority),
    GUANJIA_FIELD(TakeOverTicket, 4, words, required | long_text),
    GUANJIA_FIELD(TakeOverTicket, 5, wish, long_text),
    GUANJIA_FIELD(TakeOverTicket, 6, category),
    GUANJIA_FIELD(TakeOverTicket, 7, unit),
    GUANJIA_FIELD(TakeOverTicket, 8, owner),
    GUANJIA_FIELD(TakeOverTicket, 9, caller_name),
    GUANJIA_FIELD(TakeOverTicket, 10, caller_phone),
    GUANJIA_FIELD(TakeOverTicket, 11, finished_at),
    GUANJIA_FIELD(TakeOverTicket, 12, solution, long_text),
};
constexpr Field change_ticket_fields[] = {
    GUANJIA_FIELD(ChangeTicket, 1, ticket, required), GUANJIA_FIELD(ChangeTicket, 2, priority),
    GUANJIA_FIELD(ChangeTicket, 3, category),         GUANJIA_FIELD(ChangeTicket, 4, unit),
    GUANJIA_FIELD(ChangeTicket, 5, safety),           GUANJIA_FIELD(ChangeTicket, 6, claim),
    GUANJIA_FIELD(ChangeTicket, 7, households),       GUANJIA_FIELD(ChangeTicket, 8, public_attention),
    GUANJIA_FIELD(ChangeTicket, 9, impact),           GUANJIA_FIELD(ChangeTicket, 10, urgency),
    GUANJIA_FIELD(ChangeTicket, 11, priority_reason),
};
constexpr Field record_contact_fields[] = {
    GUANJIA_FIELD(RecordContact, 1, ticket, required),
    GUANJIA_FIELD(RecordContact, 2, channel, required),
    GUANJIA_FIELD(RecordContact, 3, direction),
    GUANJIA_FIELD(RecordContact, 4, summary, required | long_text),
};
constexpr Field own_complaint_fields[] = {
    GUANJIA_FIELD(OwnComplaint, 1, ticket, required),
    GUANJIA_FIELD(OwnComplaint, 2, responsible, required),
    GUANJIA_FIELD(OwnComplaint, 3, explanation, long_text),
    GUANJIA_FIELD(OwnComplaint, 4, remedy, long_text),
};
constexpr Field hand_over_ticket_fields[] = {
    GUANJIA_FIELD(HandOverTicket, 1, ticket, required),
    GUANJIA_FIELD(HandOverTicket, 2, department, required),
    GUANJIA_FIELD(HandOverTicket, 3, task, required | long_text),
    GUANJIA_FIELD(HandOverTicket, 4, due),
};
constexpr Field acknowledge_hand_over_fields[] = {
    GUANJIA_FIELD(AcknowledgeHandOver, 1, hand_over, required),
};
constexpr Field report_hand_over_fields[] = {
    GUANJIA_FIELD(ReportHandOver, 1, hand_over, required),
    GUANJIA_FIELD(ReportHandOver, 2, result, required | long_text),
};
constexpr Field put_on_hold_fields[] = {
    GUANJIA_FIELD(PutOnHold, 1, ticket, required),
    GUANJIA_FIELD(PutOnHold, 2, reason),
    GUANJIA_FIELD(PutOnHold, 3, note, long_text),
    GUANJIA_FIELD(PutOnHold, 4, until),
};
constexpr Field resume_ticket_fields[] = {
    GUANJIA_FIELD(ResumeTicket, 1, ticket, required),
    GUANJIA_FIELD(ResumeTicket, 2, note, long_text),
};
constexpr Field merge_ticket_fields[] = {
    GUANJIA_FIELD(MergeTicket, 1, ticket, required),
    GUANJIA_FIELD(MergeTicket, 2, merged_into, required),
    GUANJIA_FIELD(MergeTicket, 3, reason, long_text),
};
constexpr Field split_ticket_fields[] = {
    GUANJIA_FIELD(SplitTicket, 1, ticket, required), GUANJIA_FIELD(SplitTicket, 2, kind),
    GUANJIA_FIELD(SplitTicket, 3, priority),         GUANJIA_FIELD(SplitTicket, 4, words, required | long_text),
    GUANJIA_FIELD(SplitTicket, 5, wish, long_text),  GUANJIA_FIELD(SplitTicket, 6, category),
};
// Cause and solution are asked for by the rule, under its clause, and not by the form.
constexpr Field close_ticket_fields[] = {
    GUANJIA_FIELD(CloseTicket, 1, ticket, required),
    GUANJIA_FIELD(CloseTicket, 2, cause, long_text),
    GUANJIA_FIELD(CloseTicket, 3, solution, long_text),
    GUANJIA_FIELD(CloseTicket, 4, satisfaction),
};
constexpr Field reopen_ticket_fields[] = {
    GUANJIA_FIELD(ReopenTicket, 1, ticket, required),
    GUANJIA_FIELD(ReopenTicket, 2, reason, required | long_text),
};
constexpr Field mark_validity_fields[] = {
    GUANJIA_FIELD(MarkValidity, 1, ticket, required),
    GUANJIA_FIELD(MarkValidity, 2, valid, required),
    GUANJIA_FIELD(MarkValidity, 3, reason, required | long_text),
};
constexpr Field mark_importance_fields[] = {
    GUANJIA_FIELD(MarkImportance, 1, ticket, required),
    GUANJIA_FIELD(MarkImportance, 2, important, required),
    GUANJIA_FIELD(MarkImportance, 3, reason, required | long_text),
};
constexpr Field void_record_fields[] = {
    GUANJIA_FIELD(VoidRecord, 1, record, required),
    GUANJIA_FIELD(VoidRecord, 2, reason, required),
};

// GEN-2.2: tickets of the same unit and category within the recurring period.
std::vector<Id<Ticket>> earlier_tickets(CommandContext const& context, Ticket const& ticket) {
    std::vector<Id<Ticket>> earlier;
    if (!ticket.unit || ticket.category.empty()) return earlier;
    auto const at = context.occasion.occurred_at;
    auto const days = context.occasion.parameter(Parameter::recurring_days);
    auto statement = context.database.prepare(
        "SELECT id FROM ticket WHERE unit = ? AND category = ? AND occurred_at BETWEEN ? AND ? AND NOT EXISTS "
        "(SELECT 1 FROM voiding WHERE record = ticket.id) ORDER BY occurred_at DESC, id DESC LIMIT 50");
    statement.bind(ticket.unit.any).bind_text(ticket.category).bind(at.seconds - days * 86400).bind(at.seconds);
    while (statement.step()) earlier.push_back(Id<Ticket>{statement.id(0)});
    return earlier;
}

Result<Plan> decide_record_reception(CommandContext const& context, RecordReception const& command) {
    auto number = number_for(context, Reception::description, "JD");
    return record_reception(
        context.occasion, {std::move(number), command.channel, command.unit, command.owner, command.caller_name,
                           command.caller_phone, command.need, command.answer, command.promised_at, command.explained});
}

// What is told of a ticket in the same words, whether it begins here or comes from elsewhere.
template <class Command>
Ticket ticket_told(CommandContext const& context, Command const& command) {
    Ticket ticket;
    ticket.number = number_for(context, Ticket::description, prefix_of(command.kind));
    ticket.kind = command.kind;
    ticket.priority = command.priority;
    ticket.unit = command.unit;
    ticket.owner = command.owner;
    ticket.caller_name = command.caller_name;
    ticket.caller_phone = command.caller_phone;
    ticket.category = command.category;
    ticket.words = command.words;
    ticket.wish = command.wish;
    return ticket;
}

Result<Plan> decide_register_ticket(CommandContext const& context, RegisterTicket const& command) {
    auto ticket = ticket_told(context, command);
    ticket.reception = command.reception;
    ticket.safety = command.safety;
    ticket.claim = command.claim;
    ticket.households = command.households;
    ticket.public_attention = command.public_attention;
    ticket.impact = command.impact;
    ticket.urgency = command.urgency;
    ticket.priority_reason = command.priority_reason;
    auto const earlier = earlier_tickets(context, ticket);
    return register_ticket(context.occasion, std::move(ticket), earlier);
}

Result<Plan> decide_take_over_ticket(CommandContext const& context, TakeOverTicket const& command) {
    if (is_taken_over(context.database, command.origin))
        return refuse("ticket.taken-over-already", {"origin"}, {{"origin", command.origin}});
    auto ticket = ticket_told(context, command);
    ticket.origin = command.origin;
    auto const earlier = earlier_tickets(context, ticket);
    return take_over_ticket(context.occasion, std::move(ticket), {{}, {}, command.solution, command.finished_at},
                            earlier);
}

Result<Plan> decide_call_back(CommandContext const& context, MakeCallBack const& command) {
    auto const facts = load_reception(context.database, command.reception);
    if (!facts) return refuse("GEN-1.3"_clause, "reception.missing", {"reception"});
    return call_back(context.occasion, *facts, {command.reception, command.reached, command.words});
}

Result<Plan> decide_put_on_hold(CommandContext const& context, PutOnHold const& command) {
    return decide_step<Waiting>(context, put_on_hold, {command.ticket, command.reason, command.note, command.until});
}

Result<Plan> decide_resume_ticket(CommandContext const& context, ResumeTicket const& command) {
    return decide_step<Resumption>(context, resume_ticket, {command.ticket, command.note});
}

Result<Plan> decide_merge_ticket(CommandContext const& context, MergeTicket const& command) {
    return need_ticket(context.database, command.ticket).and_then([&](TicketFacts const& facts) {
        return need_ticket(context.database, command.merged_into).and_then([&](TicketFacts const& target) {
            return merge_ticket(context.occasion, facts, target, command.reason);
        });
    });
}

Result<Plan> decide_split_ticket(CommandContext const& context, SplitTicket const& command) {
    return need_ticket(context.database, command.ticket).and_then([&](TicketFacts const& facts) {
        Ticket ticket;
        ticket.kind = command.kind == TicketKind::none ? facts.ticket.value.kind : command.kind;
        ticket.number = number_for(context, Ticket::description, prefix_of(ticket.kind));
        ticket.priority = command.priority;
        ticket.words = command.words;
        ticket.wish = command.wish;
        ticket.category = command.category;
        // The call that it is split from is no earlier one.
        auto told = ticket;
        told.unit = facts.ticket.value.unit;
        auto earlier = earlier_tickets(context, told);
        std::erase(earlier, facts.ticket.id);
        return split_ticket(context.occasion, facts, std::move(ticket), earlier);
    });
}

Result<Plan> decide_change_ticket(CommandContext const& context, ChangeTicket const& command) {
    return need_ticket(context.database, command.ticket).and_then([&](TicketFacts const& facts) {
        auto changed = facts.ticket.value;
        if (context.has(&ChangeTicket::priority)) changed.priority = command.priority;
        if (context.has(&ChangeTicket::category)) changed.category = command.category;
        if (context.has(&ChangeTicket::unit)) changed.unit = command.unit;
        if (context.has(&ChangeTicket::safety)) changed.safety = command.safety;
        if (context.has(&ChangeTicket::claim)) changed.claim = command.claim;
        if (context.has(&ChangeTicket::households)) changed.households = command.households;
        if (context.has(&ChangeTicket::public_attention)) changed.public_attention = command.public_attention;
        if (context.has(&ChangeTicket::impact)) changed.impact = command.impact;
        if (context.has(&ChangeTicket::urgency)) changed.urgency = command.urgency;
        if (context.has(&ChangeTicket::priority_reason)) changed.priority_reason = command.priority_reason;
        // Another impact or urgency makes another priority, unless one was given with it.
        auto const computed = priority_for(changed.impact, changed.urgency);
        if (computed != Priority::none && !context.has(&ChangeTicket::priority) &&
            (context.has(&ChangeTicket::impact) || context.has(&ChangeTicket::urgency)))
            changed.priority = computed;
        return change_ticket(context.occasion, facts, changed);
    });
}

Result<Plan> decide_record_contact(CommandContext const& context, RecordContact const& command) {
    return decide_step<Contact>(context, record_contact,
                                {command.ticket, command.channel, command.direction, command.summary});
}

Result<Plan> decide_own_complaint(CommandContext const& context, OwnComplaint const& command) {
    return decide_step<Ownership>(context, own_complaint,
                                  {command.ticket, command.responsible, command.explanation, command.remedy});
}

Result<Plan> decide_hand_over(CommandContext const& context, HandOverTicket const& command) {
    return decide_step<HandOver>(context, hand_over, {command.ticket, command.department, command.task, command.due});
}

std::string department_of(CommandContext const& context) {
    auto const staff = load(context.database, Id<StaffMember>{context.occasion.person});
    return staff ? staff->value.department : std::string{};
}

Result<Plan> decide_acknowledge_hand_over(CommandContext const& context, AcknowledgeHandOver const& command) {
    auto const given = load(context.database, command.hand_over);
    if (!given) return refuse("GEN-2.3"_clause, "hand-over.unknown", {"hand_over"});
    return need_ticket(context.database, given->value.ticket).and_then([&](TicketFacts const& facts) {
        return acknowledge_hand_over(context.occasion, facts, command.hand_over, department_of(context));
    });
}

Result<Plan> decide_report_hand_over(CommandContext const& context, ReportHandOver const& command) {
    auto const given = load(context.database, command.hand_over);
    if (!given) return refuse("GEN-2.3"_clause, "hand-over.unknown", {"hand_over"});
    return need_ticket(context.database, given->value.ticket).and_then([&](TicketFacts const& facts) {
        return report_hand_over(context.occasion, facts, {facts.ticket.id, command.hand_over, command.result},
                                department_of(context));
    });
}

Result<Plan> decide_close_ticket(CommandContext const& context, CloseTicket const& command) {
    return need_ticket(context.database, command.ticket).and_then([&](TicketFacts const& facts) {
        return close_ticket(context.occasion, facts, {command.ticket, command.cause, command.solution},
                            command.satisfaction);
    });
}

Result<Plan> decide_reopen_ticket(CommandContext const& context, ReopenTicket const& command) {
    return decide_step<Reopening>(context, reopen_ticket, {command.ticket, command.reason});
}

Result<Plan> decide_mark_validity(CommandContext const& context, MarkValidity const& command) {
    return decide_step<ValidityMark>(context, mark_validity, {command.ticket, command.valid, command.reason});
}

Result<Plan> decide_mark_importance(CommandContext const& context, MarkImportance const& command) {
    return decide_step<ImportanceMark>(context, mark_importance, {command.ticket, command.important, command.reason});
}

// Steps that may be voided, with the field that names their ticket.
constexpr Description const* voidable_steps[] = {
    &Contact::description,         &Ownership::description,
    &HandOver::description,        &HandOverResult::description,
    &Closing::description,         &Reopening::description,
    &ValidityMark::description,    &ImportanceMark::description,
    &ReturnVisit::description,     &HandOverAcknowledgement::description,
    &VisitAssignment::description, &RaisedOpinion::description,
    &OpinionNotice::description,   &OpinionReply::description,
    &InspectedVisit::description,  &Waiting::description,
    &Resumption::description,      &Merge::description,
    &Appointment::description,     &RepairVisit::description,
    &PartUsed::description,        &SatisfactionAnswer::description,
    &Photo::description,
};

Result<Plan> decide_void_record(CommandContext const& context, VoidRecord const& command) {
    auto& database = context.database;
    if (is_void(database, command.record)) return refuse("voiding.done-already", {"record"});
    if (auto const reception = load(database, Id<Reception>{command.record}))
        return void_reception(context.occasion, command.record, command.record, reception->recorded_by, command.reason);
    if (auto const call = load(database, Id<CallBack>{command.record}))
        return void_reception(context.occasion, command.record, call->value.reception.any, call->recorded_by,
                              command.reason);
    if (auto const ticket = load(database, Id<Ticket>{command.record}))
        return need_ticket(database, ticket->id).and_then([&](TicketFacts const& facts) {
            return void_ticket_record(context.occasion, facts, command.record, ticket->recorded_by, command.reason);
        });
    for (auto const* kind : voidable_steps) {
        auto statement = database.prepare(fmt::format("SELECT ticket, recorded_by FROM {} WHERE id = ?", kind->name));
        statement.bind(command.record);
        if (!statement.step()) continue;
        auto const recorded_by = statement.id(1);
        return need_ticket(database, Id<Ticket>{statement.id(0)}).and_then([&](TicketFacts const& facts) {
            return void_ticket_record(context.occasion, facts, command.record, recorded_by, command.reason);
        });
    }
    if (load(database, Id<Override>{command.record}))
        return refuse("GEN-S4"_clause, "voiding.override-as-a-whole", {"record"});
    return refuse("voiding.unknown", {"record"});
}

constexpr CommandSpec commands[] = {
    command_spec<RecordReception, decide_record_reception>(),
    command_spec<MakeCallBack, decide_call_back>(),
    command_spec<RegisterTicket, decide_register_ticket>(),
    command_spec<TakeOverTicket, decide_take_over_ticket>(),
    command_spec<ChangeTicket, decide_change_ticket>(),
    command_spec<RecordContact, decide_record_contact>(),
    command_spec<OwnComplaint, decide_own_complaint>(),
    command_spec<HandOverTicket, decide_hand_over>(),
    command_spec<AcknowledgeHandOver, decide_acknowledge_hand_over>(),
    command_spec<ReportHandOver, decide_report_hand_over>(),
    command_spec<PutOnHold, decide_put_on_hold>(),
    command_spec<ResumeTicket, decide_resume_ticket>(),
    command_spec<MergeTicket, decide_merge_ticket>(),
    command_spec<SplitTicket, decide_split_ticket>(),
    command_spec<CloseTicket, decide_close_ticket>(),
    command_spec<ReopenTicket, decide_reopen_ticket>(),
    command_spec<MarkValidity, decide_mark_validity>(),
    command_spec<MarkImportance, decide_mark_importance>(),
    command_spec<VoidRecord, decide_void_record>(),
};

char const* const tables[] = {
    measure_table,
    "CREATE TABLE ticket_state(ticket BLOB PRIMARY KEY NOT NULL, state INTEGER NOT NULL, is_open INTEGER NOT NULL, "
    "valid INTEGER NOT NULL, importance INTEGER NOT NULL, responded_at INTEGER, finished_at INTEGER, visited_at "
    "INTEGER, "
    "responsible BLOB, recurring INTEGER NOT NULL, kinds INTEGER NOT NULL, merged_into BLOB) WITHOUT ROWID",
    "CREATE INDEX ticket_state_open ON ticket_state(is_open) WHERE is_open",
    "CREATE INDEX ticket_state_finished ON ticket_state(finished_at) WHERE finished_at IS NOT NULL",
    "CREATE INDEX ticket_state_merged ON ticket_state(merged_into) WHERE merged_into IS NOT NULL",
    // Lists show the newest first.
    "CREATE INDEX ticket_by_time ON ticket(occurred_at)",
    "CREATE INDEX reception_by_time ON reception(occurred_at)",
    // First responses in the order in which they came (GEN-S1).
    "CREATE INDEX duty_responded ON duty(done, opens) WHERE clause = 'GEN-2.1' AND period = 'response'",
};

template <class List>
KindSet bit_of(List const&) {
    return kind_bit(decltype(List::value_type::value)::description.number);
}

KindSet const voiding_bit = kind_bit(Voiding::description.number);

// What a later look at this ticket need load at all.
KindSet kinds_in(TicketFacts const& facts) {
    KindSet kinds = facts.some_void ? voiding_bit : 0;
    for_each_list(facts, [&](auto const& list) {
        if (!list.empty()) kinds |= bit_of(list);
    });
    return kinds;
}

// What the derived table says as yet.
struct Derived {
    bool known = false;
    LocalTime finished_at = no_time;  // of a ticket that is finished
    AnyId merged_into;
};

Derived derived_before(Database& database, Id<Ticket> ticket) {
    auto known = database.prepare(
        "SELECT CASE WHEN state = ?2 THEN finished_at END, merged_into FROM ticket_state WHERE ticket = ?1");
    known.bind(ticket.any).bind(static_cast<std::int64_t>(TicketState::finished));
    if (!known.step()) return {};
    return {true, known.time(0), known.id(1)};
}

// The ticket into which another has gone by its latest merge, if that one is here and not void.
Id<Ticket> next_merged_into(Database& database, Id<Ticket> ticket) {
    auto merges = database.prepare(
        "SELECT m.merged_into FROM merge m WHERE m.ticket = ? AND NOT EXISTS (SELECT 1 FROM voiding WHERE record = "
        "m.id) ORDER BY m.occurred_at DESC, m.stamp DESC, m.id DESC LIMIT 1");
    merges.bind(ticket.any);
    if (!merges.step()) return {};
    Id<Ticket> const into{merges.id(0)};
    if (!load(database, into) || is_void(database, into.any)) return {};
    return into;
}

// GEN-5.3: follows merges to the ticket that goes on. Two desks that merged two tickets into each other have made a
// ring: the first of its tickets by id goes on, so that one of them stays on the board.
void find_merged_into(Database& database, TicketFacts& facts) {
    std::vector<Id<Ticket>> path{facts.ticket.id};
    for (;;) {
        auto const next = next_merged_into(database, path.back());
        if (!next) break;
        auto const seen = std::find(path.begin(), path.end(), next);
        if (seen != path.end()) {
            path.push_back(*std::min_element(seen, path.end()));
            break;
        }
        path.push_back(next);
    }
    if (path.back() == facts.ticket.id) return;
    facts.merged_into = path.back();
    facts.merged_number = load(database, facts.merged_into)->value.number;
}

// GEN-2.2, RV-3.1: an earlier ticket that is void was a mistake, and one that has gone into another of them, or into
// this one, is the same matter twice.
void count_recurrences(Database& database, TicketFacts& facts) {
    if (facts.recurrences.empty()) return;
    auto const is_counted = [&](Id<Ticket> ticket) {
        return ticket == facts.ticket.id || std::any_of(facts.recurrences.begin(), facts.recurrences.end(),
                                                        [&](auto const& link) { return link.value.earlier == ticket; });
    };
    auto earlier = database.prepare(
        "SELECT t.kind, s.merged_into FROM recurrence r JOIN ticket t ON t.id = r.earlier LEFT JOIN ticket_state s ON "
        "s.ticket = t.id WHERE r.ticket = ? AND NOT EXISTS (SELECT 1 FROM voiding WHERE record = t.id)");
    earlier.bind(facts.ticket.id.any);
    while (earlier.step()) {
        if (auto const into = Id<Ticket>{earlier.id(1)}; into && is_counted(into)) continue;
        ++facts.recurring;
        facts.earlier_complaints += static_cast<TicketKind>(earlier.integer(0)) == TicketKind::complaint;
    }
}

void write_state(Database& database, TicketFacts const& facts, Parameters const& parameters) {
    auto const state = state_of(facts);
    auto statement = database.prepare(
        "INSERT OR REPLACE INTO ticket_state(ticket, state, is_open, valid, importance, responded_at, finished_at, "
        "visited_at, responsible, recurring, kinds, merged_into) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.bind(facts.ticket.id.any)
        .bind(static_cast<std::int64_t>(state))
        .bind(std::int64_t{is_open(state)})
        .bind(std::int64_t{is_valid(facts)})
        .bind(static_cast<std::int64_t>(importance_of(facts, parameters)));
    statement.bind(responded_at(facts));
    statement.bind(finished_at(facts));
    statement.bind(facts.visits.empty() ? no_time : facts.visits.back().occurred_at);
    statement.bind(responsible_for(facts).any).bind(facts.recurring);
    statement.bind(static_cast<std::int64_t>(kinds_in(facts))).bind(facts.merged_into.any);
    statement.run();
}

// What else has to be derived again because this ticket was.
void derive_others(Derivation const& derivation, TicketFacts const& facts, Derived const& before) {
    // Steps may have come before their ticket did.
    auto const fresh = before.known ? derivation.fresh : every_kind;
    auto const came = [&](auto const&... kinds) { return (fresh & (kind_bit(kinds.number) | ...)) != 0; };
    auto const has_voids = (fresh & voiding_bit) != 0;
    // RV-4.2: the week in which a repair was finished has something to draw from; one that it left may have no more.
    auto const finished = state_of(facts) == TicketState::finished ? finished_at(facts) : no_time;
    if (facts.ticket.value.kind == TicketKind::repair && finished != before.finished_at)
        for (auto const at : {before.finished_at, finished})
            if (has_time(at)) derivation.also(WeeklyDraw::description, period_of_draw(week_of(date_of(at))));
    // RV-4.5: the period of a visit has something to inspect.
    if (came(ReturnVisit::description) || has_voids)
        for (auto const& visit : load_about<ReturnVisit>(derivation.database, facts.ticket.id.any, Voided::none_there))
            derivation.also(VisitInspection::description,
                            period_of_inspection(
                                inspection_period(date_of(visit.occurred_at), derivation.rules.parameters()).first));
    // GEN-1.3: a contact keeps the promise of the reception from which the ticket came.
    if (facts.ticket.value.reception && (came(Contact::description, Ticket::description) || has_voids))
        derivation.also(Reception::description, facts.ticket.value.reception.any);
    // GEN-2.2: later tickets that were linked with this one may be so no more, or again.
    if (facts.is_void || before.merged_into != facts.merged_into.any || (before.known && has_voids)) {
        auto later = derivation.database.prepare("SELECT ticket FROM recurrence WHERE earlier = ?");
        later.bind(facts.ticket.id.any);
        while (later.step()) derivation.also(Ticket::description, later.id(0));
    }
    // GEN-5.3: the tickets that were merged into this one go on with it, or by themselves.
    if (came(Ticket::description, Merge::description) || has_voids || before.merged_into != facts.merged_into.any) {
        auto merged = derivation.database.prepare("SELECT ticket FROM merge WHERE merged_into = ?");
        merged.bind(facts.ticket.id.any);
        while (merged.step()) derivation.also(Ticket::description, merged.id(0));
    }
}

void derive_ticket(Derivation const& derivation) {
    auto& database = derivation.database;
    auto const& rules = derivation.rules;
    auto const facts = load_ticket(database, Id<Ticket>{derivation.subject}, derivation.fresh);
    if (!facts) return;
    derive_others(derivation, *facts, derived_before(database, facts->ticket.id));
    write_state(database, *facts, rules.parameters());
    auto const duties = write_dated_duties(
        derivation, [&](Calendar const& calendar) { return duties_of(*facts, rules.parameters(), calendar); });
    write_measure(database, facts->ticket.id, measure_of(*facts, duties));
}

void derive_reception(Derivation const& derivation) {
    auto const facts = load_reception(derivation.database, Id<Reception>{derivation.subject});
    if (!facts) return;
    auto const& rules = derivation.rules;
    write_duties(derivation.database, derivation.subject,
                 duties_of(*facts, Deadlines{rules.parameters(), rules.calendar()}));
}

// A promise is a time that was named: no parameter moves it.
std::vector<AnyId> receptions_affected_from(Database&, Date) { return {}; }

std::vector<AnyId> tickets_affected_from(Database& database, Date from) {
    auto statement = database.prepare(
        "SELECT ticket FROM ticket_state WHERE is_open UNION SELECT subject FROM duty WHERE done IS NULL AND due >= ?1 "
        "UNION SELECT subject FROM duty WHERE done IS NOT NULL AND (due >= ?1 OR done >= ?1)");
    statement.bind(start_of(from).seconds);
    std::vector<AnyId> tickets;
    while (statement.step()) tickets.push_back(statement.id(0));
    return tickets;
}

}  // namespace

constexpr Description RecordReception::description{0, "record_reception", record_reception_fields};
constexpr Description MakeCallBack::description{0, "call_back", make_call_back_fields};
constexpr Description PutOnHold::description{0, "put_on_hold", put_on_hold_fields};
constexpr Description ResumeTicket::description{0, "resume_ticket", resume_ticket_fields};
constexpr Description MergeTicket::description{0, "merge_ticket", merge_ticket_fields};
constexpr Description SplitTicket::description{0, "split_ticket", split_ticket_fields};
constexpr Description RegisterTicket::description{0, "register_ticket", register_ticket_fields};
constexpr Description TakeOverTicket::description{0, "take_over_ticket", take_over_ticket_fields};
constexpr Description ChangeTicket::description{0, "change_ticket", change_ticket_fields};
constexpr Description RecordContact::description{0, "record_contact", record_contact_fields};
constexpr Description OwnComplaint::description{0, "own_complaint", own_complaint_fields};
constexpr Description HandOverTicket::description{0, "hand_over", hand_over_ticket_fields};
constexpr Description AcknowledgeHandOver::description{0, "acknowledge_hand_over", acknowledge_hand_over_fields};
constexpr Description ReportHandOver::description{0, "report_hand_over", report_hand_over_fields};
constexpr Description CloseTicket::description{0, "close_ticket", close_ticket_fields};
constexpr Description ReopenTicket::description{0, "reopen_ticket", reopen_ticket_fields};
constexpr Description MarkValidity::description{0, "mark_validity", mark_validity_fields};
constexpr Description MarkImportance::description{0, "mark_importance", mark_importance_fields};
constexpr Description VoidRecord::description{0, "void_record", void_record_fields};

std::span<CommandSpec const> service_commands() { return commands; }

Result<TicketFacts> need_ticket(Database& database, Id<Ticket> id) {
    auto facts = load_ticket(database, id);
    if (!facts) return refuse("ticket.missing", {"ticket"});
    return std::move(*facts);
}

std::string_view prefix_of(TicketKind kind) {
    switch (kind) {
        case TicketKind::repair: return "BX";
        case TicketKind::complaint: return "TS";
        case TicketKind::suggestion: return "JY";
        case TicketKind::praise: return "BY";
        case TicketKind::other: return "QT";
        default: return "ZX";
    }
}

std::string number_for(CommandContext const& context, Description const& kind, std::string_view prefix) {
    return next_number(context.database, kind, prefix, date_of(context.occasion.occurred_at), context.desk_letter);
}

std::optional<TicketFacts> load_ticket(Database& database, Id<Ticket> id, KindSet fresh) {
    auto ticket = load(database, id);
    if (!ticket) return std::nullopt;
    TicketFacts facts;
    facts.ticket = std::move(*ticket);

    auto kinds = every_kind;
    {
        auto known = database.prepare("SELECT kinds FROM ticket_state WHERE ticket = ?");
        known.bind(id.any);
        if (known.step()) kinds = static_cast<KindSet>(known.integer(0)) | fresh;
    }
    if ((kinds & voiding_bit) != 0) {
        auto voidings = database.prepare("SELECT 1 FROM voiding WHERE about = ? LIMIT 1");
        voidings.bind(id.any);
        facts.some_void = voidings.step();
    }
    facts.is_void = facts.some_void && is_void(database, id.any);
    auto const voided = facts.some_void ? Voided::left_out : Voided::none_there;
    for_each_list(facts, [&](auto& list) {
        using Step = decltype(std::remove_cvref_t<decltype(list)>::value_type::value);
        if ((kinds & bit_of(list)) != 0) list = load_about<Step>(database, id.any, voided);
    });
    // What another system told to be finished happened when it says, and not when the ticket was opened.
    for (auto& closing : facts.closings)
        if (has_time(closing.value.finished_at)) closing.occurred_at = closing.value.finished_at;
    std::stable_sort(facts.closings.begin(), facts.closings.end(),
                     [](auto const& left, auto const& right) { return left.occurred_at < right.occurred_at; });
    if (!facts.merges.empty()) find_merged_into(database, facts);
    count_recurrences(database, facts);
    return facts;
}

std::optional<ReceptionFacts> load_reception(Database& database, Id<Reception> id) {
    auto reception = load(database, id);
    if (!reception) return std::nullopt;
    ReceptionFacts facts;
    facts.reception = std::move(*reception);
    facts.is_void = is_void(database, id.any);
    facts.calls = load_about<CallBack>(database, id.any, Voided::left_out);
    static std::string const contacts_about = select_records(
        Contact::description,
        "ticket IN (SELECT t.id FROM ticket t WHERE t.reception = ?1) AND direction = ?2 AND NOT EXISTS (SELECT 1 FROM "
        "voiding WHERE record = contact.id) AND NOT EXISTS (SELECT 1 FROM voiding WHERE record = contact.ticket) ORDER "
        "BY occurred_at, stamp, id LIMIT 1");
    auto contacts = database.prepare(contacts_about);
    contacts.bind(id.any).bind(static_cast<std::int64_t>(Direction::to_customer));
    while (contacts.step()) facts.contacts.push_back(read_stored<Contact>(contacts));
    return facts;
}

SubjectKind reception_subject() { return {&Reception::description, derive_reception, receptions_affected_from}; }
SubjectKind ticket_subject() { return {&Ticket::description, derive_ticket, tickets_affected_from}; }
std::span<char const* const> service_tables() { return tables; }

}  // namespace guanjia
