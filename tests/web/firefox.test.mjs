// The desk in Firefox: what differs between browsers is how text is entered, drawn and kept.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { root, serveBuilt } from "./browser.mjs";
import { addPlain, numbers, replay } from "./compositions.mjs";
import { Firefox } from "./firefox.mjs";
import { go, test, withSample } from "./harness.mjs";
import { keysOf } from "./screen.mjs";

const traces = JSON.parse(fs.readFileSync(path.join(root, "tests/web/traces.json"), "utf8"));
const named = (role, name) => `::-p-aria([name="${name}"][role="${role}"])`;
const idOf = async (page, role, name) => (await page.waitForSelector(named(role, name))).evaluate((element) => element.id);
const press = async (page, role, name) => (await page.waitForSelector(named(role, name))).click();
// puppeteer's own waiting makes functions of text, which our policy forbids; Firefox holds it to that before version 153.
async function until(page, holds, ...details) {
  for (const end = performance.now() + 15_000; !(await page.evaluate(holds, ...details)); await new Promise((resolve) => setTimeout(resolve, 50)))
    assert.ok(performance.now() < end, `never came to be: ${holds}`);
}
const isSaved = () => /已保存/.test(document.getElementById("semantics").textContent);

async function withFirefox(run) {
  const { server, address } = await serveBuilt();
  const firefox = await new Firefox().open();
  try {
    const page = await firefox.page(address);
    await press(page, "button", "打开示范中心");
    await page.waitForSelector("nav");
    await until(page, isSaved);
    await run({ page, firefox, address });
    assert.deepEqual(firefox.problems, []);
  } finally {
    await firefox.close();
    server.close();
  }
}
const view = async (page, address, name) => {
  await page.evaluate((hash) => (location.hash = hash), `#/${name}`);
  await page.waitForSelector("main");
};

test("in Firefox the sample centre opens, a complaint is registered by role and name, and is there after a reload", () =>
  withFirefox(async ({ page, firefox }) => {
    await press(page, "button", "接待");
    await press(page, "combobox", "来人姓名");
    await page.keyboard.type("王建国");
    await press(page, "textbox", "需要什么");
    // As it is typed: keys through the window system's input method.
    for (const character of "电梯") await firefox.screen.press(...keysOf(character), "space");
    await until(page, (id) => document.getElementById(id).value === "电梯", await idOf(page, "textbox", "需要什么"));
    await press(page, "radio", "投诉");
    const buttons = await page.$$(named("button", "登记"));
    await buttons.at(-1).click();
    await page.waitForSelector(named("heading", "电梯"));
    await until(page, isSaved);
    const address = page.url();
    assert.match(address, /#\/tickets\/TS-\d{8}-A\d+$/);
    await page.reload();
    await page.waitForSelector(named("heading", "电梯"));
    assert.equal(page.url(), address);
  }), { long: true });

test("in Firefox what is composed at the keyboard is what a plain field gets, and what was recorded in two browsers as well", () =>
  withFirefox(async ({ page, firefox, address }) => {
    await view(page, address, "gallery");
    const ours = `#${await idOf(page, "textbox", "需要什么")}`;
    for (const [browser, of] of Object.entries(traces))
      for (const [name, trace] of Object.entries(of)) {
        assert.deepEqual(await replay(page, ours, trace), [], `${browser}: ${name}`);
        assert.equal(await page.evaluate((id) => guanjia.text(id), Number(ours.slice(2))), trace.events.at(-1)[2], `${browser}: ${name}`);
      }

    await addPlain(page);
    const random = numbers(20261123);
    const characters = [..."电梯噪音漏水物业管家谢𠮷㛃"];
    const clear = (selector) =>
      page.evaluate((which) => {
        const element = document.querySelector(which);
        element.focus();
        element.select();
      }, selector);
    for (const selector of [ours, "#plain"]) {
      await clear(selector);
      await firefox.screen.press("BackSpace");
    }
    for (let round = 0; round < 10; ++round) {
      const keys = keysOf(characters[random(characters.length)]);
      const given_up = random(4) === 0;
      keys.push(given_up ? "Escape" : random(2) ? "space" : "Return");
      const [from, to] = [random(1000), random(1000)].sort((left, right) => left - right);
      const ends = [];
      for (const selector of [ours, "#plain"]) {
        await page.evaluate(
          (which, shares) => {
            const element = document.querySelector(which);
            element.focus();
            const edges = [...[...element.value].reduce((sums, each) => [...sums, sums.at(-1) + each.length], [0])];
            element.setSelectionRange(...shares.map((share) => edges[Math.floor((share / 1000) * edges.length)]));
          },
          selector,
          round % 3 ? [from, from] : [from, to],
        );
        await firefox.screen.press(...keys);
        await new Promise((resolve) => setTimeout(resolve, 60));
        ends.push(await page.evaluate((which) => [document.querySelector(which).value, document.querySelector(which).selectionStart], selector));
      }
      assert.deepEqual(ends[0], ends[1], `round ${round}: ${keys}`);
    }
    assert.notEqual(await page.evaluate(() => document.getElementById("plain").value), "");
  }), { long: true });

test("what was recorded in two browsers leaves in Chromium what it left in a plain field", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "gallery");
    const ours = `#${await page.getByRole("textbox", { name: "需要什么" }).getAttribute("id")}`;
    for (const [browser, of] of Object.entries(traces))
      for (const [name, trace] of Object.entries(of)) {
        assert.deepEqual(await replay(page, ours, trace), [], `${browser}: ${name}`);
        assert.equal(await page.evaluate((id) => guanjia.text(id), Number(ours.slice(2))), trace.events.at(-1)[2], `${browser}: ${name}`);
      }
  }));
