// What can be done with a ticket, each as a short form at its side.

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr char const* satisfactions[] = {"very-satisfied", "satisfied", "fair", "dissatisfied"};
constexpr char const* relations[] = {"owner", "household-adult", "tenant"};
constexpr char const* contact_channels[] = {"phone", "visit", "message"};

struct Described {
    char const* title;
    char const* clause;  // or nothing
    char const* button;
};

Described describe(TicketAction action) {
    switch (action) {
        case TicketAction::contact: return {"ui.record-contact", "GEN-3.2", "ui.record"};
        case TicketAction::own: return {"ui.own", "GEN-3.3", "ui.record"};
        case TicketAction::hand_over: return {"ui.hand-over", "GEN-2.3", "ui.hand-over-now"};
        case TicketAction::report: return {"ui.report-result", "GEN-2.3", "ui.record"};
        case TicketAction::close: return {"ui.close-ticket", "GEN-2.2", "ui.close-now"};
        case TicketAction::visit: return {"ui.place-return-visits", "RV-4.3", "ui.finish-visit"};
        case TicketAction::reopen: return {"ui.reopen", "GEN-5.3", "ui.reopen-now"};
        case TicketAction::void_record: return {"ui.void-this", nullptr, "ui.void-now"};
        case TicketAction::reveal: return {"ui.reveal-phone", nullptr, "ui.reveal-now"};
        case TicketAction::validity: return {"ui.mark-validity", "RV-4.1", "ui.record"};
        case TicketAction::importance: return {"ui.mark-importance", "RV-3.1", "ui.record"};
        default: return {"ui.record", nullptr, "ui.record"};
    }
}

class ActionForm {
public:
    ActionForm(Stage const& stage, Scroll& scroll, TicketActionState& state)
        : stage_{stage}, ui_{stage.ui}, scroll_{scroll}, state_{state} {}

    void text(char const* key, char const* label, char const* hint, std::string& value, float lines,
              bool required = true) {
        auto const error = error_of(ui_, state_.form.refusal, key);
        auto const words = stage_.say(label);
        auto const hint_words = hint ? stage_.say(hint) : std::string{};
        FieldSpec const spec{
            .key = key, .label = words, .hint = hint_words, .error = error, .required = required, .lines = lines};
        text_field(ui_, scroll_.take(field_height(spec), 14), spec, value);
    }
    template <std::size_t Count>
    bool choose(char const* key, char const* label, char const* const (&names)[Count], char const* prefix, int& chosen,
                std::size_t columns = 0) {
        std::string words[Count];
        Option options[Count];
        for (std::size_t index = 0; index < Count; ++index) {
            words[index] = stage_.say(prefix + std::string{names[index]});
            options[index] = {words[index]};
        }
        auto const error = error_of(ui_, state_.form.refusal, key);
        auto const rows = columns == 0 ? 1 : (Count + columns - 1) / columns;
        return choice(ui_, scroll_.take(choice_height(error, rows), 14), key, stage_.say(label), options, chosen, error,
                      columns);
    }

    void draw();

private:
    void visit();

    Stage const& stage_;
    Ui& ui_;
    Scroll& scroll_;
    TicketActionState& state_;
};

void ActionForm::visit() {
    static constexpr char const* methods[] = {"phone", "door-step"};
    if (state_.first < 0) state_.first = 0;
    choose("method", "ui.visit-method", methods, "ui.method-", state_.first);
    auto const door = state_.first == 1 && !state_.refused;
    auto const note = stage_.say(state_.first == 0 ? "ui.phone-visit-note" : "ui.door-visit-note");
    scroll_.content.y -= 6;
    scroll_.take(
        ui_.body(scroll_.content.x, scroll_.content.y, scroll_.content.w, note, {size::text_small, ui_.theme().text_2}),
        12);
    choose("satisfaction", "ui.satisfaction", satisfactions, "satisfaction.", state_.second, 2);
    checkbox(ui_, scroll_.take(30, 12), "solved", stage_.say("ui.is-solved"), state_.solved);
    text("opinion", "ui.opinion", "ui.opinion-hint", state_.text, 3, false);
    if (state_.first != 1) return;
    checkbox(ui_, scroll_.take(30, 12), "refused", stage_.say("ui.signature-was-refused"), state_.refused);
    if (!door) return;
    text("signer_name", "ui.signer", "ui.signer-hint", state_.name, 1);
    choose("signer_relation", "ui.relation", relations, "relation.", state_.third);
    signature_pad(ui_, scroll_.take(field_label + 110, 14), state_.strokes);
}

