// Which colours of assets/look/tokens.css stand on which, as words or icons, and how well they can be told apart (WCAG 2's
// contrast ratio). Shared by scripts/check, which asks for 4.5 : 1 in every theme, and by the bench, which prints the least.
import { read } from "../generate/lib.mjs";

export const wanted = 4.5;

const css = () => read("assets/look/tokens.css");
const block = (selector) => new RegExp(`${selector.replace(".", "\\.")}\\{([^}]*)\\}`).exec(css())[1];
const colours = (selector) => Object.fromEntries([...block(selector).matchAll(/--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6});/g)].map(([, name, hex]) => [name.replaceAll("-", "_"), hex]));
export const themes = () => ({ light: colours(":root"), dark: colours(".dark"), contrast: colours(".contrast") });

// Words on what they stand on. A row may be under the pointer (surface_2) or the chosen one (accent_soft).
const rows = ["surface", "surface_2", "accent_soft"];
const tones = ["accent", "danger", "warn", "ok", "info"];
const all = [
  ...["text", "text_2", "text_3"].flatMap((words) => ["bg", ...rows].map((ground) => [words, ground])),
  // Signs in the top bar and the lists, figures, cells with a tone, the saved state.
  ...tones.flatMap((tone) => ["bg", ...rows].map((ground) => [tone, ground])),
  // What was typed is marked where it is found; the keys of a button that warns.
  ["text", "warn_soft"],
  ["text_2", "warn_soft"],
  ["text_3", "danger_soft"],
  // Tags, banners, what a field refuses, initials of a person.
  ...tones.map((tone) => [tone, `${tone}_soft`]),
  ["on_accent", "accent"],
  ["on_accent", "accent_hover"],
  ["on_danger", "danger"],
];
export const pairs = [...new Map(all.map((pair) => [pair.join(" on "), pair])).values()];

const channel = (hex, at) => {
  const value = parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
export const luminance = (hex) => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
export function contrast(first, second) {
  const [low, high] = [luminance(first), luminance(second)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
}

// Every pair in every theme: [{ theme, words, ground, ratio }], the hardest to read first.
export const ratios = () =>
  Object.entries(themes())
    .flatMap(([theme, of]) => pairs.map(([words, ground]) => ({ theme, words, ground, ratio: contrast(of[words], of[ground]) })))
    .sort((left, right) => left.ratio - right.ratio);

// Colours that the sources give to words or icons ({size, colour}, ui.icon(…, colour)) and that no pair above speaks of.
export function unknown(text) {
  const known = new Set(pairs.map(([words]) => words));
  const spoken = [...text.matchAll(/\{(?:size::\w+(?: [-+] \d+)?|\d+),([^{};]*)\}|\bicon\([^;]*?,([^,;]*)\);|\bsmall\(([^();]*)\)|\b(?:colour|faint) = ([^;]*);/g)].flatMap(([, ...found]) => [...found.filter(Boolean).join(" ").matchAll(/theme(?:\(\))?\.(\w+)/g)].map(([, name]) => name));
  return [...new Set(spoken)].filter((name) => !known.has(name));
}
