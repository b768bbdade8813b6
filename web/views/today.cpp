#include <fmt/format.h>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

struct Figure {
    std::string label;
    std::string value;
    std::string beside;
    Tone tone;
};

std::vector<Figure> figures_of(Stage const& stage, TodaySnapshot const& today) {
    auto const& figures = today.figures;
    std::vector<Figure> shown;
    auto const none = stage.say("ui.no-figure");
    auto const target = stage.say("ui.target-minutes", {{"minutes", std::to_string(today.response_target_minutes)}});
    shown.push_back({stage.say("ui.first-response"),
                     figures.response_minutes ? span_words(stage.ui, *figures.response_minutes * 60) : none, target,
                     !figures.response_minutes                                    ? Tone::neutral
                     : *figures.response_minutes <= today.response_target_minutes ? Tone::ok
                                                                                  : Tone::warn});
    auto const share = [&](char const* label, char const* beside, std::int64_t kept, std::int64_t all) {
        auto const percent = all == 0 ? none
                             : kept == all
                                 ? std::string{"100%"}
                                 : fmt::format("{:.1f}%", 100.0 * static_cast<double>(kept) / static_cast<double>(all));
        shown.push_back({stage.say(label), percent,
                         stage.say(beside, {{"kept", std::to_string(kept)}, {"all", std::to_string(all)}}),
                         all == 0      ? Tone::neutral
                         : kept == all ? Tone::ok
                                       : Tone::warn});
    };
    share("ui.in-time", "ui.this-week", figures.solutions_kept, figures.solutions);
    share("ui.complaints-visited", "ui.this-month", figures.visits_kept, figures.visits);
    shown.push_back({stage.say("ui.open-tickets"), std::to_string(figures.open),
                     stage.say("ui.urgent-count", {{"count", std::to_string(figures.open_urgent)}}),
                     figures.open_urgent > 0 ? Tone::danger : Tone::neutral});
    return shown;
}

void draw_figures(Stage const& stage, Rect place, TodaySnapshot const& today) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const figures = figures_of(stage, today);
    auto const gap = 12.0F;
    auto const width = (place.w - gap * 3) / 4;
    ui.semantics.open(NodeRole::list, stage.say("ui.figures"), "figures");
    for (auto const& figure : figures) {
        auto part = place.take_left(width, gap);
        card(ui, part);
        ui.semantics.open(NodeRole::listitem, join_dots({figure.label, figure.value, figure.beside}), figure.label);
        auto inside = part.inset(16, 12);
        ui.label(inside.take_top(22, 2), figure.label, {size::text_small + 1, theme.text_2});
        ui.label(inside.take_top(32, 6), figure.value, {22, 0, true});
        tag(ui, inside.x, inside.y + 12, figure.beside, figure.tone);
        ui.semantics.close();
    }
    ui.semantics.close();
}

struct DutyAct {
    char const* words;
    TicketAction action;
};

DutyAct act_of(Duty const& duty) {
    if (duty.clause.id() == "RV-4.1") return {"ui.start-visit", TicketAction::visit};
    if (duty.clause.id() == "GEN-3.2") return {"ui.record-contact", TicketAction::contact};
    return {"ui.open-ticket", TicketAction::none};
}

