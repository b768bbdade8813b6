#pragma once
// Satisfaction asked and feedback used (GEN-5).

#include "core/base/description.h"
#include "core/registry/model.h"
#include "core/service/visits/model.h"

namespace guanjia {

// The light question on finishing a ticket (GEN-5.1). Who would not say is recorded as such.
struct SatisfactionAnswer {
    Id<Ticket> ticket;
    Satisfaction satisfaction = Satisfaction::none;
    bool declined = false;
    std::string note;
    static Description const description;
};

// Something to learn from (GEN-5.2): from a ticket, a return visit or nobody in particular.
struct Feedback {
    std::string number;  // "FK-20261123-A001"
    Id<Ticket> ticket;
    std::string words;
    static Description const description;
};

// What is to become better because of it, who sees to it and until when.
struct Improvement {
    std::string number;  // "GJ-20261123-A001"
    Id<Feedback> feedback;
    std::string measure;
    Id<StaffMember> responsible;
    Date due = no_date;
    static Description const description;
};

struct ImprovementOutcome {
    Id<Improvement> improvement;
    std::string outcome;
    bool effective = false;
    static Description const description;
};

// Feedback from which nothing follows, and why.
struct FeedbackSetAside {
    Id<Feedback> feedback;
    std::string reason;
    static Description const description;
};

std::span<Description const* const> feedback_descriptions();

}  // namespace guanjia
