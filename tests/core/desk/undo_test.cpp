#include "core/desk/undo.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/registry/commands.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;
using Lines = std::vector<std::string>;

namespace {

struct Undoer : TestDesk {
    Undoer() {
        staffed();
        clock("2026-02-13T10:00");
        manager = *(*this)->find_record(&StaffMember::description, "M01", "staff");
    }

    std::uint64_t last() { return (*this)->journal().last_number((*this)->identity().incarnation); }

    // Takes the last entry back; "" or the reason for which it is refused.
    std::string undo(std::string_view by, std::uint64_t entry = 0) {
        auto const request = undo_request(**this, entry == 0 ? last() : entry, by);
        if (!request) {
            CHECK(has_sentence("refusal." + request.error().reason));
            auto const& refusal = request.error();
            return (refusal.clause ? std::string{refusal.clause->id()} + " " : std::string{}) + refusal.reason;
        }
        CHECK(request->by == by);
        CHECK(request->occurred_at.empty());
        // What is offered is accepted.
        auto const accepted = (*this)->submit(*request);
        INFO(request->command << (accepted ? "" : accepted.error().reason));
        CHECK(accepted);
        return {};
    }

    std::string state(std::string const& ticket) { return ask("tickets", "state", {{"ticket", ticket}}).front(); }
    std::string step(Fields fields, std::string command, std::string const& ticket, std::string by = "G01") {
        fields.insert(fields.begin(), {"ticket", ticket});
        return does(std::move(command), std::move(by), std::move(fields));
    }
    std::string repair() {
        return does("register_ticket", "G01",
                    {{"kind", "repair"}, {"priority", "normal"}, {"words", "漏水"}, {"unit", "3-502"}});
    }

    AnyId manager;
};

}  // namespace

TEST_CASE("GEN-5.3: every step of a ticket is taken back by whoever made it, as if it had not been") {
    Undoer desk;
    auto const ticket = desk.complaint();
    struct Step {
        char const* command;
        char const* by;
        TestDesk::Fields fields;
    };
    auto const handed_over = [&] {
        return desk.step({{"department", "工程部"}, {"task", "检修"}}, "hand_over", ticket);
    };
    // The words that made the state must be gone from tables and duties, whatever they were.
    auto const takes_back = [&](Step const& step) {
        INFO(step.command);
        auto const state = desk.state(ticket);
        auto const duties = desk.duties("GEN-2.1");
        auto const updates = desk.duties("GEN-3.2");
        auto const hand_overs = desk.duties("GEN-2.3");
        auto const visits = desk.duties("RV-4.1");
        desk.does(step.command, step.by, step.fields);
        desk.advance(60'000);
        CHECK(desk.undo("G02") == "undo.not-yours");
        CHECK(desk.undo(step.by).empty());
        CHECK(desk.state(ticket) == state);
        CHECK(desk.duties("GEN-2.1") == duties);
        CHECK(desk.duties("GEN-3.2") == updates);
        CHECK(desk.duties("GEN-2.3") == hand_overs);
        CHECK(desk.duties("RV-4.1") == visits);
        // Once, and what took it back stays.
        CHECK(desk.undo(step.by, desk.last() - 1) == "voiding.done-already");
        CHECK(desk.undo(step.by) == "undo.not-undoable");
    };
    takes_back({"record_contact", "G01", {{"ticket", ticket}, {"channel", "phone"}, {"summary", "已告知"}}});
    takes_back({"own_complaint", "G01", {{"ticket", ticket}, {"responsible", "G01"}, {"explanation", "歉"}}});
    takes_back({"hand_over", "G01", {{"ticket", ticket}, {"department", "工程部"}, {"task", "检修"}}});
    auto const hand_over = handed_over();
    takes_back({"acknowledge_hand_over", "W01", {{"hand_over", hand_over}}});
    takes_back({"report_hand_over", "W01", {{"hand_over", hand_over}, {"result", "已换"}}});
    takes_back({"mark_validity", "M01", {{"ticket", ticket}, {"valid", "false"}, {"reason", "重复"}}});
    takes_back({"mark_importance", "M01", {{"ticket", ticket}, {"important", "true"}, {"reason", "媒体"}}});
    desk.own(ticket, "");
    takes_back({"close_ticket", "G01", {{"ticket", ticket}, {"cause", "旧"}, {"solution", "换"}}});
    desk.close(ticket, "");
    takes_back({"reopen_ticket", "G01", {{"ticket", ticket}, {"reason", "未好"}}});
    takes_back({"record_return_visit", "G01", {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}}});
    takes_back({"record_return_visit",
                "G01",
                {{"ticket", ticket}, {"method", "phone"}, {"solved", "false"}, {"opinion", "还是吵"}}});
    CHECK((*desk->check()).sound);
}

