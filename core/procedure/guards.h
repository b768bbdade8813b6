#pragma once
// The guards that may be overridden, each by whom: data beside the catalogue (assets/procedure/guards.json). What does
// not stand there is overridden by nobody.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/procedure/clause.h"
#include "core/procedure/role.h"
#include "generated/guards.h"

namespace guanjia {

std::span<GuardRow const> all_guards();
constexpr GuardRow const& row_of(Guard guard) { return guard_rows[static_cast<std::size_t>(guard)]; }
std::optional<Guard> find_guard(std::string_view name);
Clause clause_of(Guard guard);
// Who may override it.
RoleSet entitled_to(Guard guard);

}  // namespace guanjia
