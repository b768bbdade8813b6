#pragma once
// What may be asked of the register, and the small look-ups that its commands need.

#include <span>
#include <string>
#include <vector>

#include "core/registry/model.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> registry_queries();

// Rows as lists and pickers show them.
struct PersonLine {
    AnyId id;
    std::string code;
    std::string name;
    std::string department;
    bool left = false;
    RoleSet roles;
};
std::vector<PersonLine> person_lines(Database& database);
// The name of a member of staff; empty for nobody and for who is not here.
std::string staff_name(Database& database, AnyId staff);

struct UnitLine {
    AnyId id;
    std::string code;
    UnitKind kind = UnitKind::none;
};
std::vector<UnitLine> unit_lines(Database& database);

// Owners and occupiers with the unit in which they live now.
struct OwnerLine {
    AnyId id;
    std::string name;
    std::string phone;  // masked
    AnyId unit_id;
    std::string unit;
    Relation relation = Relation::none;
    AnyId occupancy;  // none when they live nowhere
    Date since = no_date;
    friend bool operator==(OwnerLine const&, OwnerLine const&) = default;
};
// In the order of the codes, who lives nowhere last. units: all of them (unit_lines).
std::vector<OwnerLine> owner_lines(Database& database, std::span<UnitLine const> units, Date on);
// One of them: a line for each unit; none when the owner is not here or has been erased.
std::vector<OwnerLine> lines_of_owner(Database& database, Id<Owner> owner, Date on);

// Everybody with each home in which they live now, the telephone whole: to be recognised by, never to be shown.
struct Occupant {
    AnyId owner;
    std::string name;
    std::string phone;
    AnyId unit;  // none when they live nowhere
};
std::vector<Occupant> occupants(Database& database);

bool staff_code_taken(Database& database, std::string const& code);
bool unit_code_taken(Database& database, std::string const& code);
bool is_erased(Database& database, AnyId person);

// The unmasked phone of an owner; for the answer to a recorded reveal only.
std::string phone_of(Database& database, Id<Owner> owner);

}  // namespace guanjia
