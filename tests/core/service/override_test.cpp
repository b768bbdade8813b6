#include "tests/core/support.h"

#include <algorithm>

#include "core/desk/documents.h"
#include "core/desk/snapshots.h"
#include "core/desk/undo.h"
#include "core/procedure/guards.h"
#include "core/service/figures/queries.h"
#include "core/store/compliance.h"

using namespace guanjia;
using testing::staffed;
using testing::TestDesk;
using Fields = TestDesk::Fields;
using Lines = std::vector<std::string>;

namespace {

constexpr auto in_march(unsigned day) {
    return Date{std::chrono::year{2026}, std::chrono::March, std::chrono::day{day}};
}
constexpr DayRange days_of_march{in_march(1), in_march(31)};

struct Said {
    std::string by = "M01";
    std::string reason = "业主赶飞机，当面说满意，不愿签字";
    std::string guard = {};
};

Result<Accepted> override_to(TestDesk& desk, std::string command, std::string by, Fields fields, Said const& said = {},
                             std::string at = {}) {
    return desk->submit({std::move(command), std::move(by), std::move(at), std::move(fields),
                         OverrideRequest{said.guard, said.reason, said.by}});
}

std::string refused(Result<Accepted> const& result) {
    REQUIRE_FALSE(result);
    auto const& refusal = result.error();
    return (refusal.clause ? std::string{refusal.clause->id()} + " " : std::string{}) + refusal.reason;
}

std::int64_t overridden(TestDesk& desk, std::string_view clause) {
    for (auto const& row : compliance_rows(desk->database(), days_of_march, desk->now()))
        if (row.clause.id() == clause) return row.overridden;
    return 0;
}

std::string finished_repair(TestDesk& desk) {
    auto const ticket = desk.does("register_ticket", "G01",
                                  {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯坏"}, {"unit", "3-502"}},
                                  "2026-03-13T09:00");
    desk.close(ticket, "2026-03-13T10:00");
    return ticket;
}

Fields unsigned_visit(std::string const& ticket) {
    return {{"ticket", ticket}, {"method", "door-step"}, {"solved", "true"}, {"signature_refused", "true"}};
}

std::string owned_complaint(TestDesk& desk, char const* remedy) {
    auto const ticket = desk.complaint("2026-03-13T09:00");
    desk.does("own_complaint", "G01",
              {{"ticket", ticket}, {"responsible", "G01"}, {"explanation", "致歉"}, {"remedy", remedy}},
              "2026-03-13T10:00");
    return ticket;
}

}  // namespace

TEST_CASE("RV-4.3 who will not sign is visited by phone, unless the manager overrides it with a reason") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = finished_repair(desk);
    auto const refusal = desk.try_to("record_return_visit", "G01", unsigned_visit(ticket)).error();
    CHECK(refusal.reason == "visit.signature-refused");
    REQUIRE(refusal.guard);
    CHECK(row_of(*refusal.guard).name == "unsigned_door_step");
    CHECK(entitled_to(*refusal.guard).has(Role::manager));
    CHECK_FALSE(entitled_to(*refusal.guard).meets(front_desk));

    auto const accepted = override_to(desk, "record_return_visit", "G01", unsigned_visit(ticket));
    REQUIRE(accepted);
    CHECK(accepted->added.front().kind == "return_visit");
    CHECK(accepted->added.back().kind == "override");
    CHECK(desk.ask("return_visits", "signed") == Lines{"false"});
    CHECK(desk.ask("return_visits", "signature_refused") == Lines{"true"});
    CHECK(desk.ask("overrides", "guard") == Lines{"unsigned_door_step"});
    CHECK(desk.ask("overrides", "entitled") == Lines{"M01"});
    CHECK(desk.ask("overrides", "entered_by") == Lines{"G01"});
    CHECK(desk.ask("overrides", "ticket") == Lines{ticket});
    CHECK(desk.ask("overrides", "record") == Lines{format_id(accepted->added.front().id)});
    // It stands on the timeline and on the form.
    auto const steps = desk.ask("timeline", "step", {{"ticket", ticket}});
    CHECK(std::count(steps.begin(), steps.end(), "override") == 1);
    auto const form = print_form(*desk, "return-visit-record", ticket);
    REQUIRE(form);
    CHECK(form->find("特批：业主赶飞机，当面说满意，不愿签字（陈经理）") != std::string::npos);
    CHECK(form->find("改为电话回访") == std::string::npos);
}

