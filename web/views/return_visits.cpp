#include <algorithm>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

bool waits(DutyLine const& line) {
    auto const clause = line.duty.clause.id();
    return clause == "RV-4.1" || (clause == "RV-4.2" && line.subject == DutySubject::ticket);
}

void draw_due(Stage const& stage, Rect row, DutyLine const& line, TicketsState& tickets) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const due = due_words(ui, line.duty.due);
    auto const title = join_dots({line.unit, line.customer});
    Region const item{ui.semantics, NodeRole::listitem, {}, duty_id(line.duty), row};
    Scope const scope{duty_id(line.duty)};
    if (list_row(ui, row, "ticket", join_dots({due.words, title, line.words, line.number}), false).clicked)
        stage.go_to_ticket(line.duty.subject, line.number);
    auto inside = row.inset(16, 0);
    auto const words = stage.say("ui.start-visit");
    auto const width = button_width(ui, {.label = words});
    auto const act = inside.take_right(width, 16);
    if (button(ui, {act.x, row.centre_y() - 16, width, 32},
               {.label = words, .name = words + " " + line.number, .key = "visit"})) {
        tickets.act.begin(stage, TicketAction::visit, line.number);
        stage.go_to_ticket(line.duty.subject, line.number);
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
            case 7: return {line.number, TableCell::Kind::faint};
            default: return {answers_words(stage_, line.answers)};
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
                                           {"number", stage.say("ui.column-number"), 160, 0, false, true, false},
                                           {"answers", stage.say("field.answers"), 200, 0.5F, false, true, false}};
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

void submit(Stage const& stage, VisitsState& state, std::string command,
            std::vector<std::pair<std::string, std::string>> fields) {
    stage.mailbox.submit({std::move(command), {}, {}, std::move(fields)},
                         [&stage, &state](Result<Accepted> const& result) {
                             state.refusal.reset();
                             if (result) tell_done(stage, stage.say("ui.recorded"), *result);
                             else state.refusal = result.error();
                         });
}

// RV-4.2: a week that can be drawn from now.
void draw_open_draw(Stage const& stage, Scroll& scroll, DutyLine const& line, VisitsState& state) {
    auto& ui = stage.ui;
    auto const place = scroll.take(72, 12);
    Scope const scope{format_date(line.days.first)};
    card(ui, place);
    auto inside = place.inset(16, 12);
    auto buttons = inside.inset(0, (inside.h - ui.metrics.control) / 2);
    if (stage.may_be({Role::manager}) &&
        button_right(ui, buttons,
                     {.label = stage.say("ui.draw"), .icon = icon::check, .kind = ButtonKind::primary, .key = "draw"}))
        submit(stage, state, "draw_week", {{"week", format_date(line.days.first)}});
    inside.w = buttons.w;
    auto const due = due_words(ui, line.duty.due);
    ui.label(inside.take_top(24), stage.say("ui.repairs-of", {{"days", days_words(ui, line.days)}}));
    ui.label(inside, join_dots({due.words, stage.say("ui.draw-words")}),
             {size::text_small, colour_of(ui.theme(), due.tone)});
}

constexpr float drawn_height = 48;

