#include <doctest/doctest.h>

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/stamp.h"
#include "core/base/strings.h"
#include "core/base/text.h"
#include "core/base/time.h"

using namespace guanjia;

TEST_CASE("money is read exactly or not at all") {
    CHECK(parse_money("0")->fen == 0);
    CHECK(parse_money("1234.5")->fen == 123450);
    CHECK(parse_money("1,234.50")->fen == 123450);
    CHECK(parse_money("-0.01")->fen == -1);
    CHECK(parse_money("100000000000")->fen == money_limit_fen);
    for (auto const* wrong :
         {"", ".", "1.", ".5", "1.234", "1,23", "12,34.5", ",123", "1e3", "0x1", "1 ", "--1", "100000000001"})
        CHECK_FALSE(parse_money(wrong));
    CHECK(format_money({123450}) == "1234.50");
    CHECK(format_money({-1}) == "-0.01");
    CHECK(format_money({INT64_MIN}) == "-92233720368547758.08");
}

TEST_CASE("dates that do not exist are nothing") {
    CHECK(format_date(*parse_date("2024-02-29")) == "2024-02-29");
    for (auto const* wrong : {"2026-02-29", "2026-02-30", "2026-2-3", "1899-12-31", "2201-01-01", "2026-13-01",
                              "2026-00-01", "2026/02/03", ""})
        CHECK_FALSE(parse_date(wrong));
    CHECK(to_day_number(*parse_date("1970-01-01")) == 0);
    CHECK(format_date(add_days(*parse_date("2026-02-28"), 1)) == "2026-03-01");
    CHECK(format_date(add_days(*parse_date("2026-02-28"), INT64_MAX)) == "2200-12-31");
    CHECK(weekday_of(*parse_date("2026-11-23")) == 1);
    CHECK_FALSE(has_date(no_date));
    CHECK_FALSE(from_day_number(INT64_MIN));
}

TEST_CASE("times are civil time of China") {
    CHECK(format_time(*parse_time("2026-11-23T09:00")) == "2026-11-23T09:00");
    CHECK(format_time(*parse_time("2026-11-23 09:00:30")) == "2026-11-23T09:00:30");
    for (auto const* wrong : {"2026-11-23", "2026-11-23T24:00", "2026-11-23T09:60", "2026-02-30T09:00",
                              "2026-11-23T9:00", "2026-11-23T09:00Z"})
        CHECK_FALSE(parse_time(wrong));
    CHECK(format_time(from_unix_milliseconds(0)) == "1970-01-01T08:00");
    CHECK(to_unix_milliseconds(*parse_time("1970-01-01T08:00")) == 0);
    CHECK(format_time(LocalTime{-1}) == "1969-12-31T23:59:59");
    CHECK(minute_of_day(*parse_time("2026-11-23T23:59")) == 1439);
    CHECK(format_date(date_of(LocalTime{INT64_MAX})) == "2200-12-31");
    CHECK(format_time(no_time).empty());
}

TEST_CASE("ids have one text form") {
    AnyId const id{0x0123456789abcdef, 4097};
    CHECK(format_id(id) == "0123456789abcdef-4097");
    CHECK(*parse_id("0123456789abcdef-4097") == id);
    CHECK(id.entry_number() == 1);
    CHECK(id.place() == 1);
    for (auto const* wrong : {"", "0123456789abcdef", "0123456789abcdef-", "0000000000000000-1",
                              "0123456789abcdef-99999999999999999999", "0123456789abcdeg-1"})
        CHECK_FALSE(parse_id(wrong));
}

TEST_CASE("the hybrid clock goes forward although the wall clock does not") {
    HybridClock clock{7, 0};
    auto const first = clock.next(1000);
    CHECK(first.milliseconds() == 1000);
    auto const second = clock.next(500);
    CHECK(second > first);
    CHECK(second.milliseconds() == 1000);
    clock.saw({std::uint64_t{5000} << 16, 9});
    CHECK(clock.next(2000) > Stamp{std::uint64_t{5000} << 16, 9});
    CHECK(clock.next(6000).milliseconds() == 6000);
}

TEST_CASE("BLAKE2b-256 is the published one") {
    CHECK(format_hash(hash_of("abc")) == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK(format_hash(Hasher{}.add("a").add("bc").finish()) == format_hash(hash_of("abc")));
    CHECK_FALSE(hash_from_bytes("short"));
}

TEST_CASE("text from outside is clean UTF-8") {
    CHECK(is_clean_text("投诉电梯噪音 𠮷㛃\n\t"));
    for (auto const* wrong :
         {"\x01", "\x7f", "\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4\xb8", "\xc2\x85"})
        CHECK_FALSE(is_clean_text(wrong));
    CHECK(trimmed("　 张三\n　") == "张三");
    CHECK(fill_placeholders("{a}和{b}{c", {{"a", "甲"}, {"b", "{a}"}}) == "甲和{a}{c");
    CHECK(fill_placeholders("{n} {n|row|rows}", {{"n", "1"}}) == "1 row");
    CHECK(fill_placeholders("{n} {n|row|rows}", {{"n", "11"}}) == "11 rows");
    CHECK(fill_placeholders("{n|s} {m|one|more}{n|", {{"n", "2"}}) == " {n|");
}

TEST_CASE("sentences are in both languages, and a key without one is itself") {
    CHECK(sentence(Language::english, "ticket-kind.complaint") == "complaint");
    CHECK(sentence(Language::chinese, "ticket-kind.complaint") == "投诉");
    CHECK(sentence(Language::english, "refusal.input.date", {{"text", "x"}}).find("\"x\"") == 0);
    CHECK(sentence(Language::english, "no.such.key") == "no.such.key");
}

TEST_CASE("randomness of the system is not constant") {
    auto const random = system_random();
    CHECK(random() != random());
}
