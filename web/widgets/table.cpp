#include "web/widgets/table.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/buttons.h"
#include "web/widgets/fields.h"
#include "web/widgets/layout.h"

namespace guanjia::ui {

namespace {

constexpr float header_height = 40;
constexpr float select_width = 44;
constexpr float sort_mark = 18;
constexpr float cell_gap = 18;
constexpr float cards_below = 560;  // a place narrower than this shows each row as a card
// Of a card: its title with the tags, the other texts in a line, and each line of numbers with what they are.
constexpr float card_title = 26;
constexpr float card_line = 24;
constexpr float card_margin = 8;
constexpr char const* row_keys =
    "ArrowDown ArrowUp PageDown PageUp Home End Enter Shift+ArrowDown Shift+ArrowUp Control+a Escape";

std::string small_letters(std::string_view text) {
    std::string small{text};
    for (auto& character : small)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    return small;
}

bool is_shown(TableColumn const& column, TableState const& state) {
    if (!state.columns_chosen) return column.shown;
    return std::find(state.hidden.begin(), state.hidden.end(), column.key) == state.hidden.end();
}

std::vector<std::size_t> shown_columns(std::vector<TableColumn> const& columns, TableState const& state) {
    std::vector<std::size_t> shown;
    for (std::size_t index = 0; index < columns.size(); ++index)
        if (is_shown(columns[index], state)) shown.push_back(index);
    return shown;
}

}  // namespace

bool TableOrder::before(Item const& left, Item const& right, bool descending) {
    auto const& first = descending ? right : left;
    auto const& second = descending ? left : right;
    if (first.number != second.number) return first.number < second.number;
    if (auto const order = first.text.compare(second.text); order != 0) return order < 0;
    return left.row < right.row;
}

void TableOrder::want(std::shared_ptr<TableRows const> rows, std::uint64_t revision, TableSort sort,
                      std::size_t columns, std::string_view filter) {
    auto wanted = small_letters(filter);
    if (rows == rows_ && revision == revision_ && sort == sort_ && columns == columns_ && wanted == filter_) return;
    rows_ = std::move(rows);
    revision_ = revision;
    sort_ = sort;
    columns_ = columns;
    filter_ = std::move(wanted);
    items_.clear();
    done_ = 0;
    phase_ = Phase::collect;
    if (sort_.column >= 0 || !filter_.empty()) return;
    shown_.resize(rows_ ? rows_->count() : 0);
    for (std::uint32_t row = 0; row < shown_.size(); ++row) shown_[row] = row;
    phase_ = Phase::ready;
    ++version_;
}

float TableOrder::progress() const {
    auto const all = static_cast<float>(std::max<std::size_t>(rows_ ? rows_->count() : 0, 1));
    if (phase_ == Phase::collect) return 0.5F * static_cast<float>(done_) / all;
    if (phase_ == Phase::sort) return 0.5F + 0.4F * static_cast<float>(done_) / all;
    return phase_ == Phase::merge ? 0.9F : 1;
}

bool TableOrder::step(std::size_t budget) {
    auto const sorted = sort_.column >= 0;
    auto const less = [this](Item const& left, Item const& right) { return before(left, right, sort_.descending); };
    switch (phase_) {
        case Phase::ready: return false;
        case Phase::collect: {
            auto const end = std::min(done_ + budget, rows_->count());
            for (; done_ < end; ++done_) {
                auto matches = filter_.empty();
                for (std::size_t column = 0; column < columns_ && !matches; ++column)
                    matches = small_letters(rows_->cell(done_, column).text).find(filter_) != std::string::npos;
                if (!matches) continue;
                Item item{0, {}, static_cast<std::uint32_t>(done_)};
                if (sorted) {
                    auto const column = static_cast<std::size_t>(sort_.column);
                    if (auto const number = rows_->number(done_, column)) item.number = *number;
                    else item.text = rows_->sort_text(done_, column);
                }
                items_.push_back(std::move(item));
            }
            if (done_ < rows_->count()) return true;
            done_ = 0;
            phase_ = Phase::sort;
            width_ = budget;
            break;
        }
        case Phase::sort: {
            if (sorted && done_ < items_.size()) {
                auto const end = std::min(done_ + width_, items_.size());
                std::sort(items_.begin() + static_cast<std::ptrdiff_t>(done_),
                          items_.begin() + static_cast<std::ptrdiff_t>(end), less);
                done_ = end;
                return true;
            }
            done_ = 0;
            merged_.clear();
            phase_ = Phase::merge;
            break;
        }
        case Phase::merge: {
            if (sorted && width_ < items_.size()) {
                // One pair of runs.
                auto const at = [this](std::size_t place) {
                    return items_.begin() + static_cast<std::ptrdiff_t>(std::min(place, items_.size()));
                };
                std::merge(std::make_move_iterator(at(done_)), std::make_move_iterator(at(done_ + width_)),
                           std::make_move_iterator(at(done_ + width_)), std::make_move_iterator(at(done_ + 2 * width_)),
                           std::back_inserter(merged_), less);
                done_ += 2 * width_;
                if (done_ < items_.size()) return true;
                items_.swap(merged_);
                merged_.clear();
                width_ *= 2;
                done_ = 0;
                return true;
            }
            shown_.clear();
            for (auto const& item : items_) shown_.push_back(item.row);
            items_ = {};
            merged_ = {};
            phase_ = Phase::ready;
            ++version_;
        }
    }
    return true;
}

namespace {

bool is_mark(TableCell const& cell) {
    return cell.kind == TableCell::Kind::tag || cell.kind == TableCell::Kind::clause;
}

// What a table is drawn with, worked out once a frame.
struct Layout {
    std::vector<std::size_t> columns;
    std::vector<float> widths;
    float width = 0;
    bool cards = false;
    // Of cards, which are all of one height: what the columns are, as the first row has them.
    std::vector<std::size_t> texts, marks, numbers;
    std::size_t numbers_in_line = 2;

