#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "core/desk/snapshots.h"
#include "core/registry/queries.h"
#include "core/service/visits/rules.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

// Duties as lines. Of tickets and people only those are looked at that have something to do.
class Lines {
public:
    Lines(Desk& desk, LocalTime at)
        : database_{desk.database()}, parameters_{desk.projection().rules().parameters()}, at_{at} {}

    DutyLine of(Duty duty) {
        DutyLine line;
        line.status = status_of(duty.due, duty.done, at_);
        line.described = true;
        if (is_period(duty.subject)) describe_period(line, duty.subject);
        else if (auto const& ticket = ticket_of(duty.subject)) {
            line.number = ticket->number;
            line.kind = ticket->kind;
            line.priority = ticket->priority;
            line.unit = ticket->unit;
            line.customer = ticket->customer;
            line.words = ticket->words;
        } else if (auto const reception = reception_line(database_, duty.subject)) {
            line.subject = DutySubject::reception;
            line.number = reception->number;
            line.unit = reception->unit;
            line.customer = reception->customer;
            line.words = reception->need;
        } else if (auto const improvement = load(database_, Id<Improvement>{duty.subject})) {
            line.subject = DutySubject::improvement;
            line.number = improvement->value.number;
            line.words = improvement->value.measure;
        }
        line.responsible = name_of(duty.person);
        line.duty = std::move(duty);
        return line;
    }

    std::string const& name_of(AnyId person) {
        auto const name = names_.try_emplace(person);
        if (name.second && person) name.first->second = staff_name(database_, person);
        return name.first->second;
    }

private:
    void describe_period(DutyLine& line, AnyId period) const {
        auto const first = from_day_number(first_day_of_period(period));
        if (!first) return;
        auto const draw = kind_of_period(period) == WeeklyDraw::description.number;
        line.subject = draw ? DutySubject::draw : DutySubject::inspection;
        line.days = draw ? DayRange{*first, add_days(*first, 6)} : inspection_period(*first, parameters_);
    }

    std::optional<TicketLine> const& ticket_of(AnyId subject) {
        auto const ticket = tickets_.try_emplace(subject);
        if (ticket.second) ticket.first->second = ticket_line(database_, Id<Ticket>{subject}, at_);
        return ticket.first->second;
    }

    Database& database_;
    Parameters const& parameters_;
    LocalTime at_;
    std::unordered_map<AnyId, std::optional<TicketLine>> tickets_;
    std::unordered_map<AnyId, std::string> names_;
};

void take_figures(TodaySnapshot& snapshot, Desk& desk) {
    snapshot.figures = service_figures(desk.database(), snapshot.at);
    snapshot.response_target_minutes =
        desk.projection().rules().parameters().at(Parameter::response_normal, date_of(snapshot.at));
}

// Kinds beside the ticket whose records have duties.
std::uint16_t const other_subjects[] = {Reception::description.number, WeeklyDraw::description.number,
                                        VisitInspection::description.number, Improvement::description.number};

// The order of duties_at.
bool comes_before(DutyLine const& left, DutyLine const& right) {
    auto const key = [](Duty const& duty) {
        return std::tuple{duty.due.seconds, duty.clause.id(), duty.subject, std::string_view{duty.period}};
    };
    return key(left.duty) < key(right.duty);
}

DutyLine undescribed(Duty duty, LocalTime at) {
    DutyLine line;
    line.status = status_of(duty.due, duty.done, at);
    line.duty = std::move(duty);
    return line;
}

}  // namespace

DutyLine duty_line(Desk& desk, Duty duty, LocalTime at) { return Lines{desk, at}.of(std::move(duty)); }

Result<TodaySnapshot> today_snapshot(Desk& desk, LocalTime at) {
    return guarded([&]() -> Result<TodaySnapshot> {
        TodaySnapshot snapshot;
        snapshot.at = at;
        take_figures(snapshot, desk);
        for (auto& row : duties_at(desk.database(), at, DutyFilter::open))
            snapshot.duties.push_back(undescribed(std::move(row.duty), at));
        return snapshot;
    });
}

Result<void> renew(TodaySnapshot& snapshot, Desk& desk, std::span<ChangeFeed::Change const> changes, LocalTime at) {
    return guarded([&]() -> Result<void> {
        auto& database = desk.database();
        std::unordered_set<AnyId> touched;
        collect_tickets(database, changes, touched);
        for (auto const& change : changes)
            if (std::find(std::begin(other_subjects), std::end(other_subjects), change.kind) !=
                std::end(other_subjects))
                touched.insert(change.id);
        for (auto const subject : subjects_turning(database, std::min(at, snapshot.at), std::max(at, snapshot.at)))
            touched.insert(subject);
        // After an import so much may be touched that all of it is asked for as quickly.
        if (touched.size() > snapshot.duties.size() + 100) {
            auto anew = today_snapshot(desk, at);
            if (!anew) return tl::unexpected{anew.error()};
            snapshot = std::move(*anew);
            return {};
        }
        snapshot.at = at;
        take_figures(snapshot, desk);

        Lines lines{desk, at};
        auto& duties = snapshot.duties;
        std::erase_if(duties, [&](DutyLine const& line) { return touched.contains(line.duty.subject); });
        auto const renamed = std::any_of(changes.begin(), changes.end(), [](ChangeFeed::Change const& change) {
            return change.kind == StaffMember::description.number;
        });
        for (auto& line : duties) {
            line.status = status_of(line.duty.due, line.duty.done, at);
            if (renamed) line.responsible = lines.name_of(line.duty.person);
        }
        auto const kept = static_cast<std::ptrdiff_t>(duties.size());
        for (auto const subject : touched)
            for (auto& duty : duties_about(database, subject))
                if (duty.opens <= at && !(has_time(duty.done) && duty.done <= at))
                    duties.push_back(undescribed(std::move(duty), at));
        std::sort(duties.begin() + kept, duties.end(), comes_before);
        std::inplace_merge(duties.begin(), duties.begin() + kept, duties.end(), comes_before);
        snapshot.described = 0;
        return {};
    });
}

Result<bool> describe(TodaySnapshot& snapshot, Desk& desk, std::size_t budget) {
    return guarded([&]() -> Result<bool> {
        Lines lines{desk, snapshot.at};
        auto& next = snapshot.described;
        for (; next < snapshot.duties.size(); ++next) {
            auto& line = snapshot.duties[next];
            if (line.described) continue;
            if (budget-- == 0) return false;
            line = lines.of(std::move(line.duty));
        }
        return true;
    });
}

}  // namespace guanjia
