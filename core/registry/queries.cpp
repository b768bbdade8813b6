#include "core/registry/queries.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "core/registry/commands.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

constexpr QueryArgument staff_arguments[] = {
    {column("code", FieldType::text), "s.code = ?"},
    {column("department", FieldType::text), "s.department = ?"},
};
constexpr Field staff_columns[] = {
    column("id", FieldType::reference),    column("code", FieldType::text),    column("name", FieldType::text),
    column("department", FieldType::text), column("left", FieldType::boolean), choice_list_column<Role>("roles"),
};
constexpr Field role_columns[] = {
    column("staff", FieldType::text),
    choice_column<Role>("role"),
    column("granted", FieldType::boolean),
    column("since", FieldType::time),
};
constexpr QueryArgument unit_arguments[] = {
    {column("code", FieldType::text), "u.code = ?"},
    {column("building", FieldType::text), "u.building = ?"},
};
constexpr Field unit_columns[] = {
    column("id", FieldType::reference),
    column("code", FieldType::text),
    column("building", FieldType::text),
    choice_column<UnitKind>("kind"),
};
constexpr QueryArgument owner_arguments[] = {
    {column("name", FieldType::text), "o.name = ?"},
    {reference_column<Unit>("unit"), "y.unit = ?"},
};
constexpr Field owner_columns[] = {
    column("id", FieldType::reference),       column("name", FieldType::text),
    column("phone", FieldType::text, masked), column("unit", FieldType::text),
    choice_column<Relation>("relation"),      column("since", FieldType::date),
    column("until", FieldType::date),         column("occupancy", FieldType::reference),
};
constexpr QuerySpec queries[] = {
    {"staff",
     "SELECT s.id, s.code, s.name, s.department, s.left, (SELECT group_concat(role, ' ') FROM (SELECT role FROM "
     "(SELECT role, "
     "granted, max(stamp), id FROM role_grant WHERE staff = s.id GROUP BY role) WHERE granted ORDER BY role)) FROM "
     "staff_member s "
     "WHERE ?1 = ?1",
     "ORDER BY s.code, s.id", staff_arguments, staff_columns},
    {"roles",
     "SELECT s.code, g.role, g.granted, g.occurred_at FROM role_grant g JOIN staff_member s ON s.id = g.staff WHERE ?1 "
     "= ?1",
     "ORDER BY s.code, g.stamp, g.id",
     {},
     role_columns},
    {"units", "SELECT u.id, u.code, u.building, u.kind FROM unit u WHERE ?1 = ?1", "ORDER BY u.code, u.id",
     unit_arguments, unit_columns},
    {"owners",
     "SELECT o.id, o.name, o.phone, u.code, y.relation, y.since, y.until, y.id FROM owner o LEFT JOIN occupancy y ON "
     "y.owner = o.id "
     "LEFT JOIN unit u ON u.id = y.unit WHERE ?1 = ?1",
     "ORDER BY u.code, o.id, y.id", owner_arguments, owner_columns},
};

bool exists(Database& database, std::string_view sql, std::string const& text) {
    auto statement = database.prepare(sql);
    statement.bind_text(text);
    return statement.step();
}

}  // namespace

std::span<QuerySpec const> registry_queries() { return queries; }

std::vector<PersonLine> person_lines(Database& database) {
    auto statement = database.prepare("SELECT id, code, name, department, left FROM staff_member ORDER BY code, id");
    std::vector<PersonLine> lines;
    while (statement.step()) {
        auto const id = statement.id(0);
        lines.push_back({id, std::string{statement.text(1)}, std::string{statement.text(2)},
                         std::string{statement.text(3)}, statement.integer(4) != 0,
                         roles_of(database, Id<StaffMember>{id})});
    }
    return lines;
}

std::string staff_name(Database& database, AnyId staff) {
    auto statement = database.prepare("SELECT name FROM staff_member WHERE id = ?");
    statement.bind(staff);
    return statement.step() ? std::string{statement.text(0)} : std::string{};
}

std::vector<UnitLine> unit_lines(Database& database) {
    auto statement = database.prepare("SELECT id, code, kind FROM unit");
    std::vector<UnitLine> lines;
    while (statement.step())
        lines.push_back({statement.id(0), std::string{statement.text(1)}, static_cast<UnitKind>(statement.integer(2))});
    // Sorted here: in the order of its index SQLite would fetch thousands of rows one by one.
    std::sort(lines.begin(), lines.end(), [](UnitLine const& left, UnitLine const& right) {
        return std::tie(left.code, left.id) < std::tie(right.code, right.id);
    });
    return lines;
}

namespace {

Date date_or_none(Statement const& statement, int column) {
    if (statement.is_null(column)) return no_date;
    return from_day_number(statement.integer(column)).value_or(no_date);
}

}  // namespace