TEST_CASE("GEN-5.3: a return visit that reopened its ticket is taken back as a whole, and only as a whole") {
    Undoer desk;
    auto const ticket = desk.complaint();
    desk.own(ticket, "");
    desk.close(ticket, "");
    auto const visit =
        desk.step({{"method", "phone"}, {"solved", "false"}, {"opinion", "还是吵"}}, "record_return_visit", ticket);
    CHECK(desk.state(ticket) == "in-progress");
    auto const steps = desk.ask("timeline", "step", {{"ticket", ticket}});
    auto const ids = desk.ask("timeline", "id", {{"ticket", ticket}});
    auto const place = std::find(steps.begin(), steps.end(), "reopening") - steps.begin();
    CHECK(desk.refused("void_record", "M01", {{"record", ids[static_cast<std::size_t>(place)]}, {"reason", "误"}}) ==
          "GEN-5.3 voiding.visit-as-a-whole");
    auto const request = undo_request(*desk, desk.last(), "G01");
    REQUIRE(request);
    CHECK(request->command == "void_record");
    CHECK(request->fields.back() == std::pair<std::string, std::string>{"reason", "误操作，撤销"});
    auto const in_english = undo_request(*desk, desk.last(), "G01", Language::english);
    REQUIRE(in_english);
    CHECK(in_english->fields.back().second == "Done by mistake, taken back");
    auto const accepted = desk->submit(*request);
    REQUIRE(accepted);
    CHECK(accepted->added.size() == 2);
    CHECK(desk.state(ticket) == "finished");
    CHECK(desk.ask("timeline", "void", {{"ticket", ticket}}) == Lines{"false", "false", "true", "true"});
    CHECK(desk.duties("RV-4.1") == Lines{"2026-02-14T18:00 - butler"});
    // The visit can be made again.
    desk.step({{"method", "phone"}, {"solved", "true"}}, "record_return_visit", ticket);
    CHECK(desk.state(ticket) == "finished");
    CHECK((*desk->check()).sound);
}

TEST_CASE("GEN-1.1: a reception is taken back until there is a ticket of it, a ticket by the manager alone") {
    Undoer desk;
    auto const reception = desk.does("record_reception", "G01", {{"channel", "visit"}, {"need", "电梯响"}});
    auto const entry = desk.last();
    auto const ticket = desk.does("register_ticket", "G01",
                                  {{"kind", "repair"},
                                   {"priority", "normal"},
                                   {"words", "电梯响"},
                                   {"category", "电梯"},
                                   {"unit", "3-502"},
                                   {"reception", reception}});
    CHECK(desk.undo("G01", entry) == "undo.built-upon");
    CHECK(desk.undo("G01") == "GEN-5.3 role.manager");
    CHECK(desk.undo("M01").empty());
    CHECK(desk.state(ticket) == "voided");
    CHECK(desk.undo("G01", entry).empty());
    CHECK(desk.ask("receptions", "id").empty());

    // A second of the same unit and category goes with what says that it recurs.
    desk.does("register_ticket", "G01",
              {{"kind", "repair"}, {"priority", "normal"}, {"words", "响"}, {"category", "电梯"}, {"unit", "3-502"}});
    auto const again = desk.does(
        "register_ticket", "G01",
        {{"kind", "repair"}, {"priority", "normal"}, {"words", "又响"}, {"category", "电梯"}, {"unit", "3-502"}});
    CHECK(desk.undo("M01").empty());
    CHECK(desk.state(again) == "voided");
}

