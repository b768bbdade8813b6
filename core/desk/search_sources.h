#pragma once
// What of the desk's data can be searched, and how heavy it is. Phones are in none of these records, masked or not.

#include <cstddef>
#include <vector>

#include "core/desk/search.h"
#include "core/desk/snapshots.h"
#include "core/procedure/catalogue.h"

namespace guanjia {

// The fields of each, in the order in which SearchRange counts them. The texts stay where they are: a record is good as
// long as its line is.
SearchRecord search_record(TicketLine const& ticket);  // number, customer, unit, category, words
SearchRecord search_record(PersonLine const& person);  // name, code, department
SearchRecord search_record(UnitLine const& unit);      // code
SearchRecord search_record(ClauseRow const& clause);   // id, Chinese sentence, English sentence
SearchRecord search_record(TicketLine&& ticket) = delete;
SearchRecord search_record(PersonLine&& person) = delete;
SearchRecord search_record(UnitLine&& unit) = delete;
// Name, then the code of each unit. An owner has one line for each unit.
std::vector<SearchRecord> search_records(std::vector<OwnerLine> const& owners);
std::vector<SearchRecord> search_records(std::vector<OwnerLine>&& owners) = delete;

// All clauses; they never change.
void put_clauses(SearchIndex& index);

// Makes people, owners, units and tickets of an index those of two snapshots: what is new is put in, what has changed
// is replaced, what is gone is dropped; all else stays as it is, with its uses. In steps, so that a page stays alive.
// The snapshots must outlive it, and there must be one at a time.
class SearchUpdate {
public:
    SearchUpdate(SearchIndex& index, RegistrySnapshot const& registry, TicketsSnapshot const& tickets);

    // Works on for so many records. True when done.
    bool step(std::size_t budget);
    // For a progress bar.
    std::size_t done() const { return done_; }
    std::size_t all() const;

private:
    SearchRecord record(std::size_t number) const;

    SearchIndex& index_;
    RegistrySnapshot const& registry_;
    TicketsSnapshot const& tickets_;
    std::vector<SearchRecord> owners_;
    std::size_t done_ = 0;
    bool finished_ = false;
};

}  // namespace guanjia
