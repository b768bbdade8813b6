#include "web/views/stage.h"

#include <algorithm>

#include "core/service/forms.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr std::string_view theme_names[] = {"system", "light", "dark", "contrast"};
constexpr double told_for = 5;          // seconds
constexpr double told_with_action = 9;  // … when there is something to be done

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

std::string_view name_of(ThemeChoice choice) { return theme_names[static_cast<std::size_t>(choice)]; }

ThemeChoice theme_choice(std::string_view name) {
    for (std::size_t index = 0; index < std::size(theme_names); ++index)
        if (theme_names[index] == name) return static_cast<ThemeChoice>(index);
    return ThemeChoice::system;
}

Route parse_route(std::string_view path) {
    auto const slash = path.find('/');
    auto const head = path.substr(0, slash);
    Route route;
    for (std::size_t index = 0; index < std::size(place_rows); ++index)
        if (place_rows[index].name == head) route.place = static_cast<Place>(index);
    if (slash != std::string_view::npos && path.size() - slash <= 80) route.detail = path.substr(slash + 1);
    return route;
}

std::string path_of(Route const& route) {
    auto path = std::string{row_of(route.place).name};
    if (!route.detail.empty()) path += "/" + route.detail;
    return path;
}

bool Stage::is_mine(Duty const& duty) const {
    auto const* here = person();
    if (!here) return true;
    return duty.person ? duty.person == here->id : here->roles.has(duty.role);
}

void Shell::go(Place place, std::string detail) {
    Route wanted{place, std::move(detail)};
    if (wanted == route) return;
    route = std::move(wanted);
    new_address = true;
    replace_address = false;
}

void Shell::tell(Ui& ui, std::string words, Tone tone, std::string action, std::function<void()> act) {
    ui.announce(words);
    auto const until = seconds + (action.empty() ? told_for : told_with_action);
    toasts.push_back({std::move(words), tone, std::move(action), std::move(act), until});
    ui.wake(2);
}

void Shell::ask(Question asked, std::function<void()> yes) {
    question = std::move(asked);
    on_yes = std::move(yes);
}

Rect page_head(Stage const& stage, Rect& place, std::string_view title, std::string_view beside, float kept) {
    auto& ui = stage.ui;
    auto row = place.take_top(ui.metrics.control, ui.display_width() < 640 ? 10.0F : 16.0F);
    TextStyle const title_style{size::text_page, 0, true};
    auto const width = ui.width_of(title, title_style);
    ui.heading({row.x, row.y, width + 4, row.h}, title, 1, title_style);
    row.take_left(width + 14);
    auto words = row;
    words.y += 3;
    TextStyle const beside_style{size::text_small + 1, ui.theme().text_2};
    auto const whole = ui.width_of(beside, beside_style) + 2;
    auto used = std::clamp(row.w - kept, 0.0F, whole);
    // The first words alone say nothing.
    if (used < whole && ui.display_width() < 640) used = 0;
    words.w = used;
    if (used > 0) ui.label(words, beside, beside_style);
    row.take_left(used + 16);
    return row;
}

void clause_link(Stage const& stage, Rect place, std::string_view id) {
    auto& ui = stage.ui;
    auto const mark = place.take_left(clause_mark_width(ui, id));
    auto const hit = ui.press(mark, id, NodeRole::button, stage.say("ui.read-clause", {{"clause", std::string{id}}}));
    if (hit.hovered) ui.fill(mark, ui.theme().accent_soft, size::radius_small);
    clause_mark(ui, mark.x, mark.centre_y(), id);
    if (hit.focused) ui.focus_ring(mark, size::radius_small);
    if (hit.clicked) stage.shell.go(Place::handbook, std::string{id});
}

bool has_clause_column(Ui const& ui) { return ui.display_width() >= 1200; }