void draw_drawn(Stage const& stage, Scroll& scroll, DrawnLine const& line) {
    auto& ui = stage.ui;
    auto const row = scroll.take(drawn_height);
    if (!scroll.sees(row)) return;
    auto const visited = has_time(line.visited_at);
    auto const narrow = row.w < 520;
    auto const words = visited && narrow    ? stage.say("ui.visited-short")
                       : visited            ? stage.say("ui.visited-at", {{"time", when(ui, line.visited_at)}})
                       : has_time(line.due) ? due_words(ui, line.due).words
                                            : stage.say("ui.waits-until-finished");
    auto const tone = visited ? Tone::ok : has_time(line.due) ? due_words(ui, line.due).tone : Tone::neutral;
    auto const id = format_id(line.ticket.any);
    Region const item{ui.semantics, NodeRole::listitem, {}, id, row};
    Scope const scope{id};
    if (list_row(ui, row, "order", join_dots({std::to_string(line.rank), line.unit, line.words, words}), false).clicked)
        stage.go_to_ticket(line.ticket.any, line.number);
    auto inside = row.inset(16, 0);
    ui.label(inside.take_left(28, 8), std::to_string(line.rank), {size::text_small, ui.theme().text_2});
    auto const mark = inside.take_right(tag_width(ui, words), 12);
    tag(ui, mark.x, row.centre_y(), words, tone);
    if (line.assignee)
        ui.label(inside.take_right(90, 12), stage.models.registry.name_of(line.assignee),
                 {size::text_small, ui.theme().text_2});
    ui.label(inside, join_dots({line.unit, line.words, line.late ? stage.say("ui.added-late") : std::string{}}));
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, ui.theme().line);
}

void draw_draws(Stage const& stage, Rect place, VisitsState& state) {
    auto& ui = stage.ui;
    auto const& models = stage.models;
    auto const is_draw = [](DutyLine const& line) { return line.subject == DutySubject::draw; };
    auto const& duties = models.today->duties;
    if (models.draws.empty() && std::none_of(duties.begin(), duties.end(), is_draw)) {
        card(ui, place);
        return empty_state(ui, place, icon::return_visits, stage.say("ui.no-draws"), stage.say("ui.no-draws-advice"));
    }
    Scroll scroll{ui, "draws", place, Scroll::Bar::beside};
    if (state.refusal)
        scroll.take(refusal_box(ui, scroll.content.x, scroll.content.y, scroll.content.w, *state.refusal), 12);
    for (auto const& line : duties)
        if (is_draw(line)) draw_open_draw(stage, scroll, line, state);
    for (auto const& draw : models.draws) {
        Scope const scope{format_id(draw.id)};
        auto head = scroll.take(52, 4);
        DayRange const days{draw.week, add_days(draw.week, 6)};
        auto buttons = head.inset(0, (head.h - ui.metrics.control) / 2);
        if (stage.may_be({Role::manager}) &&
            button_right(ui, buttons, {.label = stage.say("ui.add-late"), .key = "late"}))
            submit(stage, state, "add_late_orders", {{"week", format_date(draw.week)}});
        if (icon_button(ui, buttons.take_right(ui.metrics.control, 8), icon::print, stage.say("ui.print-draw"),
                        "print"))
            stage.mailbox.print("visit-draw", draw.number,
                                [&state](Refusal const& refusal) { state.refusal = refusal; });
        head.w = buttons.w;
        auto const title = stage.say("ui.repairs-of", {{"days", days_words(ui, days)}});
        ui.heading(head.take_top(26), title, 2, {size::text_body + 1, 0, true});
        ui.label(head,
                 join_dots({stage.say("ui.drawn-of", {{"wanted", std::to_string(draw.wanted)},
                                                      {"orders", std::to_string(draw.orders)}}),
                            stage.say("ui.seed-is", {{"seed", draw.seed}}),
                            stage.models.registry.name_of(draw.drawn_by), draw.number}),
                 {size::text_small, ui.theme().text_2});
        Region const list{ui.semantics, NodeRole::list, title, format_id(draw.id)};
        card(ui, {scroll.content.x, scroll.content.y, scroll.content.w,
                  drawn_height * static_cast<float>(draw.drawn.size())});
        for (auto const& line : draw.drawn) draw_drawn(stage, scroll, line);
        scroll.take(20);
    }
}

// RV-4.5: a period whose visits the manager has not signed for.
DutyLine const* inspection_due(Models const& models) {
    for (auto const& line : models.today->duties)
        if (line.subject == DutySubject::inspection) return &line;
    return nullptr;
}

constexpr float inspected_height = 60;

