#include "core/registry/commands.h"

#include "core/registry/queries.h"
#include "core/registry/rules.h"
#include "core/store/conflicts.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

constexpr Field add_staff_fields[] = {
    GUANJIA_FIELD(AddStaff, 1, code, required),
    GUANJIA_FIELD(AddStaff, 2, name, required),
    GUANJIA_FIELD(AddStaff, 3, department),
};
constexpr Field grant_role_fields[] = {
    GUANJIA_FIELD(GrantRole, 1, staff, required),
    GUANJIA_FIELD(GrantRole, 2, role, required),
};
constexpr Field revoke_role_fields[] = {
    GUANJIA_FIELD(RevokeRole, 1, staff, required),
    GUANJIA_FIELD(RevokeRole, 2, role, required),
};
constexpr Field change_staff_fields[] = {
    GUANJIA_FIELD(ChangeStaff, 1, staff, required),
    GUANJIA_FIELD(ChangeStaff, 2, name),
    GUANJIA_FIELD(ChangeStaff, 3, department),
    GUANJIA_FIELD(ChangeStaff, 4, left),
};
constexpr Field add_unit_fields[] = {
    GUANJIA_FIELD(AddUnit, 1, code, required),
    GUANJIA_FIELD(AddUnit, 2, building),
    GUANJIA_FIELD(AddUnit, 3, kind),
};
constexpr Field add_owner_fields[] = {
    GUANJIA_FIELD(AddOwner, 1, name, required), GUANJIA_FIELD(AddOwner, 2, phone), GUANJIA_FIELD(AddOwner, 3, unit),
    GUANJIA_FIELD(AddOwner, 4, relation),       GUANJIA_FIELD(AddOwner, 5, since),
};
constexpr Field change_owner_fields[] = {
    GUANJIA_FIELD(ChangeOwner, 1, owner, required),
    GUANJIA_FIELD(ChangeOwner, 2, name),
    GUANJIA_FIELD(ChangeOwner, 3, phone),
};
constexpr Field erase_owner_fields[] = {
    GUANJIA_FIELD(EraseOwner, 1, owner, required),
    GUANJIA_FIELD(EraseOwner, 2, reason, required),
};
constexpr Field reveal_owner_fields[] = {
    GUANJIA_FIELD(RevealOwner, 1, owner, required),
    GUANJIA_FIELD(RevealOwner, 2, reason, required),
};
constexpr Field add_occupancy_fields[] = {
    GUANJIA_FIELD(AddOccupancy, 1, unit, required),
    GUANJIA_FIELD(AddOccupancy, 2, owner, required),
    GUANJIA_FIELD(AddOccupancy, 3, relation, required),
    GUANJIA_FIELD(AddOccupancy, 4, since),
};
constexpr Field end_occupancy_fields[] = {
    GUANJIA_FIELD(EndOccupancy, 1, occupancy, required),
    GUANJIA_FIELD(EndOccupancy, 2, until),
};
constexpr Field set_parameter_fields[] = {
    GUANJIA_FIELD(SetParameter, 1, name, required),
    GUANJIA_FIELD(SetParameter, 2, value, required),
    GUANJIA_FIELD(SetParameter, 3, effective_from),
    GUANJIA_FIELD(SetParameter, 4, reason, required),
};
constexpr Field set_wording_fields[] = {
    GUANJIA_FIELD(SetWording, 1, name, required),
    GUANJIA_FIELD(SetWording, 2, text, long_text),
    GUANJIA_FIELD(SetWording, 3, effective_from),
    GUANJIA_FIELD(SetWording, 4, reason, required),
};
constexpr Field load_calendar_fields[] = {
    GUANJIA_FIELD(LoadCalendar, 1, days, required | long_text),
    GUANJIA_FIELD(LoadCalendar, 2, source, required),
};
constexpr Field settle_conflict_fields[] = {
    GUANJIA_FIELD(SettleConflict, 1, record, required),
    GUANJIA_FIELD(SettleConflict, 2, field, required),
    GUANJIA_FIELD(SettleConflict, 3, losing_ticks, required),
    GUANJIA_FIELD(SettleConflict, 4, losing_desk, required),
    GUANJIA_FIELD(SettleConflict, 5, reason),
};

Result<Plan> decide_add_staff(CommandContext const& context, AddStaff const& command) {
    return add_staff(context.occasion, is_setting_up(context.database),
                     staff_code_taken(context.database, command.code),
                     {command.code, command.name, command.department, false});
}

Result<Plan> decide_grant_role(CommandContext const& context, GrantRole const& command) {
    return grant_role(context.occasion, is_setting_up(context.database), {command.staff, command.role, true});
}

Result<Plan> decide_revoke_role(CommandContext const& context, RevokeRole const& command) {
    return revoke_role(context.occasion, is_last_manager(context.database, command.staff),
                       {command.staff, command.role, false});
}

Result<Plan> decide_change_staff(CommandContext const& context, ChangeStaff const& command) {
    auto const staff = load(context.database, command.staff);
    if (!staff) return refuse("staff.missing", {"staff"});
    auto changed = staff->value;
    if (context.has(&ChangeStaff::name)) changed.name = command.name;
    if (context.has(&ChangeStaff::department)) changed.department = command.department;
    if (context.has(&ChangeStaff::left)) changed.left = command.left;
    return change_staff(context.occasion, is_last_manager(context.database, command.staff), *staff, changed);
}