void ActionForm::draw() {
    if (state_.form.refusal)
        scroll_.take(refusal_box(ui_, scroll_.content.x, scroll_.content.y, scroll_.content.w, *state_.form.refusal),
                     14);
    static constexpr char const* yes_no[] = {"yes", "no"};
    switch (state_.action) {
        case TicketAction::contact: {
            static constexpr char const* directions[] = {"to-customer", "from-customer"};
            if (state_.first < 0) state_.first = state_.second = 0;
            choose("channel", "ui.channel", contact_channels, "channel.", state_.first);
            choose("direction", "ui.direction", directions, "ui.direction-", state_.second);
            text("summary", "ui.summary", "ui.summary-hint", state_.text, 4);
            break;
        }
        case TicketAction::own: {
            if (!state_.picker.chosen && state_.picker.text.empty())
                if (auto const* person = stage_.person()) {
                    state_.picker.chosen = person->id;
                    state_.picker.text = person->name;
                }
            auto const error = error_of(ui_, state_.form.refusal, "responsible");
            auto const label = stage_.say("ui.responsible");
            FieldSpec const spec{
                .key = "responsible", .label = label, .error = error, .required = true, .icon = icon::person};
            picker(ui_, scroll_.take(field_height(spec), 14), spec, state_.picker, find_people(stage_.models));
            text("explanation", "ui.explanation", "ui.explanation-hint", state_.text, 3);
            text("remedy", "ui.remedy", "ui.remedy-hint", state_.detail, 3);
            break;
        }
        case TicketAction::report: text("result", "ui.result", "ui.result-hint", state_.text, 4); break;
        case TicketAction::hand_over: {
            auto const error = error_of(ui_, state_.form.refusal, "department");
            auto const label = stage_.say("ui.department");
            auto const hint = stage_.say("ui.department-hint");
            FieldSpec const spec{.key = "department", .label = label, .hint = hint, .error = error, .required = true};
            picker(ui_, scroll_.take(field_height(spec), 14), spec, state_.picker, find_departments(stage_.models));
            text("task", "ui.task", "ui.task-hint", state_.text, 3);
            text("due", "ui.department-due", "ui.department-due-hint", state_.detail, 1, false);
            break;
        }
        case TicketAction::close:
            text("cause", "ui.cause", "ui.cause-hint", state_.text, 4);
            text("solution", "ui.solution", "ui.solution-hint", state_.detail, 4);
            break;
        case TicketAction::visit: visit(); break;
        case TicketAction::validity:
            choose("valid", "ui.is-valid", yes_no, "ui.valid-", state_.first);
            text("reason", "ui.reason", "ui.reason-hint", state_.text, 3);
            break;
        case TicketAction::importance:
            choose("important", "ui.is-important", yes_no, "ui.important-", state_.first);
            text("reason", "ui.reason", "ui.reason-hint", state_.text, 3);
            break;
        case TicketAction::void_record:
            scroll_.take(ui_.body(scroll_.content.x, scroll_.content.y, scroll_.content.w, stage_.say("ui.void-words"),
                                  {size::text_small, ui_.theme().text_2}),
                         12);
            text("reason", "ui.reason", "ui.reason-hint", state_.text, 3);
            break;
        default: text("reason", "ui.reason", "ui.reason-hint", state_.text, 3);
    }
}

