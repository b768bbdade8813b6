// What people wait for asks about one record or about some: none of its questions runs over all tickets, contacts,
// visits or entries, however they are asked. SQLite counts the steps of such runs.

#include <sqlite3.h>

#include "core/desk/snapshots.h"
#include "core/desk/undo.h"
#include "core/service/visits/queries.h"
#include "tests/core/desk/sample.h"

using namespace guanjia;
using guanjia::testing::SampleDesk;

namespace {

// The statements that ran over more rows than there are people, departments or rules, since this was last asked.
std::string long_runs(Desk& desk) {
    constexpr int few = 100;
    std::string found;
    for (auto* each = sqlite3_next_stmt(desk.database().handle(), nullptr); each;
         each = sqlite3_next_stmt(desk.database().handle(), each)) {
        auto const steps = sqlite3_stmt_status(each, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
        if (steps > few) found += std::to_string(steps) + " steps: " + sqlite3_sql(each) + "\n";
    }
    return found;
}

}  // namespace

TEST_CASE("scans: no command of the front desk and nothing that is shown of one ticket runs over all of them") {
    SampleDesk sample;
    auto& desk = *sample.desk;
    auto const by = format_id(sample.person);
    auto const does = [&](std::string command, std::vector<std::pair<std::string, std::string>> fields) {
        auto const done = desk.submit({command, by, "", std::move(fields)});
        REQUIRE_MESSAGE(done, command << ": " << done.error().reason);
        CHECK_MESSAGE(long_runs(desk) == "", command);
        return done->added.empty() ? AnyId{} : done->added.front().id;
    };
    long_runs(desk);

    auto const reception = does("record_reception", {{"channel", "visit"}, {"need", "水管漏水"}, {"unit", "3栋0802"}});
    auto const ticket = does("register_ticket", {{"kind", "complaint"},
                                                 {"priority", "normal"},
                                                 {"words", "楼上半夜拖桌子"},
                                                 {"category", "噪音"},
                                                 {"unit", "3栋0802"},
                                                 {"reception", format_id(reception)}});
    auto const id = format_id(ticket);
    does("own_complaint", {{"ticket", id}, {"responsible", by}, {"explanation", "致歉"}, {"remedy", "劝说"}});
    does("record_contact", {{"ticket", id}, {"channel", "phone"}, {"summary", "已告知"}});
    does("hand_over", {{"ticket", id}, {"department", "工程部"}, {"task", "上门看看"}});
    does("put_on_hold", {{"ticket", id}, {"reason", "customer"}, {"note", "周末才在家"}});
    does("resume_ticket", {{"ticket", id}, {"note", "已回家"}});
    auto const other =
        does("register_ticket",
             {{"kind", "complaint"}, {"priority", "normal"}, {"words", "又在拖桌子"}, {"unit", "3栋0802"}});
    does("merge_ticket", {{"ticket", format_id(other)}, {"merged_into", id}, {"reason", "同一件事"}});
    does("close_ticket", {{"ticket", id}, {"cause", "作息不同"}, {"solution", "铺了地毯"}});
    does("record_return_visit",
         {{"ticket", id}, {"method", "phone"}, {"solved", "true"}, {"satisfaction", "satisfied"}});

    auto const at = desk.now();
    auto const shown = ticket_snapshot(desk, ticket, at);
    REQUIRE(shown);
    CHECK(shown->merged_here.size() == 1);
    CHECK_MESSAGE(long_runs(desk) == "", "a ticket is shown");
    REQUIRE(today_snapshot(desk, at));
    CHECK_MESSAGE(long_runs(desk) == "", "Today is shown");
}
