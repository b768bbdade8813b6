#include "tests/core/support.h"

#include <algorithm>

using namespace guanjia;
using testing::staffed;
using testing::TestDesk;
using Lines = std::vector<std::string>;

TEST_CASE("GEN-1.1 a visit is an entry with a need, by the front desk") {
    auto desk = staffed();
    CHECK(desk.does("record_reception", "G01", {{"channel", "visit"}, {"need", "问停车"}}, "2026-02-13T09:00") ==
          "JD-20260213-A001");
    CHECK(desk.does("record_reception", "G01", {{"channel", "phone"}, {"need", "问停车"}}, "2026-02-13T09:01") ==
          "JD-20260213-A002");
    CHECK(desk.refused("record_reception", "G01", {{"channel", "visit"}}) == "GEN-1.1 reception.need-missing");
    CHECK(desk.refused("record_reception", "G01", {{"channel", "visit"}, {"need", " 　"}}) ==
          "GEN-1.1 reception.need-missing");
    CHECK(desk.refused("record_reception", "G01", {{"need", "问停车"}}) == "GEN-1.1 reception.channel-missing");
    CHECK(desk.refused("record_reception", "W01", {{"channel", "visit"}, {"need", "问停车"}}) ==
          "GEN-1.1 role.front-desk");
    CHECK(desk.ask("receptions", "need") == Lines{"问停车", "问停车"});
}

TEST_CASE("GEN-2.1 every problem has a priority and its targets, urgent first") {
    auto desk = staffed();
    CHECK(desk.refused("register_ticket", "G01", {{"kind", "repair"}, {"words", "漏水"}, {"unit", "3-502"}}) ==
          "GEN-2.1 ticket.priority-missing");
    auto const repair = [&](char const* priority) {
        return desk.does("register_ticket", "G01",
                         {{"kind", "repair"}, {"priority", priority}, {"words", "漏水"}, {"unit", "3-502"}},
                         "2026-02-13T09:00");
    };
    repair("low");
    auto const urgent = repair("urgent");
    repair("normal");
    CHECK(desk.duties("GEN-2.1") == Lines{"2026-02-13T09:15 - butler", "2026-02-13T10:00 - butler",
                                          "2026-02-13T13:00 - butler", "2026-02-13T13:00 - butler",
                                          "2026-02-14T18:00 - butler", "2026-02-25T18:00 - butler"});
    CHECK(desk.ask("tickets", "priority") == Lines{"urgent", "normal", "low"});
    CHECK(desk.ask("tickets", "state").front() == "registered");
    desk.does("record_contact", "G01", {{"ticket", urgent}, {"channel", "phone"}, {"summary", "马上到"}},
              "2026-02-13T09:15");
    CHECK(desk.ask("tickets", "state").front() == "in-progress");
    CHECK(desk.duties("GEN-2.1").back() == "2026-02-13T09:15 2026-02-13T09:15 butler");
}

TEST_CASE("GEN-2.1 raising the priority dates the duties again") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    desk.does("change_ticket", "G01", {{"ticket", ticket}, {"priority", "urgent"}}, "2026-02-13T09:05");
    CHECK(desk.duties("GEN-2.1") == Lines{"2026-02-13T09:15 - butler", "2026-02-13T13:00 - butler"});
    CHECK(desk.refused("change_ticket", "G01", {{"ticket", ticket}, {"priority", "urgent"}}) ==
          "command.changes-nothing");
    CHECK(desk.refused("change_ticket", "G01", {{"ticket", ticket}, {"priority", ""}}) ==
          "GEN-2.1 ticket.priority-missing");
}

TEST_CASE("GEN-2.2 closing needs cause and solution") {
    auto desk = staffed();
    auto const ticket =
        desk.does("register_ticket", "G01",
                  {{"kind", "repair"}, {"priority", "low"}, {"words", "灯坏"}, {"unit", "3-502"}}, "2026-02-13T09:00");
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"solution", "换灯"}}) ==
          "GEN-2.2 closing.cause-missing");
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"cause", "老化"}}) ==
          "GEN-2.2 closing.cause-missing");
    CHECK(desk.refused("close_ticket", "W01", {{"ticket", ticket}, {"cause", "老化"}, {"solution", "换灯"}}) ==
          "GEN-1.1 role.front-desk-or-manager");
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"cause", "老化"}, {"solution", "换灯"}},
                       "2026-02-13T08:59") == "ticket.before-registration");
    desk.close(ticket, "2026-02-13T10:00");
    CHECK(desk.ask("tickets", "state") == Lines{"finished"});
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"cause", "老化"}, {"solution", "换灯"}}) ==
          "ticket.finished");
}

