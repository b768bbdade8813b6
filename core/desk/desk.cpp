#include "core/desk/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <filesystem>

#include "core/base/text.h"
#include "core/procedure/model.h"
#include "core/registry/commands.h"
#include "core/registry/queries.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

// Business time may run ahead of the clock by this much: two clocks never agree to the second.
constexpr std::int64_t future_tolerance_seconds = 5 * 60;

Result<void> check_identity(DeskIdentity const& identity) {
    auto const usable = [](std::string const& text) {
        return !trimmed(text).empty() && text.size() <= text_limit && is_clean_text(text);
    };
    if (!usable(identity.centre_code)) return refuse("desk.centre-code", {"centre"});
    if (!usable(identity.centre_name)) return refuse("desk.centre-name", {"name"});
    if (identity.number < 1 || identity.number > desk_number_limit) return refuse("desk.number", {"desk"});
    return {};
}

Incarnation new_incarnation(RandomSource const& random) {
    // 63 bits: SQLite's integers are signed, and stamps must sort alike in SQL and here.
    for (;;)
        if (auto const bits = random() >> 1; bits > calendar_incarnation) return bits;
}

// GEN-S4: an override stands beside what it made possible.
void add_override(Plan& plan, Override passed) {
    if (!plan.facts().empty()) {
        auto const& first = plan.facts().front();
        passed.record = passed.about = first.id;
        for (auto const& planned : first.fields)
            if (auto const* about = std::get_if<AnyId>(&planned.value); about && planned.field->has(subject))
                passed.about = *about;
    } else {
        passed.record = passed.about = plan.changes().front().entity;
    }
    plan.under(*find_clause(passed.clause)).add(passed);
}

}  // namespace

Refusal refusal_of(StoreFault const& fault) {
    auto const reason = [&] {
        switch (fault.kind) {
            case StoreFault::Kind::damaged: return "store.damaged";
            case StoreFault::Kind::full: return "store.full";
            case StoreFault::Kind::busy: return "store.busy";
            case StoreFault::Kind::read_only: return "store.read-only";
            case StoreFault::Kind::unreadable: return "store.unreadable";
            default: return "store.other";
        }
    }();
    return {std::nullopt, reason, {}, {{"why", fault.what()}}};
}

Desk::Desk(Options options, std::unique_ptr<Database> database)
    : options_{std::move(options)},
      database_{std::move(database)},
      journal_{std::make_unique<Journal>(*database_)},
      projection_{std::make_unique<Projection>(*database_, desk_schema())} {}

Desk::~Desk() = default;

LocalTime Desk::now() const { return from_unix_milliseconds(options_.clock()); }

Result<std::unique_ptr<Desk>> Desk::create(std::string const& path, DeskIdentity identity, Options options) {
    if (auto checked = check_identity(identity); !checked) return tl::unexpected{checked.error()};
    std::error_code ignored;
    if (options.vfs.empty() && path != ":memory:" && std::filesystem::exists(path, ignored))
        return refuse("store.exists", {"path"}, {{"path", path}});
    return guarded([&]() -> Result<std::unique_ptr<Desk>> {
        auto database = std::make_unique<Database>(path, Database::Mode::create, options.durability, options.vfs);
        // Of a mirror only the database itself can tell.
        if (!options.vfs.empty() && database->integer("PRAGMA page_count") > 0)
            return refuse("store.exists", {"path"}, {{"path", path}});
        if (auto migrated = Journal::migrate(*database); !migrated) return tl::unexpected{migrated.error()};
        identity.incarnation = new_incarnation(options.random);
        std::unique_ptr<Desk> desk{new Desk{std::move(options), std::move(database)}};
        Transaction transaction{*desk->database_};
        desk->projection_->create_tables();
        desk->journal_->save_desk(identity, true);
        desk->journal_->set_meta("fingerprint", desk_schema().fingerprint());
        transaction.commit();
        if (auto started = desk->start(); !started) return tl::unexpected{started.error()};
        return desk;
    });
}

