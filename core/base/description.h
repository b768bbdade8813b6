#pragma once
// One description per entity, step, command and view row: a constant table of its fields, walked by ordinary code.
// Tables, journal, archive, JSON, CSV and forms all follow from it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/date.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/base/value.h"

namespace guanjia {

enum class FieldType : std::uint8_t { integer, money, date, time, boolean, text, choice, reference };

enum FieldFlags : std::uint16_t {
    plain = 0,
    personal = 1 << 0,      // enters the hash salted; can be erased
    masked = 1 << 1,        // shown masked until a recorded reveal
    attribute = 1 << 2,     // may be changed later; the newest stamp wins
    indexed = 1 << 3,       // gets an index
    required = 1 << 4,      // a command without it is refused as incomplete
    subject = 1 << 5,       // the record that this fact is about: its state and duties are derived again
    key = 1 << 6,           // the number or code by which people name the record
    data_subject = 1 << 7,  // the person whom the personal fields of this fact are about
    long_text = 1 << 8,     // up to long_text_limit instead of text_limit bytes
};
constexpr FieldFlags operator|(FieldFlags left, FieldFlags right) {
    return static_cast<FieldFlags>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}

// Longest text of a field in bytes of UTF-8.
inline constexpr std::size_t text_limit = 400;
inline constexpr std::size_t long_text_limit = 8192;

struct Choice {
    std::int64_t value;
    std::string_view name;
};
// Specialised beside every enum that a description uses; value 0 is "none" and has no name.
template <class Enum>
inline constexpr std::span<Choice const> choices_of{};

struct Description;

struct Field {
    std::uint16_t number;  // never reused within its description
    std::string_view name;
    FieldType type;
    FieldFlags flags;
    std::size_t offset;
    std::span<Choice const> choices;  // of a choice
    Description const* target;        // of a reference; null when it may name several kinds

    constexpr bool has(FieldFlags flag) const { return (flags & flag) != 0; }
};

struct Description {
    std::uint16_t number;   // never reused; 0 for commands and view rows, which archives do not carry
    std::string_view name;  // lower case with underscores: table name and JSON name
    std::span<Field const> fields;

    Field const* find(std::string_view field_name) const;
    Field const* find(std::uint16_t field_number) const;
};

namespace detail {
template <class T>
struct is_id : std::false_type {};
template <class Entity>
struct is_id<Id<Entity>> : std::true_type {
    using entity = Entity;
};

template <class T>
constexpr FieldType type_of() {
    if constexpr (std::is_same_v<T, bool>) return FieldType::boolean;
    else if constexpr (std::is_same_v<T, std::int64_t>) return FieldType::integer;
    else if constexpr (std::is_same_v<T, Money>) return FieldType::money;
    else if constexpr (std::is_same_v<T, Date>) return FieldType::date;
    else if constexpr (std::is_same_v<T, LocalTime>) return FieldType::time;
    else if constexpr (std::is_same_v<T, std::string>) return FieldType::text;
    else if constexpr (std::is_enum_v<T>) {
        static_assert(sizeof(T) == 1, "a choice is an enum of one byte");
        return FieldType::choice;
    } else {
        static_assert(std::is_same_v<T, AnyId> || is_id<T>::value, "a field of a type that descriptions do not know");
        return FieldType::reference;
    }
}
}  // namespace detail

template <class Member>
constexpr Field describe_field(std::uint16_t number, std::string_view name, std::size_t offset,
                               FieldFlags flags = plain) {
    Field field{number, name, detail::type_of<Member>(), flags, offset, {}, nullptr};
    if constexpr (std::is_enum_v<Member>) field.choices = choices_of<Member>;
    if constexpr (detail::is_id<Member>::value) field.target = &detail::is_id<Member>::entity::description;
    return field;
}

// GUANJIA_FIELD(Ticket, 3, category, indexed): the field's type, name and place come from the member itself.
#define GUANJIA_FIELD(Struct, number, member, ...)                       \
    ::guanjia::describe_field<decltype(Struct::member)>(number, #member, \
                                                        offsetof(Struct, member) __VA_OPT__(, ) __VA_ARGS__)

// Reading and writing a field of an object that its description describes.
Value value_of(Field const& field, void const* object);
// False when the value is of another type or outside the field's range; the object is then unchanged.
bool assign(Field const& field, void* object, Value const& value);

// The name of a choice's value; empty for none and for values of a newer version.
std::string_view choice_name(std::span<Choice const> choices, std::int64_t value);
template <class Enum>
std::string_view name_of(Enum value) {
    return choice_name(choices_of<Enum>, static_cast<std::int64_t>(value));
}

}  // namespace guanjia
