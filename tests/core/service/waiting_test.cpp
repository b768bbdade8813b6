#include "core/desk/documents.h"
#include "core/service/model.h"
#include "core/service/repairs/queries.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::staffed;
using testing::TestDesk;
using Lines = std::vector<std::string>;

namespace {

std::string repair(TestDesk& desk, char const* priority, char const* at, TestDesk::Fields more = {}) {
    TestDesk::Fields fields{{"kind", "repair"}, {"priority", priority}, {"words", "漏水"}, {"unit", "3-502"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.does("register_ticket", "G01", std::move(fields), at);
}

// The solution's due time; empty while its clock stands still.
std::string solution(TestDesk& desk) {
    std::string found;
    std::string last;
    auto const rows = desk->duties(testing::time_at("2030-01-01T00:00"), DutyFilter::all);
    REQUIRE(rows);
    for (auto const& row : *rows)
        if (row.duty.period.starts_with("solution") && row.duty.period > last) {
            last = row.duty.period;
            found = format_time(row.duty.due);
        }
    return found;
}

}  // namespace

TEST_CASE("GEN-2.1 impact and urgency make the priority, and another one has a reason") {
    auto desk = staffed();
    auto const priority = [&](char const* impact, char const* urgency) {
        auto const ticket = desk.does(
            "register_ticket", "G01",
            {{"kind", "repair"}, {"words", "漏水"}, {"unit", "3-502"}, {"impact", impact}, {"urgency", urgency}});
        return desk.ask("tickets", "priority", {{"ticket", ticket}}).front();
    };
    CHECK(priority("high", "high") == "urgent");
    CHECK(priority("high", "medium") == "urgent");
    CHECK(priority("medium", "high") == "urgent");
    CHECK(priority("medium", "medium") == "normal");
    CHECK(priority("high", "low") == "normal");
    CHECK(priority("low", "medium") == "low");
    CHECK(priority("low", "low") == "low");
    TestDesk::Fields const fields{{"kind", "repair"}, {"words", "漏水"},  {"unit", "3-502"},
                                  {"impact", "low"},  {"urgency", "low"}, {"priority", "urgent"}};
    CHECK(desk.refused("register_ticket", "G01", fields) == "GEN-2.1 ticket.priority-reason-missing");
    auto with_reason = fields;
    with_reason.emplace_back("priority_reason", "老人独居");
    auto const ticket = desk.does("register_ticket", "G01", with_reason);
    CHECK(desk.ask("tickets", "priority", {{"ticket", ticket}}) == Lines{"urgent"});
    // A changed urgency makes the priority anew.
    auto const other = repair(desk, "", "2026-03-31T18:00", {{"impact", "medium"}, {"urgency", "medium"}});
    desk.does("change_ticket", "G01", {{"ticket", other}, {"urgency", "high"}});
    CHECK(desk.ask("tickets", "priority", {{"ticket", other}}) == Lines{"urgent"});
    CHECK(desk.refused("change_ticket", "G01", {{"ticket", other}, {"priority", "low"}}) ==
          "GEN-2.1 ticket.priority-reason-missing");
}

TEST_CASE("GEN-2.1 waiting has a reason and an end, and is refused without") {
    auto desk = staffed();
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    auto const hold = [&](TestDesk::Fields more, char const* by = "G01") {
        more.emplace_back("ticket", ticket);
        return desk.try_to("put_on_hold", by, std::move(more), "2026-03-09T10:00");
    };
    CHECK(hold({}).error().reason == "waiting.reason-missing");
    CHECK(hold({{"reason", "other"}}).error().reason == "waiting.note-missing");
    CHECK(hold({{"reason", "parts"}, {"until", "2026-03-09T09:59"}}).error().reason == "waiting.until-past");
    CHECK(hold({{"reason", "parts"}, {"until", "2026-04-07T18:01"}}).error().reason == "waiting.until-too-late");
    CHECK(desk.refused("resume_ticket", "G01", {{"ticket", ticket}}) == "GEN-2.1 waiting.not-waiting");
    REQUIRE(hold({{"reason", "parts"}}));
    CHECK(hold({{"reason", "parts"}}).error().reason == "waiting.already");
    CHECK(desk.ask("tickets", "state") == Lines{"waiting"});
    CHECK(desk.ask("tickets", "open", {}).empty());
    CHECK(desk.refused("resume_ticket", "G01", {{"ticket", ticket}}, "2026-03-09T09:59") == "GEN-2.1 waiting.before");
    desk.does("resume_ticket", "G01", {{"ticket", ticket}}, "2026-03-10T10:00");
    CHECK(desk.ask("tickets", "state") == Lines{"registered"});
}

TEST_CASE("GEN-2.1 the clock of the solution stops and resumes exactly") {
    auto desk = staffed();
    // Urgent: four working hours from 09:00.
    auto const ticket = repair(desk, "urgent", "2026-03-09T09:00");
    CHECK(solution(desk) == "2026-03-09T13:00");
    auto const hold = [&](char const* at) {
        desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "customer"}}, at);
    };
    auto const resume = [&](char const* at) { desk.does("resume_ticket", "G01", {{"ticket", ticket}}, at); };
    hold("2026-03-09T10:30");  // two and a half hours are left
    CHECK(solution(desk).empty());
    resume("2026-03-10T09:00");
    CHECK(solution(desk) == "2026-03-10T11:30");
    hold("2026-03-10T11:30");  // on the last minute nothing is left
    CHECK(solution(desk) == "2026-03-10T11:30");
    resume("2026-03-10T15:00");
    CHECK(solution(desk) == "2026-03-10T11:30");
}

