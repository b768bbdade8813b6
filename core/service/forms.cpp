#include "core/service/forms.h"

#include <limits>

#include "core/base/text.h"
#include "core/service/repairs/queries.h"
#include "core/service/repairs/rules.h"
#include "core/service/visits/queries.h"
#include "core/service/visits/rules.h"
#include "core/store/query.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

// Forms are Chinese documents of the procedures; their words do not follow the language of the screen.
std::string word(std::string_view group, std::string_view name) {
    return name.empty() ? std::string{} : sentence(Language::chinese, std::string{group} + "." + std::string{name});
}

// "2026年2月13日 15:00"
std::string written(LocalTime time) {
    if (!has_time(time)) return {};
    auto const date = date_of(time);
    auto const clock = format_time(time).substr(11, 5);
    return std::to_string(static_cast<int>(date.year())) + "年" + std::to_string(static_cast<unsigned>(date.month())) +
           "月" + std::to_string(static_cast<unsigned>(date.day())) + "日 " + clock;
}

std::string staff_name(Database& database, AnyId id) {
    auto const staff = load(database, Id<StaffMember>{id});
    return staff ? staff->value.name : std::string{};
}

struct Customer {
    std::string name;
    std::string phone;
    std::string unit;
};

Customer customer_of(Database& database, Ticket const& ticket, Date on) {
    Customer customer{ticket.caller_name, ticket.caller_phone, {}};
    if (auto const owner = load(database, ticket.owner)) customer = {owner->value.name, owner->value.phone, {}};
    if (auto const unit = load(database, ticket.unit)) customer.unit = unit->value.code;
    // Registered by unit alone: whoever held it on that day, the owner before the others.
    if (customer.name.empty() && ticket.unit) {
        auto holder = database.prepare(
            "SELECT o.name, o.phone FROM occupancy y JOIN owner o ON o.id = y.owner WHERE y.unit = ?1 AND "
            "coalesce(y.since, ?2) <= ?2 AND coalesce(y.until, ?2) >= ?2 ORDER BY y.relation, y.stamp DESC, y.id LIMIT "
            "1");
        holder.bind(ticket.unit.any).bind(to_day_number(on));
        if (holder.step()) {
            customer.name = holder.text(0);
            customer.phone = holder.text(1);
        }
    }
    customer.phone = mask(customer.phone);
    return customer;
}

std::string important_text(TicketFacts const& facts, Parameters const& parameters) {
    auto const reason = importance_of(facts, parameters);
    return reason == ImportanceReason::none ? std::string{} : word("importance", name_of(reason));
}

void put_head(FormValues& values, FormHead const& head, Clause clause) {
    values.texts["centre"] = head.centre;
    values.texts["printed_at"] = written(head.printed_at);
    values.texts["clause"] = clause.id();
}

// GEN-S5: what the centre adds to a form, as it was worded on the day of what the form is about.
void put_note(FormValues& values, FormHead const& head, std::string_view form, Date on) {
    if (auto const* note = find_wording("form-note." + std::string{form}))
        values.texts["note"] = head.wordings.at(*note, on);
}

// "特批：理由（陈经理）": the word by which a guard was overridden when the record was made; empty when none was.
std::string override_note(Database& database, TicketFacts const& facts, AnyId record) {
    std::string note;
    for (auto const& passed : facts.overrides)
        if (passed.value.record == record)
            note = sentence(Language::chinese, "form.overridden",
                            {{"reason", passed.value.reason}, {"person", staff_name(database, passed.value.entitled)}});
    return note;
}

void put_closing(FormValues& values, Database& database, TicketFacts const& facts, Stored<Closing> const& closing) {
    values.texts["cause"] = closing.value.cause;
    values.texts["solution"] = closing.value.solution;
    auto const note = override_note(database, facts, closing.id.any);
    // Where the field is that the override left empty.
    if (closing.value.cause.empty()) values.texts["cause"] = note;
    else values.texts["remedy_override"] = note;
    values.texts["closed_by"] = staff_name(database, closing.recorded_by);
}

