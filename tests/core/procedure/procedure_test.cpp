#include "tests/core/support.h"

#include <set>
#include <string>

#include "core/procedure/calendar.h"
#include "core/procedure/catalogue.h"
#include "core/procedure/parameters.h"

using namespace guanjia;
using testing::day;

namespace {

LocalTime at(std::string_view text) { return *parse_time(text); }
constexpr WorkingHours hours{510, 1080};

struct Exceptions {
    int year;
    char const* text;
};
// Typed from the State Council's notices, not from the package that the calendar is built of.
constexpr Exceptions notices[] = {
    {2020,
     "2020; off 01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08; work 01-19 04-26 05-09 06-28 "
     "09-27 10-10"},
    {2021,
     "2021; off 01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07; work 02-07 "
     "02-20 04-25 05-08 09-18 09-26 10-09"},
    {2022,
     "2022; off 01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07; work 01-29 "
     "01-30 04-02 04-24 05-07 10-08 10-09"},
    {2023,
     "2023; off 01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06; work 01-28 01-29 04-23 05-06 "
     "06-25 10-07 10-08"},
    {2024,
     "2024; off 01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07; work 02-04 02-18 04-07 "
     "04-28 05-11 09-14 09-29 10-12"},
    {2025,
     "2025; off 01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08; work 01-26 02-08 04-27 09-28 "
     "10-11"},
    {2026,
     "2026; off 01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07; work 01-04 "
     "02-14 02-28 05-09 09-20 10-10"},
};

}  // namespace

TEST_CASE("the working calendar agrees with the notices on every day of 2020 to 2026") {
    Calendar const calendar;
    for (auto const& notice : notices) {
        auto const year = parse_calendar_year(notice.text);
        REQUIRE(year);
        std::set<std::int64_t> off;
        std::set<std::int64_t> work;
        for (auto const date : year->days_off) off.insert(to_day_number(date));
        for (auto const date : year->make_up_days) work.insert(to_day_number(date));
        for (auto date = make_date(notice.year, 1, 1); static_cast<int>(date.year()) == notice.year;
             date = add_days(date, 1)) {
            auto const expected =
                work.contains(to_day_number(date)) || (!off.contains(to_day_number(date)) && !is_weekend(date));
            INFO(format_date(date));
            CHECK(calendar.is_working_day(date) == expected);
        }
    }
}

TEST_CASE("working days are counted over holidays and make-up days") {
    Calendar const calendar;
    CHECK(calendar.add_working_days(day("2026-02-13"), 1) == day("2026-02-14"));
    CHECK(calendar.add_working_days(day("2026-02-14"), 1) == day("2026-02-24"));
    CHECK(calendar.add_working_days(day("2026-02-17"), 1) == day("2026-02-24"));
    CHECK(calendar.add_working_days(day("2026-02-13"), 0) == day("2026-02-13"));
    CHECK(calendar.add_working_days(day("2200-12-30"), 10000) == day("2200-12-31"));
    CHECK(calendar.closing_after_working_days(at("2026-02-13T15:00"), 1, hours) == at("2026-02-14T18:00"));
    CHECK(calendar.closing_after_working_days(at("2026-02-14T15:00"), 1, hours) == at("2026-02-24T18:00"));
}

TEST_CASE("working minutes run only while the desk is open") {
    Calendar const calendar;
    CHECK(calendar.add_working_minutes(at("2026-02-13T09:00"), 60, hours) == at("2026-02-13T10:00"));
    CHECK(calendar.add_working_minutes(at("2026-02-13T17:00"), 60, hours) == at("2026-02-13T18:00"));
    CHECK(calendar.add_working_minutes(at("2026-02-13T17:00"), 61, hours) == at("2026-02-14T08:31"));
    CHECK(calendar.add_working_minutes(at("2026-02-13T07:00"), 15, hours) == at("2026-02-13T08:45"));
    CHECK(calendar.add_working_minutes(at("2026-02-13T18:00"), 15, hours) == at("2026-02-14T08:45"));
    CHECK(calendar.add_working_minutes(at("2026-02-14T20:00"), 15, hours) == at("2026-02-24T08:45"));
    CHECK(calendar.add_working_minutes(at("2026-02-13T09:00"), 0, hours) == at("2026-02-13T09:00"));
    CHECK(has_time(calendar.add_working_minutes(at("2200-12-31T17:00"), 1'000'000, hours)));
    CHECK(has_time(calendar.add_working_minutes(at("2026-02-13T09:00"), 100, {600, 600})));
}

