#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr TicketKind kinds[] = {TicketKind::enquiry, TicketKind::repair, TicketKind::complaint};
constexpr Priority priorities[] = {Priority::urgent, Priority::normal, Priority::low};
constexpr Channel channels[] = {Channel::visit, Channel::phone, Channel::message, Channel::patrol};

template <class Enum>
std::string chosen_name(std::span<Enum const> values, int index) {
    if (index < 0 || static_cast<std::size_t>(index) >= values.size()) return {};
    return std::string{name_of(values[static_cast<std::size_t>(index)])};
}

// Who is asking: somebody of the register, or a name that stands alone.
std::vector<std::pair<std::string, std::string>> customer_fields(ReceptionState const& state) {
    std::vector<std::pair<std::string, std::string>> fields;
    if (state.unit.chosen) fields.emplace_back("unit", format_id(state.unit.chosen));
    if (state.owner.chosen) fields.emplace_back("owner", format_id(state.owner.chosen));
    else fields.emplace_back("caller_name", state.owner.text);
    fields.emplace_back("caller_phone", state.phone);
    return fields;
}

void register_ticket(Stage const& stage, ReceptionState& state) {
    auto fields = customer_fields(state);
    fields.emplace_back("kind", chosen_name<TicketKind>(kinds, state.kind));
    fields.emplace_back("priority", chosen_name<Priority>(priorities, state.priority));
    fields.emplace_back("words", state.words);
    fields.emplace_back("wish", state.wish);
    fields.emplace_back("category", state.category);
    if (state.safety) fields.emplace_back("safety", "true");
    if (state.reception) fields.emplace_back("reception", format_id(state.reception));
    send(stage, state.form, "register_ticket", std::move(fields), [&stage, &state](Accepted const& accepted) {
        auto const number = accepted.added.empty() ? std::string{} : accepted.added.front().number;
        stage.shell.tell(stage.ui, stage.say("ui.registered", {{"number", number}}));
        state.clear();
        stage.shell.go(Place::tickets, number);
    });
}

void submit(Stage const& stage, ReceptionState& state) {
    // A unit that was typed and not chosen is taken when the register has it.
    for (auto const& unit : stage.models.registry.units)
        if (!state.unit.chosen && unit.code == state.unit.text) state.unit.chosen = unit.id;
    if (!state.unit.chosen && !state.unit.text.empty()) {
        state.form.refusal = Refusal{std::nullopt, "record.unknown", {"unit"}, {{"text", state.unit.text}}};
        return;
    }
    auto fields = customer_fields(state);
    fields.emplace_back("channel", chosen_name<Channel>(channels, state.channel));
    fields.emplace_back("need", state.words);
    auto const only_need = state.kind < 0;
    if (!only_need && !state.unit.chosen && !state.owner.chosen && state.owner.text.empty()) {
        // Said before anything is recorded, so that one press records both or neither.
        state.form.refusal = Refusal{std::nullopt, "ticket.customer-missing", {"unit", "caller_name"}, {}};
        return;
    }
    // Recorded already, when only the ticket was refused.
    if (state.reception) return register_ticket(stage, state);
    send(stage, state.form, "record_reception", std::move(fields),
         [&stage, &state, only_need](Accepted const& accepted) {
             auto const& added = accepted.added.front();
             if (!only_need) {
                 state.reception = added.id;
                 return register_ticket(stage, state);
             }
             stage.shell.tell(stage.ui, stage.say("ui.registered", {{"number", added.number}}));
             state.clear();
         });
}

