#pragma once
// How Chinese characters are read in Mandarin: without tones, in small letters, v for ü ("nv", "lve"). A character has
// all readings that dictionaries of today have, the customary one first, so that a name is found by its own: 单 is
// "dan", "chan" and "shan". The sets of readings that occur are numbered; most characters share theirs with others.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guanjia {

// Letters of the longest syllable, "zhuang".
inline constexpr std::size_t syllable_length_limit = 6;

// Syllables are numbered in alphabetical order.
std::size_t syllable_count();
std::string_view syllable(std::size_t number);

// 0 for what has no reading: letters, digits, punctuation, rare characters.
std::size_t reading_set_of(char32_t code_point);
// Sets are numbered below this.
std::size_t reading_set_count();
// The numbers of its syllables.
std::span<std::uint16_t const> syllables_of(std::size_t reading_set);

std::vector<std::string_view> readings_of(char32_t code_point);

// Whether someone who types `typed` means the letter of a syllable: v is also typed as ü or u.
constexpr bool spells(char32_t typed, char letter) {
    return typed == static_cast<char32_t>(letter) || (letter == 'v' && (typed == U'u' || typed == U'ü'));
}

// Texts sort as their keys do, byte by byte: other characters, then digits, then letters, then Chinese characters by
// reading and code point. Case and width make no difference, and numbers go by their value: "2栋" before "10栋". The
// first character of a name is read as a surname: 曾 is "zeng".
enum class Reading : std::uint8_t { text, name };
std::string collation_key(std::string_view text, Reading reading = Reading::text);

}  // namespace guanjia
