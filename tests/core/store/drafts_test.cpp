#include "core/store/drafts.h"

#include <algorithm>
#include <filesystem>

#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;
using Lines = std::vector<std::string>;

namespace {

Lines keys_of(TestDesk& desk) {
    auto const kept = desk->drafts();
    REQUIRE(kept);
    Lines keys;
    for (auto const& draft : *kept) keys.push_back(draft.key);
    return keys;
}

}  // namespace

TEST_CASE("drafts: what is typed is kept under its key, the newest first, until it is dropped") {
    TestDesk desk;
    CHECK(keys_of(desk).empty());
    REQUIRE(desk->keep_draft("reception", "电梯半夜"));
    desk.advance(60'000);
    REQUIRE(desk->keep_draft("close/TS-1", "{\"cause\": \"老化\"}"));
    desk.advance(60'000);
    REQUIRE(desk->keep_draft("reception", "电梯半夜有异响\n第三天"));
    CHECK(keys_of(desk) == Lines{"reception", "close/TS-1"});
    CHECK(desk->drafts()->front().content == "电梯半夜有异响\n第三天");
    CHECK(desk->drafts()->front().at == desk->now());
    REQUIRE(desk->drop_draft("reception"));
    REQUIRE(desk->drop_draft("reception"));
    CHECK(keys_of(desk) == Lines{"close/TS-1"});
    // Emptied is dropped.
    REQUIRE(desk->keep_draft("close/TS-1", ""));
    CHECK(keys_of(desk).empty());
}

TEST_CASE("drafts: bounded in size and number, and the oldest go first") {
    TestDesk desk;
    REQUIRE(desk->keep_draft("most", std::string(draft_limit, 'x')));
    CHECK(desk->keep_draft("more", std::string(draft_limit + 1, 'x')).error().reason == "draft.too-long");
    CHECK(desk->keep_draft("", "x").error().reason == "draft.key");
    REQUIRE(desk->keep_draft(std::string(text_limit, 'k'), "x"));
    CHECK(desk->keep_draft(std::string(text_limit + 1, 'k'), "x").error().reason == "draft.key");
    for (std::size_t count = 0; count < draft_count_limit + 20; ++count) {
        desk.advance(1000);
        REQUIRE(desk->keep_draft("form-" + std::to_string(count), "字"));
    }
    auto const keys = keys_of(desk);
    CHECK(keys.size() == draft_count_limit);
    CHECK(keys.front() == "form-219");
    CHECK(keys.back() == "form-20");
    // With a clock that was set back, what is being typed is not the one that goes.
    desk.advance(-3'600'000);
    REQUIRE(desk->keep_draft("now", "字"));
    CHECK(keys_of(desk).size() == draft_count_limit);
    CHECK(keys_of(desk).back() == "now");
}

TEST_CASE("drafts: are there after the desk is opened again, for thirty days") {
    auto const path = (std::filesystem::temp_directory_path() / "guanjia-drafts-test.gjdb").string();
    std::filesystem::remove(path);
    auto wall = to_unix_milliseconds(testing::time_at("2026-02-13T09:00"));
    Desk::Options options;
    options.clock = [&wall] { return wall; };
    {
        auto desk = std::move(*Desk::create(path, {0, "SZ01", "天下城", 1, false}, options));
        REQUIRE(desk->keep_draft("old", "字"));
        wall += 86'400'000;
        REQUIRE(desk->keep_draft("young", "词"));
        // As an older program would have left it: without the table of drafts.
        desk->database().execute("DROP TABLE base_draft; PRAGMA user_version = 1");
    }
    {
        auto desk = std::move(*Desk::open(path, options));
        CHECK(desk->drafts()->empty());
        REQUIRE(desk->submit({"add_staff", "", "", {{"code", "M01"}, {"name", "陈"}}}));
        wall -= 86'400'000;
        REQUIRE(desk->keep_draft("old", "字"));
        wall += 86'400'000;
        REQUIRE(desk->keep_draft("young", "词"));
        wall += std::int64_t{29} * 86'400'000 + 1000;
        // A page may stay open for weeks.
        CHECK(desk->drafts()->size() == 1);
        CHECK(desk->database().integer("SELECT count(*) FROM base_draft") == 2);
    }
    auto desk = std::move(*Desk::open(path, options));
    REQUIRE(desk->drafts()->size() == 1);
    CHECK(desk->drafts()->front().key == "young");
    CHECK(desk->drafts()->front().content == "词");
    CHECK(desk->database().integer("SELECT count(*) FROM base_draft") == 1);
    desk.reset();
    std::filesystem::remove(path);
}

TEST_CASE("drafts: are no part of the records, and go when a person's data are erased, here or elsewhere") {
    TestDesk desk;
    desk.staffed();
    TestDesk other{2};
    REQUIRE(other.take(desk.slice()));
    auto const digest = desk->tables_digest();
    auto const file = desk.slice();
    REQUIRE(desk->keep_draft("reception", "张三说电梯响"));
    REQUIRE(other->keep_draft("reception", "张三说电梯响"));
    CHECK(desk->tables_digest() == digest);
    CHECK(desk.slice() == file);
    CHECK((*desk->check()).sound);
    REQUIRE(desk->rebuild());
    CHECK(keys_of(desk) == Lines{"reception"});

    CHECK(desk.refused("erase_owner", "G01", {{"owner", desk.owner}, {"reason", "本人要求"}}) ==
          "role.manager-or-headquarters");
    CHECK(keys_of(desk) == Lines{"reception"});
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    CHECK(keys_of(desk).empty());
    REQUIRE(other.take(desk.slice()));
    CHECK(keys_of(other).empty());
    // What is typed afterwards stays, even when the tables are made anew.
    REQUIRE(desk->keep_draft("reception", "李四说电梯响"));
    REQUIRE(desk->rebuild());
    CHECK((*desk->check()).sound);
    CHECK(keys_of(desk) == Lines{"reception"});
}

TEST_CASE("drafts: when the store is full it is said, and what was kept before is there unharmed") {
    TestDesk desk;
    desk.staffed();
    REQUIRE(desk->keep_draft("reception", "电梯半夜"));
    auto& database = desk->database();
    database.execute("PRAGMA max_page_count = " + std::to_string(database.integer("PRAGMA page_count")));
    CHECK(desk->keep_draft("close/TS-1", std::string(draft_limit, 'x')).error().reason == "store.full");
    CHECK(desk->keep_draft("reception", std::string(draft_limit, 'x')).error().reason == "store.full");
    CHECK(keys_of(desk) == Lines{"reception"});
    CHECK(desk->drafts()->front().content == "电梯半夜");
    REQUIRE(desk->drop_draft("reception"));
    database.execute("PRAGMA max_page_count = 1000000");
    REQUIRE(desk->keep_draft("reception", std::string(draft_limit, 'x')));
    CHECK((*desk->check()).sound);
}
