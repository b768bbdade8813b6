#pragma once
// What a rule may know of the moment in which it is asked: values, no clock and no database.

#include <optional>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/procedure/deadlines.h"
#include "core/procedure/guards.h"
#include "core/procedure/plan.h"
#include "core/procedure/role.h"
#include "core/procedure/wordings.h"

namespace guanjia {

struct Occasion {
    LocalTime occurred_at;  // business time of what is reported; decides deadlines
    LocalTime recorded_at;  // when it was entered
    AnyId person;
    RoleSet roles;
    AnyId first_id;  // of the facts to add
    Parameters const& parameters;
    Calendar const& calendar;
    Wordings const& wordings;

    std::uint64_t chance;  // for a command that draws lots: random, of this occasion alone; it is recorded

    // The guard that someone entitled to it has overridden, if any: one at a time, an exception to two is none.
    std::optional<Guard> overridden = {};

    bool overrides(Guard guard) const { return overridden == guard; }
    Plan plan() const { return Plan{first_id}; }
    Deadlines deadlines() const { return {parameters, calendar}; }
    std::int64_t parameter(Parameter name) const { return parameters.at(name, date_of(occurred_at)); }
};

}  // namespace guanjia
