#include <algorithm>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float compact_rail = 64;
constexpr float banner_height = 48;

struct RailItem {
    Place place;
    char const* icon;
    char const* words;  // key
};
constexpr RailItem rail_items[] = {
    {Place::today, icon::today, "ui.place-today"},
    {Place::reception, icon::reception, "ui.place-reception"},
    {Place::tickets, icon::tickets, "ui.place-tickets"},
    {Place::return_visits, icon::return_visits, "ui.place-return-visits"},
    {Place::headquarters, icon::headquarters, "ui.place-headquarters"},
    {Place::settings, icon::settings, "ui.place-settings"},
};

struct Count {
    std::size_t number = 0;
    bool urgent = false;
};

Count count_of(Stage const& stage, Place place) {
    Count count;
    if (!stage.models.today || !stage.models.tickets) return count;
    auto const& duties = stage.models.today->duties;
    if (place == Place::today)
        for (auto const& line : duties) {
            if (!stage.is_mine(line.duty)) continue;
            ++count.number;
            count.urgent |= line.status == DutyStatus::overdue;
        }
    if (place == Place::return_visits)
        for (auto const& line : duties) {
            if (line.duty.clause.id() != "RV-4.1") continue;
            ++count.number;
            count.urgent |= line.status == DutyStatus::overdue;
        }
    if (place == Place::tickets) count.number = stage.models.tickets->open_count();
    return count;
}

void draw_rail(Stage const& stage, Rect place, bool compact) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    ui.fill(place, theme.surface);
    ui.vertical_line(place.right() - 1, place.y, place.h);
    ui.semantics.open(NodeRole::navigation, stage.say("ui.places"), "rail");
    auto inside = place.inset(8, 12);
    for (auto const& item : rail_items) {
        if (item.place == Place::headquarters) {
            auto const gap = inside.take_top(21);
            ui.horizontal_line(gap.x + 8, gap.y + 10, gap.w - 16);
        }
        auto row = inside.take_top(40, 2);
        auto const here = stage.shell.route.place == item.place;
        auto const words = stage.say(item.words);
        auto const count = count_of(stage, item.place);
        auto const name = count.number == 0 ? words
                                            : stage.say("ui.place-with-count",
                                                        {{"place", words}, {"count", std::to_string(count.number)}});
        auto const hit = ui.press(row, item.words, NodeRole::button, name, here ? current : none);
        if (here) ui.fill(row, theme.accent_soft, size::radius);
        else if (hit.hovered) ui.fill(row, theme.surface_2, size::radius);
        if (hit.focused) ui.focus_ring(row.inset(2), size::radius);
        if (hit.clicked) stage.shell.go(item.place);
        auto const colour = here ? theme.accent : theme.text_2;
        if (compact) {
            ui.icon(row, item.icon, 20, colour);
            if (count.urgent) ui.fill({row.right() - 16, row.y + 7, 9, 9}, theme.danger, 5);
            continue;
        }
        auto part = row.inset(12, 0);
        ui.icon(part.take_left(18, 13), item.icon, 18, colour);
        if (count.number > 0) {
            auto const text = std::to_string(count.number);
            TextStyle const style{12, count.urgent ? theme.on_accent : theme.text_2, true};
            auto const width = std::max(ui.width_of(text, style) + 14, 22.0F);
            auto pill = part.take_right(width, 6);
            pill = {pill.x, pill.centre_y() - 10, width, 20};
            ui.fill(pill, count.urgent ? theme.danger : theme.surface_2, 10);
            ui.line(pill, text, style, 0.5F);
        }
        ui.line(part, words, {size::text_body, colour, here});
    }
    ui.semantics.close();
}

void draw_status(Stage const& stage, Rect& row) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const& status = stage.shell.status;
    struct Part {
        char const* icon;
        std::string words;
        Colour colour;
        NodeRole role;
    };
    std::vector<Part> parts;
    switch (status.save) {
        case RecordStatus::Save::saved:
            parts.push_back({icon::saved,
                             has_time(status.saved_at)
                                 ? stage.say("ui.saved-at", {{"time", format_time(status.saved_at).substr(11)}})
                                 : stage.say("ui.saved"),
                             theme.ok, NodeRole::status});
            break;
        case RecordStatus::Save::saving:
            parts.push_back({icon::saving, stage.say("ui.saving"), theme.text_2, NodeRole::status});
            break;
        case RecordStatus::Save::not_saved:
            parts.push_back({icon::not_saved, stage.say("ui.not-saved"), theme.danger, NodeRole::status});
            break;
        case RecordStatus::Save::read_only:
            parts.push_back({icon::read_only, stage.say("ui.read-only"), theme.warn, NodeRole::status});
    }
    if (!status.online) parts.push_back({icon::offline, stage.say("ui.offline"), theme.text_2, NodeRole::text});
    auto const date = date_of(ui.now);
    parts.push_back(
        {icon::clock,
         stage.say("ui.date-and-weekday", {{"month", std::to_string(static_cast<unsigned>(date.month()))},
                                           {"day", std::to_string(static_cast<unsigned>(date.day()))},
                                           {"weekday", stage.say("ui.weekday-" + std::to_string(weekday_of(date)))},
                                           {"time", clock_words(ui.now)}}),
         theme.text_2, NodeRole::text});
    auto const words = ui.display_width() >= 860;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        TextStyle const style{size::text_small, part->colour};
        // The state of the records is always there; the rest gives way on a small screen.
        if (!words && part->role != NodeRole::status) continue;
        auto place = row.take_right(ui.width_of(part->words, style) + 24, 16);
        ui.semantics.add(0, part->role, part->words, place);
        ui.icon(place.take_left(16, 6), part->icon, 15, part->colour);
        place.w += 2;
        ui.line(place, part->words, style);
    }
}

