#pragma once
// View rows of return visits.

#include <span>
#include <string>
#include <vector>

#include "core/service/visits/model.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> visit_queries();

struct DrawnLine {
    Id<Ticket> ticket;
    std::string number;
    std::string unit;
    std::string words;
    std::int64_t rank = 0;
    bool late = false;
    LocalTime due = no_time;
    LocalTime visited_at = no_time;
    AnyId assignee;
};
// By rank.
std::vector<DrawnLine> drawn_lines(Database& database, Id<WeeklyDraw> draw);

struct DrawLine {
    AnyId id;
    std::string number;
    Date week = no_date;
    std::string seed;
    std::int64_t orders = 0;
    std::int64_t wanted = 0;
    LocalTime drawn_at = no_time;
    AnyId drawn_by;
    std::vector<DrawnLine> drawn;  // by rank
};
// The newest first.
std::vector<DrawLine> draw_lines(Database& database, std::size_t limit);

struct InspectionLine {
    AnyId id;
    std::string number;
    Date period = no_date;
    std::int64_t visits = 0;
    std::int64_t inspected = 0;
    std::int64_t failed = 0;
    std::string opinion;
    LocalTime at = no_time;
    AnyId by;
};
// The newest first.
std::vector<InspectionLine> inspection_lines(Database& database, std::size_t limit);

}  // namespace guanjia
