#include "core/desk/search_sources.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_map>

namespace guanjia {

SearchRecord search_record(TicketLine const& ticket) {
    return {{SearchKind::ticket, ticket.id.any, {}},
            {{SearchWeight::name, ticket.number},
             {SearchWeight::reference, ticket.customer},
             {SearchWeight::reference, ticket.unit},
             {SearchWeight::reference, ticket.origin},
             {SearchWeight::label, ticket.category},
             {SearchWeight::words, ticket.words}},
            ticket.registered_at.seconds};
}

SearchRecord search_record(PersonLine const& person) {
    return {{SearchKind::person, person.id, {}},
            {{SearchWeight::name, person.name},
             {SearchWeight::name, person.code},
             {SearchWeight::label, person.department}}};
}

SearchRecord search_record(UnitLine const& unit) {
    return {{SearchKind::unit, unit.id, {}}, {{SearchWeight::name, unit.code}}};
}

SearchRecord search_record(ClauseRow const& clause) {
    return {
        {SearchKind::clause, {}, std::string{clause.id}},
        {{SearchWeight::name, clause.id}, {SearchWeight::words, clause.zh}, {SearchWeight::words, clause.en}},
    };
}

std::vector<SearchRecord> search_records(std::vector<OwnerLine> const& owners) {
    std::vector<SearchRecord> records;
    std::unordered_map<AnyId, std::size_t> places;
    for (auto const& owner : owners) {
        auto const [place, is_new] = places.try_emplace(owner.id, records.size());
        if (is_new) records.push_back({{SearchKind::owner, owner.id, {}}, {{SearchWeight::name, owner.name}}});
        records[place->second].fields.push_back({SearchWeight::reference, owner.unit});
    }
    return records;
}

namespace {

constexpr std::size_t kept_uses = 200;
constexpr std::size_t use_digits = 6;
constexpr std::uint32_t most_uses = 999'999;
constexpr std::size_t use_key_limit = 80;

// "4:RV-4.1", "3:0123456789abcdef-4097"
std::string use_key(SearchKey const& key) {
    return std::to_string(static_cast<int>(key.kind)) + ":" + (key.name.empty() ? format_id(key.id) : key.name);
}

std::optional<SearchKey> key_of_use(std::string_view text) {
    auto const last_kind = static_cast<char>('0' + static_cast<int>(SearchKind::ticket));
    if (text.size() < 3 || text.size() > use_key_limit || text[1] != ':') return {};
    if (text[0] < '0' || text[0] > last_kind) return {};
    auto const kind = static_cast<SearchKind>(text[0] - '0');
    auto const known = text.substr(2);
    if (auto const id = parse_id(known)) return SearchKey{kind, *id, {}};
    return SearchKey{kind, {}, std::string{known}};
}

}  // namespace

DeskSearch::DeskSearch() {
    for (auto const& clause : all_clauses()) index_.put(search_record(clause));
}

void DeskSearch::put(SearchRecord record) {
    if (!uses_.empty())
        if (auto const found = uses_.find(use_key(record.key)); found != uses_.end()) record.uses = found->second;
    index_.put(record);
}

void DeskSearch::take(RegistrySnapshot const& registry) {
    index_.begin_round();
    register_ = search_records(registry.owners);
    for (auto const& person : registry.people)
        if (!person.left) register_.push_back(search_record(person));
    for (auto const& unit : registry.units) register_.push_back(search_record(unit));
    put_ = 0;
    follows_register_ = true;
}

// True when it is through; uses up the budget until then.
bool DeskSearch::follow_register(std::size_t& budget) {
    if (!follows_register_) return true;
    for (; put_ < register_.size() && budget > 0; --budget) put(std::move(register_[put_++]));
    if (put_ < register_.size()) return false;
    for (auto const kind : {SearchKind::person, SearchKind::owner, SearchKind::unit}) index_.erase_older(kind);
    register_ = {};
    follows_register_ = false;
    return true;
}

bool DeskSearch::follow(TicketBook& book, std::size_t budget) {
    if (!follow_register(budget)) return false;
    return book.take_changed(budget, [this, &book](Id<Ticket> ticket) {
        auto const place = book.find(ticket);
        if (!place) {
            index_.erase({SearchKind::ticket, ticket.any, {}});
            return;
        }
        auto const line = book.line(*place);
        put(search_record(line));
    });
}

void DeskSearch::offer(std::string name, std::vector<std::string> const& words) {
    SearchRecord record{{SearchKind::command, {}, std::move(name)}, {}};
    for (auto const& text : words) record.fields.push_back({SearchWeight::name, text});
    put(std::move(record));
}

void DeskSearch::chosen(SearchKey const& key) {
    ++uses_[use_key(key)];
    index_.used(key);
}

std::string DeskSearch::uses() const {
    std::vector<std::pair<std::uint32_t, std::string_view>> most;
    for (auto const& [key, count] : uses_) most.emplace_back(count, key);
    std::sort(most.begin(), most.end(), std::greater<>{});
    if (most.size() > kept_uses) most.resize(kept_uses);
    std::string text;
    for (auto const& [count, key] : most)
        text += std::string{key} + "=" + std::to_string(std::min(count, most_uses)) + "\n";
    return text;
}

void DeskSearch::restore_uses(std::string_view text) {
    uses_.clear();
    while (!text.empty() && uses_.size() < kept_uses) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        auto const equals = line.rfind('=');
        if (equals == std::string_view::npos) continue;
        auto const key = key_of_use(line.substr(0, equals));
        std::uint32_t count = 0;
        for (auto const digit : line.substr(equals + 1, use_digits))
            if (digit >= '0' && digit <= '9') count = count * 10 + static_cast<std::uint32_t>(digit - '0');
        if (!key || count == 0) continue;
        uses_[std::string{line.substr(0, equals)}] = count;
        index_.has_uses(*key, count);
    }
}

}  // namespace guanjia
