#include "core/procedure/parameters.h"

#include <algorithm>

namespace guanjia {

std::span<ParameterRow const> all_parameters() { return parameter_rows; }

std::optional<Parameter> find_parameter(std::string_view name) {
    for (std::size_t index = 0; index < std::size(parameter_rows); ++index)
        if (parameter_rows[index].name == name) return static_cast<Parameter>(index);
    return std::nullopt;
}

bool is_lawful(Parameter parameter, std::int64_t value) {
    auto const& row = row_of(parameter);
    return value >= row.minimum && value <= row.maximum;
}

void Parameters::set(Change change) {
    auto& changes = changes_[change.parameter];
    auto const before = [](Change const& left, Change const& right) {
        if (left.effective_from != right.effective_from) return left.effective_from < right.effective_from;
        return left.stamp < right.stamp;
    };
    changes.insert(std::upper_bound(changes.begin(), changes.end(), change, before), change);
}

std::int64_t Parameters::at(Parameter parameter, Date on) const {
    auto const found = changes_.find(parameter);
    if (found == changes_.end()) return row_of(parameter).by_default;
    for (auto change = found->second.rbegin(); change != found->second.rend(); ++change)
        if (change->effective_from <= on) return change->value;
    return row_of(parameter).by_default;
}

std::vector<Parameters::Change> Parameters::history(Parameter parameter) const {
    auto const found = changes_.find(parameter);
    return found == changes_.end() ? std::vector<Change>{} : found->second;
}

}  // namespace guanjia
