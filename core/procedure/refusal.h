#pragma once
// The answer "no", and the type of everything that may be refused.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "core/procedure/clause.h"
#include "core/procedure/guards.h"

namespace guanjia {

struct Refusal {
    std::optional<Clause> clause;     // none when no clause is behind it (damaged file, unknown person)
    std::string reason;               // key of the sentence in assets/strings, without the prefix "refusal."
    std::vector<std::string> fields;  // at fault, by their names in the command
    // What the sentence names: placeholder → text.
    std::vector<std::pair<std::string, std::string>> details;
    std::optional<Guard> guard = {};  // in the way, and may be overridden; none: nobody may
};

template <class T>
using Result = tl::expected<T, Refusal>;

// return refuse("RV-4.3"_clause, "visit.signature-missing", {"signature"});
inline tl::unexpected<Refusal> refuse(Clause clause, std::string reason, std::vector<std::string> fields = {},
                                      std::vector<std::pair<std::string, std::string>> details = {}) {
    return tl::unexpected<Refusal>{Refusal{clause, std::move(reason), std::move(fields), std::move(details)}};
}

// A guard that someone entitled to it may override.
inline tl::unexpected<Refusal> refuse(Guard guard, std::string reason, std::vector<std::string> fields = {},
                                      std::vector<std::pair<std::string, std::string>> details = {}) {
    return tl::unexpected<Refusal>{
        Refusal{clause_of(guard), std::move(reason), std::move(fields), std::move(details), guard}};
}

inline tl::unexpected<Refusal> refuse(std::string reason, std::vector<std::string> fields = {},
                                      std::vector<std::pair<std::string, std::string>> details = {}) {
    return tl::unexpected<Refusal>{Refusal{std::nullopt, std::move(reason), std::move(fields), std::move(details)}};
}

}  // namespace guanjia
