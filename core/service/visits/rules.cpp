#include "core/service/visits/rules.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/text.h"

namespace guanjia {

using namespace literals;

namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

// "12,30 14,33;50,60": strokes of at least one point, coordinates of at most five digits.
bool is_signature(std::string const& strokes) {
    enum class At { first, x, comma_seen, y } at = At::first;
    int digits = 0;
    for (auto const character : strokes) {
        if (is_digit(character)) {
            if (at == At::first) at = At::x;
            if (at == At::comma_seen) at = At::y;
            if (++digits > 5) return false;
            continue;
        }
        digits = 0;
        if (character == ',' && at == At::x) at = At::comma_seen;
        else if ((character == ' ' || character == ';') && at == At::y) at = At::first;
        else return false;
    }
    return at == At::y;
}

// A line of answers; without a satisfaction when it cannot be read.
QuestionAnswer answer_in(std::string_view line) {
    auto const equals = std::min(line.find('='), line.size());
    QuestionAnswer answer{std::string{trimmed(line.substr(0, equals))}};
    auto const said = trimmed(line.substr(std::min(equals + 1, line.size())));
    for (auto const& choice : satisfaction_choices)
        if (choice.name == said) answer.satisfaction = static_cast<Satisfaction>(choice.value);
    return answer;
}

template <class Visit>
void for_each_answer(std::string_view answers, Visit const& visit) {
    while (!answers.empty()) {
        auto const end = std::min(answers.find('\n'), answers.size());
        auto const line = trimmed(answers.substr(0, end));
        if (!line.empty()) visit(line);
        answers.remove_prefix(std::min(end + 1, answers.size()));
    }
}

// RV-5, GEN-S5: the questions are those of the visit's own day; each is answered at most once, and none must be.
Result<std::string> checked_answers(Occasion const& occasion, std::string_view given) {
    auto const* survey = find_wording("survey.return-visit");
    auto const questions = occasion.wordings.parts(*survey, date_of(occasion.occurred_at));
    std::vector<QuestionAnswer> answers;
    Result<std::string> result;
    for_each_answer(given, [&](std::string_view line) {
        if (!result) return;
        auto answer = answer_in(line);
        if (answer.satisfaction == Satisfaction::none) {
            result = refuse("RV-5"_clause, "visit.answer-unreadable", {"answers"}, {{"line", std::string{line}}});
            return;
        }
        auto const same = [&](QuestionAnswer const& other) { return other.question == answer.question; };
        if (std::find(questions.begin(), questions.end(), answer.question) == questions.end())
            result = refuse("RV-5"_clause, "visit.question-unknown", {"answers"}, {{"question", answer.question}});
        else if (std::any_of(answers.begin(), answers.end(), same))
            result = refuse("RV-5"_clause, "visit.question-twice", {"answers"}, {{"question", answer.question}});
        else answers.push_back(std::move(answer));
    });
    if (result) result = written_answers(answers);
    return result;
}

constexpr RoleSet visitors_and_manager{Role::butler, Role::assistant_butler, Role::manager};

Stored<RaisedOpinion> const* find_opinion(TicketFacts const& facts, Id<RaisedOpinion> id) {
    for (auto const& opinion : facts.opinions)
        if (opinion.id == id) return &opinion;
    return nullptr;
}

Stored<ReturnVisit> const* find_visit(TicketFacts const& facts, Id<ReturnVisit> id) {
    for (auto const& visit : facts.visits)
        if (visit.id == id) return &visit;
    return nullptr;
}

}  // namespace

std::vector<QuestionAnswer> answers_in(std::string_view answers) {
    std::vector<QuestionAnswer> found;
    for_each_answer(answers, [&](std::string_view line) {
        auto answer = answer_in(line);
        if (answer.satisfaction != Satisfaction::none) found.push_back(std::move(answer));
    });
    return found;
}

std::string written_answers(std::vector<QuestionAnswer> const& answers) {
    std::string written;
    for (auto const& answer : answers)
        written += (written.empty() ? "" : "\n") + answer.question + "=" + std::string{name_of(answer.satisfaction)};
    return written;
}

