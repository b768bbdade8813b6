#pragma once
// A large town: a year of work of a centre with 5,000 homes, made by the commands that its desk would have used, in the
// order of time. What came in during the last days is still on its way.

#include <cstddef>
#include <functional>
#include <string>

#include "tests/bench/support.h"

namespace guanjia::bench {

// A year before, early in the morning.
LocalTime town_begins(LocalTime now);

struct TownFigures {
    std::size_t tickets = 0;
    std::size_t commands = 0;
    std::size_t refused = 0;  // visits that were the manager's, appointments at a time that was taken
};

// A manager, eight butlers, the heads of three departments; `units` homes with an owner each.
// The desk was made when the town begins, or before. `after_each`: of its transactions, some hundred commands.
TownFigures fill_town(Desk& desk, Machine& machine, std::size_t tickets, LocalTime now, int units = 5000,
                      std::function<void()> const& after_each = {});

// The same as a page keeps it, block by block, for a page to find when it starts. Of each: area (255: the head), two
// numbers of the key (of the head epoch and sequence) and the length as 64 bits, little-endian; then the bytes.
void write_town(std::size_t tickets, LocalTime now, std::string const& file);

}  // namespace guanjia::bench
