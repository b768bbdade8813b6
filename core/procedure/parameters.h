#pragma once
// The numbers of clauses: each has a unit, a lawful range, a default and a history. A case is judged by the number of
// its own day (GEN-S5).

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/stamp.h"
#include "generated/parameters.h"

namespace guanjia {

std::span<ParameterRow const> all_parameters();
constexpr ParameterRow const& row_of(Parameter parameter) {
    return parameter_rows[static_cast<std::size_t>(parameter)];
}
std::optional<Parameter> find_parameter(std::string_view name);
bool is_lawful(Parameter parameter, std::int64_t value);

class Parameters {
public:
    struct Change {
        Parameter parameter;
        std::int64_t value;
        Date effective_from;
        Stamp stamp;
    };

    void set(Change change);
    // The value of the latest change in effect on that day (of two from the same day the newer stamp), else the
    // default.
    std::int64_t at(Parameter parameter, Date on) const;
    std::vector<Change> history(Parameter parameter) const;

private:
    // By day and stamp, ascending.
    std::map<Parameter, std::vector<Change>> changes_;
};

}  // namespace guanjia
