#pragma once
// The duties of a ticket and of a reception: pure functions of their facts, the parameters and the calendar.

#include <algorithm>
#include <string>
#include <vector>

#include "core/procedure/deadlines.h"
#include "core/procedure/duty.h"
#include "core/service/rules.h"

namespace guanjia {

// GEN-2.1 (response, solution, agreed visits), GEN-2.3, GEN-3.2, GEN-5.1, GEN-5.3, RV-4.1, RV-4.2, RV-4.4. What waits
// has no duty to be solved but one to be looked at again; of what is merged only what was done before is left.
std::vector<Duty> duties_of(TicketFacts const& facts, Parameters const& parameters, Calendar const& calendar);

// GEN-1.3: the promised call-back.
std::vector<Duty> duties_of(ReceptionFacts const& facts, Deadlines const& deadlines);

// A list of duties as rules add to it.
class DutyList {
public:
    DutyList(AnyId subject, Deadlines const& deadlines) : subject_{subject}, deadlines_{deadlines} {}

    Duty begin(Clause clause, std::string period, Role role, LocalTime opens) const {
        Duty duty{clause, subject_, std::move(period)};
        duty.role = role;
        duty.opens = opens;
        return duty;
    }
    // Clause and period tell the duties of a subject apart: what another desk's file says twice is one.
    void add(Duty duty) {
        auto const same = [&](Duty const& other) { return other.clause == duty.clause && other.period == duty.period; };
        if (std::any_of(duties_.begin(), duties_.end(), same)) return;
        duty.provisional = deadlines_.is_provisional(duty.due);
        duties_.push_back(std::move(duty));
    }
    Deadlines const& deadlines() const { return deadlines_; }
    // Those that nobody has to do any more.
    void drop_undone() {
        std::erase_if(duties_, [](Duty const& duty) { return !has_time(duty.done); });
    }
    std::vector<Duty> take() { return std::move(duties_); }

private:
    AnyId subject_;
    Deadlines deadlines_;
    std::vector<Duty> duties_;
};

template <class Entity>
void finish(Duty& duty, Stored<Entity> const& by) {
    duty.done = by.occurred_at;
    duty.done_ticks = by.stamp.ticks;
}

// An id as the period of a duty: what tells two duties of one clause and subject apart.
template <class Entity>
std::string period_of(Id<Entity> id) {
    return format_id(id.any);
}

}  // namespace guanjia