void put_ticket(FormValues& values, Database& database, FormHead const& head, TicketFacts const& facts) {
    auto const& ticket = facts.ticket.value;
    auto const customer = customer_of(database, ticket, date_of(facts.ticket.occurred_at));
    values.texts["number"] = ticket.number;
    values.texts["kind"] = word("ticket-kind", name_of(ticket.kind));
    values.texts["customer"] = customer.name;
    values.texts["phone"] = customer.phone;
    values.texts["unit"] = customer.unit;
    values.texts["registered_at"] = written(facts.ticket.occurred_at);
    values.texts["registered_by"] = staff_name(database, facts.ticket.recorded_by);
    values.texts["priority"] = word("priority", name_of(ticket.priority));
    values.texts["category"] = ticket.category;
    values.texts["words"] = ticket.words;
    values.texts["wish"] = ticket.wish;
    values.texts["important"] = important_text(facts, head.parameters);
    values.texts["finished_at"] = written(finished_at(facts));
    if (!facts.closings.empty()) put_closing(values, database, facts, facts.closings.back());
}

std::string methods_of(ReturnVisit const& visit) {
    auto text = word("visit-method", name_of(visit.method));
    if (visit.second_method != VisitMethod::none) text += "、" + word("visit-method", name_of(visit.second_method));
    return text;
}

}  // namespace

// RV-4.1: the form from which every complaint is visited again.
Result<FormValues> complaint_values(Database& database, FormHead const& head, Id<Ticket> id) {
    auto const facts = load_ticket(database, id);
    if (!facts) return refuse("form.wrong-record", {"id"});
    if (facts->ticket.value.kind != TicketKind::complaint)
        return refuse("RV-4.1"_clause, "ticket.not-complaint", {"id"});
    FormValues values;
    put_head(values, head, "RV-4.1"_clause);
    put_ticket(values, database, head, *facts);
    put_note(values, head, complaint_form, date_of(facts->ticket.occurred_at));
    if (facts->is_void) values.texts["void"] = word("form", "void");
    if (!is_valid(*facts)) values.texts["not_valid"] = facts->validity_marks.back().value.reason;
    if (!facts->ownerships.empty()) {
        auto const& ownership = facts->ownerships.back().value;
        values.texts["responsible"] = staff_name(database, ownership.responsible.any);
        values.texts["explanation"] = ownership.explanation;
        values.texts["remedy"] = ownership.remedy;
    }
    auto& contacts = values.lists["contacts"];
    for (auto const& contact : facts->contacts)
        contacts.push_back({{"at", written(contact.occurred_at)},
                            {"channel", word("channel", name_of(contact.value.channel))},
                            {"summary", contact.value.summary},
                            {"by", staff_name(database, contact.recorded_by)}});
    auto& hand_overs = values.lists["hand_overs"];
    for (auto const& hand_over : facts->hand_overs) {
        std::string result;
        for (auto const& answer : facts->results)
            if (answer.value.hand_over == hand_over.id) result = answer.value.result;
        hand_overs.push_back({{"at", written(hand_over.occurred_at)},
                              {"department", hand_over.value.department},
                              {"task", hand_over.value.task},
                              {"result", result}});
    }
    auto& visits = values.lists["visits"];
    for (auto const& visit : facts->visits)
        visits.push_back({{"number", visit.value.number},
                          {"at", written(visit.occurred_at)},
                          {"method", methods_of(visit.value)},
                          {"by", staff_name(database, visit.recorded_by)},
                          {"satisfaction", word("satisfaction", name_of(visit.value.satisfaction))}});
    return values;
}