TEST_CASE("GEN-2.1 nights and days off do not count while a ticket waits") {
    auto desk = staffed();
    // Normal: closing time of the next working day, Tuesday.
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    CHECK(solution(desk) == "2026-03-10T18:00");
    // Waits from Tuesday evening, a minute after closing, until Wednesday, a minute before opening: nothing is gained.
    desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "access"}}, "2026-03-09T18:01");
    desk.does("resume_ticket", "G01", {{"ticket", ticket}}, "2026-03-10T08:29");
    CHECK(solution(desk) == "2026-03-10T18:00");
    // From Tuesday 10:00 to Wednesday 10:00 is one working day.
    desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "access"}}, "2026-03-10T10:00");
    desk.does("resume_ticket", "G01", {{"ticket", ticket}}, "2026-03-11T10:00");
    CHECK(solution(desk) == "2026-03-11T18:00");
    // Over a weekend: Friday would have been due, Monday is.
    desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "weather"}}, "2026-03-11T17:00");
    desk.does("resume_ticket", "G01", {{"ticket", ticket}}, "2026-03-14T12:00");
    CHECK(solution(desk) == "2026-03-16T09:30");
}

TEST_CASE("GEN-2.1 a changed priority and a reopened ticket count anew, with the waits that are theirs") {
    auto desk = staffed();
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "parts"}}, "2026-03-09T10:00");
    desk.does("change_ticket", "G01", {{"ticket", ticket}, {"priority", "urgent"}}, "2026-03-09T11:00");
    desk.does("resume_ticket", "G01", {{"ticket", ticket}}, "2026-03-09T12:00");
    CHECK(solution(desk) == "2026-03-09T15:00");
    desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "parts"}}, "2026-03-09T14:00");
    desk.close(ticket, "2026-03-09T16:00");  // closing ends the wait
    CHECK(solution(desk) == "2026-03-09T17:00");
    CHECK(desk.ask("tickets", "state") == Lines{"finished"});
    desk.does("reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "又漏"}}, "2026-03-10T09:00");
    CHECK(desk.ask("tickets", "state") == Lines{"in-progress"});
    CHECK(solution(desk) == "2026-03-10T13:00");
}

TEST_CASE("GEN-5.3 what waits is on the board until it is looked at again") {
    auto desk = staffed();
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "parts"}}, "2026-03-09T10:00");
    CHECK(desk.duties("GEN-5.3") == Lines{"2026-03-12T18:00 - butler"});  // three working days
    desk.does("resume_ticket", "G01", {{"ticket", ticket}}, "2026-03-10T10:00");
    CHECK(desk.duties("GEN-5.3") == Lines{"2026-03-12T18:00 2026-03-10T10:00 butler"});
}