TEST_CASE("GEN-2.2 the same problem in the same unit within 90 days is linked as recurring") {
    auto desk = staffed();
    desk.clock("2026-12-20T18:00");
    auto const repair = [&](char const* at, char const* category = "水管") {
        return desk.does(
            "register_ticket", "G01",
            {{"kind", "repair"}, {"priority", "low"}, {"words", "漏水"}, {"unit", "3-502"}, {"category", category}},
            at);
    };
    repair("2026-02-13T09:00");
    CHECK(desk.ask("tickets", "recurring", {{"ticket", repair("2026-05-14T09:00")}}) == Lines{"1"});  // the 90th day
    CHECK(desk.ask("tickets", "recurring", {{"ticket", repair("2026-08-12T09:01")}}) == Lines{"0"});  // a minute later
    CHECK(desk.ask("tickets", "recurring", {{"ticket", repair("2026-08-12T10:00", "电")}}) == Lines{"0"});
}

TEST_CASE("GEN-2.3 a hand-over is acknowledged in two hours and keeps the department's deadline") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    CHECK(desk.refused("hand_over", "G01", {{"ticket", ticket}, {"task", "检查"}}) ==
          "GEN-2.3 hand-over.department-missing");
    CHECK(desk.refused("hand_over", "G01", {{"ticket", ticket}, {"department", "工程部"}}) ==
          "GEN-2.3 hand-over.task-missing");
    CHECK(desk.refused("hand_over", "G01",
                       {{"ticket", ticket}, {"department", "工程部"}, {"task", "检查"}, {"due", "2026-02-13T09:00"}},
                       "2026-02-13T09:30") == "GEN-2.3 hand-over.due-past");
    auto const given =
        desk.does("hand_over", "G01",
                  {{"ticket", ticket}, {"department", "工程部"}, {"task", "检查"}, {"due", "2026-02-13T16:00"}},
                  "2026-02-13T09:30");
    CHECK(desk.duties("GEN-2.3") == Lines{"2026-02-13T11:30 - supervisor", "2026-02-13T16:00 - supervisor"});
    CHECK(desk.ask("tickets", "state") == Lines{"handed-over"});
    CHECK(desk.refused("acknowledge_hand_over", "G01", {{"hand_over", given}}) == "GEN-2.3 role.supervisor");
    desk.does("add_staff", "M01", {{"code", "Q01"}, {"name", "保洁主管"}, {"department", "保洁部"}});
    desk.does("grant_role", "M01", {{"staff", "Q01"}, {"role", "supervisor"}});
    CHECK(desk.refused("acknowledge_hand_over", "Q01", {{"hand_over", given}}) == "GEN-2.3 hand-over.other-department");
    desk.does("acknowledge_hand_over", "W01", {{"hand_over", given}}, "2026-02-13T11:31");
    CHECK(desk.refused("acknowledge_hand_over", "W01", {{"hand_over", given}}) == "GEN-2.3 hand-over.acknowledged");
    CHECK(desk.refused("report_hand_over", "W01", {{"hand_over", given}}) == "GEN-2.3 hand-over.result-missing");
    desk.does("report_hand_over", "W01", {{"hand_over", given}, {"result", "已修"}}, "2026-02-13T15:59");
    CHECK(desk.duties("GEN-2.3") ==
          Lines{"2026-02-13T11:30 2026-02-13T11:31 supervisor", "2026-02-13T16:00 2026-02-13T15:59 supervisor"});
    CHECK(desk.ask("tickets", "state") == Lines{"in-progress"});
}

