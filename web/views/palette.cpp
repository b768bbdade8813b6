#include "web/views/views.h"

namespace guanjia {

using namespace ui;

void draw_search_box(Stage const& stage, Rect place, PaletteState& state) {
    auto& ui = stage.ui;
    if (place.w < 100) return;
    text_field(ui, place,
               {.key = "search",
                .label = stage.say("ui.search"),
                .hint = stage.say("ui.search-hint"),
                .search = true,
                .icon = icon::search,
                .plain = true},
               state.text);
}

void draw_palette(Stage const&, Rect, PaletteState&) {}

}  // namespace guanjia
