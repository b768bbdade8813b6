#include "core/procedure/wordings.h"

#include <algorithm>
#include <optional>

#include "core/base/text.h"

namespace guanjia {

using namespace literals;

namespace {

constexpr Placeholder known_placeholders[] = {
    {"customer", "客户"},     {"unit", "房号"},         {"number", "单号"}, {"matter", "事由"},
    {"promised", "承诺时间"}, {"solution", "处理结果"}, {"staff", "本人"},  {"centre", "中心"},
};

Placeholder const* find_placeholder(std::string_view name) {
    for (auto const& known : known_placeholders)
        if (known.name == name || known.zh == name) return &known;
    return nullptr;
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

// Each line without blank ends.
template <class Visit>
void for_each_line(std::string_view text, Visit const& visit) {
    for_each_part(text, '\n', [&](std::string_view line) { visit(trimmed(line)); });
}

// Text between braces is given to `name`, with them as well, all else to `plain`. What opens and does not close is a
// name that nobody knows.
template <class Plain, class Name>
void for_each_brace(std::string_view text, Plain const& plain, Name const& name) {
    while (!text.empty()) {
        auto const open = std::min(text.find('{'), text.size());
        if (open > 0) plain(text.substr(0, open));
        text.remove_prefix(open);
        if (text.empty()) return;
        auto const close = text.find('}');
        if (close == std::string_view::npos) return name(text, text);
        name(text.substr(1, close - 1), text.substr(0, close + 1));
        text.remove_prefix(close + 1);
    }
}

Result<void> check_placeholders(std::string_view text) {
    std::optional<std::string> unknown;
    for_each_brace(
        text, [](std::string_view) {},
        [&](std::string_view name, std::string_view) {
            if (!find_placeholder(name)) unknown = name;
        });
    if (!unknown) return {};
    std::string known;
    for (auto const& placeholder : known_placeholders)
        known += (known.empty() ? "{" : " {") + std::string{placeholder.zh} + "}";
    return refuse("GEN-S5"_clause, "wording.placeholder", {"text"}, {{"name", *unknown}, {"known", known}});
}

bool is_path(std::string_view line) {
    auto const slash = line.find('/');
    if (slash == std::string_view::npos) return true;
    auto const below = line.substr(slash + 1);
    return !trimmed(line.substr(0, slash)).empty() && !trimmed(below).empty() &&
           below.find('/') == std::string_view::npos;
}

}  // namespace

std::span<WordingRow const> all_wordings() { return wording_rows; }

WordingRow const* find_wording(std::string_view name) {
    auto const* row = std::find_if(std::begin(wording_rows), std::end(wording_rows),
                                   [&](WordingRow const& known) { return known.name == name; });
    return row == std::end(wording_rows) ? nullptr : row;
}

std::string_view title_of(WordingRow const& row, Language language) {
    return language == Language::chinese ? row.title.zh : row.title.en;
}

bool is_offered_for(WordingRow const& row, std::string_view field) {
    auto const at = row.uses.find(field);
    if (field.empty() || at == std::string_view::npos) return false;
    auto const end = at + field.size();
    return (at == 0 || row.uses[at - 1] == ' ') && (end == row.uses.size() || row.uses[end] == ' ');
}

WordingBounds bounds_of(WordingKind kind) {
    switch (kind) {
        case WordingKind::step_card: return {1, 12, 120};
        case WordingKind::script: return {1, 20, 600};
        case WordingKind::category_tree: return {0, 200, 40};
        case WordingKind::survey: return {0, 6, 40};
        case WordingKind::form_note: return {0, 4, 200};
    }
    return {0, 0, 0};
}

std::string tidied(WordingKind kind, std::string_view text) {
    std::string tidy;
    auto gap = false;
    for_each_line(text, [&](std::string_view line) {
        if (line.empty()) {
            gap = true;
            return;
        }
        if (!tidy.empty()) tidy += gap && kind == WordingKind::script ? "\n\n" : "\n";
        gap = false;
        tidy += line;
    });
    return tidy;
}

std::vector<std::string> parts_of(WordingKind kind, std::string_view text) {
    std::vector<std::string> parts;
    auto begins = true;
    for_each_line(text, [&](std::string_view line) {
        if (line.empty()) {
            begins = true;
            return;
        }
        if (begins || kind != WordingKind::script) parts.emplace_back(line);
        else parts.back() += "\n" + std::string{line};
        begins = false;
    });
    return parts;
}

// GEN-S5
Result<void> check_wording(WordingRow const& row, std::string_view text) {
    auto const parts = parts_of(row.kind, text);
    auto const bounds = bounds_of(row.kind);
    if (parts.size() < bounds.fewest) return refuse("GEN-S5"_clause, "wording.empty", {"text"});
    if (parts.size() > bounds.most)
        return refuse("GEN-S5"_clause, "wording.too-many", {"text"}, {{"most", std::to_string(bounds.most)}});
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        if (characters_in(*part) > bounds.characters)
            return refuse("GEN-S5"_clause, "wording.too-long", {"text"},
                          {{"most", std::to_string(bounds.characters)}, {"line", *part}});
        if (std::find(parts.begin(), part, *part) != part)
            return refuse("GEN-S5"_clause, "wording.twice", {"text"}, {{"line", *part}});
        if (row.kind == WordingKind::category_tree && !is_path(*part))
            return refuse("GEN-S5"_clause, "wording.levels", {"text"}, {{"line", *part}});
        // What separates a question from its answer.
        if (row.kind == WordingKind::survey && part->find('=') != std::string::npos)
            return refuse("GEN-S5"_clause, "wording.equals-sign", {"text"}, {{"line", *part}});
    }
    if (row.kind == WordingKind::script) return check_placeholders(text);
    return {};
}

std::string shown_in(WordingRow const& row, std::string_view text, Language language) {
    if (language == Language::chinese || text.empty()) return std::string{text};
    if (text == row.text.zh) return std::string{row.text.en};
    std::string shown;
    for_each_line(text, [&](std::string_view line) {
        auto same = line;
        auto zh = row.text.zh;
        auto en = row.text.en;
        while (!zh.empty() && !line.empty()) {
            auto const zh_end = std::min(zh.find('\n'), zh.size());
            auto const en_end = std::min(en.find('\n'), en.size());
            if (zh.substr(0, zh_end) == line) same = en.substr(0, en_end);
            zh.remove_prefix(std::min(zh_end + 1, zh.size()));
            en.remove_prefix(std::min(en_end + 1, en.size()));
        }
        shown += same;
        shown += '\n';
    });
    shown.pop_back();
    return shown;
}

std::span<Placeholder const> placeholders() { return known_placeholders; }

std::string fill_script(std::string_view text, ScriptValues const& values, Language language) {
    std::string filled;
    for_each_brace(
        text, [&](std::string_view plain) { filled += plain; },
        [&](std::string_view name, std::string_view whole) {
            auto const* placeholder = find_placeholder(name);
            if (!placeholder) {
                filled += whole;
                return;
            }
            auto const value = std::find_if(values.begin(), values.end(),
                                            [&](auto const& known) { return known.first == placeholder->name; });
            if (value != values.end() && !value->second.empty()) filled += value->second;
            else if (language == Language::chinese) filled += "〔" + std::string{placeholder->zh} + "〕";
            else filled += "[" + std::string{placeholder->name} + "]";
        });
    return filled;
}

void Wordings::set(WordingRow const& row, Change change) {
    auto& changes = changes_[row.name];
    auto const before = [](Change const& left, Change const& right) {
        if (left.effective_from != right.effective_from) return left.effective_from < right.effective_from;
        return left.stamp < right.stamp;
    };
    auto const place = std::upper_bound(changes.begin(), changes.end(), change, before);
    changes.insert(place, std::move(change));
}

std::string_view Wordings::at(WordingRow const& row, Date on) const {
    auto const& changes = history(row);
    for (auto change = changes.rbegin(); change != changes.rend(); ++change)
        if (change->effective_from <= on) return change->text;
    return row.text.zh;
}

std::vector<Wordings::Change> const& Wordings::history(WordingRow const& row) const {
    static std::vector<Change> const none;
    auto const found = changes_.find(row.name);
    return found == changes_.end() ? none : found->second;
}

}  // namespace guanjia
