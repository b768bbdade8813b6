#pragma once
// Civil time of mainland China: UTC+8 all year.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/date.h"

namespace guanjia {

// Seconds since 1970-01-01T00:00 civil time.
struct LocalTime {
    std::int64_t seconds = std::numeric_limits<std::int64_t>::min();

    friend constexpr bool operator==(LocalTime const&, LocalTime const&) = default;
    friend constexpr auto operator<=>(LocalTime const&, LocalTime const&) = default;
};

inline constexpr LocalTime no_time{};
constexpr bool has_time(LocalTime time) { return time != no_time; }

inline constexpr std::int64_t seconds_per_day = 86400;

// Between the first and the last day that Date knows; what files bring is checked by it.
bool is_plausible(LocalTime time);

// The day on which it is; clamped to first_year…last_year.
Date date_of(LocalTime time);
// 0…1439
int minute_of_day(LocalTime time);
constexpr LocalTime at_minute(Date date, std::int64_t minute) {
    return {to_day_number(date) * seconds_per_day + minute * 60};
}
constexpr LocalTime start_of(Date date) { return at_minute(date, 0); }

LocalTime from_unix_milliseconds(std::int64_t milliseconds);
std::int64_t to_unix_milliseconds(LocalTime time);

// "2026-11-23T09:00" or with ":30" seconds; a space may stand for T. Nothing else.
std::optional<LocalTime> parse_time(std::string_view text);
// To the minute, with seconds when there are any.
std::string format_time(LocalTime time);

}  // namespace guanjia
