#include "web/widgets/fields.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "core/base/typed.h"
#include "web/widgets/buttons.h"
#include "web/widgets/layout.h"

namespace guanjia::ui {

namespace {

constexpr float icon_size = 18;
constexpr std::size_t picker_limit = 8;

TextStyle small(Colour colour, bool bold = false) { return {size::text_small, colour, bold}; }

float box_height(Ui const& ui, FieldSpec const& spec) {
    return spec.lines > 1 ? spec.lines * size::text_body * size::line_height + 14 : ui.metrics.control;
}

std::size_t limit_of(FieldSpec const& spec) {
    if (spec.limit > 0) return spec.limit;
    return spec.lines > 1 ? long_text_limit : text_limit;
}

void draw_label(Ui& ui, Rect place, std::string_view words, bool required) {
    auto const& theme = ui.theme();
    auto const used = ui.line(place, words, small(theme.text_2));
    if (required) ui.line({place.x + used + 4, place.y, 12, place.h}, "*", small(theme.danger));
}

void draw_error(Ui& ui, Rect place, std::string_view words) {
    ui.semantics.add(0, NodeRole::alert, words, place);
    ui.line({place.x, place.y + 3, place.w, place.h - 3}, words, small(ui.theme().danger));
}

}  // namespace

float field_height(Ui const& ui, FieldSpec const& spec) {
    return (spec.plain ? 0 : field_label) + box_height(ui, spec) + (spec.error.empty() ? 0 : field_error);
}

FieldPlace field(Ui& ui, Rect place, FieldSpec const& spec, std::string& text) {
    auto const& theme = ui.theme();
    FieldPlace drawn;
    drawn.id = ui.id_of(spec.key);
    drawn.focused = ui.input.focused == drawn.id;
    if (auto now = ui.typed(drawn.id); now && *now != text) {
        text = std::move(*now);
        drawn.changed = true;
    }

    if (!spec.plain) {
        auto label = place.take_top(field_label);
        label.h -= 4;
        draw_label(ui, label, spec.label, spec.required);
    }
    // What is too long is told while it is typed; nothing of it is cut off.
    auto const limit = limit_of(spec);
    auto const too_long = text.size() > limit;
    auto const error =
        too_long ? ui.say("ui.too-long", {{"count", std::to_string((text.size() - limit + 2) / 3)}}) : spec.error;
    if (!spec.error.empty()) draw_error(ui, place.take_bottom(field_error), error);
    else if (too_long) draw_error(ui, {place.x, place.bottom() - 1, place.w, field_error}, error);
    drawn.box = place;
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place,
               !error.empty()  ? theme.danger
               : drawn.focused ? theme.accent
                               : theme.line_strong,
               size::radius, drawn.focused ? 2.0F : 1.0F);
    auto inside = place.inset(12, spec.lines > 1 ? 7 : 0);
    if (spec.icon) ui.icon(inside.take_left(icon_size, 8), spec.icon, icon_size, theme.text_2);
    if (!spec.suffix.empty())
        ui.line(inside.take_right(ui.width_of(spec.suffix) + 2, 8), spec.suffix, {size::text_body, theme.text_2});

    auto role = spec.role;
    if (spec.lines > 1) role = NodeRole::multiline;
    else if (spec.search) role = NodeRole::searchbox;
    else if (spec.password) role = NodeRole::password;
    auto state = spec.state | state_if(spec.required, required_field) | state_if(!error.empty(), invalid);
    if (ui.wants_focus(spec.key)) state = state | take_focus;
    auto& node = ui.semantics.add(drawn.id, role, spec.label, inside, state);
    node.value = text;
    node.extra = spec.hint;
    node.keys = spec.keys;
    node.input_mode = spec.mode;
    node.controls = spec.controls;
    node.active = spec.active;
    node.shortcut = spec.shortcut;

    // The page's own element shows the text while it has the keyboard.
    if (drawn.focused && !text.empty()) return drawn;
    auto const hidden = spec.password && !text.empty();
    std::string dots;
    if (hidden)
        for (std::size_t index = 0; index < std::min<std::size_t>(text.size(), 24); ++index) dots += "•";
    auto const& shown = hidden ? dots : text.empty() ? spec.hint : text;
    TextStyle const style{size::text_body, text.empty() ? theme.text_3 : theme.text};
    if (spec.lines > 1) ui.paragraph(inside.x, inside.y, inside.w, shown, style, static_cast<std::size_t>(spec.lines));
    else ui.line(inside, shown, style);
    return drawn;
}

bool text_field(Ui& ui, Rect place, FieldSpec const& spec, std::string& text) {
    return field(ui, place, spec, text).changed;
}

bool filter_field(Ui& ui, Rect place, std::string const& words, std::string& text) {
    return text_field(
        ui, place,
        {.key = "filter", .label = words, .hint = words, .search = true, .icon = icon::filter, .plain = true}, text);
}

