#include "core/tables/delimited.h"

#include <algorithm>
#include <array>
#include <utility>

namespace guanjia {

namespace {

constexpr std::array<char, 4> delimiters{'\t', ',', ';', '|'};  // a cell rarely has a tab
constexpr std::size_t rows_compared = 20;

}  // namespace

char delimiter_of(std::string_view head) {
    if (head.size() > 4 && head.starts_with("sep=")) return head[4];
    auto best = ',';
    std::size_t best_score = 0;
    for (auto const delimiter : delimiters) {
        Table table;
        DelimitedParser parser{delimiter, table};
        // What is cut in the middle of a quote has enough rows before it.
        static_cast<void>(parser.take(head));
        static_cast<void>(parser.finish());
        if (table.rows() == 0) continue;
        // Rows that are as wide as the first one, each wider than one cell.
        auto const width = [&](std::size_t row) {
            auto cells = table.columns();
            while (cells > 1 && table.cell(row, cells - 1).empty()) --cells;
            return cells;
        };
        auto const first = width(0);
        if (first < 2) continue;
        std::size_t alike = 0;
        auto const rows = std::min(table.rows(), rows_compared);
        for (std::size_t row = 0; row < rows; ++row) alike += width(row) > 1 && width(row) <= first ? 1 : 0;
        auto const score = alike * 1000 / rows + first;
        if (score > best_score) {
            best_score = score;
            best = delimiter;
        }
    }
    return best;
}

Result<void> DelimitedParser::end_cell() {
    auto const added = table_.add_cell(cell_);
    cell_.clear();
    state_ = State::at_start;
    return added;
}

Result<void> DelimitedParser::end_row() {
    if (auto const ended = end_cell(); !ended) return ended;
    row_begun_ = false;
    return table_.end_row(row_++);
}

Result<void> DelimitedParser::take(std::string_view text) {
    for (auto const character : text) {
        if (std::exchange(after_return_, false) && character == '\n') continue;
        if (state_ == State::quoted) {
            if (character == '"') state_ = State::after_quote;
            else cell_ += character;
            if (cell_.size() > table_cell_limit)
                return refuse("table.quote-open", {}, {{"row", std::to_string(quoted_since_)}});
            continue;
        }
        if (character == '\n' || character == '\r') {
            after_return_ = character == '\r';
            if (auto const ended = end_row(); !ended) return ended;
            continue;
        }
        row_begun_ = true;
        if (character == delimiter_) {
            if (auto const ended = end_cell(); !ended) return ended;
        } else if (character == '"' && state_ == State::at_start) {
            state_ = State::quoted;
            quoted_since_ = row_;
        } else if (character == '"' && state_ == State::after_quote) {
            cell_ += character;
            state_ = State::quoted;
        } else {
            // What follows a closing quote was not meant to be outside of it.
            if (state_ == State::at_start && (character == ' ' || character == '\0')) continue;
            cell_ += character;
            state_ = State::plain;
            if (cell_.size() > table_cell_limit)
                return refuse("table.cell-too-long", {}, {{"row", std::to_string(row_)}});
        }
    }
    return {};
}

Result<void> DelimitedParser::finish() {
    if (state_ == State::quoted) return refuse("table.quote-open", {}, {{"row", std::to_string(quoted_since_)}});
    if (!row_begun_) return {};
    return end_row();
}

}  // namespace guanjia