// RV-5, RV-4.3: a visit by phone says so; one at the door shows the owner's signature.
Result<FormValues> visit_values(Database& database, FormHead const& head, AnyId visit_or_ticket) {
    auto visit = load(database, Id<ReturnVisit>{visit_or_ticket});
    auto const facts = load_ticket(database, visit ? visit->value.ticket : Id<Ticket>{visit_or_ticket});
    if (!facts) return refuse("form.wrong-record", {"id"});
    if (!visit) {
        if (facts->visits.empty()) return refuse("RV-5"_clause, "form.not-visited", {"id"});
        visit = facts->visits.back();
    }
    auto const& made = visit->value;
    FormValues values;
    put_head(values, head, "RV-5"_clause);
    put_ticket(values, database, head, *facts);
    // What the customer was asked about, whatever was done since.
    auto const runs = runs_of(*facts);
    if (auto const* run = visited_run(runs, visit->occurred_at)) {
        values.texts["finished_at"] = written(run->closing->occurred_at);
        put_closing(values, database, *facts, *run->closing);
    }
    put_note(values, head, visit_form, date_of(visit->occurred_at));
    values.texts["visit_number"] = made.number;
    values.texts["visited_at"] = written(visit->occurred_at);
    values.texts["visited_by"] = staff_name(database, visit->recorded_by);
    values.texts["method"] = methods_of(made);
    values.texts["satisfaction"] = word("satisfaction", name_of(made.satisfaction));
    auto& answers = values.lists["answers"];
    for (auto const& answer : answers_in(made.answers))
        answers.push_back(
            {{"question", answer.question}, {"satisfaction", word("satisfaction", name_of(answer.satisfaction))}});
    values.texts["solved"] = word("form", made.solved ? "solved" : "not-solved");
    values.texts["opinion"] = made.opinion;
    if (made.method == VisitMethod::phone || made.second_method == VisitMethod::phone)
        values.texts["by_phone"] = word("form", "phone-visit");
    auto const at_door = made.method == VisitMethod::door_step || made.second_method == VisitMethod::door_step;
    if (made.signature_refused)
        values.texts["signature_refused"] = word("form", at_door ? "not-signed" : "signature-refused");
    values.texts["override"] = override_note(database, *facts, visit->id.any);
    if (is_void(database, visit->id.any)) values.texts["void"] = word("form", "void");
    if (!made.signature.empty()) {
        auto const drawing = draw_signature(made.signature);
        values.texts["signature_path"] = drawing.path;
        values.texts["signature_box"] = drawing.view_box;
    }
    values.texts["signer"] = made.signer_name;
    values.texts["signer_relation"] = word("relation", name_of(made.signer_relation));
    return values;
}

// GEN-2.3: what was done, by whom, with what, and what the customer owes.
Result<FormValues> repair_values(Database& database, FormHead const& head, Id<Ticket> id) {
    auto const facts = load_ticket(database, id);
    if (!facts) return refuse("form.wrong-record", {"id"});
    if (facts->ticket.value.kind != TicketKind::repair) return refuse("GEN-2.3"_clause, "repair.not-a-repair", {"id"});
    FormValues values;
    put_head(values, head, "GEN-2.3"_clause);
    put_ticket(values, database, head, *facts);
    put_note(values, head, repair_form, date_of(facts->ticket.occurred_at));
    if (facts->is_void) values.texts["void"] = word("form", "void");
    for (auto const& booked : facts->appointments)
        values.texts["appointment"] =
            written(booked.value.starts) + " " + staff_name(database, booked.value.visitor.any);
    auto& trips = values.lists["trips"];
    auto& workers = values.texts["workers"];
    for (auto const& trip : facts->repair_visits) {
        auto const worker = staff_name(database, trip.value.worker.any);
        if (workers.find(worker) == std::string::npos) workers += (workers.empty() ? "" : "、") + worker;
        trips.push_back({{"arrived", written(trip.value.arrived)},
                         {"left", written(trip.value.left)},
                         {"worker", worker},
                         {"work", trip.value.work},
                         {"labour", format_money(trip.value.labour)}});
    }
    auto& parts = values.lists["parts"];
    for (auto const& part : facts->parts) {
        auto const& used = part.value;
        parts.push_back({{"name", used.name},
                         {"quantity", std::to_string(used.quantity) + used.measure},
                         {"price", format_money(used.price)},
                         {"amount", format_money({used.quantity * used.price.fen})},
                         {"payer", word("payer", name_of(used.payer))}});
    }
    if (trips.empty() && parts.empty()) return values;
    auto const charge = charge_of(*facts);
    values.texts["labour"] = format_money(charge.labour);
    values.texts["parts_charge"] = format_money(charge.parts);
    values.texts["charge"] = format_money({charge.labour.fen + charge.parts.fen});
    return values;
}

