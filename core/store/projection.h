#pragma once
// Tables as projections of the journal. One table per description, made from it:
//   id BLOB (16 bytes), stamp (ticks of the entry; its desk is the id's incarnation), occurred_at, recorded_by, fields…
// Applying the same entries in any order leaves the same rows: facts are only added, an attribute takes its newest
// stamp, an erasure holds for whatever arrives later.
//
// Areas add *derived* tables (the state of a ticket, duties): when a fact names a subject, the area derives that
// subject's rows again from its facts.

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/description.h"
#include "core/procedure/calendar.h"
#include "core/procedure/parameters.h"
#include "core/procedure/wordings.h"
#include "core/store/change_feed.h"
#include "core/store/database.h"
#include "core/store/entry.h"

namespace guanjia {

// The parameters, wordings and calendars in force, as the journal tells them.
class RuleBook {
public:
    void load(Database& database);
    Parameters const& parameters() const { return parameters_; }
    Wordings const& wordings() const { return wordings_; }
    // The calendar as it is known now.
    Calendar const& calendar() const { return calendar_; }
    // The calendar as it was known at a stamp: what was done then is judged by it (GEN-S5).
    Calendar calendar_at(std::uint64_t ticks) const;
    bool calendar_changed_since(std::uint64_t ticks) const { return last_load_ > ticks; }

private:
    struct Load {
        std::uint64_t ticks;
        CalendarYear year;
    };
    Parameters parameters_;
    Wordings wordings_;
    Calendar calendar_;
    std::vector<Load> loads_;
    std::uint64_t last_load_ = 0;
};

// A set of kinds of facts, as bits. Two kinds may share a bit: a set says what may be there, never what is not.
using KindSet = std::uint64_t;
inline constexpr KindSet every_kind = ~KindSet{0};
constexpr KindSet kind_bit(std::uint16_t kind) { return KindSet{1} << (kind % 64); }

// Subjects whose derived rows are due, by kind, each with the kinds of facts that have come since it was last derived.
using TouchedSubjects = std::map<std::pair<std::uint16_t, AnyId>, KindSet>;

// One subject's turn.
struct Derivation {
    Database& database;
    RuleBook const& rules;
    AnyId subject;
    KindSet fresh;  // kinds of facts that have come since it was last derived
    TouchedSubjects& touched;

    // Another subject's rows follow from this one's: they are derived afterwards, once, however many ask for it.
    void also(Description const& kind, AnyId other) const { touched[{kind.number, other}]; }
};

struct SubjectKind {
    Description const* entity;
    // Makes the rows of one subject from its facts.
    void (*derive)(Derivation const& derivation);
    // The subjects whose derived rows a change of parameters or calendar may touch: those not finished, and those with
    // a day on or after the given one.
    std::vector<AnyId> (*affected_from)(Database& database, Date from);
};

struct Schema {
    std::vector<Description const*> descriptions;
    std::vector<SubjectKind> subjects;
    std::vector<std::string> derived_tables;  // statements that create them
    int rules = 0;                            // raised when the same journal makes other derived rows than before

    Description const* find(std::uint16_t number) const;
    Description const* find(std::string_view name) const;
    // Changes when a description, a derived table or what rules derive does: tables are then rebuilt.
    std::string fingerprint() const;
};

class Projection {
public:
    Projection(Database& database, Schema const& schema);

    void create_tables();
    void drop_tables();

    // Adds the facts and changes of an entry. Derived rows are due until derive() is called.
    void apply(Entry const& entry);
    // Derives what was touched; at most `limit` subjects. True when nothing is left to derive.
    bool derive(std::size_t limit = SIZE_MAX);
    // After a rollback: what was touched is as it was.
    void forget_touched() {
        touched_.clear();
        rules_changed_ = wordings_changed_ = false;
    }
    RuleBook const& rules() const { return rules_; }
    void load_rules() { rules_.load(database_); }
    // Which rows were touched by all this.
    ChangeFeed& feed() { return feed_; }

    // The stamp of an attribute's present value: that of its newest change, else of its entity.
    Stamp attribute_stamp(Description const& kind, AnyId entity, std::uint16_t field);

private:
    struct Table {
        Description const* description;
        std::string insert;
        std::vector<std::string> update;  // by place of the field
        bool has_attributes = false;
        int data_subject = -1;  // place of the field
    };

    Table const* table(std::uint16_t kind) const;
    // Where the subject that this field names may have a person of its own.
    std::vector<Table const*> with_data_subject(Description const& kind, Field const& field) const;
    void insert_fact(Entry const& entry, Fact const& fact, AnyId id, Table const& to);
    void apply_newest(Table const& to, AnyId entity, std::uint16_t field);
    // Desk and number of an entry.
    using EntryKey = std::pair<Incarnation, std::uint64_t>;
    void erase(AnyId data_subject);
    void erase_in_journal(EntryKey entry, std::vector<PersonalPlace> const& places);
    bool is_erased(AnyId record);
    void touch(Entry const& entry, Fact const& fact, AnyId id, Description const& kind);

    Database& database_;
    Schema const& schema_;
    std::vector<Table> tables_;
    RuleBook rules_;
    ChangeFeed feed_;
    TouchedSubjects touched_;
    bool rules_changed_ = false;
    bool wordings_changed_ = false;  // nothing that is derived follows from them
    Date rules_changed_from_ = no_date;
};

}  // namespace guanjia
