#include "core/base/text.h"
#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float columns_width = 430;
constexpr float column_row = 58;
constexpr float field_width = 168;
constexpr std::size_t sample_rows = 2;
constexpr TicketKind kinds[] = {TicketKind::other,     TicketKind::enquiry,    TicketKind::repair,
                                TicketKind::complaint, TicketKind::suggestion, TicketKind::praise};

std::string field_words(Stage const& stage, IntakeField field) {
    return stage.say("intake-field." + std::string{name_of(field)});
}

std::string count_words(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

std::string one_line(std::string_view text) {
    std::string line;
    for (auto const character : text) line += character == '\n' || character == '\t' ? ' ' : character;
    return line;
}

// The sentence of a refused row names the field as people know it.
std::string reason_words(Stage const& stage, Refusal const& refusal) {
    auto const words = stage.say("refusal." + refusal.reason, refusal.details);
    if (refusal.fields.empty()) return words;
    auto const field = intake_field(refusal.fields.front());
    return field ? stage.say("ui.intake-reason", {{"field", field_words(stage, *field)}, {"why", words}}) : words;
}

struct FateWords {
    char const* key;
    Tone tone;
    char const* icon;
};
FateWords words_of(RowFate fate, bool written) {
    switch (fate) {
        case RowFate::fresh: return {written ? "ui.intake-taken" : "ui.intake-fresh", Tone::ok, icon::check};
        case RowFate::known: return {"ui.intake-known", Tone::neutral, nullptr};
        case RowFate::repeated: return {"ui.intake-repeated", Tone::warn, icon::warning};
        default: return {"ui.intake-refused", Tone::danger, icon::warning};
    }
}

// The rows of a fate, or all; of a job that goes on living as long as they do.
class IntakeRows : public TableRows {
public:
    IntakeRows(Stage const& stage, std::shared_ptr<IntakeJob const> job, std::optional<RowFate> fate)
        : stage_{stage}, job_{std::move(job)}, intake_{job_->intake()} {
        for (std::size_t row = 0; row < intake_->rows(); ++row)
            if (!fate || intake_->fate(row) == *fate) rows_.push_back(static_cast<std::uint32_t>(row));
    }
    std::size_t count() const override { return rows_.size(); }
    std::string id(std::size_t row) const override { return std::to_string(rows_[row]); }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        if (column == 0) return static_cast<std::int64_t>(rows_[row]);
        return std::nullopt;
    }
    TableCell cell(std::size_t place, std::size_t column) const override {
        // Another mapping is being looked through.
        if (job_->intake() != intake_) return {};
        std::size_t const row = rows_[place];
        switch (column) {
            case 0: return {count_words(intake_->number(row))};
            case 1: {
                auto const words = words_of(intake_->fate(row), job_->phase() == IntakeJob::Phase::written);
                return {stage_.say(words.key), TableCell::Kind::tag, words.tone, words.icon};
            }
            case 2: {
                auto const* why = intake_->why(row);
                return {why ? reason_words(stage_, *why) : std::string{}};
            }
            default: return {content(row), TableCell::Kind::faint};
        }
    }

private:
    std::string content(std::size_t row) const {
        auto const text = [&](IntakeField field) { return one_line(intake_->text(row, field)); };
        switch (job_->mapping().target) {
            case IntakeTarget::units: return join_dots({text(IntakeField::unit), text(IntakeField::building)});
            case IntakeTarget::owners: return join_dots({text(IntakeField::unit), text(IntakeField::name)});
            default:
                return join_dots({text(IntakeField::origin), text(IntakeField::category), text(IntakeField::words)});
        }
    }

    Stage const& stage_;
    std::shared_ptr<IntakeJob const> job_;
    Intake const* intake_;
    std::vector<std::uint32_t> rows_;
};

