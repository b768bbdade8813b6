#include "core/desk/search.h"

#include <algorithm>
#include <limits>

#include "core/base/text.h"

namespace guanjia {

namespace {

constexpr std::size_t cell_limit = std::size_t{1} << 30;
// The longest record: where its fields end must fit a cell.
static_assert(record_head + search_field_limit * (search_text_limit + 1) <= std::numeric_limits<SearchCell>::max());
// So much of the cells may be garbage without being worth a compaction.
constexpr std::size_t garbage_floor = 1 << 16;

std::string kind_and_name(SearchKind kind, std::string_view name) {
    std::string text(1, static_cast<char>(kind));
    return text += name;
}

}  // namespace

std::optional<SearchIndex::ShortKey> SearchIndex::find_key(SearchKey const& key) const {
    if (key.id) return ShortKey{key.kind, key.id};
    auto const known = name_numbers_.find(kind_and_name(key.kind, key.name));
    if (known == name_numbers_.end()) return std::nullopt;
    return ShortKey{key.kind, {0, known->second}};
}

SearchIndex::ShortKey SearchIndex::take_key(SearchKey const& key) {
    if (auto const known = find_key(key)) return *known;
    auto number = names_.size();
    if (free_names_.empty()) names_.push_back(key.name);
    else {
        number = free_names_.back();
        free_names_.pop_back();
        names_[number] = key.name;
    }
    name_numbers_.emplace(kind_and_name(key.kind, key.name), number);
    return {key.kind, {0, number}};
}

SearchKey SearchIndex::key_of(Slot const& slot) const {
    auto const& key = slot.key;
    return key.id ? SearchKey{key.kind, key.id, {}} : SearchKey{key.kind, {}, name_of(key)};
}

SearchIndex::Slot const* SearchIndex::find_slot(SearchKey const& key) const {
    auto const short_key = find_key(key);
    if (!short_key) return nullptr;
    auto const found = slots_.find(*short_key);
    return found == slots_.end() ? nullptr : &all_slots_[found->second];
}

// Fields of more weight come first: a search may stop as soon as nothing better can follow.
void SearchIndex::encode(SearchRecord const& record) {
    encoded_.assign(record_head, 0);
    auto const count = std::min(record.fields.size(), search_field_limit);
    for (auto weight = search_weight_count; weight-- > 0;) {
        for (std::size_t index = 0; index < count; ++index) {
            auto const& field = record.fields[index];
            if (static_cast<unsigned>(field.weight) != weight || field.text.empty()) continue;
            encoded_.push_back(mark_of(index, weight));
            auto text = field.text;
            for (std::size_t taken = 0; !text.empty() && taken < search_text_limit; ++taken) {
                auto const next = first_code_point(text);
                encoded_.push_back(alphabet_.cell_of(next.value, next.length));
                text.remove_prefix(next.length);
            }
        }
        if (weight > 0) encoded_[weight - 1] = static_cast<SearchCell>(encoded_.size());
    }
    encoded_.push_back(mark_of(0, 0));
}

bool SearchIndex::put(SearchRecord const& record) {
    encode(record);
    auto const key = take_key(record.key);
    auto const [place, is_new] = slots_.try_emplace(key, 0);
    if (is_new && !free_slots_.empty()) {
        place->second = free_slots_.back();
        free_slots_.pop_back();
    } else if (is_new) {
        place->second = static_cast<std::uint32_t>(all_slots_.size());
        all_slots_.emplace_back();
    }
    auto const number = place->second;
    auto& slot = all_slots_[number];
    if (is_new) slot.key = key;
    slot.uses = std::max(slot.uses, record.uses);
    slot.recency = record.recency;
    slot.round = round_;

    auto const known = cells_of(slot);
    if (std::equal(known.begin(), known.end(), encoded_.begin(), encoded_.end())) return true;
    release(slot);
    if (cells_.size() + encoded_.size() > cell_limit) compact();
    if (cells_.size() + encoded_.size() > cell_limit) {
        free(number);
        return false;
    }
    store(slot);
    if (garbage_ > garbage_floor && garbage_ > cells_.size() / 3) compact();
    return true;
}

void SearchIndex::store(Slot& slot) {
    auto const needed = cells_.size() + encoded_.size();
    // By less than the vector itself would: this is most of the memory.
    if (needed > cells_.capacity()) cells_.reserve(needed + needed / 4);
    slot.begin = static_cast<std::uint32_t>(cells_.size());
    slot.length = static_cast<std::uint32_t>(encoded_.size());
    cells_.insert(cells_.end(), encoded_.begin(), encoded_.end());
}

// Nothing stays of the text: it may be that of a person whose data were erased.
void SearchIndex::release(Slot& slot) {
    std::fill_n(cells_.begin() + slot.begin, slot.length, SearchCell{0});
    garbage_ += slot.length;
    slot.length = 0;
}

void SearchIndex::free(std::uint32_t number) {
    auto& slot = all_slots_[number];
    release(slot);
    slots_.erase(slot.key);
    if (!slot.key.id) {
        auto const name = static_cast<std::size_t>(slot.key.id.counter);
        name_numbers_.erase(kind_and_name(slot.key.kind, names_[name]));
        names_[name].clear();
        free_names_.push_back(name);
    }
    slot = {};
    free_slots_.push_back(number);
}

bool SearchIndex::erase(SearchKey const& key) {
    auto const* slot = find_slot(key);
    if (!slot) return false;
    free(static_cast<std::uint32_t>(slot - all_slots_.data()));
    if (garbage_ > garbage_floor && garbage_ > cells_.size() / 3) compact();
    return true;
}

void SearchIndex::clear() {
    auto const round = round_;
    *this = {};
    round_ = round;
}

void SearchIndex::reserve(std::size_t records, std::size_t characters) {
    // A record has about six marks.
    cells_.reserve(std::min(cell_limit, characters + records * 6));
    all_slots_.reserve(records);
    slots_.reserve(records);
}

void SearchIndex::erase_older(SearchKind kind) {
    for (std::uint32_t number = 0; number < all_slots_.size(); ++number) {
        auto const& slot = all_slots_[number];
        if (slot.length != 0 && slot.key.kind == kind && slot.round != round_) free(number);
    }
    if (garbage_ > garbage_floor && garbage_ > cells_.size() / 3) compact();
}

void SearchIndex::compact() {
    std::vector<SearchCell> cells;
    auto const live = cells_.size() - garbage_;
    cells.reserve(live + live / 4);
    for (auto& slot : all_slots_) {
        auto const begin = cells.size();
        auto const record = cells_of(slot);
        cells.insert(cells.end(), record.begin(), record.end());
        slot.begin = static_cast<std::uint32_t>(begin);
    }
    cells_ = std::move(cells);
    garbage_ = 0;
}

void SearchIndex::used(SearchKey const& key) {
    auto const* found = find_slot(key);
    if (!found) return;
    auto& slot = all_slots_[static_cast<std::size_t>(found - all_slots_.data())];
    if (slot.uses < std::numeric_limits<std::uint32_t>::max()) ++slot.uses;
}

void SearchIndex::has_uses(SearchKey const& key, std::uint32_t uses) {
    auto const* found = find_slot(key);
    if (!found) return;
    auto& slot = all_slots_[static_cast<std::size_t>(found - all_slots_.data())];
    slot.uses = std::max(slot.uses, uses);
}

std::uint32_t SearchIndex::uses_of(SearchKey const& key) const {
    auto const* slot = find_slot(key);
    return slot ? slot->uses : 0;
}

// The longest word first: it is likely to be met least.
std::vector<SearchTerm> SearchIndex::terms_of(std::string_view query, Closeness loosest) const {
    auto words = words_of_query(query);
    std::stable_sort(words.begin(), words.end(),
                     [](auto const& left, auto const& right) { return left.size() > right.size(); });
    std::vector<SearchTerm> terms;
    terms.reserve(words.size());
    for (auto const& word : words) terms.emplace_back(alphabet_, word, loosest);
    return terms;
}

bool SearchIndex::comes_before(Candidate const& left, Candidate const& right) const {
    if (left.rank != right.rank) return left.rank < right.rank;
    if (left.uses != right.uses) return left.uses > right.uses;
    if (left.recency != right.recency) return left.recency > right.recency;
    auto const& one = all_slots_[left.slot].key;
    auto const& other = all_slots_[right.slot].key;
    if (one.kind != other.kind) return one.kind < other.kind;
    if (one.id && other.id) return one.id < other.id;
    if (one.id || other.id) return !one.id;
    return name_of(one) < name_of(other);
}

SearchResult SearchIndex::find(std::string_view query, std::size_t limit, SearchOptions const& options) const {
    auto const terms = terms_of(query, options.loosest);
    limit = std::min(limit, size());
    SearchResult result;
    std::vector<Candidate> best;
    best.reserve(2 * limit);
    auto const before = [this](Candidate const& left, Candidate const& right) { return comes_before(left, right); };
    for (std::uint32_t number = 0; number < all_slots_.size(); ++number) {
        auto const& slot = all_slots_[number];
        if (slot.length == 0 || !options.kinds.has(slot.key.kind)) continue;
        Candidate candidate{0, slot.uses, slot.recency, number};
        auto const matches = std::all_of(terms.begin(), terms.end(), [&](SearchTerm const& term) {
            auto const match = term.best_in(cells_of(slot));
            if (match) candidate.rank += match->rank;
            return match.has_value();
        });
        if (!matches) continue;
        ++result.matched;
        if (limit == 0) continue;
        // Room for twice as many as are wanted; when it is full, the worse half goes. From then on the last of the
        // better half shows out most candidates with one comparison.
        if (result.matched > 2 * limit && !before(candidate, best[limit - 1])) continue;
        best.push_back(candidate);
        if (best.size() < 2 * limit) continue;
        std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(limit - 1), best.end(), before);
        best.resize(limit);
    }
    std::sort(best.begin(), best.end(), before);
    if (best.size() > limit) best.resize(limit);
    for (auto const& candidate : best) {
        auto const& slot = all_slots_[candidate.slot];
        result.hits.push_back({key_of(slot), ranges_of(slot, terms)});
    }
    return result;
}

