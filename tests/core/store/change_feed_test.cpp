#include "core/store/change_feed.h"

#include <algorithm>
#include <filesystem>

#include "core/service/model.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;

namespace {

bool names(ChangeFeed const& feed, ChangeFeed::Position since, Description const& kind, AnyId id) {
    auto const changes = feed.since(since);
    REQUIRE(changes);
    return std::find(changes->begin(), changes->end(), ChangeFeed::Change{kind.number, id}) != changes->end();
}

}  // namespace

TEST_CASE("feed: a reader gets what was noted since, and is told when it has fallen behind") {
    ChangeFeed feed{4};
    CHECK_FALSE(feed.since(0));  // has read nothing yet
    auto const start = feed.end();
    CHECK(feed.since(start)->empty());
    for (std::uint64_t count = 1; count <= 8; ++count) feed.note(41, {1, count});
    REQUIRE(feed.since(start));
    CHECK(feed.since(start)->size() == 8);
    CHECK(feed.since(start + 7)->front() == ChangeFeed::Change{41, {1, 8}});
    // One more, and the older half goes.
    feed.note(41, {1, 9});
    CHECK_FALSE(feed.since(start));
    CHECK_FALSE(feed.since(start + 3));
    REQUIRE(feed.since(start + 4));
    CHECK(feed.since(start + 4)->size() == 5);
    CHECK(feed.since(start + 4)->front() == ChangeFeed::Change{41, {1, 5}});
    CHECK(feed.since(feed.end())->empty());
    CHECK_FALSE(feed.since(feed.end() + 1));  // that of another feed

    // Whoever had read everything must begin anew as well.
    auto const before = feed.end();
    feed.forget();
    CHECK_FALSE(feed.since(before));
    CHECK(feed.since(feed.end())->empty());
    for (int count = 0; count < 100'000; ++count) feed.note(1, {1, 1});
    CHECK(feed.since(feed.end() - 4)->size() == 4);
}

TEST_CASE("feed: facts, attributes and subjects derived again are named, and an erasure names every row it cleared") {
    TestDesk desk;
    desk.clock("2026-02-13T10:00");
    desk.staffed();
    auto& feed = desk->projection().feed();
    auto const owner = *parse_id(desk.owner);
    auto since = feed.end();
    auto const number = desk.complaint("2026-02-13T09:00", {{"owner", desk.owner}});
    auto const ticket = *desk->find_record(&Ticket::description, number, "ticket");
    CHECK(names(feed, since, Ticket::description, ticket));
    since = feed.end();
    auto const contact = *parse_id(
        desk.does("record_contact", "G01", {{"ticket", number}, {"channel", "phone"}, {"summary", "已告知"}}));
    CHECK(names(feed, since, Contact::description, contact));
    CHECK(names(feed, since, Ticket::description, ticket));
    CHECK_FALSE(names(feed, since, Owner::description, owner));
    since = feed.end();
    desk.does("change_owner", "G01", {{"owner", desk.owner}, {"phone", "13900000000"}});
    CHECK(names(feed, since, Owner::description, owner));
    since = feed.end();
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", number}}) == "GEN-2.2 closing.cause-missing");
    CHECK(feed.since(since)->empty());
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    CHECK(names(feed, since, Owner::description, owner));
    CHECK(names(feed, since, Ticket::description, ticket));
    CHECK(names(feed, since, Contact::description, contact));

    // A parameter that dates duties anew names whose they are.
    since = feed.end();
    desk.does("set_parameter", "M01", {{"name", "solution_normal"}, {"value", "7"}, {"reason", "试行"}});
    CHECK(names(feed, since, Ticket::description, ticket));
}

TEST_CASE("feed: tables made anew, another writer and another incarnation leave nobody with old rows") {
    auto const path = (std::filesystem::temp_directory_path() / "guanjia-feed-test.gjdb").string();
    std::filesystem::remove(path);
    {
        auto one = std::move(*Desk::create(path, {0, "SZ01", "天下城", 1, false}, {}));
        REQUIRE(one->submit({"add_staff", "", "", {{"code", "M01"}, {"name", "陈"}}}));
        REQUIRE(one->submit({"grant_role", "", "", {{"staff", "M01"}, {"role", "manager"}}}));
        auto& feed = one->projection().feed();

        auto since = feed.end();
        REQUIRE(one->rebuild());
        CHECK_FALSE(feed.since(since));

        // A check rebuilds beside and puts everything back.
        since = feed.end();
        REQUIRE(one->check());
        REQUIRE(feed.since(since));
        CHECK(feed.since(since)->empty());

        REQUIRE(one->take_new_incarnation());
        CHECK_FALSE(feed.since(since));

        since = feed.end();
        auto two = std::move(*Desk::open(path, {}));
        REQUIRE(two->submit({"add_unit", "M01", "", {{"code", "1-1"}}}));
        REQUIRE(one->submit({"add_unit", "M01", "", {{"code", "1-2"}}}));
        CHECK_FALSE(feed.since(since));
        since = feed.end();
        REQUIRE(one->submit({"add_unit", "M01", "", {{"code", "1-3"}}}));
        CHECK(feed.since(since)->size() == 1);
    }
    {
        // What an older program left is rebuilt when it is opened; the first command is no other writer's.
        auto desk = std::move(*Desk::open(path, {}));
        desk->journal().set_meta("fingerprint", "older");
    }
    auto desk = std::move(*Desk::open(path, {}));
    auto const since = desk->projection().feed().end();
    REQUIRE(desk->submit({"add_unit", "M01", "", {{"code", "1-4"}}}));
    CHECK(desk->projection().feed().since(since)->size() == 1);
    desk.reset();
    std::filesystem::remove(path);
}
