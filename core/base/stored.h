#pragma once
// A fact with what every fact has: its id, its stamp, when it happened and who entered it.

#include "core/base/id.h"
#include "core/base/stamp.h"
#include "core/base/time.h"

namespace guanjia {

template <class Entity>
struct Stored {
    Id<Entity> id;
    Stamp stamp;
    LocalTime occurred_at = no_time;  // business time
    AnyId recorded_by;                // a member of staff, or none while a desk is set up
    Entity value;
};

}  // namespace guanjia