TEST_CASE("GEN-5.3 a merged ticket goes on as another, and nothing is lost") {
    auto desk = staffed();
    auto const first = repair(desk, "normal", "2026-03-09T09:00");
    auto const second = repair(desk, "urgent", "2026-03-09T09:30");
    CHECK(desk.refused("merge_ticket", "G01", {{"ticket", first}, {"merged_into", first}}) == "GEN-5.3 merge.itself");
    auto const complaint = desk.complaint("2026-03-09T09:40");
    CHECK(desk.refused("merge_ticket", "G01", {{"ticket", complaint}, {"merged_into", first}}) ==
          "RV-4.1 merge.complaint-into-other");
    auto const merge =
        desk.does("merge_ticket", "G01", {{"ticket", second}, {"merged_into", first}}, "2026-03-09T10:00");
    CHECK(desk.ask("tickets", "state", {{"ticket", second}}) == Lines{"merged"});
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", second}, {"cause", "x"}, {"solution", "y"}}) ==
          "ticket.merged");
    CHECK(desk.refused("merge_ticket", "G01", {{"ticket", first}, {"merged_into", second}}) ==
          "GEN-5.3 merge.target-not-open");
    CHECK(desk.ask("timeline", "step", {{"ticket", second}}) == Lines{"merge"});
    // Taken back, it is on the board as it was.
    desk.does("void_record", "G01", {{"record", merge}, {"reason", "不是一回事"}});
    CHECK(desk.ask("tickets", "state", {{"ticket", second}}) == Lines{"registered"});
}

TEST_CASE("GEN-5.3 when the ticket it went into is void, a merged ticket goes on by itself") {
    auto desk = staffed();
    auto const first = repair(desk, "normal", "2026-03-09T09:00");
    auto const second = repair(desk, "urgent", "2026-03-09T09:30");
    auto const third = repair(desk, "urgent", "2026-03-09T09:40");
    desk.does("merge_ticket", "G01", {{"ticket", third}, {"merged_into", second}}, "2026-03-09T10:00");
    desk.does("merge_ticket", "G01", {{"ticket", second}, {"merged_into", first}}, "2026-03-09T10:10");
    auto const digest = desk->tables_digest();
    desk.does("void_record", "M01", {{"record", first}, {"reason", "重复登记"}});
    CHECK(desk.ask("tickets", "state", {{"ticket", second}}) == Lines{"registered"});
    CHECK(desk.ask("tickets", "state", {{"ticket", third}}) == Lines{"merged"});
    CHECK(desk->tables_digest() != digest);
    CHECK((*desk->check()).sound);
}

TEST_CASE("GEN-5.3 two desks that merge two tickets into each other leave one of them on the board") {
    auto desk = staffed();
    auto const first = repair(desk, "normal", "2026-03-09T09:00");
    auto const second = repair(desk, "urgent", "2026-03-09T09:30");
    TestDesk other{2};
    other.clock("2026-03-31T18:00");
    REQUIRE(other.take(desk.slice()));
    desk.does("merge_ticket", "G01", {{"ticket", first}, {"merged_into", second}}, "2026-03-09T10:00");
    other.does("merge_ticket", "G01", {{"ticket", second}, {"merged_into", first}}, "2026-03-09T10:00");
    auto const here = desk.slice();
    REQUIRE(desk.take(other.slice()));
    REQUIRE(other.take(here));
    CHECK(desk->tables_digest() == other->tables_digest());
    CHECK(desk.ask("tickets", "state", {{"ticket", first}}) == Lines{"registered"});
    CHECK(desk.ask("tickets", "state", {{"ticket", second}}) == Lines{"merged"});
    CHECK((*desk->check()).sound);
    CHECK((*other->check()).sound);
}