// RV-2, RV-3.1, RV-4.1, RV-4.3
Result<Plan> record_return_visit(Occasion const& occasion, TicketFacts const& facts, ReturnVisit visit) {
    auto const kind = facts.ticket.value.kind;
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    // RV-2: repairs and valid complaints are visited again, nothing else.
    if (kind != TicketKind::repair && kind != TicketKind::complaint)
        return refuse("RV-2"_clause, "visit.not-for-kind", {"ticket"});
    if (kind == TicketKind::complaint && !is_valid(facts))
        return refuse("RV-2"_clause, "visit.complaint-invalid", {"ticket"});
    // RV-3.1: by the front desk; an important complaint by the manager.
    auto const important =
        kind == TicketKind::complaint ? importance_of(facts, occasion.parameters) : ImportanceReason::none;
    if (important != ImportanceReason::none && !occasion.roles.meets({Role::manager}))
        return refuse("RV-3.1"_clause, "visit.manager-only", {"by"},
                      {{"why", "importance." + std::string{name_of(important)}}});
    if (important == ImportanceReason::none && !occasion.roles.meets(front_desk))
        return refuse("RV-3.1"_clause, "role.front-desk", {"by"});
    // RV-4.1: after the dealing is finished.
    auto const runs = runs_of(facts);
    auto const* visited = visited_run(runs, occasion.occurred_at);
    if (!visited) {
        auto const finished = finished_at(facts);
        if (!has_time(finished)) return refuse("RV-4.1"_clause, "visit.not-finished", {"ticket"});
        return refuse("RV-4.1"_clause, "visit.before-finished", {"occurred_at"}, {{"finished", format_time(finished)}});
    }
    // RV-4.3: the owner signs a visit at the door; by phone nobody does.
    if (visit.method == VisitMethod::none) return refuse("RV-4.3"_clause, "visit.method-missing", {"method"});
    if (visit.second_method == visit.method) visit.second_method = VisitMethod::none;
    auto const at_door = visit.method == VisitMethod::door_step || visit.second_method == VisitMethod::door_step;
    auto const by_phone = visit.method == VisitMethod::phone || visit.second_method == VisitMethod::phone;
    if (at_door) {
        if (visit.signature_refused && !visit.signature.empty())
            return refuse("RV-4.3"_clause, "visit.signed-and-refused", {"signature_refused"});
        if (visit.signature_refused && !occasion.overrides(Guard::unsigned_door_step))
            return refuse(Guard::unsigned_door_step, "visit.signature-refused", {"signature_refused"});
        std::vector<std::string> missing;
        if (visit.signature.empty()) missing.emplace_back("signature");
        if (visit.signer_name.empty()) missing.emplace_back("signer_name");
        if (visit.signer_relation == Relation::none) missing.emplace_back("signer_relation");
        if (!visit.signature_refused && !missing.empty())
            return refuse("RV-4.3"_clause, "visit.signature-missing", missing);
    }
    if (!visit.signature.empty()) {
        if (by_phone && !at_door) return refuse("RV-4.3"_clause, "visit.phone-signed", {"signature"});
        if (!is_signature(visit.signature)) return refuse("RV-4.3"_clause, "visit.signature-unreadable", {"signature"});
    }
    if (visit.signature_refused && !by_phone && !at_door)
        return refuse("RV-4.3"_clause, "visit.refused-then-phone", {"method"});
    auto answers = checked_answers(occasion, visit.answers);
    if (!answers) return tl::unexpected{answers.error()};
    visit.answers = std::move(*answers);

    auto plan = occasion.plan();
    plan.under("RV-2"_clause).under("RV-3.1"_clause).under("RV-4.1"_clause).under("RV-4.3"_clause).add(visit);
    // GEN-5.3: an unsolved problem is open again, if it is not already.
    if (!visit.solved && !visited->reopening)
        plan.under("GEN-5.3"_clause).add(Reopening{facts.ticket.id, visit.opinion});
    return plan;
}