    float card_height() const {
        auto const lines = (texts.size() > 1 ? 1 : 0) + (numbers.size() + numbers_in_line - 1) / numbers_in_line;
        return 2 * card_margin + card_title + card_line * static_cast<float>(lines);
    }
};

// Its own, or what its heading takes with the arrow of the order.
float width_of(Ui& ui, TableColumn const& column) {
    return std::max(column.width, ui.width_of(column.title, {size::text_small, 0, true}) + sort_mark + cell_gap);
}

Layout lay_out(Ui& ui, Rect place, TableSpec const& spec, std::vector<TableColumn> const& columns,
               TableState const& state) {
    Layout layout;
    layout.columns = shown_columns(columns, state);
    layout.cards = place.w < cards_below;
    auto least = (spec.select ? select_width : 0.0F) + 32;
    auto shares = 0.0F;
    for (auto const index : layout.columns) {
        least += width_of(ui, columns[index]);
        shares += columns[index].share;
    }
    auto const rest = std::max(place.w - least, 0.0F);
    for (auto const index : layout.columns) {
        auto const& column = columns[index];
        layout.widths.push_back(width_of(ui, column) + (shares > 0 ? rest * column.share / shares : 0));
    }
    layout.width = layout.cards ? place.w : std::max(place.w, least);
    if (!layout.cards || state.rows->count() == 0) return layout;
    for (auto const index : layout.columns) {
        auto& kind = columns[index].right                  ? layout.numbers
                     : is_mark(state.rows->cell(0, index)) ? layout.marks
                                                           : layout.texts;
        kind.push_back(index);
    }
    layout.numbers_in_line = place.w < 460 ? 2 : 3;
    return layout;
}

void draw_cell(Ui& ui, Rect cell, TableCell const& what, bool right) {
    auto const& theme = ui.theme();
    switch (what.kind) {
        case TableCell::Kind::tag:
            if (what.text.empty()) return;
            tag(ui, right ? cell.right() - tag_width(ui, what.text, what.icon) : cell.x, cell.centre_y(), what.text,
                what.tone, what.icon);
            return;
        case TableCell::Kind::clause:
            if (!what.text.empty()) clause_mark(ui, cell.x, cell.centre_y(), what.text);
            return;
        default:
            ui.line(cell, what.text,
                    {size::text_body, what.kind == TableCell::Kind::faint ? theme.text_2
                                      : what.tone != Tone::neutral        ? colour_of(theme, what.tone)
                                                                          : 0},
                    right ? 1.0F : 0.0F);
    }
}

void draw_header(Ui& ui, Rect place, float offset, TableSpec const& spec, std::vector<TableColumn> const& columns,
                 Layout const& layout, TableState& state) {
    auto const& theme = ui.theme();
    ui.fill({place.x, place.bottom() - 1, place.w, 1}, theme.line);
    ui.push_clip(place);
    Region const region{ui.semantics, NodeRole::row, {}, "head", place};
    auto inside = Rect{place.x - offset + 16, place.y, layout.width - 32, place.h - 1};
    if (spec.select) {
        auto const part = inside.take_left(select_width);
        auto const all = !state.order.rows().empty() && state.selected.size() >= state.order.rows().size();
        auto on = all;
        Region const cell{ui.semantics, NodeRole::columnheader, ui.say("ui.select-all"), "all", part};
        if (checkbox_mark(ui, part, "select all", ui.say("ui.select-all"), on)) {
            state.selected.clear();
            if (on)
                for (auto const row : state.order.rows()) state.selected.insert(state.rows->id(row));
        }
    }
    for (std::size_t shown = 0; shown < layout.columns.size(); ++shown) {
        auto const index = layout.columns[shown];
        auto const& column = columns[index];
        auto cell = inside.take_left(layout.widths[shown]);
        cell.w -= cell_gap;
        auto const on = state.sort.column == static_cast<int>(index);
        auto const order = !on ? none : state.sort.descending ? descending : ascending;
        Region const header{ui.semantics, NodeRole::columnheader, column.title, column.key, cell, order};
        TextStyle const style{size::text_small, on ? theme.text : theme.text_2, on};
        if (!column.sortable) {
            ui.line(cell, column.title, style, column.right ? 1.0F : 0.0F);
            continue;
        }
        Scope const scope{column.key};
        auto const hit = ui.press(cell, "sort", NodeRole::button, ui.say("ui.sort-by", {{"column", column.title}}));
        auto const width = std::min(ui.width_of(column.title, style), cell.w - sort_mark);
        auto text = cell;
        if (column.right) text.take_left(std::max(cell.w - width - (on ? sort_mark : 0), 0.0F));
        if (hit.hovered) ui.fill(cell.inset(-6, 5), theme.surface_2, size::radius_small);
        if (hit.focused) ui.focus_ring(cell.inset(-2, 7), size::radius_small);
        ui.line({text.x, text.y, width + 2, text.h}, column.title, style);
        if (on)
            ui.icon({text.x + width + 2, text.y, 16, text.h},
                    state.sort.descending ? icon::chevron_down : icon::chevron_up, 14, theme.text);
        if (!hit.clicked) continue;
        // Upwards, downwards, as they come.
        if (!on) state.sort = {static_cast<int>(index), false};
        else if (!state.sort.descending) state.sort.descending = true;
        else state.sort = {};
    }
    ui.shade_sides(place, offset, layout.width - place.w - offset);
    ui.pop_clip();
}

// A press or a key that selects: one, one more, or everything from the anchor on.
void select(TableState& state, std::size_t place, bool add, bool through) {
    auto const& rows = state.order.rows();
    auto const id = state.rows->id(rows[place]);
    if (through && !state.anchor.empty()) {
        auto anchor = place;
        for (std::size_t other = 0; other < rows.size(); ++other)
            if (state.rows->id(rows[other]) == state.anchor) anchor = other;
        if (!add) state.selected.clear();
        for (auto other = std::min(anchor, place); other <= std::max(anchor, place); ++other)
            state.selected.insert(state.rows->id(rows[other]));
        return;
    }
    state.anchor = id;
    if (add) {
        if (state.selected.erase(id) == 0) state.selected.insert(id);
        return;
    }
    state.selected = {id};
}

void draw_card(Ui& ui, Rect row, std::vector<TableColumn> const& columns, Layout const& layout, TableRows const& rows,
               std::size_t index) {
    auto const& theme = ui.theme();
    TextStyle const small{size::text_small, theme.text_2};
    auto inside = row.inset(16, card_margin);
    auto title = inside.take_top(card_title);
    std::string rest;
    auto const add = [&rest](std::string const& text) { rest += (rest.empty() ? "" : " · ") + text; };
    for (auto const column : layout.marks) {
        auto const what = rows.cell(index, column);
        if (what.text.empty()) continue;
        auto const width =
            what.kind == TableCell::Kind::tag ? tag_width(ui, what.text, what.icon) : clause_mark_width(ui, what.text);
        if (is_mark(what) && width + 60 < title.w) draw_cell(ui, title.take_right(width, 8), what, false);
        else add(what.text);
    }
    auto is_title = true;
    for (auto const column : layout.texts) {
        auto const what = rows.cell(index, column);
        if (what.text.empty()) continue;
        if (std::exchange(is_title, false)) ui.line(title, what.text);
        else add(what.text);
    }
    if (layout.texts.size() > 1) ui.line(inside.take_top(card_line), rest, small);
    auto const gap = 20.0F;
    auto const in_line = static_cast<float>(layout.numbers_in_line);
    auto const width = (inside.w - gap * (in_line - 1)) / in_line;
    Rect line;
    for (std::size_t place = 0; place < layout.numbers.size(); ++place) {
        if (place % layout.numbers_in_line == 0) line = inside.take_top(card_line);
        auto const column = layout.numbers[place];
        auto part = line.take_left(width, gap);
        auto const value = rows.cell(index, column).text;
        ui.line(part.take_right(std::min(ui.width_of(value, {size::text_small}) + 1, part.w), 6), value,
                {size::text_small}, 1);
        ui.line(part, columns[column].title, small);
    }
}

class Body {
public:
    Body(Ui& ui, TableSpec const& spec, std::vector<TableColumn> const& columns, Layout const& layout,
         TableState& state, Scroll& scroll, float row_height, std::size_t page)
        : ui_{ui},
          spec_{spec},
          columns_{columns},
          layout_{layout},
          state_{state},
          scroll_{scroll},
          row_height_{row_height},
          page_{page},
          top_{scroll.content.y} {}

