#include "core/procedure/guards.h"

#include "core/base/text.h"

namespace guanjia {

std::span<GuardRow const> all_guards() { return guard_rows; }

std::optional<Guard> find_guard(std::string_view name) {
    for (std::size_t index = 0; index < std::size(guard_rows); ++index)
        if (guard_rows[index].name == name) return static_cast<Guard>(index);
    return std::nullopt;
}

Clause clause_of(Guard guard) { return *find_clause(row_of(guard).clause); }

RoleSet entitled_to(Guard guard) {
    RoleSet roles;
    for_each_part(row_of(guard).roles, ' ', [&](std::string_view name) {
        for (auto const& choice : role_choices)
            if (choice.name == name) roles.add(static_cast<Role>(choice.value));
    });
    return roles;
}

}  // namespace guanjia
