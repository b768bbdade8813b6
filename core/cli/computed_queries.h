#pragma once
// Queries whose rows no table has: Desk computes them when asked.

#include <span>
#include <string_view>

#include "core/cli/session.h"

namespace guanjia {

struct ComputedQuery {
    std::string_view name;
    int (*run)(Session& session, Desk& desk);
};

std::span<ComputedQuery const> computed_queries();
ComputedQuery const* find_computed_query(std::string_view name);

}  // namespace guanjia
