#pragma once
// Calendar dates, proleptic Gregorian, 1900-01-01 to 2200-12-31.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guanjia {

using Date = std::chrono::year_month_day;

inline constexpr int first_year = 1900;
inline constexpr int last_year = 2200;

// No date at all: month and day 0.
inline constexpr Date no_date{std::chrono::year{0}, std::chrono::month{0}, std::chrono::day{0}};
constexpr bool has_date(Date date) { return date.ok(); }

constexpr Date make_date(int year, unsigned month, unsigned day) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

// Days since 1970-01-01.
constexpr std::int64_t to_day_number(Date date) { return std::chrono::sys_days{date}.time_since_epoch().count(); }
// Nothing outside first_year…last_year.
std::optional<Date> from_day_number(std::int64_t day);

// Clamped to first_year…last_year.
Date add_days(Date date, std::int64_t days);
constexpr std::int64_t days_between(Date from, Date to) { return to_day_number(to) - to_day_number(from); }
// 1 Monday … 7 Sunday.
unsigned weekday_of(Date date);
// The Monday of its week.
Date week_of(Date date);
// The first day of its month, or of the month that many months later. Clamped to first_year…last_year.
Date first_of_month(Date date, int months = 0);
inline bool is_weekend(Date date) { return weekday_of(date) >= 6; }

// From the first day to the last, both of them within.
struct DayRange {
    Date first;
    Date last;
    friend bool operator==(DayRange const&, DayRange const&) = default;
};

// "2026-11-23", nothing else; a day that does not exist is nothing.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

}  // namespace guanjia