void draw_inspected(Stage const& stage, Scroll& scroll, VisitLine const& line, VisitsState& state) {
    auto& ui = stage.ui;
    auto const row = scroll.take(inspected_height);
    if (!scroll.sees(row)) return;
    Region const item{ui.semantics, NodeRole::listitem, {}, format_id(line.id), row};
    Scope const scope{format_id(line.id)};
    if (list_row(ui, row, "visit", join_dots({line.unit, line.customer, line.opinion, line.number}), false).clicked)
        stage.go_to_ticket(line.ticket.any, line.ticket_number);
    auto inside = row.inset(16, 0);
    auto const words = stage.say("ui.inspect");
    auto const width = button_width(ui, {.label = words});
    auto const act = inside.take_right(width, 16);
    if (button(ui, {act.x, row.centre_y() - 16, width, 32},
               {.label = words, .name = words + " " + line.number, .key = "inspect"})) {
        state.form.begin(stage, "inspect_visit", format_id(line.id));
        if (state.form.text("passed").empty()) state.form.set("passed", "true");
    }
    if (line.passed) {
        auto const result = stage.say(*line.passed ? "field.true.passed" : "field.false.passed");
        auto const mark = inside.take_right(tag_width(ui, result), 12);
        tag(ui, mark.x, row.centre_y(), result, *line.passed ? Tone::ok : Tone::danger);
    }
    ui.label({inside.x, row.y + 8, inside.w, 24}, line.opinion.empty() ? stage.say("ui.no-opinion") : line.opinion);
    ui.label({inside.x, row.y + 32, inside.w, 20},
             join_dots({sentence_case(when(ui, line.at)), line.unit, line.customer,
                        choice_words(ui, visit_method_choices, static_cast<std::int64_t>(line.method)),
                        stage.models.registry.name_of(line.visited_by)}),
             {size::text_small, ui.theme().text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, ui.theme().line);
}

void draw_inspections(Stage const& stage, Rect place, VisitsState& state) {
    auto& ui = stage.ui;
    auto const& models = stage.models;
    auto const* due = inspection_due(models);
    if (!due && models.inspections.empty()) {
        card(ui, place);
        return empty_state(ui, place, icon::shield, stage.say("ui.no-inspections"),
                           stage.say("ui.no-inspections-advice"));
    }
    Scroll scroll{ui, "inspections", place, Scroll::Bar::beside};
    if (due) {
        auto head = scroll.take(52, 4);
        auto buttons = head.inset(0, (head.h - ui.metrics.control) / 2);
        if (stage.may_be({Role::manager}) &&
            button_right(ui, buttons,
                         {.label = stage.say("ui.sign-opinion"), .icon = icon::signature, .kind = ButtonKind::primary}))
            state.form.begin(stage, "sign_inspection", format_date(due->days.first));
        head.w = buttons.w;
        auto const title = stage.say("ui.visits-of", {{"days", days_words(ui, due->days)}});
        ui.heading(head.take_top(26), title, 2, {size::text_body + 1, 0, true});
        auto const words = due_words(ui, due->duty.due);
        ui.label(head, join_dots({words.words, stage.say("ui.inspection-words")}),
                 {size::text_small, colour_of(ui.theme(), words.tone)});
        Region const list{ui.semantics, NodeRole::list, title, "period"};
        auto const within = [&](VisitLine const& line) {
            return line.at >= start_of(due->days.first) && line.at < start_of(add_days(due->days.last, 1));
        };
        auto const count = std::count_if(models.visits.begin(), models.visits.end(), within);
        card(ui, {scroll.content.x, scroll.content.y, scroll.content.w, inspected_height * static_cast<float>(count)});
        for (auto const& line : models.visits)
            if (within(line)) draw_inspected(stage, scroll, line, state);
        scroll.take(20);
    }
    for (auto const& line : models.inspections) {
        auto const lines = ui.height_of(line.opinion, scroll.content.w - 32);
        auto const part = scroll.take(lines + 78, 12);
        card(ui, part);
        auto inside = part.inset(16, 12);
        ui.heading(inside.take_top(24, 4),
                   stage.say("ui.inspected-from", {{"day", day_words(ui, line.period)},
                                                   {"inspected", std::to_string(line.inspected)},
                                                   {"visits", std::to_string(line.visits)},
                                                   {"failed", std::to_string(line.failed)}}),
                   2, {size::text_body, 0, true});
        ui.body(inside.x, inside.y, inside.w, line.opinion);
        ui.label({inside.x, part.bottom() - 30, inside.w, 20},
                 join_dots({sentence_case(when(ui, line.at)), stage.models.registry.name_of(line.by), line.number}),
                 {size::text_small, ui.theme().text_2});
    }
}

void draw_inspection_form(Stage const& stage, Rect place, VisitsState& state) {
    auto& form = state.form;
    auto const one = form.command() == "inspect_visit";
    PanelSpec const panel{stage.say(one ? "ui.inspect-visit" : "ui.sign-opinion"), "RV-4.5",
                          stage.say(one ? "ui.record" : "ui.sign")};
    switch (draw_form_panel(stage, place, form, panel, [&](FormFields& fields) {
        if (one) {
            fields.field("passed");
            fields.field("remark", {.lines = 3, .required = form.text("passed") == "false"});
        } else {
            fields.note(stage.say("ui.sign-words"));
            fields.field("opinion", {.lines = 5, .required = true});
        }
    })) {
        case PanelEvent::send: {
            auto const accepted = [&stage, &state](Accepted const& accepted) {
                tell_done(stage, stage.say("ui.recorded"), accepted);
                state.form.clear(stage);
                state.form = {};
            };
            if (one) return form.send(stage, {"passed", "remark"}, {{"visit", form.about()}}, accepted);
            return form.send(stage, {"opinion"}, {{"period", form.about()}}, accepted);
        }
        case PanelEvent::close: form = {}; return;
        default: return;
    }
}

// RV-4.6: the office keeps the records of each month together, and prints their register.
void draw_filing(Stage const& stage, Rect place, VisitsState& state) {
    auto& ui = stage.ui;
    auto const& months = stage.models.register_months;
    card(ui, place);
    if (months.empty())
        return empty_state(ui, place, icon::clipboard, stage.say("ui.no-visits-made"),
                           stage.say("ui.no-visits-made-advice"));
    auto const title = stage.say("ui.visit-register");
    auto const may_print = stage.may_be({Role::manager_assistant, Role::manager});
    auto const may_file = stage.may_be({Role::manager_assistant});
    auto inside = place.inset(1);
    if (state.refusal)
        inside.take_top(refusal_box(ui, inside.x + 16, inside.y + 12, inside.w - 32, *state.refusal) + 12, 8);
    if (!may_print) {
        auto const words = stage.say("ui.register-is-the-office-s");
        TextStyle const faint{size::text_small + 1, ui.theme().text_2};
        inside.take_top(ui.body(inside.x + 16, inside.y + 14, inside.w - 32, words, faint) + 14, 10);
        ui.horizontal_line(inside.x, inside.y - 1, inside.w);
    }
    Scroll scroll{ui, "register", inside, {.role = NodeRole::list, .name = title}};
    for (auto const& line : months) {
        auto const row = scroll.take(66);
        if (!scroll.sees(row)) continue;
        auto const key = format_date(line.month).substr(0, 7);
        Region const item{ui.semantics, NodeRole::listitem, {}, key, row};
        Scope const scope{key};
        auto const name =
            stage.say("ui.year-month", {{"year", std::to_string(static_cast<int>(line.month.year()))},
                                        {"month", std::to_string(static_cast<unsigned>(line.month.month()))}});
        auto inner = row.inset(16, 0);
        auto buttons = Rect{inner.x, row.centre_y() - ui.metrics.control / 2, inner.w, ui.metrics.control};
        if (may_print && button_right(ui, buttons,
                                      {.label = stage.say("ui.print-register"),
                                       .icon = icon::print,
                                       .name = stage.say("ui.print-register") + " " + name,
                                       .key = "print"}))
            stage.mailbox.print("register", key, [&state](Refusal const& refusal) { state.refusal = refusal; });
        auto const whole = line.filed == line.visits;
        if (may_file && !whole &&
            button_right(ui, buttons,
                         {.label = stage.say("ui.file-visits"),
                          .icon = icon::check,
                          .kind = ButtonKind::primary,
                          .name = stage.say("ui.file-visits") + " " + name,
                          .key = "file"}))
            submit(stage, state, "file_visits", {{"month", format_date(line.month)}});
        auto const mark = whole ? stage.say("ui.filed")
                          : has_time(line.filed_at)
                              ? stage.say("ui.some-not-filed", {{"count", std::to_string(line.visits - line.filed)}})
                              : stage.say("ui.not-filed");
        auto const mark_place = buttons.take_right(tag_width(ui, mark), 16);
        tag(ui, mark_place.x, row.centre_y(), mark, whole ? Tone::ok : Tone::warn);
        ui.label({inner.x, row.y + 10, buttons.w, 24}, name);
        ui.label({inner.x, row.y + 35, buttons.w, 20},
                 join_dots({stage.say("ui.visits-count", {{"count", std::to_string(line.visits)}}),
                            has_time(line.filed_at)
                                ? stage.say("ui.filed-by", {{"person", stage.models.registry.name_of(line.filed_by)},
                                                            {"time", when(ui, line.filed_at)}})
                                : std::string{}}),
                 {size::text_small, ui.theme().text_2});
        ui.fill({row.x, row.bottom() - 1, row.w, 1}, ui.theme().line);
    }
}

}  // namespace

