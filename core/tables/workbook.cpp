#include "core/tables/workbook.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <optional>

#include <expat.h>

#include "core/base/date.h"
#include "core/base/time.h"
#include "core/tables/zip_archive.h"

namespace guanjia {

namespace {

constexpr std::size_t sheets_limit = 256;
constexpr std::size_t styles_limit = 65'536;
constexpr std::size_t depth_limit = 64;
// Of one part, unpacked. What comes to no end is not read to its end.
constexpr std::uint64_t part_limit = std::uint64_t{512} << 20;

// Days from 1970-01-01 to the day 0 of a workbook. (The 29 February 1900 that spreadsheets believe in puts days before
// March of that year one off; nobody has tickets from then.)
constexpr double days_to_1900 = 25'569;
constexpr double days_to_1904 = 24'107;
constexpr double seconds_a_day = 86'400;

std::string_view local_name(char const* name) {
    auto const* colon = std::strrchr(name, ':');
    return colon ? colon + 1 : name;
}

// Null-terminated pairs.
class XmlAttributes {
public:
    explicit XmlAttributes(char const** pairs) : pairs_{pairs} {}
    std::string_view get(std::string_view wanted) const {
        for (auto const** pair = pairs_; *pair; pair += 2)
            if (local_name(*pair) == wanted) return pair[1];
        return {};
    }

private:
    char const** pairs_;
};

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}
// The standard library of the page reads no floating-point number from characters.
template <>
std::optional<double> number_in<double>(std::string_view text) {
    std::string const copy{text};
    char* end = nullptr;
    auto const number = std::strtod(copy.c_str(), &end);
    if (copy.empty() || *end || !std::isfinite(number)) return std::nullopt;
    return number;
}

// Whether a number of that format is a day or a time of day.
bool is_date_format(std::string_view format) {
    auto has_date = false;
    for (std::size_t at = 0; at < format.size(); ++at) {
        auto const character = format[at];
        if (character == '"') {
            at = format.find('"', at + 1);
            if (at == std::string_view::npos) break;
        } else if (character == '\\' || character == '_' || character == '*') {
            ++at;
        } else if (character == '[') {
            auto const end = format.find(']', at);
            if (end == std::string_view::npos) break;
            // "[h]" counts hours; what else stands in brackets is a colour, a country or a condition.
            auto const inside = format.substr(at + 1, end - at - 1);
            has_date |= !inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos;
            at = end;
        } else if (character == ';') {
            break;
        } else {
            has_date |= std::strchr("yYdDhHsS", character) != nullptr || character == 'm' || character == 'M';
        }
    }
    return has_date && !format.starts_with("General");
}
bool is_date_format(std::int64_t number) {
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 47) ||
           (number >= 50 && number <= 58);
}

std::string format_serial(double serial, double days_to_zero) {
    auto const day = static_cast<std::int64_t>(std::floor(serial));
    auto const minute = static_cast<std::int64_t>(std::lround((serial - std::floor(serial)) * seconds_a_day / 60));
    if (day == 0 && serial > 0) {
        char clock[16];
        std::snprintf(clock, sizeof clock, "%02d:%02d", static_cast<int>(minute / 60 % 24),
                      static_cast<int>(minute % 60));
        return clock;
    }
    auto const date = from_day_number(day - static_cast<std::int64_t>(days_to_zero));
    if (!date) return {};
    return minute == 0 ? format_date(*date) : format_time(at_minute(*date, minute));
}

std::string format_number(double number) {
    char text[64];
    if (number == std::floor(number) && std::fabs(number) < 1e15) std::snprintf(text, sizeof text, "%.0f", number);
    else std::snprintf(text, sizeof text, "%.15g", number);
    return text;
}

// "BC12" is the column 54 (from 0).
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    for (auto const character : reference) {
        if (character < 'A' || character > 'Z') break;
        if (++letters > 4) return std::nullopt;
        column = column * 26 + static_cast<std::size_t>(character - 'A') + 1;
    }
    if (letters == 0) return std::nullopt;
    return column - 1;
}

}  // namespace

struct WorkbookReader::Parts {
    enum class Part : std::uint8_t { workbook, relations, styles, texts, sheet, finished };
    struct Sheet {
        std::string name, relation;
        bool hidden = false;
    };
    // Texts that cells share, in one block.
    struct SharedTexts {
        std::string text;
        std::vector<std::uint32_t> ends;
    };

    std::optional<ZipArchive> zip;
    std::size_t wanted;
    Table& table;
    Part part = Part::workbook;
    bool begun = false;
    std::uint64_t unpacked = 0;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser{nullptr, XML_ParserFree};
    std::optional<Refusal> refusal;  // from within the parser

