#include "core/desk/snapshots.h"

#include <algorithm>

#include "tests/core/desk/sample.h"

using namespace guanjia;
using guanjia::testing::SampleDesk;
using guanjia::testing::TestDesk;
using guanjia::testing::time_at;

TEST_CASE("snapshots: the sample centre is made by ordinary commands, and its tables are those of its journal") {
    SampleDesk sample;
    CHECK_FALSE(sample.held);
    auto const report = sample.desk->check();
    REQUIRE(report);
    CHECK(report->sound);
    CHECK(report->entries > 3000);

    auto const registry = registry_snapshot(*sample.desk);
    REQUIRE(registry);
    REQUIRE(registry->person(sample.person));
    CHECK(registry->person(sample.person)->roles.has(Role::butler));
    CHECK(registry->name_of(AnyId{}).empty());
    CHECK(registry->units.size() == 1200);
    for (auto const& owner : registry->owners) CHECK_MESSAGE(owner.phone.find("****") != std::string::npos, "masked");
    CHECK(std::count(registry->departments.begin(), registry->departments.end(), "工程部") == 1);
    CHECK(registry->parameters.size() == all_parameters().size());
}

TEST_CASE("snapshots: Today holds every open duty, the overdue first, and none that is done") {
    SampleDesk sample;
    auto const at = sample.desk->now();
    auto today = today_snapshot(*sample.desk, at);
    REQUIRE(today);
    // What they are about comes in steps, the first ones first.
    REQUIRE(today->duties.size() > 3);
    auto const some = describe(*today, *sample.desk, 2);
    REQUIRE(some);
    CHECK_FALSE(*some);
    CHECK(today->duties[1].described);
    CHECK_FALSE(today->duties[2].described);
    auto const all = describe(*today, *sample.desk);
    REQUIRE(all);
    CHECK(*all);
    auto const duties = sample.desk->duties(at, DutyFilter::open);
    REQUIRE(duties);
    CHECK(today->duties.size() == duties->size());
    CHECK(std::is_sorted(today->duties.begin(), today->duties.end(),
                         [](DutyLine const& left, DutyLine const& right) { return left.duty.due < right.duty.due; }));
    for (auto const& line : today->duties) {
        CHECK_FALSE(line.number.empty());
        CHECK_FALSE(line.words.empty());
        CHECK((line.status == DutyStatus::overdue) == (line.duty.due < at));
    }
    auto const tickets = ticket_lines(sample.desk->database(), at);
    auto const open = std::count_if(tickets.begin(), tickets.end(), [](TicketLine const& line) { return line.open; });
    CHECK(today->figures.open == open);
    CHECK(today->figures.visits >= today->figures.visits_kept);
    CHECK(today->figures.solutions >= today->figures.solutions_kept);
}

TEST_CASE("RV-4.1: a closed complaint stands first among what waits, with its visit as the next duty") {
    TestDesk desk;
    desk.does("add_staff", "", {{"code", "M1"}, {"name", "陈国强"}});
    desk.does("grant_role", "", {{"staff", "M1"}, {"role", "manager"}});
    desk.does("grant_role", "M1", {{"staff", "M1"}, {"role", "butler"}});
    auto const number = desk.does("register_ticket", "M1",
                                  {{"kind", "complaint"},
                                   {"priority", "normal"},
                                   {"words", "电梯夜里很响"},
                                   {"caller_name", "王建国"},
                                   {"caller_phone", "13866015627"}});
    auto const other =
        desk.does("register_ticket", "M1",
                  {{"kind", "enquiry"}, {"priority", "low"}, {"words", "装修押金"}, {"caller_name", "周敏"}});
    desk.does("own_complaint", "M1",
              {{"ticket", number}, {"responsible", "M1"}, {"explanation", "道歉"}, {"remedy", "更换"}});
    desk.does("close_ticket", "M1", {{"ticket", number}, {"cause", "老化"}, {"solution", "更换四块"}});

    auto const id = desk->find_record(&Ticket::description, number, "ticket");
    REQUIRE(id);
    auto const snapshot = ticket_snapshot(*desk, *id, desk->now());
    REQUIRE(snapshot);
    CHECK(snapshot->line.state == TicketState::finished);
    CHECK(snapshot->owned);
    CHECK(snapshot->cause == "老化");
    CHECK(snapshot->phone == "138****5627");
    CHECK(snapshot->registered_by == "陈国强");
    REQUIRE(snapshot->line.next_clause);
    CHECK(snapshot->line.next_clause->id() == "RV-4.1");
    CHECK(snapshot->line.next_due == time_at("2026-02-14T18:00"));
    REQUIRE(snapshot->timeline.size() == 2);
    CHECK(snapshot->timeline[0].step == "ownership");
    CHECK(snapshot->timeline[1].step == "closing");

    // A void record stays in view, marked.
    desk.does("void_record", "M1", {{"record", format_id(snapshot->timeline[1].id)}, {"reason", "误结"}});
    auto const after = ticket_snapshot(*desk, *id, desk->now());
    REQUIRE(after);
    CHECK(after->timeline[1].is_void);
    CHECK(after->line.open);
    CHECK(after->cause.empty());

    auto const missing = ticket_snapshot(*desk, AnyId{1, 1}, desk->now());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().reason == "ticket.missing");
    CHECK(other != number);
}

TEST_CASE("snapshots: who is at the desk is kept with the database and never travels") {
    TestDesk desk;
    desk.does("add_staff", "", {{"code", "M1"}, {"name", "陈国强"}});
    auto const person = desk->find_record(&StaffMember::description, "M1", "staff");
    REQUIRE(person);
    CHECK_FALSE(desk->person_at_desk());
    auto const before = desk->journal().count();
    auto const digest = desk->tables_digest();
    REQUIRE(desk->set_person_at_desk(*person));
    CHECK(desk->person_at_desk() == *person);
    CHECK(desk->journal().count() == before);
    CHECK(desk->tables_digest() == digest);
}

TEST_CASE("exchange: a file taken in by small steps leaves what one taken in at once does") {
    TestDesk desk;
    desk.does("add_staff", "", {{"code", "M1"}, {"name", "陈国强"}});
    desk.does("grant_role", "", {{"staff", "M1"}, {"role", "manager"}});
    for (int unit = 0; unit < 60; ++unit) desk.does("add_unit", "M1", {{"code", "1栋" + std::to_string(unit)}});
    std::stringstream file;
    REQUIRE(export_range(*desk, desk->identity().incarnation, {1, 0}, file));
    auto const bytes = file.str();

    TestDesk at_once{1, "HQ", 7, true};
    std::istringstream whole{bytes};
    REQUIRE(import_file(*at_once, whole));
    TestDesk in_steps{2, "HQ", 8, true};
    std::istringstream parts{bytes};
    FileImport import{*in_steps, parts};
    int steps = 0;
    for (;; ++steps) {
        auto const finished = import.step(5);
        REQUIRE(finished);
        CHECK(import.done() <= import.all());
        if (*finished) break;
    }
    CHECK(steps > 1);
    CHECK(import.report().added == 62);
    CHECK(in_steps->tables_digest() == at_once->tables_digest());
}
