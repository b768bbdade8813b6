#include "core/store/conflicts.h"

#include "core/base/text.h"
#include "core/store/query.h"

namespace guanjia {

namespace {

// A change that no other change saw and that is not the newest: somebody's word was overruled unseen.
constexpr char const* open_conflicts_sql =
    "SELECT c.entity, c.kind, c.field, c.ticks, c.desk, c.value, (SELECT w.value FROM attribute_change w WHERE "
    "w.entity = "
    "c.entity AND w.field = c.field ORDER BY w.ticks DESC, w.desk DESC LIMIT 1) FROM attribute_change c WHERE NOT "
    "EXISTS "
    "(SELECT 1 FROM attribute_change n WHERE n.entity = c.entity AND n.field = c.field AND n.replaced_ticks = c.ticks "
    "AND "
    "n.replaced_desk = c.desk) AND EXISTS (SELECT 1 FROM attribute_change w WHERE w.entity = c.entity AND w.field = "
    "c.field "
    "AND (w.ticks > c.ticks OR (w.ticks = c.ticks AND w.desk > c.desk))) AND NOT EXISTS (SELECT 1 FROM "
    "conflict_settlement s "
    "WHERE s.record = c.entity AND s.field = c.field AND s.losing_ticks = c.ticks AND s.losing_desk = printf('%016x', "
    "c.desk)) "
    "ORDER BY c.ticks, c.desk, c.entity, c.field";

std::string shown(Statement const& row, int column, Field const* field) {
    if (!field) return std::string{row.text(column)};
    return cell_of(*field, row.value(column, field->type)).text;
}

}  // namespace

std::vector<Conflict> open_conflicts(Database& database, Schema const& schema) {
    auto row = database.prepare(open_conflicts_sql);
    std::vector<Conflict> conflicts;
    while (row.step()) {
        auto const* kind = schema.find(static_cast<std::uint16_t>(row.integer(1)));
        auto const* field = kind ? kind->find(static_cast<std::uint16_t>(row.integer(2))) : nullptr;
        Conflict conflict;
        conflict.record = row.id(0);
        conflict.kind = kind ? std::string{kind->name} : std::to_string(row.integer(1));
        conflict.field = field ? std::string{field->name} : std::to_string(row.integer(2));
        conflict.field_number = static_cast<std::uint16_t>(row.integer(2));
        conflict.described = field;
        conflict.losing = {static_cast<std::uint64_t>(row.integer(3)), static_cast<Incarnation>(row.integer(4))};
        conflict.losing_value = shown(row, 5, field);
        conflict.kept_value = shown(row, 6, field);
        conflicts.push_back(std::move(conflict));
    }
    return conflicts;
}

bool is_open_conflict(Database& database, AnyId record, std::int64_t field, std::uint64_t losing_ticks,
                      std::string_view losing_desk) {
    auto row = database.prepare(open_conflicts_sql);
    while (row.step())
        if (row.id(0) == record && row.integer(2) == field &&
            static_cast<std::uint64_t>(row.integer(3)) == losing_ticks &&
            format_incarnation(static_cast<Incarnation>(row.integer(4))) == losing_desk)
            return true;
    return false;
}

}  // namespace guanjia
