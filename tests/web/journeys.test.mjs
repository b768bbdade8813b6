// What is done most often at a desk, by the keyboard alone and counted: every key beyond the words themselves, and the
// seconds from the first key to what shows that it is done.
import assert from "node:assert/strict";
import { assertValue, compose, field, go, heading, settled, test, withSample } from "./harness.mjs";

class Keys {
  count = 0;
  #page;
  #from = performance.now();
  constructor(page) {
    this.#page = page;
  }
  async press(...names) {
    for (const name of names) {
      await this.#page.keyboard.press(name);
      this.count += 1;
      await settled(this.#page);
    }
  }
  // Chinese that is not the words of a record: its letters count, and the key that takes it.
  async input(text, letters) {
    await compose(this.#page, text, letters);
    this.count += letters.replaceAll(" ", "").length + 1;
    await settled(this.#page);
  }
  async words(text, letters) {
    await compose(this.#page, text, letters);
    await settled(this.#page);
  }
  // On to a field by Tab.
  async reach(name) {
    const wanted = field(this.#page, name);
    for (let step = 0; !(await wanted.evaluate((element) => element === document.activeElement)); ++step) {
      assert.ok(step < 6, `Tab does not reach ${name}`);
      await this.press("Tab");
    }
  }
  // Finds a record by letters and opens it.
  async find(letters) {
    await this.press("Control+k");
    await this.press(...letters, "Enter");
  }
  atMost(limit, what) {
    console.log(`       ${what}: ${this.count} keys, ${((performance.now() - this.#from) / 1000).toFixed(1)} s`);
    assert.ok(this.count <= limit, `${this.count} keys, at most ${limit}`);
  }
}

test("a known resident's repair is registered with at most 25 keys beyond its words", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    const keys = new Keys(page);
    await keys.press("n");
    await heading(page, "接待").waitFor();
    // The number of the home, and its only occupier is the caller.
    await keys.press("2");
    await keys.input("栋", "dong");
    await keys.press("1", "2", "0", "4", "Enter");
    await assertValue(field(page, "来人姓名", "combobox"), "郭涛");
    await keys.press("Tab", "Tab");
    await keys.words("门禁卡刷不开", "men jin");
    await keys.press("Tab", "ArrowRight", "ArrowRight");
    await page.getByRole("radio", { name: "报修", checked: true }).waitFor();
    await keys.press("Control+Enter");
    await heading(page, "门禁卡刷不开").waitFor();
    keys.atMost(25, "a repair registered");
  }));

test("a question that is settled at once is recorded with at most 12 keys beyond its words", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    const keys = new Keys(page);
    await keys.press("n", "Tab", "Tab");
    await keys.words("问快递放哪", "kuai di");
    await keys.reach("当场答复");
    await keys.words("放在东门驿站", "dong men");
    await keys.press("Control+Enter");
    await page.getByText("问快递放哪").first().waitFor();
    keys.atMost(12, "a question settled");
  }));

test("a ticket is found and a contact recorded with at most 12 keys beyond its words", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    const keys = new Keys(page);
    await keys.find("duijiang");
    await heading(page, "对讲又没有声音了").waitFor();
    await keys.press("c");
    await keys.words("明天上午到货", "ming tian");
    await keys.press("Control+Enter");
    await page.getByText("明天上午到货").first().waitFor();
    keys.atMost(12, "a contact recorded");
  }));

test("a ticket is found and closed with its cause with at most 14 keys beyond its words", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    const keys = new Keys(page);
    await keys.find("duijiang");
    await heading(page, "对讲又没有声音了").waitFor();
    await keys.press("f");
    await keys.words("分机老化", "fen ji");
    await keys.press("Tab");
    await keys.words("更换分机", "geng huan");
    await keys.press("Control+Enter");
    await page.getByText("已结案").first().waitFor();
    keys.atMost(14, "a ticket closed");
  }));

test("a return visit by telephone is made with at most 16 keys beyond its words", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    const keys = new Keys(page);
    await keys.find("dtyjyx");
    await heading(page, "电梯夜间运行噪音大，影响休息").waitFor();
    await keys.press("v", "Space");
    await page.getByRole("radio", { name: "非常满意", checked: true }).first().waitFor();
    await keys.reach("业主意见");
    await keys.words("安静多了", "an jing");
    await keys.press("Control+Enter");
    await page.getByText(/安静多了/).first().waitFor();
    keys.atMost(16, "a return visit made");
  }));
