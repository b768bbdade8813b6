#include <utility>

#include "core/service/forms.h"
#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

std::int64_t value_of(Channel channel) { return static_cast<std::int64_t>(channel); }

bool only_need(ReceptionState const& state) { return state.kind == TicketKind::none; }

// GEN-1.3: a call from which no ticket follows.
bool by_phone_alone(ReceptionState const& state) {
    return only_need(state) && state.form.text("channel") == name_of(Channel::phone);
}

void done(Stage const& stage, ReceptionState& state, Accepted const& accepted, std::string const& number) {
    tell_done(stage, stage.say("ui.registered", {{"number", number}}), accepted);
    auto const go_on = !only_need(state);
    state.form.clear(stage);
    state.answer.clear(stage);
    state = {};
    if (go_on) stage.shell.go(Place::tickets, number);
}

void register_ticket(Stage const& stage, ReceptionState& state, AnyId reception) {
    auto& form = state.form;
    std::vector<std::pair<std::string, std::string>> more{{"kind", std::string{name_of(state.kind)}},
                                                          {"reception", format_id(reception)}};
    if (!form.picker("owner").chosen) more.emplace_back("caller_name", form.picker("owner").text);
    auto const accepted = [&stage, &state](Accepted const& accepted) {
        done(stage, state, accepted, accepted.added.empty() ? std::string{} : accepted.added.front().number);
    };
    // Who is not in the register is named by the words typed.
    auto const* caller = form.picker("owner").chosen ? "owner" : "caller_phone";
    form.send(
        stage,
        {"priority", "impact", "urgency", "priority_reason", "words", "wish", "category", "unit", caller, "safety"},
        std::move(more), accepted);
}

// The reception, and then the ticket that follows from it. What the ticket lacks is said before anything is recorded,
// so that one press records both or neither.
void submit(Stage const& stage, ReceptionState& state) {
    auto& form = state.form;
    auto& unit = form.picker("unit");
    auto& owner = form.picker("owner");
    // A unit that was typed and not chosen is taken when the register has it.
    for (auto const& line : stage.models.registry.units)
        if (!unit.chosen && line.code == unit.text) unit.chosen = line.id;
    form.refusal.reset();
    if (!unit.chosen && !unit.text.empty())
        form.refusal = Refusal{std::nullopt, "record.unknown", {"unit"}, {{"text", unit.text}}};
    else if (!only_need(state) && !unit.chosen && !owner.chosen && owner.text.empty())
        form.refusal = Refusal{std::nullopt, "ticket.customer-missing", {"unit", "owner"}, {}};
    if (form.refusal) return;
    // Recorded already, when only the ticket was refused.
    if (state.reception) return register_ticket(stage, state, state.reception);

    std::vector<std::pair<std::string, std::string>> fields{{"channel", form.text("channel")},
                                                            {"need", form.text("words")}};
    if (unit.chosen) fields.emplace_back("unit", format_id(unit.chosen));
    if (owner.chosen) fields.emplace_back("owner", format_id(owner.chosen));
    else {
        fields.emplace_back("caller_name", owner.text);
        fields.emplace_back("caller_phone", form.text("caller_phone"));
    }
    if (by_phone_alone(state)) {
        auto const settled = !state.answer.text("answer").empty();
        auto const* name = settled ? "answer" : "promised_at";
        fields.emplace_back(name, state.answer.sent_text(name));
    }
    if (state.explained && !only_need(state)) fields.emplace_back("explained", std::string{name_of(state.kind)});
    std::erase_if(fields, [](auto const& field) { return field.second.empty(); });
    form.sent = true;
    stage.mailbox.submit({"record_reception", {}, {}, std::move(fields)},
                         [&stage, &state](Result<Accepted> const& result) {
                             state.form.sent = false;
                             if (!result) {
                                 state.form.refusal = result.error();
                                 return;
                             }
                             auto const& added = result->added.front();
                             if (only_need(state)) return done(stage, state, *result, added.number);
                             state.reception = added.id;
                             register_ticket(stage, state, added.id);
                         });
}

// Whoever lives there alone is probably the caller.
void guess_caller(Stage const& stage, CommandForm& form) {
    auto& owner = form.picker("owner");
    if (!form.picker("unit").chosen || owner.chosen || !owner.text.empty()) return;
    auto const here = find_owners(stage.models, form.picker("unit").chosen)("", 2);
    if (here.size() != 1) return;
    owner.chosen = here.front().id;
    owner.text = here.front().label;
}