TEST_CASE("GEN-5.3 a second matter is split off with the same customer") {
    auto desk = staffed();
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    CHECK(desk.refused("split_ticket", "G01", {{"ticket", ticket}}) == "GEN-3.1 ticket.words-missing");
    auto const other =
        desk.does("split_ticket", "G01", {{"ticket", ticket}, {"words", "门锁也坏了"}, {"kind", "complaint"}},
                  "2026-03-09T10:00");
    CHECK(other == "TS-20260309-A001");
    CHECK(desk.ask("tickets", "unit", {{"ticket", other}}) == Lines{"3-502"});
    CHECK(desk.ask("tickets", "state", {{"ticket", ticket}}) == Lines{"registered"});
    desk.close(ticket, "2026-03-09T11:00");
    CHECK(desk.refused("split_ticket", "G01", {{"ticket", ticket}, {"words", "又"}}) == "ticket.finished");
}

TEST_CASE("GEN-1.2 that the steps were explained is recorded with the reception") {
    auto desk = staffed();
    desk.does("record_reception", "G01", {{"channel", "visit"}, {"need", "办装修"}, {"explained", "decoration"}});
    CHECK(desk.ask("receptions", "explained") == Lines{"decoration"});
}

TEST_CASE("GEN-1.2 every kind of request has a step card that is printed, and says its clause") {
    auto desk = staffed();
    for (auto const& choice : ticket_kind_choices) {
        auto const page = print_form(*desk, "step-card", choice.name);
        REQUIRE(page);
        CHECK(page->find("第 2 步") != std::string::npos);
        CHECK(page->find("GEN-1.2") != std::string::npos);
    }
    CHECK(print_form(*desk, "step-card", "nonsense").error().reason == "form.wrong-record");
}

TEST_CASE("GEN-1.3 a call that is settled needs one line, else it is called back in time") {
    auto desk = staffed();
    auto const call = [&](TestDesk::Fields more) {
        more.insert(more.begin(), {{"channel", "phone"}, {"need", "问停车费"}});
        return more;
    };
    desk.does("record_reception", "G01", call({{"answer", "每月 300 元"}}), "2026-03-09T09:00");
    CHECK(desk.duties("GEN-1.3").empty());
    CHECK(desk.refused("record_reception", "G01", call({{"answer", "x"}, {"promised_at", "2026-03-09T10:00"}}),
                       "2026-03-09T09:00") == "GEN-1.3 reception.settled-and-promised");
    CHECK(desk.refused("record_reception", "G01", call({{"promised_at", "2026-03-09T08:59"}}), "2026-03-09T09:00") ==
          "GEN-1.3 reception.promise-past");
    // Two working hours unless said otherwise.
    auto const asked = desk.does("record_reception", "G01", call({}), "2026-03-09T17:00");
    CHECK(desk.duties("GEN-1.3") == Lines{"2026-03-10T09:30 - butler"});
    CHECK(desk.refused("call_back", "G01", {{"reception", asked}, {"reached", "true"}}) ==
          "GEN-1.3 reception.call-words-missing");
    desk.does("call_back", "G01", {{"reception", asked}, {"reached", "false"}, {"words", "无人接听"}},
              "2026-03-10T09:00");
    CHECK(desk.duties("GEN-1.3") == Lines{"2026-03-10T09:30 - butler"});
    desk.does("call_back", "G01", {{"reception", asked}, {"reached", "true"}, {"words", "已说明"}}, "2026-03-10T09:31");
    CHECK(desk.duties("GEN-1.3") == Lines{"2026-03-10T09:30 2026-03-10T09:31 butler"});
    CHECK(desk.refused("call_back", "G01", {{"reception", asked}, {"reached", "true"}, {"words", "又"}}) ==
          "GEN-1.3 reception.called-back");
}

TEST_CASE("GEN-1.3 a contact about the ticket that came of a call keeps the promise") {
    auto desk = staffed();
    auto const asked =
        desk.does("record_reception", "G01", {{"channel", "phone"}, {"need", "漏水"}}, "2026-03-09T09:00");
    auto const ticket = repair(desk, "normal", "2026-03-09T09:05", {{"reception", asked}});
    CHECK(desk.duties("GEN-1.3") == Lines{"2026-03-09T11:00 - butler"});
    auto const contact = desk.does("record_contact", "G01",
                                   {{"ticket", ticket}, {"channel", "phone"}, {"summary", "派工"}}, "2026-03-09T09:30");
    CHECK(desk.duties("GEN-1.3") == Lines{"2026-03-09T11:00 2026-03-09T09:30 butler"});
    desk.does("void_record", "G01", {{"record", contact}, {"reason", "记错"}});
    CHECK(desk.duties("GEN-1.3") == Lines{"2026-03-09T11:00 - butler"});
    auto const digest = desk->tables_digest();
    REQUIRE(desk->rebuild());
    CHECK(desk->tables_digest() == digest);
}

