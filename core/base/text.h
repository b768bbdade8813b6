#pragma once
// Text in and out: the one text form of every field type, and what a text from outside must be like.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/description.h"

namespace guanjia {

// Well-formed UTF-8 without control characters other than line feed and tab.
bool is_clean_text(std::string_view text);
// Without white space (ASCII and U+3000) at both ends.
std::string_view trimmed(std::string_view text);

// What stands at the head of a text that is not empty. A byte that is not UTF-8 counts as one of length 1.
inline constexpr char32_t broken_text = 0xFFFFFFFF;
struct CodePoint {
    char32_t value = broken_text;
    std::size_t length = 1;  // in bytes
};
CodePoint first_code_point(std::string_view text);
// Broken text becomes U+FFFD.
void append_code_point(std::string& text, char32_t code_point);
// As texts are compared: small letters (Latin), and half width for what has a full width of ASCII.
char32_t folded(char32_t code_point);
std::string folded(std::string_view text);

// Each part of a text between the dividers: always one more than there are dividers.
template <class Visit>
void for_each_part(std::string_view text, char divider, Visit const& visit) {
    for (;;) {
        auto const end = text.find(divider);
        visit(text.substr(0, end));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

// A cell of a CSV file: in quotes where it has to be.
std::string csv_cell(std::string_view text);

// "2026-11-23", "2026-11-23T09:00", "1234.50", "true", a choice's name, "0123456789abcdef-4097", decimal digits.
// Empty for an empty value. A choice of a newer version is shown by its number.
std::string format_value(Field const& field, Value const& value);
// Empty text is an empty value. Nothing when the text is not of the field's form, too long or not clean.
// References are taken by id only.
std::optional<Value> parse_value(Field const& field, std::string_view text);

// "{name}" in `sentence` becomes its text.
std::string fill_placeholders(std::string_view sentence,
                              std::vector<std::pair<std::string, std::string>> const& details);

}  // namespace guanjia
