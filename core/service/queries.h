#pragma once
// View rows of the service desk.

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/procedure/duty.h"
#include "core/service/model.h"
#include "core/service/rules.h"
#include "core/store/change_feed.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> service_queries();

// A ticket as lists show it.
struct TicketLine {
    Id<Ticket> id;
    std::string number;
    TicketKind kind = TicketKind::none;
    TicketState state = TicketState::none;
    Priority priority = Priority::none;
    LocalTime registered_at;
    std::string unit;
    std::string customer;
    std::string words;
    std::string category;
    std::string origin;          // its number in the system that it comes from
    std::int64_t recurring = 0;  // how many earlier tickets of the same unit and category
    AnyId responsible;
    bool open = false;
    bool valid = true;
    // The next duty that is still open, if any.
    std::optional<Clause> next_clause;
    LocalTime next_due = no_time;
};
// Every ticket that is not void: what has the nearest open duty first, then the newest.
std::vector<TicketLine> ticket_lines(Database& database, LocalTime at);
// One of them; nothing when there is no such ticket, or it is void.
std::optional<TicketLine> ticket_line(Database& database, Id<Ticket> ticket, LocalTime at);

// The numbers of the tickets that go on as this one, directly or through others.
std::vector<std::string> numbers_merged_into(Database& database, Id<Ticket> ticket);

// A place in the row of all tickets, the newest first; at the beginning unless said otherwise.
struct TicketMark {
    LocalTime registered_at{std::numeric_limits<std::int64_t>::max()};
    AnyId id;
};
// Reads on: up to `limit` lines after the mark, which moves along. None at the end.
std::vector<TicketLine> ticket_lines_after(Database& database, TicketMark& mark, std::size_t limit, LocalTime at);

// Adds the tickets whose lines the changes may have touched: those named, those of an owner or of a unit.
void collect_tickets(Database& database, std::span<ChangeFeed::Change const> changes,
                     std::unordered_set<AnyId>& tickets);

struct ReceptionLine {
    AnyId id;
    std::string number;
    LocalTime at;
    Channel channel = Channel::none;
    std::string unit;
    std::string customer;
    std::string need;
    AnyId received_by;
    std::string answer;
    LocalTime promised_at = no_time;
    LocalTime called_at = no_time;  // when the promise was kept
};
// Nothing when there is no such reception, or it is void.
std::optional<ReceptionLine> reception_line(Database& database, AnyId reception);
// The newest first.
std::vector<ReceptionLine> reception_lines(Database& database, std::size_t limit);

struct VisitLine {
    AnyId id;
    std::string number;
    Id<Ticket> ticket;
    std::string ticket_number;
    std::string unit;
    std::string customer;
    LocalTime at;
    AnyId visited_by;
    VisitMethod method = VisitMethod::none;
    Satisfaction satisfaction = Satisfaction::none;
    bool solved = false;
    std::string opinion;
    std::string answers;         // to the questions of the survey, as the visit keeps them
    std::optional<bool> passed;  // the manager's last inspection of it
};
// The newest first; of one ticket when one is named.
std::vector<VisitLine> visit_lines(Database& database, Id<Ticket> ticket, std::size_t limit);

// A ticket that counts has that number in the system it comes from.
bool is_taken_over(Database& database, std::string_view origin);
std::vector<std::string> taken_over_origins(Database& database);

// What Today shows of the service desk (GEN-S1, GEN-S4).
struct ServiceFigures {
    std::optional<std::int64_t> response_minutes;  // median of this week's first responses, civil minutes
    std::int64_t solutions_kept = 0;               // of the solutions that were done or due this week …
    std::int64_t solutions = 0;                    // … so many in time
    std::int64_t visits_kept = 0;                  // likewise the return visits of complaints, this month
    std::int64_t visits = 0;
    bool any = false;  // there is a ticket at all, void ones apart
    std::int64_t open = 0;
    std::int64_t open_urgent = 0;
};
ServiceFigures service_figures(Database& database, LocalTime at);

}  // namespace guanjia
