#include <algorithm>
#include <map>
#include <set>

#include "core/desk/snapshots.h"
#include "tests/core/desk/sample.h"

using namespace guanjia;
using guanjia::testing::Random;
using guanjia::testing::rounds;
using guanjia::testing::SampleDesk;
using guanjia::testing::TestDesk;
using guanjia::testing::time_at;

namespace {

// Of each entry its hash, which is over all that comes before as well.
Hash last_hash(Desk& desk) {
    auto const incarnation = desk.identity().incarnation;
    auto const hash = desk.journal().hash_of(incarnation, desk.journal().last_number(incarnation));
    REQUIRE(hash);
    return *hash;
}

std::int64_t count(Desk& desk, std::string const& what) {
    return desk.database().integer("SELECT count(*) FROM " + what);
}

}  // namespace

TEST_CASE("sample: an estate of 1,200 homes and a month of work") {
    SampleDesk sample;
    auto& desk = *sample.desk;
    CHECK(count(desk, "unit") == 1200);
    CHECK(count(desk, "owner") > 1250);
    CHECK(count(desk, "(SELECT DISTINCT unit FROM occupancy)") == 1200);
    CHECK(count(desk, "base_refusal") == 0);
    auto const tickets = count(desk, "ticket");
    CHECK(tickets > 120);
    CHECK(tickets < 220);
    for (int kind = 1; kind <= 3; ++kind) CHECK(count(desk, "ticket WHERE kind = " + std::to_string(kind)) > 25);
    CHECK(count(desk, "return_visit") > 40);
    CHECK(count(desk, "reopening") > 0);
    CHECK(count(desk, "recurrence") > 0);
    CHECK(count(desk, "reception") > 25);

    // What is open is the story's: a desk's ordinary morning.
    auto const today = today_snapshot(desk, desk.now());
    REQUIRE(today);
    CHECK(today->duties.size() < 25);
    auto const overdue = std::count_if(today->duties.begin(), today->duties.end(),
                                       [](DutyLine const& line) { return line.status == DutyStatus::overdue; });
    CHECK(overdue < 8);

    // Mostly in time, and not always.
    auto const duties = desk.duties(desk.now(), DutyFilter::all);
    REQUIRE(duties);
    std::map<std::string, std::pair<int, int>> kept_and_late;
    for (auto const& row : *duties) {
        auto const& duty = row.duty;
        if (!has_time(duty.done)) continue;
        auto& [kept, late] = kept_and_late[std::string{duty.clause.id()}];
        ++(duty.done <= duty.due ? kept : late);
    }
    for (auto const* clause : {"GEN-2.1", "GEN-2.3", "GEN-3.2", "RV-4.1"}) {
        CAPTURE(clause);
        auto const [kept, late] = kept_and_late[clause];
        CHECK(kept > 0);
        CHECK(late * 8 <= kept);
    }
    CHECK(kept_and_late["GEN-2.1"].second > 0);
    CHECK(kept_and_late["RV-4.1"].second > 0);
}

TEST_CASE("sample: the month's work lies on working days and in working hours, four matters a day and more") {
    SampleDesk sample;
    auto const& calendar = sample.desk->projection().rules().calendar();
    auto const past = sample_past(time_at("2026-11-24T12:00"), calendar, {510, 1080}, 1);
    auto const story_from = time_at("2026-11-11T00:00");
    std::map<std::int64_t, int> a_day;
    for (auto const& command : past.commands) {
        if (command.command == "register_ticket") ++a_day[command.at.seconds / seconds_per_day];
        if (command.at >= story_from) continue;
        CAPTURE(format_time(command.at));
        CHECK(calendar.is_working_day(date_of(command.at)));
        CHECK(minute_of_day(command.at) >= 510);
        CHECK(minute_of_day(command.at) <= 1080);
    }
    CHECK(a_day.size() >= 22);
    auto const few = std::count_if(a_day.begin(), a_day.end(), [](auto const& day) { return day.second < 4; });
    // Weekends and today, on which the story alone tells something.
    CHECK(few <= 6);
    CHECK(std::is_sorted(past.commands.begin(), past.commands.end(),
                         [](auto const& left, auto const& right) { return left.at < right.at; }));
}

TEST_CASE("sample: the names are invented, none of them twice as often as chance has it, and none of the story's") {
    SampleDesk sample;
    std::map<std::string, int> names;
    auto owners = sample.desk->database().prepare("SELECT name, phone FROM owner");
    std::set<std::string> phones;
    while (owners.step()) {
        ++names[std::string{owners.text(0)}];
        CHECK(owners.text(1).size() == 11);
        phones.insert(std::string{owners.text(1)});
    }
    CHECK(names["王建国"] == 1);
    CHECK(names["周敏"] == 1);
    CHECK(names.size() > 1100);
    CHECK(phones.size() > 1250);
}

TEST_CASE("sample: the same moment and seed give the same records, another seed gives others") {
    SampleDesk first;
    SampleDesk second;
    CHECK(last_hash(*first.desk) == last_hash(*second.desk));
    CHECK(first.desk->tables_digest() == second.desk->tables_digest());
    SampleDesk other{"2026-11-24T12:00", false};
    auto filler = other.filler(2);
    auto const done = filler.step([] { return true; });
    REQUIRE(done);
    CHECK(other.desk->tables_digest() != first.desk->tables_digest());
}