TEST_CASE("GEN-2.1 nobody is agreed with two customers for one time") {
    auto desk = staffed();
    desk.clock("2026-03-09T09:00");
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    auto const book = [&](char const* from, char const* until, char const* who = "W01") {
        return TestDesk::Fields{{"ticket", ticket}, {"starts", from}, {"ends", until}, {"visitor", who}};
    };
    CHECK(desk.refused("book_visit", "G01", {{"ticket", ticket}}) == "GEN-2.1 appointment.starts-missing");
    CHECK(desk.refused("book_visit", "G01", {{"ticket", ticket}, {"starts", "2026-03-09T14:00"}}) ==
          "GEN-2.1 appointment.visitor-missing");
    CHECK(desk.refused("book_visit", "G01", book("2026-03-09T08:59", "2026-03-09T10:00")) ==
          "GEN-2.1 appointment.starts-past");
    CHECK(desk.refused("book_visit", "G01", book("2026-03-09T14:00", "2026-03-09T14:00")) ==
          "GEN-2.1 appointment.ends-before");
    desk.does("book_visit", "G01", book("2026-03-09T14:00", "2026-03-09T15:00"));
    CHECK(desk.refused("book_visit", "G01", book("2026-03-09T14:59", "2026-03-09T16:00")) ==
          "GEN-2.1 appointment.visitor-busy");
    desk.does("book_visit", "G01", book("2026-03-09T15:00", "2026-03-09T16:00"));
    desk.does("book_visit", "G01", book("2026-03-09T14:00", "2026-03-09T15:00", "G02"));
    CHECK(desk.duties("GEN-2.1").size() == 5);
}

TEST_CASE("GEN-2.3 a repair order tells who came, what was used and what the customer owes") {
    auto desk = staffed();
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    CHECK(desk.refused("record_repair_visit", "W01", {{"ticket", ticket}, {"worker", "W01"}}) ==
          "GEN-2.3 repair.work-missing");
    CHECK(
        desk.refused("record_repair_visit", "W01", {{"ticket", desk.complaint()}, {"worker", "W01"}, {"work", "x"}}) ==
        "GEN-2.3 repair.not-a-repair");
    desk.does("record_repair_visit", "W01",
              {{"ticket", ticket}, {"worker", "W01"}, {"work", "换阀"}, {"labour", "50.00"}}, "2026-03-09T10:00");
    desk.does("record_repair_visit", "W01",
              {{"ticket", ticket}, {"worker", "W01"}, {"work", "试水"}, {"arrived", "2026-03-09T14:00"}},
              "2026-03-09T14:30");
    CHECK(desk.refused("record_part", "W01", {{"ticket", ticket}, {"name", "阀"}, {"quantity", "0"}}) ==
          "GEN-2.3 repair.quantity-out-of-range");
    CHECK(desk.refused("record_part", "W01", {{"ticket", ticket}, {"name", "阀"}, {"price", "-0.01"}}) ==
          "GEN-2.3 repair.money-out-of-range");
    desk.does("record_part", "W01", {{"ticket", ticket}, {"name", "角阀"}, {"quantity", "2"}, {"price", "35.50"}});
    desk.does("record_part", "W01", {{"ticket", ticket}, {"name", "生料带"}, {"price", "3.00"}, {"payer", "centre"}});
    CHECK(desk.ask("repair_orders", "charge") == Lines{"121.00"});
    CHECK(desk.ask("repair_orders", "trips") == Lines{"2"});
}

