// The search beside a plain one: no cells, no automaton, no gates; it tries every way to read every character.

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/pinyin.h"
#include "core/base/text.h"
#include "core/desk/search.h"
#include "tests/core/support.h"

using namespace guanjia;
using guanjia::testing::Random;
using guanjia::testing::rounds;

namespace {

struct Character {
    char32_t value;
    std::size_t begin;
    std::size_t end;
};

std::vector<Character> characters_of(std::string_view text) {
    std::vector<Character> characters;
    for (std::size_t at = 0; at < text.size();) {
        auto const next = first_code_point(text.substr(at));
        characters.push_back({next.value, at, at + next.length});
        at += next.length;
    }
    return characters;
}

// How closely a word is met and in how many characters; the smaller the better.
using Met = std::pair<int, std::size_t>;
constexpr Met not_met{9, 0};

Met after(Met rest, int closeness) {
    return rest == not_met ? not_met : Met{std::max(rest.first, closeness), rest.second + 1};
}

Met meet(std::vector<Character> const& text, std::size_t at, std::u32string const& word, std::size_t from) {
    if (from == word.size()) return {0, 0};
    if (at == text.size()) return not_met;
    auto best = not_met;
    auto const character = text[at].value;
    if (character != broken_text && folded(character) == word[from])
        best = std::min(best, after(meet(text, at + 1, word, from + 1), 0));
    auto const left = word.size() - from;
    for (auto const reading : readings_of(character)) {
        std::size_t same = 0;
        while (same < reading.size() && same < left && spells(word[from + same], reading[same])) ++same;
        if (same == 0) continue;
        if (same == reading.size()) best = std::min(best, after(meet(text, at + 1, word, from + same), 1));
        // The word ends within the reading.
        if (same == left) best = std::min(best, Met{word.size() == 1 && reading.size() > 1 ? 2 : 1, 1});
        best = std::min(best, after(meet(text, at + 1, word, from + 1), 2));
        if (same >= 2 && reading[1] == 'h') best = std::min(best, after(meet(text, at + 1, word, from + 2), 2));
    }
    return best;
}

char sort_of(char32_t character) {
    auto const value = folded(character);
    if (value >= U'0' && value <= U'9') return '1';
    if (value >= U'a' && value <= U'z') return 'a';
    return reading_set_of(character) != 0 ? 'c' : '-';
}

struct Place {
    std::tuple<int, int, int> rank{9, 9, 9};  // closeness, lightness, anchor
    SearchRange range;
};

Place best_place(SearchRecord const& record, std::u32string const& word, int loosest) {
    Place best;
    for (int weight = 3; weight >= 0; --weight)
        for (std::size_t field = 0; field < record.fields.size(); ++field) {
            if (static_cast<int>(record.fields[field].weight) != weight) continue;
            auto const text = characters_of(record.fields[field].text);
            for (std::size_t at = 0; at < text.size(); ++at) {
                auto const met = meet(text, at, word, 0);
                if (met == not_met || met.first > loosest) continue;
                auto const sort = sort_of(text[at].value);
                auto const inside = at > 0 && sort != '-' && sort == sort_of(text[at - 1].value);
                auto const anchor = at > 0 ? (inside ? 3 : 2) : met.second == text.size() ? 0 : 1;
                auto closeness = met.first;
                if (weight == 0 && sort == 'a' && sort_of(word[0]) == 'a')
                    closeness = std::max(closeness, anchor == 3 ? 2 : 1);
                std::tuple<int, int, int> const rank{closeness, 3 - weight, anchor};
                if (rank < best.rank) best = {rank, {field, text[at].begin, text[at + met.second - 1].end}};
            }
        }
    return best;
}

struct Found {
    SearchRecord const* record;
    std::pair<int, int> rank;
    std::vector<SearchRange> ranges;
};

std::vector<Found> search_plainly(std::map<std::uint64_t, SearchRecord> const& records, std::string_view query,
                                  int loosest) {
    std::vector<Found> all;
    for (auto const& [number, record] : records) {
        Found found{&record, {0, 0}, {}};
        auto matches = true;
        for (auto const& word : words_of_query(query)) {
            auto const place = best_place(record, word, loosest);
            auto const [closeness, lightness, anchor] = place.rank;
            matches = matches && closeness < 9;
            found.rank.first += closeness;
            found.rank.second += lightness * 4 + anchor;
            found.ranges.push_back(place.range);
        }
        if (matches) all.push_back(std::move(found));
    }
    std::sort(all.begin(), all.end(), [](Found const& left, Found const& right) {
        auto const key = [](Found const& found) {
            return std::tuple{found.rank, -static_cast<std::int64_t>(found.record->uses), -found.record->recency,
                              found.record->key.id.counter};
        };
        return key(left) < key(right);
    });
    return all;
}

// Bytes of each field that are within some range.
std::set<std::pair<std::size_t, std::size_t>> bytes_in(std::vector<SearchRange> const& ranges) {
    std::set<std::pair<std::size_t, std::size_t>> bytes;
    for (auto const& range : ranges)
        for (auto byte = range.begin; byte < range.end; ++byte) bytes.emplace(range.field, byte);
    return bytes;
}

// Texts of few characters, so that much matches by chance.
class Texts {
public:
    explicit Texts(std::uint64_t seed) : random_{seed} {}

