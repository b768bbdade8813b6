// The box at the top (Ctrl+K): commands, tickets, people, homes and clauses by a few characters, pinyin or initials.

#include <algorithm>

#include "core/procedure/catalogue.h"
#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr std::size_t shown_limit = 9;
constexpr float row_height = 46;

struct PageCommand {
    std::string_view name;
    char const* words;  // key
    char const* icon;
    std::function<void(Stage const&, AppState&)> run;
};

// Every place that has a name, and what else the page itself can do.
std::vector<PageCommand> const& page_commands() {
    static auto const commands = [] {
        std::vector<PageCommand> made;
        for (std::size_t index = 0; index < std::size(place_rows); ++index)
            if (auto const& row = place_rows[index]; row.words)
                made.push_back(
                    {row.name, row.words, row.icon,
                     [place = static_cast<Place>(index)](auto const& stage, auto&) { stage.shell.go(place); }});
        auto const settings = [](char const* part) {
            return [part](Stage const& stage, AppState&) { stage.shell.go(Place::settings, part); };
        };
        auto const dress = [](ThemeChoice theme) {
            return [theme](Stage const& stage, AppState&) {
                auto look = stage.shell.look;
                look.theme = theme;
                stage.shell.set_look(look);
            };
        };
        made.insert(
            made.end(),
            {{"hand-over", "ui.hand-over-day", icon::download, settings("desk")},
             {"import", "ui.import-files", icon::upload, [](auto const& stage, auto&) { stage.shell.choose_file(); }},
             {"person", "ui.who-is-here", icon::switch_person,
              [](auto&, auto& state) { state.switching_person = true; }},
             {"calendar", "ui.calendar", icon::calendar,
              [](auto const& stage, auto&) { go_to_calendar(stage, week_of(date_of(stage.ui.now))); }},
             {"people", "ui.people", icon::people, settings("people")},
             {"units", "ui.units-and-owners", icon::unit, settings("units")},
             {"parameters", "ui.parameters", icon::settings, settings("parameters")},
             {"look", "ui.look", icon::contrast, settings("look")},
             {"light", "ui.command-light", icon::sun, dress(ThemeChoice::light)},
             {"dark", "ui.command-dark", icon::moon, dress(ThemeChoice::dark)},
             {"shortcuts", "ui.shortcuts", icon::keyboard, [](auto&, auto& state) { state.shortcuts = true; }}});
        return made;
    }();
    return commands;
}

PageCommand const* find_page_command(std::string_view name) {
    for (auto const& command : page_commands())
        if (command.name == name) return &command;
    return nullptr;
}

void look_up(Stage const& stage, PaletteState& state) {
    auto const& models = stage.models;
    if (!models.search) return state.lines.clear();
    if (state.looked_up == state.text && state.revision == models.search_revision &&
        state.language == stage.ui.language)
        return;
    if (state.looked_up != state.text) state.marked = 0;
    state.looked_up = state.text;
    state.revision = models.search_revision;
    state.language = stage.ui.language;
    auto const result = models.search->find(state.text, shown_limit);
    state.matched = result.matched;
    state.lines.clear();
    for (auto const& hit : result.hits) state.lines.push_back(describe_hit(stage, hit));
    state.marked = std::clamp(state.marked, 0, std::max(static_cast<int>(state.lines.size()) - 1, 0));
}

void follow_hit(Stage const& stage, AppState& state, PaletteLine const& line) {
    auto& palette = state.palette;
    palette.open = false;
    palette.text.clear();
    stage.mailbox.chosen(line.key);
    stage.ui.blur();
    switch (line.key.kind) {
        case SearchKind::command:
            if (auto const* command = find_page_command(line.key.name)) command->run(stage, state);
            break;
        case SearchKind::person: stage.shell.go(Place::settings, "people"); break;
        case SearchKind::owner:
        case SearchKind::unit:
            // Everything about a home or somebody in it.
            state.tickets.search = line.title;
            state.tickets.filter = static_cast<int>(TicketFilter::all);
            stage.shell.go(Place::tickets);
            break;
        case SearchKind::clause: stage.shell.go(Place::handbook, line.key.name); break;
        case SearchKind::ticket: stage.go_to_ticket(line.key.id, line.target); break;
    }
}