void draw_clauses(Stage const& stage, Rect place, std::initializer_list<std::string_view> clauses) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    ui.fill(place, theme.surface);
    ui.vertical_line(place.x, place.y, place.h);
    Region const region{ui.semantics, NodeRole::complementary, stage.say("ui.clauses"), "clauses"};
    auto inside = place.inset(18, 16);
    ui.heading(inside.take_top(34, 8), stage.say("ui.clauses"), 2, {size::text_body + 1, 0, true});
    auto foot = inside.take_bottom(ui.metrics.control, 8);
    foot.x -= 12;  // its icon stands below the text
    if (button_left(ui, foot,
                    {.label = stage.say("ui.open-handbook"), .icon = icon::handbook, .kind = ButtonKind::quiet}))
        stage.shell.go(Place::handbook);
    Scroll scroll{ui, "clauses", inside, Scroll::Bar::beside};
    auto first = true;
    for (auto const id : clauses) {
        auto const clause = find_clause(id);
        if (!clause) continue;
        if (!first) {
            auto const gap = scroll.take(33);
            ui.horizontal_line(gap.x, gap.y + 14, gap.w);
        }
        first = false;
        clause_link(stage, scroll.take(24, 6), id);
        auto const words = ui.language == Language::chinese ? clause->row().zh : clause->row().en;
        auto const text = scroll.take(ui.height_of(words, scroll.content.w - 4));
        ui.body(text.x, text.y, text.w - 4, words);
    }
}

Rect page_inset(Ui const& ui, Rect place) {
    return ui.display_width() < 640 ? place.inset(12, 14) : place.inset(24, 20);
}

bool has_one_column(Ui const& ui) { return ui.display_width() < 824; }

Rect begin_list_column(Stage const& stage, Rect place) {
    auto& ui = stage.ui;
    ui.fill(place, ui.theme().surface);
    ui.vertical_line(place.right() - 1, place.y, place.h);
    return place.inset(16, 14);
}

Rect list_column_rows(Stage const& stage, Rect place, Rect below_head) {
    Rect const rows{place.x, below_head.y, place.w - 1, place.bottom() - below_head.y};
    stage.ui.horizontal_line(rows.x, rows.y - 1, rows.w);
    return rows;
}

void draw_way_back(Stage const& stage, Rect& row, Place place) {
    auto& ui = stage.ui;
    if (!has_one_column(ui)) return;
    auto const part = row.take_left(ui.metrics.touch ? 44 : 28, 6);
    if (icon_button(ui, part, icon::chevron_left, stage.say("ui.back"))) stage.shell.go(place);
}

void tell_done(Stage const& stage, std::string words, Accepted const& accepted) {
    auto const undo_words = stage.say("ui.undo");
    // Only what was done last is taken back, and only once.
    auto const forget = [stage, undo_words] {
        std::erase_if(stage.shell.toasts, [&](Toast const& toast) { return toast.action == undo_words; });
        stage.shell.undo = nullptr;
    };
    forget();
    if (!stage.mailbox.may_undo(accepted)) return stage.shell.tell(stage.ui, std::move(words));
    auto const take_back = [stage, forget, entry = accepted.entry] {
        forget();
        stage.mailbox.undo(entry, stage.ui.language, [stage](Result<Accepted> const& result) {
            if (result) return stage.shell.tell(stage.ui, stage.say("ui.undone"));
            auto const& refusal = result.error();
            stage.shell.tell(stage.ui, stage.say("refusal." + refusal.reason, refusal.details), Tone::danger);
        });
    };
    stage.shell.undo = take_back;
    stage.shell.tell(stage.ui, std::move(words), Tone::ok, undo_words, take_back);
}

DayKinds day_kinds(Models const& models) {
    return [&calendar = models.registry.calendar](Date date) {
        if (calendar.is_working_day(date)) return is_weekend(date) ? DayKind::make_up : DayKind::working;
        return is_weekend(date) ? DayKind::weekend : DayKind::holiday;
    };
}

namespace {

int minute_of(Models const& models, Parameter parameter) {
    auto const place = static_cast<std::size_t>(parameter);
    return place < models.registry.parameters.size() ? static_cast<int>(models.registry.parameters[place]) : 0;
}

}  // namespace

