#pragma once
// Decisions about photos, pure functions of values.

#include "core/service/rules.h"

namespace guanjia {

// The photo's bytes are in their place already: nothing names what could be lost.
Result<Plan> add_photo(Occasion const& occasion, TicketFacts const& facts, Photo photo);

}  // namespace guanjia
