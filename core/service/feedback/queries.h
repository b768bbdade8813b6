#pragma once
// View rows of feedback and improvements.

#include <span>
#include <string>
#include <vector>

#include "core/service/feedback/rules.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> feedback_queries();

struct FeedbackLine {
    AnyId id;
    std::string number;
    std::string words;
    LocalTime at = no_time;
    AnyId heard_by;
    std::string ticket;  // number
    FeedbackState state = FeedbackState::none;
    std::string reason;  // why it was set aside
};
// What waits for a decision first, then the newest.
std::vector<FeedbackLine> feedback_lines(Database& database, std::size_t limit);

struct ImprovementLine {
    AnyId id;
    std::string number;
    std::string feedback;  // its words
    std::string measure;
    AnyId responsible;
    Date due = no_date;
    std::string outcome;  // empty while there is none
    bool effective = false;
};
// What has no outcome yet first, by day, then the newest.
std::vector<ImprovementLine> improvement_lines(Database& database, std::size_t limit);

}  // namespace guanjia
