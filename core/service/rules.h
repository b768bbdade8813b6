#pragma once
// Decisions about receptions and tickets (GEN-1…3), pure functions of values. A ticket's state is folded from its
// steps; its table is drawn in docs/ticket-states.md.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/stored.h"
#include "core/procedure/model.h"
#include "core/procedure/occasion.h"
#include "core/procedure/plan.h"
#include "core/procedure/refusal.h"
#include "core/service/feedback/model.h"
#include "core/service/model.h"
#include "core/service/photos/model.h"
#include "core/service/repairs/model.h"
#include "core/service/visits/model.h"

namespace guanjia {

// All that is known of one ticket, each list in the order in which things happened; void records are left out.
struct TicketFacts {
    Stored<Ticket> ticket;
    bool is_void = false;    // the ticket itself
    bool some_void = false;  // it, or some of its records
    Id<Ticket> merged_into;  // the ticket that goes on for this one; none while it goes on itself
    std::string merged_number;
    std::vector<Stored<Recurrence>> recurrences;
    std::int64_t recurring = 0;           // earlier tickets of these that count (GEN-2.2)
    std::int64_t earlier_complaints = 0;  // complaints among them (RV-3.1)
    std::vector<Stored<Contact>> contacts;
    std::vector<Stored<Ownership>> ownerships;
    std::vector<Stored<HandOver>> hand_overs;
    std::vector<Stored<HandOverAcknowledgement>> acknowledgements;
    std::vector<Stored<HandOverResult>> results;
    std::vector<Stored<Closing>> closings;
    std::vector<Stored<Reopening>> reopenings;
    std::vector<Stored<ValidityMark>> validity_marks;
    std::vector<Stored<Waiting>> waitings;
    std::vector<Stored<Resumption>> resumptions;
    std::vector<Stored<Merge>> merges;
    std::vector<Stored<ImportanceMark>> importance_marks;
    std::vector<Stored<ReturnVisit>> visits;
    std::vector<Stored<DrawnOrder>> drawn;
    std::vector<Stored<VisitAssignment>> assignments;
    std::vector<Stored<RaisedOpinion>> opinions;
    std::vector<Stored<OpinionNotice>> notices;
    std::vector<Stored<OpinionReply>> replies;
    std::vector<Stored<InspectedVisit>> inspected;
    std::vector<Stored<Appointment>> appointments;
    std::vector<Stored<RepairVisit>> repair_visits;
    std::vector<Stored<PartUsed>> parts;
    std::vector<Stored<Photo>> photos;
    std::vector<Stored<SatisfactionAnswer>> answers;
    std::vector<Stored<Override>> overrides;
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
    visit(facts.waitings);
    visit(facts.resumptions);
    visit(facts.merges);
    visit(facts.visits);
    visit(facts.drawn);
    visit(facts.assignments);
    visit(facts.opinions);
    visit(facts.notices);
    visit(facts.replies);
    visit(facts.inspected);
    visit(facts.appointments);
    visit(facts.repair_visits);
    visit(facts.parts);
    visit(facts.photos);
    visit(facts.answers);
    visit(facts.overrides);
}

// The acknowledgement or the result of a hand-over; null while there is none.
template <class Answer>
Stored<Answer> const* answer_to(std::vector<Stored<Answer>> const& answers, Id<HandOver> hand_over) {
    for (auto const& answer : answers)
        if (answer.value.hand_over == hand_over) return &answer;
    return nullptr;
}

// Values are kept in derived tables and shown: registered → in_progress ⇄ handed_over ⇄ waiting → finished
// (→ in_progress). Merged: another ticket goes on for it.
enum class TicketState : std::uint8_t {
    none = 0,
    registered = 1,
    in_progress = 2,
    handed_over = 3,
    finished = 4,
    voided = 5,
    waiting = 6,
    merged = 7
};
inline constexpr Choice ticket_state_choices[] = {{1, "registered"}, {2, "in-progress"}, {3, "handed-over"},
                                                  {4, "finished"},   {5, "voided"},      {6, "waiting"},
                                                  {7, "merged"}};
template <>
inline constexpr std::span<Choice const> choices_of<TicketState>{ticket_state_choices};

// Why a complaint is important (RV-3.1); none: it is not.
enum class ImportanceReason : std::uint8_t { none = 0, safety, claim, households, public_attention, repeated, marked };
inline constexpr Choice importance_reason_choices[] = {{1, "safety"},           {2, "claim"},    {3, "households"},
                                                       {4, "public-attention"}, {5, "repeated"}, {6, "marked"}};
template <>
inline constexpr std::span<Choice const> choices_of<ImportanceReason>{importance_reason_choices};

// A stretch in which the ticket was open: from registration or a reopening to the closing that ended it.
struct Run {
    LocalTime from = no_time;
    Stored<Closing> const* closing = nullptr;
    Stored<Reopening> const* reopening = nullptr;  // what ended the time after the closing
};
// At least one. Closings and reopenings of two desks may interleave: a closing while closed and a reopening while open
// change nothing.
std::vector<Run> runs_of(TicketFacts const& facts);

// The stretch whose closing a return visit at that time answers: made after it, and before the ticket was open again.
// Null when there is none.
Run const* visited_run(std::span<Run const> runs, LocalTime at);

// A time within a run in which the ticket waited. Interleaved words of two desks change nothing: waiting while it
// waits, resuming while it does not.
struct Pause {
    LocalTime from = no_time;
    LocalTime until = no_time;  // no_time while it waits
    Stored<Waiting> const* waiting = nullptr;
    Stored<Resumption> const* resumption = nullptr;  // null when it waits, or waited until the closing
};
std::vector<Pause> pauses_of(TicketFacts const& facts, Run const& run);
// The wait that is under way; null when there is none.
Stored<Waiting> const* waits_for(TicketFacts const& facts);

// A stretch that had ended before the ticket came from another system: nobody here had a duty in it, and no figure
// counts it.
bool ended_elsewhere(Run const& run);

// GEN-2.1: impact × urgency; none unless both are given.
Priority priority_for(Level impact, Level urgency);

TicketState state_of(TicketFacts const& facts);
constexpr bool is_open(TicketState state) {
    return state != TicketState::finished && state != TicketState::voided && state != TicketState::merged;
}
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

// Refusals that many rules share: the ticket is void, finished, or was registered later than what is reported.
Result<void> check_not_void(TicketFacts const& facts);
Result<void> check_open(TicketFacts const& facts);
Result<void> check_time(Occasion const& occasion, TicketFacts const& facts);

// What is known of one reception; void records are left out.
struct ReceptionFacts {
    Stored<Reception> reception;
    bool is_void = false;
    std::vector<Stored<CallBack>> calls;
    // Contacts to the customer about tickets that came of it: they keep the promise as well.
    std::vector<Stored<Contact>> contacts;
};

Result<Plan> record_reception(Occasion const& occasion, Reception reception);
Result<Plan> call_back(Occasion const& occasion, ReceptionFacts const& facts, CallBack call);
Result<Plan> register_ticket(Occasion const& occasion, Ticket ticket, std::vector<Id<Ticket>> const& earlier);
// origin: the ticket's number in the system it comes from, which nobody has taken over yet. closing: as that system
// told it; it counts when it says when.
Result<Plan> take_over_ticket(Occasion const& occasion, Ticket ticket, Closing closing,
                              std::vector<Id<Ticket>> const& earlier);
Result<Plan> change_ticket(Occasion const& occasion, TicketFacts const& facts, Ticket const& changed);
Result<Plan> record_contact(Occasion const& occasion, TicketFacts const& facts, Contact contact);
Result<Plan> own_complaint(Occasion const& occasion, TicketFacts const& facts, Ownership ownership);
Result<Plan> hand_over(Occasion const& occasion, TicketFacts const& facts, HandOver hand_over);
// department: of the person who acts.
Result<Plan> acknowledge_hand_over(Occasion const& occasion, TicketFacts const& facts, Id<HandOver> hand_over,
                                   std::string const& department);
Result<Plan> report_hand_over(Occasion const& occasion, TicketFacts const& facts, HandOverResult result,
                              std::string const& department);
// satisfaction: what the customer answered when told (GEN-5.1); none when not asked yet.
Result<Plan> close_ticket(Occasion const& occasion, TicketFacts const& facts, Closing closing,
                          Satisfaction satisfaction);
Result<Plan> put_on_hold(Occasion const& occasion, TicketFacts const& facts, Waiting waiting);
Result<Plan> resume_ticket(Occasion const& occasion, TicketFacts const& facts, Resumption resumption);
// target: of the ticket that goes on.
Result<Plan> merge_ticket(Occasion const& occasion, TicketFacts const& facts, TicketFacts const& target,
                          std::string reason);
// ticket: what is split off, with its number; the customer is the same unless it says otherwise.
Result<Plan> split_ticket(Occasion const& occasion, TicketFacts const& facts, Ticket ticket,
                          std::vector<Id<Ticket>> const& earlier);
Result<Plan> reopen_ticket(Occasion const& occasion, TicketFacts const& facts, Reopening reopening);
Result<Plan> mark_validity(Occasion const& occasion, TicketFacts const& facts, ValidityMark mark);
Result<Plan> mark_importance(Occasion const& occasion, TicketFacts const& facts, ImportanceMark mark);
// The record is one of the ticket's or the ticket itself; recorded_by: who entered it. A return visit that reopened the
// ticket goes with its reopening, a closing with the answer that it brought.
Result<Plan> void_ticket_record(Occasion const& occasion, TicketFacts const& facts, AnyId record, AnyId recorded_by,
                                std::string const& reason);
// The record is the reception itself or a call-back about it.
Result<Plan> void_reception(Occasion const& occasion, AnyId record, AnyId reception, AnyId recorded_by,
                            std::string const& reason);

}  // namespace guanjia