// Of thousands three runs put together here take half the time in which SQLite joins row by row.
std::vector<OwnerLine> owner_lines(Database& database, std::span<UnitLine const> units, Date on) {
    std::unordered_map<AnyId, std::string const*> codes;
    codes.reserve(units.size());
    for (auto const& unit : units) codes.emplace(unit.id, &unit.code);
    std::unordered_map<AnyId, OwnerLine> owners;
    auto people = database.prepare("SELECT id, name, phone FROM owner");
    while (people.step()) {
        auto const id = people.id(0);
        owners.emplace(id, OwnerLine{id, std::string{people.text(1)}, mask(people.text(2)), {}, {}});
    }
    auto erasures = database.prepare("SELECT data_subject FROM erasure");
    while (erasures.step()) owners.erase(erasures.id(0));

    std::vector<OwnerLine> lines;
    lines.reserve(owners.size());
    std::unordered_set<AnyId> housed;
    auto homes = database.prepare(
        "SELECT owner, unit, relation, id, since FROM occupancy WHERE (since IS NULL OR since <= ?1) AND (until IS "
        "NULL OR until >= ?1)");
    homes.bind(to_day_number(on));
    while (homes.step()) {
        auto const owner = owners.find(homes.id(0));
        if (owner == owners.end()) continue;
        housed.insert(owner->first);
        auto& line = lines.emplace_back(owner->second);
        line.unit_id = homes.id(1);
        if (auto const code = codes.find(line.unit_id); code != codes.end()) line.unit = *code->second;
        line.relation = static_cast<Relation>(homes.integer(2));
        line.occupancy = homes.id(3);
        line.since = date_or_none(homes, 4);
    }
    for (auto& [id, line] : owners)
        if (housed.count(id) == 0) lines.push_back(std::move(line));
    std::sort(lines.begin(), lines.end(), [](OwnerLine const& left, OwnerLine const& right) {
        auto const order = [](OwnerLine const& line) {
            return std::tuple{line.unit.empty(), std::string_view{line.unit}, line.id, line.occupancy};
        };
        return order(left) < order(right);
    });
    return lines;
}

std::vector<OwnerLine> lines_of_owner(Database& database, Id<Owner> owner, Date on) {
    auto statement = database.prepare(
        "SELECT o.id, o.name, o.phone, y.unit, u.code, y.relation, y.id, y.since FROM owner o LEFT JOIN occupancy y ON "
        "y.owner = o.id AND (y.since IS NULL OR y.since <= ?1) AND (y.until IS NULL OR y.until >= ?1) LEFT JOIN unit u "
        "ON u.id = y.unit WHERE NOT EXISTS (SELECT 1 FROM erasure WHERE data_subject = o.id) AND o.id = ?2 ORDER BY "
        "u.code IS NULL, u.code, o.id, y.id");
    statement.bind(to_day_number(on)).bind(owner.any);
    std::vector<OwnerLine> lines;
    while (statement.step())
        lines.push_back({statement.id(0), std::string{statement.text(1)}, mask(statement.text(2)), statement.id(3),
                         std::string{statement.text(4)}, static_cast<Relation>(statement.integer(5)), statement.id(6),
                         date_or_none(statement, 7)});
    return lines;
}

std::vector<Occupant> occupants(Database& database) {
    auto statement = database.prepare(
        "SELECT o.id, o.name, o.phone, y.unit FROM owner o LEFT JOIN occupancy y ON y.owner = o.id AND y.until IS NULL "
        "WHERE o.name IS NOT NULL");
    std::vector<Occupant> found;
    while (statement.step())
        found.push_back({statement.id(0), std::string{statement.text(1)}, std::string{statement.text(2)},
                         statement.is_null(3) ? AnyId{} : statement.id(3)});
    return found;
}

bool staff_code_taken(Database& database, std::string const& code) {
    return exists(database, "SELECT 1 FROM staff_member WHERE code = ?", code);
}

bool unit_code_taken(Database& database, std::string const& code) {
    return exists(database, "SELECT 1 FROM unit WHERE code = ?", code);
}

bool is_erased(Database& database, AnyId person) {
    auto statement = database.prepare("SELECT 1 FROM erasure WHERE data_subject = ?");
    statement.bind(person);
    return statement.step();
}

std::string phone_of(Database& database, Id<Owner> owner) {
    auto const found = load(database, owner);
    return found ? found->value.phone : std::string{};
}

RoleSet roles_of(Database& database, Id<StaffMember> staff) {
    auto statement = database.prepare("SELECT role, granted FROM role_grant WHERE staff = ? ORDER BY stamp, id");
    statement.bind(staff.any);
    RoleSet roles;
    while (statement.step()) {
        auto const role = static_cast<Role>(statement.integer(0));
        if (statement.integer(0) < 1 || statement.integer(0) > 31) continue;  // a role of a newer version
        if (statement.integer(1) != 0) roles.add(role);
        else roles.remove(role);
    }
    return roles;
}

bool is_setting_up(Database& database) {
    auto statement = database.prepare("SELECT 1 FROM role_grant WHERE role = ? AND granted LIMIT 1");
    statement.bind(static_cast<std::int64_t>(Role::manager));
    return !statement.step();
}

bool is_last_manager(Database& database, Id<StaffMember> staff) {
    auto is_manager = false;
    for (auto const& person : person_lines(database)) {
        if (person.left || !person.roles.has(Role::manager)) continue;
        if (person.id != staff.any) return false;
        is_manager = true;
    }
    return is_manager;
}

}  // namespace guanjia