// RV-4.2: seed, ranks and what has become of them, so that the draw can be made again by anyone.
Result<FormValues> draw_values(Database& database, FormHead const& head, Id<WeeklyDraw> id) {
    auto const draw = load(database, id);
    if (!draw) return refuse("form.wrong-record", {"id"});
    FormValues values;
    put_head(values, head, "RV-4.2"_clause);
    values.texts["number"] = draw->value.number;
    values.texts["week"] = format_date(draw->value.week) + " 至 " + format_date(add_days(draw->value.week, 6));
    values.texts["seed"] = draw->value.seed;
    values.texts["orders"] = std::to_string(draw->value.orders);
    values.texts["wanted"] = std::to_string(draw->value.wanted);
    values.texts["drawn_at"] = written(draw->occurred_at);
    values.texts["drawn_by"] = staff_name(database, draw->recorded_by);
    auto& drawn = values.lists["drawn"];
    for (auto const& line : drawn_lines(database, id))
        drawn.push_back({{"rank", std::to_string(line.rank)},
                         {"number", line.number},
                         {"unit", line.unit},
                         {"words", line.words},
                         {"late", line.late ? word("form", "added-late") : std::string{}},
                         {"visited_at", written(line.visited_at)}});
    return values;
}

WordingRow const* step_card_of(TicketKind kind) { return find_wording("step-card." + std::string{name_of(kind)}); }
WordingRow const* categories_of(TicketKind kind) { return find_wording("category." + std::string{name_of(kind)}); }

// GEN-1.2, GEN-S5
Result<FormValues> step_card_values(FormHead const& head, std::string_view kind, Date on) {
    for (auto const& choice : ticket_kind_choices) {
        if (choice.name != kind) continue;
        FormValues values;
        put_head(values, head, "GEN-1.2"_clause);
        put_note(values, head, step_card_form, on);
        values.texts["kind"] = word("ticket-kind", kind);
        auto& steps = values.lists["steps"];
        for (auto const& step : head.wordings.parts(*step_card_of(static_cast<TicketKind>(choice.value)), on))
            steps.push_back({{"number", std::to_string(steps.size() + 1)}, {"words", step}});
        return values;
    }
    return refuse("GEN-1.2"_clause, "form.wrong-record", {"id"});
}

namespace {

std::optional<DayRange> read_period(std::string_view period) {
    if (auto const month = parse_date(std::string{period} + "-01"))
        return DayRange{*month, add_days(first_of_month(*month, 1), -1)};
    auto const middle = period.find("..");
    if (middle == std::string_view::npos) return std::nullopt;
    auto const first = parse_date(period.substr(0, middle));
    auto const last = parse_date(period.substr(middle + 2));
    if (!first || !last || *last < *first) return std::nullopt;
    return DayRange{*first, *last};
}

// RV-4.3: signed, by phone, or by whose word neither.
std::string signature_words(RegisterLine const& line) {
    if (!line.overridden_by.empty())
        return sentence(Language::chinese, "form.register-overridden", {{"person", line.overridden_by}});
    if (line.is_signed)
        return line.signer +
               (line.relation == Relation::none ? "" : "（" + word("relation", name_of(line.relation)) + "）");
    if (line.method == VisitMethod::phone || line.second_method == VisitMethod::phone)
        return word("form", line.signature_refused ? "signature-refused" : "phone-visit");
    return {};
}

}  // namespace

