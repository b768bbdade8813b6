#include "core/registry/queries.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;
using Lines = std::vector<std::string>;

TEST_CASE("until a manager is recorded anyone may set the desk up, and then nobody without a role") {
    TestDesk desk;
    CHECK(desk.refused("add_unit", "", {{"code", "1-1"}}) == "command.by-missing");
    desk.does("add_staff", "", {{"code", "M01"}, {"name", "陈"}});
    CHECK(desk.refused("add_unit", "M01", {{"code", "1-1"}}) == "role.register-keeper");
    desk.does("grant_role", "", {{"staff", "M01"}, {"role", "manager"}});
    CHECK(desk.refused("add_staff", "", {{"code", "M02"}, {"name", "李"}}) == "command.by-missing");
    CHECK(desk.refused("add_staff", "M01", {{"code", "M01"}, {"name", "李"}}) == "staff.code-taken");
    desk.does("add_staff", "M01", {{"code", "G01"}, {"name", "林"}});
    CHECK(desk.refused("add_staff", "G01", {{"code", "G02"}, {"name", "黄"}}) == "role.staff-keeper");
    CHECK(desk.refused("grant_role", "M01", {{"staff", "G01"}, {"role", "king"}}) == "input.unreadable");
    CHECK(desk.refused("grant_role", "M01", {{"staff", "G99"}, {"role", "butler"}}) == "record.unknown");
    desk.does("grant_role", "M01", {{"staff", "G01"}, {"role", "butler"}});
    desk.does("grant_role", "M01", {{"staff", "G01"}, {"role", "cashier"}});
    CHECK(desk.ask("staff", "roles") == Lines{"butler cashier", "manager"});
    desk.does("revoke_role", "M01", {{"staff", "G01"}, {"role", "butler"}});
    CHECK(desk.ask("staff", "roles") == Lines{"cashier", "manager"});
    CHECK(desk.refused("record_reception", "G01", {{"channel", "visit"}, {"need", "x"}}) == "GEN-1.1 role.front-desk");
    desk.does("change_staff", "M01", {{"staff", "G01"}, {"left", "true"}});
    CHECK(desk.refused("record_reception", "G01", {{"channel", "visit"}, {"need", "x"}}) == "staff.left");
}

TEST_CASE("the last manager stays one: nobody could give a role any more") {
    TestDesk desk;
    desk.staffed();
    TestDesk::Fields const role{{"staff", "M01"}, {"role", "manager"}};
    CHECK(desk.refused("revoke_role", "M01", role) == "staff.last-manager");
    CHECK(desk.refused("change_staff", "M01", {{"staff", "M01"}, {"left", "true"}}) == "staff.last-manager");
    desk.does("change_staff", "M01", {{"staff", "M01"}, {"name", "陈静怡"}});
    desk.does("add_staff", "M01", {{"code", "M02"}, {"name", "李"}});
    desk.does("grant_role", "M01", {{"staff", "M02"}, {"role", "manager"}});
    desk.does("revoke_role", "M01", role);
    CHECK(desk.refused("revoke_role", "M02", {{"staff", "M02"}, {"role", "manager"}}) == "staff.last-manager");
    // One that has left does not count.
    desk.does("grant_role", "M02", role);
    desk.does("change_staff", "M02", {{"staff", "M01"}, {"left", "true"}});
    CHECK(desk.refused("change_staff", "M02", {{"staff", "M02"}, {"left", "true"}}) == "staff.last-manager");
}

TEST_CASE("units and owners are kept once, and phones are masked until a recorded reveal") {
    TestDesk desk;
    desk.staffed();
    CHECK(desk.refused("add_unit", "G01", {{"code", "3-502"}}) == "unit.code-taken");
    CHECK(desk.refused("add_unit", "G01", {{"code", ""}}) == "unit.code-missing");
    CHECK(desk.refused("add_owner", "W01", {{"name", "李四"}}) == "role.register-keeper");
    CHECK(desk.ask("owners", "phone") == Lines{"138****5678"});
    CHECK(desk.refused("reveal_owner", "G01", {{"owner", desk.owner}}) == "reveal.reason-missing");
    auto const revealed = desk.try_to("reveal_owner", "G01", {{"owner", desk.owner}, {"reason", "回电"}});
    REQUIRE(revealed);
    CHECK(revealed->revealed == "13812345678");
    desk.does("change_owner", "G01", {{"owner", desk.owner}, {"phone", "13900001111"}});
    CHECK(desk.ask("owners", "phone") == Lines{"139****1111"});
    CHECK(desk.refused("change_owner", "G01", {{"owner", desk.owner}, {"name", ""}}) == "owner.name-missing");
    auto const occupancy = desk.ask("owners", "occupancy").front();
    desk.does("end_occupancy", "G01", {{"occupancy", occupancy}, {"until", "2026-02-28"}});
    CHECK(desk.ask("owners", "until", {{"unit", "3-502"}}) == Lines{"2026-02-28"});
    desk.does("add_occupancy", "G01",
              {{"unit", "3-502"}, {"owner", desk.owner}, {"relation", "tenant"}, {"since", "2026-03-01"}});
    auto const later = desk.ask("owners", "occupancy", {{"unit", "3-502"}}).back();
    CHECK(desk.refused("end_occupancy", "G01", {{"occupancy", later}, {"until", "2026-02-27"}}) ==
          "occupancy.ends-before");
}

