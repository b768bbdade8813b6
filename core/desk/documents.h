#pragma once
// A record as the form that the procedures ask for.

#include <optional>
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
// by: who prints it, where that is known; some forms are for some roles alone.
Result<std::string> print_form(Desk& desk, std::string_view form, std::string_view record,
                               std::optional<AnyId> by = std::nullopt);

}  // namespace guanjia
