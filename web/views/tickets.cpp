#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

// The list of what passes filter and search, as it was unless something of that has changed.
std::vector<TicketBook::Place> const& places_of(Models const& models, TicketsState& state) {
    auto const& book = *models.tickets;
    auto& list = state.list;
    auto const searched = state.search.empty() ? 0 : models.search_revision;
    if (list.revision == book.revision() && list.filter == state.filter && list.search == state.search &&
        list.searched == searched)
        return list.places;
    list = {book.list(static_cast<TicketFilter>(state.filter), {}), book.revision(), state.filter, state.search,
            searched};
    if (state.search.empty() || !models.search) return list.places;
    std::vector<bool> found(book.size());
    models.search->filter(state.search, {.kinds = {SearchKind::ticket}}, [&](SearchKey const& key) {
        if (auto const place = book.find(Id<Ticket>{key.id})) found[*place] = true;
    });
    std::erase_if(list.places, [&](TicketBook::Place place) { return !found[place]; });
    return list.places;
}

void draw_row(Stage const& stage, Rect row, TicketLine const& line, TicketsState& state, std::size_t index,
              std::size_t count) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const words = ticket_state_words(ui, line);
    auto const title = join_dots({line.unit, line.words});
    auto const id = format_id(line.id.any);
    Region const item{ui.semantics, NodeRole::listitem, {}, id, row};
    ui.semantics.last().index = static_cast<std::uint32_t>(index + 1);
    ui.semantics.last().count = static_cast<std::uint32_t>(count);
    Scope const scope{id};
    auto const& shown = stage.shell.route.detail;
    auto const hit =
        list_row(ui, row, "ticket", join_dots({title, words.words, line.number}), shown == line.number || shown == id);
    if (hit.clicked) {
        state.act = {};
        stage.go_to_ticket(line.id.any, line.number);
    }
    auto inside = row.inset(16, 9);
    auto upper = inside.take_top(24);
    auto const width = tag_width(ui, words.words);
    auto const tag_place = upper.take_right(width, 10);
    tag(ui, tag_place.x, tag_place.centre_y(), words.words, words.tone);
    ui.line(upper, line.unit.empty() ? line.words : line.unit + " " + line.words);
    ui.line(inside.take_top(22), join_dots({line.number, line.customer, when(ui, line.registered_at)}),
            {size::text_small, theme.text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
}

void draw_list(Stage const& stage, Rect place, TicketsState& state) {
    auto& ui = stage.ui;
    auto const& book = *stage.models.tickets;
    auto inside = begin_list_column(stage, place);
    auto title =
        page_head(stage, inside, stage.say("ui.place-tickets"),
                  stage.say("ui.to-do-count", {{"count", grouped(static_cast<std::int64_t>(book.to_do_count()))}}));
    if (button_right(ui, title, {.label = stage.say("ui.new"), .icon = icon::plus})) stage.shell.go(Place::reception);
    filter_field(ui, inside.take_top(ui.metrics.control, 10), stage.say("ui.filter-tickets"), state.search);
    std::string const filters[] = {stage.say("ui.filter-to-do"), stage.say("ui.filter-visit"),
                                   stage.say("ui.filter-finished"), stage.say("ui.filter-all")};
    tabs(ui, inside.take_top(tabs_height(ui), 12), "filter", filters, state.filter);
    place = list_column_rows(stage, place, inside);
    // What was typed or chosen just now counts already.
    auto const& shown = places_of(stage.models, state);
    if (shown.empty()) {
        // What is still being loaded may yet show.
        if (!book.complete()) return;
        auto const nothing = book.size() == 0;
        return empty_state(ui, place, icon::tickets, stage.say(nothing ? "ui.no-tickets" : "ui.no-ticket-matches"),
                           stage.say(nothing ? "ui.no-tickets-advice" : "ui.no-ticket-matches-advice"));
    }
    // Only what is on screen is drawn, however long the list.
    Scroll scroll{ui, "tickets", place, {.role = NodeRole::list, .name = stage.say("ui.place-tickets")}};
    auto const all = scroll.take(list_row_height * static_cast<float>(shown.size()));
    auto const seen = scroll.rows(all, shown.size(), list_row_height);
    for (auto index = seen.first; index < seen.last; ++index) {
        Rect const row{all.x, all.y + list_row_height * static_cast<float>(index), all.w, list_row_height};
        draw_row(stage, row, book.line(shown[index]), state, index, shown.size());
    }
}

}  // namespace

void draw_tickets(Stage const& stage, Rect place, TicketsState& state) {
    auto& ui = stage.ui;
    if (!stage.models.tickets) return;
    auto const chosen = !stage.shell.route.detail.empty();
    auto const narrow = has_one_column(ui);
    if (!narrow || !chosen) draw_list(stage, narrow ? place : place.take_left(list_column), state);
    if (narrow && !chosen) return;
    if (chosen && stage.models.ticket) return draw_ticket(stage, place, state);
    if (chosen)
        return empty_state(ui, place, icon::tickets, stage.say("ui.no-such-ticket"),
                           stage.say("ui.no-such-ticket-advice", {{"number", stage.shell.route.detail}}));
    empty_state(ui, place, icon::tickets, stage.say("ui.choose-ticket"), stage.say("ui.choose-ticket-advice"));
}

}  // namespace guanjia
