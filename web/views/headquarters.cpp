#include <algorithm>
#include <utility>

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float settling_width = 360;

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

struct ImportWords {
    std::string words;
    Tone tone;
};

ImportWords words_of(Stage const& stage, Result<ImportReport> const& result) {
    if (!result) return {stage.say("refusal." + result.error().reason, result.error().details), Tone::danger};
    auto const count = [](auto number) { return grouped(static_cast<std::int64_t>(number)); };
    auto words = stage.say(result->header.photos ? "ui.imported-photos" : "ui.imported",
                           {{"added", count(result->added)},
                            {"known", count(result->known)},
                            {"photos", count(result->photos)},
                            {"centre", result->header.desk.centre_name},
                            {"desk", result->header.desk.letter()}});
    if (result->gaps.empty()) return {words, Tone::ok};
    return {words + " " + stage.say("ui.gaps", {{"gaps", range_words(result->gaps)}}), Tone::warn};
}

void draw_import(Stage const& stage, Scroll& scroll, ImportJob const& job) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    if (!job.result) {
        auto const box = scroll.take(progress_height + 24, 10);
        card(ui, box);
        progress(ui, box.inset(16, 12),
                 {.label = stage.say("ui.importing", {{"file", job.file}}),
                  .done = job.done,
                  .all = job.all,
                  .seconds = stage.shell.seconds - job.began});
        return;
    }
    auto const told = words_of(stage, *job.result);
    auto const text_width = scroll.content.w - 64;
    auto const box = scroll.take(ui.height_of(told.words, text_width) + 44, 10);
    ui.fill(box, soft_colour_of(theme, told.tone), size::radius);
    ui.icon({box.x + 14, box.y + 10, 20, 24}, told.tone == Tone::danger ? icon::warning : icon::file, 18,
            colour_of(theme, told.tone));
    ui.label({box.x + 44, box.y + 8, text_width, 24}, job.file, {size::text_small, theme.text_2});
    ui.semantics.add(0, told.tone == Tone::danger ? NodeRole::alert : NodeRole::status, told.words, box);
    ui.paragraph(box.x + 44, box.y + 32, text_width, told.words, {size::text_body, colour_of(theme, told.tone)});
}

class DeskRows : public TableRows {
public:
    DeskRows(Stage const& stage, std::vector<DeskStanding> desks) : stage_{stage}, desks_{std::move(desks)} {}
    std::size_t count() const override { return desks_.size(); }
    std::string id(std::size_t row) const override { return format_incarnation(desks_[row].desk.incarnation); }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        if (column == 2) return static_cast<std::int64_t>(desks_[row].last_number);
        if (column == 3) return static_cast<std::int64_t>(desks_[row].handed_over);
        return std::nullopt;
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        auto const& desk = desks_[row];
        switch (column) {
            case 0: return {desk.desk.centre_name + (desk.own ? " " + stage_.say("ui.this-desk") : "")};
            case 1: return {desk.desk.letter()};
            case 2: return {grouped(static_cast<std::int64_t>(desk.last_number))};
            case 3: return {desk.own ? grouped(static_cast<std::int64_t>(desk.handed_over)) : std::string{}};
            default:
                if (desk.gaps.empty()) return {stage_.say("ui.no-gaps"), TableCell::Kind::tag, Tone::ok};
                return {range_words(desk.gaps), TableCell::Kind::tag, Tone::warn, icon::warning};
        }
    }

private:
    Stage const& stage_;
    std::vector<DeskStanding> desks_;
};

