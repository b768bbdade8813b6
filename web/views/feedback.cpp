// What customers and staff have said, and what became better because of it (GEN-5.2).

#include <algorithm>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

enum class Tab : std::uint8_t { feedback, improvements };

bool may_decide(Stage const& stage) { return stage.may_be({Role::manager, Role::manager_assistant, Role::supervisor}); }

struct RowWords {
    std::string key, title, below, tag;
    Tone tone = Tone::neutral;
};

// A row with up to two buttons at its end; the place of the pressed one.
std::optional<std::size_t> draw_row(Stage const& stage, Scroll& scroll, RowWords const& words,
                                    std::initializer_list<std::string> acts) {
    auto& ui = stage.ui;
    auto const row = scroll.take(64);
    if (!scroll.sees(row)) return std::nullopt;
    Region const item{ui.semantics, NodeRole::listitem, {}, words.key, row};
    Scope const scope{words.key};
    auto inside = row.inset(16, 0);
    std::optional<std::size_t> pressed;
    auto buttons = inside.inset(0, (inside.h - ui.metrics.control) / 2);
    for (auto place = acts.size(); place-- > 0;) {
        auto const& label = acts.begin()[place];
        if (button_right(ui, buttons, {.label = label, .name = label + " " + words.key, .key = label})) pressed = place;
    }
    inside.w = buttons.w;
    if (!words.tag.empty()) {
        auto const mark = inside.take_right(tag_width(ui, words.tag), 12);
        tag(ui, mark.x, row.centre_y(), words.tag, words.tone);
    }
    ui.label({inside.x, row.y + 9, inside.w, 24}, words.title);
    ui.label({inside.x, row.y + 34, inside.w, 20}, words.below, {size::text_small, ui.theme().text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, ui.theme().line);
    return pressed;
}

void draw_heard(Stage const& stage, Rect place, FeedbackView& state) {
    auto& ui = stage.ui;
    auto const& lines = stage.models.feedback;
    card(ui, place);
    if (lines.empty())
        return empty_state(ui, place, icon::star, stage.say("ui.no-feedback"), stage.say("ui.no-feedback-advice"));
    Scroll scroll{ui, "feedback", place.inset(1, 1), {.role = NodeRole::list, .name = stage.say("ui.feedback")}};
    for (auto const& line : lines) {
        RowWords const words{line.number, line.words,
                             join_dots({sentence_case(when(ui, line.at)), stage.models.registry.name_of(line.heard_by),
                                        line.ticket, line.reason}),
                             stage.say(line.state == FeedbackState::noted      ? "ui.feedback-noted"
                                       : line.state == FeedbackState::taken_up ? "ui.feedback-taken-up"
                                                                               : "ui.feedback-set-aside"),
                             line.state == FeedbackState::noted      ? Tone::warn
                             : line.state == FeedbackState::taken_up ? Tone::ok
                                                                     : Tone::neutral};
        if (line.state != FeedbackState::noted || !may_decide(stage)) {
            draw_row(stage, scroll, words, {});
            continue;
        }
        auto const pressed = draw_row(stage, scroll, words, {stage.say("ui.improve"), stage.say("ui.set-aside")});
        if (pressed) state.form.begin(stage, *pressed == 0 ? "plan_improvement" : "set_feedback_aside", line.number);
    }
}

void draw_improvements(Stage const& stage, Rect place, FeedbackView& state) {
    auto& ui = stage.ui;
    auto const& lines = stage.models.improvements;
    card(ui, place);
    if (lines.empty())
        return empty_state(ui, place, icon::star, stage.say("ui.no-improvements"),
                           stage.say("ui.no-improvements-advice"));
    Scroll scroll{
        ui, "improvements", place.inset(1, 1), {.role = NodeRole::list, .name = stage.say("ui.improvements")}};
    for (auto const& line : lines) {
        auto const open = line.outcome.empty();
        auto const due = due_words(ui, at_minute(line.due, closing_minute(stage.models)));
        RowWords const words{
            line.number, line.measure,
            join_dots({stage.models.registry.name_of(line.responsible), open ? line.feedback : line.outcome}),
            open ? due.words : stage.say(line.effective ? "field.true.effective" : "field.false.effective"),
            open             ? due.tone
            : line.effective ? Tone::ok
                             : Tone::neutral};
        if (!open) draw_row(stage, scroll, words, {});
        else if (draw_row(stage, scroll, words, {stage.say("ui.report-improvement")}))
            state.begin_report(stage, line.number);
    }
}

struct FormSpec {
    char const* command;
    char const* title;
    char const* about;  // the field that names what it is about
    std::initializer_list<std::string_view> fields;
};
FormSpec const form_specs[] = {
    {"record_feedback", "ui.record-feedback", nullptr, {"words"}},
    {"plan_improvement", "ui.improve", "feedback", {"measure", "responsible", "due"}},
    {"set_feedback_aside", "ui.set-aside", "feedback", {"reason"}},
    {"report_improvement", "ui.report-improvement", "improvement", {"outcome", "effective"}},
};

void draw_form(Stage const& stage, Rect place, FeedbackView& state) {
    auto& form = state.form;
    auto const* spec = std::find_if(std::begin(form_specs), std::end(form_specs),
                                    [&](FormSpec const& known) { return form.command() == known.command; });
    if (spec == std::end(form_specs)) return;
    switch (draw_form_panel(stage, place, form, {stage.say(spec->title), "GEN-5.2", stage.say("ui.record")},
                            [&](FormFields& fields) {
                                for (auto const name : spec->fields) fields.field(name, {.lines = 4});
                            })) {
        case PanelEvent::send: {
            std::vector<std::pair<std::string, std::string>> about;
            if (spec->about) about.emplace_back(spec->about, form.about());
            return form.send(stage, spec->fields, std::move(about), [&stage, &state](Accepted const& accepted) {
                tell_done(stage, stage.say("ui.recorded"), accepted);
                state.form.clear(stage);
                state.form = {};
            });
        }
        case PanelEvent::close: form = {}; return;
        default: return;
    }
}

}  // namespace

void FeedbackView::begin_report(Stage const& stage, std::string number) {
    tab = static_cast<int>(Tab::improvements);
    form.begin(stage, "report_improvement", std::move(number));
    if (form.text("effective").empty()) form.set("effective", "true");
}

void draw_feedback(Stage const& stage, Rect place, FeedbackView& state) {
    auto& ui = stage.ui;
    if (!state.form.command().empty()) {
        auto const beside = place.w > 700;
        draw_form(stage, beside ? place.take_right(size::clauses + 20) : place, state);
        if (!beside) return;
    } else if (has_clause_column(ui)) {
        draw_clauses(stage, place.take_right(size::clauses), {"GEN-5.2", "GEN-5.1", "GEN-5.3"});
    }
    auto inside = page_inset(ui, place);
    auto const words = stage.say("ui.record-feedback");
    ButtonSpec const record{.label = words, .icon = icon::plus, .kind = ButtonKind::primary};
    auto head = page_head(stage, inside, stage.say("ui.place-feedback"), stage.say("ui.feedback-words"),
                          button_width(ui, record) + 16);
    if (button_right(ui, head, record)) state.form.begin(stage, "record_feedback");
    std::string const labels[] = {stage.say("ui.feedback"), stage.say("ui.improvements")};
    tabs(ui, inside.take_top(tabs_height(ui), 12), "feedback", labels, state.tab);
    if (state.tab == static_cast<int>(Tab::improvements)) return draw_improvements(stage, inside, state);
    draw_heard(stage, inside, state);
}

}  // namespace guanjia
