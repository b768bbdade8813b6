// Tables of other programs: CSV in any coding, workbooks, and the dates within them.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/base/strings.h"
#include "core/base/text.h"
#include "core/tables/moment.h"
#include "core/tables/table_reader.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace guanjia;
    TableReader reader{std::string{reinterpret_cast<char const*>(data), size}};
    for (;;) {
        auto const finished = reader.step();
        if (!finished) {
            if (!has_sentence("refusal." + finished.error().reason)) std::abort();
            return 0;
        }
        if (*finished) break;
    }
    auto const& table = reader.table();
    if (table.rows() == 0 || table.columns() == 0) std::abort();
    for (std::size_t row = 0; row < table.rows(); ++row)
        for (std::size_t column = 0; column < table.columns(); ++column) {
            auto const cell = table.cell(row, column);
            order_told_by(cell);
            if (auto const moment = read_moment(cell, DateOrder::unknown); moment && !is_plausible(*moment))
                std::abort();
        }
    return 0;
}
