#include "core/base/money.h"

#include <fmt/format.h>

namespace guanjia {

std::optional<Money> parse_money(std::string_view text) {
    auto const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    auto const decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || decimals.size() > 2 || (point != std::string_view::npos && decimals.empty()))
        return std::nullopt;

    auto const grouped = whole.find(',') != std::string_view::npos;
    std::int64_t fen = 0;
    for (std::size_t index = 0; index < whole.size(); ++index) {
        // Counted from the right, every fourth place of a grouped number is a comma.
        auto const comma = grouped && (whole.size() - index) % 4 == 0;
        if (comma != (whole[index] == ',') || (comma && index == 0)) return std::nullopt;
        if (comma) continue;
        if (whole[index] < '0' || whole[index] > '9') return std::nullopt;
        fen = fen * 10 + (whole[index] - '0');
        if (fen > money_limit_fen / 100) return std::nullopt;
    }
    fen *= 100;
    std::int64_t unit = 10;
    for (auto const digit : decimals) {
        if (digit < '0' || digit > '9') return std::nullopt;
        fen += (digit - '0') * unit;
        unit /= 10;
    }
    return Money{negative ? -fen : fen};
}

std::string format_money(Money money) {
    auto const magnitude =
        money.fen < 0 ? 0 - static_cast<std::uint64_t>(money.fen) : static_cast<std::uint64_t>(money.fen);
    return fmt::format("{}{}.{:02}", money.fen < 0 ? "-" : "", magnitude / 100, magnitude % 100);
}

}  // namespace guanjia
