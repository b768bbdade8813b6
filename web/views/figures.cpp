// How the desk does (GEN-S1…S4): figures of some days, by day, week, month, person, category or kind, with the cases
// behind each row.

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

enum class Period : std::uint8_t { week, month, month_before, quarter, year };
constexpr FigureGrouping groupings[] = {FigureGrouping::week,   FigureGrouping::day,      FigureGrouping::month,
                                        FigureGrouping::person, FigureGrouping::category, FigureGrouping::kind};
constexpr FigureGrouping clause_groupings[] = {FigureGrouping::none, FigureGrouping::day, FigureGrouping::week,
                                               FigureGrouping::month};

// What the rows of the open tab can be told by: answers have neither category nor kind.
struct GroupingChoice {
    char const* key;
    std::span<FigureGrouping const> groupings;
    int& chosen;
};

GroupingChoice grouping_choice(FiguresState& state) {
    switch (state.tab) {
        case 1: return {"clauses by", clause_groupings, state.clauses_by};
        case 2: return {"survey by", std::span{groupings}.first(4), state.survey_by};
        default: return {"by", groupings, state.by};
    }
}

DayRange days_of(Period period, Date today) {
    switch (period) {
        case Period::week: return {week_of(today), today};
        case Period::month: return {first_of_month(today), today};
        case Period::month_before: return {first_of_month(today, -1), add_days(first_of_month(today), -1)};
        case Period::quarter: return {first_of_month(today, -2), today};
        case Period::year: return {first_of_month(today, -11), today};
    }
    return {today, today};
}

// Per mille, to be sorted by; what has no share comes last.
std::optional<std::int64_t> share_number(std::int64_t part, std::int64_t all) {
    return all == 0 ? -1 : part * 1000 / all;
}

std::string key_words(Stage const& stage, FigureGrouping by, std::string const& key) {
    auto const& ui = stage.ui;
    switch (by) {
        case FigureGrouping::day:
        case FigureGrouping::week:
            if (auto const date = parse_date(key))
                return by == FigureGrouping::day ? day_words(ui, *date) : days_words(ui, {*date, add_days(*date, 6)});
            return key;
        case FigureGrouping::month:
            if (auto const date = parse_date(key))
                return stage.say("ui.year-month", {{"year", std::to_string(static_cast<int>(date->year()))},
                                                   {"month", std::to_string(static_cast<unsigned>(date->month()))}});
            return key;
        case FigureGrouping::person: {
            auto const name = stage.models.registry.name_of(parse_id(key).value_or(AnyId{}));
            return name.empty() ? stage.say("ui.nobody") : name;
        }
        case FigureGrouping::category: return key.empty() ? stage.say("ui.no-category") : key;
        case FigureGrouping::kind: return key.empty() ? key : sentence_case(stage.say("ticket-kind." + key));
        case FigureGrouping::none: return stage.say("ui.all-together");
    }
    return key;
}

class FigureRows : public TableRows {
public:
    FigureRows(Stage const& stage, FigureGrouping by, std::vector<FigureRow> rows)
        : stage_{stage}, by_{by}, rows_{std::move(rows)} {}
    std::size_t count() const override { return rows_.size(); }
    std::string id(std::size_t row) const override { return rows_[row].key; }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        auto const& figures = rows_[row];
        switch (column) {
            case 1: return figures.tickets;
            case 2: return figures.open;
            case 3: return figures.response_minutes.value_or(-1);
            case 4: return share_number(figures.responses_kept, figures.responses);
            case 5: return figures.handling_minutes.value_or(-1);
            case 6: return share_number(figures.solutions_kept, figures.solutions);
            case 7: return figures.waited_minutes;
            case 8: return figures.reopened;
            case 9: return figures.recurring;
            case 10: return figures.second_trips;
            case 11: return share_number(figures.satisfied, figures.answers);
            default: return std::nullopt;
        }
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        auto const& figures = rows_[row];
        auto const minutes = [&](std::optional<std::int64_t> const& value) {
            return value ? span_words(stage_.ui, *value * 60) : stage_.say("ui.no-figure");
        };
        switch (column) {
            case 0: return {key_words(stage_, by_, figures.key)};
            case 1: return {grouped(figures.tickets)};
            case 2: return {grouped(figures.open)};
            case 3: return {minutes(figures.response_minutes)};
            case 4: return {share_words(stage_.ui, figures.responses_kept, figures.responses)};
            case 5: return {minutes(figures.handling_minutes)};
            case 6: return {share_words(stage_.ui, figures.solutions_kept, figures.solutions)};
            case 7: return {span_words(stage_.ui, figures.waited_minutes * 60)};
            case 8: return {grouped(figures.reopened)};
            case 9: return {grouped(figures.recurring)};
            case 10: return {grouped(figures.second_trips)};
            default: return {share_words(stage_.ui, figures.satisfied, figures.answers)};
        }
    }

