#include "web/widgets/layout.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "web/widgets/buttons.h"

namespace guanjia::ui {

void card(Ui& ui, Rect place) {
    ui.fill(place, ui.theme().surface, size::radius);
    ui.outline(place, ui.theme().line, size::radius);
}

Scroll::Scroll(Ui& ui, std::string_view key, Rect place, Spec const& spec)
    : ui_{ui}, state_{ui.scroll(ui.id_of(key))}, place_{place} {
    auto const id = ui.id_of(key);
    auto outer = place;
    content = place;
    if (spec.bar == Bar::beside) outer.w += ui.scrollbar;
    else if (spec.bar == Bar::inside && state_.height > place.h) content.w -= ui.scrollbar;
    content.w = std::max(content.w, spec.width);
    auto const within = [](float offset, float all, float seen) {
        return std::clamp(offset, 0.0F, std::max(all - seen, 0.0F));
    };
    state_.x = within(state_.x, content.w, place.w);
    state_.y = within(state_.y, state_.height, place.h);
    content.x -= state_.x;
    content.y -= state_.y;
    top_ = content.y;
    content.h = 1e9F;
    state_.width = content.w;
    ui.semantics.open_as(id, spec.role, spec.name, outer, spec.state);
    ImGui::PushOverrideID(id);
    ImGui::PushClipRect({place.x, place.y}, {outer.right(), outer.bottom()}, true);
}

Scroll::~Scroll() {
    ui_.shade_sides(place_, state_.x, state_.width - place_.w - state_.x);
    ImGui::PopClipRect();
    ImGui::PopID();
    auto const height = content.y - top_;
    // What has just become longer or shorter is drawn anew, as wide as it then is.
    if ((state_.height > place_.h) != (height > place_.h)) ui_.wake(2);
    state_.height = height;
    auto& node = ui_.semantics.close();
    node.content_width = state_.width;
    node.content_height = std::max(height, 1.0F);
    node.scroll_x = state_.x;
    node.scroll_y = state_.y;
    node.scroll_to = std::exchange(state_.to, -1.0F);
}

Rect Scroll::take(float height, float gap) {
    Rect const part{content.x, content.y, content.w, height};
    content.y += height + gap;
    return part;
}

namespace {
constexpr float seen_beside = 120;
}

bool Scroll::sees(Rect const& part) const {
    return part.bottom() >= place_.y - seen_beside && part.y <= place_.bottom() + seen_beside;
}

Scroll::Range Scroll::rows(Rect const& part, std::size_t count, float height) const {
    auto const before = std::max(place_.y - seen_beside - part.y, 0.0F) / height;
    auto const after = std::max(place_.bottom() + seen_beside - part.y, 0.0F) / height;
    auto const first = std::min(static_cast<std::size_t>(before), count);
    auto const last = std::min(static_cast<std::size_t>(after) + 1, count);
    return {first, last};
}

void Scroll::show(Rect const& part) {
    if (part.y < place_.y) state_.to = std::max(state_.y - (place_.y - part.y), 0.0F);
    else if (part.bottom() > place_.bottom()) state_.to = state_.y + part.bottom() - place_.bottom();
}

TagRow::TagRow(Ui& ui, Scroll& scroll, float gap)
    : ui_{ui}, scroll_{scroll}, gap_{gap}, row_{scroll.take(28, gap)}, x_{row_.x} {}

void TagRow::put(std::string_view words, Tone tone, char const* icon) {
    if (x_ > row_.x && x_ + tag_width(ui_, words, icon) > row_.right()) {
        row_ = scroll_.take(28, gap_);
        x_ = row_.x;
    }
    x_ += tag(ui_, x_, row_.centre_y(), words, tone, icon) + 8;
}

Overlay::Overlay(std::string_view key, Rect place, Presses presses) {
    ImGui::SetNextWindowPos({place.x, place.y});
    ImGui::SetNextWindowSize({place.w, place.h});
    auto flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                 ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav;
    if (presses == Presses::pass) flags |= ImGuiWindowFlags_NoInputs;
    ImGui::Begin(std::string{key}.c_str(), nullptr, flags);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
}

Overlay::~Overlay() { ImGui::End(); }

namespace {

Rect box_in(Rect page, float width, float height) {
    width = std::min(width, page.w - 32);
    height = std::min(height, page.h - 32);
    return {page.x + (page.w - width) / 2, page.y + std::max((page.h - height) * 0.35F, 16.0F), width, height};
}

}  // namespace

Dialog::Scrim::Scrim(Ui& ui, std::string_view key, Rect page) : overlay{std::string{key} + " scrim", page} {
    ui.fill(page, 0x73000000);
}

Dialog::Dialog(Ui& ui, std::string_view key, std::string_view title, Rect page, float width, float& height)
    : ui_{ui},
      height_{height},
      scrim_{ui, key, page},
      box_place_{box_in(page, width, height)},
      region_{ui.semantics, NodeRole::dialog, title, key, box_place_, modal},
      box_{key, box_place_} {
    auto const& theme = ui.theme();
    ui.fill(box_place_, theme.surface, size::radius + 4);
    ui.outline(box_place_, theme.line, size::radius + 4);
    inside = box_place_.inset(24, 20);
    top_ = inside.y;
    ui.heading(inside.take_top(30, 8), title, 2, {size::text_title, 0, true});
    dismissed = ui.shortcut("Escape") || ui.pressed_outside(box_place_);
}

Dialog::~Dialog() {
    // As high as what was just drawn in it.
    auto const height = inside.y - top_ + 40;
    if (std::abs(height - height_) > 0.5F) {
        height_ = height;
        ui_.wake(2);
    }
}

Answer ask(Ui& ui, Rect page, Question const& question) {
    static float height = 180;
    Dialog dialog{ui, "question", question.title, page, 440, height};
    auto& inside = dialog.inside;
    // As much as the words need: the box is as high in the next frame.
    inside.h = page.h;
    inside.take_top(ui.body(inside.x, inside.y, inside.w, question.words, {size::text_body, ui.theme().text_2}), 20);
    auto row = inside.take_top(ui.metrics.control);
    auto answer = Answer::none;
    if (button_right(ui, row,
                     {.label = question.yes,
                      .kind = question.danger ? ButtonKind::danger_primary : ButtonKind::primary,
                      .key = "yes"}))
        answer = Answer::yes;
    if (button_right(ui, row, {.label = ui.say("ui.cancel"), .key = "no"}) || dialog.dismissed) answer = Answer::no;
    return answer;
}

namespace {

void draw_menu(Ui& ui, Rect place, std::string const& key, std::string const& name, std::vector<MenuItem> const& items,
               MenuState& state) {
    auto const& theme = ui.theme();
    auto width = 160.0F;
    auto height = 8.0F;
    for (auto const& item : items) {
        width = std::max(width, ui.width_of(item.words) + 64);
        height += item.words.empty() ? 9 : ui.metrics.control;
    }
    Rect box{place.right() - width, place.bottom() + 4, width, height};
    if (box.x < 8) box.x = std::max(place.x, 8.0F);
    if (box.bottom() > ui.display_height() - 8) box.y = std::max(place.y - 4 - height, 8.0F);
    Overlay const overlay{key + " menu", box};
    ui.shadow(box, size::radius);
    ui.fill(box, theme.surface, size::radius);
    ui.outline(box, theme.line_strong, size::radius);
    Region const region{ui.semantics, NodeRole::menu, name, key, box};
    auto inside = box.inset(4);
    for (std::size_t index = 0; index < items.size(); ++index) {
        auto const& item = items[index];
        if (item.words.empty()) {
            auto const gap = inside.take_top(9);
            ui.horizontal_line(gap.x + 6, gap.y + 4, gap.w - 12);
            continue;
        }
        auto row = inside.take_top(ui.metrics.control);
        auto const pressed = ui.press(row, "item " + std::to_string(index),
                                      item.checked ? NodeRole::menuitemcheckbox : NodeRole::menuitem, item.words,
                                      state_if(item.checked.value_or(false), checked));
        if (pressed.hovered || pressed.focused) ui.fill(row, theme.surface_2, size::radius_small);
        if (pressed.focused) ui.outline(row, theme.accent, size::radius_small, 2);
        auto text = row.inset(10, 0);
        auto const glyph = text.take_left(18, 10);
        auto const* mark = item.checked.value_or(false) ? icon::check : item.icon;
        if (mark) ui.icon(glyph, mark, 17, item.danger ? theme.danger : theme.text_2);
        ui.line(text, item.words, {size::text_body, item.danger ? theme.danger : theme.text});
        if (pressed.clicked) state.chosen = index;
    }
    if (state.chosen || ui.shortcut("Escape") || (ui.pressed_outside(box) && ui.pressed_outside(place)))
        state.open = false;
}

}  // namespace

std::optional<std::size_t> menu(Ui& ui, Rect place, MenuSpec const& spec, std::vector<MenuItem> const& items,
                                MenuState& state) {
    Scope const scope{spec.key};
    auto const& theme = ui.theme();
    auto const hit =
        ui.press(place, "open", NodeRole::button, spec.name, has_popup | (state.open ? expanded : collapsed));
    auto const lit = hit.hovered || state.open;
    if (spec.framed || lit) ui.fill(place, lit ? theme.surface_2 : theme.surface, size::radius);
    if (spec.framed) ui.outline(place, theme.line_strong, size::radius);
    if (hit.focused) ui.focus_ring(place, size::radius);
    auto const colour = spec.framed ? theme.text : theme.text_2;
    if (spec.label.empty()) ui.icon(place, spec.icon, spec.framed ? 18 : 22, colour);
    else {
        auto inside = place.inset(8, 0);
        ui.icon(inside.take_left(16, 6), spec.icon, 15, colour);
        ui.line(inside, spec.label, {size::text_small, colour});
    }
    if (hit.clicked) {
        state.open = !state.open;
        if (state.open) ui.focus_next("item 0");
    }
    // Above everything, for the eye and for whatever presses; what is chosen there is told in the next frame.
    if (state.open)
        ui.above([&ui, &state, place, items, key = spec.key, name = spec.name] {
            draw_menu(ui, place, key, name, items, state);
            if (state.chosen) ui.wake(2);
        });
    return std::exchange(state.chosen, std::nullopt);
}

void empty_state(Ui& ui, Rect place, char const* icon, std::string_view title, std::string_view advice) {
    auto const& theme = ui.theme();
    auto const top = place.y + std::max((place.h - 140) / 3, 24.0F);
    Rect const disc{place.centre_x() - 28, top, 56, 56};
    ui.fill(disc, theme.surface_2, 28);
    ui.icon(disc, icon, 26, theme.text_3);
    ui.label({place.x + 16, top + 68, place.w - 32, 28}, title, {size::text_body, theme.text, true}, 0.5F);
    auto y = top + 98;
    auto const width = std::min(place.w - 32, 420.0F);
    TextStyle const style{size::text_small, theme.text_2};
    for (auto const line : ui.wrap(advice, width, style)) {
        ui.line({place.x + 16, y, place.w - 32, 21}, line, style, 0.5F);
        y += 21;
    }
    ui.semantics.text(advice, {place.x + 16, top + 98, place.w - 32, y - top - 98});
}

bool banner(Ui& ui, Rect place, Tone tone, char const* icon, std::string_view words, std::string_view action) {
    auto const& theme = ui.theme();
    ui.fill(place, soft_colour_of(theme, tone));
    ui.horizontal_line(place.x, place.bottom() - 1, place.w);
    Region const region{ui.semantics, tone == Tone::danger ? NodeRole::alert : NodeRole::group, {}, words};
    Scope const scope{words};
    auto inside = place.inset(16, 0);
    auto clicked = false;
    if (!action.empty()) {
        auto row = inside.take_right(button_width(ui, {.label = std::string{action}}), 12);
        row = row.inset(0, std::max((row.h - ui.metrics.control) / 2, 4.0F));
        clicked = button(ui, row, {.label = std::string{action}});
    }
    ui.icon(inside.take_left(20, 8), icon, 18, colour_of(theme, tone));
    ui.label(inside, words, {size::text_body, colour_of(theme, tone)});
    return clicked;
}

SidePanel::SidePanel(Ui& ui, Rect place, SidePanelSpec const& spec)
    : inside{place.inset(18, 14)}, region_{ui.semantics, spec.role, spec.title, "panel", place}, scope_{spec.title} {
    if (spec.ground == PanelGround::card) {
        card(ui, place);
    } else {
        ui.fill(place, ui.theme().surface);
        ui.vertical_line(place.x, place.y, place.h);
    }
    auto head = inside.take_top(36, 6);
    auto const cross = head.take_right(ui.metrics.touch ? 44 : 32, 8);
    closed = icon_button(ui, cross.inset(0, ui.metrics.touch ? -4 : 2), icon::close, ui.say("ui.close-panel"), "close");
    TextStyle const style{size::text_body + 1, 0, true};
    auto const mark = spec.clause.empty() ? 0 : clause_mark_width(ui, spec.clause) + 8;
    auto const used = std::min(ui.width_of(spec.title, style) + 4, head.w - mark);
    ui.heading({head.x, head.y, used, head.h}, spec.title, 2, style);
    if (!spec.clause.empty()) clause_mark(ui, head.x + used + 8, head.centre_y(), spec.clause);
    foot = inside.take_bottom(std::max(ui.metrics.control, 40.0F), 12);
}

}  // namespace guanjia::ui
