#include "core/base/date.h"

#include <fmt/format.h>
#include <algorithm>

namespace guanjia {

namespace {

constexpr std::int64_t first_day_number = to_day_number(make_date(first_year, 1, 1));
constexpr std::int64_t last_day_number = to_day_number(make_date(last_year, 12, 31));

Date date_of_number(std::int64_t day) {
    return Date{std::chrono::sys_days{std::chrono::days{static_cast<std::chrono::days::rep>(day)}}};
}

std::optional<unsigned> digits(std::string_view text) {
    unsigned value = 0;
    for (auto const digit : text) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

}  // namespace

std::optional<Date> from_day_number(std::int64_t day) {
    if (day < first_day_number || day > last_day_number) return std::nullopt;
    return date_of_number(day);
}

Date add_days(Date date, std::int64_t days) {
    auto const span = last_day_number - first_day_number;
    return date_of_number(
        std::clamp(to_day_number(date) + std::clamp(days, -span, span), first_day_number, last_day_number));
}

unsigned weekday_of(Date date) { return std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding(); }

Date week_of(Date date) { return add_days(date, 1 - static_cast<std::int64_t>(weekday_of(date))); }

Date first_of_month(Date date, int months) {
    auto const month = static_cast<int>(static_cast<unsigned>(date.month()));
    auto const index =
        std::clamp(static_cast<int>(date.year()) * 12 + month - 1 + months, first_year * 12, last_year * 12 + 11);
    return make_date(index / 12, static_cast<unsigned>(index % 12) + 1, 1);
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto const year = digits(text.substr(0, 4));
    auto const month = digits(text.substr(5, 2));
    auto const day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    auto const date = make_date(static_cast<int>(*year), *month, *day);
    if (!date.ok() || *year < static_cast<unsigned>(first_year) || *year > static_cast<unsigned>(last_year))
        return std::nullopt;
    return date;
}

std::string format_date(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace guanjia
