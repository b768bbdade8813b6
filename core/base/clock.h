#pragma once
// What a desk asks of the world outside: the time and randomness. Both are handed in, never reached for.

#include <cstdint>
#include <functional>

namespace guanjia {

// Milliseconds since 1970-01-01 UTC.
using WallClock = std::function<std::int64_t()>;
// 64 random bits that nobody can guess.
using RandomSource = std::function<std::uint64_t()>;

WallClock system_clock();
RandomSource system_random();

}  // namespace guanjia