    std::vector<Sheet> sheets;
    std::vector<std::string> shown;
    std::map<std::string, std::string> targets;  // of the relations
    bool from_1904 = false;
    std::map<std::int64_t, bool> formats;  // those of the workbook: whether they show a date
    std::vector<std::int64_t> styles;      // format of each
    bool in_cell_styles = false;
    SharedTexts texts;
    std::size_t depth = 0;

    // Of what is being read.
    bool collecting = false;
    bool in_phonetic = false;
    bool in_item = false;
    std::string characters;
    std::string kind;
    std::size_t style = 0;
    std::size_t column = 0;
    std::size_t next_column = 0;
    std::uint32_t row = 0;

    Parts(std::string_view bytes, std::size_t sheet, Table& into)
        : zip{ZipArchive::open(bytes)}, wanted{sheet}, table{into} {}

    void stop(Refusal why) {
        if (!refusal) refusal = std::move(why);
        XML_StopParser(parser.get(), XML_FALSE);
    }
    void check(Result<void> const& done) {
        if (!done) stop(done.error());
    }

    static void on_start(void* self, char const* name, char const** attributes) {
        static_cast<Parts*>(self)->start(local_name(name), XmlAttributes{attributes});
    }
    static void on_end(void* self, char const* name) { static_cast<Parts*>(self)->end(local_name(name)); }
    static void on_text(void* self, char const* text, int size) {
        auto& parts = *static_cast<Parts*>(self);
        if (!parts.collecting || parts.in_phonetic) return;
        parts.characters.append(text, static_cast<std::size_t>(size));
        if (parts.characters.size() > table_cell_limit)
            parts.stop({std::nullopt, "table.cell-too-long", {}, {{"row", std::to_string(parts.row)}}});
    }
    // Nothing that writes workbooks declares entities; what does means harm.
    static void on_doctype(void* self, char const*, char const*, char const*, int) {
        static_cast<Parts*>(self)->stop({std::nullopt, "table.damaged", {}, {}});
    }

    void start(std::string_view name, XmlAttributes attributes) {
        if (++depth > depth_limit) return stop({std::nullopt, "table.damaged", {}, {}});
        switch (part) {
            case Part::workbook: return start_workbook(name, attributes);
            case Part::relations:
                if (name == "Relationship" && targets.size() < sheets_limit * 4)
                    targets.emplace(attributes.get("Id"), attributes.get("Target"));
                return;
            case Part::styles: return start_style(name, attributes);
            case Part::texts: return start_text(name);
            case Part::sheet: return start_cell(name, attributes);
            default: return;
        }
    }
    void end(std::string_view name) {
        --depth;
        if (part == Part::styles && name == "cellXfs") in_cell_styles = false;
        if (part == Part::texts) end_text(name);
        if (part == Part::sheet) end_cell(name);
    }

    void start_workbook(std::string_view name, XmlAttributes attributes) {
        if (name == "workbookPr") {
            auto const value = attributes.get("date1904");
            from_1904 = value == "1" || value == "true";
        } else if (name == "sheet" && sheets.size() < sheets_limit) {
            auto const state = attributes.get("state");
            sheets.push_back({std::string{attributes.get("name")}, std::string{attributes.get("id")},
                              state == "hidden" || state == "veryHidden"});
        }
    }
    void start_style(std::string_view name, XmlAttributes attributes) {
        if (name == "numFmt" && formats.size() < styles_limit) {
            if (auto const id = number_in<std::int64_t>(attributes.get("numFmtId")))
                formats[*id] = is_date_format(attributes.get("formatCode"));
        } else if (name == "cellXfs") {
            in_cell_styles = true;
        } else if (name == "xf" && in_cell_styles && styles.size() < styles_limit) {
            styles.push_back(number_in<std::int64_t>(attributes.get("numFmtId")).value_or(0));
        }
    }
    void start_text(std::string_view name) {
        if (name == "si") characters.clear();
        if (name == "rPh") in_phonetic = true;
        if (name == "t") collecting = true;
    }
    void end_text(std::string_view name) {
        if (name == "t") collecting = false;
        if (name == "rPh") in_phonetic = false;
        if (name != "si") return;
        auto const places = (texts.ends.size() + 1) * sizeof texts.ends.front();
        if (texts.text.size() + characters.size() + places > table_bytes_limit)
            return stop({std::nullopt, "table.too-large", {}, {}});
        texts.text += characters;
        texts.ends.push_back(static_cast<std::uint32_t>(texts.text.size()));
        characters.clear();
    }
    void start_cell(std::string_view name, XmlAttributes attributes) {
        if (name == "row") {
            row = number_in<std::uint32_t>(attributes.get("r")).value_or(row + 1);
            next_column = 0;
        } else if (name == "c") {
            kind = attributes.get("t");
            style = number_in<std::size_t>(attributes.get("s")).value_or(0);
            column = column_of(attributes.get("r")).value_or(next_column);
            characters.clear();
        } else if (name == "v") {
            collecting = true;
        } else if (name == "is") {
            in_item = true;
        } else if (name == "rPh") {
            in_phonetic = true;
        } else if (name == "t" && in_item) {
            collecting = true;
        }
    }
    void end_cell(std::string_view name) {
        if (name == "v" || name == "t") collecting = false;
        else if (name == "is") in_item = false;
        else if (name == "rPh") in_phonetic = false;
        else if (name == "row") check(table.end_row(row));
        else if (name == "c") {
            if (column < next_column) return stop({std::nullopt, "table.damaged", {}, {}});  // two cells in one place
            if (column >= table_columns_limit) {
                // Far to the right of the table stands what nobody sees.
                if (characters.empty()) return;
                return stop({std::nullopt,
                             "table.too-wide",
                             {},
                             {{"row", std::to_string(row)}, {"limit", std::to_string(table_columns_limit)}}});
            }
            for (; next_column < column; ++next_column) check(table.add_cell({}));
            check(table.add_cell(shown_text()));
            ++next_column;
        }
    }
    std::string shown_text() const {
        if (kind == "s") {
            auto const place = number_in<std::size_t>(characters);
            if (!place || *place >= texts.ends.size()) return {};
            auto const begin = *place == 0 ? 0 : texts.ends[*place - 1];
            return texts.text.substr(begin, texts.ends[*place] - begin);
        }
        if (kind == "b") return characters == "1" ? "TRUE" : "FALSE";
        if (!kind.empty() && kind != "n") return characters;
        auto const number = number_in<double>(characters);
        if (!number) return characters;
        auto const format = style < styles.size() ? styles[style] : 0;
        auto const known = formats.find(format);
        auto const is_date = known != formats.end() ? known->second : is_date_format(format);
        if (is_date && *number >= 0) {
            if (auto date = format_serial(*number, from_1904 ? days_to_1904 : days_to_1900); !date.empty()) return date;
        }
        return format_number(*number);
    }

