#include "core/base/strings.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "generated/strings.h"

namespace guanjia {

namespace {

StringRow const* find(std::string_view string_key) {
    auto const* row = std::lower_bound(std::begin(string_rows), std::end(string_rows), string_key,
                                       [](StringRow const& left, std::string_view right) { return left.key < right; });
    return row != std::end(string_rows) && row->key == string_key ? row : nullptr;
}

}  // namespace

bool has_sentence(std::string_view string_key) { return find(string_key) != nullptr; }

std::string sentence(Language language, std::string_view string_key,
                     std::vector<std::pair<std::string, std::string>> const& details) {
    auto const* row = find(string_key);
    if (!row) return std::string{string_key};
    return fill_placeholders(language == Language::chinese ? row->zh : row->en, details);
}

}  // namespace guanjia
