#include "tests/core/support.h"

#include <algorithm>

#include "core/desk/documents.h"
#include "core/registry/model.h"
#include "core/service/visits/queries.h"
#include "core/service/visits/rules.h"

using namespace guanjia;
using testing::staffed;
using testing::TestDesk;
using Lines = std::vector<std::string>;

namespace {

// Repairs that are finished in the week of 9 to 15 March 2026, one a day from Monday on.
Lines repairs(TestDesk& desk, int count, char const* week = "2026-03-09") {
    Lines tickets;
    for (int index = 0; index < count; ++index) {
        auto const day = format_date(add_days(testing::day(week), index % 7));
        auto const ticket = desk.does(
            "register_ticket", "G01",
            {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯坏"}, {"unit", "3-502"}}, day + "T09:00");
        desk.close(ticket, day + "T10:00");
        tickets.push_back(ticket);
    }
    return tickets;
}

std::string visited_complaint(TestDesk& desk, char const* visited_at = "2026-03-16T10:00") {
    auto const ticket = desk.complaint("2026-03-13T09:00");
    desk.own(ticket, "2026-03-13T10:00");
    desk.close(ticket, "2026-03-13T11:00");
    return desk.does("record_return_visit", "G01", {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}},
                     visited_at);
}

}  // namespace

TEST_CASE("RV-4.2 the sample is 30 % rounded up, at least 3, never more than there are") {
    for (auto const& [orders, sample] : std::initializer_list<std::pair<std::int64_t, std::int64_t>>{
             {0, 0}, {1, 1}, {2, 2}, {3, 3}, {10, 3}, {11, 4}, {13, 4}, {14, 5}, {1000, 300}, {1001, 301}})
        CHECK(sample_size(orders, 30, 3) == sample);
    CHECK(sample_size(10, 100, 0) == 10);
    CHECK(sample_size(10, 1, 0) == 1);
}

TEST_CASE("RV-4.2 a draw is due in the week after, is the manager's, and is made once") {
    auto desk = staffed("2026-03-15T18:00");
    repairs(desk, 11);
    CHECK(desk.duties("RV-4.2") == Lines{"2026-03-20T18:00 - manager"});
    CHECK(desk.refused("draw_week", "M01", {{"week", "2026-03-09"}}) == "RV-4.2 draw.week-running");
    desk.clock("2026-03-16T00:00");
    CHECK(desk.refused("draw_week", "G01", {}) == "RV-4.2 role.manager");
    CHECK(desk.refused("draw_week", "M01", {{"week", "2026-03-02"}}) == "RV-4.2 draw.no-orders");
    CHECK(desk.does("draw_week", "M01", {}) == "CQ-20260316-A001");
    CHECK(desk.refused("draw_week", "M01", {{"week", "2026-03-12"}}) == "RV-4.2 draw.done-already");
    CHECK(desk.ask("draws", "orders") == Lines{"11"});
    CHECK(desk.ask("draws", "wanted") == Lines{"4"});
    CHECK(desk.ask("drawn_orders", "rank") == Lines{"1", "2", "3", "4"});
    CHECK(desk.ask("drawn_orders", "due") ==
          Lines{"2026-03-20T18:00", "2026-03-20T18:00", "2026-03-20T18:00", "2026-03-20T18:00"});
    // The draw is done, four visits are to be made.
    auto duties = desk.duties("RV-4.2");
    std::sort(duties.begin(), duties.end());
    CHECK(duties == Lines{"2026-03-20T18:00 - butler", "2026-03-20T18:00 - butler", "2026-03-20T18:00 - butler",
                          "2026-03-20T18:00 - butler", "2026-03-20T18:00 2026-03-16T00:00 manager"});
    auto const first = desk.ask("drawn_orders", "ticket").front();
    desk.does("record_return_visit", "G01", {{"ticket", first}, {"method", "phone"}, {"solved", "true"}},
              "2026-03-16T00:00");
    CHECK(desk.ask("drawn_orders", "visited_at").front() == "2026-03-16T00:00");
}

TEST_CASE("RV-4.2 anyone can draw again from the recorded seed and finds the same") {
    auto desk = staffed("2026-03-16T09:00");
    auto const tickets = repairs(desk, 14);
    desk.does("draw_week", "M01", {});
    auto const seed = desk.ask("draws", "seed").front();
    CHECK(seed.size() == 16);
    std::vector<Id<Ticket>> orders;
    for (auto const& ticket : tickets)
        orders.push_back(Id<Ticket>{*desk->find_record(&Ticket::description, ticket, "ticket")});
    std::reverse(orders.begin(), orders.end());  // their order does not matter
    auto const again = ranked(seed, orders);
    Lines expected;
    for (std::size_t place = 0; place < 5; ++place) expected.push_back(desk->number_of(again[place].any));
    CHECK(desk.ask("drawn_orders", "ticket") == expected);
}

TEST_CASE("RV-4.2 a week without working days opens and falls due on the next one") {
    // 15 to 23 February 2026 are off; 9 to 15 February is the week before.
    auto desk = staffed("2026-02-23T09:00");
    repairs(desk, 3, "2026-02-09");
    auto const period = draw_period(testing::day("2026-02-09"), Deadlines{Parameters{}, Calendar{}});
    CHECK(format_time(period.opens) == "2026-02-24T08:30");
    CHECK(format_time(period.due) == "2026-02-24T18:00");
    CHECK(desk.duties("RV-4.2", "2026-02-24T08:29").empty());
    CHECK(desk.duties("RV-4.2", "2026-02-24T08:30") == Lines{"2026-02-24T18:00 - manager"});
    // A week whose Monday is off opens on Tuesday, and one that ends with a make-up Saturday is due then.
    auto const spring = draw_period(testing::day("2026-02-02"), Deadlines{Parameters{}, Calendar{}});
    CHECK(format_time(spring.opens) == "2026-02-09T08:30");
    CHECK(format_time(spring.due) == "2026-02-14T18:00");
}

TEST_CASE("RV-4.2 an order that arrives late takes its rank, and nothing drawn is dropped") {
    TestDesk other{2};
    auto desk = staffed("2026-03-16T09:00");
    other.clock("2026-03-16T09:00");
    REQUIRE(other.take(desk.slice()));
    repairs(desk, 10);
    desk.does("draw_week", "M01", {});
    auto const drawn = desk.ask("drawn_orders", "ticket");
    CHECK(drawn.size() == 3);
    CHECK(desk.refused("add_late_orders", "M01", {}) == "RV-4.2 draw.nothing-late");
    // Eleven more of that week come from the other desk: 7 of 21 are to be visited.
    repairs(other, 11);
    REQUIRE(desk.take(other.slice()));
    desk.clock("2026-03-19T09:00");
    desk.does("add_late_orders", "M01", {});
    auto const all = desk.ask("drawn_orders", "ticket");
    CHECK(all.size() >= 7);
    for (auto const& ticket : drawn) CHECK(std::find(all.begin(), all.end(), ticket) != all.end());
    auto late = desk.ask("drawn_orders", "late");
    CHECK(std::count(late.begin(), late.end(), "true") == static_cast<std::ptrdiff_t>(all.size() - drawn.size()));
    CHECK(desk.refused("add_late_orders", "M01", {}) == "RV-4.2 draw.nothing-late");
    REQUIRE(desk->check());
    CHECK((*desk->check()).sound);
}

TEST_CASE("RV-4.2 one named desk draws, and two that drew unawares keep all they drew") {
    auto desk = staffed("2026-03-16T09:00");
    repairs(desk, 10);
    TestDesk other{2};
    other.clock("2026-03-16T09:00");
    REQUIRE(other.take(desk.slice()));
    CHECK(other.refused("draw_week", "M01", {}) == "RV-4.2 draw.other-desk");
    CHECK(other.refused("name_draw_desk", "G01", {{"desk", "B"}}) == "RV-4.2 role.manager");
    CHECK(other.refused("name_draw_desk", "M01", {{"desk", "b2"}}) == "RV-4.2 draw.no-such-desk");
    CHECK(other.refused("name_draw_desk", "M01", {{"desk", "A"}}) == "command.changes-nothing");
    other.does("name_draw_desk", "M01", {{"desk", "B"}});
    other.does("draw_week", "M01", {});
    desk.does("draw_week", "M01", {});
    auto const here = desk.slice();
    REQUIRE(desk.take(other.slice()));
    REQUIRE(other.take(here));
    CHECK(desk->tables_digest() == other->tables_digest());
    CHECK(desk.ask("draws", "number").size() == 2);
    CHECK(desk.ask("drawn_orders", "ticket").size() == 6);
    // Each ticket is visited once, however often it was drawn.
    auto tickets = desk.ask("drawn_orders", "ticket");
    std::sort(tickets.begin(), tickets.end());
    auto const distinct = std::unique(tickets.begin(), tickets.end()) - tickets.begin();
    CHECK(desk.duties("RV-4.2").size() == static_cast<std::size_t>(distinct) + 1);
    CHECK(desk.refused("draw_week", "M01", {}) == "RV-4.2 draw.other-desk");
    CHECK(other.refused("draw_week", "M01", {}) == "RV-4.2 draw.done-already");
}

TEST_CASE("RV-4.2 a drawn repair that is open again is visited when it is finished again") {
    auto desk = staffed("2026-03-16T09:00");
    auto const tickets = repairs(desk, 1);
    desk.does("draw_week", "M01", {});
    desk.clock("2026-03-16T09:30");
    desk.does("reopen_ticket", "G01", {{"ticket", tickets[0]}, {"reason", "又坏了"}}, "2026-03-16T09:30");
    CHECK(desk.duties("RV-4.2") == Lines{"2026-03-20T18:00 2026-03-16T09:00 manager"});
    desk.clock("2026-03-20T17:00");
    desk.close(tickets[0], "2026-03-20T17:00");
    // It is one of the orders of this week as well.
    Lines const expected{"2026-03-23T18:00 - butler", "2026-03-27T18:00 - manager",
                         "2026-03-20T18:00 2026-03-16T09:00 manager"};
    CHECK(desk.duties("RV-4.2") == expected);
    REQUIRE(desk->rebuild());
    CHECK(desk.duties("RV-4.2") == expected);
}

TEST_CASE("RV-4.2 the manager assigns a visit to someone of the front desk") {
    auto desk = staffed("2026-03-16T09:00");
    auto const tickets = repairs(desk, 1);
    desk.does("draw_week", "M01", {});
    CHECK(desk.refused("assign_visit", "G01", {{"ticket", tickets[0]}, {"assignee", "G02"}}) == "RV-4.2 role.manager");
    CHECK(desk.refused("assign_visit", "M01", {{"ticket", tickets[0]}, {"assignee", "W01"}}) ==
          "RV-3.1 visit.front-desk-assignee");
    desk.does("assign_visit", "M01", {{"ticket", tickets[0]}, {"assignee", "G02"}});
    CHECK(desk.ask("drawn_orders", "assignee") == Lines{"G02"});
    auto const open = desk.complaint("2026-03-16T08:00");
    CHECK(desk.refused("assign_visit", "M01", {{"ticket", open}, {"assignee", "G02"}}) == "RV-4.1 visit.not-finished");
}

TEST_CASE("RV-4.4 what is raised in a visit is settled at once or has a promised time of reply") {
    auto desk = staffed("2026-03-16T10:00");
    auto const visit = visited_complaint(desk);
    auto const opinion = [&](TestDesk::Fields more) {
        more.insert(more.begin(), {{"visit", visit}, {"kind", "opinion"}, {"words", "楼道灯太暗"}});
        return more;
    };
    CHECK(desk.refused("raise_opinion", "G01", {{"visit", visit}, {"words", "灯暗"}}) == "RV-4.4 opinion.kind-missing");
    CHECK(desk.refused("raise_opinion", "G01", {{"visit", visit}, {"kind", "opinion"}}) ==
          "RV-4.4 opinion.words-missing");
    CHECK(desk.refused("raise_opinion", "W01", opinion({})) == "RV-4.4 role.front-desk-or-manager");
    CHECK(desk.refused("raise_opinion", "G01", opinion({})) == "RV-4.4 opinion.departments-missing");
    CHECK(
        desk.refused("raise_opinion", "G01", opinion({{"departments", "工程部"}, {"reply_due", "2026-03-16T09:59"}})) ==
        "RV-4.4 opinion.reply-past");
    // Three working days at most: until closing time on Thursday.
    CHECK(
        desk.refused("raise_opinion", "G01", opinion({{"departments", "工程部"}, {"reply_due", "2026-03-19T18:01"}})) ==
        "RV-4.4 opinion.reply-too-late");
    CHECK(desk.refused("raise_opinion", "G01", opinion({{"settled", "已换灯"}, {"reply_due", "2026-03-17T18:00"}})) ==
          "RV-4.4 opinion.settled-and-promised");
    desk.does("raise_opinion", "G01", opinion({{"settled", "已换灯"}}));
    CHECK(desk.duties("RV-4.4").empty());
    desk.does("raise_opinion", "G01", opinion({{"departments", "工程部"}, {"reply_due", "2026-03-19T18:00"}}));
    CHECK(desk.duties("RV-4.4") == Lines{"2026-03-16T18:00 - butler", "2026-03-19T18:00 - butler"});
    CHECK(desk.ask("opinions", "reply_due") == Lines{"", "2026-03-19T18:00"});
}

TEST_CASE("RV-4.4 every department concerned is told the same working day, and the reply comes in time") {
    auto desk = staffed("2026-03-20T18:30");
    auto const visit = visited_complaint(desk, "2026-03-20T18:30");
    // Said after closing time on Friday: told on Monday, replied by default the day after Friday.
    auto const opinion = desk.does(
        "raise_opinion", "G01",
        {{"visit", visit}, {"kind", "suggestion"}, {"words", "加装充电桩"}, {"departments", "工程部、 秩序部，工程部"}},
        "2026-03-20T18:30");
    CHECK(desk.ask("opinions", "departments") == Lines{"工程部、秩序部"});
    CHECK(desk.duties("RV-4.4") ==
          Lines{"2026-03-23T18:00 - butler", "2026-03-23T18:00 - butler", "2026-03-23T18:00 - butler"});
    desk.clock("2026-03-23T18:00");
    auto const tell = [&](char const* department) {
        return TestDesk::Fields{{"opinion", opinion}, {"department", department}};
    };
    CHECK(desk.refused("tell_department", "G01", tell("保洁部")) == "RV-4.4 opinion.department-not-concerned");
    desk.does("tell_department", "G01", tell("工程部"), "2026-03-23T18:00");
    CHECK(desk.refused("tell_department", "G01", tell("工程部")) == "RV-4.4 opinion.told-already");
    desk.does("tell_department", "G01", tell("秩序部"), "2026-03-23T09:00");
    CHECK(desk.refused("reply_to_opinion", "G01", {{"opinion", opinion}}) == "RV-4.4 opinion.reply-missing");
    desk.does("reply_to_opinion", "G01", {{"opinion", opinion}, {"reply", "下月加装"}}, "2026-03-23T17:59");
    CHECK(desk.refused("reply_to_opinion", "G01", {{"opinion", opinion}, {"reply", "下月加装"}}) ==
          "RV-4.4 opinion.replied");
    CHECK(desk.duties("RV-4.4") == Lines{"2026-03-23T18:00 2026-03-23T17:59 butler",
                                         "2026-03-23T18:00 2026-03-23T18:00 butler",
                                         "2026-03-23T18:00 2026-03-23T09:00 butler"});
}

TEST_CASE("RV-4.4 a new complaint is a new ticket") {
    auto desk = staffed("2026-03-16T10:00");
    auto const visit = visited_complaint(desk);
    desk.does("raise_opinion", "G01",
              {{"visit", visit}, {"kind", "complaint"}, {"words", "垃圾没人收"}, {"departments", "保洁部"}});
    CHECK(desk.ask("opinions", "new_ticket") == Lines{"TS-20260316-A001"});
    CHECK(desk.ask("tickets", "words", {{"ticket", "TS-20260316-A001"}}) == Lines{"垃圾没人收"});
    CHECK(desk.ask("tickets", "unit", {{"ticket", "TS-20260316-A001"}}) == Lines{"3-502"});
    CHECK(desk.ask("tickets", "state", {{"ticket", "TS-20260316-A001"}}) == Lines{"registered"});
}

TEST_CASE("RV-4.5 the manager inspects each month's visits and signs an opinion") {
    auto desk = staffed("2026-03-31T18:00");
    auto const visit = visited_complaint(desk);
    CHECK(desk.duties("RV-4.5", "2026-03-31T23:59").empty());
    // Five working days: 1 to 3, 7 and 8 April; the 4th to the 6th are off.
    CHECK(desk.duties("RV-4.5", "2026-04-01T00:00") == Lines{"2026-04-08T18:00 - manager"});
    CHECK(desk.refused("sign_inspection", "M01", {{"period", "2026-03-01"}, {"opinion", "尚可"}}) ==
          "RV-4.5 inspection.period-running");
    desk.clock("2026-04-01T09:00");
    CHECK(desk.refused("sign_inspection", "G01", {{"opinion", "尚可"}}) == "RV-4.5 role.manager");
    CHECK(desk.refused("sign_inspection", "M01", {{"opinion", "尚可"}}) == "RV-4.5 inspection.none-looked-at");
    CHECK(desk.refused("sign_inspection", "M01", {{"period", "2026-02-10"}, {"opinion", "尚可"}}) ==
          "RV-4.5 inspection.no-visits");
    CHECK(desk.refused("inspect_visit", "G01", {{"visit", visit}, {"passed", "true"}}) == "RV-4.5 role.manager");
    CHECK(desk.refused("inspect_visit", "M01", {{"visit", visit}, {"passed", "false"}}) ==
          "RV-4.5 inspection.remark-missing");
    desk.does("inspect_visit", "M01", {{"visit", visit}, {"passed", "false"}, {"remark", "没问原因"}});
    CHECK(desk.refused("sign_inspection", "M01", {}) == "RV-4.5 inspection.opinion-missing");
    CHECK(desk.does("sign_inspection", "M01", {{"opinion", "须问明原因"}}) == "HJ-20260401-A001");
    CHECK(desk.refused("sign_inspection", "M01", {{"opinion", "尚可"}}) == "RV-4.5 inspection.signed-already");
    CHECK(desk.ask("inspections", "failed") == Lines{"1"});
    CHECK(desk.duties("RV-4.5") == Lines{"2026-04-08T18:00 2026-04-01T09:00 manager"});
}

TEST_CASE("RV-4.5 how long a period is, is a parameter") {
    auto desk = staffed("2026-03-16T10:00");
    desk.does("set_parameter", "M01",
              {{"name", "rv_inspection_months"}, {"value", "3"}, {"effective_from", "2026-04-01"}, {"reason", "试行"}});
    visited_complaint(desk);
    CHECK(desk.duties("RV-4.5") == Lines{"2026-04-08T18:00 - manager"});
    desk.clock("2026-05-11T10:00");
    auto const ticket = desk.complaint("2026-05-11T09:00");
    desk.own(ticket, "2026-05-11T09:10");
    desk.close(ticket, "2026-05-11T09:20");
    desk.does("record_return_visit", "G01", {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}});
    CHECK(desk.duties("RV-4.5") == Lines{"2026-04-08T18:00 - manager", "2026-07-07T18:00 - manager"});
    auto const before = desk->tables_digest();
    REQUIRE(desk->rebuild());
    CHECK(desk->tables_digest() == before);
}

