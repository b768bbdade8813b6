#include "core/base/text.h"
#include "core/base/typed.h"
#include "core/procedure/calendar_notice.h"
#include "core/procedure/parameters.h"
#include "web/views/settings_parts.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr std::string_view parts[] = {"desk", "look", "people", "units", "parameters", "wordings", "intake"};

// RV-4.2: one desk draws for the centre, by the manager's word.
void draw_drawing_desk(Stage const& stage, Scroll& scroll, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& registry = stage.models.registry;
    if (registry.desk.headquarters) return;
    auto const manager = stage.may_be({Role::manager});
    auto const words = stage.say(manager ? "ui.draw-desk-words" : "ui.draw-desk-manager");
    TextStyle const faint{size::text_small + 1, ui.theme().text_2};
    std::vector<Option> options;
    auto chosen = -1;
    for (auto const& letter : registry.letters) {
        if (letter == registry.draw_desk) chosen = static_cast<int>(options.size());
        options.push_back({stage.say("ui.desk-letter", {{"letter", letter}})});
    }
    ChoiceSpec const spec{.key = "draw desk", .label = stage.say("field.name_draw_desk.desk"), .columns = 4};
    auto const words_height = ui.height_of(words, scroll.content.w - 40, faint);
    auto const choice_part = manager ? choice_height(ui, spec, options.size()) : 30.0F;
    auto const box = scroll.take(words_height + choice_part + 86 + (state.draw_desk_refusal ? 80 : 0), 16);
    card(ui, box);
    auto inside = box.inset(20, 16);
    card_title(ui, inside, stage.say("ui.draws"));
    inside.take_top(ui.body(inside.x, inside.y, inside.w, words, faint), 10);
    if (!manager) {
        ui.label(inside.take_top(30), stage.say("ui.draws-at-desk", {{"letter", registry.draw_desk}}));
        return;
    }
    auto const before = chosen;
    if (choice(ui, inside.take_top(choice_part, 8), spec, options, chosen) && chosen != before)
        stage.mailbox.submit({"name_draw_desk", {}, {}, {{"desk", registry.letters[static_cast<std::size_t>(chosen)]}}},
                             [&stage, &state](Result<Accepted> const& result) {
                                 state.draw_desk_refusal.reset();
                                 if (result) tell_done(stage, stage.say("ui.recorded"), *result);
                                 else state.draw_desk_refusal = result.error();
                             });
    if (state.draw_desk_refusal) refusal_box(ui, inside.x, inside.y, inside.w, *state.draw_desk_refusal);
}

