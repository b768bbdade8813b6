#include "core/store/command.h"

#include <fmt/format.h>

namespace guanjia {

std::string next_number(Database& database, Description const& kind, std::string_view prefix, Date day,
                        std::string_view desk_letter) {
    auto const stem = fmt::format("{}-{:04}{:02}{:02}-{}", prefix, static_cast<int>(day.year()),
                                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), desk_letter);
    // Digits follow the letters; ':' is the character after '9', so the range leaves out desks "AB", "AC" …
    auto statement = database.prepare(
        fmt::format("SELECT max(CAST(substr(number, {}) AS INTEGER)) FROM {} WHERE number >= ? AND number < ?",
                    stem.size() + 1, kind.name));
    auto const from = stem + "0";
    auto const until = stem + ":";
    statement.bind_text(from).bind_text(until);
    auto const last = statement.step() ? statement.integer(0) : 0;
    return fmt::format("{}{:03}", stem, last + 1);
}

}  // namespace guanjia
