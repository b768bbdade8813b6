// Icons by our own names as characters of the icon font: generated/icons.h.
import { fail, read, readJson, writeHeader } from "./lib.mjs";

const css = read("node_modules/@tabler/icons-webfont/dist/tabler-icons.css");
const code = (name) => new RegExp(`\\.ti-${name}:before \\{\\s*content: "\\\\([0-9a-f]+)"`).exec(css)?.[1] ?? fail(`there is no icon ${name}`);
const utf8 = (hex) => [...Buffer.from(String.fromCodePoint(parseInt(hex, 16)))].map((byte) => `\\x${byte.toString(16)}`).join("");
writeHeader(
  "icons.h",
  `namespace guanjia::icon {

${Object.entries(readJson("assets/icons.json")).map(([name, icon]) => `inline constexpr char const* ${name} = "${utf8(code(icon))}";  // ${icon}`).join("\n")}

}  // namespace guanjia::icon
`,
);
