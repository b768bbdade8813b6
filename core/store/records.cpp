#include "core/store/records.h"

#include <cassert>

#include <fmt/format.h>

namespace guanjia {

std::string select_records(Description const& kind, std::string_view where) {
    std::string columns = "id, stamp, occurred_at, recorded_by";
    for (auto const& field : kind.fields) columns += fmt::format(", {}", field.name);
    return fmt::format("SELECT {} FROM {} WHERE {}", columns, kind.name, where);
}

std::string select_about(Description const& kind, Voided voided) {
    std::string_view about;
    for (auto const& field : kind.fields)
        if (field.has(subject)) about = field.name;
    assert(!about.empty());
    auto where = fmt::format("{} = ?", about);
    if (voided == Voided::left_out)
        where += fmt::format(" AND id NOT IN (SELECT record FROM voiding WHERE record = {}.id)", kind.name);
    return select_records(kind, where + " ORDER BY occurred_at, stamp, id");
}

StoredHead read_record(Statement const& statement, Description const& kind, void* object) {
    StoredHead head;
    head.id = statement.id(0);
    head.stamp = {static_cast<std::uint64_t>(statement.integer(1)), head.id.incarnation};
    head.occurred_at = LocalTime{statement.integer(2)};
    head.recorded_by = statement.id(3);
    int column = 4;
    // A value out of range came from a peer's file: the field keeps its default, the journal keeps the value.
    for (auto const& field : kind.fields) assign(field, object, statement.value(column++, field.type));
    return head;
}

bool is_void(Database& database, AnyId record) {
    auto statement = database.prepare("SELECT 1 FROM voiding WHERE record = ?");
    statement.bind(record);
    return statement.step();
}

}  // namespace guanjia
