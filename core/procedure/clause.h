#pragma once
// The id of a clause of the procedures, checked when the program is compiled: "RV-4.1"_clause.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "generated/clauses.h"

namespace guanjia {

class Clause {
public:
    // The first clause; only for containers.
    constexpr Clause() = default;
    constexpr std::string_view id() const { return clause_rows[index_].id; }
    constexpr ClauseRow const& row() const { return clause_rows[index_]; }

    friend constexpr bool operator==(Clause const&, Clause const&) = default;
    // In the order of the procedures.
    friend constexpr auto operator<=>(Clause const&, Clause const&) = default;
    friend constexpr std::optional<Clause> find_clause(std::string_view id);

private:
    constexpr explicit Clause(std::uint16_t index) : index_{index} {}
    std::uint16_t index_ = 0;
};

constexpr std::optional<Clause> find_clause(std::string_view id) {
    for (std::size_t index = 0; index < sizeof(clause_rows) / sizeof(clause_rows[0]); ++index)
        if (clause_rows[index].id == id) return Clause{static_cast<std::uint16_t>(index)};
    return std::nullopt;
}

inline namespace literals {
// Does not compile for an id that the catalogue does not have.
consteval Clause operator""_clause(char const* id, std::size_t length) { return find_clause({id, length}).value(); }
}  // namespace literals

}  // namespace guanjia
