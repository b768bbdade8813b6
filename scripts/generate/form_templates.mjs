// The form templates of assets/forms as text: generated/form_templates.h. "<!-- include: NAME -->" takes in another file
// of the folder; a file whose name begins with _ is only taken in.
import path from "node:path";
import { fail, list, literal, read, writeHeader } from "./lib.mjs";

const expand = (name, depth = 0) => {
  if (depth > 4) fail(`${name} takes itself in`);
  return read(name).replace(/<!-- include: ([a-z_.-]+) -->\n?/g, (_, part) => expand(`assets/forms/${part}`, depth + 1));
};
const templates = list("assets/forms", (name) => name.endsWith(".html") && !path.basename(name).startsWith("_"));
writeHeader(
  "form_templates.h",
  `#include <string_view>

namespace guanjia {

struct FormTemplateRow {
    std::string_view name;
    std::string_view text;
};

inline constexpr FormTemplateRow form_template_rows[] = {
${templates
  .map((name) => {
    const lines = expand(name).split(/(?<=\n)/);
    return `    {${literal(path.basename(name, ".html"))},\n${lines.map((line) => `     ${literal(line)}`).join("\n")}},`;
  })
  .join("\n")}
};

}  // namespace guanjia
`,
);