void draw_form(Stage const& stage, Rect place, ReceptionState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    card(ui, place);
    ui.semantics.open(NodeRole::form, stage.say("ui.new-reception"), "reception");
    auto footer = place.take_bottom(64);
    ui.horizontal_line(footer.x + 1, footer.y, footer.w - 2);
    auto inside = place.inset(20, 0);
    {
        Scroll scroll{ui, "form", {inside.x - 4, inside.y + 1, inside.w + 8, inside.h - 1}, Scroll::Bar::beside};
        scroll.content.x += 4;
        scroll.content.w -= 8;
        scroll.take(18);
        if (state.form.refusal) {
            scroll.take(refusal_box(ui, scroll.content.x, scroll.content.y, scroll.content.w, *state.form.refusal), 14);
        }
        auto const gap = 14.0F;
        std::string const by_words[] = {stage.say("channel.visit"), stage.say("channel.phone"),
                                        stage.say("channel.message"), stage.say("channel.patrol")};
        Option const by_options[] = {{by_words[0], icon::visit},
                                     {by_words[1], icon::phone},
                                     {by_words[2], icon::message},
                                     {by_words[3], icon::eye}};
        choice(ui, scroll.take(choice_height(), gap), "channel", stage.say("ui.channel"), by_options, state.channel);

        auto row = scroll.take(field_height({}), gap);
        auto const half = (row.w - 16) / 2;
        auto const unit_error = error_of(ui, state.form.refusal, "unit");
        if (picker(
                ui, row.take_left(half, 16),
                {.key = "unit", .label = stage.say("ui.unit"), .hint = stage.say("ui.unit-hint"), .icon = icon::unit},
                state.unit, find_units(stage.models)) &&
            state.unit.chosen && !state.owner.chosen && state.owner.text.empty()) {
            // Whoever lives there alone is probably the caller.
            auto const here = find_owners(stage.models, state.unit.chosen)("", 2);
            if (here.size() == 1) {
                state.owner.chosen = here.front().id;
                state.owner.text = here.front().label;
            }
        }
        picker(ui, row,
               {.key = "owner",
                .label = stage.say("ui.caller"),
                .hint = stage.say("ui.caller-hint"),
                .icon = icon::person},
               state.owner, find_owners(stage.models, state.unit.chosen));

        FieldSpec words{.key = "words",
                        .label = stage.say("ui.words"),
                        .hint = stage.say("ui.words-hint"),
                        .required = true,
                        .lines = 4};
        auto const words_error = error_of(ui, state.form.refusal, "words");
        auto const need_error = error_of(ui, state.form.refusal, "need");
        words.error = words_error.empty() ? need_error : words_error;
        text_field(ui, scroll.take(field_height(words), gap), words, state.words);

        std::string const kind_words[] = {stage.say("ticket-kind.enquiry"), stage.say("ticket-kind.repair"),
                                          stage.say("ticket-kind.complaint"), stage.say("ui.only-need")};
        Option const kind_options[] = {{kind_words[0], icon::message},
                                       {kind_words[1], icon::tickets},
                                       {kind_words[2], icon::important},
                                       {kind_words[3], icon::check}};
        auto const kind_error = error_of(ui, state.form.refusal, "kind");
        auto kind = state.kind < 0 ? 3 : state.kind;
        if (choice(ui, scroll.take(choice_height(kind_error), gap), "kind", stage.say("ui.kind"), kind_options, kind,
                   kind_error))
            state.kind = kind == 3 ? -1 : kind;
        if (state.kind >= 0) {
            std::string const priority_words[] = {stage.say("priority.urgent"), stage.say("priority.normal"),
                                                  stage.say("priority.low")};
            Option const priority_options[] = {
                {priority_words[0], icon::warning}, {priority_words[1]}, {priority_words[2]}};
            choice(ui, scroll.take(choice_height(), gap), "priority", stage.say("ui.priority"), priority_options,
                   state.priority);
            row = scroll.take(field_height({}), gap);
            text_field(ui, row.take_left(half, 16),
                       {.key = "category", .label = stage.say("ui.category"), .hint = stage.say("ui.category-hint")},
                       state.category);
            text_field(ui, row, {.key = "wish", .label = stage.say("ui.wish"), .hint = stage.say("ui.wish-hint")},
                       state.wish);
            if (!state.owner.chosen)
                text_field(ui, scroll.take(field_height({}), gap),
                           {.key = "phone", .label = stage.say("ui.phone"), .hint = stage.say("ui.phone-hint")},
                           state.phone);
            if (state.kind == 2) checkbox(ui, scroll.take(32, gap), "safety", stage.say("ui.safety"), state.safety);
        } else if (!state.owner.chosen) {
            text_field(ui, scroll.take(field_height({}), gap),
                       {.key = "phone", .label = stage.say("ui.phone"), .hint = stage.say("ui.phone-hint")},
                       state.phone);
        }
        scroll.take(4);
    }
    auto row = footer.inset(20, 14);
    if (button_right(ui, row,
                     {.label = stage.say("ui.register"),
                      .icon = icon::check,
                      .kind = ButtonKind::primary,
                      .off = state.form.sent}) ||
        ui.shortcut("Control+Enter"))
        submit(stage, state);
    if (button_right(ui, row, {.label = stage.say("ui.clear")})) state.clear();
    ui.line(row, stage.say("ui.register-words"), {size::text_small, theme.text_2});
    ui.semantics.close();
}

void draw_list(Stage const& stage, Rect place) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    card(ui, place);
    auto head = place.take_top(48).inset(16, 0);
    auto const title = stage.say("ui.latest-receptions");
    ui.heading(head, title, 2, {size::text_body + 1, 0, true});
    ui.horizontal_line(place.x + 1, place.y - 1, place.w - 2);
    if (stage.models.receptions.empty())
        return empty_state(ui, place, icon::reception, stage.say("ui.no-receptions"),
                           stage.say("ui.no-receptions-advice"));
    {
        Scroll scroll{ui, "receptions", place.inset(1, 1), {.role = NodeRole::list, .name = title}};
        for (auto const& line : stage.models.receptions) {
            auto const part = scroll.take(64);
            if (!scroll.sees(part)) continue;
            auto const who = join_dots({line.unit, line.customer});
            ui.semantics.open(NodeRole::listitem, {}, format_id(line.id));
            auto inside = part.inset(16, 8);
            auto disc = inside.take_left(32, 12);
            disc = {disc.x, part.y + 12, 32, 32};
            ui.fill(disc, theme.surface_2, 16);
            auto const glyph = line.channel == Channel::phone     ? icon::phone
                               : line.channel == Channel::message ? icon::message
                               : line.channel == Channel::patrol  ? icon::eye
                                                                  : icon::visit;
            ui.icon(disc, glyph, 16, theme.text_2);
            ui.label(inside.take_top(24), line.need);
            ui.label(inside.take_top(20),
                     join_dots({when(ui, line.at), who, stage.models.registry.name_of(line.received_by)}),
                     {size::text_small, theme.text_2});
            ui.fill({part.x, part.bottom() - 1, part.w, 1}, theme.line);
            ui.semantics.close();
        }
    }
}

}  // namespace

void draw_reception(Stage const& stage, Rect place, ReceptionState& state) {
    auto& ui = stage.ui;
    if (has_clause_column(ui))
        draw_clauses(stage, place.take_right(size::clauses), {"GEN-1.1", "GEN-2.1", "GEN-3.1", "GEN-2.2"});
    auto inside = place.inset(24, 20);
    page_head(stage, inside, stage.say("ui.place-reception"), stage.say("ui.reception-words"));
    auto const wide = inside.w > 860;
    if (wide) {
        draw_form(stage, inside.take_left(inside.w * 0.56F, 16), state);
        draw_list(stage, inside);
    } else {
        draw_form(stage, inside, state);
    }
}

}  // namespace guanjia
