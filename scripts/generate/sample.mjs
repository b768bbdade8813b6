// The sample centre as tables: generated/sample.h.
import { fail, literal, readJson, writeHeader } from "./lib.mjs";

const { centre, person, staff, units, owners, steps } = readJson("assets/sample/centre.json");
const minute = (text) => /^(\d\d):(\d\d)$/.exec(text)?.slice(1).reduce((hours, minutes) => Number(hours) * 60 + Number(minutes)) ?? fail(`sample: no time ${text}`);
const row = (values) => `    {${values.map(literal).join(", ")}},`;
const fields = steps.flatMap(([, , , , , given]) => Object.entries(given));
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
inline constexpr std::string_view sample_units[] = {${units.map(literal).join(", ")}};
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

}  // namespace guanjia
`,
);
