#pragma once
// Dates and times: typed as people write them, or picked from a month that knows working days.

#include <functional>
#include <optional>
#include <string>

#include "web/widgets/fields.h"

namespace guanjia::ui {

enum class DayKind : std::uint8_t { working, weekend, holiday, make_up };
using DayKinds = std::function<DayKind(Date)>;

struct DatePickerState {
    bool open = false;
    Date marked = no_date;  // in the month that is open
};
// `text` is as typed while the field has the keyboard, and "2026-11-28" afterwards when it can be read. Days before
// `earliest` cannot be picked. True when it has changed.
bool date_field(Ui& ui, Rect place, FieldSpec spec, std::string& text, DatePickerState& state, DayKinds const& kinds,
                Date earliest = no_date);

// "09:30" afterwards. A list of every half hour between the two minutes of the day opens below it.
struct ClockPickerState {
    PickerState list;
};
bool clock_field(Ui& ui, Rect place, FieldSpec spec, std::string& text, ClockPickerState& state, int opening,
                 int closing);

}  // namespace guanjia::ui