// With what was typed marked in it.
void draw_marked(Ui& ui, Rect place, std::string const& text, std::vector<std::string> const& marks,
                 TextStyle const& style) {
    for (auto const& mark : marks) {
        auto const at = text.find(mark);
        if (mark.empty() || at == std::string::npos) continue;
        auto const from = ui.width_of(std::string_view{text}.substr(0, at), style);
        auto const width = ui.width_of(mark, style);
        if (from + width > place.w) continue;
        ui.fill({place.x + from - 1, place.centre_y() - style.size * 0.72F, width + 2, style.size * 1.44F},
                ui.theme().warn_soft, 3);
    }
    ui.line(place, text, style);
}

std::string option_key(std::size_t index) { return "hit " + std::to_string(index); }

void draw_line(Stage const& stage, Rect row, PaletteLine const& line, bool marked) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    if (marked) ui.fill(row, theme.accent_soft, size::radius_small);
    auto inside = row.inset(10, 0);
    ui.icon(inside.take_left(20, 10), line.icon, 18, marked ? theme.accent : theme.text_2);
    TextStyle const faint{size::text_small, theme.text_3};
    auto const kind = stage.say(line.kind_words);
    ui.line(inside.take_right(ui.width_of(kind, faint) + 2, 10), kind, faint);
    if (line.detail.empty()) return draw_marked(ui, inside, line.title, line.marks, {});
    auto upper = inside;
    upper.h = 24;
    upper.y += 2;
    draw_marked(ui, upper, line.title, line.marks, {});
    draw_marked(ui, {inside.x, inside.y + 24, inside.w, 20}, line.detail, line.marks, {size::text_small, theme.text_2});
}

}  // namespace

PaletteLine describe_hit(Stage const& stage, SearchHit const& hit) {
    auto const& models = stage.models;
    PaletteLine line;
    line.key = hit.key;
    for (auto const& range : hit.ranges)
        if (auto const text = models.search->text_of(hit.key, range.field); range.end <= text.size())
            line.marks.push_back(text.substr(range.begin, range.end - range.begin));
    switch (hit.key.kind) {
        case SearchKind::command:
            if (auto const* command = find_page_command(hit.key.name)) {
                line.title = stage.say(command->words);
                line.icon = command->icon;
            }
            line.kind_words = "ui.kind-command";
            break;
        case SearchKind::person:
            if (auto const* person = models.registry.person(hit.key.id)) {
                line.title = person->name;
                line.detail = join_dots({person->code, person->department, main_role(stage.ui, person->roles)});
            }
            line.icon = icon::person;
            line.kind_words = "ui.people";
            break;
        case SearchKind::owner:
            for (auto const& owner : models.registry.owners)
                if (owner.id == hit.key.id) {
                    line.title = owner.name;
                    line.detail = join_dots({line.detail, owner.unit});
                }
            line.icon = icon::people;
            line.kind_words = "ui.customer";
            break;
        case SearchKind::unit: {
            line.title = models.search->text_of(hit.key, 0);
            for (auto const& owner : models.registry.owners)
                if (owner.unit_id == hit.key.id) line.detail = join_dots({line.detail, owner.name});
            line.icon = icon::unit;
            line.kind_words = "field.unit";
            break;
        }
        case SearchKind::clause:
            if (auto const clause = find_clause(hit.key.name))
                line.title = std::string{stage.ui.language == Language::chinese ? clause->row().zh : clause->row().en};
            line.detail = hit.key.name;
            line.icon = icon::handbook;
            line.kind_words = "ui.clauses";
            break;
        case SearchKind::ticket:
            if (auto const place = models.tickets->find(Id<Ticket>{hit.key.id})) {
                auto const ticket = models.tickets->line(*place);
                line.title = join_dots({ticket.unit, ticket.words});
                line.detail = join_dots({ticket.number, ticket.customer, ticket_state_words(stage.ui, ticket).words});
                line.target = ticket.number;
            }
            line.icon = icon::tickets;
            line.kind_words = "ui.place-tickets";
            break;
    }
    return line;
}

void offer_page_commands(Mailbox& mailbox) {
    for (auto const& command : page_commands())
        mailbox.offer_command(std::string{command.name},
                              {sentence(Language::chinese, command.words), sentence(Language::english, command.words)});
}

