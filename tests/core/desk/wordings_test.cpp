// Texts change as data, with history, at every desk (GEN-S5).

#include "core/procedure/wordings.h"
#include "core/base/text.h"
#include "core/desk/documents.h"
#include "core/desk/snapshots.h"
#include "core/desk/undo.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::day;
using testing::Random;
using testing::TestDesk;

namespace {

TestDesk staffed(std::int64_t number = 1) {
    TestDesk desk{number};
    desk.staffed();
    desk.clock("2026-03-20T09:00");
    return desk;
}

TestDesk::Fields wording(std::string name, std::string text, std::string from = {}) {
    TestDesk::Fields fields{{"name", std::move(name)}, {"text", std::move(text)}, {"reason", "按经理会议"}};
    if (!from.empty()) fields.emplace_back("effective_from", std::move(from));
    return fields;
}

std::string at(TestDesk& desk, std::string_view name, std::string_view on) {
    auto const* row = find_wording(name);
    REQUIRE(row);
    return std::string{desk->projection().rules().wordings().at(*row, day(on))};
}

std::string card(TestDesk& desk, std::string_view record) {
    auto const page = print_form(*desk, "step-card", record);
    REQUIRE(page);
    return *page;
}

bool holds(std::string const& page, std::string_view words) { return page.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("GEN-S5 a step card changes for days to come, by the manager, and a ticket keeps that of its own day") {
    auto desk = staffed();
    auto const set = [&](char const* from, char const* by = "M01") {
        return desk.try_to("set_wording", by, wording("step-card.repair", "先登记\n再上门", from));
    };
    CHECK(set("2026-03-21", "G01").error().reason == "role.manager-or-headquarters");
    CHECK(set("2026-03-19").error().reason == "wording.past");
    CHECK(desk.refused("set_wording", "M01", wording("step-card.garden", "一")) == "GEN-S5 wording.unknown");
    CHECK(desk.refused("set_wording", "M01", wording("step-card.repair", "")) == "GEN-S5 wording.empty");
    CHECK(desk.refused("set_wording", "M01", wording("category.repair", "一/二/三")) == "GEN-S5 wording.levels");
    CHECK(desk.refused("set_wording", "M01", wording("script.promise", "{工资}")) == "GEN-S5 wording.placeholder");
    CHECK(desk.refused("set_wording", "M01", {{"name", "step-card.repair"}, {"text", "一"}}) ==
          "GEN-S5 wording.reason-missing");
    CHECK(desk.refused("set_wording", "M01", wording("step-card.repair", "好\x01")) == "input.unreadable");
    CHECK(desk.refused("set_wording", "M01", wording("step-card.repair", std::string(8193, 'a'))) ==
          "input.unreadable");
    REQUIRE(set("2026-03-21"));
    CHECK(set("2026-03-21").error().reason == "command.changes-nothing");

    // What holds today is the default, and tomorrow the new text.
    CHECK(holds(card(desk, "repair"), "与您约定上门时间"));
    auto const fields =
        TestDesk::Fields{{"kind", "repair"}, {"priority", "normal"}, {"words", "漏水"}, {"unit", "3-502"}};
    auto const before = desk.does("register_ticket", "G01", fields, "2026-03-20T08:59");
    desk.clock("2026-03-21T09:00");
    auto const after = desk.does("register_ticket", "G01", fields, "2026-03-21T00:00");
    CHECK(holds(card(desk, "repair"), "再上门"));
    CHECK(holds(card(desk, before), "与您约定上门时间"));
    CHECK(holds(card(desk, after), "再上门"));
    auto const explained =
        desk.does("record_reception", "G01", {{"channel", "visit"}, {"need", "报修"}, {"explained", "repair"}},
                  "2026-03-20T23:59");
    CHECK(holds(card(desk, explained), "与您约定上门时间"));
    CHECK(print_form(*desk, "step-card", "3-502").error().reason == "form.wrong-record");

    // All of it comes from the journal.
    auto const digest = desk->tables_digest();
    REQUIRE(desk->rebuild());
    CHECK(desk->tables_digest() == digest);
    CHECK(at(desk, "step-card.repair", "2026-03-21") == "先登记\n再上门");
    CHECK((*desk->check()).sound);
}

TEST_CASE("GEN-S5 nothing that a wording holds becomes HTML") {
    auto desk = staffed();
    desk.does("set_wording", "M01", wording("form-note.complaint-record", "<script>alert(1)</script>{{centre}}"));
    auto const ticket = desk.complaint("2026-03-20T09:00");
    auto const page = print_form(*desk, "complaint-record", ticket);
    REQUIRE(page);
    CHECK_FALSE(holds(*page, "<script"));
    CHECK(holds(*page, "&lt;script&gt;"));
    CHECK(holds(*page, "{{centre}}"));
    // A form of an earlier day does not take it up.
    auto const earlier = desk.complaint("2026-03-19T09:00");
    CHECK_FALSE(holds(*print_form(*desk, "complaint-record", earlier), "alert"));
}

TEST_CASE("GEN-S5 a wording that was changed by mistake is taken back, for the days to come") {
    auto desk = staffed();
    auto const& row = *find_wording("script.promise");
    desk.does("set_wording", "M01", wording("script.promise", "第一版"));
    desk.advance(60000);
    desk.does("set_wording", "M01", wording("script.promise", "第二版", "2026-03-25"));
    auto const last = desk->journal().last_number(desk->identity().incarnation);
    CHECK(undo_request(*desk, last, "G01").error().reason == "undo.not-yours");
    auto const request = undo_request(*desk, last, "M01");
    REQUIRE(request);
    REQUIRE(desk->submit(*request));
    CHECK(at(desk, "script.promise", "2026-03-25") == "第一版");
    CHECK(desk->projection().rules().wordings().history(row).size() == 3);
    // The next day the first is past.
    CHECK(undo_request(*desk, last - 1, "M01"));
    desk.clock("2026-03-21T09:00");
    CHECK(undo_request(*desk, last - 1, "M01").error().reason == "wording.past");
}

TEST_CASE("GEN-S5 what a view shows follows a changed wording") {
    auto desk = staffed();
    auto snapshot = registry_snapshot(*desk);
    REQUIRE(snapshot);
    auto const seen = desk->projection().feed().end();
    desk.does("set_wording", "M01", wording("category.repair", "水\n电"));
    auto const changes = desk->projection().feed().since(seen);
    REQUIRE(changes);
    CHECK(is_outdated(*desk, *snapshot, *changes));
    snapshot = registry_snapshot(*desk);
    CHECK(snapshot->wordings.parts(*find_wording("category.repair"), day("2026-03-20")) ==
          std::vector<std::string>{"水", "电"});
}

TEST_CASE("GEN-S5 desks that change the same wording without each other converge on the newest, in any order") {
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(testing::rounds(10)); ++seed) {
        Random random{seed};
        TestDesk first = staffed(1);
        TestDesk second{2};
        second.clock("2026-03-20T09:00");
        // What both have in common: people and the first words.
        REQUIRE(second.take(first.slice()));
        auto const shared = first->journal().last_number(first->identity().incarnation);
        TestDesk* const desks[] = {&first, &second};
        // A plain model: by day, the text of the newest stamp.
        std::map<Date, std::pair<Stamp, std::string>> newest;
        for (int count = 0; count < 8; ++count) {
            auto& desk = *desks[random.below(2)];
            desk.advance(static_cast<std::int64_t>(random.below(90000)));
            auto const from = add_days(day("2026-03-20"), static_cast<int>(random.below(3)));
            auto const text = "第" + std::to_string(count) + "版";
            auto const accepted = desk.try_to("set_wording", "M01", wording("script.reply", text, format_date(from)));
            REQUIRE(accepted);
            auto& known = newest[from];
            if (known.first < accepted->stamp) known = {accepted->stamp, text};
        }
        auto const of_first = first->journal().last_number(first->identity().incarnation) > shared
                                  ? first.slice(shared + 1)
                                  : std::string{};
        auto const of_second =
            second->journal().last_number(second->identity().incarnation) > 0 ? second.slice() : std::string{};
        if (!of_second.empty()) REQUIRE(first.take(of_second));
        if (!of_first.empty()) REQUIRE(second.take(of_first));
        // Headquarters hears of them the other way round.
        TestDesk third{3, "HQ", 7, true};
        third.clock("2026-03-20T18:00");
        if (!of_second.empty()) REQUIRE(third.take(of_second));
        REQUIRE(third.take(first.slice()));

        std::string expected;
        for (int ahead = 0; ahead < 3; ++ahead) {
            auto const on = add_days(day("2026-03-20"), ahead);
            if (newest.contains(on)) expected = newest[on].second;
            if (expected.empty()) expected = find_wording("script.reply")->text.zh;
            for (auto* desk : {&first, &second, &third}) CHECK(at(*desk, "script.reply", format_date(on)) == expected);
        }
        CHECK(first->tables_digest() == second->tables_digest());
        CHECK(first->tables_digest() == third->tables_digest());
    }
}