TEST_CASE("GEN-3.1 a ticket is kept in the customer's own words, of a customer who is named") {
    auto desk = staffed();
    CHECK(desk.refused("register_ticket", "G01", {{"kind", "complaint"}, {"priority", "low"}, {"unit", "3-502"}}) ==
          "GEN-3.1 ticket.words-missing");
    CHECK(desk.refused("register_ticket", "G01", {{"kind", "complaint"}, {"priority", "low"}, {"words", "吵"}}) ==
          "GEN-3.1 ticket.customer-missing");
    CHECK(desk.refused("register_ticket", "M01",
                       {{"kind", "complaint"}, {"priority", "low"}, {"words", "吵"}, {"unit", "3-502"}}) ==
          "GEN-1.1 role.front-desk");
    desk.does("register_ticket", "G01",
              {{"kind", "complaint"}, {"priority", "low"}, {"words", "“吵死了”"}, {"caller_name", "过路人"}});
    CHECK(desk.ask("tickets", "words") == Lines{"“吵死了”"});
}

TEST_CASE("GEN-3.2 an open case without an update for two working days is due, and every contact is logged") {
    auto desk = staffed();
    auto const ticket = desk.complaint("2026-02-13T09:00");
    CHECK(desk.duties("GEN-3.2") == Lines{"2026-02-24T18:00 - butler"});
    CHECK(desk.refused("record_contact", "G01", {{"ticket", ticket}, {"channel", "phone"}}) ==
          "GEN-3.2 contact.summary-missing");
    CHECK(desk.refused("record_contact", "G01", {{"ticket", ticket}, {"summary", "进展"}}) ==
          "GEN-3.2 contact.channel-missing");
    // What the customer tells us is no update to the customer.
    desk.does("record_contact", "G01",
              {{"ticket", ticket}, {"channel", "phone"}, {"direction", "from-customer"}, {"summary", "催问"}},
              "2026-02-13T10:00");
    CHECK(desk.duties("GEN-3.2") == Lines{"2026-02-24T18:00 - butler"});
    desk.does("record_contact", "G01", {{"ticket", ticket}, {"channel", "phone"}, {"summary", "已派工"}},
              "2026-02-24T18:01");
    CHECK(desk.duties("GEN-3.2") == Lines{"2026-02-26T18:00 - butler", "2026-02-24T18:00 2026-02-24T18:01 butler"});
    desk.own(ticket, "2026-02-25T09:00");
    desk.close(ticket, "2026-02-25T10:00");
    CHECK(desk.duties("GEN-3.2") ==
          Lines{"2026-02-24T18:00 2026-02-24T18:01 butler", "2026-02-26T18:00 2026-02-25T10:00 butler"});
    CHECK(desk.ask("timeline", "step", {{"ticket", ticket}}) == Lines{"contact", "contact", "ownership", "closing"});
}

TEST_CASE("GEN-3.3 a complaint is closed only when someone owned it, explained and agreed a remedy") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    auto const close = [&] {
        return desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"cause", "旧"}, {"solution", "换"}},
                            "2026-02-13T12:00");
    };
    CHECK(close() == "GEN-3.3 complaint.not-owned");
    CHECK(desk.refused("own_complaint", "G01", {{"ticket", ticket}}) == "GEN-3.3 complaint.responsible-missing");
    desk.does("own_complaint", "G01", {{"ticket", ticket}, {"responsible", "G01"}}, "2026-02-13T10:00");
    CHECK(close() == "GEN-3.3 complaint.explanation-missing");
    desk.does("own_complaint", "G01", {{"ticket", ticket}, {"responsible", "G01"}, {"explanation", "致歉"}},
              "2026-02-13T10:05");
    CHECK(close() == "GEN-3.3 complaint.remedy-missing");
    desk.own(ticket, "2026-02-13T10:10");
    desk.close(ticket, "2026-02-13T12:00");
    CHECK(desk.ask("tickets", "responsible") == Lines{"G01"});
    auto const repair = desk.does("register_ticket", "G01",
                                  {{"kind", "repair"}, {"priority", "low"}, {"words", "灯"}, {"unit", "3-502"}});
    CHECK(desk.refused("own_complaint", "G01", {{"ticket", repair}, {"responsible", "G01"}}) ==
          "GEN-3.3 ticket.not-complaint");
}

TEST_CASE("GEN-3.3 a complaint that is not valid still gets its explanation, but no remedy") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    desk.does("mark_validity", "M01", {{"ticket", ticket}, {"valid", "false"}, {"reason", "非物业范围"}},
              "2026-02-13T10:00");
    desk.does("own_complaint", "G01", {{"ticket", ticket}, {"responsible", "G01"}}, "2026-02-13T10:05");
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"cause", "旧"}, {"solution", "换"}}) ==
          "GEN-3.3 complaint.explanation-missing");
    desk.does("own_complaint", "G01", {{"ticket", ticket}, {"responsible", "G01"}, {"explanation", "已说明"}},
              "2026-02-13T10:10");
    desk.close(ticket, "2026-02-13T12:00");
    CHECK(desk.duties("RV-4.1").empty());
}

