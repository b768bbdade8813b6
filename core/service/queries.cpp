#include "core/service/queries.h"

#include "core/service/model.h"
#include "core/service/rules.h"
#include "core/store/compliance.h"
#include "core/store/duties.h"

#include <algorithm>

#include <fmt/format.h>

namespace guanjia {

namespace {

constexpr QueryArgument reception_arguments[] = {
    {reference_column<Unit>("unit"), "r.unit = ?"},
    {reference_column<Owner>("owner"), "r.owner = ?"},
    {choice_column<Channel>("channel"), "r.channel = ?"},
};
constexpr Field reception_columns[] = {
    column("id", FieldType::reference),       column("number", FieldType::text),
    column("occurred_at", FieldType::time),   choice_column<Channel>("channel"),
    column("unit", FieldType::text),          column("name", FieldType::text),
    column("phone", FieldType::text, masked), column("need", FieldType::text),
    column("received_by", FieldType::text),   column("answer", FieldType::text),
    column("promised_at", FieldType::time),   column("called_at", FieldType::time),
    column("explained", FieldType::text),
};

constexpr QueryArgument ticket_arguments[] = {
    {reference_column<Ticket>("ticket"), "t.id = ?"},
    {choice_column<TicketKind>("kind"), "t.kind = ?"},
    {choice_column<TicketState>("state"), "s.state = ?"},
    {choice_column<Priority>("priority"), "t.priority = ?"},
    {column("open", FieldType::boolean), "s.is_open = ?"},
    {reference_column<Unit>("unit"), "t.unit = ?"},
    {reference_column<Owner>("owner"), "t.owner = ?"},
    {reference_column<StaffMember>("responsible"), "s.responsible = ?"},
    {column("category", FieldType::text), "t.category = ?"},
};
constexpr Field ticket_columns[] = {
    column("id", FieldType::reference),
    column("number", FieldType::text),
    choice_column<TicketKind>("kind"),
    choice_column<TicketState>("state"),
    choice_column<Priority>("priority"),
    column("registered_at", FieldType::time),
    column("registered_by", FieldType::text),
    column("unit", FieldType::text),
    column("name", FieldType::text),
    column("phone", FieldType::text, masked),
    column("category", FieldType::text),
    column("words", FieldType::text),
    column("wish", FieldType::text),
    column("valid", FieldType::boolean),
    choice_column<ImportanceReason>("importance"),
    column("responsible", FieldType::text),
    column("responded_at", FieldType::time),
    column("finished_at", FieldType::time),
    column("visited_at", FieldType::time),
    column("recurring", FieldType::integer),
    column("safety", FieldType::boolean),
    column("claim", FieldType::money),
    column("households", FieldType::integer),
    column("public_attention", FieldType::boolean),
};

// One line per step of a ticket, in the order in which things happened.
constexpr QueryArgument timeline_arguments[] = {
    {reference_column<Ticket>("ticket"), "x.ticket = ?"},
};
constexpr Field timeline_columns[] = {
    column("id", FieldType::reference), column("ticket", FieldType::text),  column("occurred_at", FieldType::time),
    column("step", FieldType::text),    column("by", FieldType::text),      column("text", FieldType::text),
    column("detail", FieldType::text),  column("void", FieldType::boolean),
};

constexpr QueryArgument visit_arguments[] = {
    {reference_column<Ticket>("ticket"), "v.ticket = ?"},
    {choice_column<VisitMethod>("method"), "v.method = ?"},
    {choice_column<Satisfaction>("satisfaction"), "v.satisfaction = ?"},
};
constexpr Field visit_columns[] = {
    column("id", FieldType::reference),          column("number", FieldType::text),
    column("ticket", FieldType::text),           column("visited_at", FieldType::time),
    column("visited_by", FieldType::text),       choice_column<VisitMethod>("method"),
    choice_column<VisitMethod>("second_method"), choice_column<Satisfaction>("satisfaction"),
    column("solved", FieldType::boolean),        column("opinion", FieldType::text),
    column("signer_name", FieldType::text),      choice_column<Relation>("signer_relation"),
    column("signed", FieldType::boolean),        column("signature_refused", FieldType::boolean),
    column("answers", FieldType::text),
};

constexpr QueryArgument figure_arguments[] = {
    {choice_column<TicketKind>("kind"), "t.kind = ?"},
};
constexpr Field figure_columns[] = {
    choice_column<TicketKind>("kind"),          column("tickets", FieldType::integer),
    column("open", FieldType::integer),         column("finished", FieldType::integer),
    column("recurring", FieldType::integer),    column("important", FieldType::integer),
    column("visited", FieldType::integer),      column("satisfied", FieldType::integer),
    column("dissatisfied", FieldType::integer),
};

// What is told of each kind of step: its words, and a detail beside them. m: the step.
struct TimelineStep {
    std::string_view step;
    std::string_view table;
    std::string_view text;
    std::string_view detail;
    std::string_view ticket = "ticket";
};
constexpr TimelineStep timeline_steps[] = {
    {"contact", "contact", "summary", "NULL"},
    {"ownership", "ownership", "explanation", "remedy"},
    {"hand-over", "hand_over", "task", "department"},
    {"hand-over-acknowledgement", "hand_over_acknowledgement", "NULL", "NULL"},
    {"hand-over-result", "hand_over_result", "result", "NULL"},
    {"waiting", "waiting", "note",
     "CASE reason WHEN 1 THEN 'customer' WHEN 2 THEN 'parts' WHEN 3 THEN 'access' WHEN 4 THEN 'weather' WHEN 5 THEN "
     "'third-party' ELSE 'other' END"},
    {"resumption", "resumption", "note", "NULL"},
    {"merge", "merge", "reason", "(SELECT number FROM ticket e WHERE e.id = m.merged_into)"},
    {"split", "split", "NULL", "(SELECT number FROM ticket e WHERE e.id = m.split_from)"},
    {"appointment", "appointment", "note", "strftime('%Y-%m-%dT%H:%M', starts, 'unixepoch')"},
    {"repair-visit", "repair_visit", "work", "(SELECT name FROM staff_member e WHERE e.id = m.worker)"},
    {"part-used", "part_used", "name", "quantity || coalesce(' ' || measure, '')"},
    {"photo", "photo", "NULL", "NULL"},
    {"closing", "closing", "cause", "solution"},
    {"satisfaction-answer", "satisfaction_answer", "note",
     "CASE satisfaction WHEN 1 THEN 'very-satisfied' WHEN 2 THEN 'satisfied' WHEN 3 THEN 'fair' WHEN 4 THEN "
     "'dissatisfied' ELSE 'declined' END"},
    {"reopening", "reopening", "reason", "NULL"},
    {"validity-mark", "validity_mark", "reason", "CASE valid WHEN 1 THEN 'valid' ELSE 'not-valid' END"},
    {"importance-mark", "importance_mark", "reason", "CASE important WHEN 1 THEN 'important' ELSE 'not-important' END"},
    {"drawn-order", "drawn_order", "NULL", "(SELECT number FROM weekly_draw e WHERE e.id = m.draw)"},
    {"visit-assignment", "visit_assignment", "NULL", "(SELECT name FROM staff_member e WHERE e.id = m.assignee)"},
    {"return-visit", "return_visit", "opinion", "number"},
    {"raised-opinion", "raised_opinion", "words", "replace(departments, char(10), '、')"},
    {"opinion-notice", "opinion_notice", "NULL", "department"},
    {"opinion-reply", "opinion_reply", "reply", "NULL"},
    {"inspected-visit", "inspected_visit", "remark", "CASE passed WHEN 1 THEN 'passed' ELSE 'failed' END"},
    // Its clause, and whose word it was.
    {"override", "override", "reason",
     "clause || coalesce(' ' || (SELECT name FROM staff_member e WHERE e.id = m.entitled), '')", "about"},
    {"recurrence", "recurrence", "NULL", "(SELECT number FROM ticket e WHERE e.id = m.earlier)"},
};

std::string select_timeline() {
    std::string steps;
    for (auto const& step : timeline_steps)
        steps += fmt::format(
            "{}SELECT id, {} AS ticket, occurred_at, recorded_by, stamp, '{}' AS step, {} AS text, {} AS detail FROM "
            "{} m",
            steps.empty() ? "" : " UNION ALL ", step.ticket, step.step, step.text, step.detail, step.table);
    return "SELECT x.id, t.number, x.occurred_at, x.step, b.code, x.text, x.detail, x.id IN (SELECT record FROM "
           "voiding WHERE record = x.id) FROM (" +
           steps +
           ") x JOIN ticket t ON t.id = x.ticket LEFT JOIN staff_member b ON b.id = x.recorded_by WHERE ?1 = ?1";
}
std::string const timeline_select = select_timeline();

constexpr QueryArgument hand_over_arguments[] = {
    {reference_column<Ticket>("ticket"), "h.ticket = ?"},
    {column("department", FieldType::text), "h.department = ?"},
};
constexpr Field hand_over_columns[] = {
    column("id", FieldType::reference),         column("ticket", FieldType::text),
    column("department", FieldType::text),      column("task", FieldType::text),
    column("given_at", FieldType::time),        column("due", FieldType::time),
    column("acknowledged_at", FieldType::time), column("reported_at", FieldType::time),
};

constexpr QueryArgument override_arguments[] = {
    {reference_column<Ticket>("ticket"), "o.about = ?"},
    {column("clause", FieldType::text), "o.clause = ?"},
    {column("guard", FieldType::text), "o.guard = ?"},
};
constexpr Field override_columns[] = {
    column("id", FieldType::reference), column("occurred_at", FieldType::time), column("clause", FieldType::text),
    column("guard", FieldType::text),   column("entitled", FieldType::text),    column("entered_by", FieldType::text),
    column("ticket", FieldType::text),  column("record", FieldType::reference), column("reason", FieldType::text),
};
std::string const override_select =
    "SELECT o.id, o.occurred_at, o.clause, o.guard, e.code, b.code, t.number, o.record, o.reason FROM override o LEFT "
    "JOIN ticket t ON t.id = o.about LEFT JOIN staff_member e ON e.id = o.entitled LEFT JOIN staff_member b ON b.id = "
    "o.recorded_by WHERE ?1 = ?1 AND " +
    std::string{override_counts};

// Urgent first, then by the time at which the solution is due: the order of the board (GEN-2.1).
QuerySpec const queries[] = {
    {"receptions",
     "SELECT r.id, r.number, r.occurred_at, r.channel, u.code, coalesce(o.name, r.caller_name), coalesce(o.phone, "
     "r.caller_phone), r.need, s.code, r.answer, r.promised_at, y.done, r.explained FROM reception r LEFT JOIN duty y "
     "ON "
     "y.subject = r.id AND y.clause = 'GEN-1.3' LEFT JOIN unit u ON u.id = r.unit LEFT JOIN owner o ON o.id = "
     "r.owner "
     "LEFT JOIN staff_member s ON s.id = r.recorded_by WHERE ?1 = ?1 AND r.id NOT IN (SELECT record FROM voiding WHERE "
     "record = r.id)",
     "ORDER BY r.occurred_at, r.id", reception_arguments, reception_columns},
    {"tickets",
     "SELECT t.id, t.number, t.kind, s.state, t.priority, t.occurred_at, b.code, u.code, coalesce(o.name, "
     "t.caller_name), "
     "coalesce(o.phone, t.caller_phone), t.category, t.words, t.wish, s.valid, s.importance, p.code, s.responded_at, "
     "s.finished_at, s.visited_at, s.recurring, t.safety, t.claim, t.households, t.public_attention FROM ticket t "
     "JOIN ticket_state s ON s.ticket = t.id LEFT JOIN unit u ON u.id = t.unit LEFT JOIN owner o ON o.id = t.owner "
     "LEFT JOIN staff_member b ON b.id = t.recorded_by LEFT JOIN staff_member p ON p.id = s.responsible WHERE ?1 = ?1",
     "ORDER BY s.is_open DESC, CASE WHEN s.is_open THEN t.priority END, t.occurred_at, t.id", ticket_arguments,
     ticket_columns},
    {"timeline", timeline_select, "ORDER BY t.number, x.occurred_at, x.stamp, x.id", timeline_arguments,
     timeline_columns},
    {"hand_overs",
     "SELECT h.id, t.number, h.department, h.task, h.occurred_at, h.due, (SELECT min(a.occurred_at) FROM "
     "hand_over_acknowledgement a WHERE a.hand_over = h.id AND a.ticket = h.ticket AND NOT EXISTS (SELECT 1 FROM "
     "voiding WHERE record = a.id)), (SELECT min(r.occurred_at) FROM hand_over_result r WHERE r.hand_over = h.id AND "
     "r.ticket = h.ticket AND NOT EXISTS (SELECT 1 FROM voiding WHERE record = r.id)) FROM hand_over h JOIN ticket t "
     "ON t.id = "
     "h.ticket WHERE ?1 = ?1 AND h.id NOT IN (SELECT record FROM voiding WHERE record = h.id)",
     "ORDER BY h.occurred_at, h.stamp, h.id", hand_over_arguments, hand_over_columns},
    {"return_visits",
     "SELECT v.id, v.number, t.number, v.occurred_at, b.code, v.method, v.second_method, v.satisfaction, v.solved, "
     "v.opinion, "
     "v.signer_name, v.signer_relation, v.signature IS NOT NULL, v.signature_refused, v.answers FROM return_visit v "
     "JOIN ticket t "
     "ON t.id = "
     "v.ticket LEFT JOIN staff_member b ON b.id = v.recorded_by WHERE ?1 = ?1 AND NOT EXISTS (SELECT 1 FROM "
     "voiding WHERE record IN (v.id, v.ticket))",
     "ORDER BY v.occurred_at, v.id", visit_arguments, visit_columns},
    {"overrides", override_select, "ORDER BY o.occurred_at, o.stamp, o.id", override_arguments, override_columns},
    {"figures",
     "SELECT t.kind, count(*), sum(s.is_open), count(s.finished_at), sum(s.recurring > 0), sum(s.importance > 0), "
     "count(s.visited_at), (SELECT count(*) FROM return_visit v JOIN ticket q ON q.id = v.ticket WHERE q.kind = t.kind "
     "AND v.satisfaction IN (1, 2) AND NOT EXISTS (SELECT 1 FROM voiding WHERE record IN (v.id, v.ticket))), (SELECT "
     "count(*) FROM return_visit v JOIN ticket q ON q.id = v.ticket WHERE q.kind = t.kind AND v.satisfaction = 4 AND "
     "NOT EXISTS (SELECT 1 FROM voiding WHERE record IN (v.id, v.ticket))) FROM ticket t JOIN ticket_state s ON "
     "s.ticket = t.id WHERE ?1 = ?1 AND s.state <> 5",
     "GROUP BY t.kind ORDER BY t.kind", figure_arguments, figure_columns},
};

}  // namespace

std::span<QuerySpec const> service_queries() { return queries; }

namespace {

// ?1 is the time asked about. Of the duties that are open then, the nearest; of several at one time the first by name.
constexpr char const* line_columns =
    "SELECT t.id, t.number, t.kind, s.state, t.priority, t.occurred_at, u.code, coalesce(o.name, t.caller_name), "
    "t.words, t.category, s.recurring, s.responsible, s.is_open, s.valid, d.clause, d.due, t.origin FROM ticket t JOIN "
    "ticket_state s ON s.ticket = t.id LEFT JOIN unit u ON u.id = t.unit LEFT JOIN owner o ON o.id = t.owner LEFT "
    "JOIN duty d ON d.subject = t.id AND d.done IS NULL AND d.opens <= ?1 AND NOT EXISTS (SELECT 1 FROM duty e WHERE "
    "e.subject = t.id AND e.done IS NULL AND e.opens <= ?1 AND (e.due, e.clause, e.period) < (d.due, d.clause, "
    "d.period)) WHERE s.state <> 5 ";
static_assert(static_cast<int>(TicketState::voided) == 5);

TicketLine read_line(Statement const& row) {
    TicketLine line;
    line.id = Id<Ticket>{row.id(0)};
    line.number = row.text(1);
    line.kind = static_cast<TicketKind>(row.integer(2));
    line.state = static_cast<TicketState>(row.integer(3));
    line.priority = static_cast<Priority>(row.integer(4));
    line.registered_at = LocalTime{row.integer(5)};
    line.unit = row.text(6);
    line.customer = row.text(7);
    line.words = row.text(8);
    line.category = row.text(9);
    line.recurring = row.integer(10);
    line.responsible = row.id(11);
    line.open = row.integer(12) != 0;
    line.valid = row.integer(13) != 0;
    line.next_clause = find_clause(row.text(14));
    line.next_due = row.time(15);
    line.origin = row.text(16);
    return line;
}

}  // namespace

std::vector<TicketLine> ticket_lines(Database& database, LocalTime at) {
    static std::string const sql =
        std::string{line_columns} + "ORDER BY d.due IS NULL, d.due, t.occurred_at DESC, t.id";
    auto statement = database.prepare(sql);
    statement.bind(at.seconds);
    std::vector<TicketLine> lines;
    while (statement.step()) lines.push_back(read_line(statement));
    return lines;
}

std::optional<TicketLine> ticket_line(Database& database, Id<Ticket> ticket, LocalTime at) {
    static std::string const sql = std::string{line_columns} + "AND t.id = ?2";
    auto statement = database.prepare(sql);
    statement.bind(at.seconds).bind(ticket.any);
    if (!statement.step()) return std::nullopt;
    return read_line(statement);
}

std::vector<std::string> numbers_merged_into(Database& database, Id<Ticket> ticket) {
    auto statement = database.prepare(
        "SELECT t.number FROM ticket_state s JOIN ticket t ON t.id = s.ticket WHERE s.merged_into = ? ORDER BY "
        "+t.number");  // sorted, and not looked for in the order of all numbers
    statement.bind(ticket.any);
    std::vector<std::string> numbers;
    while (statement.step()) numbers.emplace_back(statement.text(0));
    return numbers;
}

std::vector<TicketLine> ticket_lines_after(Database& database, TicketMark& mark, std::size_t limit, LocalTime at) {
    static std::string const sql =
        std::string{line_columns} +
        "AND (t.occurred_at, t.id) < (?2, ?3) ORDER BY t.occurred_at DESC, t.id DESC LIMIT ?4";
    auto statement = database.prepare(sql);
    statement.bind(at.seconds).bind(mark.registered_at.seconds).bind(mark.id).bind(static_cast<std::int64_t>(limit));
    std::vector<TicketLine> lines;
    while (statement.step()) lines.push_back(read_line(statement));
    if (!lines.empty()) mark = {lines.back().registered_at, lines.back().id.any};
    return lines;
}

void collect_tickets(Database& database, std::span<ChangeFeed::Change const> changes,
                     std::unordered_set<AnyId>& tickets) {
    auto const add_those_of = [&](std::string_view sql, AnyId id) {
        auto statement = database.prepare(sql);
        statement.bind(id);
        while (statement.step()) tickets.insert(statement.id(0));
    };
    for (auto const& change : changes) {
        if (change.kind == Ticket::description.number) tickets.insert(change.id);
        if (change.kind == Owner::description.number) add_those_of("SELECT id FROM ticket WHERE owner = ?", change.id);
        if (change.kind == Unit::description.number) add_those_of("SELECT id FROM ticket WHERE unit = ?", change.id);
    }
}

namespace {

std::string const reception_columns_of_lines =
    "SELECT r.id, r.number, r.occurred_at, r.channel, u.code, coalesce(o.name, r.caller_name), r.need, r.recorded_by, "
    "r.answer, r.promised_at, (SELECT done FROM duty y WHERE y.subject = r.id AND y.clause = 'GEN-1.3') FROM reception "
    "r LEFT JOIN unit u ON u.id = r.unit LEFT JOIN owner o ON o.id = r.owner WHERE NOT EXISTS (SELECT 1 FROM voiding "
    "WHERE record = r.id) ";

ReceptionLine read_reception_line(Statement const& row) {
    ReceptionLine line;
    line.id = row.id(0);
    line.number = row.text(1);
    line.at = LocalTime{row.integer(2)};
    line.channel = static_cast<Channel>(row.integer(3));
    line.unit = row.text(4);
    line.customer = row.text(5);
    line.need = row.text(6);
    line.received_by = row.id(7);
    line.answer = row.text(8);
    line.promised_at = row.time(9);
    line.called_at = row.time(10);
    return line;
}

}  // namespace

std::optional<ReceptionLine> reception_line(Database& database, AnyId reception) {
    static std::string const sql = reception_columns_of_lines + "AND r.id = ?";
    auto statement = database.prepare(sql);
    statement.bind(reception);
    if (!statement.step()) return std::nullopt;
    return read_reception_line(statement);
}

std::vector<ReceptionLine> reception_lines(Database& database, std::size_t limit) {
    static std::string const sql = reception_columns_of_lines + "ORDER BY r.occurred_at DESC, r.id DESC LIMIT ?";
    auto statement = database.prepare(sql);
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<ReceptionLine> lines;
    while (statement.step()) lines.push_back(read_reception_line(statement));
    return lines;
}

std::vector<VisitLine> visit_lines(Database& database, Id<Ticket> ticket, std::size_t limit) {
    static std::string const columns =
        "SELECT v.id, v.number, t.id, t.number, u.code, coalesce(o.name, t.caller_name), v.occurred_at, v.recorded_by, "
        "v.method, v.satisfaction, v.solved, v.opinion, (SELECT coalesce(i.passed, 0) FROM inspected_visit i WHERE "
        "i.visit = v.id "
        "AND NOT "
        "EXISTS (SELECT 1 FROM voiding WHERE record = i.id) ORDER BY i.stamp DESC, i.id DESC LIMIT 1), v.answers FROM "
        "return_visit v JOIN ticket t ON t.id = v.ticket LEFT JOIN "
        "unit u ON u.id = t.unit LEFT JOIN owner o ON o.id = t.owner WHERE NOT EXISTS (SELECT 1 FROM voiding WHERE "
        "record = v.id)";
    static std::string const newest = " ORDER BY v.occurred_at DESC, v.id DESC LIMIT ?";
    // Two statements, so that each has an index that serves it.
    static std::string const of_all = columns + newest;
    static std::string const of_one = columns + " AND v.ticket = ?" + newest;
    auto statement = database.prepare(ticket ? of_one : of_all);
    if (ticket) statement.bind(ticket.any);
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<VisitLine> lines;
    while (statement.step()) {
        VisitLine line;
        line.id = statement.id(0);
        line.number = statement.text(1);
        line.ticket = Id<Ticket>{statement.id(2)};
        line.ticket_number = statement.text(3);
        line.unit = statement.text(4);
        line.customer = statement.text(5);
        line.at = LocalTime{statement.integer(6)};
        line.visited_by = statement.id(7);
        line.method = static_cast<VisitMethod>(statement.integer(8));
        line.satisfaction = static_cast<Satisfaction>(statement.integer(9));
        line.solved = statement.integer(10) != 0;
        line.opinion = statement.text(11);
        if (!statement.is_null(12)) line.passed = statement.integer(12) != 0;
        line.answers = statement.text(13);
        lines.push_back(std::move(line));
    }
    return lines;
}

bool is_taken_over(Database& database, std::string_view origin) {
    auto statement = database.prepare(
        "SELECT 1 FROM ticket WHERE origin = ? AND NOT EXISTS (SELECT 1 FROM voiding WHERE record = ticket.id)");
    statement.bind_text(origin);
    return statement.step();
}

std::vector<std::string> taken_over_origins(Database& database) {
    auto statement = database.prepare(
        "SELECT origin FROM ticket WHERE origin IS NOT NULL AND NOT EXISTS (SELECT 1 FROM voiding WHERE record = "
        "ticket.id)");
    std::vector<std::string> origins;
    while (statement.step()) origins.emplace_back(statement.text(0));
    return origins;
}

ServiceFigures service_figures(Database& database, LocalTime at) {
    auto const today = date_of(at);
    auto const week = start_of(week_of(today));
    auto const month = start_of(first_of_month(today));
    ServiceFigures figures;

    auto responses = database.prepare(
        "SELECT (done - opens) / 60 FROM duty WHERE clause = 'GEN-2.1' AND period = 'response' AND done >= ? AND done "
        "<= ? ORDER BY 1");
    responses.bind(week.seconds).bind(at.seconds);
    std::vector<std::int64_t> minutes;
    while (responses.step()) minutes.push_back(responses.integer(0));
    if (!minutes.empty()) figures.response_minutes = minutes[minutes.size() / 2];

    // What is still open and not yet due is neither kept nor missed.
    auto const share = [&](DutyScope const& scope, std::int64_t& kept, std::int64_t& all) {
        for (auto const& count : count_duties(database, at, scope)) {
            kept += count.kept;
            all += count.kept + count.late + count.overdue;
        }
    };
    auto const ever = make_date(last_year, 12, 31);
    share({{date_of(week), ever}, "GEN-2.1", "solution"}, figures.solutions_kept, figures.solutions);
    share({{date_of(month), ever}, "RV-4.1"}, figures.visits_kept, figures.visits);

    auto any = database.prepare("SELECT EXISTS(SELECT 1 FROM ticket_state WHERE state <> ?)");
    any.bind(static_cast<std::int64_t>(TicketState::voided));
    figures.any = any.step() && any.integer(0) != 0;

    auto open = database.prepare(
        "SELECT count(*), count(*) FILTER (WHERE t.priority = ?) FROM ticket_state s JOIN ticket t ON t.id = s.ticket "
        "WHERE s.is_open");
    open.bind(static_cast<std::int64_t>(Priority::urgent));
    if (open.step()) {
        figures.open = open.integer(0);
        figures.open_urgent = open.integer(1);
    }
    return figures;
}

}  // namespace guanjia
