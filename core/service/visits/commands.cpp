#include "core/service/visits/commands.h"

#include <fmt/format.h>

#include "core/registry/commands.h"
#include "core/service/visits/duties.h"
#include "core/service/visits/queries.h"
#include "core/store/duties.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

constexpr Field record_return_visit_fields[] = {
    GUANJIA_FIELD(RecordReturnVisit, 1, ticket, required),     GUANJIA_FIELD(RecordReturnVisit, 2, method),
    GUANJIA_FIELD(RecordReturnVisit, 3, second_method),        GUANJIA_FIELD(RecordReturnVisit, 4, satisfaction),
    GUANJIA_FIELD(RecordReturnVisit, 5, solved, required),     GUANJIA_FIELD(RecordReturnVisit, 6, opinion, long_text),
    GUANJIA_FIELD(RecordReturnVisit, 7, signer_name),          GUANJIA_FIELD(RecordReturnVisit, 8, signer_relation),
    GUANJIA_FIELD(RecordReturnVisit, 9, signature, long_text), GUANJIA_FIELD(RecordReturnVisit, 10, signature_refused),
    GUANJIA_FIELD(RecordReturnVisit, 11, answers, long_text),
};
constexpr Field draw_week_fields[] = {
    GUANJIA_FIELD(DrawWeek, 1, week),
};
constexpr Field add_late_orders_fields[] = {
    GUANJIA_FIELD(AddLateOrders, 1, week),
};
constexpr Field name_draw_desk_fields[] = {
    GUANJIA_FIELD(NameDrawDesk, 1, desk, required),
};
constexpr Field assign_visit_fields[] = {
    GUANJIA_FIELD(AssignVisit, 1, ticket, required),
    GUANJIA_FIELD(AssignVisit, 2, assignee, required),
};
constexpr Field raise_opinion_fields[] = {
    GUANJIA_FIELD(RaiseOpinion, 1, visit, required),  GUANJIA_FIELD(RaiseOpinion, 2, kind),
    GUANJIA_FIELD(RaiseOpinion, 3, words, long_text), GUANJIA_FIELD(RaiseOpinion, 4, settled, long_text),
    GUANJIA_FIELD(RaiseOpinion, 5, reply_due),        GUANJIA_FIELD(RaiseOpinion, 6, departments),
};
constexpr Field tell_department_fields[] = {
    GUANJIA_FIELD(TellDepartment, 1, opinion, required),
    GUANJIA_FIELD(TellDepartment, 2, department, required),
};
constexpr Field reply_to_opinion_fields[] = {
    GUANJIA_FIELD(ReplyToOpinion, 1, opinion, required),
    GUANJIA_FIELD(ReplyToOpinion, 2, reply, required | long_text),
};
constexpr Field inspect_visit_fields[] = {
    GUANJIA_FIELD(InspectVisit, 1, visit, required),
    GUANJIA_FIELD(InspectVisit, 2, passed, required),
    GUANJIA_FIELD(InspectVisit, 3, remark, long_text),
};
constexpr Field sign_inspection_fields[] = {
    GUANJIA_FIELD(SignInspection, 1, period),
    GUANJIA_FIELD(SignInspection, 2, opinion, required | long_text),
};
constexpr Field file_visits_fields[] = {
    GUANJIA_FIELD(FileVisits, 1, month, required),
};

Date today(CommandContext const& context) { return date_of(context.occasion.occurred_at); }

Result<Plan> decide_record_return_visit(CommandContext const& context, RecordReturnVisit const& command) {
    ReturnVisit visit;
    visit.number = number_for(context, ReturnVisit::description, "HF");
    visit.ticket = command.ticket;
    visit.method = command.method;
    visit.second_method = command.second_method;
    visit.satisfaction = command.satisfaction;
    visit.solved = command.solved;
    visit.opinion = command.opinion;
    visit.signer_name = command.signer_name;
    visit.signer_relation = command.signer_relation;
    visit.signature = command.signature;
    visit.signature_refused = command.signature_refused;
    visit.answers = command.answers;
    return decide_step<ReturnVisit>(context, record_return_visit, std::move(visit));
}

Date week_to_draw(CommandContext const& context, Date given) {
    return week_of(has_date(given) ? given : add_days(today(context), -7));
}

Result<Plan> decide_draw_week(CommandContext const& context, DrawWeek const& command) {
    auto const week = week_to_draw(context, command.week);
    return draw_week(context.occasion, {number_for(context, WeeklyDraw::description, "CQ"), week},
                     load_draw(context.database, week, context.desk_letter));
}

