#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr char const* complaint_form_name = "complaint-record";
constexpr char const* visit_form_name = "return-visit-record";
constexpr char const* repair_form_name = "repair-order";

struct Words {
    std::string text;
    char const* icon;
};

// What happened, in the words of the desk.
Words words_of(Stage const& stage, TimelineLine const& line) {
    auto const with = [&](char const* key) { return stage.say(key, {{"text", line.text}, {"detail", line.detail}}); };
    if (line.step == "contact") return {line.text, icon::message};
    if (line.step == "ownership") return {with("ui.step-ownership"), icon::responsible};
    if (line.step == "hand-over") return {with("ui.step-hand-over"), icon::hand_over};
    if (line.step == "hand-over-acknowledgement") return {with("ui.step-acknowledged"), icon::check};
    if (line.step == "hand-over-result") return {with("ui.step-result"), icon::tickets};
    if (line.step == "closing")
        return {with(line.text.empty() ? "ui.step-closing-no-cause" : "ui.step-closing"), icon::saved};
    if (line.step == "override") {
        auto const end = std::min(line.detail.find(' '), line.detail.size());
        return {stage.say("ui.step-override", {{"clause", line.detail.substr(0, end)},
                                               {"text", line.text},
                                               {"person", line.detail.substr(std::min(end + 1, line.detail.size()))}}),
                icon::shield};
    }
    if (line.step == "reopening") return {with("ui.step-reopening"), icon::reopen};
    if (line.step == "validity-mark")
        return {with(line.detail == "valid" ? "ui.step-valid" : "ui.step-not-valid"), icon::shield};
    if (line.step == "importance-mark")
        return {with(line.detail == "important" ? "ui.step-important" : "ui.step-not-important"), icon::important};
    if (line.step == "return-visit") return {with("ui.step-visit"), icon::return_visits};
    if (line.step == "waiting")
        return {
            stage.say("ui.step-waiting", {{"text", line.text}, {"detail", stage.say("waiting-reason." + line.detail)}}),
            icon::clock};
    if (line.step == "resumption") return {with("ui.step-resumed"), icon::reopen};
    if (line.step == "merge") return {with("ui.step-merge"), icon::hand_over};
    if (line.step == "split") return {with("ui.step-split"), icon::tickets};
    if (line.step == "appointment")
        return {stage.say("ui.step-appointment",
                          {{"text", line.text}, {"detail", when(stage.ui, parse_time(line.detail).value_or(no_time))}}),
                icon::calendar};
    if (line.step == "repair-visit") return {with("ui.step-trip"), icon::home};
    if (line.step == "photo") return {stage.say("ui.step-photo"), icon::photo};
    if (line.step == "part-used") return {with("ui.step-part"), icon::settings};
    if (line.step == "satisfaction-answer")
        return {stage.say("ui.step-answer",
                          {{"text", line.text},
                           {"detail", stage.say(line.detail == "declined" ? "ui.would-not-say"
                                                                          : "satisfaction." + line.detail)}}),
                icon::star};
    if (line.step == "drawn-order") return {with("ui.step-drawn"), icon::return_visits};
    if (line.step == "visit-assignment") return {with("ui.step-assigned"), icon::person};
    if (line.step == "raised-opinion")
        return {with(line.detail.empty() ? "ui.step-opinion-settled" : "ui.step-opinion"), icon::message};
    if (line.step == "opinion-notice") return {with("ui.step-told"), icon::hand_over};
    if (line.step == "opinion-reply") return {with("ui.step-reply"), icon::contact};
    if (line.step == "inspected-visit")
        return {with(line.detail == "passed" ? "ui.step-inspected" : "ui.step-found-wanting"), icon::shield};
    if (line.step == "recurrence") return {with("ui.step-recurrence"), icon::recurring};
    return {line.text, icon::message};
}

