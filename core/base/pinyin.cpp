#include "core/base/pinyin.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "generated/pinyin_data.h"

namespace guanjia {

namespace {

// A row of pinyin_sparse is a code point above the number of its set.
constexpr std::uint32_t sparse_step = 2048;

constexpr bool is_digit(char32_t letter) { return letter >= U'0' && letter <= U'9'; }

// First byte of a character's place in the order.
enum Group : unsigned char { other = 0x10, number = 0x30, letter = 0x40, chinese = 0x60, unread = 0x70 };

void append_number(std::string& key, std::size_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) key.push_back(static_cast<char>(value >> shift & 0xFF));
}

std::size_t customary_syllable(char32_t code_point, bool as_surname) {
    if (as_surname) {
        auto const* row = std::lower_bound(
            std::begin(pinyin_surnames), std::end(pinyin_surnames), code_point,
            [](SurnameRow const& left, char32_t right) { return static_cast<char32_t>(left.character) < right; });
        if (row != std::end(pinyin_surnames) && row->character == code_point) return row->syllable;
    }
    return syllables_of(reading_set_of(code_point)).front();
}

}  // namespace

std::size_t syllable_count() { return std::size(pinyin_syllables); }

std::string_view syllable(std::size_t number) { return pinyin_syllables[number]; }

std::size_t reading_set_of(char32_t code_point) {
    // What is below the block wraps around to beyond it.
    if (auto const place = static_cast<std::uint32_t>(code_point - pinyin_dense_first); place < std::size(pinyin_dense))
        return pinyin_dense[place];
    if (code_point > 0x10FFFF) return 0;
    auto const wanted = static_cast<std::uint32_t>(code_point) * sparse_step;
    auto const* row = std::lower_bound(std::begin(pinyin_sparse), std::end(pinyin_sparse), wanted);
    if (row == std::end(pinyin_sparse) || *row / sparse_step != code_point) return 0;
    return *row % sparse_step;
}

std::size_t reading_set_count() { return std::size(pinyin_set_starts) - 1; }

std::span<std::uint16_t const> syllables_of(std::size_t reading_set) {
    auto const begin = pinyin_set_starts[reading_set];
    return {pinyin_set_members + begin, static_cast<std::size_t>(pinyin_set_starts[reading_set + 1] - begin)};
}

std::vector<std::string_view> readings_of(char32_t code_point) {
    std::vector<std::string_view> readings;
    for (auto const number : syllables_of(reading_set_of(code_point))) readings.push_back(syllable(number));
    return readings;
}

std::string collation_key(std::string_view text, Reading reading) {
    std::string key;
    key.reserve(text.size() * 2);
    auto at_head = true;
    while (!text.empty()) {
        auto const next = first_code_point(text);
        auto const character = folded(next.value);
        auto const as_surname = at_head && reading == Reading::name;
        at_head = false;
        if (is_digit(character)) {
            // How many digits there are decides before the digits do; zeros in front count for nothing.
            std::string digits;
            while (!text.empty()) {
                auto const digit = first_code_point(text);
                if (!is_digit(folded(digit.value))) break;
                if (auto const plain = static_cast<char>(folded(digit.value)); plain != '0' || !digits.empty())
                    digits.push_back(plain);
                text.remove_prefix(digit.length);
            }
            key.push_back(static_cast<char>(number));
            append_number(key, digits.size(), 2);
            key += digits;
            continue;
        }
        text.remove_prefix(next.length);
        if (character >= U'a' && character <= U'z') {
            key.push_back(static_cast<char>(letter));
            append_number(key, character, 1);
        } else if (reading_set_of(character) != 0) {
            key.push_back(static_cast<char>(chinese));
            append_number(key, customary_syllable(character, as_surname), 2);
            append_number(key, character, 3);
        } else {
            key.push_back(static_cast<char>(character >= 0x2E80 && character != broken_text ? unread : other));
            append_number(key, character, 3);
        }
    }
    return key;
}

}  // namespace guanjia
