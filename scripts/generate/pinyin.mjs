// How Chinese characters are read in Mandarin, without tones and with v for ü: generated/pinyin_data.h. From Unicode's
// own data. Every reading that a dictionary of today has, because names are read in ways of their own.
import { execFileSync } from "node:child_process";
import { fail, literal, writeHeader } from "./lib.mjs";

const dense = [0x4e00, 0x9fff];
// Characters that Unihan does not read: the zero of house numbers, and the other way to write 吉.
const added = { "〇": ["ling"], "𠮷": ["ji"] };
// As a surname; in words these are read otherwise. Compared with Unihan below.
const surnames = {
  单: "shan", 仇: "qiu", 曾: "zeng", 解: "xie", 区: "ou", 查: "zha", 盖: "ge", 翟: "zhai", 朴: "piao", 乐: "yue", 缪: "miao",
  覃: "qin", 员: "yun", 折: "she", 种: "chong", 繁: "po", 祭: "zhai", 召: "shao", 秘: "bi", 句: "gou", 尉: "yu", 洗: "xian",
};

function unihan(file) {
  const rows = new Map();
  const text = execFileSync("bzcat", [`/usr/share/unicode/Unihan_${file}.txt.bz2`], { encoding: "utf8", maxBuffer: 1 << 28 });
  for (const [, code, property, value] of text.matchAll(/^U\+([0-9A-F]+)\t(\w+)\t(.*)$/gm)) {
    const point = parseInt(code, 16);
    if (!rows.has(point)) rows.set(point, {});
    rows.get(point)[property] = value;
  }
  return rows;
}

// "nǚ" is "nv".
const plain = (reading) => reading.normalize("NFD").toLowerCase().replaceAll("u\u0308", "v").replace(/[^a-z]/g, "");

// "dān", "dān(603) …", "036.140:chán,… 064.090:dān …": the customary reading comes first.
const formats = {
  kMandarin: (value) => value.split(" "),
  kHanyuPinlu: (value) => value.split(" ").map((word) => word.replace(/\(.*/, "")),
  kTGHZ2013: (value) => value.split(" ").flatMap((word) => word.replace(/.*:/, "").split(",")),
  kXHC1983: (value) => value.split(" ").flatMap((word) => word.replace(/.*:/, "").split(",")),
};
function readings_of(row) {
  const all = Object.entries(formats).flatMap(([property, words]) => (row[property] ? words(row[property]) : []));
  const unique = [...new Set(all.map(plain))].filter(Boolean);
  // Sounds without a vowel ("hm", "ng") are not what anyone types, except where there is nothing else.
  const spoken = unique.filter((reading) => /[aeiouv]/.test(reading));
  return spoken.length > 0 ? spoken : unique;
}

const readings = unihan("Readings");
const mappings = unihan("OtherMappings");
// Beyond the dense block: the standard characters, those of the dictionary, and what Hong Kong and Japan need for names.
const wanted = (point, row) =>
  (point >= dense[0] && point <= dense[1]) || row.kXHC1983 || row.kTGHZ2013 ||
  ["kTGH", "kHKSCS", "kJIS0213"].some((property) => mappings.get(point)?.[property]);
const known = new Map();
for (const [point, row] of readings) {
  const found = wanted(point, row) ? readings_of(row) : [];
  if (found.length > 0) known.set(point, found);
}
for (const [character, found] of Object.entries(added)) known.set(character.codePointAt(0), found);
for (const [point, row] of mappings)
  if ((row.kTGH || row.kGB0) && point >= 0x3400 && !known.has(point)) fail(`Unicode's data do not read U+${point.toString(16)}`);
for (const [character, reading] of Object.entries(surnames))
  if (!known.get(character.codePointAt(0)).includes(reading)) fail(`Unicode's data do not read ${character} as ${reading}`);

const syllables = [...new Set([...known.values()].flat())].sort();
const number_of = new Map(syllables.map((syllable, index) => [syllable, index]));
// Set 0 is that of characters without a reading.
const sets = [...new Set([...known.values()].map((found) => found.join(" ")))].sort();
const set_of = new Map(sets.map((set, index) => [set, index + 1]));
const set_at = (point) => (known.has(point) ? set_of.get(known.get(point).join(" ")) : 0);
const members = sets.map((set) => set.split(" ").map((syllable) => number_of.get(syllable)));
const starts = members.reduce((all, set) => [...all, all[all.length - 1] + set.length], [0, 0]);
if (sets.length >= 1 << 11) fail("too many different sets of readings for a row");

const lines = (numbers) => {
  const rows = [];
  for (let at = 0; at < numbers.length; at += 20) rows.push(`    ${numbers.slice(at, at + 20).join(", ")},`);
  return rows.join("\n");
};
const inside = Array.from({ length: dense[1] - dense[0] + 1 }, (_, index) => set_at(dense[0] + index));
const outside = [...known.keys()].filter((point) => point < dense[0] || point > dense[1]).sort((a, b) => a - b);
const named = Object.entries(surnames).map(([character, reading]) => [character.codePointAt(0), number_of.get(reading)]);
writeHeader(
  "pinyin_data.h",
  `#include <cstdint>

namespace guanjia {

// In alphabetical order.
inline constexpr char pinyin_syllables[][7] = {
${syllables.map((syllable) => `    ${literal(syllable)},`).join("\n")}
};

// The syllables of all sets of readings, one set after the other, the customary reading of each first.
inline constexpr std::uint16_t pinyin_set_members[] = {
${lines(members.flat())}
};

// Where a set begins; set 0 is empty, and one row more says where the last one ends.
inline constexpr std::uint16_t pinyin_set_starts[] = {
${lines(starts)}
};

// The sets of U+${dense[0].toString(16).toUpperCase()} and what follows.
inline constexpr char32_t pinyin_dense_first = 0x${dense[0].toString(16).toUpperCase()};
inline constexpr std::uint16_t pinyin_dense[] = {
${lines(inside)}
};

// All others, sorted: code point * 2048 + set.
inline constexpr std::uint32_t pinyin_sparse[] = {
${lines(outside.map((point) => point * 2048 + set_at(point)))}
};

// Code points that are read otherwise as a surname, sorted.
struct SurnameRow {
    char16_t character;
    std::uint16_t syllable;
};
inline constexpr SurnameRow pinyin_surnames[] = {
${named.sort((a, b) => a[0] - b[0]).map(([point, syllable]) => `    {0x${point.toString(16).toUpperCase()}, ${syllable}},`).join("\n")}
};

}  // namespace guanjia
`,
);
