#pragma once
// What of the desk's data can be searched, and how heavy it is. Phones are in none of these records, masked or not.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/desk/search.h"
#include "core/desk/snapshots.h"
#include "core/procedure/catalogue.h"
#include "core/service/ticket_book.h"

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

// An index that follows the desk: clauses from the beginning, people and homes whenever the register is taken anew,
// tickets as their lines come and change. Uses of what stays are kept.
class DeskSearch {
public:
    DeskSearch();

    // What is in the register now. It is put in by follow(): until that is through, or another one is taken, the
    // register stays where it is.
    void take(RegistrySnapshot const& registry);
    // Puts in about `budget` of the register's lines, then of those that the book has loaded or changed. True when
    // nothing is left to put in.
    bool follow(TicketBook& book, std::size_t budget);

    // Something that the page itself offers, by what it is called.
    void offer(std::string name, std::vector<std::string> const& words);
    // Somebody chose this of what was found.
    void chosen(SearchKey const& key);

    // How often what was chosen, as a text to be kept and given back at the next start; the most used, at most 200.
    // What is given back holds for what is in the index and for what comes into it; lines that say nothing are passed
    // over.
    std::string uses() const;
    void restore_uses(std::string_view text);

    SearchIndex const& index() const { return index_; }

private:
    void put(SearchRecord record);
    bool follow_register(std::size_t& budget);

    SearchIndex index_;
    bool follows_register_ = false;
    std::vector<SearchRecord> register_;                      // what is in it …
    std::size_t put_ = 0;                                     // … and how many of it have been put in
    std::map<std::string, std::uint32_t, std::less<>> uses_;  // by kind and id or name
};

}  // namespace guanjia
