#include "core/desk/search_term.h"

#include <algorithm>

#include "core/base/text.h"

namespace guanjia {

namespace {

bool is_blank(char32_t character) {
    return character == U' ' || (character >= 0x09 && character <= 0x0D) || character == 0xA0 ||
           (character >= 0x2000 && character <= 0x200B);
}

bool is_letter(char32_t character) { return (character >= U'a' && character <= U'z') || character == U'ü'; }

// Whether the rest of a word, from a state on, begins with these letters.
bool continues_with(std::u32string_view rest, std::string_view letters) {
    return rest.size() >= letters.size() &&
           std::equal(letters.begin(), letters.end(), rest.begin(),
                      [](char letter, char32_t typed) { return spells(typed, letter); });
}
bool begins_with(std::string_view letters, std::u32string_view rest) {
    return rest.size() <= letters.size() && std::equal(rest.begin(), rest.end(), letters.begin(), spells);
}

// The bits of a gate.
constexpr std::uint8_t goes_on = 1;
constexpr std::uint8_t ends_here = 2;

// Where in its field a match stands, the best first.
enum Anchor : unsigned { whole = 0, start = 1, word_start = 2, inside = 3 };

// Closeness before weight before anchor; sums of many ranks do not carry over into the closeness.
unsigned rank_of(unsigned closeness, unsigned weight, unsigned anchor) {
    return closeness << 12 | (search_weight_count - 1 - weight) << 2 | anchor;
}

}  // namespace

std::vector<std::u32string> words_of_query(std::string_view query) {
    std::vector<std::u32string> words;
    std::u32string word;
    auto const take_word = [&] {
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
        word.clear();
    };
    std::size_t taken = 0;
    while (!query.empty() && taken < query_limit && words.size() < query_word_limit) {
        auto const next = first_code_point(query);
        query.remove_prefix(next.length);
        auto const character = folded(next.value);
        if (is_blank(character)) {
            take_word();
            continue;
        }
        word.push_back(character);
        ++taken;
    }
    take_word();
    return words;
}

SearchTerm::SearchTerm(SearchAlphabet const& alphabet, std::u32string_view word, Closeness loosest)
    : alphabet_{alphabet},
      word_{word},
      loosest_{static_cast<unsigned>(loosest)},
      has_letters_{std::any_of(word.begin(), word.end(), is_letter)},
      begins_with_letter_{is_letter(word.front())},
      end_{States{1} << word.size()},
      literal_(alphabet.size()) {
    for (std::size_t cell = mark_count; cell < literal_.size(); ++cell) {
        auto const character = alphabet.folded(static_cast<SearchCell>(cell));
        if (character == broken_text) continue;
        for (std::size_t state = 0; state < word_.size(); ++state)
            if (word_[state] == character) literal_[cell] |= States{1} << state;
    }
    if (has_letters_) read_syllables();
    set_gates();
}

void SearchTerm::read_syllables() {
    std::vector<Steps> by_syllable(syllable_count());
    std::u32string_view const word{word_};
    for (std::size_t state = 0; state < word.size(); ++state) {
        if (!is_letter(word[state])) continue;
        auto const rest = word.substr(state);
        auto const bit = States{1} << state;
        for (std::size_t number = 0; number < by_syllable.size(); ++number) {
            auto const letters = syllable(number);
            if (!spells(rest.front(), letters.front())) continue;
            auto& steps = by_syllable[number];
            steps.initial |= bit;
            if (letters.size() > 1 && letters[1] == 'h' && rest.size() > 1 && rest[1] == U'h') steps.pair |= bit;
            if (continues_with(rest, letters)) steps.whole[letters.size()] |= bit;
            if (begins_with(letters, rest)) steps.unfinished |= bit;
        }
    }
    steps_.resize(reading_set_count());
    for (std::size_t set = 1; set < steps_.size(); ++set)
        for (auto const number : syllables_of(set)) {
            auto const& steps = by_syllable[number];
            for (std::size_t length = 1; length < steps.whole.size(); ++length)
                steps_[set].whole[length] |= steps.whole[length];
            steps_[set].initial |= steps.initial;
            steps_[set].pair |= steps.pair;
            steps_[set].unfinished |= steps.unfinished;
        }
}

// The states after a cell.
SearchTerm::StatesBy SearchTerm::step(StatesBy const& states, SearchCell cell) const {
    auto const literal = literal_[cell];
    StatesBy after{};
    for (unsigned closeness = 0; closeness < closeness_count; ++closeness)
        after[closeness] = (states[closeness] & literal) << 1;
    auto const set = alphabet_.reading_set(cell);
    if (!has_letters_ || set == 0) return after;

    auto const& steps = steps_[set];
    auto const pinyin = static_cast<unsigned>(Closeness::pinyin);
    auto const initials = static_cast<unsigned>(Closeness::initials);
    for (auto closeness = pinyin; closeness <= initials; ++closeness) {
        for (std::size_t length = 1; length <= syllable_length_limit; ++length)
            after[closeness] |= (states[closeness] & steps.whole[length]) << length;
        // A single letter is an initial, whatever may follow.
        if ((states[closeness] & steps.unfinished) != 0 && (word_.size() > 1 || closeness == initials))
            after[closeness] |= end_;
    }
    after[initials] |= (states[initials] & steps.initial) << 1 | (states[initials] & steps.pair) << 2;
    return after;
}

bool SearchTerm::leads_anywhere(SearchCell cell) const {
    return literal_[cell] != 0 || (has_letters_ && alphabet_.reading_set(cell) != 0);
}

void SearchTerm::set_gates() {
    // What follows a match that has ended may be anything, also a mark.
    for (auto& gates : gates_) {
        gates.first.assign(literal_.size(), 0);
        gates.second.assign(literal_.size(), ends_here);
    }
    StatesBy reached{};
    for (std::size_t index = mark_count; index < literal_.size(); ++index) {
        auto const cell = static_cast<SearchCell>(index);
        if (!leads_anywhere(cell)) continue;
        auto const after = step({1, 1, 1}, cell);
        for (unsigned closeness = 0; closeness < closeness_count; ++closeness) {
            auto const on = after[closeness] & ~end_;
            reached[closeness] |= on;
            if (on != 0) gates_[closeness].first[cell] |= goes_on;
            if ((after[closeness] & end_) != 0) gates_[closeness].first[cell] |= ends_here;
        }
    }
    for (std::size_t index = mark_count; index < literal_.size(); ++index) {
        auto const cell = static_cast<SearchCell>(index);
        if (!leads_anywhere(cell)) continue;
        auto const after = step(reached, cell);
        for (unsigned closeness = 0; closeness < closeness_count; ++closeness)
            if (after[closeness] != 0) gates_[closeness].second[cell] |= goes_on;
    }
}

// The closest match that begins at a cell, which the gates let be of this closeness.
std::optional<SearchTerm::End> SearchTerm::run(SearchCell const* from, unsigned closest) const {
    if ((gates_[closest].first[from[0]] & ends_here) != 0) return End{closest, 1};
    std::size_t met = 0;
    while (met < word_.size() && (literal_[from[met]] >> met & 1) != 0) ++met;
    if (met == word_.size()) return End{0, met};
    if (!has_letters_) return std::nullopt;

    StatesBy states{1, 1, 1};
    std::optional<End> best;
    auto looser_than = loosest_ + 1;
    for (std::size_t cell = 0; !is_mark(from[cell]); ++cell) {
        states = step(states, from[cell]);
        for (unsigned closeness = 0; closeness < looser_than; ++closeness) {
            if ((states[closeness] & end_) == 0) continue;
            best = End{closeness, cell + 1};
            looser_than = closeness;
        }
        if (looser_than == 0 || states[looser_than - 1] == 0) break;
    }
    return best;
}

// The closeness that the gates leave open to a candidate.
unsigned SearchTerm::closest_possible(SearchCell const* from) const {
    unsigned closeness = 0;
    while (closeness < loosest_ && !gates_[closeness].open(from[0], from[1])) ++closeness;
    return closeness;
}

// The next cell from `at` on with which a match may begin, or `end`.
std::size_t SearchTerm::Gates::next(SearchCell const* cells, std::size_t at, std::size_t end) const {
    if (at >= end) return end;  // a record without a text
    auto const* firsts = first.data();
    auto const* seconds = second.data();
    auto gate = firsts[cells[at]];
    for (; at < end; ++at) {
        auto const following = cells[at + 1];
        if ((gate & seconds[following]) != 0) break;
        gate = firsts[following];
    }
    return at;
}

bool SearchTerm::is_in(std::span<SearchCell const> record) const {
    auto const* cells = record.data();
    auto const end = record.size() - 1;
    auto const& gates = gates_[loosest_];
    for (auto at = gates.next(cells, record_head + 1, end); at < end; at = gates.next(cells, at + 1, end))
        if (run(cells + at, closest_possible(cells + at))) return true;
    return false;
}

std::optional<TermMatch> SearchTerm::best_in(std::span<SearchCell const> record) const {
    TermMatch best;
    auto best_closeness = closeness_count;
    auto const* cells = record.data();
    auto end = record.size() - 1;
    auto reach = end;  // where the fields end that weigh as much as the best match does
    auto const* gates = &gates_[loosest_];
    for (auto at = record_head + 1; at < end; ++at) {
        at = gates->next(cells, at, end);
        if (at >= reach) {
            // What weighs less can only win by being closer.
            if (at == end) break;
            reach = end;
            gates = &gates_[std::min(best_closeness - 1, loosest_)];
            at = gates->next(cells, at, end);
            if (at == end) break;
        }
        auto const weight = weight_at(record, at);
        auto const sort = alphabet_.sort(cells[at]);
        auto anchor = is_mark(cells[at - 1]) ? start : word_start;
        if (anchor == word_start && sort != SearchAlphabet::Sort::other && sort == alphabet_.sort(cells[at - 1]))
            anchor = inside;
        // Letters in running text are met by chance where someone types pinyin: "ren" in "children".
        auto least = 0U;
        if (begins_with_letter_ && weight == 0 && sort == SearchAlphabet::Sort::letter)
            least = static_cast<unsigned>(anchor == inside ? Closeness::initials : Closeness::pinyin);

        auto const closest = closest_possible(cells + at);
        if (rank_of(std::max(least, closest), weight, anchor == start ? whole : anchor) >= best.rank) continue;
        auto const found = run(cells + at, closest);
        if (!found) continue;
        if (anchor == start && is_mark(cells[at + found->cell])) anchor = whole;
        auto const closeness = std::max(found->closeness, least);
        auto const rank = rank_of(closeness, weight, anchor);
        if (rank >= best.rank) continue;
        best = TermMatch{rank, at, at + found->cell};
        best_closeness = closeness;
        reach = end_of_weight(record, weight);
        if (closeness == 0) end = reach;
        gates = &gates_[std::min(closeness, loosest_)];
    }
    if (best.end == 0) return std::nullopt;
    return best;
}

}  // namespace guanjia
