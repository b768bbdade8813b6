// The checks of scripts/check. Each is a function that returns sentences about what is wrong.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { list, read, readJson, root } from "../generate/lib.mjs";
import { ratios, unknown, wanted } from "./contrast.mjs";

process.chdir(root);
const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { encoding: "utf8" })
  .split("\0")
  .filter((name) => name && fs.existsSync(name));
const sources = tracked.filter((name) => /^(core|web|tests)\/.*\.(h|cpp)$/.test(name));

// What each folder of core and web may include of the others; standard and generated headers apart.
const uses = {
  base: [],
  procedure: ["base"],
  forms: ["base", "procedure"],
  store: ["base", "procedure"],
  registry: ["base", "procedure", "store", "forms"],
  service: ["base", "procedure", "store", "forms", "registry"],
  exchange: ["base", "procedure", "store"],
  tables: ["base", "procedure"],
  desk: ["base", "procedure", "store", "forms", "registry", "service", "exchange", "tables"],
  widgets: ["base", "procedure"],
  views: ["base", "procedure", "store", "forms", "registry", "service", "exchange", "tables", "desk", "widgets"],
  platform: ["base", "procedure", "store", "forms", "registry", "service", "exchange", "tables", "desk", "widgets", "views"],
  cli: ["base", "procedure", "store", "forms", "registry", "service", "exchange", "tables", "desk"],
};
// Libraries and the only places that may know them.
const only = [
  [/^sqlite3\.h/, /^core\/store\/(database|mirror)\.cpp$/],
  [/^cereal\//, /^core\/(store|exchange)\//],
  [/^blake2\.h/, /^core\/base\/hash\.cpp$/],
  [/^nlohmann\//, /^core\/cli\//],
  [/^mustache\.hpp/, /^core\/forms\//],
  [/^expat\.h/, /^core\/tables\/workbook\.cpp$/],
  [/^unzip\.h/, /^core\/tables\/zip_archive\.cpp$/],
  [/^emscripten/, /^(web\/platform\/|core\/tables\/text_encoding\.cpp$)/],
  [/^imgui/, /^web\/(platform|widgets)\//],
];

const includes = (name) => [...read(name).matchAll(/^#include [<"]([^>"]+)[>"]/gm)].map((match) => match[1]);

const checks = {
  format() {
    const result = spawnSync("clang-format", ["--dry-run", "-Werror", ...sources], { encoding: "utf8" });
    if (result.error) return [`clang-format: ${result.error.message}`];
    return result.status === 0 ? [] : result.stderr.split("\n").filter((line) => line.includes("error:")).slice(0, 20);
  },

  includes() {
    const wrong = [];
    for (const name of sources) {
      const [, area, file] = /^(?:core|web)\/([^/]+)\/(.*)$/.exec(name) ?? [];
      for (const included of includes(name)) {
        for (const [library, place] of only)
          if (library.test(included) && !place.test(name) && !name.startsWith("tests/")) wrong.push(`${name} may not know <${included}>`);
        const [, used] = /^(?:core|web)\/([^/]+)\//.exec(included) ?? [];
        if (!area || !used) continue;
        if (used !== area && !uses[area]?.includes(used)) wrong.push(`${name}: ${area} may not use ${used}`);
        // Rules are pure: values in, decisions out.
        if (/^(rules|model)\.(h|cpp)$/.test(file)) {
          const model = /\/(model|rules)\.h$/.test(included);
          if (!["base", "procedure"].includes(used) && !model) wrong.push(`${name}: a rule may not use ${included}`);
        }
      }
    }
    return wrong;
  },

  clauses() {
    const wrong = [];
    const known = new Set(readJson("assets/procedure/clauses.json").map((clause) => clause.id));
    for (const name of sources)
      for (const [, id] of read(name).matchAll(/(?:^|[^A-Z])((?:GEN|RV|COL|REC|EMP|SEP|SUP)-(?:S?\d[\d.]*)[a-e]?)\b/g))
        if (!known.has(id.replace(/\.$/, "")) && !known.has(id) && !/-\d+$/.test(id)) wrong.push(`${name} names the unknown clause ${id}`);
    return wrong;
  },

  strings() {
    const wrong = [];
    const zh = readJson("assets/strings/zh-CN.json");
    const en = readJson("assets/strings/en.json");
    const code = sources.filter((name) => !name.startsWith("tests/")).map(read).join("\n");
    // Keys that the program puts together: a prefix, and a name that stands in the code as a literal.
    const built = ["refusal.", "command.", "cli.", "importance.", "ticket-kind.", "priority.", "channel.", "visit-method.", "satisfaction.", "relation.", "direction.", "unit-kind.", "form.", "role.", "clause-kind.", "gallery.", "level.", "waiting-reason.", "opinion-kind.", "payer.", "ui.by-", "intake-field.", "intake-names.", "intake-ticket-kind.", "intake-priority.", "intake-relation.", "intake-unit-kind.", "record."];
    // … or a number, or the unit of a parameter.
    const counted = ["ui.weekday-", "ui.weekday-short-", "ui.month-", "ui.unit-", "ui.new-value-"];
    // Labels and hints of the fields of commands: "field.cause", "field.true.valid", "hint.add_unit.code".
    const commands = Object.fromEntries([...code.matchAll(/Description (\w+)::description\{0, "(\w+)"/g)].map((match) => [match[1], match[2]]));
    const fields = [...code.matchAll(/GUANJIA_FIELD\((\w+), \d+, (\w+)/g)].filter(([, struct]) => commands[struct]).map(([, struct, field]) => [commands[struct], field]);
    const labels = new Set(fields.flatMap(([command, field]) => [field, `${command}.${field}`]));
    for (const [command, field] of fields) if (!(`field.${field}` in zh) && !(`field.${command}.${field}` in zh)) wrong.push(`the field ${field} of ${command} has no label`);
    for (const key of Object.keys(zh)) {
      if (!(key in en)) wrong.push(`en.json lacks ${key}`);
      if (!/[\u4e00-\u9fff]/.test(zh[key].replace(/\{[a-z_]+\}/g, "字"))) wrong.push(`zh-CN.json: ${key} is not Chinese`);
      const prefix = built.find((start) => key.startsWith(start)) ?? "";
      if (labels.has(/^(?:field|hint)\.(?:true\.|false\.)?(.*)$/.exec(key)?.[1])) continue;
      if (counted.some((start) => key.startsWith(start) && code.includes(`"${start}"`))) continue;
      if (!code.includes(`"${key}"`) && !code.includes(`"${key.slice(prefix.length)}"`)) wrong.push(`the key ${key} is not used`);
    }
    for (const key of Object.keys(en)) if (!(key in zh)) wrong.push(`zh-CN.json lacks ${key}`);
    for (const [, reason] of code.matchAll(/refuse\((?:"[^"]*"_clause, |clause, |Guard::\w+, |guard, )?"([a-z.-]+)"/g))
      if (!(`refusal.${reason}` in zh)) wrong.push(`the refusal ${reason} has no sentence`);
    for (const [, name] of code.matchAll(/Description \w+::description\{0, "(\w+)"/g))
      if (!(`command.${name}` in zh)) wrong.push(`the command ${name} has no sentence`);
    return wrong;
  },

  contrast() {
    const faint = ratios().filter(({ ratio }) => ratio < wanted);
    const wrong = faint.map(({ theme, words, ground, ratio }) => `${theme}: ${words} on ${ground} is ${ratio.toFixed(2)} : 1, less than ${wanted}`);
    for (const name of sources) if (name.startsWith("web/")) wrong.push(...unknown(read(name)).map((colour) => `${name} writes in ${colour}, which no pair in scripts/lib/contrast.mjs speaks of`));
    return wrong;
  },

  licences() {
    const wrong = [];
    const permitted = /^\(?(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|CC0-1\.0|OFL-1\.1|0BSD|Unlicense|BlueOak-1\.0\.0|Python-2\.0|Zlib|WTFPL|OR|AND|\(|\)|\s)+\)?$/;
    // Packages whose package.json names no licence: what their LICENSE file says.
    const told = { "node_modules/@journeyapps/wa-sqlite": "MIT", "node_modules/@tabler/icons-webfont": "MIT" };
    if (!tracked.includes("LICENSE")) wrong.push("there is no LICENSE");
    // What is only run by tests may ask that its own changes be shared; nothing of it is handed on.
    const permitted_in_tests = (licence) => permitted.test(licence) || licence === "MPL-2.0";
    for (const [name, entry] of Object.entries(readJson("package-lock.json").packages))
      if (name && !(entry.dev ? permitted_in_tests : (licence) => permitted.test(licence))(entry.license ?? told[name] ?? "")) wrong.push(`${name}: licence ${entry.license}`);
    return wrong;
  },

  tree() {
    const wrong = [];
    const machine = [root, os.homedir()].filter((folder) => folder.length > 5);
    for (const name of tracked) {
      if (fs.statSync(name).size > 1 << 20) wrong.push(`${name} is larger than 1 MiB`);
      const text = fs.readFileSync(name, "latin1");
      if (text.includes("\0")) continue;
      if (/https?:\/\/[^\s"']*(registry|deb\.|npmjs|nodesource)/.test(text)) wrong.push(`${name} names a registry`);
      for (const folder of machine) if (text.includes(`${folder}/`)) wrong.push(`${name} holds a path of this machine`);
      if (/\.(h|cpp|mjs)$/.test(name) && text.split("\n").length > 700) console.log(`note: ${name} has over 700 lines`);
    }
    return wrong;
  },
};

let passed = 0;
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const wrong = check();
  if (wrong.length === 0) passed += 1;
  else failed += 1;
  console.log(`${wrong.length === 0 ? "ok" : "WRONG"}  ${name}`);
  for (const sentence of wrong) console.log(`    ${sentence}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
