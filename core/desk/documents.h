#pragma once
// A record as the form that the procedures ask for.

#include <string>
#include <string_view>
#include <vector>

#include "core/desk/desk.h"

namespace guanjia {

struct FormInfo {
    std::string_view name;
    std::string_view clause;
    std::string title;  // Chinese: it is the document's own name
};
std::vector<FormInfo> desk_forms();

// `record`: id or number. HTML of one A4 page or more.
Result<std::string> print_form(Desk& desk, std::string_view form, std::string_view record);

}  // namespace guanjia
