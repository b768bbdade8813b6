// The mirror over IndexedDB with nothing else around it, for measuring beside other stores
// (tests/bench/web/storage.html).

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

#include <memory>

#include "core/store/database.h"
#include "core/store/mirror.h"
#include "web/platform/indexed_db.h"

using namespace guanjia;

// clang-format off
EM_JS(void, bench_on_change, (double saved), { Module.onSaved(saved); })
// clang-format on

namespace {

IndexedDbStore store;
MirrorLoader loader;
std::unique_ptr<Mirror> mirror;
std::unique_ptr<Database> database;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void bench_head(char const* bytes, int size) {
    loader.head({bytes, static_cast<std::size_t>(size)});
}
EMSCRIPTEN_KEEPALIVE void bench_record(int area, double first, double second, char const* bytes, int size) {
    loader.add(static_cast<BlockArea>(area), {static_cast<std::uint64_t>(first), static_cast<std::uint32_t>(second)},
               std::string{bytes, static_cast<std::size_t>(size)});
}
EMSCRIPTEN_KEEPALIVE int bench_open() {
    auto content = loader.finish();
    if (!content) return 0;
    mirror = std::make_unique<Mirror>("bench", store, std::move(*content), Mirror::Options{});
    mirror->on_change = [] { bench_on_change(static_cast<double>(mirror->saved())); };
    mirror->claim();
    database = std::make_unique<Database>("bench", mirror->size() == 0 ? Database::Mode::create : Database::Mode::open,
                                          Database::Durability::mirrored, "bench");
    return 1;
}
// Gives the sequence that must be saved for it to be durable.
EMSCRIPTEN_KEEPALIVE double bench_execute(char const* sql) {
    database->execute(sql);
    return static_cast<double>(mirror->committed());
}
EMSCRIPTEN_KEEPALIVE double bench_integer(char const* sql) { return static_cast<double>(database->integer(sql)); }
EMSCRIPTEN_KEEPALIVE void bench_bulk(int on) { mirror->bulk(on != 0); }
EMSCRIPTEN_KEEPALIVE void bench_pump() { mirror->pump(); }
EMSCRIPTEN_KEEPALIVE void bench_written(std::uint32_t token, int outcome) {
    store.written(token, static_cast<BlockOutcome>(outcome));
}
}

int main() { return 0; }
