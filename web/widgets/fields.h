#pragma once
// What a person fills in. Each field has its label above, a hint while it is empty, and its error below.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/description.h"
#include "core/base/id.h"
#include "core/procedure/refusal.h"
#include "web/widgets/ui.h"

namespace guanjia::ui {

inline constexpr float field_label = 24;
inline constexpr float field_error = 22;

struct FieldSpec {
    std::string key;
    std::string label;
    std::string hint;   // shown while the field is empty
    std::string error;  // shown below; the field is then marked
    bool required = false;
    bool search = false;
    bool password = false;
    float lines = 1;  // more than 1: a text area
    char const* icon = nullptr;
    bool plain = false;                      // no label above: `label` is only said
    std::string suffix = {};                 // "元", behind the text
    InputMode mode = InputMode::text;        // which keys a touch keyboard offers
    std::size_t limit = 0;                   // longest text in bytes; 0: by `lines`, as descriptions have it
    std::string keys = {};                   // that the field wants for itself
    NodeRole role = NodeRole::textbox;       // combobox, when something opens below it
    std::uint32_t controls = 0, active = 0;  // what opens below it, and its marked item
    std::string shortcut = {};               // a key that gives it the focus
    NodeState state = none;
};
float field_height(Ui const& ui, FieldSpec const& spec);

// Where a field was drawn.
struct FieldPlace {
    std::uint32_t id = 0;
    Rect box;
    bool changed = false;
    bool focused = false;
};
FieldPlace field(Ui& ui, Rect place, FieldSpec const& spec, std::string& text);
// What narrows the rows below it to those that have a text. `words` is its hint, and said.
bool filter_field(Ui& ui, Rect place, std::string const& words, std::string& text);
// True when the text has changed.
bool text_field(Ui& ui, Rect place, FieldSpec const& spec, std::string& text);
// Yuan with two decimals, kept as text ("1224.80") and never as a floating-point number.
bool money_field(Ui& ui, Rect place, FieldSpec spec, std::string& text);

struct Option {
    std::string label;
    char const* icon = nullptr;
};
struct ChoiceSpec {
    std::string key;
    std::string label;
    std::string error = {};
    std::size_t columns = 0;  // in a row; 0: all
    bool required = false;
};
// One of several, side by side; `chosen` is an index, or -1. True when it has changed.
bool choice(Ui& ui, Rect place, ChoiceSpec const& spec, std::span<Option const> options, int& chosen);
float choice_height(Ui const& ui, ChoiceSpec const& spec, std::size_t options);
bool checkbox(Ui& ui, Rect place, std::string_view key, std::string_view label, bool& on);
// Its mark alone, in the middle of the left edge. Of many rows each is reached by the arrow keys.
bool checkbox_mark(Ui& ui, Rect place, std::string_view key, std::string_view name, bool& on, bool one_of_many = false);
// On or off at once, without being sent.
bool toggle(Ui& ui, Rect place, std::string_view key, std::string_view label, bool& on);

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
bool picker(Ui& ui, Rect place, FieldSpec spec, PickerState& state, PickerFind const& find);

// A place to sign on with pointer, pen or finger. Strokes are kept as "x,y x,y;…" in pixels of a pad 264 wide, at most
// 8 KiB.
void signature_pad(Ui& ui, Rect place, std::string_view label, std::string_view error, std::string& strokes);

// The sentence of a refusal, with its clause, as a box. Returns its height.
float refusal_box(Ui& ui, float x, float y, float width, Refusal const& refusal);
// The sentence for a field of a refused command, or nothing.
std::string error_of(Ui& ui, std::optional<Refusal> const& refusal, std::string_view field);

}  // namespace guanjia::ui
