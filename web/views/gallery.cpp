// Every control in every state, for looking at and for the tests that hold the look. Not in the rail: #/gallery.

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float column_gap = 32;

std::string say(Ui const& ui, std::string_view key) { return ui.say("gallery." + std::string{key}); }

// Rows that need no records: as many as asked for, the same every time.
class ExampleRows : public TableRows {
public:
    ExampleRows(Ui const& ui, std::size_t count) : ui_{ui}, count_{count} {}
    std::size_t count() const override { return count_; }
    std::string id(std::size_t row) const override { return "row-" + std::to_string(row); }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        if (column == 3) return amount(row);
        if (column == 4) return days(row);
        return std::nullopt;
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        static constexpr char const* names[] = {"张*", "李*", "王**", "赵*", "钱**", "孙*", "周**", "吴*"};
        static constexpr char const* items[] = {"fee-management", "fee-utilities", "fee-parking"};
        static constexpr char const* states[] = {"state-call", "state-promised", "state-disputed", "state-legal",
                                                 "state-instalments"};
        static constexpr Tone tones[] = {Tone::info, Tone::warn, Tone::neutral, Tone::danger, Tone::ok};
        switch (column) {
            case 0: {
                auto const home = std::to_string(row % 30 + 1);
                return {std::to_string(row / 30 % 12 + 1) + "栋" + (home.size() < 2 ? "0" : "") + home + "02"};
            }
            case 1: return {names[row % 8]};
            case 2: return {say(ui_, items[row % 3])};
            case 3: return {grouped(Money{amount(row)})};
            case 4: return {std::to_string(days(row))};
            case 5: return {"COL-4.3", TableCell::Kind::clause};
            default: return {say(ui_, states[row % 5]), TableCell::Kind::tag, tones[row % 5]};
        }
    }

private:
    static std::int64_t amount(std::size_t row) { return static_cast<std::int64_t>(row * 7919 % 300'000 + 10'000); }
    static std::int64_t days(std::size_t row) { return static_cast<std::int64_t>(row * 31 % 240); }
    Ui const& ui_;
    std::size_t count_;
};

std::vector<TableColumn> example_columns(Ui const& ui) {
    return {{"unit", say(ui, "unit"), 100, 1},      {"owner", say(ui, "owner"), 70, 1},
            {"item", say(ui, "item"), 80, 1},       {"amount", say(ui, "owed"), 100, 0.5F, true},
            {"days", say(ui, "days"), 90, 0, true}, {"clause", say(ui, "clause"), 100},
            {"state", say(ui, "state"), 120, 0.5F}};
}

DayKind example_kind(Date date) {
    if (date.month() == std::chrono::October && static_cast<unsigned>(date.day()) <= 7) return DayKind::holiday;
    if (date.month() == std::chrono::October && static_cast<unsigned>(date.day()) == 10) return DayKind::make_up;
    return is_weekend(date) ? DayKind::weekend : DayKind::working;
}

class Sheet {
public:
    Sheet(Stage const& stage, Scroll& scroll, GalleryState& state)
        : stage_{stage}, ui_{stage.ui}, scroll_{scroll}, state_{state} {}

    std::string say(std::string_view key) const { return guanjia::say(ui_, key); }
    void title(std::string_view words) { ui_.heading(scroll_.take(30, 10), words, 2, {size::text_title, 0, true}); }

    void buttons() {
        title(say("buttons"));
        auto row = scroll_.take(ui_.metrics.control, 12);
        button_left(ui_, row, {.label = say("primary"), .icon = icon::plus, .kind = ButtonKind::primary, .hint = "N"});
        button_left(ui_, row, {.label = say("secondary"), .icon = icon::phone});
        button_left(ui_, row, {.label = say("quiet"), .kind = ButtonKind::quiet});
        button_left(ui_, row, {.label = say("danger"), .icon = icon::void_, .kind = ButtonKind::danger});
        row = scroll_.take(ui_.metrics.control, 12);
        button_left(ui_, row,
                    {.label = say("primary-off"),
                     .kind = ButtonKind::primary,
                     .off = true,
                     .description = say("not-complete")});
        button_left(ui_, row, {.label = say("secondary-off"), .off = true});
        button_left(ui_, row, {.label = say("quiet-off"), .kind = ButtonKind::quiet, .off = true});
        row = scroll_.take(ui_.metrics.control, 12);
        button_left(ui_, row, {.label = say("danger-primary"), .kind = ButtonKind::danger_primary});
        icon_button(ui_, row.take_left(ui_.metrics.control, 8), icon::eye, say("look"));
        std::vector<MenuItem> const items{
            {say("contact"), icon::contact}, {say("print"), icon::print}, {}, {say("void"), icon::void_, true}};
        menu(ui_, row.take_left(ui_.metrics.control, 8), {"menu", say("more"), icon::more}, items, state_.menu);
        title(say("tags"));
        std::pair<std::string, Tone> const tags[] = {
            {say("tag-in-progress"), Tone::info},    {say("tag-to-visit"), Tone::warn},
            {say("tag-late"), Tone::danger},         {say("tag-finished"), Tone::ok},
            {say("tag-handed-over"), Tone::neutral}, {say("tag-this"), Tone::accent}};
        TagRow shown{ui_, scroll_, 8};
        for (auto const& [words, tone] : tags) shown.put(words, tone, tone == Tone::danger ? icon::warning : nullptr);
        row = scroll_.take(28, 12);
        clause_mark(ui_, row.x, row.centre_y(), "RV-4.1");
        std::string const labels[] = {say("tab-mine"), say("tab-department"), say("tab-centre")};
        tabs(ui_, scroll_.take(tabs_height(ui_), 20), "tabs", labels, state_.tab);
    }

