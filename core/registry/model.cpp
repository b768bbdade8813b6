#include "core/registry/model.h"

namespace guanjia {

namespace {

constexpr Field staff_member_fields[] = {
    GUANJIA_FIELD(StaffMember, 1, code, key | indexed),
    GUANJIA_FIELD(StaffMember, 2, name, personal | attribute),
    GUANJIA_FIELD(StaffMember, 3, department, attribute),
    GUANJIA_FIELD(StaffMember, 4, left, attribute),
};
constexpr Field role_grant_fields[] = {
    GUANJIA_FIELD(RoleGrant, 1, staff, indexed),
    GUANJIA_FIELD(RoleGrant, 2, role),
    GUANJIA_FIELD(RoleGrant, 3, granted),
};
constexpr Field unit_fields[] = {
    GUANJIA_FIELD(Unit, 1, code, key | indexed),
    GUANJIA_FIELD(Unit, 2, building, attribute),
    GUANJIA_FIELD(Unit, 3, kind, attribute),
};
constexpr Field owner_fields[] = {
    GUANJIA_FIELD(Owner, 1, name, personal | attribute),
    GUANJIA_FIELD(Owner, 2, phone, personal | masked | attribute),
};
constexpr Field occupancy_fields[] = {
    GUANJIA_FIELD(Occupancy, 1, unit, indexed),    GUANJIA_FIELD(Occupancy, 2, owner, indexed),
    GUANJIA_FIELD(Occupancy, 3, relation),         GUANJIA_FIELD(Occupancy, 4, since),
    GUANJIA_FIELD(Occupancy, 5, until, attribute),
};

constexpr Description const* descriptions[] = {
    &StaffMember::description, &RoleGrant::description, &Unit::description,
    &Owner::description,       &Occupancy::description,
};

}  // namespace

constexpr Description StaffMember::description{20, "staff_member", staff_member_fields};
constexpr Description RoleGrant::description{21, "role_grant", role_grant_fields};
constexpr Description Unit::description{22, "unit", unit_fields};
constexpr Description Owner::description{23, "owner", owner_fields};
constexpr Description Occupancy::description{24, "occupancy", occupancy_fields};

std::span<Description const* const> registry_descriptions() { return descriptions; }

}  // namespace guanjia
