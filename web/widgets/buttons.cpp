#include "web/widgets/buttons.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "web/widgets/layout.h"

namespace guanjia::ui {

namespace {

constexpr float icon_size = 18;
constexpr float tag_height = 24;

TextStyle small(Colour colour, bool bold = false) { return {size::text_small, colour, bold}; }

float inner_width(Ui& ui, ButtonSpec const& spec) {
    auto width = ui.width_of(spec.label);
    if (spec.icon) width += icon_size + (spec.label.empty() ? 0 : 8);
    if (!spec.hint.empty()) width += 10 + ui.width_of(spec.hint, small(0));
    return width;
}

struct ButtonColours {
    Colour ground;  // 0: none
    Colour frame;   // 0: none
    Colour text;
};

ButtonColours colours_of(Theme const& theme, ButtonSpec const& spec, bool lit) {
    if (spec.off) {
        auto const framed = spec.kind == ButtonKind::secondary || spec.kind == ButtonKind::danger;
        return {spec.kind == ButtonKind::quiet ? 0 : theme.surface_2, framed ? theme.line : 0, theme.text_3};
    }
    switch (spec.kind) {
        case ButtonKind::primary: return {lit ? theme.accent_hover : theme.accent, 0, theme.on_accent};
        case ButtonKind::danger_primary: return {theme.danger, 0, theme.on_danger};
        case ButtonKind::danger: return {lit ? theme.danger_soft : theme.surface, theme.line_strong, theme.danger};
        case ButtonKind::quiet: return {lit ? theme.surface_2 : 0, 0, theme.text_2};
        default: return {lit ? theme.surface_2 : theme.surface, theme.line_strong, theme.text};
    }
}

}  // namespace

float button_width(Ui& ui, ButtonSpec const& spec) { return std::ceil(inner_width(ui, spec) + 2 * 14.0F); }

bool button(Ui& ui, Rect place, ButtonSpec const& spec) {
    auto const hit = ui.press(place, spec.key.empty() ? spec.label : spec.key, NodeRole::button,
                              spec.name.empty() ? spec.label : spec.name, spec.off ? disabled : none, spec.description);
    auto const colours = colours_of(ui.theme(), spec, hit.hovered || hit.held);
    if (colours.ground) ui.fill(place, colours.ground, size::radius);
    if (colours.frame) ui.outline(place, colours.frame, size::radius);
    if (hit.focused) ui.focus_ring(place, size::radius);
    auto x = place.x + std::max((place.w - inner_width(ui, spec)) / 2, 6.0F);
    if (spec.icon) {
        ui.icon({x, place.y, icon_size, place.h}, spec.icon, icon_size, colours.text);
        x += icon_size + 8;
    }
    x += ui.line({x, place.y, place.right() - x - 4, place.h}, spec.label, {size::text_body, colours.text});
    if (!spec.hint.empty()) {
        // On a strong ground nothing fainter than its own words can be read.
        auto const strong = spec.kind == ButtonKind::primary || spec.kind == ButtonKind::danger_primary;
        auto const colour = strong ? colours.text : ui.theme().text_3;
        ui.line({x + 10, place.y, place.right() - x - 10, place.h}, spec.hint, small(colour));
    }
    return hit.clicked;
}

bool button_left(Ui& ui, Rect& row, ButtonSpec const& spec) {
    return button(ui, row.take_left(button_width(ui, spec), size::space), spec);
}

bool button_right(Ui& ui, Rect& row, ButtonSpec const& spec) {
    return button(ui, row.take_right(button_width(ui, spec), size::space), spec);
}

bool icon_button(Ui& ui, Rect place, char const* icon, std::string_view name, std::string_view key) {
    auto const hit = ui.press(place, key.empty() ? name : key, NodeRole::button, name);
    if (hit.hovered) ui.fill(place, ui.theme().surface_2, size::radius_small);
    if (hit.focused) ui.focus_ring(place, size::radius_small);
    ui.icon(place, icon, icon_size, ui.theme().text_2);
    return hit.clicked;
}

float tag_width(Ui& ui, std::string_view word, char const* icon) {
    return std::ceil(ui.width_of(word, small(0)) + 16 + (icon ? 20 : 0));
}

float tag(Ui& ui, float x, float centre_y, std::string_view word, Tone tone, char const* icon) {
    auto const& theme = ui.theme();
    Rect place{x, centre_y - tag_height / 2, tag_width(ui, word, icon), tag_height};
    ui.fill(place, soft_colour_of(theme, tone), size::radius_small);
    ui.semantics.text(word, place);
    auto inside = place.inset(8, 0);
    if (icon) ui.icon(inside.take_left(15, 5), icon, 15, colour_of(theme, tone));
    inside.w += 2;
    ui.line(inside, word, small(colour_of(theme, tone)));
    return place.w;
}

float clause_mark_width(Ui& ui, std::string_view clause) { return std::ceil(ui.width_of(clause, {12, 0, true}) + 14); }

float clause_mark(Ui& ui, float x, float centre_y, std::string_view clause) {
    auto const& theme = ui.theme();
    Rect const place{x, std::round(centre_y) - 11, clause_mark_width(ui, clause), 22};
    ui.outline(place, theme.accent, size::radius_small, 1.25F);
    ui.semantics.text(clause, place);
    ui.line({place.x + 7, place.y, place.w - 10, place.h}, clause, {12, theme.accent, true});
    return place.w;
}

float tabs_height(Ui const& ui) { return ui.metrics.touch ? 40.0F : 28.0F; }

bool tabs(Ui& ui, Rect place, std::string_view key, std::span<std::string const> labels, int& chosen) {
    auto const& theme = ui.theme();
    auto const width_of = [&](std::string const& label) { return std::ceil(ui.width_of(label, small(0)) + 20); };
    auto all = -size::space;
    for (auto const& label : labels) all += width_of(label) + size::space;
    // More than there is room for can be scrolled.
    auto const scrolls = all > place.w;
    std::optional<Scroll> scroll;
    std::optional<Region> region;
    if (scrolls) {
        scroll.emplace(ui, key, place, Scroll::Spec{.role = NodeRole::tablist, .bar = Scroll::Bar::none, .width = all});
        place = scroll->take(place.h);
    } else {
        region.emplace(ui.semantics, NodeRole::tablist, std::string_view{}, key);
    }
    Scope const scope{key};
    auto changed = false;
    for (std::size_t index = 0; index < labels.size(); ++index) {
        auto const on = chosen == static_cast<int>(index);
        auto const part = place.take_left(width_of(labels[index]), size::space);
        auto const hit = ui.press(part, std::to_string(index), NodeRole::tab, labels[index],
                                  (on ? selected : none) | (on ? none : skip_tab));
        ui.fill(part, on ? theme.info_soft : hit.hovered ? theme.accent_soft : theme.surface_2, size::radius_small);
        if (hit.focused && scrolls) ui.outline(part.inset(1), theme.accent, size::radius_small, 2);
        else if (hit.focused) ui.focus_ring(part, size::radius_small);
        ui.line(part, labels[index], small(on ? theme.info : theme.text_2), 0.5F);
        if (hit.clicked && !on) {
            chosen = static_cast<int>(index);
            changed = true;
        }
    }
    return changed;
}

RowState list_row(Ui& ui, Rect place, std::string_view key, std::string_view name, bool is_selected) {
    auto const& theme = ui.theme();
    auto const hit = ui.press(place, key, NodeRole::button, name, is_selected ? current : none, {}, true);
    if (is_selected) {
        ui.fill(place, theme.accent_soft);
        ui.fill({place.x, place.y, 3, place.h}, theme.accent);
    } else if (hit.hovered) {
        ui.fill(place, theme.surface_2);
    }
    if (hit.focused) ui.outline(place.inset(2), theme.accent, size::radius_small, 2);
    return {hit.clicked, hit.hovered};
}

}  // namespace guanjia::ui