class ComplianceRows : public TableRows {
public:
    ComplianceRows(Ui const& ui, std::vector<DutyCount> counts) : ui_{ui}, counts_{std::move(counts)} {}
    std::size_t count() const override { return counts_.size(); }
    std::string id(std::size_t row) const override { return std::string{counts_[row].clause.id()}; }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        auto const& count = counts_[row];
        std::int64_t const numbers[] = {count.kept, count.late, count.open, count.overdue, count.overridden};
        if (column < 2) return std::nullopt;
        return numbers[column - 2];
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        auto const& clause = counts_[row].clause;
        if (column == 0) return {std::string{clause.id()}, TableCell::Kind::clause};
        if (column == 1) return {std::string{ui_.language == Language::chinese ? clause.row().zh : clause.row().en}};
        auto const amount = *number(row, column);
        auto const bad = amount > 0 && (column == 3 || column == 5);
        return {grouped(amount), TableCell::Kind::text, bad ? Tone::danger : Tone::neutral};
    }

private:
    Ui const& ui_;
    std::vector<DutyCount> counts_;
};

void draw_table(Stage const& stage, Rect place, TableSpec const& spec, std::vector<TableColumn> const& columns,
                TableState& state, char const* file) {
    auto& ui = stage.ui;
    if (table_bar(ui, place.take_top(ui.metrics.control, 10), spec, columns, state).exported)
        stage.shell.download(file, csv_of(columns, state));
    card(ui, place);
    table(ui, place.inset(1), spec, columns, state);
}

void draw_desks(Stage const& stage, Rect place, HeadquartersState& state) {
    if (stage.mailbox.imports().empty() && stage.models.headquarters->desks.size() < 2) {
        auto& ui = stage.ui;
        auto const advice = stage.say("ui.import-advice");
        TextStyle const faint{size::text_small, ui.theme().text_2};
        place.take_top(ui.body(place.x, place.y, place.w, advice, faint), 12);
    }
    std::vector<TableColumn> const columns{{"centre", stage.say("ui.column-centre"), 160, 1},
                                           {"desk", stage.say("ui.column-desk"), 76},
                                           {"entries", stage.say("ui.column-entries"), 90, 0.3F, true},
                                           {"handed-over", stage.say("ui.column-handed-over"), 100, 0.3F, true},
                                           {"gaps", stage.say("ui.column-gaps"), 120, 0.6F}};
    draw_table(stage, place, {.key = "desks", .name = stage.say("ui.tab-desks")}, columns, state.desks, "desks.csv");
}

void draw_compliance(Stage const& stage, Rect place, HeadquartersState& state) {
    std::vector<TableColumn> const columns{{"clause", stage.say("ui.column-clause"), 96},
                                           {"demand", stage.say("ui.column-demand"), 180, 1},
                                           {"kept", stage.say("ui.kept"), 70, 0, true},
                                           {"late", stage.say("ui.late"), 70, 0, true},
                                           {"open", stage.say("ui.open"), 70, 0, true},
                                           {"missed", stage.say("ui.missed"), 90, 0, true},
                                           {"overridden", stage.say("ui.column-overridden"), 80, 0, true}};
    TableSpec const spec{.key = "compliance",
                         .name = stage.say("ui.tab-compliance"),
                         .empty_title = stage.say("ui.no-compliance"),
                         .empty_advice = stage.say("ui.no-compliance-advice")};
    draw_table(stage, place, spec, columns, state.compliance, "compliance.csv");
}

// As people call a record: the person, the home or the number of what was changed.
std::string record_words(Stage const& stage, Conflict const& conflict) {
    auto const& registry = stage.models.registry;
    auto words = stage.say("record." + conflict.kind);
    if (words == "record." + conflict.kind) words = conflict.kind;
    auto const name = registry.name_of(conflict.record);
    if (!name.empty()) return join_dots({words, name});
    for (auto const& owner : registry.owners)
        if (owner.id == conflict.record || (owner.occupancy && owner.occupancy == conflict.record))
            return join_dots({words, owner.unit, owner.name});
    if (auto const place = stage.models.tickets->find(Id<Ticket>{conflict.record}))
        return join_dots({words, stage.models.tickets->line(*place).number});
    return words;
}

