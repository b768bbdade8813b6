// What can be done with a ticket, each as a short form at its side.

#include <algorithm>

#include "core/base/typed.h"
#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

using Names = std::initializer_list<std::string_view>;

struct ActionSpec {
    TicketAction action;
    char const* command;
    char const* title;   // key
    char const* clause;  // or nothing
    char const* button;  // key
    char const* told;    // key
    Names fields;
};

ActionSpec const action_specs[] = {
    {TicketAction::contact,
     "record_contact",
     "ui.record-contact",
     "GEN-3.2",
     "ui.record",
     "ui.recorded",
     {"channel", "direction", "summary"}},
    {TicketAction::own,
     "own_complaint",
     "ui.own",
     "GEN-3.3",
     "ui.record",
     "ui.recorded",
     {"responsible", "explanation", "remedy"}},
    {TicketAction::hand_over,
     "hand_over",
     "ui.hand-over",
     "GEN-2.3",
     "ui.hand-over-now",
     "ui.recorded",
     {"department", "task", "due"}},
    {TicketAction::report, "report_hand_over", "ui.report-result", "GEN-2.3", "ui.record", "ui.recorded", {"result"}},
    {TicketAction::close,
     "close_ticket",
     "ui.close-ticket",
     "GEN-2.2",
     "ui.close-now",
     "ui.closed",
     {"cause", "solution", "satisfaction"}},
    {TicketAction::visit,
     "record_return_visit",
     "ui.return-visit",
     "RV-4.3",
     "ui.finish-visit",
     "ui.visited",
     {"satisfaction", "solved", "opinion"}},
    {TicketAction::reopen, "reopen_ticket", "ui.reopen", "GEN-5.3", "ui.reopen-now", "ui.recorded", {"reason"}},
    {TicketAction::void_record, "void_record", "ui.void-this", "", "ui.void-now", "ui.voided", {"reason"}},
    {TicketAction::reveal, "reveal_owner", "ui.reveal-phone", "", "ui.reveal-now", "", {"reason"}},
    {TicketAction::validity,
     "mark_validity",
     "ui.mark-validity",
     "RV-4.1",
     "ui.record",
     "ui.recorded",
     {"valid", "reason"}},
    {TicketAction::importance,
     "mark_importance",
     "ui.mark-importance",
     "RV-3.1",
     "ui.record",
     "ui.recorded",
     {"important", "reason"}},
    {TicketAction::hold,
     "put_on_hold",
     "ui.hold",
     "GEN-2.1",
     "ui.hold-now",
     "ui.recorded",
     {"reason", "note", "until"}},
    {TicketAction::resume, "resume_ticket", "ui.resume", "GEN-2.1", "ui.resume-now", "ui.recorded", {"note"}},
    {TicketAction::merge,
     "merge_ticket",
     "ui.merge",
     "GEN-5.3",
     "ui.merge-now",
     "ui.recorded",
     {"merged_into", "reason"}},
    {TicketAction::split,
     "split_ticket",
     "ui.split",
     "GEN-5.3",
     "ui.split-now",
     "ui.recorded",
     {"kind", "words", "wish", "priority", "category"}},
    {TicketAction::book,
     "book_visit",
     "ui.book",
     "GEN-2.1",
     "ui.book-now",
     "ui.recorded",
     {"starts", "ends", "visitor", "note"}},
    {TicketAction::repair_visit,
     "record_repair_visit",
     "ui.record-trip",
     "GEN-2.3",
     "ui.record",
     "ui.recorded",
     {"worker", "work", "arrived", "left", "labour"}},
    {TicketAction::part,
     "record_part",
     "ui.record-part",
     "GEN-2.3",
     "ui.record",
     "ui.recorded",
     {"name", "quantity", "measure", "price", "payer"}},
    {TicketAction::ask,
     "record_satisfaction",
     "ui.ask",
     "GEN-5.1",
     "ui.record",
     "ui.recorded",
     {"satisfaction", "declined", "note"}},
    {TicketAction::assign, "assign_visit", "ui.assign", "RV-4.2", "ui.assign-now", "ui.recorded", {"assignee"}},
    {TicketAction::raise,
     "raise_opinion",
     "ui.raise",
     "RV-4.4",
     "ui.record",
     "ui.recorded",
     {"kind", "words", "settled", "departments", "reply_due"}},
    {TicketAction::tell, "tell_department", "ui.tell", "RV-4.4", "ui.tell-now", "ui.recorded", {"department"}},
    {TicketAction::reply, "reply_to_opinion", "ui.reply", "RV-4.4", "ui.reply-now", "ui.recorded", {"reply"}},
    {TicketAction::change,
     "change_ticket",
     "ui.change-ticket",
     "GEN-2.1",
     "ui.change-now",
     "ui.recorded",
     {"impact", "urgency", "priority", "priority_reason", "category", "unit", "safety", "public_attention",
      "households", "claim"}},
};

