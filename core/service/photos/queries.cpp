#include "core/service/photos/queries.h"

#include "core/service/model.h"
#include "core/service/photos/model.h"

namespace guanjia {

namespace {

constexpr QueryArgument photo_arguments[] = {
    {reference_column<Ticket>("ticket"), "p.ticket = ?"},
};
constexpr Field photo_columns[] = {
    column("id", FieldType::reference), column("ticket", FieldType::text), column("occurred_at", FieldType::time),
    column("by", FieldType::text),      column("hash", FieldType::text),   column("bytes", FieldType::integer),
};
constexpr QuerySpec queries[] = {
    {"photos",
     "SELECT p.id, t.number, p.occurred_at, b.code, p.hash, p.bytes FROM photo p JOIN ticket t ON t.id = "
     "p.ticket LEFT JOIN staff_member b ON b.id = p.recorded_by WHERE ?1 = ?1 AND NOT EXISTS (SELECT 1 FROM voiding "
     "WHERE record IN (p.id, p.ticket))",
     "ORDER BY p.occurred_at, p.stamp, p.id", photo_arguments, photo_columns},
};

bool any(Database& database, char const* sql, Hash const& hash) {
    auto const text = format_hash(hash);
    auto statement = database.prepare(sql);
    statement.bind_text(text);
    return statement.step();
}

}  // namespace

std::span<QuerySpec const> photo_queries() { return queries; }

std::vector<Hash> photos_in(Database& database, Incarnation incarnation, EntryRange range) {
    auto statement = database.prepare(
        "SELECT p.hash FROM photo p WHERE p.id >= ? AND p.id < ? AND p.hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
        "voiding WHERE record IN (p.id, p.ticket)) GROUP BY p.hash ORDER BY min(p.id)");
    statement.bind(id_of_fact(incarnation, range.first, 0)).bind(id_of_fact(incarnation, range.last + 1, 0));
    std::vector<Hash> found;
    while (statement.step())
        if (auto const hash = parse_hash(statement.text(0))) found.push_back(*hash);
    return found;
}

bool is_photo_wanted(Database& database, Hash const& hash) {
    return any(database,
               "SELECT 1 FROM photo p WHERE p.hash = ? AND NOT EXISTS (SELECT 1 FROM voiding WHERE record IN (p.id, "
               "p.ticket))",
               hash);
}

bool is_photo_named(Database& database, Hash const& hash) {
    return any(database, "SELECT 1 FROM photo WHERE hash = ?", hash);
}

}  // namespace guanjia