bool money_field(Ui& ui, Rect place, FieldSpec spec, std::string& text) {
    if (spec.suffix.empty()) spec.suffix = ui.say("ui.yuan-unit");
    spec.mode = InputMode::decimal;
    auto const drawn = field(ui, place, spec, text);
    if (drawn.focused || text.empty()) return drawn.changed;
    // As people write it ("1,224.8", "￥1224.80") and as it is kept.
    auto const money = read_money(text);
    if (!money) return drawn.changed;
    auto kept = format_money(*money);
    if (kept == text) return drawn.changed;
    text = std::move(kept);
    return true;
}

float choice_height(Ui const& ui, ChoiceSpec const& spec, std::size_t options) {
    auto const columns = spec.columns == 0 ? options : spec.columns;
    auto const rows = static_cast<float>((options + columns - 1) / columns);
    return field_label + rows * (ui.metrics.control + size::space) - size::space +
           (spec.error.empty() ? 0 : field_error);
}

bool choice(Ui& ui, Rect place, ChoiceSpec const& spec, std::span<Option const> options, int& chosen) {
    auto const& theme = ui.theme();
    auto head = place.take_top(field_label);
    head.h -= 4;
    draw_label(ui, head, spec.label, spec.required);
    if (!spec.error.empty()) draw_error(ui, place.take_bottom(field_error), spec.error);
    Region const region{ui.semantics, NodeRole::radiogroup, spec.label, spec.key};
    Scope const scope{spec.key};
    auto const gap = size::space;
    auto const columns = spec.columns == 0 ? options.size() : spec.columns;
    auto const count = static_cast<float>(columns);
    auto const width = (place.w - gap * (count - 1)) / count;
    auto changed = false;
    auto const focus = ui.wants_focus(spec.key) ? take_focus : none;
    Rect row;
    for (std::size_t index = 0; index < options.size(); ++index) {
        auto const& option = options[index];
        if (index % columns == 0) row = place.take_top(ui.metrics.control, gap);
        auto const part = row.take_left(width, gap);
        auto const on = chosen == static_cast<int>(index);
        // Tab reaches the chosen one, or the first; arrows go on from there.
        auto const reached = on || (chosen < 0 && index == 0);
        auto const hit = ui.press(part, option.label, NodeRole::radio, option.label,
                                  state_if(on, checked) | (reached ? focus : skip_tab));
        if (hit.clicked && !on) {
            chosen = static_cast<int>(index);
            changed = true;
        }
        auto const colour = on ? theme.on_accent : theme.text;
        ui.fill(part, on ? theme.accent : hit.hovered ? theme.surface_2 : theme.surface, size::radius);
        if (!on) ui.outline(part, spec.error.empty() ? theme.line_strong : theme.danger, size::radius);
        if (hit.focused) ui.focus_ring(part, size::radius);
        auto inside = part;
        // Where there is no room for both, the word says more.
        auto const label_width = ui.width_of(option.label);
        auto const has_icon = option.icon && label_width + icon_size + 8 <= inside.w - 16;
        auto const used = label_width + (has_icon ? icon_size + 8 : 0);
        inside.take_left(std::max((inside.w - used) / 2, 6.0F));
        if (has_icon) ui.icon(inside.take_left(icon_size, 8), option.icon, icon_size, colour);
        ui.line(inside, option.label, {size::text_body, colour});
    }
    return changed;
}

bool checkbox_mark(Ui& ui, Rect place, std::string_view key, std::string_view name, bool& on, bool one_of_many) {
    auto const& theme = ui.theme();
    auto const hit = ui.press(place, key, NodeRole::checkbox, name,
                              state_if(on, checked) | state_if(one_of_many, skip_tab), {}, true);
    if (hit.clicked) on = !on;
    Rect const box{place.x, place.centre_y() - 9, 18, 18};
    ui.fill(box, on ? theme.accent : theme.surface, 4);
    if (!on) ui.outline(box, hit.hovered ? theme.accent : theme.line_strong, 4, 1.5F);
    if (on) ui.icon(box, icon::check, 14, theme.on_accent);
    if (hit.focused) ui.focus_ring(box, 4);
    return hit.clicked;
}

bool checkbox(Ui& ui, Rect place, std::string_view key, std::string_view label, bool& on) {
    auto const changed = checkbox_mark(ui, place, key, label, on);
    ui.line({place.x + 28, place.y, place.w - 28, place.h}, label);
    return changed;
}

bool toggle(Ui& ui, Rect place, std::string_view key, std::string_view label, bool& on) {
    auto const& theme = ui.theme();
    auto const hit = ui.press(place, key, NodeRole::toggle, label, state_if(on, checked));
    if (hit.clicked) on = !on;
    Rect const track{place.right() - 40, place.centre_y() - 11, 40, 22};
    ui.fill(track, on ? theme.accent : theme.text_3, 11);
    ui.fill({on ? track.right() - 19 : track.x + 3, track.y + 3, 16, 16}, theme.surface, 8);
    if (hit.focused) ui.focus_ring(track, 11);
    ui.line({place.x, place.y, place.w - 52, place.h}, label);
    return hit.clicked;
}

