#include "web/widgets/charts.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "web/widgets/buttons.h"
#include "web/widgets/layout.h"

namespace guanjia::ui {

namespace {

constexpr float axis_width = 44;
constexpr float label_height = 24;
constexpr float legend_height = 26;

TextStyle faint(Ui const& ui) { return {12, ui.theme().text_2}; }

std::string words_of(ChartSpec const& spec, double value) {
    if (std::isnan(value)) return "–";
    if (spec.words) return spec.words(value);
    return grouped(static_cast<std::int64_t>(std::llround(value)));
}

// 1, 2 or 5 times a power of ten: about four lines up to the largest value.
double step_for(double largest) {
    if (!(largest > 0)) return 1;
    auto const power = std::pow(10.0, std::floor(std::log10(largest / 4)));
    for (auto const times : {1.0, 2.0, 5.0, 10.0})
        if (power * times * 4 >= largest) return power * times;
    return power * 10;
}

double value_at(ChartSeries const& series, std::size_t index) {
    return index < series.values.size() ? series.values[index] : std::nan("");
}

double largest_of(ChartSpec const& spec) {
    double largest = 0;
    for (std::size_t index = 0; index < spec.labels.size(); ++index) {
        double sum = 0;
        for (auto const& series : spec.series) {
            auto const value = value_at(series, index);
            if (std::isnan(value)) continue;
            sum += value;
            largest = std::max(largest, value);
        }
        if (spec.kind == ChartSpec::Kind::stacked) largest = std::max(largest, sum);
    }
    return largest;
}

void draw_legend(Ui& ui, Rect place, ChartSpec const& spec) {
    for (auto const& series : spec.series) {
        auto const width = ui.width_of(series.name, faint(ui)) + 30;
        if (width > place.w) return;
        auto part = place.take_left(width);
        auto const mark = part.take_left(12, 6);
        ui.fill({mark.x, mark.centre_y() - 5, 10, 10}, colour_of(ui.theme(), series.tone), 2);
        ui.line(part, series.name, faint(ui));
    }
}

void say_figures(Ui& ui, Rect place, ChartSpec const& spec) {
    // For who does not see it: the figures as the table that it is.
    Region const region{ui.semantics, NodeRole::table, spec.title, spec.key, place};
    for (std::size_t index = 0; index < spec.labels.size(); ++index) {
        Region const row{ui.semantics, NodeRole::row, {}, spec.labels[index]};
        ui.semantics.add(0, NodeRole::cell, spec.labels[index], {});
        for (auto const& series : spec.series)
            ui.semantics.add(0, NodeRole::cell, series.name + " " + words_of(spec, value_at(series, index)), {});
    }
}

void draw_table(Ui& ui, Rect place, ChartSpec const& spec) {
    auto const& theme = ui.theme();
    auto const width = std::min(110.0F, place.w / static_cast<float>(spec.series.size() + 1));
    Region const region{ui.semantics, NodeRole::table, spec.title, spec.key, place};
    {
        auto head = place.take_top(32);
        Region const row{ui.semantics, NodeRole::row, {}, "head", head};
        for (auto series = spec.series.rbegin(); series != spec.series.rend(); ++series) {
            auto const cell = head.take_right(width);
            ui.semantics.add(0, NodeRole::columnheader, series->name, cell);
            ui.line(cell, series->name, {size::text_small, theme.text_2}, 1);
        }
        ui.fill({place.x, place.y - 1, place.w, 1}, theme.line);
    }
    Scroll scroll{ui, "figures", place, {.role = NodeRole::rowgroup}};
    for (std::size_t index = 0; index < spec.labels.size(); ++index) {
        auto part = scroll.take(32);
        if (!scroll.sees(part)) continue;
        Region const row{ui.semantics, NodeRole::row, {}, spec.labels[index], part};
        for (auto series = spec.series.rbegin(); series != spec.series.rend(); ++series) {
            auto const cell = part.take_right(width);
            auto const words = words_of(spec, value_at(*series, index));
            ui.semantics.add(0, NodeRole::cell, words, cell);
            ui.line(cell, words, {}, 1);
        }
        ui.semantics.add(0, NodeRole::cell, spec.labels[index], part);
        ui.line(part, spec.labels[index], {size::text_body, theme.text_2});
    }
}

class Plot {
public:
    Plot(Ui& ui, Rect place, ChartSpec const& spec)
        : ui_{ui}, spec_{spec}, step_{step_for(largest_of(spec))}, place_{place} {
        top_ = step_ * std::max(std::ceil(largest_of(spec) / step_ - 1e-9), 1.0);
        place_.take_left(axis_width);
        labels_ = place_.take_bottom(label_height);
        place_.take_top(8);
        each_ = place_.w / static_cast<float>(std::max<std::size_t>(spec.labels.size(), 1));
    }

