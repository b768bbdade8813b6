#include "core/procedure/guards.h"

#include <algorithm>

namespace guanjia {

namespace {

template <class Visit>
void for_each_role(Guard guard, Visit const& visit) {
    auto rest = row_of(guard).roles;
    while (!rest.empty()) {
        auto const end = std::min(rest.find(' '), rest.size());
        for (auto const& choice : role_choices)
            if (choice.name == rest.substr(0, end)) visit(static_cast<Role>(choice.value));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

}  // namespace

std::span<GuardRow const> all_guards() { return guard_rows; }

std::optional<Guard> find_guard(std::string_view name) {
    for (std::size_t index = 0; index < std::size(guard_rows); ++index)
        if (guard_rows[index].name == name) return static_cast<Guard>(index);
    return std::nullopt;
}

Clause clause_of(Guard guard) { return *find_clause(row_of(guard).clause); }

RoleSet entitled_to(Guard guard) {
    RoleSet roles;
    for_each_role(guard, [&](Role role) { roles.add(role); });
    return roles;
}

}  // namespace guanjia
