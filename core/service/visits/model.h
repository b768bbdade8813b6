#pragma once
// Return visits (RV): the visits themselves, the weekly draw, what customers raise in them, and their inspection. Who
// did a thing and when it happened are those of its journal entry. Description numbers 52–62.

#include "core/base/description.h"
#include "core/registry/model.h"

namespace guanjia {

struct Ticket;

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
    std::string answers;  // to the questions of that day, one a line: "响应速度=satisfied"
    static Description const description;
};

// The weekly draw from the repair orders that were finished in one week, Monday to Sunday (RV-4.2). Ranks follow from
// the seed, so that anyone can draw again and find the same.
struct WeeklyDraw {
    std::string number;       // "CQ-20261130-A001"
    Date week = no_date;      // the Monday of the week from which is drawn
    std::string seed;         // sixteen hexadecimal digits
    std::int64_t orders = 0;  // repair orders of that week when it was drawn
    std::int64_t wanted = 0;  // of them to be visited
    static Description const description;
};

struct DrawnOrder {
    Id<Ticket> ticket;
    Id<WeeklyDraw> draw;
    Date week = no_date;
    std::int64_t rank = 0;  // from 1
    bool late = false;      // arrived after the draw and added to it
    static Description const description;
};

// The one desk that draws for the centre; the newest word counts, desk A when nobody has said.
struct DrawDesk {
    std::string letter;
    static Description const description;
};

// Who makes the next return visit of a ticket, by the manager's word (RV-4.2).
struct VisitAssignment {
    Id<Ticket> ticket;
    Id<StaffMember> assignee;
    static Description const description;
};

enum class OpinionKind : std::uint8_t { none = 0, opinion = 1, suggestion = 2, complaint = 3 };
inline constexpr Choice opinion_kind_choices[] = {{1, "opinion"}, {2, "suggestion"}, {3, "complaint"}};
template <>
inline constexpr std::span<Choice const> choices_of<OpinionKind>{opinion_kind_choices};

// Something new that a customer raised in a visit (RV-4.4): settled at once, or with a promised time of reply.
struct RaisedOpinion {
    Id<Ticket> ticket;
    Id<ReturnVisit> visit;
    OpinionKind kind = OpinionKind::none;
    std::string words;
    std::string settled;            // what settled it at once; empty when a reply is promised
    LocalTime reply_due = no_time;  // the promised time
    std::string departments;        // those concerned, one a line
    Id<Ticket> new_ticket;          // a new complaint is a ticket of its own
    static Description const description;
};

struct OpinionNotice {
    Id<Ticket> ticket;
    Id<RaisedOpinion> opinion;
    std::string department;
    static Description const description;
};

struct OpinionReply {
    Id<Ticket> ticket;
    Id<RaisedOpinion> opinion;
    std::string reply;
    static Description const description;
};

// The manager's look at one visit, and the signed opinion on a period's visits (RV-4.5).
struct InspectedVisit {
    Id<Ticket> ticket;
    Id<ReturnVisit> visit;
    bool passed = false;
    std::string remark;
    static Description const description;
};

struct VisitInspection {
    std::string number;       // "HJ-20261201-A001"
    Date period = no_date;    // its first day
    std::int64_t visits = 0;  // made in the period, looked at, and found wanting
    std::int64_t inspected = 0;
    std::int64_t failed = 0;
    std::string opinion;
    static Description const description;
};

// The office has put the records of a month's visits with the others (RV-4.6).
struct VisitFiling {
    Date month = no_date;  // its first day
    std::int64_t visits = 0;
    static Description const description;
};

std::span<Description const* const> visit_descriptions();

}  // namespace guanjia
