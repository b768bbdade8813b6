#pragma once
// View rows of repair orders.

#include <span>
#include <string>
#include <vector>

#include "core/service/model.h"
#include "core/service/repairs/model.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> repair_queries();

// GEN-2.1: a visit that was agreed with a customer, in the calendar.
struct BookedLine {
    AnyId id;
    std::string ticket_number;
    TicketKind kind = TicketKind::none;
    std::string unit;
    std::string customer;
    std::string words;
    LocalTime starts = no_time;
    LocalTime ends = no_time;
    std::string visitor;
    std::string note;
    bool open = false;  // the ticket is
};
// Those that begin on these days, by their time. What is void, or of a ticket that is, is left out.
std::vector<BookedLine> booked_lines(Database& database, DayRange days);

}  // namespace guanjia