TEST_CASE("GEN-5.3: what someone has built upon is not taken back") {
    Undoer desk;
    auto const ticket = desk.complaint();
    auto const registered = desk.last();
    desk.own(ticket, "");
    auto const owned = desk.last();
    CHECK(desk.undo("M01", registered) == "undo.built-upon");
    desk.close(ticket, "");
    auto const closed = desk.last();
    CHECK(desk.undo("G01", owned) == "undo.built-upon");
    desk.advance(60'000);
    desk.step({{"method", "phone"}, {"solved", "true"}}, "record_return_visit", ticket, "G02");
    auto const visited = desk.last();
    CHECK(desk.undo("G01", closed) == "RV-4.1 voiding.closing-visited");
    // One after the other it goes.
    CHECK(desk.undo("G02", visited).empty());
    CHECK(desk.undo("G01", closed).empty());
    CHECK(desk.undo("G01", owned).empty());
    CHECK(desk.undo("M01", registered).empty());

    // A hand-over that was answered; a reopening after which work went on; a ticket that was changed.
    auto const other = desk.repair();
    auto const registered_too = desk.last();
    desk.does("change_ticket", "G01", {{"ticket", other}, {"priority", "urgent"}});
    CHECK(desk.undo("M01", registered_too) == "undo.built-upon");
    auto const hand_over = desk.step({{"department", "工程部"}, {"task", "修"}}, "hand_over", other);
    auto const handed_over = desk.last();
    desk.does("acknowledge_hand_over", "W01", {{"hand_over", hand_over}});
    CHECK(desk.undo("G01", handed_over) == "undo.built-upon");
    desk.close(other, "");
    desk.step({{"reason", "未好"}}, "reopen_ticket", other);
    auto const reopened = desk.last();
    desk.step({{"channel", "phone"}, {"summary", "明天来"}}, "record_contact", other);
    CHECK(desk.undo("G01", reopened) == "undo.built-upon");

    // Another desk that has not seen it yet builds upon nothing; once heard of, it stands.
    TestDesk second{2};
    REQUIRE(second.take(desk.slice()));
    second.clock("2026-02-13T12:00");
    desk.step({{"channel", "phone"}, {"summary", "后天来"}}, "record_contact", other);
    auto const contact = desk.last();
    second.does("record_contact", "G02", {{"ticket", other}, {"channel", "phone"}, {"summary", "今天来"}});
    REQUIRE(desk.take(second.slice()));
    CHECK(desk.undo("G01", contact) == "undo.built-upon");
    CHECK(desk.undo("G02", 1'000'000) == "undo.unknown");
}

TEST_CASE("changed attributes get back what was there before, step by step, and forward again") {
    Undoer desk;
    desk.does("add_unit", "G01", {{"code", "3-503"}});
    auto const ticket = desk.repair();
    auto const value = [&](char const* column) { return desk.ask("tickets", column).front(); };
    desk.does("change_ticket", "G01",
              {{"ticket", ticket},
               {"priority", "urgent"},
               {"category", "水管"},
               {"unit", "3-503"},
               {"safety", "true"},
               {"claim", "120.50"},
               {"households", "3"},
               {"public_attention", "true"}});
    auto const first = desk.last();
    desk.does("change_ticket", "G01", {{"ticket", ticket}, {"priority", "low"}});
    CHECK(desk.undo("G02") == "undo.not-yours");
    CHECK(desk.undo("G01", first) == "undo.changed-since");
    CHECK(desk.undo("G01").empty());
    CHECK(value("priority") == "urgent");
    // Taken back is changed as well: the older one is not the newest any more.
    CHECK(desk.undo("G01", first) == "undo.changed-since");
    CHECK(desk.undo("G01").empty());  // forward again
    CHECK(value("priority") == "low");

    auto const second = desk.repair();
    auto const number = second;
    desk.does("change_ticket", "G01",
              {{"ticket", number},
               {"priority", "urgent"},
               {"category", "水管"},
               {"unit", "3-503"},
               {"safety", "true"},
               {"claim", "120.50"},
               {"households", "3"},
               {"public_attention", "true"}});
    CHECK(desk.undo("M01").empty());
    Arguments const of{{"ticket", number}};
    CHECK(desk.ask("tickets", "priority", of) == Lines{"normal"});
    CHECK(desk.ask("tickets", "category", of) == Lines{""});
    CHECK(desk.ask("tickets", "unit", of) == Lines{"3-502"});
    CHECK(desk.ask("tickets", "safety", of) == Lines{"false"});
    CHECK(desk.ask("tickets", "claim", of) == Lines{""});
    CHECK(desk.ask("tickets", "households", of) == Lines{""});
    CHECK(desk.ask("tickets", "public_attention", of) == Lines{"false"});

    desk.does("change_staff", "M01", {{"staff", "G02"}, {"name", "黄"}, {"department", "后勤"}, {"left", "true"}});
    CHECK(desk.undo("M01").empty());
    CHECK(desk.ask("staff", "name", {{"code", "G02"}}) == Lines{"林小雨"});
    CHECK(desk.ask("staff", "left", {{"code", "G02"}}) == Lines{"false"});
    CHECK(desk.ask("staff", "department", {{"code", "G02"}}) == Lines{"前台"});
    CHECK((*desk->check()).sound);
}

TEST_CASE("an owner's name and phone come back until they are erased") {
    Undoer desk;
    desk.does("change_owner", "G01", {{"owner", desk.owner}, {"name", "李四"}, {"phone", "13900000000"}});
    auto const changed = desk.last();
    auto const request = undo_request(*desk, changed, "G01");
    REQUIRE(request);
    CHECK(request->fields == TestDesk::Fields{{"owner", desk.owner}, {"name", "张三"}, {"phone", "13812345678"}});
    CHECK(desk.undo("G01").empty());
    CHECK(desk.ask("owners", "name") == Lines{"张三"});
    CHECK(desk.ask("owners", "phone") == Lines{"138****5678"});

    desk.does("change_owner", "G01", {{"owner", desk.owner}, {"name", "王五"}});
    auto const again = desk.last();
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    CHECK(desk.undo("M01") == "undo.not-undoable");
    CHECK(desk.undo("G01", again) == "undo.erased");
    CHECK(desk.undo("G01", changed) == "undo.changed-since");
    CHECK(desk.ask("owners", "name") == Lines{""});
}

TEST_CASE(
    "a role that was given is taken away and the other way round, unless a later word or an earlier one says so") {
    Undoer desk;
    auto const roles = [&] { return desk.ask("staff", "roles", {{"code", "G02"}}).front(); };
    CHECK(roles() == "butler");
    desk.does("grant_role", "M01", {{"staff", "G02"}, {"role", "cashier"}});
    auto const granted = desk.last();
    CHECK(desk.undo("G01") == "undo.not-yours");
    CHECK(desk.undo("M01").empty());
    CHECK(roles() == "butler");
    CHECK(desk.undo("M01", granted) == "undo.changed-since");
    CHECK(desk.undo("M01").empty());  // forward again
    CHECK(roles() == "butler cashier");
    // It was held before: given twice is not taken away.
    desk.does("grant_role", "M01", {{"staff", "G02"}, {"role", "butler"}});
    CHECK(desk.undo("M01") == "undo.changes-nothing");
    desk.does("revoke_role", "M01", {{"staff", "G02"}, {"role", "butler"}});
    CHECK(roles() == "cashier");
    CHECK(desk.undo("M01").empty());
    CHECK(roles() == "butler cashier");
    // What set the desk up is nobody's to take back.
    CHECK(desk.undo("M01", 2) == "undo.not-undoable");
}

TEST_CASE("GEN-S5: a number is taken back as long as its day has not gone by") {
    Undoer desk;
    auto const at = [&](char const* date) {
        return desk->projection().rules().parameters().at(Parameter::rv_visit_working_days, testing::day(date));
    };
    auto const set = [&](char const* number, char const* from) {
        desk.does("set_parameter", "M01",
                  {{"name", "rv_visit_working_days"}, {"value", number}, {"effective_from", from}, {"reason", "试行"}});
        return desk.last();
    };
    auto const before = at("2026-03-10");
    set("3", "2026-03-01");
    auto const later = set("5", "2026-03-05");
    CHECK(at("2026-03-10") == 5);
    CHECK(desk.undo("G01", later) == "undo.not-yours");
    CHECK(desk.undo("M01", later).empty());
    CHECK(at("2026-03-10") == 3);  // that of the first change, which still stands
    CHECK(at("2026-03-04") == 3);
    CHECK(desk.undo("M01", later) == "undo.changed-since");
    auto const same = set("3", "2026-03-20");
    CHECK(desk.undo("M01", same) == "undo.changes-nothing");

    auto const today = set("4", "2026-02-13");
    desk.clock("2026-02-13T23:59");
    CHECK(undo_request(*desk, today, "M01"));
    desk.clock("2026-02-14T00:00");
    CHECK(desk.undo("M01", today) == "GEN-S5 parameter.past");
    auto const ahead = set("6", "2026-02-15");
    CHECK(desk.undo("M01", ahead).empty());
    CHECK(at("2026-02-16") == 4);
    CHECK(before == 1);
}

TEST_CASE("what no command can take back is refused") {
    Undoer desk;
    auto const refused = [&](char const* command, TestDesk::Fields fields) {
        desk.does(command, "M01", std::move(fields));
        return desk.undo("M01");
    };
    CHECK(refused("add_staff", {{"code", "G09"}, {"name", "新"}}) == "undo.not-undoable");
    CHECK(refused("add_unit", {{"code", "9-901"}}) == "undo.not-undoable");
    CHECK(refused("add_owner", {{"name", "新业主"}, {"unit", "9-901"}}) == "undo.not-undoable");
    CHECK(refused("add_occupancy", {{"unit", "9-901"}, {"owner", desk.owner}, {"relation", "tenant"}}) ==
          "undo.not-undoable");
    CHECK(refused("reveal_owner", {{"owner", desk.owner}, {"reason", "回电"}}) == "undo.not-undoable");
    CHECK(refused("load_calendar", {{"days", "2027; off 01-01..01-03"}, {"source", "通知"}}) == "undo.not-undoable");
    // Two desks that have not heard of each other changed the same; one of them settles it.
    TestDesk other{2};
    REQUIRE(other.take(desk.slice()));
    other.clock("2026-02-13T11:00");
    desk.does("change_owner", "M01", {{"owner", desk.owner}, {"phone", "13911111111"}});
    other.does("change_owner", "M01", {{"owner", desk.owner}, {"phone", "13922222222"}});
    REQUIRE(desk.take(other.slice()));
    CHECK(desk.undo("M01") == "undo.changed-since");
    auto const conflict = desk->conflicts()->front();
    CHECK(refused("settle_conflict", {{"record", desk.owner},
                                      {"field", std::to_string(conflict.field_number)},
                                      {"losing_ticks", std::to_string(conflict.losing.ticks)},
                                      {"losing_desk", format_incarnation(conflict.losing.desk)}}) ==
          "undo.not-undoable");
    // That an occupancy lasts again no command can say; that it ends another day, one can.
    auto const occupancy = desk.ask("owners", "occupancy", {{"unit", "3-502"}}).front();
    CHECK(refused("end_occupancy", {{"occupancy", occupancy}}) == "undo.not-undoable");
    CHECK(refused("end_occupancy", {{"occupancy", occupancy}, {"until", "2026-03-01"}}).empty());
    CHECK(desk.ask("owners", "until", {{"unit", "3-502"}}).front() == "2026-02-13");
    CHECK(desk.undo("nobody") == "record.unknown");
    CHECK(desk.undo("") == "record.unknown");
    // Entries of another desk are that desk's to take back.
    TestDesk second{2};
    REQUIRE(second.take(desk.slice()));
    CHECK(undo_request(*second, 5, "M01").error().reason == "undo.unknown");
    // Nothing of all this was written down as refused.
    CHECK(desk->refusals()->empty());
}

TEST_CASE("what was never entered, what set the desk up, and a taking back itself are not taken back") {
    Undoer desk;
    auto const last = desk.last();
    CHECK(desk.undo("M01", last + 1) == "undo.unknown");
    CHECK(desk.undo("M01", ~std::uint64_t{0} >> 1) == "undo.unknown");
    // The first manager, and the role that nobody could give.
    CHECK(desk.undo("M01", 1) == "undo.not-undoable");
    CHECK(desk.undo("M01", 2) == "undo.not-undoable");
    auto const ticket = desk.repair();
    desk.step({{"channel", "phone"}, {"summary", "约时间"}}, "record_contact", ticket);
    CHECK(desk.undo("G01").empty());
    CHECK(desk.undo("G01") == "undo.not-undoable");
    CHECK(desk.undo("M01") == "undo.not-undoable");
    // Whoever has left takes nothing back, though it was their own.
    desk.step({{"channel", "phone"}, {"summary", "再约"}}, "record_contact", ticket, "G02");
    auto const entry = desk.last();
    desk.does("change_staff", "M01", {{"staff", "G02"}, {"left", "true"}});
    CHECK(desk.undo("G02", entry) == "staff.left");
    CHECK(desk->refusals()->empty());
}
