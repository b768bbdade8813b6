#include "core/desk/sample.h"

#include <algorithm>

#include "core/procedure/deadlines.h"
#include "core/service/queries.h"
#include "core/service/visits/commands.h"
#include "core/service/visits/queries.h"
#include "generated/sample.h"

namespace guanjia {

namespace {

// A period that has just ended is among the latest visits; the manager looks at some of them.
constexpr std::size_t visits_looked_for = 200;
constexpr std::size_t visits_looked_at = 3;

}  // namespace

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
    if (command.command == "draw_week") plan_drawn_visits(command.at, Id<WeeklyDraw>{accepted->added.front().id});
    return {};
}

// RV-4.2: the front desk visits what was drawn, one an hour, until the day of now. The customers say again what they
// said when the repair was finished: whoever chance draws, the sample centre's figures are the same.
void SampleFiller::plan_drawn_visits(LocalTime at, Id<WeeklyDraw> draw) {
    auto const& rules = desk_.projection().rules();
    auto& database = desk_.database();
    std::size_t made = 0;
    for (auto const& order : drawn_lines(database, draw)) {
        auto const facts = load_ticket(database, order.ticket);
        if (has_time(order.visited_at) || !facts || facts->answers.empty()) continue;
        at = rules.calendar().add_working_minutes(at, 55, working_hours(rules.parameters(), date_of(at)));
        if (at >= start_of(date_of(now_))) break;
        auto const satisfaction = name_of(facts->answers.back().value.satisfaction);
        auto const& opinion = *std::find_if(std::begin(sample_solved), std::end(sample_solved),
                                            [&](auto const& known) { return known.satisfaction == satisfaction; });
        SampleCommand visit{at,
                            "record_return_visit",
                            sample_staff[1 + made++ % 2].code,
                            {{"ticket", format_id(order.ticket.any)},
                             {"method", "phone"},
                             {"satisfaction", std::string{satisfaction}},
                             {"solved", "true"},
                             {"opinion", std::string{opinion.words}}},
                            -1};
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
            std::vector<SampleCommand> looks;
            for (auto const& visit : visit_lines(desk_.database(), {}, visits_looked_for)) {
                if (visit.at < start_of(period.first) || visit.at >= start_of(first)) continue;
                looks.push_back({command.at,
                                 "inspect_visit",
                                 command.by,
                                 {{"visit", format_id(visit.id)}, {"passed", "true"}},
                                 -1});
                if (looks.size() == visits_looked_at) break;
            }
            if (looks.empty()) past_.commands.erase(here);
            else past_.commands.insert(here, looks.begin(), looks.end());
        } else {
            return;
        }
    }
}

}  // namespace guanjia
