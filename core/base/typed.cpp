#include "core/base/typed.h"

#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace guanjia {

namespace {

// Full-width ASCII (U+FF01…U+FF5E) and the ideographic space as their half-width selves, letters small.
std::string narrowed(std::string_view text) {
    std::string narrow;
    for (std::size_t at = 0; at < text.size();) {
        auto const byte = [&](std::size_t offset) {
            return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
        };
        auto const wide = byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD);
        if (wide) {
            auto const code = 0xF000U + ((byte(1) & 0x3FU) << 6) + (byte(2) & 0x3FU);
            if (code >= 0xFF01 && code <= 0xFF5E) {
                narrow += static_cast<char>(code - 0xFEE0);
                at += 3;
                continue;
            }
        }
        narrow += text[at++];
    }
    for (auto& character : narrow)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    return std::string{trimmed(narrow)};
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.ends_with(word)) return false;
    text.remove_suffix(word.size());
    return true;
}

// The numbers of a text and what stands between and behind them; nothing when it begins otherwise.
struct Numbers {
    std::vector<int> values;
    std::vector<std::string> between;  // one per value: what follows it
    std::size_t digits = 0;            // of the first
};

std::optional<Numbers> numbers_in(std::string_view text) {
    Numbers numbers;
    for (std::size_t at = 0; at < text.size();) {
        auto const start = at;
        auto value = 0;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - start < 8)
            value = value * 10 + (text[at++] - '0');
        if (at == start) return std::nullopt;
        if (numbers.values.empty()) numbers.digits = at - start;
        numbers.values.push_back(value);
        auto const rest = at;
        while (at < text.size() && (text[at] < '0' || text[at] > '9')) ++at;
        numbers.between.emplace_back(trimmed(text.substr(rest, at - rest)));
        if (numbers.values.size() > 3) return std::nullopt;
    }
    if (numbers.values.empty()) return std::nullopt;
    return numbers;
}

std::optional<Date> date_if_there_is(int year, int month, int day) {
    if (year < first_year || year > last_year || month < 1 || day < 1) return std::nullopt;
    auto const date = make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
    if (!date.ok()) return std::nullopt;
    return date;
}

bool is_one_of(std::string const& text, std::initializer_list<std::string_view> words) {
    for (auto const word : words)
        if (text == word) return true;
    return false;
}

}  // namespace

std::optional<Date> read_date(std::string_view typed, Date today) {
    auto const text = narrowed(typed);
    static constexpr std::pair<std::string_view, int> words[] = {
        {"今天", 0}, {"今日", 0},   {"today", 0}, {"明天", 1},       {"明日", 1}, {"tomorrow", 1},
        {"后天", 2}, {"大后天", 3}, {"昨天", -1}, {"yesterday", -1}, {"前天", -2}};
    for (auto const& [word, days] : words)
        if (text == word) return add_days(today, days);
    if (text.size() > 1 && text.size() < 6 && (text[0] == '+' || text[0] == '-')) {
        auto const days = numbers_in(std::string_view{text}.substr(1));
        if (!days || days->values.size() != 1 || !days->between[0].empty()) return std::nullopt;
        return add_days(today, text[0] == '-' ? -days->values[0] : days->values[0]);
    }

    auto const numbers = numbers_in(text);
    if (!numbers) return std::nullopt;
    auto const& values = numbers->values;
    auto const& between = numbers->between;
    auto const year = static_cast<int>(today.year());
    auto const month = static_cast<int>(static_cast<unsigned>(today.month()));
    auto const separates = [](std::string const& word) { return is_one_of(word, {"-", "/", "."}); };
    auto const ends = [](std::string const& word) { return is_one_of(word, {"", "日", "号"}); };
    if (!ends(between.back())) return std::nullopt;
    switch (values.size()) {
        case 1:
            if (numbers->digits == 8)
                return date_if_there_is(values[0] / 10000, values[0] / 100 % 100, values[0] % 100);
            return numbers->digits <= 2 ? date_if_there_is(year, month, values[0]) : std::nullopt;
        case 2:
            if (!separates(between[0]) && between[0] != "月") return std::nullopt;
            return date_if_there_is(year, values[0], values[1]);
        default:
            if (numbers->digits != 4) return std::nullopt;
            if (between[0] == "年" ? between[1] != "月" : !separates(between[0]) || between[1] != between[0])
                return std::nullopt;
            return date_if_there_is(values[0], values[1], values[2]);
    }
}

std::optional<int> read_clock(std::string_view typed) {
    auto const narrow = narrowed(typed);
    std::string_view text{narrow};
    auto afternoon = false;
    auto morning = false;
    for (auto const word : {std::string_view{"下午"}, std::string_view{"晚上"}})
        if (text.starts_with(word)) {
            afternoon = true;
            text.remove_prefix(word.size());
        }
    for (auto const word : {std::string_view{"上午"}, std::string_view{"早上"}})
        if (text.starts_with(word)) {
            morning = true;
            text.remove_prefix(word.size());
        }
    if (take(text, "pm")) afternoon = true;
    else if (take(text, "am")) morning = true;
    text = trimmed(text);
    auto const half = take(text, "半");
    auto const numbers = numbers_in(text);
    if (!numbers || numbers->values.size() > 2) return std::nullopt;
    auto hour = numbers->values[0];
    auto minute = 0;
    auto const& after = numbers->between[0];
    if (numbers->values.size() == 2) {
        if (half || !is_one_of(after, {":", ".", "点", "时"}) || !is_one_of(numbers->between[1], {"", "分"}))
            return std::nullopt;
        minute = numbers->values[1];
    } else if (numbers->digits >= 3) {
        if (half || !after.empty() || numbers->digits > 4) return std::nullopt;
        minute = hour % 100;
        hour /= 100;
    } else {
        if (half ? !is_one_of(after, {"点", "时"}) : !is_one_of(after, {"", "点", "时", "点整"})) return std::nullopt;
        if (half) minute = 30;
    }
    if (afternoon && hour < 12) hour += 12;
    if (morning && hour == 12) hour = 0;
    if ((morning && hour > 12) || hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

std::optional<Money> read_money(std::string_view typed) {
    auto const narrow = narrowed(typed);
    std::string_view text{narrow};
    for (auto const sign : {std::string_view{"￥"}, std::string_view{"¥"}})
        if (text.starts_with(sign)) text.remove_prefix(sign.size());
    take(text, "元");
    text = trimmed(text);
    if (text.ends_with('.')) text.remove_suffix(1);
    return parse_money(text);
}

}  // namespace guanjia