void draw_kind(Stage const& stage, Scroll& scroll, ReceptionState& state) {
    static constexpr TicketKind kinds[] = {TicketKind::none,      TicketKind::enquiry,    TicketKind::repair,
                                           TicketKind::complaint, TicketKind::suggestion, TicketKind::praise,
                                           TicketKind::other};
    static constexpr char const* icons[] = {icon::check,     icon::message, icon::tickets, icon::important,
                                            icon::clipboard, icon::star,    icon::more};
    std::vector<Option> options;
    auto chosen = 0;
    for (std::size_t index = 0; index < std::size(kinds); ++index) {
        options.push_back(
            {kinds[index] == TicketKind::none
                 ? stage.say("ui.only-need")
                 : sentence_case(choice_words(stage.ui, ticket_kind_choices, static_cast<std::int64_t>(kinds[index]))),
             icons[index]});
        if (kinds[index] == state.kind) chosen = static_cast<int>(index);
    }
    ChoiceSpec const spec{.key = "kind",
                          .label = stage.say("field.kind"),
                          .error = error_of(stage.ui, state.form.refusal, "kind"),
                          .columns = scroll.content.w < 420 ? std::size_t{2} : 4};
    if (choice(stage.ui, scroll.take(choice_height(stage.ui, spec, options.size()), 14), spec, options, chosen))
        state.kind = kinds[chosen];
}

ScriptValues caller_values(Stage const& stage, std::string customer, std::string unit) {
    auto values = script_values(stage);
    values.emplace_back("customer", std::move(customer));
    values.emplace_back("unit", std::move(unit));
    return values;
}

// GEN-2.2: who comes again about the same matter goes on with its ticket.
void draw_open_here(Stage const& stage, Scroll& scroll, ReceptionState& state) {
    static constexpr int most = 3;
    auto& ui = stage.ui;
    auto const& unit = state.form.picker("unit");
    if (!unit.chosen || !stage.models.today) return;
    auto shown = 0;
    for (auto const& line : stage.models.today->duties) {
        if (!stands_for_open_ticket(line) || line.unit != unit.text) continue;
        if (shown == 0) ui.label(scroll.take(22, 4), stage.say("ui.open-here"), {size::text_small, ui.theme().warn});
        if (++shown > most) break;
        auto row = scroll.take(ui.metrics.control, 6);
        Scope const scope{duty_id(line.duty)};
        if (button_left(ui, row, {.label = join_dots({line.words, line.number}), .icon = icon::tickets}))
            stage.go_to_ticket(line.duty.subject, line.number);
    }
    if (shown > 0)
        scroll.take(ui.body(scroll.content.x, scroll.content.y, scroll.content.w, stage.say("ui.open-here-advice"),
                            {size::text_small, ui.theme().text_2}),
                    12);
}

// GEN-1.2: what happens next, to be explained, ticked off and handed out on paper.
void draw_steps(Stage const& stage, Scroll& scroll, ReceptionState& state) {
    auto& ui = stage.ui;
    auto const* steps = step_card_of(state.kind);
    if (!steps) return;
    std::string words;
    std::size_t number = 0;
    for (auto const& step : worded_parts(stage, *steps)) {
        words += number == 0 ? "" : "\n";
        words += std::to_string(++number) + ". " + step;
    }
    auto head = scroll.take(ui.metrics.control, 2);
    if (icon_button(ui, head.take_right(ui.metrics.control), icon::print, stage.say("ui.print-steps"), "steps"))
        stage.mailbox.print("step-card", std::string{name_of(state.kind)},
                            [&state](Refusal const& refusal) { state.form.refusal = refusal; });
    ui.label(head, stage.say("ui.steps"), {size::text_small, ui.theme().text_2});
    scroll.take(
        ui.body(scroll.content.x, scroll.content.y, scroll.content.w, words, {size::text_body, ui.theme().text_2}), 6);
    checkbox(ui, scroll.take(ui.metrics.control, 12), "explained", stage.say("ui.steps-explained"), state.explained);
}

