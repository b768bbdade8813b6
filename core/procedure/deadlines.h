#pragma once
// When the periods that clauses name come to an end: by the parameters and opening hours of the day on which they begin
// (GEN-S5), and by the working calendar.

#include <algorithm>

#include "core/procedure/calendar.h"
#include "core/procedure/parameters.h"

namespace guanjia {

// The opening hours of the desk on a day.
inline WorkingHours working_hours(Parameters const& parameters, Date on) {
    return {static_cast<int>(parameters.at(Parameter::desk_opening, on)),
            static_cast<int>(parameters.at(Parameter::desk_closing, on))};
}

class Deadlines {
public:
    Deadlines(Parameters const& parameters, Calendar const& calendar) : parameters_{parameters}, calendar_{calendar} {}

    std::int64_t number(Parameter name, LocalTime from) const { return parameters_.at(name, date_of(from)); }
    WorkingHours hours(LocalTime from) const { return working_hours(parameters_, date_of(from)); }

    // The parameter counts minutes in which the desk is open.
    LocalTime after_minutes(LocalTime from, Parameter minutes) const {
        return calendar_.add_working_minutes(from, number(minutes, from), hours(from));
    }
    // The parameter counts working days: closing time of the last of them.
    LocalTime after_working_days(LocalTime from, Parameter days) const {
        return calendar_.closing_after_working_days(from, number(days, from), hours(from));
    }
    // Closing time of the day of `from`; when the desk has closed by then, of the next working day.
    LocalTime same_working_day(LocalTime from) const {
        auto const today = date_of(from);
        auto const closing = at_minute(today, hours(from).closing);
        if (calendar_.is_working_day(today) && from <= closing) return closing;
        return calendar_.closing_after_working_days(from, 1, hours(from));
    }
    LocalTime closing_of(Date date) const { return at_minute(date, working_hours(parameters_, date).closing); }
    LocalTime opening_of(Date date) const { return at_minute(date, working_hours(parameters_, date).opening); }

    // That day, or the first working day after it.
    Date working_day_from(Date date) const {
        return calendar_.is_working_day(date) ? date : calendar_.add_working_days(date, 1);
    }
    // The last working day from `first` to `last`; when there is none, the next one after them.
    Date last_working_day(Date first, Date last) const {
        for (auto date = last; date >= first; date = add_days(date, -1))
            if (calendar_.is_working_day(date)) return date;
        return working_day_from(add_days(last, 1));
    }
    bool is_provisional(LocalTime due) const { return calendar_.is_provisional(date_of(due)); }
    Calendar const& calendar() const { return calendar_; }
    Parameters const& parameters() const { return parameters_; }

private:
    Parameters const& parameters_;
    Calendar const& calendar_;
};

}  // namespace guanjia
