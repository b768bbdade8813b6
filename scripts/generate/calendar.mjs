// The working calendar from the package chinese-days: generated/calendar_data.h.
// A year is known when the package has its holidays and its make-up days; in other years it knows only a few holidays.
import { fail, readJson, writeHeader } from "./lib.mjs";

const data = readJson("node_modules/chinese-days/dist/chinese-days.json");
const byYear = (days) => {
  const years = new Map();
  for (const day of Object.keys(days).sort()) {
    const year = Number(day.slice(0, 4));
    years.set(year, [...(years.get(year) ?? []), day]);
  }
  return years;
};
const off = byYear(data.holidays);
const makeUp = byYear(data.workdays);
// The public holidays of a year come to more than ten days, with make-up days; one without either is not published yet.
const years = [...off.keys()].filter((year) => off.get(year).length >= 10 && makeUp.has(year)).sort((a, b) => a - b);
if (years.length === 0) fail("chinese-days holds no year");
for (let index = 1; index < years.length; index += 1)
  if (years[index] !== years[index - 1] + 1) fail(`chinese-days lacks the year ${years[index - 1] + 1}`);

const rows = (days) =>
  years.flatMap((year) => (days.get(year) ?? []).map((day) => `    ${day.replaceAll("-", "")},`)).join("\n");
writeHeader(
  "calendar_data.h",
  `namespace guanjia {

inline constexpr int calendar_first_year = ${years[0]};
inline constexpr int calendar_last_year = ${years[years.length - 1]};

// Days off, as yyyymmdd.
inline constexpr int calendar_days_off[] = {
${rows(off)}
};

// Saturdays and Sundays on which people work.
inline constexpr int calendar_make_up_days[] = {
${rows(makeUp)}
};

}  // namespace guanjia
`,
);
