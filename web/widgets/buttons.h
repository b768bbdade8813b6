#pragma once
// What is pressed, and the small marks beside it. Places are in CSS px; a `key` tells a control from its siblings and
// is never shown.

#include <span>
#include <string>
#include <string_view>

#include "web/widgets/ui.h"

namespace guanjia::ui {

enum class ButtonKind : std::uint8_t { primary, secondary, quiet, danger, danger_primary };
struct ButtonSpec {
    std::string label;
    char const* icon = nullptr;
    ButtonKind kind = ButtonKind::secondary;
    bool off = false;
    std::string hint;         // shown small beside the label: a shortcut
    std::string name;         // for assistive technology, when the label alone does not say it
    std::string key;          // the label when empty
    std::string description;  // why it is off
};
bool button(Ui& ui, Rect place, ButtonSpec const& spec);
float button_width(Ui& ui, ButtonSpec const& spec);
// A button of its own width at the left or right end of `row`, which it is cut from.
bool button_left(Ui& ui, Rect& row, ButtonSpec const& spec);
bool button_right(Ui& ui, Rect& row, ButtonSpec const& spec);
bool icon_button(Ui& ui, Rect place, char const* icon, std::string_view name, std::string_view key = {});

// Returns the width drawn. A tag is a colour, a word and mostly an icon.
float tag(Ui& ui, float x, float centre_y, std::string_view word, Tone tone, char const* icon = nullptr);
float tag_width(Ui& ui, std::string_view word, char const* icon = nullptr);
// "RV-4.1" in its frame.
float clause_mark(Ui& ui, float x, float centre_y, std::string_view clause);
float clause_mark_width(Ui& ui, std::string_view clause);

// A bar of tabs, each as wide as its words. True when another is chosen.
bool tabs(Ui& ui, Rect place, std::string_view key, std::span<std::string const> labels, int& chosen);
float tabs_height(Ui const& ui);

// Part of a list that is pressed as a whole. `index` from 1 and `count` of its list, when only a part is drawn.
struct RowState {
    bool clicked = false;
    bool hovered = false;
};
RowState list_row(Ui& ui, Rect place, std::string_view key, std::string_view name, bool selected);

}  // namespace guanjia::ui
