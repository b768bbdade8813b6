#pragma once
// View rows of return visits.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/service/model.h"
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

// RV-4.2: letter of the desk that draws for the centre.
std::string draw_desk_of(Database& database);

// RV-4.6: a month of the office's register, and how it was last filed.
struct RegisterMonth {
    Date month = no_date;     // its first day
    std::int64_t visits = 0;  // made in it
    std::int64_t filed = 0;   // of them when it was filed
    LocalTime filed_at = no_time;
    AnyId filed_by;
};
// Months in which visits were made, the newest first.
std::vector<RegisterMonth> register_months(Database& database, std::size_t limit);

// A visit as it stands in the register.
struct RegisterLine {
    std::string number;
    std::string ticket_number;
    TicketKind kind = TicketKind::none;
    std::string unit;
    std::string customer;
    LocalTime at = no_time;
    std::string visitor;
    VisitMethod method = VisitMethod::none;
    VisitMethod second_method = VisitMethod::none;
    Satisfaction satisfaction = Satisfaction::none;
    bool solved = false;
    bool is_signed = false;
    std::string signer;
    Relation relation = Relation::none;
    bool signature_refused = false;
    std::string overridden_by;   // name; empty when nothing was overridden
    std::optional<bool> passed;  // the manager's last inspection of it
};
// Those of these days, the oldest first.
std::vector<RegisterLine> register_lines(Database& database, DayRange days);

}  // namespace guanjia
