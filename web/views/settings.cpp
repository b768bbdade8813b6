#include "core/base/text.h"
#include "core/procedure/parameters.h"
#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr std::string_view parts[] = {"desk", "people", "units", "parameters"};
constexpr Role given_roles[] = {Role::butler, Role::assistant_butler, Role::supervisor, Role::manager_assistant,
                                Role::manager};

float title_row(Ui& ui, Rect& inside, std::string const& words) {
    ui.heading(inside.take_top(28, 10), words, 2, {size::text_body + 1, 0, true});
    return 38;
}

void draw_desk(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    Scroll scroll{ui, "desk", place, Scroll::Bar::beside};
    auto const& desk = stage.models.registry.desk;
    auto box = scroll.take(186, 16);
    card(ui, box);
    auto inside = box.inset(20, 16);
    title_row(ui, inside, stage.say("ui.this-desk-is"));
    auto const fact = [&](char const* label, std::string const& value) {
        auto row = inside.take_top(30);
        ui.label(row.take_left(150), stage.say(label), {size::text_body - 1, theme.text_2});
        ui.label(row, value);
    };
    fact("ui.centre-name", join_dots({desk.centre_name, desk.centre_code}));
    fact("ui.desk-number", std::to_string(desk.number) + " (" + desk.letter() + ")");
    fact("ui.identity", format_incarnation(desk.incarnation));
    fact("ui.records-size", stage.say("ui.kilobytes", {{"count", std::to_string(stage.shell.status.bytes / 1024)}}));

    FieldSpec const day{.key = "day",
                        .label = stage.say("ui.day"),
                        .hint = format_date(date_of(ui.now)),
                        .error = error_of(ui, state.day_refusal, "date")};
    auto const refusal = state.day_refusal && state.day_refusal->fields.empty();
    box = scroll.take(166 + (day.error.empty() ? 0 : field_error) + (refusal ? 70 : 0), 16);
    card(ui, box);
    inside = box.inset(20, 16);
    title_row(ui, inside, stage.say("ui.day-file"));
    inside.take_top(
        ui.body(inside.x, inside.y, inside.w, stage.say("ui.day-file-words"), {size::text_small + 1, theme.text_2}),
        10);
    auto row = inside.take_top(field_height(day), 8);
    text_field(ui, row.take_left(200, 12), day, state.day);
    auto action = row;
    action.y += field_label;
    action.h = size::control;
    if (button_left(ui, action,
                    {.label = stage.say("ui.hand-over-day"), .icon = icon::download, .kind = ButtonKind::primary})) {
        auto const wanted = state.day.empty() ? std::optional<Date>{date_of(ui.now)} : parse_date(trimmed(state.day));
        state.day_refusal.reset();
        if (!wanted) state.day_refusal = Refusal{std::nullopt, "input.date", {"date"}, {{"text", state.day}}};
        else
            stage.mailbox.export_day(*wanted, [&stage, &state](Result<SliceHeader> const& header) {
                if (header)
                    stage.shell.tell(
                        stage.ui, stage.say("ui.day-handed-over",
                                            {{"count", std::to_string(header->range.last - header->range.first + 1)}}));
                else state.day_refusal = header.error();
            });
    }
    if (refusal) refusal_box(ui, inside.x, inside.y, inside.w, *state.day_refusal);

    box = scroll.take(110, 16);
    card(ui, box);
    inside = box.inset(20, 16);
    title_row(ui, inside, stage.say("ui.language"));
    auto languages = inside.take_top(36);
    if (button(
            ui, languages.take_left(120, 8),
            {.label = "中文", .kind = ui.language == Language::chinese ? ButtonKind::primary : ButtonKind::secondary}))
        stage.shell.set_language(Language::chinese);
    if (button(ui, languages.take_left(120),
               {.label = "English",
                .kind = ui.language == Language::english ? ButtonKind::primary : ButtonKind::secondary}))
        stage.shell.set_language(Language::english);
}

