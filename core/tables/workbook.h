#pragma once
// A sheet of an Office Open XML workbook (XLSX) as a table: what a cell shows, not what it is made of. Dates are
// "2026-11-23" or "2026-11-23T09:00", numbers have no exponent, formulas stand for their last result.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/tables/table.h"

namespace guanjia {

class WorkbookReader {
public:
    // The bytes outlive the reader. sheet: its place among those that are not hidden.
    WorkbookReader(std::string_view bytes, std::size_t sheet, Table& into);
    ~WorkbookReader();

    // Reads some 32 KiB of what is packed. True when done. Refused: "table.damaged", "table.not-a-workbook",
    // "table.no-such-sheet", and what a table refuses.
    Result<bool> step();
    std::size_t position() const;  // in the bytes
    // Those that are not hidden; known before the first row is.
    std::vector<std::string> const& sheets() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace guanjia
