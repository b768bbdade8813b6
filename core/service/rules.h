#pragma once
// Decisions of the service desk (GEN-1…3, RV), pure functions of values. A ticket's state is folded from its steps; its
// table is drawn in docs/ticket-states.md.

#include <optional>
#include <string>
#include <vector>

#include "core/base/stored.h"
#include "core/procedure/duty.h"
#include "core/procedure/occasion.h"
#include "core/procedure/refusal.h"
#include "core/service/model.h"

namespace guanjia {

// All that is known of one ticket, each list in the order in which things happened; void records are left out.
struct TicketFacts {
    Stored<Ticket> ticket;
    bool is_void = false;    // the ticket itself
    bool some_void = false;  // it, or some of its records
    std::vector<Stored<Recurrence>> recurrences;
    std::vector<Stored<Contact>> contacts;
    std::vector<Stored<Ownership>> ownerships;
    std::vector<Stored<HandOver>> hand_overs;
    std::vector<Stored<HandOverAcknowledgement>> acknowledgements;
    std::vector<Stored<HandOverResult>> results;
    std::vector<Stored<Closing>> closings;
    std::vector<Stored<Reopening>> reopenings;
    std::vector<Stored<ValidityMark>> validity_marks;
    std::vector<Stored<ImportanceMark>> importance_marks;
    std::vector<Stored<ReturnVisit>> visits;
};

// Every list of steps that the facts hold, for what is done alike with each.
template <class Facts, class Visit>
void for_each_list(Facts& facts, Visit&& visit) {
    visit(facts.recurrences);
    visit(facts.contacts);
    visit(facts.ownerships);
    visit(facts.hand_overs);
    visit(facts.acknowledgements);
    visit(facts.results);
    visit(facts.closings);
    visit(facts.reopenings);
    visit(facts.validity_marks);
    visit(facts.importance_marks);
    visit(facts.visits);
}

// Values are kept in derived tables and shown: registered → in_progress ⇄ handed_over → finished (→ in_progress).
enum class TicketState : std::uint8_t {
    none = 0,
    registered = 1,
    in_progress = 2,
    handed_over = 3,
    finished = 4,
    voided = 5
};
inline constexpr Choice ticket_state_choices[] = {
    {1, "registered"}, {2, "in-progress"}, {3, "handed-over"}, {4, "finished"}, {5, "voided"}};
template <>
inline constexpr std::span<Choice const> choices_of<TicketState>{ticket_state_choices};

// Why a complaint is important (RV-3.1); none: it is not.
enum class ImportanceReason : std::uint8_t { none = 0, safety, claim, households, public_attention, repeated, marked };
inline constexpr Choice importance_reason_choices[] = {{1, "safety"},           {2, "claim"},    {3, "households"},
                                                       {4, "public-attention"}, {5, "repeated"}, {6, "marked"}};
template <>
inline constexpr std::span<Choice const> choices_of<ImportanceReason>{importance_reason_choices};

TicketState state_of(TicketFacts const& facts);
// RV-4.1: a complaint is valid unless the manager's last word says otherwise; a ticket of another kind always is.
bool is_valid(TicketFacts const& facts);
// RV-3.1: first reason found; the manager's last mark overrides the rest in both directions.
ImportanceReason importance_of(TicketFacts const& facts, Parameters const& parameters);
// First contact, hand-over, ownership or closing; no_time while there is none (GEN-2.1).
LocalTime responded_at(TicketFacts const& facts);
// The last closing that no reopening followed; no_time while the ticket is open.
LocalTime finished_at(TicketFacts const& facts);
Id<StaffMember> responsible_for(TicketFacts const& facts);
// Something was entered about the ticket after that stamp, and still counts.
bool has_steps_since(TicketFacts const& facts, Stamp stamp);

// GEN-2.1 (response, solution), GEN-2.3, GEN-3.2, RV-4.1.
std::vector<Duty> duties_of(TicketFacts const& facts, Parameters const& parameters, Calendar const& calendar);

Result<Plan> record_reception(Occasion const& occasion, Reception reception);
Result<Plan> register_ticket(Occasion const& occasion, Ticket ticket, std::vector<Id<Ticket>> const& earlier);
Result<Plan> change_ticket(Occasion const& occasion, TicketFacts const& facts, Ticket const& changed);
Result<Plan> record_contact(Occasion const& occasion, TicketFacts const& facts, Contact contact);
Result<Plan> own_complaint(Occasion const& occasion, TicketFacts const& facts, Ownership ownership);
Result<Plan> hand_over(Occasion const& occasion, TicketFacts const& facts, HandOver hand_over);
// department: of the person who acts.
Result<Plan> acknowledge_hand_over(Occasion const& occasion, TicketFacts const& facts, Id<HandOver> hand_over,
                                   std::string const& department);
Result<Plan> report_hand_over(Occasion const& occasion, TicketFacts const& facts, HandOverResult result,
                              std::string const& department);
Result<Plan> close_ticket(Occasion const& occasion, TicketFacts const& facts, Closing closing);
Result<Plan> reopen_ticket(Occasion const& occasion, TicketFacts const& facts, Reopening reopening);
Result<Plan> mark_validity(Occasion const& occasion, TicketFacts const& facts, ValidityMark mark);
Result<Plan> mark_importance(Occasion const& occasion, TicketFacts const& facts, ImportanceMark mark);
Result<Plan> record_return_visit(Occasion const& occasion, TicketFacts const& facts, ReturnVisit visit);
// The record is one of the ticket's or the ticket itself; recorded_by: who entered it. A return visit that reopened the
// ticket goes with its reopening.
Result<Plan> void_ticket_record(Occasion const& occasion, TicketFacts const& facts, AnyId record, AnyId recorded_by,
                                std::string const& reason);
Result<Plan> void_reception(Occasion const& occasion, AnyId reception, AnyId recorded_by, std::string const& reason);

}  // namespace guanjia