void draw_desk(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    Scroll scroll{ui, "desk", place, Scroll::Bar::beside};
    auto const& desk = stage.models.registry.desk;
    auto box = scroll.take(224, 16);
    card(ui, box);
    auto inside = box.inset(20, 16);
    card_title(ui, inside, stage.say("ui.this-desk-is"));
    auto const fact = [&](char const* label, std::string const& value) {
        auto row = inside.take_top(30);
        ui.label(row.take_left(140, 8), stage.say(label), {size::text_body - 1, theme.text_2});
        ui.label(row, value);
    };
    fact("ui.centre-name", desk.centre_name);
    fact("ui.centre-code", desk.centre_code);
    fact("ui.desk-number", std::to_string(desk.number) + " (" + desk.letter() + ")");
    fact("ui.identity", format_incarnation(desk.incarnation));
    fact("ui.records-size",
         stage.say("ui.kilobytes", {{"count", grouped(static_cast<std::int64_t>(stage.shell.status.bytes / 1024))}}));

    FieldSpec const day{.key = "day",
                        .label = stage.say("field.day"),
                        .hint = format_date(date_of(ui.now)),
                        .error = error_of(ui, state.day_refusal, "date")};
    auto const refusal = state.day_refusal && state.day_refusal->fields.empty();
    auto const words = stage.say("ui.day-file-words");
    TextStyle const faint{size::text_small + 1, theme.text_2};
    auto const words_height = ui.height_of(words, scroll.content.w - 40, faint);
    auto const label = stage.say("ui.hand-over-day");
    ButtonSpec const hand_over{.label = label, .icon = icon::download, .kind = ButtonKind::primary};
    // Beside the day where there is room for both, else below it.
    auto const beside = scroll.content.w - 40 - 212 >= button_width(ui, hand_over);
    box = scroll.take(words_height + 92 + field_height(ui, day) + ui.metrics.control + (refusal ? 80 : 0) +
                          (beside ? 0 : ui.metrics.control + 12),
                      16);
    card(ui, box);
    inside = box.inset(20, 16);
    card_title(ui, inside, stage.say("ui.day-file"));
    inside.take_top(ui.body(inside.x, inside.y, inside.w, words, faint), 10);
    auto row = inside.take_top(field_height(ui, day), 8);
    date_field(ui, row.take_left(std::min(200.0F, row.w), 12), day, state.day, state.picking_day,
               day_kinds(stage.models));
    auto action = row;
    action.y += field_label;
    action.h = ui.metrics.control;
    if (!beside) action = inside.take_top(ui.metrics.control, 12);
    if (button_left(ui, action, hand_over)) {
        auto const today = date_of(ui.now);
        auto const wanted = state.day.empty() ? std::optional<Date>{today} : read_date(state.day, today);
        state.day_refusal.reset();
        if (!wanted) state.day_refusal = Refusal{std::nullopt, "input.date", {"date"}, {{"text", state.day}}};
        else
            stage.mailbox.export_day(
                *wanted, state.day_photos ? Mailbox::Carry::photos : Mailbox::Carry::no_photos,
                [&stage, &state](Result<SliceHeader> const& header) {
                    if (!header) {
                        state.day_refusal = header.error();
                        return;
                    }
                    auto const count = static_cast<std::int64_t>(header->range.last - header->range.first + 1);
                    stage.shell.tell(stage.ui, stage.say("ui.day-handed-over", {{"count", grouped(count)}}));
                });
    }
    checkbox(ui, inside.take_top(ui.metrics.control, 8), "photos", stage.say("ui.carry-photos"), state.day_photos);
    if (refusal) refusal_box(ui, inside.x, inside.y, inside.w, *state.day_refusal);
    draw_drawing_desk(stage, scroll, state);
}

void draw_look(Stage const& stage, Rect place) {
    auto& ui = stage.ui;
    Scroll scroll{ui, "look", place, Scroll::Bar::beside};
    auto const narrow = scroll.content.w < 480;
    auto const pick = [&](ChoiceSpec const& spec, std::span<Option const> options, int& chosen) {
        auto const height = choice_height(ui, spec, options.size());
        auto const box = scroll.take(height + 36, 16);
        card(ui, box);
        return choice(ui, box.inset(20, 18), spec, options, chosen);
    };
    Option const languages[] = {{"中文"}, {"English"}};
    auto language = ui.language == Language::english ? 1 : 0;
    if (pick({.key = "language", .label = stage.say("ui.language")}, languages, language))
        stage.shell.set_language(language == 1 ? Language::english : Language::chinese);

    auto look = stage.shell.look;
    Option const themes[] = {{stage.say("ui.theme-system"), icon::settings},
                             {stage.say("ui.theme-light"), icon::sun},
                             {stage.say("ui.theme-dark"), icon::moon},
                             {stage.say("ui.theme-contrast"), icon::contrast}};
    auto theme = static_cast<int>(look.theme);
    if (pick({.key = "theme", .label = stage.say("ui.theme"), .columns = narrow ? std::size_t{2} : 4}, themes, theme)) {
        look.theme = static_cast<ThemeChoice>(theme);
        stage.shell.set_look(look);
    }
    Option const sizes[] = {{stage.say("ui.text-usual")}, {stage.say("ui.text-large")}, {stage.say("ui.text-larger")}};
    auto text = static_cast<int>(look.text_size);
    if (pick({.key = "text", .label = stage.say("ui.text-size")}, sizes, text)) {
        look.text_size = static_cast<std::size_t>(text);
        stage.shell.set_look(look);
    }
    auto const box = scroll.take(ui.metrics.control + 36, 16);
    card(ui, box);
    auto notices = stage.shell.notices == NoticePermission::granted && look.notices;
    if (toggle(ui, box.inset(20, 18), "notices", stage.say("ui.notices"), notices)) {
        look.notices = notices;
        stage.shell.set_look(look);
        if (notices && stage.shell.notices != NoticePermission::granted) stage.shell.ask_for_notices();
    }
    if (stage.shell.notices == NoticePermission::denied)
        scroll.take(ui.body(scroll.content.x + 20, scroll.content.y - 8, scroll.content.w - 40,
                            stage.say("ui.notices-denied"), {size::text_small, ui.theme().text_2}));
}

