// What the browser tests share: how a test is named, desks to test on, and what a person does in a few words.
import assert from "node:assert/strict";
import fs from "node:fs";
import { Profile, makeDesk, saved, serveBuilt, temporary } from "./browser.mjs";

export const deep = process.argv.includes("--deep");

export const tests = [];
// `long`: is begun first.
export const test = (name, run, { long = false } = {}) => tests.push({ name, run, long });

// Text as an input method makes it: a composition that grows, and is then committed.
export async function compose(page, text, letters = "tou su") {
  const session = await page.context().newCDPSession(page);
  for (let length = 1; length <= letters.length; ++length) {
    const part = letters.slice(0, length);
    await session.send("Input.imeSetComposition", { text: part, selectionStart: part.length, selectionEnd: part.length });
  }
  await session.send("Input.insertText", { text });
  await session.detach();
}

export const field = (page, name, role = "textbox") => page.getByRole(role, { name });
export const button = (page, name) => page.getByRole("button", { name });
export const rail = (page, name) => page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${name}`) });
export const heading = (page, name, level = 1) => page.getByRole("heading", { name, level });
// An action of a ticket: in the row, or in the menu at its end.
export async function act(page, name) {
  const inRow = page.getByRole("group", { name: /可以办的事|What can be done/ }).getByRole("button", { name, exact: true });
  await page.getByRole("group", { name: /可以办的事|What can be done/ }).waitFor();
  if (await inRow.count()) return inRow.click();
  await button(page, /^(更多|More)$/).last().click();
  return page.getByRole("menuitem", { name, exact: true }).click();
}

// Somebody else comes to the desk.
export async function become(page, name) {
  await button(page, /^当班：/).click();
  await page.getByRole("dialog").getByRole("button", { name: new RegExp(name) }).click();
  await button(page, new RegExp(`^当班：${name}`)).waitFor();
}

// What is printed by that: the page in the hidden frame.
export async function printed(page, by) {
  await page.evaluate(() => {
    globalThis.printed = new Promise((resolve) => {
      new MutationObserver(() => {
        const frame = document.querySelector(".printed");
        frame?.addEventListener("load", () => resolve(frame.contentDocument.documentElement.outerHTML));
      }).observe(document.body, { childList: true });
    });
  });
  await by();
  return page.evaluate(() => globalThis.printed);
}

export async function assertValue(locator, value) {
  await locator.evaluate((element, wanted) => new Promise((resolve, reject) => {
    const until = performance.now() + 3000;
    const look = () => (element.value === wanted ? resolve() : performance.now() > until ? reject(new Error(`${element.value} instead of ${wanted}`)) : setTimeout(look, 10));
    look();
  }), value);
}

// A complaint from the first word to "registered"; its number.
export async function registerComplaint(page, { words = "投诉电梯噪音", caller = "王建国" } = {}) {
  await rail(page, "接待").click();
  await field(page, "来人姓名", "combobox").fill(caller);
  const need = field(page, "需要什么");
  await need.click();
  await compose(page, words);
  await assertValue(need, words);
  await page.getByRole("radio", { name: "投诉" }).click();
  await button(page, "登记").last().click();
  await heading(page, words).waitFor();
  return page.url().split("/").pop();
}

async function withPage({ address, profile = new Profile(), open, prepare }, begin, run) {
  await profile.open(open);
  try {
    const page = await profile.page(address, prepare);
    await begin(page);
    await run({ page, profile, address });
    assert.deepEqual(profile.problems, []);
  } finally {
    await profile.close();
  }
}
async function withServer(run) {
  const { server, address } = await serveBuilt();
  try {
    await run(address);
  } finally {
    server.close();
  }
}

// A desk of its own with a manager, and nothing else.
export const withDesk = (run, { desk = {}, open = {}, prepare } = {}) =>
  withServer((address) => withPage({ address, open, prepare }, (page) => makeDesk(page, desk), run));

// The sample centre, as it stands on a Monday morning: the same every time.
export const sampleTime = "2026-11-23T09:41:00+08:00";
async function openSample(page) {
  await page.getByRole("button", { name: "打开示范中心" }).click();
  // Some thousand commands; many times slower while other tests run.
  await page.getByRole("navigation").waitFor({ timeout: 40_000 });
  await saved(page);
}
// The clock stands still, and nothing else does: timers and animation frames stay the browser's own.
const stopClock = (page) =>
  page.addInitScript((time) => {
    globalThis.Date = class extends Date {
      constructor(...parts) {
        super(...(parts.length > 0 ? parts : [time]));
      }
      static now() {
        return time;
      }
    };
  }, Date.parse(sampleTime));
// It is entered once; every other test begins with a copy of the profile in which that was done, at the same address.
let entered = null;
async function enterSample() {
  const { server, address } = await serveBuilt();
  server.unref();
  const profile = await new Profile().open();
  await openSample(await profile.page(address, stopClock));
  await profile.close({ remove: false });
  process.once("exit", () => fs.rmSync(profile.folder, { recursive: true, force: true }));
  return { address, folder: profile.folder };
}
async function withCopy(run, open) {
  const { address, folder } = await (entered ??= enterSample());
  const copy = temporary("profile");
  fs.cpSync(folder, copy, { recursive: true });
  const opened = async (page) => {
    await page.getByRole("navigation").waitFor({ timeout: 40_000 });
    await saved(page);
  };
  await withPage({ address, profile: new Profile(copy), open, prepare: stopClock }, opened, run);
}
// `prepare`: another way to begin than with the clock stopped; then the sample is entered anew.
export const withSample = (run, { open = {}, prepare } = {}) =>
  prepare ? withServer((address) => withPage({ address, open, prepare }, openSample, run)) : withCopy(run, open);

// Every address that can be shown, with something on it.
export const views = ["today", "today/visits", "reception", "tickets", "return-visits", "feedback", "figures", "handbook", "handbook/RV-4.1", "headquarters", "settings", "settings/look", "settings/people", "settings/units", "settings/parameters", "settings/wordings", "settings/intake", "gallery", "gallery/table"];
export async function go(page, address, view) {
  await page.goto(`${address}#/${view}`);
  await page.getByRole("main").waitFor();
  await settled(page);
}
// Until nothing more is drawn. What was scrolled is told to the page in the browser's next frame.
export async function settled(page) {
  await page.evaluate(async () => {
    for (let before = -1; before !== guanjia.drawn(); ) {
      before = guanjia.drawn();
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
  });
}
