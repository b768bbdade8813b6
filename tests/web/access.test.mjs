// The desk for who does not see it, and for who has no mouse.
import assert from "node:assert/strict";
import { compose, field, go, settled, test, withDesk, withSample } from "./harness.mjs";

// A person with a screen reader: knows roles and names, goes to them, types and activates. Nothing here knows a place, an
// element or a selector.
class Reader {
  constructor(page, session) {
    Object.assign(this, { page, session });
  }
  static async of(page) {
    const session = await page.context().newCDPSession(page);
    await session.send("Accessibility.enable");
    return new Reader(page, session);
  }
  async #find(role, name) {
    const { nodes } = await this.session.send("Accessibility.getFullAXTree");
    return nodes.filter((node) => !node.ignored && node.role?.value === role && (name instanceof RegExp ? name.test(node.name?.value ?? "") : node.name?.value === name));
  }
  async reach(role, name) {
    for (const until = performance.now() + 10_000; performance.now() < until; await new Promise((resolve) => setTimeout(resolve, 60))) {
      const [node] = await this.#find(role, name);
      if (node) return node;
    }
    throw new Error(`nothing is said of a ${role} named ${name}`);
  }
  async #call(node, body) {
    const { object } = await this.session.send("DOM.resolveNode", { backendNodeId: node.backendDOMNodeId });
    await this.session.send("Runtime.callFunctionOn", { objectId: object.objectId, functionDeclaration: `function () { ${body} }` });
  }
  async activate(role, name) {
    await this.#call(await this.reach(role, name), "this.click()");
    await settled(this.page);
  }
  async type(role, name, text) {
    await this.#call(await this.reach(role, name), "this.focus()");
    await compose(this.page, text);
    await settled(this.page);
  }
}

test("a complaint's journey by the accessibility tree alone", () =>
  withDesk(async ({ page }) => {
    const reader = await Reader.of(page);
    await reader.activate("button", "接待");
    await reader.type("combobox", "来人姓名", "王建国");
    await reader.type("textbox", "需要什么", "电梯夜里很响");
    await reader.activate("radio", "投诉");
    await reader.activate("button", "登记");
    await reader.reach("heading", "电梯夜里很响");
    await reader.activate("button", "担责");
    await reader.type("textbox", "解释或道歉", "向业主道歉");
    await reader.type("textbox", "商定的补救", "当日更换减震垫");
    await reader.activate("button", "记录");
    await reader.activate("button", "结案");
    await reader.type("textbox", "原因", "减震垫老化");
    await reader.type("textbox", "解决", "更换四块");
    // The row's own and the panel's are named alike; the panel's comes later in reading order.
    await page.keyboard.press("Control+Enter");
    await reader.activate("button", "开始回访");
    await reader.activate("radio", "非常满意");
    await reader.type("textbox", "业主意见", "安静多了");
    await reader.activate("button", "完成回访");
    await reader.reach("StaticText", /回访 HF-\d{8}-A001：安静多了/);
  }));

test("what happens is said: a status, an alert, and words in passing", () =>
  withDesk(async ({ page, address }) => {
    const said = [];
    await page.exposeFunction("heard", (words) => said.push(words));
    await page.evaluate(() => new MutationObserver(() => heard(document.getElementById("announcements").textContent)).observe(document.getElementById("announcements"), { childList: true, characterData: true, subtree: true }));
    await go(page, address, "reception");
    await page.getByRole("button", { name: "登记" }).last().click();
    await page.getByRole("alert").first().waitFor();
    await field(page, "需要什么").fill("问停水");
    await page.getByRole("button", { name: "登记" }).last().click();
    await page.waitForFunction(() => document.getElementById("announcements").textContent.startsWith("已登记"));
    assert.ok(said.some((words) => words.startsWith("已登记 JD-")));
    await page.getByRole("status").filter({ hasText: "已保存" }).waitFor();
  }));

