#pragma once
// SQLite behind three small classes. Statements are cached by their text, so that a statement in a loop is prepared
// once. What SQLite cannot do (full disk, damaged file, another process writing) is thrown as StoreFault and turned
// into a refusal at Desk's door; nothing above Desk sees it.

#include <concepts>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/description.h"
#include "core/base/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace guanjia {

struct StoreFault : std::runtime_error {
    enum class Kind { damaged, full, busy, read_only, unreadable, other };
    StoreFault(Kind fault_kind, std::string const& message) : std::runtime_error{message}, kind{fault_kind} {}
    Kind kind;
};

// A prepared statement in use; going out of scope resets it and gives it back to the cache.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // Binds the next parameter. Texts and blobs must live until the statement has run.
    Statement& bind(std::int64_t value);
    Statement& bind_unsigned(std::uint64_t value);  // SQLite has signed numbers only: the same 64 bits
    Statement& bind_text(std::string_view value);
    Statement& bind_blob(std::string_view value);
    // Not of a text that is gone at the end of the line.
    template <std::same_as<std::string> Text>
    Statement& bind_text(Text&&) = delete;
    template <std::same_as<std::string> Text>
    Statement& bind_blob(Text&&) = delete;
    Statement& bind_null();
    Statement& bind(AnyId id);        // 16 bytes, or null for none
    Statement& bind(LocalTime time);  // seconds, or null for none
    Statement& bind(Value const& value);
    // Starts over, keeping the statement.
    Statement& rewind();

    // True while there is a row.
    bool step();
    // Runs a statement that yields no row.
    void run();

    int columns() const;
    bool is_null(int column) const;
    bool is_integer(int column) const;
    bool is_blob(int column) const;
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;  // valid until the next step
    std::string_view blob(int column) const;  // valid until the next step
    AnyId id(int column) const;
    LocalTime time(int column) const;  // no_time for null
    // As a field of that type would have it; nothing for null.
    Value value(int column, FieldType type) const;

private:
    friend class Database;
    Statement(sqlite3* database, sqlite3_stmt* statement, bool* lent)
        : database_{database}, statement_{statement}, lent_{lent} {}
    sqlite3* database_;
    sqlite3_stmt* statement_;
    bool* lent_;  // the cache's mark that the statement is out; null for one that is not cached
    int next_ = 1;
};

class Database {
public:
    enum class Mode { create, open };
    // mirrored: over a Mirror, which makes commits durable by itself and has the file in memory already.
    enum class Durability { full, none, mirrored };

    // path ":memory:" keeps it in memory. `vfs` is the name of a Mirror, and then the durability is `mirrored` whatever
    // is said; or empty for a file of the system.
    Database(std::string const& path, Mode mode, Durability durability = Durability::full, std::string const& vfs = {});
    ~Database();
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;

    Statement prepare(std::string_view sql);
    // Several statements without parameters.
    void execute(std::string const& sql);
    // The first column of the first row, or 0 when there is none.
    std::int64_t integer(std::string_view sql);
    // Rows changed by the last statement.
    std::int64_t changes() const;
    sqlite3* handle() const { return handle_; }

private:
    struct Cached {
        sqlite3_stmt* statement;
        bool lent;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, Cached, TextHash, std::equal_to<>> cache_;
};

// Rolls back unless committed.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

// The 16 bytes by which tables know an id: incarnation and counter, both big-endian.
std::string id_bytes(AnyId id);
AnyId id_from_bytes(std::string_view bytes);

}  // namespace guanjia