Result<std::unique_ptr<Desk>> Desk::open(std::string const& path, Options options) {
    return guarded([&]() -> Result<std::unique_ptr<Desk>> {
        auto database = std::make_unique<Database>(path, Database::Mode::open, options.durability, options.vfs);
        if (database->integer("SELECT count(*) FROM sqlite_schema") == 0) return refuse("store.not-ours");
        if (auto migrated = Journal::migrate(*database); !migrated) return tl::unexpected{migrated.error()};
        std::unique_ptr<Desk> desk{new Desk{std::move(options), std::move(database)}};
        if (auto started = desk->start(); !started) return tl::unexpected{started.error()};
        return desk;
    });
}

Result<void> Desk::start() {
    if (auto refreshed = refresh(); !refreshed) return refreshed;
    if (journal_->meta("fingerprint") == desk_schema().fingerprint()) projection_->load_rules();
    else if (auto rebuilt = rebuild(); !rebuilt) return rebuilt;
    data_version_ = database_->integer("PRAGMA data_version");
    try {
        drop_old_drafts(*database_, now());
    } catch (StoreFault const&) {
        // A full disk or a desk that can only be read: they are not shown, and go the next time.
    }
    return {};
}

Result<void> Desk::refresh() {
    auto own = journal_->own_desk();
    if (!own) return refuse("store.damaged", {}, {{"why", "no desk of its own"}});
    identity_ = std::move(*own);
    hybrid_clock_ = std::make_unique<HybridClock>(identity_.incarnation, journal_->last_ticks());
    last_number_ = journal_->last_number(identity_.incarnation);
    auto const hash = journal_->hash_of(identity_.incarnation, last_number_);
    if (!hash) return refuse("store.damaged", {}, {{"why", "last entry"}});
    last_hash_ = *hash;
    return {};
}

Result<Accepted> Desk::submit(Request const& request) {
    return guarded([&]() -> Result<Accepted> {
        if (batch_ && batch_->fault) return tl::unexpected{*batch_->fault};
        try {
            auto result = carry_out(request);
            if (!result) log_refusal(request, result.error());
            return result;
        } catch (StoreFault const& fault) {
            if (batch_) batch_->fault = refusal_of(fault);
            throw;
        }
    });
}

// In one transaction, so that nobody else writes between what is decided on and what is recorded.
Result<Accepted> Desk::carry_out(Request const& request) {
    std::optional<Transaction> transaction;
    if (!batch_) {
        transaction.emplace(*database_);
        if (auto heard = hear_other_writers(); !heard) return tl::unexpected{heard.error()};
    }
    return decide(request).and_then([&](Decision const& decision) { return record(request, decision, transaction); });
}

Result<Plan> Desk::rehearse(Request const& request) {
    return guarded([&]() -> Result<Plan> {
        if (auto heard = hear_other_writers(); !heard) return tl::unexpected{heard.error()};
        return decide(request).map([](Decision&& decision) { return std::move(decision.plan); });
    });
}

Result<void> Desk::together(std::function<Result<void>()> const& work) {
    assert(!batch_);
    Batch batch;
    struct Scope {
        Batch*& place;
        ~Scope() { place = nullptr; }
    };
    auto worked = guarded([&]() -> Result<void> {
        Transaction transaction{*database_};
        if (auto heard = hear_other_writers(); !heard) return heard;
        batch.before = Batch::Position{last_number_, last_hash_, hybrid_clock_->last_ticks()};
        Scope const scope{batch_ = &batch};
        auto done = work();
        if (batch.fault) return tl::unexpected{*batch.fault};
        if (done) transaction.commit();
        return done;
    });
    if (worked || !batch.before) return worked;
    // Why it failed is to be heard, also when not even this succeeds.
    static_cast<void>(guarded([&]() -> Result<void> {
        take_back(batch);
        return {};
    }));
    return worked;
}

void Desk::take_back(Batch const& batch) {
    last_number_ = batch.before->number;
    last_hash_ = batch.before->hash;
    *hybrid_clock_ = HybridClock{identity_.incarnation, batch.before->ticks};
    projection_->forget_touched();
    projection_->load_rules();
    for (auto const& row : batch.refused) write_refusal(row);
}

Result<void> Desk::hear_other_writers() {
    auto const version = database_->integer("PRAGMA data_version");
    if (version == data_version_) return {};
    data_version_ = version;
    if (auto refreshed = refresh(); !refreshed) return refreshed;
    projection_->load_rules();
    projection_->feed().forget();
    return {};
}

