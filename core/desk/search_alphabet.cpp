#include "core/desk/search_alphabet.h"

#include "core/base/pinyin.h"
#include "core/base/text.h"

namespace guanjia {

namespace {

// After the marks come the cells that nothing matches, one for each width from 1 byte to 4.
constexpr SearchCell first_unknown = mark_count;
constexpr SearchCell first_character = first_unknown + 4;

SearchAlphabet::Sort sort_of(char32_t folded, std::size_t reading_set) {
    using Sort = SearchAlphabet::Sort;
    if (folded >= U'0' && folded <= U'9') return Sort::digit;
    if ((folded >= U'a' && folded <= U'z') || (folded >= 0xDF && folded < 0x2000 && folded != 0xF7))
        return Sort::letter;
    return reading_set != 0 || (folded >= 0x3400 && folded < 0xE000) || folded >= 0x20000 ? Sort::chinese : Sort::other;
}

}  // namespace

SearchAlphabet::SearchAlphabet() : basic_(0x10000) {
    characters_.assign(first_character, broken_text);
    folded_.assign(first_character, broken_text);
    reading_sets_.assign(first_character, 0);
    sorts_.assign(first_character, Sort::other);
}

SearchCell SearchAlphabet::cell_of(char32_t character, std::size_t width) {
    auto const unknown = static_cast<SearchCell>(first_unknown + width - 1);
    if (character == broken_text) return unknown;
    if (character < 0x10000) {
        auto& cell = basic_[character];
        if (cell == 0) cell = add(character);
        return cell == 0 ? unknown : cell;
    }
    if (auto const known = astral_.find(character); known != astral_.end()) return known->second;
    auto const cell = add(character);
    if (cell == 0) return unknown;
    astral_.emplace(character, cell);
    return cell;
}

// 0 when every number is taken.
SearchCell SearchAlphabet::add(char32_t character) {
    if (characters_.size() > 0xFFFF) return 0;
    auto const cell = static_cast<SearchCell>(characters_.size());
    auto const reading_set = static_cast<std::uint16_t>(reading_set_of(character));
    characters_.push_back(character);
    folded_.push_back(guanjia::folded(character));
    reading_sets_.push_back(reading_set);
    sorts_.push_back(sort_of(folded_.back(), reading_set));
    return cell;
}

std::size_t SearchAlphabet::width(SearchCell cell) const {
    if (cell < first_character) return cell < first_unknown ? 0 : cell - first_unknown + std::size_t{1};
    auto const character = characters_[cell];
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
}

void SearchAlphabet::append_text(std::string& text, SearchCell cell) const {
    if (!is_mark(cell)) append_code_point(text, characters_[cell]);
}

std::size_t SearchAlphabet::bytes() const {
    return characters_.capacity() * (sizeof(char32_t) * 2 + sizeof(std::uint16_t) + sizeof(Sort)) +
           basic_.capacity() * sizeof(SearchCell) + astral_.size() * 32;
}

}  // namespace guanjia