TEST_CASE("RV-4.3 a visit without a signature that nobody refused is overridden by nobody") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = finished_repair(desk);
    Fields const fields{{"ticket", ticket}, {"method", "door-step"}, {"solved", "true"}};
    CHECK(refused(override_to(desk, "record_return_visit", "G01", fields)) == "RV-4.3 visit.signature-missing");
    auto signed_too = unsigned_visit(ticket);
    signed_too.emplace_back("signature", "12,30 14,33");
    CHECK(refused(override_to(desk, "record_return_visit", "G01", signed_too)) == "RV-4.3 visit.signed-and-refused");
    CHECK(overridden(desk, "RV-4.3") == 0);
}

TEST_CASE("RV-3.1 neither the important complaint nor the missing role is overridden, not by the manager either") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = desk.complaint("2026-03-13T09:00", {{"safety", "true"}});
    desk.own(ticket, "2026-03-13T10:00");
    desk.close(ticket, "2026-03-13T11:00");
    Fields const fields{{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}};
    auto const result = override_to(desk, "record_return_visit", "G01", fields);
    CHECK(refused(result) == "RV-3.1 visit.manager-only");
    CHECK_FALSE(result.error().guard);
    CHECK(refused(override_to(desk, "record_return_visit", "W01", fields)) == "RV-3.1 visit.manager-only");
    CHECK(refused(override_to(desk, "draw_week", "G01", {})) == "RV-4.2 role.manager");
    CHECK(desk.ask("overrides", "id").empty());
}

TEST_CASE("GEN-2.2 closing without the cause is refused; that it could not be found is the manager's word") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = desk.does(
        "register_ticket", "G01",
        {{"kind", "repair"}, {"priority", "normal"}, {"words", "偶尔跳闸"}, {"unit", "3-502"}}, "2026-03-13T09:00");
    Fields const fields{{"ticket", ticket}, {"solution", "换了空气开关，观察一周未再跳"}};
    CHECK(desk.refused("close_ticket", "G01", fields) == "GEN-2.2 closing.cause-missing");
    // What was done is always known.
    CHECK(refused(override_to(desk, "close_ticket", "G01", {{"ticket", ticket}})) == "GEN-2.2 closing.cause-missing");
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields, {"G01"})) == "GEN-2.2 override.not-entitled");
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields, {"W01"})) == "GEN-2.2 override.not-entitled");
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields, {"M01", " "})) == "GEN-2.2 override.reason-missing");
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields, {"M99"})) == "record.unknown");
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields, {"M01", "查不出", "no_agreed_remedy"})) ==
          "GEN-2.2 closing.cause-missing");
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields, {"M01", "查不出", "cause"})) ==
          "override.unknown-guard");
    // The manager's own command needs no other person.
    REQUIRE(override_to(desk, "close_ticket", "M01", fields, {"", "反复查线路，找不到原因", "unknown_cause"}));
    CHECK(desk.ask("tickets", "state", {{"ticket", ticket}}) == Lines{"finished"});
    auto const form = print_form(*desk, "repair-order", ticket);
    REQUIRE(form);
    CHECK(form->find("特批：反复查线路，找不到原因（陈经理）") != std::string::npos);
}

TEST_CASE("GEN-3.3 a complaint closes without an agreed remedy by the manager's word, never unowned") {
    auto desk = staffed("2026-03-16T09:00");
    auto const unowned = desk.complaint("2026-03-13T08:00");
    Fields const closing{{"cause", "x"}, {"solution", "y"}};
    auto of = [&](std::string const& ticket) {
        auto fields = closing;
        fields.emplace_back("ticket", ticket);
        return fields;
    };
    CHECK(refused(override_to(desk, "close_ticket", "G01", of(unowned))) == "GEN-3.3 complaint.not-owned");
    auto const ticket = owned_complaint(desk, "");
    CHECK(desk.refused("close_ticket", "G01", of(ticket)) == "GEN-3.3 complaint.remedy-missing");
    // One exception at a time: two guards in the way of one command are not both passed.
    auto const both = override_to(desk, "close_ticket", "G01", {{"ticket", ticket}, {"solution", "y"}});
    CHECK(refused(both) == "GEN-3.3 complaint.remedy-missing");
    CHECK_FALSE(both.error().guard);
    REQUIRE(override_to(desk, "close_ticket", "G01", of(ticket), {"M01", "业主坚持赔偿十万元，已告知可诉讼"}));
    auto const form = print_form(*desk, "complaint-record", ticket);
    REQUIRE(form);
    CHECK(form->find("<th>商定的补救</th><td colspan=\"3\">特批：业主坚持赔偿十万元") != std::string::npos);
}