    TableEvent event;

    void draw() {
        auto const& rows = state_.order.rows();
        auto const seen = scroll_.rows(place_of(0), rows.size(), row_height_);
        // Whatever has the keyboard stays, also when it is scrolled away.
        auto const kept = place_of_focused();
        auto const entry = kept < rows.size() ? kept : seen.first;
        if (kept < seen.first) draw_row(kept, entry);
        for (auto place = seen.first; place < seen.last; ++place) draw_row(place, entry);
        if (kept >= seen.last && kept < rows.size()) draw_row(kept, entry);
        scroll_.content.y = top_ + row_height_ * static_cast<float>(rows.size());
    }

private:
    // Looked for once in each order; the number of rows when it is not there.
    std::size_t place_of_focused() {
        auto const& rows = state_.order.rows();
        if (state_.focused.empty()) return rows.size();
        auto& place = state_.focused_place;
        if (place < rows.size() && state_.rows->id(rows[place]) == state_.focused) return place;
        if (state_.focused_version == state_.order.version()) return rows.size();
        state_.focused_version = state_.order.version();
        place = 0;
        while (place < rows.size() && state_.rows->id(rows[place]) != state_.focused) ++place;
        return place;
    }

    Rect place_of(std::size_t place) const {
        return {scroll_.content.x, top_ + row_height_ * static_cast<float>(place), layout_.width, row_height_};
    }

