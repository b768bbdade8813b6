#pragma once
// The value of one field, as the journal, the tables and JSON see it.

#include <cstdint>
#include <string>
#include <variant>

#include "core/base/id.h"

namespace guanjia {

// monostate: nothing (an empty text, no date, no reference).
using Value = std::variant<std::monostate, std::int64_t, std::string, AnyId>;

inline bool is_empty(Value const& value) { return std::holds_alternative<std::monostate>(value); }

}  // namespace guanjia
