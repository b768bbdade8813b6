#pragma once
// Scripts and templates at hand where a contact, an answer, a promise or a visit is written down (GEN-3.1), in the
// wording that holds today.

#include <string>
#include <string_view>
#include <vector>

#include "core/procedure/wordings.h"
#include "web/views/stage.h"

namespace guanjia {

// The wording of today, in the language of the screen.
std::string worded(Stage const& stage, WordingRow const& row);
std::vector<std::string> worded_parts(Stage const& stage, WordingRow const& row);

// What a script may name: the person and the centre; the ticket on show as well, when it is the one of that number.
ScriptValues script_values(Stage const& stage, std::string_view ticket = {});
// Something to look at where there is no ticket.
ScriptValues example_values(Stage const& stage);

// "响应速度 满意 · 服务态度 一般": what a return visit keeps, in words.
std::string answers_words(Stage const& stage, std::string_view answers);

struct Script {
    std::string title;
    std::string words;  // filled
};
// What is offered at a field, "record_contact.summary".
std::vector<Script> scripts_for(Stage const& stage, std::string_view field, ScriptValues const& values);
bool is_any_script_for(std::string_view field);

}  // namespace guanjia
