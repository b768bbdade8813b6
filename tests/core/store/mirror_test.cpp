// Towards SQLite, and each trap that others fell into by its name.

#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "tests/core/store/mirror_world.h"

using namespace guanjia;
using testing::digest_of;
using testing::Fate;
using testing::text_of;
using testing::World;

TEST_CASE("a connection over a mirror keeps journal, temporary files and locks in memory") {
    World world;
    CHECK(text_of(*world.database, "PRAGMA journal_mode") == "memory");
    CHECK(text_of(*world.database, "PRAGMA locking_mode") == "exclusive");
    CHECK(world.database->integer("PRAGMA synchronous") == 0);
    CHECK(world.database->integer("PRAGMA temp_store") == 2);
    CHECK(world.database->integer("PRAGMA page_size") == 4096);
    // The clock and the randomness are the system's.
    CHECK(world.database->integer("SELECT strftime('%Y', 'now') > 2020") == 1);
    CHECK(world.database->integer("SELECT random() <> random()") == 1);
    // A second connection would write into the pages of the first; a journal beside has no place.
    CHECK_THROWS_AS(Database("desk", Database::Mode::open, Database::Durability::none, "world"), StoreFault);
    CHECK_THROWS_AS(world.run("ATTACH 'other' AS other"), StoreFault);
    world.add(3);
    world.run("CREATE TEMP TABLE passing AS SELECT * FROM thing ORDER BY body");
    CHECK(world.integrity() == "ok");
}

TEST_CASE("trap: a spilled ROLLBACK leaves nothing behind, and nothing of it reaches the store (wa-sqlite 352)") {
    World world;
    world.add(20);
    world.save();
    auto const before = digest_of(*world.mirror);
    auto const writes = world.store.writes;
    world.run("PRAGMA cache_size=2");
    {
        Transaction transaction{*world.database};
        world.add(400);
        world.run("UPDATE thing SET body = randomblob(100)");
        CHECK(digest_of(*world.mirror) != before);  // it did spill
        world.mirror->flush();
        CHECK(world.store.writes == writes);
    }
    CHECK(digest_of(*world.mirror) == before);
    CHECK(world.rows() == 20);
    CHECK(world.mirror->committed() == world.mirror->saved());

    SUBCASE("after a savepoint") {
        Transaction transaction{*world.database};
        world.add(5);
        world.run("SAVEPOINT one");
        world.add(300);
        world.run("ROLLBACK TO one");
        transaction.commit();
        CHECK(world.rows() == 25);
    }
    SUBCASE("when no commit would be accepted") {
        auto content = world.store.load();
        Mirror other{"other", world.store, std::move(*content), {}};
        other.claim();
        world.add(1);
        world.save_or_find_out();
        CHECK(world.mirror->read_only());
        auto const last = digest_of(*world.mirror);
        {
            Transaction transaction{*world.database};
            world.add(400);
        }
        CHECK(digest_of(*world.mirror) == last);
        CHECK(world.rows() == 21);
        CHECK_THROWS_AS(world.add(400), StoreFault);
        CHECK(world.rows() == 21);
        CHECK(world.integrity() == "ok");
        return;
    }
    SUBCASE("before an empty transaction") {
        Transaction transaction{*world.database};
        transaction.commit();
        CHECK(world.store.writes == writes);
    }
    world.save();
    auto const after = digest_of(*world.mirror);
    world.crash_and_open();
    CHECK(digest_of(*world.mirror) == after);
}

TEST_CASE("trap: memory that ran ahead of a failed write is written again, nothing of it lost (IDBMirrorVFS)") {
    World world;
    std::vector<SaveState> states;
    world.mirror->on_change = [&] {
        if (states.empty() || states.back() != world.mirror->state()) states.push_back(world.mirror->state());
    };
    world.add(3);
    auto const wanted = world.mirror->flush();
    std::int64_t const delays[] = {250, 500, 1000, 2000, 4000, 8000, 16'000, 30'000, 30'000};
    for (auto const delay : delays) {
        world.store.settle(Fate::failed);
        CHECK(world.mirror->state() == SaveState::not_saved);
        CHECK(world.mirror->retry_delay() == delay);
        world.add(1);
        world.mirror->pump();
        CHECK_FALSE(world.store.waits());  // only retry() tries again
        world.mirror->retry();
        CHECK(world.mirror->state() == SaveState::not_saved);  // until it is saved
    }
    world.store.settle(Fate::full);
    CHECK(world.mirror->is_full());
    world.mirror->retry();
    world.store.settle_all();
    CHECK(world.mirror->saved() >= wanted);
    CHECK(world.mirror->retry_delay() == 0);
    CHECK_FALSE(world.mirror->is_full());
    CHECK(states == std::vector{SaveState::saving, SaveState::not_saved, SaveState::saved});
    auto const before = digest_of(*world.mirror);
    world.crash_and_open();
    CHECK(digest_of(*world.mirror) == before);
    CHECK(world.rows() == 12);
}

TEST_CASE(
    "trap: a write that was told to have failed had landed, and is not taken for another owner (Expensify 87864)") {
    World world;
    auto landed_after = 0;
    SUBCASE("a commit") {}
    SUBCASE("the second of three attempts") { landed_after = 1; }
    for (int attempt = 0; attempt < 3; ++attempt) {
        world.add(2);
        world.mirror->flush();
        world.store.settle(attempt == landed_after ? Fate::failed_but_kept : Fate::failed);
        world.mirror->retry();
    }
    world.store.settle_all();
    CHECK(world.mirror->state() == SaveState::saved);
    auto const before = digest_of(*world.mirror);
    CHECK(world.stored_digest() == before);
    world.crash_and_open();
    CHECK(digest_of(*world.mirror) == before);
    CHECK(world.rows() == 6);
}

TEST_CASE("trap: the page at 1 GiB that SQLite never writes is a page of zeros (wa-sqlite 259)") {
    auto const place = 0x20000;
    sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, place);
    {
        World world;
        world.add(200);
        world.save();
        CHECK(world.mirror->pages() > place / 4096 + 1);
        CHECK(world.mirror->page(place / 4096) == std::string(4096, '\0'));
        auto const before = digest_of(*world.mirror);
        world.crash_and_open();
        CHECK(digest_of(*world.mirror) == before);
        world.run("DELETE FROM thing WHERE id > 3; VACUUM");
        CHECK(world.mirror->pages() <= place / 4096);
        world.add(200);
        world.save();
        auto const again = digest_of(*world.mirror);
        world.crash_and_open();
        CHECK(digest_of(*world.mirror) == again);
    }
    sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, 0x40000000);
}

