#include "core/procedure/model.h"

namespace guanjia {

namespace {

constexpr Field voiding_fields[] = {
    GUANJIA_FIELD(Voiding, 1, record, indexed),
    GUANJIA_FIELD(Voiding, 2, about, subject | indexed),
    GUANJIA_FIELD(Voiding, 3, reason),
};
constexpr Field erasure_fields[] = {
    GUANJIA_FIELD(Erasure, 1, data_subject, indexed),
    GUANJIA_FIELD(Erasure, 2, reason),
};
constexpr Field reveal_fields[] = {
    GUANJIA_FIELD(Reveal, 1, record),
    GUANJIA_FIELD(Reveal, 2, reason),
};
constexpr Field conflict_settlement_fields[] = {
    GUANJIA_FIELD(ConflictSettlement, 1, record, indexed), GUANJIA_FIELD(ConflictSettlement, 2, field),
    GUANJIA_FIELD(ConflictSettlement, 3, losing_ticks),    GUANJIA_FIELD(ConflictSettlement, 4, losing_desk),
    GUANJIA_FIELD(ConflictSettlement, 5, reason),
};
constexpr Field parameter_change_fields[] = {
    GUANJIA_FIELD(ParameterChange, 1, name),
    GUANJIA_FIELD(ParameterChange, 2, value),
    GUANJIA_FIELD(ParameterChange, 3, effective_from),
    GUANJIA_FIELD(ParameterChange, 4, reason),
};
constexpr Field wording_change_fields[] = {
    GUANJIA_FIELD(WordingChange, 1, name),
    GUANJIA_FIELD(WordingChange, 2, text, long_text),
    GUANJIA_FIELD(WordingChange, 3, effective_from),
    GUANJIA_FIELD(WordingChange, 4, reason),
};
constexpr Field calendar_load_fields[] = {
    GUANJIA_FIELD(CalendarLoad, 1, year),
    GUANJIA_FIELD(CalendarLoad, 2, days, long_text),
    GUANJIA_FIELD(CalendarLoad, 3, source),
};
constexpr Field override_fields[] = {
    GUANJIA_FIELD(Override, 1, about, subject | indexed),
    GUANJIA_FIELD(Override, 2, record),
    GUANJIA_FIELD(Override, 3, guard),
    GUANJIA_FIELD(Override, 4, clause),
    GUANJIA_FIELD(Override, 5, entitled),
    GUANJIA_FIELD(Override, 6, reason, personal | long_text),
};

constexpr Description const* descriptions[] = {
    &Voiding::description,         &Erasure::description,
    &Reveal::description,          &ConflictSettlement::description,
    &ParameterChange::description, &CalendarLoad::description,
    &WordingChange::description,   &Override::description,
};

}  // namespace

constexpr Description Voiding::description{1, "voiding", voiding_fields};
constexpr Description Erasure::description{2, "erasure", erasure_fields};
constexpr Description Reveal::description{3, "reveal", reveal_fields};
constexpr Description ConflictSettlement::description{4, "conflict_settlement", conflict_settlement_fields};
constexpr Description ParameterChange::description{5, "parameter_change", parameter_change_fields};
constexpr Description CalendarLoad::description{6, "calendar_load", calendar_load_fields};
constexpr Description WordingChange::description{12, "wording_change", wording_change_fields};
constexpr Description Override::description{7, "override", override_fields};

std::span<Description const* const> procedure_descriptions() { return descriptions; }

}  // namespace guanjia