void choose_target(Stage const& stage, Rect place, IntakeState& state, IntakeJob* job) {
    Option const targets[] = {{stage.say("ui.homes")}, {stage.say("ui.owners")}, {stage.say("ui.old-tickets")}};
    auto chosen = static_cast<int>(job ? job->mapping().target : state.target);
    if (!choice(stage.ui, place, {.key = "target", .label = stage.say("ui.intake-target")}, targets, chosen)) return;
    state.target = static_cast<IntakeTarget>(chosen);
    if (job) job->set_target(state.target);
}

void draw_start(Stage const& stage, Rect place, IntakeState& state) {
    auto& ui = stage.ui;
    Scroll scroll{ui, "intake", place, Scroll::Bar::beside};
    auto const advice = stage.say("ui.intake-advice");
    TextStyle const faint{size::text_small + 1, ui.theme().text_2};
    auto const width = std::min(scroll.content.w, 720.0F);
    auto const words_height = ui.height_of(advice, width - 40, faint);
    auto const target_height = choice_height(ui, {.label = "."}, 3);
    auto box = scroll.take(words_height + target_height + ui.metrics.control + 100, 16);
    box.w = width;
    card(ui, box);
    auto inside = box.inset(20, 16);
    ui.heading(inside.take_top(28, 10), stage.say("ui.intake"), 2, {size::text_body + 1, 0, true});
    inside.take_top(ui.body(inside.x, inside.y, inside.w, advice, faint), 14);
    choose_target(stage, inside.take_top(target_height, 16), state, nullptr);
    auto row = inside.take_top(ui.metrics.control);
    if (button_left(ui, row,
                    {.label = stage.say("ui.choose-table"), .icon = icon::upload, .kind = ButtonKind::primary}))
        stage.shell.choose_file();
    row.take_left(10);
    if (button_left(ui, row, {.label = stage.say("ui.paste-table"), .icon = icon::file})) stage.shell.paste();
}

// What is picked from a list of our own has no id in the records.
AnyId number_id(std::size_t number) { return {1, number + 1}; }

// The number of what was picked instead of what it is.
std::optional<std::size_t> pick(Stage const& stage, Rect place, FieldSpec const& spec, ValuePicker& value, AnyId is,
                                std::string const& words, PickerFind const& find) {
    auto& state = value.state;
    // A word that stands for nothing goes when the list is left.
    if (!state.open && (value.shown != is || !state.chosen)) {
        state.clear();
        state.chosen = value.shown = is;
        state.text = words;
    }
    picker(stage.ui, place, spec, state, find);
    if (state.open || !state.chosen || state.chosen == value.shown) return std::nullopt;
    value.shown = state.chosen;
    return static_cast<std::size_t>(state.chosen.counter - 1);
}

void draw_column(Stage const& stage, Rect row, IntakeState& state, IntakeJob& job, std::size_t column) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const& table = job.table();
    auto mapping = job.mapping();
    auto const heading = mapping.has_heading && !table.cell(0, column).empty()
                             ? one_line(table.cell(0, column))
                             : stage.say("ui.column-place", {{"number", std::to_string(column + 1)}});
    Region const item{ui.semantics, NodeRole::listitem, {}, heading, row};
    Scope const scope{std::to_string(column)};
    auto inside = row.inset(0, 6);
    auto field = inside.take_right(field_width, 12);
    field = {field.x, field.centre_y() - ui.metrics.control / 2, field.w, ui.metrics.control};
    ui.label(inside.take_top(24), heading, {size::text_body, 0, mapping.columns[column] != IntakeField::none});
    std::string samples;
    for (std::size_t place = mapping.has_heading ? 1 : 0, found = 0; place < table.rows() && found < sample_rows;
         ++place) {
        if (table.cell(place, column).empty()) continue;
        if (found++ > 0) samples += "  ·  ";
        auto const text = one_line(table.cell(place, column).substr(0, 120));
        samples += mapping.columns[column] == IntakeField::phone ? mask(text) : text;
    }
    while (!samples.empty() && !is_clean_text(samples)) samples.pop_back();
    ui.label(inside, samples, {size::text_small, theme.text_2});

    auto const is = mapping.columns[column];
    auto const find = [&](std::string_view typed, std::size_t limit) {
        std::vector<PickerItem> items;
        auto const offer = [&](IntakeField offered, bool is_required) {
            auto words = field_words(stage, offered);
            if (items.size() < limit && (typed.empty() || words.find(typed) != std::string::npos))
                items.push_back({number_id(static_cast<std::size_t>(offered)), std::move(words),
                                 is_required ? stage.say("ui.intake-needed") : std::string{}});
        };
        offer(IntakeField::none, false);
        for (auto const& spec : fields_of(mapping.target)) offer(spec.field, spec.required);
        return items;
    };
    auto const picked =
        pick(stage, field, {.key = "field", .label = stage.say("ui.column-is", {{"column", heading}}), .plain = true},
             state.columns[column], number_id(static_cast<std::size_t>(is)), field_words(stage, is), find);
    if (!picked) return;
    mapping.columns[column] = static_cast<IntakeField>(*picked);
    mapping.order = order_of_dates(table, mapping);
    job.set_mapping(std::move(mapping));
}