Result<Desk::Decision> Desk::decide(Request const& request) {
    auto const* spec = find_command(request.command);
    if (!spec) return refuse("command.unknown", {"command"}, {{"command", request.command}});

    auto const recorded_at = now();
    auto occurred_at = recorded_at;
    if (!request.occurred_at.empty()) {
        auto const given = parse_time(request.occurred_at);
        if (!given) return refuse("input.time", {"occurred_at"}, {{"text", request.occurred_at}});
        if (given->seconds > recorded_at.seconds + future_tolerance_seconds)
            return refuse("input.future", {"occurred_at"}, {{"now", format_time(recorded_at)}});
        occurred_at = *given;
    }

    RoleSet roles;
    AnyId person;
    if (request.by.empty()) {
        if (!spec->while_setting_up || !is_setting_up(*database_)) return refuse("command.by-missing", {"by"});
    } else {
        auto found = find_record(&StaffMember::description, request.by, "by");
        if (!found) return tl::unexpected{found.error()};
        auto const staff = load(*database_, Id<StaffMember>{*found});
        if (staff->value.left) return refuse("staff.left", {"by"});
        person = *found;
        roles = roles_of(*database_, staff->id);
    }

    std::vector<GivenField> given;
    auto const& fields = spec->description->fields;
    for (auto const& [name, text] : request.fields) {
        auto const* field = spec->description->find(std::string_view{name});
        if (!field) return refuse("command.unknown-field", {name}, {{"field", name}});
        auto const place = static_cast<std::size_t>(field - fields.data());
        if (std::any_of(given.begin(), given.end(), [&](GivenField const& other) { return other.place == place; }))
            return refuse("command.field-twice", {name}, {{"field", name}});
        Value value;
        if (field->type == FieldType::reference && !trimmed(text).empty()) {
            auto found = find_record(field->target, trimmed(text), name);
            if (!found) return tl::unexpected{found.error()};
            value = *found;
        } else {
            auto parsed = parse_value(*field, text);
            if (!parsed) return refuse("input.unreadable", {name}, {{"field", name}});
            value = std::move(*parsed);
        }
        given.push_back({place, std::move(value)});
    }
    std::vector<std::string> missing;
    for (std::size_t place = 0; place < fields.size(); ++place) {
        if (!fields[place].has(required)) continue;
        auto const has = std::any_of(given.begin(), given.end(), [&](GivenField const& field) {
            return field.place == place && (!is_empty(field.value));
        });
        if (!has) missing.emplace_back(fields[place].name);
    }

    Occasion occasion{occurred_at,
                      recorded_at,
                      person,
                      roles,
                      id_of_fact(identity_.incarnation, last_number_ + 1, 0),
                      projection_->rules().parameters(),
                      projection_->rules().calendar(),
                      projection_->rules().wordings(),
                      spec->draws_lots ? options_.random() : 0};
    auto const letter = identity_.letter();
    auto plan = spec->run(*database_, occasion, letter, given);
    std::optional<Override> passed;
    if (request.overriding) {
        auto const& asked = *request.overriding;
        auto const named = find_guard(asked.guard);
        if (!asked.guard.empty() && !named)
            return refuse("override.unknown-guard", {"override"}, {{"guard", asked.guard}});
        // Nothing is an exception that the rules allow.
        if (plan && named) return refuse(clause_of(*named), "override.not-needed", {"override_reason"});
        if (plan) return refuse("override.not-needed", {"override_reason"});
        auto const guard = plan.error().guard;
        if (!guard || (named && named != guard)) return tl::unexpected{plan.error()};
        auto checked = check_override(asked, *guard, person);
        if (!checked) return tl::unexpected{checked.error()};
        passed = std::move(*checked);
        occasion.overridden = guard;
        plan = spec->run(*database_, occasion, letter, given);
        // A second guard in the way is not passed as well.
        if (!plan) plan.error().guard.reset();
    }
    // The rule speaks first, under its clause; what no rule minds but the form needs is asked for then.
    if (!plan) return tl::unexpected{plan.error()};
    if (!missing.empty()) return refuse("command.incomplete", std::move(missing));
    if (passed) add_override(*plan, std::move(*passed));
    return Decision{person, occurred_at, std::move(*plan)};
}

