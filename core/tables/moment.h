#pragma once
// Days and times as other programs write them: "2020-02-17 12:19:00", "02/17/2020 12:19:00 PM", "17.2.2020 9:05",
// "2020年2月17日 下午3:05", "20200217", "17-Feb-2020", "2020-02-17T12:19:00Z".

#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace guanjia {

// Whether the month or the day comes first where the year comes last.
enum class DateOrder : unsigned char { unknown = 0, month_first = 1, day_first = 2 };

// Midnight when there is no time of day. unknown: both are tried, the month first.
std::optional<LocalTime> read_moment(std::string_view text, DateOrder order);

// What a text tells of the order: a number that can be no month. unknown: it fits both, or needs neither.
DateOrder order_told_by(std::string_view text);

}  // namespace guanjia
