#pragma once
// The roles that clauses name. Who holds which is data; a person may hold several.

#include <cstdint>
#include <initializer_list>

#include "core/base/description.h"

namespace guanjia {

// Values are kept in archives: never renumbered.
enum class Role : std::uint8_t {
    none = 0,
    butler = 1,
    assistant_butler = 2,
    cashier = 3,
    supervisor = 4,
    manager_assistant = 5,
    manager = 6,
    site_manager = 7,
    hr = 8,
    hr_manager = 9,
    finance = 10,
    general_manager = 11,
    company_leader = 12,
    headquarters = 13,
};

inline constexpr Choice role_choices[] = {
    {1, "butler"},  {2, "assistant-butler"}, {3, "cashier"}, {4, "supervisor"}, {5, "manager-assistant"},
    {6, "manager"}, {7, "site-manager"},     {8, "hr"},      {9, "hr-manager"}, {10, "finance"},
    {11, "gm"},     {12, "company-leader"},  {13, "hq"},
};
template <>
inline constexpr std::span<Choice const> choices_of<Role>{role_choices};

class RoleSet {
public:
    constexpr RoleSet() = default;
    constexpr RoleSet(std::initializer_list<Role> roles) {
        for (auto const role : roles) add(role);
    }
    constexpr void add(Role role) { bits_ |= bit(role); }
    constexpr void remove(Role role) { bits_ &= ~bit(role); }
    constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
    constexpr bool meets(RoleSet wanted) const { return (bits_ & wanted.bits_) != 0; }
    constexpr bool empty() const { return bits_ == 0; }

private:
    static constexpr std::uint32_t bit(Role role) { return std::uint32_t{1} << static_cast<unsigned>(role); }
    std::uint32_t bits_ = 0;
};

// The front desk: who receives, handles and visits.
inline constexpr RoleSet front_desk{Role::butler, Role::assistant_butler};
// Whoever sees to a case, at the desk or at the door.
inline constexpr RoleSet desk_and_workers{Role::butler, Role::assistant_butler, Role::supervisor, Role::manager};

}  // namespace guanjia
