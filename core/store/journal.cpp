#include "core/store/journal.h"

#include <fmt/format.h>

#include "core/procedure/model.h"
#include "core/store/drafts.h"

namespace guanjia {

namespace {

// What SQLite's header says of a file that is ours: "GJ10".
constexpr std::int64_t application_id = 0x474A3130;

// Numbered migrations of journal and meta. A released one is never edited or renumbered.
constexpr char const* migrations[] = {
    // 1: the first desk
    "CREATE TABLE base_meta(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE base_desk(incarnation INTEGER PRIMARY KEY NOT NULL, centre_code TEXT NOT NULL, centre_name TEXT NOT "
    "NULL,"
    " number INTEGER NOT NULL, headquarters INTEGER NOT NULL, own INTEGER NOT NULL);"
    "CREATE TABLE base_journal(position INTEGER PRIMARY KEY, incarnation INTEGER NOT NULL, number INTEGER NOT NULL,"
    " hash BLOB NOT NULL, ticks INTEGER NOT NULL, occurred_on INTEGER NOT NULL, recorded_on INTEGER NOT NULL,"
    " body BLOB NOT NULL, personal BLOB NOT NULL);"
    "CREATE UNIQUE INDEX base_journal_by_number ON base_journal(incarnation, number);"
    "CREATE TABLE base_refusal(position INTEGER PRIMARY KEY, at INTEGER NOT NULL, person BLOB, command TEXT NOT NULL,"
    " clause TEXT NOT NULL, reason TEXT NOT NULL, fields TEXT NOT NULL);"
    "CREATE TABLE base_fork(incarnation INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, found_at "
    "INTEGER NOT NULL,"
    " body BLOB NOT NULL, personal BLOB NOT NULL, PRIMARY KEY(incarnation, number, hash)) WITHOUT ROWID;"
    "CREATE TABLE base_quarantine(digest BLOB PRIMARY KEY NOT NULL, found_at INTEGER NOT NULL, incarnation INTEGER NOT "
    "NULL,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL, ahead_until INTEGER NOT NULL, file BLOB NOT NULL);"
    "CREATE TABLE base_handed_over(incarnation INTEGER NOT NULL, day INTEGER NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(incarnation, day)) WITHOUT ROWID;"
    "CREATE TABLE base_import(position INTEGER PRIMARY KEY, before BLOB NOT NULL, frame BLOB NOT NULL);",
    // 2: what was typed and not yet sent
    "CREATE TABLE base_draft(key TEXT PRIMARY KEY NOT NULL, content TEXT NOT NULL, at INTEGER NOT NULL);",
    // 3: the newest stamp, without reading all entries
    "CREATE INDEX IF NOT EXISTS base_journal_by_ticks ON base_journal(ticks);",
};

JournalRow row_of(Statement const& statement) {
    JournalRow row;
    row.incarnation = static_cast<Incarnation>(statement.integer(0));
    row.number = static_cast<std::uint64_t>(statement.integer(1));
    if (auto const hash = hash_from_bytes(statement.blob(2))) row.hash = *hash;
    row.bytes.body = statement.blob(3);
    row.bytes.personal = statement.blob(4);
    return row;
}

DeskIdentity desk_of(Statement const& statement) {
    return {static_cast<Incarnation>(statement.integer(0)), std::string{statement.text(1)},
            std::string{statement.text(2)}, statement.integer(3), statement.integer(4) != 0};
}

}  // namespace

std::string DeskIdentity::letter() const {
    auto const index = number - 1;
    std::string letters;
    if (index >= 26) letters += static_cast<char>('A' + index / 26 - 1);
    letters += static_cast<char>('A' + index % 26);
    return letters;
}

Result<void> Journal::migrate(Database& database) {
    auto const empty = database.integer("SELECT count(*) FROM sqlite_schema") == 0;
    auto const id = database.integer("PRAGMA application_id");
    if (!empty && id != application_id) return refuse("store.not-ours");
    auto version = database.integer("PRAGMA user_version");
    auto const newest = static_cast<std::int64_t>(std::size(migrations));
    if (version > newest) return refuse("store.newer");
    if (version == newest) return {};
    Transaction transaction{database};
    while (version < newest) database.execute(migrations[version++]);
    database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", application_id, newest));
    transaction.commit();
    return {};
}

void Journal::append(Entry const& entry, EncodedEntry const& bytes, Hash const& hash) {
    database_
        .prepare(
            "INSERT INTO base_journal(incarnation, number, hash, ticks, occurred_on, recorded_on, body, personal) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
        .bind_unsigned(entry.incarnation)
        .bind_unsigned(entry.number)
        .bind_blob(bytes_of(hash))
        .bind_unsigned(entry.ticks)
        .bind(to_day_number(date_of(entry.occurred_at)))
        .bind(to_day_number(date_of(entry.recorded_at)))
        .bind_blob(bytes.body)
        .bind_blob(bytes.personal)
        .run();
    // Whoever is erased may have been quoted in what was not yet sent. A rebuild does not come by here: what is typed
    // after an erasure stays.
    for (auto const& fact : entry.facts)
        if (fact.kind == Erasure::description.number) drop_all_drafts(database_);
}

std::optional<Hash> Journal::hash_of(Incarnation incarnation, std::uint64_t number) const {
    if (number == 0) return chain_start(incarnation);
    auto statement = database_.prepare("SELECT hash FROM base_journal WHERE incarnation = ? AND number = ?");
    statement.bind_unsigned(incarnation).bind_unsigned(number);
    if (!statement.step()) return std::nullopt;
    return hash_from_bytes(statement.blob(0));
}

std::uint64_t Journal::last_number(Incarnation incarnation) const {
    auto statement = database_.prepare("SELECT max(number) FROM base_journal WHERE incarnation = ?");
    statement.bind_unsigned(incarnation);
    return statement.step() ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
}

std::uint64_t Journal::last_ticks() const {
    return static_cast<std::uint64_t>(database_.integer("SELECT max(ticks) FROM base_journal"));
}

std::uint64_t Journal::count() const {
    return static_cast<std::uint64_t>(database_.integer("SELECT count(*) FROM base_journal"));
}

std::optional<JournalRow> Journal::read(Incarnation incarnation, std::uint64_t number) const {
    auto statement = database_.prepare(
        "SELECT incarnation, number, hash, body, personal FROM base_journal WHERE incarnation = ? AND number = ?");
    statement.bind_unsigned(incarnation).bind_unsigned(number);
    if (!statement.step()) return std::nullopt;
    return row_of(statement);
}

std::vector<EntryRange> Journal::gaps(Incarnation incarnation) const {
    auto statement = database_.prepare(
        "SELECT previous + 1, number - 1 FROM (SELECT number, lag(number, 1, 0) OVER (ORDER BY number) AS previous "
        "FROM base_journal WHERE incarnation = ?) WHERE number > previous + 1 ORDER BY number");
    statement.bind_unsigned(incarnation);
    std::vector<EntryRange> gaps;
    while (statement.step())
        gaps.push_back(
            {static_cast<std::uint64_t>(statement.integer(0)), static_cast<std::uint64_t>(statement.integer(1))});
    return gaps;
}

std::optional<EntryRange> Journal::range_of_day(Incarnation incarnation, Date day) const {
    auto statement = database_.prepare(
        "SELECT min(number), max(number) FROM base_journal WHERE incarnation = ?1 AND (occurred_on = ?2 OR recorded_on "
        "= ?2)");
    statement.bind_unsigned(incarnation).bind(to_day_number(day));
    if (!statement.step() || statement.is_null(0)) return std::nullopt;
    return EntryRange{static_cast<std::uint64_t>(statement.integer(0)),
                      static_cast<std::uint64_t>(statement.integer(1))};
}

std::vector<JournalRow> Journal::read_after(std::int64_t& position, std::size_t limit) const {
    auto statement = database_.prepare(
        "SELECT incarnation, number, hash, body, personal, position FROM base_journal WHERE position > ? ORDER BY "
        "position "
        "LIMIT ?");
    statement.bind(position).bind(static_cast<std::int64_t>(limit));
    std::vector<JournalRow> rows;
    while (statement.step()) {
        rows.push_back(row_of(statement));
        position = statement.integer(5);
    }
    return rows;
}

std::optional<std::uint64_t> Journal::first_broken(Incarnation incarnation) const {
    auto statement = database_.prepare(
        "SELECT incarnation, number, hash, body, personal FROM base_journal WHERE incarnation = ? ORDER BY number");
    statement.bind_unsigned(incarnation);
    std::uint64_t previous = 0;
    auto hash = chain_start(incarnation);
    while (statement.step()) {
        auto const row = row_of(statement);
        // After a gap the chain is taken up again at the next entry; the gap itself is reported as one.
        auto const follows = row.number == previous + 1;
        if (follows && chain_next(hash, row.bytes.body) != row.hash) return row.number;
        auto const entry = decode_entry(incarnation, row.bytes.body, row.bytes.personal);
        if (!entry && entry.error().reason != "archive.newer-format") return row.number;
        if (entry && entry->number != row.number) return row.number;
        previous = row.number;
        hash = row.hash;
    }
    return std::nullopt;
}

void Journal::save_desk(DeskIdentity const& desk, bool own) {
    if (own) database_.execute("UPDATE base_desk SET own = 0");
    database_
        .prepare(
            "INSERT INTO base_desk(incarnation, centre_code, centre_name, number, headquarters, own) "
            "VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(incarnation) DO NOTHING")
        .bind_unsigned(desk.incarnation)
        .bind_text(desk.centre_code)
        .bind_text(desk.centre_name)
        .bind(desk.number)
        .bind(std::int64_t{desk.headquarters})
        .bind(std::int64_t{own})
        .run();
}

std::optional<DeskIdentity> Journal::own_desk() const {
    auto statement = database_.prepare(
        "SELECT incarnation, centre_code, centre_name, number, headquarters FROM base_desk WHERE own = 1");
    if (!statement.step()) return std::nullopt;
    return desk_of(statement);
}

std::vector<DeskIdentity> Journal::desks() const {
    auto statement = database_.prepare(
        "SELECT incarnation, centre_code, centre_name, number, headquarters FROM base_desk ORDER BY centre_code, "
        "number, "
        "incarnation");
    std::vector<DeskIdentity> desks;
    while (statement.step()) desks.push_back(desk_of(statement));
    return desks;
}

std::string Journal::meta(std::string_view key) const {
    auto statement = database_.prepare("SELECT value FROM base_meta WHERE key = ?");
    statement.bind_text(key);
    return statement.step() ? std::string{statement.text(0)} : std::string{};
}

void Journal::set_meta(std::string_view key, std::string_view value) {
    database_
        .prepare("INSERT INTO base_meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value")
        .bind_text(key)
        .bind_text(value)
        .run();
}

}  // namespace guanjia
