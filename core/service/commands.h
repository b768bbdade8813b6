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

struct CloseTicket {
    Id<Ticket> ticket;
    std::string cause;
    std::string solution;
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

struct RecordReturnVisit {
    Id<Ticket> ticket;
    VisitMethod method = VisitMethod::none;
    VisitMethod second_method = VisitMethod::none;
    Satisfaction satisfaction = Satisfaction::none;
    bool solved = false;
    std::string opinion;
    std::string signer_name;
    Relation signer_relation = Relation::none;
    std::string signature;
    bool signature_refused = false;
    static Description const description;
};

struct VoidRecord {
    AnyId record;
    std::string reason;
    static Description const description;
};

std::span<CommandSpec const> service_commands();

// Everything about a ticket, in order. Nothing when there is no such ticket.
// fresh: kinds of facts that the table of states does not know of yet.
std::optional<TicketFacts> load_ticket(Database& database, Id<Ticket> id, KindSet fresh = 0);

// The derived tables of this area: the state of each ticket, and its duties.
SubjectKind ticket_subject();
std::span<char const* const> service_tables();

}  // namespace guanjia