TEST_CASE("GEN-5.3 what is unsolved is open again, and nothing open leaves the board but by the manager") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    CHECK(desk.refused("void_record", "G01", {{"record", ticket}, {"reason", "误登"}}) == "GEN-5.3 role.manager");
    CHECK(desk.refused("reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "未好"}}) == "ticket.not-finished");
    desk.own(ticket, "2026-02-13T10:00");
    desk.close(ticket, "2026-02-13T12:00");
    CHECK(desk.refused("reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "未好"}}, "2026-02-13T11:59") ==
          "ticket.before-closing");
    CHECK(desk.refused("reopen_ticket", "G01", {{"ticket", ticket}}) == "GEN-5.3 reopening.reason-missing");
    desk.does("record_return_visit", "G01",
              {{"ticket", ticket}, {"method", "phone"}, {"solved", "false"}, {"opinion", "还是吵"}},
              "2026-02-13T16:00");
    CHECK(desk.ask("tickets", "state") == Lines{"in-progress"});
    CHECK(desk.duties("GEN-2.1").front() == "2026-02-14T18:00 - butler");  // the second solution
    desk.close(ticket, "2026-02-14T12:00");
    CHECK(desk.duties("RV-4.1") == Lines{"2026-02-24T18:00 - butler", "2026-02-14T18:00 2026-02-13T16:00 butler"});
    desk.does("void_record", "M01", {{"record", ticket}, {"reason", "误登"}});
    CHECK(desk.ask("tickets", "state") == Lines{"voided"});
    CHECK(desk.duties("RV-4.1").empty());
    CHECK(desk.refused("void_record", "M01", {{"record", ticket}, {"reason", "误登"}}) == "voiding.done-already");
    CHECK(desk.refused("record_contact", "G01", {{"ticket", ticket}, {"channel", "phone"}, {"summary", "x"}}) ==
          "ticket.void");
}

TEST_CASE("a mistaken step is void for whoever made it, and the state follows") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    desk.own(ticket, "2026-02-13T10:00");
    auto const closing =
        desk.does("close_ticket", "G01", {{"ticket", ticket}, {"cause", "旧"}, {"solution", "换"}}, "2026-02-13T12:00");
    CHECK(desk.refused("void_record", "G02", {{"record", closing}, {"reason", "误"}}) == "GEN-5.3 voiding.not-yours");
    CHECK(desk.refused("void_record", "G01", {{"record", closing}}) == "GEN-5.3 voiding.reason-missing");
    auto const visit = desk.does("record_return_visit", "G01",
                                 {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}}, "2026-02-13T16:00");
    CHECK(desk.refused("void_record", "G01", {{"record", closing}, {"reason", "误"}}) ==
          "RV-4.1 voiding.closing-visited");
    desk.does("void_record", "G01", {{"record", visit}, {"reason", "误"}});
    desk.does("void_record", "G01", {{"record", closing}, {"reason", "误"}});
    CHECK(desk.ask("tickets", "state") == Lines{"in-progress"});
    CHECK(desk.ask("return_visits", "number").empty());
    CHECK(desk.ask("timeline", "void", {{"ticket", ticket}}) == Lines{"false", "true", "true"});
}

TEST_CASE("RV-2 an enquiry is not visited again, nor a complaint that is not valid; a repair is") {
    auto desk = staffed();
    Lines tickets;
    for (auto const* kind : {"enquiry", "repair"}) {
        tickets.push_back(desk.does("register_ticket", "G01",
                                    {{"kind", kind}, {"priority", "low"}, {"words", "灯"}, {"unit", "3-502"}},
                                    "2026-02-13T09:00"));
        desk.close(tickets.back(), "2026-02-13T10:00");
    }
    auto const visit = [&](std::string const& ticket) {
        return TestDesk::Fields{{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}};
    };
    CHECK(desk.refused("record_return_visit", "G01", visit(tickets[0])) == "RV-2 visit.not-for-kind");
    desk.does("record_return_visit", "G01", visit(tickets[1]));
    auto const complaint = desk.complaint();
    desk.own(complaint, "2026-02-13T10:00");
    desk.close(complaint, "2026-02-13T11:00");
    desk.does("mark_validity", "M01", {{"ticket", complaint}, {"valid", "false"}, {"reason", "非物业范围"}});
    CHECK(desk.refused("record_return_visit", "G01", visit(complaint)) == "RV-2 visit.complaint-invalid");
    desk.does("mark_validity", "M01", {{"ticket", complaint}, {"valid", "true"}, {"reason", "复核"}});
    desk.does("record_return_visit", "G01", visit(complaint));
}

