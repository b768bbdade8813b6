#include "web/views/notices.h"

namespace guanjia {

void Notices::look(Stage const& stage, LocalTime now,
                   std::function<void(std::string const&, std::string const&)> const& tell_system) {
    if (!stage.models.today || !stage.person()) return;
    std::vector<DutyLine const*> near;
    for (auto const& line : stage.models.today->duties) {
        auto const left = line.duty.due.seconds - now.seconds;
        if (left <= 0 || left > seconds_before || !stage.is_mine(line.duty)) continue;
        if (told_.insert(duty_id(line.duty)).second) near.push_back(&line);
    }
    if (near.empty()) return;
    auto const& first = *near.front();
    auto const name = duty_name(stage.ui, first.duty);
    auto const time = clock_words(first.duty.due);
    auto const go = [&stage, number = first.number, several = near.size() > 1] {
        if (several) stage.shell.go(Place::today);
        else stage.shell.go(Place::tickets, number);
    };
    auto const words =
        near.size() > 1 ? stage.say("ui.duties-near", {{"count", std::to_string(near.size())}, {"time", time}})
                        : stage.say("ui.duty-near",
                                    {{"duty", name}, {"what", join_dots({first.unit, first.words})}, {"time", time}});
    stage.shell.tell(stage.ui, words, ui::Tone::warn, stage.say("ui.look-at-it"), go);
    if (!tell_system) return;
    tell_system(stage.say("ui.notice-title"), near.size() > 1 ? words : join_dots({name, first.number, time}));
}

}  // namespace guanjia
