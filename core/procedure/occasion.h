#pragma once
// What a rule may know of the moment in which it is asked: values, no clock and no database.

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/procedure/calendar.h"
#include "core/procedure/parameters.h"
#include "core/procedure/plan.h"
#include "core/procedure/role.h"

namespace guanjia {

struct Occasion {
    LocalTime occurred_at;  // business time of what is reported; decides deadlines
    LocalTime recorded_at;  // when it was entered
    AnyId person;
    RoleSet roles;
    AnyId first_id;  // of the facts to add
    Parameters const& parameters;
    Calendar const& calendar;

    Plan plan() const { return Plan{first_id}; }
    std::int64_t parameter(Parameter name) const { return parameters.at(name, date_of(occurred_at)); }
};

// The opening hours of the desk on a day.
inline WorkingHours working_hours(Parameters const& parameters, Date on) {
    return {static_cast<int>(parameters.at(Parameter::desk_opening, on)),
            static_cast<int>(parameters.at(Parameter::desk_closing, on))};
}

}  // namespace guanjia
