#include "core/service/visits/queries.h"

#include "core/service/model.h"
#include "core/store/compliance.h"

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

std::string draw_desk_of(Database& database) {
    auto newest = database.prepare("SELECT letter FROM draw_desk ORDER BY stamp DESC, id DESC LIMIT 1");
    return newest.step() ? std::string{newest.text(0)} : "A";
}

std::vector<RegisterMonth> register_months(Database& database, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT strftime('%Y-%m-01', v.occurred_at, 'unixepoch') AS month, count(*) FROM return_visit v WHERE NOT "
        "EXISTS (SELECT 1 FROM voiding WHERE record IN (v.id, v.ticket)) GROUP BY month ORDER BY month DESC LIMIT ?");
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<RegisterMonth> months;
    while (statement.step()) {
        RegisterMonth month;
        month.month = parse_date(statement.text(0)).value_or(no_date);
        month.visits = statement.integer(1);
        auto filing = database.prepare(
            "SELECT visits, occurred_at, recorded_by FROM visit_filing WHERE month = ? ORDER BY occurred_at DESC, "
            "stamp DESC, id DESC LIMIT 1");
        filing.bind(to_day_number(month.month));
        if (filing.step()) {
            month.filed = filing.integer(0);
            month.filed_at = LocalTime{filing.integer(1)};
            month.filed_by = filing.id(2);
        }
        months.push_back(month);
    }
    return months;
}

std::vector<RegisterLine> register_lines(Database& database, DayRange days) {
    static std::string const sql =
        "SELECT v.number, t.number, t.kind, u.code, coalesce(o.name, t.caller_name), v.occurred_at, b.name, v.method, "
        "v.second_method, v.satisfaction, v.solved, v.signature IS NOT NULL, v.signer_name, v.signer_relation, "
        "v.signature_refused, (SELECT coalesce(e.name, '') FROM override o LEFT JOIN staff_member e ON e.id = "
        "o.entitled WHERE o.about = v.ticket AND o.record = v.id AND " +
        std::string{override_counts} +
        "), (SELECT coalesce(i.passed, 0) FROM inspected_visit i WHERE i.visit = v.id AND NOT EXISTS (SELECT 1 FROM "
        "voiding WHERE record = i.id) ORDER BY i.stamp DESC, i.id DESC LIMIT 1) FROM return_visit v JOIN ticket t ON "
        "t.id = v.ticket LEFT JOIN unit u ON u.id = t.unit LEFT JOIN owner o ON o.id = t.owner LEFT JOIN staff_member "
        "b ON b.id = v.recorded_by WHERE v.occurred_at >= ? AND v.occurred_at < ? AND NOT EXISTS (SELECT 1 FROM "
        "voiding WHERE record IN (v.id, v.ticket)) ORDER BY v.occurred_at, v.number, v.id";
    auto statement = database.prepare(sql);
    statement.bind(start_of(days.first).seconds).bind(start_of(add_days(days.last, 1)).seconds);
    std::vector<RegisterLine> lines;
    while (statement.step()) {
        RegisterLine line;
        line.number = statement.text(0);
        line.ticket_number = statement.text(1);
        line.kind = static_cast<TicketKind>(statement.integer(2));
        line.unit = statement.text(3);
        line.customer = statement.text(4);
        line.at = LocalTime{statement.integer(5)};
        line.visitor = statement.text(6);
        line.method = static_cast<VisitMethod>(statement.integer(7));
        line.second_method = static_cast<VisitMethod>(statement.integer(8));
        line.satisfaction = static_cast<Satisfaction>(statement.integer(9));
        line.solved = statement.integer(10) != 0;
        line.is_signed = statement.integer(11) != 0;
        line.signer = statement.text(12);
        line.relation = static_cast<Relation>(statement.integer(13));
        line.signature_refused = statement.integer(14) != 0;
        line.overridden_by = statement.text(15);
        if (!statement.is_null(16)) line.passed = statement.integer(16) != 0;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace guanjia