TEST_CASE("RV-4.6 the office keeps the records of all visits") {
    auto desk = staffed("2026-04-01T09:00");
    visited_complaint(desk);
    desk.does("add_staff", "M01", {{"code", "A01"}, {"name", "周文静"}});
    desk.does("grant_role", "M01", {{"staff", "A01"}, {"role", "manager-assistant"}});
    CHECK(desk.refused("file_visits", "G01", {{"month", "2026-03-01"}}) == "RV-4.6 role.office");
    CHECK(desk.refused("file_visits", "A01", {}) == "RV-4.6 filing.month-missing");
    CHECK(desk.refused("file_visits", "A01", {{"month", "2026-05-01"}}) == "RV-4.6 filing.month-ahead");
    CHECK(desk.refused("file_visits", "A01", {{"month", "2026-02-01"}}) == "RV-4.6 inspection.no-visits");
    desk.does("file_visits", "A01", {{"month", "2026-03-16"}});
    CHECK(desk.ask("visit_filings", "month") == Lines{"2026-03-01"});
    CHECK(desk.ask("visit_filings", "visits") == Lines{"1"});
}

TEST_CASE("RV-4.6 the register has every visit of the period with method, signature and inspection") {
    auto desk = staffed("2026-03-31T18:00");
    auto const phone = visited_complaint(desk, "2026-03-16T10:00");
    auto const repair = desk.does(
        "register_ticket", "G01",
        {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯坏"}, {"unit", "3-502"}, {"owner", desk.owner}},
        "2026-03-13T09:00");
    desk.close(repair, "2026-03-13T10:00");
    auto const door = desk.does("record_return_visit", "G02",
                                {{"ticket", repair},
                                 {"method", "door-step"},
                                 {"solved", "false"},
                                 {"satisfaction", "fair"},
                                 {"signature", "12,30 14,33"},
                                 {"signer_name", "张三"},
                                 {"signer_relation", "owner"}},
                                "2026-03-31T17:59");
    desk.does("inspect_visit", "M01", {{"visit", phone}, {"passed", "true"}});
    auto const page = print_form(*desk, "register", "2026-03");
    REQUIRE(page);
    auto const has = [&](std::string_view words) { return page->find(words) != std::string::npos; };
    for (auto const* words : {"HC-202603", "依据 RV-4.6", phone.c_str(), door.c_str(), repair.c_str(), "电话回访",
                              "张三（业主）", "一般，未解决", "合格", "共 2 次：电话 1，未解决 1，特批 0，已检查 1"})
        CHECK_MESSAGE(has(words), words);
    // Neighbouring days and months have none of it.
    CHECK(print_form(*desk, "register", "2026-04")->find(phone) == std::string::npos);
    CHECK(print_form(*desk, "register", "2026-03-17..2026-03-31")->find(phone) == std::string::npos);
    CHECK(print_form(*desk, "register", "2026-03-16..2026-03-16")->find(phone) != std::string::npos);
    CHECK(print_form(*desk, "register", "2026-03-16..2026-03-16")->find(door) == std::string::npos);
    for (auto const* period : {"2026", "2026-13", "2026-03-31..2026-03-01", ""})
        CHECK(print_form(*desk, "register", period).error().reason == "form.period");
}

TEST_CASE("RV-4.6 the office or the manager prints the register, nobody else") {
    auto desk = staffed("2026-03-31T18:00");
    auto const phone = visited_complaint(desk);
    desk.does("add_staff", "M01", {{"code", "A01"}, {"name", "吴助理"}});
    desk.does("grant_role", "M01", {{"staff", "A01"}, {"role", "manager-assistant"}});
    auto const by = [&](char const* code) {
        auto const person = desk->find_record(&StaffMember::description, code, "by");
        REQUIRE(person);
        return print_form(*desk, "register", "2026-03", *person);
    };
    CHECK(by("A01"));
    CHECK(by("M01"));
    CHECK(by("G01").error().reason == "role.office-or-manager");
    CHECK(by("G01").error().clause->id() == "RV-4.6");
    CHECK(print_form(*desk, "register", "2026-03", AnyId{}).error().reason == "role.office-or-manager");
    // What was filed is said, and what came after.
    auto const months = [&] { return register_months(desk->database(), 12); };
    REQUIRE(months().size() == 1);
    CHECK_FALSE(has_time(months().front().filed_at));
    desk.does("file_visits", "A01", {{"month", "2026-03-01"}});
    CHECK(months().front().filed == 1);
    CHECK(by("A01")->find("归档 1 份") != std::string::npos);
    visited_complaint(desk, "2026-03-17T10:00");
    CHECK(months().front().visits == 2);
    CHECK(months().front().filed == 1);
    desk.does("void_record", "M01", {{"record", phone}, {"reason", "记错"}});
    CHECK(months().front().visits == 1);
}

TEST_CASE("RV-4.1 a visit that was made before the ticket was opened again is entered later as what it was") {
    auto desk = staffed("2026-03-16T12:00");
    auto const ticket = desk.complaint("2026-03-13T09:00");
    desk.own(ticket, "2026-03-13T10:00");
    desk.close(ticket, "2026-03-13T11:00");
    desk.does("reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "又响"}}, "2026-03-16T11:00");
    auto const visit = [&](char const* solved) {
        return TestDesk::Fields{{"ticket", ticket}, {"method", "phone"}, {"solved", solved}};
    };
    CHECK(desk.refused("record_return_visit", "G01", visit("true"), "2026-03-13T10:59") == "RV-4.1 visit.not-finished");
    CHECK(desk.refused("record_return_visit", "G01", visit("true"), "2026-03-16T11:01") == "RV-4.1 visit.not-finished");
    desk.does("record_return_visit", "G01", visit("false"), "2026-03-16T10:00");
    CHECK(desk.duties("RV-4.1") == Lines{"2026-03-16T18:00 2026-03-16T10:00 butler"});
    // It is open already: unsolved opens it no second time.
    CHECK(desk->database().integer("SELECT count(*) FROM reopening") == 1);
    desk.close(ticket, "2026-03-16T11:30");
    CHECK(desk.refused("record_return_visit", "G01", visit("true"), "2026-03-16T11:15") ==
          "RV-4.1 visit.before-finished");
}

TEST_CASE("RV-5 the record of a visit shows the dealing that the customer was asked about") {
    auto desk = staffed("2026-03-12T16:00");
    auto const ticket =
        desk.does("register_ticket", "G01",
                  {{"kind", "repair"}, {"priority", "low"}, {"words", "漏水"}, {"unit", "3-502"}}, "2026-03-09T09:00");
    auto const close = [&](char const* solution, char const* at) {
        desk.does("close_ticket", "G01", {{"ticket", ticket}, {"cause", "老化"}, {"solution", solution}}, at);
    };
    close("拧紧接头", "2026-03-09T10:00");
    auto const visit = desk.does("record_return_visit", "G01",
                                 {{"ticket", ticket}, {"method", "phone"}, {"solved", "false"}, {"opinion", "还漏"}},
                                 "2026-03-10T09:00");
    auto const shows = [&](char const* text) {
        auto const page = print_form(*desk, "return-visit-record", visit);
        REQUIRE(page);
        return page->find(text) != std::string::npos;
    };
    CHECK(shows("2026年3月9日 10:00"));
    CHECK(shows("拧紧接头"));
    close("换管", "2026-03-12T15:00");
    CHECK(shows("2026年3月9日 10:00"));
    CHECK(shows("拧紧接头"));
    CHECK_FALSE(shows("换管"));
    CHECK_FALSE(shows("3月12日 15:00"));
}

TEST_CASE("RV-4.5 a visit of a void ticket is neither inspected nor counted nor filed") {
    auto desk = staffed("2026-03-16T10:00");
    auto const visit = visited_complaint(desk);
    auto const ticket = desk.ask("return_visits", "ticket").front();
    CHECK(desk.duties("RV-4.5").size() == 1);
    CHECK(register_months(desk->database(), 10).size() == 1);
    desk.does("void_record", "M01", {{"record", ticket}, {"reason", "登记错了"}});
    CHECK(desk.duties("RV-4.5").empty());
    CHECK(desk.ask("return_visits", "number").empty());
    CHECK(register_months(desk->database(), 10).empty());
    CHECK(register_lines(desk->database(), {testing::day("2026-03-01"), testing::day("2026-03-31")}).empty());
    desk.clock("2026-04-02T09:00");
    CHECK(desk.refused("sign_inspection", "M01", {{"opinion", "尚可"}}) == "RV-4.5 inspection.no-visits");
}

TEST_CASE("RV-4.5 where the length of periods changes within one, every month is inspected, and once") {
    Parameters parameters;
    parameters.set({Parameter::rv_inspection_months, 3, testing::day("2026-05-01"), Stamp{10, 1}});
    auto const months = [&](char const* date) {
        auto const period = inspection_period(testing::day(date), parameters);
        return format_date(period.first) + " " + format_date(period.last);
    };
    CHECK(months("2026-04-30") == "2026-04-01 2026-04-30");
    CHECK(months("2026-05-01") == "2026-05-01 2026-06-30");
    CHECK(months("2026-06-30") == "2026-05-01 2026-06-30");
    CHECK(months("2026-07-01") == "2026-07-01 2026-09-30");
    parameters.set({Parameter::rv_inspection_months, 1, testing::day("2026-08-01"), Stamp{11, 1}});
    CHECK(months("2026-07-15") == "2026-07-01 2026-07-31");
    CHECK(months("2026-08-01") == "2026-08-01 2026-08-31");
    // A month that has begun keeps its length.
    parameters.set({Parameter::rv_inspection_months, 12, testing::day("2026-10-02"), Stamp{12, 1}});
    CHECK(months("2026-10-31") == "2026-10-01 2026-10-31");
    CHECK(months("2026-11-01") == "2026-11-01 2026-12-31");
}

TEST_CASE("RV-4.1 RV-4.2 RV-3.1 what is owed a return visit is merged only into what is owed it as well") {
    auto desk = staffed("2026-03-16T09:00");
    auto const merge = [&](std::string const& from, std::string const& into) {
        return TestDesk::Fields{{"ticket", from}, {"merged_into", into}, {"reason", "同一件"}};
    };
    auto const ticket = [&](char const* kind) {
        return desk.does("register_ticket", "G01",
                         {{"kind", kind}, {"priority", "low"}, {"words", "漏水"}, {"unit", "3-502"}},
                         "2026-03-10T09:00");
    };
    auto const important = desk.complaint("2026-03-13T09:00", {{"safety", "true"}});
    auto const ordinary = desk.complaint("2026-03-13T09:10");
    CHECK(desk.refused("merge_ticket", "G01", merge(important, ordinary)) == "RV-3.1 merge.important-into-ordinary");
    auto const refuted = desk.complaint("2026-03-13T09:20");
    desk.does("mark_validity", "M01", {{"ticket", refuted}, {"valid", "false"}, {"reason", "查无此事"}});
    CHECK(desk.refused("merge_ticket", "G01", merge(ordinary, refuted)) == "RV-4.1 merge.valid-into-invalid");
    desk.does("merge_ticket", "G01", merge(refuted, ordinary));
    desk.does("merge_ticket", "G01", merge(ordinary, important));

    auto const leak = ticket("repair");
    CHECK(desk.refused("merge_ticket", "G01", merge(leak, ticket("enquiry"))) == "RV-4.2 merge.repair-into-other");
    auto const drawn = ticket("repair");
    desk.close(drawn, "2026-03-10T10:00");
    desk.does("draw_week", "M01", {});
    desk.does("reopen_ticket", "G01", {{"ticket", drawn}, {"reason", "又漏"}});
    CHECK(desk.refused("merge_ticket", "G01", merge(drawn, leak)) == "RV-4.2 merge.drawn-visit-due");
    desk.does("merge_ticket", "G01", merge(leak, drawn));
    desk.clock("2026-03-16T11:00");
    desk.close(drawn, "2026-03-16T10:00");
    desk.does("record_return_visit", "G01", {{"ticket", drawn}, {"method", "phone"}, {"solved", "false"}});
    desk.does("merge_ticket", "G01", merge(drawn, ticket("repair")));
}