void draw_options(Stage const& stage, Scroll& scroll, IntakeState& state, IntakeJob& job) {
    auto& ui = stage.ui;
    auto const row_height = std::max(ui.metrics.control - 6, 30.0F);
    choose_target(stage, scroll.take(choice_height(ui, {.label = "."}, 3), 12), state, &job);
    if (job.sheets().size() > 1) {
        FieldSpec const spec{.key = "sheet", .label = stage.say("ui.sheet")};
        auto const find = [&](std::string_view typed, std::size_t limit) {
            std::vector<PickerItem> items;
            for (std::size_t sheet = 0; sheet < job.sheets().size() && items.size() < limit; ++sheet)
                if (typed.empty() || job.sheets()[sheet].find(typed) != std::string::npos)
                    items.push_back({number_id(sheet), job.sheets()[sheet], {}});
            return items;
        };
        if (auto const picked = pick(stage, scroll.take(field_height(ui, spec), 8), spec, state.sheet,
                                     number_id(job.sheet()), job.sheets()[job.sheet()], find))
            job.set_sheet(*picked);
    }
    auto mapping = job.mapping();
    auto changed = checkbox(ui, scroll.take(row_height), "heading", stage.say("ui.has-heading"), mapping.has_heading);
    auto const maps = [&](IntakeField field) {
        return std::find(mapping.columns.begin(), mapping.columns.end(), field) != mapping.columns.end();
    };
    if (mapping.target != IntakeTarget::units && maps(IntakeField::unit))
        changed |=
            checkbox(ui, scroll.take(row_height), "units",
                     stage.say(mapping.target == IntakeTarget::tickets ? "ui.adds-units-or-words" : "ui.adds-units"),
                     mapping.adds_units);
    if (maps(IntakeField::opened) || maps(IntakeField::since)) {
        Option const orders[] = {
            {stage.say("ui.order-told")}, {stage.say("ui.order-month")}, {stage.say("ui.order-day")}};
        auto order = static_cast<int>(mapping.order);
        ChoiceSpec const spec{.key = "order", .label = stage.say("ui.date-order")};
        if (choice(ui, scroll.take(choice_height(ui, spec, 3), 8), spec, orders, order)) {
            mapping.order = static_cast<DateOrder>(order);
            changed = true;
        }
    }
    if (mapping.target == IntakeTarget::tickets) {
        std::vector<Option> options;
        auto kind = 0;
        for (std::size_t index = 0; index < std::size(kinds); ++index) {
            options.push_back({choice_words(ui, ticket_kind_choices, static_cast<std::int64_t>(kinds[index]))});
            if (kinds[index] == mapping.kind) kind = static_cast<int>(index);
        }
        ChoiceSpec const spec{.key = "kind", .label = stage.say("ui.kind-unless-told"), .columns = 3};
        if (choice(ui, scroll.take(choice_height(ui, spec, options.size()), 8), spec, options, kind)) {
            mapping.kind = kinds[kind];
            changed = true;
        }
    }
    if (changed) job.set_mapping(std::move(mapping));
}

