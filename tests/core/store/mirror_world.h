#pragma once
// A mirror with a connection, over a store that does as it is told.

#include <memory>
#include <string>

#include "core/store/database.h"
#include "tests/core/store/fake_store.h"

namespace guanjia::testing {

// A mirror with a connection, a table, and everything so far saved.
struct World {
    explicit World(Mirror::Options wanted = {}) : options{wanted} {
        open();
        run("CREATE TABLE thing(id INTEGER PRIMARY KEY, body)");
        save();
    }
    ~World() { database.reset(); }
    World(World const&) = delete;
    World& operator=(World const&) = delete;

    void open() {
        auto content = store.load();
        REQUIRE(content);
        mirror = std::make_unique<Mirror>("world", store, std::move(*content), options);
        mirror->claim();
        connect();
    }
    void connect() {
        database = std::make_unique<Database>("desk", Database::Mode::create, Database::Durability::full, "world");
    }
    void crash_and_open() {
        database.reset();
        mirror.reset();
        store.crash();
        open();
        REQUIRE(integrity() == "ok");
    }
    void run(std::string const& sql) { database->execute(sql); }
    void add(int rows, int size = 3000) {
        run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(rows) +
            ") INSERT INTO thing(body) SELECT randomblob(" + std::to_string(size) + ") FROM n");
    }
    std::int64_t rows() { return database->integer("SELECT count(*) FROM thing"); }
    std::string integrity() {
        auto check = database->prepare("PRAGMA integrity_check");
        return check.step() ? std::string{check.text(0)} : "";
    }
    void save() {
        mirror->flush();
        store.settle_all();
        REQUIRE(mirror->state() == SaveState::saved);
    }
    void save_or_find_out() {
        mirror->flush();
        store.settle_all();
    }
    // What would be reopened now.
    std::uint64_t stored_digest() {
        auto const content = store.load();
        REQUIRE(content);
        return digest_of(content->file);
    }

    FakeStore store;
    Mirror::Options options;
    std::unique_ptr<Mirror> mirror;
    std::unique_ptr<Database> database;
};

inline std::string text_of(Database& database, std::string const& sql) {
    auto statement = database.prepare(sql);
    REQUIRE(statement.step());
    return std::string{statement.text(0)};
}

}  // namespace guanjia::testing
