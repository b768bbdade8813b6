#include "core/desk/sample.h"

#include "core/procedure/occasion.h"
#include "generated/sample.h"

namespace guanjia {

DeskIdentity sample_identity() { return {0, std::string{sample_code}, std::string{sample_name}, sample_desk, false}; }

SampleFiller::SampleFiller(Desk& desk, LocalTime now, HoldClock hold_clock, std::uint64_t seed)
    : desk_{desk}, hold_clock_{std::move(hold_clock)} {
    auto const& rules = desk.projection().rules();
    past_ = sample_past(now, rules.calendar(), working_hours(rules.parameters(), date_of(now)), seed);
    known_.resize(static_cast<std::size_t>(past_.records));
}

Result<bool> SampleFiller::step(std::function<bool()> const& goes_on) {
    auto const before = next_;
    auto const entered = desk_.together([&]() -> Result<void> {
        while (next_ < all()) {
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
    return {};
}

}  // namespace guanjia