void draw_top_bar(Stage const& stage, Rect place, float rail, AppState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    ui.fill(place, theme.surface);
    ui.horizontal_line(place.x, place.bottom() - 1, place.w);
    ui.semantics.open(NodeRole::banner, {}, "top");
    auto row = place.inset(16, 10);
    auto brand = row.take_left(std::max(rail - 16, 48.0F), 16);
    Rect logo{brand.x, brand.centre_y() - 14, 28, 28};
    ui.fill(logo, theme.accent, 6);
    ui.line(logo, "管", {size::text_body, theme.on_accent, true}, 0.5F);
    if (rail > compact_rail) {
        brand.take_left(38);
        ui.label(brand, stage.say("ui.name"), {size::text_title - 1, 0, true});
    }

    // Who is at the desk.
    auto const* person = stage.person();
    auto const who = person ? join_dots({person->name, main_role(ui, person->roles)}) : stage.say("ui.who-is-here");
    auto button_place = row.take_right(ui.width_of(who) + 42, 16);
    auto const hit = ui.press(button_place, "person", NodeRole::button, stage.say("ui.at-the-desk", {{"person", who}}),
                              state.switching_person ? expanded : collapsed);
    if (hit.clicked) state.switching_person = !state.switching_person;
    if (hit.hovered) ui.fill(button_place.inset(-6, 0), theme.surface_2, size::radius);
    if (hit.focused) ui.focus_ring(button_place, size::radius);
    auto disc = button_place.take_left(30, 9);
    disc = {disc.x, disc.centre_y() - 15, 30, 30};
    ui.fill(disc, theme.accent_soft, 15);
    if (person) ui.line(disc, initial_of(person->name), {size::text_small, theme.accent, true}, 0.5F);
    else ui.icon(disc, icon::person, 16, theme.accent);
    button_place.w += 2;
    ui.line(button_place, who);

    draw_status(stage, row);

    auto search = row.take_left(std::min(row.w, 520.0F));
    if (search.w > 160) {
        FieldSpec const spec{.key = "search",
                             .label = stage.say("ui.search"),
                             .hint = stage.say("ui.search-hint"),
                             .search = true,
                             .icon = icon::search,
                             .plain = true};
        Rect const badge{search.right() - 58, search.centre_y() - 11, 46, 22};
        if (ui.shortcut("Control+k")) ui.focus_next("search");
        auto const id = ui.id_of("search");
        if (text_field(ui, search, spec, state.tickets.search) && stage.shell.route.place != Place::tickets)
            stage.shell.go(Place::tickets);
        if (ui.pressed_key(id, "Escape")) state.tickets.search.clear();
        ui.outline(badge, theme.line, size::radius_small);
        ui.line(badge, "Ctrl K", {12, theme.text_3}, 0.5F);
    }
    ui.semantics.close();
}

