// The frame around every view: where one can go, how the records stand, who is at the desk, and what lies above.

#include <algorithm>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float compact_rail = 64;
constexpr float bottom_rail = 60;
constexpr float banner_height = 48;

struct Count {
    std::size_t number = 0;
    bool urgent = false;
};

Count count_of(Stage const& stage, Place place) {
    Count count;
    if (!stage.models.today || !stage.models.tickets) return count;
    if (place == Place::tickets) count.number = stage.models.tickets->to_do_count();
    if (place != Place::today && place != Place::return_visits) return count;
    auto const add = [&](DutyLine const& line) {
        ++count.number;
        count.urgent |= line.status == DutyStatus::overdue;
    };
    for (auto const& line : stage.models.today->duties) {
        if (place == Place::today && stage.is_mine(line.duty)) add(line);
        if (place == Place::return_visits && line.duty.clause.id() == "RV-4.1") add(line);
    }
    return count;
}

std::string place_name(Stage const& stage, PlaceRow const& row, Count const& count) {
    auto words = stage.say(row.words);
    if (count.number == 0) return words;
    return stage.say("ui.place-with-count",
                     {{"place", words}, {"count", grouped(static_cast<std::int64_t>(count.number))}});
}

void draw_count(Ui& ui, Rect& part, Count const& count) {
    if (count.number == 0) return;
    auto const& theme = ui.theme();
    auto const text = count.number > 999 ? std::string{"999+"} : std::to_string(count.number);
    TextStyle const style{12, count.urgent ? theme.on_danger : theme.text_2, true};
    auto const width = std::max(ui.width_of(text, style) + 14, 22.0F);
    auto pill = part.take_right(width, 6);
    pill = {pill.x, pill.centre_y() - 10, width, 20};
    ui.fill(pill, count.urgent ? theme.danger : theme.surface_2, 10);
    ui.line(pill, text, style, 0.5F);
}

void draw_rail(Stage const& stage, Rect place, bool compact) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    ui.fill(place, theme.surface);
    ui.vertical_line(place.right() - 1, place.y, place.h);
    Region const region{ui.semantics, NodeRole::navigation, stage.say("ui.places"), "rail", place};
    auto inside = place.inset(8, 12);
    auto const height = std::max(ui.metrics.control + 4, 40.0F);
    auto daily = true;
    for (std::size_t index = 0; index < std::size(place_rows); ++index) {
        auto const& item = place_rows[index];
        auto const item_place = static_cast<Place>(index);
        if (!item.words) continue;
        if (std::exchange(daily, item.daily) != item.daily) {
            auto const gap = inside.take_top(21);
            ui.horizontal_line(gap.x + 8, gap.y + 10, gap.w - 16);
        }
        auto const row = inside.take_top(height, 2);
        auto const here = stage.shell.route.place == item_place;
        auto const count = count_of(stage, item_place);
        auto const hit =
            ui.press(row, item.words, NodeRole::button, place_name(stage, item, count), here ? current : none);
        if (here) ui.fill(row, theme.accent_soft, size::radius);
        else if (hit.hovered) ui.fill(row, theme.surface_2, size::radius);
        if (hit.focused) ui.focus_ring(row.inset(2), size::radius);
        if (hit.clicked) stage.shell.go(item_place);
        auto const colour = here ? theme.accent : theme.text_2;
        if (compact) {
            ui.icon(row, item.icon, 20, colour);
            if (count.urgent) ui.fill({row.right() - 16, row.y + 7, 9, 9}, theme.danger, 5);
            continue;
        }
        auto part = row.inset(12, 0);
        ui.icon(part.take_left(18, 13), item.icon, 18, colour);
        draw_count(ui, part, count);
        ui.line(part, stage.say(item.words), {size::text_body, colour, here});
    }
}