Result<Override> Desk::check_override(OverrideRequest const& asked, Guard guard, AnyId person) {
    auto const reason = parse_value(*Override::description.find("reason"), asked.reason);
    if (!reason) return refuse("input.unreadable", {"override_reason"}, {{"field", "override_reason"}});
    if (is_empty(*reason)) return refuse(guard, "override.reason-missing", {"override_reason"});
    if (!asked.by.empty()) {
        auto const found = find_record(&StaffMember::description, asked.by, "override_by");
        if (!found) return tl::unexpected{found.error()};
        person = *found;
        if (load(*database_, Id<StaffMember>{person})->value.left) return refuse("staff.left", {"override_by"});
    }
    if (!person || !roles_of(*database_, Id<StaffMember>{person}).meets(entitled_to(guard)))
        return refuse(guard, "override.not-entitled", {"override_by"});
    Override passed;
    passed.guard = row_of(guard).name;
    passed.clause = row_of(guard).clause;
    passed.entitled = person;
    passed.reason = std::get<std::string>(*reason);
    return passed;
}

Result<Accepted> Desk::record(Request const& request, Decision const& decision,
                              std::optional<Transaction>& transaction) {
    auto const& plan = decision.plan;
    Entry entry;
    entry.incarnation = identity_.incarnation;
    entry.number = last_number_ + 1;
    entry.occurred_at = decision.occurred_at;
    entry.recorded_at = now();
    entry.person = decision.person;
    entry.command = request.command;
    for (auto const clause : plan.clauses()) entry.clauses.emplace_back(clause.id());
    for (auto const& planned : plan.facts()) {
        Fact fact{planned.kind->number, {}};
        for (auto const& field : planned.fields)
            fact.fields.push_back({field.field->number, field.value, field.field->has(personal)});
        entry.facts.push_back(std::move(fact));
    }
    for (auto const& planned : plan.changes())
        entry.changes.push_back(
            {planned.kind->number,
             planned.entity,
             {planned.field.field->number, planned.field.value, planned.field.field->has(personal)},
             projection_->attribute_stamp(*planned.kind, planned.entity, planned.field.field->number)});

    auto const ticks_before = hybrid_clock_->last_ticks();
    entry.ticks = hybrid_clock_->next(options_.clock()).ticks;
    auto const bytes = encode_entry(entry, options_.random);
    if (bytes.body.size() > entry_body_limit) return refuse("input.too-long");
    auto const hash = chain_next(last_hash_, bytes.body);
    try {
        journal_->append(entry, bytes, hash);
        projection_->apply(entry);
        projection_->derive();
        if (transaction) transaction->commit();
    } catch (StoreFault const&) {
        transaction.reset();  // rolled back, before the rules are read again
        *hybrid_clock_ = HybridClock{identity_.incarnation, ticks_before};
        projection_->forget_touched();
        projection_->load_rules();
        throw;
    }
    last_number_ = entry.number;
    last_hash_ = hash;

    Accepted accepted;
    accepted.entry = entry.number;
    accepted.stamp = entry.stamp();
    accepted.late = date_of(entry.occurred_at) < date_of(entry.recorded_at);
    accepted.clauses = plan.clauses();
    for (auto const& planned : plan.facts()) {
        Accepted::Added added{planned.kind->name, planned.id, {}};
        for (auto const& field : planned.fields)
            if (field.field->has(key)) added.number = std::get<std::string>(field.value);
        accepted.added.push_back(std::move(added));
        if (planned.kind == &Reveal::description)
            for (auto const& field : planned.fields)
                if (auto const* id = std::get_if<AnyId>(&field.value))
                    accepted.revealed = phone_of(*database_, Id<Owner>{*id});
    }
    return accepted;
}

