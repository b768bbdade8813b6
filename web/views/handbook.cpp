// The handbook: every clause of the procedures, and of the one on show its numbers, what is due under it and the law.

#include <algorithm>
#include <array>
#include <unordered_set>

#include "core/procedure/catalogue.h"
#include "core/procedure/guards.h"
#include "core/procedure/parameters.h"
#include "web/views/settings_parts.h"
#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

struct Procedure {
    std::string_view name;
    char const* words;  // key
};
constexpr Procedure procedures[] = {
    {"GEN", "ui.procedure-general"},      {"RV", "ui.procedure-return-visits"}, {"COL", "ui.procedure-collection"},
    {"REC", "ui.procedure-recruitment"},  {"EMP", "ui.procedure-employment"},   {"SEP", "ui.procedure-separation"},
    {"SUP", "ui.procedure-sales-office"},
};

std::string procedure_name(Stage const& stage, std::string_view name) {
    for (auto const& procedure : procedures)
        if (procedure.name == name) return stage.say(procedure.words);
    return std::string{name};
}

std::string_view sentence_of(Stage const& stage, ClauseRow const& clause) {
    return stage.ui.language == Language::chinese ? clause.zh : clause.en;
}

struct OpenCount {
    std::size_t count = 0;
    bool overdue = false;
};
using OpenCountByClause = std::array<OpenCount, std::size(clause_rows)>;

OpenCountByClause waiting_of(Models const& models) {
    OpenCountByClause waiting{};
    if (!models.today) return waiting;
    for (auto const& line : models.today->duties) {
        auto const index = static_cast<std::size_t>(&line.duty.clause.row() - clause_rows);
        ++waiting[index].count;
        waiting[index].overdue |= line.status == DutyStatus::overdue;
    }
    return waiting;
}

