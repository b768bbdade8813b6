#pragma once
// GEN-S4: overrides and refusals as they are counted, one by one.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/store/database.h"

namespace guanjia {

// A condition on override o: it counts while it stands, and neither its record nor what that is about is void.
inline constexpr std::string_view override_counts =
    "NOT EXISTS (SELECT 1 FROM voiding WHERE record IN (o.id, o.record, o.about))";

struct OverrideLine {
    AnyId id;
    LocalTime at;
    AnyId about;
    std::string guard;
    std::string reason;
    AnyId entitled;  // whose word it is
    AnyId entered_by;
};
// Those of a clause that count, on these days; the newest first.
std::vector<OverrideLine> override_lines(Database& database, std::string_view clause, DayRange days, std::size_t limit);

// What was refused at this desk, without what was typed.
struct RefusalLine {
    LocalTime at;
    AnyId person;
    std::string command;
    std::string reason;
};
// Under a clause on these days; the newest first.
std::vector<RefusalLine> refusal_lines(Database& database, std::string_view clause, DayRange days, std::size_t limit);

}  // namespace guanjia
