#pragma once
// The front desk: commands in, queries out. One Desk is one incarnation of one database with a clock and a source of
// randomness handed in. Nothing above it sees SQLite: what the store cannot do comes back as a refusal ("store.full",
// "store.damaged", "store.busy", "store.read-only", "store.unreadable").

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/procedure/model.h"
#include "core/procedure/refusal.h"
#include "core/store/command.h"
#include "core/store/conflicts.h"
#include "core/store/drafts.h"
#include "core/store/duties.h"
#include "core/store/journal.h"
#include "core/store/projection.h"
#include "core/store/query.h"

namespace guanjia {

// The descriptions, subjects and derived tables of all areas.
Schema const& desk_schema();
std::vector<CommandSpec> const& desk_commands();
CommandSpec const* find_command(std::string_view name);
std::vector<QuerySpec> const& desk_queries();
QuerySpec const* find_query(std::string_view name);

// The word of someone entitled to it, with which a command goes on although a guard is in its way.
struct OverrideRequest {
    std::string guard;   // by name; empty: the one that is in the way
    std::string reason;  // required
    std::string by;      // code or id of the person entitled; empty: whoever gives the command
};

// A command as text, from a line of JSON or a form: field names and their text forms. References are ids, or the
// numbers and codes by which people know the record.
struct Request {
    std::string command;
    std::string by;           // code or id of a member of staff; empty while setting up
    std::string occurred_at;  // empty: now
    std::vector<std::pair<std::string, std::string>> fields;
    std::optional<OverrideRequest> overriding = {};
};

struct Accepted {
    std::uint64_t entry = 0;
    Stamp stamp;
    bool late = false;  // occurred on an earlier day than it was recorded
    struct Added {
        std::string_view kind;
        AnyId id;
        std::string number;  // for people; empty when the kind has none
    };
    std::vector<Added> added;
    std::vector<Clause> clauses;
    std::string revealed;  // the answer to a reveal
};

struct RefusalRow {
    LocalTime at;
    AnyId person;
    std::string command;
    std::string clause;
    std::string reason;
    std::string fields;
};

struct CheckReport {
    bool sound = true;
    std::vector<std::string> findings;  // what is wrong: "chain 0123456789abcdef 17", "tables", SQLite's own words
    std::uint64_t entries = 0;
    Hash tables{};
};

using Arguments = std::vector<std::pair<std::string, std::string>>;

class Desk {
public:
    struct Options {
        Database::Durability durability = Database::Durability::full;
        std::string vfs;
        WallClock clock = system_clock();
        RandomSource random = system_random();
    };

    // Refused when the file is there already ("store.exists") or the identity is unusable.
    static Result<std::unique_ptr<Desk>> create(std::string const& path, DeskIdentity identity, Options options);
    // Brings the file to the newest migration and rebuilds the tables when a description has changed.
    static Result<std::unique_ptr<Desk>> open(std::string const& path, Options options);
    ~Desk();

    DeskIdentity const& identity() const { return identity_; }
    // Civil time of the clock handed in.
    LocalTime now() const;

    // One transaction: journal and tables. A refusal is logged and leaves everything as it was.
    Result<Accepted> submit(Request const& request);
    // What a request would do if it were submitted now. Nothing is written, and a refusal is not logged.
    Result<Plan> rehearse(Request const& request);
    // Many commands in one transaction, for bulk work: they stand or fall together. When `work` refuses or the store
    // fails, the desk is as it was before, and what was refused is logged all the same. `work` submits and asks; it
    // opens no transaction of another kind (drafts, import, rebuild), nor another of these.
    Result<void> together(std::function<Result<void>()> const& work);

    Result<void> query(std::string_view name, Arguments const& arguments, std::function<void(Row const&)> const& row);
    Result<std::vector<DutyRow>> duties(LocalTime at, DutyFilter filter);
    Result<std::vector<DutyCount>> figures(LocalTime at);
    Result<std::vector<Conflict>> conflicts();
    Result<std::vector<RefusalRow>> refusals();

    // The id of the record that people know by this number, code or id. `kind` null: of any kind that has numbers.
    Result<AnyId> find_record(Description const* kind, std::string_view text, std::string const& field);

    // The number or code by which people know a record; empty when it has none.
    std::string number_of(AnyId record);

    // Who is at the desk, kept with the records but not part of them: nobody at headquarters needs to know.
    AnyId person_at_desk();
    Result<void> set_person_at_desk(AnyId person);

    // What a view of this desk wants to find again; kept with the records but not part of them.
    Result<void> remember(std::string_view key, std::string_view text);
    std::optional<std::string> recalled(std::string_view key);

    // What was typed and not yet sent; the newest first. See core/store/drafts.h for what is refused and what is
    // dropped.
    Result<void> keep_draft(std::string_view key, std::string_view content);
    Result<void> drop_draft(std::string_view key);
    Result<std::vector<Draft>> drafts();

    // After a restore or a move: goes on as another incarnation, so that no two copies give out the same numbers.
    Result<void> take_new_incarnation();

    // Drops the tables and makes them again from the journal; `progress` hears how many of how many entries are done.
    using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;
    Result<void> rebuild(Progress const& progress = {});
    // SQLite's own check, the chains, and tables against a rebuild.
    Result<CheckReport> check();
    // One hash over all projected tables: equal on desks that hold the same entries.
    Hash tables_digest();
    // Journal position and clock anew, after entries were taken in from outside.
    Result<void> refresh();

    // For exchange and forms, which lie beside.
    Database& database() { return *database_; }
    Journal& journal() { return *journal_; }
    Projection& projection() { return *projection_; }
    HybridClock& hybrid_clock() { return *hybrid_clock_; }
    RandomSource const& random() const { return options_.random; }
    std::int64_t wall_milliseconds() const { return options_.clock(); }

private:
    Desk(Options options, std::unique_ptr<Database> database);
    Result<void> start();
    Result<void> replay(Progress const& progress);
    struct Decision {
        AnyId person;
        LocalTime occurred_at;
        Plan plan;
    };
    Result<Decision> decide(Request const& request);
    Result<Override> check_override(OverrideRequest const& asked, Guard guard, AnyId person);
    Result<Accepted> carry_out(Request const& request);
    // Commits the transaction, if there is one, or rolls it back.
    Result<Accepted> record(Request const& request, Decision const& decision, std::optional<Transaction>& transaction);
    void log_refusal(Request const& request, Refusal const& refusal);
    void write_refusal(RefusalRow const& row);

    // What together() has to know when its transaction is rolled back.
    struct Batch {
        struct Position {
            std::uint64_t number;
            Hash hash;
            std::uint64_t ticks;
        };
        std::optional<Position> before;
        std::vector<RefusalRow> refused;
        std::optional<Refusal> fault;  // SQLite may have rolled back by itself: nothing more is to be entered
    };
    void take_back(Batch const& batch);

    Options options_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<Projection> projection_;
    DeskIdentity identity_;
    std::unique_ptr<HybridClock> hybrid_clock_;
    // When another process has written to the file, takes up what it wrote.
    Result<void> hear_other_writers();
    std::uint64_t last_number_ = 0;
    Hash last_hash_{};
    Batch* batch_ = nullptr;         // while together() is under way
    std::int64_t data_version_ = 0;  // SQLite's, of what other connections have written
};

// A StoreFault as a refusal.
Refusal refusal_of(StoreFault const& fault);

// Runs what may meet one.
template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (StoreFault const& fault) {
        return tl::unexpected<Refusal>{refusal_of(fault)};
    }
}

}  // namespace guanjia
