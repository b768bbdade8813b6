#include "web/widgets/semantics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace guanjia::ui {

namespace {

constexpr std::string_view role_names[] = {
    "button",     "radio",    "checkbox", "switch",    "tab",       "option",     "menuitem",    "menuitemcheckbox",
    "textbox",    "password", "combobox", "searchbox", "multiline", "navigation", "main",        "complementary",
    "banner",     "region",   "form",     "dialog",    "list",      "listitem",   "listbox",     "menu",
    "radiogroup", "group",    "tablist",  "table",     "grid",      "rowgroup",   "row",         "columnheader",
    "cell",       "heading",  "text",     "img",       "status",    "alert",      "progressbar",
};
static_assert(std::size(role_names) == static_cast<std::size_t>(NodeRole::progressbar) + 1);

std::uint32_t mix(std::uint32_t hash, std::string_view text) {
    for (auto const character : text) hash = (hash ^ static_cast<unsigned char>(character)) * 16777619U;
    return hash;
}

void append_text(std::string& json, std::string_view text) {
    json += '"';
    for (auto const character : text) {
        auto const byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            json += '\\';
            json += character;
        } else if (byte < 0x20) {
            fmt::format_to(std::back_inserter(json), "\\u{:04x}", byte);
        } else {
            json += character;
        }
    }
    json += '"';
}

// A quarter of a pixel is all that anyone can see: places are told in quarters.
int quarters(float value) { return static_cast<int>(value * 4 + (value < 0 ? -0.5F : 0.5F)); }

// What a person types into may differ from what was told: it is always told.
bool is_editable(NodeRole role) {
    return role == NodeRole::textbox || role == NodeRole::password || role == NodeRole::combobox ||
           role == NodeRole::searchbox || role == NodeRole::multiline;
}

// role, name, value, x, y, w, h, state, keys, extra, then what few have: {level, mode, …}
void append_node(std::string& json, Node const& node, std::array<int, 4> place) {
    auto const to = std::back_inserter(json);
    fmt::format_to(to, "\"{}\",", role_names[static_cast<std::size_t>(node.role)]);
    append_text(json, node.name);
    json += ',';
    append_text(json, node.value);
    for (auto const number : place) fmt::format_to(to, ",{}", number);
    fmt::format_to(to, ",{},", static_cast<unsigned>(node.state));
    append_text(json, node.keys);
    json += ',';
    append_text(json, node.extra);
    auto const begin = json.size();
    auto const more = [&](char const* name, std::uint32_t value) {
        if (value != 0) fmt::format_to(to, "{}\"{}\":{}", json.size() == begin ? ",{" : ",", name, value);
    };
    more("level", node.level);
    more("mode", static_cast<std::uint32_t>(node.input_mode));
    more("index", node.index);
    more("count", node.count);
    more("controls", node.controls);
    more("active", node.active);
    if (!node.shortcut.empty()) {
        json += json.size() == begin ? ",{\"shortcut\":" : ",\"shortcut\":";
        append_text(json, node.shortcut);
    }
    if (node.content_height > 0)
        fmt::format_to(to, "{}\"scroll\":[{},{},{},{},{}]", json.size() == begin ? ",{" : ",",
                       quarters(node.content_width), quarters(node.content_height), quarters(node.scroll_x),
                       quarters(node.scroll_y), quarters(node.scroll_to));
    if (json.size() != begin) json += '}';
}

}  // namespace

void Semantics::begin_frame() {
    before_.swap(nodes_);
    shortcuts_before_.swap(shortcuts_);
    nodes_.clear();
    parents_.clear();
    places_before_.swap(places_);
    used_.clear();
    shortcuts_.clear();
    open_.assign(1, {0, 0, 0});
}

std::uint32_t Semantics::next_id(NodeRole role, std::string_view key) {
    auto& parent = open_.back();
    ++parent.children;
    auto const hash = mix(2166136261U ^ parent.id, role_names[static_cast<std::size_t>(role)]);
    auto id = key.empty() ? mix(hash, std::to_string(parent.children)) : mix(hash, key);
    // Ids are hashes; two that meet on one page step aside.
    while (id == 0 || used_.count(id) != 0) ++id;
    return id;
}

void Semantics::open(NodeRole role, std::string_view name, std::string_view key, Rect rect, NodeState state) {
    open_as(next_id(role, key), role, name, rect, state);
}

Node& Semantics::open_as(std::uint32_t id, NodeRole role, std::string_view name, Rect rect, NodeState state) {
    auto& node = add(id, role, name, rect, state);
    open_.push_back({node.id, 0, nodes_.size() - 1});
    return node;
}

Node& Semantics::close() {
    assert(open_.size() > 1);
    auto const [id, children, place] = open_.back();
    open_.pop_back();
    auto& rect = nodes_[place].rect;
    if (!rect.empty()) return nodes_[place];
    for (auto index = place + 1; index < nodes_.size(); ++index)
        if (nodes_[index].parent == id) rect = rect.empty() ? nodes_[index].rect : rect.united(nodes_[index].rect);
    return nodes_[place];
}

