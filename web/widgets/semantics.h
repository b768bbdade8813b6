#pragma once
// What is on screen, said in words: roles, names, values, states and places, in reading order. Widgets say it while
// they draw; the page keeps real elements equal to it (web/platform/semantics.js), so that a screen reader, the
// keyboard and the tests see what the eye sees.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "web/widgets/geometry.h"

namespace guanjia::ui {

enum class NodeRole : std::uint8_t {
    button,
    radio,
    checkbox,
    toggle,
    tab,
    option,
    menuitem,
    menuitemcheckbox,
    textbox,
    password,
    combobox,
    searchbox,
    multiline,
    navigation,
    main,
    complementary,
    banner,
    region,
    form,
    dialog,
    list,
    listitem,
    listbox,
    menu,
    radiogroup,
    group,
    tablist,
    table,
    grid,
    rowgroup,
    row,
    columnheader,
    cell,
    heading,
    text,
    image,
    status,
    alert,
    progressbar,
};

// The page's script knows these by the same values.
enum NodeState : std::uint16_t {
    none = 0,
    disabled = 1,
    checked = 2,
    selected = 4,
    expanded = 8,
    invalid = 16,
    current = 32,
    take_focus = 64,  // for this frame only
    has_popup = 128,
    required_field = 256,
    collapsed = 512,
    skip_tab = 1024,
    drawn_on = 2048,  // strokes of a finger are for this and do not scroll
    modal = 4096,     // nothing else can be reached while it is there
    ascending = 8192,
    descending = 16384,
    multiple = 32768,  // several of its items may be selected
};
constexpr NodeState operator|(NodeState left, NodeState right) {
    return static_cast<NodeState>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}
constexpr NodeState state_if(bool condition, NodeState state) { return condition ? state : none; }

// What a touch keyboard should offer for a field.
enum class InputMode : std::uint8_t { text, numeric, decimal, telephone };

struct Node {
    std::uint32_t id = 0;
    std::uint32_t parent = 0;
    NodeRole role = NodeRole::text;
    std::string name;
    std::string value;
    std::string extra;  // placeholder of a field, description of anything else
    std::string keys;   // keys that it wants for itself, such as "ArrowDown Enter"
    Rect rect;
    // Of what can be scrolled: the size of all that is in it, and how far it is to be scrolled when that differs from
    // where the page has it (negative: leave it).
    float content_width = 0, content_height = 0;
    float scroll_x = 0, scroll_y = 0;
    float scroll_to = -1;
    NodeState state = none;
    std::uint8_t level = 0;
    InputMode input_mode = InputMode::text;
    // Of an item: which of how many, from 1; of a table: how many rows. For what is drawn only in part.
    std::uint32_t index = 0, count = 0;
    std::uint32_t controls = 0;  // of a combobox: its list …
    std::uint32_t active = 0;    // … and the item that Enter would take
    std::string shortcut = {};   // the key that gives it the focus, wherever that is

    friend bool operator==(Node const&, Node const&) = default;
};

class Semantics {
public:
    void begin_frame();

    // Everything said until close() lies within it. `key` tells siblings of one role apart; without it their order
    // does.
    void open(NodeRole role, std::string_view name, std::string_view key = {}, Rect rect = {}, NodeState state = none);
    // Likewise, under an id of its own.
    Node& open_as(std::uint32_t id, NodeRole role, std::string_view name, Rect rect, NodeState state = none);
    // Returns what was closed, for what is known only at its end.
    Node& close();
    // `id` 0: one by role and order.
    Node& add(std::uint32_t id, NodeRole role, std::string_view name, Rect rect, NodeState state = none);
    // What was said last.
    Node& last() { return nodes_.back(); }
    void text(std::string_view words, Rect rect);
    void heading(std::string_view words, Rect rect, std::uint8_t level);

    // A key that works wherever the focus is, such as "n" or "Control+k".
    void shortcut(std::string_view key);
    // Said once by screen readers.
    void announce(std::string_view words);
    // Whatever has the keyboard is to give it up.
    void blur() { blur_ = true; }

    // As JSON for the page, empty when nothing differs from the frame before: the nodes that differ, stand elsewhere
    // among the others or are new, in their order, and those that are gone.
    std::string end_frame();
    // Everything is told in full: it is dressed otherwise.
    void tell_anew() { tells_anew_ = true; }
    std::vector<Node> const& nodes() const { return nodes_; }

private:
    // In quarters of a pixel, from the nearest node around it that has a place: what scrolls carries its content along.
    struct Place {
        int left = 0, top = 0, width = 0, height = 0;
        int origin_x = 0, origin_y = 0;  // of what is in it
        bool looks_like(Place const& other) const {
            return left == other.left && top == other.top && width == other.width && height == other.height;
        }
    };
    void find_places();
    bool is_as_before(std::size_t index, std::size_t before);

    struct Open {
        std::uint32_t id;
        std::uint32_t children;
        std::size_t place;  // in nodes_
    };
    std::uint32_t next_id(NodeRole role, std::string_view key);

    std::vector<Node> nodes_, before_;
    std::vector<std::size_t> parents_;  // places in nodes_; SIZE_MAX: none
    std::vector<Place> places_, places_before_;
    bool tells_anew_ = false;
    std::unordered_set<std::uint32_t> used_;
    std::vector<Open> open_;
    std::vector<std::string> shortcuts_, shortcuts_before_;
    std::string announcement_;
    bool blur_ = false;
};

// Everything said while it lives lies within it.
class Region {
public:
    Region(Semantics& semantics, NodeRole role, std::string_view name, std::string_view key = {}, Rect rect = {},
           NodeState state = none)
        : semantics_{semantics} {
        semantics.open(role, name, key, rect, state);
    }
    ~Region() { semantics_.close(); }
    Region(Region const&) = delete;
    Region& operator=(Region const&) = delete;

private:
    Semantics& semantics_;
};

}  // namespace guanjia::ui