TEST_CASE("GEN-4.3 one case, several departments, each with its own task and deadline") {
    auto desk = staffed();
    auto const ticket = desk.complaint("2026-03-09T09:00");
    for (auto const* department : {"工程部", "保洁部"})
        desk.does("hand_over", "G01",
                  {{"ticket", ticket}, {"department", department}, {"task", "处理"}, {"due", "2026-03-10T12:00"}},
                  "2026-03-09T09:30");
    CHECK(desk.duties("GEN-2.3").size() == 4);
    CHECK(desk.ask("hand_overs", "department") == Lines{"工程部", "保洁部"});
}

TEST_CASE("GEN-5.1 satisfaction is asked when a ticket is finished") {
    auto desk = staffed();
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    CHECK(desk.refused("record_satisfaction", "G01", {{"ticket", ticket}, {"satisfaction", "fair"}}) ==
          "GEN-5.1 ticket.not-finished");
    desk.close(ticket, "2026-03-09T10:00");
    CHECK(desk.duties("GEN-5.1") == Lines{"2026-03-10T18:00 - butler"});
    CHECK(desk.refused("record_satisfaction", "G01", {{"ticket", ticket}}) == "GEN-5.1 satisfaction.answer-missing");
    CHECK(desk.refused("record_satisfaction", "G01",
                       {{"ticket", ticket}, {"satisfaction", "fair"}, {"declined", "true"}}) ==
          "GEN-5.1 satisfaction.answer-missing");
    desk.does("record_satisfaction", "G01", {{"ticket", ticket}, {"declined", "true"}}, "2026-03-10T18:00");
    CHECK(desk.duties("GEN-5.1") == Lines{"2026-03-10T18:00 2026-03-10T18:00 butler"});
    // Answered on the spot.
    auto const other = repair(desk, "normal", "2026-03-09T09:00");
    desk.does("close_ticket", "G01",
              {{"ticket", other}, {"cause", "老化"}, {"solution", "更换"}, {"satisfaction", "satisfied"}},
              "2026-03-09T11:00");
    CHECK(desk.duties("GEN-5.1") ==
          Lines{"2026-03-10T18:00 2026-03-10T18:00 butler", "2026-03-10T18:00 2026-03-09T11:00 butler"});
    // Of a valid complaint the return visit asks.
    auto const complaint = desk.complaint("2026-03-09T09:00");
    desk.own(complaint, "2026-03-09T09:10");
    desk.close(complaint, "2026-03-09T09:20");
    CHECK(desk.duties("GEN-5.1").size() == 2);
}

TEST_CASE("GEN-5.2 feedback becomes an improvement with an outcome, or is set aside with a reason") {
    auto desk = staffed();
    CHECK(desk.refused("record_feedback", "G01", {}) == "GEN-5.2 feedback.words-missing");
    auto const feedback = desk.does("record_feedback", "G01", {{"words", "希望周末也能缴费"}}, "2026-03-09T09:00");
    CHECK(feedback == "FK-20260309-A001");
    TestDesk::Fields const plan{
        {"feedback", feedback}, {"measure", "周末值班"}, {"responsible", "G02"}, {"due", "2026-03-20"}};
    CHECK(desk.refused("plan_improvement", "G01", plan) == "GEN-5.2 role.improver");
    CHECK(desk.refused("plan_improvement", "M01",
                       {{"feedback", feedback}, {"measure", "值班"}, {"responsible", "G02"}}) ==
          "GEN-5.2 improvement.due-missing");
    auto const improvement = desk.does("plan_improvement", "M01", plan, "2026-03-09T10:00");
    CHECK(desk.refused("set_feedback_aside", "M01", {{"feedback", feedback}, {"reason", "x"}}) ==
          "GEN-5.2 feedback.decided");
    CHECK(desk.duties("GEN-5.2") == Lines{"2026-03-20T18:00 - manager-assistant"});
    CHECK(desk.refused("report_improvement", "G01",
                       {{"improvement", improvement}, {"outcome", "x"}, {"effective", "true"}}) ==
          "GEN-5.2 role.improver");
    desk.does("report_improvement", "G02",
              {{"improvement", improvement}, {"outcome", "两周缴费率升 5%"}, {"effective", "true"}},
              "2026-03-20T18:01");
    CHECK(desk.duties("GEN-5.2") == Lines{"2026-03-20T18:00 2026-03-20T18:01 manager-assistant"});
    auto const other = desk.does("record_feedback", "W01", {{"words", "希望免物业费"}});
    CHECK(desk.refused("set_feedback_aside", "M01", {{"feedback", other}}) == "GEN-5.2 feedback.reason-missing");
    desk.does("set_feedback_aside", "M01", {{"feedback", other}, {"reason", "不可行"}});
    CHECK(desk.ask("feedback", "state") == Lines{"taken-up", "set-aside"});
    // What was heard about a ticket goes with the person who said it.
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00", {{"owner", desk.owner}});
    desk.does("record_feedback", "G01", {{"words", "电话 13812345678"}, {"ticket", ticket}});
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    CHECK(desk.ask("feedback", "words").back().empty());
}

