#include "core/procedure/catalogue.h"

#include <iterator>

namespace guanjia {

std::span<ClauseRow const> all_clauses() { return clause_rows; }
std::span<LegalNoteRow const> all_legal_notes() { return legal_note_rows; }

std::vector<std::string_view> kinds_of(ClauseRow const& clause) {
    static constexpr std::string_view names[] = {"guard", "due", "form", "record", "role", "metric"};
    std::vector<std::string_view> kinds;
    for (std::size_t bit = 0; bit < std::size(names); ++bit)
        if ((clause.kinds >> bit & 1) != 0) kinds.push_back(names[bit]);
    return kinds;
}

std::vector<LegalNoteRow const*> legal_notes_of(Clause clause) {
    std::vector<LegalNoteRow const*> notes;
    for (auto const& note : legal_note_rows) {
        auto rest = note.clauses;
        while (!rest.empty()) {
            auto const end = rest.find(' ');
            if (rest.substr(0, end) == clause.id()) notes.push_back(&note);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
    }
    return notes;
}

}  // namespace guanjia
