#pragma once
// The State Council's yearly notice of holidays, read as it is published:
// "二、春节：2月15日（农历腊月二十八、周日）至23日
// （农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。"

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "core/procedure/calendar.h"

namespace guanjia {

// The days off and the days at work that it names, of the year that it is for; days of other years in it are left out.
// What stands in brackets, and every sentence that names no day to be off or at work, is passed over. The error is the
// key of a sentence: "calendar.notice-year" and "calendar.notice-days" when it names none, or one of
// parse_calendar_year.
tl::expected<CalendarYear, std::string> read_calendar_notice(std::string_view text);

// A year as a person enters it: the notice, or the text form of parse_calendar_year, which is all ASCII.
tl::expected<CalendarYear, std::string> read_calendar_year(std::string_view text);

}  // namespace guanjia