void draw_fields(Stage const& stage, Scroll& scroll, ReceptionState& state) {
    auto& form = state.form;
    FormFields fields{stage, scroll, form};
    fields.head();
    auto const words = [&](Channel channel) {
        return sentence_case(choice_words(stage.ui, channel_choices, value_of(channel)));
    };
    Option const channels[] = {{words(Channel::visit), icon::visit},
                               {words(Channel::phone), icon::phone},
                               {words(Channel::message), icon::message},
                               {words(Channel::patrol), icon::eye}};
    ChoiceSpec const spec{
        .key = "channel", .label = stage.say("field.channel"), .columns = scroll.content.w < 420 ? std::size_t{2} : 4};
    auto chosen = 1;
    for (auto const& known : channel_choices)
        if (known.name == form.text("channel")) chosen = static_cast<int>(known.value) - 1;
    choice(stage.ui, scroll.take(choice_height(stage.ui, spec, 4), 14), spec, channels, chosen);
    form.set("channel", std::string{choice_name(channel_choices, chosen + 1)});

    auto const unit = form.picker("unit").chosen;
    fields.pair("unit", {}, "owner", {.label = "field.caller_name", .find = find_owners(stage.models, unit)});
    // Chosen with the pointer, it is known from the next frame on.
    if (std::exchange(state.guessed_for, form.picker("unit").chosen) != form.picker("unit").chosen)
        guess_caller(stage, form);
    draw_open_here(stage, scroll, state);
    fields.field("words", {.lines = 4, .required = true});
    draw_kind(stage, scroll, state);
    if (by_phone_alone(state)) {
        FormFields answer{stage, scroll, state.answer};
        answer.offer_scripts(caller_values(stage, form.picker("owner").text, form.picker("unit").text));
        answer.field("answer", {.lines = 2});
        if (state.answer.text("answer").empty()) answer.field("promised_at");
    }
    if (!only_need(state)) {
        draw_steps(stage, scroll, state);
        fields.priority();
        fields.pair("category", {.find = find_categories(stage.ui, stage.models, state.kind), .goes_on = true}, "wish",
                    {.lines = 1});
    }
    if (!form.picker("owner").chosen) fields.field("caller_phone");
    if (state.kind == TicketKind::complaint) fields.field("safety");
    scroll.take(4);
}

void draw_entry(Stage const& stage, Rect place, ReceptionState& state) {
    auto& ui = stage.ui;
    auto& form = state.form;
    if (!form.is("register_ticket")) {
        form.begin(stage, "register_ticket");
        state.answer.begin(stage, "record_reception");
        if (form.text("priority").empty()) form.set("priority", std::string{name_of(Priority::normal)});
        if (form.text("channel").empty()) form.set("channel", std::string{name_of(Channel::phone)});
    }
    card(ui, place);
    Region const region{ui.semantics, NodeRole::form, stage.say("ui.new-reception"), "reception", place};
    auto footer = place.take_bottom(ui.metrics.control + 28);
    ui.horizontal_line(footer.x + 1, footer.y, footer.w - 2);
    {
        auto const inside = place.inset(20, 0);
        Scroll scroll{ui, "form", {inside.x - 4, inside.y + 1, inside.w + 8, inside.h - 1}, Scroll::Bar::beside};
        scroll.content.x += 4;
        scroll.content.w -= 8;
        scroll.take(18);
        draw_fields(stage, scroll, state);
    }
    form.keep(stage);
    state.answer.keep(stage);
    auto row = footer.inset(20, 14);
    auto const pressed = button_right(
        ui, row,
        {.label = stage.say("ui.register"), .icon = icon::check, .kind = ButtonKind::primary, .off = form.sent});
    if ((ui.shortcut("Control+Enter", stage.say("ui.shortcut-send")) || pressed) && !form.sent) submit(stage, state);
    if (button_right(ui, row, {.label = stage.say("ui.clear")})) {
        form.clear(stage);
        state.answer.clear(stage);
        state = {};
    }
    TextStyle const faint{size::text_small, ui.theme().text_2};
    auto const hint = stage.say("ui.register-words");
    if (!ui.metrics.touch && ui.width_of(hint, faint) <= row.w) ui.line(row, hint, faint);
}

