#include "core/service/repairs/rules.h"

#include <algorithm>

namespace guanjia {

using namespace literals;

namespace {

// Keeps every sum of an order's money far from overflow.
constexpr std::int64_t price_limit_fen = 100'000'000;
constexpr std::int64_t quantity_limit = 10'000;

Result<void> check_repair(Occasion const& occasion, TicketFacts const& facts) {
    if (!occasion.roles.meets(desk_and_workers))
        return refuse("GEN-2.3"_clause, "role.front-desk-or-supervisor", {"by"});
    if (auto checked = check_not_void(facts); !checked) return checked;
    if (facts.ticket.value.kind != TicketKind::repair)
        return refuse("GEN-2.3"_clause, "repair.not-a-repair", {"ticket"});
    return check_time(occasion, facts);
}

}  // namespace

// GEN-2.1: a time that was agreed with the customer; nobody is at two doors at once.
Result<Plan> book_visit(Occasion const& occasion, TicketFacts const& facts, Appointment appointment,
                        std::vector<Stored<Appointment>> const& others) {
    if (!occasion.roles.meets(desk_and_workers))
        return refuse("GEN-2.1"_clause, "role.front-desk-or-supervisor", {"by"});
    if (auto checked = check_open(facts); !checked) return tl::unexpected{checked.error()};
    if (!has_time(appointment.starts)) return refuse("GEN-2.1"_clause, "appointment.starts-missing", {"starts"});
    if (appointment.starts < occasion.occurred_at)
        return refuse("GEN-2.1"_clause, "appointment.starts-past", {"starts"});
    if (!has_time(appointment.ends)) appointment.ends = {appointment.starts.seconds + 3600};
    if (appointment.ends <= appointment.starts) return refuse("GEN-2.1"_clause, "appointment.ends-before", {"ends"});
    if (!appointment.visitor) return refuse("GEN-2.1"_clause, "appointment.visitor-missing", {"visitor"});
    for (auto const& other : others)
        if (other.value.starts < appointment.ends && appointment.starts < other.value.ends &&
            !occasion.overrides(Guard::shared_visit_time))
            return refuse(Guard::shared_visit_time, "appointment.visitor-busy", {"visitor"},
                          {{"from", format_time(other.value.starts)}, {"until", format_time(other.value.ends)}});
    auto plan = occasion.plan();
    plan.under("GEN-2.1"_clause).add(appointment);
    return plan;
}

// GEN-2.3: who came, when, what was done and what the labour costs.
Result<Plan> record_repair_visit(Occasion const& occasion, TicketFacts const& facts, RepairVisit visit) {
    if (auto checked = check_repair(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (!visit.worker) return refuse("GEN-2.3"_clause, "repair.worker-missing", {"worker"});
    if (visit.work.empty()) return refuse("GEN-2.3"_clause, "repair.work-missing", {"work"});
    if (!has_time(visit.arrived)) visit.arrived = occasion.occurred_at;
    if (visit.arrived > occasion.occurred_at || (has_time(visit.left) && visit.left > occasion.occurred_at))
        return refuse("GEN-2.3"_clause, "repair.time-ahead", {"arrived"});
    if (has_time(visit.left) && visit.left < visit.arrived)
        return refuse("GEN-2.3"_clause, "repair.left-before", {"left"});
    if (visit.labour.fen < 0 || visit.labour.fen > price_limit_fen)
        return refuse("GEN-2.3"_clause, "repair.money-out-of-range", {"labour"});
    auto plan = occasion.plan();
    plan.under("GEN-2.3"_clause).add(visit);
    return plan;
}

// GEN-2.3
Result<Plan> record_part(Occasion const& occasion, TicketFacts const& facts, PartUsed part) {
    if (auto checked = check_repair(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (part.name.empty()) return refuse("GEN-2.3"_clause, "repair.part-missing", {"name"});
    if (part.quantity < 1 || part.quantity > quantity_limit)
        return refuse("GEN-2.3"_clause, "repair.quantity-out-of-range", {"quantity"});
    if (part.price.fen < 0 || part.price.fen > price_limit_fen)
        return refuse("GEN-2.3"_clause, "repair.money-out-of-range", {"price"});
    if (part.payer == Payer::none) part.payer = part.price.fen > 0 ? Payer::customer : Payer::centre;
    auto plan = occasion.plan();
    plan.under("GEN-2.3"_clause).add(part);
    return plan;
}

RepairCharge charge_of(TicketFacts const& facts) {
    // Another desk's rules may allow more than ours: what is beyond our limits does not count.
    static constexpr std::int64_t sum_limit_fen = 100'000'000'000;
    auto const add = [](Money& sum, std::int64_t fen) {
        if (fen >= 0 && fen <= sum_limit_fen - sum.fen) sum.fen += fen;
    };
    RepairCharge charge;
    for (auto const& visit : facts.repair_visits) add(charge.labour, visit.value.labour.fen);
    for (auto const& part : facts.parts) {
        auto const& used = part.value;
        if (used.quantity < 0 || used.quantity > quantity_limit || used.price.fen < 0 ||
            used.price.fen > price_limit_fen)
            continue;
        add(used.payer == Payer::customer ? charge.parts : charge.centre_parts, used.quantity * used.price.fen);
    }
    return charge;
}

}  // namespace guanjia