// People write times and yuan; what is kept are minutes and fen. Anything else goes as it is and may be refused.
std::string stored_value(ParameterRow const& row, std::string const& typed) {
    if (row.unit == "minute_of_day")
        if (auto const minute = read_clock(typed)) return std::to_string(*minute);
    if (row.unit == "fen")
        if (auto const money = read_money(typed)) return std::to_string(money->fen);
    return typed;
}

void draw_parameter_form(Stage const& stage, Rect place, SettingsState& state) {
    auto const parameter = find_parameter(state.parameter);
    if (!parameter) return;
    auto const& row = row_of(*parameter);
    auto const chinese = stage.ui.language == Language::chinese;
    PanelSpec const spec{std::string{chinese ? row.zh : row.en}, row.clause, stage.say("ui.change-parameter"),
                         icon::check, PanelGround::card};
    auto& form = state.change;
    switch (draw_form_panel(stage, place, form, spec, [&](FormFields& fields) {
        fields.note(stage.say("ui.parameter-range", {{"minimum", parameter_words(stage.ui, row, row.minimum)},
                                                     {"maximum", parameter_words(stage.ui, row, row.maximum)},
                                                     {"default", parameter_words(stage.ui, row, row.by_default)}}));
        fields.typed("value", {.label = "ui.new-value-" + std::string{row.unit}, .required = true});
        fields.field("effective_from");
        fields.field("reason", {.lines = 3});
    })) {
        case PanelEvent::send:
            form.send(stage, {"effective_from", "reason"},
                      {{"name", state.parameter}, {"value", stored_value(row, form.text("value"))}},
                      [&stage, &state](Accepted const& accepted) {
                          recorded(stage, state.change, accepted);
                          state.parameter.clear();
                      });
            break;
        case PanelEvent::close: state.parameter.clear(); break;
        default: break;
    }
}

// Runs of days are said as such: "1月1日至1月3日、5月1日".
std::string spans_words(Ui const& ui, std::vector<Date> const& days) {
    std::string words;
    for (std::size_t index = 0; index < days.size();) {
        auto last = index;
        while (last + 1 < days.size() && days_between(days[last], days[last + 1]) == 1) ++last;
        auto const span = index == last ? date_words(ui, days[index]) : days_words(ui, {days[index], days[last]});
        words = words.empty() ? span : ui.say("ui.list-of", {{"first", words}, {"next", span}});
        index = last + 1;
    }
    return words;
}

// GEN-S5: the days off of a year, from the notice as it is published; what was understood is shown before it counts.
void draw_calendar_form(Stage const& stage, Rect place, SettingsState& state) {
    auto& form = state.change;
    PanelSpec const spec{stage.say("ui.working-calendar"), "GEN-S5", stage.say("ui.load-calendar"), icon::check,
                         PanelGround::card};
    switch (draw_form_panel(stage, place, form, spec, [&](FormFields& fields) {
        fields.note(stage.say("ui.load-calendar-words"));
        fields.field("days", {.lines = 8});
        auto const& typed = form.text("days");
        if (auto const year = read_calendar_year(typed)) {
            fields.quote(stage.say("ui.calendar-off", {{"year", std::to_string(year->year)}}),
                         spans_words(stage.ui, year->days_off));
            if (!year->make_up_days.empty())
                fields.quote(stage.say("ui.calendar-make-up"), spans_words(stage.ui, year->make_up_days));
        } else if (!typed.empty()) {
            fields.note(stage.say(year.error()));
        }
        fields.field("source");
    })) {
        case PanelEvent::send:
            form.send(stage, {"days", "source"}, {}, [&stage, &state](Accepted const& accepted) {
                recorded(stage, state.change, accepted);
                state.loading_calendar = false;
            });
            break;
        case PanelEvent::close: state.loading_calendar = false; break;
        default: break;
    }
}

float setting_height(Ui const& ui, Rect const& list) {
    return has_two_lines(list) ? list_row_height : ui.metrics.row + 4;
}

