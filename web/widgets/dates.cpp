#include "web/widgets/dates.h"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>

#include "core/base/typed.h"
#include "web/widgets/buttons.h"
#include "web/widgets/layout.h"

namespace guanjia::ui {

namespace {

constexpr float day_width = 42;
constexpr float day_height = 38;
constexpr float month_width = 7 * day_width + 24;
constexpr float month_height = 44 + 28 + 6 * day_height + 20;

Date first_of_month(Date date) { return date.year() / date.month() / std::chrono::day{1}; }

Date add_months(Date date, int months) {
    auto const month = first_of_month(date) + std::chrono::months{months};
    auto const last = std::chrono::year_month_day_last{month.year() / month.month() / std::chrono::last};
    auto const moved = month.year() / month.month() / std::min(date.day(), last.day());
    // Clamped to the years that are known.
    return from_day_number(to_day_number(moved)) ? moved : date;
}

std::string day_name(Ui const& ui, Date date, DayKind kind) {
    auto const number = [](auto value) { return std::to_string(static_cast<unsigned>(value)); };
    auto words = ui.say("ui.full-date", {{"year", std::to_string(static_cast<int>(date.year()))},
                                         {"month", number(date.month())},
                                         {"day", number(date.day())},
                                         {"weekday", ui.say("ui.weekday-" + std::to_string(weekday_of(date)))}});
    if (kind == DayKind::holiday) words += " " + ui.say("ui.day-off");
    if (kind == DayKind::make_up) words += " " + ui.say("ui.day-make-up");
    return words;
}

void draw_day(Ui& ui, Rect place, Date date, DayKind kind, bool of_month, bool marked, bool off, std::string& text,
              DatePickerState& state) {
    auto const& theme = ui.theme();
    auto const key = format_date(date);
    auto const hit = ui.press(place, key, NodeRole::button, day_name(ui, date, kind),
                              skip_tab | state_if(marked, selected) | state_if(off, disabled));
    auto const box = place.inset(2);
    auto const today = date == date_of(ui.now);
    if (marked) ui.fill(box, theme.accent, size::radius_small);
    else if (hit.hovered && !off) ui.fill(box, theme.surface_2, size::radius_small);
    if (today && !marked) ui.outline(box, theme.accent, size::radius_small, 1.5F);
    auto const free = kind == DayKind::weekend || kind == DayKind::holiday;
    auto const colour = marked ? theme.on_accent : off || !of_month ? theme.text_3 : free ? theme.danger : theme.text;
    auto row = box;
    if (kind == DayKind::holiday || kind == DayKind::make_up) {
        auto const mark = ui.say(kind == DayKind::holiday ? "ui.off-mark" : "ui.make-up-mark");
        ui.line({box.right() - 15, box.y, 13, 15}, mark,
                {10, marked                     ? theme.on_accent
                     : kind == DayKind::holiday ? theme.danger
                                                : theme.text_2},
                1);
    }
    ui.line(row, std::to_string(static_cast<unsigned>(date.day())), {size::text_body - 1, colour, today}, 0.5F);
    if (hit.clicked && !off) {
        text = key;
        state.open = false;
    }
}

void draw_month(Ui& ui, std::uint32_t id, Rect box, std::string& text, DatePickerState& state, DayKinds const& kinds,
                Date earliest) {
    auto const& theme = ui.theme();
    Rect place{box.x, box.bottom() + 4, month_width, month_height};
    if (place.bottom() > ui.display_height() - 8) place.y = std::max(box.y - 4 - place.h, 8.0F);
    if (place.right() > ui.display_width() - 8) place.x = std::max(ui.display_width() - 8 - place.w, 8.0F);
    Overlay const overlay{"month", place};
    ui.shadow(place, size::radius);
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, theme.line_strong, size::radius);
    auto const year = std::to_string(static_cast<int>(state.marked.year()));
    auto const month = std::to_string(static_cast<unsigned>(state.marked.month()));
    auto const title = ui.say("ui.year-month", {{"year", year}, {"month", month}});
    ui.semantics.open_as(id, NodeRole::dialog, title, place);
    ImGui::PushOverrideID(id);
    auto inside = place.inset(12, 8);
    auto head = inside.take_top(36);
    if (icon_button(ui, head.take_left(36), icon::chevron_left, ui.say("ui.month-before"), "before"))
        state.marked = add_months(state.marked, -1);
    if (icon_button(ui, head.take_right(36), icon::chevron_right, ui.say("ui.month-after"), "after"))
        state.marked = add_months(state.marked, 1);
    ui.line(head, title, {size::text_body, 0, true}, 0.5F);
    auto days = inside.take_top(28);
    for (unsigned weekday = 1; weekday <= 7; ++weekday)
        ui.line(days.take_left(day_width), ui.say("ui.weekday-short-" + std::to_string(weekday)),
                {size::text_small, theme.text_2}, 0.5F);
    auto const first = first_of_month(state.marked);
    auto date = week_of(first);
    for (int week = 0; week < 6; ++week) {
        auto row = inside.take_top(day_height);
        for (int weekday = 0; weekday < 7; ++weekday) {
            auto const off = has_date(earliest) && date < earliest;
            draw_day(ui, row.take_left(day_width), date, kinds(date), date.month() == first.month(),
                     date == state.marked, off, text, state);
            date = add_days(date, 1);
        }
    }
    ImGui::PopID();
    ui.semantics.close();
    if (ui.pressed_outside(box.united(place))) state.open = false;
}

}  // namespace

