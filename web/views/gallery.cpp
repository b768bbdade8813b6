// Every control in every state, for looking at and for the tests that hold the look. Not in the rail: #/gallery.

#include "web/views/views.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float column_gap = 32;

// Rows that need no records: as many as asked for, the same every time.
class ExampleRows : public TableRows {
public:
    explicit ExampleRows(std::size_t count) : count_{count} {}
    std::size_t count() const override { return count_; }
    std::string id(std::size_t row) const override { return "row-" + std::to_string(row); }
    std::optional<std::int64_t> number(std::size_t row, std::size_t column) const override {
        if (column == 3) return amount(row);
        if (column == 4) return days(row);
        return std::nullopt;
    }
    TableCell cell(std::size_t row, std::size_t column) const override {
        static constexpr char const* names[] = {"张*", "李*", "王**", "赵*", "钱**", "孙*", "周**", "吴*"};
        static constexpr char const* items[] = {"管理费", "水电费", "车位费"};
        static constexpr char const* states[] = {"待电话", "已承诺", "有异议", "拟提请法律", "分期"};
        static constexpr Tone tones[] = {Tone::info, Tone::warn, Tone::neutral, Tone::danger, Tone::ok};
        switch (column) {
            case 0: {
                auto const home = std::to_string(row % 30 + 1);
                return {std::to_string(row / 30 % 12 + 1) + "栋" + (home.size() < 2 ? "0" : "") + home + "02"};
            }
            case 1: return {names[row % 8]};
            case 2: return {items[row % 3]};
            case 3: return {grouped(Money{amount(row)})};
            case 4: return {std::to_string(days(row))};
            case 5: return {"COL-4.3", TableCell::Kind::clause};
            default: return {states[row % 5], TableCell::Kind::tag, tones[row % 5]};
        }
    }

private:
    static std::int64_t amount(std::size_t row) { return static_cast<std::int64_t>(row * 7919 % 300'000 + 10'000); }
    static std::int64_t days(std::size_t row) { return static_cast<std::int64_t>(row * 31 % 240); }
    std::size_t count_;
};

