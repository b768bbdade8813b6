#pragma once
// What is told while and after something is done: progress, passing words, and what happened, in order.

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "web/widgets/layout.h"

namespace guanjia::ui {

struct ProgressSpec {
    std::string label;
    std::uint64_t done = 0;
    std::uint64_t all = 0;  // 0: not known
    double seconds = 0;     // since it began, for the time that remains
    bool cancel = false;    // may be given up
};
inline constexpr float progress_height = 54;
// True when it is to be given up.
bool progress(Ui& ui, Rect place, ProgressSpec const& spec);
// "about 12 s left"; empty while nothing can be said.
std::string time_left_words(Ui const& ui, ProgressSpec const& spec);

// Words in passing, with something to do while they are there. They stand at the lower left, where the rail leaves
// room: neither over what a panel is called and closed by nor over what sends a form.
struct Toast {
    std::string words;
    Tone tone = Tone::ok;
    std::string action = {};
    std::function<void()> act = {};
    double until = 0;  // seconds of the page's clock
};
// Draws those whose time has not passed, the newest lowest; the time at which the next one goes.
std::optional<double> toasts(Ui& ui, Rect page, std::deque<Toast>& shown, double seconds);

// One thing that happened.
struct Moment {
    std::string key;
    char const* icon = nullptr;
    std::string head;  // when, and who
    std::string words;
    std::string clause = {};
    std::string mark = {};    // a word behind the head, such as "void"
    std::string action = {};  // name of what can be done with it
    char const* action_icon = nullptr;
    bool faded = false;
};
// The index of the one whose action was pressed.
std::optional<std::size_t> timeline(Ui& ui, Scroll& scroll, std::string_view name, std::vector<Moment> const& moments);

}  // namespace guanjia::ui