test("a table is worked by the keyboard: moved in, sorted, selected, copied, filtered, its columns chosen", () =>
  withSample(async ({ page, address, profile }) => {
    await profile.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await go(page, address, "gallery/table");
    const grid = page.getByRole("grid", { name: "欠费" });
    const focusedRow = () => page.evaluate(() => document.activeElement.getAttribute("aria-rowindex"));
    await grid.getByRole("row").nth(1).focus();
    assert.equal(await focusedRow(), "2");
    for (const [key, row] of [["ArrowDown", "3"], ["End", "41"], ["ArrowUp", "40"], ["Home", "2"]]) {
      await page.keyboard.press(key);
      await page.waitForFunction((wanted) => document.activeElement.getAttribute("aria-rowindex") === wanted, row);
    }
    await page.keyboard.press("PageDown");
    await page.waitForFunction(() => Number(document.activeElement.getAttribute("aria-rowindex")) > 6);
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-rowindex") === "2");
    // Two keys before the next frame: the second is for the row to which the first has moved.
    await page.evaluate(() => {
      for (let time = 0; time < 2; ++time) document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
    });
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-rowindex") === "4");
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-rowindex") === "2");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 2);
    await page.keyboard.press("Control+c");
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return { text: await (await item.getType("text/plain")).text(), html: await (await item.getType("text/html")).text() };
    });
    assert.equal(copied.text.split("\n")[1], "1栋0102\t张*\t管理费\t100.00\t0\tCOL-4.3\t待电话");
    assert.equal(copied.text.trim().split("\n").length, 3);
    assert.match(copied.html, /<th>房号<\/th>/);

    await page.getByRole("button", { name: "按欠款排序" }).click();
    await page.getByRole("columnheader", { name: "欠款" }).and(page.locator("[aria-sort=ascending]")).waitFor();
    await page.getByRole("button", { name: "按欠款排序" }).click();
    await page.locator("[aria-sort=descending]").waitFor();
    const amounts = await grid.getByRole("row").nth(1).getByRole("cell").allInnerTexts();
    assert.ok(amounts.length > 3);
    await page.getByRole("searchbox", { name: "筛选这些行" }).fill("车位");
    await page.getByText(/^13 行，共 40 行/).waitFor();
    await page.getByRole("button", { name: "选择显示哪些列" }).click();
    await page.getByRole("menuitemcheckbox", { name: "业主" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("columnheader", { name: "业主" }).waitFor({ state: "detached" });
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "导出为 CSV 文件" }).click();
    const { readFileSync } = await import("node:fs");
    const csv = readFileSync(await (await downloading).path(), "utf8");
    assert.ok(csv.startsWith("\uFEFF房号,项目,欠款"));
  }));

test("a finger scrolls and presses nothing; a tap presses", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    const session = await page.context().newCDPSession(page);
    const list = page.getByRole("list", { name: "时限" });
    const box = await list.boundingBox();
    const top = () => list.evaluate((element) => element.scrollTop);
    const touch = (type, y) => session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: box.x + 120, y }] });
    const from = box.y + Math.min(box.height, 400) - 40;
    await touch("touchStart", from);
    for (let step = 1; step <= 8; ++step) await touch("touchMove", from - step * 22);
    await touch("touchEnd");
    await page.waitForTimeout(300);
    assert.ok((await top()) > 60, "scrolled");
    assert.equal(new URL(page.url()).hash, "#/today", "nothing was pressed");
    const first = list.getByRole("button", { name: /查看工单/ }).last();
    await first.tap();
    await page.waitForURL(/#\/tickets\//);
  }, { open: { hasTouch: true, isMobile: true, size: { width: 412, height: 860 } } }));

test("dates are typed as people say them, or picked by the keyboard from a month that knows working days", () =>
  withDesk(async ({ page, address }) => {
    await go(page, address, "settings/desk");
    const day = field(page, "日期", "combobox");
    await day.fill("2026年2月14日");
    await day.blur();
    await page.waitForFunction(() => [...document.querySelectorAll("#semantics input")].some((element) => element.value === "2026-02-14"));
    await day.focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("dialog", { name: "2026年2月" }).waitFor();
    await page.getByRole("button", { name: "2026年2月14日 周六 调休上班" }).waitFor();
    await page.getByRole("button", { name: "2026年2月17日 周二 放假" }).waitFor();
    // The month is there once its keys are: none is pressed in vain, however fast.
    for (const key of ["ArrowDown", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    await page.waitForFunction(() => [...document.querySelectorAll("#semantics input")].some((element) => element.value === "2026-02-22"));
    assert.equal(await page.getByRole("dialog").count(), 0);
  }));