TEST_CASE("RV-3.1 an important complaint is the manager's, every other one the front desk's") {
    auto desk = staffed();
    auto const finished = [&](TestDesk::Fields more) {
        auto const ticket = desk.complaint("2026-02-13T09:00", std::move(more));
        desk.own(ticket, "2026-02-13T10:00");
        desk.close(ticket, "2026-02-13T11:00");
        return TestDesk::Fields{{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}};
    };
    CHECK(desk.refused("record_return_visit", "W01", finished({})) == "RV-3.1 role.front-desk");
    CHECK(desk.refused("record_return_visit", "M01", finished({})) == "RV-3.1 role.front-desk");
    desk.does("record_return_visit", "G01",
              finished({{"claim", "5000"}, {"households", "2"}}));  // not above the limits
    for (auto const& important :
         {TestDesk::Fields{{"safety", "true"}}, TestDesk::Fields{{"claim", "5000.01"}},
          TestDesk::Fields{{"households", "3"}}, TestDesk::Fields{{"public_attention", "true"}}}) {
        auto const visit = finished(important);
        CHECK(desk.refused("record_return_visit", "G01", visit) == "RV-3.1 visit.manager-only");
        desk.does("record_return_visit", "M01", visit);
    }
    auto const marked = finished({});
    CHECK(desk.refused("mark_importance", "G01",
                       {{"ticket", marked[0].second}, {"important", "true"}, {"reason", "x"}}) ==
          "RV-3.1 role.manager");
    desk.does("mark_importance", "M01", {{"ticket", marked[0].second}, {"important", "true"}, {"reason", "领导关注"}});
    CHECK(desk.refused("record_return_visit", "G01", marked) == "RV-3.1 visit.manager-only");
    CHECK(desk.ask("tickets", "importance", {{"ticket", marked[0].second}}) == Lines{"marked"});
}

TEST_CASE("RV-3.1 the third time of the same problem is important") {
    auto desk = staffed();
    TestDesk::Fields const same{{"category", "电梯"}};
    desk.complaint("2026-02-13T09:00", same);
    CHECK(desk.ask("tickets", "importance", {{"ticket", desk.complaint("2026-02-14T09:00", same)}}) == Lines{""});
    CHECK(desk.ask("tickets", "importance", {{"ticket", desk.complaint("2026-02-24T09:00", same)}}) ==
          Lines{"repeated"});
}

TEST_CASE(
    "RV-4.1 a complaint finished on Friday 13 February 2026 is due on the make-up Saturday, one finished then on the "
    "24th") {
    auto desk = staffed();
    auto const friday = desk.complaint("2026-02-13T09:00");
    desk.own(friday, "2026-02-13T10:00");
    desk.close(friday, "2026-02-13T15:00");
    auto const saturday = desk.complaint("2026-02-14T09:00");
    desk.own(saturday, "2026-02-14T10:00");
    desk.close(saturday, "2026-02-14T15:00");
    CHECK(desk.duties("RV-4.1") == Lines{"2026-02-14T18:00 - butler", "2026-02-24T18:00 - butler"});
    TestDesk::Fields const visit{{"ticket", friday}, {"method", "phone"}, {"solved", "true"}};
    CHECK(desk.refused("record_return_visit", "G01", visit, "2026-02-13T14:59") == "RV-4.1 visit.before-finished");
    desk.does("record_return_visit", "G01", visit, "2026-02-14T18:00");
    auto const counts = [&](std::string_view at) {
        auto const rows = desk->figures(testing::time_at(at));
        REQUIRE(rows);
        return *std::find_if(rows->begin(), rows->end(),
                             [](DutyCount const& row) { return row.clause.id() == "RV-4.1"; });
    };
    CHECK(counts("2026-02-14T18:00").kept == 1);
    desk.does("record_return_visit", "G01", {{"ticket", saturday}, {"method", "phone"}, {"solved", "true"}},
              "2026-02-24T18:01");
    auto const figures = counts("2026-03-01T00:00");
    CHECK(figures.kept == 1);
    CHECK(figures.late == 1);
}