Result<Plan> decide_add_unit(CommandContext const& context, AddUnit const& command) {
    return add_unit(context.occasion, unit_code_taken(context.database, command.code),
                    {command.code, command.building, command.kind});
}

Result<Plan> decide_add_owner(CommandContext const& context, AddOwner const& command) {
    return add_owner(context.occasion, {command.name, command.phone},
                     {command.unit, {}, command.relation, command.since, no_date});
}

Result<Plan> decide_change_owner(CommandContext const& context, ChangeOwner const& command) {
    auto const owner = load(context.database, command.owner);
    if (!owner) return refuse("owner.missing", {"owner"});
    auto changed = owner->value;
    if (context.has(&ChangeOwner::name)) changed.name = command.name;
    if (context.has(&ChangeOwner::phone)) changed.phone = command.phone;
    return change_owner(context.occasion, *owner, changed);
}

Result<Plan> decide_erase_owner(CommandContext const& context, EraseOwner const& command) {
    return erase_person(context.occasion, is_erased(context.database, command.owner.any), command.owner.any,
                        command.reason);
}

Result<Plan> decide_reveal_owner(CommandContext const& context, RevealOwner const& command) {
    return reveal(context.occasion, command.owner.any, command.reason);
}

Result<Plan> decide_add_occupancy(CommandContext const& context, AddOccupancy const& command) {
    return add_occupancy(context.occasion, {command.unit, command.owner, command.relation, command.since, no_date});
}

Result<Plan> decide_end_occupancy(CommandContext const& context, EndOccupancy const& command) {
    auto const occupancy = load(context.database, command.occupancy);
    if (!occupancy) return refuse("occupancy.missing", {"occupancy"});
    return end_occupancy(context.occasion, *occupancy, command.until);
}

Result<Plan> decide_set_parameter(CommandContext const& context, SetParameter const& command) {
    return set_parameter(context.occasion, {command.name, command.value, command.effective_from, command.reason});
}

Result<Plan> decide_set_wording(CommandContext const& context, SetWording const& command) {
    return set_wording(context.occasion, {command.name, command.text, command.effective_from, command.reason});
}

Result<Plan> decide_load_calendar(CommandContext const& context, LoadCalendar const& command) {
    return load_calendar(context.occasion, {0, command.days, command.source});
}

Result<Plan> decide_settle_conflict(CommandContext const& context, SettleConflict const& command) {
    auto const listed = is_open_conflict(context.database, command.record, command.field,
                                         static_cast<std::uint64_t>(command.losing_ticks), command.losing_desk);
    return settle_conflict(context.occasion, listed,
                           {command.record, command.field, command.losing_ticks, command.losing_desk, command.reason});
}

constexpr CommandSpec commands[] = {
    command_spec<AddStaff, decide_add_staff>(true),     command_spec<GrantRole, decide_grant_role>(true),
    command_spec<RevokeRole, decide_revoke_role>(),     command_spec<ChangeStaff, decide_change_staff>(),
    command_spec<AddUnit, decide_add_unit>(),           command_spec<AddOwner, decide_add_owner>(),
    command_spec<ChangeOwner, decide_change_owner>(),   command_spec<EraseOwner, decide_erase_owner>(),
    command_spec<RevealOwner, decide_reveal_owner>(),   command_spec<AddOccupancy, decide_add_occupancy>(),
    command_spec<EndOccupancy, decide_end_occupancy>(), command_spec<SetParameter, decide_set_parameter>(),
    command_spec<LoadCalendar, decide_load_calendar>(), command_spec<SettleConflict, decide_settle_conflict>(),
    command_spec<SetWording, decide_set_wording>(),
};

}  // namespace

constexpr Description AddStaff::description{0, "add_staff", add_staff_fields};
constexpr Description GrantRole::description{0, "grant_role", grant_role_fields};
constexpr Description RevokeRole::description{0, "revoke_role", revoke_role_fields};
constexpr Description ChangeStaff::description{0, "change_staff", change_staff_fields};
constexpr Description AddUnit::description{0, "add_unit", add_unit_fields};
constexpr Description AddOwner::description{0, "add_owner", add_owner_fields};
constexpr Description ChangeOwner::description{0, "change_owner", change_owner_fields};
constexpr Description EraseOwner::description{0, "erase_owner", erase_owner_fields};
constexpr Description RevealOwner::description{0, "reveal_owner", reveal_owner_fields};
constexpr Description AddOccupancy::description{0, "add_occupancy", add_occupancy_fields};
constexpr Description EndOccupancy::description{0, "end_occupancy", end_occupancy_fields};
constexpr Description SetParameter::description{0, "set_parameter", set_parameter_fields};
constexpr Description SetWording::description{0, "set_wording", set_wording_fields};
constexpr Description LoadCalendar::description{0, "load_calendar", load_calendar_fields};
constexpr Description SettleConflict::description{0, "settle_conflict", settle_conflict_fields};

std::span<CommandSpec const> registry_commands() { return commands; }

}  // namespace guanjia
