// Which clauses are implemented and tested, read off the code: generated/clause_marks.h.
//   implemented: a rules.cpp, commands.cpp, queries.cpp or forms.cpp of an area acts under "ID"_clause
//   tested:      it is, and a test case's name begins with the id
import { fail, list, literal, read, readJson, writeHeader } from "./lib.mjs";

const ids = readJson("assets/procedure/clauses.json").map((clause) => clause.id);
const known = new Set(ids);
const withoutComments = (text) => text.replace(/\/\/[^\n]*/g, "").replace(/\/\*[\s\S]*?\*\//g, "");

const implemented = new Map();
const areas = list("core", (name) => /\/(rules|commands|queries|forms|duties)\.cpp$/.test(name));
for (const name of areas)
  for (const [, id] of withoutComments(read(name)).matchAll(/"([^"]+)"_clause/g)) {
    if (!known.has(id)) fail(`${name} names the unknown clause ${id}`);
    implemented.set(id, (implemented.get(id) ?? 0) + 1);
  }

const tested = new Map();
for (const name of list("tests/core", (file) => file.endsWith(".cpp")))
  for (const [, id] of withoutComments(read(name)).matchAll(/TEST_CASE\("((?:GEN|RV|COL|REC|EMP|SEP|SUP)-[^\s:"]+)/g)) {
    if (!known.has(id)) fail(`${name}: a test case names the unknown clause ${id}`);
    tested.set(id, (tested.get(id) ?? 0) + 1);
  }

writeHeader(
  "clause_marks.h",
  `#include <string_view>

namespace guanjia {

// In the order of the catalogue: places in the code that act under the clause, and test cases that carry its id.
struct ClauseMarkRow {
    std::string_view id;
    int implemented;
    int tested;
};

inline constexpr ClauseMarkRow clause_mark_rows[] = {
${ids.map((id) => `    {${literal(id)}, ${implemented.get(id) ?? 0}, ${implemented.has(id) ? (tested.get(id) ?? 0) : 0}},`).join("\n")}
};

}  // namespace guanjia
`,
);
