#include <algorithm>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

bool waits(DutyLine const& line) { return line.duty.clause.id() == "RV-4.1"; }

void draw_due(Stage const& stage, Rect row, DutyLine const& line, TicketsState& tickets) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const due = due_words(ui, line.duty.due);
    auto const title = join_dots({line.unit, line.customer});
    Region const item{ui.semantics, NodeRole::listitem, {}, line.number, row};
    Scope const scope{line.number};
    if (list_row(ui, row, "ticket", join_dots({due.words, title, line.words, line.number}), false).clicked)
        stage.shell.go(Place::tickets, line.number);
    auto inside = row.inset(16, 0);
    auto const words = stage.say("ui.start-visit");
    auto const width = button_width(ui, {.label = words});
    auto const act = inside.take_right(width, 16);
    if (button(ui, {act.x, row.centre_y() - 16, width, 32},
               {.label = words, .name = words + " " + line.number, .key = "visit"})) {
        tickets.act.begin(stage, TicketAction::visit, line.number);
        stage.shell.go(Place::tickets, line.number);
    }
    auto const narrow = row.w < 520;
    if (!narrow) {
        auto const left = inside.take_left(140, 12);
        tag(ui, left.x, row.y + 22, due.words, due.tone, due.icon);
        ui.label({left.x, row.y + 36, left.w, 20}, sentence_case(when(ui, line.duty.due)),
                 {size::text_small, theme.text_2});
        if (line.duty.role == Role::manager) {
            auto const name = role_name(ui, Role::manager);
            auto const mark = inside.take_right(tag_width(ui, name), 12);
            tag(ui, mark.x, row.centre_y(), name, Tone::warn);
        }
    }
    ui.label({inside.x, row.y + 10, inside.w, 24}, line.words);
    ui.label({inside.x, row.y + 35, inside.w, 20},
             narrow ? join_dots({due.words, title}) : join_dots({title, line.number}),
             {size::text_small, narrow ? colour_of(theme, due.tone) : theme.text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
}

void draw_waiting_list(Stage const& stage, Rect place, TicketsState& tickets) {
    auto& ui = stage.ui;
    auto const& duties = stage.models.today->duties;
    if (std::none_of(duties.begin(), duties.end(), waits))
        return empty_state(ui, place, icon::return_visits, stage.say("ui.no-visits-due"),
                           stage.say("ui.no-visits-due-advice"));
    Scroll scroll{ui, "due", place, {.role = NodeRole::list, .name = stage.say("ui.visits-due")}};
    for (auto const& line : duties) {
        if (!waits(line)) continue;
        auto const row = scroll.take(66);
        if (scroll.sees(row)) draw_due(stage, row, line, tickets);
    }
}

// RV-4.6: the register of the visits that were made.
class VisitRows : public TableRows {
public:
    VisitRows(Stage const& stage, std::vector<VisitLine> lines) : stage_{stage}, lines_{std::move(lines)} {}
    std::size_t count() const override { return lines_.size(); }
    std::string id(std::size_t row) const override { return format_id(lines_[row].id); }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        if (column == 0) return lines_[row].at.seconds;
        return std::nullopt;
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        auto const& line = lines_[row];
        auto const& ui = stage_.ui;
        switch (column) {
            case 0: return {sentence_case(when(ui, line.at))};
            case 1: return {line.unit};
            case 2: return {line.customer};
            case 3:
                return {sentence_case(choice_words(ui, visit_method_choices, static_cast<std::int64_t>(line.method)))};
            case 4: return satisfaction(line);
            case 5: return {line.opinion};
            case 6: return {stage_.models.registry.name_of(line.visited_by), TableCell::Kind::faint};
            default: return {line.number, TableCell::Kind::faint};
        }
    }
    std::string const& ticket(std::size_t row) const { return lines_[row].ticket_number; }

private:
    TableCell satisfaction(VisitLine const& line) const {
        auto const bad = line.satisfaction == Satisfaction::dissatisfied || !line.solved;
        auto const words =
            line.satisfaction == Satisfaction::none
                ? stage_.say(line.solved ? "form.solved" : "form.not-solved")
                : choice_words(stage_.ui, satisfaction_choices, static_cast<std::int64_t>(line.satisfaction));
        return {words, TableCell::Kind::tag,
                bad                                       ? Tone::danger
                : line.satisfaction == Satisfaction::fair ? Tone::warn
                                                          : Tone::ok};
    }

    Stage const& stage_;
    std::vector<VisitLine> lines_;
};

void draw_made(Stage const& stage, Rect place, VisitsState& state) {
    auto& ui = stage.ui;
    if (!state.made.rows || state.made_of != stage.models.visits_revision) {
        state.made_of = stage.models.visits_revision;
        state.made.set_rows(std::make_shared<VisitRows>(stage, stage.models.visits));
    }
    std::vector<TableColumn> const columns{{"time", stage.say("ui.column-time"), 120},
                                           {"unit", stage.say("field.unit"), 90, 0.5F},
                                           {"customer", stage.say("ui.customer"), 80, 0.3F},
                                           {"method", stage.say("field.method"), 90},
                                           {"satisfaction", stage.say("field.satisfaction"), 110},
                                           {"opinion", stage.say("field.opinion"), 160, 1},
                                           {"by", stage.say("ui.visited-by"), 80},
                                           {"number", stage.say("ui.column-number"), 160, 0, false, true, false}};
    TableSpec const spec{.key = "made",
                         .name = stage.say("ui.visits-made"),
                         .select = true,
                         .empty_title = stage.say("ui.no-visits-made"),
                         .empty_advice = stage.say("ui.no-visits-made-advice")};
    if (table_bar(ui, place.take_top(ui.metrics.control, 10), spec, columns, state.made).exported)
        stage.shell.download("return-visits.csv", csv_of(columns, state.made));
    card(ui, place);
    if (auto const opened = table(ui, place.inset(1), spec, columns, state.made).opened)
        stage.shell.go(Place::tickets, static_cast<VisitRows const&>(*state.made.rows).ticket(*opened));
}

}  // namespace

void draw_return_visits(Stage const& stage, Rect place, VisitsState& state, TicketsState& tickets) {
    auto& ui = stage.ui;
    if (!stage.models.today) return;
    if (has_clause_column(ui))
        draw_clauses(stage, place.take_right(size::clauses), {"RV-2", "RV-3.1", "RV-4.1", "RV-4.3"});
    auto inside = page_inset(ui, place);
    auto const& figures = stage.models.today->figures;
    page_head(stage, inside, stage.say("ui.place-return-visits"),
              stage.say("ui.visits-words",
                        {{"kept", std::to_string(figures.visits_kept)}, {"all", std::to_string(figures.visits)}}));
    std::string const labels[] = {stage.say("ui.visits-due"), stage.say("ui.visits-made")};
    tabs(ui, inside.take_top(tabs_height(ui), 12), "visits", labels, state.tab);
    if (state.tab == 1) return draw_made(stage, inside, state);
    card(ui, inside);
    draw_waiting_list(stage, inside.inset(1, 1), tickets);
}

}  // namespace guanjia
