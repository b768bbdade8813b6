#pragma once
// Rows of text with a delimiter between the cells: CSV as RFC 4180 has it, and what spreadsheets put on the clipboard.
// Kind to what is met in the field: any line end, a quote within a cell, "sep=;" at the head.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/tables/table.h"

namespace guanjia {

// The one of comma, tab, semicolon and bar that divides the first rows best. head: the beginning of the text.
char delimiter_of(std::string_view head);

class DelimitedParser {
public:
    DelimitedParser(char delimiter, Table& into) : delimiter_{delimiter}, table_{into} {}

    // UTF-8, in pieces that may end anywhere.
    Result<void> take(std::string_view text);
    // Refused ("table.quote-open") when a quote that was opened is never closed.
    Result<void> finish();

private:
    enum class State : std::uint8_t { at_start, plain, quoted, after_quote };

    Result<void> end_cell();
    Result<void> end_row();

    char delimiter_;
    Table& table_;
    State state_ = State::at_start;
    bool after_return_ = false;  // a line feed belongs to the carriage return before it
    bool row_begun_ = false;
    std::uint32_t row_ = 1;
    std::uint32_t quoted_since_ = 0;  // row
    std::string cell_;
};

}  // namespace guanjia
