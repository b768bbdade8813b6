#include "core/base/id.h"

#include <fmt/format.h>
#include <charconv>

namespace guanjia {

std::string format_incarnation(Incarnation incarnation) { return fmt::format("{:016x}", incarnation); }

std::optional<Incarnation> parse_incarnation(std::string_view text) {
    if (text.size() != 16) return std::nullopt;
    Incarnation value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
    return value;
}

std::string format_id(AnyId id) { return fmt::format("{:016x}-{}", id.incarnation, id.counter); }

std::optional<AnyId> parse_id(std::string_view text) {
    if (text.size() < 18 || text[16] != '-') return std::nullopt;
    auto const incarnation = parse_incarnation(text.substr(0, 16));
    if (!incarnation) return std::nullopt;
    auto const digits = text.substr(17);
    std::uint64_t counter = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), counter);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (counter >= entry_number_limit * facts_per_entry) return std::nullopt;
    return AnyId{*incarnation, counter};
}

}  // namespace guanjia
