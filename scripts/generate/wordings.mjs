// The texts that a centre may word for itself, with what they are by default: generated/wordings.h.
import { fail, literal, readJson, writeHeader } from "./lib.mjs";

const kinds = ["step-card", "script", "category-tree", "survey", "form-note"];
const identifier = (kind) => kind.replace(/-/g, "_");

const clauses = new Set(readJson("assets/procedure/clauses.json").map((clause) => clause.id));
const wordings = readJson("assets/procedure/wordings.json");
const names = new Set();
for (const wording of wordings) {
  if (names.has(wording.name)) fail(`wording ${wording.name} stands twice`);
  names.add(wording.name);
  if (!kinds.includes(wording.kind)) fail(`wording ${wording.name}: unknown kind ${wording.kind}`);
  if (!clauses.has(wording.clause)) fail(`wording ${wording.name} names the unknown clause ${wording.clause}`);
  // A line is known by its place in both languages.
  if (wording.zh.length !== wording.en.length) fail(`wording ${wording.name} has other lines in en than in zh`);
}
const row = (w) =>
  `    {${literal(w.name)}, WordingKind::${identifier(w.kind)}, ${literal(w.clause)}, ${literal((w.uses ?? []).join(" "))}, ` +
  `{${literal(w.title.zh)}, ${literal(w.title.en)}}, {${literal(w.zh.join("\n"))}, ${literal(w.en.join("\n"))}}},`;
writeHeader(
  "wordings.h",
  `#include <cstdint>
#include <string_view>

namespace guanjia {

enum class WordingKind : std::uint8_t {
${kinds.map((kind) => `    ${identifier(kind)},`).join("\n")}
};

struct WordingRow {
    struct Both {
        std::string_view zh;
        std::string_view en;
    };
    std::string_view name;
    WordingKind kind;
    std::string_view clause;
    std::string_view uses;  // the fields that a script is offered for, "command.field", separated by spaces
    Both title;
    Both text;  // by default
};

inline constexpr WordingRow wording_rows[] = {
${wordings.map(row).join("\n")}
};

}  // namespace guanjia
`,
);
