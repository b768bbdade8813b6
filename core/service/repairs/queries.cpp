#include "core/service/repairs/queries.h"

#include "core/service/model.h"
#include "core/service/rules.h"

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

std::vector<BookedLine> booked_lines(Database& database, DayRange days) {
    auto statement = database.prepare(
        "SELECT a.id, t.number, t.kind, u.code, coalesce(o.name, t.caller_name), t.words, a.starts, a.ends, w.name, "
        "a.note, s.is_open FROM appointment a JOIN ticket t ON t.id = a.ticket JOIN ticket_state s ON s.ticket = t.id "
        "LEFT JOIN unit u ON u.id = t.unit LEFT JOIN owner o ON o.id = t.owner LEFT JOIN staff_member w ON w.id = "
        "a.visitor WHERE a.starts >= ? AND a.starts < ? AND s.state <> ? AND NOT EXISTS (SELECT 1 FROM voiding WHERE "
        "record = a.id) ORDER BY a.starts, a.ends, a.id");
    statement.bind(start_of(days.first).seconds).bind(start_of(add_days(days.last, 1)).seconds);
    statement.bind(static_cast<std::int64_t>(TicketState::voided));
    std::vector<BookedLine> lines;
    while (statement.step()) {
        BookedLine line;
        line.id = statement.id(0);
        line.ticket_number = statement.text(1);
        line.kind = static_cast<TicketKind>(statement.integer(2));
        line.unit = statement.text(3);
        line.customer = statement.text(4);
        line.words = statement.text(5);
        line.starts = LocalTime{statement.integer(6)};
        line.ends = LocalTime{statement.integer(7)};
        line.visitor = statement.text(8);
        line.note = statement.text(9);
        line.open = statement.integer(10) != 0;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace guanjia
