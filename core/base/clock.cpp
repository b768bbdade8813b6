#include "core/base/clock.h"

#include <chrono>
#include <random>

namespace guanjia {

WallClock system_clock() {
    return [] {
        using namespace std::chrono;
        return static_cast<std::int64_t>(
            duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
    };
}

RandomSource system_random() {
    return [] {
        static std::random_device device;
        auto const high = static_cast<std::uint64_t>(device());
        return (high << 32) | static_cast<std::uint64_t>(device());
    };
}

}  // namespace guanjia
