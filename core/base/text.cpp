#include "core/base/text.h"

#include <charconv>

namespace guanjia {

namespace {

// Length of the UTF-8 sequence that starts here, 0 when it is not one (overlong, surrogate, cut short).
std::size_t sequence_length(std::string_view text) {
    auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    auto const follows = [&](std::size_t index) { return index < text.size() && (byte(index) & 0xC0) == 0x80; };
    auto const first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (!follows(1) || !follows(2)) return 0;
        if (first == 0xE0 && byte(1) < 0xA0) return 0;
        if (first == 0xED && byte(1) > 0x9F) return 0;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (!follows(1) || !follows(2) || !follows(3)) return 0;
        if (first == 0xF0 && byte(1) < 0x90) return 0;
        if (first == 0xF4 && byte(1) > 0x8F) return 0;
        return 4;
    }
    return 0;
}

constexpr std::string_view ideographic_space = "\xE3\x80\x80";

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

bool is_clean_text(std::string_view text) {
    while (!text.empty()) {
        auto const first = static_cast<unsigned char>(text.front());
        if ((first < 0x20 && first != '\n' && first != '\t') || first == 0x7F) return false;
        auto const length = sequence_length(text);
        if (length == 0) return false;
        // C1 control characters.
        if (length == 2 && first == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    auto const blank = [](char character) {
        return character == ' ' || character == '\n' || character == '\t' || character == '\r';
    };
    for (;;) {
        if (!text.empty() && blank(text.front())) text.remove_prefix(1);
        else if (!text.empty() && blank(text.back())) text.remove_suffix(1);
        else if (text.starts_with(ideographic_space)) text.remove_prefix(ideographic_space.size());
        else if (text.ends_with(ideographic_space)) text.remove_suffix(ideographic_space.size());
        else return text;
    }
}

std::string format_value(Field const& field, Value const& value) {
    if (auto const* text = std::get_if<std::string>(&value)) return *text;
    if (auto const* id = std::get_if<AnyId>(&value)) return format_id(*id);
    auto const* number = std::get_if<std::int64_t>(&value);
    if (!number) return {};
    switch (field.type) {
        case FieldType::money: return format_money(Money{*number});
        case FieldType::boolean: return *number != 0 ? "true" : "false";
        case FieldType::time: return format_time(LocalTime{*number});
        case FieldType::date: {
            auto const date = from_day_number(*number);
            return date ? format_date(*date) : std::string{};
        }
        case FieldType::choice: {
            if (*number == 0) return {};
            auto const name = choice_name(field.choices, *number);
            return name.empty() ? std::to_string(*number) : std::string{name};
        }
        default: return std::to_string(*number);
    }
}

std::optional<Value> parse_value(Field const& field, std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return Value{};
    switch (field.type) {
        case FieldType::text:
            if (text.size() > (field.has(long_text) ? long_text_limit : text_limit) || !is_clean_text(text))
                return std::nullopt;
            return Value{std::string{text}};
        case FieldType::integer:
            if (auto const number = parse_integer(text)) return Value{*number};
            return std::nullopt;
        case FieldType::money:
            if (auto const money = parse_money(text)) return Value{money->fen};
            return std::nullopt;
        case FieldType::date:
            if (auto const date = parse_date(text)) return Value{to_day_number(*date)};
            return std::nullopt;
        case FieldType::time:
            if (auto const time = parse_time(text)) return Value{time->seconds};
            return std::nullopt;
        case FieldType::boolean:
            if (text == "true") return Value{std::int64_t{1}};
            if (text == "false") return Value{std::int64_t{0}};
            return std::nullopt;
        case FieldType::choice:
            for (auto const& choice : field.choices)
                if (choice.name == text) return Value{choice.value};
            return std::nullopt;
        case FieldType::reference:
            if (auto const id = parse_id(text)) return Value{*id};
            return std::nullopt;
    }
    return std::nullopt;
}

std::string fill_placeholders(std::string_view sentence,
                              std::vector<std::pair<std::string, std::string>> const& details) {
    std::string filled;
    while (!sentence.empty()) {
        auto const open = sentence.find('{');
        auto const close = open == std::string_view::npos ? open : sentence.find('}', open);
        if (close == std::string_view::npos) break;
        filled += sentence.substr(0, open);
        auto const name = sentence.substr(open + 1, close - open - 1);
        for (auto const& [key, text] : details)
            if (key == name) filled += text;
        sentence.remove_prefix(close + 1);
    }
    filled += sentence;
    return filled;
}

}  // namespace guanjia