void draw_duty(Stage const& stage, Rect row, DutyLine const& line, TicketsState& tickets) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const wide = row.w > 720;
    auto const due = due_words(ui, line.duty.due);
    auto const title = stage.say(
        "ui.duty-title",
        {{"duty", duty_name(ui, line.duty)}, {"unit", line.unit}, {"customer", line.customer}, {"words", line.words}});
    ui.semantics.open(NodeRole::listitem, join_dots({due.words, title}), duty_id(line.duty));
    Scope const scope{duty_id(line.duty)};
    auto const state = list_row(ui, row, "row", join_dots({due.words, title, line.number}), false);
    if (state.clicked) stage.shell.go(Place::tickets, line.number);

    auto inside = row.inset(16, 0);
    auto when_part = inside.take_left(146, 12);
    tag(ui, when_part.x, row.y + 15, due.words, due.tone, due.icon);
    ui.label({when_part.x, row.y + 28, when_part.w, 20}, when(ui, line.duty.due), {size::text_small, theme.text_2});

    auto const act = act_of(line.duty);
    auto const words = stage.say(act.words);
    auto const width = button_width(ui, {.label = words});
    auto place = inside.take_right(std::max(width, 88.0F), 12);
    place = {place.right() - width, row.centre_y() - 16, width, 32};
    if (button(ui, place, {.label = words, .name = words + " " + line.number, .key = "act"})) {
        if (act.action != TicketAction::none) tickets.act.begin(act.action, line.number);
        stage.shell.go(Place::tickets, line.number);
    }
    if (wide) {
        auto const who = line.responsible.empty() ? role_name(ui, line.duty.role) : line.responsible;
        ui.label(inside.take_right(96, 12), who, {size::text_body - 1, theme.text_2});
        auto const mark = inside.take_right(90, 12);
        clause_mark(ui, mark.x, row.centre_y(), line.duty.clause.id());
    }
    ui.label({inside.x, row.y + 5, inside.w, 22}, title);
    auto const below = join_dots({stage.say("ui.ticket-number", {{"number", line.number}}),
                                  stage.say("ticket-kind." + std::string{name_of(line.kind)}),
                                  stage.say("priority." + std::string{name_of(line.priority)}),
                                  line.duty.provisional ? stage.say("ui.provisional") : std::string{}});
    ui.label({inside.x, row.y + 28, inside.w, 20}, below, {size::text_small, theme.text_2});
    ui.semantics.close();
}

}  // namespace

void draw_today(Stage const& stage, Rect place, TodayState& state, TicketsState& tickets) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    if (!stage.models.today) return;
    auto const& today = *stage.models.today;
    if (has_clause_column(ui))
        draw_clauses(stage, place.take_right(size::clauses), {"RV-4.1", "GEN-2.1", "GEN-3.2", "RV-3.1"});

    std::size_t mine_count = 0;
    std::size_t overdue = 0;
    std::size_t due_today = 0;
    for (auto const& line : today.duties) {
        mine_count += stage.is_mine(line.duty) ? 1 : 0;
        overdue += line.status == DutyStatus::overdue ? 1 : 0;
        due_today += line.status == DutyStatus::open && date_of(line.duty.due) == date_of(ui.now) ? 1 : 0;
    }

    auto inside = place.inset(24, 20);
    auto head = page_head(stage, inside, stage.say("ui.place-today"),
                          stage.say("ui.today-words", {{"all", std::to_string(today.duties.size())},
                                                       {"overdue", std::to_string(overdue)},
                                                       {"today", std::to_string(due_today)}}));
    if (button_right(
            ui, head,
            {.label = stage.say("ui.new-reception"), .icon = icon::plus, .kind = ButtonKind::primary, .hint = "N"}))
        stage.shell.go(Place::reception);
    draw_figures(stage, inside.take_top(106, 16), today);

    card(ui, inside);
    auto list_head = inside.take_top(48);
    auto row = list_head.inset(16, 0);
    TextStyle const title{size::text_body + 1, 0, true};
    auto const words = stage.say("ui.my-duties");
    ui.heading(row.take_left(ui.width_of(words, title) + 2, 12), words, 2, title);
    std::string const labels[] = {stage.say("ui.mine", {{"count", std::to_string(mine_count)}}),
                                  stage.say("ui.centre", {{"count", std::to_string(today.duties.size())}})};
    row.y += 12;
    row.h = 24;
    tabs(ui, row, "scope", labels, state.scope);
    ui.horizontal_line(inside.x + 1, list_head.bottom() - 1, inside.w - 2);

    auto const shown = state.scope == 0 ? mine_count : today.duties.size();
    if (shown == 0) {
        auto const* tickets_known = stage.models.tickets;
        auto const fresh = tickets_known && tickets_known->complete() && tickets_known->size() == 0;
        empty_state(ui, inside, fresh ? icon::reception : icon::check,
                    stage.say(fresh ? "ui.nothing-yet" : "ui.nothing-due"),
                    stage.say(fresh ? "ui.nothing-yet-advice" : "ui.nothing-due-advice"));
        return;
    }
    Scroll scroll{ui, "duties", inside.inset(1, 1), {.role = NodeRole::list, .name = words}};
    for (auto const& line : today.duties) {
        if (state.scope == 0 && !stage.is_mine(line.duty)) continue;
        auto const part = scroll.take(54);
        if (!scroll.sees(part)) continue;
        draw_duty(stage, part, line, tickets);
        ui.fill({part.x, part.bottom() - 1, part.w, 1}, theme.line);
    }
}

}  // namespace guanjia