std::string file_words(Stage const& stage, IntakeJob const& job) {
    return job.file().empty() ? stage.say("ui.pasted-table") : job.file();
}

void draw_columns(Stage const& stage, Rect place, IntakeState& state, IntakeJob& job) {
    auto& ui = stage.ui;
    card(ui, place);
    Scroll scroll{ui, "columns", place.inset(16, 1), {.role = NodeRole::form, .name = stage.say("ui.intake-columns")}};
    scroll.take(14);
    ui.heading(scroll.take(24), file_words(stage, job), 2, {size::text_body, 0, true});
    ui.label(scroll.take(24, 10),
             stage.say("ui.table-size", {{"format", std::string{job.format()}},
                                         {"rows", count_words(job.table().rows())},
                                         {"columns", count_words(job.table().columns())}}),
             {size::text_small, ui.theme().text_2});
    draw_options(stage, scroll, state, job);
    ui.heading(scroll.take(26, 4), stage.say("ui.intake-columns"), 3, {size::text_small, ui.theme().text_2, true});
    state.columns.resize(job.table().columns());
    Region const list{ui.semantics, NodeRole::list, {}, stage.say("ui.intake-columns"), scroll.content};
    for (std::size_t column = 0; column < std::min(job.table().columns(), job.mapping().columns.size()); ++column)
        if (auto const row = scroll.take(column_row); scroll.sees(row)) {
            draw_column(stage, row, state, job, column);
            ui.horizontal_line(row.x, row.bottom() - 1, row.w);
        }
}

void draw_rows(Stage const& stage, Rect place, IntakeState& state, std::shared_ptr<IntakeJob> const& job) {
    auto& ui = stage.ui;
    auto const& intake = *job->intake();
    auto const written = job->phase() == IntakeJob::Phase::written;
    constexpr RowFate fates[] = {RowFate::fresh, RowFate::known, RowFate::repeated, RowFate::refused};
    std::vector<std::string> labels{stage.say("ui.intake-all", {{"count", count_words(intake.rows())}})};
    for (auto const fate : fates)
        labels.push_back(stage.say("ui.intake-fate", {{"fate", stage.say(words_of(fate, written).key)},
                                                      {"count", count_words(intake.count(fate))}}));
    tabs(ui, place.take_top(tabs_height(ui), 10), "fate", labels, state.shown);
    if (state.of != job->revision() || state.of_shown != state.shown || state.of_language != ui.language ||
        !state.rows.rows) {
        state.of = job->revision();
        state.of_shown = state.shown;
        state.of_language = ui.language;
        auto const fate = state.shown == 0 ? std::nullopt : std::optional{fates[state.shown - 1]};
        state.rows.set_rows(std::make_shared<IntakeRows>(stage, job, fate));
    }
    card(ui, place);
    std::vector<TableColumn> const columns{{"row", stage.say("ui.column-row"), 70, 0, true},
                                           {"fate", stage.say("ui.column-fate"), 96},
                                           {"reason", stage.say("ui.column-reason"), 160, 1},
                                           {"content", stage.say("ui.column-content"), 160, 1}};
    TableSpec const spec{.key = "intake-rows",
                         .name = stage.say("ui.intake-rows"),
                         .empty_title = stage.say("ui.intake-none"),
                         .empty_advice = stage.say("ui.intake-none-advice")};
    table(ui, place.inset(1), spec, columns, state.rows);
}

