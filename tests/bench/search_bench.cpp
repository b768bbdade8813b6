// Searches over 100,000 made-up tickets as someone types: every beginning of every query is a keystroke.

#include "tests/bench/search_bench.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/desk/search.h"

namespace {

using namespace guanjia;

constexpr std::size_t ticket_count = 100'000;
constexpr int rounds = 5;
constexpr double goal_milliseconds = 30;  // in a page

constexpr std::string_view surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐",  "孙",
                                         "胡", "朱", "高", "林", "何", "郭", "马", "罗", "曾", "单", "欧阳"};
constexpr std::string_view given_names[] = {"伟", "芳", "建国", "敏",   "静",   "丽华", "强",   "三",  "军",
                                            "洋", "勇", "艳",   "小雨", "国强", "娟",   "志明", "思远"};
constexpr std::string_view categories[] = {"电梯", "给排水", "照明", "保洁", "绿化", "停车", "噪音", "门禁", "消防"};
constexpr std::string_view places[] = {"地下车库", "三楼走廊", "大堂",    "主卧卫生间",
                                       "楼顶天台", "单元门口", "儿童乐园"};
constexpr std::string_view troubles[] = {
    "漏水严重，墙面已经发霉",   "灯不亮，晚上出入很不安全", "半夜有异响，整晚睡不着",   "有人乱停车，堵住消防通道",
    "垃圾没有及时清运，气味大", "门禁刷卡没有反应",         "水压太低，热水器打不着火", "装修噪音从早到晚"};
constexpr std::string_view wishes[] = {"请尽快派人来看", "请物业给个说法", "已经反映过两次了",
                                       "希望今天处理",   "要求书面答复",   "请联系上一户"};

struct Numbers {
    std::uint64_t state = 20261123;
    std::size_t below(std::size_t limit) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>((state >> 33) % limit);
    }
    template <class Texts>
    std::string_view any(Texts const& texts) {
        return texts[below(std::size(texts))];
    }
};

void fill(SearchIndex& index) {
    Numbers numbers;
    for (std::size_t ticket = 0; ticket < ticket_count; ++ticket) {
        auto const month = 1 + ticket * 12 / ticket_count;
        auto const two = [](std::size_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
        auto const number =
            "TS-2026" + two(month) + two(1 + numbers.below(28)) + "-A" + std::to_string(1000 + ticket % 1000).substr(1);
        auto const unit = std::to_string(1 + numbers.below(20)) + "栋" + std::to_string(1 + numbers.below(30)) +
                          two(1 + numbers.below(4));
        auto const customer = std::string{numbers.any(surnames)} + std::string{numbers.any(given_names)};
        auto const words = std::string{numbers.any(places)} + std::string{numbers.any(troubles)} + "，" +
                           std::string{numbers.any(wishes)} + "。";
        index.put({{SearchKind::ticket, {1, ticket + 1}, {}},
                   {{SearchWeight::name, number},
                    {SearchWeight::reference, customer},
                    {SearchWeight::reference, unit},
                    {SearchWeight::label, numbers.any(categories)},
                    {SearchWeight::words, words}},
                   static_cast<std::int64_t>(ticket)});
    }
}

double milliseconds(auto&& work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>{std::chrono::steady_clock::now() - start}.count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

void search_figures() {
    constexpr std::string_view queries[] = {"zs",      "zhangsan",   "单国强", "ouyang",   "1802",    "3栋1802 wang",
                                            "2026112", "TS-202",     "电梯",   "电ti",     "loushui", "漏水 z",
                                            "xffdt",   "半夜有异响", "e d",    "没有的词", "wangj",   "消防 3栋 zm"};
    SearchIndex index;
    auto const filling = milliseconds([&] { fill(index); });
    std::vector<double> keystrokes;
    double worst = 0;
    std::string worst_query;
    std::size_t found = 0;
    for (auto const query : queries)
        for (std::size_t length = 0; length < query.size();) {
            length += first_code_point(query.substr(length)).length;
            auto const typed = query.substr(0, length);
            std::vector<double> times;
            for (int round = 0; round < rounds; ++round)
                times.push_back(milliseconds([&] { found += index.find(typed, 20).matched; }));
            keystrokes.push_back(median(times));
            if (keystrokes.back() <= worst) continue;
            worst = keystrokes.back();
            worst_query = typed;
        }
    std::printf(
        "search: %zu tickets, %zu keystrokes: median %.1f ms, worst %.1f ms (\"%s\") (goal <= %.0f ms in a page); "
        "filling %.0f ms, %.1f MB, %zu matches\n",
        index.size(), keystrokes.size(), median(keystrokes), worst, worst_query.c_str(), goal_milliseconds, filling,
        static_cast<double>(index.bytes()) / 1e6, found);
}