    void fields() {
        title(say("text"));
        auto const put = [&](FieldSpec const& spec, std::string& text) {
            text_field(ui_, scroll_.take(field_height(ui_, spec), 14), spec, text);
        };
        put({.key = "plain", .label = say("unit"), .hint = say("unit-hint"), .icon = icon::unit}, state_.plain);
        put({.key = "required",
             .label = say("manager"),
             .hint = say("manager-hint"),
             .error = say("missing"),
             .required = true},
            state_.required);
        put({.key = "search", .label = say("search"), .hint = say("search-hint"), .search = true, .icon = icon::search},
            state_.search);
        put({.key = "password", .label = say("password"), .password = true}, state_.password);
        put({.key = "lines", .label = say("need"), .hint = say("need-hint"), .lines = 4}, state_.lines);
        FieldSpec const money{.key = "money", .label = say("amount"), .hint = "0.00"};
        money_field(ui_, scroll_.take(field_height(ui_, money), 14), money, state_.money);
        auto const find = [](std::string_view typed, std::size_t limit) {
            std::vector<PickerItem> found;
            static constexpr std::pair<char const*, char const*> people[] = {
                {"王建国", "3栋1802 · 138****5627"}, {"王芳", "1栋0304"}, {"陈丽", "6栋0301"}, {"刘洋", "1栋0904"}};
            for (auto const& [name, detail] : people)
                if (found.size() < limit && std::string_view{name}.find(typed) != std::string_view::npos)
                    found.push_back({AnyId{1, found.size() + 1}, name, detail});
            return found;
        };
        FieldSpec const person{.key = "person", .label = say("owner"), .hint = say("owner-hint"), .icon = icon::person};
        picker(ui_, scroll_.take(field_height(ui_, person), 14), person, state_.person, find);
        FieldSpec const date{.key = "date", .label = say("date"), .hint = "2026-11-28"};
        date_field(ui_, scroll_.take(field_height(ui_, date), 14), date, state_.date, state_.picking, example_kind);
        FieldSpec const clock{.key = "clock", .label = say("time"), .hint = "09:30"};
        clock_field(ui_, scroll_.take(field_height(ui_, clock), 14), clock, state_.clock, state_.picking_time,
                    8 * 60 + 30, 18 * 60);
        title(say("choices"));
        Option const methods[] = {{say("phone"), icon::phone}, {say("door"), icon::home}};
        ChoiceSpec const method{.key = "method", .label = say("how")};
        choice(ui_, scroll_.take(choice_height(ui_, method, 2), 14), method, methods, state_.method);
        Option const grades[] = {{say("very-satisfied")}, {say("satisfied")}, {say("fair")}, {say("dissatisfied")}};
        ChoiceSpec const grade{
            .key = "grade", .label = say("overall"), .error = say("missing"), .columns = 2, .required = true};
        choice(ui_, scroll_.take(choice_height(ui_, grade, 4), 14), grade, grades, state_.grade);
        checkbox(ui_, scroll_.take(32, 8), "check", say("solved"), state_.checked);
        toggle(ui_, scroll_.take(36, 8), "toggle", say("remind"), state_.toggled);
        signature_pad(ui_, scroll_.take(field_label + 120, 20), say("signature"), "", state_.strokes);
    }

    void feedback() {
        title(say("feedback"));
        auto row = scroll_.take(ui_.metrics.control, 12);
        if (button_left(ui_, row, {.label = say("registered")})) stage_.shell.tell(ui_, say("registered-words"));
        if (button_left(ui_, row, {.label = say("can-undo")}))
            stage_.shell.tell(ui_, say("closed-words"), Tone::ok, say("undo"),
                              [stage = stage_, done = say("undone-words")] { stage.shell.tell(stage.ui, done); });
        if (button_left(ui_, row, {.label = say("fails")})) stage_.shell.tell(ui_, say("fails-words"), Tone::danger);
        if (button_left(ui_, row, {.label = say("asks")}))
            stage_.shell.ask({say("ask-title"), say("ask-words"), say("void"), true},
                             [stage = stage_, done = say("voided-words")] { stage.shell.tell(stage.ui, done); });
        progress(ui_, scroll_.take(progress_height, 8), {say("importing"), 34'000, 100'000, 6, true});
        progress(ui_, scroll_.take(progress_height, 8), {say("opening"), 0, 0});
        banner(ui_, scroll_.take(48, 8), Tone::info, icon::download, say("update"), say("update-now"));
        banner(ui_, scroll_.take(48, 8), Tone::danger, icon::not_saved, say("not-saved"), say("save-file"));
        Refusal const refusal{"RV-4.3"_clause, "visit.signature-missing", {"signature"}, {}};
        auto const height = refusal_box(ui_, scroll_.content.x, scroll_.content.y, scroll_.content.w, refusal);
        scroll_.take(height, 16);
        auto const box = scroll_.take(200, 20);
        card(ui_, box);
        empty_state(ui_, box, icon::tickets, say("empty"), say("empty-advice"));
        title(say("timeline"));
        timeline(
            ui_, scroll_, say("timeline"),
            {{"a", icon::saved, say("moment-1"), say("moment-done")},
             {"b", icon::phone, say("moment-2"), say("moment-contact"), "GEN-3.3", {}, say("moment-void"), icon::void_},
             {"c",
              icon::hand_over,
              say("moment-3"),
              say("moment-handed-over"),
              {},
              say("moment-voided"),
              {},
              nullptr,
              true}});
        scroll_.take(12);
    }

