#include "core/store/projection.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/procedure/model.h"

namespace guanjia {

namespace {

constexpr char const* attribute_table =
    "CREATE TABLE attribute_change(entity BLOB NOT NULL, field INTEGER NOT NULL, ticks INTEGER NOT NULL, "
    "desk INTEGER NOT NULL, kind INTEGER NOT NULL, value, replaced_ticks INTEGER, replaced_desk INTEGER, "
    "entry INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(entity, field, ticks, desk)) WITHOUT ROWID";

bool fits(Field const& field, Value const& value) {
    if (is_empty(value)) return true;
    switch (field.type) {
        case FieldType::text: return std::holds_alternative<std::string>(value);
        case FieldType::reference: return std::holds_alternative<AnyId>(value);
        default: return std::holds_alternative<std::int64_t>(value);
    }
}

Value const nothing;

std::string create_table(Description const& kind) {
    auto sql = fmt::format(
        "CREATE TABLE {}(id BLOB PRIMARY KEY NOT NULL, stamp INTEGER NOT NULL, occurred_at INTEGER NOT NULL, "
        "recorded_by BLOB",
        kind.name);
    for (auto const& field : kind.fields) {
        auto const* type = field.type == FieldType::text        ? "TEXT"
                           : field.type == FieldType::reference ? "BLOB"
                                                                : "INTEGER";
        sql += fmt::format(", {} {}", field.name, type);
    }
    return sql + ") WITHOUT ROWID";
}

}  // namespace

void RuleBook::load(Database& database) {
    parameters_ = {};
    wordings_ = {};
    calendar_ = {};
    loads_.clear();
    last_load_ = 0;
    auto changes = database.prepare("SELECT name, value, effective_from, stamp, id FROM parameter_change");
    while (changes.step()) {
        auto const parameter = find_parameter(changes.text(0));
        auto const from = from_day_number(changes.integer(2));
        // A parameter of a newer version is kept and not used.
        if (!parameter || !from || !is_lawful(*parameter, changes.integer(1))) continue;
        parameters_.set({*parameter, changes.integer(1), *from,
                         Stamp{static_cast<std::uint64_t>(changes.integer(3)), changes.id(4).incarnation}});
    }
    auto worded = database.prepare(
        "SELECT name, text, effective_from, stamp, id, reason, recorded_by FROM wording_change WHERE effective_from IS "
        "NOT NULL");
    while (worded.step()) {
        auto const* row = find_wording(worded.text(0));
        auto const from = from_day_number(worded.integer(2));
        // One of a newer version, or outside the bounds of ours, is kept and not used.
        if (!row || !from || !check_wording(*row, worded.text(1))) continue;
        wordings_.set(*row, {std::string{worded.text(1)}, *from,
                             Stamp{static_cast<std::uint64_t>(worded.integer(3)), worded.id(4).incarnation},
                             std::string{worded.text(5)}, worded.is_null(6) ? AnyId{} : worded.id(6)});
    }
    auto loads = database.prepare("SELECT days, stamp FROM calendar_load ORDER BY stamp, id");
    while (loads.step()) {
        auto year = parse_calendar_year(loads.text(0));
        if (!year) continue;
        calendar_.set_year(*year);
        last_load_ = static_cast<std::uint64_t>(loads.integer(1));
        loads_.push_back({last_load_, std::move(*year)});
    }
}

Calendar RuleBook::calendar_at(std::uint64_t ticks) const {
    Calendar calendar;
    for (auto const& load : loads_)
        if (load.ticks <= ticks) calendar.set_year(load.year);
    return calendar;
}

Description const* Schema::find(std::uint16_t number) const {
    for (auto const* description : descriptions)
        if (description->number == number) return description;
    return nullptr;
}

Description const* Schema::find(std::string_view name) const {
    for (auto const* description : descriptions)
        if (description->name == name) return description;
    return nullptr;
}

std::string Schema::fingerprint() const {
    std::string text = attribute_table;
    for (auto const* kind : descriptions) {
        text += fmt::format("\n{} {}", kind->number, create_table(*kind));
        for (auto const& field : kind->fields)
            text += fmt::format(" {}:{}:{}", field.number, static_cast<int>(field.type),
                                static_cast<unsigned>(field.flags));
    }
    for (auto const& sql : derived_tables) text += "\n" + sql;
    text += fmt::format("\nrules {}", rules);
    return format_hash(hash_of(text)).substr(0, 32);
}

Projection::Projection(Database& database, Schema const& schema) : database_{database}, schema_{schema} {
    std::uint16_t last = 0;
    for (auto const* kind : schema.descriptions) last = std::max(last, kind->number);
    tables_.resize(last + 1u);
    for (auto const* kind : schema.descriptions) {
        auto& table = tables_[kind->number];
        table.description = kind;
        auto columns = fmt::format("INSERT OR IGNORE INTO {}(id, stamp, occurred_at, recorded_by", kind->name);
        std::string places = "?, ?, ?, ?";
        for (std::size_t index = 0; index < kind->fields.size(); ++index) {
            auto const& field = kind->fields[index];
            columns += fmt::format(", {}", field.name);
            places += ", ?";
            table.update.push_back(fmt::format("UPDATE {} SET {} = ? WHERE id = ?", kind->name, field.name));
            table.has_attributes |= field.has(attribute);
            if (field.has(data_subject)) table.data_subject = static_cast<int>(index);
        }
        table.insert = fmt::format("{}) VALUES({})", columns, places);
    }
}

void Projection::create_tables() {
    for (auto const* kind : schema_.descriptions) {
        database_.execute(create_table(*kind));
        for (auto const& field : kind->fields)
            if (field.has(indexed))
                database_.execute(fmt::format("CREATE INDEX {0}_by_{1} ON {0}({1})", kind->name, field.name));
    }
    database_.execute(attribute_table);
    for (auto const& sql : schema_.derived_tables) database_.execute(sql);
}

void Projection::drop_tables() {
    feed_.forget();
    // Whatever an older version called its tables: all but those of journal and meta, which migrations own.
    std::vector<std::string> names;
    {
        auto tables = database_.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE "
            "'base\\_%' "
            "ESCAPE '\\'");
        while (tables.step()) names.emplace_back(tables.text(0));
    }
    for (auto const& name : names) database_.execute(fmt::format("DROP TABLE \"{}\"", name));
}