void draw_search_box(Stage const& stage, Rect place, AppState& app) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto& state = app.palette;
    if (place.w < 60) return;
    auto const list = ui.id_of("search results");
    auto const count = static_cast<int>(state.lines.size());
    FieldSpec spec{.key = "search",
                   .label = stage.say("ui.search"),
                   .hint = place.w > 240 ? stage.say("ui.search-hint") : stage.say("ui.search"),
                   .icon = icon::search,
                   .plain = true,
                   .keys = state.open ? "ArrowDown ArrowUp Enter Escape" : "ArrowDown",
                   .role = NodeRole::combobox,
                   .shortcut = "Control+k",
                   .state = has_popup | (state.open ? expanded : collapsed)};
    if (state.open && count > 0) {
        spec.controls = list;
        spec.active = ui.id_within(list, option_key(static_cast<std::size_t>(state.marked)));
    }
    if (ui.shortcut(spec.shortcut, stage.say("ui.shortcut-search"))) state.open = true;
    auto const drawn = field(ui, place, spec, state.text);
    if (drawn.changed) state.open = true;
    if (drawn.focused && !state.had_focus) state.open = true;
    state.had_focus = drawn.focused;
    if (!ui.metrics.touch && place.w > 320 && !drawn.focused) {
        Rect const badge{place.right() - 58, place.centre_y() - 11, 46, 22};
        ui.outline(badge, theme.line, size::radius_small);
        ui.line(badge, "Ctrl K", {12, theme.text_3}, 0.5F);
    }
    auto const pressed = [&](char const* key) { return ui.pressed_key(drawn.id, key); };
    if (pressed("ArrowDown")) {
        if (state.open && count > 0) state.marked = (state.marked + 1) % count;
        state.open = true;
    }
    if (pressed("ArrowUp") && count > 0) state.marked = (state.marked + count - 1) % count;
    if (pressed("Escape")) {
        state.open = false;
        state.text.clear();
        ui.blur();
    }
    if (!state.open) return;
    look_up(stage, state);
    if (pressed("Enter") && !state.lines.empty())
        return follow_hit(stage, app, PaletteLine{state.lines[static_cast<std::size_t>(state.marked)]});
    // The list goes with the focus, but not by the press upon it.
    if (!drawn.focused && ui.input.focused != 0 && !ui.pointer_is_down()) state.open = false;
    ui.above([&stage, &app, list, box = drawn.box] { draw_palette(stage, box, list, app); });
}

void draw_palette(Stage const& stage, Rect box, std::uint32_t list, AppState& app) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto& state = app.palette;
    auto const rows = std::max<std::size_t>(state.lines.size(), 1);
    auto const small = ui.display_width() < 640;
    auto const left = small ? 8.0F : box.x;
    Rect const place{left, box.bottom() + 6, small ? ui.display_width() - 16 : std::max(box.w, 480.0F),
                     static_cast<float>(rows) * row_height + 8 + 28};
    Overlay const overlay{"palette", place};
    ui.shadow(place, size::radius);
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, theme.line_strong, size::radius);
    auto inside = place.inset(4);
    auto const foot = inside.take_bottom(26).inset(10, 0);
    if (state.lines.empty()) {
        auto const words = stage.say("ui.nothing-found");
        ui.semantics.add(0, NodeRole::status, words, inside);
        ui.line(inside.inset(10, 0), words, {size::text_body, theme.text_2});
    } else {
        ui.semantics.open_as(list, NodeRole::listbox, stage.say("ui.search"), inside);
        ui.push_id(list);
        std::optional<std::size_t> chosen;
        for (std::size_t index = 0; index < state.lines.size(); ++index) {
            auto const row = inside.take_top(row_height);
            auto const& line = state.lines[index];
            auto const hit = ui.press(row, option_key(index), NodeRole::option,
                                      join_dots({line.title, line.detail, stage.say(line.kind_words)}),
                                      state_if(state.marked == static_cast<int>(index), selected));
            draw_line(stage, row, line, state.marked == static_cast<int>(index) || hit.hovered);
            if (hit.clicked) chosen = index;
        }
        ui.pop_id();
        ui.semantics.close();
        if (chosen) return follow_hit(stage, app, PaletteLine{state.lines[*chosen]});
    }
    auto const words = state.matched > state.lines.size()
                           ? stage.say("ui.found-many", {{"count", grouped(static_cast<std::int64_t>(state.matched))}})
                           : stage.say("ui.search-advice");
    ui.line(foot, words, {12, theme.text_3});
    if (ui.pressed_outside(place.united(box))) state.open = false;
}

}  // namespace guanjia