TEST_CASE("RV-4.1 a duty is open until its minute has passed, and what was done later was open before") {
    auto desk = staffed();
    auto const ticket = desk.complaint("2026-02-13T09:00");
    desk.own(ticket, "2026-02-13T10:00");
    desk.close(ticket, "2026-02-13T15:00");
    auto const statuses = [&](std::string_view at) {
        auto const rows = *desk->duties(testing::time_at(at), DutyFilter::open);
        std::string text;
        for (auto const& row : rows) text += row.status == DutyStatus::overdue ? "overdue" : "open";
        return text;
    };
    CHECK(statuses("2026-02-13T15:00") == "open");
    CHECK(statuses("2026-02-14T18:00") == "open");
    CHECK(statuses("2026-02-14T18:01") == "overdue");
    desk.does("record_return_visit", "G01", {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}},
              "2026-02-24T10:00");
    CHECK(statuses("2026-02-24T10:00").empty());
    CHECK(statuses("2026-02-24T09:59") == "overdue");
}

TEST_CASE("RV-4.1 handling that is not finished is not visited, and only the manager judges validity") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    CHECK(desk.refused("record_return_visit", "G01", {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}}) ==
          "RV-4.1 visit.not-finished");
    CHECK(desk.refused("mark_validity", "G01", {{"ticket", ticket}, {"valid", "false"}, {"reason", "x"}}) ==
          "RV-4.1 role.manager");
    CHECK(desk.refused("mark_validity", "M01", {{"ticket", ticket}, {"valid", "false"}}) ==
          "RV-4.1 mark.reason-missing");
    desk.own(ticket, "2026-02-13T10:00");
    desk.close(ticket, "2026-02-13T11:00");
    desk.does("reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "返工"}}, "2026-02-13T12:00");
    CHECK(desk.duties("RV-4.1").empty());  // the dealing was not finished after all
    desk.close(ticket, "2026-02-14T11:00");
    CHECK(desk.duties("RV-4.1") == Lines{"2026-02-24T18:00 - butler"});
}

TEST_CASE("RV-4.3 the owner signs at the door, nobody signs by phone, and a refusal is recorded") {
    auto desk = staffed();
    auto const ticket = desk.complaint();
    desk.own(ticket, "2026-02-13T10:00");
    desk.close(ticket, "2026-02-13T11:00");
    auto const visit = [&](TestDesk::Fields more) {
        more.insert(more.end(), {{"ticket", ticket}, {"solved", "true"}});
        return more;
    };
    CHECK(desk.refused("record_return_visit", "G01", visit({})) == "RV-4.3 visit.method-missing");
    CHECK(desk.refused("record_return_visit", "G01", visit({{"method", "door-step"}})) ==
          "RV-4.3 visit.signature-missing");
    CHECK(
        desk.refused("record_return_visit", "G01", visit({{"method", "inspection"}, {"second_method", "door-step"}})) ==
        "RV-4.3 visit.signature-missing");
    TestDesk::Fields const door{{"method", "door-step"}, {"signer_name", "张三"}, {"signer_relation", "owner"}};
    auto signed_by = [&](std::string strokes) {
        auto fields = door;
        fields.emplace_back("signature", std::move(strokes));
        return visit(std::move(fields));
    };
    for (auto const* wrong : {"x", "12", "12,", "12,30;", "12,30;;1,1", "123456,1", "1,2 3"})
        CHECK(desk.refused("record_return_visit", "G01", signed_by(wrong)) == "RV-4.3 visit.signature-unreadable");
    CHECK(desk.refused("record_return_visit", "G01", signed_by(std::string(9000, '1'))) == "input.unreadable");
    CHECK(desk.refused("record_return_visit", "G01", visit({{"method", "phone"}, {"signature", "1,2 3,4"}})) ==
          "RV-4.3 visit.phone-signed");
    CHECK(desk.refused("record_return_visit", "G01", visit({{"method", "door-step"}, {"signature_refused", "true"}})) ==
          "RV-4.3 visit.signature-refused");
    CHECK(desk.refused("record_return_visit", "G01", visit({{"method", "on-site"}, {"signature_refused", "true"}})) ==
          "RV-4.3 visit.refused-then-phone");
    desk.does("record_return_visit", "G01", visit({{"method", "phone"}, {"signature_refused", "true"}}));
    desk.does("record_return_visit", "G01", signed_by("12,30 14,33;50,60 52,61"));
    CHECK(desk.ask("return_visits", "signed") == Lines{"false", "true"});
}

