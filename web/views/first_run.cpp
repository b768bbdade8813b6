#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

void draw_brand(Ui& ui, Rect row) {
    auto const& theme = ui.theme();
    auto logo = row.take_left(40, 14);
    logo = {logo.x, logo.centre_y() - 20, 40, 40};
    ui.fill(logo, theme.accent, 9);
    ui.line(logo, "管", {20, theme.on_accent, true}, 0.5F);
    ui.heading(row, ui.say("ui.welcome"), 1, {size::text_page, 0, true});
}

}  // namespace

FirstRunAnswer draw_first_run(Ui& ui, Rect place, FirstRunState& state) {
    auto const& theme = ui.theme();
    FirstRunAnswer answer;
    ui.fill(place, theme.bg);
    Region const region{ui.semantics, NodeRole::main, ui.say("ui.welcome"), "first"};
    auto const width = std::min(place.w - 32, 560.0F);
    Scroll scroll{ui, "first", {place.x, place.y, place.w, place.h}};
    auto const top = std::max((place.h - state.height) * 0.4F, 16.0F);
    scroll.take(top);
    auto const left = place.x + (place.w - width) / 2;
    Rect box{left, scroll.content.y, width, state.height};
    card(ui, box);
    auto inside = box.inset(28, 24);
    inside.h = 2000;
    draw_brand(ui, inside.take_top(48, 4));
    auto const intro = ui.say("ui.welcome-words");
    auto const intro_height = ui.height_of(intro, inside.w);
    ui.body(inside.x, inside.y, inside.w, intro, {size::text_body, theme.text_2});
    inside.take_top(intro_height, 16);
    if (state.wiped) inside.take_top(refusal_box(ui, inside.x, inside.y, inside.w, *state.wiped), 16);

    ui.semantics.open(NodeRole::form, ui.say("ui.new-desk"), "new");
    auto const field = [&](Rect part, char const* key, char const* label, char const* hint, std::string& text) {
        auto const error = error_of(ui, state.refusal, key);
        text_field(ui, part, {.key = key, .label = ui.say(label), .hint = ui.say(hint), .required = true}, text);
    };
    auto row = inside.take_top(field_height(ui, {}), 14);
    auto const half = (row.w - 16) / 2;
    field(row.take_left(half, 16), "centre", "ui.centre-code", "ui.centre-code-hint", state.centre_code);
    field(row, "desk", "ui.desk-number", "ui.desk-number-hint", state.desk);
    field(inside.take_top(field_height(ui, {}), 14), "name", "ui.centre-name", "ui.centre-name-hint",
          state.centre_name);
    row = inside.take_top(field_height(ui, {}), 14);
    field(row.take_left(half, 16), "manager", "ui.manager-name", "ui.manager-name-hint", state.manager_name);
    field(row, "code", "ui.work-number", "ui.work-number-hint", state.manager_code);
    checkbox(ui, inside.take_top(32, 14), "headquarters", ui.say("ui.is-headquarters"), state.headquarters);
    if (state.refusal) inside.take_top(refusal_box(ui, inside.x, inside.y, inside.w, *state.refusal), 14);
    auto buttons = inside.take_top(40);
    ButtonSpec const sample{.label = ui.say("ui.open-sample")};
    auto const sample_width = button_width(ui, sample);
    answer.create = button(ui, buttons.take_left(std::min(buttons.w - sample_width - 12, 160.0F), 12),
                           {.label = ui.say("ui.begin"), .kind = ButtonKind::primary});
    ui.semantics.close();
    answer.sample = button(ui, buttons.take_left(sample_width), sample);
    inside.take_top(14);
    inside.take_top(ui.body(inside.x, inside.y, inside.w, ui.say("ui.sample-words"), {size::text_small, theme.text_2}));
    // The card is as tall as what was just drawn in it.
    if (auto const height = inside.y + 24 - box.y; height != state.height) {
        state.height = height;
        ui.wake(1);
    }
    scroll.take(box.h + 16);
    return answer;
}

void draw_preparing(Ui& ui, Rect place, ProgressSpec const& spec) {
    ui.fill(place, ui.theme().bg);
    Region const region{ui.semantics, NodeRole::main, ui.say("ui.welcome"), "preparing"};
    auto const width = std::min(place.w - 32, 520.0F);
    Rect const box{place.x + (place.w - width) / 2, place.y + std::max((place.h - 160) / 3, 16.0F), width, 160};
    card(ui, box);
    auto inside = box.inset(28, 24);
    draw_brand(ui, inside.take_top(48, 12));
    progress(ui, inside.take_top(progress_height), spec);
}

WaitingAnswer draw_waiting(Ui& ui, Rect place, NotOpen why, std::string const& reason) {
    auto const& theme = ui.theme();
    ui.fill(place, theme.bg);
    ui.semantics.open(NodeRole::main, {}, "waiting");
    auto const width = std::min(place.w - 32, 520.0F);
    auto const other = why == NotOpen::other_tab;
    auto const cut = why == NotOpen::cut;
    auto const words = other                            ? ui.say("ui.other-tab-words")
                       : why == NotOpen::storage_failed ? ui.say("ui.storage-failed-words")
                                                        : reason;
    auto const words_height = ui.height_of(words, width - 56);
    Rect const box{place.x + (place.w - width) / 2, place.y + std::max((place.h - 260) / 3, 16.0F), width,
                   words_height + 168};
    card(ui, box);
    auto inside = box.inset(28, 24);
    auto head = inside.take_top(32, 12);
    ui.icon(head.take_left(28, 10), other ? icon::read_only : icon::warning, 24, other ? theme.accent : theme.danger);
    auto const* const title = other ? "ui.other-tab" : cut ? "ui.records-cut" : "ui.cannot-open";
    ui.heading(head, ui.say(title), 1, {size::text_title, 0, true});
    ui.body(inside.x, inside.y, inside.w, words, {size::text_body, theme.text_2});
    inside.take_top(words_height, 24);
    auto answer = WaitingAnswer::none;
    auto buttons = inside.take_top(40);
    if (cut && button_left(ui, buttons, {.label = ui.say("ui.save-a-file"), .kind = ButtonKind::primary}))
        answer = WaitingAnswer::save;
    auto const* const go_on = other ? "ui.take-over" : cut ? "ui.go-on" : "ui.try-again";
    if (button_left(ui, buttons, {.label = ui.say(go_on), .kind = cut ? ButtonKind::secondary : ButtonKind::primary}))
        answer = WaitingAnswer::go_on;
    ui.semantics.close();
    return answer;
}

}  // namespace guanjia
