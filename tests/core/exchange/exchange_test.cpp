#include "core/base/strings.h"
#include "core/exchange/import.h"

#include <algorithm>

#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;

namespace {

std::vector<std::string> every_statement(TestDesk& desk) {
    std::vector<std::string> files;
    auto const last = desk->journal().last_number(desk->identity().incarnation);
    for (std::uint64_t first = 1; first <= last; first += 3)
        files.push_back(desk.slice(first, std::min(first + 2, last)));
    return files;
}

void some_work(TestDesk& desk) {
    desk.staffed();
    desk.clock("2026-02-13T18:00");
    auto const ticket = desk.complaint();
    desk.own(ticket, "2026-02-13T10:00");
    desk.close(ticket, "2026-02-13T15:00");
    desk.does("record_return_visit", "G01",
              {{"ticket", ticket}, {"method", "phone"}, {"solved", "false"}, {"opinion", "还吵"}}, "2026-02-13T16:00");
}

}  // namespace

TEST_CASE("a slice taken in gives the same tables, as often as it comes") {
    TestDesk desk;
    some_work(desk);
    TestDesk other{2, "SZ01", 2};
    auto const report = other.take(desk.slice());
    REQUIRE(report);
    CHECK(report->added == 14);
    CHECK(report->gaps.empty());
    CHECK(other->tables_digest() == desk->tables_digest());
    auto const again = other.take(desk.slice());
    REQUIRE(again);
    CHECK(again->added == 0);
    CHECK(again->known == 14);
    CHECK(other->tables_digest() == desk->tables_digest());
    CHECK((*other->check()).sound);
}

TEST_CASE("slices taken in in any order give the same tables, and gaps are told by number") {
    TestDesk desk;
    some_work(desk);
    auto files = every_statement(desk);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        testing::Random random{seed};
        for (auto index = files.size(); index > 1; --index) std::swap(files[index - 1], files[random.below(index)]);
        TestDesk other{2, "SZ01", seed};
        for (auto const& file : files) REQUIRE(other.take(file));
        CHECK(other->tables_digest() == desk->tables_digest());
        CHECK(other->journal().gaps(desk->identity().incarnation).empty());
        CHECK((*other->check()).sound);
    }
    TestDesk other{2, "SZ01", 99};
    auto const report = other.take(desk.slice(7, 9));
    REQUIRE(report);
    CHECK(report->gaps == std::vector<EntryRange>{{1, 6}});
}

TEST_CASE("a day file can be exported again, and the first one brings what was never handed over") {
    TestDesk desk;
    some_work(desk);
    auto const file = [&](std::string_view date) {
        std::ostringstream bytes;
        auto const header = export_day(*desk, testing::day(date), bytes);
        return header ? std::pair{header->range, bytes.str()}
                      : std::pair{EntryRange{}, std::string{header.error().reason}};
    };
    CHECK(file("2026-02-12").second == "exchange.nothing");
    auto const first = file("2026-02-13");
    CHECK(first.first == EntryRange{1, 14});
    desk.clock("2026-02-14T10:00");
    desk.complaint("2026-02-14T09:00");
    // A day on which nothing was recorded is skipped over, and forgotten days travel with the next.
    CHECK(file("2026-02-14").first == EntryRange{15, 15});
    CHECK(file("2026-02-13") == first);
    desk.clock("2026-02-24T10:00");
    desk.complaint("2026-02-14T12:00");  // entered late: belongs to both days
    CHECK(file("2026-02-24").first == EntryRange{16, 16});
    CHECK(file("2026-02-14").first == EntryRange{15, 16});
}

TEST_CASE("a file that is damaged anywhere is refused with nothing taken in") {
    TestDesk desk;
    some_work(desk);
    auto const file = desk.slice();
    TestDesk other{2, "SZ01", 2};
    auto const before = other->tables_digest();
    for (std::size_t place = 0; place < file.size(); place += 7) {
        auto damaged = file;
        damaged[place] = static_cast<char>(damaged[place] ^ 0x15);
        auto const report = other.take(damaged);
        REQUIRE_FALSE(report);
        CHECK(has_sentence("refusal." + report.error().reason));
    }
    for (std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{8}, file.size() / 2, file.size() - 1})
        CHECK_FALSE(other.take(file.substr(0, size)));
    CHECK_FALSE(other.take(file + "x"));
    CHECK(other->tables_digest() == before);
    CHECK(other->journal().count() == 0);
    REQUIRE(other.take(file));
}

