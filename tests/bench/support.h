#pragma once
// What the benchmarks share: a clock, medians, and a desk that must not refuse.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "core/desk/desk.h"

namespace guanjia::bench {

using Seconds = std::chrono::duration<double>;

template <class Work>
double measure(Work&& work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return Seconds{std::chrono::steady_clock::now() - start}.count();
}

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Machine {
    std::int64_t wall = to_unix_milliseconds(*parse_time("2026-02-13T08:30"));
    std::uint64_t state = 1;

    Desk::Options options() {
        Desk::Options options;
        options.durability = Database::Durability::none;
        options.clock = [this] { return wall; };
        options.random = [this] { return state = state * 6364136223846793005ULL + 1442695040888963407ULL; };
        return options;
    }
};

inline std::unique_ptr<Desk> make_desk(Machine& machine, std::string const& path, bool headquarters = false) {
    auto desk = Desk::create(path, {0, headquarters ? "HQ" : "SZ01", "天下城", 1, headquarters}, machine.options());
    if (!desk) {
        std::fprintf(stderr, "no desk: %s\n", desk.error().reason.c_str());
        std::exit(1);
    }
    return std::move(*desk);
}

inline void must(Result<Accepted> const& accepted) {
    if (accepted) return;
    std::fprintf(stderr, "refused: %s\n", accepted.error().reason.c_str());
    std::exit(1);
}

// The book of a desk with many tickets, and what a page does after each command (book_bench.cpp).
void bench_book(std::size_t tickets);

}  // namespace guanjia::bench
