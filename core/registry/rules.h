#pragma once
// Who may keep the register, and what an entry of it needs.

#include <string>

#include "core/base/stored.h"
#include "core/procedure/model.h"
#include "core/procedure/occasion.h"
#include "core/procedure/refusal.h"
#include "core/registry/model.h"

namespace guanjia {

// `setting_up`: no manager is recorded yet, so that somebody must be the first.
Result<Plan> add_staff(Occasion const& occasion, bool setting_up, bool code_taken, StaffMember staff);
Result<Plan> grant_role(Occasion const& occasion, bool setting_up, RoleGrant grant);
// `last_manager`: the only one left. Without a manager nobody could give a role any more.
Result<Plan> revoke_role(Occasion const& occasion, bool last_manager, RoleGrant grant);
Result<Plan> change_staff(Occasion const& occasion, bool last_manager, Stored<StaffMember> const& staff,
                          StaffMember const& changed);
Result<Plan> add_unit(Occasion const& occasion, bool code_taken, Unit unit);
// With a unit: who lives or trades there from a day on.
Result<Plan> add_owner(Occasion const& occasion, Owner owner, Occupancy occupancy);
Result<Plan> change_owner(Occasion const& occasion, Stored<Owner> const& owner, Owner const& changed);
Result<Plan> add_occupancy(Occasion const& occasion, Occupancy occupancy);
Result<Plan> end_occupancy(Occasion const& occasion, Stored<Occupancy> const& occupancy, Date until);
// A person's data are erased on request, or when their time of keeping is over.
Result<Plan> erase_person(Occasion const& occasion, bool erased_already, AnyId person, std::string const& reason);
Result<Plan> reveal(Occasion const& occasion, AnyId record, std::string const& reason);
// GEN-S5: numbers of clauses and working calendars change as data, from a day on, with a reason.
Result<Plan> set_parameter(Occasion const& occasion, ParameterChange change);
// … and so do the texts that a centre words for itself.
Result<Plan> set_wording(Occasion const& occasion, WordingChange change);
Result<Plan> load_calendar(Occasion const& occasion, CalendarLoad load);
Result<Plan> settle_conflict(Occasion const& occasion, bool listed, ConflictSettlement settlement);

}  // namespace guanjia