std::string value_words(Stage const& stage, Conflict const& conflict, std::string const& value) {
    if (value.empty()) return stage.say("ui.nothing-there");
    auto const* field = conflict.described;
    if (!field) return value;
    if (field->type == FieldType::boolean) return stage.say(value == "true" ? "ui.yes" : "ui.no");
    if (field->type == FieldType::choice)
        for (auto const& choice : field->choices)
            if (choice.name == value) return choice_words(stage.ui, field->choices, choice.value);
    if (field->type == FieldType::reference)
        if (auto const id = parse_id(value)) {
            for (auto const& unit : stage.models.registry.units)
                if (unit.id == *id) return unit.code;
            if (auto const name = stage.models.registry.name_of(*id); !name.empty()) return name;
        }
    return value;
}

ConflictWords words_of(Stage const& stage, Conflict const& conflict) {
    ConflictWords words{record_words(stage, conflict),
                        field_words(stage.ui, "field.", "change_ticket", conflict.field),
                        value_words(stage, conflict, conflict.kept_value),
                        value_words(stage, conflict, conflict.losing_value),
                        {}};
    if (words.field.empty()) words.field = conflict.field;
    words.whole = stage.say(
        "ui.conflict", {{"kind", words.about}, {"field", words.field}, {"losing", words.losing}, {"kept", words.kept}});
    return words;
}

std::string key_of(Conflict const& conflict) {
    return format_id(conflict.record) + "/" + std::to_string(conflict.field_number) + "/" +
           std::to_string(conflict.losing.ticks) + "/" + format_incarnation(conflict.losing.desk);
}

// A person has looked at both and leaves it as it stands; what should be otherwise is changed where it belongs.
void draw_settling(Stage const& stage, Rect place, Conflict const& conflict, ConflictWords const& words,
                   HeadquartersState& state) {
    PanelSpec const spec{words.about, "", stage.say("ui.settle-conflict"), icon::check, PanelGround::card};
    switch (draw_form_panel(stage, place, state.settling, spec, [&](FormFields& fields) {
        fields.quote(stage.say("ui.conflict-kept", {{"field", words.field}}), words.kept);
        fields.quote(stage.say("ui.conflict-losing", {{"field", words.field}}), words.losing);
        fields.note(stage.say("ui.settle-words"));
        fields.field("reason", {.lines = 3});
    })) {
        case PanelEvent::send:
            state.settling.send(stage, {"reason"},
                                {{"record", format_id(conflict.record)},
                                 {"field", std::to_string(conflict.field_number)},
                                 {"losing_ticks", std::to_string(conflict.losing.ticks)},
                                 {"losing_desk", format_incarnation(conflict.losing.desk)}},
                                [&stage, &state](Accepted const& accepted) {
                                    state.settling = {};
                                    tell_done(stage, stage.say("ui.recorded"), accepted);
                                });
            break;
        case PanelEvent::close: state.settling = {}; break;
        default: break;
    }
}

