// The texts that a centre words for itself (GEN-S5): each with what it says today, its default and its history.

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

struct KindWords {
    WordingKind kind;
    char const* words;  // key
    char const* hint;   // key
};
constexpr KindWords kind_words[] = {
    {WordingKind::script, "ui.wordings-scripts", "ui.wording-script-hint"},
    {WordingKind::step_card, "ui.wordings-step-cards", "ui.wording-lines-hint"},
    {WordingKind::category_tree, "ui.wordings-categories", "ui.wording-tree-hint"},
    {WordingKind::survey, "ui.wordings-survey", "ui.wording-lines-hint"},
    {WordingKind::form_note, "ui.wordings-form-notes", "ui.wording-lines-hint"},
};

std::string hint_of(Stage const& stage, WordingRow const& row) {
    auto const bounds = bounds_of(row.kind);
    std::string blanks;
    for (auto const& known : placeholders())
        blanks += (blanks.empty() ? "{" : " {") +
                  std::string{stage.ui.language == Language::chinese ? known.zh : known.name} + "}";
    for (auto const& known : kind_words)
        if (known.kind == row.kind)
            return stage.say(known.hint, {{"most", std::to_string(bounds.most)},
                                          {"characters", std::to_string(bounds.characters)},
                                          {"blanks", blanks}});
    return {};
}

std::string numbered(std::vector<std::string> const& steps) {
    std::string words;
    for (std::size_t place = 0; place < steps.size(); ++place)
        words += (place == 0 ? "" : "\n") + std::to_string(place + 1) + ". " + steps[place];
    return words;
}

// As a person will meet it.
std::string preview_of(Stage const& stage, WordingRow const& row, std::string const& text) {
    auto const shown = shown_in(row, tidied(row.kind, text), stage.ui.language);
    if (shown.empty()) return stage.say("ui.wording-nothing");
    if (row.kind == WordingKind::script) return fill_script(shown, example_values(stage), stage.ui.language);
    return row.kind == WordingKind::step_card ? numbered(parts_of(row.kind, shown)) : shown;
}

void draw_history(Stage const& stage, FormFields& fields, WordingRow const& row) {
    auto const& history = stage.models.registry.wordings.history(row);
    for (auto change = history.rbegin(); change != history.rend(); ++change)
        fields.quote(join_dots({stage.say("ui.wording-from", {{"date", format_date(change->effective_from)}}),
                                stage.models.registry.name_of(change->by), change->reason}),
                     change->text.empty() ? stage.say("ui.wording-nothing") : change->text);
    fields.quote(stage.say("ui.wording-default"),
                 row.text.zh.empty() ? stage.say("ui.wording-nothing") : std::string{row.text.zh});
}

void close(Stage const& stage, SettingsState& state) {
    // Looked at and left as it was: no draft of it.
    auto& form = state.change;
    if (form.text("text") == state.wording_was && form.text("reason").empty()) form.clear(stage);
    state.wording.clear();
}

void draw_form(Stage const& stage, Rect place, SettingsState& state, WordingRow const& row) {
    auto& form = state.change;
    PanelSpec const spec{std::string{title_of(row, stage.ui.language)}, row.clause, stage.say("ui.change-wording"),
                         icon::check, PanelGround::card};
    switch (draw_form_panel(stage, place, form, spec, [&](FormFields& fields) {
        fields.note(hint_of(stage, row));
        fields.field("text", {.lines = row.kind == WordingKind::category_tree ? 12.0F : 7.0F});
        // Where it reads otherwise than it is written.
        if (auto const preview = preview_of(stage, row, form.text("text")); preview != form.text("text"))
            fields.quote(stage.say("ui.wording-preview"), preview);
        fields.field("effective_from");
        fields.field("reason", {.lines = 2});
        if (form.text("text") != row.text.zh && fields.action(stage.say("ui.wording-use-default"), icon::undo))
            form.set("text", std::string{row.text.zh});
        draw_history(stage, fields, row);
    })) {
        case PanelEvent::send:
            form.send(stage, {"text", "effective_from", "reason"}, {{"name", state.wording}},
                      [&stage, &state](Accepted const& accepted) {
                          state.change.clear(stage);
                          state.wording.clear();
                          tell_done(stage, stage.say("ui.recorded"), accepted);
                      });
            break;
        case PanelEvent::close: close(stage, state); break;
        default: break;
    }
}

void draw_row(Stage const& stage, Rect place, WordingRow const& row, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    Region const item{ui.semantics, NodeRole::listitem, {}, row.name, place};
    Scope const scope{row.name};
    auto const title = std::string{title_of(row, ui.language)};
    auto const parts = worded_parts(stage, row);
    auto const changed = !stage.models.registry.wordings.history(row).empty();
    auto const mark_words = changed ? stage.say("ui.wording-changed") : std::string{};
    std::string words;
    for (auto const& part : parts) words += (words.empty() ? "" : " · ") + part;
    if (words.empty()) words = stage.say("ui.wording-nothing");
    if (list_row(ui, place, "row", join_dots({title, words, mark_words}), state.wording == row.name).clicked)
        begin_wording(stage, state, row);
    auto inside = place.inset(16, 9);
    auto upper = inside.take_top(24);
    auto const clause = upper.take_right(clause_mark_width(ui, row.clause), 8);
    clause_mark(ui, clause.x, clause.centre_y(), row.clause);
    if (changed) {
        auto const mark = upper.take_right(tag_width(ui, mark_words), 8);
        tag(ui, mark.x, mark.centre_y(), mark_words, Tone::info);
    }
    ui.label(upper, title);
    ui.label(inside.take_top(22), words, {size::text_small, theme.text_2});
    ui.fill({place.x, place.bottom() - 1, place.w, 1}, theme.line);
}

}  // namespace

void begin_wording(Stage const& stage, SettingsState& state, WordingRow const& row) {
    stage.shell.go(Place::settings, "wordings");
    if (!state.wording.empty()) close(stage, state);
    state.parameter.clear();
    state.wording = row.name;
    state.change.begin(stage, "set_wording", state.wording);
    state.wording_was = stage.models.registry.wordings.at(row, stage.models.registry.on);
    if (!state.change.has_draft()) state.change.set("text", state.wording_was);
}

void draw_wordings(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    // The form may be that of a number, begun elsewhere.
    if (auto const* row = find_wording(state.wording); row && state.change.is("set_wording", state.wording)) {
        auto const beside = place.w > 700;
        draw_form(stage, beside ? place.take_right(std::min(place.w * 0.52F, 460.0F), 16) : place, state, *row);
        if (!beside) return;
    }
    card(ui, place);
    Scroll scroll{ui, "wordings", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.wordings")}};
    for (auto const& kind : kind_words) {
        auto const head = scroll.take(38);
        ui.fill(head, ui.theme().surface_2);
        if (scroll.sees(head)) {
            Region const item{ui.semantics, NodeRole::listitem, {}, kind.words, head};
            ui.heading(head.inset(16, 0), stage.say(kind.words), 2, {size::text_small + 1, ui.theme().text_2, true});
        }
        for (auto const& row : all_wordings()) {
            if (row.kind != kind.kind) continue;
            if (auto const part = scroll.take(list_row_height); scroll.sees(part)) draw_row(stage, part, row, state);
        }
    }
}

}  // namespace guanjia
