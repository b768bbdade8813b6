// The fonts of the page, cut to what it shows: node fonts.mjs OUTDIR
//   ui-regular.ttf, ui-bold.ttf  the characters of our own sentences: there before the first frame
//   icons.ttf                    the icons of assets/icons.json
//   text.ttf                     the 8,105 standard characters and GB 2312: follows the first frame
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import subset from "subset-font";
import { fail, read, readJson, root } from "./lib.mjs";

const out = process.argv[2] ?? fail("usage: node fonts.mjs OUTDIR");
fs.mkdirSync(out, { recursive: true });

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join("");
const latin = range(0x20, 0x7e) + "·×÷–—‘’“”…←→↑↓≤≥￥¥°、。《》「」（），：；？！～　";
// What the command line alone says is in no font.
const sentences = ["zh-CN", "en"].flatMap((language) => Object.entries(readJson(`assets/strings/${language}.json`))).filter(([key]) => !key.startsWith("cli."));
const ours = sentences.map(([, words]) => words).join("");
// Bold are titles, names and figures; a longer sentence never is. What a person wrote falls back to the full font.
const wordings = readJson("assets/procedure/wordings.json");
const titles = sentences.filter(([key, words]) => !/^(refusal|hint|gallery)\./.test(key) && [...words].length <= 16).map(([, words]) => words).concat(wordings.map((wording) => wording.title.zh)).join("");
const clauses = readJson("assets/procedure/clauses.json").map((clause) => clause.zh).join("");
const numbers_and_texts = JSON.stringify([readJson("assets/procedure/parameters.json"), wordings]);

function gb2312() {
  const decoder = new TextDecoder("gb18030");
  let characters = "";
  for (let row = 0xa1; row <= 0xf7; ++row)
    for (let cell = 0xa1; cell <= 0xfe; ++cell) {
      const character = decoder.decode(new Uint8Array([row, cell]));
      if ([...character].length === 1 && !/[\ue000-\uf8ff\ufffd]/u.test(character)) characters += character;
    }
  return characters;
}

// 通用规范汉字表, as Unicode's own data have it (kTGH).
function standard_characters() {
  const table = execFileSync("bzcat", ["/usr/share/unicode/Unihan_OtherMappings.txt.bz2"], { encoding: "utf8", maxBuffer: 1 << 28 });
  const characters = [...table.matchAll(/^U\+([0-9A-F]+)\tkTGH\t/gm)].map((match) => String.fromCodePoint(parseInt(match[1], 16)));
  if (characters.length < 8105) fail("Unicode's data hold fewer than 8,105 standard characters");
  return characters.join("");
}

function icons() {
  const css = read("node_modules/@tabler/icons-webfont/dist/tabler-icons.css");
  return Object.values(readJson("assets/icons.json"))
    .map((name) => String.fromCodePoint(parseInt(new RegExp(`\\.ti-${name}:before \\{\\s*content: "\\\\([0-9a-f]+)"`).exec(css)[1], 16)))
    .join("");
}

const noto = (weight) => `node_modules/@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`;
const fonts = {
  "ui-regular.ttf": [noto("400Regular"), latin + ours + clauses + numbers_and_texts],
  "ui-bold.ttf": [noto("700Bold"), latin + titles],
  "icons.ttf": ["node_modules/@tabler/icons-webfont/dist/fonts/tabler-icons.ttf", icons()],
  "text.ttf": [noto("400Regular"), latin + ours + clauses + numbers_and_texts + gb2312() + standard_characters()],
};
// Characters are drawn one beside the other, across: nothing of this is asked for.
const unused = ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx"];
for (const [name, [source, characters]] of Object.entries(fonts)) {
  const unique = [...new Set(characters)].filter((character) => character >= " ").sort().join("");
  const stamp = createHash("sha256").update(source).update(unique).update(unused.join()).update(read("package-lock.json")).digest("hex");
  const file = path.join(out, name);
  if (fs.existsSync(file) && fs.existsSync(`${file}.stamp`) && fs.readFileSync(`${file}.stamp`, "utf8") === stamp) continue;
  fs.writeFileSync(file, await subset(fs.readFileSync(path.join(root, source)), unique, { targetFormat: "truetype", dropTables: unused }));
  fs.writeFileSync(`${file}.stamp`, stamp);
}
