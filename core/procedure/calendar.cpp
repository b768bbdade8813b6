#include "core/procedure/calendar.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "generated/calendar_data.h"

namespace guanjia {

namespace {

constexpr std::size_t days_off_limit = 120;
// No holiday is longer; it bounds every search for the next working day.
constexpr int longest_stretch_days = 31;

std::uint16_t month_day(Date date) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day()));
}

bool contains(std::vector<std::uint16_t> const& sorted, std::uint16_t day) {
    return std::binary_search(sorted.begin(), sorted.end(), day);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        auto const end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

std::optional<Date> day_in(int year, std::string_view text) { return parse_date(fmt::format("{:04}-{}", year, text)); }

// "01-01" or "02-15..02-23"; false when it is neither.
bool add_days_of(std::vector<Date>& days, int year, std::string_view text) {
    auto const dots = text.find("..");
    auto const first = day_in(year, text.substr(0, dots));
    auto const last = dots == std::string_view::npos ? first : day_in(year, text.substr(dots + 2));
    if (!first || !last || *last < *first) return false;
    for (auto day = *first; day <= *last && days.size() <= days_off_limit; day = add_days(day, 1)) days.push_back(day);
    return true;
}

std::string list_of(std::vector<Date> const& days) {
    std::string text;
    for (auto const day : days) text += " " + format_date(day).substr(5);
    return text;
}

}  // namespace

tl::expected<CalendarYear, std::string> parse_calendar_year(std::string_view text) {
    auto const refused = [](char const* why) { return tl::unexpected<std::string>{why}; };
    auto const parts = split(text, ';');
    auto const year_text = without_blanks(parts[0]);
    auto const january = parse_date(std::string{year_text} + "-01-01");
    if (!january) return refused("calendar.year");
    CalendarYear result;
    result.year = static_cast<int>(january->year());
    for (std::size_t index = 1; index < parts.size(); ++index) {
        auto const part = without_blanks(parts[index]);
        if (part.empty()) continue;
        auto const words = split(part, ' ');
        if (words[0] != "off" && words[0] != "work") return refused("calendar.syntax");
        auto& days = words[0] == "off" ? result.days_off : result.make_up_days;
        for (std::size_t word = 1; word < words.size(); ++word) {
            if (words[word].empty()) continue;
            if (!add_days_of(days, result.year, words[word])) return refused("calendar.day");
            if (days.size() > days_off_limit) return refused("calendar.too-many");
        }
    }
    for (auto* days : {&result.days_off, &result.make_up_days}) {
        std::sort(days->begin(), days->end());
        days->erase(std::unique(days->begin(), days->end()), days->end());
    }
    for (auto const day : result.make_up_days) {
        if (!is_weekend(day)) return refused("calendar.make-up-weekday");
        if (std::binary_search(result.days_off.begin(), result.days_off.end(), day)) return refused("calendar.overlap");
    }
    int stretch = 0;
    for (std::size_t index = 0; index < result.days_off.size(); ++index) {
        auto const follows = index > 0 && days_between(result.days_off[index - 1], result.days_off[index]) == 1;
        stretch = follows ? stretch + 1 : 1;
        if (stretch > longest_stretch_days) return refused("calendar.long-stretch");
    }
    return result;
}

std::string format_calendar_year(CalendarYear const& year) {
    return fmt::format("{:04}; off{}; work{}", year.year, list_of(year.days_off), list_of(year.make_up_days));
}

Calendar::Calendar() {
    for (int year = calendar_first_year; year <= calendar_last_year; ++year) years_.emplace(year, Year{});
    for (auto const day : calendar_days_off) years_[day / 10000].off.push_back(static_cast<std::uint16_t>(day % 10000));
    for (auto const day : calendar_make_up_days)
        years_[day / 10000].work.push_back(static_cast<std::uint16_t>(day % 10000));
}

void Calendar::set_year(CalendarYear const& year) {
    Year days;
    for (auto const day : year.days_off) days.off.push_back(month_day(day));
    for (auto const day : year.make_up_days) days.work.push_back(month_day(day));
    years_[year.year] = std::move(days);
}

bool Calendar::is_working_day(Date date) const {
    if (auto const found = years_.find(static_cast<int>(date.year())); found != years_.end()) {
        auto const day = month_day(date);
        if (contains(found->second.off, day)) return false;
        if (contains(found->second.work, day)) return true;
    }
    return !is_weekend(date);
}

Date Calendar::add_working_days(Date date, std::int64_t n) const {
    n = std::clamp<std::int64_t>(n, 0, 10000);
    // Ends at the last day that Date knows at the latest: add_days stays there.
    for (; n > 0; --n) {
        auto const before = date;
        do {
            auto const next = add_days(date, 1);
            if (next == date) return before;
            date = next;
        } while (!is_working_day(date));
    }
    return date;
}

LocalTime Calendar::add_working_minutes(LocalTime from, std::int64_t minutes, WorkingHours hours) const {
    return add_working_seconds(from, std::clamp<std::int64_t>(minutes, 0, 1'000'000) * 60, hours);
}

LocalTime Calendar::add_working_seconds(LocalTime from, std::int64_t seconds, WorkingHours hours) const {
    auto left = std::clamp<std::int64_t>(seconds, 0, 60'000'000);
    auto date = date_of(from);
    auto start = from;
    if (!is_working_day(date) || start >= at_minute(date, hours.closing)) {
        date = add_working_days(date, 1);
        start = at_minute(date, hours.opening);
    }
    start = std::max(start, at_minute(date, hours.opening));
    for (;;) {
        auto const closing = at_minute(date, hours.closing);
        if (start.seconds + left <= closing.seconds) return {start.seconds + left};
        auto const next = add_working_days(date, 1);
        if (next == date) return closing;
        left -= std::max<std::int64_t>(closing.seconds - start.seconds, 0);
        date = next;
        start = at_minute(date, hours.opening);
        // A desk that never opens: its hours are nonsense, and waiting would not end.
        if (hours.closing <= hours.opening) return start;
    }
}

std::int64_t Calendar::working_seconds_between(LocalTime from, LocalTime until, WorkingHours hours) const {
    std::int64_t sum = 0;
    auto const last = date_of(until);
    for (auto date = date_of(from); date <= last;) {
        if (is_working_day(date)) {
            auto const start = std::max(from, at_minute(date, hours.opening));
            auto const end = std::min(until, at_minute(date, hours.closing));
            sum += std::max<std::int64_t>(end.seconds - start.seconds, 0);
        }
        auto const next = add_days(date, 1);
        if (next == date) break;
        date = next;
    }
    return sum;
}

LocalTime Calendar::closing_after_working_days(LocalTime from, std::int64_t n, WorkingHours hours) const {
    return at_minute(add_working_days(date_of(from), n), hours.closing);
}

bool Calendar::is_provisional(Date date) const { return !years_.contains(static_cast<int>(date.year())); }

}  // namespace guanjia
