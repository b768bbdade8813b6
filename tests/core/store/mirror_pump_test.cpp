// Towards the store: owners, bulk work, the cap, compaction; and a whole desk.

#include "tests/core/store/mirror_world.h"

using namespace guanjia;
using testing::digest_of;
using testing::FakeStore;
using testing::Fate;
using testing::TestDesk;
using testing::World;

TEST_CASE("a claim that was told to have failed had landed") {
    World world;
    world.add(2);
    world.save();
    world.database.reset();
    world.mirror.reset();
    world.open();
    world.store.settle(Fate::failed_but_kept);
    world.add(1);
    world.mirror->retry();
    world.store.settle_all();
    CHECK(world.mirror->state() == SaveState::saved);
    CHECK(world.store.head()->epoch == 3);  // claimed again: whose the second was, nobody can tell
    world.crash_and_open();
    CHECK(world.rows() == 3);
}

TEST_CASE("beyond the cap writing is refused, reading goes on, and it is accepted again when there is room") {
    World world{{.pending_limit = 200'000}};
    int accepted = 0;
    auto refused = false;
    world.run("PRAGMA cache_size=2");
    while (!refused && accepted < 100) {
        try {
            world.add(10);
            ++accepted;
        } catch (StoreFault const& fault) {
            CHECK(fault.kind == StoreFault::Kind::full);
            refused = true;
        }
    }
    CHECK(refused);
    CHECK(world.rows() == accepted * 10);
    CHECK(world.integrity() == "ok");
    CHECK(world.mirror->pending_bytes() < 400'000);
    world.save();
    world.add(200);  // one transaction may be larger than the cap
    world.save();
    world.crash_and_open();
    CHECK(world.rows() == accepted * 10 + 200);
}

TEST_CASE("an owner that was shut out turns read-only and refuses to write") {
    World world;
    world.add(1);
    world.save();
    auto content = world.store.load();
    Mirror other{"other", world.store, std::move(*content), {}};
    other.claim();
    world.add(1);  // not known yet
    world.mirror->flush();
    world.store.settle_all();
    CHECK(other.state() == SaveState::saved);
    CHECK(world.mirror->state() == SaveState::read_only);
    CHECK(world.mirror->saved() < world.mirror->committed());
    CHECK_THROWS_AS(world.add(1), StoreFault);
    CHECK(world.rows() == 2);
    world.mirror->retry();
    world.mirror->flush();
    CHECK_FALSE(world.store.waits());
    CHECK(world.store.load()->sequence == other.saved());
}

TEST_CASE("an owner that stands down goes on reading, writes nothing more and says why") {
    World world;
    world.add(3);
    world.mirror->stand_down();
    world.mirror->flush();
    CHECK_FALSE(world.store.waits());
    CHECK(world.mirror->state() == SaveState::read_only);
    CHECK(world.rows() == 3);
    try {
        world.add(1);
        FAIL("a mirror that stood down took a write");
    } catch (StoreFault const& fault) {
        CHECK(fault.kind == StoreFault::Kind::read_only);
    }
    CHECK(world.rows() == 3);
}

TEST_CASE("nothing is written before the claim") {
    FakeStore store;
    Mirror mirror{"unclaimed", store, {}, {}};
    {
        Database database{"desk", Database::Mode::create, Database::Durability::none, "unclaimed"};
        database.execute("CREATE TABLE one(x)");
        mirror.flush();
        CHECK(store.writes == 0);
        CHECK(mirror.state() == SaveState::saving);
        mirror.claim();
        CHECK(store.next().head.epoch == 1);
        CHECK(store.next().strict);
        store.settle();
        CHECK(mirror.state() == SaveState::saved);
    }
}

TEST_CASE("bulk work is relaxed, is not said to be saved, and ends with a strict write") {
    World world;
    auto const before = world.mirror->saved();
    world.mirror->bulk(true);
    for (int commit = 0; commit < 3; ++commit) {
        world.add(1);
        world.mirror->pump();
        CHECK_FALSE(world.store.next().strict);
        world.store.settle();
        CHECK(world.mirror->saved() == before);
        CHECK(world.mirror->state() == SaveState::saving);
        CHECK_FALSE(world.store.waits());
    }
    CHECK(world.store.relaxed() == 3);
    SUBCASE("ended") { world.mirror->bulk(false); }
    SUBCASE("flushed in the midst") { world.mirror->flush(); }
    SUBCASE("flushed while a relaxed write is under way") {
        world.add(1);
        world.mirror->pump();
        world.mirror->flush();
        world.store.settle();
    }
    REQUIRE(world.store.waits());
    CHECK(world.store.next().strict);
    world.store.settle();
    CHECK(world.store.relaxed() == 0);
    CHECK(world.mirror->state() == SaveState::saved);
}

TEST_CASE("compaction writes the segments that the log touched, and only when no transaction has pages in the file") {
    World world{{.log_records_limit = 6}};
    world.add(1000);  // some segments
    world.save();
    for (int commit = 0; commit < 30 && world.store.count(BlockArea::log) > 0; ++commit) {
        world.add(1, 10);
        world.save();
    }
    CHECK(world.store.count(BlockArea::log) == 0);
    auto const segments = segments_of(world.mirror->pages());
    REQUIRE(segments > 2);
    CHECK(world.store.count(BlockArea::segment) == segments);
    // The next one touches the first and the last.
    auto touched = std::size_t{0};
    auto records = std::size_t{0};
    for (int commit = 0; commit < 6; ++commit) {
        world.add(1, 10);
        world.mirror->flush();
        for (auto const& put : world.store.next().puts)
            if (put.area == BlockArea::segment) ++touched;
        world.store.settle();
        records = std::max(records, world.store.count(BlockArea::log));
    }
    CHECK(records == 5);
    CHECK(touched >= 1);
    CHECK(touched < segments);
    CHECK(world.store.count(BlockArea::segment) == segments);

    // A transaction that has spilled holds it up: what memory holds then is no commit.
    world.save();
    while (world.store.count(BlockArea::log) < 5) {
        world.add(1, 10);
        world.save();
    }
    world.add(1, 10);  // the sixth, not yet handed over
    auto const committed = digest_of(*world.mirror);
    world.run("PRAGMA cache_size=2");
    {
        Transaction transaction{*world.database};
        world.run("UPDATE thing SET body = randomblob(500)");
        CHECK(digest_of(*world.mirror) != committed);
        world.mirror->flush();
        for (auto const& put : world.store.next().puts) CHECK(put.area == BlockArea::log);
        world.store.settle_all();
        CHECK(world.stored_digest() == committed);
    }
    CHECK(digest_of(*world.mirror) == committed);
    world.run("DELETE FROM thing WHERE id > 10; VACUUM");
    world.save();
    CHECK(world.store.count(BlockArea::segment) == segments_of(world.mirror->pages()));
    world.crash_and_open();
    CHECK(world.rows() == 10);
}

TEST_CASE("a database that is shortened has its last segment written anew, whatever else was touched") {
    LogTally log;
    log.pages = 600;
    PageSet const first{{0, std::string(mirror_page_size, 'x')}};
    log.add(first, 600);
    CHECK(log.segments == std::set<std::uint32_t>{0});
    log.add(first, 300);
    CHECK(log.segments == std::set<std::uint32_t>{0, 1});
    CHECK(log.records == 2);
}

TEST_CASE("a batch that is larger than the log may be goes into segments at once") {
    World world{{.log_bytes_limit = 100'000}};
    world.add(200);
    world.mirror->flush();
    for (auto const& put : world.store.next().puts) CHECK(put.area == BlockArea::segment);
    world.save();
    world.crash_and_open();
    CHECK(world.rows() == 200);
}

TEST_CASE("a whole desk over a mirror: created, crashed, reopened, sound") {
    FakeStore store;
    TestDesk source;  // for its clock and randomness
    auto options = source.options();
    options.vfs = "desk-mirror";
    auto mirror = std::make_unique<Mirror>("desk-mirror", store, std::move(*store.load()), Mirror::Options{});
    mirror->claim();
    Hash digest{};
    {
        auto desk = Desk::create("desk", {0, "SZ01", "天下城", 1, false}, options);
        REQUIRE(desk);
        REQUIRE((*desk)->submit({"add_staff", "", "", {{"code", "M01"}, {"name", "陈"}}}));
        REQUIRE((*desk)->submit({"grant_role", "", "", {{"staff", "M01"}, {"role", "manager"}}}));
        for (int unit = 0; unit < 50; ++unit)
            REQUIRE((*desk)->submit({"add_unit", "M01", "", {{"code", std::to_string(unit)}}}));
        mirror->flush();
        store.settle_all();
        digest = (*desk)->tables_digest();
        // Never said to be saved, and lost.
        REQUIRE((*desk)->submit({"add_unit", "M01", "", {{"code", "lost"}}}));
        mirror->pump();
        store.settle(Fate::lost);
    }
    mirror.reset();
    store.crash();
    mirror = std::make_unique<Mirror>("desk-mirror", store, std::move(*store.load()), Mirror::Options{});
    mirror->claim();
    CHECK(Desk::create("desk", {0, "SZ01", "天下城", 1, false}, options).error().reason == "store.exists");
    {
        auto desk = Desk::open("desk", options);
        REQUIRE(desk);
        CHECK((*desk)->tables_digest() == digest);
        CHECK((*(*desk)->check()).sound);
        REQUIRE((*desk)->submit({"add_unit", "M01", "", {{"code", "lost"}}}));
        CHECK((*(*desk)->check()).sound);
    }
    mirror.reset();
}

TEST_CASE("a store that was emptied takes nothing more, and memory is told to be the last copy") {
    World world;
    auto const saved = world.mirror->saved();
    world.store.records.clear();
    world.store.head().reset();
    world.add(1);
    world.mirror->pump();
    world.store.settle();
    CHECK(world.mirror->state() == SaveState::read_only);
    CHECK(world.mirror->is_gone());
    CHECK(world.mirror->saved() == saved);
    CHECK(world.mirror->saved() < world.mirror->committed());
    CHECK_FALSE(world.store.waits());
    CHECK(world.store.records.empty());
}
