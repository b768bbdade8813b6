#pragma once
// 《业主投诉受理单》, 《回访记录》, 《维修单》, the record of a weekly draw, step cards, the register of return visits
// and the calendar of a week's visits (RV-4.1, RV-5, GEN-2.3, RV-4.2, GEN-1.2, RV-4.6, GEN-2.1).

#include <span>
#include <string>
#include <string_view>

#include "core/base/strings.h"
#include "core/forms/form.h"
#include "core/service/commands.h"

namespace guanjia {

// Names of the templates.
inline constexpr std::string_view complaint_form = "complaint-record";
inline constexpr std::string_view visit_form = "return-visit-record";
inline constexpr std::string_view repair_form = "repair-order";
inline constexpr std::string_view draw_form = "visit-draw";
inline constexpr std::string_view step_card_form = "step-card";
inline constexpr std::string_view register_form = "register";
inline constexpr std::string_view calendar_form = "visit-calendar";

// `centre`: as it stands in the head of the page. `printed_at` in its foot.
struct FormHead {
    std::string centre;
    LocalTime printed_at;
    Parameters const& parameters;
    Wordings const& wordings;
};

// Refused when the record is not of the form's kind.
Result<FormValues> complaint_values(Database& database, FormHead const& head, Id<Ticket> ticket);
// Of a visit, or of a ticket that was visited.
Result<FormValues> visit_values(Database& database, FormHead const& head, AnyId visit_or_ticket);
Result<FormValues> repair_values(Database& database, FormHead const& head, Id<Ticket> ticket);
// GEN-1.2: the wordings of a kind of ticket: what follows when one is registered, and its categories. Null for none.
WordingRow const* step_card_of(TicketKind kind);
WordingRow const* categories_of(TicketKind kind);
// The step card of a kind, named as in its choices, as it was worded on a day.
Result<FormValues> step_card_values(FormHead const& head, std::string_view kind, Date on);
// RV-4.6: of a month ("2026-11"), or from one day to another ("2026-11-01..2026-11-15").
Result<FormValues> register_values(Database& database, FormHead const& head, std::string_view period);
// GEN-2.1: the week of a day ("2026-11-23").
Result<FormValues> calendar_values(Database& database, FormHead const& head, std::string_view day);
Result<FormValues> draw_values(Database& database, FormHead const& head, Id<WeeklyDraw> draw);

}  // namespace guanjia
