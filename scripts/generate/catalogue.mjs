// Clauses, parameters, legal notes and the guards that may be overridden as constant tables: generated/clauses.h,
// generated/parameters.h, generated/guards.h.
import { fail, literal, read, readJson, writeHeader } from "./lib.mjs";

const kinds = ["guard", "due", "form", "record", "role", "metric"];
const procedures = ["GEN", "RV", "COL", "REC", "EMP", "SEP", "SUP"];
const units = ["minute_of_day", "working_minutes", "working_days", "days", "months", "percent", "count", "fen"];

const clauses = readJson("assets/procedure/clauses.json");
const known = new Set();
for (const clause of clauses) {
  if (known.has(clause.id)) fail(`clause ${clause.id} stands twice`);
  known.add(clause.id);
  if (!procedures.includes(clause.procedure) || !clause.id.startsWith(`${clause.procedure}-`))
    fail(`clause ${clause.id} is of an unknown procedure`);
  if (!clause.zh || !clause.en) fail(`clause ${clause.id} lacks a sentence`);
  for (const kind of clause.kinds) if (!kinds.includes(kind)) fail(`clause ${clause.id}: unknown kind ${kind}`);
}

const notes = readJson("assets/procedure/legal-notes.json");
for (const note of notes)
  for (const id of note.clauses) if (!known.has(id)) fail(`a legal note names the unknown clause ${id}`);

const mask = (clause) => clause.kinds.reduce((bits, kind) => bits | (1 << kinds.indexOf(kind)), 0);
writeHeader(
  "clauses.h",
  `#include <cstdint>
#include <string_view>

namespace guanjia {

struct ClauseRow {
    std::string_view id;
    std::string_view procedure;
    std::uint8_t kinds;
    bool off;
    std::string_view zh;
    std::string_view en;
};

inline constexpr ClauseRow clause_rows[] = {
${clauses.map((c) => `    {${literal(c.id)}, ${literal(c.procedure)}, ${mask(c)}, ${Boolean(c.off)}, ${literal(c.zh)}, ${literal(c.en)}},`).join("\n")}
};

struct LegalNoteRow {
    std::string_view clauses;  // separated by spaces
    std::string_view zh;
    std::string_view en;
    std::string_view source;
    std::string_view by_default;
};

inline constexpr LegalNoteRow legal_note_rows[] = {
${notes.map((n) => `    {${literal(n.clauses.join(" "))}, ${literal(n.zh)}, ${literal(n.en)}, ${literal(n.source)}, ${literal(n.default)}},`).join("\n")}
};

}  // namespace guanjia
`,
);

const parameters = readJson("assets/procedure/parameters.json");
const names = new Set();
for (const parameter of parameters) {
  if (names.has(parameter.name)) fail(`parameter ${parameter.name} stands twice`);
  names.add(parameter.name);
  if (!known.has(parameter.clause)) fail(`parameter ${parameter.name} names the unknown clause ${parameter.clause}`);
  if (!units.includes(parameter.unit)) fail(`parameter ${parameter.name}: unknown unit ${parameter.unit}`);
  if (!(parameter.minimum <= parameter.default && parameter.default <= parameter.maximum))
    fail(`parameter ${parameter.name}: the default is out of range`);
}
writeHeader(
  "parameters.h",
  `#include <cstdint>
#include <string_view>

namespace guanjia {

enum class Parameter : std::uint16_t {
${parameters.map((p) => `    ${p.name},`).join("\n")}
};

struct ParameterRow {
    std::string_view name;
    std::string_view clause;
    std::string_view unit;
    std::int64_t by_default;
    std::int64_t minimum;
    std::int64_t maximum;
    std::string_view zh;
    std::string_view en;
};

inline constexpr ParameterRow parameter_rows[] = {
${parameters.map((p) => `    {${literal(p.name)}, ${literal(p.clause)}, ${literal(p.unit)}, ${p.default}, ${p.minimum}, ${p.maximum}, ${literal(p.zh)}, ${literal(p.en)}},`).join("\n")}
};

}  // namespace guanjia
`,
);

const guards = readJson("assets/procedure/guards.json");
// By the names of core/procedure/role.h.
const roles = new Set([...read("core/procedure/role.h").matchAll(/\{\d+, "([a-z-]+)"\}/g)].map(([, role]) => role));
const guard_names = new Set();
for (const guard of guards) {
  if (guard_names.has(guard.name)) fail(`guard ${guard.name} stands twice`);
  guard_names.add(guard.name);
  const clause = clauses.find((row) => row.id === guard.clause);
  if (!clause) fail(`guard ${guard.name} names the unknown clause ${guard.clause}`);
  if (!clause.kinds.includes("guard")) fail(`guard ${guard.name}: ${guard.clause} is no guard`);
  if (guard.roles.length === 0) fail(`guard ${guard.name}: nobody may override it`);
  for (const role of guard.roles) if (!roles.has(role)) fail(`guard ${guard.name}: unknown role ${role}`);
  if (!guard.zh || !guard.en) fail(`guard ${guard.name} lacks a sentence`);
}
writeHeader(
  "guards.h",
  `#include <cstdint>
#include <string_view>

namespace guanjia {

enum class Guard : std::uint16_t {
${guards.map((g) => `    ${g.name},`).join("\n")}
};

struct GuardRow {
    std::string_view name;
    std::string_view clause;
    std::string_view roles;  // separated by spaces
    std::string_view zh;
    std::string_view en;
};

inline constexpr GuardRow guard_rows[] = {
${guards.map((g) => `    {${literal(g.name)}, ${literal(g.clause)}, ${literal(g.roles.join(" "))}, ${literal(g.zh)}, ${literal(g.en)}},`).join("\n")}
};

}  // namespace guanjia
`,
);