ActionSpec const* spec_of(TicketAction action) {
    for (auto const& spec : action_specs)
        if (spec.action == action) return &spec;
    return nullptr;
}

FieldOptions category_options(Stage const& stage, TicketKind kind) {
    FieldOptions options;
    options.find = find_categories(stage.ui, stage.models, kind);
    options.goes_on = true;
    return options;
}

// What the form of a change begins with: the ticket as it is.
std::string present_value(TicketSnapshot const& ticket, std::string_view field) {
    auto const flag = [](bool on) { return std::string{on ? "true" : ""}; };
    if (field == "impact") return std::string{name_of(ticket.impact)};
    if (field == "urgency") return std::string{name_of(ticket.urgency)};
    if (field == "priority") return std::string{name_of(ticket.line.priority)};
    if (field == "priority_reason") return ticket.priority_reason;
    if (field == "category") return ticket.line.category;
    if (field == "unit") return ticket.unit ? format_id(ticket.unit) : std::string{};
    if (field == "safety") return flag(ticket.safety);
    if (field == "public_attention") return flag(ticket.public_attention);
    if (field == "households") return ticket.households > 0 ? std::to_string(ticket.households) : std::string{};
    return ticket.claim.fen > 0 ? format_money(ticket.claim) : std::string{};
}

// What a field held when the form began is kept beside it.
std::string begun_with(std::string_view field) { return "before " + std::string{field}; }

void begin_change(CommandForm& form, TicketSnapshot const& ticket, Names fields) {
    for (auto const name : fields) {
        form.set(name, present_value(ticket, name));
        form.set(begun_with(name), present_value(ticket, name));
    }
    form.picker("unit").chosen = ticket.unit;
    form.picker("unit").text = ticket.line.unit;
    form.picker("category").text = ticket.line.category;
}

// Only what the person has changed, so that nothing is taken back that somebody else has changed meanwhile.
std::vector<std::pair<std::string, std::string>> changes_in(CommandForm const& form, Names fields) {
    std::vector<std::pair<std::string, std::string>> changes;
    for (auto const name : fields) {
        auto text = form.sent_text(name);
        if (name == "claim")
            if (auto const money = read_money(text)) text = format_money(*money);
        if (text == form.text(begun_with(name))) continue;
        if (text.empty() && (name == "safety" || name == "public_attention")) text = "false";
        if (text.empty() && (name == "households" || name == "claim")) text = "0";
        // A place and a category are changed to others; a reason goes with the priority that it was for.
        if (text.empty()) continue;
        changes.emplace_back(std::string{name}, std::move(text));
    }
    return changes;
}

std::int64_t value_of(VisitMethod method) { return static_cast<std::int64_t>(method); }

bool at_the_door(CommandForm const& form) { return form.text("method") == name_of(VisitMethod::door_step); }

