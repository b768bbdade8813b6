#pragma once
// A query is data: a name, SQL for its view rows, what may be asked for, and a description of its columns. Values are
// formatted by the columns (dates as dates, money as yuan, choices by name, masked fields masked), so that the command
// line, CSV and the interface show the same.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/description.h"
#include "core/procedure/refusal.h"
#include "core/store/database.h"

namespace guanjia {

// A value as people and scripts read it.
struct Cell {
    enum class Kind { none, number, boolean, text };
    Kind kind = Kind::none;
    std::string text;
    friend bool operator==(Cell const&, Cell const&) = default;
};
using Row = std::vector<std::pair<std::string_view, Cell>>;

// A column of a view row, or an argument of a query.
constexpr Field column(std::string_view name, FieldType type, FieldFlags flags = plain) {
    return {0, name, type, flags, 0, {}, nullptr};
}
template <class Enum>
constexpr Field choice_column(std::string_view name) {
    return {0, name, FieldType::choice, plain, 0, choices_of<Enum>, nullptr};
}
// Several values of a choice, as text of their numbers with spaces between.
template <class Enum>
constexpr Field choice_list_column(std::string_view name) {
    return {0, name, FieldType::text, plain, 0, choices_of<Enum>, nullptr};
}
template <class Entity>
constexpr Field reference_column(std::string_view name) {
    return {0, name, FieldType::reference, plain, 0, {}, &Entity::description};
}

struct QueryArgument {
    Field field;
    std::string_view condition;  // SQL with one '?', such as "t.kind = ?"
};

struct QuerySpec {
    std::string_view name;
    // SELECT … FROM … WHERE …, to which conditions are added by AND. ?1 is the time asked about, in seconds.
    std::string_view select;
    std::string_view order;  // GROUP BY, ORDER BY
    std::span<QueryArgument const> arguments;
    std::span<Field const> columns;  // in the order of SELECT
};

struct GivenArgument {
    QueryArgument const* argument;
    Value value;
};

void run_query(Database& database, QuerySpec const& query, LocalTime at, std::span<GivenArgument const> given,
               std::int64_t limit, std::function<void(Row const&)> const& row);

Cell cell_of(Field const& field, Value const& value);
// "138****1234"; all but the last two characters of what is too short for that.
std::string mask(std::string_view text);

}  // namespace guanjia