TEST_CASE("GEN-2.1 the calendar of a week has the visits that were agreed for its days, and no others") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-03-12T09:00");
    auto const ticket = desk.does("register_ticket", "G01",
                                  {{"kind", "repair"}, {"priority", "normal"}, {"words", "灯坏"}, {"unit", "3-502"}},
                                  "2026-03-12T08:00");
    auto const book = [&](char const* starts) {
        return desk.does("book_visit", "G01", {{"ticket", ticket}, {"starts", starts}, {"visitor", "W01"}});
    };
    book("2026-03-15T23:00");
    auto const monday = book("2026-03-16T00:00");
    auto const sunday = book("2026-03-22T22:30");
    book("2026-03-23T00:00");
    DayRange const week{testing::day("2026-03-16"), testing::day("2026-03-22")};
    auto lines = booked_lines(desk->database(), week);
    REQUIRE(lines.size() == 2);
    CHECK(format_id(lines.front().id) == monday);
    CHECK(lines.front().visitor == "周工");
    CHECK(lines.front().open);
    auto const page = print_form(*desk, "visit-calendar", "2026-03-19");
    REQUIRE(page);
    CHECK(page->find("03-16 周一") != std::string::npos);
    CHECK(page->find("22:30–23:30") != std::string::npos);
    CHECK(print_form(*desk, "visit-calendar", "2026").error().reason == "form.period");
    desk.does("void_record", "G01", {{"record", sunday}, {"reason", "改期"}});
    CHECK(booked_lines(desk->database(), week).size() == 1);
    desk.close(ticket, "2026-03-12T09:00");
    CHECK_FALSE(booked_lines(desk->database(), week).front().open);
    desk.does("void_record", "M01", {{"record", ticket}, {"reason", "重复"}});
    CHECK(booked_lines(desk->database(), week).empty());
}

