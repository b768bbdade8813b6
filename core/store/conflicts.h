#pragma once
// Two desks changed the same attribute and neither had seen the other's change. The newer one stands; a person is told.

#include <string>
#include <vector>

#include "core/base/stamp.h"
#include "core/store/projection.h"

namespace guanjia {

struct Conflict {
    AnyId record;
    std::string kind;   // name of the description, or its number when a newer peer sent it
    std::string field;  // likewise
    std::uint16_t field_number = 0;
    Field const* described = nullptr;  // null when a newer peer sent it
    Stamp losing;
    std::string losing_value;
    std::string kept_value;
};

// Not yet settled, oldest first. Masked fields are masked.
std::vector<Conflict> open_conflicts(Database& database, Schema const& schema);
bool is_open_conflict(Database& database, AnyId record, std::int64_t field, std::uint64_t losing_ticks,
                      std::string_view losing_desk);

}  // namespace guanjia
