#include "core/desk/sample.h"

#include <algorithm>

#include "core/procedure/deadlines.h"
#include "core/service/visits/commands.h"
#include "generated/sample.h"

namespace guanjia {

DeskIdentity sample_identity() { return {0, std::string{sample_code}, std::string{sample_name}, sample_desk, false}; }

SampleFiller::SampleFiller(Desk& desk, LocalTime now, HoldClock hold_clock, std::uint64_t seed)
    : desk_{desk}, now_{now}, hold_clock_{std::move(hold_clock)} {
    auto const& rules = desk.projection().rules();
    past_ = sample_past(now, rules.calendar(), working_hours(rules.parameters(), date_of(now)), seed);
    known_.resize(static_cast<std::size_t>(past_.records));
}

Result<bool> SampleFiller::step(std::function<bool()> const& goes_on) {
    auto const before = next_;
    auto const entered = desk_.together([&]() -> Result<void> {
        for (settle_next(); next_ < all(); settle_next()) {
            if (auto done = enter(past_.commands[next_]); !done) return done;
            ++next_;
            if (!goes_on()) break;
        }
        return {};
    });
    hold_clock_(std::nullopt);
    if (!entered) {
        next_ = before;
        return tl::unexpected{entered.error()};
    }
    return next_ == all();
}

Result<void> SampleFiller::enter(SampleCommand const& command) {
    Request request{std::string{command.command}, std::string{command.by}, {}, {}};
    for (auto const& given : command.fields)
        request.fields.emplace_back(
            given.field, given.record < 0 ? given.text : format_id(known_[static_cast<std::size_t>(given.record)]));
    hold_clock_(to_unix_milliseconds(command.at));
    auto const accepted = desk_.submit(request);
    if (!accepted) return tl::unexpected{accepted.error()};
    if (command.adds >= 0) known_[static_cast<std::size_t>(command.adds)] = accepted->added.front().id;
    // Last: the commands move when others come between them.
    if (command.command == "draw_week") plan_drawn_visits(command.at, accepted->added.front().id);
    return {};
}

// RV-4.2: the front desk visits what was drawn, one an hour, until the day of now.
void SampleFiller::plan_drawn_visits(LocalTime at, AnyId draw) {
    auto const& rules = desk_.projection().rules();
    auto statement = desk_.database().prepare(
        "SELECT o.ticket FROM drawn_order o JOIN duty y ON y.subject = o.ticket AND y.clause = 'RV-4.2' WHERE o.draw = "
        "? AND y.done IS NULL ORDER BY o.rank");
    statement.bind(draw);
    for (std::size_t place = 0; statement.step(); ++place) {
        at = rules.calendar().add_working_minutes(at, 55, working_hours(rules.parameters(), date_of(at)));
        if (at >= start_of(date_of(now_))) break;
        SampleCommand visit{at, "record_return_visit", sample_staff[1 + place % 2].code, {}, -1};
        auto const& opinion = sample_solved[place % std::size(sample_solved)];
        visit.fields = {{"ticket", format_id(statement.id(0))},
                        {"method", "phone"},
                        {"satisfaction", std::string{opinion.satisfaction}},
                        {"solved", "true"},
                        {"opinion", std::string{opinion.words}}};
        auto const later =
            std::upper_bound(past_.commands.begin() + static_cast<std::ptrdiff_t>(next_) + 1, past_.commands.end(),
                             visit.at, [](LocalTime time, SampleCommand const& command) { return time < command.at; });
        past_.commands.insert(later, std::move(visit));
    }
}

// What the manager does next depends on what there is: nothing is drawn from a week without repairs, nothing signed for
// a period without visits, and some of them are looked at before (RV-4.2, RV-4.5).
void SampleFiller::settle_next() {
    auto const& parameters = desk_.projection().rules().parameters();
    while (next_ < all()) {
        auto const command = past_.commands[next_];
        auto const here = past_.commands.begin() + static_cast<std::ptrdiff_t>(next_);
        if (command.command == "draw_week") {
            auto const week = week_of(add_days(date_of(command.at), -7));
            if (!load_draw(desk_.database(), week, desk_.identity().letter()).orders.empty()) return;
            past_.commands.erase(here);
        } else if (command.command == "sign_inspection") {
            auto const first = inspection_period(date_of(command.at), parameters).first;
            if (signed_until_ == first) return;
            signed_until_ = first;
            auto const period = inspection_period(add_days(first, -1), parameters);
            auto visits = desk_.database().prepare(
                "SELECT id FROM return_visit WHERE occurred_at >= ? AND occurred_at < ? ORDER BY occurred_at, id LIMIT "
                "3");
            visits.bind(start_of(period.first).seconds).bind(start_of(first).seconds);
            std::vector<SampleCommand> looks;
            while (visits.step())
                looks.push_back({command.at,
                                 "inspect_visit",
                                 command.by,
                                 {{"visit", format_id(visits.id(0))}, {"passed", "true"}},
                                 -1});
            if (looks.empty()) past_.commands.erase(here);
            else past_.commands.insert(here, looks.begin(), looks.end());
        } else {
            return;
        }
    }
}

}  // namespace guanjia
