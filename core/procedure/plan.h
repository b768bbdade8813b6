#pragma once
// The answer "yes" of a rule: what to add and what to change. Desk turns it into a journal entry.

#include <cassert>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/description.h"
#include "core/base/id.h"
#include "core/procedure/clause.h"

namespace guanjia {

struct PlannedField {
    Field const* field;
    Value value;
};

struct PlannedFact {
    Description const* kind;
    AnyId id;
    std::vector<PlannedField> fields;
};

struct PlannedChange {
    Description const* kind;
    AnyId entity;
    PlannedField field;
};

class Plan {
public:
    // first: the id of the first fact that this plan adds; the rest count up from it.
    explicit Plan(AnyId first) : next_{first} {}

    template <class Entity>
    Id<Entity> add(Entity const& entity) {
        assert(next_.place() + 1 < facts_per_entry);
        PlannedFact fact{&Entity::description, next_, {}};
        for (auto const& field : Entity::description.fields)
            if (auto value = value_of(field, &entity); !is_empty(value))
                fact.fields.push_back({&field, std::move(value)});
        facts_.push_back(std::move(fact));
        Id<Entity> const id{next_};
        ++next_.counter;
        return id;
    }

    // Sets the attributes in which `changed` differs from `current`. Other fields must not differ.
    template <class Entity>
    void change(Id<Entity> id, Entity const& current, Entity const& changed) {
        for (auto const& field : Entity::description.fields) {
            auto value = value_of(field, &changed);
            if (value == value_of(field, &current)) continue;
            assert(field.has(attribute) && "only attributes change; the rest is corrected by a new fact");
            changes_.push_back({&Entity::description, id.any, {&field, std::move(value)}});
        }
    }

    // The clause under which this is done; named in the journal.
    Plan& under(Clause clause) {
        for (auto const& known : clauses_)
            if (known == clause) return *this;
        clauses_.push_back(clause);
        return *this;
    }

    std::vector<PlannedFact> const& facts() const { return facts_; }
    std::vector<PlannedChange> const& changes() const { return changes_; }
    std::vector<Clause> const& clauses() const { return clauses_; }
    bool empty() const { return facts_.empty() && changes_.empty(); }

private:
    AnyId next_;
    std::vector<PlannedFact> facts_;
    std::vector<PlannedChange> changes_;
    std::vector<Clause> clauses_;
};

}  // namespace guanjia