// RV-4.3: signed at the door; by phone nobody signs; who refuses to sign is visited by phone.
void draw_visit(Stage const& stage, FormFields& fields, CommandForm& form, std::string const& ticket) {
    fields.field("method", {.columns = 2,
                            .required = true,
                            .values = {value_of(VisitMethod::phone), value_of(VisitMethod::door_step),
                                       value_of(VisitMethod::on_site), value_of(VisitMethod::inspection)}});
    auto const door = at_the_door(form);
    fields.note(stage.say(door ? "ui.door-visit-note" : "ui.phone-visit-note"));
    if (!door)
        if (auto const* spoken = find_wording("script.return-visit"))
            for (auto const& part : worded_parts(stage, *spoken))
                fields.quote(std::string{title_of(*spoken, stage.ui.language)},
                             fill_script(part, script_values(stage, ticket), stage.ui.language));
    fields.field("satisfaction", {.columns = 2});
    fields.field("solved");
    fields.field("opinion");
    if (auto const* survey = find_wording("survey.return-visit"); survey && !worded(stage, *survey).empty()) {
        fields.note(stage.say("ui.survey-optional"));
        fields.survey("answers", *survey);
    }
    if (!door) return;
    fields.field("signature_refused");
    if (form.is_on("signature_refused")) {
        fields.note(stage.say("ui.not-signed-note"));
        return fields.check("unsigned_at_door", stage.say("ui.stays-door-visit"));
    }
    fields.field("signer_name", {.required = true});
    fields.field("signer_relation", {.required = true});
    fields.signature("signature");
}

// GEN-2.1: what became clear later; of a complaint also what makes it important (RV-3.1).
void draw_change(Stage const& stage, FormFields& fields) {
    if (!stage.models.ticket) return;
    auto const kind = stage.models.ticket->line.kind;
    fields.note(stage.say("ui.change-words"));
    fields.priority();
    fields.field("category", category_options(stage, kind));
    fields.field("unit");
    if (kind != TicketKind::complaint) return;
    for (auto const* name : {"safety", "public_attention", "households", "claim"}) fields.field(name);
}

void draw_fields(Stage const& stage, FormFields& fields, TicketActionState& state, ActionSpec const& spec) {
    fields.offer_scripts(script_values(stage, state.ticket));
    switch (state.action) {
        case TicketAction::visit: return draw_visit(stage, fields, state.form, state.ticket);
        case TicketAction::change: return draw_change(stage, fields);
        case TicketAction::void_record: fields.note(stage.say("ui.void-words")); break;
        case TicketAction::hold: fields.note(stage.say("ui.hold-words")); break;
        case TicketAction::merge: fields.note(stage.say("ui.merge-words")); break;
        case TicketAction::split: fields.note(stage.say("ui.split-words")); break;
        case TicketAction::raise: fields.note(stage.say("ui.raise-words")); break;
        default: break;
    }
    for (auto const name : spec.fields) {
        FieldOptions options;
        if (name == "department") options.find = find_departments(stage.models);
        if (name == "channel")
            options.values = {static_cast<std::int64_t>(Channel::phone), static_cast<std::int64_t>(Channel::visit),
                              static_cast<std::int64_t>(Channel::message)};
        if (name == "departments") options.find = find_departments(stage.models);
        if (name == "category") options = category_options(stage, state.form.chosen<TicketKind>("kind"));
        if (name == "merged_into") options.find = find_open_tickets(stage.models, state.ticket);
        if (name == "satisfaction" || name == "reason") options.columns = 2;
        if (name == "reason" || name == "task" || name == "note") options.lines = 3;
        if (state.action == TicketAction::ask && name == "satisfaction" && state.form.is_on("declined")) continue;
        fields.field(name, options);
    }
}

void send_visit(Stage const& stage, TicketActionState& state, std::function<void(Accepted const&)> accepted) {
    auto& form = state.form;
    auto const door = at_the_door(form);
    auto const refused = door && form.is_on("signature_refused");
    auto const by_phone = refused && !form.is_on("unsigned_at_door");
    std::vector<std::pair<std::string, std::string>> more{
        {"ticket", state.ticket},
        {"method", by_phone ? std::string{name_of(VisitMethod::phone)} : form.text("method")}};
    if (refused) more.emplace_back("signature_refused", "true");
    if (door && !refused)
        form.send(stage,
                  {"satisfaction", "solved", "opinion", "answers", "signer_name", "signer_relation", "signature"},
                  std::move(more), std::move(accepted));
    else form.send(stage, {"satisfaction", "solved", "opinion", "answers"}, std::move(more), std::move(accepted));
}