    void go_to(std::size_t place) {
        auto const& rows = state_.order.rows();
        if (rows.empty()) return;
        place = std::min(place, rows.size() - 1);
        state_.focused = state_.rows->id(rows[place]);
        state_.focused_place = place;
        ui_.focus_next(state_.focused);
        scroll_.show(place_of(place));
        ui_.wake(3);
    }

    void take_keys(std::uint32_t id, std::size_t place) {
        auto const last = state_.order.rows().size() - 1;
        auto const pressed = [&](char const* key) { return ui_.pressed_key(id, key); };
        if (pressed("ArrowDown")) go_to(place + 1);
        if (pressed("ArrowUp")) go_to(place == 0 ? 0 : place - 1);
        if (pressed("PageDown")) go_to(place + page_);
        if (pressed("PageUp")) go_to(place < page_ ? 0 : place - page_);
        if (pressed("Home")) go_to(0);
        if (pressed("End")) go_to(last);
        if (pressed("Enter")) event.opened = state_.order.rows()[place];
        if (!spec_.select) return;
        if (pressed("Space")) select(state_, place, true, false);
        if (pressed("Control+a"))
            for (auto const row : state_.order.rows()) state_.selected.insert(state_.rows->id(row));
        if (pressed("Escape")) state_.selected.clear();
        for (auto const down : {true, false}) {
            if (!pressed(down ? "Shift+ArrowDown" : "Shift+ArrowUp")) continue;
            if (state_.anchor.empty()) select(state_, place, false, false);
            auto const next = down ? std::min(place + 1, last) : place == 0 ? 0 : place - 1;
            select(state_, next, false, true);
            go_to(next);
        }
    }