// On a small screen: the daily places at the bottom, within reach of a thumb, the rest behind a menu.
void draw_bottom_rail(Stage const& stage, Rect place, AppState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    ui.fill(place, theme.surface);
    ui.fill({place.x, place.y, place.w, 1}, theme.line);
    Region const region{ui.semantics, NodeRole::navigation, stage.say("ui.places"), "rail", place};
    auto const daily =
        std::count_if(std::begin(place_rows), std::end(place_rows), [](auto const& r) { return r.daily; });
    auto const width = place.w / static_cast<float>(daily + 1);
    auto row = place;
    auto elsewhere = true;
    std::vector<MenuItem> items;
    std::vector<Place> others;
    for (std::size_t index = 0; index < std::size(place_rows); ++index) {
        auto const& item = place_rows[index];
        auto const item_place = static_cast<Place>(index);
        if (!item.words) continue;
        if (!item.daily) {
            items.push_back({stage.say(item.words), item.icon});
            others.push_back(item_place);
            continue;
        }
        auto part = row.take_left(width);
        auto const here = stage.shell.route.place == item_place;
        elsewhere = elsewhere && !here;
        auto const count = count_of(stage, item_place);
        auto const hit =
            ui.press(part, item.words, NodeRole::button, place_name(stage, item, count), here ? current : none);
        if (hit.clicked) stage.shell.go(item_place);
        if (hit.focused) ui.focus_ring(part.inset(4), size::radius);
        auto const colour = here ? theme.accent : theme.text_2;
        auto upper = part.take_top(34);
        ui.icon({upper.x, upper.y + 4, upper.w, upper.h - 4}, item.icon, 22, colour);
        if (count.urgent) ui.fill({upper.centre_x() + 8, upper.y + 7, 9, 9}, theme.danger, 5);
        ui.line({part.x, part.y, part.w, 20}, stage.say(item.words), {12, colour, here}, 0.5F);
    }
    MenuSpec const spec{"more places", stage.say("ui.more"), icon::menu, false};
    if (auto const chosen = menu(ui, row.inset((row.w - 48) / 2, 6), spec, items, state.more_places))
        stage.shell.go(others[*chosen]);
    if (elsewhere) ui.fill({row.centre_x() - 14, row.bottom() - 4, 28, 3}, theme.accent, 2);
}

struct StatusPart {
    char const* icon;
    std::string words;
    Colour colour;
    NodeRole role;
};

StatusPart save_status(Stage const& stage) {
    auto const& theme = stage.ui.theme();
    auto const& status = stage.shell.status;
    switch (status.save) {
        case RecordStatus::Save::saving: return {icon::saving, stage.say("ui.saving"), theme.text_2, NodeRole::status};
        case RecordStatus::Save::not_saved:
            return {icon::not_saved, stage.say("ui.not-saved"), theme.danger, NodeRole::status};
        case RecordStatus::Save::read_only:
            if (status.wiped || status.unsaved)
                return {icon::not_saved, stage.say("ui.not-saved"), theme.danger, NodeRole::status};
            return {icon::read_only, stage.say("ui.read-only"), theme.warn, NodeRole::status};
        default: break;
    }
    auto const words = has_time(status.saved_at)
                           ? stage.say("ui.saved-at", {{"time", format_time(status.saved_at).substr(11)}})
                           : stage.say("ui.saved");
    return {icon::saved, words, theme.ok, NodeRole::status};
}

// How the records stand is always there; the rest gives way on a small screen.
void draw_status(Stage const& stage, Rect& row) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    std::vector<StatusPart> parts{save_status(stage)};
    if (!stage.shell.status.online && ui.display_width() >= 720)
        parts.push_back({icon::offline, stage.say("ui.offline"), theme.text_2, NodeRole::text});
    if (ui.display_width() >= 860)
        parts.push_back({icon::clock, moment_words(ui, ui.now), theme.text_2, NodeRole::text});
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        TextStyle const style{size::text_small, part->colour};
        auto const words = ui.display_width() >= 480 || part->role != NodeRole::status ||
                           stage.shell.status.save != RecordStatus::Save::saved;
        auto place = row.take_right(words ? ui.width_of(part->words, style) + 24 : 20, 16);
        ui.semantics.add(0, part->role, part->words, place);
        ui.icon(place.take_left(16, 6), part->icon, 15, part->colour);
        place.w += 2;
        if (words) ui.line(place, part->words, style);
    }
}