// How it stands, and what is done next.
void draw_foot(Stage const& stage, Rect row, IntakeState& state, IntakeJob& job) {
    auto& ui = stage.ui;
    auto const* intake = job.intake();
    auto const fresh = intake ? intake->count(RowFate::fresh) : 0;
    auto const refused = intake ? intake->count(RowFate::refused) : 0;
    if (job.phase() == IntakeJob::Phase::previewed &&
        button_right(ui, row,
                     {.label = stage.say("ui.take-rows", {{"count", count_words(fresh)}}),
                      .icon = icon::check,
                      .kind = ButtonKind::primary,
                      .off = fresh == 0,
                      .key = "take"}))
        job.write(stage.shell.seconds);
    auto const written = job.phase() == IntakeJob::Phase::written;
    if (job.phase() != IntakeJob::Phase::writing &&
        button_right(ui, row,
                     {.label = stage.say(written ? "ui.intake-done" : "ui.give-up"),
                      .kind = written ? ButtonKind::primary : ButtonKind::secondary,
                      .key = "close"})) {
        stage.mailbox.drop_table();
        state.rows.rows.reset();
        state.columns.clear();
        return;
    }
    if (intake && refused > 0 && (written || job.phase() == IntakeJob::Phase::previewed) &&
        button_right(ui, row,
                     {.label = stage.say("ui.refused-rows", {{"count", count_words(refused)}}),
                      .icon = icon::download,
                      .key = "refused"}))
        stage.shell.download("refused-rows.csv", intake->refused_rows(ui.language));
    if (written) {
        auto const words = stage.say("ui.rows-taken", {{"count", count_words(fresh)}});
        ui.semantics.add(0, NodeRole::status, words, row);
        ui.label(row, words, {size::text_body, ui.theme().ok, true});
    }
}

void draw_running(Stage const& stage, Rect place, IntakeJob& job) {
    auto& ui = stage.ui;
    char const* const words = job.phase() == IntakeJob::Phase::reading      ? "ui.reading-table"
                              : job.phase() == IntakeJob::Phase::previewing ? "ui.looking-through"
                                                                            : "ui.taking-rows";
    auto const box = place.take_top(progress_height + 24, 10);
    card(ui, box);
    if (progress(ui, box.inset(16, 12),
                 {.label = stage.say(words),
                  .done = job.done(),
                  .all = job.all(),
                  .seconds = stage.shell.seconds - job.began(),
                  .cancel = job.phase() == IntakeJob::Phase::writing}))
        job.stop_writing();
}

}  // namespace

void draw_intake(Stage const& stage, Rect place, IntakeState& state) {
    auto& ui = stage.ui;
    auto const job = stage.mailbox.intake();
    if (!job) return draw_start(stage, place, state);
    auto const phase = job->phase();
    draw_foot(stage, place.take_bottom(ui.metrics.control, 12), state, *job);
    auto const writes = phase == IntakeJob::Phase::writing || phase == IntakeJob::Phase::written;
    auto const has_columns = !writes && phase != IntakeJob::Phase::reading && job->table().rows() > 0;
    if (writes) ui.heading(place.take_top(26, 8), file_words(stage, *job), 2, {size::text_body, 0, true});
    auto const wide = place.w > 2 * columns_width;
    if (has_columns && wide) {
        draw_columns(stage, place.take_left(columns_width, 16), state, *job);
    } else if (has_columns) {
        std::string const parts[] = {stage.say("ui.intake-columns"), stage.say("ui.intake-rows")};
        tabs(ui, place.take_top(tabs_height(ui), 10), "part", parts, state.part);
        if (state.part == 0) return draw_columns(stage, place, state, *job);
    }
    if (job->refusal()) {
        auto const words = reason_words(stage, *job->refusal());
        auto const box = place.take_top(ui.height_of(words, place.w - 60) + 20);
        ui.fill(box, soft_colour_of(ui.theme(), Tone::danger), size::radius);
        ui.icon({box.x + 14, box.y + 10, 20, 24}, icon::warning, 18, colour_of(ui.theme(), Tone::danger));
        ui.semantics.add(0, NodeRole::alert, words, box);
        ui.paragraph(box.x + 44, box.y + 10, box.w - 60, words, {size::text_body, colour_of(ui.theme(), Tone::danger)});
        return;
    }
    if (phase == IntakeJob::Phase::previewed || phase == IntakeJob::Phase::written)
        return draw_rows(stage, place, state, job);
    draw_running(stage, place, *job);
}

}  // namespace guanjia