namespace {

std::string option_key(std::size_t index) { return std::to_string(index); }

// Below the field, or above it where there is no room.
void draw_options(Ui& ui, std::uint32_t list, Rect box, PickerState& state, std::vector<PickerItem> const& items) {
    auto const& theme = ui.theme();
    auto const row_height = std::max(ui.metrics.control, 40.0F);
    Rect place{box.x, box.bottom() + 4, box.w, static_cast<float>(items.size()) * row_height + 8};
    if (place.bottom() > ui.display_height() - 8) place.y = std::max(box.y - 4 - place.h, 8.0F);
    Overlay const overlay{"options", place};
    ui.shadow(place, size::radius);
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, theme.line_strong, size::radius);
    ui.semantics.open_as(list, NodeRole::listbox, ui.say("ui.suggestions"), place);
    ImGui::PushOverrideID(list);
    auto inside = place.inset(4);
    for (std::size_t index = 0; index < items.size(); ++index) {
        auto const& item = items[index];
        auto row = inside.take_top(row_height);
        auto const marked = state.marked == static_cast<int>(index);
        auto const name = item.detail.empty() ? item.label : item.label + " " + item.detail;
        auto const hit = ui.press(row, option_key(index), NodeRole::option, name, state_if(marked, selected));
        if (marked || hit.hovered) ui.fill(row, theme.accent_soft, size::radius_small);
        auto text = row.inset(8, 0);
        text.take_left(ui.line(text, item.label) + 12);
        ui.line(text, item.detail, small(theme.text_2));
        if (hit.clicked) {
            state.chosen = item.id;
            state.text = item.label;
            state.open = false;
        }
    }
    ImGui::PopID();
    ui.semantics.close();
    if (ui.pressed_outside(box.united(place))) state.open = false;
}

}  // namespace

bool picker(Ui& ui, Rect place, FieldSpec spec, PickerState& state, PickerFind const& find) {
    auto const id = ui.id_of(spec.key);
    auto const list = ImHashStr("options", 0, id);
    auto const before = state.chosen;
    std::vector<PickerItem> items;
    if (state.open) items = find(state.text, picker_limit);
    auto const open = state.open && !items.empty();
    spec.role = NodeRole::combobox;
    spec.keys = open ? "ArrowDown ArrowUp Enter Escape" : "ArrowDown";
    spec.state = has_popup | (open ? expanded : collapsed);
    if (open) {
        spec.controls = list;
        spec.active = ImHashStr(option_key(static_cast<std::size_t>(state.marked)).c_str(), 0, list);
    }
    auto const drawn = field(ui, place, spec, state.text);
    if (drawn.changed) {
        state.chosen = {};
        state.open = true;
        state.marked = 0;
        ui.wake(2);
        return true;
    }
    if (!drawn.focused) {
        // The list goes with the focus, but not by the press upon it.
        if (ui.input.focused != 0) state.open = false;
        if (!state.open) return state.chosen != before;
    }
    if (ui.pressed_key(id, "ArrowDown") && !state.open) {
        state.open = true;
        state.marked = 0;
        ui.wake(2);
        return false;
    }
    if (!open) return false;
    auto const count = static_cast<int>(items.size());
    if (ui.pressed_key(id, "ArrowDown")) ++state.marked;
    if (ui.pressed_key(id, "ArrowUp")) --state.marked;
    state.marked = (state.marked + count) % count;
    if (ui.pressed_key(id, "Escape")) state.open = false;
    if (ui.pressed_key(id, "Enter")) {
        auto const& item = items[static_cast<std::size_t>(state.marked)];
        state.chosen = item.id;
        state.text = item.label;
        state.open = false;
        ui.wake(2);
        return true;
    }
    if (state.open)
        ui.above([&ui, &state, list, box = drawn.box, items = std::move(items)] {
            draw_options(ui, list, box, state, items);
        });
    return false;
}

float refusal_box(Ui& ui, float x, float y, float width, Refusal const& refusal) {
    auto const& theme = ui.theme();
    auto const words = ui.say("refusal." + refusal.reason, refusal.details);
    auto const mark = refusal.clause ? 28.0F : 0.0F;
    TextStyle const style{size::text_body, theme.danger};
    auto const text_width = width - 44 - 12;
    auto const text_height = ui.height_of(words, text_width, style);
    Rect const box{x, y, width, text_height + 20 + mark};
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

void signature_pad(Ui& ui, Rect place, std::string_view label_words, std::string_view error, std::string& strokes) {
    constexpr auto pad_width = 264.0F;
    constexpr std::size_t strokes_limit = 8000;
    auto const& theme = ui.theme();
    auto label = place.take_top(field_label);
    label.h -= 4;
    draw_label(ui, label, label_words, true);
    if (!error.empty()) draw_error(ui, place.take_bottom(field_error), error);
    auto const hit = ui.press(place, "signature", NodeRole::button, ui.say("ui.signature-pad"), drawn_on,
                              ui.say(strokes.empty() ? "ui.not-signed" : "ui.signed"), true);
    ui.fill(place, theme.surface, size::radius);
    ui.outline(place, !error.empty() ? theme.danger : hit.focused ? theme.accent : theme.line_strong, size::radius);
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