void draw_person(Stage const& stage, Rect& row, AppState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const* person = stage.person();
    auto const who = person ? join_dots({person->name, main_role(ui, person->roles)}) : stage.say("ui.who-is-here");
    auto const words = ui.display_width() >= 720;
    auto place = row.take_right(words ? ui.width_of(who) + 42 : 36, 16);
    auto const hit = ui.press(place, "person", NodeRole::button, stage.say("ui.at-the-desk", {{"person", who}}),
                              has_popup | (state.switching_person ? expanded : collapsed));
    if (hit.clicked) state.switching_person = !state.switching_person;
    if (hit.hovered) ui.fill(place.inset(-6, 0), theme.surface_2, size::radius);
    if (hit.focused) ui.focus_ring(place, size::radius);
    auto disc = place.take_left(30, 9);
    disc = {disc.x, disc.centre_y() - 15, 30, 30};
    ui.fill(disc, theme.accent_soft, 15);
    if (person) ui.line(disc, initial_of(person->name), {size::text_small, theme.accent, true}, 0.5F);
    else ui.icon(disc, icon::person, 16, theme.accent);
    place.w += 2;
    if (words) ui.line(place, who);
}

void draw_top_bar(Stage const& stage, Rect place, float rail, AppState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    ui.fill(place, theme.surface);
    ui.horizontal_line(place.x, place.bottom() - 1, place.w);
    Region const region{ui.semantics, NodeRole::banner, {}, "top", place};
    auto row = place.inset(ui.display_width() < 480 ? 10 : 16, 10);
    auto const searching = state.palette.open && ui.display_width() < 720;
    if (!searching) {
        auto brand = row.take_left(std::max(rail - 16, 32.0F), 16);
        Rect const logo{brand.x, brand.centre_y() - 14, 28, 28};
        ui.fill(logo, theme.accent, 6);
        ui.line(logo, "管", {size::text_body, theme.on_accent, true}, 0.5F);
        if (rail > compact_rail) {
            brand.take_left(38);
            ui.label(brand, stage.say("ui.name"), {size::text_title - 1, 0, true});
        }
        draw_person(stage, row, state);
        draw_status(stage, row);
    }
    draw_search_box(stage, row.take_left(std::min(row.w, 520.0F)), state);
}

