#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float list_width = 372;
constexpr float list_row_height = 66;

// The list of what passes filter and search, as it was unless something of that has changed.
std::vector<TicketBook::Place> const& places_of(TicketBook const& book, TicketsState& state) {
    auto& list = state.list;
    if (list.revision != book.revision() || list.filter != state.filter || list.search != state.search)
        list = {book.list(static_cast<TicketFilter>(state.filter), state.search), book.revision(), state.filter,
                state.search};
    return list.places;
}

void draw_row(Stage const& stage, Rect row, TicketLine const& line, TicketsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const words = ticket_state_words(ui, line);
    auto const title = join_dots({line.unit, line.words});
    ui.semantics.open(NodeRole::listitem, {}, line.number);
    Scope const scope{line.number};
    auto const hit = list_row(ui, row, "ticket", join_dots({title, words.words, line.number}),
                              stage.shell.route.detail == line.number);
    if (hit.clicked) {
        state.act = {};
        stage.shell.go(Place::tickets, line.number);
    }
    auto inside = row.inset(16, 9);
    auto upper = inside.take_top(24);
    auto const width = tag_width(ui, words.words);
    auto const tag_place = upper.take_right(width, 10);
    tag(ui, tag_place.x, tag_place.centre_y(), words.words, words.tone);
    auto const text = line.unit.empty() ? line.words : line.unit + " " + line.words;
    ui.line(upper, text);
    ui.line(inside.take_top(22), join_dots({line.number, line.customer, when(ui, line.registered_at)}),
            {size::text_small, theme.text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
    ui.semantics.close();
}

void draw_list(Stage const& stage, Rect place, TicketsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    ui.fill(place, theme.surface);
    ui.vertical_line(place.right() - 1, place.y, place.h);
    auto head = place.take_top(96);
    auto inside = head.inset(16, 14);
    auto const& book = *stage.models.tickets;
    auto const& shown = places_of(book, state);
    auto title = page_head(stage, inside, stage.say("ui.place-tickets"),
                           stage.say("ui.open-count", {{"count", std::to_string(book.open_count())}}));
    title.y += 2;
    title.h = 32;
    if (button_right(ui, title, {.label = stage.say("ui.new"), .icon = icon::plus})) stage.shell.go(Place::reception);
    std::string const filters[] = {stage.say("ui.filter-open"), stage.say("ui.filter-visit"),
                                   stage.say("ui.filter-finished"), stage.say("ui.filter-all")};
    auto tab_row = Rect{head.x + 16, head.bottom() - 36, head.w - 32, 24};
    tabs(ui, tab_row, "filter", filters, state.filter);
    ui.fill({place.x, place.y - 1, place.w, 1}, theme.line);
    if (shown.empty()) {
        // What is still being loaded may yet show.
        if (!book.complete()) return;
        auto const nothing = book.size() == 0;
        return empty_state(ui, place, icon::tickets, stage.say(nothing ? "ui.no-tickets" : "ui.no-match"),
                           stage.say(nothing ? "ui.no-tickets-advice" : "ui.no-match-advice"));
    }
    Scroll scroll{ui,
                  "tickets",
                  {place.x, place.y, place.w - 1, place.h},
                  {.role = NodeRole::list, .name = stage.say("ui.place-tickets")}};
    // Only what is on screen is drawn, however long the list.
    for (auto const at : shown) {
        auto const row = scroll.take(list_row_height);
        if (scroll.sees(row)) draw_row(stage, row, book.line(at), state);
    }
}

}  // namespace

void draw_tickets(Stage const& stage, Rect place, TicketsState& state) {
    auto& ui = stage.ui;
    if (!stage.models.tickets) return;
    auto const chosen = !stage.shell.route.detail.empty();
    auto const narrow = place.w < 760;
    if (!narrow || !chosen) draw_list(stage, narrow ? place : place.take_left(list_width), state);
    if (narrow && !chosen) return;
    if (chosen && stage.models.ticket) return draw_ticket(stage, place, state);
    if (chosen)
        return empty_state(ui, place, icon::tickets, stage.say("ui.no-such-ticket"),
                           stage.say("ui.no-such-ticket-advice", {{"number", stage.shell.route.detail}}));
    empty_state(ui, place, icon::tickets, stage.say("ui.choose-ticket"), stage.say("ui.choose-ticket-advice"));
}

}  // namespace guanjia