TEST_CASE("GEN-S5 a parameter changes for days to come, by the manager, and the past keeps its own") {
    auto desk = staffed("2026-03-20T18:00");
    auto const set = [&](char const* value, char const* from, char const* by = "M01") {
        return desk.try_to(
            "set_parameter", by,
            {{"name", "rv_visit_working_days"}, {"value", value}, {"effective_from", from}, {"reason", "试行"}});
    };
    CHECK(set("2", "2026-03-21", "G01").error().reason == "role.manager-or-headquarters");
    CHECK(set("2", "2026-03-19").error().reason == "parameter.past");
    CHECK(set("0", "2026-03-21").error().reason == "parameter.out-of-range");
    CHECK(set("11", "2026-03-21").error().reason == "parameter.out-of-range");
    CHECK(desk.refused("set_parameter", "M01", {{"name", "nonsense"}, {"value", "1"}, {"reason", "x"}}) ==
          "GEN-S5 parameter.unknown");
    REQUIRE(set("2", "2026-03-21"));
    desk.clock("2026-03-25T18:00");
    for (auto const* at : {"2026-03-20T09:00", "2026-03-21T09:00"}) {
        auto const ticket = desk.complaint(at);
        desk.own(ticket, at);
        desk.close(ticket, at);
    }
    CHECK(desk.duties("RV-4.1") == Lines{"2026-03-23T18:00 - butler", "2026-03-24T18:00 - butler"});
}

TEST_CASE("GEN-S5 a calendar that is loaded dates open duties again and leaves what was done") {
    auto desk = staffed();
    auto const year = Calendar{}.last_known_year() + 1;
    auto const start = std::to_string(year);
    desk.clock(start + "-03-20T18:00");
    // The first Monday to Thursday of March.
    auto monday = make_date(year, 3, 1);
    while (weekday_of(monday) != 1) monday = add_days(monday, 1);
    auto const at = [&](int days, char const* clock) { return format_date(add_days(monday, days)) + clock; };
    Lines tickets;
    for (int index = 0; index < 2; ++index) {
        tickets.push_back(desk.complaint(at(0, "T09:00")));
        desk.own(tickets.back(), at(0, "T10:00"));
        desk.close(tickets.back(), at(0, "T15:00"));
    }
    desk.does("record_return_visit", "G01", {{"ticket", tickets[0]}, {"method", "phone"}, {"solved", "true"}},
              at(1, "T17:00"));
    CHECK(desk.duties("RV-4.1") ==
          Lines{at(1, "T18:00") + " - butler", at(1, "T18:00") + " " + at(1, "T17:00") + " butler"});
    CHECK((*desk->duties(testing::time_at(at(1, "T12:00")), DutyFilter::open)).front().duty.provisional);
    CHECK(desk.refused("load_calendar", "M01", {{"days", start + "; off 02-30"}, {"source", "通知"}}) ==
          "GEN-S5 calendar.unreadable");
    CHECK(desk.refused("load_calendar", "G01", {{"days", start + "; off 01-01"}, {"source", "通知"}}) ==
          "GEN-S5 role.manager-or-headquarters");
    // Tuesday and Wednesday are off.
    desk.advance(60000);
    desk.does(
        "load_calendar", "M01",
        {{"days", start + "; off " + at(1, "").substr(5) + ".." + at(2, "").substr(5)}, {"source", "国务院通知"}});
    CHECK(desk.duties("RV-4.1") ==
          Lines{at(3, "T18:00") + " - butler", at(1, "T18:00") + " " + at(1, "T17:00") + " butler"});
    REQUIRE(desk->rebuild());
    CHECK(desk.duties("RV-4.1") ==
          Lines{at(3, "T18:00") + " - butler", at(1, "T18:00") + " " + at(1, "T17:00") + " butler"});
    // The notice as it is published; Thursday is off as well, and what is kept is data.
    auto const day = [&](int days) {
        auto const date = add_days(monday, days);
        return std::to_string(static_cast<unsigned>(date.month())) + "月" +
               std::to_string(static_cast<unsigned>(date.day())) + "日";
    };
    desk.does("load_calendar", "M01",
              {{"days", start + "年部分节假日安排：" + day(1) + "（周二）至" + day(3) + "放假，共3天。"},
               {"source", "通知"}});
    CHECK(desk.duties("RV-4.1").front() == at(4, "T18:00") + " - butler");
    auto kept = desk->database().prepare("SELECT days FROM calendar_load ORDER BY stamp DESC");
    REQUIRE(kept.step());
    CHECK(parse_calendar_year(kept.text(0)));
}

