#include "core/store/entry.h"

#include <algorithm>
#include <cassert>

#include "core/store/archive.h"

namespace guanjia {

namespace {

constexpr std::uint8_t body_format = 1;
constexpr std::size_t digest_size = 16;
constexpr std::size_t salt_size = 16;

enum class Tag : std::uint8_t { empty = 0, number = 1, text = 2, own_id = 3, other_id = 4, personal_digest = 5 };

// Value and salt of one personal field, in the order in which the body names them.
struct PersonalValue {
    bool erased = false;
    std::string salt;
    std::string value;  // as put_value writes it
};

void put_id(BoundedOutput& to, Incarnation own, AnyId id) {
    // 0: none, 1: of this desk, 2: of another.
    if (!id) return to.put_byte(0);
    to.put_byte(id.incarnation == own ? 1 : 2);
    if (id.incarnation != own) to.put_number(id.incarnation);
    to.put_number(id.counter);
}

AnyId take_id(BoundedInput& from, Incarnation own) {
    auto const kind = from.byte();
    if (kind == 0) return {};
    if (kind > 2) throw cereal::Exception{"id of an unknown kind"};
    auto const incarnation = kind == 1 ? own : from.number();
    auto const counter = from.number();
    if (incarnation == 0 || counter >= entry_number_limit * facts_per_entry) throw cereal::Exception{"id out of range"};
    return {incarnation, counter};
}

Tag tag_of(Incarnation own, Value const& value) {
    if (is_empty(value)) return Tag::empty;
    if (std::holds_alternative<std::int64_t>(value)) return Tag::number;
    if (std::holds_alternative<std::string>(value)) return Tag::text;
    return std::get<AnyId>(value).incarnation == own ? Tag::own_id : Tag::other_id;
}

void put_value(BoundedOutput& to, Tag tag, Value const& value) {
    switch (tag) {
        case Tag::number: to.put_signed(std::get<std::int64_t>(value)); return;
        case Tag::text: to(std::get<std::string>(value)); return;
        case Tag::own_id: to.put_number(std::get<AnyId>(value).counter); return;
        case Tag::other_id:
            to.put_number(std::get<AnyId>(value).incarnation);
            to.put_number(std::get<AnyId>(value).counter);
            return;
        case Tag::empty:
        case Tag::personal_digest: return;
    }
}

Value take_value(BoundedInput& from, Tag tag, Incarnation own) {
    switch (tag) {
        case Tag::empty: return {};
        case Tag::number: return from.signed_number();
        case Tag::text: {
            std::string text;
            from(text);
            return text;
        }
        case Tag::own_id:
        case Tag::other_id: {
            auto const incarnation = tag == Tag::own_id ? own : from.number();
            auto const counter = from.number();
            if (incarnation == 0 || counter >= entry_number_limit * facts_per_entry)
                throw cereal::Exception{"id out of range"};
            return AnyId{incarnation, counter};
        }
        case Tag::personal_digest: break;
    }
    throw cereal::Exception{"value of an unknown type"};
}

std::string digest_of(PersonalValue const& value) {
    auto const hash = Hasher{}.add(value.salt).add(value.value).finish();
    return std::string{bytes_of(hash).substr(0, digest_size)};
}

class BodyWriter {
public:
    BodyWriter(Incarnation own, RandomSource const& random) : own_{own}, random_{random}, out_{body_} {}

    void put(FieldValue const& field) {
        auto const tag = tag_of(own_, field.value);
        auto const hidden = field.personal && tag != Tag::empty;
        auto const written = hidden ? Tag::personal_digest : tag;
        out_.put_number(static_cast<std::uint64_t>(field.field) << 3 | static_cast<std::uint64_t>(written));
        if (!hidden) return put_value(out_, tag, field.value);

        PersonalValue kept;
        while (kept.salt.size() < salt_size) {
            auto const bits = random_();
            for (unsigned shift = 0; shift < 64; shift += 8) kept.salt += static_cast<char>(bits >> shift);
        }
        BoundedOutput value{kept.value};
        value.put_byte(static_cast<std::uint8_t>(tag));
        put_value(value, tag, field.value);
        out_.put_bytes(digest_of(kept));
        personal_.push_back(std::move(kept));
    }

