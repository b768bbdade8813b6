#include "core/service/feedback/queries.h"

#include "core/service/feedback/rules.h"
#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr QueryArgument feedback_arguments[] = {
    {reference_column<Ticket>("ticket"), "f.ticket = ?"},
};
constexpr Field feedback_columns[] = {
    column("id", FieldType::reference),    column("number", FieldType::text),   column("words", FieldType::text),
    column("heard_at", FieldType::time),   column("heard_by", FieldType::text), column("ticket", FieldType::text),
    choice_column<FeedbackState>("state"), column("reason", FieldType::text),
};
constexpr QueryArgument improvement_arguments[] = {
    {reference_column<Feedback>("feedback"), "i.feedback = ?"},
    {reference_column<StaffMember>("responsible"), "i.responsible = ?"},
};
constexpr Field improvement_columns[] = {
    column("id", FieldType::reference), column("number", FieldType::text),       column("feedback", FieldType::text),
    column("measure", FieldType::text), column("responsible", FieldType::text),  column("due", FieldType::date),
    column("outcome", FieldType::text), column("effective", FieldType::boolean), column("reported_at", FieldType::time),
};

constexpr QuerySpec queries[] = {
    {"feedback",
     "SELECT f.id, f.number, f.words, f.occurred_at, b.code, t.number, CASE WHEN EXISTS (SELECT 1 FROM improvement i "
     "WHERE i.feedback = f.id) THEN 2 WHEN a.id IS NOT NULL THEN 3 ELSE 1 END, a.reason FROM feedback f LEFT JOIN "
     "staff_member b ON b.id = f.recorded_by LEFT JOIN ticket t ON t.id = f.ticket LEFT JOIN feedback_set_aside a ON "
     "a.id = (SELECT min(id) FROM feedback_set_aside WHERE feedback = f.id) WHERE ?1 = ?1",
     "ORDER BY f.occurred_at, f.id", feedback_arguments, feedback_columns},
    {"improvements",
     "SELECT i.id, i.number, f.number, i.measure, s.code, i.due, o.outcome, o.effective, o.occurred_at FROM "
     "improvement i LEFT JOIN feedback f ON f.id = i.feedback LEFT JOIN staff_member s ON s.id = i.responsible LEFT "
     "JOIN improvement_outcome o ON o.id = (SELECT min(id) FROM improvement_outcome WHERE improvement = i.id) WHERE ?1 "
     "= ?1",
     "ORDER BY i.due, i.id", improvement_arguments, improvement_columns},
};

}  // namespace

std::span<QuerySpec const> feedback_queries() { return queries; }

std::vector<FeedbackLine> feedback_lines(Database& database, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT f.id, f.number, f.words, f.occurred_at, f.recorded_by, t.number, CASE WHEN EXISTS (SELECT 1 FROM "
        "improvement i WHERE i.feedback = f.id) THEN 2 WHEN a.id IS NOT NULL THEN 3 ELSE 1 END AS state, a.reason FROM "
        "feedback f LEFT JOIN ticket t ON t.id = f.ticket LEFT JOIN feedback_set_aside a ON a.id = (SELECT min(id) "
        "FROM "
        "feedback_set_aside WHERE feedback = f.id) ORDER BY state > 1, f.occurred_at DESC, f.id LIMIT ?");
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<FeedbackLine> lines;
    while (statement.step())
        lines.push_back({statement.id(0), std::string{statement.text(1)}, std::string{statement.text(2)},
                         LocalTime{statement.integer(3)}, statement.id(4), std::string{statement.text(5)},
                         static_cast<FeedbackState>(statement.integer(6)), std::string{statement.text(7)}});
    return lines;
}

std::vector<ImprovementLine> improvement_lines(Database& database, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT i.id, i.number, f.words, i.measure, i.responsible, i.due, o.outcome, o.effective FROM improvement i "
        "LEFT JOIN feedback f ON f.id = i.feedback LEFT JOIN improvement_outcome o ON o.id = (SELECT min(id) FROM "
        "improvement_outcome WHERE improvement = i.id) ORDER BY o.id IS NOT NULL, CASE WHEN o.id IS NULL THEN i.due "
        "ELSE -i.due END, i.id LIMIT ?");
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<ImprovementLine> lines;
    while (statement.step())
        lines.push_back({statement.id(0), std::string{statement.text(1)}, std::string{statement.text(2)},
                         std::string{statement.text(3)}, statement.id(4),
                         statement.is_null(5) ? no_date : from_day_number(statement.integer(5)).value_or(no_date),
                         std::string{statement.text(6)}, statement.integer(7) != 0});
    return lines;
}

}  // namespace guanjia
