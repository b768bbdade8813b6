#include "core/service/visits/queries.h"

#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr QueryArgument draw_arguments[] = {
    {column("week", FieldType::date), "d.week = ?"},
};
constexpr Field draw_columns[] = {
    column("id", FieldType::reference),  column("number", FieldType::text),    column("week", FieldType::date),
    column("seed", FieldType::text),     column("orders", FieldType::integer), column("wanted", FieldType::integer),
    column("drawn_at", FieldType::time), column("drawn_by", FieldType::text),
};

constexpr QueryArgument drawn_arguments[] = {
    {column("week", FieldType::date), "o.week = ?"},
    {reference_column<WeeklyDraw>("draw"), "o.draw = ?"},
    {reference_column<Ticket>("ticket"), "o.ticket = ?"},
};
constexpr Field drawn_columns[] = {
    column("week", FieldType::date),       column("draw", FieldType::text),     column("rank", FieldType::integer),
    column("ticket", FieldType::text),     column("late", FieldType::boolean),  column("due", FieldType::time),
    column("visited_at", FieldType::time), column("assignee", FieldType::text),
};

constexpr QueryArgument opinion_arguments[] = {
    {reference_column<Ticket>("ticket"), "p.ticket = ?"},
    {reference_column<ReturnVisit>("visit"), "p.visit = ?"},
    {choice_column<OpinionKind>("kind"), "p.kind = ?"},
};
constexpr Field opinion_columns[] = {
    column("id", FieldType::reference), column("ticket", FieldType::text),      column("visit", FieldType::text),
    choice_column<OpinionKind>("kind"), column("words", FieldType::text),       column("raised_at", FieldType::time),
    column("settled", FieldType::text), column("departments", FieldType::text), column("reply_due", FieldType::time),
    column("reply", FieldType::text),   column("replied_at", FieldType::time),  column("new_ticket", FieldType::text),
};

constexpr Field inspection_columns[] = {
    column("id", FieldType::reference),   column("number", FieldType::text),       column("period", FieldType::date),
    column("visits", FieldType::integer), column("inspected", FieldType::integer), column("failed", FieldType::integer),
    column("opinion", FieldType::text),   column("signed_at", FieldType::time),    column("signed_by", FieldType::text),
};

constexpr Field filing_columns[] = {
    column("month", FieldType::date),
    column("visits", FieldType::integer),
    column("filed_at", FieldType::time),
    column("filed_by", FieldType::text),
};

constexpr QuerySpec queries[] = {
    {"draws",
     "SELECT d.id, d.number, d.week, d.seed, d.orders, d.wanted, d.occurred_at, b.code FROM weekly_draw d LEFT JOIN "
     "staff_member b ON b.id = d.recorded_by WHERE ?1 = ?1",
     "ORDER BY d.week, d.occurred_at, d.id", draw_arguments, draw_columns},
    {"drawn_orders",
     "SELECT o.week, d.number, o.rank, t.number, o.late, y.due, y.done, a.code FROM drawn_order o JOIN ticket t ON "
     "t.id "
     "= o.ticket LEFT JOIN weekly_draw d ON d.id = o.draw LEFT JOIN duty y ON y.subject = o.ticket AND y.clause = "
     "'RV-4.2' AND y.period = 'visit-' || date(o.week * 86400, 'unixepoch') LEFT JOIN staff_member a ON a.id = "
     "y.person "
     "WHERE ?1 = ?1",
     "ORDER BY o.week, o.rank, t.number", drawn_arguments, drawn_columns},
    {"opinions",
     "SELECT p.id, t.number, v.number, p.kind, p.words, p.occurred_at, p.settled, replace(p.departments, char(10), "
     "'、'), p.reply_due, r.reply, r.occurred_at, n.number FROM raised_opinion p JOIN ticket t ON t.id = p.ticket LEFT "
     "JOIN return_visit v ON v.id = p.visit LEFT JOIN ticket n ON n.id = p.new_ticket LEFT JOIN opinion_reply r ON "
     "r.opinion = p.id AND r.ticket = p.ticket AND r.id NOT IN (SELECT record FROM voiding WHERE record = r.id) WHERE "
     "?1 = ?1 AND p.id NOT IN (SELECT record FROM voiding WHERE record = p.id)",
     "ORDER BY p.occurred_at, p.id", opinion_arguments, opinion_columns},
    {"inspections",
     "SELECT i.id, i.number, i.period, i.visits, i.inspected, i.failed, i.opinion, i.occurred_at, b.code FROM "
     "visit_inspection i LEFT JOIN staff_member b ON b.id = i.recorded_by WHERE ?1 = ?1",
     "ORDER BY i.period, i.occurred_at, i.id",
     {},
     inspection_columns},
    {"visit_filings",
     "SELECT f.month, f.visits, f.occurred_at, b.code FROM visit_filing f LEFT JOIN staff_member b ON b.id = "
     "f.recorded_by WHERE ?1 = ?1",
     "ORDER BY f.month, f.occurred_at, f.id",
     {},
     filing_columns},
};

}  // namespace

std::span<QuerySpec const> visit_queries() { return queries; }

namespace {

Date date_in(Statement const& row, int column) {
    return row.is_null(column) ? no_date : from_day_number(row.integer(column)).value_or(no_date);
}

}  // namespace

std::vector<DrawnLine> drawn_lines(Database& database, Id<WeeklyDraw> draw) {
    auto statement = database.prepare(
        "SELECT t.id, t.number, u.code, t.words, o.rank, o.late, y.due, y.done, y.person FROM drawn_order o JOIN "
        "ticket "
        "t ON t.id = o.ticket LEFT JOIN unit u ON u.id = t.unit LEFT JOIN duty y ON y.subject = o.ticket AND y.clause "
        "= 'RV-4.2' AND y.period = 'visit-' || date(o.week * 86400, 'unixepoch') WHERE o.draw = ? ORDER BY o.rank, "
        "t.number");
    statement.bind(draw.any);
    std::vector<DrawnLine> lines;
    while (statement.step())
        lines.push_back({Id<Ticket>{statement.id(0)}, std::string{statement.text(1)}, std::string{statement.text(2)},
                         std::string{statement.text(3)}, statement.integer(4), statement.integer(5) != 0,
                         statement.time(6), statement.time(7), statement.id(8)});
    return lines;
}

std::vector<DrawLine> draw_lines(Database& database, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT id, number, week, seed, orders, wanted, occurred_at, recorded_by FROM weekly_draw ORDER BY week DESC, "
        "occurred_at DESC, id LIMIT ?");
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<DrawLine> lines;
    while (statement.step())
        lines.push_back({statement.id(0), std::string{statement.text(1)}, date_in(statement, 2),
                         std::string{statement.text(3)}, statement.integer(4), statement.integer(5), statement.time(6),
                         statement.id(7), drawn_lines(database, Id<WeeklyDraw>{statement.id(0)})});
    return lines;
}

std::vector<InspectionLine> inspection_lines(Database& database, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT id, number, period, visits, inspected, failed, opinion, occurred_at, recorded_by FROM visit_inspection "
        "ORDER BY period DESC, occurred_at DESC, id LIMIT ?");
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<InspectionLine> lines;
    while (statement.step())
        lines.push_back({statement.id(0), std::string{statement.text(1)}, date_in(statement, 2), statement.integer(3),
                         statement.integer(4), statement.integer(5), std::string{statement.text(6)}, statement.time(7),
                         statement.id(8)});
    return lines;
}

}  // namespace guanjia
