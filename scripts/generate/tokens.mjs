// The look's tokens as constants: generated/tokens.h. Colours as ImGui packs them (red in the lowest byte).
import { fail, read, writeHeader } from "./lib.mjs";

const css = read("assets/look/tokens.css");
const block = (selector) => new RegExp(`${selector.replace(".", "\\.")}\\{([^}]*)\\}`).exec(css)?.[1] ?? fail(`tokens.css has no ${selector}`);
const declarations = (selector) => Object.fromEntries([...block(selector).matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map((match) => [match[1].replaceAll("-", "_"), match[2].trim()]));
const packed = (hex) => `0xFF${hex.slice(5, 7)}${hex.slice(3, 5)}${hex.slice(1, 3)}`.toUpperCase().replace("0XFF", "0xFF");

const light = declarations(":root");
const themes = { light, dark: declarations(".dark"), contrast: declarations(".contrast") };
const colours = Object.keys(light).filter((name) => light[name].startsWith("#"));
const sizes = Object.keys(light).filter((name) => !light[name].startsWith("#"));
for (const [theme, from] of Object.entries(themes))
  for (const name of colours) if (!from[name]) fail(`.${theme} lacks --${name.replaceAll("_", "-")}`);
const theme = (name, from) => `inline constexpr Theme ${name}_theme{\n${colours.map((colour) => `    ${packed(from[colour])},  // ${colour}`).join("\n")}\n};`;
writeHeader(
  "tokens.h",
  `#include <cstdint>

namespace guanjia::ui {

using Colour = std::uint32_t;

struct Theme {
${colours.map((name) => `    Colour ${name};`).join("\n")}
};

${Object.entries(themes).map(([name, from]) => theme(name, from)).join("\n")}

namespace size {
${sizes.map((name) => `inline constexpr float ${name} = ${Number(light[name]).toFixed(1)}F;`).join("\n")}
}  // namespace size

}  // namespace guanjia::ui
`,
);
