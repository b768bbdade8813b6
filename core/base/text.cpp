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

CodePoint first_code_point(std::string_view text) {
    auto const length = sequence_length(text);
    auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    if (length == 0) return {};
    if (length == 1) return {byte(0), 1};
    // The first byte of n has n leading ones and a zero, and so 7 - n bits of the value.
    char32_t value = byte(0) & (0x7FU >> length);
    for (std::size_t index = 1; index < length; ++index) value = value << 6 | (byte(index) & 0x3FU);
    return {value, length};
}

void append_code_point(std::string& text, char32_t code_point) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
    auto const add = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    auto const add_rest = [&](char32_t bits) { add(0x80 | (bits & 0x3F)); };
    if (code_point < 0x80) return add(code_point);
    if (code_point < 0x800) add(0xC0 | code_point >> 6);
    else if (code_point < 0x10000) {
        add(0xE0 | code_point >> 12);
        add_rest(code_point >> 6);
    } else {
        add(0xF0 | code_point >> 18);
        add_rest(code_point >> 12);
        add_rest(code_point >> 6);
    }
    add_rest(code_point);
}

char32_t folded(char32_t code_point) {
    if (code_point == 0x3000) return U' ';
    if (code_point >= 0xFF01 && code_point <= 0xFF5E) code_point -= 0xFEE0;
    if (code_point >= U'A' && code_point <= U'Z') return code_point + 0x20;
    // Latin-1: À to Þ without the multiplication sign.
    if (code_point >= 0xC0 && code_point <= 0xDE && code_point != 0xD7) return code_point + 0x20;
    return code_point;
}

std::string folded(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        auto const point = first_code_point(text);
        text.remove_prefix(point.length);
        append_code_point(plain, point.value == broken_text ? broken_text : folded(point.value));
    }
    return plain;
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n\t;|") == std::string_view::npos) return std::string{text};
    std::string quoted{'"'};
    for (auto const character : text) {
        if (character == '"') quoted += '"';
        quoted += character;
    }
    return quoted + '"';
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

namespace {

// Of "row|rows" the one that goes with a count.
std::string_view form_for(std::string_view count, std::string_view forms) {
    auto const middle = std::min(forms.find('|'), forms.size());
    return count == "1" ? forms.substr(0, middle) : forms.substr(std::min(middle + 1, forms.size()));
}

}  // namespace

std::string fill_placeholders(std::string_view sentence,
                              std::vector<std::pair<std::string, std::string>> const& details) {
    std::string filled;
    while (!sentence.empty()) {
        auto const open = sentence.find('{');
        auto const close = open == std::string_view::npos ? open : sentence.find('}', open);
        if (close == std::string_view::npos) break;
        filled += sentence.substr(0, open);
        auto const inside = sentence.substr(open + 1, close - open - 1);
        auto const name = inside.substr(0, inside.find('|'));
        for (auto const& [key, text] : details)
            if (key == name)
                filled += name.size() == inside.size() ? std::string_view{text}
                                                       : form_for(text, inside.substr(name.size() + 1));
        sentence.remove_prefix(close + 1);
    }
    filled += sentence;
    return filled;
}

}  // namespace guanjia