TEST_CASE("everybody is listed with each home of that day, and alike whether all are asked for or one") {
    TestDesk desk;  // 张三 lives in 3-502
    desk.staffed();
    for (auto const* code : {"1-101", "2-201"}) desk.does("add_unit", "G01", {{"code", code}});
    auto const add = [&](char const* name, TestDesk::Fields home) {
        home.insert(home.begin(), {"name", name});
        return desk.does("add_owner", "G01", std::move(home));
    };
    auto const moving = add("李四", {{"unit", "1-101"}, {"relation", "tenant"}});
    add("王五", {});
    auto const gone = add("赵六", {{"unit", "1-101"}});
    desk.does("add_occupancy", "G01", {{"unit", "2-201"}, {"owner", desk.owner}, {"relation", "household-adult"}});
    auto const first_home = desk.ask("owners", "occupancy", {{"name", "李四"}}).front();
    desk.does("end_occupancy", "G01", {{"occupancy", first_home}, {"until", "2026-02-28"}});
    desk.does("add_occupancy", "G01",
              {{"unit", "3-502"}, {"owner", moving}, {"relation", "owner"}, {"since", "2026-03-01"}});
    desk.does("erase_owner", "M01", {{"owner", gone}, {"reason", "本人要求"}});

    auto& database = desk->database();
    auto const told = [&](char const* day) {
        auto const date = *parse_date(day);
        auto const lines = owner_lines(database, unit_lines(database), date);
        std::map<AnyId, std::vector<OwnerLine>> of;
        Lines words;
        for (auto const& line : lines) {
            words.push_back(line.name + " " + line.unit);
            of[line.id].push_back(line);
        }
        for (auto const& [id, own] : of) CHECK(lines_of_owner(database, Id<Owner>{id}, date) == own);
        return words;
    };
    CHECK(told("2026-02-28") == Lines{"李四 1-101", "张三 2-201", "张三 3-502", "王五 "});
    CHECK(told("2026-03-01") == Lines{"张三 2-201", "张三 3-502", "李四 3-502", "王五 "});
    CHECK(lines_of_owner(database, Id<Owner>{*parse_id(gone)}, *parse_date("2026-02-28")).empty());
}

TEST_CASE("what is typed is checked before any rule hears of it") {
    TestDesk desk;
    desk.staffed();
    TestDesk::Fields const ticket{{"kind", "repair"}, {"priority", "low"}, {"words", "灯"}, {"unit", "3-502"}};
    auto const with = [&](std::string name, std::string value) {
        auto fields = ticket;
        fields.emplace_back(std::move(name), std::move(value));
        return desk.refused("register_ticket", "G01", std::move(fields));
    };
    CHECK(with("colour", "magenta") == "command.unknown-field");
    CHECK(with("kind", "repair") == "command.field-twice");
    CHECK(with("claim", "1e9") == "input.unreadable");
    CHECK(with("households", "99999999999999999999") == "input.unreadable");
    CHECK(with("safety", "maybe") == "input.unreadable");
    CHECK(with("category", std::string(401, 'x')) == "input.unreadable");
    CHECK(with("category", "\x1b[31m") == "input.unreadable");
    CHECK(with("wish", std::string(8193, 'x')) == "input.unreadable");
    CHECK(with("claim", "-1") == "ticket.claim-negative");
    CHECK(with("households", "-1") == "ticket.households-negative");
    CHECK(desk.refused("register_ticket", "G01", ticket, "2026-02-13T08:36") == "input.future");
    desk.does("register_ticket", "G01", ticket, "2026-02-13T08:35");  // two clocks never agree to the second
    CHECK(desk.refused("register_ticket", "G01", ticket, "13 February") == "input.time");
    CHECK(desk.refused("nonsense", "G01", {}) == "command.unknown");
    auto const refusals = desk->refusals();
    REQUIRE(refusals);
    CHECK(refusals->size() == 13);
    for (auto const& row : *refusals) CHECK(row.fields.find("magenta") == std::string::npos);
}

TEST_CASE("numbers for people count by day, kind and desk, and two of the same number are asked about") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-14T12:00");
    CHECK(desk.complaint("2026-02-13T09:00") == "TS-20260213-A001");
    CHECK(desk.complaint("2026-02-13T09:00") == "TS-20260213-A002");
    CHECK(desk.complaint("2026-02-14T09:00") == "TS-20260214-A001");
    CHECK(DeskIdentity{1, "", "", 26, false}.letter() == "Z");
    CHECK(DeskIdentity{1, "", "", 27, false}.letter() == "AA");
    CHECK(DeskIdentity{1, "", "", 702, false}.letter() == "ZZ");
    // Two desks that both call themselves number 1.
    TestDesk twin{1, "SZ01", 9};
    REQUIRE(twin.take(desk.slice(1, 10)));
    twin.clock("2026-02-14T12:00");
    twin.complaint("2026-02-13T09:00");
    REQUIRE(desk.take(twin.slice()));
    CHECK(desk.refused("record_contact", "G01",
                       {{"ticket", "TS-20260213-A001"}, {"channel", "phone"}, {"summary", "x"}}) == "record.ambiguous");
}

TEST_CASE("a day may have more than a thousand of a kind") {
    TestDesk desk;
    desk.staffed();
    for (int count = 1; count <= 1002; ++count) {
        auto const number = desk.does("record_reception", "G01", {{"channel", "visit"}, {"need", "问路"}});
        if (count >= 998) CHECK(number == "JD-20260213-A" + std::to_string(count));
    }
}