void draw_row(Stage const& stage, Rect row, ClauseRow const& clause, OpenCount const& waiting) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const words = std::string{sentence_of(stage, clause)};
    auto const due =
        waiting.count == 0 ? std::string{} : stage.say("ui.clause-waiting", {{"count", std::to_string(waiting.count)}});
    Region const item{ui.semantics, NodeRole::listitem, {}, clause.id, row};
    Scope const scope{clause.id};
    if (list_row(ui, row, "clause", join_dots({std::string{clause.id}, words, due}),
                 stage.shell.route.detail == clause.id)
            .clicked)
        stage.shell.go(Place::handbook, std::string{clause.id});
    auto inside = row.inset(16, 9);
    auto upper = inside.take_top(24);
    if (waiting.count > 0) {
        auto const mark = upper.take_right(tag_width(ui, due), 10);
        tag(ui, mark.x, mark.centre_y(), due, waiting.overdue ? Tone::danger : Tone::neutral);
    }
    clause_mark(ui, upper.x, upper.centre_y(), clause.id);
    ui.line(inside.take_top(24), words, {size::text_small + 1, theme.text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
}

void draw_list(Stage const& stage, Rect place, HandbookState& state) {
    auto& ui = stage.ui;
    auto inside = begin_list_column(stage, place);
    page_head(stage, inside, stage.say("ui.place-handbook"),
              stage.say("ui.clause-count", {{"count", std::to_string(all_clauses().size())}}));
    filter_field(ui, inside.take_top(ui.metrics.control, 10), stage.say("ui.filter-clauses"), state.search);
    place = list_column_rows(stage, place, inside);

    if (state.searched != state.search && stage.models.search) {
        state.searched = state.search;
        state.found.clear();
        stage.models.search->filter(state.search, {.kinds = {SearchKind::clause}},
                                    [&](SearchKey const& key) { state.found.insert(key.name); });
    }
    auto const shown = [&](ClauseRow const& clause) {
        return state.search.empty() || state.found.count(std::string{clause.id}) != 0;
    };
    if (std::none_of(all_clauses().begin(), all_clauses().end(), shown))
        return empty_state(ui, place, icon::handbook, stage.say("ui.no-clause-matches"),
                           stage.say("ui.no-clause-matches-advice"));
    auto const waiting = waiting_of(stage.models);
    Scroll scroll{ui, "clauses", place, {.role = NodeRole::list, .name = stage.say("ui.place-handbook")}};
    std::string_view procedure;
    for (std::size_t index = 0; index < all_clauses().size(); ++index) {
        auto const& clause = all_clauses()[index];
        if (!shown(clause)) continue;
        if (std::exchange(procedure, clause.procedure) != clause.procedure) {
            auto const head = scroll.take(38);
            ui.fill(head, ui.theme().surface_2);
            auto const name = procedure_name(stage, procedure);
            if (scroll.sees(head)) {
                Region const item{ui.semantics, NodeRole::listitem, {}, procedure, head};
                ui.heading(head.inset(16, 0), name, 2, {size::text_small + 1, ui.theme().text_2, true});
            }
        }
        auto const row = scroll.take(list_row_height);
        if (state.shown != stage.shell.route.detail && stage.shell.route.detail == clause.id) scroll.show(row);
        if (scroll.sees(row)) draw_row(stage, row, clause, waiting[index]);
    }
    state.shown = stage.shell.route.detail;
}

void draw_section(Ui& ui, Scroll& scroll, std::string_view title) {
    scroll.take(14);
    ui.heading(scroll.take(28, 8), title, 2, {size::text_body + 1, 0, true});
}

// A card of `count` rows below its title; draws each with what it is given.
void draw_card(Ui& ui, Scroll& scroll, std::string_view title, float height, std::size_t count,
               std::function<void(std::size_t, Rect)> const& draw) {
    if (count == 0) return;
    draw_section(ui, scroll, title);
    auto inside = scroll.take(height * static_cast<float>(count) + 2, 4);
    card(ui, inside);
    inside = inside.inset(1);
    for (std::size_t index = 0; index < count; ++index) {
        auto const row = inside.take_top(height);
        if (!scroll.sees(row)) continue;
        draw(index, row);
        if (index + 1 < count) ui.horizontal_line(row.x, row.bottom() - 1, row.w);
    }
}

// The numbers that the clause leaves to the centre.
void draw_numbers(Stage const& stage, Scroll& scroll, ClauseRow const& clause, SettingsState& settings) {
    auto& ui = stage.ui;
    std::vector<std::size_t> numbers;
    for (std::size_t index = 0; index < all_parameters().size(); ++index)
        if (all_parameters()[index].clause == clause.id) numbers.push_back(index);
    auto const two_lines = has_two_lines(scroll.content);
    auto const height = two_lines ? list_row_height : ui.metrics.control + 16;
    draw_card(ui, scroll, stage.say("ui.clause-numbers"), height, numbers.size(), [&](std::size_t index, Rect row) {
        auto const& parameter = all_parameters()[numbers[index]];
        Scope const scope{parameter.name};
        auto const name = std::string{ui.language == Language::chinese ? parameter.zh : parameter.en};
        auto action = row.inset(16, (height - ui.metrics.control) / 2);
        if (button_right(
                ui, action,
                {.label = stage.say("ui.change"), .name = stage.say("ui.change") + " " + name, .key = "change"}))
            begin_parameter(stage, settings, parameter.name);
        draw_words_and_value(ui, {action.x, row.y + 8, action.w, row.h - 16}, two_lines, name,
                             parameter_words(ui, parameter, stage.models.registry.parameters[numbers[index]]));
    });
}

// The texts that the centre words for itself.
void draw_texts(Stage const& stage, Scroll& scroll, ClauseRow const& clause, SettingsState& settings) {
    auto& ui = stage.ui;
    std::vector<WordingRow const*> wordings;
    for (auto const& row : all_wordings())
        if (row.clause == clause.id) wordings.push_back(&row);
    auto const height = ui.metrics.control + 16;
    draw_card(ui, scroll, stage.say("ui.wordings"), height, wordings.size(), [&](std::size_t index, Rect row) {
        auto const& wording = *wordings[index];
        Scope const scope{wording.name};
        auto const title = std::string{title_of(wording, ui.language)};
        auto inside = row.inset(16, 8);
        if (button_right(
                ui, inside,
                {.label = stage.say("ui.change"), .name = stage.say("ui.change") + " " + title, .key = "change"}))
            begin_wording(stage, settings, wording);
        ui.label(inside, title);
    });
}

void draw_waiting(Stage const& stage, Scroll& scroll, ClauseRow const& clause) {
    auto& ui = stage.ui;
    if (!stage.models.today) return;
    std::vector<DutyLine const*> lines;
    for (auto const& line : stage.models.today->duties)
        if (line.duty.clause.id() == clause.id) lines.push_back(&line);
    draw_card(ui, scroll, stage.say("ui.clause-duties"), list_row_height, lines.size(),
              [&](std::size_t index, Rect row) {
                  auto const& line = *lines[index];
                  Scope const scope{duty_id(line.duty)};
                  auto const due = due_words(ui, line.duty.due);
                  auto const title = join_dots({duty_name(ui, line.duty), line.unit, line.words});
                  if (list_row(ui, row, "duty", join_dots({due.words, title, line.number}), false).clicked)
                      stage.go_to_ticket(line.duty.subject, line.number);
                  auto inside = row.inset(16, 9);
                  auto upper = inside.take_top(24);
                  auto const mark = upper.take_right(tag_width(ui, due.words, due.icon), 10);
                  tag(ui, mark.x, mark.centre_y(), due.words, due.tone, due.icon);
                  ui.line(upper, title);
                  ui.line(inside.take_top(22), join_dots({line.number, line.customer, when(ui, line.duty.due)}),
                          {size::text_small, ui.theme().text_2});
              });
}

// GEN-S4: what may be overridden under it, and by whom.
void draw_guards(Stage const& stage, Scroll& scroll, ClauseRow const& clause) {
    auto& ui = stage.ui;
    std::vector<GuardRow const*> guards;
    for (auto const& guard : all_guards())
        if (guard.clause == clause.id) guards.push_back(&guard);
    auto const height = list_row_height;
    draw_card(ui, scroll, stage.say("ui.clause-guards"), height, guards.size(), [&](std::size_t index, Rect row) {
        auto const& guard = *guards[index];
        auto const entitled = entitled_to(*find_guard(guard.name));
        std::string roles;
        for (auto const& choice : role_choices)
            if (entitled.has(static_cast<Role>(choice.value)))
                roles += (roles.empty() ? "" : ui.say("ui.or")) + role_name(ui, static_cast<Role>(choice.value));
        auto inside = row.inset(16, 9);
        ui.label(inside.take_top(24), ui.language == Language::chinese ? guard.zh : guard.en);
        ui.label(inside, stage.say("ui.override-by-roles", {{"roles", roles}}), {size::text_small, ui.theme().text_2});
    });
}

}  // namespace

