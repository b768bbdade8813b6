#pragma once
// Rows back into structs, by their descriptions.

#include <optional>
#include <string>
#include <vector>

#include "core/base/description.h"
#include "core/base/stored.h"
#include "core/store/database.h"

namespace guanjia {

// What a row of any kind has in common.
struct StoredHead {
    AnyId id;
    Stamp stamp;
    LocalTime occurred_at = no_time;
    AnyId recorded_by;
};

// "SELECT id, stamp, occurred_at, recorded_by, <fields> FROM <kind> WHERE <where>", kept for the statement cache.
std::string select_records(Description const& kind, std::string_view where);
// Columns id, stamp, occurred_at, recorded_by and the fields, from `column` on.
StoredHead read_record(Statement const& statement, Description const& kind, void* object);

template <class Entity>
Stored<Entity> read_stored(Statement const& statement) {
    Stored<Entity> stored;
    auto const head = read_record(statement, Entity::description, &stored.value);
    stored.id = Id<Entity>{head.id};
    stored.stamp = head.stamp;
    stored.occurred_at = head.occurred_at;
    stored.recorded_by = head.recorded_by;
    return stored;
}

template <class Entity>
std::optional<Stored<Entity>> load(Database& database, Id<Entity> id) {
    static std::string const sql = select_records(Entity::description, "id = ?");
    auto statement = database.prepare(sql);
    statement.bind(id.any);
    if (!statement.step()) return std::nullopt;
    return read_stored<Entity>(statement);
}

// Whether facts that are void are to be left out; where none are, the question need not be asked of each.
enum class Voided { none_there, left_out };

// The facts of one kind about a subject, in the order in which they happened (then of their stamps). The kind's field
// that is flagged `subject` says what a fact is about.
std::string select_about(Description const& kind, Voided voided);

template <class Entity>
std::vector<Stored<Entity>> load_about(Database& database, AnyId subject, Voided voided) {
    static std::string const with_all = select_about(Entity::description, Voided::none_there);
    static std::string const without_void = select_about(Entity::description, Voided::left_out);
    auto statement = database.prepare(voided == Voided::none_there ? with_all : without_void);
    statement.bind(subject);
    std::vector<Stored<Entity>> found;
    while (statement.step()) found.push_back(read_stored<Entity>(statement));
    return found;
}

bool is_void(Database& database, AnyId record);

}  // namespace guanjia
