#pragma once
// Commands about satisfaction and feedback.

#include "core/service/commands.h"
#include "core/service/feedback/model.h"

namespace guanjia {

struct RecordSatisfaction {
    Id<Ticket> ticket;
    Satisfaction satisfaction = Satisfaction::none;
    bool declined = false;
    std::string note;
    static Description const description;
};

struct RecordFeedback {
    std::string words;
    Id<Ticket> ticket;
    static Description const description;
};

struct PlanImprovement {
    Id<Feedback> feedback;
    std::string measure;
    Id<StaffMember> responsible;
    Date due = no_date;
    static Description const description;
};

struct ReportImprovement {
    Id<Improvement> improvement;
    std::string outcome;
    bool effective = false;
    static Description const description;
};

struct SetFeedbackAside {
    Id<Feedback> feedback;
    std::string reason;
    static Description const description;
};

std::span<CommandSpec const> feedback_commands();
SubjectKind improvement_subject();

}  // namespace guanjia
