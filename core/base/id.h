#pragma once
// Identity. An id names the desk incarnation that gave it out and a counter within it, so that desks which never met
// cannot give the same id twice. The counter holds the journal entry that created the thing and its place in that
// entry: number * facts_per_entry + place. Archives freeze this (docs/decisions/0001-identity.md).

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace guanjia {

// One life of one database: random 64 bits, new at every init, restore and move. 0 is none.
using Incarnation = std::uint64_t;

// An entry creates at most this many facts.
inline constexpr std::uint64_t facts_per_entry = 4096;
// Entry numbers stay below this, so that a counter fits 53 bits (JSON) and a signed 64-bit column.
inline constexpr std::uint64_t entry_number_limit = std::uint64_t{1} << 40;

struct AnyId {
    Incarnation incarnation = 0;
    std::uint64_t counter = 0;

    constexpr explicit operator bool() const { return incarnation != 0; }
    friend constexpr bool operator==(AnyId const&, AnyId const&) = default;
    friend constexpr auto operator<=>(AnyId const&, AnyId const&) = default;

    constexpr std::uint64_t entry_number() const { return counter / facts_per_entry; }
    constexpr std::uint64_t place() const { return counter % facts_per_entry; }
};

constexpr AnyId id_of_fact(Incarnation incarnation, std::uint64_t entry_number, std::uint64_t place) {
    return {incarnation, entry_number * facts_per_entry + place};
}

// What the calendar gives rise to, such as the week whose repairs are drawn from, has an id that every desk makes alike
// and none gives out. kind: the number of the description that says what it is; first_day: days since 1970.
inline constexpr Incarnation calendar_incarnation = 1;
constexpr AnyId id_of_period(std::uint16_t kind, std::int64_t first_day) {
    return {calendar_incarnation, std::uint64_t{kind} << 32 | static_cast<std::uint32_t>(first_day)};
}
constexpr bool is_period(AnyId id) { return id.incarnation == calendar_incarnation; }
constexpr std::uint16_t kind_of_period(AnyId id) { return static_cast<std::uint16_t>(id.counter >> 32); }
constexpr std::int64_t first_day_of_period(AnyId id) { return static_cast<std::int32_t>(id.counter); }

// "0123456789abcdef-4097": sixteen hexadecimal digits, a dash, the counter.
std::string format_id(AnyId id);
std::optional<AnyId> parse_id(std::string_view text);
std::string format_incarnation(Incarnation incarnation);
std::optional<Incarnation> parse_incarnation(std::string_view text);

// An id that knows what it names.
template <class Entity>
struct Id {
    AnyId any;

    constexpr explicit operator bool() const { return static_cast<bool>(any); }
    friend constexpr bool operator==(Id const&, Id const&) = default;
    friend constexpr auto operator<=>(Id const&, Id const&) = default;
};

}  // namespace guanjia

template <>
struct std::hash<guanjia::AnyId> {
    std::size_t operator()(guanjia::AnyId const& id) const noexcept {
        return static_cast<std::size_t>(id.incarnation ^ (id.counter * 0x9E3779B97F4A7C15ULL));
    }
};
