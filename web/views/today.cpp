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
        shown.push_back({stage.say(label), share_words(stage.ui, kept, all),
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

// Four side by side, or two and two.
void draw_figures(Stage const& stage, Rect& inside, TodaySnapshot const& today) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const figures = figures_of(stage, today);
    auto const gap = 12.0F;
    auto const columns = inside.w < 560 ? 2 : 4;
    auto const width = (inside.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    Region const region{ui.semantics, NodeRole::list, stage.say("ui.figures"), "figures"};
    Rect row;
    for (std::size_t index = 0; index < figures.size(); ++index) {
        auto const& figure = figures[index];
        if (index % static_cast<std::size_t>(columns) == 0) {
            auto const last = index + static_cast<std::size_t>(columns) >= figures.size();
            row = inside.take_top(columns == 2 ? 98 : 106, last ? 16 : gap);
        }
        auto const part = row.take_left(width, gap);
        card(ui, part);
        Region const item{ui.semantics, NodeRole::listitem, join_dots({figure.label, figure.value, figure.beside}),
                          figure.label, part};
        auto place = part.inset(16, columns == 2 ? 10 : 12);
        ui.label(place.take_top(22, 2), figure.label, {size::text_small + 1, theme.text_2});
        ui.label(place.take_top(columns == 2 ? 28 : 32, columns == 2 ? 2 : 6), figure.value, {22, 0, true});
        tag(ui, place.x, place.y + 12, figure.beside, figure.tone);
    }
}

struct DutyAct {
    char const* words;
    TicketAction action;
};

constexpr DutyAct visiting{"ui.start-visit", TicketAction::visit};
constexpr DutyAct contacting{"ui.record-contact", TicketAction::contact};
constexpr DutyAct asking{"ui.ask", TicketAction::ask};
constexpr DutyAct going_on{"ui.resume", TicketAction::resume};
constexpr DutyAct opening{"ui.open-ticket", TicketAction::none};
constexpr DutyAct calling{"ui.call-back", TicketAction::none};
constexpr DutyAct drawing{"ui.draw", TicketAction::none};
constexpr DutyAct inspecting{"ui.inspect", TicketAction::none};
constexpr DutyAct reporting{"ui.report-improvement", TicketAction::none};

DutyAct const& act_of(DutyLine const& line) {
    switch (line.subject) {
        case DutySubject::reception: return calling;
        case DutySubject::draw: return drawing;
        case DutySubject::inspection: return inspecting;
        case DutySubject::improvement: return reporting;
        case DutySubject::ticket: break;
    }
    auto const clause = line.duty.clause.id();
    if (clause == "RV-4.1" || clause == "RV-4.2") return visiting;
    if (clause == "GEN-3.2") return contacting;
    if (clause == "GEN-5.1") return asking;
    return clause == "GEN-5.3" ? going_on : opening;
}

// Where what is to be done is done.
void open_subject(Stage const& stage, DutyLine const& line, TodayTargets const& targets) {
    switch (line.subject) {
        case DutySubject::reception:
            targets.reception.begin_call(stage, line.duty.subject, line.number);
            return stage.shell.go(Place::reception);
        case DutySubject::draw: targets.visits.show(VisitsTab::draws); return stage.shell.go(Place::return_visits);
        case DutySubject::inspection:
            targets.visits.show(VisitsTab::inspections);
            return stage.shell.go(Place::return_visits);
        case DutySubject::improvement:
            targets.feedback.begin_report(stage, line.number);
            return stage.shell.go(Place::feedback);
        case DutySubject::ticket: return stage.go_to_ticket(line.duty.subject, line.number);
    }
}

void draw_duty(Stage const& stage, Rect row, DutyLine const& line, float act_width, TodayTargets const& targets) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const wide = row.w > 720;
    auto const narrow = row.w < 520;
    auto const due = due_words(ui, line.duty.due);
    auto const title = duty_title(ui, line);
    Region const item{ui.semantics, NodeRole::listitem, {}, duty_id(line.duty), row};
    Scope const scope{duty_id(line.duty)};
    if (list_row(ui, row, "row", join_dots({due.words, title, line.number}), false).clicked)
        open_subject(stage, line, targets);

    auto inside = row.inset(narrow ? 12 : 16, 0);
    auto const& act = act_of(line);
    auto const words = stage.say(act.words);
    auto const width = button_width(ui, {.label = words});
    auto place = inside.take_right(narrow ? width : act_width, 12);
    auto const height = ui.metrics.touch ? ui.metrics.control : 32;
    place = {place.right() - width, row.centre_y() - height / 2, width, height};
    auto const below = join_dots(
        {line.subject == DutySubject::ticket ? stage.say("ui.ticket-number", {{"number", line.number}}) : line.number,
         choice_words(ui, ticket_kind_choices, static_cast<std::int64_t>(line.kind)),
         choice_words(ui, priority_choices, static_cast<std::int64_t>(line.priority)),
         line.duty.provisional ? stage.say("ui.provisional") : std::string{}});
    if (narrow) {
        tag(ui, inside.x, row.y + 20, due.words, due.tone, due.icon);
        ui.label({inside.x, row.y + 34, inside.w, 24}, title);
        ui.label({inside.x, row.y + 58, inside.w, 20}, below, {size::text_small, theme.text_2});
    } else {
        auto const when_part = inside.take_left(146, 12);
        tag(ui, when_part.x, row.y + 15, due.words, due.tone, due.icon);
        ui.label({when_part.x, row.y + 28, when_part.w, 20}, sentence_case(when(ui, line.duty.due)),
                 {size::text_small, theme.text_2});
    }
    if (button(ui, place, {.label = words, .name = words + " " + line.number, .key = "act"})) {
        if (act.action != TicketAction::none) targets.tickets.act.begin(stage, act.action, line.number);
        open_subject(stage, line, targets);
    }
    if (narrow) return;
    if (wide) {
        auto const who = line.responsible.empty() ? role_name(ui, line.duty.role) : line.responsible;
        ui.label(inside.take_right(96, 12), who, {size::text_body - 1, theme.text_2});
        auto const mark = inside.take_right(90, 12);
        clause_mark(ui, mark.x, row.centre_y(), line.duty.clause.id());
    }
    ui.label({inside.x, row.y + 5, inside.w, 22}, title);
    ui.label({inside.x, row.y + 28, inside.w, 20}, below, {size::text_small, theme.text_2});
}

// What is asked for first: the list of what is due, mine or the whole centre's.
void draw_duties(Stage const& stage, Rect inside, TodayState& state, TodayTargets const& targets, std::size_t mine) {
    auto& ui = stage.ui;
    auto const& today = *stage.models.today;
    card(ui, inside);
    auto list_head = inside.take_top(ui.metrics.touch ? 56 : 48);
    auto row = list_head.inset(16, 0);
    TextStyle const title{size::text_body + 1, 0, true};
    auto const words = stage.say("ui.my-duties");
    ui.heading(row.take_left(ui.width_of(words, title) + 2, 12), words, 2, title);
    std::string const labels[] = {stage.say("ui.mine", {{"count", std::to_string(mine)}}),
                                  stage.say("ui.centre", {{"count", std::to_string(today.duties.size())}})};
    tabs(ui, row.inset(0, (row.h - tabs_height(ui)) / 2), "scope", labels, state.scope);
    ui.horizontal_line(inside.x + 1, list_head.bottom() - 1, inside.w - 2);

    auto const shown = state.scope == 0 ? mine : today.duties.size();
    if (shown == 0) {
        auto const fresh = !today.figures.any;
        return empty_state(ui, inside, fresh ? icon::reception : icon::check,
                           stage.say(fresh ? "ui.nothing-yet" : "ui.nothing-due"),
                           stage.say(fresh ? "ui.nothing-yet-advice" : "ui.nothing-due-advice"));
    }
    Scroll scroll{ui, "duties", inside.inset(1, 1), {.role = NodeRole::list, .name = words}};
    auto const height = inside.w < 520 ? 88.0F : 54.0F;
    // One width for all, so that what stands beside them is in columns.
    auto act_width = 0.0F;
    for (auto const& act : {visiting, contacting, asking, going_on, opening, calling, drawing, inspecting, reporting})
        act_width = std::max(act_width, button_width(ui, {.label = stage.say(act.words)}));
    for (auto const& line : today.duties) {
        if (state.scope == 0 && !stage.is_mine(line.duty)) continue;
        auto const part = scroll.take(height);
        if (!scroll.sees(part)) continue;
        draw_duty(stage, part, line, act_width, targets);
        ui.fill({part.x, part.bottom() - 1, part.w, 1}, ui.theme().line);
    }
}

}  // namespace