DrawPeriod draw_period(Date week, Deadlines const& deadlines) {
    auto const monday = add_days(week, 7);
    auto const sunday = add_days(monday, 6);
    return {deadlines.opening_of(deadlines.working_day_from(monday)),
            deadlines.closing_of(deadlines.last_working_day(monday, sunday))};
}

AnyId period_of_draw(Date week) { return id_of_period(WeeklyDraw::description.number, to_day_number(week)); }

std::int64_t sample_size(std::int64_t orders, std::int64_t percent, std::int64_t minimum) {
    return std::min(orders, std::max(minimum, (orders * percent + 99) / 100));
}

std::int64_t sample_size(std::int64_t orders, Parameters const& parameters, Date on) {
    return sample_size(orders, parameters.at(Parameter::rv_sample_percent, on),
                       parameters.at(Parameter::rv_sample_minimum, on));
}

std::vector<Id<Ticket>> ranked(std::string_view seed, std::vector<Id<Ticket>> orders) {
    std::vector<std::pair<Hash, Id<Ticket>>> lots;
    lots.reserve(orders.size());
    for (auto const order : orders)
        lots.emplace_back(Hasher{}.add(seed).add("/").add(format_id(order.any)).finish(), order);
    std::sort(lots.begin(), lots.end());
    for (std::size_t place = 0; place < lots.size(); ++place) orders[place] = lots[place].second;
    return orders;
}

namespace {

// RV-4.2: the manager draws, at the one desk that is named for it.
Result<void> check_drawing(Occasion const& occasion, DrawFacts const& known) {
    if (!occasion.roles.meets({Role::manager})) return refuse("RV-4.2"_clause, "role.manager", {"by"});
    if (known.desk != known.draw_desk)
        return refuse("RV-4.2"_clause, "draw.other-desk", {"week"}, {{"desk", known.draw_desk}});
    return {};
}

// A fact for the draw itself, and one place kept free.
constexpr std::size_t drawn_limit = facts_per_entry - 2;

}  // namespace

// RV-4.2: once a week, from what was finished in the week before, by a seed that is kept.
Result<Plan> draw_week(Occasion const& occasion, WeeklyDraw draw, DrawFacts const& known) {
    if (auto checked = check_drawing(occasion, known); !checked) return tl::unexpected{checked.error()};
    draw.week = week_of(draw.week);
    if (date_of(occasion.occurred_at) < add_days(draw.week, 7))
        return refuse("RV-4.2"_clause, "draw.week-running", {"week"});
    if (!known.draws.empty())
        return refuse("RV-4.2"_clause, "draw.done-already", {"week"}, {{"number", known.draws.front().value.number}});
    if (known.orders.empty()) return refuse("RV-4.2"_clause, "draw.no-orders", {"week"});
    static constexpr char digits[] = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) draw.seed += digits[occasion.chance >> shift & 15];
    draw.orders = static_cast<std::int64_t>(known.orders.size());
    draw.wanted = sample_size(draw.orders, occasion.parameters, date_of(occasion.occurred_at));
    if (static_cast<std::size_t>(draw.wanted) > drawn_limit) return refuse("RV-4.2"_clause, "draw.too-many", {"week"});

    auto plan = occasion.plan();
    auto const id = plan.under("RV-4.2"_clause).add(draw);
    auto const order = ranked(draw.seed, known.orders);
    for (std::int64_t place = 0; place < draw.wanted; ++place)
        plan.add(DrawnOrder{order[static_cast<std::size_t>(place)], id, draw.week, place + 1, false});
    return plan;
}

