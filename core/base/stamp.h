#pragma once
// Hybrid logical clock: a stamp is later than every stamp its desk had seen when it was made, and stays close to the
// wall clock. Two stamps are equal only when they are the same stamp.

#include <compare>
#include <cstdint>

#include "core/base/id.h"

namespace guanjia {

struct Stamp {
    // Milliseconds since 1970-01-01 UTC in the upper 48 bits, a counter in the lower 16.
    std::uint64_t ticks = 0;
    Incarnation desk = 0;

    constexpr explicit operator bool() const { return ticks != 0; }
    constexpr std::int64_t milliseconds() const { return static_cast<std::int64_t>(ticks >> 16); }
    friend constexpr bool operator==(Stamp const&, Stamp const&) = default;
    friend constexpr auto operator<=>(Stamp const&, Stamp const&) = default;
};

class HybridClock {
public:
    HybridClock(Incarnation desk, std::uint64_t last_ticks) : desk_{desk}, last_{last_ticks} {}

    // The next stamp for a wall clock in milliseconds UTC. A clock set back does not move it back.
    Stamp next(std::int64_t wall_milliseconds) {
        auto const wall = wall_milliseconds <= 0 ? 0 : static_cast<std::uint64_t>(wall_milliseconds) << 16;
        last_ = wall > last_ ? wall : last_ + 1;
        return {last_, desk_};
    }

    // A stamp of another desk was taken in: later stamps of this desk come after it.
    void saw(Stamp stamp) {
        if (stamp.ticks > last_) last_ = stamp.ticks;
    }

    std::uint64_t last_ticks() const { return last_; }

private:
    Incarnation desk_;
    std::uint64_t last_;
};

}  // namespace guanjia
