#include "core/service/commands.h"

#include <fmt/format.h>

#include "core/procedure/model.h"
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
};
constexpr Field register_ticket_fields[] = {
    GUANJIA_FIELD(RegisterTicket, 1, kind, required),
    GUANJIA_FIELD(RegisterTicket, 2, priority, required),
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
};
constexpr Field change_ticket_fields[] = {
    GUANJIA_FIELD(ChangeTicket, 1, ticket, required), GUANJIA_FIELD(ChangeTicket, 2, priority),
    GUANJIA_FIELD(ChangeTicket, 3, category),         GUANJIA_FIELD(ChangeTicket, 4, unit),
    GUANJIA_FIELD(ChangeTicket, 5, safety),           GUANJIA_FIELD(ChangeTicket, 6, claim),
    GUANJIA_FIELD(ChangeTicket, 7, households),       GUANJIA_FIELD(ChangeTicket, 8, public_attention),
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
// Cause and solution are asked for by the rule, under its clause, and not by the form.
constexpr Field close_ticket_fields[] = {
    GUANJIA_FIELD(CloseTicket, 1, ticket, required),
    GUANJIA_FIELD(CloseTicket, 2, cause, long_text),
    GUANJIA_FIELD(CloseTicket, 3, solution, long_text),
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
constexpr Field record_return_visit_fields[] = {
    GUANJIA_FIELD(RecordReturnVisit, 1, ticket, required),     GUANJIA_FIELD(RecordReturnVisit, 2, method),
    GUANJIA_FIELD(RecordReturnVisit, 3, second_method),        GUANJIA_FIELD(RecordReturnVisit, 4, satisfaction),
    GUANJIA_FIELD(RecordReturnVisit, 5, solved, required),     GUANJIA_FIELD(RecordReturnVisit, 6, opinion, long_text),
    GUANJIA_FIELD(RecordReturnVisit, 7, signer_name),          GUANJIA_FIELD(RecordReturnVisit, 8, signer_relation),
    GUANJIA_FIELD(RecordReturnVisit, 9, signature, long_text), GUANJIA_FIELD(RecordReturnVisit, 10, signature_refused),
};
constexpr Field void_record_fields[] = {
    GUANJIA_FIELD(VoidRecord, 1, record, required),
    GUANJIA_FIELD(VoidRecord, 2, reason, required),
};

Date business_day(CommandContext const& context) { return date_of(context.occasion.occurred_at); }

std::string_view prefix_of(TicketKind kind) {
    switch (kind) {
        case TicketKind::repair: return "BX";
        case TicketKind::complaint: return "TS";
        default: return "ZX";
    }
}

// GEN-2.2: tickets of the same unit and category within the recurring period.
std::vector<Id<Ticket>> earlier_tickets(CommandContext const& context, RegisterTicket const& command) {
    std::vector<Id<Ticket>> earlier;
    if (!command.unit || command.category.empty()) return earlier;
    auto const at = context.occasion.occurred_at;
    auto const days = context.occasion.parameter(Parameter::recurring_days);
    auto statement = context.database.prepare(
        "SELECT id FROM ticket WHERE unit = ? AND category = ? AND occurred_at BETWEEN ? AND ? AND NOT EXISTS "
        "(SELECT 1 FROM voiding WHERE record = ticket.id) ORDER BY occurred_at DESC, id DESC LIMIT 50");
    statement.bind(command.unit.any).bind_text(command.category).bind(at.seconds - days * 86400).bind(at.seconds);
    while (statement.step()) earlier.push_back(Id<Ticket>{statement.id(0)});
    return earlier;
}

Result<TicketFacts> need_ticket(Database& database, Id<Ticket> id) {
    auto facts = load_ticket(database, id);
    if (!facts) return refuse("ticket.missing", {"ticket"});
    return std::move(*facts);
}

// Loads the ticket and asks a rule that takes the step as it is.
template <class Step>
using StepRule = Result<Plan> (*)(Occasion const&, TicketFacts const&, Step);

template <class Step>
Result<Plan> decide_step(CommandContext const& context, StepRule<Step> rule, Step step) {
    return need_ticket(context.database, step.ticket).and_then([&](TicketFacts const& facts) {
        return rule(context.occasion, facts, std::move(step));
    });
}

Result<Plan> decide_record_reception(CommandContext const& context, RecordReception const& command) {
    auto number =
        next_number(context.database, Reception::description, "JD", business_day(context), context.desk_letter);
    return record_reception(context.occasion, {std::move(number), command.channel, command.unit, command.owner,
                                               command.caller_name, command.caller_phone, command.need});
}

Result<Plan> decide_register_ticket(CommandContext const& context, RegisterTicket const& command) {
    Ticket ticket;
    ticket.number = next_number(context.database, Ticket::description, prefix_of(command.kind), business_day(context),
                                context.desk_letter);
    ticket.kind = command.kind;
    ticket.priority = command.priority;
    ticket.reception = command.reception;
    ticket.unit = command.unit;
    ticket.owner = command.owner;
    ticket.caller_name = command.caller_name;
    ticket.caller_phone = command.caller_phone;
    ticket.category = command.category;
    ticket.words = command.words;
    ticket.wish = command.wish;
    ticket.safety = command.safety;
    ticket.claim = command.claim;
    ticket.households = command.households;
    ticket.public_attention = command.public_attention;
    return register_ticket(context.occasion, std::move(ticket), earlier_tickets(context, command));
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
    return decide_step<Closing>(context, close_ticket, {command.ticket, command.cause, command.solution});
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

Result<Plan> decide_record_return_visit(CommandContext const& context, RecordReturnVisit const& command) {
    ReturnVisit visit;
    visit.number =
        next_number(context.database, ReturnVisit::description, "HF", business_day(context), context.desk_letter);
    visit.ticket = command.ticket;
    visit.method = command.method;
    visit.second_method = command.second_method;
    visit.satisfaction = command.satisfaction;
    visit.solved = command.solved;
    visit.opinion = command.opinion;
    visit.signer_name = command.signer_name;
    visit.signer_relation = command.signer_relation;
    visit.signature = command.signature;
    visit.signature_refused = command.signature_refused;
    return decide_step<ReturnVisit>(context, record_return_visit, std::move(visit));
}

// Steps that may be voided, with the field that names their ticket.
constexpr Description const* voidable_steps[] = {
    &Contact::description,      &Ownership::description,
    &HandOver::description,     &HandOverResult::description,
    &Closing::description,      &Reopening::description,
    &ValidityMark::description, &ImportanceMark::description,
    &ReturnVisit::description,  &HandOverAcknowledgement::description,
};

Result<Plan> decide_void_record(CommandContext const& context, VoidRecord const& command) {
    auto& database = context.database;
    if (is_void(database, command.record)) return refuse("voiding.done-already", {"record"});
    if (auto const reception = load(database, Id<Reception>{command.record}))
        return void_reception(context.occasion, command.record, reception->recorded_by, command.reason);
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
    return refuse("voiding.unknown", {"record"});
}

constexpr CommandSpec commands[] = {
    command_spec<RecordReception, decide_record_reception>(),
    command_spec<RegisterTicket, decide_register_ticket>(),
    command_spec<ChangeTicket, decide_change_ticket>(),
    command_spec<RecordContact, decide_record_contact>(),
    command_spec<OwnComplaint, decide_own_complaint>(),
    command_spec<HandOverTicket, decide_hand_over>(),
    command_spec<AcknowledgeHandOver, decide_acknowledge_hand_over>(),
    command_spec<ReportHandOver, decide_report_hand_over>(),
    command_spec<CloseTicket, decide_close_ticket>(),
    command_spec<ReopenTicket, decide_reopen_ticket>(),
    command_spec<MarkValidity, decide_mark_validity>(),
    command_spec<MarkImportance, decide_mark_importance>(),
    command_spec<RecordReturnVisit, decide_record_return_visit>(),
    command_spec<VoidRecord, decide_void_record>(),
};

constexpr char const* tables[] = {
    "CREATE TABLE ticket_state(ticket BLOB PRIMARY KEY NOT NULL, state INTEGER NOT NULL, is_open INTEGER NOT NULL, "
    "valid INTEGER NOT NULL, importance INTEGER NOT NULL, responded_at INTEGER, finished_at INTEGER, visited_at "
    "INTEGER, "
    "responsible BLOB, recurring INTEGER NOT NULL, kinds INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX ticket_state_open ON ticket_state(is_open) WHERE is_open",
    // Lists show the newest first.
    "CREATE INDEX ticket_by_time ON ticket(occurred_at)",
    "CREATE INDEX reception_by_time ON reception(occurred_at)",
    "CREATE INDEX return_visit_by_time ON return_visit(occurred_at)",
};

void bind_time(Statement& statement, LocalTime time) {
    if (has_time(time)) statement.bind(time.seconds);
    else statement.bind_null();
}

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

void write_state(Database& database, TicketFacts const& facts, Parameters const& parameters) {
    auto const state = state_of(facts);
    auto const open = state != TicketState::finished && state != TicketState::voided;
    auto statement = database.prepare(
        "INSERT OR REPLACE INTO ticket_state(ticket, state, is_open, valid, importance, responded_at, finished_at, "
        "visited_at, responsible, recurring, kinds) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.bind(facts.ticket.id.any)
        .bind(static_cast<std::int64_t>(state))
        .bind(std::int64_t{open})
        .bind(std::int64_t{is_valid(facts)})
        .bind(static_cast<std::int64_t>(importance_of(facts, parameters)));
    bind_time(statement, responded_at(facts));
    bind_time(statement, finished_at(facts));
    bind_time(statement, facts.visits.empty() ? no_time : facts.visits.back().occurred_at);
    statement.bind(responsible_for(facts).any).bind(static_cast<std::int64_t>(facts.recurrences.size()));
    statement.bind(static_cast<std::int64_t>(kinds_in(facts)));
    statement.run();
}

// GEN-S5: what was done under the calendar of its day is judged by it, although a newer one has been loaded since.
void keep_old_dates(std::vector<Duty>& duties, TicketFacts const& facts, RuleBook const& rules) {
    for (auto& duty : duties) {
        if (!has_time(duty.done) || !rules.calendar_changed_since(duty.done_ticks)) continue;
        auto const before = duties_of(facts, rules.parameters(), rules.calendar_at(duty.done_ticks));
        for (auto const& old : before)
            if (old.clause == duty.clause && old.period == duty.period) duty.due = old.due;
    }
}

void derive_ticket(Database& database, RuleBook const& rules, AnyId subject, KindSet fresh) {
    auto const facts = load_ticket(database, Id<Ticket>{subject}, fresh);
    if (!facts) return;
    write_state(database, *facts, rules.parameters());
    auto duties = duties_of(*facts, rules.parameters(), rules.calendar());
    keep_old_dates(duties, *facts, rules);
    write_duties(database, subject, duties);
}

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
constexpr Description RegisterTicket::description{0, "register_ticket", register_ticket_fields};
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
constexpr Description RecordReturnVisit::description{0, "record_return_visit", record_return_visit_fields};
constexpr Description VoidRecord::description{0, "void_record", void_record_fields};

std::span<CommandSpec const> service_commands() { return commands; }

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
    return facts;
}

SubjectKind ticket_subject() { return {&Ticket::description, derive_ticket, tickets_affected_from}; }
std::span<char const* const> service_tables() { return tables; }

}  // namespace guanjia