TEST_CASE("beyond its last known year the calendar is provisional until a year is loaded") {
    Calendar calendar;
    CHECK(calendar.first_known_year() <= 2020);
    auto const next = calendar.last_known_year() + 1;
    auto const new_year = make_date(next, 1, 1);
    CHECK(calendar.is_provisional(new_year));
    CHECK(calendar.is_working_day(new_year) == !is_weekend(new_year));
    auto const loaded = parse_calendar_year(std::to_string(next) + "; off 01-01..01-03");
    REQUIRE(loaded);
    calendar.set_year(*loaded);
    CHECK_FALSE(calendar.is_provisional(new_year));
    CHECK_FALSE(calendar.is_working_day(new_year));
}

TEST_CASE("a calendar year is refused by what is wrong with it") {
    auto const why = [](std::string_view text) { return parse_calendar_year(text).error(); };
    CHECK(why("27; off 01-01") == "calendar.year");
    CHECK(why("") == "calendar.year");
    CHECK(why("2027; holiday 01-01") == "calendar.syntax");
    CHECK(why("2027; off 02-30") == "calendar.day");
    CHECK(why("2027; off 02-05..02-01") == "calendar.day");
    CHECK(why("2027; off 01-01..12-31") == "calendar.too-many");
    CHECK(why("2027; off 02-13; work 02-13") == "calendar.overlap");
    CHECK(why("2027; work 02-10") == "calendar.make-up-weekday");
    CHECK(why("2027; off 03-01..04-15") == "calendar.long-stretch");
    auto const year = parse_calendar_year("2027; off 01-01..01-03 01-02; work 01-09");
    REQUIRE(year);
    CHECK(year->days_off.size() == 3);
    CHECK(format_calendar_year(*year) == "2027; off 01-01 01-02 01-03; work 01-09");
    CHECK(parse_calendar_year(format_calendar_year(*year))->days_off == year->days_off);
}

TEST_CASE("a clause knows its row, and an unknown id is nothing") {
    CHECK("RV-4.1"_clause.id() == "RV-4.1");
    CHECK(find_clause("RV-4.1") == "RV-4.1"_clause);
    CHECK_FALSE(find_clause("RV-9"));
    CHECK("GEN-0"_clause < "RV-4.1"_clause);
    CHECK(kinds_of("RV-4.1"_clause.row()) == std::vector<std::string_view>{"due", "metric"});
    CHECK(find_clause("REC-4.2.4b")->row().off);
    CHECK_FALSE(legal_notes_of("REC-4.1.8"_clause).empty());
    CHECK(legal_notes_of("GEN-1.1"_clause).empty());
}

TEST_CASE("every clause and parameter has its words, and ids are unique") {
    std::set<std::string_view> ids;
    for (auto const& row : all_clauses()) {
        CHECK(ids.insert(row.id).second);
        CHECK(row.kinds != 0);
        CHECK_FALSE(row.zh.empty());
        CHECK_FALSE(row.en.empty());
    }
    for (auto const& row : all_parameters()) {
        CHECK(find_clause(row.clause));
        CHECK(row.minimum <= row.by_default);
        CHECK(row.by_default <= row.maximum);
    }
}

TEST_CASE("a parameter holds from its day on and the past keeps its own") {
    Parameters parameters;
    auto const name = Parameter::rv_visit_working_days;
    CHECK(parameters.at(name, day("2026-01-01")) == 1);
    parameters.set({name, 2, day("2026-03-01"), Stamp{10, 1}});
    parameters.set({name, 3, day("2026-03-01"), Stamp{11, 1}});
    parameters.set({name, 4, day("2026-02-01"), Stamp{12, 1}});
    CHECK(parameters.at(name, day("2026-01-31")) == 1);
    CHECK(parameters.at(name, day("2026-02-01")) == 4);
    CHECK(parameters.at(name, day("2026-02-28")) == 4);
    CHECK(parameters.at(name, day("2026-03-01")) == 3);
    CHECK(parameters.history(name).size() == 3);
    CHECK_FALSE(is_lawful(name, 0));
    CHECK(is_lawful(name, 1));
    CHECK_FALSE(is_lawful(name, 11));
    CHECK_FALSE(find_parameter("no_such"));
}