TEST_CASE("GEN-3.2 a ticket that was closed by mistake and opened again at once is told of like any other") {
    auto desk = staffed("2026-03-09T09:00");
    auto const ticket = repair(desk, "low", "2026-03-09T09:00");
    desk.close(ticket, "2026-03-09T09:00");
    desk.does("reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "点错"}}, "2026-03-09T09:00");
    auto const told = Lines{"2026-03-11T18:00 - butler", "2026-03-11T18:00 2026-03-09T09:00 butler"};
    CHECK(desk.duties("GEN-3.2") == told);
    // Whatever happens to the ticket, the same duties are found again.
    desk.does("hand_over", "G01", {{"ticket", ticket}, {"department", "工程部"}, {"task", "修"}}, "2026-03-09T09:05");
    CHECK(desk.duties("GEN-3.2") == told);
    auto const report = desk->check();
    REQUIRE(report);
    CHECK(report->sound);
}

TEST_CASE("GEN-2.1 who comes has kept what was agreed for that time, and not what is agreed for another") {
    auto desk = staffed();
    desk.clock("2026-03-09T09:00");
    auto const ticket = repair(desk, "normal", "2026-03-09T09:00");
    auto const book = [&](char const* from, char const* until) {
        desk.does("book_visit", "G01", {{"ticket", ticket}, {"starts", from}, {"ends", until}, {"visitor", "W01"}});
    };
    auto const agreed = [&] {
        std::vector<std::string> found;
        auto const rows = desk->duties(testing::time_at("2030-01-01T00:00"), DutyFilter::all);
        REQUIRE(rows);
        for (auto const& row : *rows)
            if (row.duty.period.starts_with("visit-"))
                found.push_back(format_time(row.duty.due) + " " +
                                (has_time(row.duty.done) ? format_time(row.duty.done) : "-"));
        std::sort(found.begin(), found.end());
        return found;
    };
    book("2026-03-09T10:00", "2026-03-09T11:00");
    book("2026-03-10T10:00", "2026-03-10T11:00");
    book("2026-03-11T10:00", "2026-03-11T11:00");
    desk.clock("2026-03-09T15:00");
    // Who asks at the desk where the worker is has not been visited.
    desk.does("record_contact", "G01",
              {{"ticket", ticket}, {"channel", "visit"}, {"direction", "from-customer"}, {"summary", "人呢"}},
              "2026-03-09T09:30");
    CHECK(agreed() == Lines{"2026-03-09T11:00 -", "2026-03-10T11:00 -", "2026-03-11T11:00 -"});
    // Five minutes early, and entered in the afternoon.
    desk.does("record_repair_visit", "W01",
              {{"ticket", ticket},
               {"worker", "W01"},
               {"arrived", "2026-03-09T09:55"},
               {"left", "2026-03-09T10:50"},
               {"work", "查漏"}});
    CHECK(agreed() == Lines{"2026-03-09T11:00 2026-03-09T09:55", "2026-03-10T11:00 -", "2026-03-11T11:00 -"});
    // Nobody came on the 10th; on the 11th that is over, and late.
    desk.clock("2026-03-11T10:30");
    desk.does("record_contact", "G01", {{"ticket", ticket}, {"channel", "visit"}, {"summary", "上门说明"}});
    CHECK(agreed() == Lines{"2026-03-09T11:00 2026-03-09T09:55", "2026-03-10T11:00 2026-03-11T10:30",
                            "2026-03-11T11:00 2026-03-11T10:30"});
    // Who comes before any agreed time has kept the next one; what is closed awaits nobody.
    book("2026-03-12T10:00", "2026-03-12T11:00");
    book("2026-03-13T10:00", "2026-03-13T11:00");
    desk.clock("2026-03-11T16:00");
    desk.does("record_repair_visit", "W01", {{"ticket", ticket}, {"worker", "W01"}, {"work", "换阀"}});
    CHECK(agreed().at(3) == "2026-03-12T11:00 2026-03-11T16:00");
    CHECK(agreed().at(4) == "2026-03-13T11:00 -");
    desk.clock("2026-03-11T17:00");
    desk.close(ticket, "2026-03-11T17:00");
    CHECK(agreed().at(4) == "2026-03-13T11:00 2026-03-11T17:00");
}

TEST_CASE("GEN-5.3 what was before the ticket was opened again is neither closed nor made to wait any more") {
    auto desk = staffed("2026-03-09T12:00");
    auto const ticket = repair(desk, "normal", "2026-03-09T08:00");
    desk.close(ticket, "2026-03-09T09:00");
    desk.does("reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "又漏"}}, "2026-03-09T11:00");
    TestDesk::Fields const closing{{"ticket", ticket}, {"cause", "x"}, {"solution", "y"}};
    TestDesk::Fields const waiting{{"ticket", ticket}, {"reason", "parts"}};
    CHECK(desk.refused("close_ticket", "G01", closing, "2026-03-09T10:30") == "ticket.before-reopening");
    CHECK(desk.refused("put_on_hold", "G01", waiting, "2026-03-09T10:59") == "ticket.before-reopening");
    CHECK(desk.refused("close_ticket", "G01", closing, "2026-03-09T07:59") == "ticket.before-reopening");
    desk.does("put_on_hold", "G01", waiting, "2026-03-09T11:00");
    desk.does("close_ticket", "G01", closing, "2026-03-09T11:30");
    CHECK(desk.ask("tickets", "state") == Lines{"finished"});
}