    BoundedOutput& out() { return out_; }
    Incarnation own() const { return own_; }
    std::string take_body() { return std::move(body_); }
    std::vector<PersonalValue> const& personal() const { return personal_; }

private:
    Incarnation own_;
    RandomSource const& random_;
    std::string body_;
    BoundedOutput out_;
    std::vector<PersonalValue> personal_;
};

std::string write_personal(std::vector<PersonalValue> const& values) {
    std::string bytes;
    if (values.empty()) return bytes;
    BoundedOutput out{bytes};
    out.put_number(values.size());
    for (auto const& value : values) {
        out.put_byte(value.erased ? 0 : 1);
        if (value.erased) continue;
        out.put_bytes(value.salt);
        out(value.value);
    }
    return bytes;
}

std::vector<PersonalValue> read_personal(std::string_view bytes) {
    std::vector<PersonalValue> values;
    if (bytes.empty()) return values;
    BoundedInput in{bytes};
    auto const count = in.count(frame_limit);
    for (std::size_t index = 0; index < count; ++index) {
        PersonalValue value;
        auto const present = in.byte();
        if (present > 1) throw cereal::Exception{"personal value of an unknown kind"};
        value.erased = present == 0;
        if (!value.erased) {
            value.salt = in.bytes(salt_size);
            in(value.value);
        }
        values.push_back(std::move(value));
    }
    if (in.left() != 0) throw cereal::Exception{"bytes after the last personal value"};
    return values;
}

// Thrown and caught within this file.
struct PersonalAltered {};
struct NewerFormat {};

// Reads a body and joins it with its personal values; `place_of` hears where each personal value stands.
class BodyReader {
public:
    BodyReader(Incarnation own, std::string_view body, std::string_view personal)
        : own_{own}, in_{body}, personal_{read_personal(personal)} {}

    Entry read() {
        if (in_.byte() != body_format) throw NewerFormat{};
        Entry entry;
        entry.incarnation = own_;
        entry.number = in_.number();
        if (entry.number == 0 || entry.number >= entry_number_limit)
            throw cereal::Exception{"entry number out of range"};
        entry.ticks = in_.number();
        entry.occurred_at.seconds = in_.signed_number();
        entry.recorded_at.seconds = in_.signed_number();
        entry.person = take_id(in_, own_);
        in_(entry.command);
        auto const clauses = in_.count(entry_clause_limit);
        for (std::size_t index = 0; index < clauses; ++index) in_(entry.clauses.emplace_back());
        auto const facts = in_.count(facts_per_entry);
        for (place_.place = 0; place_.place < facts; ++place_.place) {
            Fact fact;
            in_(fact.kind);
            auto const fields = in_.count(entry_field_limit);
            for (std::size_t index = 0; index < fields; ++index) fact.fields.push_back(field());
            entry.facts.push_back(std::move(fact));
        }
        auto const changes = in_.count(facts_per_entry);
        place_.change = true;
        for (place_.place = 0; place_.place < changes; ++place_.place) {
            AttributeChange change;
            in_(change.kind);
            change.entity = take_id(in_, own_);
            change.value = field();
            change.replaced.ticks = in_.number();
            change.replaced.desk = in_.byte() == 0 ? own_ : in_.number();
            entry.changes.push_back(std::move(change));
        }
        if (in_.left() != 0) throw cereal::Exception{"bytes after the entry"};
        if (next_personal_ != personal_.size()) throw PersonalAltered{};
        return entry;
    }

