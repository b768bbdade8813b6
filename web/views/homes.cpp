// The homes of the estate: who lives in them, moving in and out, and what the law asks of their data (GEN-S4).

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "web/views/settings_parts.h"

namespace guanjia {

using namespace ui;

namespace {

std::string relation_words(Ui const& ui, OwnerLine const& owner) {
    return choice_words(ui, relation_choices, static_cast<std::int64_t>(owner.relation));
}

// The homes with who lives there, and behind them those who live nowhere, each in a row of their own.
class HomeRows : public TableRows {
public:
    HomeRows(Stage const& stage, RegistrySnapshot const& registry) {
        std::unordered_map<AnyId, std::string> people;
        std::vector<Row> nowhere;
        for (auto const& owner : registry.owners) {
            auto const words = join_dots({owner.name, relation_words(stage.ui, owner), owner.phone});
            if (!owner.unit_id) {
                nowhere.push_back({owner.id, stage.say("ui.no-home"), words});
                continue;
            }
            auto& together = people[owner.unit_id];
            together += (together.empty() ? "" : "，") + words;
        }
        for (auto const& unit : registry.units) rows_.push_back({unit.id, unit.code, people[unit.id]});
        std::move(nowhere.begin(), nowhere.end(), std::back_inserter(rows_));
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

// What can be done about somebody who lives there, in the order of the menu.
struct ActionWords {
    HomeAction action;
    char const* command;
    char const* title;   // key
    char const* clause;  // or nothing
    char const* button;  // key
    char const* icon;
    bool danger = false;
};
constexpr ActionWords action_words[] = {
    {HomeAction::change, "change_owner", "ui.change-owner", "", "ui.save", icon::edit},
    {HomeAction::reveal, "reveal_owner", "ui.reveal-phone", "", "ui.reveal-now", icon::eye},
    {HomeAction::move_out, "end_occupancy", "ui.move-out", "", "ui.record", icon::move_out},
    {HomeAction::move_in, "add_occupancy", "ui.move-in-known", "", "ui.record", icon::unit},
    {HomeAction::erase, "erase_owner", "ui.erase-owner", "GEN-S4", "ui.erase-now", icon::trash, true},
    {HomeAction::settle, "add_owner", "ui.add-owner", "", "ui.record", icon::plus},
};

ActionWords const* words_of(HomeAction action) {
    for (auto const& words : action_words)
        if (words.action == action) return &words;
    return nullptr;
}

void begin(Stage const& stage, HomesState& state, HomeAction action, OwnerLine const* owner) {
    auto const* words = words_of(action);
    if (!words) return;
    state.action = action;
    state.owner = owner ? owner->id : AnyId{};
    state.occupancy = owner ? owner->occupancy : AnyId{};
    state.revealed.clear();
    auto const about = action == HomeAction::move_out ? state.occupancy : owner ? owner->id : state.shown;
    state.form.begin(stage, words->command, format_id(about));
    if (action == HomeAction::change) {
        // A draft would hold what the name was.
        state.form.clear(stage);
        state.form.set("name", owner->name);
    }
    if (action == HomeAction::settle && state.form.text("relation").empty())
        state.form.set("relation", std::string{name_of(Relation::owner)});
}

void show(HomesState& state, AnyId home) {
    state.shown = home;
    state.action = HomeAction::none;
    state.revealed.clear();
    state.menus.clear();
}

void draw_fields(Stage const& stage, FormFields& fields, HomesState const& state) {
    switch (state.action) {
        case HomeAction::change:
            fields.field("name", {.required = true});
            fields.field("phone");
            break;
        case HomeAction::reveal: fields.field("reason", {.lines = 2}); break;
        case HomeAction::move_out: fields.field("until"); break;
        case HomeAction::move_in:
            fields.field("unit");
            fields.field("relation");
            fields.field("since");
            break;
        case HomeAction::erase:
            fields.note(stage.say("ui.erase-words"));
            fields.field("reason", {.lines = 3});
            break;
        case HomeAction::settle:
            fields.field("name");
            fields.field("phone");
            fields.field("relation");
            fields.field("since");
            break;
        case HomeAction::none: break;
    }
}

void send(Stage const& stage, HomesState& state) {
    auto& form = state.form;
    auto const done = [&stage, &state](Accepted const& accepted) {
        auto const action = state.action;
        state.action = HomeAction::none;
        state.form.clear(stage);
        if (action == HomeAction::reveal) {
            state.revealed = accepted.revealed;
            return;
        }
        // Nothing is left of who lived nowhere.
        if (action == HomeAction::erase && state.owner == state.shown) show(state, {});
        tell_done(stage, stage.say(action == HomeAction::erase ? "ui.erased" : "ui.recorded"), accepted);
    };
    std::pair<std::string, std::string> const owner{"owner", format_id(state.owner)};
    switch (state.action) {
        case HomeAction::change: return form.send(stage, {"name", "phone"}, {owner}, done);
        case HomeAction::move_out:
            return form.send(stage, {"until"}, {{"occupancy", format_id(state.occupancy)}}, done);
        case HomeAction::move_in: return form.send(stage, {"unit", "relation", "since"}, {owner}, done);
        case HomeAction::settle:
            return form.send(stage, {"name", "phone", "relation", "since"}, {{"unit", format_id(state.shown)}}, done);
        default: return form.send(stage, {"reason"}, {owner}, done);
    }
}

void draw_action(Stage const& stage, Rect place, HomesState& state, ActionWords const& words,
                 std::string const& about) {
    PanelSpec const spec{join_dots({stage.say(words.title), about}),
                         words.clause,
                         stage.say(words.button),
                         words.icon,
                         PanelGround::card,
                         words.danger ? ButtonKind::danger_primary : ButtonKind::primary};
    switch (draw_form_panel(stage, place, state.form, spec,
                            [&](FormFields& fields) { draw_fields(stage, fields, state); })) {
        case PanelEvent::send:
            if (!words.danger || state.form.text("reason").empty()) return send(stage, state);
            return stage.shell.ask({stage.say("ui.erase-ask", {{"name", about}}), stage.say("ui.erase-words"),
                                    stage.say("ui.erase-now"), true},
                                   [&stage, &state] { send(stage, state); });
        case PanelEvent::close: state.action = HomeAction::none; break;
        default: break;
    }
}

// Somebody who lives there, with what can be done in a menu at the right.
void draw_occupant(Stage const& stage, Scroll& scroll, HomesState& state, OwnerLine const& owner) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const key = format_id(owner.occupancy ? owner.occupancy : owner.id);
    auto const row = scroll.take(68, 8);
    Region const item{ui.semantics, NodeRole::listitem, {}, key, row};
    Scope const scope{key};
    ui.fill(row, theme.surface_2, size::radius);
    auto inside = row.inset(14, 9);
    std::vector<MenuItem> items;
    std::vector<HomeAction> actions;
    for (auto const& words : action_words) {
        if (words.action == HomeAction::settle) continue;
        if (words.action == HomeAction::move_out && !owner.occupancy) continue;
        if (words.action == HomeAction::reveal && owner.phone.empty()) continue;
        items.push_back({stage.say(words.title), words.icon, words.danger});
        actions.push_back(words.action);
    }
    auto const side = ui.metrics.control;
    auto more = inside.take_right(side, 8);
    more = {more.x, row.centre_y() - side / 2, side, side};
    if (auto const chosen = menu(ui, more, {"more", stage.say("ui.more-about", {{"name", owner.name}}), icon::more},
                                 items, state.menus[key]))
        begin(stage, state, actions[*chosen], &owner);
    auto upper = inside.take_top(26);
    auto const relation = relation_words(ui, owner);
    if (!relation.empty())
        tag(ui, upper.take_right(tag_width(ui, relation), 8).x, upper.centre_y(), relation, Tone::info);
    ui.label(upper, owner.name, {size::text_body, 0, true});
    auto const phone = state.owner == owner.id && !state.revealed.empty() ? state.revealed : owner.phone;
    auto const since = has_date(owner.since) ? stage.say("ui.lives-since", {{"date", format_date(owner.since)}}) : "";
    ui.label(inside, join_dots({phone, since}), {size::text_small, theme.text_2});
}

void draw_home(Stage const& stage, Rect place, HomesState& state) {
    auto& ui = stage.ui;
    auto const& registry = stage.models.registry;
    std::vector<OwnerLine const*> people;
    for (auto const& owner : registry.owners)
        if (owner.unit_id == state.shown || (!owner.unit_id && owner.id == state.shown)) people.push_back(&owner);
    auto const unit = std::find_if(registry.units.begin(), registry.units.end(),
                                   [&](UnitLine const& line) { return line.id == state.shown; });
    auto const is_home = unit != registry.units.end();
    if (!is_home && people.empty()) return show(state, {});
    if (auto const* words = words_of(state.action)) {
        auto const about = std::find_if(people.begin(), people.end(),
                                        [&](OwnerLine const* owner) { return owner->id == state.owner; });
        return draw_action(stage, place, state, *words,
                           about != people.end() ? (*about)->name
                           : is_home             ? unit->code
                                                 : std::string{});
    }
    auto const title = is_home ? unit->code : stage.say("ui.no-home");
    SidePanel const panel{ui, place, {.title = title, .role = NodeRole::region, .ground = PanelGround::card}};
    {
        Scroll scroll{ui, "occupants", panel.inside, {.role = NodeRole::list, .name = stage.say("ui.owners")}};
        for (auto const* owner : people) draw_occupant(stage, scroll, state, *owner);
        if (people.empty())
            empty_state(ui, scroll.take(160), icon::people, stage.say("ui.nobody-here"),
                        stage.say("ui.nobody-here-advice"));
    }
    if (is_home && button(ui, panel.foot, {.label = stage.say("ui.add-owner"), .icon = icon::plus, .key = "move in"}))
        begin(stage, state, HomeAction::settle, nullptr);
    if (panel.closed || ui.shortcut("Escape")) show(state, {});
}

void draw_forms(Stage const& stage, Rect forms, SettingsState& state) {
    begin_once(stage, state.unit, "add_unit");
    begin_once(stage, state.owner, "add_owner");
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

}  // namespace

void draw_homes(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto& homes = state.homes;
    auto const draw_form = [&](Rect forms) {
        if (homes.shown) draw_home(stage, forms, homes);
        else draw_forms(stage, forms, state);
    };
    if (has_room_for_form(place)) draw_form(place.take_right(settings_form_width, 16));
    else if (homes.shown) return draw_home(stage, place, homes);
    else if (state.adding) return draw_adding(stage, place, state, draw_form);
    else if (opens_form(stage, place, stage.say("ui.add-owner"))) state.adding = true;
    if (homes.of != stage.models.registry_revision || homes.language != ui.language || !homes.table.rows) {
        homes.of = stage.models.registry_revision;
        homes.language = ui.language;
        homes.table.set_rows(std::make_shared<HomeRows>(stage, stage.models.registry));
    }
    TableSpec const spec{.key = "units",
                         .name = stage.say("ui.units"),
                         .current = homes.shown ? format_id(homes.shown) : std::string{},
                         .empty_title = stage.say("ui.no-units"),
                         .empty_advice = stage.say("ui.no-units-advice")};
    std::vector<TableColumn> const columns{{"unit", stage.say("field.unit"), 130},
                                           {"people", stage.say("ui.column-occupiers"), 160, 1}};
    if (table_bar(ui, place.take_top(ui.metrics.control, 10), spec, columns, homes.table).exported)
        stage.shell.download("units.csv", csv_of(columns, homes.table));
    card(ui, place);
    if (auto const opened = table(ui, place.inset(1), spec, columns, homes.table).opened)
        if (auto const id = parse_id(homes.table.rows->id(*opened))) show(homes, *id);
}

}  // namespace guanjia
