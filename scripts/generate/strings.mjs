// The sentences for people as one sorted table: generated/strings.h. Both languages have the same keys and placeholders.
import { fail, literal, readJson, writeHeader } from "./lib.mjs";

const zh = readJson("assets/strings/zh-CN.json");
const en = readJson("assets/strings/en.json");
const placeholders = (text) => [...text.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1]).sort().join(" ");

for (const key of Object.keys(en)) if (!(key in zh)) fail(`assets/strings/zh-CN.json lacks "${key}"`);
for (const key of Object.keys(zh)) {
  if (!(key in en)) fail(`assets/strings/en.json lacks "${key}"`);
  if (placeholders(zh[key]) !== placeholders(en[key])) fail(`"${key}" has other placeholders in en.json than in zh-CN.json`);
}
// Compared as bytes, as C++ does.
const keys = Object.keys(zh).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
writeHeader(
  "strings.h",
  `#include <string_view>

namespace guanjia {

struct StringRow {
    std::string_view key;
    std::string_view zh;
    std::string_view en;
};

inline constexpr StringRow string_rows[] = {
${keys.map((key) => `    {${literal(key)}, ${literal(zh[key])}, ${literal(en[key])}},`).join("\n")}
};

}  // namespace guanjia
`,
);
