#include "web/views/scripts.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/service/visits/rules.h"
#include "web/views/words.h"

namespace guanjia {

namespace {

constexpr std::size_t beginning = 14;  // characters of a template that tell it from the others of its name

std::string beginning_of(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t count = 0; count < beginning && length < text.size() && text[length] != '\n'; ++count)
        length += first_code_point(text.substr(length)).length;
    return std::string{text.substr(0, length)} + (length < text.size() ? "…" : "");
}

}  // namespace

std::string worded(Stage const& stage, WordingRow const& row) {
    auto const& registry = stage.models.registry;
    return shown_in(row, registry.wordings.at(row, registry.on), stage.ui.language);
}

std::vector<std::string> worded_parts(Stage const& stage, WordingRow const& row) {
    return parts_of(row.kind, worded(stage, row));
}

ScriptValues script_values(Stage const& stage, std::string_view ticket) {
    ScriptValues values{{"centre", stage.models.registry.desk.centre_name}};
    if (auto const* person = stage.person()) values.emplace_back("staff", person->name);
    auto const& shown = stage.models.ticket;
    if (!shown || ticket.empty() || shown->line.number != ticket) return values;
    values.emplace_back("customer", shown->line.customer);
    values.emplace_back("unit", shown->line.unit);
    values.emplace_back("number", shown->line.number);
    values.emplace_back("matter", shown->line.words);
    values.emplace_back("promised", when(stage.ui, shown->line.next_due));
    values.emplace_back("solution", shown->solution);
    return values;
}

ScriptValues example_values(Stage const& stage) {
    auto values = script_values(stage);
    values.emplace_back("customer", stage.say("ui.example-customer"));
    values.emplace_back("unit", "3-502");
    values.emplace_back("number", "BX-20260320-A001");
    values.emplace_back("matter", stage.say("ui.example-matter"));
    values.emplace_back("solution", stage.say("ui.example-solution"));
    values.emplace_back("promised", when(stage.ui, at_minute(date_of(stage.ui.now), closing_minute(stage.models))));
    return values;
}

std::string answers_words(Stage const& stage, std::string_view answers) {
    auto const* survey = find_wording("survey.return-visit");
    std::string words;
    for (auto const& answer : answers_in(answers))
        words = join_dots({words, (survey ? shown_in(*survey, answer.question, stage.ui.language) : answer.question) +
                                      " " + stage.say("satisfaction." + std::string{name_of(answer.satisfaction)})});
    return words;
}

std::vector<Script> scripts_for(Stage const& stage, std::string_view field, ScriptValues const& values) {
    std::vector<Script> scripts;
    for (auto const& row : all_wordings()) {
        if (row.kind != WordingKind::script || !is_offered_for(row, field)) continue;
        auto const parts = worded_parts(stage, row);
        for (auto const& part : parts) {
            auto title = std::string{title_of(row, stage.ui.language)};
            auto words = fill_script(part, values, stage.ui.language);
            if (parts.size() > 1) title = join_dots({title, beginning_of(words)});
            scripts.push_back({std::move(title), std::move(words)});
        }
    }
    return scripts;
}

bool is_any_script_for(std::string_view field) {
    return std::any_of(all_wordings().begin(), all_wordings().end(),
                       [&](WordingRow const& row) { return is_offered_for(row, field); });
}

}  // namespace guanjia
