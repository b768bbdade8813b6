#include "core/tables/moment.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace guanjia {

namespace {

constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};

struct Number {
    int value = 0;
    std::size_t digits = 0;
    bool is_month_name = false;
};

struct Pieces {
    std::vector<Number> numbers;
    bool after_noon = false;
    bool before_noon = false;
};

std::optional<Pieces> pieces_of(std::string_view text) {
    auto plain = folded(text);
    Pieces pieces;
    auto const take = [&](std::string_view word) {
        auto const at = plain.find(word);
        if (at == std::string::npos) return false;
        plain.replace(at, word.size(), word.size(), ' ');
        return true;
    };
    for (auto const* word : {"pm", "p.m.", "下午", "晚上"}) pieces.after_noon |= take(word);
    for (auto const* word : {"am", "a.m.", "上午", "早上", "凌晨"}) pieces.before_noon |= take(word);
    for (std::size_t at = 0; at < plain.size() && pieces.numbers.size() < 8;) {
        auto const is_digit = [&] { return at < plain.size() && plain[at] >= '0' && plain[at] <= '9'; };
        if (is_digit()) {
            Number number;
            for (; is_digit(); ++at) {
                if (++number.digits > 8) break;
                number.value = number.value * 10 + (plain[at] - '0');
            }
            // Fourteen digits are a day and a time.
            pieces.numbers.push_back(number);
            continue;
        }
        if (plain[at] >= 'a' && plain[at] <= 'z') {
            auto const begin = at;
            while (at < plain.size() && plain[at] >= 'a' && plain[at] <= 'z') ++at;
            auto const word = std::string_view{plain}.substr(begin, at - begin);
            if (word == "t" || word == "z" || word == "utc") continue;
            auto const month = std::find(month_names.begin(), month_names.end(), word.substr(0, 3));
            if (month == month_names.end() || word.size() < 3) return std::nullopt;
            pieces.numbers.push_back({static_cast<int>(month - month_names.begin()) + 1, 2, true});
            continue;
        }
        ++at;
    }
    if (pieces.numbers.empty()) return std::nullopt;
    // "20200217" and "20200217121900"
    if (auto const first = pieces.numbers.front(); first.digits >= 8) {
        pieces.numbers.erase(pieces.numbers.begin());
        std::vector<Number> split{
            {first.value / 10000, 4, false}, {first.value / 100 % 100, 2, false}, {first.value % 100, 2, false}};
        if (!pieces.numbers.empty() && pieces.numbers.front().digits == 6) {
            auto const clock = pieces.numbers.front().value;
            pieces.numbers.front() = {clock / 10000, 2, false};
            pieces.numbers.insert(pieces.numbers.begin() + 1, {{clock / 100 % 100, 2, false}, {clock % 100, 2, false}});
        }
        pieces.numbers.insert(pieces.numbers.begin(), split.begin(), split.end());
    }
    return pieces;
}

struct Day {
    int year, month, day;
};

std::optional<Day> day_of(std::vector<Number> const& numbers, DateOrder order) {
    if (numbers.size() < 3) return std::nullopt;
    auto const &a = numbers[0], &b = numbers[1], &c = numbers[2];
    if (a.is_month_name) return Day{c.value, a.value, b.value};  // Feb 17, 2020
    if (b.is_month_name) return a.digits == 4 ? Day{a.value, b.value, c.value} : Day{c.value, b.value, a.value};
    if (a.digits == 4) return Day{a.value, b.value, c.value};
    if (c.digits != 4) return std::nullopt;
    auto const day_first = order == DateOrder::day_first || (order == DateOrder::unknown && a.value > 12);
    return day_first ? Day{c.value, b.value, a.value} : Day{c.value, a.value, b.value};
}

}  // namespace

std::optional<LocalTime> read_moment(std::string_view text, DateOrder order) {
    auto const pieces = pieces_of(text);
    if (!pieces) return std::nullopt;
    auto const& numbers = pieces->numbers;
    auto const day = day_of(numbers, order);
    if (!day || day->year < first_year || day->year > last_year || day->month < 1 || day->day < 1) return std::nullopt;
    auto const date = make_date(day->year, static_cast<unsigned>(day->month), static_cast<unsigned>(day->day));
    if (!date.ok()) return std::nullopt;
    auto hour = numbers.size() > 3 ? numbers[3].value : 0;
    auto const minute = numbers.size() > 4 ? numbers[4].value : 0;
    auto const second = numbers.size() > 5 ? numbers[5].value : 0;
    if (pieces->after_noon && hour < 12) hour += 12;
    if (pieces->before_noon && hour == 12) hour = 0;
    if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return at_minute(date, hour * 60 + minute);
}

DateOrder order_told_by(std::string_view text) {
    auto const pieces = pieces_of(text);
    if (!pieces || pieces->numbers.size() < 3) return DateOrder::unknown;
    auto const &a = pieces->numbers[0], &b = pieces->numbers[1], &c = pieces->numbers[2];
    if (a.digits > 2 || c.digits != 4 || a.is_month_name || b.is_month_name) return DateOrder::unknown;
    if (a.value > 12) return DateOrder::day_first;
    return b.value > 12 ? DateOrder::month_first : DateOrder::unknown;
}

}  // namespace guanjia