void draw_tags(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket) {
    auto& ui = stage.ui;
    TagRow tags{ui, scroll};
    auto const& line = ticket.line;
    auto const state = ticket_state_words(ui, line);
    tags.put(state.words, state.tone, state.tone == Tone::danger ? icon::warning : nullptr);
    tags.put(stage.say("ui.priority-is",
                       {{"priority", choice_words(ui, priority_choices, static_cast<std::int64_t>(line.priority))}}),
             line.priority == Priority::urgent ? Tone::danger : Tone::neutral);
    if (line.responsible)
        tags.put(stage.say("ui.responsible-is", {{"person", stage.models.registry.name_of(line.responsible)}}),
                 Tone::neutral, icon::responsible);
    if (line.recurring > 0)
        tags.put(stage.say("ui.recurring-is", {{"count", std::to_string(line.recurring + 1)}}), Tone::warn,
                 icon::recurring);
    if (ticket.importance != ImportanceReason::none)
        tags.put(
            stage.say("ui.important-because", {{"why", choice_words(ui, importance_reason_choices,
                                                                    static_cast<std::int64_t>(ticket.importance))}}),
            Tone::danger, icon::important);
    if (!line.valid) tags.put(stage.say("ui.not-valid"), Tone::neutral, icon::void_);
    scroll.take(10);
}

// Four in a row, or two where there is little room.
void draw_facts(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket, TicketActionState& act) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const columns = scroll.content.w < 480 ? 2 : 4;
    auto const place = scroll.take(columns == 2 ? 130 : 74, 16);
    card(ui, place);
    auto inside = place.inset(16, 14);
    auto const width = inside.w / static_cast<float>(columns);
    auto rest = columns;
    auto row = inside.take_top(46, 10);
    auto const fact = [&](char const* label, std::string const& value) {
        if (rest-- == 0) row = inside.take_top(46);
        auto part = row.take_left(width);
        part.w -= 8;
        ui.label(part.take_top(22, 2), stage.say(label), {size::text_small, theme.text_2});
        auto const used = ui.label(part, value.empty() ? stage.say("ui.not-given") : value,
                                   {size::text_body, value.empty() ? theme.text_3 : theme.text});
        return Rect{part.x + used, part.y, part.w - used, part.h};
    };
    fact("ui.customer", ticket.line.customer);
    fact("field.unit", ticket.line.unit);
    auto const revealed = act.ticket == ticket.line.number && !act.revealed.empty();
    auto const beside = fact("ui.phone", revealed ? act.revealed : ticket.phone);
    if (ticket.owner && !ticket.phone.empty() && !revealed)
        if (icon_button(ui, {beside.x + 2, beside.centre_y() - 14, 28, 28}, icon::eye, stage.say("ui.reveal-phone"),
                        "reveal"))
            act.begin(stage, TicketAction::reveal, ticket.line.number);
    fact("ui.registered-at", sentence_case(when(ui, ticket.line.registered_at)));
}

void draw_box(Stage const& stage, Rect place, char const* title, std::string const& words) {
    auto& ui = stage.ui;
    card(ui, place);
    auto inside = place.inset(16, 14);
    ui.heading(inside.take_top(26), stage.say(title), 2, {size::text_body, 0, true});
    ui.body(inside.x, inside.y, inside.w, words);
}

