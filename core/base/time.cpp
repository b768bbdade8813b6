#include "core/base/time.h"

#include <fmt/format.h>
#include <algorithm>

namespace guanjia {

namespace {

constexpr std::int64_t china_offset_seconds = 8 * 3600;
constexpr std::int64_t first_second = to_day_number(make_date(first_year, 1, 1)) * seconds_per_day;
constexpr std::int64_t last_second = (to_day_number(make_date(last_year, 12, 31)) + 1) * seconds_per_day - 1;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    auto const quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

// Two digits below a limit.
std::optional<int> two_digits(std::string_view text, int limit) {
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
    auto const value = (text[0] - '0') * 10 + (text[1] - '0');
    if (value >= limit) return std::nullopt;
    return value;
}

}  // namespace

bool is_plausible(LocalTime time) { return time.seconds >= first_second && time.seconds <= last_second; }

Date date_of(LocalTime time) {
    return *from_day_number(floor_divide(std::clamp(time.seconds, first_second, last_second), seconds_per_day));
}

int minute_of_day(LocalTime time) {
    auto const seconds = std::clamp(time.seconds, first_second, last_second);
    return static_cast<int>((seconds - floor_divide(seconds, seconds_per_day) * seconds_per_day) / 60);
}

LocalTime from_unix_milliseconds(std::int64_t milliseconds) {
    return {std::clamp(floor_divide(milliseconds, 1000) + china_offset_seconds, first_second, last_second)};
}

std::int64_t to_unix_milliseconds(LocalTime time) {
    return (std::clamp(time.seconds, first_second, last_second) - china_offset_seconds) * 1000;
}

std::optional<LocalTime> parse_time(std::string_view text) {
    if (text.size() != 16 && text.size() != 19) return std::nullopt;
    auto const date = parse_date(text.substr(0, 10));
    if (!date || (text[10] != 'T' && text[10] != ' ') || text[13] != ':') return std::nullopt;
    auto const hour = two_digits(text.substr(11, 2), 24);
    auto const minute = two_digits(text.substr(14, 2), 60);
    if (!hour || !minute) return std::nullopt;
    auto time = at_minute(*date, *hour * 60 + *minute);
    if (text.size() == 16) return time;
    auto const second = two_digits(text.substr(17, 2), 60);
    if (text[16] != ':' || !second) return std::nullopt;
    time.seconds += *second;
    return time;
}

std::string format_time(LocalTime time) {
    if (!has_time(time)) return {};
    auto const minute = minute_of_day(time);
    auto const second = std::clamp(time.seconds, first_second, last_second) - at_minute(date_of(time), minute).seconds;
    auto text = fmt::format("{}T{:02}:{:02}", format_date(date_of(time)), minute / 60, minute % 60);
    if (second != 0) text += fmt::format(":{:02}", second);
    return text;
}

}  // namespace guanjia
