#pragma once
// A table that another program made: rows of cells, all of them texts, in one block of memory. What is larger than the
// limits is refused while it is read ("table.too-many-rows", "table.too-wide", "table.cell-too-long",
// "table.too-large").

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/procedure/refusal.h"

namespace guanjia {

inline constexpr std::size_t table_rows_limit = 200'000;
inline constexpr std::size_t table_columns_limit = 512;
inline constexpr std::size_t table_cell_limit = std::size_t{128} << 10;  // bytes; four for each character of a workbook
inline constexpr std::size_t table_bytes_limit = std::size_t{128} << 20;

class Table {
public:
    std::size_t rows() const { return rows_.size(); }
    // Of the widest row.
    std::size_t columns() const { return columns_; }
    // Empty where the row has no such cell. Without white space at its ends.
    std::string_view cell(std::size_t row, std::size_t column) const;
    // Where the row stands in its file: what a spreadsheet shows at its left, counted from 1.
    std::uint32_t number(std::size_t row) const { return rows_[row].number; }

    Result<void> add_cell(std::string_view text);
    // A row of nothing but empty cells is left out.
    Result<void> end_row(std::uint32_t number);

private:
    struct Row {
        std::uint32_t number;
        std::uint32_t first_cell;
    };

    std::string text_;
    std::vector<std::uint32_t> ends_;  // of the cells, in text_
    std::vector<Row> rows_;
    std::size_t first_cell_ = 0;  // of the row that is being read
    std::size_t columns_ = 0;
};

}  // namespace guanjia