TEST_CASE("sample: filled by steps of any size, however long it takes, it is the same") {
    SampleDesk at_once;
    Random random{7};
    for (std::size_t const size : {std::size_t{1}, std::size_t{0}, std::size_t{997}}) {
        CAPTURE(size);
        SampleDesk in_steps{"2026-11-24T12:00", false};
        auto filler = in_steps.filler();
        auto steps = 0;
        for (;; ++steps) {
            auto left = size != 0 ? size : 1 + random.below(400);
            auto const before = filler.done();
            auto const done = filler.step([&left] { return --left != 0; });
            REQUIRE(done);
            CHECK_FALSE(in_steps.held);
            CHECK(filler.done() > before);
            CHECK(filler.done() <= filler.all());
            if (*done) break;
            CHECK(in_steps.desk->journal().count() == filler.done());
            // The wall goes on meanwhile.
            in_steps.wall += 1700;
        }
        CHECK(steps > 1);
        CHECK(filler.person() == at_once.person);
        CHECK(last_hash(*in_steps.desk) == last_hash(*at_once.desk));
        CHECK(in_steps.desk->tables_digest() == at_once.desk->tables_digest());
    }
}

TEST_CASE("sample: it can be opened at any moment, on a holiday, at night, and beyond the calendar's last year") {
    for (auto const* now : {"2026-10-05T10:00", "2026-02-20T15:00", "2026-11-22T11:00", "2026-11-24T00:30",
                            "2026-11-24T23:50", "2027-01-01T00:00", "2031-06-03T09:00", "2026-03-01T08:29"}) {
        CAPTURE(now);
        SampleDesk sample{now};
        auto& desk = *sample.desk;
        CHECK(count(desk, "unit") == 1200);
        CHECK(count(desk, "ticket") > 100);
        CHECK(count(desk, "base_refusal") == 0);
        CHECK(desk.database().integer("SELECT max(occurred_at) FROM ticket") <= time_at(now).seconds);
        auto const today = today_snapshot(desk, desk.now());
        REQUIRE(today);
        CHECK(today->duties.size() < 30);
        // From now on it goes on as any desk does.
        auto const next = desk.submit({"record_reception", "G01", {}, {{"channel", "phone"}, {"need", "问停水时间"}}});
        CHECK(next);
    }
}

TEST_CASE("desk: commands entered together are all there or none, and a refusal is logged all the same") {
    TestDesk desk;
    desk.staffed();
    auto const hash = last_hash(*desk);
    auto const digest = desk->tables_digest();
    auto const add = [&](char const* code) { return desk.try_to("add_unit", "G01", {{"code", code}}); };

    auto const refused = desk->together([&]() -> Result<void> {
        REQUIRE(add("5-101"));
        REQUIRE(add("5-102"));
        CHECK(count(*desk, "unit") == 3);
        auto const twice = add("5-101");
        REQUIRE_FALSE(twice);
        return tl::unexpected{twice.error()};
    });
    REQUIRE_FALSE(refused);
    CHECK(refused.error().reason == "unit.code-taken");
    CHECK(count(*desk, "unit") == 1);
    CHECK(last_hash(*desk) == hash);
    CHECK(desk->tables_digest() == digest);
    auto const log = desk->refusals();
    REQUIRE(log);
    REQUIRE(log->size() == 1);
    CHECK(log->front().reason == "unit.code-taken");
    CHECK(log->front().fields == "code");

    // What was numbered and stamped meanwhile is given out again, and the chain goes on.
    REQUIRE(desk->together([&]() -> Result<void> {
        REQUIRE(add("5-101"));
        // Passed over, and the others stand.
        CHECK_FALSE(add("5-101"));
        REQUIRE(add("5-102"));
        return {};
    }));
    REQUIRE(add("5-103"));
    CHECK(count(*desk, "unit") == 4);
    CHECK(desk->refusals()->size() == 2);
    auto const report = desk->check();
    REQUIRE(report);
    CHECK(report->sound);
    REQUIRE(desk->together([]() -> Result<void> { return {}; }));
}

TEST_CASE("desk: commands entered together are none when the store is full, and later go in as if nothing had been") {
    TestDesk desk;
    desk.staffed();
    auto const hash = last_hash(*desk);
    auto const digest = desk->tables_digest();
    auto& database = desk->database();
    auto const pages = database.integer("PRAGMA page_count");
    database.execute("PRAGMA max_page_count = " + std::to_string(pages + 2));
    auto entered = 0;
    auto const fill = [&](std::string const& tower, int homes) {
        return desk->together([&]() -> Result<void> {
            for (int home = 0; home < homes; ++home) {
                auto const added = desk.try_to("add_unit", "G01", {{"code", tower + "栋" + std::to_string(home)}});
                if (added) ++entered;
                // Not even when the work goes on as if nothing had been.
            }
            return {};
        });
    };
    auto const full = fill("5", 400);
    REQUIRE_FALSE(full);
    CHECK(full.error().reason == "store.full");
    CHECK(entered > 0);
    CHECK(entered < 400);
    CHECK(last_hash(*desk) == hash);
    CHECK(desk->tables_digest() == digest);

    database.execute("PRAGMA max_page_count = 1000000");
    REQUIRE(fill("5", 400));
    CHECK(count(*desk, "unit") == 401);
    auto const report = desk->check();
    REQUIRE(report);
    CHECK(report->sound);
}