void submit(Stage const& stage, TicketActionState& state) {
    auto const one_of = [](auto const& names, int index) {
        return index < 0 ? std::string{} : std::string{names[static_cast<std::size_t>(index)]};
    };
    Fields fields{{"ticket", state.ticket}};
    std::string command;
    auto told = "ui.recorded";
    switch (state.action) {
        case TicketAction::contact:
            command = "record_contact";
            fields.insert(fields.end(), {{"channel", one_of(contact_channels, state.first)},
                                         {"direction", state.second == 0 ? "to-customer" : "from-customer"},
                                         {"summary", state.text}});
            break;
        case TicketAction::own:
            command = "own_complaint";
            fields.insert(fields.end(),
                          {{"responsible", state.picker.chosen ? format_id(state.picker.chosen) : std::string{}},
                           {"explanation", state.text},
                           {"remedy", state.detail}});
            break;
        case TicketAction::report:
            command = "report_hand_over";
            fields = {{"hand_over", format_id(state.record)}, {"result", state.text}};
            break;
        case TicketAction::hand_over:
            command = "hand_over";
            fields.insert(fields.end(),
                          {{"department", state.picker.text}, {"task", state.text}, {"due", state.detail}});
            break;
        case TicketAction::close:
            command = "close_ticket";
            told = "ui.closed";
            fields.insert(fields.end(), {{"cause", state.text}, {"solution", state.detail}});
            break;
        case TicketAction::visit: {
            command = "record_return_visit";
            told = state.solved ? "ui.visited" : "ui.visited-reopened";
            auto const phone = state.first == 0 || state.refused;
            fields.insert(fields.end(), {{"method", phone ? "phone" : "door-step"},
                                         {"satisfaction", one_of(satisfactions, state.second)},
                                         {"solved", state.solved ? "true" : "false"},
                                         {"opinion", state.text}});
            if (state.first == 1 && state.refused) fields.emplace_back("signature_refused", "true");
            if (!phone)
                fields.insert(fields.end(), {{"signer_name", state.name},
                                             {"signer_relation", one_of(relations, state.third)},
                                             {"signature", state.strokes}});
            break;
        }
        case TicketAction::reopen:
            command = "reopen_ticket";
            fields.emplace_back("reason", state.text);
            break;
        case TicketAction::validity:
            command = "mark_validity";
            fields.insert(fields.end(), {{"valid", state.first < 0    ? ""
                                                   : state.first == 0 ? "true"
                                                                      : "false"},
                                         {"reason", state.text}});
            break;
        case TicketAction::importance:
            command = "mark_importance";
            fields.insert(fields.end(), {{"important", state.first < 0    ? ""
                                                       : state.first == 0 ? "true"
                                                                          : "false"},
                                         {"reason", state.text}});
            break;
        case TicketAction::void_record:
            command = "void_record";
            told = "ui.voided";
            fields = {{"record", format_id(state.record)}, {"reason", state.text}};
            break;
        case TicketAction::reveal:
            if (!stage.models.ticket) return;
            stage.mailbox.reveal(stage.models.ticket->owner, state.text, [&state](Result<std::string> const& phone) {
                state.form.refusal.reset();
                if (!phone) {
                    state.form.refusal = phone.error();
                    return;
                }
                state.action = TicketAction::none;
                state.revealed = *phone;
            });
            return;
        default: return;
    }
    send(stage, state.form, std::move(command), std::move(fields), [&stage, &state, told](Accepted const&) {
        stage.shell.tell(stage.ui, stage.say(told));
        state = {};
    });
}

}  // namespace

void draw_ticket_action(Stage const& stage, Rect place, TicketActionState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const described = describe(state.action);
    auto const title = stage.say(described.title);
    ui.fill(place, theme.surface);
    ui.vertical_line(place.x, place.y, place.h);
    ui.semantics.open(NodeRole::form, title, "action");
    Scope const scope{title};
    auto inside = place.inset(18, 14);
    auto head = inside.take_top(36, 6);
    auto const close =
        icon_button(ui, head.take_right(32, 8).inset(0, 2), icon::close, stage.say("ui.close-panel"), "close");
    TextStyle const style{size::text_body + 1, 0, true};
    auto const used = ui.width_of(title, style);
    ui.heading({head.x, head.y, std::min(used + 4, head.w), head.h}, title, 2, style);
    if (described.clause) clause_mark(ui, head.x + used + 12, head.centre_y(), described.clause);

    auto footer = inside.take_bottom(40, 12);
    {
        Scroll scroll{ui, "action", {inside.x - 4, inside.y, inside.w + 8, inside.h}, Scroll::Bar::beside};
        scroll.content.x += 4;
        scroll.content.w -= 8;
        scroll.take(4);
        ActionForm form{stage, scroll, state};
        form.draw();
    }
    auto const words = stage.say(described.button);
    auto const pressed = button(
        ui, footer,
        {.label = words, .icon = icon::check, .kind = ButtonKind::primary, .off = state.form.sent, .key = "submit"});
    auto const send_it = ui.shortcut("Control+Enter") || pressed;
    if (send_it) submit(stage, state);
    if (close || (ui.shortcut("Escape") && !send_it)) state = {};
    ui.semantics.close();
}

}  // namespace guanjia
