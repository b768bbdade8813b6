#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

void draw_waiting_list(Stage const& stage, Rect place, TicketsState& tickets) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const& duties = stage.models.today->duties;
    auto const waits = [](DutyLine const& line) { return line.duty.clause.id() == "RV-4.1"; };
    if (std::none_of(duties.begin(), duties.end(), waits))
        return empty_state(ui, place, icon::return_visits, stage.say("ui.no-visits-due"),
                           stage.say("ui.no-visits-due-advice"));
    {
        Scroll scroll{ui, "due", place, {.role = NodeRole::list, .name = stage.say("ui.visits-due")}};
        for (auto const& line : duties) {
            if (!waits(line)) continue;
            auto const row = scroll.take(66);
            if (!scroll.sees(row)) continue;
            auto const due = due_words(ui, line.duty.due);
            auto const title = join_dots({line.unit, line.customer});
            ui.semantics.open(NodeRole::listitem, {}, line.number);
            Scope const scope{line.number};
            if (list_row(ui, row, "ticket", join_dots({due.words, title, line.words, line.number}), false).clicked)
                stage.shell.go(Place::tickets, line.number);
            auto inside = row.inset(16, 0);
            auto const words = stage.say("ui.start-visit");
            auto const width = button_width(ui, {.label = words});
            auto act = inside.take_right(width, 16);
            if (button(ui, {act.x, row.centre_y() - 16, width, 32},
                       {.label = words, .name = words + " " + line.number, .key = "visit"})) {
                tickets.act.begin(TicketAction::visit, line.number);
                stage.shell.go(Place::tickets, line.number);
            }
            auto left = inside.take_left(140, 12);
            tag(ui, left.x, row.y + 22, due.words, due.tone, due.icon);
            ui.label({left.x, row.y + 36, left.w, 20}, when(ui, line.duty.due), {size::text_small, theme.text_2});
            if (line.duty.role == Role::manager) {
                auto const mark = inside.take_right(tag_width(ui, role_name(ui, Role::manager)), 12);
                tag(ui, mark.x, row.centre_y(), role_name(ui, Role::manager), Tone::warn);
            }
            ui.label({inside.x, row.y + 10, inside.w, 24}, line.words);
            ui.label({inside.x, row.y + 35, inside.w, 20}, join_dots({title, line.number}),
                     {size::text_small, theme.text_2});
            ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
            ui.semantics.close();
        }
    }
}

void draw_made(Stage const& stage, Rect place) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    if (stage.models.visits.empty())
        return empty_state(ui, place, icon::return_visits, stage.say("ui.no-visits-made"),
                           stage.say("ui.no-visits-made-advice"));
    struct Column {
        char const* words;
        float width;  // share of the width
    };
    static constexpr Column columns[] = {{"ui.column-time", 0.16F},  {"ui.unit", 0.14F},         {"ui.customer", 0.1F},
                                         {"ui.visit-method", 0.12F}, {"ui.satisfaction", 0.12F}, {"ui.opinion", 0.26F},
                                         {"ui.visited-by", 0.1F}};
    ui.semantics.open(NodeRole::table, stage.say("ui.visits-made"), "made");
    auto head = place.take_top(40);
    ui.semantics.open(NodeRole::row, {}, "head");
    auto cells = head.inset(16, 0);
    auto const whole = cells.w;
    for (auto const& column : columns) {
        auto cell = cells.take_left(whole * column.width);
        cell.w -= 8;
        ui.semantics.add(0, NodeRole::columnheader, stage.say(column.words), cell);
        ui.line(cell, stage.say(column.words), {size::text_small, theme.text_2});
    }
    ui.semantics.close();
    ui.fill({head.x, head.bottom() - 1, head.w, 1}, theme.line);
    {
        Scroll scroll{ui, "made", place, {.role = NodeRole::rowgroup}};
        for (auto const& line : stage.models.visits) {
            auto const row = scroll.take(48);
            if (!scroll.sees(row)) continue;
            ui.semantics.open(NodeRole::row, {}, format_id(line.id));
            Scope const scope{format_id(line.id)};
            if (list_row(ui, row, "row", join_dots({line.number, line.unit, line.opinion}), false).clicked)
                stage.shell.go(Place::tickets, line.ticket_number);
            auto part = row.inset(16, 0);
            std::size_t index = 0;
            auto const next = [&] {
                auto cell = part.take_left(whole * columns[index++].width);
                cell.w -= 8;
                return cell;
            };
            auto const text = [&](std::string const& words) {
                auto const cell = next();
                ui.semantics.add(0, NodeRole::cell, words, cell);
                ui.line(cell, words);
            };
            text(when(ui, line.at));
            text(line.unit);
            text(line.customer);
            text(stage.say("visit-method." + std::string{name_of(line.method)}));
            auto const satisfied = next();
            auto const bad = line.satisfaction == Satisfaction::dissatisfied || !line.solved;
            auto const words = line.satisfaction == Satisfaction::none
                                   ? stage.say(line.solved ? "form.solved" : "form.not-solved")
                                   : stage.say("satisfaction." + std::string{name_of(line.satisfaction)});
            tag(ui, satisfied.x, satisfied.centre_y(), words,
                bad                                       ? Tone::danger
                : line.satisfaction == Satisfaction::fair ? Tone::warn
                                                          : Tone::ok);
            text(line.opinion);
            text(stage.models.registry.name_of(line.visited_by));
            ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
            ui.semantics.close();
        }
    }
    ui.semantics.close();
}

}  // namespace

void draw_return_visits(Stage const& stage, Rect place, VisitsState& state, TicketsState& tickets) {
    auto& ui = stage.ui;
    if (!stage.models.today) return;
    if (has_clause_column(ui))
        draw_clauses(stage, place.take_right(size::clauses), {"RV-2", "RV-3.1", "RV-4.1", "RV-4.3"});
    auto inside = place.inset(24, 20);
    auto const& figures = stage.models.today->figures;
    page_head(stage, inside, stage.say("ui.place-return-visits"),
              stage.say("ui.visits-words",
                        {{"kept", std::to_string(figures.visits_kept)}, {"all", std::to_string(figures.visits)}}));
    std::string const labels[] = {stage.say("ui.visits-due"), stage.say("ui.visits-made")};
    tabs(ui, inside.take_top(28, 12), "visits", labels, state.tab);
    card(ui, inside);
    inside = inside.inset(1, 1);
    if (state.tab == 0) draw_waiting_list(stage, inside, tickets);
    else draw_made(stage, inside);
}

}  // namespace guanjia
