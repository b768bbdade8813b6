#include "core/store/compliance.h"

namespace guanjia {

std::vector<OverrideLine> override_lines(Database& database, std::string_view clause, DayRange days,
                                         std::size_t limit) {
    static std::string const sql =
        "SELECT o.id, o.occurred_at, o.about, o.guard, o.reason, o.entitled, o.recorded_by FROM override o WHERE "
        "o.clause = ? AND o.occurred_at >= ? AND o.occurred_at < ? AND " +
        std::string{override_counts} + " ORDER BY o.occurred_at DESC, o.stamp DESC, o.id DESC LIMIT ?";
    auto statement = database.prepare(sql);
    statement.bind_text(clause).bind(start_of(days.first).seconds).bind(start_of(add_days(days.last, 1)).seconds);
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<OverrideLine> lines;
    while (statement.step())
        lines.push_back({statement.id(0), LocalTime{statement.integer(1)}, statement.id(2),
                         std::string{statement.text(3)}, std::string{statement.text(4)}, statement.id(5),
                         statement.id(6)});
    return lines;
}

std::vector<RefusalLine> refusal_lines(Database& database, std::string_view clause, DayRange days, std::size_t limit) {
    auto statement = database.prepare(
        "SELECT at, person, command, reason FROM base_refusal WHERE clause = ? AND at >= ? AND at < ? ORDER BY "
        "position DESC LIMIT ?");
    statement.bind_text(clause).bind(start_of(days.first).seconds).bind(start_of(add_days(days.last, 1)).seconds);
    statement.bind(static_cast<std::int64_t>(limit));
    std::vector<RefusalLine> lines;
    while (statement.step())
        lines.push_back({LocalTime{statement.integer(0)}, statement.id(1), std::string{statement.text(2)},
                         std::string{statement.text(3)}});
    return lines;
}

}  // namespace guanjia