TEST_CASE("GEN-2.2 RV-3.1 a repeat is one of complaints, of what is no mistake, and of another matter") {
    auto desk = staffed();
    auto const noted = [&](char const* kind, char const* at) {
        return desk.does(
            "register_ticket", "G01",
            {{"kind", kind}, {"priority", "low"}, {"words", "树枝"}, {"unit", "3-502"}, {"category", "绿化"}}, at);
    };
    auto const shown = [&](std::string const& number, std::string_view column) {
        auto const numbers = desk.ask("tickets", "number");
        auto const values = desk.ask("tickets", column);
        return values.at(static_cast<std::size_t>(std::find(numbers.begin(), numbers.end(), number) - numbers.begin()));
    };
    noted("praise", "2026-03-02T09:00");
    noted("praise", "2026-03-03T09:00");
    auto const first = noted("complaint", "2026-03-04T09:00");
    CHECK(shown(first, "recurring") == "2");
    CHECK(shown(first, "importance").empty());
    auto const second = noted("complaint", "2026-03-05T09:00");
    auto const third = noted("complaint", "2026-03-06T09:00");
    CHECK(shown(third, "importance") == "repeated");
    // Entered twice: one goes into the other, or is void.
    desk.does("merge_ticket", "G01", {{"ticket", second}, {"merged_into", first}, {"reason", "同一件"}});
    CHECK(shown(third, "recurring") == "3");
    CHECK(shown(third, "importance").empty());
    auto const fourth = noted("complaint", "2026-03-07T09:00");
    CHECK(shown(fourth, "importance") == "repeated");
    desk.does("void_record", "M01", {{"record", third}, {"reason", "登记重了"}});
    CHECK(shown(fourth, "importance").empty());
    CHECK(desk->check()->sound);
    // A second matter of a call is compared as well, and not with that call.
    auto const call = noted("enquiry", "2026-03-08T09:00");
    auto const split = desk.does("split_ticket", "G01",
                                 {{"ticket", call}, {"kind", "complaint"}, {"words", "草坪"}, {"category", "绿化"}},
                                 "2026-03-08T09:05");
    CHECK(shown(call, "recurring") == "4");
    CHECK(shown(split, "recurring") == "4");
}

TEST_CASE("GEN-S5 numbers that contradict each other are refused, on every day to come") {
    auto desk = staffed("2026-03-20T18:00");
    auto const set = [&](char const* name, char const* value, char const* from = "2026-03-21") {
        return TestDesk::Fields{{"name", name}, {"value", value}, {"effective_from", from}, {"reason", "试行"}};
    };
    CHECK(desk.refused("set_parameter", "M01", set("desk_opening", "1080")) == "GEN-S5 parameter.desk-hours");
    desk.does("set_parameter", "M01", set("desk_opening", "1079"));
    CHECK(desk.refused("set_parameter", "M01", set("waiting_maximum_working_days", "2")) ==
          "GEN-S5 parameter.waiting-review");
    desk.does("set_parameter", "M01", set("waiting_maximum_working_days", "3"));
    CHECK(desk.refused("set_parameter", "M01", set("waiting_review_working_days", "4")) ==
          "GEN-S5 parameter.waiting-review");
    desk.does("set_parameter", "M01", set("rv_reply_default_working_days", "2", "2026-05-01"));
    // Lawful at first, and not from May on.
    CHECK(desk.refused("set_parameter", "M01", set("rv_reply_maximum_working_days", "1")) ==
          "GEN-S5 parameter.reply-default");
    desk.does("set_parameter", "M01", set("rv_reply_maximum_working_days", "2"));
}