    void draw() {
        auto const& theme = ui_.theme();
        for (auto value = 0.0; value <= top_ + step_ / 2; value += step_) {
            auto const y = std::round(y_of(value));
            ui_.fill({place_.x, y, place_.w, 1}, value == 0 ? theme.line_strong : theme.line);
            ui_.line({place_.x - axis_width, y - 10, axis_width - 8, 20}, words_of(spec_, value), faint(ui_), 1);
        }
        // As many labels as have room.
        auto widest = 20.0F;
        for (auto const& label : spec_.labels) widest = std::max(widest, ui_.width_of(label, faint(ui_)) + 12);
        auto const every = static_cast<std::size_t>(std::max(std::ceil(widest / each_), 1.0F));
        for (std::size_t index = 0; index < spec_.labels.size(); index += every) {
            auto const middle = x_of(index);
            ui_.line({middle - widest / 2, labels_.y, widest, labels_.h}, spec_.labels[index], faint(ui_), 0.5F);
        }
        switch (spec_.kind) {
            case ChartSpec::Kind::bars: bars(); break;
            case ChartSpec::Kind::stacked: stacked(); break;
            case ChartSpec::Kind::lines: lines();
        }
        hover();
    }

private:
    float y_of(double value) const { return place_.bottom() - static_cast<float>(value / top_) * place_.h; }
    float x_of(std::size_t index) const { return place_.x + (static_cast<float>(index) + 0.5F) * each_; }

    void bar(float x, float width, double from, double to, Tone tone) {
        auto const top = y_of(to);
        ui_.fill({x, top, width, std::max(y_of(from) - top, 1.0F)}, colour_of(ui_.theme(), tone), 2);
    }
    void bars() {
        auto const count = static_cast<float>(std::max<std::size_t>(spec_.series.size(), 1));
        auto const width = std::min(each_ * 0.7F / count, 36.0F);
        for (std::size_t index = 0; index < spec_.labels.size(); ++index) {
            auto x = x_of(index) - width * count / 2;
            for (auto const& series : spec_.series) {
                auto const value = value_at(series, index);
                if (!std::isnan(value) && value > 0) bar(x, std::max(width - 2, 1.0F), 0, value, series.tone);
                x += width;
            }
        }
    }
    void stacked() {
        auto const width = std::min(each_ * 0.6F, 44.0F);
        for (std::size_t index = 0; index < spec_.labels.size(); ++index) {
            auto sum = 0.0;
            for (auto const& series : spec_.series) {
                auto const value = value_at(series, index);
                if (std::isnan(value) || value <= 0) continue;
                bar(x_of(index) - width / 2, width, sum, sum + value, series.tone);
                sum += value;
            }
        }
    }
    void lines() {
        auto* to = ImGui::GetWindowDrawList();
        for (auto const& series : spec_.series) {
            auto const colour = colour_of(ui_.theme(), series.tone);
            for (std::size_t index = 0; index < spec_.labels.size(); ++index) {
                auto const value = value_at(series, index);
                if (std::isnan(value)) continue;
                ImVec2 const point{x_of(index), y_of(value)};
                if (auto const next = value_at(series, index + 1); index + 1 < spec_.labels.size() && !std::isnan(next))
                    to->AddLine(point, {x_of(index + 1), y_of(next)}, colour, 2);
                if (spec_.labels.size() <= 40) to->AddCircleFilled(point, 3, colour);
            }
        }
    }

    // The figures of what the pointer is on.
    void hover() {
        auto const& mouse = ImGui::GetIO().MousePos;
        if (!place_.contains(mouse.x, mouse.y) || !ImGui::IsWindowHovered()) return;
        auto const index = static_cast<std::size_t>(std::max((mouse.x - place_.x) / each_, 0.0F));
        if (index >= spec_.labels.size()) return;
        auto const& theme = ui_.theme();
        auto width = ui_.width_of(spec_.labels[index], {size::text_small, 0, true});
        for (auto const& series : spec_.series)
            width = std::max(
                width,
                ui_.width_of(series.name + "  " + words_of(spec_, value_at(series, index)), {size::text_small}) + 18);
        Rect box{mouse.x + 14, mouse.y - 10, width + 24, 22.0F * static_cast<float>(spec_.series.size() + 1) + 14};
        if (box.right() > ui_.display_width() - 8) box.x = mouse.x - 14 - box.w;
        if (box.bottom() > ui_.display_height() - 8) box.y = ui_.display_height() - 8 - box.h;
        ui_.above([this_ui = &ui_, box, spec = spec_, index, &theme] {
            Overlay const overlay{"chart figures", box, Overlay::Presses::pass};
            this_ui->shadow(box, size::radius_small);
            this_ui->fill(box, theme.surface, size::radius_small);
            this_ui->outline(box, theme.line_strong, size::radius_small);
            auto inside = box.inset(12, 7);
            this_ui->line(inside.take_top(22), spec.labels[index], {size::text_small, 0, true});
            for (auto const& series : spec.series) {
                auto row = inside.take_top(22);
                auto const mark = row.take_left(10, 8);
                this_ui->fill({mark.x, mark.centre_y() - 4, 9, 9}, colour_of(theme, series.tone), 2);
                this_ui->line(row, series.name, {size::text_small, theme.text_2});
                this_ui->line(row, words_of(spec, value_at(series, index)), {size::text_small}, 1);
            }
        });
    }

