#include "core/desk/search_sources.h"

#include <algorithm>
#include <unordered_map>

namespace guanjia {

SearchRecord search_record(TicketLine const& ticket) {
    return {{SearchKind::ticket, ticket.id.any, {}},
            {{SearchWeight::name, ticket.number},
             {SearchWeight::reference, ticket.customer},
             {SearchWeight::reference, ticket.unit},
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

void put_clauses(SearchIndex& index) {
    for (auto const& clause : all_clauses()) index.put(search_record(clause));
}

SearchUpdate::SearchUpdate(SearchIndex& index, RegistrySnapshot const& registry, TicketsSnapshot const& tickets)
    : index_{index}, registry_{registry}, tickets_{tickets}, owners_{search_records(registry.owners)} {
    index_.begin_round();
}

std::size_t SearchUpdate::all() const {
    return registry_.people.size() + owners_.size() + registry_.units.size() + tickets_.tickets.size();
}

SearchRecord SearchUpdate::record(std::size_t number) const {
    auto const& people = registry_.people;
    auto const& units = registry_.units;
    if (number < people.size()) return search_record(people[number]);
    number -= people.size();
    if (number < owners_.size()) return owners_[number];
    number -= owners_.size();
    if (number < units.size()) return search_record(units[number]);
    return search_record(tickets_.tickets[number - units.size()]);
}

bool SearchUpdate::step(std::size_t budget) {
    if (finished_) return true;
    for (; budget > 0 && done_ < all(); --budget, ++done_) index_.put(record(done_));
    if (done_ < all()) return false;
    for (auto const kind : {SearchKind::person, SearchKind::owner, SearchKind::unit, SearchKind::ticket})
        index_.erase_older(kind);
    finished_ = true;
    return true;
}

}  // namespace guanjia
