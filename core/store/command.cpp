#include "core/store/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace guanjia {

std::string next_number(Database& database, Description const& kind, std::string_view prefix, Date day,
                        std::string_view desk_letter) {
    auto const stem = fmt::format("{}-{:04}{:02}{:02}-{}", prefix, static_cast<int>(day.year()),
                                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), desk_letter);
    // Digits follow the letters; ':' is the character after '9', so the range leaves out desks "AB", "AC" …
    auto const from = stem + "0";
    auto const until = stem + ":";
    auto const number_after_stem = [&](Statement const& row) {
        std::int64_t number = 0;
        auto const digits = row.text(0).substr(std::min(stem.size(), row.text(0).size()));
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return number;
    };
    std::int64_t last = 0;
    {
        auto newest = database.prepare(fmt::format(
            "SELECT number FROM {} WHERE number >= ? AND number < ? ORDER BY number DESC LIMIT 1", kind.name));
        newest.bind_text(from).bind_text(until);
        if (newest.step()) last = number_after_stem(newest);
    }
    // As text "999" comes after "1000": on such a day all are looked at.
    if (last >= 999) {
        auto all = database.prepare(fmt::format("SELECT number FROM {} WHERE number >= ? AND number < ?", kind.name));
        all.bind_text(from).bind_text(until);
        while (all.step()) last = std::max(last, number_after_stem(all));
    }
    return fmt::format("{}{:03}", stem, last + 1);
}

}  // namespace guanjia