TEST_CASE("GEN-2.1 a supervisor may book one person twice at one time, a butler may not") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = desk.does("register_ticket", "G01",
                                  {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯坏"}, {"unit", "3-502"}},
                                  "2026-03-13T09:00");
    Fields const fields{{"ticket", ticket}, {"starts", "2026-03-17T10:00"}, {"visitor", "W01"}};
    desk.does("book_visit", "G01", fields);
    CHECK(desk.refused("book_visit", "G01", fields) == "GEN-2.1 appointment.visitor-busy");
    CHECK(refused(override_to(desk, "book_visit", "G01", fields, {"G02", "同一户"})) ==
          "GEN-2.1 override.not-entitled");
    REQUIRE(override_to(desk, "book_visit", "G01", fields, {"W01", "同一楼层，一趟做完"}));
    CHECK(overridden(desk, "GEN-2.1") == 1);
}

TEST_CASE("GEN-S4 an override where nothing is in the way is none, and nothing is recorded") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = owned_complaint(desk, "维修");
    Fields const fields{{"ticket", ticket}, {"cause", "导靴磨损"}, {"solution", "更换"}};
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields)) == "override.not-needed");
    CHECK(refused(override_to(desk, "close_ticket", "G01", fields, {"M01", "以防万一", "unknown_cause"})) ==
          "GEN-2.2 override.not-needed");
    CHECK(desk.ask("tickets", "state", {{"ticket", ticket}}) != Lines{"finished"});
    // Who has left is entitled to nothing.
    desk.does("add_staff", "M01", {{"code", "M02"}, {"name", "前经理"}});
    desk.does("grant_role", "M01", {{"staff", "M02"}, {"role", "manager"}});
    desk.does("change_staff", "M01", {{"staff", "M02"}, {"left", "true"}});
    CHECK(refused(override_to(desk, "close_ticket", "G01", {{"ticket", ticket}, {"solution", "更换"}},
                              {"M02", "查不出"})) == "staff.left");
}

