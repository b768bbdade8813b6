// The sample centre as tables: generated/sample.h. The story of now from centre.json, the ground around it from month.json.
import { fail, literal, readJson, writeHeader } from "./lib.mjs";

const { centre, person, staff, owners, steps } = readJson("assets/sample/centre.json");
const month = readJson("assets/sample/month.json");
const { towers, floors, flats } = month.homes;
const minute = (text) => /^(\d\d):(\d\d)$/.exec(text)?.slice(1).reduce((hours, minutes) => Number(hours) * 60 + Number(minutes)) ?? fail(`sample: no time ${text}`);
const row = (values) => `    {${values.map(literal).join(", ")}},`;
const texts = (values) => values.map(literal).join(", ");

const homes = new Set();
for (let tower = 1; tower <= towers; ++tower)
  for (let floor = 1; floor <= floors; ++floor) for (let flat = 1; flat <= flats; ++flat) homes.add(`${tower}栋${String(floor).padStart(2, "0")}${String(flat).padStart(2, "0")}`);
const fields = steps.flatMap(([, , , , , given]) => Object.entries(given));
for (const unit of [...owners.map(([, , unit]) => unit), ...fields.filter(([name]) => name === "unit").map(([, unit]) => unit)])
  if (!homes.has(unit)) fail(`sample: no home ${unit}`);

// What a matter has to say, by its kind; all else of it is empty.
const said = {
  repair: ["department", "task", "result", "cause", "solution"],
  complaint: ["department", "task", "result", "cause", "solution", "wish", "explanation", "remedy"],
  enquiry: ["contact", "cause", "solution"],
};
const most_words = 3;
const matters = month.matters.map((matter) => {
  const { kind, category, words } = matter;
  if (!said[kind] || said[kind].some((name) => !matter[name])) fail(`sample: ${kind} ${category} does not say enough`);
  if (words.length < 1 || words.length > most_words) fail(`sample: ${category} has ${words.length} wordings`);
  if (matter.department && !staff.some(([, , department, role]) => department === matter.department && role === "supervisor")) fail(`sample: nobody heads ${matter.department}`);
  const text = (name) => literal(matter[name] ?? "");
  return `    {${[literal(kind), literal(category), text("priority"), text("department"), `{${texts(words)}}`, words.length, Boolean(matter.safety), ...["wish", "explanation", "remedy", "contact", "task", "result", "cause", "solution"].map(text)].join(", ")}},`;
});
for (const kind of Object.keys(said)) if (!month.matters.some((matter) => matter.kind === kind)) fail(`sample: no ${kind}`);

let first = 0;
writeHeader(
  "sample.h",
  `#include <string_view>

namespace guanjia {

inline constexpr std::string_view sample_code = ${literal(centre.code)};
inline constexpr std::string_view sample_name = ${literal(centre.name)};
inline constexpr int sample_desk = ${centre.desk};
inline constexpr std::string_view sample_person = ${literal(person)};

struct SampleStaff { std::string_view code, name, department, role; };
inline constexpr SampleStaff sample_staff[] = {
${staff.map(row).join("\n")}
};
inline constexpr int sample_towers = ${towers}, sample_floors = ${floors}, sample_flats = ${flats};
struct SampleOwner { std::string_view name, phone, unit; };
inline constexpr SampleOwner sample_owners[] = {
${owners.map(row).join("\n")}
};
struct SampleField { std::string_view name, value; };
inline constexpr SampleField sample_fields[] = {
${fields.map(row).join("\n")}
};
// What happened, so many days ago at a minute of the day; its fields are a part of sample_fields.
struct SampleStep { int days_ago, minute; std::string_view by, command, key; int first, count; };
inline constexpr SampleStep sample_steps[] = {
${steps
  .map(([days, time, by, command, key, given]) => {
    const count = Object.keys(given).length;
    const line = `    {${days}, ${minute(time)}, ${literal(by)}, ${literal(command)}, ${literal(key)}, ${first}, ${count}},`;
    first += count;
    return line;
  })
  .join("\n")}
};

// Of what the names and the month of ordinary work are put together.
inline constexpr std::string_view sample_surnames[] = {${texts([...month.surnames])}};
inline constexpr std::string_view sample_given_names[] = {${texts(month.given)}};
inline constexpr std::string_view sample_phone_prefixes[] = {${texts(month.phones)}};
struct SampleNeed { std::string_view channel, need; };
inline constexpr SampleNeed sample_needs[] = {
${month.needs.map(row).join("\n")}
};
struct SampleOpinion { std::string_view satisfaction, words; };
inline constexpr SampleOpinion sample_solved[] = {
${month.opinions.solved.map(row).join("\n")}
};
inline constexpr SampleOpinion sample_unsolved[] = {
${month.opinions.unsolved.map(row).join("\n")}
};
inline constexpr std::string_view sample_progress[] = {${texts(month.progress)}};
inline constexpr std::string_view sample_delayed[] = {${texts(month.delayed)}};
// Before the cause and the solution of what is dealt with a second time.
inline constexpr std::string_view sample_answer = ${literal(month.answer)};
inline constexpr std::string_view sample_inspection_opinion = ${literal(month.inspection_opinion)};
inline constexpr std::string_view sample_again_cause = ${literal(month.again[0])}, sample_again_solution = ${literal(month.again[1])};
// In words and task {unit}, {tower} and {floor} stand for where it is.
struct SampleMatter {
    std::string_view kind, category, priority, department, words[${most_words}];
    int wordings;
    bool safety;
    std::string_view wish, explanation, remedy, contact, task, result, cause, solution;
};
inline constexpr SampleMatter sample_matters[] = {
${matters.join("\n")}
};

}  // namespace guanjia
`,
);