TEST_CASE("a restored desk that goes on is reported as a fork and kept aside") {
    TestDesk desk;
    some_work(desk);
    TestDesk headquarters{1, "HQ", 7, true};
    auto const common = desk.slice();
    REQUIRE(headquarters.take(common));
    // Two lives of one database: the same number, another hash.
    TestDesk copy;
    some_work(copy);
    CHECK(copy->identity().incarnation == desk->identity().incarnation);
    desk.complaint("2026-02-13T17:00");
    copy.does("add_unit", "G01", {{"code", "9-901"}});
    REQUIRE(headquarters.take(desk.slice()));
    auto const digest = headquarters->tables_digest();
    auto const report = headquarters.take(copy.slice());
    REQUIRE_FALSE(report);
    CHECK(report.error().reason == "exchange.fork");
    CHECK(headquarters->tables_digest() == digest);
    REQUIRE(forks(headquarters->database()).size() == 1);
    CHECK(forks(headquarters->database()).front().number == 15);
    // What the other life writes later is a fork as well, although its numbers are new here.
    copy.does("add_unit", "G01", {{"code", "9-902"}});
    CHECK(headquarters.take(copy.slice(16)).error().reason == "exchange.fork");
    CHECK(forks(headquarters->database()).size() == 2);
    // Under a new identity it is heard.
    REQUIRE(copy->take_new_incarnation());
    copy.does("add_unit", "G01", {{"code", "9-903"}});
    CHECK(headquarters.take(copy.slice()));
}

TEST_CASE("a fork is seen from behind as well") {
    TestDesk desk;
    some_work(desk);
    desk.does("add_unit", "G01", {{"code", "8-801"}});
    TestDesk copy;
    some_work(copy);
    copy.does("add_unit", "G01", {{"code", "9-901"}});
    desk.does("add_unit", "G01", {{"code", "8-802"}});
    TestDesk headquarters{1, "HQ", 7, true};
    REQUIRE(headquarters.take(desk.slice(16)));  // with a gap before it
    CHECK(headquarters.take(copy.slice(1, 15)).error().reason == "exchange.fork");
    REQUIRE(headquarters.take(desk.slice(1, 15)));
}

TEST_CASE("a clock set to 2036 is quarantined and taken in when its time has come") {
    TestDesk desk;
    some_work(desk);
    desk.clock("2036-01-01T09:00");
    desk.does("add_unit", "G01", {{"code", "9-901"}});
    TestDesk headquarters{1, "HQ", 7, true};
    headquarters.clock("2026-02-13T18:00");
    auto const report = headquarters.take(desk.slice());
    REQUIRE_FALSE(report);
    CHECK(report.error().reason == "exchange.quarantined");
    CHECK(headquarters->journal().count() == 0);
    CHECK(quarantined(headquarters->database()).size() == 1);
    CHECK_FALSE(headquarters.take(desk.slice()));
    CHECK(quarantined(headquarters->database()).size() == 1);
    // What came before the clock was wrong is heard.
    REQUIRE(headquarters.take(desk.slice(1, 14)));
    // The next import of anything looks at what waits.
    headquarters.clock("2035-12-31T09:01");
    REQUIRE(headquarters.take(desk.slice(1, 14)));
    CHECK(headquarters->journal().count() == 15);
    CHECK(quarantined(headquarters->database()).empty());
}

TEST_CASE("a stamp exactly 24 hours ahead is believed, a millisecond more is not") {
    TestDesk desk;
    desk.staffed();
    TestDesk other{2, "SZ01", 2};
    other.clock("2026-02-12T08:30");
    REQUIRE(other.take(desk.slice(1, 1)));
    other.advance(-1000);
    CHECK(other.take(desk.slice(2, 2)).error().reason == "exchange.quarantined");
}

