#include <unordered_map>

#include <unordered_map>
#include "core/base/text.h"
#include "core/base/typed.h"
#include "core/procedure/parameters.h"

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr std::string_view parts[] = {"desk", "look", "people", "units", "parameters", "wordings", "intake"};
constexpr Role given_roles[] = {Role::butler, Role::assistant_butler, Role::supervisor, Role::manager_assistant,
                                Role::manager};
constexpr float form_width = 340;

void card_title(Ui& ui, Rect& inside, std::string const& words) {
    ui.heading(inside.take_top(28, 10), words, 2, {size::text_body + 1, 0, true});
}

// The forms alone, with a way back to the list.
void draw_adding(Stage const& stage, Rect place, SettingsState& state, std::function<void(Rect)> const& draw) {
    auto& ui = stage.ui;
    auto row = place.take_top(ui.metrics.control, 10);
    if (button_left(ui, row, {.label = stage.say("ui.back"), .icon = icon::chevron_left})) state.adding = false;
    draw(place);
}

// A form in a card of its own. True when it is to be sent.
bool draw_form_card(Stage const& stage, Rect place, CommandForm& form, std::string const& title,
                    std::function<void(FormFields&, Scroll&)> const& draw) {
    auto& ui = stage.ui;
    card(ui, place);
    // What sends stays in sight, however many fields there are.
    auto footer = place.take_bottom(ui.metrics.control + 24);
    ui.horizontal_line(footer.x + 1, footer.y, footer.w - 2);
    {
        Scroll scroll{ui,
                      form.command(),
                      place.inset(20, 0),
                      {.role = NodeRole::form, .name = title, .bar = Scroll::Bar::beside}};
        scroll.take(14);
        ui.heading(scroll.take(28, 10), title, 2, {size::text_body + 1, 0, true});
        FormFields fields{stage, scroll, form};
        fields.head();
        draw(fields, scroll);
    }
    Scope const scope{form.command()};
    auto const send =
        button(ui, footer.inset(20, 12),
               {.label = title, .icon = icon::plus, .kind = ButtonKind::primary, .off = form.sent, .key = "send"});
    form.keep(stage);
    return send && !form.sent;
}

void begin(Stage const& stage, CommandForm& form, char const* command) {
    if (!form.is(command)) form.begin(stage, command);
}

void recorded(Stage const& stage, CommandForm& form, Accepted const& accepted) {
    form.clear(stage);
    tell_done(stage, stage.say("ui.recorded"), accepted);
}

// The list on the left, the form on the right. Where there is no room for both, a button opens the form in its place.
bool has_room_for_form(Rect const& place) { return place.w > 700; }

