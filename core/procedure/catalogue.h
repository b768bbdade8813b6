#pragma once
// The catalogue of all clauses and legal notes, as data.

#include <span>
#include <string_view>
#include <vector>

#include "core/procedure/clause.h"

namespace guanjia {

enum class ClauseKind : std::uint8_t { guard = 1, due = 2, form = 4, record = 8, role = 16, metric = 32 };

std::span<ClauseRow const> all_clauses();
std::span<LegalNoteRow const> all_legal_notes();
// "guard", "due", …
std::vector<std::string_view> kinds_of(ClauseRow const& clause);
// The notes that name the clause.
std::vector<LegalNoteRow const*> legal_notes_of(Clause clause);

}  // namespace guanjia