void draw_hand_overs(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket, TicketsState& state) {
    auto& ui = stage.ui;
    for (auto const& line : ticket.hand_overs) {
        if (line.reported) continue;
        auto const place = scroll.take(64, 12);
        Scope const scope{format_id(line.id)};
        card(ui, place);
        auto inside = place.inset(16, 10);
        auto buttons = inside.inset(0, (inside.h - ui.metrics.control) / 2);
        if (button_right(ui, buttons, {.label = stage.say("ui.report-result"), .key = "report"}))
            state.act.begin(stage, TicketAction::report, ticket.line.number, line.id);
        if (!line.acknowledged &&
            button_right(ui, buttons, {.label = stage.say("ui.acknowledge"), .key = "acknowledge"}))
            stage.mailbox.submit({"acknowledge_hand_over", {}, {}, {{"hand_over", format_id(line.id)}}},
                                 [&stage, &state](Result<Accepted> const& result) {
                                     state.refusal.reset();
                                     if (result) tell_done(stage, stage.say("ui.recorded"), *result);
                                     else state.refusal = result.error();
                                 });
        inside.w = buttons.w;
        ui.label(inside.take_top(24),
                 stage.say("ui.step-hand-over", {{"text", line.task}, {"detail", line.department}}));
        ui.label(inside,
                 join_dots({sentence_case(when(ui, line.at)),
                            has_time(line.due) ? stage.say("ui.due-at", {{"time", when(ui, line.due)}}) : "",
                            stage.say(line.acknowledged ? "ui.acknowledged" : "ui.not-acknowledged")}),
                 {size::text_small, ui.theme().text_2});
    }
    if (state.refusal)
        scroll.take(refusal_box(ui, scroll.content.x, scroll.content.y, scroll.content.w, *state.refusal), 12);
}

// What else this matter is part of: tickets that went into it, or the one it went into.
void draw_links(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket) {
    auto& ui = stage.ui;
    auto const link = [&](std::string const& words, std::string const& number) {
        auto const row = scroll.take(ui.metrics.control, 8);
        Scope const scope{number};
        auto rest = row;
        if (button_left(ui, rest, {.label = words, .icon = icon::tickets, .kind = ButtonKind::secondary}))
            stage.shell.go(Place::tickets, number);
    };
    if (!ticket.merged_into.empty())
        link(stage.say("ui.merged-into", {{"number", ticket.merged_into}}), ticket.merged_into);
    for (auto const& number : ticket.merged_here) link(stage.say("ui.merged-here", {{"number", number}}), number);
}

// What was agreed and used: the next visits, why it waits, what the repair costs.
void draw_agreed(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket) {
    auto& ui = stage.ui;
    auto const line = [&](char const* icon, std::string const& words, std::string const& below) {
        auto const place = scroll.take(64, 12);
        card(ui, place);
        auto inside = place.inset(16, 10);
        ui.icon(inside.take_left(20, 12).inset(0, 12), icon, 18, ui.theme().text_2);
        ui.label(inside.take_top(24), words);
        ui.label(inside, below, {size::text_small, ui.theme().text_2});
    };
    if (ticket.waiting != WaitingReason::none)
        line(icon::clock,
             stage.say("ui.waits-for", {{"reason", choice_words(ui, waiting_reason_choices,
                                                                static_cast<std::int64_t>(ticket.waiting))}}),
             stage.say("ui.waits-until", {{"time", when(ui, ticket.waits_until)}}));
    for (auto const& booked : ticket.appointments)
        line(icon::calendar,
             stage.say(
                 "ui.agreed-visit",
                 {{"from", when(ui, booked.starts)}, {"until", clock_words(booked.ends)}, {"person", booked.visitor}}),
             booked.note.empty() ? stage.say("ui.agreed-with-customer") : booked.note);
    auto const& charge = ticket.charge;
    if (ticket.trips > 0 || charge.parts.fen > 0 || charge.centre_parts.fen > 0)
        line(icon::figures,
             stage.say("ui.repair-charge", {{"amount", format_money({charge.labour.fen + charge.parts.fen})}}),
             stage.say("ui.repair-charge-of", {{"labour", format_money(charge.labour)},
                                               {"parts", format_money(charge.parts)},
                                               {"trips", std::to_string(ticket.trips)}}));
}