void draw_today(Stage const& stage, Rect place, TodayState& state, TodayTargets const& targets) {
    auto& ui = stage.ui;
    if (!stage.models.today) return;
    if (auto const week = calendar_week(stage.shell.route, ui.now)) return draw_calendar(stage, place, *week);
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

    auto inside = page_inset(ui, place);
    auto head =
        page_head(stage, inside, stage.say("ui.place-today"),
                  ui.display_width() < 640 ? stage.say("ui.today-words-short", {{"overdue", std::to_string(overdue)}})
                                           : stage.say("ui.today-words", {{"all", std::to_string(today.duties.size())},
                                                                          {"overdue", std::to_string(overdue)},
                                                                          {"today", std::to_string(due_today)}}));
    auto const touch = ui.metrics.touch;
    if (button_right(ui, head,
                     {.label = stage.say("ui.new-reception"),
                      .icon = icon::plus,
                      .kind = ButtonKind::primary,
                      .hint = touch ? "" : "N"}))
        stage.shell.go(Place::reception);
    if (head.w > 150 && button_right(ui, head, {.label = stage.say("ui.calendar"), .icon = icon::calendar}))
        go_to_calendar(stage, week_of(date_of(ui.now)));
    // On a small screen everything scrolls together, so that the list is not squeezed.
    if (place.h < 620) {
        Scroll scroll{ui, "page", inside, Scroll::Bar::beside};
        auto all = scroll.content;
        draw_figures(stage, all, today);
        auto const height =
            60 + (all.w < 520 ? 88.0F : 54.0F) *
                     static_cast<float>(std::max<std::size_t>(state.scope == 0 ? mine_count : today.duties.size(), 3));
        scroll.content.y = all.y;
        draw_duties(stage, scroll.take(std::min(height, inside.h - 8), 8), state, targets, mine_count);
        return;
    }
    draw_figures(stage, inside, today);
    draw_duties(stage, inside, state, targets, mine_count);
}

}  // namespace guanjia
