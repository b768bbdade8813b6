#include "core/forms/form.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <mustache.hpp>

#include "generated/form_templates.h"

namespace guanjia {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

Result<std::string> fill_form(std::string_view form, FormValues const& values) {
    auto const row = std::find_if(std::begin(form_template_rows), std::end(form_template_rows),
                                  [&](FormTemplateRow const& known) { return known.name == form; });
    if (row == std::end(form_template_rows)) return refuse("form.unknown", {"form"}, {{"form", std::string{form}}});
    data filled;
    for (auto const& [name, text] : values.texts) {
        // A section over an empty text is left out, as over an empty list.
        if (text.empty()) filled.set(name, data::type::bool_false);
        else filled.set(name, text);
    }
    for (auto const& [name, rows] : values.lists) {
        data list{data::type::list};
        for (auto const& each : rows) {
            data item;
            for (auto const& [key_text, text] : each) item.set(key_text, text);
            list.push_back(item);
        }
        filled.set(name, list);
    }
    mustache page{std::string{row->text}};
    return page.render(filled);
}

std::vector<std::string_view> form_names() {
    std::vector<std::string_view> names;
    for (auto const& row : form_template_rows) names.push_back(row.name);
    return names;
}

SignatureDrawing draw_signature(std::string_view strokes) {
    SignatureDrawing drawing;
    int width = 1;
    int height = 1;
    auto command = 'M';
    auto const* at = strokes.data();
    auto const* const end = at + strokes.size();
    while (at < end) {
        int x = 0;
        int y = 0;
        auto const first = std::from_chars(at, end, x);
        if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ',') break;
        auto const second = std::from_chars(first.ptr + 1, end, y);
        if (second.ec != std::errc{}) break;
        drawing.path += fmt::format("{}{} {}", command, x, y);
        // A dot is a stroke as well.
        if (command == 'M') drawing.path += "l0 0";
        width = std::max(width, x);
        height = std::max(height, y);
        at = second.ptr;
        command = at < end && *at == ';' ? 'M' : 'L';
        if (at < end) ++at;
    }
    drawing.view_box = fmt::format("-4 -4 {} {}", width + 8, height + 8);
    return drawing;
}

}  // namespace guanjia