// RV-4.2: what arrives late takes the rank that the seed gives it, and nothing drawn is dropped.
Result<Plan> add_late_orders(Occasion const& occasion, DrawFacts const& known) {
    if (auto checked = check_drawing(occasion, known); !checked) return tl::unexpected{checked.error()};
    if (known.draws.empty()) return refuse("RV-4.2"_clause, "draw.not-drawn", {"week"});
    auto const& draw = known.draws.front();
    auto const order = ranked(draw.value.seed, known.orders);
    auto const wanted = std::min<std::int64_t>(
        sample_size(static_cast<std::int64_t>(order.size()), occasion.parameters, date_of(draw.occurred_at)),
        static_cast<std::int64_t>(drawn_limit));
    auto plan = occasion.plan();
    for (std::int64_t place = 0; place < wanted; ++place) {
        auto const ticket = order[static_cast<std::size_t>(place)];
        if (std::find(known.drawn.begin(), known.drawn.end(), ticket) != known.drawn.end()) continue;
        plan.under("RV-4.2"_clause).add(DrawnOrder{ticket, draw.id, draw.value.week, place + 1, true});
    }
    if (plan.empty()) return refuse("RV-4.2"_clause, "draw.nothing-late", {"week"});
    return plan;
}

Result<Plan> name_draw_desk(Occasion const& occasion, std::string const& letter, std::string const& present) {
    if (!occasion.roles.meets({Role::manager})) return refuse("RV-4.2"_clause, "role.manager", {"by"});
    auto const is_letter = [](char character) { return character >= 'A' && character <= 'Z'; };
    if (letter.empty() || letter.size() > 2 || !std::all_of(letter.begin(), letter.end(), is_letter))
        return refuse("RV-4.2"_clause, "draw.no-such-desk", {"desk"});
    if (letter == present) return refuse("command.changes-nothing");
    auto plan = occasion.plan();
    plan.under("RV-4.2"_clause).add(DrawDesk{letter});
    return plan;
}

// RV-4.2, RV-3.1: the manager may ask someone else of the front desk to make a visit.
Result<Plan> assign_visit(Occasion const& occasion, TicketFacts const& facts, VisitAssignment assignment,
                          RoleSet assignee_roles) {
    if (!occasion.roles.meets({Role::manager})) return refuse("RV-4.2"_clause, "role.manager", {"by"});
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    if (facts.ticket.value.kind != TicketKind::repair && facts.ticket.value.kind != TicketKind::complaint)
        return refuse("RV-2"_clause, "visit.not-for-kind", {"ticket"});
    if (!has_time(finished_at(facts))) return refuse("RV-4.1"_clause, "visit.not-finished", {"ticket"});
    auto const important = facts.ticket.value.kind == TicketKind::complaint &&
                           importance_of(facts, occasion.parameters) != ImportanceReason::none;
    if (!assignee_roles.meets(important ? RoleSet{Role::manager} : front_desk))
        return refuse("RV-3.1"_clause, important ? "visit.manager-only-assignee" : "visit.front-desk-assignee",
                      {"assignee"});
    auto plan = occasion.plan();
    plan.under("RV-4.2"_clause).add(assignment);
    return plan;
}

std::vector<std::string> departments_of(RaisedOpinion const& opinion) {
    std::vector<std::string> departments;
    auto rest = std::string_view{opinion.departments};
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        departments.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return departments;
}

namespace {

// One a line, each once, as they were first named.
std::string normalized_departments(std::string_view text) {
    std::vector<std::string> names;
    std::string name;
    auto const take = [&] {
        auto found = std::string{trimmed(name)};
        name.clear();
        if (!found.empty() && std::find(names.begin(), names.end(), found) == names.end())
            names.push_back(std::move(found));
    };
    while (!text.empty()) {
        static constexpr std::string_view separators[] = {"、", "，", "；", ",", ";", "\n"};
        auto const* separator = std::find_if(std::begin(separators), std::end(separators), [&](std::string_view mark) {
            return text.substr(0, mark.size()) == mark;
        });
        if (separator != std::end(separators)) {
            take();
            text.remove_prefix(separator->size());
        } else {
            name += text.front();
            text.remove_prefix(1);
        }
    }
    take();
    std::string joined;
    for (auto const& department : names) joined += (joined.empty() ? "" : "\n") + department;
    return joined;
}

}  // namespace

