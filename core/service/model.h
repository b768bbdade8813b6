#pragma once
// Reception, tickets and return visits (GEN, RV). Who did a thing and when it happened are those of its journal entry
// (recorded_by, occurred_at of its row) and are not repeated here. Description numbers 40–69.

#include "core/base/description.h"
#include "core/registry/model.h"

namespace guanjia {

enum class Channel : std::uint8_t { none = 0, visit = 1, phone = 2, message = 3, patrol = 4 };
inline constexpr Choice channel_choices[] = {{1, "visit"}, {2, "phone"}, {3, "message"}, {4, "patrol"}};
template <>
inline constexpr std::span<Choice const> choices_of<Channel>{channel_choices};

// Someone came, called or wrote, and what they needed (GEN-1.1).
struct Reception {
    std::string number;
    Channel channel = Channel::none;
    Id<Unit> unit;
    Id<Owner> owner;
    std::string caller_name;  // when the person is not in the register
    std::string caller_phone;
    std::string need;
    static Description const description;
};

enum class TicketKind : std::uint8_t { none = 0, enquiry = 1, repair = 2, complaint = 3 };
inline constexpr Choice ticket_kind_choices[] = {{1, "enquiry"}, {2, "repair"}, {3, "complaint"}};
template <>
inline constexpr std::span<Choice const> choices_of<TicketKind>{ticket_kind_choices};

enum class Priority : std::uint8_t { none = 0, urgent = 1, normal = 2, low = 3 };
inline constexpr Choice priority_choices[] = {{1, "urgent"}, {2, "normal"}, {3, "low"}};
template <>
inline constexpr std::span<Choice const> choices_of<Priority>{priority_choices};

struct Ticket {
    std::string number;  // "TS-20261123-A003"
    TicketKind kind = TicketKind::none;
    Priority priority = Priority::none;
    Id<Reception> reception;
    Id<Unit> unit;
    Id<Owner> owner;
    std::string caller_name;
    std::string caller_phone;
    std::string category;
    std::string words;  // what the customer said, in the customer's words
    std::string wish;   // what the customer asks for
    // What makes a complaint important (RV-3.1), as known at the desk.
    bool safety = false;
    Money claim;
    std::int64_t households = 0;    // how many are affected
    bool public_attention = false;  // public hotline or media
    static Description const description;
};

// Same unit and category within the recurring period (GEN-2.2): found when the ticket was registered.
struct Recurrence {
    Id<Ticket> ticket;
    Id<Ticket> earlier;
    static Description const description;
};

// Every contact with the customer about a ticket (GEN-3.2); the first one is the response (GEN-2.1).
enum class Direction : std::uint8_t { none = 0, to_customer = 1, from_customer = 2 };
inline constexpr Choice direction_choices[] = {{1, "to-customer"}, {2, "from-customer"}};
template <>
inline constexpr std::span<Choice const> choices_of<Direction>{direction_choices};

struct Contact {
    Id<Ticket> ticket;
    Channel channel = Channel::none;
    Direction direction = Direction::none;
    std::string summary;
    static Description const description;
};

// Who is responsible for a complaint, what was explained or apologised for, which remedy was agreed (GEN-3.3).
struct Ownership {
    Id<Ticket> ticket;
    Id<StaffMember> responsible;
    std::string explanation;
    std::string remedy;
    static Description const description;
};

struct HandOver {
    Id<Ticket> ticket;
    std::string department;
    std::string task;
    LocalTime due = no_time;  // the department's own deadline
    static Description const description;
};

struct HandOverAcknowledgement {
    Id<Ticket> ticket;
    Id<HandOver> hand_over;
    static Description const description;
};

struct HandOverResult {
    Id<Ticket> ticket;
    Id<HandOver> hand_over;
    std::string result;
    static Description const description;
};

struct Closing {
    Id<Ticket> ticket;
    std::string cause;
    std::string solution;
    static Description const description;
};

struct Reopening {
    Id<Ticket> ticket;
    std::string reason;
    static Description const description;
};

// The manager's word on a complaint: valid or not (RV-4.1), important or not (RV-3.1).
struct ValidityMark {
    Id<Ticket> ticket;
    bool valid = false;
    std::string reason;
    static Description const description;
};

struct ImportanceMark {
    Id<Ticket> ticket;
    bool important = false;
    std::string reason;
    static Description const description;
};

// How a visit was made (RV-4.3); several of these may be true of one visit.
enum class VisitMethod : std::uint8_t { none = 0, door_step = 1, phone = 2, on_site = 3, inspection = 4 };
inline constexpr Choice visit_method_choices[] = {{1, "door-step"}, {2, "phone"}, {3, "on-site"}, {4, "inspection"}};
template <>
inline constexpr std::span<Choice const> choices_of<VisitMethod>{visit_method_choices};

enum class Satisfaction : std::uint8_t { none = 0, very_satisfied = 1, satisfied = 2, fair = 3, dissatisfied = 4 };
inline constexpr Choice satisfaction_choices[] = {
    {1, "very-satisfied"}, {2, "satisfied"}, {3, "fair"}, {4, "dissatisfied"}};
template <>
inline constexpr std::span<Choice const> choices_of<Satisfaction>{satisfaction_choices};

struct ReturnVisit {
    std::string number;  // "HF-20261124-A001"
    Id<Ticket> ticket;
    VisitMethod method = VisitMethod::none;
    VisitMethod second_method = VisitMethod::none;
    Satisfaction satisfaction = Satisfaction::none;
    bool solved = false;
    std::string opinion;  // what the customer said
    std::string signer_name;
    Relation signer_relation = Relation::none;
    std::string signature;  // strokes: "12,30 14,33;50,60 52,61", at most 8 KiB
    bool signature_refused = false;
    static Description const description;
};

std::span<Description const* const> service_descriptions();

}  // namespace guanjia
