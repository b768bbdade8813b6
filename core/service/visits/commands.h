#pragma once
// Commands about return visits (RV). What each field means stands in assets/strings ("command.<name>.<field>").

#include "core/service/commands.h"
#include "core/service/visits/rules.h"

namespace guanjia {

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
    std::string answers;  // "响应速度=satisfied", one a line; not every question need be answered
    static Description const description;
};

// The Monday is found from any of its days; last week when none is given.
struct DrawWeek {
    Date week = no_date;
    static Description const description;
};

struct AddLateOrders {
    Date week = no_date;
    static Description const description;
};

struct NameDrawDesk {
    std::string desk;
    static Description const description;
};

struct AssignVisit {
    Id<Ticket> ticket;
    Id<StaffMember> assignee;
    static Description const description;
};

struct RaiseOpinion {
    Id<ReturnVisit> visit;
    OpinionKind kind = OpinionKind::none;
    std::string words;
    std::string settled;
    LocalTime reply_due = no_time;
    std::string departments;
    static Description const description;
};

struct TellDepartment {
    Id<RaisedOpinion> opinion;
    std::string department;
    static Description const description;
};

struct ReplyToOpinion {
    Id<RaisedOpinion> opinion;
    std::string reply;
    static Description const description;
};

struct InspectVisit {
    Id<ReturnVisit> visit;
    bool passed = false;
    std::string remark;
    static Description const description;
};

// Any day of the period; the one before the present when none is given.
struct SignInspection {
    Date period = no_date;
    std::string opinion;
    static Description const description;
};

// Any day of the month.
struct FileVisits {
    Date month = no_date;
    static Description const description;
};

std::span<CommandSpec const> visit_commands();

// The week's repair orders, its draws and what they drew.
DrawFacts load_draw(Database& database, Date week, std::string_view desk_letter);

// The weeks and periods that have duties of their own.
SubjectKind draw_subject();
SubjectKind inspection_subject();
std::span<char const* const> visit_tables();

}  // namespace guanjia