// RV-4.4: what a customer raises in a visit is settled at once, or has a promised time of reply.
Result<Plan> raise_opinion(Occasion const& occasion, TicketFacts const& facts, RaisedOpinion opinion,
                           std::string const& number) {
    if (!occasion.roles.meets(visitors_and_manager))
        return refuse("RV-4.4"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    auto const* visit = find_visit(facts, opinion.visit);
    if (!visit) return refuse("RV-4.4"_clause, "opinion.visit-missing", {"visit"});
    if (occasion.occurred_at < visit->occurred_at)
        return refuse("RV-4.4"_clause, "opinion.before-visit", {"occurred_at"});
    if (opinion.kind == OpinionKind::none) return refuse("RV-4.4"_clause, "opinion.kind-missing", {"kind"});
    if (opinion.words.empty()) return refuse("RV-4.4"_clause, "opinion.words-missing", {"words"});
    opinion.departments = normalized_departments(opinion.departments);
    auto const deadlines = occasion.deadlines();
    if (!opinion.settled.empty()) {
        if (has_time(opinion.reply_due)) return refuse("RV-4.4"_clause, "opinion.settled-and-promised", {"reply_due"});
    } else {
        if (opinion.departments.empty()) return refuse("RV-4.4"_clause, "opinion.departments-missing", {"departments"});
        if (!has_time(opinion.reply_due))
            opinion.reply_due =
                deadlines.after_working_days(occasion.occurred_at, Parameter::rv_reply_default_working_days);
        if (opinion.reply_due < occasion.occurred_at)
            return refuse("RV-4.4"_clause, "opinion.reply-past", {"reply_due"});
        auto const latest =
            deadlines.after_working_days(occasion.occurred_at, Parameter::rv_reply_maximum_working_days);
        if (opinion.reply_due > latest)
            return refuse("RV-4.4"_clause, "opinion.reply-too-late", {"reply_due"}, {{"latest", format_time(latest)}});
    }
    auto plan = occasion.plan();
    plan.under("RV-4.4"_clause);
    if (opinion.kind == OpinionKind::complaint) {
        auto const& about = facts.ticket.value;
        Ticket ticket;
        ticket.number = number;
        ticket.kind = TicketKind::complaint;
        ticket.priority = Priority::normal;
        ticket.unit = about.unit;
        ticket.owner = about.owner;
        ticket.caller_name = about.caller_name;
        ticket.caller_phone = about.caller_phone;
        ticket.words = opinion.words;
        opinion.new_ticket = plan.add(ticket);
    }
    plan.add(opinion);
    return plan;
}

// RV-4.4: each department concerned is told.
Result<Plan> tell_department(Occasion const& occasion, TicketFacts const& facts, OpinionNotice notice) {
    if (!occasion.roles.meets(visitors_and_manager))
        return refuse("RV-4.4"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    auto const* opinion = find_opinion(facts, notice.opinion);
    if (!opinion) return refuse("RV-4.4"_clause, "opinion.unknown", {"opinion"});
    if (occasion.occurred_at < opinion->occurred_at) return refuse("opinion.before", {"occurred_at"});
    auto const concerned = departments_of(opinion->value);
    if (std::find(concerned.begin(), concerned.end(), notice.department) == concerned.end())
        return refuse("RV-4.4"_clause, "opinion.department-not-concerned", {"department"});
    for (auto const& told : facts.notices)
        if (told.value.opinion == notice.opinion && told.value.department == notice.department)
            return refuse("RV-4.4"_clause, "opinion.told-already", {"department"});
    auto plan = occasion.plan();
    plan.under("RV-4.4"_clause).add(notice);
    return plan;
}

// RV-4.4: the promised reply is given.
Result<Plan> reply_to_opinion(Occasion const& occasion, TicketFacts const& facts, OpinionReply reply) {
    if (!occasion.roles.meets(visitors_and_manager))
        return refuse("RV-4.4"_clause, "role.front-desk-or-manager", {"by"});
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    auto const* opinion = find_opinion(facts, reply.opinion);
    if (!opinion) return refuse("RV-4.4"_clause, "opinion.unknown", {"opinion"});
    if (occasion.occurred_at < opinion->occurred_at) return refuse("opinion.before", {"occurred_at"});
    if (!has_time(opinion->value.reply_due)) return refuse("RV-4.4"_clause, "opinion.settled", {"opinion"});
    if (reply.reply.empty()) return refuse("RV-4.4"_clause, "opinion.reply-missing", {"reply"});
    for (auto const& given : facts.replies)
        if (given.value.opinion == reply.opinion) return refuse("RV-4.4"_clause, "opinion.replied", {"opinion"});
    auto plan = occasion.plan();
    plan.under("RV-4.4"_clause).add(reply);
    return plan;
}

// RV-4.5: the manager looks at a visit; what is found wanting is said.
Result<Plan> inspect_visit(Occasion const& occasion, TicketFacts const& facts, InspectedVisit inspected) {
    if (!occasion.roles.meets({Role::manager})) return refuse("RV-4.5"_clause, "role.manager", {"by"});
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    auto const* visit = find_visit(facts, inspected.visit);
    if (!visit) return refuse("RV-4.5"_clause, "opinion.visit-missing", {"visit"});
    if (occasion.occurred_at < visit->occurred_at)
        return refuse("RV-4.5"_clause, "opinion.before-visit", {"occurred_at"});
    if (!inspected.passed && inspected.remark.empty())
        return refuse("RV-4.5"_clause, "inspection.remark-missing", {"remark"});
    auto plan = occasion.plan();
    plan.under("RV-4.5"_clause).add(inspected);
    return plan;
}

DayRange inspection_period(Date date, Parameters const& parameters) {
    auto const months_at = [&](Date first) {
        return static_cast<int>(parameters.at(Parameter::rv_inspection_months, first));
    };
    auto const months = months_at(first_of_month(date));
    auto const index = static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    auto const before = index % months;
    // Where the length changes in between, the period begins or ends there: every month is in one, and in no other.
    auto first = first_of_month(date);
    for (int back = 1; back <= before && months_at(first_of_month(date, -back)) == months; ++back)
        first = first_of_month(date, -back);
    auto end = first_of_month(date, 1);
    for (int on = 1; on < months - before && months_at(first_of_month(date, on)) == months; ++on)
        end = first_of_month(date, on + 1);
    return {first, add_days(end, -1)};
}

AnyId period_of_inspection(Date first_day) {
    return id_of_period(VisitInspection::description.number, to_day_number(first_day));
}

// RV-4.5: when a period is over the manager signs an opinion on its visits, having looked at some.
Result<Plan> sign_inspection(Occasion const& occasion, VisitInspection inspection, DayRange period,
                             SignedBefore signed_before) {
    if (!occasion.roles.meets({Role::manager})) return refuse("RV-4.5"_clause, "role.manager", {"by"});
    if (date_of(occasion.occurred_at) <= period.last)
        return refuse("RV-4.5"_clause, "inspection.period-running", {"period"});
    if (signed_before == SignedBefore::yes) return refuse("RV-4.5"_clause, "inspection.signed-already", {"period"});
    if (inspection.visits == 0) return refuse("RV-4.5"_clause, "inspection.no-visits", {"period"});
    if (inspection.inspected == 0) return refuse("RV-4.5"_clause, "inspection.none-looked-at", {"period"});
    if (inspection.opinion.empty()) return refuse("RV-4.5"_clause, "inspection.opinion-missing", {"opinion"});
    inspection.period = period.first;
    auto plan = occasion.plan();
    plan.under("RV-4.5"_clause).add(inspection);
    return plan;
}

// RV-4.6: the office keeps the records of all visits together.
Result<Plan> file_visits(Occasion const& occasion, VisitFiling filing) {
    if (!occasion.roles.meets({Role::manager_assistant})) return refuse("RV-4.6"_clause, "role.office", {"by"});
    if (!has_date(filing.month)) return refuse("RV-4.6"_clause, "filing.month-missing", {"month"});
    filing.month = first_of_month(filing.month);
    if (date_of(occasion.occurred_at) < filing.month) return refuse("RV-4.6"_clause, "filing.month-ahead", {"month"});
    if (filing.visits == 0) return refuse("RV-4.6"_clause, "inspection.no-visits", {"month"});
    auto plan = occasion.plan();
    plan.under("RV-4.6"_clause).add(filing);
    return plan;
}

}  // namespace guanjia
