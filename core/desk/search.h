#pragma once
// Finds records by what people type: any part of a Chinese text, its pinyin or initials ("zs" finds 张三), digits, and
// all of these mixed ("电ti"). What stands between white space must all be found, in whatever fields. It knows texts
// and keys, nothing of where they come from (core/desk/search_sources.h fills it); masked data must not be put into it.
//
// Every query runs over all records: 100,000 tickets are 14 MB that a processor reads in a few milliseconds, and
// nothing has to be kept in step with them.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/id.h"
#include "core/desk/search_term.h"

namespace guanjia {

// In the order in which equals are shown.
enum class SearchKind : std::uint8_t { command, person, owner, unit, clause, ticket };

// A record has an id or, where it has none (commands, clauses), a name.
struct SearchKey {
    SearchKind kind = SearchKind::command;
    AnyId id;
    std::string name;

    friend bool operator==(SearchKey const&, SearchKey const&) = default;
};

// What a field says about its record; the heavier it is, the better is a match in it.
enum class SearchWeight : std::uint8_t {
    words = 0,      // running text
    label = 1,      // a category, a department
    reference = 2,  // the name or code of something else: a ticket's customer, an owner's unit
    name = 3,       // its own name, number or code
};

struct SearchField {
    SearchWeight weight = SearchWeight::words;
    std::string_view text;
};

// Characters of a field; the rest is left out, as are fields beyond search_field_limit.
inline constexpr std::size_t search_text_limit = 4000;

// The texts are read while a record is put in, and not kept.
struct SearchRecord {
    SearchKey key;
    std::vector<SearchField> fields;
    std::int64_t recency = 0;  // newer is larger
    std::uint32_t uses = 0;
};

class SearchKinds {
public:
    constexpr SearchKinds() = default;  // all
    constexpr SearchKinds(std::initializer_list<SearchKind> kinds) : bits_{0} {
        for (auto const kind : kinds) bits_ |= bit(kind);
    }
    constexpr bool has(SearchKind kind) const { return (bits_ & bit(kind)) != 0; }

private:
    static constexpr std::uint32_t bit(SearchKind kind) { return std::uint32_t{1} << static_cast<unsigned>(kind); }
    std::uint32_t bits_ = ~std::uint32_t{0};
};

struct SearchOptions {
    SearchKinds kinds;
    Closeness loosest = Closeness::initials;
};

// Where a field was met: its place among the fields that were put in, and bytes of its text.
struct SearchRange {
    std::size_t field = 0;
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(SearchRange const&, SearchRange const&) = default;
};

struct SearchHit {
    SearchKey key;
    std::vector<SearchRange> ranges;  // the best place of each word; sorted, apart from each other
};

struct SearchResult {
    std::vector<SearchHit> hits;
    std::size_t matched = 0;  // records, of which hits are the best
};

class SearchIndex {
public:
    // Adds a record, or replaces the one of the same key; its uses never become fewer. False when the index is full
    // (2^30 characters): then there is no record of this key.
    bool put(SearchRecord const& record);
    bool erase(SearchKey const& key);
    void clear();
    // Room for so many records and characters, so that filling does not move what is there.
    void reserve(std::size_t records, std::size_t characters);

    // To make a kind equal to a list: begin a round, put in what is in the list, and drop what was not put in since.
    void begin_round() { ++round_; }
    void erase_older(SearchKind kind);

    // Somebody chose this record.
    void used(SearchKey const& key);
    // It has been chosen so often before; never fewer than is known already.
    void has_uses(SearchKey const& key, std::uint32_t uses);
    std::uint32_t uses_of(SearchKey const& key) const;

    // The best records. The closest match comes first (literal, pinyin, initials), then by weight of the field, its
    // whole before its start before its middle, then what is used more, then what is newer. Nothing typed matches
    // everything.
    SearchResult find(std::string_view query, std::size_t limit, SearchOptions const& options = {}) const;
    // Every record that matches, in no order.
    void filter(std::string_view query, SearchOptions const& options,
                std::function<void(SearchKey const&)> const& match) const;

    // A field as it was put in; empty when there is none. What was no UTF-8 is U+FFFD.
    std::string text_of(SearchKey const& key, std::size_t field) const;
    std::size_t size() const { return slots_.size(); }
    // Memory, about.
    std::size_t bytes() const;

private:
    // Names are numbered: the id of one has no incarnation, and its number as the counter.
    struct ShortKey {
        SearchKind kind;
        AnyId id;
        friend bool operator==(ShortKey const&, ShortKey const&) = default;
    };
    struct KeyHash {
        std::size_t operator()(ShortKey const& key) const noexcept {
            // The low bits of counters are mostly alike: taken from the middle of the product, all bits count.
            auto const mixed = (key.id.incarnation + static_cast<std::uint64_t>(key.kind)) ^ key.id.counter;
            return static_cast<std::size_t>(mixed * 0x9E3779B97F4A7C15ULL >> 32);
        }
    };
    // Where a record stands; nowhere when the slot is free.
    struct Slot {
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
        std::uint32_t uses = 0;
        std::uint32_t round = 0;
        std::int64_t recency = 0;
        ShortKey key{};
    };
    struct Candidate {
        unsigned rank;
        std::uint32_t uses;
        std::int64_t recency;
        std::uint32_t slot;
    };

    std::optional<ShortKey> find_key(SearchKey const& key) const;
    ShortKey take_key(SearchKey const& key);
    SearchKey key_of(Slot const& slot) const;
    std::string const& name_of(ShortKey const& key) const { return names_[static_cast<std::size_t>(key.id.counter)]; }
    Slot const* find_slot(SearchKey const& key) const;

    void encode(SearchRecord const& record);
    void store(Slot& slot);
    void release(Slot& slot);
    void free(std::uint32_t number);
    void compact();

    std::span<SearchCell const> cells_of(Slot const& slot) const { return {cells_.data() + slot.begin, slot.length}; }
    std::vector<SearchTerm> terms_of(std::string_view query, Closeness loosest) const;
    bool comes_before(Candidate const& left, Candidate const& right) const;
    std::vector<SearchRange> ranges_of(Slot const& slot, std::vector<SearchTerm> const& terms) const;

    SearchAlphabet alphabet_;
    std::vector<SearchCell> cells_;
    std::size_t garbage_ = 0;  // cells of no record
    std::vector<Slot> all_slots_;
    std::vector<std::uint32_t> free_slots_;
    std::unordered_map<ShortKey, std::uint32_t, KeyHash> slots_;
    std::vector<std::string> names_;
    std::vector<std::size_t> free_names_;
    std::unordered_map<std::string, std::size_t> name_numbers_;  // by kind and name
    std::uint32_t round_ = 0;
    std::vector<SearchCell> encoded_;  // what is being put in
};

}  // namespace guanjia
