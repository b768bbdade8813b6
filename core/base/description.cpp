#include "core/base/description.h"

#include <cstring>

namespace guanjia {

namespace {

template <class T>
T const& member(Field const& field, void const* object) {
    return *reinterpret_cast<T const*>(static_cast<char const*>(object) + field.offset);
}

template <class T>
T& member(Field const& field, void* object) {
    return *reinterpret_cast<T*>(static_cast<char*>(object) + field.offset);
}

}  // namespace

Field const* Description::find(std::string_view field_name) const {
    for (auto const& field : fields)
        if (field.name == field_name) return &field;
    return nullptr;
}

Field const* Description::find(std::uint16_t field_number) const {
    // Fields are numbered from 1 without gaps until one is retired, so its place is the first guess.
    if (field_number >= 1 && field_number <= fields.size() && fields[field_number - 1u].number == field_number)
        return &fields[field_number - 1u];
    for (auto const& field : fields)
        if (field.number == field_number) return &field;
    return nullptr;
}

Value value_of(Field const& field, void const* object) {
    switch (field.type) {
        case FieldType::integer: {
            auto const number = member<std::int64_t>(field, object);
            return number == 0 ? Value{} : Value{number};
        }
        case FieldType::money: {
            auto const fen = member<Money>(field, object).fen;
            return fen == 0 ? Value{} : Value{fen};
        }
        case FieldType::boolean: return member<bool>(field, object) ? Value{std::int64_t{1}} : Value{};
        case FieldType::choice: {
            auto const chosen = member<std::uint8_t>(field, object);
            return chosen == 0 ? Value{} : Value{static_cast<std::int64_t>(chosen)};
        }
        case FieldType::date: {
            auto const date = member<Date>(field, object);
            return has_date(date) ? Value{to_day_number(date)} : Value{};
        }
        case FieldType::time: {
            auto const time = member<LocalTime>(field, object);
            return has_time(time) ? Value{time.seconds} : Value{};
        }
        case FieldType::text: {
            auto const& text = member<std::string>(field, object);
            return text.empty() ? Value{} : Value{text};
        }
        case FieldType::reference: {
            auto const& id = member<AnyId>(field, object);
            return id ? Value{id} : Value{};
        }
    }
    return {};
}

bool assign(Field const& field, void* object, Value const& value) {
    if (field.type == FieldType::text) {
        if (is_empty(value)) return member<std::string>(field, object).clear(), true;
        auto const* text = std::get_if<std::string>(&value);
        if (!text) return false;
        member<std::string>(field, object) = *text;
        return true;
    }
    if (field.type == FieldType::reference) {
        auto const* id = std::get_if<AnyId>(&value);
        if (!id && !is_empty(value)) return false;
        member<AnyId>(field, object) = id ? *id : AnyId{};
        return true;
    }
    auto const* number = std::get_if<std::int64_t>(&value);
    if (!number && !is_empty(value)) return false;
    switch (field.type) {
        case FieldType::integer: member<std::int64_t>(field, object) = number ? *number : 0; return true;
        case FieldType::money: member<Money>(field, object).fen = number ? *number : 0; return true;
        case FieldType::boolean: member<bool>(field, object) = number && *number != 0; return true;
        case FieldType::choice:
            if (number && (*number < 0 || *number > 255)) return false;
            member<std::uint8_t>(field, object) = number ? static_cast<std::uint8_t>(*number) : std::uint8_t{0};
            return true;
        case FieldType::date: {
            if (!number) return member<Date>(field, object) = no_date, true;
            auto const date = from_day_number(*number);
            if (!date) return false;
            member<Date>(field, object) = *date;
            return true;
        }
        case FieldType::time: member<LocalTime>(field, object) = number ? LocalTime{*number} : no_time; return true;
        default: return false;
    }
}

std::string_view choice_name(std::span<Choice const> choices, std::int64_t value) {
    for (auto const& choice : choices)
        if (choice.value == value) return choice.name;
    return {};
}

}  // namespace guanjia