    std::string text(std::size_t longest) {
        std::string text;
        for (auto length = random_.below(longest + 1); length > 0; --length) text += any(characters_);
        return text;
    }
    std::string query() {
        std::string query;
        for (auto words = 1 + random_.below(8) / 6; words > 0; --words) {
            query += query.empty() ? "" : any(blanks_);
            for (auto length = 1 + random_.below(4); length > 0; --length) query += part();
            // Often broken off while it is typed.
            if (random_.below(3) == 0) query.pop_back();
        }
        return query;
    }
    std::size_t below(std::size_t limit) { return random_.below(limit); }

private:
    std::string any(std::vector<std::string> const& texts) { return texts[random_.below(texts.size())]; }
    std::string part() {
        auto const character = any(characters_);
        auto const readings = readings_of(first_code_point(character).value);
        if (readings.empty()) return random_.below(2) == 0 ? character : any(letters_);
        std::string const reading{readings[random_.below(readings.size())]};
        switch (random_.below(4)) {
            case 0: return character;
            case 1: return reading;
            case 2: return reading.substr(0, 1 + random_.below(2));
            default: return reading.substr(0, 1);
        }
    }

    Random random_;
    std::vector<std::string> const characters_{"张", "章", "长", "单", "重", "女", "吕", "绿",   "俺", "昂", "安",
                                               "西", "先", "二", "儿", "三", "山", "中", "栋",   "，", " ",  "𠮷",
                                               "㛃", "😀",  "a",  "N",  "h",  "Ｚ", "s",  "\xFF", "1",  "８", "2"};
    std::vector<std::string> const letters_{"z", "h", "a", "n", "g", "s", "x", "i", "u", "v", "ü", "1", "8"};
    std::vector<std::string> const blanks_{" ", "  ", "　", "\t"};
};

// Records whose texts are kept.
class SearchedRecords {
public:
    explicit SearchedRecords(std::uint64_t seed) : texts_{seed} {}

    void change(SearchIndex& index) {
        auto const number = 1 + texts_.below(60);
        if (texts_.below(4) == 0) {
            CHECK(index.erase({SearchKind::ticket, {7, number}, {}}) == (records_.erase(number) == 1));
            return;
        }
        if (auto const known = records_.find(number); known != records_.end() && texts_.below(6) == 0) {
            index.used(known->second.key);
            ++known->second.uses;
            return;
        }
        SearchRecord record{{SearchKind::ticket, {7, number}, {}}, {}, static_cast<std::int64_t>(texts_.below(5)), 0};
        for (auto fields = texts_.below(6); fields > 0; --fields) {
            kept_.push_back(std::make_unique<std::string>(texts_.text(7)));
            record.fields.push_back({static_cast<SearchWeight>(texts_.below(4)), *kept_.back()});
        }
        index.put(record);
        if (auto const known = records_.find(number); known != records_.end()) record.uses = known->second.uses;
        records_[number] = record;
    }
    std::map<std::uint64_t, SearchRecord> const& records() const { return records_; }
    Texts& texts() { return texts_; }

private:
    Texts texts_;
    std::vector<std::unique_ptr<std::string>> kept_;
    std::map<std::uint64_t, SearchRecord> records_;
};

}  // namespace

TEST_CASE("search: finds what a plain search finds, in its order and at its places") {
    std::size_t matched = 0;
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(rounds(200)); ++seed) {
        SearchIndex index;
        SearchedRecords world{seed};
        for (int change = 0; change < 150; ++change) world.change(index);
        REQUIRE(index.size() == world.records().size());
        for (int query_number = 0; query_number < 60; ++query_number) {
            auto const query = world.texts().query();
            auto const loosest = world.texts().below(4) == 0 ? world.texts().below(3) : 2;
            auto const limit = 1 + world.texts().below(12);
            INFO("seed " << seed << ", query \"" << query << "\", closeness " << loosest);
            SearchOptions const options{{}, static_cast<Closeness>(loosest)};
            auto const expected = search_plainly(world.records(), query, static_cast<int>(loosest));
            auto const result = index.find(query, limit, options);
            REQUIRE(result.matched == expected.size());
            REQUIRE(result.hits.size() == std::min(limit, expected.size()));
            for (std::size_t place = 0; place < result.hits.size(); ++place) {
                REQUIRE(result.hits[place].key == expected[place].record->key);
                REQUIRE(bytes_in(result.hits[place].ranges) == bytes_in(expected[place].ranges));
            }
            std::size_t filtered = 0;
            index.filter(query, options, [&](SearchKey const&) { ++filtered; });
            REQUIRE(filtered == expected.size());
            matched += filtered;
        }
    }
    CHECK(matched > 1000);
}

TEST_CASE("search: whatever was put in, replaced and dropped before, the same records give the same answers") {
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(rounds(150)); ++seed) {
        SearchIndex lived;
        SearchedRecords world{seed + 1000};
        for (int change = 0; change < 300; ++change) world.change(lived);
        // The same records, the last one first, into an index that knows nothing else.
        SearchIndex fresh;
        fresh.reserve(world.records().size(), 4000);
        for (auto record = world.records().rbegin(); record != world.records().rend(); ++record)
            fresh.put(record->second);
        for (int query_number = 0; query_number < 60; ++query_number) {
            auto const query = world.texts().query();
            INFO("seed " << seed << ", query \"" << query << "\"");
            auto const one = lived.find(query, 20);
            auto const other = fresh.find(query, 20);
            REQUIRE(one.matched == other.matched);
            for (std::size_t place = 0; place < one.hits.size(); ++place) {
                REQUIRE(one.hits[place].key == other.hits[place].key);
                REQUIRE(one.hits[place].ranges == other.hits[place].ranges);
            }
        }
    }
}