    // Where a part stands in the archive.
    std::string path_of(std::string_view target) const {
        return target.starts_with("/") ? std::string{target.substr(1)} : "xl/" + std::string{target};
    }
    std::string path() const {
        switch (part) {
            case Part::workbook: return "xl/workbook.xml";
            case Part::relations: return "xl/_rels/workbook.xml.rels";
            case Part::styles: return "xl/styles.xml";
            case Part::texts: return "xl/sharedStrings.xml";
            default: break;
        }
        std::size_t place = 0;
        for (auto const& sheet : sheets) {
            if (sheet.hidden || place++ != wanted) continue;
            auto const target = targets.find(sheet.relation);
            return target == targets.end() ? std::string{} : path_of(target->second);
        }
        return {};
    }

    // False: the part is not there.
    bool begin() {
        if (!zip->begin(path())) return false;
        parser.reset(XML_ParserCreate(nullptr));
        XML_SetUserData(parser.get(), this);
        XML_SetElementHandler(parser.get(), on_start, on_end);
        XML_SetCharacterDataHandler(parser.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
        depth = 0;
        unpacked = 0;
        collecting = in_phonetic = in_item = false;
        begun = true;
        return true;
    }
    void finish() {
        begun = false;
        if (part == Part::workbook)
            for (auto const& sheet : sheets)
                if (!sheet.hidden) shown.push_back(sheet.name);
        part = static_cast<Part>(static_cast<int>(part) + 1);
    }
};

WorkbookReader::WorkbookReader(std::string_view bytes, std::size_t sheet, Table& into)
    : parts_{std::make_unique<Parts>(bytes, sheet, into)} {}
WorkbookReader::~WorkbookReader() = default;

std::vector<std::string> const& WorkbookReader::sheets() const { return parts_->shown; }

std::size_t WorkbookReader::position() const { return parts_->zip ? parts_->zip->position() : 0; }

Result<bool> WorkbookReader::step() {
    auto& parts = *parts_;
    using Part = Parts::Part;
    if (parts.part == Part::finished) return true;
    if (!parts.zip) return refuse("table.damaged");
    if (!parts.begun && !parts.begin()) {
        if (parts.part == Part::workbook || parts.part == Part::relations) return refuse("table.not-a-workbook");
        if (parts.part == Part::sheet) return refuse("table.no-such-sheet");
        parts.finish();  // a workbook without styles or shared texts
        return false;
    }
    auto const piece = parts.zip->read();
    if (!piece) return tl::unexpected{piece.error()};
    parts.unpacked += piece->size();
    if (parts.unpacked > part_limit) return refuse("table.too-large");
    auto const is_last = piece->empty();
    if (XML_Parse(parts.parser.get(), piece->data(), static_cast<int>(piece->size()), is_last) != XML_STATUS_OK) {
        if (parts.refusal) return tl::unexpected{*parts.refusal};
        return refuse("table.damaged");
    }
    if (is_last) parts.finish();
    return parts.part == Part::finished;
}

}  // namespace guanjia