// RV-4.6: every visit of the period, each with its number, so that none is missing.
Result<FormValues> register_values(Database& database, FormHead const& head, std::string_view period) {
    auto const days = read_period(period);
    if (!days) return refuse("RV-4.6"_clause, "form.period", {"id"}, {{"text", std::string{period}}});
    FormValues values;
    put_head(values, head, "RV-4.6"_clause);
    auto const compact = [](Date date) {
        auto text = format_date(date);
        std::erase(text, '-');
        return text;
    };
    auto const month = first_of_month(days->first);
    auto const whole = days->first == month && days->last == add_days(first_of_month(month, 1), -1);
    values.texts["number"] =
        whole ? "HC-" + compact(month).substr(0, 6) : "HC-" + compact(days->first) + "-" + compact(days->last);
    values.texts["period"] = format_date(days->first) + " 至 " + format_date(days->last);
    auto& visits = values.lists["visits"];
    std::int64_t by_phone = 0, unsolved = 0, overridden = 0, inspected = 0;
    for (auto const& line : register_lines(database, *days)) {
        auto method = word("visit-method", name_of(line.method));
        if (line.second_method != VisitMethod::none) method += "、" + word("visit-method", name_of(line.second_method));
        auto result = word("satisfaction", name_of(line.satisfaction));
        if (result.empty()) result = word("form", line.solved ? "solved" : "not-solved");
        else if (!line.solved) result += "，" + word("form", "not-solved");
        by_phone += line.method == VisitMethod::phone || line.second_method == VisitMethod::phone;
        unsolved += !line.solved;
        overridden += !line.overridden_by.empty();
        inspected += line.passed.has_value();
        visits.push_back(
            {{"row", std::to_string(visits.size() + 1)},
             {"number", line.number},
             {"at", format_time(line.at).substr(5, 5) + " " + format_time(line.at).substr(11, 5)},
             {"ticket", line.ticket_number},
             {"kind", word("ticket-kind", name_of(line.kind))},
             {"unit", line.unit},
             {"customer", line.customer},
             {"method", method},
             {"satisfaction", result},
             {"visitor", line.visitor},
             {"signature", signature_words(line)},
             {"inspection", !line.passed ? "" : word("form", *line.passed ? "inspected" : "found-wanting")}});
    }
    values.texts["sums"] = sentence(Language::chinese, "form.register-sums",
                                    {{"count", std::to_string(visits.size())},
                                     {"phone", std::to_string(by_phone)},
                                     {"unsolved", std::to_string(unsolved)},
                                     {"overridden", std::to_string(overridden)},
                                     {"inspected", std::to_string(inspected)}});
    if (!whole) return values;
    for (auto const& filed : register_months(database, std::numeric_limits<std::uint32_t>::max()))
        if (filed.month == month && has_time(filed.filed_at))
            values.texts["filed"] = sentence(Language::chinese, "form.register-filed",
                                             {{"at", written(filed.filed_at)},
                                              {"person", staff_name(database, filed.filed_by)},
                                              {"count", std::to_string(filed.filed)}});
    return values;
}

// GEN-2.1: the visits that were agreed, day by day, to be taken along.
Result<FormValues> calendar_values(Database& database, FormHead const& head, std::string_view day) {
    auto const date = parse_date(day);
    if (!date) return refuse("GEN-2.1"_clause, "form.period", {"id"}, {{"text", std::string{day}}});
    auto const monday = week_of(*date);
    FormValues values;
    put_head(values, head, "GEN-2.1"_clause);
    values.texts["period"] = format_date(monday) + " 至 " + format_date(add_days(monday, 6));
    auto& visits = values.lists["visits"];
    auto shown = no_date;
    for (auto const& line : booked_lines(database, {monday, add_days(monday, 6)})) {
        auto const on = date_of(line.starts);
        static constexpr std::string_view weekdays[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
        auto const place = static_cast<std::size_t>(to_day_number(on) - to_day_number(monday));
        visits.push_back({{"day", on == shown ? "" : format_date(on).substr(5) + " " + std::string{weekdays[place]}},
                          {"time", format_time(line.starts).substr(11, 5) + "–" + format_time(line.ends).substr(11, 5)},
                          {"number", line.ticket_number},
                          {"unit", line.unit},
                          {"customer", line.customer},
                          {"words", line.words},
                          {"visitor", line.visitor},
                          {"note", line.note}});
        shown = on;
    }
    return values;
}

}  // namespace guanjia
