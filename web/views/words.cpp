#include "web/views/words.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/service/ticket_book.h"

namespace guanjia {

using ui::Tone;
using ui::Ui;

namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

std::vector<std::pair<std::string, std::string>> month_and_day(Ui const& ui, Date date) {
    return {{"month", ui.say("ui.month-" + number(static_cast<unsigned>(date.month())))},
            {"day", number(static_cast<unsigned>(date.day()))}};
}

}  // namespace

std::string clock_words(LocalTime time) {
    auto const minute = minute_of_day(time);
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string day_words(Ui const& ui, Date date) {
    auto const today = date_of(ui.now);
    auto const days = days_between(today, date);
    if (days == 0) return ui.say("ui.today");
    if (days == -1) return ui.say("ui.yesterday");
    if (days == 1) return ui.say("ui.tomorrow");
    if (days > -7 && days < 7) return ui.say("ui.weekday-" + number(weekday_of(date)));
    auto details = month_and_day(ui, date);
    if (date.year() == today.year()) return ui.say("ui.month-day", details);
    details.emplace_back("year", number(static_cast<int>(date.year())));
    return ui.say("ui.year-month-day", details);
}

std::string date_words(Ui const& ui, Date date) { return ui.say("ui.month-day", month_and_day(ui, date)); }

std::string moment_words(Ui const& ui, LocalTime time) {
    auto const date = date_of(time);
    return ui.say("ui.date-and-weekday", {{"date", date_words(ui, date)},
                                          {"weekday", ui.say("ui.weekday-" + number(weekday_of(date)))},
                                          {"time", clock_words(time)}});
}

std::string when(Ui const& ui, LocalTime time) {
    if (!has_time(time)) return {};
    return day_words(ui, date_of(time)) + " " + clock_words(time);
}

std::string days_words(Ui const& ui, DayRange days) {
    return ui.say("ui.days-from-to", {{"from", ui.say("ui.month-day", month_and_day(ui, days.first))},
                                      {"until", ui.say("ui.month-day", month_and_day(ui, days.last))}});
}

std::string share_words(Ui const& ui, std::int64_t part, std::int64_t all) {
    if (all == 0) return ui.say("ui.no-figure");
    if (part == 0) return "0%";
    if (part == all) return "100%";
    auto const tenths = std::clamp<std::int64_t>((part * 2000 + all) / (2 * all), 1, 999);
    return fmt::format("{}.{}%", tenths / 10, tenths % 10);
}

std::string span_words(Ui const& ui, std::int64_t seconds) {
    auto const minutes = (seconds < 0 ? -seconds : seconds) / 60;
    auto const hours = minutes / 60;
    auto const days = hours / 24;
    if (days >= 7) return ui.say("ui.days", {{"days", number(days)}});
    if (days >= 1)
        return hours % 24 == 0 ? ui.say("ui.days", {{"days", number(days)}})
                               : ui.say("ui.days-hours", {{"days", number(days)}, {"hours", number(hours % 24)}});
    if (hours >= 1)
        return minutes % 60 == 0
                   ? ui.say("ui.hours", {{"hours", number(hours)}})
                   : ui.say("ui.hours-minutes", {{"hours", number(hours)}, {"minutes", number(minutes % 60)}});
    return ui.say("ui.minutes", {{"minutes", number(minutes)}});
}

std::string sentence_case(std::string words) {
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') words.front() += 'A' - 'a';
    return words;
}

DueWords due_words(Ui const& ui, LocalTime due) {
    auto const left = due.seconds - ui.now.seconds;
    if (left < 0) return {ui.say("ui.overdue", {{"span", span_words(ui, left)}}), Tone::danger, icon::warning};
    if (left < 3 * 3600) return {ui.say("ui.left", {{"span", span_words(ui, left)}}), Tone::warn, icon::clock};
    return {sentence_case(day_words(ui, date_of(due))), Tone::neutral, icon::calendar};
}

std::string parameter_words(Ui const& ui, ParameterRow const& row, std::int64_t value) {
    if (row.unit == "minute_of_day") return clock_words(LocalTime{value * 60});
    if (row.unit == "fen") return ui.say("ui.yuan", {{"count", ui::grouped(value / 100)}});
    return ui.say("ui.unit-" + std::string{row.unit}, {{"count", ui::grouped(value)}});
}

std::string role_name(Ui const& ui, Role role) { return ui.say("role." + std::string{name_of(role)}); }

std::string main_role(Ui const& ui, RoleSet roles) {
    static constexpr Role order[] = {
        Role::headquarters, Role::general_manager,  Role::company_leader, Role::manager, Role::manager_assistant,
        Role::supervisor,   Role::site_manager,     Role::hr_manager,     Role::hr,      Role::finance,
        Role::butler,       Role::assistant_butler, Role::cashier};
    for (auto const role : order)
        if (roles.has(role)) return role_name(ui, role);
    return ui.say("ui.no-role");
}

std::string duty_name(Ui const& ui, Duty const& duty) {
    if (duty.clause.id() == "GEN-2.1")
        return ui.say(duty.period == "response"           ? "ui.duty-response"
                      : duty.period.starts_with("visit-") ? "ui.duty-agreed-visit"
                                                          : "ui.duty-solution");
    if (duty.clause.id() == "GEN-2.3")
        return ui.say(duty.period.starts_with("task") ? "ui.duty-task" : "ui.duty-acknowledge");
    if (duty.clause.id() == "GEN-3.2") return ui.say("ui.duty-update");
    if (duty.clause.id() == "RV-4.1") return ui.say("ui.duty-visit");
    if (duty.clause.id() == "RV-4.2") return ui.say(duty.period == "draw" ? "ui.duty-draw" : "ui.duty-drawn-visit");
    if (duty.clause.id() == "RV-4.4") return ui.say(duty.period.starts_with("tell") ? "ui.duty-tell" : "ui.duty-reply");
    if (duty.clause.id() == "RV-4.5") return ui.say("ui.duty-inspection");
    if (duty.clause.id() == "GEN-1.3") return ui.say("ui.duty-call-back");
    if (duty.clause.id() == "GEN-5.1") return ui.say("ui.duty-ask");
    if (duty.clause.id() == "GEN-5.2") return ui.say("ui.duty-improvement");
    if (duty.clause.id() == "GEN-5.3") return ui.say("ui.duty-look-again");
    return std::string{duty.clause.id()};
}

std::string duty_title(Ui const& ui, DutyLine const& line) {
    auto const duty = duty_name(ui, line.duty);
    switch (line.subject) {
        case DutySubject::draw:
        case DutySubject::inspection:
            return ui.say("ui.duty-of-days", {{"duty", duty}, {"days", days_words(ui, line.days)}});
        case DutySubject::improvement: return ui.say("ui.duty-of-words", {{"duty", duty}, {"words", line.words}});
        default:
            return ui.say("ui.duty-title",
                          {{"duty", duty}, {"unit", line.unit}, {"customer", line.customer}, {"words", line.words}});
    }
}

StateWords ticket_state_words(Ui const& ui, TicketLine const& line) {
    auto const late = has_time(line.next_due) && line.next_due < ui.now;
    auto const words = [&](char const* state, Tone usual) -> StateWords {
        if (late) return {ui.say("ui.late-state", {{"state", ui.say(state)}}), Tone::danger};
        return {ui.say(state), usual};
    };
    if (awaits_visit(line)) return words("ui.awaits-visit", Tone::warn);
    switch (line.state) {
        case TicketState::registered:
            if (line.priority == Priority::urgent && has_time(line.next_due))
                return {ui.say("priority.urgent") + " " + due_words(ui, line.next_due).words, Tone::danger};
            return words("ui.state-registered", Tone::warn);
        case TicketState::in_progress: return words("ui.state-in-progress", Tone::info);
        case TicketState::handed_over: return words("ui.state-handed-over", Tone::neutral);
        case TicketState::waiting: return words("ui.state-waiting", Tone::neutral);
        case TicketState::merged: return {ui.say("ui.state-merged"), Tone::neutral};
        case TicketState::finished: return {ui.say("ui.state-finished"), Tone::ok};
        default: return {ui.say("form.void"), Tone::neutral};
    }
}

char const* choice_icon(std::span<Choice const> choices, std::int64_t value) {
    if (choices.data() == channel_choices) {
        switch (static_cast<Channel>(value)) {
            case Channel::visit: return icon::visit;
            case Channel::phone: return icon::phone;
            case Channel::message: return icon::message;
            case Channel::patrol: return icon::eye;
            default: return icon::message;
        }
    }
    if (choices.data() == visit_method_choices) {
        switch (static_cast<VisitMethod>(value)) {
            case VisitMethod::phone: return icon::phone;
            case VisitMethod::door_step: return icon::home;
            default: return icon::eye;
        }
    }
    if (choices.data() == priority_choices && value == static_cast<std::int64_t>(Priority::urgent))
        return icon::warning;
    return nullptr;
}

std::string initial_of(std::string const& name) {
    if (name.empty()) return {};
    auto const lead = static_cast<unsigned char>(name[0]);
    auto const bytes = lead < 0x80 ? 1U : lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
    return name.substr(0, bytes);
}

std::string join_dots(std::initializer_list<std::string> parts) {
    std::string joined;
    for (auto const& part : parts) {
        if (part.empty()) continue;
        if (!joined.empty()) joined += " · ";
        joined += part;
    }
    return joined;
}

}  // namespace guanjia