void draw_attention(Stage const& stage, Rect place, HeadquartersSnapshot const& hq, std::string const& name,
                    HeadquartersState& state) {
    auto& ui = stage.ui;
    auto const& conflicts = hq.conflicts;
    auto const settled = std::find_if(conflicts.begin(), conflicts.end(), [&](Conflict const& conflict) {
        return state.settling.is("settle_conflict", key_of(conflict));
    });
    if (settled != conflicts.end()) {
        auto const beside = place.w > 700;
        draw_settling(stage, beside ? place.take_right(settling_width, 16) : place, *settled,
                      state.conflicts[static_cast<std::size_t>(settled - conflicts.begin())], state);
        if (!beside) return;
    }
    card(ui, place);
    if (hq.conflicts.empty() && hq.forks.empty() && hq.quarantine.empty())
        return empty_state(ui, place, icon::check, stage.say("ui.no-attention"), stage.say("ui.no-attention-advice"));
    Scroll scroll{ui, "attention", place.inset(1), {.role = NodeRole::list, .name = name, .bar = Scroll::Bar::beside}};
    scroll.take(8);
    auto const draw_words = [&](Rect part, std::string const& words, Tone tone) {
        ui.icon({part.x + 16, part.y + 8, 20, 24}, icon::warning, 18, colour_of(ui.theme(), tone));
        ui.body(part.x + 48, part.y + 8, part.w - 72, words);
    };
    auto const height_of = [&](std::string const& words) { return ui.height_of(words, scroll.content.w - 72) + 16; };
    auto const line = [&](std::string const& words, Tone tone) {
        auto const part = scroll.take(height_of(words));
        Region const item{ui.semantics, NodeRole::listitem, {}, words, part};
        draw_words(part, words, tone);
    };
    for (std::size_t index = 0; index < conflicts.size(); ++index) {
        auto const& words = state.conflicts[index].whole;
        auto const part = scroll.take(height_of(words));
        if (!scroll.sees(part)) continue;
        auto const key = key_of(conflicts[index]);
        Region const item{ui.semantics, NodeRole::listitem, {}, key, part};
        Scope const scope{key};
        if (list_row(ui, part, "row", words, state.settling.is("settle_conflict", key)).clicked)
            state.settling.begin(stage, "settle_conflict", key);
        draw_words(part, words, Tone::warn);
    }
    for (auto const& fork : hq.forks)
        line(stage.say("ui.fork",
                       {{"desk", format_incarnation(fork.incarnation)}, {"number", std::to_string(fork.number)}}),
             Tone::danger);
    for (auto const& file : hq.quarantine)
        line(stage.say("ui.quarantine", {{"desk", format_incarnation(file.incarnation)},
                                         {"until", format_time(from_unix_milliseconds(file.ahead_until))}}),
             Tone::warn);
}

}  // namespace

void draw_headquarters(Stage const& stage, Rect place, HeadquartersState& state) {
    auto& ui = stage.ui;
    if (!stage.models.headquarters) return;
    auto const& hq = *stage.models.headquarters;
    if (has_clause_column(ui)) draw_clauses(stage, place.take_right(size::clauses), {"GEN-S4", "GEN-S5", "GEN-5.3"});
    auto inside = page_inset(ui, place);
    auto const words = stage.say("ui.import-files");
    ButtonSpec const choose{.label = words, .icon = icon::upload, .kind = ButtonKind::primary};
    auto head = page_head(stage, inside, stage.say("ui.place-headquarters"),
                          stage.say("ui.desks-known", {{"count", std::to_string(hq.desks.size())}}),
                          button_width(ui, choose) + 16);
    if (button_right(ui, head, choose)) stage.shell.choose_file();
    auto const attention = stage.say(
        "ui.tab-attention", {{"count", std::to_string(hq.conflicts.size() + hq.forks.size() + hq.quarantine.size())}});
    std::string const labels[] = {stage.say("ui.tab-desks"), stage.say("ui.tab-compliance"), attention};
    tabs(ui, inside.take_top(tabs_height(ui), 12), "tab", labels, state.tab);

    auto const& jobs = stage.mailbox.imports();
    if (!jobs.empty()) {
        auto const height = std::min(static_cast<float>(jobs.size()) * 94, 220.0F);
        Scroll scroll{ui, "imports", inside.take_top(height, 12)};
        for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) draw_import(stage, scroll, *job);
    }
    auto const language = std::exchange(state.language, ui.language);
    if (state.of != stage.models.headquarters_revision || state.registry_of != stage.models.registry_revision ||
        language != ui.language || !state.desks.rows) {
        state.registry_of = stage.models.registry_revision;
        state.conflicts.clear();
        for (auto const& conflict : hq.conflicts) state.conflicts.push_back(words_of(stage, conflict));
        state.of = stage.models.headquarters_revision;
        state.desks.set_rows(std::make_shared<DeskRows>(stage, hq.desks));
        state.compliance.set_rows(std::make_shared<ComplianceRows>(ui, hq.compliance));
    }
    switch (state.tab) {
        case 1: return draw_compliance(stage, inside, state);
        case 2: return draw_attention(stage, inside, hq, attention, state);
        default: return draw_desks(stage, inside, state);
    }
}

}  // namespace guanjia