void draw_people(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto form = place.take_right(std::min(340.0F, place.w * 0.45F), 16);
    card(ui, place);
    {
        Scroll scroll{ui, "people", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.people")}};
        for (auto const& person : stage.models.registry.people) {
            auto const row = scroll.take(60);
            if (!scroll.sees(row)) continue;
            ui.semantics.open(NodeRole::listitem, {}, format_id(person.id));
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
            ui.label(inside,
                     join_dots({person.code, person.department, roles, person.left ? stage.say("ui.has-left") : ""}),
                     {size::text_small, theme.text_2});
            ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
            ui.semantics.close();
        }
    }

    card(ui, form);
    Scroll scroll{ui,
                  "add",
                  form.inset(20, 16),
                  {.role = NodeRole::form, .name = stage.say("ui.add-person"), .bar = Scroll::Bar::beside}};
    ui.heading(scroll.take(28, 10), stage.say("ui.add-person"), 2, {size::text_body + 1, 0, true});
    if (state.person_form.refusal)
        scroll.take(refusal_box(ui, scroll.content.x, scroll.content.y, scroll.content.w, *state.person_form.refusal),
                    12);
    text_field(ui, scroll.take(field_height({}), 12),
               {.key = "name", .label = stage.say("ui.person-name"), .required = true}, state.person_name);
    text_field(ui, scroll.take(field_height({}), 12),
               {.key = "code", .label = stage.say("ui.work-number"), .required = true}, state.person_code);
    picker(ui, scroll.take(field_height({}), 12),
           {.key = "department", .label = stage.say("ui.department"), .hint = stage.say("ui.department-hint")},
           state.department, find_departments(stage.models));
    ui.line(scroll.take(24), stage.say("ui.role"), {size::text_small, theme.text_2});
    for (std::size_t index = 0; index < std::size(given_roles); ++index) {
        auto on = state.role == static_cast<int>(index);
        if (checkbox(ui, scroll.take(30, 2), std::to_string(index), role_name(ui, given_roles[index]), on))
            state.role = on ? static_cast<int>(index) : -1;
    }
    scroll.take(8);
    if (button(ui, scroll.take(38),
               {.label = stage.say("ui.add"),
                .icon = icon::plus,
                .kind = ButtonKind::primary,
                .off = state.person_form.sent})) {
        auto const code = state.person_code;
        auto const role = state.role;
        send(stage, state.person_form, "add_staff",
             {{"code", code}, {"name", state.person_name}, {"department", state.department.text}},
             [&stage, &state, role](Accepted const& accepted) {
                 stage.shell.tell(stage.ui, stage.say("ui.recorded"));
                 state.person_code.clear();
                 state.person_name.clear();
                 state.department.clear();
                 state.role = -1;
                 if (role < 0) return;
                 send(stage, state.person_form, "grant_role",
                      {{"staff", format_id(accepted.added.front().id)},
                       {"role", std::string{name_of(given_roles[role])}}},
                      [](Accepted const&) {});
             });
    }
}

void draw_units(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto form = place.take_right(std::min(340.0F, place.w * 0.45F), 16);
    card(ui, place);
    auto const& registry = stage.models.registry;
    if (registry.units.empty()) {
        empty_state(ui, place, icon::unit, stage.say("ui.no-units"), stage.say("ui.no-units-advice"));
    } else {
        Scroll scroll{ui, "units", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.units")}};
        for (auto const& unit : registry.units) {
            auto const row = scroll.take(44);
            if (!scroll.sees(row)) continue;
            std::string people;
            for (auto const& owner : registry.owners)
                if (owner.unit_id == unit.id)
                    people += (people.empty() ? "" : "，") +
                              join_dots({owner.name, stage.say("relation." + std::string{name_of(owner.relation)}),
                                         owner.phone});
            ui.semantics.open(NodeRole::listitem, {}, unit.code);
            auto inside = row.inset(16, 0);
            ui.label(inside.take_left(150, 12), unit.code);
            ui.label(inside, people, {size::text_body - 1, theme.text_2});
            ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
            ui.semantics.close();
        }
    }

    card(ui, form);
    Scroll scroll{ui, "add", form.inset(20, 16), Scroll::Bar::beside};
    auto const said = [&](Form const& of) {
        if (of.refusal)
            scroll.take(refusal_box(ui, scroll.content.x, scroll.content.y, scroll.content.w, *of.refusal), 12);
    };
    ui.semantics.open(NodeRole::form, stage.say("ui.add-unit"), "unit");
    ui.heading(scroll.take(28, 10), stage.say("ui.add-unit"), 2, {size::text_body + 1, 0, true});
    said(state.unit_form);
    text_field(ui, scroll.take(field_height({}), 12),
               {.key = "unit", .label = stage.say("ui.unit"), .hint = stage.say("ui.unit-hint"), .required = true},
               state.unit_code);
    if (button(ui, scroll.take(38, 28),
               {.label = stage.say("ui.add-unit"),
                .icon = icon::plus,
                .kind = ButtonKind::primary,
                .off = state.unit_form.sent}))
        send(stage, state.unit_form, "add_unit", {{"code", state.unit_code}}, [&stage, &state](Accepted const&) {
            stage.shell.tell(stage.ui, stage.say("ui.recorded"));
            state.unit_code.clear();
        });
    ui.semantics.close();
    ui.semantics.open(NodeRole::form, stage.say("ui.add-owner"), "owner");
    ui.heading(scroll.take(28, 10), stage.say("ui.add-owner"), 2, {size::text_body + 1, 0, true});
    said(state.owner_form);
    text_field(ui, scroll.take(field_height({}), 12),
               {.key = "owner", .label = stage.say("ui.person-name"), .required = true}, state.owner_name);
    text_field(ui, scroll.take(field_height({}), 12),
               {.key = "phone", .label = stage.say("ui.phone"), .hint = stage.say("ui.phone-hint")}, state.owner_phone);
    picker(ui, scroll.take(field_height({}), 12),
           {.key = "owner-unit", .label = stage.say("ui.unit"), .hint = stage.say("ui.unit-hint"), .icon = icon::unit},
           state.owner_unit, find_units(stage.models));
    std::string const relation_words[] = {stage.say("relation.owner"), stage.say("relation.household-adult"),
                                          stage.say("relation.tenant")};
    Option const relations[] = {{relation_words[0]}, {relation_words[1]}, {relation_words[2]}};
    choice(ui, scroll.take(choice_height(), 14), "relation", stage.say("ui.relation"), relations, state.relation);
    if (button(ui, scroll.take(38),
               {.label = stage.say("ui.add-owner"),
                .icon = icon::plus,
                .kind = ButtonKind::primary,
                .off = state.owner_form.sent})) {
        std::vector<std::pair<std::string, std::string>> fields{{"name", state.owner_name},
                                                                {"phone", state.owner_phone}};
        if (state.owner_unit.chosen) {
            fields.emplace_back("unit", format_id(state.owner_unit.chosen));
            fields.emplace_back("relation", std::string{name_of(static_cast<Relation>(state.relation + 1))});
        }
        send(stage, state.owner_form, "add_owner", std::move(fields), [&stage, &state](Accepted const&) {
            stage.shell.tell(stage.ui, stage.say("ui.recorded"));
            state.owner_name.clear();
            state.owner_phone.clear();
            state.owner_unit.clear();
        });
    }
    ui.semantics.close();
}

std::string value_words(Stage const& stage, ParameterRow const& row, std::int64_t value) {
    if (row.unit == "minute_of_day") return clock_words(LocalTime{value * 60});
    if (row.unit == "fen") return stage.say("ui.yuan", {{"count", std::to_string(value / 100)}});
    return stage.say("ui.unit-" + std::string{row.unit}, {{"count", std::to_string(value)}});
}

// People write times and yuan; what is kept are minutes and fen. Anything else goes as it is and may be refused.
std::string stored_value(ParameterRow const& row, std::string const& typed) {
    if (row.unit == "minute_of_day")
        if (auto const time = parse_time("2000-01-01T" + (typed.size() == 4 ? "0" + typed : typed)))
            return std::to_string(minute_of_day(*time));
    if (row.unit == "fen") {
        static constexpr Field money{0, "value", FieldType::money, plain, 0, {}, nullptr};
        if (auto const value = parse_value(money, typed); value && !is_empty(*value))
            return std::to_string(std::get<std::int64_t>(*value));
    }
    return typed;
}

void draw_parameters(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const changing = !state.parameter.empty();
    auto form = changing ? place.take_right(std::min(340.0F, place.w * 0.45F), 16) : Rect{};
    card(ui, place);
    {
        Scroll scroll{ui, "parameters", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.parameters")}};
        for (std::size_t index = 0; index < all_parameters().size(); ++index) {
            auto const& row = all_parameters()[index];
            auto const part = scroll.take(48);
            if (!scroll.sees(part)) continue;
            ui.semantics.open(NodeRole::listitem, {}, row.name);
            Scope const scope{row.name};
            auto const words = std::string{ui.language == Language::chinese ? row.zh : row.en};
            auto const value = value_words(stage, row, stage.models.registry.parameters[index]);
            if (list_row(ui, part, "row", join_dots({words, value, std::string{row.clause}}),
                         state.parameter == row.name)
                    .clicked) {
                state.parameter = row.name;
                state.value.clear();
                state.reason.clear();
                state.parameter_form = {};
            }
            auto inside = part.inset(16, 0);
            auto const mark = inside.take_right(84, 12);
            clause_mark(ui, mark.x, mark.centre_y(), row.clause);
            ui.label(inside.take_right(150, 12), value, {size::text_body, 0, true}, 1);
            ui.label(inside, words);
            ui.fill({part.x, part.bottom() - 1, part.w, 1}, theme.line);
            ui.semantics.close();
        }
    }
    if (!changing) return;

    auto const parameter = find_parameter(state.parameter);
    if (!parameter) return;
    auto const* row = &row_of(*parameter);
    card(ui, form);
    Scroll scroll{ui,
                  "change",
                  form.inset(20, 16),
                  {.role = NodeRole::form, .name = stage.say("ui.change-parameter"), .bar = Scroll::Bar::beside}};
    ui.heading(scroll.take(28, 6), std::string{ui.language == Language::chinese ? row->zh : row->en}, 2,
               {size::text_body + 1, 0, true});
    scroll.take(ui.body(scroll.content.x, scroll.content.y, scroll.content.w,
                        stage.say("ui.parameter-range", {{"minimum", value_words(stage, *row, row->minimum)},
                                                         {"maximum", value_words(stage, *row, row->maximum)},
                                                         {"default", value_words(stage, *row, row->by_default)}}),
                        {size::text_small, theme.text_2}),
                12);
    if (state.parameter_form.refusal)
        scroll.take(
            refusal_box(ui, scroll.content.x, scroll.content.y, scroll.content.w, *state.parameter_form.refusal), 12);
    text_field(ui, scroll.take(field_height({}), 12),
               {.key = "value", .label = stage.say("ui.new-value-" + std::string{row->unit}), .required = true},
               state.value);
    text_field(ui, scroll.take(field_height({.lines = 3}), 12),
               {.key = "reason",
                .label = stage.say("ui.reason"),
                .hint = stage.say("ui.reason-hint"),
                .required = true,
                .lines = 3},
               state.reason);
    if (button(ui, scroll.take(38, 8),
               {.label = stage.say("ui.change-parameter"),
                .icon = icon::check,
                .kind = ButtonKind::primary,
                .off = state.parameter_form.sent}))
        send(stage, state.parameter_form, "set_parameter",
             {{"name", state.parameter}, {"value", stored_value(*row, state.value)}, {"reason", state.reason}},
             [&stage, &state](Accepted const&) {
                 stage.shell.tell(stage.ui, stage.say("ui.recorded"));
                 state.parameter.clear();
             });
    if (button(ui, scroll.take(38), {.label = stage.say("ui.cancel")})) state.parameter.clear();
}

}  // namespace

void draw_settings(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    if (has_clause_column(ui)) draw_clauses(stage, place.take_right(size::clauses), {"GEN-S5", "GEN-0"});
    auto inside = place.inset(24, 20);
    page_head(stage, inside, stage.say("ui.place-settings"), stage.models.registry.desk.centre_name);
    int part = 0;
    for (std::size_t index = 0; index < std::size(parts); ++index)
        if (stage.shell.route.detail == parts[index]) part = static_cast<int>(index);
    std::string const labels[] = {stage.say("ui.this-desk-is"), stage.say("ui.people"),
                                  stage.say("ui.units-and-owners"), stage.say("ui.parameters")};
    if (tabs(ui, inside.take_top(28, 12), "part", labels, part))
        stage.shell.go(Place::settings, std::string{parts[static_cast<std::size_t>(part)]});
    Scope const scope{parts[static_cast<std::size_t>(part)]};
    switch (part) {
        case 1: return draw_people(stage, inside, state);
        case 2: return draw_units(stage, inside, state);
        case 3: return draw_parameters(stage, inside, state);
        default: return draw_desk(stage, inside, state);
    }
}

}  // namespace guanjia
