#pragma once
// Text as the search index keeps it: one cell of 16 bits per character, so that a record is a plain row of numbers
// whatever it is written in. A cell is the number under which the index met a character first; what has to be known of
// a character is looked up by that number. The original text can be put together again from its cells.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace guanjia {

using SearchCell = std::uint16_t;

// Cells below this are no characters: each begins a field and says which one, and of what weight.
inline constexpr SearchCell mark_count = 64;
inline constexpr std::size_t search_field_limit = 16;  // fields of a record
inline constexpr unsigned search_weight_count = 4;
constexpr SearchCell mark_of(std::size_t field, unsigned weight) {
    return static_cast<SearchCell>(field * search_weight_count + weight);
}
constexpr bool is_mark(SearchCell cell) { return cell < mark_count; }
constexpr std::size_t field_of_mark(SearchCell mark) { return mark / search_weight_count; }
constexpr unsigned weight_of_mark(SearchCell mark) { return mark % search_weight_count; }

// A record is a row of cells: its fields one after the other, those of most weight first, each with its mark in front,
// and a mark more at the end. At its head stands where the fields of each weight end, but for the least.
inline constexpr std::size_t record_head = search_weight_count - 1;
inline std::size_t end_of_weight(std::span<SearchCell const> record, unsigned weight) {
    return weight == 0 ? record.size() - 1 : record[weight - 1];
}

inline unsigned weight_at(std::span<SearchCell const> record, std::size_t at) {
    unsigned weight = 0;
    while (weight < search_weight_count - 1 && at < record[weight]) ++weight;
    return weight;
}

class SearchAlphabet {
public:
    enum class Sort : std::uint8_t { other, digit, letter, chinese };

    SearchAlphabet();

    // The cell of a character; new ones are taken in while there is room. Then, and for a broken byte, it is a cell
    // that nothing matches.
    SearchCell cell_of(char32_t character, std::size_t width);

    std::size_t size() const { return folded_.size(); }
    // As it is compared: core/base/text.h.
    char32_t folded(SearchCell cell) const { return folded_[cell]; }
    std::uint16_t reading_set(SearchCell cell) const { return reading_sets_[cell]; }
    Sort sort(SearchCell cell) const { return sorts_[cell]; }
    // Bytes of UTF-8 in the original text.
    std::size_t width(SearchCell cell) const;
    void append_text(std::string& text, SearchCell cell) const;
    std::size_t bytes() const;

private:
    SearchCell add(char32_t character);

    std::vector<char32_t> characters_;
    std::vector<char32_t> folded_;
    std::vector<std::uint16_t> reading_sets_;
    std::vector<Sort> sorts_;
    std::vector<SearchCell> basic_;  // the cells of U+0000 to U+FFFF; 0 where there is none yet
    std::unordered_map<char32_t, SearchCell> astral_;
};

}  // namespace guanjia