    void draw_row(std::size_t place, std::size_t entry) {
        auto const& theme = ui_.theme();
        auto const row = state_.order.rows()[place];
        auto const id = state_.rows->id(row);
        auto const part = place_of(place);
        auto const chosen = state_.selected.count(id) != 0;
        auto const here = !spec_.current.empty() && spec_.current == id;
        auto const hit =
            ui_.press_open(part, id, NodeRole::row, name_of(row),
                           state_if(chosen, selected) | state_if(here, current) | state_if(place != entry, skip_tab));
        auto& node = ui_.semantics.last();
        node.keys = spec_.select ? std::string{row_keys} + " Space" : row_keys;
        node.index = static_cast<std::uint32_t>(place + 2);
        if (ui_.input.focused == hit.id) {
            // Where the keyboard has just come to; not where it is still, on its way to another row.
            if (state_.focus_before != hit.id) {
                state_.focused = id;
                state_.focused_place = place;
            }
            state_.focus_before = hit.id;
            take_keys(hit.id, place);
        }
        if (here || chosen) ui_.fill(part, theme.accent_soft);
        else if (hit.hovered) ui_.fill(part, theme.surface_2);
        if (here) ui_.fill({part.x, part.y, 3, part.h}, theme.accent);
        if (hit.focused) ui_.outline(part.inset(2), theme.accent, size::radius_small, 2);
        if (hit.clicked) press(row, place);
        if (layout_.cards) {
            ui_.semantics.add(0, NodeRole::cell, name_of(row), part);
            draw_card(ui_, part, columns_, layout_, *state_.rows, row);
        } else {
            draw_cells(part, row, id, chosen);
        }
        ui_.fill({part.x, part.bottom() - 1, part.w, 1}, theme.line);
        ui_.semantics.close();
    }

    void press(std::size_t row, std::size_t place) {
        if (spec_.select && (ui_.input.control || ui_.input.shift))
            return select(state_, place, ui_.input.control, ui_.input.shift);
        state_.anchor = state_.rows->id(row);
        event.opened = row;
    }

    void draw_cells(Rect part, std::size_t row, std::string const& id, bool chosen) {
        auto inside = part.inset(16, 0);
        if (spec_.select) {
            auto const mark = inside.take_left(select_width);
            auto on = chosen;
            Scope const scope{id};
            Region const cell{ui_.semantics, NodeRole::cell, {}, "select", mark};
            if (checkbox_mark(ui_, mark, "select", ui_.say("ui.select-row"), on, true)) {
                if (on) state_.selected.insert(id);
                else state_.selected.erase(id);
                state_.anchor = id;
            }
        }
        for (std::size_t shown = 0; shown < layout_.columns.size(); ++shown) {
            auto cell = inside.take_left(layout_.widths[shown]);
            cell.w -= cell_gap;
            auto const& column = columns_[layout_.columns[shown]];
            auto const what = state_.rows->cell(row, layout_.columns[shown]);
            Region const region{ui_.semantics, NodeRole::cell, what.text, column.key, cell};
            draw_cell(ui_, cell, what, column.right);
        }
    }