Result<Plan> decide_add_late_orders(CommandContext const& context, AddLateOrders const& command) {
    return add_late_orders(context.occasion,
                           load_draw(context.database, week_to_draw(context, command.week), context.desk_letter));
}

Result<Plan> decide_name_draw_desk(CommandContext const& context, NameDrawDesk const& command) {
    return name_draw_desk(context.occasion, command.desk, draw_desk_of(context.database));
}

Result<Plan> decide_assign_visit(CommandContext const& context, AssignVisit const& command) {
    return need_ticket(context.database, command.ticket).and_then([&](TicketFacts const& facts) {
        return assign_visit(context.occasion, facts, {command.ticket, command.assignee},
                            roles_of(context.database, command.assignee));
    });
}

// Asks a rule about the ticket that a visit or an opinion belongs to.
template <class Record, class Ask>
Result<Plan> about_ticket_of(CommandContext const& context, Id<Record> record, char const* missing, char const* field,
                             Ask const& ask) {
    static constexpr Clause clause = "RV-4.4"_clause;
    auto const found = load(context.database, record);
    if (!found) return refuse(clause, missing, {field});
    return need_ticket(context.database, found->value.ticket).and_then(ask);
}

Result<Plan> decide_raise_opinion(CommandContext const& context, RaiseOpinion const& command) {
    return about_ticket_of(context, command.visit, "opinion.visit-missing", "visit", [&](TicketFacts const& facts) {
        return raise_opinion(context.occasion, facts,
                             {facts.ticket.id,
                              command.visit,
                              command.kind,
                              command.words,
                              command.settled,
                              command.reply_due,
                              command.departments,
                              {}},
                             number_for(context, Ticket::description, prefix_of(TicketKind::complaint)));
    });
}

Result<Plan> decide_tell_department(CommandContext const& context, TellDepartment const& command) {
    return about_ticket_of(context, command.opinion, "opinion.unknown", "opinion", [&](TicketFacts const& facts) {
        return tell_department(context.occasion, facts, {facts.ticket.id, command.opinion, command.department});
    });
}

Result<Plan> decide_reply_to_opinion(CommandContext const& context, ReplyToOpinion const& command) {
    return about_ticket_of(context, command.opinion, "opinion.unknown", "opinion", [&](TicketFacts const& facts) {
        return reply_to_opinion(context.occasion, facts, {facts.ticket.id, command.opinion, command.reply});
    });
}

Result<Plan> decide_inspect_visit(CommandContext const& context, InspectVisit const& command) {
    return about_ticket_of(context, command.visit, "opinion.visit-missing", "visit", [&](TicketFacts const& facts) {
        return inspect_visit(context.occasion, facts, {facts.ticket.id, command.visit, command.passed, command.remark});
    });
}

// Those of visits that are not void, made on those days.
Statement ask_visits(Database& database, std::string const& sql, DayRange days) {
    auto statement = database.prepare(sql);
    statement.bind(start_of(days.first).seconds).bind(start_of(add_days(days.last, 1)).seconds);
    return statement;
}
constexpr std::string_view visits_within =
    " FROM return_visit v WHERE v.occurred_at >= ? AND v.occurred_at < ? AND NOT EXISTS (SELECT 1 FROM voiding WHERE "
    "record IN (v.id, v.ticket))";

std::int64_t count_visits(Database& database, DayRange days, std::string_view condition) {
    auto statement = ask_visits(database, fmt::format("SELECT count(*){}{}", visits_within, condition), days);
    return statement.step() ? statement.integer(0) : 0;
}

bool has_visits(Database& database, DayRange days) {
    static std::string const sql = fmt::format("SELECT 1{} LIMIT 1", visits_within);
    return ask_visits(database, sql, days).step();
}

// Of a visit that was looked at twice the last look counts.
constexpr std::string_view looked_at =
    " AND EXISTS (SELECT 1 FROM inspected_visit i WHERE i.visit = v.id AND NOT EXISTS (SELECT 1 FROM voiding WHERE "
    "record = i.id))";
constexpr std::string_view found_wanting =
    " AND (SELECT coalesce(i.passed, 0) FROM inspected_visit i WHERE i.visit = v.id AND NOT EXISTS (SELECT 1 FROM "
    "voiding WHERE "
    "record = i.id) ORDER BY i.stamp DESC, i.id DESC LIMIT 1) = 0";

