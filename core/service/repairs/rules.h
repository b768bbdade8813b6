#pragma once
// Decisions about repair orders (GEN-2), pure functions of values.

#include "core/service/rules.h"

namespace guanjia {

// others: what the visitor has agreed already and is not void.
Result<Plan> book_visit(Occasion const& occasion, TicketFacts const& facts, Appointment appointment,
                        std::vector<Stored<Appointment>> const& others);
Result<Plan> record_repair_visit(Occasion const& occasion, TicketFacts const& facts, RepairVisit visit);
Result<Plan> record_part(Occasion const& occasion, TicketFacts const& facts, PartUsed part);

// What the customer owes for a repair: labour and the parts at the customer's cost, exact. Each sum stays below a
// thousand million yuan.
struct RepairCharge {
    Money labour;
    Money parts;         // at the customer's cost
    Money centre_parts;  // at the centre's
};
RepairCharge charge_of(TicketFacts const& facts);

}  // namespace guanjia
