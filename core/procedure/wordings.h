#pragma once
// The texts that a centre words for itself: step cards, scripts, categories, the questions of return visits, notes on
// forms. Each has a default, bounds and a history, like a parameter; a case shows the wording of its own day (GEN-S5).
//
// A wording is lines. Of a script they are paragraphs, one for each template that is offered; of a tree of categories
// paths of one or two levels ("供水/漏水"). What becomes part of the records is the Chinese line, in whatever language
// it was shown.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/date.h"
#include "core/base/id.h"
#include "core/base/stamp.h"
#include "core/base/strings.h"
#include "core/procedure/refusal.h"
#include "generated/wordings.h"

namespace guanjia {

std::span<WordingRow const> all_wordings();
// Null when there is none of that name.
WordingRow const* find_wording(std::string_view name);
std::string_view title_of(WordingRow const& row, Language language);
// Whether a script is offered for a field, "record_contact.summary".
bool is_offered_for(WordingRow const& row, std::string_view field);

// What a kind of wording may hold. A part is a line, of a script a paragraph.
struct WordingBounds {
    std::size_t fewest;      // parts
    std::size_t most;        // parts
    std::size_t characters;  // in each
};
WordingBounds bounds_of(WordingKind kind);

// Without blank ends and empty lines; between the paragraphs of a script one empty line remains.
std::string tidied(WordingKind kind, std::string_view text);
std::vector<std::string> parts_of(WordingKind kind, std::string_view text);
// `text` is tidied. Refused under GEN-S5 when it is outside the bounds of its kind, names an unknown placeholder, a
// path of more than two levels, or a line twice.
Result<void> check_wording(WordingRow const& row, std::string_view text);
// Each line that is one of the default's is shown in that language; what a centre has worded stays as it is.
std::string shown_in(WordingRow const& row, std::string_view text, Language language);

// What a script may name in braces: by name or by its Chinese name.
struct Placeholder {
    std::string_view name;
    std::string_view zh;
};
std::span<Placeholder const> placeholders();
// Values by name. What has none stands as its name in brackets, to be filled in by hand.
using ScriptValues = std::vector<std::pair<std::string_view, std::string>>;
std::string fill_script(std::string_view text, ScriptValues const& values, Language language);

class Wordings {
public:
    struct Change {
        std::string text;
        Date effective_from = no_date;
        Stamp stamp;
        std::string reason = {};
        AnyId by = {};
    };

    void set(WordingRow const& row, Change change);
    // The text of the latest change in effect on that day (of two from the same day the newer stamp), else the default.
    std::string_view at(WordingRow const& row, Date on) const;
    std::vector<std::string> parts(WordingRow const& row, Date on) const { return parts_of(row.kind, at(row, on)); }
    // By day and stamp, ascending.
    std::vector<Change> const& history(WordingRow const& row) const;

private:
    std::map<std::string_view, std::vector<Change>> changes_;
};

}  // namespace guanjia