void draw_return_visits(Stage const& stage, Rect place, VisitsState& state, TicketsState& tickets) {
    auto& ui = stage.ui;
    if (!stage.models.today) return;
    auto const tab = static_cast<VisitsTab>(state.tab);
    if (tab == VisitsTab::inspections && !state.form.command().empty()) {
        auto const beside = place.w > 700;
        draw_inspection_form(stage, beside ? place.take_right(size::clauses + 20) : place, state);
        if (!beside) return;
    } else if (has_clause_column(ui)) {
        auto const column = place.take_right(size::clauses);
        if (tab == VisitsTab::draws) draw_clauses(stage, column, {"RV-4.2", "RV-2", "RV-3.1"});
        else if (tab == VisitsTab::inspections) draw_clauses(stage, column, {"RV-4.5", "RV-4.6"});
        else if (tab == VisitsTab::filing) draw_clauses(stage, column, {"RV-4.6", "RV-4.5", "RV-5"});
        else draw_clauses(stage, column, {"RV-2", "RV-3.1", "RV-4.1", "RV-4.3", "RV-4.4"});
    }
    auto inside = page_inset(ui, place);
    auto const& figures = stage.models.today->figures;
    page_head(stage, inside, stage.say("ui.place-return-visits"),
              stage.say("ui.visits-words",
                        {{"kept", std::to_string(figures.visits_kept)}, {"all", std::to_string(figures.visits)}}));
    std::string const labels[] = {stage.say("ui.visits-due"), stage.say("ui.visits-made"), stage.say("ui.draws"),
                                  stage.say("ui.inspections"), stage.say("ui.visit-register")};
    tabs(ui, inside.take_top(tabs_height(ui), 12), "visits", labels, state.tab);
    switch (static_cast<VisitsTab>(state.tab)) {
        case VisitsTab::made: return draw_made(stage, inside, state);
        case VisitsTab::draws: return draw_draws(stage, inside, state);
        case VisitsTab::inspections: return draw_inspections(stage, inside, state);
        case VisitsTab::filing: return draw_filing(stage, inside, state);
        case VisitsTab::due: break;
    }
    card(ui, inside);
    draw_waiting_list(stage, inside.inset(1, 1), tickets);
}

}  // namespace guanjia