private:
    Stage const& stage_;
    FigureGrouping by_;
    std::vector<FigureRow> rows_;
};

// The parts of a compliance row's id: its key, and its clause.
constexpr char key_end = ' ';

class ClauseRows : public TableRows {
public:
    ClauseRows(Stage const& stage, FigureGrouping by, std::vector<ComplianceRow> rows)
        : stage_{stage}, by_{by}, rows_{std::move(rows)} {}
    std::size_t count() const override { return rows_.size(); }
    std::string id(std::size_t row) const override {
        return rows_[row].key + key_end + std::string{rows_[row].clause.id()};
    }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        auto const& line = rows_[row];
        switch (place_of(column)) {
            case 2: return share_number(line.kept, line.kept + line.late + line.missed);
            case 3: return line.kept;
            case 4: return line.late;
            case 5: return line.missed;
            case 6: return line.open;
            case 7: return line.overridden;
            case 8: return line.refused;
            default: return std::nullopt;
        }
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        auto const& line = rows_[row];
        switch (place_of(column)) {
            case of_key: return {key_words(stage_, by_, line.key)};
            case 0: return {std::string{line.clause.id()}, TableCell::Kind::clause};
            case 1: return {clause_words(line.clause, stage_.ui.language)};
            case 2: return {share_words(stage_.ui, line.kept, line.kept + line.late + line.missed)};
            default: return {grouped(*number(row, column))};
        }
    }

private:
    // Where the days are told apart, whose they are stands first.
    static constexpr std::size_t of_key = 9;
    std::size_t place_of(std::size_t column) const {
        if (by_ == FigureGrouping::none) return column;
        return column == 0 ? of_key : column - 1;
    }
    static std::string clause_words(Clause clause, Language language) {
        auto const& row = clause.row();
        return std::string{language == Language::chinese ? row.zh : row.en};
    }
    Stage const& stage_;
    FigureGrouping by_;
    std::vector<ComplianceRow> rows_;
};

// GEN-S3: what was answered in return visits, question by question.
class QuestionRows : public TableRows {
public:
    QuestionRows(Stage const& stage, FigureGrouping by, std::vector<SurveyRow> rows)
        : stage_{stage}, by_{by}, rows_{std::move(rows)} {}
    std::size_t count() const override { return rows_.size(); }
    std::string id(std::size_t row) const override { return rows_[row].key + "/" + rows_[row].question; }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        auto const& line = rows_[row];
        switch (column) {
            case 2: return line.answers;
            case 3: return share_number(line.satisfied, line.answers);
            case 4: return line.points * 1000 / line.answers;
            case 5: return line.dissatisfied;
            default: return std::nullopt;
        }
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        auto const& line = rows_[row];
        switch (column) {
            case 0:
                return {line.key.empty() && by_ != FigureGrouping::person ? stage_.say("ui.all-together")
                                                                          : key_words(stage_, by_, line.key)};
            case 1: return {question(line)};
            case 2: return {grouped(line.answers)};
            case 3: return {share_words(stage_.ui, line.satisfied, line.answers)};
            case 4:
                return {fmt::format("{:.2f}", static_cast<double>(line.points) / static_cast<double>(line.answers))};
            default: return {grouped(line.dissatisfied)};
        }
    }