std::vector<Stored<VisitInspection>> inspections_of(Database& database, Date first_day) {
    static std::string const sql = select_records(VisitInspection::description, "period = ? ORDER BY stamp, id");
    auto statement = database.prepare(sql);
    statement.bind(to_day_number(first_day));
    std::vector<Stored<VisitInspection>> found;
    while (statement.step()) found.push_back(read_stored<VisitInspection>(statement));
    return found;
}

Result<Plan> decide_sign_inspection(CommandContext const& context, SignInspection const& command) {
    auto const& parameters = context.occasion.parameters;
    auto const period =
        has_date(command.period)
            ? inspection_period(command.period, parameters)
            : inspection_period(add_days(inspection_period(today(context), parameters).first, -1), parameters);
    VisitInspection inspection;
    inspection.number = number_for(context, VisitInspection::description, "HJ");
    inspection.visits = count_visits(context.database, period, {});
    inspection.inspected = count_visits(context.database, period, looked_at);
    inspection.failed = count_visits(context.database, period, found_wanting);
    inspection.opinion = command.opinion;
    auto const before = inspections_of(context.database, period.first);
    return sign_inspection(context.occasion, std::move(inspection), period,
                           before.empty() ? SignedBefore::no : SignedBefore::yes);
}

Result<Plan> decide_file_visits(CommandContext const& context, FileVisits const& command) {
    VisitFiling filing{command.month};
    if (has_date(command.month))
        filing.visits = count_visits(
            context.database, {first_of_month(command.month), add_days(first_of_month(command.month, 1), -1)}, {});
    return file_visits(context.occasion, filing);
}

constexpr CommandSpec commands[] = {
    command_spec<RecordReturnVisit, decide_record_return_visit>(),
    lot_command_spec<DrawWeek, decide_draw_week>(),
    command_spec<AddLateOrders, decide_add_late_orders>(),
    command_spec<NameDrawDesk, decide_name_draw_desk>(),
    command_spec<AssignVisit, decide_assign_visit>(),
    command_spec<RaiseOpinion, decide_raise_opinion>(),
    command_spec<TellDepartment, decide_tell_department>(),
    command_spec<ReplyToOpinion, decide_reply_to_opinion>(),
    command_spec<InspectVisit, decide_inspect_visit>(),
    command_spec<SignInspection, decide_sign_inspection>(),
    command_spec<FileVisits, decide_file_visits>(),
};

std::vector<Stored<WeeklyDraw>> draws_of(Database& database, Date week) {
    static std::string const sql = select_records(WeeklyDraw::description, "week = ? ORDER BY occurred_at, stamp, id");
    auto statement = database.prepare(sql);
    statement.bind(to_day_number(week));
    std::vector<Stored<WeeklyDraw>> draws;
    while (statement.step()) draws.push_back(read_stored<WeeklyDraw>(statement));
    return draws;
}

std::string const orders_finished_within =
    "FROM ticket_state s JOIN ticket t ON t.id = s.ticket WHERE s.finished_at >= ?1 AND s.finished_at < ?2 AND t.kind "
    "= ?3 AND s.state = ?4 AND NOT EXISTS (SELECT 1 FROM closing c WHERE c.ticket = t.id AND c.finished_at = "
    "s.finished_at)";

Statement finished_orders(Database& database, std::string const& sql, Date week) {
    auto statement = database.prepare(sql);
    statement.bind(start_of(week).seconds).bind(start_of(add_days(week, 7)).seconds);
    statement.bind(static_cast<std::int64_t>(TicketKind::repair));
    statement.bind(static_cast<std::int64_t>(TicketState::finished));
    return statement;
}

std::optional<Date> first_day_of(Derivation const& derivation) {
    if (!is_period(derivation.subject)) return std::nullopt;
    return from_day_number(first_day_of_period(derivation.subject));
}

void derive_draw(Derivation const& derivation) {
    auto& database = derivation.database;
    if (auto const draw = load(database, Id<WeeklyDraw>{derivation.subject}))
        derivation.also(WeeklyDraw::description, period_of_draw(draw->value.week));
    auto const week = first_day_of(derivation);
    if (!week) return;
    static std::string const any_order = "SELECT 1 " + orders_finished_within + " LIMIT 1";
    auto const has_orders = finished_orders(database, any_order, *week).step();
    auto const draws = draws_of(database, *week);
    write_dated_duties(derivation, [&](Calendar const& calendar) {
        return draw_duties(*week, has_orders, draws, {derivation.rules.parameters(), calendar});
    });
}

