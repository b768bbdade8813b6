#pragma once
// Forms: a template of assets/forms (data) filled with values gives an A4 page of HTML. Values are text and are
// escaped; nothing that anyone typed becomes HTML.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/procedure/refusal.h"

namespace guanjia {

// What a template may name: {{name}}, {{#list}}…{{/list}} over rows, {{#flag}}…{{/flag}} for what is not empty.
struct FormValues {
    std::map<std::string, std::string> texts;
    std::map<std::string, std::vector<std::map<std::string, std::string>>> lists;
};

// Refused ("form.unknown") when there is no such template.
Result<std::string> fill_form(std::string_view form, FormValues const& values);
std::vector<std::string_view> form_names();

// Strokes ("12,30 14,33;50,60") as the points of an SVG path, and the box around them: "M12 30L14 33M50 60".
struct SignatureDrawing {
    std::string path;
    std::string view_box;
};
SignatureDrawing draw_signature(std::string_view strokes);

}  // namespace guanjia