private:
    std::string question(SurveyRow const& line) const {
        if (line.question.empty()) return stage_.say("ui.survey-overall");
        auto const* wording = find_wording("survey.return-visit");
        return wording ? shown_in(*wording, line.question, stage_.ui.language) : line.question;
    }
    Stage const& stage_;
    FigureGrouping by_;
    std::vector<SurveyRow> rows_;
};

void draw_cards(Stage const& stage, Rect& inside, FiguresSnapshot const& figures) {
    auto& ui = stage.ui;
    FigureRow const none;
    auto const& total = figures.total ? *figures.total : none;
    struct Card {
        char const* label;
        std::string value, beside;
    };
    auto const count = [&](char const* key, std::int64_t part, std::int64_t all) {
        return stage.say(key, {{"part", grouped(part)}, {"all", grouped(all)}});
    };
    Card const cards[] = {
        {"ui.first-response",
         total.response_minutes ? span_words(ui, *total.response_minutes * 60) : stage.say("ui.no-figure"),
         count("ui.in-time-of", total.responses_kept, total.responses)},
        {"ui.in-time", share_words(stage.ui, total.solutions_kept, total.solutions),
         count("ui.in-time-of", total.solutions_kept, total.solutions)},
        {"ui.satisfied-share", share_words(stage.ui, total.satisfied, total.answers),
         count("ui.satisfied-of", total.satisfied, total.answers)},
        {"ui.reopened-and-recurring", grouped(total.reopened + total.recurring),
         count("ui.reopened-recurring-of", total.reopened, total.recurring)},
    };
    Region const region{ui.semantics, NodeRole::list, stage.say("ui.figures"), "cards"};
    auto const columns = inside.w < 640 ? 2 : 4;
    auto const gap = 12.0F;
    auto const width = (inside.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    Rect row;
    for (int index = 0; index < 4; ++index) {
        auto const& shown = cards[index];
        if (index % columns == 0) row = inside.take_top(92, index + columns >= 4 ? 16 : gap);
        auto const part = row.take_left(width, gap);
        card(ui, part);
        auto const label = stage.say(shown.label);
        Region const item{ui.semantics, NodeRole::listitem, join_dots({label, shown.value, shown.beside}), label, part};
        auto place = part.inset(16, 10);
        ui.label(place.take_top(20), label, {size::text_small, ui.theme().text_2});
        ui.label(place.take_top(30), shown.value, {22, 0, true});
        ui.label(place.take_top(20), shown.beside, {size::text_small, ui.theme().text_2});
    }
}

void draw_trend(Stage const& stage, Rect place, FiguresSnapshot const& figures, FiguresState& state) {
    auto const by = figures.query.by;
    ChartSpec spec{.key = "trend", .title = stage.say("ui.in-time-trend"), .kind = ChartSpec::Kind::lines};
    if (by == FigureGrouping::person || by == FigureGrouping::category || by == FigureGrouping::kind)
        spec.kind = ChartSpec::Kind::bars;
    ChartSeries solved{stage.say("ui.in-time"), {}, Tone::accent};
    ChartSeries satisfied{stage.say("ui.satisfied-share"), {}, Tone::warn};
    auto const percent = [](std::int64_t part, std::int64_t all) {
        return all == 0 ? std::numeric_limits<double>::quiet_NaN()
                        : 100.0 * static_cast<double>(part) / static_cast<double>(all);
    };
    // What many categories there are is read in the table.
    static constexpr std::size_t most = 24;
    auto const first = figures.rows.size() > most ? figures.rows.size() - most : 0;
    for (auto place_of = first; place_of < figures.rows.size(); ++place_of) {
        auto const& row = figures.rows[place_of];
        spec.labels.push_back(key_words(stage, by, row.key));
        solved.values.push_back(percent(row.solutions_kept, row.solutions));
        satisfied.values.push_back(percent(row.satisfied, row.answers));
    }
    spec.series = {std::move(solved), std::move(satisfied)};
    spec.words = [](double value) { return fmt::format("{:.0f}%", value); };
    chart(stage.ui, place, spec, state.chart);
}

constexpr char const* words_of(FigureCase which) {
    switch (which) {
        case FigureCase::response_late: return "ui.case-response-late";
        case FigureCase::solution_late: return "ui.case-solution-late";
        case FigureCase::second_trip: return "ui.case-second-trip";
        case FigureCase::reopened: return "ui.case-reopened";
        case FigureCase::recurring: return "ui.case-recurring";
        case FigureCase::dissatisfied: return "ui.case-dissatisfied";
        case FigureCase::all:
        case FigureCase::open: break;
    }
    return "ui.open-tickets";
}

constexpr float case_height = 48;

// The tickets behind the row, those that did not go as they should.
void draw_cases(Stage const& stage, Rect place, FiguresSnapshot const& figures, FiguresState& state) {
    auto& ui = stage.ui;
    auto const about = key_words(stage, figures.query.by, *state.wanted.key);
    SidePanel const panel{ui, place, {.title = about, .clause = "GEN-S1"}};
    if (panel.closed || ui.shortcut("Escape")) {
        state.wanted.key.reset();
        return;
    }
    if (figures.cases.empty())
        return empty_state(ui, panel.inside, icon::check, stage.say("ui.no-cases"), stage.say("ui.no-cases-advice"));
    Scroll scroll{ui, "cases", panel.inside, Scroll::Bar::beside};
    for (auto const& cases : figures.cases) {
        auto const title =
            stage.say("ui.case-count", {{"case", stage.say(words_of(cases.which))},
                                        {"count", grouped(static_cast<std::int64_t>(cases.lines.size()))}});
        auto head = scroll.take(34, 2);
        if (auto const clause = clause_of(cases.which)) {
            auto const mark = head.take_right(70, 8);
            clause_mark(ui, mark.x, head.centre_y(), clause->id());
        }
        ui.heading(head, title, 2, {size::text_body, 0, true});
        Region const list{ui.semantics, NodeRole::list, title, title};
        for (auto const& line : cases.lines) {
            auto const row = scroll.take(case_height);
            if (!scroll.sees(row)) continue;
            auto const id = format_id(line.ticket.any);
            Region const item{ui.semantics, NodeRole::listitem, {}, id, row};
            Scope const scope{id};
            if (list_row(ui, row, "case", join_dots({line.words, line.number}), false).clicked)
                stage.go_to_ticket(line.ticket.any, line.number);
            auto inside = row.inset(8, 4);
            ui.label(inside.take_top(20), line.words);
            ui.label(inside, join_dots({sentence_case(when(ui, line.registered_at)), line.number}),
                     {size::text_small, ui.theme().text_2});
        }
        scroll.take(12);
    }
}

void draw_service(Stage const& stage, Rect inside, FiguresSnapshot const& figures, FiguresState& state) {
    auto& ui = stage.ui;
    draw_cards(stage, inside, figures);
    if (inside.h > 420 && figures.rows.size() > 1) {
        auto const place = inside.take_top(std::min(240.0F, inside.h * 0.4F), 16);
        card(ui, place);
        draw_trend(stage, place.inset(16, 12), figures, state);
    }
    std::vector<TableColumn> const columns{{"key", stage.say("ui.column-of"), 184, 1},
                                           {"tickets", stage.say("ui.column-tickets"), 70, 0, true},
                                           {"open", stage.say("ui.column-open"), 84, 0, true},
                                           {"response", stage.say("ui.first-response"), 100, 0, true},
                                           {"responses", stage.say("ui.column-responses-in-time"), 90, 0, true},
                                           {"handling", stage.say("ui.column-handling"), 110, 0, true},
                                           {"solutions", stage.say("ui.in-time"), 90, 0, true},
                                           {"waited", stage.say("ui.column-waited"), 100, 0, true, true, false},
                                           {"reopened", stage.say("ui.case-reopened"), 96, 0, true},
                                           {"recurring", stage.say("ui.case-recurring"), 96, 0, true},
                                           {"trips", stage.say("ui.case-second-trip"), 96, 0, true},
                                           {"satisfied", stage.say("ui.satisfied-share"), 80, 0, true}};
    TableSpec const spec{.key = "figures",
                         .name = stage.say("ui.figures"),
                         .select = true,
                         .empty_title = stage.say("ui.nothing-in-days"),
                         .empty_advice = stage.say("ui.nothing-in-days-advice")};
    if (table_bar(ui, inside.take_top(ui.metrics.control, 10), spec, columns, state.table).exported)
        stage.shell.download("figures.csv", csv_of(columns, state.table));
    card(ui, inside);
    if (auto const opened = table(ui, inside.inset(1), spec, columns, state.table).opened)
        state.wanted.key = state.table.rows->id(*opened);
}

struct BehindLine {
    std::string key, title, below;
    Tone tone = Tone::neutral;
    std::string number = {};  // of the ticket that it opens
};

void draw_behind_list(Stage const& stage, Scroll& scroll, char const* title_key, std::vector<BehindLine> const& lines) {
    auto& ui = stage.ui;
    if (lines.empty()) return;
    auto const title = stage.say(
        "ui.case-count", {{"case", stage.say(title_key)}, {"count", grouped(static_cast<std::int64_t>(lines.size()))}});
    ui.heading(scroll.take(34, 2), title, 2, {size::text_body, 0, true});
    Region const list{ui.semantics, NodeRole::list, title, title_key};
    for (auto const& line : lines) {
        auto const width = scroll.content.w - 16;
        auto const height = ui.height_of(line.title, width) + 30;
        auto const row = scroll.take(height);
        if (!scroll.sees(row)) continue;
        Region const item{ui.semantics, NodeRole::listitem, {}, line.key, row};
        Scope const scope{line.key};
        // What opens nothing is only read.
        if (!line.number.empty() && list_row(ui, row, "case", join_dots({line.title, line.below}), false).clicked)
            stage.shell.go(Place::tickets, line.number);
        auto inside = row.inset(8, 4);
        inside.take_top(line.number.empty() ? ui.body(inside.x, inside.y, width, line.title)
                                            : ui.paragraph(inside.x, inside.y, width, line.title));
        ui.label(inside, line.below,
                 {size::text_small, line.tone == Tone::danger ? ui.theme().danger : ui.theme().text_2});
        ui.fill({row.x, row.bottom() - 1, row.w, 1}, ui.theme().line);
    }
    scroll.take(12);
}

// What stands behind a clause's numbers: duties late or missed, overrides, refusals; and what the law says to it.
void draw_behind(Stage const& stage, Rect place, FiguresSnapshot const& figures, FiguresState& state) {
    auto& ui = stage.ui;
    auto const& registry = stage.models.registry;
    auto const title = state.wanted.clause_key.empty()
                           ? stage.say("ui.behind")
                           : key_words(stage, state.wanted.clauses_by, state.wanted.clause_key);
    SidePanel const panel{ui, place, {.title = title, .clause = state.wanted.clause}};
    if (panel.closed || ui.shortcut("Escape")) {
        state.wanted.clause.clear();
        return;
    }
    std::vector<BehindLine> unkept, overridden, refused;
    for (auto const& line : figures.unkept) {
        auto const late = has_time(line.duty.done);
        unkept.push_back({duty_id(line.duty), duty_title(ui, line),
                          join_dots({stage.say("ui.due-at", {{"time", when(ui, line.duty.due)}}),
                                     late ? stage.say("ui.done-at", {{"time", when(ui, line.duty.done)}})
                                          : stage.say("ui.column-missed")}),
                          late ? Tone::neutral : Tone::danger,
                          line.subject == DutySubject::ticket ? line.number : std::string{}});
    }
    for (auto const& [line, number] : figures.overridden)
        overridden.push_back(
            {format_id(line.id), line.reason.empty() ? stage.say("ui.reason-erased") : line.reason,
             join_dots({sentence_case(when(ui, line.at)),
                        stage.say("ui.overridden-by", {{"person", registry.name_of(line.entitled)}}), number}),
             Tone::neutral, number});
    for (std::size_t index = 0; index < figures.refused.size(); ++index) {
        auto const& line = figures.refused[index];
        refused.push_back({std::to_string(index), stage.say("command." + line.command),
                           join_dots({sentence_case(when(ui, line.at)), registry.name_of(line.person)})});
    }
    Scroll scroll{ui, "behind", panel.inside, Scroll::Bar::beside};
    if (unkept.empty() && overridden.empty() && refused.empty()) {
        auto const box = scroll.take(150);
        empty_state(ui, box, icon::check, stage.say("ui.all-kept"), stage.say("ui.all-kept-advice"));
    }
    draw_behind_list(stage, scroll, "ui.not-kept", unkept);
    draw_behind_list(stage, scroll, "ui.column-overridden", overridden);
    draw_behind_list(stage, scroll, "ui.column-refused", refused);
    if (auto const clause = find_clause(state.wanted.clause)) draw_legal_notes(stage, scroll, *clause);
}

void draw_compliance(Stage const& stage, Rect inside, FiguresState& state) {
    auto& ui = stage.ui;
    std::vector<TableColumn> columns{{"clause", stage.say("ui.column-clause"), 90},
                                     {"words", stage.say("ui.column-asks"), 200, 1},
                                     {"share", stage.say("ui.column-kept-share"), 84, 0, true},
                                     {"kept", stage.say("ui.column-kept"), 64, 0, true},
                                     {"late", stage.say("ui.column-late"), 64, 0, true},
                                     {"missed", stage.say("ui.column-missed"), 64, 0, true},
                                     {"open", stage.say("ui.column-not-due"), 72, 0, true},
                                     {"overridden", stage.say("ui.column-overridden"), 64, 0, true},
                                     {"refused", stage.say("ui.column-refused"), 72, 0, true}};
    if (clause_groupings[state.clauses_by] != FigureGrouping::none)
        columns.insert(columns.begin(), {"key", stage.say("ui.column-of"), 184});
    TableSpec const spec{.key = "clauses",
                         .name = stage.say("ui.compliance"),
                         .select = true,
                         .empty_title = stage.say("ui.nothing-in-days"),
                         .empty_advice = stage.say("ui.nothing-in-days-advice")};
    if (table_bar(ui, inside.take_top(ui.metrics.control, 10), spec, columns, state.compliance).exported)
        stage.shell.download("clauses.csv", csv_of(columns, state.compliance));
    card(ui, inside);
    if (auto const opened = table(ui, inside.inset(1), spec, columns, state.compliance).opened) {
        auto const id = state.compliance.rows->id(*opened);
        auto const end = id.find(key_end);
        state.wanted.clause_key = id.substr(0, end);
        state.wanted.clause = id.substr(end + 1);
    }
}

void draw_survey(Stage const& stage, Rect inside, FiguresState& state) {
    auto& ui = stage.ui;
    std::vector<TableColumn> const columns{{"key", stage.say("ui.column-of"), 200},
                                           {"question", stage.say("ui.column-question"), 160, 1},
                                           {"answers", stage.say("ui.column-answers"), 90, 0, true},
                                           {"satisfied", stage.say("ui.satisfied-share"), 90, 0, true},
                                           {"average", stage.say("ui.column-average"), 160, 0, true},
                                           {"dissatisfied", stage.say("ui.column-dissatisfied"), 100, 0, true}};
    TableSpec const spec{.key = "survey",
                         .name = stage.say("ui.survey"),
                         .empty_title = stage.say("ui.nothing-in-days"),
                         .empty_advice = stage.say("ui.nothing-in-days-advice")};
    if (table_bar(ui, inside.take_top(ui.metrics.control, 10), spec, columns, state.survey).exported)
        stage.shell.download("survey.csv", csv_of(columns, state.survey));
    card(ui, inside);
    table(ui, inside.inset(1), spec, columns, state.survey);
}

}  // namespace

