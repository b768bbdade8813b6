#pragma once
// What may be asked of the register, and the small look-ups that its commands need.

#include <span>
#include <string>

#include "core/registry/model.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> registry_queries();

bool staff_code_taken(Database& database, std::string const& code);
bool unit_code_taken(Database& database, std::string const& code);
bool is_erased(Database& database, AnyId person);

// The unmasked phone of an owner; for the answer to a recorded reveal only.
std::string phone_of(Database& database, Id<Owner> owner);

}  // namespace guanjia