TEST_CASE("an erased name leaves the chain valid, wherever it has travelled and in whatever order") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T18:00");
    auto const ticket = desk.does("register_ticket", "G01",
                                  {{"kind", "complaint"},
                                   {"priority", "low"},
                                   {"words", "我是张三，太吵"},
                                   {"owner", desk.owner},
                                   {"unit", "3-502"}},
                                  "2026-02-13T09:00");
    desk.does("record_contact", "G01", {{"ticket", ticket}, {"channel", "phone"}, {"summary", "张三来电"}},
              "2026-02-13T09:30");
    desk.does("change_owner", "G01", {{"owner", desk.owner}, {"name", "张三丰"}});
    auto const before = desk.slice();
    CHECK(before.find("张三") != std::string::npos);
    CHECK(desk.refused("erase_owner", "G01", {{"owner", desk.owner}, {"reason", "本人要求"}}) ==
          "role.manager-or-headquarters");
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    CHECK(desk.refused("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}}) ==
          "erasure.done-already");
    auto const after = desk.slice();
    CHECK(after.find("张三") == std::string::npos);
    CHECK((*desk->check()).sound);
    CHECK(desk.ask("owners", "name") == std::vector<std::string>{""});
    CHECK(desk.ask("tickets", "words") == std::vector<std::string>{""});
    CHECK(desk.ask("timeline", "text") == std::vector<std::string>{""});

    auto const erasure = desk.slice(desk->journal().last_number(desk->identity().incarnation));
    for (auto const& order : {std::vector{before, erasure}, std::vector{erasure, before}, std::vector{after}}) {
        TestDesk other{2, "SZ01", 3};
        for (auto const& file : order) REQUIRE(other.take(file));
        CHECK(other->tables_digest() == desk->tables_digest());
        CHECK((*other->check()).sound);
        // What the other hands on is erased as well.
        std::ostringstream handed_on;
        REQUIRE(export_range(*other, desk->identity().incarnation, {1, 0}, handed_on));
        CHECK(handed_on.str() == after);
    }
}

TEST_CASE("two changes that did not see each other are listed until a person has settled them") {
    TestDesk one;
    one.staffed();
    TestDesk two{2, "SZ01", 2};
    REQUIRE(two.take(one.slice()));
    one.does("change_owner", "G01", {{"owner", one.owner}, {"phone", "13911111111"}});
    two.advance(60000);
    two.does("change_owner", "G01", {{"owner", one.owner}, {"phone", "13922222222"}});
    auto const from_one = one.slice(10);
    auto const from_two = two.slice();
    REQUIRE(one.take(from_two));
    REQUIRE(two.take(from_one));
    CHECK(one->tables_digest() == two->tables_digest());
    auto const conflicts = *one->conflicts();
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts[0].field == "phone");
    CHECK(conflicts[0].losing_value == "139****1111");
    CHECK(conflicts[0].kept_value == "139****2222");
    TestDesk::Fields const settle{{"record", one.owner},
                                  {"field", std::to_string(conflicts[0].field_number)},
                                  {"losing_ticks", std::to_string(conflicts[0].losing.ticks)},
                                  {"losing_desk", format_incarnation(conflicts[0].losing.desk)}};
    CHECK(one.refused("settle_conflict", "W01", settle) == "role.register-keeper");
    one.does("settle_conflict", "G01", settle);
    CHECK(one->conflicts()->empty());
    CHECK(one.refused("settle_conflict", "G01", settle) == "conflict.not-listed");
    // A change that has seen the other is no conflict.
    two.does("change_owner", "G01", {{"owner", one.owner}, {"phone", "13933333333"}});
    REQUIRE(one.take(two.slice()));
    CHECK(one->conflicts()->empty());
}

TEST_CASE("a front desk takes in its own centre only, headquarters every one") {
    TestDesk one;
    one.staffed();
    TestDesk elsewhere{1, "SH02", 5};
    elsewhere.staffed();
    CHECK(one.take(elsewhere.slice()).error().reason == "exchange.other-centre");
    TestDesk headquarters{1, "HQ", 7, true};
    REQUIRE(headquarters.take(one.slice()));
    REQUIRE(headquarters.take(elsewhere.slice()));
    CHECK((*desk_standings(*headquarters)).size() == 3);
    // Who records nothing may read all.
    TestDesk reader{1, "ZB", 8};
    REQUIRE(reader.take(one.slice()));
    REQUIRE(reader.take(elsewhere.slice()));
}

TEST_CASE("a desk whose last days were lost gets its own entries back") {
    TestDesk desk;
    some_work(desk);
    auto const file = desk.slice();
    TestDesk restored;
    restored.staffed();
    CHECK(restored->identity().incarnation == desk->identity().incarnation);
    auto const report = restored.take(file);
    REQUIRE(report);
    CHECK(report->added == 4);
    CHECK(restored->tables_digest() == desk->tables_digest());
    restored.clock("2026-02-14T09:00");
    restored.does("add_unit", "G01", {{"code", "9-901"}});
    CHECK((*restored->check()).sound);
}