bool opens_form(Stage const& stage, Rect& place, std::string const& words) {
    auto row = place.take_top(stage.ui.metrics.control, 10);
    return button(stage.ui, row.take_left(button_width(stage.ui, {.label = words, .icon = icon::plus})),
                  {.label = words, .icon = icon::plus, .kind = ButtonKind::primary});
}

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
    auto box = scroll.take(194, 16);
    card(ui, box);
    auto inside = box.inset(20, 16);
    card_title(ui, inside, stage.say("ui.this-desk-is"));
    auto const fact = [&](char const* label, std::string const& value) {
        auto row = inside.take_top(30);
        ui.label(row.take_left(140, 8), stage.say(label), {size::text_body - 1, theme.text_2});
        ui.label(row, value);
    };
    fact("ui.centre-name", join_dots({desk.centre_name, desk.centre_code}));
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
    box = scroll.take(words_height + 92 + field_height(ui, day) + ui.metrics.control + (refusal ? 80 : 0), 16);
    card(ui, box);
    inside = box.inset(20, 16);
    card_title(ui, inside, stage.say("ui.day-file"));
    inside.take_top(ui.body(inside.x, inside.y, inside.w, words, faint), 10);
    auto row = inside.take_top(field_height(ui, day), 8);
    date_field(ui, row.take_left(std::min(200.0F, row.w / 2), 12), day, state.day, state.picking_day,
               day_kinds(stage.models));
    auto action = row;
    action.y += field_label;
    action.h = ui.metrics.control;
    if (button_left(ui, action,
                    {.label = stage.say("ui.hand-over-day"), .icon = icon::download, .kind = ButtonKind::primary})) {
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

void draw_person(Stage const& stage, Rect row, PersonLine const& person) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    Region const item{ui.semantics, NodeRole::listitem, {}, format_id(person.id), row};
    auto inside = row.inset(16, 8);
    auto disc = inside.take_left(36, 12);
    disc = {disc.x, disc.centre_y() - 18, 36, 36};
    ui.fill(disc, theme.accent_soft, 18);
    ui.line(disc, initial_of(person.name), {size::text_body, theme.accent, true}, 0.5F);
    std::string roles;
    for (auto const& choice : role_choices)
        if (person.roles.has(static_cast<Role>(choice.value)))
            roles += (roles.empty() ? "" : " · ") + role_name(ui, static_cast<Role>(choice.value));
    ui.label(inside.take_top(24), person.name);
    ui.label(inside, join_dots({person.code, person.department, roles, person.left ? stage.say("ui.has-left") : ""}),
             {size::text_small, theme.text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
}

// With a role, which is granted once the person is recorded.
void add_person(Stage const& stage, SettingsState& state) {
    auto const role = state.role;
    state.person.send(stage, {"code", "name", "department"}, {}, [&stage, &state, role](Accepted const& accepted) {
        auto const id = accepted.added.front().id;
        recorded(stage, state.person, accepted);
        state.role = -1;
        if (role < 0) return;
        stage.mailbox.submit(
            {"grant_role", {}, {}, {{"staff", format_id(id)}, {"role", std::string{name_of(given_roles[role])}}}},
            [&state](Result<Accepted> const& granted) {
                if (!granted) state.person.refusal = granted.error();
            });
    });
}

void draw_person_form(Stage const& stage, Rect form, SettingsState& state) {
    auto& ui = stage.ui;
    begin(stage, state.person, "add_staff");
    if (draw_form_card(stage, form, state.person, stage.say("ui.add-person"), [&](FormFields& fields, Scroll& scroll) {
            fields.field("name");
            fields.field("code");
            fields.field("department", {.find = find_departments(stage.models)});
            ui.line(scroll.take(24), stage.say("field.role"), {size::text_small, ui.theme().text_2});
            for (std::size_t index = 0; index < std::size(given_roles); ++index) {
                auto on = state.role == static_cast<int>(index);
                if (checkbox(ui, scroll.take(std::max(ui.metrics.control - 6, 30.0F), 2), std::to_string(index),
                             role_name(ui, given_roles[index]), on))
                    state.role = on ? static_cast<int>(index) : -1;
            }
            scroll.take(8);
        }))
        add_person(stage, state);
}

void draw_people(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    if (has_room_for_form(place)) draw_person_form(stage, place.take_right(form_width, 16), state);
    else if (state.adding)
        return draw_adding(stage, place, state, [&](Rect form) { draw_person_form(stage, form, state); });
    else if (opens_form(stage, place, stage.say("ui.add-person"))) state.adding = true;
    card(ui, place);
    Scroll scroll{ui, "people", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.people")}};
    for (auto const& person : stage.models.registry.people)
        if (auto const row = scroll.take(60); scroll.sees(row)) draw_person(stage, row, person);
}

// The homes of the estate with who lives there.
class UnitRows : public TableRows {
public:
    UnitRows(Ui const& ui, RegistrySnapshot const& registry) {
        std::unordered_map<AnyId, std::string> people;
        for (auto const& owner : registry.owners) {
            auto& words = people[owner.unit_id];
            words +=
                (words.empty() ? "" : "，") +
                join_dots({owner.name, choice_words(ui, relation_choices, static_cast<std::int64_t>(owner.relation)),
                           owner.phone});
        }
        for (auto const& unit : registry.units) rows_.push_back({unit.id, unit.code, people[unit.id]});
    }
    std::size_t count() const override { return rows_.size(); }
    std::string id(std::size_t row) const override { return format_id(rows_[row].id); }
    TableCell cell(std::size_t row, std::size_t column) const override {
        return column == 0 ? TableCell{rows_[row].code} : TableCell{rows_[row].people, TableCell::Kind::faint};
    }

private:
    struct Row {
        AnyId id;
        std::string code;
        std::string people;
    };
    std::vector<Row> rows_;
};

void draw_unit_forms(Stage const& stage, Rect forms, SettingsState& state) {
    begin(stage, state.unit, "add_unit");
    begin(stage, state.owner, "add_owner");
    auto const upper = forms.take_top(std::min(forms.h * 0.4F, 204.0F), 12);
    if (draw_form_card(stage, upper, state.unit, stage.say("ui.add-unit"),
                       [&](FormFields& fields, Scroll&) { fields.field("code"); }))
        state.unit.send(stage, {"code"}, {},
                        [&stage, &state](Accepted const& accepted) { recorded(stage, state.unit, accepted); });
    if (draw_form_card(stage, forms, state.owner, stage.say("ui.add-owner"), [&](FormFields& fields, Scroll&) {
            fields.field("name");
            fields.field("phone");
            fields.field("unit");
            if (state.owner.picker("unit").chosen) fields.field("relation");
        }))
        state.owner.send(stage, {"name", "phone", "unit", "relation"}, {},
                         [&stage, &state](Accepted const& accepted) { recorded(stage, state.owner, accepted); });
}

void draw_units(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    if (has_room_for_form(place)) draw_unit_forms(stage, place.take_right(form_width, 16), state);
    else if (state.adding)
        return draw_adding(stage, place, state, [&](Rect forms) { draw_unit_forms(stage, forms, state); });
    else if (opens_form(stage, place, stage.say("ui.add-owner"))) state.adding = true;
    auto const& registry = stage.models.registry;
    if (state.units_of != stage.models.registry_revision || state.units_language != ui.language || !state.units.rows) {
        state.units_of = stage.models.registry_revision;
        state.units_language = ui.language;
        state.units.set_rows(std::make_shared<UnitRows>(ui, registry));
    }
    TableSpec const spec{.key = "units",
                         .name = stage.say("ui.units"),
                         .empty_title = stage.say("ui.no-units"),
                         .empty_advice = stage.say("ui.no-units-advice")};
    std::vector<TableColumn> const columns{{"unit", stage.say("field.unit"), 130},
                                           {"people", stage.say("ui.column-occupiers"), 160, 1}};
    if (table_bar(ui, place.take_top(ui.metrics.control, 10), spec, columns, state.units).exported)
        stage.shell.download("units.csv", csv_of(columns, state.units));
    card(ui, place);
    table(ui, place.inset(1), spec, columns, state.units);
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
    PanelSpec const spec{std::string{chinese ? row.zh : row.en}, row.clause, stage.say("ui.change-parameter")};
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

void draw_parameters(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    if (!state.parameter.empty()) {
        auto const panel = place.w > 640 ? place.take_right(form_width, 16) : place;
        draw_parameter_form(stage, panel, state);
        if (panel.w == place.w && panel.x == place.x) return;
    }
    card(ui, place);
    Scroll scroll{ui, "parameters", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.parameters")}};
    for (std::size_t index = 0; index < all_parameters().size(); ++index) {
        auto const& row = all_parameters()[index];
        auto const part = scroll.take(ui.metrics.row + 4);
        if (!scroll.sees(part)) continue;
        Region const item{ui.semantics, NodeRole::listitem, {}, row.name, part};
        Scope const scope{row.name};
        auto const words = std::string{ui.language == Language::chinese ? row.zh : row.en};
        auto const value = parameter_words(stage.ui, row, stage.models.registry.parameters[index]);
        if (list_row(ui, part, "row", join_dots({words, value, std::string{row.clause}}), state.parameter == row.name)
                .clicked)
            begin_parameter(stage, state, row.name);
        auto inside = part.inset(16, 0);
        auto const mark = inside.take_right(84, 12);
        clause_mark(ui, mark.x, mark.centre_y(), row.clause);
        ui.label(inside.take_right(std::min(150.0F, inside.w * 0.4F), 12), value, {size::text_body, 0, true}, 1);
        ui.label(inside, words);
        ui.fill({part.x, part.bottom() - 1, part.w, 1}, theme.line);
    }
}

}  // namespace

void begin_parameter(Stage const& stage, SettingsState& state, std::string_view name) {
    stage.shell.go(Place::settings, "parameters");
    state.wording.clear();
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
        case 3: return draw_units(stage, inside, state);
        case 4: return draw_parameters(stage, inside, state);
        case 5: return draw_wordings(stage, inside, state);
        case 6: return draw_intake(stage, inside, state.intake);
        default: return draw_desk(stage, inside, state);
    }
}

}  // namespace guanjia
