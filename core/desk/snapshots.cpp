#include "core/desk/snapshots.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/procedure/model.h"
#include "core/service/commands.h"
#include "core/service/visits/queries.h"
#include "core/service/visits/rules.h"
#include "core/store/records.h"

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

void take_units(RegistrySnapshot& snapshot, Desk& desk) { snapshot.units = unit_lines(desk.database()); }

void take_owners(RegistrySnapshot& snapshot, Desk& desk) {
    snapshot.owners = owner_lines(desk.database(), snapshot.units, snapshot.on);
}

Result<RegistrySnapshot> registry_snapshot(Desk& desk, Homes homes) {
    return guarded([&]() -> Result<RegistrySnapshot> {
        auto& database = desk.database();
        RegistrySnapshot snapshot;
        snapshot.desk = desk.identity();
        snapshot.people = person_lines(database);
        snapshot.draw_desk = draw_desk_of(database);
        for (auto const& desk_known : desk.journal().desks())
            if (desk_known.centre_code == snapshot.desk.centre_code) snapshot.letters.push_back(desk_known.letter());
        std::sort(snapshot.letters.begin(), snapshot.letters.end());
        snapshot.letters.erase(std::unique(snapshot.letters.begin(), snapshot.letters.end()), snapshot.letters.end());
        snapshot.on = date_of(desk.now());
        snapshot.calendar = desk.projection().rules().calendar();
        snapshot.wordings = desk.projection().rules().wordings();
        for (std::size_t index = 0; index < all_parameters().size(); ++index)
            snapshot.parameters.push_back(
                desk.projection().rules().parameters().at(static_cast<Parameter>(index), snapshot.on));
        // From one department of hand-overs to the next, by the index: there are many hand-overs and few departments.
        auto departments = database.prepare(
            "WITH RECURSIVE used(name) AS (SELECT min(department) FROM hand_over UNION ALL SELECT (SELECT "
            "min(department) FROM hand_over WHERE department > name) FROM used WHERE name IS NOT NULL) SELECT name "
            "FROM used WHERE name IS NOT NULL UNION SELECT department FROM staff_member WHERE department IS NOT NULL "
            "ORDER BY 1");
        while (departments.step()) snapshot.departments.emplace_back(departments.text(0));
        if (homes == Homes::left_out) return snapshot;
        take_units(snapshot, desk);
        take_owners(snapshot, desk);
        return snapshot;
    });
}

