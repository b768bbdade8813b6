#include "tests/core/support.h"

#include <algorithm>

#include "core/service/figures/queries.h"
#include "core/store/entry.h"

using namespace guanjia;
using testing::staffed;
using testing::TestDesk;

namespace {

std::string leak(TestDesk& desk, char const* at, char const* category = "水电/漏水", char const* priority = "urgent") {
    return desk.does(
        "register_ticket", "G01",
        {{"kind", "repair"}, {"priority", priority}, {"words", "漏水"}, {"unit", "3-502"}, {"category", category}}, at);
}

FigureQuery march(FigureGrouping by = FigureGrouping::none) {
    return {{testing::day("2026-03-01"), testing::day("2026-03-31")}, by, TicketKind::none};
}

std::vector<std::string> cases(TestDesk& desk, FigureCase which, std::string_view key = {},
                               FigureGrouping by = FigureGrouping::none) {
    std::vector<std::string> numbers;
    for (auto const& line : figure_cases(desk->database(), march(by), key, which, desk->now(), 100))
        numbers.push_back(line.number);
    return numbers;
}

}  // namespace

TEST_CASE("GEN-S1 response, handling without waits, and what was in time are told with the cases behind them") {
    auto desk = staffed();
    // Urgent: 15 minutes to respond, four hours to solve.
    auto const quick = leak(desk, "2026-03-09T09:00");
    desk.does("record_contact", "G01", {{"ticket", quick}, {"channel", "phone"}, {"summary", "马上"}},
              "2026-03-09T09:15");
    desk.close(quick, "2026-03-09T13:00");
    auto const slow = leak(desk, "2026-03-10T09:00");
    desk.does("record_contact", "G01", {{"ticket", slow}, {"channel", "phone"}, {"summary", "稍等"}},
              "2026-03-10T09:16");
    desk.does("put_on_hold", "G01", {{"ticket", slow}, {"reason", "parts"}}, "2026-03-10T10:00");
    desk.does("resume_ticket", "G01", {{"ticket", slow}}, "2026-03-10T12:00");
    desk.close(slow, "2026-03-10T15:01");
    auto const rows = figure_rows(desk->database(), march(), desk->now());
    REQUIRE(rows.size() == 1);
    auto const& row = rows.front();
    CHECK(row.tickets == 2);
    CHECK(row.open == 0);
    CHECK(row.response_minutes == 16);  // the upper of two
    CHECK(row.responses == 2);
    CHECK(row.responses_kept == 1);
    CHECK(row.solutions == 2);
    CHECK(row.solutions_kept == 1);
    CHECK(row.waited_minutes == 120);
    CHECK(row.handling_minutes == 241);
    CHECK(cases(desk, FigureCase::response_late) == std::vector<std::string>{slow});
    CHECK(cases(desk, FigureCase::solution_late) == std::vector<std::string>{slow});
    CHECK(cases(desk, FigureCase::all) == std::vector<std::string>{slow, quick});
}

TEST_CASE("GEN-S1 what was done later had not been done at the time asked about") {
    auto desk = staffed();
    auto const ticket = leak(desk, "2026-03-09T09:00");
    desk.close(ticket, "2026-03-09T12:00");
    auto const at = [&](char const* time) { return figure_rows(desk->database(), march(), testing::time_at(time)); };
    CHECK(at("2026-03-09T11:59").front().open == 1);
    CHECK(at("2026-03-09T12:00").front().open == 0);
    CHECK_FALSE(at("2026-03-09T11:59").front().handling_minutes);
}

TEST_CASE("GEN-S2 reopened and recurring tickets and second trips are counted once each") {
    auto desk = staffed();
    auto const first = leak(desk, "2026-03-09T09:00");
    desk.close(first, "2026-03-09T10:00");
    for (auto const* at : {"2026-03-10T09:00", "2026-03-11T09:00"}) {
        desk.does("reopen_ticket", "G01", {{"ticket", first}, {"reason", "又漏"}}, at);
        desk.close(first, std::string{at}.substr(0, 11) + "11:00");
    }
    auto const again = leak(desk, "2026-03-12T09:00");
    for (auto const* at : {"2026-03-12T10:00", "2026-03-12T15:00"})
        desk.does("record_repair_visit", "W01", {{"ticket", again}, {"worker", "W01"}, {"work", "查"}}, at);
    auto const row = figure_rows(desk->database(), march(), desk->now()).front();
    CHECK(row.reopened == 1);
    CHECK(row.recurring == 1);
    CHECK(row.repairs == 1);
    CHECK(row.second_trips == 1);
    CHECK(cases(desk, FigureCase::reopened) == std::vector<std::string>{first});
    CHECK(cases(desk, FigureCase::recurring) == std::vector<std::string>{again});
    CHECK(cases(desk, FigureCase::second_trip) == std::vector<std::string>{again});
    desk.does("void_record", "M01", {{"record", again}, {"reason", "重复"}});
    CHECK(figure_rows(desk->database(), march(), desk->now()).front().tickets == 1);
}