TEST_CASE("trap: commits that are written together are whole or not there (wa-sqlite 111)") {
    World world;
    for (auto const fate : {Fate::lost, Fate::kept}) {
        world.save();
        auto const before = world.rows();
        world.add(1);
        world.mirror->pump();  // under way
        for (int commit = 0; commit < 10; ++commit) world.add(2);
        world.store.settle();
        CHECK(world.store.waits());  // the ten, in one transaction
        world.store.settle(fate);
        world.crash_and_open();
        CHECK(world.rows() == before + (fate == Fate::kept ? 21 : 1));
    }
}

TEST_CASE("trap: growing moves no page (wa-sqlite 143)") {
    MirrorFile file;
    file.resize(1);
    auto const* first = file.page(0).data();
    for (std::uint32_t pages = 2; pages < 3000; pages += 100) file.resize(pages);
    CHECK(file.page(0).data() == first);
    file.writable_page(299)[0] = 'x';
    file.resize(290);
    file.resize(300);
    CHECK(file.page(299)[0] == '\0');
}

TEST_CASE("trap: closing with writes under way loses nothing (sqlite3.dart 97)") {
    World world;
    world.add(3);
    world.mirror->pump();
    world.add(3);
    auto const before = digest_of(*world.mirror);
    world.database.reset();
    world.connect();
    CHECK(world.rows() == 6);
    CHECK(digest_of(*world.mirror) == before);
    world.store.settle_all();
    CHECK(world.mirror->saved() == world.mirror->committed());
    world.crash_and_open();
    CHECK(world.rows() == 6);

    // The mirror itself may go while the store still works; what it is answered then is nobody's.
    world.save();
    world.add(1);
    world.mirror->pump();
    world.database.reset();
    world.mirror.reset();
    world.store.settle();
    world.open();
    CHECK(world.rows() == 7);
}

TEST_CASE("trap: flush covers the batch under way (sqlite3.dart 408)") {
    World world;
    world.add(1);
    world.mirror->pump();
    auto const wanted = world.mirror->flush();
    CHECK(wanted == world.mirror->committed());
    CHECK(world.mirror->saved() < wanted);
    world.add(1);
    CHECK(world.mirror->flush() == wanted + 1);
    world.store.settle();
    CHECK(world.mirror->saved() == wanted);
    world.store.settle();
    CHECK(world.mirror->saved() == wanted + 1);
    CHECK(world.mirror->flush() == world.mirror->saved());
    CHECK_FALSE(world.store.waits());
}

TEST_CASE("trap: pages are kept until the store says complete (sqlite-wasm-rs 182)") {
    World world;
    world.add(10);
    CHECK(world.mirror->pending_bytes() > 30'000);
    world.mirror->pump();
    CHECK(world.mirror->pending_bytes() > 30'000);
    world.store.settle(Fate::failed);
    CHECK(world.mirror->pending_bytes() > 30'000);
    world.mirror->retry();
    world.store.settle();
    CHECK(world.mirror->pending_bytes() == 0);
}

TEST_CASE("trap: a commit costs what it changes, however large the database is (emscripten 3908)") {
    World world;
    world.add(2000);
    world.save();
    CHECK(world.mirror->size() > 7'000'000);
    auto const before = world.store.bytes_written;
    for (int commit = 0; commit < 20; ++commit) {
        world.add(1, 100);
        world.save();
    }
    CHECK(world.store.bytes_written - before < 20 * 6 * 4096);
}

TEST_CASE("trap: the rescue file is read again and is the database (actual 5794)") {
    World world;
    world.add(30);
    world.mirror->pump();
    world.store.settle(Fate::full);  // just when it is needed
    auto const path = (std::filesystem::temp_directory_path() / "guanjia-mirror-rescue.gjdb").string();
    std::ofstream{path, std::ios::binary} << world.mirror->bytes();
    {
        Database rescued{path, Database::Mode::open};
        CHECK(text_of(rescued, "PRAGMA integrity_check") == "ok");
        CHECK(rescued.integer("SELECT count(*) FROM thing") == 30);
    }
    std::filesystem::remove(path);
    world.mirror->retry();
    world.store.settle_all();
}