    std::vector<PersonalPlace> const& places() const { return places_; }
    std::vector<PersonalValue>& personal() { return personal_; }

private:
    FieldValue field() {
        auto const header = in_.number();
        auto const number = header >> 3;
        if (number == 0 || number > 0xFFFF) throw cereal::Exception{"field number out of range"};
        FieldValue result;
        result.field = static_cast<std::uint16_t>(number);
        auto const tag = static_cast<Tag>(header & 7);
        if (tag != Tag::personal_digest) {
            result.value = take_value(in_, tag, own_);
            return result;
        }
        result.personal = true;
        auto const digest = in_.bytes(digest_size);
        if (next_personal_ == personal_.size()) throw PersonalAltered{};
        auto const& kept = personal_[next_personal_++];
        auto place = place_;
        place.field = result.field;
        places_.push_back(place);
        if (kept.erased) return result;
        if (digest_of(kept) != digest) throw PersonalAltered{};
        BoundedInput value{kept.value};
        auto const inner = static_cast<Tag>(value.byte());
        result.value = take_value(value, inner, own_);
        if (value.left() != 0) throw cereal::Exception{"bytes after a personal value"};
        return result;
    }

    Incarnation own_;
    BoundedInput in_;
    std::vector<PersonalValue> personal_;
    std::vector<PersonalPlace> places_;
    std::size_t next_personal_ = 0;
    PersonalPlace place_;
};

}  // namespace

EncodedEntry encode_entry(Entry const& entry, RandomSource const& random) {
    assert(entry.facts.size() <= facts_per_entry && entry.changes.size() <= facts_per_entry);
    BodyWriter writer{entry.incarnation, random};
    auto& out = writer.out();
    out.put_byte(body_format);
    out.put_number(entry.number);
    out.put_number(entry.ticks);
    out.put_signed(entry.occurred_at.seconds);
    out.put_signed(entry.recorded_at.seconds);
    put_id(out, entry.incarnation, entry.person);
    out(entry.command);
    out.put_number(entry.clauses.size());
    for (auto const& clause : entry.clauses) out(clause);
    out.put_number(entry.facts.size());
    for (auto const& fact : entry.facts) {
        out(fact.kind);
        out.put_number(fact.fields.size());
        for (auto const& field : fact.fields) writer.put(field);
    }
    out.put_number(entry.changes.size());
    for (auto const& change : entry.changes) {
        out(change.kind);
        put_id(out, entry.incarnation, change.entity);
        writer.put(change.value);
        out.put_number(change.replaced.ticks);
        auto const own = change.replaced.desk == entry.incarnation;
        out.put_byte(own ? 0 : 1);
        if (!own) out.put_number(change.replaced.desk);
    }
    auto personal = write_personal(writer.personal());
    return {writer.take_body(), std::move(personal)};
}

Result<Entry> decode_entry(Incarnation incarnation, std::string_view body, std::string_view personal) {
    try {
        if (body.size() > entry_body_limit) return refuse("archive.damaged");
        return BodyReader{incarnation, body, personal}.read();
    } catch (PersonalAltered const&) {
        return refuse("archive.personal-altered");
    } catch (NewerFormat const&) {
        return refuse("archive.newer-format");
    } catch (cereal::Exception const&) {
        return refuse("archive.damaged");
    }
}

Hash chain_start(Incarnation incarnation) { return hash_of("guanjia journal " + format_incarnation(incarnation)); }

Hash chain_next(Hash const& previous, std::string_view body) { return Hasher{}.add(previous).add(body).finish(); }

std::string erase_personal(Incarnation incarnation, std::string_view body, std::string_view personal,
                           std::vector<PersonalPlace> const& erase) {
    try {
        BodyReader reader{incarnation, body, personal};
        reader.read();
        auto& values = reader.personal();
        for (std::size_t index = 0; index < values.size(); ++index) {
            auto const wanted = std::find(erase.begin(), erase.end(), reader.places()[index]) != erase.end();
            if (wanted) values[index] = PersonalValue{true, {}, {}};
        }
        return write_personal(values);
    } catch (cereal::Exception const&) {
    } catch (PersonalAltered const&) {
    } catch (NewerFormat const&) {
    }
    // Of a newer format: it is kept as it came, and erased when an upgrade has learned to read it.
    return std::string{personal};
}

}  // namespace guanjia