// People to choose from, below the name at the top right.
void draw_people(Stage const& stage, Rect page, AppState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const& people = stage.models.registry.people;
    auto const present =
        static_cast<float>(std::count_if(people.begin(), people.end(), [](auto const& p) { return !p.left; }));
    auto const row_height = std::max(ui.metrics.control, 48.0F);
    auto const height = std::min(present * row_height + 16 + (present == 0 ? 180 : 0), page.h - 80);
    auto const width = std::min(280.0F, page.w - 32);
    Rect const place{page.right() - 16 - width, 60, width, height};
    Overlay const overlay{"people", place};
    ui.shadow(place, size::radius);
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, theme.line_strong, size::radius);
    Region const region{ui.semantics, NodeRole::dialog, stage.say("ui.who-is-here"), "people", place};
    {
        Scroll scroll{ui, "people", place.inset(8)};
        for (auto const& person : people) {
            if (person.left) continue;
            auto const row = scroll.take(row_height);
            Scope const scope{format_id(person.id)};
            auto const role = main_role(ui, person.roles);
            auto const on = person.id == stage.mailbox.person();
            auto const hit = ui.press(row, "choose", NodeRole::button, join_dots({person.name, role, person.code}),
                                      on ? current : none);
            if (on || hit.hovered) ui.fill(row, on ? theme.accent_soft : theme.surface_2, size::radius);
            if (hit.focused) ui.outline(row, theme.accent, size::radius, 2);
            auto inside = row.inset(10, (row_height - 36) / 2);
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
    // The name itself opens and closes; a press anywhere else closes.
    if (ui.pressed_outside({place.x, 0, page.right() - place.x, place.bottom()}) || ui.shortcut("Escape"))
        state.switching_person = false;
}

void draw_banners(Stage const& stage, Rect& place) {
    auto& ui = stage.ui;
    auto& shell = stage.shell;
    auto const next = [&] { return place.take_top(std::max(banner_height, ui.metrics.control + 8)); };
    auto const& status = shell.status;
    if (status.save == RecordStatus::Save::read_only && (status.wiped || status.unsaved)) {
        if (banner(ui, next(), Tone::danger, icon::not_saved,
                   stage.say(status.wiped ? "ui.records-wiped" : "ui.taken-over-unsaved"), stage.say("ui.save-a-file")))
            shell.new_rescue_file();
    } else if (status.save == RecordStatus::Save::read_only &&
               banner(ui, next(), Tone::warn, icon::read_only, stage.say("ui.taken-over"), stage.say("ui.take-over"))) {
        shell.take_over();
    }
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

void draw_view(Stage const& stage, Rect place, AppState& state) {
    Region const region{stage.ui.semantics, NodeRole::main, {}, "main", place};
    Scope const scope{row_of(stage.shell.route.place).name};
    switch (stage.shell.route.place) {
        case Place::today:
            return draw_today(stage, place, state.today,
                              {state.reception, state.tickets, state.visits, state.feedback});
        case Place::reception: return draw_reception(stage, place, state.reception);
        case Place::tickets: return draw_tickets(stage, place, state.tickets);
        case Place::return_visits: return draw_return_visits(stage, place, state.visits, state.tickets);
        case Place::feedback: return draw_feedback(stage, place, state.feedback);
        case Place::figures: return draw_figures(stage, place, state.figures);
        case Place::handbook: return draw_handbook(stage, place, state.handbook, state.settings);
        case Place::headquarters: return draw_headquarters(stage, place, state.headquarters);
        case Place::settings: return draw_settings(stage, place, state.settings);
        case Place::gallery: return draw_gallery(stage, place, state.gallery);
    }
}

void draw_question(Stage const& stage, Rect page) {
    auto& shell = stage.shell;
    if (!shell.question) return;
    auto const answer = ask(stage.ui, page, *shell.question);
    if (answer == Answer::none) return;
    shell.question.reset();
    auto const yes = std::exchange(shell.on_yes, nullptr);
    if (answer == Answer::yes && yes) yes();
}

}  // namespace

void draw_app(Stage const& stage, Rect place, AppState& state) {
    auto& ui = stage.ui;
    auto const page = place;
    auto& shell = stage.shell;
    shell.next_change.reset();
    ui.fill(place, ui.theme().bg);
    auto const small = place.w < 640;
    auto const rail = small ? 0 : place.w < 1120 ? compact_rail : size::rail;
    draw_top_bar(stage, place.take_top(size::topbar), rail, state);
    if (small) draw_bottom_rail(stage, place.take_bottom(bottom_rail), state);
    else draw_rail(stage, place.take_left(rail), rail == compact_rail);
    draw_banners(stage, place);
    if (shell.undo && ui.shortcut("Control+z", stage.say("ui.shortcut-undo")))
        if (auto const undo = shell.undo) undo();
    if (ui.shortcut("n", stage.say("ui.shortcut-new"))) {
        shell.go(Place::reception);
        ui.focus_next("unit");
    }
    draw_view(stage, place, state);

    if (state.switching_person) draw_people(stage, page, state);
    ui.draw_above();
    if (ui.shortcut("?", stage.say("ui.shortcut-sheet"))) state.shortcuts = !state.shortcuts;
    if (state.shortcuts) draw_shortcuts(stage, page, state.shortcuts);
    draw_question(stage, page);
    // What was told in another language is not told any more.
    if (std::exchange(state.language, ui.language) != ui.language) shell.toasts.clear();
    auto const above_foot = Rect{place.x, place.y, place.w, place.h - 72};
    if (auto const next = toasts(ui, small ? above_foot : page, shell.toasts, shell.seconds)) shell.change_at(*next);
    ui.draw_above();
}

}  // namespace guanjia