bool date_field(Ui& ui, Rect place, FieldSpec spec, std::string& text, DatePickerState& state, DayKinds const& kinds,
                Date earliest) {
    auto const today = date_of(ui.now);
    auto const id = ui.id_of(spec.key);
    auto const month = ImHashStr("month", 0, id);
    auto const before = text;
    // As the field is told: the month is drawn once the field wants its keys, so that none is pressed in vain.
    auto const open = state.open;
    spec.role = NodeRole::combobox;
    spec.mode = InputMode::numeric;
    spec.icon = icon::calendar;
    spec.keys = open ? "ArrowDown ArrowUp ArrowLeft ArrowRight PageUp PageDown Enter Escape" : "ArrowDown";
    spec.state = has_popup | (open ? expanded : collapsed);
    if (open) spec.controls = month;
    auto const drawn = field(ui, place, spec, text);
    auto const read = read_date(text, today);
    // The calendar's own mark is pressed as well.
    Rect const mark{drawn.box.x, drawn.box.y, 38, drawn.box.h};
    if (ui.press(mark, spec.key + " open", NodeRole::button, ui.say("ui.open-calendar", {{"field", spec.label}}),
                 skip_tab)
            .clicked) {
        state.open = !state.open;
        if (state.open) ui.focus_next(spec.key);
    } else if (!open) {
        state.open = ui.pressed_key(id, "ArrowDown");
    } else {
        auto const moved = ui.pressed_key(id, "ArrowDown")    ? add_days(state.marked, 7)
                           : ui.pressed_key(id, "ArrowUp")    ? add_days(state.marked, -7)
                           : ui.pressed_key(id, "ArrowRight") ? add_days(state.marked, 1)
                           : ui.pressed_key(id, "ArrowLeft")  ? add_days(state.marked, -1)
                           : ui.pressed_key(id, "PageDown")   ? add_months(state.marked, 1)
                           : ui.pressed_key(id, "PageUp")     ? add_months(state.marked, -1)
                                                              : state.marked;
        if (moved != state.marked) {
            state.marked = moved;
            ui.announce(day_name(ui, moved, kinds(moved)));
        }
        if (ui.pressed_key(id, "Enter")) {
            if (!has_date(earliest) || state.marked >= earliest) text = format_date(state.marked);
            state.open = false;
        }
        if (ui.pressed_key(id, "Escape")) state.open = false;
        if (!drawn.focused && ui.input.focused != 0 && ui.input.focused != ui.id_of(spec.key + " open"))
            state.open = state.open && ImGui::IsMouseDown(ImGuiMouseButton_Left);
    }
    if (!state.open) state.marked = no_date;
    else if (!has_date(state.marked) || (drawn.changed && read)) state.marked = read.value_or(today);
    if (!drawn.focused && read) text = format_date(*read);
    if (state.open && !open) ui.wake(2);
    if (state.open && open)
        ui.above([&ui, &text, &state, month, box = drawn.box, kinds, earliest] {
            draw_month(ui, month, box, text, state, kinds, earliest);
        });
    if (text != before) ui.wake(2);
    return text != before;
}

bool clock_field(Ui& ui, Rect place, FieldSpec spec, std::string& text, ClockPickerState& state, int opening,
                 int closing) {
    auto const words = [](int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); };
    spec.icon = icon::clock;
    spec.mode = InputMode::numeric;
    auto const id = ui.id_of(spec.key);
    state.list.text = text;
    auto const changed = picker(ui, place, std::move(spec), state.list, [&](std::string_view typed, std::size_t limit) {
        std::vector<PickerItem> items;
        // Every half hour that begins as typed, or what was typed when it is a time.
        auto const read = read_clock(typed);
        if (read) items.push_back({AnyId{1, static_cast<std::uint64_t>(*read)}, words(*read), {}});
        for (auto minute = opening; minute <= closing && items.size() < limit; minute += 30)
            if (auto const item = words(minute); (!read || minute != *read) && (read || item.find(typed) == 0))
                items.push_back({AnyId{1, static_cast<std::uint64_t>(minute)}, item, {}});
        return items;
    });
    auto const before = text;
    text = state.list.text;
    if (ui.input.focused != id && !changed)
        if (auto const read = read_clock(text)) text = words(*read);
    return text != before;
}

}  // namespace guanjia::ui
