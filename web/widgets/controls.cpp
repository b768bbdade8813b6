#include "web/widgets/controls.h"

#include <imgui_internal.h>

#include <cmath>

namespace guanjia::ui {

namespace {

constexpr float icon_size = 18;
constexpr float tag_height = 24;

TextStyle small(Colour colour, bool bold = false) { return {size::text_small, colour, bold}; }

// The list of an open picker, kept until everything below it has been drawn.
struct OpenPicker {
    std::uint32_t id = 0;
    Rect below;
    PickerState* state = nullptr;
    std::vector<PickerItem> items;
};
OpenPicker open_picker;
constexpr std::size_t picker_limit = 8;
constexpr float picker_row = 40;

}  // namespace

float button_width(Ui& ui, ButtonSpec const& spec) {
    auto width = 2 * 14.0F;
    if (spec.icon) width += icon_size + (spec.label.empty() ? 0 : 8);
    width += ui.width_of(spec.label);
    if (!spec.hint.empty()) width += 10 + ui.width_of(spec.hint, small(0));
    return std::ceil(width);
}

bool button(Ui& ui, Rect place, ButtonSpec const& spec) {
    auto const& theme = ui.theme();
    auto const hit = ui.press(place, spec.key.empty() ? spec.label : spec.key, NodeRole::button,
                              spec.name.empty() ? spec.label : spec.name, spec.off ? disabled : none, spec.description);
    auto text = theme.text;
    auto radius = size::radius;
    switch (spec.kind) {
        case ButtonKind::primary:
            ui.fill(place,
                    spec.off                  ? theme.surface_2
                    : hit.hovered || hit.held ? theme.accent_hover
                                              : theme.accent,
                    radius);
            text = spec.off ? theme.text_3 : theme.on_accent;
            break;
        case ButtonKind::danger:
        case ButtonKind::secondary:
            ui.fill(place, hit.hovered && !spec.off ? theme.surface_2 : theme.surface, radius);
            ui.outline(place, theme.line_strong, radius);
            text = spec.off ? theme.text_3 : spec.kind == ButtonKind::danger ? theme.danger : theme.text;
            break;
        case ButtonKind::quiet:
            if (hit.hovered && !spec.off) ui.fill(place, theme.surface_2, radius);
            text = spec.off ? theme.text_3 : theme.text_2;
    }
    if (hit.focused) ui.focus_ring(place, radius);
    auto used = ui.width_of(spec.label);
    if (spec.icon) used += icon_size + (spec.label.empty() ? 0 : 8);
    if (!spec.hint.empty()) used += 10 + ui.width_of(spec.hint, small(0));
    auto x = place.x + std::max((place.w - used) / 2, 6.0F);
    if (spec.icon) {
        ui.icon({x, place.y, icon_size, place.h}, spec.icon, icon_size, text);
        x += icon_size + 8;
    }
    x += ui.line({x, place.y, place.right() - x - 4, place.h}, spec.label, {size::text_body, text});
    if (!spec.hint.empty())
        ui.line({x + 10, place.y, place.right() - x - 10, place.h}, spec.hint,
                small(spec.kind == ButtonKind::primary ? (text & 0x00FFFFFF) | 0xB0000000 : theme.text_3));
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

void card(Ui& ui, Rect place) {
    ui.fill(place, ui.theme().surface, size::radius);
    ui.outline(place, ui.theme().line, size::radius);
}

float field_height(FieldSpec const& spec) {
    auto const box = spec.lines > 1 ? spec.lines * size::text_body * size::line_height + 14 : size::control;
    return (spec.plain ? 0 : field_label) + box + (spec.error.empty() ? 0 : field_error);
}

namespace {

// The box of a field with its label and error; what is left is where the text goes.
struct FieldParts {
    Rect box;
    Rect text;
};

FieldParts draw_field_frame(Ui& ui, Rect place, FieldSpec const& spec, bool focused) {
    auto const& theme = ui.theme();
    if (!spec.plain) {
        auto label = place.take_top(field_label);
        label.h -= 4;
        auto const used = ui.line(label, spec.label, small(theme.text_2));
        if (spec.required) ui.line({label.x + used + 4, label.y, 12, label.h}, "*", small(theme.danger));
    }
    if (!spec.error.empty()) {
        auto const error = place.take_bottom(field_error);
        ui.semantics.add(0, NodeRole::alert, spec.error, error);
        ui.line({error.x, error.y + 3, error.w, error.h - 3}, spec.error, small(theme.danger));
    }
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place,
               !spec.error.empty() ? theme.danger
               : focused           ? theme.accent
                                   : theme.line_strong,
               size::radius, focused ? 2.0F : 1.0F);
    auto inside = place.inset(12, spec.lines > 1 ? 7 : 0);
    if (spec.icon) ui.icon(inside.take_left(icon_size, 8), spec.icon, icon_size, theme.text_2);
    return {place, inside};
}

Node& say_field(Ui& ui, std::uint32_t id, FieldSpec const& spec, NodeRole role, Rect text, std::string const& value) {
    auto state = spec.required ? required_field : none;
    if (!spec.error.empty()) state = state | invalid;
    if (ui.wants_focus(spec.key)) state = state | take_focus;
    auto& node = ui.semantics.add(id, role, spec.label, text, state);
    node.value = value;
    node.extra = spec.hint;
    return node;
}

bool edit(Ui& ui, std::uint32_t id, FieldSpec const& spec, NodeRole role, Rect place, std::string& text,
          std::string_view keys, FieldParts& parts) {
    auto const focused = ui.input.focused == id;
    parts = draw_field_frame(ui, place, spec, focused);
    auto changed = false;
    if (auto now = ui.typed(id); now && *now != text) {
        text = std::move(*now);
        changed = true;
    }
    auto& node = say_field(ui, id, spec, role, parts.text, text);
    node.keys = keys;
    // The page's own element shows the text while it has the keyboard.
    auto const& theme = ui.theme();
    auto const& shown = text.empty() ? spec.hint : text;
    TextStyle const style{size::text_body, text.empty() ? theme.text_3 : theme.text};
    if (!focused || text.empty()) {
        if (spec.lines > 1)
            ui.paragraph(parts.text.x, parts.text.y, parts.text.w, shown, style, static_cast<std::size_t>(spec.lines));
        else ui.line(parts.text, shown, style);
    }
    return changed;
}

}  // namespace

bool text_field(Ui& ui, Rect place, FieldSpec const& spec, std::string& text) {
    FieldParts parts;
    auto const role = spec.lines > 1 ? NodeRole::multiline : spec.search ? NodeRole::searchbox : NodeRole::textbox;
    return edit(ui, ui.id_of(spec.key), spec, role, place, text, spec.search ? "Enter Escape" : "", parts);
}

float choice_height(std::string_view error, std::size_t rows) {
    return field_label + static_cast<float>(rows) * (size::control + size::space) - size::space +
           (error.empty() ? 0 : field_error);
}

bool choice(Ui& ui, Rect place, std::string_view key, std::string_view label, std::span<Option const> options,
            int& chosen, std::string_view error, std::size_t columns) {
    auto const& theme = ui.theme();
    auto head = place.take_top(field_label);
    head.h -= 4;
    ui.line(head, label, small(theme.text_2));
    if (!error.empty()) {
        auto const below = place.take_bottom(field_error);
        ui.semantics.add(0, NodeRole::alert, error, below);
        ui.line({below.x, below.y + 3, below.w, below.h - 3}, error, small(theme.danger));
    }
    ui.semantics.open(NodeRole::radiogroup, label, key);
    Scope const scope{key};
    auto const gap = size::space;
    if (columns == 0) columns = options.size();
    auto const count = static_cast<float>(columns);
    auto const width = (place.w - gap * (count - 1)) / count;
    auto changed = false;
    Rect row;
    for (std::size_t index = 0; index < options.size(); ++index) {
        auto const& option = options[index];
        if (index % columns == 0) row = place.take_top(size::control, gap);
        auto const part = row.take_left(width, gap);
        auto const on = chosen == static_cast<int>(index);
        // Tab reaches the chosen one, or the first; arrows go on from there.
        auto const reached = on || (chosen < 0 && index == 0);
        auto const hit = ui.press(part, option.label, NodeRole::radio, option.label,
                                  (on ? checked : none) | (reached ? none : skip_tab));
        if (hit.clicked && !on) {
            chosen = static_cast<int>(index);
            changed = true;
        }
        auto const colour = on ? theme.on_accent : theme.text;
        ui.fill(part, on ? theme.accent : hit.hovered ? theme.surface_2 : theme.surface, size::radius);
        if (!on) ui.outline(part, error.empty() ? theme.line_strong : theme.danger, size::radius);
        if (hit.focused) ui.focus_ring(part, size::radius);
        auto inside = part;
        auto const words = ui.width_of(option.label);
        auto const used = words + (option.icon ? icon_size + 8 : 0);
        inside.take_left(std::max((inside.w - used) / 2, 6.0F));
        if (option.icon) ui.icon(inside.take_left(icon_size, 8), option.icon, icon_size, colour);
        ui.line(inside, option.label, {size::text_body, colour});
    }
    ui.semantics.close();
    return changed;
}

bool checkbox(Ui& ui, Rect place, std::string_view key, std::string_view label, bool& on) {
    auto const& theme = ui.theme();
    auto const hit = ui.press(place, key, NodeRole::checkbox, label, on ? checked : none);
    if (hit.clicked) on = !on;
    Rect const box{place.x, place.centre_y() - 9, 18, 18};
    ui.fill(box, on ? theme.accent : theme.surface, 4);
    if (!on) ui.outline(box, hit.hovered ? theme.accent : theme.line_strong, 4, 1.5F);
    if (on) ui.icon(box, icon::check, 14, theme.on_accent);
    if (hit.focused) ui.focus_ring(box, 4);
    ui.line({place.x + 28, place.y, place.w - 28, place.h}, label);
    return hit.clicked;
}

bool tabs(Ui& ui, Rect place, std::string_view key, std::span<std::string const> labels, int& chosen) {
    auto const& theme = ui.theme();
    ui.semantics.open(NodeRole::tablist, {}, key);
    Scope const scope{key};
    auto changed = false;
    for (std::size_t index = 0; index < labels.size(); ++index) {
        auto const on = chosen == static_cast<int>(index);
        auto const part = place.take_left(std::ceil(ui.width_of(labels[index], small(0)) + 20), size::space);
        auto const hit = ui.press(part, std::to_string(index), NodeRole::tab, labels[index],
                                  (on ? selected : none) | (on ? none : skip_tab));
        ui.fill(part, on ? theme.info_soft : hit.hovered ? theme.line : theme.surface_2, size::radius_small);
        if (hit.focused) ui.focus_ring(part, size::radius_small);
        ui.line(part, labels[index], small(on ? theme.info : theme.text_2), 0.5F);
        if (hit.clicked && !on) {
            chosen = static_cast<int>(index);
            changed = true;
        }
    }
    ui.semantics.close();
    return changed;
}

bool picker(Ui& ui, Rect place, FieldSpec const& spec, PickerState& state, PickerFind const& find) {
    auto const id = ui.id_of(spec.key);
    FieldParts parts;
    auto changed = edit(ui, id, spec, NodeRole::combobox, place, state.text,
                        state.open ? "ArrowDown ArrowUp Enter Escape" : "ArrowDown", parts);
    auto const focused = ui.input.focused == id;
    if (changed) {
        state.chosen = {};
        state.open = true;
        state.marked = 0;
    }
    if (focused && ui.pressed_key(id, "ArrowDown") && !state.open) state.open = true;
    else if (state.open && focused) {
        if (ui.pressed_key(id, "ArrowDown")) ++state.marked;
        if (ui.pressed_key(id, "ArrowUp")) --state.marked;
        if (ui.pressed_key(id, "Escape")) state.open = false;
    }
    if (!focused && ui.input.focused != 0 && open_picker.id != id) state.open = false;
    if (state.open) {
        auto items = find(state.text, picker_limit);
        auto const count = static_cast<int>(items.size());
        state.marked = count > 0 ? (state.marked + count) % count : 0;
        if (count > 0 && focused && ui.pressed_key(id, "Enter")) {
            auto& item = items[static_cast<std::size_t>(state.marked)];
            state.chosen = item.id;
            state.text = std::move(item.label);
            state.open = false;
            changed = true;
        } else if (focused) {
            open_picker = {id, {parts.box.x, parts.box.bottom() + 4, parts.box.w, 0}, &state, std::move(items)};
        }
        ui.wake(2);
    }
    return changed;
}

void draw_open_picker(Ui& ui) {
    if (!open_picker.state || !open_picker.state->open || open_picker.items.empty()) {
        open_picker = {};
        return;
    }
    auto& state = *open_picker.state;
    auto const& theme = ui.theme();
    auto place = open_picker.below;
    place.h = static_cast<float>(open_picker.items.size()) * picker_row + 8;
    auto const bottom = ui.display_height() - 8;
    if (place.bottom() > bottom) place.y = std::max(open_picker.below.y - 8 - size::control - place.h, 8.0F);
    Overlay const overlay{"picker", place};
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, theme.line_strong, size::radius);
    ui.semantics.open(NodeRole::listbox, ui.say("ui.suggestions"), "picker", place);
    auto inside = place.inset(4);
    for (std::size_t index = 0; index < open_picker.items.size(); ++index) {
        auto& item = open_picker.items[index];
        auto row = inside.take_top(picker_row);
        auto const marked = state.marked == static_cast<int>(index);
        auto const name = item.detail.empty() ? item.label : item.label + " " + item.detail;
        auto const hit = ui.press(row, std::to_string(index), NodeRole::option, name, marked ? selected : none);
        if (marked || hit.hovered) ui.fill(row, theme.accent_soft, size::radius_small);
        auto text = row.inset(8, 0);
        auto const used = ui.line(text, item.label);
        text.take_left(used + 12);
        ui.line(text, item.detail, small(theme.text_2));
        if (hit.clicked) {
            state.chosen = item.id;
            state.text = std::move(item.label);
            state.open = false;
        }
    }
    ui.semantics.close();
    if (ui.pressed_outside({place.x, place.y - size::control - 8, place.w, place.h + 2 * size::control + 16}))
        state.open = false;
    if (!state.open) open_picker = {};
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

Scroll::Scroll(Ui& ui, std::string_view key, Rect place, Spec const& spec)
    : ui_{ui}, state_{ui.scroll(ui.id_of(key))}, place_{place} {
    auto const id = ui.id_of(key);
    auto outer = place;
    content = place;
    if (spec.bar == Bar::beside) outer.w += ui.scrollbar;
    else if (state_.height > place.h) content.w -= ui.scrollbar;
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
    ui.semantics.open_as(id, spec.role, spec.name, outer);
    ImGui::PushOverrideID(id);
    ImGui::PushClipRect({place.x, place.y}, {outer.right(), outer.bottom()}, true);
}

Scroll::~Scroll() {
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

bool Scroll::sees(Rect const& part) const {
    constexpr auto beside = 120.0F;
    return part.bottom() >= place_.y - beside && part.y <= place_.bottom() + beside;
}

void Scroll::show(Rect const& part) {
    if (part.y < place_.y) state_.to = state_.y - (place_.y - part.y);
    else if (part.bottom() > place_.bottom()) state_.to = state_.y + part.bottom() - place_.bottom();
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

void empty_state(Ui& ui, Rect place, char const* icon, std::string_view title, std::string_view advice) {
    auto const& theme = ui.theme();
    auto const top = place.y + std::max((place.h - 140) / 3, 24.0F);
    Rect const disc{place.centre_x() - 28, top, 56, 56};
    ui.fill(disc, theme.surface_2, 28);
    ui.icon(disc, icon, 26, theme.text_3);
    ui.label({place.x + 16, top + 68, place.w - 32, 28}, title, {size::text_body, theme.text, true}, 0.5F);
    auto y = top + 98;
    auto const width = std::min(place.w - 32, 420.0F);
    for (auto const line : ui.wrap(advice, width, small(0))) {
        ui.line({place.x + 16, y, place.w - 32, 21}, line, small(theme.text_2), 0.5F);
        y += 21;
    }
    ui.semantics.text(advice, {place.x + 16, top + 98, place.w - 32, y - top - 98});
}

bool banner(Ui& ui, Rect place, Tone tone, char const* icon, std::string_view words, std::string_view action) {
    auto const& theme = ui.theme();
    ui.fill(place, soft_colour_of(theme, tone));
    ui.horizontal_line(place.x, place.bottom() - 1, place.w);
    ui.semantics.open(tone == Tone::danger ? NodeRole::alert : NodeRole::group, {}, "banner");
    auto inside = place.inset(16, 0);
    auto clicked = false;
    if (!action.empty()) {
        auto row = inside.take_right(button_width(ui, {.label = std::string{action}}), 12);
        row = row.inset(0, (row.h - 32) / 2);
        clicked = button(ui, row, {.label = std::string{action}});
    }
    ui.icon(inside.take_left(20, 8), icon, 18, colour_of(theme, tone));
    ui.label(inside, words, {size::text_body, colour_of(theme, tone)});
    ui.semantics.close();
    return clicked;
}

float refusal_box(Ui& ui, float x, float y, float width, Refusal const& refusal) {
    auto const& theme = ui.theme();
    auto const words = ui.say("refusal." + refusal.reason, refusal.details);
    auto const mark = refusal.clause ? clause_mark_width(ui, refusal.clause->id()) + 10 : 0.0F;
    TextStyle const style{size::text_body, theme.danger};
    auto const text_width = width - 44 - 12;
    auto const text_height = ui.height_of(words, text_width, style);
    Rect const box{x, y, width, text_height + 20 + (mark > 0 ? 28 : 0)};
    ui.fill(box, theme.danger_soft, size::radius);
    ui.icon({x + 12, y + 10, 20, 24}, icon::warning, 18, theme.danger);
    ui.semantics.add(0, NodeRole::alert, words, box);
    ui.paragraph(x + 44, y + 10, text_width, words, style);
    if (refusal.clause) clause_mark(ui, x + 44, box.bottom() - 22, refusal.clause->id());
    return box.h;
}

std::string error_of(Ui& ui, std::optional<Refusal> const& refusal, std::string_view field) {
    if (!refusal) return {};
    for (auto const& at_fault : refusal->fields) {
        if (at_fault != field) continue;
        // What is missing is told in short at each field; the whole sentence stands in the box.
        auto const lacks = refusal->reason == "command.incomplete" || refusal->reason.ends_with("-missing");
        return lacks ? ui.say("ui.required") : ui.say("refusal." + refusal->reason, refusal->details);
    }
    return {};
}

void signature_pad(Ui& ui, Rect place, std::string& strokes) {
    constexpr auto pad_width = 264.0F;
    constexpr std::size_t strokes_limit = 8000;
    auto const& theme = ui.theme();
    auto label = place.take_top(field_label);
    label.h -= 4;
    ui.line(label, ui.say("ui.signature"), small(theme.text_2));
    auto const hit = ui.press(place, "signature", NodeRole::button, ui.say("ui.signature-pad"), drawn_on,
                              ui.say(strokes.empty() ? "ui.not-signed" : "ui.signed"), true);
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, hit.focused ? theme.accent : theme.line_strong, size::radius);
    auto const scale = pad_width / place.w;
    if (hit.held) {
        auto const& mouse = ImGui::GetIO().MousePos;
        auto const point = std::to_string(static_cast<int>(std::clamp(mouse.x - place.x, 0.0F, place.w) * scale)) +
                           "," + std::to_string(static_cast<int>(std::clamp(mouse.y - place.y, 0.0F, place.h) * scale));
        auto const starts = ImGui::IsMouseClicked(ImGuiMouseButton_Left);
        auto const last = strokes.substr(strokes.find_last_of(" ;") + 1);
        if (strokes.size() + point.size() + 1 < strokes_limit && (starts || last != point))
            strokes += (strokes.empty() ? "" : starts ? ";" : " ") + point;
        ui.wake(2);
    }
    auto* to = ImGui::GetWindowDrawList();
    ImVec2 before{};
    auto joined = false;
    for (std::size_t at = 0; at < strokes.size();) {
        auto const end = std::min(strokes.find_first_of(" ;", at), strokes.size());
        auto const comma = strokes.find(',', at);
        ImVec2 const point{place.x + std::strtof(strokes.c_str() + at, nullptr) / scale,
                           place.y + (comma < end ? std::strtof(strokes.c_str() + comma + 1, nullptr) : 0) / scale};
        if (joined) to->AddLine(before, point, theme.text, 2.2F);
        before = point;
        joined = end < strokes.size() && strokes[end] == ' ';
        at = end + 1;
    }
    if (strokes.empty()) ui.line(place, ui.say("ui.sign-here"), small(theme.text_3), 0.5F);
    else if (icon_button(ui, {place.right() - 36, place.y + 4, 32, 32}, icon::close, ui.say("ui.sign-again"), "again"))
        strokes.clear();
}

}  // namespace guanjia::ui