void draw_legal_notes(Stage const& stage, Scroll& scroll, Clause clause) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const notes = legal_notes_of(clause);
    if (notes.empty()) return;
    draw_section(ui, scroll, stage.say("ui.legal-notes"));
    for (auto const* note : notes) {
        auto const words = ui.language == Language::chinese ? note->zh : note->en;
        auto const width = scroll.content.w - 32;
        auto const box = scroll.take(ui.height_of(words, width) + 52, 10);
        ui.fill(box, theme.surface_2, size::radius);
        auto const height = ui.body(box.x + 16, box.y + 12, width, words);
        ui.label({box.x + 16, box.y + 14 + height, width, 22}, note->source, {size::text_small, theme.text_2});
    }
}

namespace {

void draw_clause(Stage const& stage, Rect place, Clause clause, SettingsState& settings) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const& row = clause.row();
    Scope const scope{row.id};
    auto inside = place.inset(place.w < 560 ? 16 : 24, 0);
    inside.w = std::min(inside.w, 720.0F);
    Scroll scroll{ui, "clause", inside, Scroll::Bar::beside};
    scroll.take(18);
    auto head = scroll.take(ui.metrics.touch ? 44 : 28, 10);
    draw_way_back(stage, head, Place::handbook);
    clause_mark(ui, head.x, head.centre_y(), row.id);
    head.take_left(clause_mark_width(ui, row.id), 12);
    ui.label(head, procedure_name(stage, row.procedure), {size::text_small + 1, theme.text_2});

    auto const words = sentence_of(stage, row);
    TextStyle const style{size::text_title, 0, true};
    auto const text = scroll.take(ui.height_of(words, scroll.content.w, style), 10);
    ui.semantics.heading(words, text, 1);
    ui.paragraph(text.x, text.y, text.w, words, style);
    TagRow tags{ui, scroll};
    for (auto const kind : kinds_of(row)) tags.put(stage.say("clause-kind." + std::string{kind}), Tone::neutral);

    draw_numbers(stage, scroll, row, settings);
    draw_texts(stage, scroll, row, settings);
    draw_waiting(stage, scroll, row);
    draw_guards(stage, scroll, row);
    draw_legal_notes(stage, scroll, clause);
    scroll.take(24);
}

}  // namespace

void draw_handbook(Stage const& stage, Rect place, HandbookState& state, SettingsState& settings) {
    auto& ui = stage.ui;
    auto const clause = find_clause(stage.shell.route.detail);
    auto const narrow = has_one_column(ui);
    if (!narrow || !clause) draw_list(stage, narrow ? place : place.take_left(list_column), state);
    if (clause) return draw_clause(stage, place, *clause, settings);
    if (!narrow)
        empty_state(ui, place, icon::handbook, stage.say("ui.choose-clause"), stage.say("ui.choose-clause-advice"));
}

}  // namespace guanjia