    std::string name_of(std::size_t row) const {
        auto name = state_.rows->name(row);
        if (!name.empty()) return name;
        for (auto const column : layout_.columns) {
            auto const text = state_.rows->cell(row, column).text;
            if (text.empty()) continue;
            if (!name.empty()) name += " · ";
            // A card has no head that says what its numbers are.
            if (layout_.cards && columns_[column].right) name += columns_[column].title + " ";
            name += text;
        }
        return name;
    }

    Ui& ui_;
    TableSpec const& spec_;
    std::vector<TableColumn> const& columns_;
    Layout const& layout_;
    TableState& state_;
    Scroll& scroll_;
    float row_height_;
    std::size_t page_;
    float top_;
};

}  // namespace

TableEvent table(Ui& ui, Rect place, TableSpec const& spec, std::vector<TableColumn> const& columns,
                 TableState& state) {
    auto const& theme = ui.theme();
    if (!state.rows) return {};
    state.order.want(state.rows, state.revision, state.sort, columns.size(), state.filter);
    if (state.order.step()) ui.wake(2);
    auto const layout = lay_out(ui, place, spec, columns, state);
    auto const row_height = layout.cards ? layout.card_height() : ui.metrics.row;
    if (state.order.ready() && state.order.rows().empty()) {
        auto const filtered = state.rows->count() > 0;
        empty_state(ui, place, filtered ? icon::search : icon::table,
                    filtered ? ui.say("ui.no-match") : spec.empty_title,
                    filtered ? ui.say("ui.no-match-advice") : spec.empty_advice);
        return {};
    }
    auto& node =
        ui.semantics.open_as(ui.id_of(spec.key), NodeRole::grid, spec.name, place, state_if(spec.select, multiple));
    node.count = static_cast<std::uint32_t>(state.order.rows().size() + 1);
    TableEvent event;
    {
        Scope const scope{spec.key};
        auto body = place;
        if (!layout.cards)
            draw_header(ui, body.take_top(header_height), ui.scroll(ui.id_of("rows")).x, spec, columns, layout, state);
        if (!state.order.ready()) ui.fill({body.x, body.y - 2, body.w * state.order.progress(), 2}, theme.accent);
        Scroll scroll{ui, "rows", body, {.role = NodeRole::rowgroup, .width = layout.width}};
        auto const page = static_cast<std::size_t>(std::max(body.h / row_height - 1, 1.0F));
        Body drawn{ui, spec, columns, layout, state, scroll, row_height, page};
        drawn.draw();
        event = drawn.event;
    }
    ui.semantics.close();
    // Whoever is in the table can copy from it.
    if (!state.selected.empty() || !state.focused.empty())
        ui.offer_copy([columns, &state] { return copy_of(columns, state); });
    return event;
}

TableBarEvent table_bar(Ui& ui, Rect place, TableSpec const& spec, std::vector<TableColumn> const& columns,
                        TableState& state) {
    TableBarEvent event;
    Scope const scope{spec.key + " bar"};
    auto const& theme = ui.theme();
    auto const wide = place.w >= cards_below;
    filter_field(ui, place.take_left(std::min(260.0F, place.w - 2 * (ui.metrics.control + 8)), 12),
                 ui.say("ui.filter-rows"), state.filter);
    auto const square = [&] { return place.take_right(ui.metrics.control, size::space); };
    if (icon_button(ui, square(), icon::download, ui.say("ui.export-rows"), "export")) event.exported = true;
    std::vector<MenuItem> items;
    for (auto const& column : columns) items.push_back({column.title, nullptr, false, is_shown(column, state)});
    if (auto const chosen = menu(ui, square(), {"columns", ui.say("ui.choose-columns"), icon::columns}, items,
                                 state.choosing_columns)) {
        if (!state.columns_chosen) {
            state.columns_chosen = true;
            state.hidden.clear();
            for (auto const& column : columns)
                if (!column.shown) state.hidden.push_back(column.key);
        }
        auto const& key = columns[*chosen].key;
        auto const found = std::find(state.hidden.begin(), state.hidden.end(), key);
        if (found != state.hidden.end()) state.hidden.erase(found);
        else if (state.hidden.size() + 1 < columns.size()) state.hidden.push_back(key);
        // Several are mostly chosen one after the other.
        state.choosing_columns.open = true;
    }
    if (!wide || !state.rows) return event;
    auto const all = state.rows->count();
    auto const shown = state.order.rows().size();
    auto words = shown == all ? ui.say("ui.rows-all", {{"count", grouped(static_cast<std::int64_t>(all))}})
                              : ui.say("ui.rows-some", {{"count", grouped(static_cast<std::int64_t>(shown))},
                                                        {"all", grouped(static_cast<std::int64_t>(all))}});
    if (!state.selected.empty())
        words +=
            " · " + ui.say("ui.rows-selected", {{"count", grouped(static_cast<std::int64_t>(state.selected.size()))}});
    ui.label(place, words, {size::text_small, theme.text_2});
    return event;
}

namespace {

std::string escaped_html(std::string_view text) {
    std::string html;
    for (auto const character : text) switch (character) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            default: html += character;
        }
    return html;
}

// A spreadsheet must not take what a customer wrote for a formula.
std::string harmless(std::string const& text) {
    if (text.empty()) return text;
    auto const number = text.find_first_not_of("+-0123456789.,%") == std::string::npos;
    auto const starts = std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
    return starts && !number ? "'" + text : text;
}

std::string one_line(std::string text) {
    for (auto& character : text)
        if (character == '\t' || character == '\n' || character == '\r') character = ' ';
    return text;
}

template <class Visit>
void each_row(TableState const& state, bool selected_only, Visit visit) {
    if (!state.rows) return;
    for (auto const row : state.order.rows())
        if (!selected_only || state.selected.count(state.rows->id(row)) != 0) visit(row);
}

}  // namespace

