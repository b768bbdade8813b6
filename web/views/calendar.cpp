// The visits that were agreed, a week at a time (GEN-2.1): a column a day, one below the other where there is no room.

#include <algorithm>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr std::string_view detail_head = "visits";
constexpr float card_gap = 8;

struct CardWords {
    std::string time, where, who, about;
};

CardWords words_of(BookedLine const& line) {
    return {clock_words(line.starts) + "–" + clock_words(line.ends), join_dots({line.unit, line.customer}),
            line.visitor, line.note.empty() ? line.words : line.note};
}

float card_height(Ui const& ui, CardWords const& words, float width) {
    return 66 + std::min(ui.height_of(words.about, width - 20, {size::text_small}), 44.0F);
}

void draw_booked(Stage const& stage, Rect place, BookedLine const& line, CardWords const& words) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const over = line.ends < ui.now || !line.open;
    Region const item{ui.semantics, NodeRole::listitem, {}, format_id(line.id), place};
    Scope const scope{format_id(line.id)};
    ui.fill(place, over ? theme.surface_2 : theme.accent_soft, size::radius_small);
    ui.fill({place.x, place.y, 3, place.h}, over ? theme.line_strong : theme.accent, 2);
    if (list_row(ui, place, "visit", join_dots({words.time, words.where, words.who, words.about, line.ticket_number}),
                 false)
            .clicked)
        stage.shell.go(Place::tickets, line.ticket_number);
    auto inside = place.inset(10, 7);
    TextStyle const small{size::text_small, over ? theme.text_2 : theme.text};
    ui.label(inside.take_top(20), join_dots({words.time, words.who}), {size::text_small, small.colour, true});
    ui.label(inside.take_top(20), words.where, small);
    ui.paragraph(inside.x, inside.y, inside.w, words.about, {size::text_small, theme.text_2}, 2);
}

// One day: its name, and what was agreed for it.
void draw_day(Stage const& stage, Scroll& scroll, Date day, std::vector<BookedLine> const& lines) {
    auto& ui = stage.ui;
    auto const title = join_dots({stage.say("ui.weekday-" + std::to_string(weekday_of(day))), date_words(ui, day)});
    auto const today = day == date_of(ui.now);
    auto head = scroll.take(32, 4);
    Region const list{ui.semantics, NodeRole::list, title, format_date(day)};
    ui.heading(head, title, 2, {size::text_small + 1, today ? ui.theme().accent : ui.theme().text_2, true});
    auto any = false;
    for (auto const& line : lines) {
        if (date_of(line.starts) != day) continue;
        any = true;
        auto const words = words_of(line);
        auto const part = scroll.take(card_height(ui, words, scroll.content.w), card_gap);
        if (scroll.sees(part)) draw_booked(stage, part, line, words);
    }
    if (!any) ui.label(scroll.take(24, 8), stage.say("ui.no-visits-that-day"), {size::text_small, ui.theme().text_2});
}

void draw_columns(Stage const& stage, Rect place, Date monday, std::vector<BookedLine> const& lines) {
    auto& ui = stage.ui;
    card(ui, place);
    auto rest = place.inset(1);
    auto const width = rest.w / 7;
    auto const& models = stage.models;
    for (int index = 0; index < 7; ++index) {
        auto const day = add_days(monday, index);
        auto column = rest.take_left(width);
        if (day_kinds(models)(day) == DayKind::weekend || day_kinds(models)(day) == DayKind::holiday)
            ui.fill(column.inset(4), ui.theme().bg, size::radius_small);
        if (index > 0) ui.vertical_line(column.x, column.y, column.h);
        Scroll scroll{ui, format_date(day), column.inset(8, 6), Scroll::Bar::beside};
        draw_day(stage, scroll, day, lines);
    }
}

}  // namespace

std::optional<Date> calendar_week(Route const& route, LocalTime now) {
    if (route.place != Place::today || !route.detail.starts_with(detail_head)) return std::nullopt;
    auto const from = std::min(route.detail.size(), detail_head.size() + 1);
    return week_of(parse_date(std::string_view{route.detail}.substr(from)).value_or(date_of(now)));
}

void go_to_calendar(Stage const& stage, Date week) {
    auto const present = week == week_of(date_of(stage.ui.now));
    stage.shell.go(Place::today, std::string{detail_head} + (present ? "" : "-" + format_date(week)));
}

void draw_calendar(Stage const& stage, Rect place, Date monday) {
    auto& ui = stage.ui;
    auto inside = page_inset(ui, place);
    DayRange const week{monday, add_days(monday, 6)};
    auto head = page_head(stage, inside, stage.say("ui.calendar"), days_words(ui, week));
    auto const print = [&] {
        stage.mailbox.print("visit-calendar", format_date(monday), [&stage](Refusal const& refusal) {
            stage.shell.tell(stage.ui, stage.say("refusal." + refusal.reason, refusal.details), Tone::danger);
        });
    };
    auto row = inside.take_top(ui.metrics.control, 12);
    auto& tools = has_one_column(ui) ? row : head;
    if (icon_button(ui, tools.take_right(ui.metrics.control, 8), icon::print, stage.say("ui.print-calendar"))) print();
    if (icon_button(ui, tools.take_right(ui.metrics.control, 8), icon::chevron_right, stage.say("ui.week-after")))
        go_to_calendar(stage, add_days(monday, 7));
    if (icon_button(ui, tools.take_right(ui.metrics.control, 8), icon::chevron_left, stage.say("ui.week-before")))
        go_to_calendar(stage, add_days(monday, -7));
    if (monday != week_of(date_of(ui.now)) && button_right(ui, tools, {.label = stage.say("ui.this-week-plain")}))
        go_to_calendar(stage, week_of(date_of(ui.now)));
    if (button_left(ui, row,
                    {.label = stage.say("ui.place-today"), .icon = icon::chevron_left, .kind = ButtonKind::quiet}))
        stage.shell.go(Place::today);
    if (ui.shortcut("Control+p", stage.say("ui.shortcut-print"))) print();

    auto const& lines = stage.models.booked;
    if (lines.empty()) {
        card(ui, inside);
        return empty_state(ui, inside, icon::calendar, stage.say("ui.no-visits-booked"),
                           stage.say("ui.no-visits-booked-advice"));
    }
    if (inside.w > 840) return draw_columns(stage, inside, monday, lines);
    card(ui, inside);
    Scroll scroll{ui, "week", inside.inset(14, 8), Scroll::Bar::beside};
    for (int index = 0; index < 7; ++index) draw_day(stage, scroll, add_days(monday, index), lines);
}

}  // namespace guanjia
