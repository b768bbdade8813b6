#include "core/desk/snapshots.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/text.h"
#include "core/service/commands.h"

namespace guanjia {

namespace {

std::string_view cell(Row const& row, std::string_view name) {
    for (auto const& [column, value] : row)
        if (column == name) return value.text;
    return {};
}

}  // namespace

PersonLine const* RegistrySnapshot::person(AnyId id) const {
    auto const found = std::find_if(people.begin(), people.end(), [&](auto const& line) { return line.id == id; });
    return found == people.end() ? nullptr : &*found;
}

std::string RegistrySnapshot::name_of(AnyId id) const {
    auto const* found = person(id);
    return found ? found->name : std::string{};
}

Result<RegistrySnapshot> registry_snapshot(Desk& desk) {
    return guarded([&]() -> Result<RegistrySnapshot> {
        auto& database = desk.database();
        RegistrySnapshot snapshot;
        snapshot.desk = desk.identity();
        snapshot.people = person_lines(database);
        snapshot.units = unit_lines(database);
        auto const today = date_of(desk.now());
        snapshot.calendar = desk.projection().rules().calendar();
        snapshot.owners = owner_lines(database, today);
        for (std::size_t index = 0; index < all_parameters().size(); ++index)
            snapshot.parameters.push_back(
                desk.projection().rules().parameters().at(static_cast<Parameter>(index), today));
        auto departments = database.prepare(
            "SELECT department FROM staff_member WHERE department IS NOT NULL UNION SELECT department FROM hand_over "
            "ORDER BY 1");
        while (departments.step()) snapshot.departments.emplace_back(departments.text(0));
        return snapshot;
    });
}

Result<TodaySnapshot> today_snapshot(Desk& desk, LocalTime at) {
    return guarded([&]() -> Result<TodaySnapshot> {
        auto& database = desk.database();
        TodaySnapshot snapshot;
        snapshot.at = at;
        snapshot.figures = service_figures(database, at);
        snapshot.response_target_minutes =
            desk.projection().rules().parameters().at(Parameter::response_normal, date_of(at));

        std::unordered_map<AnyId, TicketLine> tickets;
        for (auto& line : ticket_lines(database, at)) {
            auto const id = line.id.any;
            tickets.emplace(id, std::move(line));
        }
        std::unordered_map<AnyId, std::string> names;
        for (auto& person : person_lines(database)) names.emplace(person.id, std::move(person.name));
        for (auto& row : duties_at(database, at, DutyFilter::open)) {
            DutyLine line;
            line.status = row.status;
            if (auto const found = tickets.find(row.duty.subject); found != tickets.end()) {
                auto const& ticket = found->second;
                line.number = ticket.number;
                line.kind = ticket.kind;
                line.priority = ticket.priority;
                line.unit = ticket.unit;
                line.customer = ticket.customer;
                line.words = ticket.words;
            }
            if (auto const name = names.find(row.duty.person); name != names.end()) line.responsible = name->second;
            line.duty = std::move(row.duty);
            snapshot.duties.push_back(std::move(line));
        }
        return snapshot;
    });
}

Result<TicketsSnapshot> tickets_snapshot(Desk& desk, LocalTime at) {
    return guarded([&]() -> Result<TicketsSnapshot> { return TicketsSnapshot{at, ticket_lines(desk.database(), at)}; });
}

Result<TicketSnapshot> ticket_snapshot(Desk& desk, AnyId ticket, LocalTime at) {
    return guarded([&]() -> Result<TicketSnapshot> {
        auto& database = desk.database();
        Id<Ticket> const id{ticket};
        auto const facts = load_ticket(database, id);
        if (!facts) return refuse("ticket.missing");
        auto const& value = facts->ticket.value;
        auto const people = person_lines(database);
        auto const name_of = [&](auto const& matches) {
            auto const found = std::find_if(people.begin(), people.end(), matches);
            return found == people.end() ? std::string{} : found->name;
        };

        TicketSnapshot snapshot;
        snapshot.at = at;
        snapshot.importance = importance_of(*facts, desk.projection().rules().parameters());
        snapshot.finished_at = finished_at(*facts);
        snapshot.wish = value.wish;
        snapshot.owner = value.owner.any;
        snapshot.safety = value.safety;
        snapshot.claim = value.claim;
        snapshot.households = value.households;
        snapshot.public_attention = value.public_attention;
        snapshot.registered_by =
            name_of([&](PersonLine const& person) { return person.id == facts->ticket.recorded_by; });
        // The last word of each says whether a complaint is owned.
        for (auto const& ownership : facts->ownerships)
            snapshot.owned =
                ownership.value.responsible && !ownership.value.explanation.empty() && !ownership.value.remedy.empty();
        if (has_time(snapshot.finished_at) && !facts->closings.empty()) {
            snapshot.cause = facts->closings.back().value.cause;
            snapshot.solution = facts->closings.back().value.solution;
        }

        auto& line = snapshot.line;
        line.id = id;
        line.number = value.number;
        line.kind = value.kind;
        line.state = state_of(*facts);
        line.priority = value.priority;
        line.registered_at = facts->ticket.occurred_at;
        line.words = value.words;
        line.category = value.category;
        line.recurring = static_cast<std::int64_t>(facts->recurrences.size());
        line.responsible = responsible_for(*facts).any;
        line.open = !facts->is_void && line.state != TicketState::finished;
        line.valid = is_valid(*facts);
        line.unit = desk.number_of(value.unit.any);
        line.customer = value.caller_name;
        snapshot.phone = mask(value.caller_phone);
        if (value.owner)
            for (auto const& owner : owner_lines(database, date_of(at)))
                if (owner.id == value.owner.any) {
                    line.customer = owner.name;
                    snapshot.phone = owner.phone;
                }

        auto const number = format_id(ticket);
        auto const listed = desk.query("timeline", {{"ticket", number}}, [&](Row const& row) {
            TimelineLine step;
            step.id = parse_id(cell(row, "id")).value_or(AnyId{});
            step.at = parse_time(cell(row, "occurred_at")).value_or(no_time);
            step.step = cell(row, "step");
            auto const by = cell(row, "by");
            step.by = name_of([&](PersonLine const& person) { return person.code == by; });
            step.text = cell(row, "text");
            step.detail = cell(row, "detail");
            step.is_void = cell(row, "void") == "true";
            snapshot.timeline.push_back(std::move(step));
        });
        if (!listed) return tl::unexpected{listed.error()};
        for (auto const& hand_over : facts->hand_overs) {
            auto const answered = [&](auto const& answers) {
                return std::any_of(answers.begin(), answers.end(),
                                   [&](auto const& answer) { return answer.value.hand_over == hand_over.id; });
            };
            snapshot.hand_overs.push_back({hand_over.id.any, hand_over.value.department, hand_over.value.task,
                                           hand_over.occurred_at, hand_over.value.due,
                                           answered(facts->acknowledgements), answered(facts->results)});
        }
        snapshot.visits = visit_lines(database, id, 50);
        for (auto& duty : duties_about(database, ticket))
            if (!has_time(duty.done) && duty.opens <= at) snapshot.duties.push_back(std::move(duty));
        std::sort(snapshot.duties.begin(), snapshot.duties.end(),
                  [](Duty const& left, Duty const& right) { return left.due < right.due; });
        if (!snapshot.duties.empty()) {
            line.next_clause = snapshot.duties.front().clause;
            line.next_due = snapshot.duties.front().due;
        }
        return snapshot;
    });
}

Result<HeadquartersSnapshot> headquarters_snapshot(Desk& desk, LocalTime at) {
    return guarded([&]() -> Result<HeadquartersSnapshot> {
        HeadquartersSnapshot snapshot;
        auto desks = desk_standings(desk);
        if (!desks) return tl::unexpected{desks.error()};
        snapshot.desks = std::move(*desks);
        snapshot.conflicts = open_conflicts(desk.database(), desk_schema());
        snapshot.forks = forks(desk.database());
        snapshot.quarantine = quarantined(desk.database());
        snapshot.compliance = count_duties(desk.database(), at);
        return snapshot;
    });
}

}  // namespace guanjia
