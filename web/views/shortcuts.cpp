// The sheet of shortcuts: what works on the screen that is shown.

#include <algorithm>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

// "Control+Enter" as it stands on the keys.
std::string key_words(std::string_view key) {
    std::string words;
    while (!key.empty()) {
        auto const plus = key.size() > 1 ? key.find('+', 1) : std::string_view::npos;
        auto const part = key.substr(0, plus);
        key.remove_prefix(plus == std::string_view::npos ? key.size() : plus + 1);
        if (!words.empty()) words += " + ";
        if (part == "Control") words += "Ctrl";
        else if (part == "Enter") words += "↵";
        else if (part == "Escape") words += "Esc";
        else if (part == "ArrowDown") words += "↓";
        else if (part == "ArrowUp") words += "↑";
        else if (part.size() == 1 && part[0] >= 'a' && part[0] <= 'z') words += static_cast<char>(part[0] - 'a' + 'A');
        else words += part;
    }
    return words;
}

constexpr float row_height = 38;

void draw_keys(Ui& ui, Rect place, std::string const& name, std::vector<Shortcut> const& shown) {
    auto const& theme = ui.theme();
    Scroll scroll{ui, "keys", place, {.role = NodeRole::list, .name = name}};
    for (auto const& shortcut : shown) {
        auto row = scroll.take(row_height);
        auto const keys = key_words(shortcut.key);
        Region const item{ui.semantics, NodeRole::listitem, {}, shortcut.key, row};
        ui.semantics.text(shortcut.words + " " + keys, row);
        TextStyle const style{size::text_small, theme.text_2, true};
        auto key = row.take_right(ui.width_of(keys, style) + 18);
        key = {key.x, key.centre_y() - 13, key.w, 26};
        ui.fill(key, theme.surface_2, size::radius_small);
        ui.outline(key, theme.line_strong, size::radius_small);
        ui.line(key, keys, style, 0.5F);
        ui.line(row, shortcut.words);
        ui.horizontal_line(row.x, row.bottom() - 1, row.w + key.w);
    }
}

}  // namespace

void draw_shortcuts(Stage const& stage, Rect page, bool& open) {
    auto& ui = stage.ui;
    // Of one key on one screen the last word counts.
    std::vector<Shortcut> shown;
    for (auto const& shortcut : ui.shortcuts())
        if (std::none_of(shown.begin(), shown.end(), [&](auto const& other) { return other.key == shortcut.key; }))
            shown.push_back(shortcut);
    for (auto const& [key, words] : {std::pair{"Tab", "ui.shortcut-tab"}, std::pair{"ArrowDown", "ui.shortcut-arrows"},
                                     std::pair{"Escape", "ui.shortcut-escape"}})
        shown.push_back({key, stage.say(words)});

    auto const rows = static_cast<float>(shown.size()) * row_height;
    auto height = std::min(90 + rows + ui.metrics.control, page.h - 32);
    Dialog dialog{ui, "shortcuts", stage.say("ui.shortcuts"), page, 460, height};
    auto row = dialog.inside.take_bottom(ui.metrics.control, 12);
    draw_keys(ui, dialog.inside, stage.say("ui.shortcuts"), shown);
    dialog.inside.y = row.bottom();
    if (button_right(ui, row, {.label = stage.say("ui.close-panel"), .key = "close"}) || dialog.dismissed) open = false;
}

}  // namespace guanjia