Projection::Table const* Projection::table(std::uint16_t kind) const {
    if (kind >= tables_.size() || !tables_[kind].description) return nullptr;
    return &tables_[kind];
}

std::vector<Projection::Table const*> Projection::with_data_subject(Description const& kind, Field const& field) const {
    if (!field.has(subject)) return {};
    std::vector<Table const*> found;
    if (field.target) {
        if (auto const* to = table(field.target->number); to && to->data_subject >= 0) found.push_back(to);
        return found;
    }
    // Of any kind: asked only for what is personal.
    auto const is_personal = [](Field const& other) { return other.has(personal); };
    if (std::none_of(kind.fields.begin(), kind.fields.end(), is_personal)) return found;
    for (auto const& to : tables_)
        if (to.description && to.data_subject >= 0) found.push_back(&to);
    return found;
}

void Projection::apply(Entry const& entry) {
    for (std::size_t place = 0; place < entry.facts.size(); ++place) {
        auto const& fact = entry.facts[place];
        auto const id = entry.id_of(place);
        if (auto const* to = table(fact.kind)) insert_fact(entry, fact, id, *to);
    }
    for (std::size_t place = 0; place < entry.changes.size(); ++place) {
        auto const& change = entry.changes[place];
        auto const erased = change.value.personal && is_erased(change.entity);
        database_
            .prepare(
                "INSERT OR IGNORE INTO attribute_change(entity, field, ticks, desk, kind, value, replaced_ticks, "
                "replaced_desk, entry, place) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(change.entity)
            .bind(std::int64_t{change.value.field})
            .bind_unsigned(entry.ticks)
            .bind_unsigned(entry.incarnation)
            .bind(std::int64_t{change.kind})
            .bind(erased ? Value{} : change.value.value)
            .bind_unsigned(change.replaced.ticks)
            .bind_unsigned(change.replaced.desk)
            .bind_unsigned(entry.number)
            .bind(static_cast<std::int64_t>(place))
            .run();
        if (erased) erase_in_journal({entry.incarnation, entry.number}, {{true, place, change.value.field}});
        auto const* to = table(change.kind);
        if (!to) continue;
        apply_newest(*to, change.entity, change.value.field);
        feed_.note(change.kind, change.entity);
        for (auto const& kind : schema_.subjects)
            if (kind.entity == to->description) touched_[{change.kind, change.entity}];
    }
}

void Projection::insert_fact(Entry const& entry, Fact const& fact, AnyId id, Table const& to) {
    auto const& kind = *to.description;
    auto insert = database_.prepare(to.insert);
    insert.bind(id).bind_unsigned(entry.ticks).bind(entry.occurred_at.seconds).bind(entry.person);
    auto next = fact.fields.begin();
    AnyId subject_of_data;
    for (auto const& field : kind.fields) {
        // Both run upwards by number; a fact's fields that we do not know are passed over.
        next =
            std::find_if(next, fact.fields.end(), [&](FieldValue const& value) { return value.field >= field.number; });
        // A peer may send a value of another type under a number that we know; it stays in the journal only.
        auto const present = next != fact.fields.end() && next->field == field.number && fits(field, next->value);
        insert.bind(present ? next->value : nothing);
        if (present && field.has(data_subject))
            if (auto const* person = std::get_if<AnyId>(&next->value)) subject_of_data = *person;
    }
    insert.run();
    if (database_.changes() == 0) return;  // known already
    feed_.note(kind.number, id);

    if (to.has_attributes) {
        std::vector<std::uint16_t> changed;
        {
            auto waiting = database_.prepare("SELECT DISTINCT field FROM attribute_change WHERE entity = ?");
            waiting.bind(id);
            while (waiting.step()) changed.push_back(static_cast<std::uint16_t>(waiting.integer(0)));
        }
        for (auto const field : changed) apply_newest(to, id, field);
    }
    touch(entry, fact, id, kind);
    if (kind.number == Erasure::description.number) {
        auto statement = database_.prepare("SELECT data_subject FROM erasure WHERE id = ?");
        statement.bind(id);
        if (statement.step()) erase(AnyId{statement.id(0)});
        return;
    }
    if (is_erased(id)) erase(id);
    else if (subject_of_data && is_erased(subject_of_data)) erase(subject_of_data);
    else
        for (auto const& field : kind.fields)
            // About a ticket whose customer has been erased.
            for (auto const* about : with_data_subject(kind, field)) {
                auto statement = database_.prepare(fmt::format(
                    "SELECT {1} FROM {0} WHERE id = (SELECT {3} FROM {2} WHERE id = ?)", about->description->name,
                    about->description->fields[static_cast<std::size_t>(about->data_subject)].name, kind.name,
                    field.name));
                statement.bind(id);
                if (!statement.step()) continue;
                if (auto const person = statement.id(0); person && is_erased(person)) erase(person);
            }
}

void Projection::apply_newest(Table const& to, AnyId entity, std::uint16_t field_number) {
    auto const* field = to.description->find(field_number);
    if (!field || !field->has(attribute)) return;
    auto newest = database_.prepare(
        "SELECT value FROM attribute_change WHERE entity = ? AND field = ? ORDER BY ticks DESC, desk DESC LIMIT 1");
    newest.bind(entity).bind(std::int64_t{field_number});
    if (!newest.step()) return;
    auto const place = static_cast<std::size_t>(field - to.description->fields.data());
    auto update = database_.prepare(to.update[place]);
    if (newest.is_null(0)) update.bind_null();
    else if (field->type == FieldType::text) update.bind_text(newest.text(0));
    else if (field->type == FieldType::reference) update.bind_blob(newest.blob(0));
    else update.bind(newest.integer(0));
    update.bind(entity);
    update.run();
}

Stamp Projection::attribute_stamp(Description const& kind, AnyId entity, std::uint16_t field) {
    auto change = database_.prepare(
        "SELECT ticks, desk FROM attribute_change WHERE entity = ? AND field = ? ORDER BY ticks DESC, desk DESC LIMIT "
        "1");
    change.bind(entity).bind(std::int64_t{field});
    if (change.step())
        return {static_cast<std::uint64_t>(change.integer(0)), static_cast<Incarnation>(change.integer(1))};
    auto created = database_.prepare(fmt::format("SELECT stamp FROM {} WHERE id = ?", kind.name));
    created.bind(entity);
    if (!created.step()) return {};
    return {static_cast<std::uint64_t>(created.integer(0)), entity.incarnation};
}

void Projection::touch(Entry const& entry, Fact const& fact, AnyId id, Description const& kind) {
    for (auto const& subject_kind : schema_.subjects) {
        if (subject_kind.entity == &kind) touched_[{kind.number, id}] |= kind_bit(kind.number);
        for (auto const& value : fact.fields) {
            auto const* field = kind.find(value.field);
            auto const* about = std::get_if<AnyId>(&value.value);
            if (!field || !about || !field->has(subject)) continue;
            if (!field->target || field->target == subject_kind.entity)
                touched_[{subject_kind.entity->number, *about}] |= kind_bit(kind.number);
        }
    }
    wordings_changed_ |= kind.number == WordingChange::description.number;
    auto const rule =
        kind.number == ParameterChange::description.number || kind.number == CalendarLoad::description.number;
    if (!rule) return;
    auto from = date_of(entry.occurred_at);
    for (auto const& value : fact.fields) {
        auto const* number = std::get_if<std::int64_t>(&value.value);
        if (!number) continue;
        if (kind.number == ParameterChange::description.number && value.field == 3)
            if (auto const effective = from_day_number(*number)) from = std::min(from, *effective);
        if (kind.number == CalendarLoad::description.number && value.field == 1 && *number >= 1900 && *number <= 2200)
            from = std::min(
                from, Date{std::chrono::year{static_cast<int>(*number)}, std::chrono::January, std::chrono::day{1}});
    }
    if (!rules_changed_ || from < rules_changed_from_) rules_changed_from_ = from;
    rules_changed_ = true;
}

bool Projection::derive(std::size_t limit) {
    if (std::exchange(wordings_changed_, false) && !rules_changed_) load_rules();
    if (rules_changed_) {
        rules_changed_ = false;
        load_rules();
        for (auto const& kind : schema_.subjects)
            for (auto const subject : kind.affected_from(database_, rules_changed_from_))
                touched_[{kind.entity->number, subject}];
    }
    while (limit-- > 0 && !touched_.empty()) {
        auto const next = touched_.extract(touched_.begin());
        auto const [kind, subject] = next.key();
        for (auto const& subject_kind : schema_.subjects)
            if (subject_kind.entity->number == kind)
                subject_kind.derive({database_, rules_, subject, next.mapped(), touched_});
        feed_.note(kind, subject);
    }
    return touched_.empty();
}

bool Projection::is_erased(AnyId record) {
    auto statement = database_.prepare("SELECT 1 FROM erasure WHERE data_subject = ?");
    statement.bind(record);
    return statement.step();
}

void Projection::erase(AnyId person) {
    std::map<EntryKey, std::vector<PersonalPlace>> places;
    for (auto const& entry : tables_) {
        if (!entry.description) continue;
        auto const& kind = *entry.description;
        std::string cleared;
        for (auto const& field : kind.fields)
            if (field.has(personal)) cleared += fmt::format("{}{} = NULL", cleared.empty() ? "" : ", ", field.name);
        if (cleared.empty()) continue;

        // The person's own record, records about the person, and records about those.
        std::string about = "id = ?1";
        if (entry.data_subject >= 0)
            about += fmt::format(" OR {} = ?1", kind.fields[static_cast<std::size_t>(entry.data_subject)].name);
        for (auto const& field : kind.fields)
            for (auto const* target : with_data_subject(kind, field))
                about +=
                    fmt::format(" OR {} IN (SELECT id FROM {} WHERE {} = ?1)", field.name, target->description->name,
                                target->description->fields[static_cast<std::size_t>(target->data_subject)].name);
        std::vector<AnyId> records;
        {
            auto found = database_.prepare(fmt::format("SELECT id FROM {} WHERE {}", kind.name, about));
            found.bind(person);
            while (found.step()) records.push_back(found.id(0));
        }
        for (auto const record : records) {
            auto clear = database_.prepare(fmt::format("UPDATE {} SET {} WHERE id = ?", kind.name, cleared));
            clear.bind(record);
            clear.run();
            feed_.note(kind.number, record);
            auto& of_entry = places[{record.incarnation, record.entry_number()}];
            for (auto const& field : kind.fields) {
                if (!field.has(personal)) continue;
                of_entry.push_back({false, static_cast<std::size_t>(record.place()), field.number});
                auto changes =
                    database_.prepare("SELECT desk, entry, place FROM attribute_change WHERE entity = ? AND field = ?");
                changes.bind(record).bind(std::int64_t{field.number});
                while (changes.step())
                    places[{static_cast<Incarnation>(changes.integer(0)),
                            static_cast<std::uint64_t>(changes.integer(1))}]
                        .push_back({true, static_cast<std::size_t>(changes.integer(2)), field.number});
                auto forget =
                    database_.prepare("UPDATE attribute_change SET value = NULL WHERE entity = ? AND field = ?");
                forget.bind(record).bind(std::int64_t{field.number});
                forget.run();
            }
        }
    }
    for (auto const& [entry, erased] : places) erase_in_journal(entry, erased);
}

void Projection::erase_in_journal(EntryKey entry, std::vector<PersonalPlace> const& places) {
    auto journal = database_.prepare("SELECT body, personal FROM base_journal WHERE incarnation = ? AND number = ?");
    journal.bind_unsigned(entry.first).bind_unsigned(entry.second);
    if (!journal.step()) return;
    auto const rest = erase_personal(entry.first, journal.blob(0), journal.blob(1), places);
    auto update = database_.prepare("UPDATE base_journal SET personal = ? WHERE incarnation = ? AND number = ?");
    update.bind_blob(rest).bind_unsigned(entry.first).bind_unsigned(entry.second);
    update.run();
}

}  // namespace guanjia
