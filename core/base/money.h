#pragma once
// Money in fen (1 yuan = 100 fen). Never a floating-point number.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guanjia {

struct Money {
    std::int64_t fen = 0;

    friend constexpr bool operator==(Money const&, Money const&) = default;
    friend constexpr auto operator<=>(Money const&, Money const&) = default;
    friend constexpr Money operator+(Money left, Money right) { return {left.fen + right.fen}; }
    friend constexpr Money operator-(Money left, Money right) { return {left.fen - right.fen}; }
};

// Largest amount that a person can type: 100 billion yuan.
inline constexpr std::int64_t money_limit_fen = 10'000'000'000'000;

// Yuan: "1234.5", "1,234.50", "-3". At most two decimals; commas only between groups of three digits. Nothing else.
std::optional<Money> parse_money(std::string_view text);
// "1234.50"
std::string format_money(Money money);

}  // namespace guanjia
