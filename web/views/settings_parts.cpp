#include "web/views/settings_parts.h"

namespace guanjia {

using namespace ui;

void card_title(Ui& ui, Rect& inside, std::string const& words) {
    ui.heading(inside.take_top(28, 10), words, 2, {size::text_body + 1, 0, true});
}

bool has_two_lines(Rect const& list) { return list.w < 480; }

void draw_words_and_value(Ui& ui, Rect inside, bool two_lines, std::string const& words, std::string const& value) {
    TextStyle const strong{size::text_body, 0, true};
    if (two_lines) ui.label(inside.take_top(24), words);
    else ui.label(inside.take_right(std::min(ui.width_of(value, strong) + 2, inside.w * 0.5F), 12), value, strong, 1);
    if (two_lines) ui.label(inside, value, strong);
    else ui.label(inside, words);
}

bool has_room_for_form(Rect const& place) { return place.w > 700; }

bool opens_form(Stage const& stage, Rect& place, std::string const& words) {
    auto row = place.take_top(stage.ui.metrics.control, 10);
    return button(stage.ui, row.take_left(button_width(stage.ui, {.label = words, .icon = icon::plus})),
                  {.label = words, .icon = icon::plus, .kind = ButtonKind::primary});
}

void draw_adding(Stage const& stage, Rect place, SettingsState& state, std::function<void(Rect)> const& draw) {
    auto& ui = stage.ui;
    auto row = place.take_top(ui.metrics.control, 10);
    if (button_left(ui, row, {.label = stage.say("ui.back"), .icon = icon::chevron_left})) state.adding = false;
    draw(place);
}

bool draw_form_card(Stage const& stage, Rect place, CommandForm& form, std::string const& title,
                    std::function<void(FormFields&, Scroll&)> const& draw) {
    auto& ui = stage.ui;
    card(ui, place);
    // What sends stays in sight, however many fields there are.
    auto footer = place.take_bottom(ui.metrics.control + 24);
    ui.horizontal_line(footer.x + 1, footer.y, footer.w - 2);
    {
        Scroll scroll{ui,
                      form.command(),
                      place.inset(20, 0),
                      {.role = NodeRole::form, .name = title, .bar = Scroll::Bar::beside}};
        scroll.take(14);
        ui.heading(scroll.take(28, 10), title, 2, {size::text_body + 1, 0, true});
        FormFields fields{stage, scroll, form};
        fields.head();
        draw(fields, scroll);
    }
    Scope const scope{form.command()};
    auto const send =
        button(ui, footer.inset(20, 12),
               {.label = title, .icon = icon::plus, .kind = ButtonKind::primary, .off = form.sent, .key = "send"});
    form.keep(stage);
    return send && !form.sent;
}

void begin_once(Stage const& stage, CommandForm& form, char const* command) {
    if (!form.is(command)) form.begin(stage, command);
}

void recorded(Stage const& stage, CommandForm& form, Accepted const& accepted) {
    form.clear(stage);
    tell_done(stage, stage.say("ui.recorded"), accepted);
}

}  // namespace guanjia