void Desk::log_refusal(Request const& request, Refusal const& refusal) {
    // Which person and which fields, never what was typed.
    AnyId person;
    if (auto found = find_record(&StaffMember::description, request.by, "by"); found && !request.by.empty())
        person = *found;
    std::string fields;
    for (auto const& field : refusal.fields)
        if (field.size() <= 40) fields += (fields.empty() ? "" : " ") + field;
    auto const known = find_command(request.command) != nullptr;
    RefusalRow row{now(),
                   person,
                   known ? request.command : std::string{},
                   refusal.clause ? std::string{refusal.clause->id()} : std::string{},
                   refusal.reason,
                   std::move(fields)};
    write_refusal(row);
    if (batch_) batch_->refused.push_back(std::move(row));
}

void Desk::write_refusal(RefusalRow const& row) {
    auto statement = database_->prepare(
        "INSERT INTO base_refusal(at, person, command, clause, reason, fields) VALUES(?, ?, ?, ?, ?, ?)");
    statement.bind(row.at.seconds).bind(row.person).bind_text(row.command).bind_text(row.clause);
    statement.bind_text(row.reason).bind_text(row.fields);
    statement.run();
}

Result<AnyId> Desk::find_record(Description const* kind, std::string_view text, std::string const& field) {
    auto const id = parse_id(text);
    std::vector<AnyId> found;
    for (auto const* description : desk_schema().descriptions) {
        if (kind && kind != description) continue;
        if (id) {
            auto statement = database_->prepare(fmt::format("SELECT id FROM {} WHERE id = ?", description->name));
            statement.bind(*id);
            if (statement.step()) return *id;
            continue;
        }
        for (auto const& described : description->fields) {
            if (!described.has(key)) continue;
            auto statement = database_->prepare(
                fmt::format("SELECT id FROM {} WHERE {} = ? LIMIT 2", description->name, described.name));
            statement.bind_text(text);
            while (statement.step()) found.push_back(statement.id(0));
        }
    }
    if (found.empty()) return refuse("record.unknown", {field}, {{"text", std::string{text}}});
    if (found.size() > 1) return refuse("record.ambiguous", {field}, {{"text", std::string{text}}});
    return found.front();
}

std::string Desk::number_of(AnyId record) {
    for (auto const* kind : desk_schema().descriptions)
        for (auto const& field : kind->fields) {
            if (!field.has(key)) continue;
            auto statement = database_->prepare(fmt::format("SELECT {} FROM {} WHERE id = ?", field.name, kind->name));
            statement.bind(record);
            if (statement.step()) return std::string{statement.text(0)};
        }
    return {};
}

Result<void> Desk::query(std::string_view name, Arguments const& arguments,
                         std::function<void(Row const&)> const& row) {
    auto const* spec = find_query(name);
    if (!spec) return refuse("query.unknown", {"query"}, {{"query", std::string{name}}});
    return guarded([&]() -> Result<void> {
        std::int64_t limit = -1;
        auto at = now();
        std::vector<GivenArgument> given;
        for (auto const& named : arguments) {
            // No structured binding: a lambda below captures the name, which C++20 compilers do not all allow.
            auto const& key_text = named.first;
            auto const& text = named.second;
            if (key_text == "at") {
                auto const time = parse_time(text);
                if (!time) return refuse("input.time", {key_text}, {{"text", text}});
                at = *time;
                continue;
            }
            if (key_text == "limit") {
                static constexpr Field number = column("limit", FieldType::integer);
                auto const parsed = parse_value(number, text);
                if (!parsed || is_empty(*parsed)) return refuse("input.unreadable", {key_text}, {{"field", key_text}});
                limit = std::get<std::int64_t>(*parsed);
                continue;
            }
            auto const argument =
                std::find_if(spec->arguments.begin(), spec->arguments.end(),
                             [&](QueryArgument const& known) { return known.field.name == key_text; });
            if (argument == spec->arguments.end())
                return refuse("query.unknown-argument", {key_text}, {{"field", key_text}});
            Value value;
            if (argument->field.type == FieldType::reference) {
                auto found = find_record(argument->field.target, text, key_text);
                if (!found) return tl::unexpected{found.error()};
                value = *found;
            } else {
                auto parsed = parse_value(argument->field, text);
                if (!parsed || is_empty(*parsed)) return refuse("input.unreadable", {key_text}, {{"field", key_text}});
                value = std::move(*parsed);
            }
            given.push_back({&*argument, std::move(value)});
        }
        run_query(*database_, *spec, at, given, limit, row);
        return {};
    });
}

