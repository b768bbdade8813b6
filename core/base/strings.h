#pragma once
// Sentences for people, in Chinese and English, from assets/strings.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guanjia {

enum class Language : unsigned char { chinese, english };

// The sentence of a key with its placeholders filled; the key itself when there is none.
std::string sentence(Language language, std::string_view string_key,
                     std::vector<std::pair<std::string, std::string>> const& details = {});
bool has_sentence(std::string_view string_key);

}  // namespace guanjia
