#pragma once
// One accepted command as the journal keeps it: who, when, which command under which clauses, the facts it added and
// the attributes it changed. The bytes are frozen (docs/decisions/0002-entries.md).
//
// An entry is kept in two parts. The *body* is hashed into the chain and never changes. Personal values are not in it:
// there stands the digest of salt and value; salt and value travel beside, in the *personal* part, from which they can
// be erased without breaking the chain.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/base/stamp.h"
#include "core/base/time.h"
#include "core/base/value.h"
#include "core/procedure/refusal.h"

namespace guanjia {

struct FieldValue {
    std::uint16_t field = 0;
    Value value;
    bool personal = false;
    friend bool operator==(FieldValue const&, FieldValue const&) = default;
};

// A new entity or step. Its id follows from its entry and its place there.
struct Fact {
    std::uint16_t kind = 0;
    std::vector<FieldValue> fields;  // ascending field numbers; empty values are left out
    friend bool operator==(Fact const&, Fact const&) = default;
};

struct AttributeChange {
    std::uint16_t kind = 0;
    AnyId entity;
    FieldValue value;
    Stamp replaced;  // of the value that stood there when the command was decided
    friend bool operator==(AttributeChange const&, AttributeChange const&) = default;
};

struct Entry {
    Incarnation incarnation = 0;
    std::uint64_t number = 0;  // from 1, without gaps
    std::uint64_t ticks = 0;   // of the hybrid clock
    LocalTime occurred_at = no_time;
    LocalTime recorded_at = no_time;
    AnyId person;  // none while a desk is set up
    std::string command;
    std::vector<std::string> clauses;
    std::vector<Fact> facts;
    std::vector<AttributeChange> changes;

    Stamp stamp() const { return {ticks, incarnation}; }
    AnyId id_of(std::size_t place) const { return id_of_fact(incarnation, number, place); }
    friend bool operator==(Entry const&, Entry const&) = default;
};

// The bytes of an entry, as journal and slices carry them.
struct EncodedEntry {
    std::string body;
    std::string personal;  // empty when the entry has no personal values
};

inline constexpr std::size_t entry_body_limit = std::size_t{256} << 10;
inline constexpr std::size_t entry_clause_limit = 64;
inline constexpr std::size_t entry_field_limit = 256;

EncodedEntry encode_entry(Entry const& entry, RandomSource const& random);

// Refused ("archive.damaged", "archive.newer-format", "archive.personal-altered") when the bytes are not an entry of
// this incarnation. Erased personal values come back empty. Never allocates more than a small multiple of the input.
Result<Entry> decode_entry(Incarnation incarnation, std::string_view body, std::string_view personal);

// The chain: hash of an entry = H(hash of its predecessor ‖ body); entry 1 follows the hash of the incarnation.
Hash chain_start(Incarnation incarnation);
Hash chain_next(Hash const& previous, std::string_view body);

// The personal part with the values that `erase` names taken out: fact or change place, field.
struct PersonalPlace {
    bool change = false;
    std::size_t place = 0;
    std::uint16_t field = 0;
    friend bool operator==(PersonalPlace const&, PersonalPlace const&) = default;
};
std::string erase_personal(Incarnation incarnation, std::string_view body, std::string_view personal,
                           std::vector<PersonalPlace> const& erase);

}  // namespace guanjia