TEST_CASE("who goes on at a desk while its own lost days come in has a fork, and a chain that holds") {
    auto given_up = 0;
    for (auto at = 1; at < 9; ++at) {
        CAPTURE(at);
        TestDesk desk;
        some_work(desk);
        auto const file = desk.slice();
        TestDesk restored;
        restored.staffed();
        restored.clock("2026-02-13T18:00");
        std::istringstream bytes{file};
        FileImport import{*restored, bytes};
        for (auto step = 0;; ++step) {
            REQUIRE(step < 100);
            if (step == at) restored.does("add_unit", "G01", {{"code", "9-901"}});
            auto const finished = import.step(2);
            // While it is looked through the file is told to be a fork; afterwards what came in before stays.
            auto const moved_on = !finished && finished.error().reason == "exchange.moved-on";
            given_up += moved_on;
            if (!finished && !moved_on) CHECK(finished.error().reason == "exchange.fork");
            if (!finished || *finished) break;
        }
        CHECK((*restored->check()).sound);
        CHECK(restored.slice().size() > 0);
        std::istringstream written{restored.slice()};
        CHECK(verify_slice(written));
        CHECK(restored->journal().last_number(restored->identity().incarnation) > 10);
    }
    CHECK(given_up > 0);
}

TEST_CASE("an import that a crash interrupted goes on where it stopped") {
    TestDesk desk;
    some_work(desk);
    auto const file = desk.slice();
    TestDesk other{2, "SZ01", 2};
    std::istringstream bytes{file};
    ImportTarget target{other->database(),     other->journal(),  other->projection(),
                        other->hybrid_clock(), other->identity(), other->wall_milliseconds()};
    {
        Import import{target, bytes};
        REQUIRE(import.step(14));  // verified and set aside
        CHECK(import.done() == 14);
        REQUIRE(import.step(1));  // the end of the file
        CHECK(import.all() == 14);
    }
    CHECK(other->journal().count() == 0);
    REQUIRE(has_waiting_import(other->database()));
    // The next import finishes it first, whatever it brings itself.
    CHECK(other.take("nonsense").error().reason == "exchange.not-a-slice");
    CHECK(other->tables_digest() == desk->tables_digest());
    CHECK_FALSE(has_waiting_import(other->database()));
}

TEST_CASE("an import works on for no more than it was told, also within a frame, and a crash there costs nothing") {
    TestDesk desk;
    some_work(desk);
    for (int unit = 0; unit < 40; ++unit) desk.does("add_unit", "G01", {{"code", "8-" + std::to_string(unit)}});
    auto const file = desk.slice();
    auto const all = desk->journal().count();
    for (std::size_t const budget : {1, 3, 7, 54}) {
        CAPTURE(budget);
        // After how many steps of applying it is interrupted; the last time not at all.
        for (auto const crash_after : {0, 1, 2, 5, 1000}) {
            CAPTURE(crash_after);
            TestDesk other{2, "SZ01", 2};
            auto applied = 0;
            {
                std::istringstream bytes{file};
                FileImport import{*other, bytes};
                std::uint64_t before = 0;
                auto applying = false;
                while (applied < crash_after) {
                    auto const finished = import.step(budget);
                    REQUIRE(finished);
                    applying |= import.done() < before;
                    // Nothing of it is in the records before all of it has been found sound.
                    if (!applying) CHECK(other->journal().count() == 0);
                    else CHECK(import.done() == other->journal().count());
                    if (import.done() > before) CHECK(import.done() - before <= budget);
                    before = import.done();
                    if (applying) ++applied;
                    if (*finished) break;
                }
                // Verified, and nothing more.
                if (crash_after == 0)
                    while (import.done() < all) REQUIRE(import.step(budget));
            }
            REQUIRE(finish_import(*other));
            auto const report = other.take(file);
            REQUIRE(report);
            CHECK(report->added + report->known == all);
            CHECK(other->tables_digest() == desk->tables_digest());
            CHECK_FALSE(has_waiting_import(other->database()));
            CHECK((*other->check()).sound);
        }
    }
}