TEST_CASE("GEN-S3 satisfaction is the last that was said") {
    auto desk = staffed();
    auto const ticket = leak(desk, "2026-03-09T09:00");
    desk.does("close_ticket", "G01",
              {{"ticket", ticket}, {"cause", "老化"}, {"solution", "更换"}, {"satisfaction", "satisfied"}},
              "2026-03-09T10:00");
    desk.does("record_return_visit", "G01",
              {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}, {"satisfaction", "dissatisfied"}},
              "2026-03-10T10:00");
    auto const silent = leak(desk, "2026-03-09T11:00");
    desk.close(silent, "2026-03-09T12:00");
    desk.does("record_satisfaction", "G01", {{"ticket", silent}, {"declined", "true"}});
    auto const row = figure_rows(desk->database(), march(), desk->now()).front();
    CHECK(row.answers == 1);
    CHECK(row.satisfied == 0);
    CHECK(row.dissatisfied == 1);
    CHECK(cases(desk, FigureCase::dissatisfied) == std::vector<std::string>{ticket});
}

TEST_CASE("GEN-S4 per clause what was kept, late, missed and refused, nothing hidden in a sum") {
    auto desk = staffed();
    auto const ticket = desk.complaint("2026-03-09T09:00");
    desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"cause", "x"}, {"solution", "y"}}, "2026-03-09T10:00");
    desk.own(ticket, "2026-03-09T10:00");
    desk.close(ticket, "2026-03-09T11:00");
    DayRange const days{testing::day("2026-03-01"), testing::day("2026-03-31")};
    auto const row = [&](std::string_view clause, char const* at) {
        auto const rows = compliance_rows(desk->database(), days, testing::time_at(at));
        auto const found = std::find_if(rows.begin(), rows.end(),
                                        [&](ComplianceRow const& known) { return known.clause.id() == clause; });
        REQUIRE(found != rows.end());
        return *found;
    };
    CHECK(row("RV-4.1", "2026-03-10T18:00").open == 1);
    CHECK(row("RV-4.1", "2026-03-10T18:01").missed == 1);
    CHECK(row("GEN-3.3", "2026-03-31T18:00").refused == 1);
    desk.does("record_return_visit", "G01", {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}},
              "2026-03-11T09:00");
    CHECK(row("RV-4.1", "2026-03-31T18:00").late == 1);
    auto const unkept =
        unkept_duties(desk->database(), row("RV-4.1", "2026-03-31T18:00").clause, days, desk->now(), 10);
    REQUIRE(unkept.size() == 1);
    CHECK(desk->number_of(unkept.front().subject) == ticket);
}

TEST_CASE("GEN-S1 figures by day, week, month, person, category and kind add up to the same") {
    auto desk = staffed();
    leak(desk, "2026-03-01T09:00");
    leak(desk, "2026-03-08T23:59", "水电/跳闸");
    leak(desk, "2026-03-09T00:00", "");
    desk.complaint("2026-03-31T09:00");
    leak(desk, "2026-02-28T12:00");
    auto const keys = [&](FigureGrouping by) {
        std::vector<std::string> found;
        std::int64_t tickets = 0;
        for (auto const& row : figure_rows(desk->database(), march(by), desk->now())) {
            found.push_back(row.key);
            tickets += row.tickets;
        }
        CHECK(tickets == 4);
        return found;
    };
    using Keys = std::vector<std::string>;
    CHECK(keys(FigureGrouping::day) == Keys{"2026-03-01", "2026-03-08", "2026-03-09", "2026-03-31"});
    CHECK(keys(FigureGrouping::week) == Keys{"2026-02-23", "2026-03-02", "2026-03-09", "2026-03-30"});
    CHECK(keys(FigureGrouping::month) == Keys{"2026-03-01"});
    CHECK(keys(FigureGrouping::category) == Keys{"", "水电/漏水", "水电/跳闸"});
    CHECK(keys(FigureGrouping::kind) == Keys{"complaint", "repair"});
    CHECK(keys(FigureGrouping::person).size() == 1);
    CHECK(cases(desk, FigureCase::all, "2026-03-09", FigureGrouping::week).size() == 1);
    auto only = march();
    only.kind = TicketKind::complaint;
    CHECK(figure_rows(desk->database(), only, desk->now()).front().tickets == 1);
}

