#pragma once
// The working calendar of mainland China: weekends, the State Council's holidays and make-up days. It has a last known
// year; what lies beyond is computed from weekends alone and called provisional.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "core/base/date.h"
#include "core/base/time.h"

namespace guanjia {

// Minutes of the day, opening < closing.
struct WorkingHours {
    int opening;
    int closing;
};

struct CalendarYear {
    int year = 0;
    std::vector<Date> days_off;
    std::vector<Date> make_up_days;
};

// "2027; off 01-01 01-02…; work 02-14": the text form in which a year is loaded. `off` and `work` are lists of
// month-day or ranges "02-15..02-23". The error is the key of a sentence: "calendar.syntax", "calendar.year",
// "calendar.day", "calendar.too-many", "calendar.overlap", "calendar.make-up-weekday", "calendar.long-stretch".
tl::expected<CalendarYear, std::string> parse_calendar_year(std::string_view text);
std::string format_calendar_year(CalendarYear const& year);

class Calendar {
public:
    Calendar();

    void set_year(CalendarYear const& year);

    bool is_working_day(Date date) const;
    // The n-th working day after the date; n 0…10000, 0 is the date itself.
    Date add_working_days(Date date, std::int64_t n) const;

    // Minutes that count only while the desk is open on working days. A time outside counts from the next opening; a
    // sum that is used up at closing time ends at closing time. minutes 0…1,000,000.
    LocalTime add_working_minutes(LocalTime from, std::int64_t minutes, WorkingHours hours) const;
    // The same by seconds, 0…60,000,000.
    LocalTime add_working_seconds(LocalTime from, std::int64_t seconds, WorkingHours hours) const;
    // The seconds between two times in which the desk is open; 0 when `until` is not later.
    std::int64_t working_seconds_between(LocalTime from, LocalTime until, WorkingHours hours) const;
    // Closing time of the n-th working day after the day of `from`.
    LocalTime closing_after_working_days(LocalTime from, std::int64_t n, WorkingHours hours) const;

    int first_known_year() const { return years_.begin()->first; }
    int last_known_year() const { return years_.rbegin()->first; }
    // In a year of which neither holidays nor make-up days are known.
    bool is_provisional(Date date) const;

private:
    struct Year {
        std::vector<std::uint16_t> off;  // month * 100 + day, sorted
        std::vector<std::uint16_t> work;
    };
    std::map<int, Year> years_;
};

}  // namespace guanjia
