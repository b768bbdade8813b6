#pragma once
// Charts that can be read in every theme, and whose figures can be had as a table.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/ui.h"

namespace guanjia::ui {

struct ChartSeries {
    std::string name;
    std::vector<double> values;  // one per label; not a number where there is none
    Tone tone = Tone::accent;
};

struct ChartSpec {
    enum class Kind : std::uint8_t { bars, lines, stacked };
    std::string key;
    std::string title;
    Kind kind = Kind::bars;
    std::vector<std::string> labels;
    std::vector<ChartSeries> series;
    std::function<std::string(double)> words;  // of a value; a whole number when there is none
};

struct ChartState {
    bool as_table = false;
};
void chart(Ui& ui, Rect place, ChartSpec const& spec, ChartState& state);

// One line without axes, beside a figure. `name` says what it shows.
void sparkline(Ui& ui, Rect place, std::span<double const> values, std::string_view name, Tone tone = Tone::accent);

// Parts of a whole side by side, with a label and an amount below each.
struct Share {
    std::string label;
    std::string amount;
    double value = 0;
    Tone tone = Tone::accent;
};
void share_bar(Ui& ui, Rect place, std::string_view name, std::span<Share const> shares);

}  // namespace guanjia::ui