void SearchIndex::filter(std::string_view query, SearchOptions const& options,
                         std::function<void(SearchKey const&)> const& match) const {
    auto const terms = terms_of(query, options.loosest);
    for (auto const& slot : all_slots_) {
        if (slot.length == 0 || !options.kinds.has(slot.key.kind)) continue;
        auto const cells = cells_of(slot);
        if (std::all_of(terms.begin(), terms.end(), [&](SearchTerm const& term) { return term.is_in(cells); }))
            match(key_of(slot));
    }
}

std::vector<SearchRange> SearchIndex::ranges_of(Slot const& slot, std::vector<SearchTerm> const& terms) const {
    auto const cells = cells_of(slot);
    std::vector<SearchRange> found;
    for (auto const& term : terms) {
        auto const match = term.best_in(cells);
        if (!match) continue;
        auto mark = match->begin;
        while (!is_mark(cells[mark])) --mark;
        SearchRange range{field_of_mark(cells[mark]), 0, 0};
        for (auto cell = mark + 1; cell < match->end; ++cell) {
            auto const width = alphabet_.width(cells[cell]);
            if (cell < match->begin) range.begin += width;
            range.end += width;
        }
        found.push_back(range);
    }
    std::sort(found.begin(), found.end(), [](SearchRange const& left, SearchRange const& right) {
        return left.field != right.field ? left.field < right.field : left.begin < right.begin;
    });
    std::vector<SearchRange> apart;
    for (auto const& range : found) {
        if (!apart.empty() && apart.back().field == range.field && range.begin <= apart.back().end)
            apart.back().end = std::max(apart.back().end, range.end);
        else apart.push_back(range);
    }
    return apart;
}

std::string SearchIndex::text_of(SearchKey const& key, std::size_t field) const {
    std::string text;
    auto const* slot = find_slot(key);
    if (!slot) return text;
    auto within = false;
    auto const cells = cells_of(*slot);
    for (auto const cell : cells.subspan(record_head, cells.size() - record_head - 1)) {
        if (is_mark(cell)) within = field_of_mark(cell) == field;
        else if (within) alphabet_.append_text(text, cell);
    }
    return text;
}

std::size_t SearchIndex::bytes() const {
    // A node of the map of keys: key, value, hash and two pointers.
    auto const per_key = sizeof(ShortKey) + 4 * sizeof(void*);
    return cells_.capacity() * sizeof(SearchCell) + all_slots_.capacity() * sizeof(Slot) + slots_.size() * per_key +
           free_slots_.capacity() * sizeof(std::uint32_t) + alphabet_.bytes();
}

}  // namespace guanjia
