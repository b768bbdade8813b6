#pragma once
// The journal: every accepted command of every desk that this database has heard of, with the chain of hashes of each
// desk. It and what follows from nothing else (who we are, refusals, forks, quarantine) live in tables named base_*,
// which numbered migrations own and rebuilding leaves alone.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/database.h"
#include "core/store/entry.h"

namespace guanjia {

struct DeskIdentity {
    Incarnation incarnation = 0;
    std::string centre_code;
    std::string centre_name;
    std::int64_t number = 0;  // 1..702: A…Z, AA…ZZ in numbers for people
    bool headquarters = false;

    // "A" for desk 1, "AA" for desk 27.
    std::string letter() const;
};
inline constexpr std::int64_t desk_number_limit = 702;

struct JournalRow {
    Incarnation incarnation = 0;
    std::uint64_t number = 0;
    Hash hash{};
    EncodedEntry bytes;
};

struct EntryRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    friend bool operator==(EntryRange const&, EntryRange const&) = default;
};

class Journal {
public:
    explicit Journal(Database& database) : database_{database} {}

    // Brings journal and meta tables to the newest migration. Refused when a newer program has written the file, or
    // when it is another program's.
    static Result<void> migrate(Database& database);

    void append(Entry const& entry, EncodedEntry const& bytes, Hash const& hash);
    std::optional<Hash> hash_of(Incarnation incarnation, std::uint64_t number) const;
    // Highest number of a desk, 0 when none is known.
    std::uint64_t last_number(Incarnation incarnation) const;
    std::uint64_t last_ticks() const;
    std::uint64_t count() const;
    std::optional<JournalRow> read(Incarnation incarnation, std::uint64_t number) const;
    // Numbers of a desk that were never received although later ones were.
    std::vector<EntryRange> gaps(Incarnation incarnation) const;
    // The numbers of a desk's entries that occurred or were recorded on a day: the least range that holds them.
    std::optional<EntryRange> range_of_day(Incarnation incarnation, Date day) const;

    // Reads on in the order in which entries arrived: up to `limit` rows after `position`, which moves along.
    std::vector<JournalRow> read_after(std::int64_t& position, std::size_t limit) const;

    // The chain of one desk, as far as it is here without gaps at its places: the first number whose hash does not
    // follow from its predecessor, or whose bytes cannot be read.
    std::optional<std::uint64_t> first_broken(Incarnation incarnation) const;

    void save_desk(DeskIdentity const& desk, bool own);
    std::optional<DeskIdentity> own_desk() const;
    std::vector<DeskIdentity> desks() const;

    std::string meta(std::string_view key) const;
    void set_meta(std::string_view key, std::string_view value);

private:
    Database& database_;
};

}  // namespace guanjia
