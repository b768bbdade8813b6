#include "core/store/database.h"

#include <sqlite3.h>

#include <cassert>

namespace guanjia {

namespace {

StoreFault::Kind kind_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return StoreFault::Kind::damaged;
        case SQLITE_FULL: return StoreFault::Kind::full;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return StoreFault::Kind::busy;
        case SQLITE_READONLY: return StoreFault::Kind::read_only;
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_IOERR: return StoreFault::Kind::unreadable;
        default: return StoreFault::Kind::other;
    }
}

[[noreturn]] void fail(sqlite3* database) {
    throw StoreFault{kind_of(sqlite3_extended_errcode(database)), sqlite3_errmsg(database)};
}

void check(sqlite3* database, int code) {
    if (code != SQLITE_OK) fail(database);
}

void write_big_endian(char* to, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) *to++ = static_cast<char>((value >> shift) & 0xFF);
}

std::uint64_t read_big_endian(char const* from) {
    std::uint64_t value = 0;
    for (int index = 0; index < 8; ++index) value = (value << 8) | static_cast<unsigned char>(from[index]);
    return value;
}

}  // namespace

std::string id_bytes(AnyId id) {
    std::string bytes(16, '\0');
    write_big_endian(bytes.data(), id.incarnation);
    write_big_endian(bytes.data() + 8, id.counter);
    return bytes;
}

AnyId id_from_bytes(std::string_view bytes) {
    if (bytes.size() != 16) return {};
    return {read_big_endian(bytes.data()), read_big_endian(bytes.data() + 8)};
}

Statement::Statement(Statement&& other) noexcept
    : database_{other.database_}, statement_{other.statement_}, lent_{other.lent_}, next_{other.next_} {
    other.statement_ = nullptr;
}

Statement::~Statement() {
    if (!statement_) return;
    if (!lent_) {
        sqlite3_finalize(statement_);
        return;
    }
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    *lent_ = false;
}

Statement& Statement::bind(std::int64_t value) {
    check(database_, sqlite3_bind_int64(statement_, next_++, value));
    return *this;
}

Statement& Statement::bind_unsigned(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }

Statement& Statement::bind_text(std::string_view value) {
    check(database_, sqlite3_bind_text64(statement_, next_++, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind_blob(std::string_view value) {
    check(database_, sqlite3_bind_blob64(statement_, next_++, value.data(), value.size(), SQLITE_STATIC));
    return *this;
}

Statement& Statement::bind_null() {
    check(database_, sqlite3_bind_null(statement_, next_++));
    return *this;
}

Statement& Statement::bind(LocalTime time) { return has_time(time) ? bind(time.seconds) : bind_null(); }

Statement& Statement::bind(AnyId id) {
    if (!id) return bind_null();
    char bytes[16];
    write_big_endian(bytes, id.incarnation);
    write_big_endian(bytes + 8, id.counter);
    check(database_, sqlite3_bind_blob(statement_, next_++, bytes, 16, SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(Value const& value) {
    if (auto const* number = std::get_if<std::int64_t>(&value)) return bind(*number);
    if (auto const* text = std::get_if<std::string>(&value)) return bind_text(*text);
    if (auto const* id = std::get_if<AnyId>(&value)) return bind(*id);
    return bind_null();
}

Statement& Statement::rewind() {
    sqlite3_reset(statement_);
    next_ = 1;
    return *this;
}

bool Statement::step() {
    auto const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(database_);
}

void Statement::run() {
    [[maybe_unused]] auto const row = step();
    assert(!row);
}

int Statement::columns() const { return sqlite3_column_count(statement_); }
bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
bool Statement::is_integer(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }
bool Statement::is_blob(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_BLOB; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Statement::text(int column) const {
    auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
    if (!text) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Statement::blob(int column) const {
    auto const* bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
    if (!bytes) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

LocalTime Statement::time(int column) const { return is_null(column) ? no_time : LocalTime{integer(column)}; }
AnyId Statement::id(int column) const { return id_from_bytes(blob(column)); }
Value Statement::value(int column, FieldType type) const {
    if (is_null(column)) return {};
    switch (type) {
        case FieldType::text: return std::string{text(column)};
        case FieldType::reference: return id(column);
        default: return integer(column);
    }
}

Database::Database(std::string const& path, Mode mode, Durability durability, std::string const& vfs) {
    if (!vfs.empty()) durability = Durability::mirrored;
    auto const flags = SQLITE_OPEN_READWRITE | (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
    auto const code = sqlite3_open_v2(path.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
    if (code != SQLITE_OK) {
        StoreFault const fault{kind_of(code), handle_ ? sqlite3_errmsg(handle_) : "out of memory"};
        sqlite3_close_v2(handle_);
        throw fault;
    }
    sqlite3_extended_result_codes(handle_, 1);
    try {
        sqlite3_busy_timeout(handle_, 5000);
        execute(
            "PRAGMA page_size=4096; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA trusted_schema=OFF;");
        if (durability == Durability::mirrored) execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-16384;");
        execute(durability == Durability::full ? "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"
                                               : "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;");
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

Database::~Database() {
    for (auto const& [sql, cached] : cache_) sqlite3_finalize(cached.statement);
    sqlite3_close_v2(handle_);
}

Statement Database::prepare(std::string_view sql) {
    auto const found = cache_.find(sql);
    if (found != cache_.end() && !found->second.lent) {
        found->second.lent = true;
        return {handle_, found->second.statement, &found->second.lent};
    }
    sqlite3_stmt* statement = nullptr;
    check(handle_, sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr));
    // The same statement is in use further up the stack: this one lives for its user alone.
    if (found != cache_.end()) return {handle_, statement, nullptr};
    auto const place = cache_.emplace(std::string{sql}, Cached{statement, true}).first;
    return {handle_, statement, &place->second.lent};
}

void Database::execute(std::string const& sql) {
    check(handle_, sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::integer(std::string_view sql) {
    auto statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

Transaction::Transaction(Database& database) : database_{database} { database_.prepare("BEGIN IMMEDIATE").run(); }

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.prepare("ROLLBACK").run();
    } catch (StoreFault const&) {
        // SQLite has rolled back by itself (full disk, I/O error).
    }
}

void Transaction::commit() {
    database_.prepare("COMMIT").run();
    open_ = false;
}

}  // namespace guanjia
