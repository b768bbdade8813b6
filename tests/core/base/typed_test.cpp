#include "core/base/typed.h"

#include <doctest/doctest.h>

using namespace guanjia;

namespace {

constexpr Date today = make_date(2026, 11, 25);

std::string date(std::string_view typed) {
    auto const read = read_date(typed, today);
    return read ? format_date(*read) : "";
}

int clock(std::string_view typed) { return read_clock(typed).value_or(-1); }

std::string money(std::string_view typed) {
    auto const read = read_money(typed);
    return read ? format_money(*read) : "";
}

}  // namespace

TEST_CASE("dates as people type them") {
    for (auto const* typed : {"2026-11-28", "2026/11/28", "2026.11.28", "20261128", "2026年11月28日", "2026年11月28",
                              "11-28", "11/28", "11.28", "11月28日", "11月28号", "28", "28日", "28号", "+3", "大后天",
                              "２０２６－１１－２８", " 11-28 ", "　28"})
        CHECK_MESSAGE(date(typed) == "2026-11-28", typed);
    CHECK(date("今天") == "2026-11-25");
    CHECK(date("Today") == "2026-11-25");
    CHECK(date("明天") == "2026-11-26");
    CHECK(date("后天") == "2026-11-27");
    CHECK(date("昨天") == "2026-11-24");
    CHECK(date("-25") == "2026-10-31");
    CHECK(date("1-2") == "2026-01-02");
    CHECK(date("2028-02-29") == "2028-02-29");
}

TEST_CASE("what is no date is none") {
    for (auto const* typed : {"",           " ",       "31",   "0",      "2026-02-29",       "13-01",
                              "11-31",      "2026-11", "2026", "261128", "11-28-2026",       "2026-11/28",
                              "11月",       "明",      "+",    "+a",     "2026年11-28",      "1899-12-31",
                              "2201-01-01", "28天",    "abc",  "11 28",  "2026-11-28T09:00", "999999999999"})
        CHECK_MESSAGE(date(typed) == "", typed);
}

TEST_CASE("times of day as people type them") {
    for (auto const* typed : {"9:30", "09:30", "9：30", "930", "0930", "9.30", "9点半", "9点30", "9点30分", "9时30分",
                              "上午9:30", "9:30am", "９：３０"})
        CHECK_MESSAGE(clock(typed) == 570, typed);
    CHECK(clock("9") == 540);
    CHECK(clock("9点") == 540);
    CHECK(clock("9点整") == 540);
    CHECK(clock("下午3点") == 900);
    CHECK(clock("3pm") == 900);
    CHECK(clock("12pm") == 720);
    CHECK(clock("12am") == 0);
    CHECK(clock("0") == 0);
    CHECK(clock("23:59") == 1439);
    for (auto const* typed :
         {"", "24", "24:00", "9:60", "960", "半", "9半", "9:30:00", "上午15点", "12345", "点", "九点"})
        CHECK_MESSAGE(clock(typed) == -1, typed);
}

TEST_CASE("amounts as people type them") {
    for (auto const* typed : {"1224.8", "1,224.80", "￥1224.80", "¥1,224.8", "1224.8元", "１２２４．８", " 1224.80 元"})
        CHECK_MESSAGE(money(typed) == "1224.80", typed);
    CHECK(money("5.") == "5.00");
    CHECK(money("-3") == "-3.00");
    for (auto const* typed : {"", "元", "1224.805", "1,22", "12元5", "一百", "1e3", "0x10"})
        CHECK_MESSAGE(money(typed) == "", typed);
}