// People to choose from, below the name at the top right.
void draw_people(Stage const& stage, Rect page, AppState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const& people = stage.models.registry.people;
    auto const present =
        static_cast<float>(std::count_if(people.begin(), people.end(), [](auto const& p) { return !p.left; }));
    auto const height = std::min(present * 48 + 16 + (present == 0 ? 80 : 0), page.h - 80);
    Rect place{page.right() - 296, 60, 280, height};
    Overlay const overlay{"people", place};
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, theme.line_strong, size::radius);
    ui.semantics.open(NodeRole::dialog, stage.say("ui.who-is-here"), "people", place);
    {
        Scroll scroll{ui, "people", place.inset(8)};
        for (auto const& person : people) {
            if (person.left) continue;
            auto row = scroll.take(48);
            Scope const scope{person.code};
            auto const role = main_role(ui, person.roles);
            auto const on = person.id == stage.mailbox.person();
            auto const hit = ui.press(row, "choose", NodeRole::button, join_dots({person.name, role, person.code}),
                                      on ? current : none);
            if (on || hit.hovered) ui.fill(row, on ? theme.accent_soft : theme.surface_2, size::radius);
            if (hit.focused) ui.outline(row, theme.accent, size::radius, 2);
            auto inside = row.inset(10, 6);
            auto disc = inside.take_left(32, 10);
            disc = {disc.x, disc.centre_y() - 16, 32, 32};
            ui.fill(disc, theme.accent_soft, 16);
            ui.line(disc, initial_of(person.name), {size::text_small, theme.accent, true}, 0.5F);
            ui.line(inside.take_top(18), person.name);
            ui.line(inside, join_dots({role, person.department}), {12, theme.text_2});
            if (hit.clicked) {
                stage.shell.set_person(person.id);
                state.switching_person = false;
                stage.shell.tell(ui, stage.say("ui.now-at-the-desk", {{"person", person.name}}));
            }
        }
        if (present == 0)
            empty_state(ui, place.inset(8), icon::people, stage.say("ui.no-people"), stage.say("ui.no-people-advice"));
    }
    ui.semantics.close();
    // The name itself opens and closes; a press anywhere else closes.
    if (ui.pressed_outside({place.x, 0, page.right() - place.x, place.bottom()}) || ui.shortcut("Escape"))
        state.switching_person = false;
}

void draw_told(Stage const& stage, Rect page) {
    auto& shell = stage.shell;
    if (!shell.told) return;
    if (shell.seconds >= shell.told->until) {
        shell.told.reset();
        return;
    }
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const bad = shell.told->tone == Tone::danger;
    auto const width = std::min(ui.width_of(shell.told->words) + 62, page.w - 40);
    Rect place{page.centre_x() - width / 2, page.bottom() - 132, width, 44};
    Overlay const overlay{"told", place, Overlay::Presses::pass};
    ui.fill(place, bad ? theme.danger : theme.text, size::radius);
    auto inside = place.inset(16, 0);
    ui.icon(inside.take_left(20, 10), bad ? icon::warning : icon::check, 18, theme.surface);
    inside.w += 4;
    ui.line(inside, shell.told->words, {size::text_body, theme.surface});
}

void draw_banners(Stage const& stage, Rect& place) {
    auto& ui = stage.ui;
    auto& shell = stage.shell;
    auto const next = [&] { return place.take_top(banner_height); };
    if (shell.status.save == RecordStatus::Save::read_only &&
        banner(ui, next(), Tone::warn, icon::read_only, stage.say("ui.taken-over"), stage.say("ui.take-over")))
        shell.take_over();
    if (shell.status.save == RecordStatus::Save::not_saved &&
        banner(ui, next(), Tone::danger, icon::not_saved, stage.say("ui.not-saved-advice"),
               stage.say("ui.save-a-file")))
        shell.new_rescue_file();
    if (shell.status.update_waits &&
        banner(ui, next(), Tone::info, icon::download, stage.say("ui.update-waits"), stage.say("ui.update-now")))
        shell.update();
    if (stage.models.trouble)
        banner(ui, next(), Tone::danger, icon::warning,
               stage.say("refusal." + stage.models.trouble->reason, stage.models.trouble->details));
    if (!stage.person() && !stage.models.registry.people.empty())
        banner(ui, next(), Tone::info, icon::person, stage.say("ui.choose-person"));
}

}  // namespace

void draw_app(Stage const& stage, Rect place, AppState& state) {
    auto& ui = stage.ui;
    auto const page = place;
    ui.fill(place, ui.theme().bg);
    auto const compact = place.w < 1120;
    auto const rail = compact ? compact_rail : size::rail;
    draw_top_bar(stage, place.take_top(size::topbar), rail, state);
    draw_rail(stage, place.take_left(rail), compact);
    draw_banners(stage, place);

    if (ui.shortcut("n")) stage.shell.go(Place::reception);
    ui.semantics.open(NodeRole::main, {}, "main");
    {
        Scope const scope{name_of(stage.shell.route.place)};
        switch (stage.shell.route.place) {
            case Place::today: draw_today(stage, place, state.today, state.tickets); break;
            case Place::reception: draw_reception(stage, place, state.reception); break;
            case Place::tickets: draw_tickets(stage, place, state.tickets); break;
            case Place::return_visits: draw_return_visits(stage, place, state.visits, state.tickets); break;
            case Place::headquarters: draw_headquarters(stage, place, state.headquarters); break;
            case Place::settings: draw_settings(stage, place, state.settings); break;
        }
    }
    ui.semantics.close();
    if (state.switching_person) draw_people(stage, page, state);
    draw_open_picker(ui);
    draw_told(stage, page);
}

}  // namespace guanjia
