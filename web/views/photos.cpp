// The photos of a ticket: a strip of them in its detail, and one of them large.

#include <algorithm>
#include <cmath>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float tile_width = 104;
constexpr float tile_height = 78;
// Pixels, enough for a screen of two to a CSS px.
constexpr int fine_tile = 320;
constexpr int fine_whole = 1600;

std::string name_of_photo(Stage const& stage, TicketSnapshot const& ticket, std::size_t index) {
    auto const& photo = ticket.photos[index];
    return join_dots({stage.say("ui.photo-number", {{"number", std::to_string(index + 1)},
                                                    {"count", std::to_string(ticket.photos.size())}}),
                      photo.by, sentence_case(when(stage.ui, photo.at))});
}

void draw_tile(Stage const& stage, Rect place, TicketSnapshot const& ticket, std::size_t index, TicketsState& state) {
    auto& ui = stage.ui;
    auto const& photo = ticket.photos[index];
    auto const hit = ui.press(place, format_id(photo.id), NodeRole::button, name_of_photo(stage, ticket, index));
    ui.fill(place, ui.theme().surface_2, size::radius_small);
    if (ui.picture(place, photo.hash, fine_tile, Ui::Fit::cover, size::radius_small) == Ui::PictureState::missing)
        ui.icon(place, icon::photo_off, 24, ui.theme().text_3);
    ui.outline(place, hit.hovered ? ui.theme().accent : ui.theme().line, size::radius_small);
    if (hit.focused) ui.focus_ring(place, size::radius_small);
    if (hit.clicked) state.photo = photo.id;
}

}  // namespace

void draw_photos(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket, TicketsState& state) {
    if (ticket.photos.empty()) return;
    auto& ui = stage.ui;
    auto const gap = size::space;
    auto const per_row = std::max(std::floor((scroll.content.w + gap) / (tile_width + gap)), 1.0F);
    Region const list{ui.semantics, NodeRole::group, stage.say("ui.photos"), "photos"};
    // The last tile takes in another.
    auto const tiles = ticket.photos.size() + (stage.person() ? 1 : 0);
    Rect row;
    for (std::size_t index = 0; index < tiles; ++index) {
        if (index % static_cast<std::size_t>(per_row) == 0) row = scroll.take(tile_height, gap);
        auto const place = row.take_left(tile_width, gap);
        if (index < ticket.photos.size()) {
            if (scroll.sees(place)) draw_tile(stage, place, ticket, index, state);
        } else {
            ui.outline(place, ui.theme().line, size::radius_small);
            if (icon_button(ui, place, icon::photo, stage.say("ui.add-photo"), "add")) stage.shell.choose_photo();
        }
    }
    scroll.take(8);
}

void draw_photo_viewer(Stage const& stage, TicketSnapshot const& ticket, TicketsState& state) {
    auto& ui = stage.ui;
    auto const& photos = ticket.photos;
    auto const found =
        std::find_if(photos.begin(), photos.end(), [&](PhotoLine const& photo) { return photo.id == state.photo; });
    if (found == photos.end()) {
        state.photo = {};
        return;
    }
    auto const index = static_cast<std::size_t>(found - photos.begin());
    Rect const page{0, 0, ui.display_width(), ui.display_height()};
    auto const margin = has_one_column(ui) ? 32.0F : 64.0F;
    auto height = page.h - margin;
    Dialog dialog{ui, "photo", name_of_photo(stage, ticket, index), page, std::min(page.w - margin, 1180.0F), height};
    auto row = dialog.inside.take_bottom(ui.metrics.control, 12);
    auto const place = dialog.inside;
    dialog.inside.y = row.bottom();
    ui.fill(place, ui.theme().surface_2, size::radius_small);
    ui.semantics.add(0, NodeRole::image, name_of_photo(stage, ticket, index), place);
    auto const shown = ui.picture(place, found->hash, fine_whole, Ui::Fit::contain);
    if (shown == Ui::PictureState::missing)
        empty_state(ui, place, icon::photo_off, stage.say("ui.photo-elsewhere"),
                    stage.say("ui.photo-elsewhere-advice"));

    auto const turn = [&](std::size_t to) { state.photo = photos[to % photos.size()].id; };
    if (photos.size() > 1) {
        if (icon_button(ui, row.take_left(ui.metrics.control, 8), icon::chevron_left, stage.say("ui.photo-before")) ||
            ui.shortcut("ArrowLeft"))
            turn(index + photos.size() - 1);
        if (icon_button(ui, row.take_left(ui.metrics.control, 8), icon::chevron_right, stage.say("ui.photo-after")) ||
            ui.shortcut("ArrowRight"))
            turn(index + 1);
    }
    if (button_right(ui, row, {.label = stage.say("ui.close-panel"), .key = "close"}) || dialog.dismissed)
        state.photo = {};
    if (shown == Ui::PictureState::there &&
        icon_button(ui, row.take_right(ui.metrics.control, 8), icon::download, stage.say("ui.save-photo")))
        stage.shell.save_photo(found->hash, ticket.line.number + "-" + std::to_string(index + 1) + ".jpg");
    if (stage.person() &&
        icon_button(ui, row.take_right(ui.metrics.control, 8), icon::void_, stage.say("ui.void-this"))) {
        state.act.begin(stage, TicketAction::void_record, ticket.line.number, found->id);
        state.photo = {};
    }
}

}  // namespace guanjia
