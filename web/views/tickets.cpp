#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float list_width = 372;
constexpr float list_row_height = 66;

bool matches(TicketLine const& line, std::string const& typed) {
    if (typed.empty()) return true;
    for (auto const* text : {&line.number, &line.unit, &line.customer, &line.words, &line.category})
        if (text->find(typed) != std::string::npos) return true;
    return false;
}

bool awaits_visit(TicketLine const& line) { return line.next_clause && line.next_clause->id() == "RV-4.1"; }

bool passes(TicketLine const& line, int filter) {
    switch (filter) {
        case 0: return line.open || awaits_visit(line);
        case 1: return awaits_visit(line);
        case 2: return !line.open;
        default: return true;
    }
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
    auto const& all = stage.models.tickets->tickets;
    std::vector<TicketLine const*> shown;
    std::size_t open = 0;
    for (auto const& line : all) {
        open += line.open ? 1 : 0;
        if (passes(line, state.filter) && matches(line, state.search)) shown.push_back(&line);
    }
    auto title = page_head(stage, inside, stage.say("ui.place-tickets"),
                           stage.say("ui.open-count", {{"count", std::to_string(open)}}));
    title.y += 2;
    title.h = 32;
    if (button_right(ui, title, {.label = stage.say("ui.new"), .icon = icon::plus})) stage.shell.go(Place::reception);
    std::string const filters[] = {stage.say("ui.filter-open"), stage.say("ui.filter-visit"),
                                   stage.say("ui.filter-finished"), stage.say("ui.filter-all")};
    auto tab_row = Rect{head.x + 16, head.bottom() - 36, head.w - 32, 24};
    tabs(ui, tab_row, "filter", filters, state.filter);
    ui.fill({place.x, place.y - 1, place.w, 1}, theme.line);
    if (shown.empty()) {
        auto const nothing = all.empty();
        return empty_state(ui, place, icon::tickets, stage.say(nothing ? "ui.no-tickets" : "ui.no-match"),
                           stage.say(nothing ? "ui.no-tickets-advice" : "ui.no-match-advice"));
    }
    Scroll scroll{ui,
                  "tickets",
                  {place.x, place.y, place.w - 1, place.h},
                  {.role = NodeRole::list, .name = stage.say("ui.place-tickets")}};
    // Only what is on screen is drawn, however long the list.
    for (auto const* line : shown) {
        auto const row = scroll.take(list_row_height);
        if (scroll.sees(row)) draw_row(stage, row, *line, state);
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