bool is_outdated(Desk& desk, RegistrySnapshot const& snapshot, std::span<ChangeFeed::Change const> changes) {
    if (snapshot.on != date_of(desk.now())) return true;
    std::uint16_t const kinds[] = {
        StaffMember::description.number,     RoleGrant::description.number,    Unit::description.number,
        Owner::description.number,           Occupancy::description.number,    Erasure::description.number,
        ParameterChange::description.number, CalendarLoad::description.number, WordingChange::description.number,
        DrawDesk::description.number};
    auto const& known = snapshot.departments;
    return std::any_of(changes.begin(), changes.end(), [&](ChangeFeed::Change const& change) {
        if (std::find(std::begin(kinds), std::end(kinds), change.kind) != std::end(kinds)) return true;
        if (change.kind != HandOver::description.number) return false;
        auto const hand_over = load(desk.database(), Id<HandOver>{change.id});
        return hand_over && std::find(known.begin(), known.end(), hand_over->value.department) == known.end();
    });
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
        snapshot.unit = value.unit.any;
        snapshot.impact = value.impact;
        snapshot.urgency = value.urgency;
        snapshot.priority_reason = value.priority_reason;
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
        line.origin = value.origin;
        line.recurring = facts->recurring;
        line.responsible = responsible_for(*facts).any;
        line.open = is_open(line.state);
        line.valid = is_valid(*facts);
        line.unit = desk.number_of(value.unit.any);
        line.customer = value.caller_name;
        snapshot.phone = mask(value.caller_phone);
        for (auto const& owner : lines_of_owner(database, value.owner, date_of(at))) {
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
        for (auto const& opinion : facts->opinions) {
            OpinionLine open{opinion.id.any,      opinion.value.kind,      opinion.value.words,
                             opinion.occurred_at, opinion.value.reply_due, departments_of(opinion.value)};
            for (auto const& notice : facts->notices)
                if (notice.value.opinion == opinion.id) std::erase(open.untold, notice.value.department);
            for (auto const& reply : facts->replies)
                if (reply.value.opinion == opinion.id) open.reply_due = no_time;
            if (has_time(open.reply_due) || !open.untold.empty()) snapshot.opinions.push_back(std::move(open));
        }
        for (auto const& booked : facts->appointments) {
            if (booked.value.ends < at) continue;
            snapshot.appointments.push_back(
                {booked.id.any, booked.value.starts, booked.value.ends,
                 name_of([&](PersonLine const& person) { return person.id == booked.value.visitor.any; }),
                 booked.value.note});
        }
        std::sort(snapshot.appointments.begin(), snapshot.appointments.end(),
                  [](AppointmentLine const& left, AppointmentLine const& right) { return left.starts < right.starts; });
        for (auto const& photo : facts->photos)
            if (!photo.value.hash.empty())
                snapshot.photos.push_back(
                    {photo.id.any, photo.value.hash, photo.occurred_at,
                     name_of([&](PersonLine const& person) { return person.id == photo.recorded_by; })});
        if (auto const* waiting = waits_for(*facts)) {
            snapshot.waiting = waiting->value.reason;
            snapshot.waits_until = waiting->value.until;
        }
        snapshot.merged_into = facts->merged_number;
        snapshot.merged_here = numbers_merged_into(database, id);
        snapshot.trips = facts->repair_visits.size();
        snapshot.charge = charge_of(*facts);
        snapshot.asked = std::any_of(facts->answers.begin(), facts->answers.end(),
                                     [&](auto const& answer) { return answer.occurred_at >= snapshot.finished_at; });
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

Result<FiguresSnapshot> figures_snapshot(Desk& desk, MeasureBook const& book, FigureQuery const& query,
                                         FiguresWanted const& wanted, LocalTime at) {
    static constexpr std::size_t cases_limit = 100;
    return guarded([&]() -> Result<FiguresSnapshot> {
        auto& database = desk.database();
        FiguresSnapshot snapshot;
        snapshot.query = query;
        snapshot.part = wanted.part;
        if (wanted.part == FiguresPart::survey) snapshot.survey = survey_rows(database, query.days, query.by);
        if (wanted.part == FiguresPart::clauses) {
            snapshot.compliance = compliance_rows(database, query.days, at, wanted.clauses_by);
            if (auto const clause = find_clause(wanted.clause)) {
                auto const days = days_of_row(wanted.clause_key, wanted.clauses_by, query.days);
                for (auto& duty : unkept_duties(database, *clause, days, at, cases_limit))
                    snapshot.unkept.push_back(duty_line(desk, std::move(duty), at));
                for (auto& line : override_lines(database, clause->id(), days, cases_limit))
                    snapshot.overridden.push_back({line, desk.number_of(line.about)});
                snapshot.refused = refusal_lines(database, clause->id(), days, cases_limit);
            }
        }
        if (wanted.part != FiguresPart::service) return snapshot;
        auto table = figure_table(book, query, at);
        snapshot.total = std::move(table.total);
        snapshot.rows = std::move(table.rows);
        if (!wanted.key) return snapshot;
        for (auto const which : {FigureCase::response_late, FigureCase::solution_late, FigureCase::second_trip,
                                 FigureCase::reopened, FigureCase::recurring, FigureCase::dissatisfied}) {
            auto lines = figure_cases(database, book, query, *wanted.key, which, at, cases_limit);
            if (!lines.empty()) snapshot.cases.push_back({which, std::move(lines)});
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
