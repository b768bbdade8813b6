#pragma once
// Commands that keep the register, the parameters and the calendar. What each field means stands in
// assets/strings ("command.<name>.<field>").

#include "core/procedure/model.h"
#include "core/registry/model.h"
#include "core/store/command.h"

namespace guanjia {

struct AddStaff {
    std::string code;
    std::string name;
    std::string department;
    static Description const description;
};

struct GrantRole {
    Id<StaffMember> staff;
    Role role = Role::none;
    static Description const description;
};

struct RevokeRole {
    Id<StaffMember> staff;
    Role role = Role::none;
    static Description const description;
};

struct ChangeStaff {
    Id<StaffMember> staff;
    std::string name;
    std::string department;
    bool left = false;
    static Description const description;
};

struct AddUnit {
    std::string code;
    std::string building;
    UnitKind kind = UnitKind::none;
    static Description const description;
};

struct AddOwner {
    std::string name;
    std::string phone;
    Id<Unit> unit;
    Relation relation = Relation::none;
    Date since = no_date;
    static Description const description;
};

struct ChangeOwner {
    Id<Owner> owner;
    std::string name;
    std::string phone;
    static Description const description;
};

struct EraseOwner {
    Id<Owner> owner;
    std::string reason;
    static Description const description;
};

struct RevealOwner {
    Id<Owner> owner;
    std::string reason;
    static Description const description;
};

struct AddOccupancy {
    Id<Unit> unit;
    Id<Owner> owner;
    Relation relation = Relation::none;
    Date since = no_date;
    static Description const description;
};

struct EndOccupancy {
    Id<Occupancy> occupancy;
    Date until = no_date;
    static Description const description;
};

struct SetParameter {
    std::string name;
    std::int64_t value = 0;
    Date effective_from = no_date;
    std::string reason;
    static Description const description;
};

// The text in force from a day on; empty where the kind of wording may be empty.
struct SetWording {
    std::string name;
    std::string text;
    Date effective_from = no_date;
    std::string reason;
    static Description const description;
};

struct LoadCalendar {
    std::string days;
    std::string source;
    static Description const description;
};

struct SettleConflict {
    AnyId record;
    std::int64_t field = 0;
    std::int64_t losing_ticks = 0;
    std::string losing_desk;
    std::string reason;
    static Description const description;
};

std::span<CommandSpec const> registry_commands();

// The roles that a person holds, by the latest word on each.
RoleSet roles_of(Database& database, Id<StaffMember> staff);
// No manager is recorded yet.
bool is_setting_up(Database& database);
// A manager, beside whom nobody who has not left is one.
bool is_last_manager(Database& database, Id<StaffMember> staff);

}  // namespace guanjia
