#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

// A plain table: columns by their share of the width, cells as texts.
struct Table {
    Stage const& stage;
    Rect place;
    std::span<std::pair<char const*, float> const> columns;

    void head() {
        auto& ui = stage.ui;
        ui.semantics.open(NodeRole::row, {}, "head");
        auto cells = place.take_top(38).inset(16, 0);
        auto const whole = cells.w;
        for (auto const& [words, share] : columns) {
            auto cell = cells.take_left(whole * share);
            cell.w -= 8;
            ui.semantics.add(0, NodeRole::columnheader, stage.say(words), cell);
            ui.line(cell, stage.say(words), {size::text_small, ui.theme().text_2});
        }
        ui.semantics.close();
        ui.fill({place.x, place.y - 1, place.w, 1}, ui.theme().line);
    }
    void row(Scroll& scroll, std::string const& key, std::initializer_list<std::string> texts) {
        auto& ui = stage.ui;
        auto const part = scroll.take(44);
        if (!scroll.sees(part)) return;
        ui.semantics.open(NodeRole::row, {}, key);
        auto cells = part.inset(16, 0);
        auto const whole = cells.w;
        auto column = columns.begin();
        for (auto const& text : texts) {
            auto cell = cells.take_left(whole * column->second);
            cell.w -= 8;
            ++column;
            ui.semantics.add(0, NodeRole::cell, text, cell);
            ui.line(cell, text);
        }
        ui.fill({part.x, part.bottom() - 1, part.w, 1}, ui.theme().line);
        ui.semantics.close();
    }
};

std::string range_words(std::vector<EntryRange> const& gaps) {
    std::string words;
    for (auto const& gap : gaps) {
        if (!words.empty()) words += ", ";
        words += std::to_string(gap.first);
        if (gap.last != gap.first) words += "–" + std::to_string(gap.last);
        if (words.size() > 60) return words + "…";
    }
    return words;
}

void draw_imports(Stage const& stage, Scroll& scroll) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    for (auto job = stage.mailbox.imports().rbegin(); job != stage.mailbox.imports().rend(); ++job) {
        std::string words;
        auto tone = Tone::info;
        if (!job->result) {
            words = stage.say("ui.importing", {{"done", std::to_string(job->done)}, {"all", std::to_string(job->all)}});
        } else if (*job->result) {
            auto const& report = **job->result;
            tone = report.gaps.empty() ? Tone::ok : Tone::warn;
            words = stage.say("ui.imported", {{"added", std::to_string(report.added)},
                                              {"known", std::to_string(report.known)},
                                              {"centre", report.header.desk.centre_name},
                                              {"desk", report.header.desk.letter()}});
            if (!report.gaps.empty()) words += " " + stage.say("ui.gaps", {{"gaps", range_words(report.gaps)}});
        } else {
            tone = Tone::danger;
            auto const& refusal = job->result->error();
            words = ui.say("refusal." + refusal.reason, refusal.details);
        }
        auto const text_width = scroll.content.w - 64;
        auto const height = ui.height_of(words, text_width) + 44;
        auto const box = scroll.take(height, 10);
        ui.fill(box, soft_colour_of(theme, tone), size::radius);
        ui.icon({box.x + 14, box.y + 10, 20, 24}, tone == Tone::danger ? icon::warning : icon::file, 18,
                colour_of(theme, tone));
        ui.label({box.x + 44, box.y + 8, text_width, 24}, job->file, {size::text_small, theme.text_2});
        ui.semantics.add(0, tone == Tone::danger ? NodeRole::alert : NodeRole::status, words, box);
        ui.paragraph(box.x + 44, box.y + 32, text_width, words, {size::text_body, colour_of(theme, tone)});
        if (!job->result && job->all > 0) {
            auto const share = std::min(static_cast<float>(job->done) / static_cast<float>(job->all), 1.0F);
            ui.fill({box.x, box.bottom() - 4, box.w, 4}, theme.line, 2);
            ui.fill({box.x, box.bottom() - 4, box.w * share, 4}, theme.accent, 2);
        }
    }
}

}  // namespace

