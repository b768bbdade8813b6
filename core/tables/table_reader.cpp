#include "core/tables/table_reader.h"

#include <algorithm>

namespace guanjia {

namespace {

constexpr std::size_t piece_size = std::size_t{128} << 10;
constexpr std::size_t head_size = std::size_t{64} << 10;

using namespace std::string_view_literals;
constexpr auto workbook_mark = "PK\x03\x04"sv;
constexpr auto old_workbook_mark = "\xD0\xCF\x11\xE0"sv;  // and workbooks with a password
constexpr auto utf_8_mark = "\xEF\xBB\xBF"sv;
constexpr auto utf_16_little_mark = "\xFF\xFE"sv;
constexpr auto utf_16_big_mark = "\xFE\xFF"sv;

}  // namespace

TableReader::TableReader(std::string bytes, std::size_t sheet) : bytes_{std::move(bytes)}, sheet_{sheet} {}

std::string_view TableReader::format() const { return workbook_ ? "XLSX" : name_of(encoding_); }

Result<void> TableReader::look() {
    std::string_view const bytes{bytes_};
    if (bytes.size() > table_file_limit) return refuse("table.too-large");
    if (bytes.empty()) return refuse("table.empty");
    if (bytes.starts_with(old_workbook_mark)) return refuse("table.old-workbook");
    phase_ = Phase::parse;
    if (bytes.starts_with(workbook_mark)) {
        workbook_ = std::make_unique<WorkbookReader>(bytes, sheet_, table_);
        phase_ = Phase::workbook;
    } else if (bytes.starts_with(utf_16_little_mark) || bytes.starts_with(utf_16_big_mark)) {
        encoding_ = bytes.starts_with(utf_16_big_mark) ? TextEncoding::utf_16_big : TextEncoding::utf_16_little;
        at_ = utf_16_big_mark.size();
    } else {
        phase_ = Phase::check;
    }
    return {};
}

// One byte that is not UTF-8 anywhere, and the whole file is of another kind.
Result<void> TableReader::check() {
    auto const piece = std::string_view{bytes_}.substr(at_, piece_size);
    if (piece.find('\0') != std::string_view::npos) return refuse("table.not-a-table");
    auto const good = encoding_ == TextEncoding::utf_8 ? utf_8_prefix(piece) : piece.size();
    auto const is_last = at_ + piece.size() == bytes_.size();
    // Up to three bytes of a character may have been cut off by the end of the piece.
    if (good < piece.size() && (is_last || good + 3 < piece.size())) encoding_ = TextEncoding::gb_18030;
    at_ += encoding_ == TextEncoding::utf_8 ? good : piece.size();
    if (!is_last) return {};
    phase_ = Phase::parse;
    at_ = bytes_.starts_with(utf_8_mark) ? utf_8_mark.size() : 0;
    return {};
}

Result<void> TableReader::parse() {
    auto const rest = std::string_view{bytes_}.substr(at_);
    if (!parser_) {
        auto const head = rest.substr(0, head_size);
        auto const text = decode(head.substr(0, whole_characters(head, encoding_)), encoding_);
        parser_ = std::make_unique<DelimitedParser>(delimiter_of(text), table_);
        // "sep=;" is a word to spreadsheets.
        if (text.starts_with("sep=")) {
            auto const line = rest.find('\n');
            auto const feed = encoding_ == TextEncoding::utf_16_little ? 2U : 1U;  // bytes from its first to the next
            at_ += line == std::string_view::npos ? rest.size() : line + feed;
            return {};
        }
    }
    auto const is_last = rest.size() <= piece_size;
    auto const piece = rest.substr(0, piece_size);
    auto const whole = is_last ? piece.size() : whole_characters(piece, encoding_);
    if (auto const taken = parser_->take(decode(piece.substr(0, whole), encoding_)); !taken) return taken;
    at_ += whole;
    if (!is_last) return {};
    phase_ = Phase::finished;
    return parser_->finish();
}

Result<bool> TableReader::step() {
    auto const work = [&]() -> Result<void> {
        switch (phase_) {
            case Phase::look: return look();
            case Phase::check: return check();
            case Phase::parse: return parse();
            case Phase::workbook: {
                auto const finished = workbook_->step();
                if (!finished) return tl::unexpected{finished.error()};
                at_ = *finished ? bytes_.size() : workbook_->position();
                if (*finished) phase_ = Phase::finished;
                return {};
            }
            default: return {};
        }
    };
    if (auto const done = work(); !done) return tl::unexpected{done.error()};
    if (phase_ == Phase::finished && table_.rows() == 0) return refuse("table.empty");
    return phase_ == Phase::finished;
}

}  // namespace guanjia
