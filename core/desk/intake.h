#pragma once
// Homes, people and old tickets taken from a table of another program. A person says which column is what; every row's
// fate is known before anything is written. In steps, like all that takes long.
//   mapping:  what each column is, first as it was the last time or as its heading says
//   preview:  each row is read and asked of the rules; nothing is written
//   write:    what can be taken in is submitted as commands, each row wholly or not at all
// A second run over the same table changes nothing: homes are known by their code, people by name and telephone,
// tickets by the number that they had.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/strings.h"
#include "core/desk/desk.h"
#include "core/service/model.h"
#include "core/tables/moment.h"
#include "core/tables/table.h"

namespace guanjia {

enum class IntakeTarget : std::uint8_t { units, owners, tickets };
inline constexpr std::string_view intake_target_names[] = {"units", "owners", "tickets"};
std::optional<IntakeTarget> intake_target(std::string_view name);

enum class IntakeField : std::uint8_t {
    none,
    unit,
    building,
    unit_kind,
    name,
    phone,
    relation,
    since,
    origin,
    opened,
    finished,
    status,
    kind,
    priority,
    category,
    words,
    wish,
    solution
};
std::string_view name_of(IntakeField field);
std::optional<IntakeField> intake_field(std::string_view name);
struct IntakeFieldSpec {
    IntakeField field;
    bool required = false;
};
std::span<IntakeFieldSpec const> fields_of(IntakeTarget target);

struct IntakeMapping {
    IntakeTarget target = IntakeTarget::tickets;
    std::vector<IntakeField> columns;  // as many as the table has; several may be the same field and are joined
    bool has_heading = true;           // the first row names the columns
    DateOrder order = DateOrder::unknown;
    TicketKind kind = TicketKind::other;  // of a ticket whose row does not say
    bool adds_units = true;               // a home that is not in the register is added; or else left in the words
    friend bool operator==(IntakeMapping const&, IntakeMapping const&) = default;
};

// As columns with these headings were mapped before, or else as their headings say.
IntakeMapping proposed_mapping(Desk& desk, Table const& table, IntakeTarget target);
// For the next table with the same headings. Kept with the records of this desk, not part of them.
Result<void> keep_mapping(Desk& desk, Table const& table, IntakeMapping const& mapping);
// Month or day first, as far as the columns of dates tell.
DateOrder order_of_dates(Table const& table, IntakeMapping const& mapping);

enum class RowFate : std::uint8_t {
    unread,
    fresh,     // is entered
    known,     // is in the records already
    repeated,  // stands in the table twice
    refused
};
inline constexpr std::size_t row_fates = 5;

class Intake {
public:
    // The table outlives it. by: whose commands they are.
    Intake(Desk& desk, Table const& table, IntakeMapping mapping, std::string by);

    // Work on until `goes_on` says no; at least one row. True when there is nothing left. Refused only when nothing can
    // go on: "intake.column-missing", store.*.
    Result<bool> preview(std::function<bool()> const& goes_on);
    Result<bool> write(std::function<bool()> const& goes_on);

    // Rows below the heading, by their place.
    std::size_t rows() const { return fates_.size(); }
    // Rows that have been read, or written.
    std::size_t done() const { return next_; }
    RowFate fate(std::size_t row) const { return fates_[row]; }
    // Why a row is refused, null for others. Its fields are names of IntakeField.
    Refusal const* why(std::size_t row) const;
    std::size_t count(RowFate fate) const { return counts_[static_cast<std::size_t>(fate)]; }
    std::uint32_t number(std::size_t row) const { return table_.number(row + first_row()); }
    // What a field is in a row: its columns joined.
    std::string text(std::size_t row, IntakeField field) const;
    IntakeMapping const& mapping() const { return mapping_; }

    // The refused rows as CSV as they came, with the reason in a column of its own: to be mended and taken in again.
    std::string refused_rows(Language language) const;

private:
    // What a row becomes.
    struct Entry {
        std::optional<Request> unit;    // added before, where it is missing
        std::optional<Request> record;  // the person or the ticket
        std::string unit_code, person_key;
    };
    struct Known {
        std::unordered_map<std::string, AnyId> units, people;  // by code; by name and telephone
        std::unordered_set<std::string> occupancies, names_in_unit, origins;
    };

    std::size_t first_row() const { return mapping_.has_heading ? 1 : 0; }
    void load_known();
    // Has not stood in the table before; asked while previewing.
    bool is_first(std::string const& what);
    void set_fate(std::size_t row, RowFate fate);
    void refuse_row(std::size_t row, Refusal refusal);
    Result<void> check_cells(std::size_t row) const;
    Result<RowFate> read(std::size_t row, Entry& entry);
    Result<RowFate> read_unit(std::size_t row, Entry& entry);
    Result<RowFate> read_person(std::size_t row, Entry& entry);
    Result<RowFate> read_ticket(std::size_t row, Entry& entry);
    Result<LocalTime> moment(std::size_t row, IntakeField field) const;
    Request command(std::string name) const;
    void add_unit(std::size_t row, Entry& entry) const;
    Result<void> rehearse(Entry const& entry);
    Result<void> enter(Entry const& entry);

    Desk& desk_;
    Table const& table_;
    IntakeMapping mapping_;
    std::string by_;
    Known known_;  // in the records, and what this run has added
    struct {
        std::vector<std::string> units, people;
    } step_;  // … in the step that is being written
    // Where the same thing stood before in the table.
    std::unordered_set<std::string> seen_;
    std::vector<RowFate> fates_;
    std::map<std::size_t, Refusal> refusals_;
    std::array<std::size_t, row_fates> counts_{};
    std::size_t next_ = 0;
    bool writing_ = false;
    bool loaded_ = false;
};

}  // namespace guanjia