// GEN-1.3: what was said when the promise was kept, or that nobody was reached.
void draw_call(Stage const& stage, Rect place, ReceptionState& state) {
    PanelSpec const panel{stage.say("ui.call-back-about", {{"number", state.called}}), "GEN-1.3",
                          stage.say("ui.record")};
    auto& form = state.call;
    switch (draw_form_panel(stage, place, form, panel, [&](FormFields& fields) {
        ScriptValues values = script_values(stage);
        for (auto const& line : stage.models.receptions)
            if (line.number == state.called) values = caller_values(stage, line.customer, line.unit);
        fields.offer_scripts(std::move(values));
        fields.field("reached");
        fields.field("words", {.lines = 4, .required = true});
    })) {
        case PanelEvent::send:
            return form.send(stage, {"reached", "words"}, {{"reception", form.about()}},
                             [&stage, &state](Accepted const& accepted) {
                                 tell_done(stage, stage.say("ui.recorded"), accepted);
                                 state.call.clear(stage);
                                 state.called.clear();
                             });
        case PanelEvent::close: state.called.clear(); return;
        default: return;
    }
}

void draw_list(Stage const& stage, Rect place, ReceptionState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    card(ui, place);
    auto const title = stage.say("ui.latest-receptions");
    ui.heading(place.take_top(48).inset(16, 0), title, 2, {size::text_body + 1, 0, true});
    ui.horizontal_line(place.x + 1, place.y - 1, place.w - 2);
    if (stage.models.receptions.empty())
        return empty_state(ui, place, icon::reception, stage.say("ui.no-receptions"),
                           stage.say("ui.no-receptions-advice"));
    Scroll scroll{ui, "receptions", place.inset(1, 1), {.role = NodeRole::list, .name = title}};
    for (auto const& line : stage.models.receptions) {
        auto const part = scroll.take(64);
        if (!scroll.sees(part)) continue;
        Region const item{ui.semantics, NodeRole::listitem, {}, format_id(line.id), part};
        auto inside = part.inset(16, 8);
        auto const promised = has_time(line.promised_at) && !has_time(line.called_at);
        if (promised) {
            auto const label = stage.say("ui.call-back");
            auto const width = button_width(ui, {.label = label});
            auto const act = inside.take_right(width, 12);
            Scope const scope{line.number};
            if (button(ui, {act.x, part.centre_y() - 16, width, 32},
                       {.label = label, .name = label + " " + line.number, .key = "call"}))
                state.begin_call(stage, line.id, line.number);
        }
        auto disc = inside.take_left(32, 12);
        disc = {disc.x, part.y + 12, 32, 32};
        ui.fill(disc, theme.surface_2, 16);
        ui.icon(disc, choice_icon(channel_choices, value_of(line.channel)), 16, theme.text_2);
        ui.label(inside.take_top(24), line.need);
        ui.label(inside.take_top(20),
                 join_dots({promised ? stage.say("ui.call-back-by", {{"time", when(ui, line.promised_at)}})
                                     : sentence_case(when(ui, line.at)),
                            line.unit, line.customer, stage.models.registry.name_of(line.received_by)}),
                 {size::text_small,
                  promised ? colour_of(theme,
                                       due_words(ui, line.promised_at).tone == Tone::danger ? Tone::danger : Tone::warn)
                           : theme.text_2});
        ui.fill({part.x, part.bottom() - 1, part.w, 1}, theme.line);
    }
}

}  // namespace

void ReceptionState::begin_call(Stage const& stage, AnyId about, std::string number) {
    called = std::move(number);
    call.begin(stage, "call_back", format_id(about));
    if (call.text("reached").empty()) call.set("reached", "true");
}

void draw_reception(Stage const& stage, Rect place, ReceptionState& state) {
    auto& ui = stage.ui;
    auto const calling = !state.called.empty();
    if (calling) {
        auto const beside = place.w > 700;
        draw_call(stage, beside ? place.take_right(size::clauses + 20) : place, state);
        if (!beside) return;
    } else if (has_clause_column(ui))
        draw_clauses(stage, place.take_right(size::clauses), {"GEN-1.1", "GEN-1.3", "GEN-2.1", "GEN-3.1"});
    auto inside = page_inset(ui, place);
    page_head(stage, inside, stage.say("ui.place-reception"), stage.say("ui.reception-words"));
    if (inside.w > 860) {
        draw_entry(stage, inside.take_left(inside.w * 0.56F, 16), state);
        draw_list(stage, inside, state);
    } else {
        draw_entry(stage, inside, state);
    }
}

}  // namespace guanjia
