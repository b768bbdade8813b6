#include "web/widgets/feedback.h"

#include <algorithm>

#include "web/widgets/buttons.h"

namespace guanjia::ui {

std::string time_left_words(Ui const& ui, ProgressSpec const& spec) {
    // Of the first moments nothing follows.
    if (spec.all == 0 || spec.done == 0 || spec.seconds < 1) return {};
    auto const left =
        spec.seconds * static_cast<double>(spec.all - std::min(spec.done, spec.all)) / static_cast<double>(spec.done);
    if (left < 90) return ui.say("ui.seconds-left", {{"count", std::to_string(static_cast<int>(left) + 1)}});
    return ui.say("ui.minutes-left", {{"count", std::to_string(static_cast<int>(left / 60) + 1)}});
}

bool progress(Ui& ui, Rect place, ProgressSpec const& spec) {
    auto const& theme = ui.theme();
    auto const share =
        spec.all == 0 ? 0.0F : std::min(static_cast<float>(spec.done) / static_cast<float>(spec.all), 1.0F);
    auto& node = ui.semantics.add(0, NodeRole::progressbar, spec.label, place);
    node.value = std::to_string(static_cast<int>(share * 100));
    auto cancelled = false;
    if (spec.cancel)
        cancelled = button(ui, place.take_right(button_width(ui, {.label = ui.say("ui.cancel")}), 16).inset(0, 8),
                           {.label = ui.say("ui.cancel"), .key = "cancel " + spec.label});
    auto words = place.take_top(26);
    auto const amount = spec.all == 0 ? std::string{}
                                      : grouped(static_cast<std::int64_t>(spec.done)) + " / " +
                                            grouped(static_cast<std::int64_t>(spec.all));
    auto const left = time_left_words(ui, spec);
    auto const beside = left.empty() ? amount : amount + " · " + left;
    ui.line(words.take_right(ui.width_of(beside, {size::text_small}) + 2, 12), beside,
            {size::text_small, theme.text_2});
    ui.line(words, spec.label);
    Rect const bar{place.x, place.y + 4, place.w, 8};
    ui.fill(bar, theme.surface_2, 4);
    if (share > 0) ui.fill({bar.x, bar.y, std::max(bar.w * share, 8.0F), bar.h}, theme.accent, 4);
    return cancelled;
}

std::optional<double> toasts(Ui& ui, Rect page, std::deque<Toast>& shown, double seconds) {
    std::erase_if(shown, [seconds](Toast const& toast) { return seconds >= toast.until; });
    // On a small screen they would lie over what is being read.
    while (shown.size() > (page.w < 640 ? 1U : 3U)) shown.pop_front();
    std::optional<double> next;
    auto bottom = page.bottom() - 12;
    std::function<void()> act;
    for (auto place = shown.size(); place-- > 0;) {
        auto& toast = shown[place];
        next = std::min(next.value_or(toast.until), toast.until);
        auto const& theme = ui.theme();
        auto const bad = toast.tone == Tone::danger;
        auto const action = toast.action.empty() ? 0.0F : ui.width_of(toast.action) + 36;
        auto const room = std::min(page.w - 24, 460.0F);
        TextStyle const style{size::text_body, theme.text};
        auto const text_width = std::min(ui.width_of(toast.words, style) + 4, room - action - 64);
        auto const text_height = ui.height_of(toast.words, text_width, style);
        auto const height = std::max(text_height + 20, 46.0F);
        Rect const box{page.x + 12, bottom - height, text_width + action + 64, height};
        bottom = box.y - 8;
        auto const key = "toast " + std::to_string(place);
        Overlay const overlay{key, box, toast.action.empty() ? Overlay::Presses::pass : Overlay::Presses::take};
        ui.shadow(box, size::radius);
        ui.fill(box, theme.surface, size::radius);
        ui.outline(box, theme.line_strong, size::radius);
        ui.fill({box.x, box.y, 4, box.h}, colour_of(theme, toast.tone), 2);
        auto inside = box.inset(16, 0);
        ui.icon(inside.take_left(20, 10), bad ? icon::warning : icon::check, 18, colour_of(theme, toast.tone));
        auto const words = inside.take_left(text_width);
        ui.paragraph(words.x, box.centre_y() - text_height / 2, text_width, toast.words, style);
        if (toast.action.empty()) continue;
        Scope const scope{key};
        auto const part = inside.take_right(action - 8).inset(0, (box.h - 34) / 2);
        if (button(ui, part, {.label = toast.action, .kind = ButtonKind::quiet, .key = "act"})) {
            toast.until = seconds;
            act = std::move(toast.act);
        }
    }
    // Which may tell something itself, or take away what is still being told.
    if (act) act();
    return next;
}

std::optional<std::size_t> timeline(Ui& ui, Scroll& scroll, std::string_view name, std::vector<Moment> const& moments) {
    constexpr auto indent = 40.0F;
    auto const& theme = ui.theme();
    std::optional<std::size_t> acted;
    Region const region{ui.semantics, NodeRole::list, name, name};
    for (std::size_t index = 0; index < moments.size(); ++index) {
        auto const& moment = moments[index];
        auto const width = scroll.content.w - indent - 4;
        auto const height = ui.height_of(moment.words, width) + 26;
        auto const part = scroll.take(height, 14);
        if (!scroll.sees(part)) continue;
        Region const item{ui.semantics, NodeRole::listitem, {}, moment.key, part};
        Scope const scope{moment.key};
        Rect const disc{part.x, part.y + 2, 28, 28};
        // The line that leads to the next.
        if (index + 1 < moments.size())
            ui.fill({disc.centre_x() - 0.5F, disc.bottom() + 4, 1, part.bottom() + 10 - disc.bottom()}, theme.line);
        ui.fill(disc, theme.surface_2, 14);
        if (moment.icon) ui.icon(disc, moment.icon, 15, theme.text_2);
        auto head = Rect{part.x + indent, part.y, width, 24};
        TextStyle const style{size::text_small + 1, theme.text_2};
        head.take_left(ui.label(head, moment.head, style) + 10);
        if (!moment.clause.empty()) head.take_left(clause_mark(ui, head.x, head.centre_y(), moment.clause) + 8);
        if (!moment.mark.empty()) head.take_left(tag(ui, head.x, head.centre_y(), moment.mark, Tone::neutral) + 8);
        if (!moment.action.empty() && head.w > 28 &&
            icon_button(ui, {head.x, head.y - 2, 28, 28}, moment.action_icon, moment.action, "act"))
            acted = index;
        ui.body(part.x + indent, part.y + 25, width, moment.words,
                {size::text_body, moment.faded ? theme.text_3 : theme.text});
    }
    return acted;
}

}  // namespace guanjia::ui
