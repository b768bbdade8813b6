#pragma once
// Every ticket's line held in memory and kept equal to ticket_lines(database, at), so that lists of many tickets can be
// filtered, searched and ordered without asking the database. It is loaded in steps: first what waits for something to
// be done, the nearest first, then all others, the newest first. Then only what the feed names is loaded again.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/service/queries.h"
#include "core/store/duties.h"

namespace guanjia {

// What lists of tickets show. to_do: what is open, and what is finished and still to be visited.
enum class TicketFilter : std::uint8_t { to_do, to_visit, finished, all };
// A return visit is what is to be done next (RV-4.1).
bool awaits_visit(TicketLine const& line);

class TicketBook {
public:
    // Where a line stands; holds while the revision does.
    using Place = std::uint32_t;

    // Loads about `budget` lines: what the feed and the time gone by have changed, then what was never loaded. True
    // when the book is complete. One book follows one database and its feed. Throws StoreFault.
    bool follow(Database& database, ChangeFeed const& feed, LocalTime at, std::size_t budget);
    // Empty, to follow another database.
    void clear();

    // Equal to ticket_lines(database, at) of the last follow(). While it is not, each line is one that was true.
    bool complete() const { return phase_ == Phase::loaded && stale_.empty(); }
    // Moves whenever a line has come, gone or changed.
    std::uint64_t revision() const { return revision_; }

    std::size_t size() const { return rows_.size(); }
    std::size_t to_do_count() const { return static_cast<std::size_t>(to_do_count_); }
    TicketLine line(Place place) const;
    Id<Ticket> id(Place place) const { return Id<Ticket>{rows_[place].id}; }
    std::optional<Place> find(Id<Ticket> ticket) const;

    // The places of what passes the filter and has the text in its number (here or where it comes from), unit,
    // customer, words or category: the nearest open duty first, then the newest. 100,000 lines take a few milliseconds:
    // to be asked when the revision, the filter or the text has changed, not for every frame.
    std::vector<Place> list(TicketFilter filter, std::string_view text) const;

    // The tickets whose lines have come, gone or changed since they were last taken, about `budget` of them, for one
    // reader. True when none is left.
    template <class Visit>
    bool take_changed(std::size_t budget, Visit visit) {
        for (; budget > 0 && !changed_.empty(); --budget) {
            visit(Id<Ticket>{changed_.back()});
            changed_.pop_back();
        }
        return changed_.empty();
    }

    // What the lines take, without what the allocator adds.
    std::size_t bytes() const;

private:
    enum class Phase : std::uint8_t { nothing, waiting, newest, loaded };

    // A line in less than half the room: its texts stand behind each other in one block, with their lengths before
    // them; who is responsible is one of few.
    struct Row {
        AnyId id;
        LocalTime registered_at;
        LocalTime next_due;
        std::unique_ptr<char[]> texts;
        std::uint32_t size = 0;  // of the texts
        std::uint32_t responsible = 0;
        std::uint32_t recurring = 0;
        std::optional<Clause> next_clause;
        TicketKind kind = TicketKind::none;
        TicketState state = TicketState::none;
        Priority priority = Priority::none;
        bool open : 1 = false;
        bool valid : 1 = true;
        bool seen : 1 = false;  // by the load that is under way
    };

    // Where each id stands: places by hash, open addressing. A third of what a map would take.
    class Index {
    public:
        std::optional<Place> find(std::vector<Row> const& rows, AnyId id) const;
        // The last row is new.
        void added(std::vector<Row> const& rows);
        // The row at `place` goes and the last one takes its place; before it is done.
        void remove(std::vector<Row> const& rows, Place place);
        std::size_t bytes() const { return slots_.capacity() * sizeof(Place); }

    private:
        std::size_t home(AnyId id) const;
        std::size_t slot_of(std::vector<Row> const& rows, AnyId id) const;
        std::vector<Place> slots_;  // place + 1; 0 is free
    };

    void begin(LocalTime at);
    void load(Database& database, Id<Ticket> ticket);
    std::size_t load_waiting(Database& database, std::size_t budget);
    std::size_t load_newest(Database& database, std::size_t budget);
    void drop_unseen();
    bool is_fresh(AnyId ticket) const;
    void put(TicketLine const& line);
    void remove(Place place);
    void count(Row const& row, int by);
    Row packed(TicketLine const& line);
    std::vector<Place>::iterator place_in_order(Row const& row);
    static std::string_view texts_in(Row const& row);
    static bool passes(Row const& row, TicketFilter filter);
    static bool comes_before(Row const& left, Row const& right);

    Phase phase_ = Phase::nothing;
    ChangeFeed::Position position_ = 0;
    LocalTime at_ = no_time;
    std::uint64_t revision_ = 1;
    DutyMark waiting_mark_;
    TicketMark newest_mark_;
    std::unordered_set<AnyId> stale_;  // to be loaded again
    std::vector<AnyId> changed_;       // and not yet taken
    std::vector<Row> rows_;
    std::vector<Place> newest_;  // every place, the newest line first
    Index index_;
    std::ptrdiff_t to_do_count_ = 0;
    std::ptrdiff_t texts_size_ = 0;
    std::vector<AnyId> people_{AnyId{}};
    std::unordered_map<AnyId, std::uint32_t> place_of_person_;
};

}  // namespace guanjia
