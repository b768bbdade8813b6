#pragma once
// Figures of the service desk (GEN-S1…S4), with the cases behind each number. What is counted of a ticket (rules.h) is
// derived like its state and kept beside it, so that a year's figures are one reading of one table.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/procedure/duty.h"
#include "core/service/figures/book.h"
#include "core/store/database.h"

namespace guanjia {

enum class FigureGrouping : std::uint8_t { none = 0, day = 1, week = 2, month = 3, person = 4, category = 5, kind = 6 };
inline constexpr Choice figure_grouping_choices[] = {{1, "day"},    {2, "week"},     {3, "month"},
                                                     {4, "person"}, {5, "category"}, {6, "kind"}};
template <>
inline constexpr std::span<Choice const> choices_of<FigureGrouping>{figure_grouping_choices};

// Tickets registered on these days; of one kind when one is named.
struct FigureQuery {
    DayRange days;
    FigureGrouping by = FigureGrouping::none;  // none: one row for all
    TicketKind kind = TicketKind::none;
    friend bool operator==(FigureQuery const&, FigureQuery const&) = default;
};

// Shares are told as two counts, so that sums stay exact.
struct FigureRow {
    std::string
        key;  // a day ("2026-03-09", of a week its Monday, of a month its first), a person's id, a category, a kind
    std::int64_t tickets = 0;
    std::int64_t open = 0;
    std::optional<std::int64_t> response_minutes;    // median, civil
    std::int64_t responses_kept = 0, responses = 0;  // judged: answered, or due and not answered
    std::optional<std::int64_t> handling_minutes;    // median from registration to the last closing, without waits
    std::int64_t solutions_kept = 0, solutions = 0;
    std::int64_t waited_minutes = 0;
    std::int64_t reopened = 0;  // tickets, not times
    std::int64_t recurring = 0;
    std::int64_t repairs = 0, second_trips = 0;  // repairs with a trip recorded; with more than one
    std::int64_t answers = 0, satisfied = 0, dissatisfied = 0;
};
// In the order of the keys. Of 100,000 tickets the book takes some milliseconds, the database a hundred.
std::vector<FigureRow> figure_rows(Database& database, FigureQuery const& query, LocalTime at);
std::vector<FigureRow> figure_rows(MeasureBook const& book, FigureQuery const& query, LocalTime at);
// With their sum, which costs no second run over the book.
struct FigureTable {
    std::optional<FigureRow> total;  // nothing when nothing was registered
    std::vector<FigureRow> rows;
};
FigureTable figure_table(MeasureBook const& book, FigureQuery const& query, LocalTime at);

// GEN-S3: what was said in the return visits that were made on these days, question by question; the overall
// satisfaction is the row without a question. By day, week, month or person; by anything else all together.
struct SurveyRow {
    std::string key;  // as in FigureRow; empty: all together
    std::string question;
    std::int64_t answers = 0;
    std::int64_t satisfied = 0;  // or very
    std::int64_t dissatisfied = 0;
    std::int64_t points = 0;  // 4 for very satisfied … 1 for dissatisfied: the average is points / answers
};
// In the order of key and question.
std::vector<SurveyRow> survey_rows(Database& database, DayRange days, FigureGrouping by);

// The cases that stand behind a number.
enum class FigureCase : std::uint8_t {
    all,
    open,
    response_late,
    solution_late,
    reopened,
    recurring,
    second_trip,
    dissatisfied
};
// The clause that asks for the figure; none for the plain lists.
std::optional<Clause> clause_of(FigureCase which);

struct FigureCaseLine {
    Id<Ticket> ticket;
    std::string number;
    std::string words;
    LocalTime registered_at = no_time;
};
// The newest first. key: of a row; empty: of all.
std::vector<FigureCaseLine> figure_cases(Database& database, FigureQuery const& query, std::string_view key,
                                         FigureCase which, LocalTime at, std::size_t limit);
// From a book of the same database.
std::vector<FigureCaseLine> figure_cases(Database& database, MeasureBook const& book, FigureQuery const& query,
                                         std::string_view key, FigureCase which, LocalTime at, std::size_t limit);

// GEN-S4: per clause how the duties that were due on these days were kept, how often a guard was overridden, and how
// often a command was refused under it.
struct ComplianceRow {
    std::string key;  // as that of a FigureRow; empty when all days are told together
    Clause clause;
    std::int64_t kept = 0;
    std::int64_t late = 0;
    std::int64_t missed = 0;  // due and not done
    std::int64_t open = 0;    // not due yet
    std::int64_t overridden = 0;
    std::int64_t refused = 0;
};
// by: none, day, week or month. In the order of keys, then of the procedures.
std::vector<ComplianceRow> compliance_rows(Database& database, DayRange days, LocalTime at,
                                           FigureGrouping by = FigureGrouping::none);
// The days of a row: those of its day, week or month within the days that were asked for.
DayRange days_of_row(std::string_view key, FigureGrouping by, DayRange days);

}  // namespace guanjia
