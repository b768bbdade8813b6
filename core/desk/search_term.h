#pragma once
// One word of what was typed, made into something that runs over the cells of a record. The characters that are still
// to be met are the states of a small automaton, one bit each. A cell takes it on by the character itself, by one of
// its readings, or by the beginning of a reading ("z" or "zh" for 张); where the word ends, a reading may be
// unfinished. Three sets of states are held side by side, one for each closeness, so that the closest way to match is
// known.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/pinyin.h"
#include "core/desk/search_alphabet.h"

namespace guanjia {

// How a word was met, the closest first.
enum class Closeness : std::uint8_t {
    literal = 0,   // "张三"
    pinyin = 1,    // "zhangsan", "张san", and while that is typed: "zhangs"
    initials = 2,  // "zs"
};

// What was typed is cut after so many characters, white space apart, and after so many words.
inline constexpr std::size_t query_limit = 31;
inline constexpr std::size_t query_word_limit = 8;

// The words of a query, folded; those that stand twice once.
std::vector<std::u32string> words_of_query(std::string_view query);

struct TermMatch {
    unsigned rank = ~0U;  // lower is better; ranks of several terms may be added
    std::size_t begin = 0;
    std::size_t end = 0;  // cells of the record
};

class SearchTerm {
public:
    // `word`: 1 to query_limit characters. Holds on to the alphabet; takes in what it holds now.
    SearchTerm(SearchAlphabet const& alphabet, std::u32string_view word, Closeness loosest);

    bool is_in(std::span<SearchCell const> record) const;
    // The first of the best.
    std::optional<TermMatch> best_in(std::span<SearchCell const> record) const;

private:
    static constexpr unsigned closeness_count = 3;
    using States = std::uint32_t;
    using StatesBy = std::array<States, closeness_count>;  // by closeness: each holds those of the closer ones

    // From which states a character with these readings leads on.
    struct Steps {
        std::array<States, syllable_length_limit + 1> whole{};  // by the length of the reading
        States initial = 0;                                     // by its first letter
        States pair = 0;                                        // by "zh", "ch" or "sh"
        States unfinished = 0;                                  // to the end of the word
    };
    struct End {
        unsigned closeness;
        std::size_t cell;
    };

    // Most cells of most records cannot begin a match, or not with the cell that follows: told by one look at each of
    // the two, by cell. They share a bit where they may be a match of this closeness or closer.
    struct Gates {
        std::vector<std::uint8_t> first;
        std::vector<std::uint8_t> second;

        std::size_t next(SearchCell const* cells, std::size_t at, std::size_t end) const;
        bool open(SearchCell cell, SearchCell next) const { return (first[cell] & second[next]) != 0; }
    };

    void read_syllables();
    void set_gates();
    bool leads_anywhere(SearchCell cell) const;
    StatesBy step(StatesBy const& states, SearchCell cell) const;
    unsigned closest_possible(SearchCell const* from) const;
    std::optional<End> run(SearchCell const* from, unsigned closest) const;

    SearchAlphabet const& alphabet_;
    std::u32string word_;
    unsigned loosest_;
    bool has_letters_;
    bool begins_with_letter_;
    States end_;
    std::vector<States> literal_;  // by cell
    std::vector<Steps> steps_;     // by set of readings; empty when no letter was typed
    std::array<Gates, closeness_count> gates_;
};

}  // namespace guanjia
