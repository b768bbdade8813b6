#pragma once
// Tables read to their end, and workbooks made by hand.

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/tables/table_reader.h"

namespace guanjia::testing {

inline Result<TableReader> read_to_the_end(std::string bytes, std::size_t sheet = 0) {
    TableReader reader{std::move(bytes), sheet};
    for (;;) {
        auto const finished = reader.step();
        if (!finished) return tl::unexpected{finished.error()};
        if (*finished) return reader;
    }
}

// "a|b/c|d": cells and rows; the reason instead when it is refused.
inline std::string rows_of(std::string bytes, std::size_t sheet = 0) {
    auto const reader = read_to_the_end(std::move(bytes), sheet);
    if (!reader) return reader.error().reason;
    std::string rows;
    auto const& table = reader->table();
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (row > 0) rows += '/';
        for (std::size_t column = 0; column < table.columns(); ++column) {
            if (column > 0) rows += '|';
            rows += table.cell(row, column);
        }
    }
    return rows;
}

using ZipParts = std::vector<std::pair<std::string, std::string>>;
// An archive whose files are not compressed.
std::string stored_zip(ZipParts const& parts);

// A workbook with one sheet whose rows are given as XML; styles 0 general, 1 a date, 2 a date with time, 3 "0.00".
ZipParts workbook_parts(std::string const& rows, std::string const& shared = {}, std::string const& properties = {});

}  // namespace guanjia::testing
