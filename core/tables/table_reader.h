#pragma once
// Reads a table that another program has saved, whatever it is: CSV, tab-separated text, or a workbook; in steps, so
// that a page stays alive.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/tables/delimited.h"
#include "core/tables/text_encoding.h"
#include "core/tables/workbook.h"

namespace guanjia {

inline constexpr std::size_t table_file_limit = std::size_t{64} << 20;

class TableReader {
public:
    explicit TableReader(std::string bytes, std::size_t sheet = 0);

    // Works on some 100 KB. True when done. Refused: "table.empty", "table.too-large", "table.old-workbook",
    // "table.not-a-table", and what delimited.h, workbook.h and table.h refuse.
    Result<bool> step();
    std::uint64_t done() const { return at_; }
    std::uint64_t all() const { return bytes_.size(); }

    Table const& table() const { return table_; }
    Table take_table() { return std::move(table_); }
    // "UTF-8", "GBK", "UTF-16", "XLSX"
    std::string_view format() const;
    std::vector<std::string> sheets() const { return workbook_ ? workbook_->sheets() : std::vector<std::string>{}; }

private:
    enum class Phase : std::uint8_t { look, check, parse, workbook, finished };
    Result<void> look();
    Result<void> check();
    Result<void> parse();

    std::string bytes_;
    std::size_t sheet_;
    Table table_;
    Phase phase_ = Phase::look;
    std::size_t at_ = 0;
    TextEncoding encoding_ = TextEncoding::utf_8;
    std::unique_ptr<DelimitedParser> parser_;
    std::unique_ptr<WorkbookReader> workbook_;
};

}  // namespace guanjia