void draw_headquarters(Stage const& stage, Rect place, HeadquartersState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    if (!stage.models.headquarters) return;
    auto const& hq = *stage.models.headquarters;
    if (has_clause_column(ui)) draw_clauses(stage, place.take_right(size::clauses), {"GEN-S4", "GEN-S5", "GEN-5.3"});
    auto inside = place.inset(24, 20);
    auto head = page_head(stage, inside, stage.say("ui.place-headquarters"),
                          stage.say("ui.desks-known", {{"count", std::to_string(hq.desks.size())}}));
    if (button_right(ui, head,
                     {.label = stage.say("ui.import-files"), .icon = icon::upload, .kind = ButtonKind::primary}))
        stage.shell.choose_file();
    auto const attention = hq.conflicts.size() + hq.forks.size() + hq.quarantine.size();
    std::string const labels[] = {stage.say("ui.tab-desks"), stage.say("ui.tab-compliance"),
                                  stage.say("ui.tab-attention", {{"count", std::to_string(attention)}})};
    tabs(ui, inside.take_top(28, 12), "tab", labels, state.tab);

    if (!stage.mailbox.imports().empty()) {
        auto const height = std::min(static_cast<float>(stage.mailbox.imports().size()) * 100, 220.0F);
        Scroll scroll{ui, "imports", inside.take_top(height, 12)};
        draw_imports(stage, scroll);
    }
    card(ui, inside);
    inside = inside.inset(1, 1);
    if (state.tab == 0) {
        static constexpr std::pair<char const*, float> columns[] = {{"ui.column-centre", 0.3F},
                                                                    {"ui.column-desk", 0.12F},
                                                                    {"ui.column-entries", 0.14F},
                                                                    {"ui.column-handed-over", 0.14F},
                                                                    {"ui.column-gaps", 0.3F}};
        ui.semantics.open(NodeRole::table, stage.say("ui.tab-desks"), "desks");
        Table table{stage, inside, columns};
        table.head();
        {
            Scroll scroll{ui, "desks", table.place, {.role = NodeRole::rowgroup}};
            for (auto const& desk : hq.desks)
                table.row(
                    scroll, format_incarnation(desk.desk.incarnation),
                    {desk.desk.centre_name + (desk.own ? " " + stage.say("ui.this-desk") : ""), desk.desk.letter(),
                     std::to_string(desk.last_number), desk.own ? std::to_string(desk.handed_over) : "",
                     desk.gaps.empty() ? stage.say("ui.no-gaps") : range_words(desk.gaps)});
            if (stage.mailbox.imports().empty()) {
                auto const advice = stage.say("ui.import-advice");
                auto const part = scroll.take(ui.height_of(advice, scroll.content.w - 32, {size::text_small}) + 24);
                ui.body(part.x + 16, part.y + 14, part.w - 32, advice, {size::text_small, theme.text_2});
            }
        }
        ui.semantics.close();
        return;
    }
    if (state.tab == 1) {
        static constexpr std::pair<char const*, float> columns[] = {
            {"ui.column-clause", 0.14F}, {"ui.column-demand", 0.42F}, {"ui.kept", 0.11F},
            {"ui.late", 0.11F},          {"ui.open", 0.11F},          {"ui.missed", 0.11F}};
        if (hq.compliance.empty())
            return empty_state(ui, inside, icon::shield, stage.say("ui.no-compliance"),
                               stage.say("ui.no-compliance-advice"));
        ui.semantics.open(NodeRole::table, stage.say("ui.tab-compliance"), "compliance");
        Table table{stage, inside, columns};
        table.head();
        {
            Scroll scroll{ui, "compliance", table.place, {.role = NodeRole::rowgroup}};
            for (auto const& count : hq.compliance)
                table.row(
                    scroll, std::string{count.clause.id()},
                    {std::string{count.clause.id()},
                     std::string{ui.language == Language::chinese ? count.clause.row().zh : count.clause.row().en},
                     std::to_string(count.kept), std::to_string(count.late), std::to_string(count.open),
                     std::to_string(count.overdue)});
        }
        ui.semantics.close();
        return;
    }
    if (attention == 0)
        return empty_state(ui, inside, icon::check, stage.say("ui.no-attention"), stage.say("ui.no-attention-advice"));
    {
        Scroll scroll{ui,
                      "attention",
                      inside.inset(15, 0),
                      {.role = NodeRole::list,
                       .name = stage.say("ui.tab-attention", {{"count", std::to_string(attention)}}),
                       .bar = Scroll::Bar::beside}};
        scroll.take(12);
        auto const line = [&](std::string const& words, Tone tone) {
            auto const height = ui.height_of(words, scroll.content.w - 40);
            auto const part = scroll.take(height, 12);
            ui.semantics.open(NodeRole::listitem, {}, words);
            ui.icon({part.x, part.y, 20, 24}, icon::warning, 18, colour_of(theme, tone));
            ui.body(part.x + 32, part.y, scroll.content.w - 40, words);
            ui.semantics.close();
        };
        for (auto const& conflict : hq.conflicts)
            line(stage.say("ui.conflict", {{"kind", conflict.kind},
                                           {"field", conflict.field},
                                           {"losing", conflict.losing_value},
                                           {"kept", conflict.kept_value}}),
                 Tone::warn);
        for (auto const& fork : hq.forks)
            line(stage.say("ui.fork",
                           {{"desk", format_incarnation(fork.incarnation)}, {"number", std::to_string(fork.number)}}),
                 Tone::danger);
        for (auto const& file : hq.quarantine)
            line(stage.say("ui.quarantine", {{"desk", format_incarnation(file.incarnation)},
                                             {"until", format_time(from_unix_milliseconds(file.ahead_until))}}),
                 Tone::warn);
    }
}

}  // namespace guanjia
