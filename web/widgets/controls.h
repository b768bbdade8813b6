#pragma once
// The controls that views are made of. Each draws itself, says what it is, and tells what the person did. Places are in
// CSS px; a control's `key` tells it from its siblings and is never shown.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/procedure/clause.h"
#include "core/procedure/refusal.h"
#include "web/widgets/ui.h"

namespace guanjia::ui {

enum class ButtonKind : std::uint8_t { primary, secondary, quiet, danger };
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

// White, framed and rounded.
void card(Ui& ui, Rect place);

inline constexpr float field_label = 24;
inline constexpr float field_error = 22;
struct FieldSpec {
    std::string key;
    std::string label;
    std::string hint;   // shown while the field is empty
    std::string error;  // shown below; the field is then marked
    bool required = false;
    bool search = false;
    float lines = 1;  // more than 1: a text area
    char const* icon = nullptr;
    bool plain = false;  // no label above: `label` is only said
};
float field_height(FieldSpec const& spec);
// True when the text has changed.
bool text_field(Ui& ui, Rect place, FieldSpec const& spec, std::string& text);

struct Option {
    std::string label;
    char const* icon = nullptr;
};
// One of several, side by side, so many in a row (0: all); `chosen` is an index, or -1. True when it has changed.
bool choice(Ui& ui, Rect place, std::string_view key, std::string_view label, std::span<Option const> options,
            int& chosen, std::string_view error = {}, std::size_t columns = 0);
float choice_height(std::string_view error = {}, std::size_t rows = 1);
bool checkbox(Ui& ui, Rect place, std::string_view key, std::string_view label, bool& on);
// A bar of tabs, each as wide as its words. True when another is chosen.
bool tabs(Ui& ui, Rect place, std::string_view key, std::span<std::string const> labels, int& chosen);

// Something out of many, found by typing. What is typed and not chosen stays as text.
struct PickerItem {
    AnyId id;
    std::string label;
    std::string detail;
};
struct PickerState {
    std::string text;
    AnyId chosen;
    bool open = false;
    int marked = 0;
    void clear() { *this = {}; }
};
// `find` gives at most `limit` items for what is typed.
using PickerFind = std::function<std::vector<PickerItem>(std::string_view typed, std::size_t limit)>;
// True when the choice or the text has changed.
bool picker(Ui& ui, Rect place, FieldSpec const& spec, PickerState& state, PickerFind const& find);
// Draws the list of the picker that is open, above everything else: once, at the end of the frame.
void draw_open_picker(Ui& ui);

// Drawn above everything that was drawn before, while it lives.
class Overlay {
public:
    enum class Presses { take, pass };
    Overlay(std::string_view key, Rect place, Presses presses = Presses::take);
    ~Overlay();
    Overlay(Overlay const&) = delete;
    Overlay& operator=(Overlay const&) = delete;
};

// A place to sign on with pointer, pen or finger. Strokes are kept as "x,y x,y;…" in pixels of a pad 264 wide, at most
// 8 KiB.
void signature_pad(Ui& ui, Rect place, std::string& strokes);

// What lies below the fold is scrolled to. Draw between construction and destruction, starting at `content`; what is
// said meanwhile lies within it.
class Scroll {
public:
    // Where the bar stands: in the place, which is then narrower, or beside it.
    enum class Bar { inside, beside };
    struct Spec {
        NodeRole role = NodeRole::group;
        std::string_view name = {};
        Bar bar = Bar::inside;
        float width = 0;  // of the content, when it is wider than the place
    };
    Scroll(Ui& ui, std::string_view key, Rect place) : Scroll{ui, key, place, Spec{}} {}
    Scroll(Ui& ui, std::string_view key, Rect place, Bar bar) : Scroll{ui, key, place, Spec{.bar = bar}} {}
    Scroll(Ui& ui, std::string_view key, Rect place, Spec const& spec);
    ~Scroll();
    Scroll(Scroll const&) = delete;
    Scroll& operator=(Scroll const&) = delete;

    // Where to draw next; its height is without bound.
    Rect content;
    // Cuts the next part off the top.
    Rect take(float height, float gap = 0);
    // Whether a part is on screen or just beside it, where the arrow keys go next: what is not need not be drawn.
    bool sees(Rect const& part) const;
    // Brings a part that was taken into sight, unless it is.
    void show(Rect const& part);

private:
    Ui& ui_;
    ScrollState& state_;
    Rect place_;
    float top_;
};

// Part of a list or table that is pressed as a whole.
struct RowState {
    bool clicked = false;
    bool hovered = false;
};
RowState list_row(Ui& ui, Rect place, std::string_view key, std::string_view name, bool selected);

// Nothing here yet: says what to do first.
void empty_state(Ui& ui, Rect place, char const* icon, std::string_view title, std::string_view advice);
// A strip across the top, with a button when `action` has a label.
bool banner(Ui& ui, Rect place, Tone tone, char const* icon, std::string_view words, std::string_view action = {});

// The sentence of a refusal, with its clause, as a box. Height by refusal_height.
float refusal_box(Ui& ui, float x, float y, float width, Refusal const& refusal);
// The sentence for a field of a refused command, or nothing.
std::string error_of(Ui& ui, std::optional<Refusal> const& refusal, std::string_view field);

}  // namespace guanjia::ui