// Found by fuzzing: an entry that adds a ticket and says nothing of it.
TEST_CASE("GEN-S1 a ticket without a kind, as only a hostile file has it, is counted and stops nothing") {
    auto desk = staffed();
    constexpr char body[] =
        "\x01\x61\x3a\x00\x00\x01\x00\x00\x03\x00\x01\x00\x00\x04\x59\x00\xba\x32\x00\x2b\x00\x29\x00";
    auto const entry = decode_entry(0x0123456789abcdef, {body, sizeof body}, {});
    REQUIRE(entry);
    Transaction transaction{desk->database()};
    desk->projection().apply(*entry);
    CHECK_NOTHROW(desk->projection().derive());
}

TEST_CASE("GEN-S1 who was answered before the ticket came from another system had not to wait here") {
    auto desk = staffed();
    desk.clock("2026-03-09T09:00");
    desk.does("take_over_ticket", "G01",
              {{"origin", "OLD-1"},
               {"kind", "repair"},
               {"words", "漏水"},
               {"unit", "3-502"},
               {"finished_at", "2026-01-06T10:00"}},
              "2026-01-05T09:00");
    auto const old = desk.ask("tickets", "number").front();
    desk.does("reopen_ticket", "G01", {{"ticket", old}, {"reason", "又漏"}});
    desk.does("take_over_ticket", "G01",
              {{"origin", "OLD-2"}, {"kind", "repair"}, {"words", "漏水"}, {"unit", "3-502"}}, "2026-01-05T09:00");
    auto const rows = figure_rows(desk->database(), march(), desk->now());
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().tickets == 2);
    CHECK_FALSE(rows.front().response_minutes);
    desk.does("record_contact", "G01",
              {{"ticket", desk.ask("tickets", "number").back()}, {"channel", "phone"}, {"summary", "已问过"}},
              "2026-02-01T09:00");
    auto const told = figure_rows(desk->database(), march(), desk->now());
    CHECK(told.front().responses == 1);
    CHECK(told.front().response_minutes == 0);
}

TEST_CASE("GEN-S3 what is void is in no figure and answers no hand-over") {
    auto desk = staffed();
    auto const ticket = leak(desk, "2026-03-09T09:00");
    desk.does("hand_over", "G01", {{"ticket", ticket}, {"department", "工程部"}, {"task", "修"}}, "2026-03-09T09:05");
    auto const hand_over = desk.ask("hand_overs", "id").front();
    desk.does("acknowledge_hand_over", "W01", {{"hand_over", hand_over}}, "2026-03-09T09:10");
    desk.does("report_hand_over", "W01", {{"hand_over", hand_over}, {"result", "好了"}}, "2026-03-09T09:20");
    desk.close(ticket, "2026-03-09T10:00");
    auto const visit =
        desk.does("record_return_visit", "G01",
                  {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}, {"satisfaction", "dissatisfied"}},
                  "2026-03-10T09:00");
    CHECK(desk.ask("figures", "dissatisfied") == std::vector<std::string>{"1"});
    desk.does("void_record", "M01", {{"record", visit}, {"reason", "记错"}}, "2026-03-10T10:00");
    CHECK(desk.ask("figures", "dissatisfied") == std::vector<std::string>{"0"});
    for (auto const* table : {"hand_over_acknowledgement", "hand_over_result"}) {
        auto statement = desk->database().prepare(std::string{"SELECT id FROM "} + table);
        REQUIRE(statement.step());
        desk.does("void_record", "M01", {{"record", format_id(statement.id(0))}, {"reason", "记错"}},
                  "2026-03-10T11:00");
    }
    CHECK(desk.ask("hand_overs", "acknowledged_at") == std::vector<std::string>{""});
    CHECK(desk.ask("hand_overs", "reported_at") == std::vector<std::string>{""});
}
