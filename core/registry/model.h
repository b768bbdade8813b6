#pragma once
// The register: who works at the centre, who lives where. Description numbers 20–39.

#include "core/base/description.h"
#include "core/procedure/role.h"

namespace guanjia {

struct StaffMember {
    std::string code;  // work number, unique by convention
    std::string name;
    std::string department;
    bool left = false;
    static Description const description;
};

// A role is given or taken away from a day on; the latest word counts.
struct RoleGrant {
    Id<StaffMember> staff;
    Role role = Role::none;
    bool granted = false;
    static Description const description;
};

enum class UnitKind : std::uint8_t { none = 0, dwelling = 1, shop = 2, office = 3, parking = 4, public_area = 5 };
inline constexpr Choice unit_kind_choices[] = {
    {1, "dwelling"}, {2, "shop"}, {3, "office"}, {4, "parking"}, {5, "public-area"}};
template <>
inline constexpr std::span<Choice const> choices_of<UnitKind>{unit_kind_choices};

struct Unit {
    std::string code;  // as people say it: "3栋1单元502"
    std::string building;
    UnitKind kind = UnitKind::none;
    static Description const description;
};

// An owner or occupier (业主或用户).
struct Owner {
    std::string name;
    std::string phone;
    static Description const description;
};

enum class Relation : std::uint8_t { none = 0, owner = 1, household_adult = 2, tenant = 3 };
inline constexpr Choice relation_choices[] = {{1, "owner"}, {2, "household-adult"}, {3, "tenant"}};
template <>
inline constexpr std::span<Choice const> choices_of<Relation>{relation_choices};

struct Occupancy {
    Id<Unit> unit;
    Id<Owner> owner;
    Relation relation = Relation::none;
    Date since = no_date;
    Date until = no_date;  // none while it lasts
    static Description const description;
};

std::span<Description const* const> registry_descriptions();

}  // namespace guanjia
