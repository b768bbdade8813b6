#pragma once
// Times, spans and names as people say them.

#include <string>

#include "core/desk/snapshots.h"
#include "core/procedure/parameters.h"
#include "web/widgets/ui.h"

namespace guanjia {

// "今天 18:00", "昨天 18:00", "周五 18:00" within the week around, else "11月20日 18:00".
std::string when(ui::Ui const& ui, LocalTime time);
// "3月9日至3月15日".
std::string days_words(ui::Ui const& ui, DayRange days);
std::string day_words(ui::Ui const& ui, Date date);
std::string clock_words(LocalTime time);  // "09:41"
// "11月24日", "24 Nov"
std::string date_words(ui::Ui const& ui, Date date);
// "11月23日 周一 09:41"
std::string moment_words(ui::Ui const& ui, LocalTime time);
// "2 天 15 小时", "1 小时 19 分", "12 分钟".
std::string span_words(ui::Ui const& ui, std::int64_t seconds);
// With a capital, as a line or a label begins where the writing has them.
std::string sentence_case(std::string words);
// "97.3%"; "100%" and "0%" only of all and none. Of nothing there is no figure.
std::string share_words(ui::Ui const& ui, std::int64_t part, std::int64_t all);
// How far a due time is: "逾期 15 小时", "剩 12 分钟", "今天", "明天", a weekday, a date; and how it looks.
struct DueWords {
    std::string words;
    ui::Tone tone;
    char const* icon;
};
DueWords due_words(ui::Ui const& ui, LocalTime due);

// A number of the procedures with its unit.
std::string parameter_words(ui::Ui const& ui, ParameterRow const& row, std::int64_t value);

std::string role_name(ui::Ui const& ui, Role role);
// The highest of several.
std::string main_role(ui::Ui const& ui, RoleSet roles);

// What a duty asks for, in a few words: "回访", "首次响应" …
// What is to be done, and about what.
std::string duty_title(ui::Ui const& ui, DutyLine const& line);
std::string duty_name(ui::Ui const& ui, Duty const& duty);
struct StateWords {
    std::string words;
    ui::Tone tone;
};
StateWords ticket_state_words(ui::Ui const& ui, TicketLine const& line);

// The icon that goes with a choice; null where none does.
char const* choice_icon(std::span<Choice const> choices, std::int64_t value);

// The first character of a name, for its disc.
std::string initial_of(std::string const& name);
std::string join_dots(std::initializer_list<std::string> parts);

}  // namespace guanjia
