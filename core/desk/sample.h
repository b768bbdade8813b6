#pragma once
// The sample centre: an invented estate of 1,200 homes with its people, a month of work, and what waits now. It is made
// by the same commands that a desk would have used, in the order of time (core/desk/sample_past.h says which).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/desk/desk.h"
#include "core/desk/sample_past.h"
#include "core/service/visits/model.h"

namespace guanjia {

DeskIdentity sample_identity();

// Fills a desk that was just made with sample_identity(), by steps.
class SampleFiller {
public:
    // Told what the desk's clock is to say while the past is written, in milliseconds of Unix time; nothing: the true
    // time again. While a step runs the clock stands still between two commands, so that however long the filling
    // takes, the same records come of it.
    using HoldClock = std::function<void(std::optional<std::int64_t>)>;

    SampleFiller(Desk& desk, LocalTime now, HoldClock hold_clock, std::uint64_t seed = 1);

    // Enters what happened, one transaction a step, until `goes_on` says no; at least one command. True when nothing is
    // left. After a refusal nothing of the step is in the records.
    Result<bool> step(std::function<bool()> const& goes_on);

    std::size_t done() const { return next_; }
    std::size_t all() const { return past_.commands.size(); }
    // Who is at the desk, once that person has been entered.
    AnyId person() const { return known_[static_cast<std::size_t>(past_.person)]; }

private:
    Result<void> enter(SampleCommand const& command);
    // What is drawn, and which visits there are to look at, is known only when it happens.
    void settle_next();
    void plan_drawn_visits(LocalTime at, Id<WeeklyDraw> draw);

    Desk& desk_;
    LocalTime now_;
    HoldClock hold_clock_;
    SamplePast past_;
    std::vector<AnyId> known_;  // by their number in past_
    std::size_t next_ = 0;
    Date signed_until_ = no_date;  // the first day of the period after the one that was looked at
};

}  // namespace guanjia