// RV-4.4: what was raised and still waits for a department to be told, or for its reply.
void draw_opinions(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket, TicketsState& state) {
    auto& ui = stage.ui;
    for (auto const& line : ticket.opinions) {
        auto const place = scroll.take(64, 12);
        Scope const scope{format_id(line.id)};
        card(ui, place);
        auto inside = place.inset(16, 10);
        auto buttons = inside.inset(0, (inside.h - ui.metrics.control) / 2);
        if (has_time(line.reply_due) && button_right(ui, buttons, {.label = stage.say("ui.reply"), .key = "reply"}))
            state.act.begin(stage, TicketAction::reply, ticket.line.number, line.id);
        for (auto const& department : line.untold)
            if (button_right(ui, buttons,
                             {.label = stage.say("ui.tell-whom", {{"department", department}}), .key = department})) {
                state.act.begin(stage, TicketAction::tell, ticket.line.number, line.id);
                state.act.form.set("department", department);
                state.act.form.picker("department").text = department;
            }
        inside.w = buttons.w;
        ui.label(inside.take_top(24), line.words);
        ui.label(inside,
                 join_dots({choice_words(ui, opinion_kind_choices, static_cast<std::int64_t>(line.kind)),
                            has_time(line.reply_due) ? stage.say("ui.reply-by", {{"time", when(ui, line.reply_due)}})
                                                     : std::string{}}),
                 {size::text_small, ui.theme().text_2});
    }
}

void draw_timeline(Stage const& stage, Scroll& scroll, TicketSnapshot const& ticket, TicketActionState& act) {
    auto& ui = stage.ui;
    auto const title = stage.say("ui.timeline");
    ui.heading(scroll.take(28, 6), title, 2, {size::text_body + 1, 0, true});
    std::vector<Moment> moments;
    std::vector<AnyId> records;
    for (auto line = ticket.timeline.rbegin(); line != ticket.timeline.rend(); ++line) {
        // What is there to be seen stands above already.
        if (line->step == "photo" && !line->is_void) continue;
        auto words = words_of(stage, *line);
        for (auto const& visit : ticket.visits)
            if (visit.id == line->id) words.text = join_dots({words.text, answers_words(stage, visit.answers)});
        auto const may_void = !line->is_void && line->step != "recurrence" && line->step != "split" &&
                              line->step != "drawn-order" && line->step != "override" && stage.person() != nullptr;
        moments.push_back({.key = format_id(line->id),
                           .icon = words.icon,
                           .head = join_dots({sentence_case(when(ui, line->at)), line->by}),
                           .words = words.text,
                           .mark = line->is_void ? stage.say("form.void") : std::string{},
                           .action = may_void ? stage.say("ui.void-this") : std::string{},
                           .action_icon = icon::void_,
                           .faded = line->is_void});
        records.push_back(line->id);
    }
    moments.push_back({.key = "registered",
                       .icon = icon::reception,
                       .head = join_dots({sentence_case(when(ui, ticket.line.registered_at)), ticket.registered_by}),
                       .words = stage.say("ui.step-registered", {{"text", ticket.line.words}})});
    if (auto const chosen = timeline(ui, scroll, title, moments); chosen && *chosen < records.size())
        act.begin(stage, TicketAction::void_record, ticket.line.number, records[*chosen]);
}

void print(Stage const& stage, char const* form, std::string const& number) {
    stage.mailbox.print(form, number, [&stage](Refusal const& refusal) {
        stage.shell.tell(stage.ui, stage.say("refusal." + refusal.reason, refusal.details), Tone::danger);
    });
}

