#pragma once
// The sample centre: an invented estate with people, units and two weeks of work up to now, made by the same commands
// that a desk would have used (assets/sample/centre.json).

#include <cstdint>
#include <functional>

#include "core/desk/desk.h"

namespace guanjia {

DeskIdentity sample_identity();

// Fills a desk that was just made with sample_identity(). `shift_clock` is told by how many milliseconds the desk's
// clock is to be off while the past is written. Gives the id of the person who is at the desk.
Result<AnyId> fill_sample(Desk& desk, LocalTime now, std::function<void(std::int64_t)> const& shift_clock);

}  // namespace guanjia
