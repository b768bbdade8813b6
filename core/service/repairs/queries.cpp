#include "core/service/repairs/queries.h"

#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr QueryArgument order_arguments[] = {
    {reference_column<Ticket>("ticket"), "t.id = ?"},
};
constexpr Field order_columns[] = {
    column("ticket", FieldType::text),        column("unit", FieldType::text),
    column("registered_at", FieldType::time), column("finished_at", FieldType::time),
    column("trips", FieldType::integer),      column("labour", FieldType::money),
    column("parts", FieldType::money),        column("charge", FieldType::money),
};

constexpr QueryArgument appointment_arguments[] = {
    {reference_column<Ticket>("ticket"), "a.ticket = ?"},
    {reference_column<StaffMember>("visitor"), "a.visitor = ?"},
    {column("since", FieldType::time), "a.ends >= ?"},
    {column("until", FieldType::time), "a.starts <= ?"},
};
constexpr Field appointment_columns[] = {
    column("id", FieldType::reference), column("ticket", FieldType::text), column("unit", FieldType::text),
    column("starts", FieldType::time),  column("ends", FieldType::time),   column("visitor", FieldType::text),
    column("note", FieldType::text),
};

// Labour and the parts at the customer's cost (payer 2), those that are void left out.
constexpr QuerySpec queries[] = {
    {"repair_orders",
     "SELECT t.number, u.code, t.occurred_at, s.finished_at, v.trips, v.labour, p.parts, coalesce(v.labour, 0) + "
     "coalesce(p.parts, 0) FROM ticket t JOIN ticket_state s ON s.ticket = t.id LEFT JOIN unit u ON u.id = t.unit LEFT "
     "JOIN (SELECT ticket, count(*) AS trips, sum(labour) AS labour FROM repair_visit r WHERE r.id NOT IN (SELECT "
     "record FROM voiding WHERE record = r.id) GROUP BY ticket) v ON v.ticket = t.id LEFT JOIN (SELECT ticket, "
     "sum(quantity * price) AS parts FROM part_used q WHERE payer = 2 AND q.id NOT IN (SELECT record FROM voiding "
     "WHERE "
     "record = q.id) GROUP BY ticket) p ON p.ticket = t.id WHERE ?1 = ?1 AND t.kind = 2 AND s.state <> 5",
     "ORDER BY t.occurred_at, t.id", order_arguments, order_columns},
    {"appointments",
     "SELECT a.id, t.number, u.code, a.starts, a.ends, w.code, a.note FROM appointment a JOIN ticket t ON t.id = "
     "a.ticket LEFT JOIN unit u ON u.id = t.unit LEFT JOIN staff_member w ON w.id = a.visitor WHERE ?1 = ?1 AND a.id "
     "NOT IN (SELECT record FROM voiding WHERE record = a.id)",
     "ORDER BY a.starts, a.id", appointment_arguments, appointment_columns},
};
static_assert(static_cast<int>(Payer::customer) == 2 && static_cast<int>(TicketKind::repair) == 2);

}  // namespace

std::span<QuerySpec const> repair_queries() { return queries; }

}  // namespace guanjia
