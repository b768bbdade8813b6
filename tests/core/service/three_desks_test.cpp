#include "tests/core/support.h"

#include <algorithm>
#include <map>
#include <memory>

#include "core/service/figures/queries.h"

using namespace guanjia;
using testing::Random;
using testing::TestDesk;

namespace {

// What is told of the day, as text.
std::string told(TestDesk& desk) {
    DayRange const days{testing::day("2026-03-09"), testing::day("2026-03-10")};
    std::string text;
    for (auto const by : {FigureGrouping::none, FigureGrouping::day, FigureGrouping::category, FigureGrouping::kind})
        for (auto const& row : figure_rows(desk->database(), {days, by, TicketKind::none}, desk->now()))
            for (auto const number :
                 {row.tickets, row.open, row.response_minutes.value_or(-1), row.responses_kept, row.responses,
                  row.handling_minutes.value_or(-1), row.solutions_kept, row.solutions, row.waited_minutes,
                  row.reopened, row.recurring, row.second_trips, row.answers, row.satisfied})
                text += row.key + " " + std::to_string(number) + ";";
    for (auto const& row : compliance_rows(desk->database(), days, desk->now()))
        text += std::string{row.clause.id()} + " " + std::to_string(row.kept) + " " + std::to_string(row.late) + " " +
                std::to_string(row.missed) + " " + std::to_string(row.open) + ";";
    return text;
}

// A desk, and the tickets that it works on by the names that the day gives them.
struct Worker {
    TestDesk desk;
    std::map<int, std::string> tickets;
};

// A home for each desk: what recurs in one is told from its own tickets.
constexpr char const* units[] = {"3-502", "3-503", "3-504"};

// One contact of the day: the same on whichever desk it is entered.
void contact(Worker& worker, Random random, int ticket, LocalTime at) {
    auto& desk = worker.desk;
    desk.clock(format_time(at));
    auto const known = worker.tickets.find(ticket);
    if (known == worker.tickets.end()) {
        worker.tickets[ticket] = desk.does("register_ticket", "G01",
                                           {{"kind", random.below(3) == 0 ? "complaint" : "repair"},
                                            {"priority", random.below(2) == 0 ? "normal" : "urgent"},
                                            {"words", "第 " + std::to_string(ticket) + " 件"},
                                            {"unit", units[ticket / 1000]},
                                            {"category", random.below(2) == 0 ? "水电" : "门窗"}},
                                           format_time(at));
        return;
    }
    TestDesk::Fields const about{{"ticket", known->second}};
    auto const try_to = [&](char const* command, TestDesk::Fields more) {
        more.insert(more.begin(), about.begin(), about.end());
        static_cast<void>(desk.try_to(command, "G01", std::move(more), format_time(at)));
    };
    switch (random.below(6)) {
        case 0: return try_to("record_contact", {{"channel", "phone"}, {"summary", "说"}});
        case 1: return try_to("own_complaint", {{"responsible", "G01"}, {"explanation", "歉"}, {"remedy", "修"}});
        case 2: return try_to("put_on_hold", {{"reason", "parts"}});
        case 3: return try_to("resume_ticket", {});
        case 4: return try_to("close_ticket", {{"cause", "因"}, {"solution", "果"}, {"satisfaction", "satisfied"}});
        default: return try_to("reopen_ticket", {{"reason", "又"}});
    }
}

}  // namespace

TEST_CASE("GEN-S1 a day of 300 contacts at three desks that are offline counts as it would at one") {
    Worker one;
    std::vector<std::unique_ptr<Worker>> desks;
    one.desk.staffed();
    for (auto const* unit : {units[1], units[2]}) one.desk.does("add_unit", "G01", {{"code", unit}});
    auto const register_file = one.desk.slice();
    for (std::int64_t number = 2; number <= 4; ++number) {
        desks.push_back(std::make_unique<Worker>(Worker{TestDesk{number}, {}}));
        REQUIRE(desks.back()->desk.take(register_file));
    }
    Random random{20260309};
    auto at = testing::time_at("2026-03-09T08:30");
    for (int index = 0; index < 300; ++index) {
        at.seconds += 60 + static_cast<std::int64_t>(random.below(3)) * 60;
        // Each desk has tickets of its own: nothing that one of them does depends on another.
        auto const place = random.below(3);
        auto const ticket = static_cast<int>(place) * 1000 + static_cast<int>(random.below(15));
        Random const same{random.next()};
        contact(one, same, ticket, at);
        contact(*desks[place], same, ticket, at);
    }
    std::vector<std::string> folder;
    for (auto& worker : desks) folder.push_back(worker->desk.slice());
    for (auto& worker : desks) {
        worker->desk.clock("2026-03-10T09:00");
        for (auto const& file : folder) REQUIRE(worker->desk.take(file));
    }
    one.desk.clock("2026-03-10T09:00");
    auto const expected = told(one.desk);
    for (auto& worker : desks) {
        CHECK(told(worker->desk) == expected);
        CHECK(worker->desk.ask("tickets", "number").size() == one.desk.ask("tickets", "number").size());
        CHECK((*worker->desk->conflicts()).empty());
        CHECK(worker->desk->tables_digest() == desks.front()->desk->tables_digest());
    }
    // What two desks change without seeing each other is listed for a person.
    auto const number = desks[0]->tickets.begin()->second;
    desks[0]->desk.does("change_ticket", "G01", {{"ticket", number}, {"category", "电梯"}});
    desks[1]->desk.does("change_ticket", "G01", {{"ticket", number}, {"category", "消防"}});
    auto const changed = desks[1]->desk.slice();
    REQUIRE(desks[0]->desk.take(changed));
    CHECK((*desks[0]->desk->conflicts()).size() == 1);
}
