#include "core/store/query.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"

namespace guanjia {

namespace {

// "1 6" → "butler manager".
std::string named_choices(std::span<Choice const> choices, std::string_view numbers) {
    std::string names;
    while (!numbers.empty()) {
        std::int64_t number = 0;
        auto const end = std::from_chars(numbers.data(), numbers.data() + numbers.size(), number).ptr;
        auto const name = choice_name(choices, number);
        names += names.empty() ? "" : " ";
        names += name.empty() ? std::to_string(number) : std::string{name};
        numbers.remove_prefix(std::min(numbers.size(), static_cast<std::size_t>(end - numbers.data()) + 1));
    }
    return names;
}

}  // namespace

Cell cell_of(Field const& field, Value const& value) {
    if (is_empty(value)) return field.type == FieldType::boolean ? Cell{Cell::Kind::boolean, "false"} : Cell{};
    auto text = format_value(field, value);
    if (field.type == FieldType::boolean) return {Cell::Kind::boolean, std::move(text)};
    if (field.type == FieldType::integer) return {Cell::Kind::number, std::move(text)};
    if (field.type == FieldType::text && !field.choices.empty()) text = named_choices(field.choices, text);
    if (field.has(masked)) text = mask(text);
    return text.empty() ? Cell{} : Cell{Cell::Kind::text, std::move(text)};
}

std::string mask(std::string_view text) {
    constexpr std::size_t head = 3;
    constexpr std::size_t tail = 4;
    if (text.size() >= head + tail + 3)
        return std::string{text.substr(0, head)} + "****" + std::string{text.substr(text.size() - tail)};
    if (text.size() <= 2) return std::string(text.size(), '*');
    return std::string(text.size() - 2, '*') + std::string{text.substr(text.size() - 2)};
}

void run_query(Database& database, QuerySpec const& query, LocalTime at, std::span<GivenArgument const> given,
               std::int64_t limit, std::function<void(Row const&)> const& row) {
    std::string sql{query.select};
    for (auto const& argument : given) sql += " AND " + std::string{argument.argument->condition};
    sql += " " + std::string{query.order} + " LIMIT ?";
    auto statement = database.prepare(sql);
    statement.bind(at.seconds);
    for (auto const& argument : given) statement.bind(argument.value);
    statement.bind(limit);
    while (statement.step()) {
        Row cells;
        cells.reserve(query.columns.size());
        for (std::size_t index = 0; index < query.columns.size(); ++index)
            cells.emplace_back(
                query.columns[index].name,
                cell_of(query.columns[index], statement.value(static_cast<int>(index), query.columns[index].type)));
        row(cells);
    }
}

}  // namespace guanjia
