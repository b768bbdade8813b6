#pragma once
// What a view shows, as plain values taken at one moment: asked for when the journal has moved or the minute has, never
// while a frame is drawn. Nothing in a snapshot points into the database. Of what is large only what has changed is
// asked for again. All tickets are not a snapshot but a book (core/service/ticket_book.h).

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/desk/handover.h"
#include "core/registry/queries.h"
#include "core/service/figures/queries.h"
#include "core/service/queries.h"
#include "core/service/repairs/rules.h"
#include "core/store/compliance.h"

namespace guanjia {

// People, units and occupiers: small enough to be held whole, for names and pickers.
struct RegistrySnapshot {
    DeskIdentity desk;
    std::vector<PersonLine> people;
    std::vector<UnitLine> units;
    std::vector<OwnerLine> owners;
    std::string draw_desk;                 // letter of the one that draws (RV-4.2)
    std::vector<std::string> letters;      // of the centre's desks that are known here
    std::vector<std::string> departments;  // of people and of hand-overs so far, each once
    Date on = no_date;                     // the day that owners, parameters and wordings are those of
    std::vector<std::int64_t> parameters;  // in force today, in the order of all_parameters()
    Calendar calendar;
    Wordings wordings;

    PersonLine const* person(AnyId id) const;
    std::string name_of(AnyId id) const;  // empty for nobody
};
enum class Homes : std::uint8_t { taken, left_out };
Result<RegistrySnapshot> registry_snapshot(Desk& desk, Homes homes = Homes::taken);
// The homes that were left out, by far the most of it: the units, then who lives in them. Throws StoreFault.
void take_units(RegistrySnapshot& snapshot, Desk& desk);
void take_owners(RegistrySnapshot& snapshot, Desk& desk);
// Whether the changes since, or a new day, ask for another one. Throws StoreFault.
bool is_outdated(Desk& desk, RegistrySnapshot const& snapshot, std::span<ChangeFeed::Change const> changes);

// What a duty is about.
enum class DutySubject : std::uint8_t { ticket, reception, draw, inspection, improvement };

// A duty with what it is about: of a ticket all, of a reception and an improvement what they have, of a period its
// days.
struct DutyLine {
    Duty duty;
    DutyStatus status = DutyStatus::open;
    DutySubject subject = DutySubject::ticket;
    DayRange days{no_date, no_date};  // of a draw's week, of an inspection's period
    std::string number;
    TicketKind kind = TicketKind::none;
    Priority priority = Priority::none;
    std::string unit;
    std::string customer;
    std::string words;
    std::string responsible;  // name of the person whose duty it is; empty when it is a role's
    bool described = false;   // unless it is, duty and status are all that is known
};

DutyLine duty_line(Desk& desk, Duty duty, LocalTime at);

struct TodaySnapshot {
    LocalTime at;
    std::vector<DutyLine> duties;  // open ones: overdue first, then by due time
    ServiceFigures figures;
    std::int64_t response_target_minutes = 0;  // for normal priority
    std::size_t described = 0;                 // the lines before it are
};
// Of many duties what they are about takes long: the lines are to be described afterwards, in steps.
Result<TodaySnapshot> today_snapshot(Desk& desk, LocalTime at);

// Makes an earlier one equal to today_snapshot(desk, at): only what the changes since and the time gone by have touched
// is asked for. Of no use any more when it is refused.
Result<void> renew(TodaySnapshot& snapshot, Desk& desk, std::span<ChangeFeed::Change const> changes, LocalTime at);

// Describes the next `budget` lines that are not, the first ones first. True when none is left.
Result<bool> describe(TodaySnapshot& snapshot, Desk& desk, std::size_t budget = SIZE_MAX);

// One thing that happened about a ticket.
struct TimelineLine {
    AnyId id;
    LocalTime at;
    std::string step;  // "contact", "closing", …
    std::string by;    // name
    std::string text;
    std::string detail;
    bool is_void = false;
};

struct HandOverLine {
    AnyId id;
    std::string department;
    std::string task;
    LocalTime at;
    LocalTime due;
    bool acknowledged = false;
    bool reported = false;
};

// Something raised in a return visit that is not done with yet (RV-4.4).
struct OpinionLine {
    AnyId id;
    OpinionKind kind = OpinionKind::none;
    std::string words;
    LocalTime at;
    LocalTime reply_due = no_time;    // no_time: settled, or replied to
    std::vector<std::string> untold;  // departments concerned that have not been told
};

struct AppointmentLine {
    AnyId id;
    LocalTime starts;
    LocalTime ends;
    std::string visitor;
    std::string note;
};

struct PhotoLine {
    AnyId id;
    std::string hash;
    LocalTime at;
    std::string by;  // name
};

struct TicketSnapshot {
    LocalTime at;
    TicketLine line;
    std::string registered_by;
    std::string wish;
    AnyId owner;
    AnyId unit;
    std::string phone;  // masked
    Level impact = Level::none;
    Level urgency = Level::none;
    std::string priority_reason;
    bool safety = false;
    Money claim;
    std::int64_t households = 0;
    bool public_attention = false;
    ImportanceReason importance = ImportanceReason::none;
    bool owned = false;  // someone is responsible, with explanation and remedy (GEN-3.3)
    std::string cause;
    std::string solution;
    LocalTime finished_at = no_time;
    std::vector<TimelineLine> timeline;  // oldest first
    std::vector<HandOverLine> hand_overs;
    std::vector<VisitLine> visits;              // newest first
    std::vector<OpinionLine> opinions;          // with something left to do
    std::vector<AppointmentLine> appointments;  // not over yet, the next first
    std::vector<PhotoLine> photos;              // oldest first, those that were erased left out
    WaitingReason waiting = WaitingReason::none;
    LocalTime waits_until = no_time;
    std::string merged_into;               // number; empty unless merged
    std::vector<std::string> merged_here;  // numbers of those that go on here
    std::size_t trips = 0;                 // of a repair
    RepairCharge charge;
    bool asked = false;  // satisfaction, since it was finished (GEN-5.1)
    std::vector<Duty> duties;
};
// Refused ("ticket.missing") when there is no such ticket.
Result<TicketSnapshot> ticket_snapshot(Desk& desk, AnyId ticket, LocalTime at);

// How the service is, how clauses are kept, or what customers say.
enum class FiguresPart : std::uint8_t { service, clauses, survey };

// What the figures of some days show, with the cases behind one of their rows: of the part that was wanted.
struct FiguresSnapshot {
    FigureQuery query;
    FiguresPart part = FiguresPart::service;
    std::optional<FigureRow> total;  // nothing when nothing was registered
    std::vector<FigureRow> rows;
    std::vector<ComplianceRow> compliance;
    std::vector<SurveyRow> survey;
    struct Cases {
        FigureCase which;
        std::vector<FigureCaseLine> lines;
    };
    std::vector<Cases> cases;      // those that there are
    std::vector<DutyLine> unkept;  // late and missed, the oldest first
    struct Overridden {
        OverrideLine line;
        std::string number;  // of the ticket that it is about; empty when it is about none
    };
    std::vector<Overridden> overridden;  // the newest first, like those refused
    std::vector<RefusalLine> refused;
};
// What is wanted of the figures. Of the service, the cases of the row with that key; of the clauses how they are
// grouped, and what stands behind the row of that clause and key: duties that were not kept, overrides, refusals.
struct FiguresWanted {
    FiguresPart part = FiguresPart::service;
    std::optional<std::string> key;
    FigureGrouping clauses_by = FigureGrouping::none;
    std::string clause;
    std::string clause_key;
    friend bool operator==(FiguresWanted const&, FiguresWanted const&) = default;
};
// From a book of the desk that is complete.
Result<FiguresSnapshot> figures_snapshot(Desk& desk, MeasureBook const& book, FigureQuery const& query,
                                         FiguresWanted const& wanted, LocalTime at);

struct HeadquartersSnapshot {
    std::vector<DeskStanding> desks;
    std::vector<Conflict> conflicts;
    std::vector<ForkRow> forks;
    std::vector<Quarantined> quarantine;
    std::vector<DutyCount> compliance;
};
Result<HeadquartersSnapshot> headquarters_snapshot(Desk& desk, LocalTime at);

}  // namespace guanjia