    void charts() {
        title(say("charts"));
        std::vector<std::string> days;
        ChartSeries repairs{say("repairs"), {}, Tone::accent};
        ChartSeries complaints{say("complaints"), {}, Tone::warn};
        ChartSeries enquiries{say("enquiries"), {}, Tone::info};
        for (int day = 1; day <= 14; ++day) {
            days.push_back("11-" + std::string{day < 10 ? "0" : ""} + std::to_string(day));
            repairs.values.push_back(6 + day * 7 % 5);
            complaints.values.push_back(day % 4);
            enquiries.values.push_back(3 + day * 3 % 4);
        }
        auto const put = [&](ChartSpec const& spec, ChartState& state) {
            auto const box = scroll_.take(260, 14);
            card(ui_, box);
            chart(ui_, box.inset(16, 10), spec, state);
        };
        put({"bars", say("per-day"), ChartSpec::Kind::bars, days, {repairs}, {}}, state_.charts[0]);
        put({"stacked", say("per-day-by-kind"), ChartSpec::Kind::stacked, days, {repairs, complaints, enquiries}, {}},
            state_.charts[1]);
        put({"lines", say("trend"), ChartSpec::Kind::lines, days, {repairs, complaints}, {}}, state_.charts[2]);
        auto row = scroll_.take(90, 16);
        card(ui_, row);
        row = row.inset(16, 12);
        Share const ages[] = {{say("age-1"), "70,839", 70839, Tone::accent},
                              {"31–60", "44,740", 44740, Tone::info},
                              {"61–90", "31,691", 31691, Tone::warn},
                              {say("age-4"), "39,148", 39148, Tone::danger}};
        share_bar(ui_, row, say("ages"), ages);
        row = scroll_.take(60, 20);
        card(ui_, row);
        sparkline(ui_, row.inset(16, 14), repairs.values, say("sparkline"));
    }

private:
    Stage const& stage_;
    Ui& ui_;
    Scroll& scroll_;
    GalleryState& state_;
};

void draw_example_table(Stage const& stage, Rect place, GalleryState& state, std::size_t count) {
    auto& ui = stage.ui;
    if (!state.table.rows || state.table.rows->count() != count)
        state.table.set_rows(std::make_shared<ExampleRows>(ui, count));
    auto const columns = example_columns(ui);
    TableSpec const spec{.key = "example", .name = say(ui, "arrears"), .select = true};
    if (table_bar(ui, place.take_top(ui.metrics.control, 10), spec, columns, state.table).exported)
        stage.shell.download("example.csv", csv_of(columns, state.table));
    card(ui, place);
    if (auto const opened = table(ui, place.inset(1), spec, columns, state.table).opened)
        stage.shell.tell(ui, state.table.rows->cell(*opened, 0).text);
}

}  // namespace

void draw_gallery(Stage const& stage, Rect place, GalleryState& state) {
    auto& ui = stage.ui;
    auto inside = place.inset(24, 20);
    auto const& detail = stage.shell.route.detail;
    page_head(stage, inside, say(ui, "title"), detail);
    if (detail.starts_with("table")) {
        auto const count = detail == "table-large" ? std::size_t{100'000} : std::size_t{40};
        return draw_example_table(stage, inside, state, count);
    }
    Scroll scroll{ui, "gallery", inside, Scroll::Bar::beside};
    auto const wide = inside.w > 860;
    auto const top = scroll.content;
    Sheet sheet{stage, scroll, state};
    if (!wide) {
        sheet.buttons();
        sheet.fields();
        sheet.feedback();
        return sheet.charts();
    }
    auto const half = (top.w - column_gap) / 2;
    scroll.content.w = half;
    sheet.buttons();
    sheet.fields();
    auto const left_end = scroll.content.y;
    scroll.content = {top.x + half + column_gap, top.y, half, top.h};
    sheet.feedback();
    sheet.charts();
    scroll.content.y = std::max(scroll.content.y, left_end);
}

}  // namespace guanjia