// What is most likely next stands in the row, the rest in a menu at its end.
void draw_buttons(Stage const& stage, Rect row, TicketSnapshot const& ticket, TicketsState& state) {
    auto& ui = stage.ui;
    auto const& line = ticket.line;
    if (line.state == TicketState::voided) return;
    struct Choice {
        char const* words;
        char const* icon;
        TicketAction action;  // none: a form is printed
        bool offered;
        char const* key = nullptr;  // that does it at once
        char const* form = nullptr;
    };
    auto const complaint = line.kind == TicketKind::complaint;
    auto const finished = line.state == TicketState::finished;
    auto const repair = line.kind == TicketKind::repair;
    auto const visitable = finished && line.valid && (complaint || repair);
    auto const waits = line.state == TicketState::waiting;
    auto const manager = stage.may_be({Role::manager});
    Choice const choices[] = {
        {"ui.start-visit", icon::return_visits, TicketAction::visit, visitable, "v"},
        {"ui.own", icon::responsible, TicketAction::own, complaint && line.open && !ticket.owned, "o"},
        {"ui.resume", icon::reopen, TicketAction::resume, waits},
        {"ui.ask", icon::star, TicketAction::ask, finished && !ticket.asked && !complaint && ticket.visits.empty()},
        {"ui.close-ticket", icon::check, TicketAction::close, line.open, "f"},
        {"ui.record-contact", icon::contact, TicketAction::contact, true, "c"},
        {"ui.hand-over", icon::hand_over, TicketAction::hand_over, line.open, "h"},
        {"ui.book", icon::calendar, TicketAction::book, line.open, "b"},
        {"ui.record-trip", icon::home, TicketAction::repair_visit, repair},
        {"ui.record-part", icon::plus, TicketAction::part, repair},
        {"ui.raise", icon::message, TicketAction::raise, !ticket.visits.empty()},
        {"ui.add-photo", icon::photo, TicketAction::photo, true},
        {"ui.hold", icon::clock, TicketAction::hold, line.open && !waits},
        {"ui.change-ticket", icon::edit, TicketAction::change, true, "e"},
        {"ui.split", icon::tickets, TicketAction::split, line.open},
        {"ui.merge", icon::hand_over, TicketAction::merge, line.open},
        {"ui.assign", icon::person, TicketAction::assign, visitable && manager},
        {"ui.print-visit", icon::print, TicketAction::none, !ticket.visits.empty(), nullptr, visit_form_name},
        {"ui.print-repair", icon::print, TicketAction::none, repair, nullptr, repair_form_name},
        {"ui.print-complaint", icon::print, TicketAction::none, complaint, nullptr, complaint_form_name},
        {"ui.reopen", icon::reopen, TicketAction::reopen, finished},
        {"ui.own", icon::responsible, TicketAction::own, complaint && line.open && ticket.owned},
        {"ui.mark-importance", icon::important, TicketAction::importance, complaint && manager},
        {"ui.mark-validity", icon::shield, TicketAction::validity, complaint && manager},
        {"ui.void-ticket", icon::void_, TicketAction::void_record, manager},
    };
    Region const region{ui.semantics, NodeRole::group, stage.say("ui.actions"), "actions", row};
    auto const take = [&](Choice const& choice) {
        if (choice.form) print(stage, choice.form, line.number);
        else if (choice.action == TicketAction::photo) stage.shell.choose_photo();
        else if (choice.action == TicketAction::void_record)
            state.act.begin(stage, choice.action, line.number, line.id.any);
        else if (choice.action == TicketAction::raise)
            state.act.begin(stage, choice.action, line.number, ticket.visits.front().id);
        else state.act.begin(stage, choice.action, line.number);
    };
    std::vector<Choice const*> rest;
    auto first = true;
    for (auto const& choice : choices) {
        if (!choice.offered) continue;
        if (choice.key && state.act.action == TicketAction::none && ui.shortcut(choice.key, stage.say(choice.words)))
            take(choice);
        ButtonSpec const spec{.label = stage.say(choice.words),
                              .icon = choice.icon,
                              .kind = first ? ButtonKind::primary : ButtonKind::secondary};
        if (!rest.empty() || button_width(ui, spec) > row.w - ui.metrics.control - size::space) {
            rest.push_back(&choice);
            continue;
        }
        first = false;
        if (button_left(ui, row, spec)) take(choice);
    }
    if (!rest.empty()) {
        std::vector<MenuItem> items;
        for (auto const* choice : rest)
            items.push_back({stage.say(choice->words), choice->icon, choice->action == TicketAction::void_record});
        if (auto const chosen = menu(ui, row.take_left(ui.metrics.control), {"more", stage.say("ui.more"), icon::more},
                                     items, state.more))
            take(*rest[*chosen]);
    }
    if (ui.shortcut("Control+p", stage.say("ui.shortcut-print")))
        print(stage,
              !ticket.visits.empty() ? visit_form_name
              : repair               ? repair_form_name
                                     : complaint_form_name,
              line.number);
}

}  // namespace

