#pragma once
// What the parts of the settings have in common: a list on the left, a form in a card at its right.

#include <functional>
#include <string>

#include "web/views/views.h"

namespace guanjia {

inline constexpr float settings_form_width = 340;

void card_title(ui::Ui& ui, ui::Rect& inside, std::string const& words);

// Where there is no room for both, a button opens the form in the list's place, with a way back.
bool has_room_for_form(ui::Rect const& place);
bool opens_form(Stage const& stage, ui::Rect& place, std::string const& words);
void draw_adding(Stage const& stage, ui::Rect place, SettingsState& state, std::function<void(ui::Rect)> const& draw);

// A number beside its words; where there is little room, below them, in a row of list_row_height.
bool has_two_lines(ui::Rect const& list);
void draw_words_and_value(ui::Ui& ui, ui::Rect inside, bool two_lines, std::string const& words,
                          std::string const& value);

// True when it is to be sent.
bool draw_form_card(Stage const& stage, ui::Rect place, CommandForm& form, std::string const& title,
                    std::function<void(FormFields&, ui::Scroll&)> const& draw);
// The form of a command that is always there.
void begin_once(Stage const& stage, CommandForm& form, char const* command);
// Empties it, and says so.
void recorded(Stage const& stage, CommandForm& form, Accepted const& accepted);

void draw_people(Stage const& stage, ui::Rect place, SettingsState& state);
void draw_homes(Stage const& stage, ui::Rect place, SettingsState& state);

}  // namespace guanjia