int opening_minute(Models const& models) { return minute_of(models, Parameter::desk_opening); }
int closing_minute(Models const& models) { return minute_of(models, Parameter::desk_closing); }

PickerFind find_units(Models const& models) {
    return [&models](std::string_view typed, std::size_t limit) {
        std::vector<PickerItem> items;
        for (auto const& unit : models.registry.units) {
            if (items.size() == limit) break;
            auto const lives = std::find_if(models.registry.owners.begin(), models.registry.owners.end(),
                                            [&](OwnerLine const& owner) { return owner.unit_id == unit.id; });
            auto const name = lives == models.registry.owners.end() ? std::string{} : lives->name;
            if (holds(unit.code, typed) || (!name.empty() && holds(name, typed)))
                items.push_back({unit.id, unit.code, name});
        }
        return items;
    };
}

PickerFind find_owners(Models const& models, AnyId unit) {
    return [&models, unit](std::string_view typed, std::size_t limit) {
        std::vector<PickerItem> items;
        for (auto const here : {true, false})
            for (auto const& owner : models.registry.owners) {
                if (items.size() == limit) break;
                if ((unit && owner.unit_id == unit) != here) continue;
                // Of everybody else only when something has been typed.
                if (!here && (typed.empty() || (unit && !holds(owner.name, typed)))) continue;
                if (holds(owner.name, typed) || holds(owner.unit, typed))
                    items.push_back({owner.id, owner.name, join_dots({owner.unit, owner.phone})});
            }
        return items;
    };
}

PickerFind find_people(Models const& models) {
    return [&models](std::string_view typed, std::size_t limit) {
        std::vector<PickerItem> items;
        for (auto const& person : models.registry.people) {
            if (items.size() == limit) break;
            if (!person.left && (holds(person.name, typed) || holds(person.code, typed)))
                items.push_back({person.id, person.name, join_dots({person.code, person.department})});
        }
        return items;
    };
}

PickerFind find_departments(Models const& models) {
    return [&models](std::string_view typed, std::size_t limit) {
        std::vector<PickerItem> items;
        for (auto const& department : models.registry.departments)
            if (items.size() < limit && holds(department, typed))
                items.push_back({AnyId{1, items.size()}, department, {}});
        return items;
    };
}

PickerFind find_categories(Ui const& ui, Models const& models, TicketKind kind) {
    return [&ui, &models, kind](std::string_view typed, std::size_t) {
        // A group and its parts stand together; more than this is found by typing.
        static constexpr std::size_t most = 14;
        std::vector<PickerItem> items;
        auto const* row = categories_of(kind);
        if (!row) return items;
        auto const lines = models.registry.wordings.parts(*row, models.registry.on);
        for (std::size_t place = 0; place < lines.size() && items.size() < most; ++place) {
            auto const& line = lines[place];
            auto const translated = shown_in(*row, line, ui.language);
            auto const shown =
                typed.empty() ? line.find('/') == std::string::npos : holds(line, typed) || holds(translated, typed);
            if (shown) items.push_back({AnyId{2, place}, line, translated == line ? std::string{} : translated});
        }
        return items;
    };
}

void Stage::go_to_ticket(AnyId id, std::string const& number) const {
    shell.go(Place::tickets, models.registry.desk.headquarters ? format_id(id) : number);
}

bool stands_for_open_ticket(DutyLine const& line) { return line.duty.clause.id() == "GEN-3.2"; }

PickerFind find_open_tickets(Models const& models, std::string except) {
    return [&models, except = std::move(except)](std::string_view typed, std::size_t limit) {
        std::vector<PickerItem> items;
        if (!models.today) return items;
        for (auto const& line : models.today->duties) {
            if (items.size() == limit) break;
            if (!stands_for_open_ticket(line) || line.number == except) continue;
            auto const label = join_dots({line.number, line.unit});
            if (holds(label, typed) || holds(line.customer, typed) || holds(line.words, typed))
                items.push_back({line.duty.subject, label, line.words});
        }
        return items;
    };
}

}  // namespace guanjia