Result<std::vector<DutyRow>> Desk::duties(LocalTime at, DutyFilter filter) {
    return guarded([&]() -> Result<std::vector<DutyRow>> { return duties_at(*database_, at, filter); });
}

Result<std::vector<DutyCount>> Desk::figures(LocalTime at) {
    return guarded([&]() -> Result<std::vector<DutyCount>> { return count_duties(*database_, at); });
}

Result<std::vector<Conflict>> Desk::conflicts() {
    return guarded([&]() -> Result<std::vector<Conflict>> { return open_conflicts(*database_, desk_schema()); });
}

Result<std::vector<RefusalRow>> Desk::refusals() {
    return guarded([&]() -> Result<std::vector<RefusalRow>> {
        auto statement = database_->prepare(
            "SELECT at, person, command, clause, reason, fields FROM base_refusal ORDER BY position");
        std::vector<RefusalRow> rows;
        while (statement.step())
            rows.push_back({LocalTime{statement.integer(0)}, statement.id(1), std::string{statement.text(2)},
                            std::string{statement.text(3)}, std::string{statement.text(4)},
                            std::string{statement.text(5)}});
        return rows;
    });
}

AnyId Desk::person_at_desk() { return parse_id(journal_->meta("person")).value_or(AnyId{}); }

Result<void> Desk::set_person_at_desk(AnyId person) {
    return guarded([&]() -> Result<void> {
        journal_->set_meta("person", format_id(person));
        return {};
    });
}

Result<void> Desk::remember(std::string_view key_text, std::string_view text) {
    return guarded([&]() -> Result<void> {
        journal_->set_meta("remembered." + std::string{key_text}, text);
        return {};
    });
}

std::optional<std::string> Desk::recalled(std::string_view key_text) {
    auto text = journal_->meta("remembered." + std::string{key_text});
    if (text.empty()) return std::nullopt;
    return text;
}

Result<void> Desk::keep_draft(std::string_view key_text, std::string_view content) {
    return guarded([&]() -> Result<void> { return guanjia::keep_draft(*database_, key_text, content, now()); });
}

Result<void> Desk::drop_draft(std::string_view key_text) {
    return guarded([&]() -> Result<void> {
        guanjia::drop_draft(*database_, key_text);
        return {};
    });
}

Result<std::vector<Draft>> Desk::drafts() {
    return guarded([&]() -> Result<std::vector<Draft>> { return guanjia::drafts(*database_, now()); });
}

Result<void> Desk::take_new_incarnation() {
    return guarded([&]() -> Result<void> {
        identity_.incarnation = new_incarnation(options_.random);
        Transaction transaction{*database_};
        journal_->save_desk(identity_, true);
        transaction.commit();
        // No row has changed, but whose they are.
        projection_->feed().forget();
        return start();
    });
}

Result<void> Desk::rebuild(Progress const& progress) {
    return guarded([&]() -> Result<void> {
        Transaction transaction{*database_};
        projection_->drop_tables();
        projection_->create_tables();
        projection_->load_rules();
        if (auto replayed = replay(progress); !replayed) return replayed;
        journal_->set_meta("fingerprint", desk_schema().fingerprint());
        transaction.commit();
        return {};
    });
}

Result<void> Desk::replay(Progress const& progress) {
    constexpr std::size_t batch = 2000;
    auto const all = journal_->count();
    std::int64_t position = 0;
    std::uint64_t done = 0;
    for (;;) {
        auto const rows = journal_->read_after(position, batch);
        if (rows.empty()) break;
        for (auto const& row : rows) {
            auto const entry = decode_entry(row.incarnation, row.bytes.body, row.bytes.personal);
            // Of a newer format: kept as it is until the program has been upgraded.
            if (entry) projection_->apply(*entry);
            else if (entry.error().reason != "archive.newer-format") return tl::unexpected{entry.error()};
        }
        done += rows.size();
        if (progress) progress(done, all);
    }
    projection_->load_rules();
    while (!projection_->derive(batch)) {
    }
    return {};
}

}  // namespace guanjia
