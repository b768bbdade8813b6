#include "core/tables/table.h"

#include <algorithm>

#include "core/base/text.h"

namespace guanjia {

std::string_view Table::cell(std::size_t row, std::size_t column) const {
    auto const first = rows_[row].first_cell;
    auto const end = row + 1 < rows_.size() ? rows_[row + 1].first_cell : first_cell_;
    if (column >= end - first) return {};
    auto const at = first + column;
    auto const begin = at == 0 ? 0 : ends_[at - 1];
    return std::string_view{text_}.substr(begin, ends_[at] - begin);
}

Result<void> Table::add_cell(std::string_view text) {
    text = trimmed(text);
    auto const row = std::to_string(rows_.size() + 1);
    if (ends_.size() - first_cell_ == table_columns_limit)
        return refuse("table.too-wide", {}, {{"row", row}, {"limit", std::to_string(table_columns_limit)}});
    if (text.size() > table_cell_limit) return refuse("table.cell-too-long", {}, {{"row", row}});
    // An empty cell takes its place as well.
    auto const bytes = text_.size() + text.size() + (ends_.size() + 1) * sizeof ends_.front();
    if (bytes > table_bytes_limit) return refuse("table.too-large");
    text_ += text;
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    return {};
}

Result<void> Table::end_row(std::uint32_t number) {
    auto const begin = first_cell_ == 0 ? 0 : ends_[first_cell_ - 1];
    if (text_.size() == begin) {
        ends_.resize(first_cell_);
        return {};
    }
    if (rows_.size() == table_rows_limit)
        return refuse("table.too-many-rows", {}, {{"limit", std::to_string(table_rows_limit)}});
    columns_ = std::max(columns_, ends_.size() - first_cell_);
    rows_.push_back({number, static_cast<std::uint32_t>(first_cell_)});
    first_cell_ = ends_.size();
    return {};
}

}  // namespace guanjia
