#pragma once
// A table of as many rows as there are: only what is on screen is drawn. Sorted, filtered, selected and copied by
// keyboard as well as by pointer; which columns are shown is the person's choice.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/pinyin.h"
#include "web/widgets/layout.h"

namespace guanjia::ui {

struct TableColumn {
    std::string key;
    std::string title;
    float width = 120;   // CSS px, at least
    float share = 0;     // of what is left of the width
    bool right = false;  // numbers and amounts
    bool sortable = true;
    bool shown = true;  // at first
};

struct TableCell {
    enum class Kind : std::uint8_t { text, faint, tag, clause };
    std::string text = {};
    Kind kind = Kind::text;
    Tone tone = Tone::neutral;
    char const* icon = nullptr;
};

// The rows of a table. Kept by the table's state, since copies and exports ask for them between frames.
class TableRows {
public:
    virtual ~TableRows() = default;
    virtual std::size_t count() const = 0;
    // Stays with the record wherever the row goes.
    virtual std::string id(std::size_t row) const = 0;
    virtual TableCell cell(std::size_t row, std::size_t column) const = 0;
    // By what a column is sorted: a number where it has one (dates, amounts, counts), else its text.
    virtual std::optional<std::int64_t> number(std::size_t row, std::size_t column) const {
        static_cast<void>(row);
        static_cast<void>(column);
        return std::nullopt;
    }
    // … and Chinese by its pinyin.
    virtual std::string sort_text(std::size_t row, std::size_t column) const {
        return collation_key(cell(row, column).text);
    }
    // What a screen reader says of the whole row; its cells by default.
    virtual std::string name(std::size_t row) const {
        static_cast<void>(row);
        return {};
    }
};

struct TableSort {
    int column = -1;  // as the rows come
    bool descending = false;
    friend bool operator==(TableSort const&, TableSort const&) = default;
};

// The order of a table's rows, made in steps, so that sorting 100,000 rows stops nobody.
class TableOrder {
public:
    // Begins anew when rows, sort or filter have changed. `filter` empty: every row.
    void want(std::shared_ptr<TableRows const> rows, std::uint64_t revision, TableSort sort, std::size_t columns,
              std::string_view filter);
    // Goes on for about so many rows' work. True when something was done.
    bool step(std::size_t budget = 6'000);
    bool ready() const { return phase_ == Phase::ready; }
    // Changes whenever the order has.
    std::uint64_t version() const { return version_; }
    // 0…1, while it is not ready.
    float progress() const;
    std::vector<std::uint32_t> const& rows() const { return shown_; }

private:
    struct Item {
        std::int64_t number;
        std::string text;
        std::uint32_t row;
    };
    enum class Phase : std::uint8_t { collect, sort, merge, ready };
    static bool before(Item const& left, Item const& right, bool descending);

    std::shared_ptr<TableRows const> rows_;
    std::uint64_t revision_ = 0;
    std::uint64_t version_ = 0;
    TableSort sort_;
    std::size_t columns_ = 0;
    std::string filter_;
    Phase phase_ = Phase::ready;
    std::size_t done_ = 0;
    std::size_t width_ = 0;  // of the runs that are being merged
    std::vector<Item> items_, merged_;
    std::vector<std::uint32_t> shown_;
};

struct TableState {
    std::shared_ptr<TableRows const> rows;
    std::uint64_t revision = 1;  // changes with the rows
    TableSort sort;
    std::string filter;
    std::vector<std::string> hidden;  // keys of columns, once the person has chosen
    bool columns_chosen = false;
    std::unordered_set<std::string> selected;
    std::string focused;                // id of the row that has the keyboard, or had it last
    std::size_t focused_place = 0;      // where it was found …
    std::uint64_t focused_version = 0;  // … in this version of the order
    std::uint32_t focus_before = 0;     // the element of the row that had the keyboard in the frame before
    std::string anchor;                 // where a selection of several began
    MenuState choosing_columns;
    TableOrder order;

    void set_rows(std::shared_ptr<TableRows const> made) {
        rows = std::move(made);
        ++revision;
    }
};

struct TableSpec {
    std::string key;
    std::string name;
    bool select = false;       // several rows may be selected
    std::string current = {};  // id of the row whose record is on show
    std::string empty_title = {}, empty_advice = {};
};

struct TableEvent {
    std::optional<std::size_t> opened;  // by Enter or a press
    bool columns_changed = false;
};
TableEvent table(Ui& ui, Rect place, TableSpec const& spec, std::vector<TableColumn> const& columns, TableState& state);

// A bar above a table: filter, how many rows, columns, copy and export. Height of a control.
struct TableBarEvent {
    bool exported = false;
};
TableBarEvent table_bar(Ui& ui, Rect place, TableSpec const& spec, std::vector<TableColumn> const& columns,
                        TableState& state);

// Rows with the columns that are shown: what is selected, or everything. Lines end in CR LF in CSV.
Copied copy_of(std::vector<TableColumn> const& columns, TableState const& state);
std::string csv_of(std::vector<TableColumn> const& columns, TableState const& state);

}  // namespace guanjia::ui
