// Writes down what browsers tell a plain text area while a person composes at a real keyboard: traces.json, which
// firefox.test.mjs plays to our fields. Run again when a browser may have changed; needs a Chromium with a window (Debian's
// chromium): node tests/web/record_traces.mjs
import fs from "node:fs";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { root, temporary } from "./browser.mjs";
import { Firefox } from "./firefox.mjs";
import { Screen, keysOf } from "./screen.mjs";

// What was there, what is selected, which keys come.
const scripts = {
  "two characters, one after the other": ["", [0, 0], [...keysOf("电"), "space", ...keysOf("梯"), "Return"]],
  "in the middle of a text, a rare character": ["漏水了", [1, 1], [...keysOf("𠮷"), "space"]],
  "over what is selected": ["三栋一单元", [1, 3], [...keysOf("号"), "space"]],
  "given up": ["物业", [2, 2], [...keysOf("管").slice(0, 3), "Escape"]],
  "corrected while it is composed, then plain letters": ["", [0, 0], [...keysOf("家").slice(0, 4), "BackSpace", ...keysOf("家").slice(3), "space", "a", "b"]],
};

async function record(page, screen, [text, selection]) {
  await page.evaluate(() => (document.body.innerHTML = "<textarea style='width:1100px;height:700px'></textarea>"));
  screen.focusWindow("Firefox|Chromium");
  await page.evaluate(
    (words, ends) => {
      const area = document.querySelector("textarea");
      area.value = words;
      area.focus();
      area.setSelectionRange(...ends);
      globalThis.told = [];
      for (const type of ["keydown", "keypress", "keyup", "compositionstart", "compositionupdate", "compositionend", "beforeinput", "input"])
        area.addEventListener(type, (event) => {
          const { key, code, keyCode, isComposing, data, inputType, ctrlKey, shiftKey } = event;
          const made = Object.fromEntries(Object.entries({ key, code, keyCode, isComposing, data, inputType, ctrlKey, shiftKey }).filter(([, value]) => value !== undefined && value !== false));
          told.push([type, made, area.value, area.selectionStart, area.selectionEnd]);
        });
    },
    text,
    selection,
  );
}

async function all(page, screen) {
  const traces = {};
  for (const [name, script] of Object.entries(scripts)) {
    await record(page, screen, script);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await screen.press(...script[2]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    traces[name] = { text: script[0], selection: script[1], events: await page.evaluate(() => told) };
    console.log(name, JSON.stringify(traces[name].events.at(-1)?.slice(2)));
  }
  return traces;
}

const traces = {};
const firefox = await new Firefox().open();
traces[await firefox.browser.version()] = await all(await firefox.page(), firefox.screen);
await firefox.close();

const screen = await Screen.open();
const folder = temporary("chromium");
const chromium = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: false,
  defaultViewport: null,
  userDataDir: folder,
  env: screen.environment,
  args: ["--no-sandbox", "--use-angle=swiftshader", "--no-first-run", "--window-size=1200,860", "--ozone-platform=x11", "--disable-background-networking"],
});
const [page] = await chromium.pages();
await new Promise((resolve) => setTimeout(resolve, 1500));
traces[await chromium.version()] = await all(page, screen);
await chromium.close();
screen.close();
fs.rmSync(folder, { recursive: true, force: true });

const lines = Object.entries(traces).map(([browser, of]) => {
  const each = Object.entries(of).map(([name, { text, selection, events }]) => `    ${JSON.stringify(name)}: {"text": ${JSON.stringify(text)}, "selection": ${JSON.stringify(selection)}, "events": [\n${events.map((event) => `      ${JSON.stringify(event)}`).join(",\n")}\n    ]}`);
  return `  ${JSON.stringify(browser)}: {\n${each.join(",\n")}\n  }`;
});
fs.writeFileSync(path.join(root, "tests/web/traces.json"), `{\n${lines.join(",\n")}\n}\n`);