void draw_ticket(Stage const& stage, Rect place, TicketsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const& ticket = *stage.models.ticket;
    auto const& line = ticket.line;
    Scope const scope{line.number};
    if (state.act.ticket != line.number) state.act.action = TicketAction::none;
    auto const acting = state.act.action != TicketAction::none;
    auto const roomy = has_clause_column(ui);
    if (acting) {
        auto const beside = roomy || place.w > 700;
        draw_ticket_action(stage, beside ? place.take_right(size::clauses + 20) : place, state.act);
        if (!beside) return;
    } else if (roomy) {
        auto const column = place.take_right(size::clauses);
        if (line.kind == TicketKind::complaint)
            draw_clauses(stage, column, {"RV-4.1", "RV-3.1", "GEN-3.3", "GEN-2.2", "GEN-3.2"});
        else draw_clauses(stage, column, {"GEN-2.1", "GEN-2.2", "GEN-2.3", "GEN-3.2"});
    }

    auto inside = place.inset(place.w < 560 ? 16 : 24, 0);
    auto footer = inside.take_bottom(ui.metrics.control + 32);
    {
        Scroll scroll{ui, "detail", inside, Scroll::Bar::beside};
        scroll.take(18);
        auto crumbs = scroll.take(ui.metrics.touch ? 44 : 22, 4);
        draw_way_back(stage, crumbs, Place::tickets);
        ui.label(
            crumbs,
            join_dots({line.number, choice_words(ui, ticket_kind_choices, static_cast<std::int64_t>(line.kind)),
                       line.category,
                       line.origin.empty() ? std::string{} : stage.say("ui.origin-is", {{"number", line.origin}})}),
            {size::text_small, theme.text_2});
        TextStyle const title{size::text_page, 0, true};
        auto const title_lines = std::min<std::size_t>(ui.wrap(line.words, scroll.content.w, title).size(), 3);
        auto const title_place = scroll.take(static_cast<float>(title_lines) * title.size * size::line_height, 8);
        ui.semantics.heading(line.words, title_place, 1);
        ui.paragraph(title_place.x, title_place.y, title_place.w, line.words, title, 3);
        draw_tags(stage, scroll, ticket);
        if (!ticket.wish.empty())
            scroll.take(ui.body(scroll.content.x, scroll.content.y, scroll.content.w,
                                stage.say("ui.wish-is", {{"wish", ticket.wish}}), {size::text_body, theme.text_2}),
                        12);
        draw_facts(stage, scroll, ticket, state.act);
        if (has_time(ticket.finished_at) && !(ticket.cause.empty() && ticket.solution.empty())) {
            auto const half = (scroll.content.w - 16) / 2;
            auto const height =
                std::max(ui.height_of(ticket.cause, half - 32), ui.height_of(ticket.solution, half - 32)) + 56;
            auto row = scroll.take(height, 16);
            draw_box(stage, row.take_left(half, 16), "field.cause",
                     ticket.cause.empty() ? stage.say("ui.cause-not-found") : ticket.cause);
            draw_box(stage, row, "field.solution", ticket.solution);
        }
        draw_photos(stage, scroll, ticket, state);
        draw_links(stage, scroll, ticket);
        draw_agreed(stage, scroll, ticket);
        draw_hand_overs(stage, scroll, ticket, state);
        draw_opinions(stage, scroll, ticket, state);
        draw_timeline(stage, scroll, ticket, state.act);
        scroll.take(8);
    }
    ui.horizontal_line(footer.x, footer.y, footer.w);
    draw_buttons(stage, footer.inset(0, 16), ticket, state);
    if (state.photo) ui.above([&stage, &ticket, &state] { draw_photo_viewer(stage, ticket, state); });
}

}  // namespace guanjia
