#pragma once
// Dates, times and amounts as people type them, in Chinese or English, with full-width digits or not. Kinder than the
// one text form that files and commands have (parse_date, parse_time, parse_money); what is meant must still be plain.

#include <optional>
#include <string_view>

#include "core/base/date.h"
#include "core/base/money.h"

namespace guanjia {

// "2026-11-28", "2026/11/28", "20261128", "2026年11月28日", "11-28", "11.28", "11月28日" (of the year of `today`),
// "28", "28日" (of its month), "+3", "-1" (days from today), 今天 明天 后天 大后天 昨天 前天, today tomorrow yesterday.
std::optional<Date> read_date(std::string_view typed, Date today);

// Minutes of the day, 0…1439: "9", "930", "0930", "9:30", "9：30", "9点", "9点半", "9点30分", "9.30", "下午3点", "3pm".
std::optional<int> read_clock(std::string_view typed);

// "1224.8", "1,224.80", "￥1224.80", "1224.8元"
std::optional<Money> read_money(std::string_view typed);

}  // namespace guanjia
