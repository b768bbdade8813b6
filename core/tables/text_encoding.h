#pragma once
// How the bytes of a text file stand for characters. What is not UTF-8 at a Chinese desk is GBK, whose newest form is
// GB 18030.

#include <string>
#include <string_view>

namespace guanjia {

enum class TextEncoding : unsigned char { utf_8, utf_16_little, utf_16_big, gb_18030 };
std::string_view name_of(TextEncoding encoding);

// How many bytes at the head are whole, well-formed characters of UTF-8.
std::size_t utf_8_prefix(std::string_view bytes);

// What cannot be read becomes U+FFFD. The bytes begin and end with whole characters.
std::string decode(std::string_view bytes, TextEncoding encoding);
// How many bytes of a piece, which begins with a whole character, can be decoded by themselves. At least one, unless
// there is nothing or only half a character.
std::size_t whole_characters(std::string_view piece, TextEncoding encoding);

}  // namespace guanjia
