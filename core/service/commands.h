#pragma once
// Commands of the service desk. What each field means stands in assets/strings ("command.<name>.<field>").

#include "core/service/model.h"
#include "core/service/rules.h"
#include "core/store/command.h"
#include "core/store/projection.h"

namespace guanjia {

struct RecordReception {
    Channel channel = Channel::none;
    std::string need;
    Id<Unit> unit;
    Id<Owner> owner;
    std::string caller_name;
    std::string caller_phone;
    std::string answer;
    LocalTime promised_at = no_time;
    std::string explained;
    static Description const description;
};

struct MakeCallBack {
    Id<Reception> reception;
    bool reached = false;
    std::string words;
    static Description const description;
};

struct RegisterTicket {
    TicketKind kind = TicketKind::none;
    Priority priority = Priority::none;
    std::string words;
    std::string wish;
    std::string category;
    Id<Unit> unit;
    Id<Owner> owner;
    Id<Reception> reception;
    std::string caller_name;
    std::string caller_phone;
    bool safety = false;
    Money claim;
    std::int64_t households = 0;
    bool public_attention = false;
    Level impact = Level::none;
    Level urgency = Level::none;
    std::string priority_reason;
    static Description const description;
};

// What another system knew of a ticket. occurred_at: when it was opened there.
struct TakeOverTicket {
    std::string origin;
    TicketKind kind = TicketKind::none;
    Priority priority = Priority::none;
    std::string words;
    std::string wish;
    std::string category;
    Id<Unit> unit;
    Id<Owner> owner;
    std::string caller_name;
    std::string caller_phone;
    LocalTime finished_at = no_time;  // none while it is open
    std::string solution;
    static Description const description;
};

struct ChangeTicket {
    Id<Ticket> ticket;
    Priority priority = Priority::none;
    std::string category;
    Id<Unit> unit;
    bool safety = false;
    Money claim;
    std::int64_t households = 0;
    bool public_attention = false;
    Level impact = Level::none;
    Level urgency = Level::none;
    std::string priority_reason;
    static Description const description;
};

struct RecordContact {
    Id<Ticket> ticket;
    Channel channel = Channel::none;
    Direction direction = Direction::none;
    std::string summary;
    static Description const description;
};

struct OwnComplaint {
    Id<Ticket> ticket;
    Id<StaffMember> responsible;
    std::string explanation;
    std::string remedy;
    static Description const description;
};

struct HandOverTicket {
    Id<Ticket> ticket;
    std::string department;
    std::string task;
    LocalTime due = no_time;
    static Description const description;
};

struct AcknowledgeHandOver {
    Id<HandOver> hand_over;
    static Description const description;
};

struct ReportHandOver {
    Id<HandOver> hand_over;
    std::string result;
    static Description const description;
};

struct PutOnHold {
    Id<Ticket> ticket;
    WaitingReason reason = WaitingReason::none;
    std::string note;
    LocalTime until = no_time;
    static Description const description;
};

struct ResumeTicket {
    Id<Ticket> ticket;
    std::string note;
    static Description const description;
};

struct MergeTicket {
    Id<Ticket> ticket;
    Id<Ticket> merged_into;
    std::string reason;
    static Description const description;
};

struct SplitTicket {
    Id<Ticket> ticket;
    TicketKind kind = TicketKind::none;
    Priority priority = Priority::none;
    std::string words;
    std::string wish;
    std::string category;
    static Description const description;
};

struct CloseTicket {
    Id<Ticket> ticket;
    std::string cause;
    std::string solution;
    Satisfaction satisfaction = Satisfaction::none;
    static Description const description;
};

struct ReopenTicket {
    Id<Ticket> ticket;
    std::string reason;
    static Description const description;
};

struct MarkValidity {
    Id<Ticket> ticket;
    bool valid = false;
    std::string reason;
    static Description const description;
};

struct MarkImportance {
    Id<Ticket> ticket;
    bool important = false;
    std::string reason;
    static Description const description;
};

struct VoidRecord {
    AnyId record;
    std::string reason;
    static Description const description;
};

std::span<CommandSpec const> service_commands();

// Everything about a reception. Nothing when there is no such reception.
std::optional<ReceptionFacts> load_reception(Database& database, Id<Reception> id);

// Everything about a ticket, in order. Nothing when there is no such ticket.
// fresh: kinds of facts that the table of states does not know of yet.
std::optional<TicketFacts> load_ticket(Database& database, Id<Ticket> id, KindSet fresh = 0);

// Refused ("ticket.missing") when there is no such ticket.
Result<TicketFacts> need_ticket(Database& database, Id<Ticket> id);

// Loads the ticket that a step names and asks a rule that takes the step as it is.
template <class Step>
using StepRule = Result<Plan> (*)(Occasion const&, TicketFacts const&, Step);
template <class Step>
Result<Plan> decide_step(CommandContext const& context, StepRule<Step> rule, Step step) {
    return need_ticket(context.database, step.ticket).and_then([&](TicketFacts const& facts) {
        return rule(context.occasion, facts, std::move(step));
    });
}

// "BX", "TS" …: how the numbers of a kind of ticket begin.
std::string_view prefix_of(TicketKind kind);
// The next number of something on the business day of the command.
std::string number_for(CommandContext const& context, Description const& kind, std::string_view prefix);

// The derived tables of this area: the state of each ticket, and its duties.
SubjectKind ticket_subject();
SubjectKind reception_subject();
std::span<char const* const> service_tables();

}  // namespace guanjia