Node& Semantics::add(std::uint32_t id, NodeRole role, std::string_view name, Rect rect, NodeState state) {
    if (id == 0) id = next_id(role, {});
    // What a view keys alike is still told as two: the page would lose the one and never be rid of the other.
    while (!used_.insert(id).second) ++id;
    parents_.push_back(open_.size() > 1 ? open_.back().place : SIZE_MAX);
    auto& node = nodes_.emplace_back();
    node.id = id;
    node.parent = open_.back().id;
    node.role = role;
    node.name = name;
    node.rect = rect;
    node.state = state;
    return node;
}

void Semantics::text(std::string_view words, Rect rect) {
    if (!words.empty()) add(0, NodeRole::text, words, rect);
}

void Semantics::heading(std::string_view words, Rect rect, std::uint8_t level) {
    add(0, NodeRole::heading, words, rect).level = level;
}

void Semantics::shortcut(std::string_view key) { shortcuts_.emplace_back(key); }

void Semantics::announce(std::string_view words) { announcement_ = words; }

void Semantics::find_places() {
    places_.clear();
    for (std::size_t index = 0; index < nodes_.size(); ++index) {
        auto const& node = nodes_[index];
        auto const parent = parents_[index] == SIZE_MAX ? Place{} : places_[parents_[index]];
        Place place;
        auto const x = quarters(node.rect.x);
        auto const y = quarters(node.rect.y);
        place.left = x - parent.origin_x;
        place.top = y - parent.origin_y;
        place.width = quarters(node.rect.w);
        place.height = quarters(node.rect.h);
        auto const placed = place.width > 0 || place.height > 0;
        auto const scrolls = node.content_height > 0;
        place.origin_x = placed ? x - (scrolls ? quarters(node.scroll_x) : 0) : parent.origin_x;
        place.origin_y = placed ? y - (scrolls ? quarters(node.scroll_y) : 0) : parent.origin_y;
        places_.push_back(place);
    }
}

bool Semantics::is_as_before(std::size_t index, std::size_t before) {
    auto const& node = nodes_[index];
    if (is_editable(node.role) || !places_[index].looks_like(places_before_[before])) return false;
    // Where it stands on the page is not told.
    auto& known = before_[before];
    auto const rect = std::exchange(known.rect, node.rect);
    auto const same = known == node;
    known.rect = rect;
    return same;
}

std::string Semantics::end_frame() {
    assert(open_.size() == 1);
    if (!tells_anew_ && nodes_ == before_ && shortcuts_ == shortcuts_before_ && announcement_.empty() && !blur_) {
        places_ = places_before_;
        return {};
    }
    find_places();
    auto const anew = std::exchange(tells_anew_, false);
    std::unordered_map<std::uint32_t, std::size_t> before;
    for (std::size_t index = 0; index < before_.size(); ++index) before.emplace(before_[index].id, index);
    std::vector<bool> stays(before_.size());
    std::vector<bool> is_new(nodes_.size());
    std::vector<std::uint32_t> last_child(nodes_.size());  // of each node, so far
    std::uint32_t last_of_page = 0;
    std::size_t passed = 0;  // of those before
    std::string json = "{\"nodes\":[";
    for (std::size_t index = 0; index < nodes_.size(); ++index) {
        auto& node = nodes_[index];
        auto const parent = parents_[index];
        auto const after = std::exchange(parent == SIZE_MAX ? last_of_page : last_child[parent], node.id);
        auto const known = before.find(node.id);
        // An element keeps its role.
        auto const is_there = known != before.end() && before_[known->second].role == node.role;
        is_new[index] = !is_there;
        auto in_order = false;
        auto as_before = false;
        if (is_there) {
            stays[known->second] = true;
            in_order = known->second >= passed && (parent == SIZE_MAX || !is_new[parent]);
            if (in_order) passed = known->second + 1;
            as_before = !anew && is_as_before(index, known->second);
        }
        if (in_order && as_before) continue;
        if (json.back() != '[') json += ',';
        fmt::format_to(std::back_inserter(json), "[{},{},{}", node.id, node.parent, after);
        if (!as_before) {
            auto const& place = places_[index];
            json += ',';
            append_node(json, node, {place.left, place.top, place.width, place.height});
        }
        json += ']';
        // Asked for once; the next frame need not differ because of it.
        node.state = static_cast<NodeState>(static_cast<unsigned>(node.state) & ~static_cast<unsigned>(take_focus));
        node.scroll_to = -1;
    }
    json += "],\"gone\":[";
    for (std::size_t index = 0; index < before_.size(); ++index) {
        if (stays[index]) continue;
        if (json.back() != '[') json += ',';
        json += std::to_string(before_[index].id);
    }
    json += "],\"shortcuts\":[";
    for (std::size_t index = 0; index < shortcuts_.size(); ++index) {
        if (index > 0) json += ',';
        append_text(json, shortcuts_[index]);
    }
    json += "],\"announce\":";
    append_text(json, announcement_);
    json += std::exchange(blur_, false) ? ",\"blur\":true}" : "}";
    announcement_.clear();
    return json;
}

}  // namespace guanjia::ui