Copied copy_of(std::vector<TableColumn> const& columns, TableState const& state) {
    Copied copied;
    auto const shown = shown_columns(columns, state);
    copied.html = "<table>";
    auto const line = [&](char const* tag, auto const& text_of) {
        std::string text;
        copied.html += "<tr>";
        for (auto const column : shown) {
            auto const words = text_of(column);
            if (column != shown.front()) text += '\t';
            text += one_line(harmless(words));
            copied.html += std::string{"<"} + tag + ">" + escaped_html(words) + "</" + tag + ">";
        }
        copied.html += "</tr>";
        copied.text += text + "\n";
    };
    // Of one row that is not selected its cells alone are meant.
    if (state.selected.empty()) {
        for (auto const row : state.order.rows())
            if (state.rows && state.rows->id(row) == state.focused)
                line("td", [&](std::size_t column) { return state.rows->cell(row, column).text; });
    } else {
        line("th", [&](std::size_t column) { return columns[column].title; });
        each_row(state, true, [&](std::size_t row) {
            line("td", [&](std::size_t column) { return state.rows->cell(row, column).text; });
        });
    }
    copied.html += "</table>";
    return copied;
}

std::string csv_of(std::vector<TableColumn> const& columns, TableState const& state) {
    auto const shown = shown_columns(columns, state);
    // The mark by which spreadsheets know that Chinese is coded as UTF-8.
    std::string csv = "\xEF\xBB\xBF";
    auto const line = [&](auto const& text_of) {
        for (auto const column : shown) {
            if (column != shown.front()) csv += ',';
            csv += csv_cell(harmless(text_of(column)));
        }
        csv += "\r\n";
    };
    line([&](std::size_t column) { return columns[column].title; });
    each_row(state, !state.selected.empty(),
             [&](std::size_t row) { line([&](std::size_t column) { return state.rows->cell(row, column).text; }); });
    return csv;
}

}  // namespace guanjia::ui