void derive_inspection(Derivation const& derivation) {
    auto& database = derivation.database;
    if (auto const inspection = load(database, Id<VisitInspection>{derivation.subject}))
        derivation.also(VisitInspection::description, period_of_inspection(inspection->value.period));
    auto const first = first_day_of(derivation);
    if (!first) return;
    auto const period = inspection_period(*first, derivation.rules.parameters());
    auto const has_any = period.first == *first && has_visits(database, period);
    auto const inspections = inspections_of(database, *first);
    write_dated_duties(derivation, [&](Calendar const& calendar) {
        return inspection_duties(period, has_any, inspections, {derivation.rules.parameters(), calendar});
    });
}

// Those whose days are not over on that date.
std::vector<AnyId> periods_affected_from(Database& database, std::string_view clause, Date from) {
    auto statement = database.prepare(
        "SELECT DISTINCT subject FROM duty WHERE clause = ?1 AND subject BETWEEN ?3 AND ?4 AND (done IS NULL OR due >= "
        "?2 OR done >= ?2)");
    statement.bind_text(clause).bind(start_of(from).seconds);
    statement.bind(AnyId{calendar_incarnation, 0}).bind(AnyId{calendar_incarnation, ~std::uint64_t{0}});
    std::vector<AnyId> periods;
    while (statement.step()) periods.push_back(statement.id(0));
    return periods;
}

std::vector<AnyId> draws_affected_from(Database& database, Date from) {
    return periods_affected_from(database, "RV-4.2", from);
}

// How long the periods are is a parameter as well: a visit may be in one that began up to a year before.
std::vector<AnyId> inspections_affected_from(Database& database, Date from) {
    auto periods = periods_affected_from(database, "RV-4.5", from);
    auto last = database.prepare("SELECT max(occurred_at) FROM return_visit");
    if (!last.step() || last.is_null(0)) return periods;
    static constexpr int most_months = 120;
    auto const until = first_of_month(date_of(LocalTime{last.integer(0)}));
    for (auto month = std::max(first_of_month(from, -11), first_of_month(until, -most_months)); month <= until;
         month = first_of_month(month, 1))
        periods.push_back(period_of_inspection(month));
    return periods;
}

constexpr char const* tables[] = {
    // With what figures ask of every visit, so that the table itself need not be read.
    "CREATE INDEX return_visit_by_time ON return_visit(occurred_at, ticket, recorded_by, satisfaction, answers)",
};

}  // namespace

constexpr Description RecordReturnVisit::description{0, "record_return_visit", record_return_visit_fields};
constexpr Description DrawWeek::description{0, "draw_week", draw_week_fields};
constexpr Description AddLateOrders::description{0, "add_late_orders", add_late_orders_fields};
constexpr Description NameDrawDesk::description{0, "name_draw_desk", name_draw_desk_fields};
constexpr Description AssignVisit::description{0, "assign_visit", assign_visit_fields};
constexpr Description RaiseOpinion::description{0, "raise_opinion", raise_opinion_fields};
constexpr Description TellDepartment::description{0, "tell_department", tell_department_fields};
constexpr Description ReplyToOpinion::description{0, "reply_to_opinion", reply_to_opinion_fields};
constexpr Description InspectVisit::description{0, "inspect_visit", inspect_visit_fields};
constexpr Description SignInspection::description{0, "sign_inspection", sign_inspection_fields};
constexpr Description FileVisits::description{0, "file_visits", file_visits_fields};

std::span<CommandSpec const> visit_commands() { return commands; }

DrawFacts load_draw(Database& database, Date week, std::string_view desk_letter) {
    DrawFacts known;
    known.desk = desk_letter;
    known.draw_desk = draw_desk_of(database);
    known.draws = draws_of(database, week);
    static std::string const all_orders = "SELECT t.id " + orders_finished_within + " ORDER BY t.id";
    auto orders = finished_orders(database, all_orders, week);
    while (orders.step()) known.orders.push_back(Id<Ticket>{orders.id(0)});
    auto drawn = database.prepare("SELECT ticket FROM drawn_order WHERE week = ?");
    drawn.bind(to_day_number(week));
    while (drawn.step()) known.drawn.push_back(Id<Ticket>{drawn.id(0)});
    return known;
}

SubjectKind draw_subject() { return {&WeeklyDraw::description, derive_draw, draws_affected_from}; }
SubjectKind inspection_subject() {
    return {&VisitInspection::description, derive_inspection, inspections_affected_from};
}
std::span<char const* const> visit_tables() { return tables; }

}  // namespace guanjia