void draw_setting(Ui& ui, Rect part, std::string const& words, std::string const& value, std::string_view clause) {
    auto inside = part.inset(16, 0);
    auto const mark = inside.take_right(84, 12);
    // One below the other in a column of their own, or at the edge.
    clause_mark(ui, has_two_lines(part) ? mark.right() - clause_mark_width(ui, clause) : mark.x, mark.centre_y(),
                clause);
    draw_words_and_value(ui, has_two_lines(part) ? inside.inset(0, 8) : inside, has_two_lines(part), words, value);
    ui.fill({part.x, part.bottom() - 1, part.w, 1}, ui.theme().line);
}

// What days are worked on, with the last year of which that is known.
void draw_calendar_row(Stage const& stage, Rect part, SettingsState& state) {
    auto& ui = stage.ui;
    Region const item{ui.semantics, NodeRole::listitem, {}, "calendar", part};
    auto const words = stage.say("ui.working-calendar");
    auto const value =
        stage.say("ui.known-until", {{"year", std::to_string(stage.models.registry.calendar.last_known_year())}});
    if (list_row(ui, part, "calendar row", join_dots({words, value, "GEN-S5"}), state.loading_calendar).clicked) {
        state.parameter.clear();
        state.loading_calendar = true;
        state.change.begin(stage, "load_calendar");
    }
    draw_setting(ui, part, words, value, "GEN-S5");
}

void draw_parameters(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    // The form may be that of a text, begun elsewhere.
    auto const loading = state.loading_calendar && state.change.is("load_calendar");
    if (loading || !state.parameter.empty()) {
        auto const beside = place.w > 640;
        auto const panel = beside ? place.take_right(settings_form_width, 16) : place;
        if (loading) draw_calendar_form(stage, panel, state);
        else draw_parameter_form(stage, panel, state);
        if (!beside) return;
    }
    card(ui, place);
    Scroll scroll{ui, "parameters", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.parameters")}};
    auto const height = setting_height(ui, scroll.content);
    if (auto const part = scroll.take(height); scroll.sees(part)) draw_calendar_row(stage, part, state);
    for (std::size_t index = 0; index < all_parameters().size(); ++index) {
        auto const& row = all_parameters()[index];
        auto const part = scroll.take(height);
        if (!scroll.sees(part)) continue;
        Region const item{ui.semantics, NodeRole::listitem, {}, row.name, part};
        Scope const scope{row.name};
        auto const words = std::string{ui.language == Language::chinese ? row.zh : row.en};
        auto const value = parameter_words(stage.ui, row, stage.models.registry.parameters[index]);
        if (list_row(ui, part, "row", join_dots({words, value, std::string{row.clause}}), state.parameter == row.name)
                .clicked)
            begin_parameter(stage, state, row.name);
        draw_setting(ui, part, words, value, row.clause);
    }
}

}  // namespace

void begin_parameter(Stage const& stage, SettingsState& state, std::string_view name) {
    stage.shell.go(Place::settings, "parameters");
    state.wording.clear();
    state.loading_calendar = false;
    state.parameter = name;
    state.change.begin(stage, "set_parameter", state.parameter);
}

void draw_settings(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    if (has_clause_column(ui)) draw_clauses(stage, place.take_right(size::clauses), {"GEN-S5", "GEN-0"});
    auto inside = page_inset(ui, place);
    page_head(stage, inside, stage.say("ui.place-settings"), stage.models.registry.desk.centre_name);
    int part = 0;
    for (std::size_t index = 0; index < std::size(parts); ++index)
        if (stage.shell.route.detail == parts[index]) part = static_cast<int>(index);
    std::string const labels[] = {stage.say("ui.this-desk-is"), stage.say("ui.look"),
                                  stage.say("ui.people"),       stage.say("ui.units-and-owners"),
                                  stage.say("ui.parameters"),   stage.say("ui.wordings"),
                                  stage.say("ui.intake")};
    if (tabs(ui, inside.take_top(tabs_height(ui), 12), "part", labels, part))
        stage.shell.go(Place::settings, std::string{parts[static_cast<std::size_t>(part)]});
    Scope const scope{parts[static_cast<std::size_t>(part)]};
    switch (part) {
        case 1: return draw_look(stage, inside);
        case 2: return draw_people(stage, inside, state);
        case 3: return draw_homes(stage, inside, state);
        case 4: return draw_parameters(stage, inside, state);
        case 5: return draw_wordings(stage, inside, state);
        case 6: return draw_intake(stage, inside, state.intake);
        default: return draw_desk(stage, inside, state);
    }
}

}  // namespace guanjia
