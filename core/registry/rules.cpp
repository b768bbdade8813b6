#include "core/registry/rules.h"

#include "core/procedure/calendar_notice.h"

namespace guanjia {

using namespace literals;

namespace {

constexpr RoleSet register_keepers{Role::butler, Role::assistant_butler, Role::manager_assistant, Role::manager};
constexpr RoleSet staff_keepers{Role::manager, Role::manager_assistant, Role::hr, Role::hr_manager, Role::headquarters};
constexpr RoleSet parameter_keepers{Role::manager, Role::headquarters};

}  // namespace

Result<Plan> add_staff(Occasion const& occasion, bool setting_up, bool code_taken, StaffMember staff) {
    if (!setting_up && !occasion.roles.meets(staff_keepers)) return refuse("role.staff-keeper", {"by"});
    if (staff.code.empty()) return refuse("staff.code-missing", {"code"});
    if (staff.name.empty()) return refuse("staff.name-missing", {"name"});
    if (code_taken) return refuse("staff.code-taken", {"code"}, {{"code", staff.code}});
    auto plan = occasion.plan();
    plan.add(staff);
    return plan;
}

Result<Plan> grant_role(Occasion const& occasion, bool setting_up, RoleGrant grant) {
    if (!setting_up && !occasion.roles.meets(staff_keepers)) return refuse("role.staff-keeper", {"by"});
    if (!grant.staff) return refuse("staff.missing", {"staff"});
    if (grant.role == Role::none) return refuse("staff.role-missing", {"role"});
    auto plan = occasion.plan();
    plan.add(grant);
    return plan;
}

Result<Plan> revoke_role(Occasion const& occasion, bool last_manager, RoleGrant grant) {
    if (grant.role == Role::manager && last_manager) return refuse("staff.last-manager", {"role"});
    grant.granted = false;
    return grant_role(occasion, false, grant);
}

Result<Plan> change_staff(Occasion const& occasion, bool last_manager, Stored<StaffMember> const& staff,
                          StaffMember const& changed) {
    if (!occasion.roles.meets(staff_keepers)) return refuse("role.staff-keeper", {"by"});
    if (changed.name.empty()) return refuse("staff.name-missing", {"name"});
    if (changed.left && last_manager) return refuse("staff.last-manager", {"left"});
    auto plan = occasion.plan();
    plan.change(staff.id, staff.value, changed);
    if (plan.empty()) return refuse("command.changes-nothing");
    return plan;
}

Result<Plan> add_unit(Occasion const& occasion, bool code_taken, Unit unit) {
    if (!occasion.roles.meets(register_keepers)) return refuse("role.register-keeper", {"by"});
    if (unit.code.empty()) return refuse("unit.code-missing", {"code"});
    if (code_taken) return refuse("unit.code-taken", {"code"}, {{"code", unit.code}});
    if (unit.kind == UnitKind::none) unit.kind = UnitKind::dwelling;
    auto plan = occasion.plan();
    plan.add(unit);
    return plan;
}

Result<Plan> add_owner(Occasion const& occasion, Owner owner, Occupancy occupancy) {
    if (!occasion.roles.meets(register_keepers)) return refuse("role.register-keeper", {"by"});
    if (owner.name.empty()) return refuse("owner.name-missing", {"name"});
    auto plan = occasion.plan();
    auto const id = plan.add(owner);
    if (!occupancy.unit) return plan;
    occupancy.owner = id;
    if (occupancy.relation == Relation::none) occupancy.relation = Relation::owner;
    plan.add(occupancy);
    return plan;
}

Result<Plan> change_owner(Occasion const& occasion, Stored<Owner> const& owner, Owner const& changed) {
    if (!occasion.roles.meets(register_keepers)) return refuse("role.register-keeper", {"by"});
    if (changed.name.empty()) return refuse("owner.name-missing", {"name"});
    auto plan = occasion.plan();
    plan.change(owner.id, owner.value, changed);
    if (plan.empty()) return refuse("command.changes-nothing");
    return plan;
}

Result<Plan> add_occupancy(Occasion const& occasion, Occupancy occupancy) {
    if (!occasion.roles.meets(register_keepers)) return refuse("role.register-keeper", {"by"});
    if (!occupancy.unit) return refuse("unit.missing", {"unit"});
    if (!occupancy.owner) return refuse("owner.missing", {"owner"});
    if (occupancy.relation == Relation::none) return refuse("owner.relation-missing", {"relation"});
    auto plan = occasion.plan();
    plan.add(occupancy);
    return plan;
}

Result<Plan> end_occupancy(Occasion const& occasion, Stored<Occupancy> const& occupancy, Date until) {
    if (!occasion.roles.meets(register_keepers)) return refuse("role.register-keeper", {"by"});
    if (!has_date(until)) until = date_of(occasion.occurred_at);
    if (has_date(occupancy.value.since) && until < occupancy.value.since)
        return refuse("occupancy.ends-before", {"until"}, {{"since", format_date(occupancy.value.since)}});
    auto changed = occupancy.value;
    changed.until = until;
    auto plan = occasion.plan();
    plan.change(occupancy.id, occupancy.value, changed);
    if (plan.empty()) return refuse("command.changes-nothing");
    return plan;
}

// Erasure on the lawful request of a person, by the manager or headquarters.
Result<Plan> erase_person(Occasion const& occasion, bool erased_already, AnyId person, std::string const& reason) {
    if (!occasion.roles.meets(parameter_keepers)) return refuse("role.manager-or-headquarters", {"by"});
    if (reason.empty()) return refuse("erasure.reason-missing", {"reason"});
    if (erased_already) return refuse("erasure.done-already", {"owner"});
    auto plan = occasion.plan();
    plan.add(Erasure{person, reason});
    return plan;
}

Result<Plan> reveal(Occasion const& occasion, AnyId record, std::string const& reason) {
    if (occasion.roles.empty()) return refuse("role.any", {"by"});
    if (reason.empty()) return refuse("reveal.reason-missing", {"reason"});
    auto plan = occasion.plan();
    plan.add(Reveal{record, reason});
    return plan;
}

namespace {

// Numbers that only go together in one order.
struct Ordered {
    Parameter lower;
    Parameter upper;
    std::int64_t apart;
    char const* reason;
};
constexpr Ordered ordered[] = {
    {Parameter::desk_opening, Parameter::desk_closing, 1, "parameter.desk-hours"},
    {Parameter::waiting_review_working_days, Parameter::waiting_maximum_working_days, 0, "parameter.waiting-review"},
    {Parameter::rv_reply_default_working_days, Parameter::rv_reply_maximum_working_days, 0, "parameter.reply-default"},
};

// GEN-S5: on the day of the change, and on every later one of which a number is already known.
Result<void> check_order(Parameters parameters, Parameters::Change const& change) {
    parameters.set(change);
    for (auto const& pair : ordered) {
        if (change.parameter != pair.lower && change.parameter != pair.upper) continue;
        std::vector<Date> days{change.effective_from};
        for (auto const parameter : {pair.lower, pair.upper})
            for (auto const& known : parameters.history(parameter))
                if (known.effective_from > change.effective_from) days.push_back(known.effective_from);
        for (auto const day : days)
            if (parameters.at(pair.lower, day) + pair.apart > parameters.at(pair.upper, day))
                return refuse("GEN-S5"_clause, pair.reason, {"value"});
    }
    return {};
}

}  // namespace

// GEN-S5: a number changes for the days to come, never for days gone by.
Result<Plan> set_parameter(Occasion const& occasion, ParameterChange change) {
    if (!occasion.roles.meets(parameter_keepers))
        return refuse("GEN-S5"_clause, "role.manager-or-headquarters", {"by"});
    auto const parameter = find_parameter(change.name);
    if (!parameter) return refuse("GEN-S5"_clause, "parameter.unknown", {"name"}, {{"name", change.name}});
    if (!has_date(change.effective_from)) change.effective_from = date_of(occasion.recorded_at);
    if (change.effective_from < date_of(occasion.recorded_at))
        return refuse("GEN-S5"_clause, "parameter.past", {"effective_from"});
    auto const& row = row_of(*parameter);
    if (!is_lawful(*parameter, change.value))
        return refuse("GEN-S5"_clause, "parameter.out-of-range", {"value"},
                      {{"minimum", std::to_string(row.minimum)}, {"maximum", std::to_string(row.maximum)}});
    static constexpr Stamp newest{~std::uint64_t{0}, ~std::uint64_t{0}};
    if (auto checked = check_order(occasion.parameters, {*parameter, change.value, change.effective_from, newest});
        !checked)
        return tl::unexpected{checked.error()};
    if (change.reason.empty()) return refuse("GEN-S5"_clause, "parameter.reason-missing", {"reason"});
    auto plan = occasion.plan();
    plan.under("GEN-S5"_clause).add(change);
    return plan;
}

// GEN-S5: so does a text, with what it says today kept for today.
Result<Plan> set_wording(Occasion const& occasion, WordingChange change) {
    if (!occasion.roles.meets(parameter_keepers))
        return refuse("GEN-S5"_clause, "role.manager-or-headquarters", {"by"});
    auto const* wording = find_wording(change.name);
    if (!wording) return refuse("GEN-S5"_clause, "wording.unknown", {"name"}, {{"name", change.name}});
    if (!has_date(change.effective_from)) change.effective_from = date_of(occasion.recorded_at);
    if (change.effective_from < date_of(occasion.recorded_at))
        return refuse("GEN-S5"_clause, "wording.past", {"effective_from"});
    change.text = tidied(wording->kind, change.text);
    if (auto const checked = check_wording(*wording, change.text); !checked) return tl::unexpected{checked.error()};
    if (change.reason.empty()) return refuse("GEN-S5"_clause, "wording.reason-missing", {"reason"});
    if (change.text == occasion.wordings.at(*wording, change.effective_from)) return refuse("command.changes-nothing");
    auto plan = occasion.plan();
    plan.under("GEN-S5"_clause).add(change);
    return plan;
}

// GEN-S5: the State Council's notice for a year arrives as it is published, or as data, which is what is kept.
Result<Plan> load_calendar(Occasion const& occasion, CalendarLoad load) {
    if (!occasion.roles.meets(parameter_keepers))
        return refuse("GEN-S5"_clause, "role.manager-or-headquarters", {"by"});
    auto const year = read_calendar_year(load.days);
    if (!year) return refuse("GEN-S5"_clause, "calendar.unreadable", {"days"}, {{"why", year.error()}});
    load.year = year->year;
    if (!parse_calendar_year(load.days)) load.days = format_calendar_year(*year);
    auto plan = occasion.plan();
    plan.under("GEN-S5"_clause).add(load);
    return plan;
}

Result<Plan> settle_conflict(Occasion const& occasion, bool listed, ConflictSettlement settlement) {
    if (!occasion.roles.meets(register_keepers)) return refuse("role.register-keeper", {"by"});
    if (!listed) return refuse("conflict.not-listed", {"record", "field", "losing_ticks", "losing_desk"});
    auto plan = occasion.plan();
    plan.add(settlement);
    return plan;
}

}  // namespace guanjia
