// Everything that reads text from people: dates, times, money, ids, signatures, calendars, searches, commands as JSON
// lines.

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "core/base/pinyin.h"
#include "core/base/strings.h"
#include "core/base/text.h"
#include "core/cli/json.h"
#include "core/desk/search.h"
#include "core/forms/form.h"
#include "core/procedure/calendar_notice.h"

namespace {

// What is searched for as it stands is found, at a place within the text.
void search_itself(std::string const& text) {
    using namespace guanjia;
    SearchKey const key{SearchKind::owner, {1, 1}, {}};
    SearchIndex index;
    index.put({key, {{SearchWeight::words, text}, {SearchWeight::name, text}}});
    auto const result = index.find(text, 1);
    if (is_clean_text(text) && result.matched != 1) std::abort();
    if (is_clean_text(text) && text.size() <= search_text_limit && index.text_of(key, 1) != text) std::abort();
    for (auto const& hit : result.hits)
        for (auto const& range : hit.ranges)
            if (range.field > 1 || range.begin >= range.end || range.end > text.size()) std::abort();
    collation_key(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace guanjia;
    std::string const text{reinterpret_cast<char const*>(data), size};
    if (auto const date = parse_date(text); date && format_date(*date) != text) std::abort();
    if (auto const time = parse_time(text); time && parse_time(format_time(*time)) != time) std::abort();
    if (auto const money = parse_money(text); money && parse_money(format_money(*money)) != money) std::abort();
    if (auto const id = parse_id(text); id && parse_id(format_id(*id)) != id) std::abort();
    if (auto const year = parse_calendar_year(text)) {
        auto const again = parse_calendar_year(format_calendar_year(*year));
        if (!again || again->days_off != year->days_off) std::abort();
        Calendar calendar;
        calendar.set_year(*year);
        calendar.add_working_minutes(at_minute(make_date(2026, 1, 1), 600), 100'000, {510, 1080});
    } else if (!has_sentence(year.error())) std::abort();
    if (auto const year = read_calendar_notice(text); year && !parse_calendar_year(format_calendar_year(*year)))
        std::abort();
    else if (!year && !has_sentence(year.error())) std::abort();
    draw_signature(text);
    fill_placeholders(text, {{"why", text}});
    search_itself(text);
    auto const request = read_request(text);
    if (!request) return 0;

    Desk::Options options;
    options.durability = Database::Durability::none;
    static auto desk = std::move(*Desk::create(":memory:", {0, "SZ01", "天下城", 1, false}, options));
    auto const accepted = desk->submit(*request);
    if (!accepted && !has_sentence("refusal." + accepted.error().reason)) std::abort();
    line_of(accepted ? json_of(*accepted) : json_of(accepted.error(), Language::chinese));
    return 0;
}