void send(Stage const& stage, TicketActionState& state, ActionSpec const& spec) {
    auto& form = state.form;
    std::string told = spec.told;
    if (state.action == TicketAction::visit && form.text("solved") == "false") told = "ui.visited-reopened";
    auto accepted = [&stage, &state, told](Accepted const& accepted) {
        auto const revealed = accepted.revealed;
        auto const ticket = state.ticket;
        state = {};
        if (told.empty()) {
            state.ticket = ticket;
            state.revealed = revealed;
            return;
        }
        tell_done(stage, stage.say(told), accepted);
    };
    switch (state.action) {
        case TicketAction::visit: return send_visit(stage, state, std::move(accepted));
        case TicketAction::report:
            return form.send(stage, spec.fields, {{"hand_over", format_id(state.record)}}, std::move(accepted));
        case TicketAction::void_record:
            return form.send(stage, spec.fields, {{"record", format_id(state.record)}}, std::move(accepted));
        case TicketAction::raise:
            return form.send(stage, spec.fields, {{"visit", format_id(state.record)}}, std::move(accepted));
        case TicketAction::tell:
        case TicketAction::reply:
            return form.send(stage, spec.fields, {{"opinion", format_id(state.record)}}, std::move(accepted));
        case TicketAction::ask:
            if (form.is_on("declined"))
                return form.send(stage, {"declined", "note"}, {{"ticket", state.ticket}}, std::move(accepted));
            return form.send(stage, {"satisfaction", "note"}, {{"ticket", state.ticket}}, std::move(accepted));
        case TicketAction::change: {
            auto changes = changes_in(form, spec.fields);
            changes.emplace_back("ticket", state.ticket);
            return form.send(stage, {}, std::move(changes), std::move(accepted));
        }
        case TicketAction::reveal:
            if (!stage.models.ticket) return;
            return form.send(stage, spec.fields, {{"owner", format_id(stage.models.ticket->owner)}},
                             std::move(accepted));
        default: return form.send(stage, spec.fields, {{"ticket", state.ticket}}, std::move(accepted));
    }
}

}  // namespace

void TicketActionState::begin(Stage const& stage, TicketAction wanted, std::string number, AnyId about) {
    auto const* spec = spec_of(wanted);
    action = wanted;
    ticket = std::move(number);
    record = about;
    revealed.clear();
    if (!spec) return;
    form.begin(stage, spec->command, about ? format_id(about) : ticket);
    auto const usual = [this](char const* field, std::string_view value) {
        if (form.text(field).empty()) form.set(field, std::string{value});
    };
    switch (action) {
        case TicketAction::contact:
            usual("channel", name_of(Channel::phone));
            usual("direction", name_of(Direction::to_customer));
            break;
        case TicketAction::own:
            // Whoever takes it up is mostly the one at the desk.
            if (auto const* person = stage.person(); person && form.picker("responsible").text.empty()) {
                form.picker("responsible").chosen = person->id;
                form.picker("responsible").text = person->name;
            }
            break;
        case TicketAction::change:
            // A draft would hold what the ticket was, beside what was changed.
            form.clear(stage);
            if (stage.models.ticket) begin_change(form, *stage.models.ticket, spec->fields);
            break;
        case TicketAction::part: usual("quantity", "1"); break;
        case TicketAction::raise: usual("kind", name_of(OpinionKind::opinion)); break;
        case TicketAction::visit:
            usual("method", name_of(VisitMethod::phone));
            usual("solved", "true");
            break;
        default: break;
    }
    // Whoever types goes on with what is still to be said; on a screen a keyboard would come up over it.
    if (stage.ui.metrics.touch) return;
    auto const next = std::find_if(spec->fields.begin(), spec->fields.end(),
                                   [this](std::string_view name) { return form.sent_text(name).empty(); });
    if (next != spec->fields.end()) stage.ui.focus_next(*next);
}

void draw_ticket_action(Stage const& stage, Rect place, TicketActionState& state) {
    auto const* spec = spec_of(state.action);
    if (!spec) return;
    PanelSpec const panel{stage.say(spec->title), spec->clause, stage.say(spec->button)};
    switch (draw_form_panel(stage, place, state.form, panel,
                            [&](FormFields& fields) { draw_fields(stage, fields, state, *spec); })) {
        case PanelEvent::send: send(stage, state, *spec); break;
        case PanelEvent::close: state = {}; break;
        default: break;
    }
}

}  // namespace guanjia
