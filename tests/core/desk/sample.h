#pragma once
// The sample centre for tests: a desk in memory whose clock the filler may hold.

#include "core/desk/sample.h"
#include "tests/core/support.h"

namespace guanjia::testing {

struct SampleDesk {
    std::int64_t wall;
    std::optional<std::int64_t> held;
    std::uint64_t random = 1;
    std::unique_ptr<Desk> desk;
    AnyId person;

    // On a Tuesday at noon, when nothing else is said. Filled unless it is to be filled by the test.
    explicit SampleDesk(std::string_view now = "2026-11-24T12:00", bool filled = true)
        : wall{to_unix_milliseconds(time_at(now))} {
        Desk::Options options;
        options.durability = Database::Durability::none;
        options.clock = [this] { return held.value_or(wall); };
        options.random = [this] { return random += 0x9E3779B97F4A7C15ULL; };
        auto made = Desk::create(":memory:", sample_identity(), options);
        REQUIRE(made);
        desk = std::move(*made);
        if (!filled) return;
        auto all = filler();
        auto const done = all.step([] { return true; });
        REQUIRE_MESSAGE(done, all.done() << ": " << done.error().reason);
        REQUIRE(*done);
        person = all.person();
    }

    SampleFiller filler(std::uint64_t seed = 1) {
        return {*desk, desk->now(), [this](std::optional<std::int64_t> at) { held = at; }, seed};
    }
};

}  // namespace guanjia::testing