std::vector<TableColumn> example_columns() {
    return {{"unit", "房号", 100, 1},      {"owner", "业主", 70, 1},
            {"item", "项目", 80, 1},       {"amount", "欠款", 100, 0.5F, true},
            {"days", "逾期", 70, 0, true}, {"clause", "依据", 100},
            {"state", "状态", 120, 0.5F}};
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

    void title(char const* words) { ui_.heading(scroll_.take(30, 10), words, 2, {size::text_title, 0, true}); }

    void buttons() {
        title("按钮");
        auto row = scroll_.take(ui_.metrics.control, 12);
        button_left(ui_, row, {.label = "主要", .icon = icon::plus, .kind = ButtonKind::primary, .hint = "N"});
        button_left(ui_, row, {.label = "次要", .icon = icon::phone});
        button_left(ui_, row, {.label = "安静", .kind = ButtonKind::quiet});
        button_left(ui_, row, {.label = "危险", .icon = icon::void_, .kind = ButtonKind::danger});
        button_left(ui_, row, {.label = "确认危险", .kind = ButtonKind::danger_primary});
        row = scroll_.take(ui_.metrics.control, 12);
        button_left(ui_, row,
                    {.label = "主要，停用", .kind = ButtonKind::primary, .off = true, .description = "还没有填完"});
        button_left(ui_, row, {.label = "次要，停用", .off = true});
        button_left(ui_, row, {.label = "安静，停用", .kind = ButtonKind::quiet, .off = true});
        icon_button(ui_, row.take_left(ui_.metrics.control, 8), icon::eye, "查看");
        std::vector<MenuItem> const items{
            {"记录沟通", icon::contact}, {"打印受理单", icon::print}, {}, {"作废", icon::void_, true}};
        menu(ui_, row.take_left(ui_.metrics.control, 8), {"menu", "更多", icon::more}, items, state_.menu);
        title("标签与条款");
        row = scroll_.take(28, 20);
        static constexpr std::pair<char const*, Tone> tags[] = {{"处理中", Tone::info},      {"待回访", Tone::warn},
                                                                {"逾期 2 天", Tone::danger}, {"已结案", Tone::ok},
                                                                {"已转部门", Tone::neutral}, {"本次", Tone::accent}};
        for (auto const& [words, tone] : tags) {
            auto const icon = tone == Tone::danger ? icon::warning : nullptr;
            row.take_left(tag(ui_, row.x, row.centre_y(), words, tone, icon) + 8);
        }
        row.take_left(clause_mark(ui_, row.x, row.centre_y(), "RV-4.1") + 8);
        std::string const labels[] = {"我的 12", "部门 31", "全中心 58"};
        tabs(ui_, scroll_.take(tabs_height(ui_), 20), "tabs", labels, state_.tab);
    }

    void fields() {
        title("文字");
        auto const put = [&](FieldSpec const& spec, std::string& text) {
            text_field(ui_, scroll_.take(field_height(ui_, spec), 14), spec, text);
        };
        put({.key = "plain", .label = "房号", .hint = "如 3栋1单元502", .icon = icon::unit}, state_.plain);
        put({.key = "required",
             .label = "经理姓名",
             .hint = "服务中心经理",
             .error = "请填写这一项。",
             .required = true},
            state_.required);
        put({.key = "search", .label = "搜索", .hint = "搜索工单、业主、房号", .search = true, .icon = icon::search},
            state_.search);
        put({.key = "password", .label = "口令", .password = true}, state_.password);
        put({.key = "lines", .label = "需要什么", .hint = "用来访者自己的话", .lines = 4}, state_.lines);
        FieldSpec const money{.key = "money", .label = "金额", .hint = "0.00"};
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
        FieldSpec const person{.key = "person", .label = "业主", .hint = "姓名，可从住户里选", .icon = icon::person};
        picker(ui_, scroll_.take(field_height(ui_, person), 14), person, state_.person, find);
        FieldSpec const date{.key = "date", .label = "日期", .hint = "2026-11-28"};
        date_field(ui_, scroll_.take(field_height(ui_, date), 14), date, state_.date, state_.picking, example_kind);
        FieldSpec const clock{.key = "clock", .label = "时间", .hint = "09:30"};
        clock_field(ui_, scroll_.take(field_height(ui_, clock), 14), clock, state_.clock, state_.picking_time,
                    8 * 60 + 30, 18 * 60);
        title("选择");
        Option const methods[] = {{"电话", icon::phone}, {"上门", icon::home}};
        ChoiceSpec const method{.key = "method", .label = "方式"};
        choice(ui_, scroll_.take(choice_height(ui_, method, 2), 14), method, methods, state_.method);
        Option const grades[] = {{"非常满意"}, {"满意"}, {"一般"}, {"不满意"}};
        ChoiceSpec const grade{
            .key = "grade", .label = "总体满意", .error = "请填写这一项。", .columns = 2, .required = true};
        choice(ui_, scroll_.take(choice_height(ui_, grade, 4), 14), grade, grades, state_.grade);
        checkbox(ui_, scroll_.take(32, 8), "check", "问题已经解决", state_.checked);
        toggle(ui_, scroll_.take(36, 8), "toggle", "时限快到时提醒我", state_.toggled);
        signature_pad(ui_, scroll_.take(field_label + 120, 20), "签名", "", state_.strokes);
    }

    void feedback() {
        title("反馈");
        auto row = scroll_.take(ui_.metrics.control, 12);
        if (button_left(ui_, row, {.label = "已登记"})) stage_.shell.tell(ui_, "已登记 TS-20261123-A001。");
        if (button_left(ui_, row, {.label = "可撤销"}))
            stage_.shell.tell(ui_, "已结案。", Tone::ok, "撤销",
                              [stage = stage_] { stage.shell.tell(stage.ui, "已撤销。"); });
        if (button_left(ui_, row, {.label = "出错"}))
            stage_.shell.tell(ui_, "打印不了：这张工单已作废。", Tone::danger);
        if (button_left(ui_, row, {.label = "询问"}))
            stage_.shell.ask({"作废这张工单？", "作废后不再计入统计，经过仍可查看。", "作废", true},
                             [stage = stage_] { stage.shell.tell(stage.ui, "已作废。"); });
        progress(ui_, scroll_.take(progress_height, 8),
                 {"正在导入 SZ01-A-2026-11-23.gjslice", 34'000, 100'000, 6, true});
        progress(ui_, scroll_.take(progress_height, 8), {"正在打开", 0, 0});
        banner(ui_, scroll_.take(48, 8), Tone::info, icon::download, "新版本已经就绪。", "现在更新");
        banner(ui_, scroll_.take(48, 8), Tone::danger, icon::not_saved, "记录还没有保存，正在重试。", "另存为文件");
        Refusal const refusal{"RV-4.3"_clause, "visit.signature-missing", {"signature"}, {}};
        auto const height = refusal_box(ui_, scroll_.content.x, scroll_.content.y, scroll_.content.w, refusal);
        scroll_.take(height, 16);
        auto const box = scroll_.take(200, 20);
        card(ui_, box);
        empty_state(ui_, box, icon::tickets, "还没有工单", "有人到访或来电时，在“接待”里登记，工单会出现在这里。");
        title("经过");
        timeline(ui_, scroll_, "经过",
                 {{"a", icon::saved, "11月19日 17:20 · 工程部 张强", "处理完毕，附照片 3 张"},
                  {"b",
                   icon::phone,
                   "11月19日 14:05 · 李梅",
                   "致歉并告知下午更换减震垫，业主接受。",
                   "GEN-3.3",
                   {},
                   "作废这一条",
                   icon::void_},
                  {"c",
                   icon::hand_over,
                   "11月19日 09:30 · 李梅",
                   "转工程部，要求当日完成。张强 09:36 接单",
                   {},
                   "已作废",
                   {},
                   nullptr,
                   true}});
        scroll_.take(12);
    }

    void charts() {
        title("图表");
        std::vector<std::string> days;
        ChartSeries repairs{"报修", {}, Tone::accent};
        ChartSeries complaints{"投诉", {}, Tone::warn};
        ChartSeries enquiries{"咨询", {}, Tone::info};
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
        put({"bars", "每日工单", ChartSpec::Kind::bars, days, {repairs}, {}}, state_.charts[0]);
        put({"stacked", "每日工单，按类别", ChartSpec::Kind::stacked, days, {repairs, complaints, enquiries}, {}},
            state_.charts[1]);
        put({"lines", "趋势", ChartSpec::Kind::lines, days, {repairs, complaints}, {}}, state_.charts[2]);
        auto row = scroll_.take(90, 16);
        card(ui_, row);
        row = row.inset(16, 12);
        Share const ages[] = {{"0–30 天", "70,839", 70839, Tone::accent},
                              {"31–60", "44,740", 44740, Tone::info},
                              {"61–90", "31,691", 31691, Tone::warn},
                              {"90 以上", "39,148", 39148, Tone::danger}};
        share_bar(ui_, row, "账龄", ages);
        row = scroll_.take(60, 20);
        card(ui_, row);
        sparkline(ui_, row.inset(16, 14), repairs.values, "两周报修走势");
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
        state.table.set_rows(std::make_shared<ExampleRows>(count));
    static auto const columns = example_columns();
    TableSpec const spec{.key = "example", .name = "欠费", .select = true};
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
    page_head(stage, inside, "控件", detail);
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