FigureQuery FiguresState::query(LocalTime now) const {
    return {days_of(static_cast<Period>(period), date_of(now)), groupings[tab == 2 ? survey_by : by], TicketKind::none};
}

void draw_figures(Stage const& stage, Rect place, FiguresState& state) {
    auto& ui = stage.ui;
    if (!stage.models.figures) return;
    auto const& figures = *stage.models.figures;
    if (state.of != stage.models.figures_revision || state.of_language != ui.language || !state.table.rows) {
        state.of = stage.models.figures_revision;
        state.of_language = ui.language;
        state.table.set_rows(std::make_shared<FigureRows>(stage, figures.query.by, figures.rows));
        state.compliance.set_rows(
            std::make_shared<ClauseRows>(stage, clause_groupings[state.clauses_by], figures.compliance));
        state.survey.set_rows(std::make_shared<QuestionRows>(stage, figures.query.by, figures.survey));
    }
    auto const is_there = figures.part == state.wanted.part;
    if (is_there && (state.tab == 0 ? state.wanted.key.has_value() : state.tab == 1 && !state.wanted.clause.empty())) {
        auto const beside = place.w > 700;
        auto const panel = beside ? place.take_right(size::clauses + 20) : place;
        if (state.tab == 0) draw_cases(stage, panel, figures, state);
        else draw_behind(stage, panel, figures, state);
        if (!beside) return;
    }
    auto inside = page_inset(ui, place);
    page_head(stage, inside, stage.say("ui.place-figures"), days_words(ui, figures.query.days));
    auto row = inside.take_top(tabs_height(ui), 12);
    std::string const tab_labels[] = {stage.say("ui.service-figures"), stage.say("ui.compliance"),
                                      stage.say("ui.survey")};
    if (tabs(ui, row, "what", tab_labels, state.tab)) state.wanted.part = static_cast<FiguresPart>(state.tab);
    auto choices = inside.take_top(tabs_height(ui), 12);
    std::string const periods[] = {stage.say("ui.this-week-plain"), stage.say("ui.this-month-plain"),
                                   stage.say("ui.last-month"), stage.say("ui.three-months"),
                                   stage.say("ui.twelve-months")};
    auto const before = std::tuple{state.period, state.by, state.clauses_by};
    auto const half = choices.w > 760;
    tabs(ui, half ? choices.take_left(choices.w / 2, 16) : choices, "period", periods, state.period);
    auto const [key, offered, chosen] = grouping_choice(state);
    std::vector<std::string> labels;
    for (auto const by : offered)
        labels.push_back(
            stage.say(by == FigureGrouping::none ? "ui.all-together" : "ui.by-" + std::string{name_of(by)}));
    tabs(ui, half ? choices : inside.take_top(tabs_height(ui), 12), key, labels, chosen);
    if (before != std::tuple{state.period, state.by, state.clauses_by}) {
        state.wanted = {};
        state.wanted.part = static_cast<FiguresPart>(state.tab);
        state.wanted.clauses_by = clause_groupings[state.clauses_by];
    }
    // The part is not there before the next frame.
    if (figures.part != state.wanted.part) return;
    if (state.tab == 1) return draw_compliance(stage, inside, state);
    if (state.tab == 2) return draw_survey(stage, inside, state);
    draw_service(stage, inside, figures, state);
}

}  // namespace guanjia