    Ui& ui_;
    ChartSpec const& spec_;
    double step_;
    double top_ = 1;
    Rect place_;
    Rect labels_;
    float each_ = 1;
};

}  // namespace

void chart(Ui& ui, Rect place, ChartSpec const& spec, ChartState& state) {
    Scope const scope{spec.key};
    auto head = place.take_top(34, 4);
    auto const words = ui.say(state.as_table ? "ui.as-chart" : "ui.as-table");
    if (icon_button(ui, head.take_right(34, 8), state.as_table ? icon::chart : icon::table, words + " " + spec.title,
                    "as table"))
        state.as_table = !state.as_table;
    ui.heading(head, spec.title, 3, {size::text_body, 0, true});
    if (spec.labels.empty()) {
        empty_state(ui, place, icon::chart, ui.say("ui.no-figures"), ui.say("ui.no-figures-advice"));
        return;
    }
    if (state.as_table) return draw_table(ui, place, spec);
    say_figures(ui, place, spec);
    if (spec.series.size() > 1) draw_legend(ui, place.take_top(legend_height), spec);
    Plot{ui, place, spec}.draw();
}

void sparkline(Ui& ui, Rect place, std::span<double const> values, std::string_view name, Tone tone) {
    ui.semantics.add(0, NodeRole::image, name, place);
    auto least = 0.0;
    auto most = 0.0;
    for (auto const value : values) {
        if (std::isnan(value)) continue;
        least = std::min(least, value);
        most = std::max(most, value);
    }
    if (values.size() < 2 || most - least <= 0) return;
    auto* to = ImGui::GetWindowDrawList();
    auto const colour = colour_of(ui.theme(), tone);
    auto const point = [&](std::size_t index) {
        return ImVec2{place.x + place.w * static_cast<float>(index) / static_cast<float>(values.size() - 1),
                      place.bottom() - place.h * static_cast<float>((values[index] - least) / (most - least))};
    };
    for (std::size_t index = 0; index + 1 < values.size(); ++index)
        if (!std::isnan(values[index]) && !std::isnan(values[index + 1]))
            to->AddLine(point(index), point(index + 1), colour, 1.6F);
    if (!std::isnan(values.back())) to->AddCircleFilled(point(values.size() - 1), 2.6F, colour);
}

void share_bar(Ui& ui, Rect place, std::string_view name, std::span<Share const> shares) {
    auto const& theme = ui.theme();
    Region const region{ui.semantics, NodeRole::list, name, name, place};
    auto whole = 0.0;
    for (auto const& share : shares) whole += std::max(share.value, 0.0);
    auto bar = place.take_top(26, 6);
    auto const gaps = 2.0F * static_cast<float>(shares.empty() ? 0 : shares.size() - 1);
    auto const width = bar.w - gaps;
    auto columns = place;
    for (auto const& share : shares) {
        auto const part = whole > 0 ? width * static_cast<float>(std::max(share.value, 0.0) / whole) : 0;
        if (part > 0) ui.fill(bar.take_left(part, 2), colour_of(theme, share.tone), 3);
        auto column = columns.take_left(place.w / static_cast<float>(shares.size()));
        ui.semantics.add(0, NodeRole::listitem, share.label + " " + share.amount, column);
        auto upper = column.take_top(20);
        ui.fill({upper.x, upper.centre_y() - 4, 8, 8}, colour_of(theme, share.tone), 2);
        upper.take_left(14);
        ui.line(upper, share.label, {size::text_small, theme.text_2});
        ui.line(column.take_top(20), share.amount, {size::text_small, theme.text_2});
    }
}

}  // namespace guanjia::ui