TEST_CASE("GEN-S4 overrides and refusals are counted per clause by day, week and month, with the cases behind") {
    auto desk = staffed("2026-03-31T18:00");
    for (auto const* at : {"2026-03-09T10:00", "2026-03-15T23:59", "2026-03-16T00:00"}) {
        auto const ticket = desk.does(
            "register_ticket", "G01",
            {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯坏"}, {"unit", "3-502"}}, "2026-03-09T09:00");
        REQUIRE(override_to(desk, "close_ticket", "G01", {{"ticket", ticket}, {"solution", "换"}},
                            {"M01", "查不出 " + std::string{at}}, at));
    }
    desk.refused("close_ticket", "G01", {{"ticket", desk.complaint("2026-03-30T09:00")}});
    auto const counted = [&](FigureGrouping by) {
        Lines found;
        for (auto const& row : compliance_rows(desk->database(), days_of_march, desk->now(), by))
            if (row.clause.id() == "GEN-2.2" && (row.overridden > 0 || row.refused > 0))
                found.push_back(row.key + " " + std::to_string(row.overridden) + " " + std::to_string(row.refused));
        return found;
    };
    CHECK(counted(FigureGrouping::none) == Lines{" 3 1"});
    CHECK(counted(FigureGrouping::day) ==
          Lines{"2026-03-09 1 0", "2026-03-15 1 0", "2026-03-16 1 0", "2026-03-31 0 1"});
    CHECK(counted(FigureGrouping::week) == Lines{"2026-03-09 2 0", "2026-03-16 1 0", "2026-03-30 0 1"});
    CHECK(counted(FigureGrouping::month) == Lines{"2026-03-01 3 1"});
    auto const week = days_of_row("2026-03-09", FigureGrouping::week, days_of_march);
    auto const lines = override_lines(desk->database(), "GEN-2.2", week, 10);
    REQUIRE(lines.size() == 2);
    CHECK(lines.front().reason == "查不出 2026-03-15T23:59");
    CHECK(desk->number_of(lines.front().entitled) == "M01");
    CHECK(days_of_row("2026-03-30", FigureGrouping::week, days_of_march) ==
          DayRange{testing::day("2026-03-30"), testing::day("2026-03-31")});
    auto const refusals = refusal_lines(desk->database(), "GEN-2.2", days_of_march, 10);
    REQUIRE(refusals.size() == 1);
    CHECK(refusals.front().command == "close_ticket");
    auto const stands = desk->figures(desk->now());
    REQUIRE(stands);
    auto const row = std::find_if(stands->begin(), stands->end(),
                                  [](DutyCount const& count) { return count.clause.id() == "GEN-2.2"; });
    REQUIRE(row != stands->end());
    CHECK(row->overridden == 3);
}

TEST_CASE("GEN-S4 what is made void, or undone, takes its override with it") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = finished_repair(desk);
    auto const accepted = override_to(desk, "record_return_visit", "G01", unsigned_visit(ticket));
    REQUIRE(accepted);
    CHECK(overridden(desk, "RV-4.3") == 1);
    auto const passed = format_id(accepted->added.back().id);
    CHECK(desk.refused("void_record", "M01", {{"record", passed}, {"reason", "x"}}) ==
          "GEN-S4 voiding.override-as-a-whole");
    auto const undo = undo_request(*desk, accepted->entry, "G01", Language::chinese);
    REQUIRE(undo);
    REQUIRE(desk->submit(*undo));
    CHECK(overridden(desk, "RV-4.3") == 0);
    CHECK(desk.ask("overrides", "id").empty());

    // An answer given with the closing may be wrong while the closing stands, and its override with it.
    auto const other =
        desk.does("register_ticket", "G01",
                  {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯"}, {"unit", "3-502"}}, "2026-03-16T08:00");
    auto const closed = override_to(desk, "close_ticket", "G01",
                                    {{"ticket", other}, {"solution", "换"}, {"satisfaction", "satisfied"}}, {"M01"});
    REQUIRE(closed);
    REQUIRE(closed->added.size() == 3);
    desk.does("void_record", "G01", {{"record", format_id(closed->added[1].id)}, {"reason", "记错"}});
    CHECK(overridden(desk, "GEN-2.2") == 1);
    desk.does("void_record", "G01", {{"record", format_id(closed->added[0].id)}, {"reason", "记错"}});
    CHECK(overridden(desk, "GEN-2.2") == 0);
    // A ticket that is void as a whole counts with nothing.
    REQUIRE(override_to(desk, "close_ticket", "G01", {{"ticket", other}, {"solution", "换"}}, {"M01"}));
    CHECK(overridden(desk, "GEN-2.2") == 1);
    desk.does("void_record", "M01", {{"record", other}, {"reason", "重复"}});
    CHECK(overridden(desk, "GEN-2.2") == 0);
}

TEST_CASE("GEN-S4 overrides travel in day files and are counted at headquarters, rebuilt or not") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = finished_repair(desk);
    REQUIRE(override_to(desk, "record_return_visit", "G01", unsigned_visit(ticket)));
    TestDesk headquarters{1, "HQ", 9, true};
    headquarters.clock("2026-03-16T10:00");
    REQUIRE(headquarters.take(desk.slice()));
    CHECK(overridden(headquarters, "RV-4.3") == 1);
    auto const before = headquarters->tables_digest();
    REQUIRE(headquarters->rebuild());
    CHECK(headquarters->tables_digest() == before);
    CHECK(headquarters.ask("overrides", "reason") == Lines{"业主赶飞机，当面说满意，不愿签字"});
    auto const report = headquarters->check();
    REQUIRE(report);
    CHECK(report->sound);
}

TEST_CASE("GEN-S4 the reason of an override is erased with the person whom it is about") {
    auto desk = staffed("2026-03-16T09:00");
    auto const ticket = desk.does(
        "register_ticket", "G01",
        {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯坏"}, {"unit", "3-502"}, {"owner", desk.owner}},
        "2026-03-13T09:00");
    desk.close(ticket, "2026-03-13T10:00");
    REQUIRE(override_to(desk, "record_return_visit", "G01", unsigned_visit(ticket)));
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    CHECK(desk.ask("overrides", "reason") == Lines{""});
    CHECK(overridden(desk, "RV-4.3") == 1);
    auto const report = desk->check();
    REQUIRE(report);
    CHECK(report->sound);
}

TEST_CASE("GEN-S4 every guard that may be overridden names a clause and someone entitled") {
    for (auto const& row : all_guards()) {
        auto const guard = find_guard(row.name);
        REQUIRE(guard);
        CHECK(clause_of(*guard).id() == row.clause);
        CHECK_FALSE(entitled_to(*guard).empty());
    }
    CHECK_FALSE(find_guard("signature"));
}
