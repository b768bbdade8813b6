#include "core/service/repairs/model.h"

#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr Field appointment_fields[] = {
    GUANJIA_FIELD(Appointment, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Appointment, 2, starts, indexed),
    GUANJIA_FIELD(Appointment, 3, ends),
    GUANJIA_FIELD(Appointment, 4, visitor),
    GUANJIA_FIELD(Appointment, 5, note, long_text),
};
constexpr Field repair_visit_fields[] = {
    GUANJIA_FIELD(RepairVisit, 1, ticket, indexed | subject),
    GUANJIA_FIELD(RepairVisit, 2, worker),
    GUANJIA_FIELD(RepairVisit, 3, arrived),
    GUANJIA_FIELD(RepairVisit, 4, left),
    GUANJIA_FIELD(RepairVisit, 5, work, long_text),
    GUANJIA_FIELD(RepairVisit, 6, labour),
};
constexpr Field part_used_fields[] = {
    GUANJIA_FIELD(PartUsed, 1, ticket, indexed | subject),
    GUANJIA_FIELD(PartUsed, 2, name),
    GUANJIA_FIELD(PartUsed, 3, quantity),
    GUANJIA_FIELD(PartUsed, 4, measure),
    GUANJIA_FIELD(PartUsed, 5, price),
    GUANJIA_FIELD(PartUsed, 6, payer),
};

constexpr Description const* descriptions[] = {
    &Appointment::description,
    &RepairVisit::description,
    &PartUsed::description,
};

}  // namespace

constexpr Description Appointment::description{68, "appointment", appointment_fields};
constexpr Description RepairVisit::description{69, "repair_visit", repair_visit_fields};
constexpr Description PartUsed::description{70, "part_used", part_used_fields};

std::span<Description const* const> repair_descriptions() { return descriptions; }

}  // namespace guanjia
