#pragma once
// Reception and tickets (GEN). Who did a thing and when it happened are those of its journal entry (recorded_by,
// occurred_at of its row) and are not repeated here. Description numbers of the service desk: 40–99.

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
    std::string answer;               // what settled it at once, one line
    LocalTime promised_at = no_time;  // when a call-back was promised (GEN-1.3)
    std::string explained;            // the step card whose steps were explained (GEN-1.2)
    static Description const description;
};

// The promised call, or one that reached nobody (GEN-1.3).
struct CallBack {
    Id<Reception> reception;
    bool reached = false;
    std::string words;
    static Description const description;
};

enum class TicketKind : std::uint8_t {
    none = 0,
    enquiry = 1,
    repair = 2,
    complaint = 3,
    suggestion = 4,
    praise = 5,
    other = 6
};
inline constexpr Choice ticket_kind_choices[] = {{1, "enquiry"},    {2, "repair"}, {3, "complaint"},
                                                 {4, "suggestion"}, {5, "praise"}, {6, "other"}};
template <>
inline constexpr std::span<Choice const> choices_of<TicketKind>{ticket_kind_choices};

enum class Priority : std::uint8_t { none = 0, urgent = 1, normal = 2, low = 3 };
inline constexpr Choice priority_choices[] = {{1, "urgent"}, {2, "normal"}, {3, "low"}};
template <>
inline constexpr std::span<Choice const> choices_of<Priority>{priority_choices};

// How far a problem reaches and how soon it hurts; together they make its priority (GEN-2.1).
enum class Level : std::uint8_t { none = 0, high = 1, medium = 2, low = 3 };
inline constexpr Choice level_choices[] = {{1, "high"}, {2, "medium"}, {3, "low"}};
template <>
inline constexpr std::span<Choice const> choices_of<Level>{level_choices};

struct Ticket {
    std::string number;  // "TS-20261123-A003"
    TicketKind kind = TicketKind::none;
    Priority priority = Priority::none;
    Id<Reception> reception;
    Id<Unit> unit;
    Id<Owner> owner;
    std::string caller_name;
    std::string caller_phone;
    std::string category;  // a path in the tree of categories: "水电/漏水"
    std::string words;     // what the customer said, in the customer's words
    std::string wish;      // what the customer asks for
    // What makes a complaint important (RV-3.1), as known at the desk.
    bool safety = false;
    Money claim;
    std::int64_t households = 0;    // how many are affected
    bool public_attention = false;  // public hotline or media
    Level impact = Level::none;
    Level urgency = Level::none;
    std::string priority_reason;  // why the priority is another than impact and urgency make it
    // Of a ticket that another system kept before: its number there, and when it came here. What was to be done before
    // that was not this desk's to do.
    std::string origin;
    LocalTime taken_over_at = no_time;
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
    LocalTime finished_at = no_time;  // in another system, before the ticket was taken over from it
    static Description const description;
};

struct Reopening {
    Id<Ticket> ticket;
    std::string reason;
    static Description const description;
};

// The ticket waits for something that the centre cannot hasten: the clock of its solution stands still (GEN-2.1).
enum class WaitingReason : std::uint8_t {
    none = 0,
    customer = 1,
    parts = 2,
    access = 3,
    weather = 4,
    third_party = 5,
    other = 6
};
inline constexpr Choice waiting_reason_choices[] = {{1, "customer"}, {2, "parts"},       {3, "access"},
                                                    {4, "weather"},  {5, "third-party"}, {6, "other"}};
template <>
inline constexpr std::span<Choice const> choices_of<WaitingReason>{waiting_reason_choices};

struct Waiting {
    Id<Ticket> ticket;
    WaitingReason reason = WaitingReason::none;
    std::string note;
    LocalTime until = no_time;  // when it is looked at again
    static Description const description;
};

struct Resumption {
    Id<Ticket> ticket;
    std::string note;
    static Description const description;
};

// The same matter as another ticket, which goes on for both.
struct Merge {
    Id<Ticket> ticket;
    Id<Ticket> merged_into;
    std::string reason;
    static Description const description;
};

// Where a ticket that was split off came from.
struct Split {
    Id<Ticket> ticket;
    Id<Ticket> split_from;
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

std::span<Description const* const> service_descriptions();

}  // namespace guanjia
