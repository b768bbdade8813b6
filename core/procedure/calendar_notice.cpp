#include "core/procedure/calendar_notice.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace guanjia {

namespace {

constexpr int longest_span_days = 31;  // what is longer is no holiday

// Half width, without white space and without what stands in brackets.
std::u32string plain_text(std::string_view text) {
    std::u32string plain;
    int depth = 0;
    while (!text.empty()) {
        auto const point = first_code_point(text);
        text.remove_prefix(point.length);
        auto const character = folded(point.value);
        if (character == U'(') ++depth;
        else if (character == U')') depth = std::max(depth - 1, 0);
        else if (depth == 0 && character != U' ' && character != U'\t' && character != U'\u3000') plain += character;
    }
    return plain;
}

bool is_digit(char32_t character) { return character >= U'0' && character <= U'9'; }
bool is_span_mark(char32_t character) {
    return std::u32string_view{U"至到-–—~～"}.find(character) != std::u32string_view::npos;
}
bool ends_sentence(char32_t character) {
    return std::u32string_view{U"。；;\n"}.find(character) != std::u32string_view::npos;
}

struct Number {
    int value = 0;
    std::size_t end = 0;  // behind its last digit
};
// Of more than four digits it is 0, which is no year, month or day.
std::optional<Number> number_at(std::u32string_view text, std::size_t place) {
    Number number{0, place};
    for (; number.end < text.size() && is_digit(text[number.end]); ++number.end)
        if (number.end - place < 4) number.value = number.value * 10 + static_cast<int>(text[number.end] - U'0');
    if (number.end == place) return std::nullopt;
    if (number.end - place > 4) number.value = 0;
    return number;
}

// "2027年部分节假日安排" before "2027年放假" before "2027年1月1日".
std::optional<int> year_of(std::u32string_view text) {
    std::optional<int> named, first;
    for (std::size_t place = 0; place < text.size(); ++place) {
        auto const number = number_at(text, place);
        if (!number) continue;
        auto const is_year = number->end - place == 4 && number->end < text.size() && text[number->end] == U'年';
        place = number->end;
        if (!is_year) continue;
        if (text.substr(place + 1, 2) == U"部分") return number->value;
        auto const goes_on = place + 1 < text.size() && is_digit(text[place + 1]);
        if (!goes_on && !named) named = number->value;
        if (!first) first = number->value;
    }
    return named ? named : first;
}

// Walks through the text and gathers spans of days until a word says what they are.
class Reader {
public:
    Reader(std::u32string_view text, int year) : text_{text}, of_{year}, year_{year} { result_.year = year; }

    tl::expected<CalendarYear, std::string> read() {
        for (std::size_t place = 0; place < text_.size();) {
            auto const number = number_at(text_, place);
            if (!number) {
                place += word_at(place);
                continue;
            }
            auto const unit = number->end < text_.size() ? text_[number->end] : U' ';
            if (unit == U'年') year_ = number->value;
            else if (unit == U'月') month_ = number->value;
            else if (unit == U'日' && !add_day(number->value)) return tl::unexpected<std::string>{"calendar.day"};
            else if (unit != U'日') spans_on_ = false;
            place = number->end + (unit == U'年' || unit == U'月' || unit == U'日' ? 1 : 0);
        }
        if (result_.days_off.empty()) return tl::unexpected<std::string>{"calendar.notice-days"};
        return parse_calendar_year(format_calendar_year(result_));
    }

private:
    struct Span {
        Date first, last;
    };

    // How far to go on.
    std::size_t word_at(std::size_t place) {
        auto const word = text_.substr(place, 2);
        if (word == U"放假" || word == U"补休") return take(result_.days_off);
        if (word == U"上班") return take(result_.make_up_days);
        if (is_span_mark(text_[place])) {
            spans_on_ = !spans_.empty();
            return 1;
        }
        spans_on_ = false;
        if (ends_sentence(text_[place])) {
            spans_.clear();
            year_ = of_;
            month_ = 0;
        }
        return 1;
    }

    std::size_t take(std::vector<Date>& days) {
        for (auto const& span : spans_)
            for (auto number = to_day_number(span.first); number <= to_day_number(span.last); ++number)
                if (auto const day = from_day_number(number); day && static_cast<int>(day->year()) == of_)
                    days.push_back(*day);
        spans_.clear();
        spans_on_ = false;
        return 2;
    }

    bool add_day(int day) {
        auto const date = make_date(year_, static_cast<unsigned>(month_), static_cast<unsigned>(day));
        if (!date.ok()) return false;
        if (!std::exchange(spans_on_, false)) {
            spans_.push_back({date, date});
            return true;
        }
        auto& span = spans_.back();
        if (date < span.first || days_between(span.first, date) > longest_span_days) return false;
        span.last = date;
        return true;
    }

    std::u32string_view text_;
    int of_;
    int year_;
    int month_ = 0;
    bool spans_on_ = false;  // a day goes on from the one before: "15日至23日"
    std::vector<Span> spans_;
    CalendarYear result_;
};

}  // namespace

tl::expected<CalendarYear, std::string> read_calendar_notice(std::string_view text) {
    auto const plain = plain_text(text);
    auto const year = year_of(plain);
    if (!year) return tl::unexpected<std::string>{"calendar.notice-year"};
    return Reader{plain, *year}.read();
}

tl::expected<CalendarYear, std::string> read_calendar_year(std::string_view text) {
    text = trimmed(text);
    auto const is_ascii = [](char byte) { return static_cast<unsigned char>(byte) < 0x80; };
    return std::all_of(text.begin(), text.end(), is_ascii) ? parse_calendar_year(text) : read_calendar_notice(text);
}

}  // namespace guanjia
