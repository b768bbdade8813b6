#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr Field reception_fields[] = {
    GUANJIA_FIELD(Reception, 1, number, key | indexed),
    GUANJIA_FIELD(Reception, 2, channel),
    GUANJIA_FIELD(Reception, 3, unit, indexed),
    GUANJIA_FIELD(Reception, 4, owner, indexed | data_subject),
    GUANJIA_FIELD(Reception, 5, caller_name, personal),
    GUANJIA_FIELD(Reception, 6, caller_phone, personal | masked),
    GUANJIA_FIELD(Reception, 7, need, personal | long_text),
    GUANJIA_FIELD(Reception, 8, answer, long_text),
    GUANJIA_FIELD(Reception, 9, promised_at),
    GUANJIA_FIELD(Reception, 10, explained),
};
constexpr Field call_back_fields[] = {
    GUANJIA_FIELD(CallBack, 1, reception, indexed | subject),
    GUANJIA_FIELD(CallBack, 2, reached),
    GUANJIA_FIELD(CallBack, 3, words, personal | long_text),
};
constexpr Field ticket_fields[] = {
    GUANJIA_FIELD(Ticket, 1, number, key | indexed),
    GUANJIA_FIELD(Ticket, 2, kind),
    GUANJIA_FIELD(Ticket, 3, priority, attribute),
    GUANJIA_FIELD(Ticket, 4, reception, indexed),
    GUANJIA_FIELD(Ticket, 5, unit, indexed | attribute),
    GUANJIA_FIELD(Ticket, 6, owner, indexed | attribute | data_subject),
    GUANJIA_FIELD(Ticket, 7, caller_name, personal),
    GUANJIA_FIELD(Ticket, 8, caller_phone, personal | masked),
    GUANJIA_FIELD(Ticket, 9, category, attribute),
    GUANJIA_FIELD(Ticket, 10, words, personal | long_text),
    GUANJIA_FIELD(Ticket, 11, wish, personal | long_text),
    GUANJIA_FIELD(Ticket, 12, safety, attribute),
    GUANJIA_FIELD(Ticket, 13, claim, attribute),
    GUANJIA_FIELD(Ticket, 14, households, attribute),
    GUANJIA_FIELD(Ticket, 15, public_attention, attribute),
    GUANJIA_FIELD(Ticket, 16, impact, attribute),
    GUANJIA_FIELD(Ticket, 17, urgency, attribute),
    GUANJIA_FIELD(Ticket, 18, priority_reason, attribute),
    GUANJIA_FIELD(Ticket, 19, origin, indexed),
    GUANJIA_FIELD(Ticket, 20, taken_over_at),
};
constexpr Field recurrence_fields[] = {
    GUANJIA_FIELD(Recurrence, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Recurrence, 2, earlier, indexed),
};
constexpr Field contact_fields[] = {
    GUANJIA_FIELD(Contact, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Contact, 2, channel),
    GUANJIA_FIELD(Contact, 3, direction),
    GUANJIA_FIELD(Contact, 4, summary, personal | long_text),
};
constexpr Field ownership_fields[] = {
    GUANJIA_FIELD(Ownership, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Ownership, 2, responsible),
    GUANJIA_FIELD(Ownership, 3, explanation, long_text),
    GUANJIA_FIELD(Ownership, 4, remedy, long_text),
};
constexpr Field hand_over_fields[] = {
    GUANJIA_FIELD(HandOver, 1, ticket, indexed | subject),
    GUANJIA_FIELD(HandOver, 2, department, indexed),
    GUANJIA_FIELD(HandOver, 3, task, long_text),
    GUANJIA_FIELD(HandOver, 4, due),
};
constexpr Field acknowledgement_fields[] = {
    GUANJIA_FIELD(HandOverAcknowledgement, 1, ticket, indexed | subject),
    GUANJIA_FIELD(HandOverAcknowledgement, 2, hand_over),
};
constexpr Field result_fields[] = {
    GUANJIA_FIELD(HandOverResult, 1, ticket, indexed | subject),
    GUANJIA_FIELD(HandOverResult, 2, hand_over),
    GUANJIA_FIELD(HandOverResult, 3, result, long_text),
};
constexpr Field closing_fields[] = {
    GUANJIA_FIELD(Closing, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Closing, 2, cause, long_text),
    GUANJIA_FIELD(Closing, 3, solution, long_text),
    GUANJIA_FIELD(Closing, 4, finished_at),
};
constexpr Field reopening_fields[] = {
    GUANJIA_FIELD(Reopening, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Reopening, 2, reason, long_text),
};
constexpr Field waiting_fields[] = {
    GUANJIA_FIELD(Waiting, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Waiting, 2, reason),
    GUANJIA_FIELD(Waiting, 3, note, long_text),
    GUANJIA_FIELD(Waiting, 4, until),
};
constexpr Field resumption_fields[] = {
    GUANJIA_FIELD(Resumption, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Resumption, 2, note, long_text),
};
constexpr Field merge_fields[] = {
    GUANJIA_FIELD(Merge, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Merge, 2, merged_into, indexed),
    GUANJIA_FIELD(Merge, 3, reason, long_text),
};
constexpr Field split_fields[] = {
    GUANJIA_FIELD(Split, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Split, 2, split_from, indexed),
};
constexpr Field validity_fields[] = {
    GUANJIA_FIELD(ValidityMark, 1, ticket, indexed | subject),
    GUANJIA_FIELD(ValidityMark, 2, valid),
    GUANJIA_FIELD(ValidityMark, 3, reason, long_text),
};
constexpr Field importance_fields[] = {
    GUANJIA_FIELD(ImportanceMark, 1, ticket, indexed | subject),
    GUANJIA_FIELD(ImportanceMark, 2, important),
    GUANJIA_FIELD(ImportanceMark, 3, reason, long_text),
};
constexpr Description const* descriptions[] = {
    &Reception::description,
    &Ticket::description,
    &Recurrence::description,
    &Contact::description,
    &Ownership::description,
    &HandOver::description,
    &HandOverAcknowledgement::description,
    &HandOverResult::description,
    &Closing::description,
    &Reopening::description,
    &ValidityMark::description,
    &ImportanceMark::description,
    &Waiting::description,
    &Resumption::description,
    &Merge::description,
    &Split::description,
    &CallBack::description,
};

}  // namespace

constexpr Description Reception::description{40, "reception", reception_fields};
constexpr Description Ticket::description{41, "ticket", ticket_fields};
constexpr Description Recurrence::description{42, "recurrence", recurrence_fields};
constexpr Description Contact::description{43, "contact", contact_fields};
constexpr Description Ownership::description{44, "ownership", ownership_fields};
constexpr Description HandOver::description{45, "hand_over", hand_over_fields};
constexpr Description HandOverAcknowledgement::description{46, "hand_over_acknowledgement", acknowledgement_fields};
constexpr Description HandOverResult::description{47, "hand_over_result", result_fields};
constexpr Description Closing::description{48, "closing", closing_fields};
constexpr Description Reopening::description{49, "reopening", reopening_fields};
constexpr Description ValidityMark::description{50, "validity_mark", validity_fields};
constexpr Description ImportanceMark::description{51, "importance_mark", importance_fields};
constexpr Description Waiting::description{63, "waiting", waiting_fields};
constexpr Description Resumption::description{64, "resumption", resumption_fields};
constexpr Description Merge::description{65, "merge", merge_fields};
constexpr Description Split::description{66, "split", split_fields};
constexpr Description CallBack::description{67, "call_back", call_back_fields};

std::span<Description const* const> service_descriptions() { return descriptions; }

}  // namespace guanjia
