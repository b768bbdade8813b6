// What a desk does all day, by role and name.
import assert from "node:assert/strict";
import { saved } from "./browser.mjs";
import { assertValue, button, field, rail, registerComplaint, test, withDesk } from "./harness.mjs";

test("a complaint typed by composition is registered, and is still there after a reload", () =>
  withDesk(async ({ page }) => {
    const number = await registerComplaint(page);
    assert.match(number, /^TS-\d{8}-A001$/);
    await saved(page);
    await page.reload();
    await page.getByRole("heading", { name: "投诉电梯噪音", level: 1 }).waitFor();
    await rail(page, "工单").click();
    await page.getByRole("button", { name: new RegExp(number) }).waitFor();
  }));

test("a complaint's whole journey by the keyboard alone", () =>
  withDesk(async ({ page }) => {
    const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    // Tab until the element that is wanted has the focus.
    const reach = async (role, name) => {
      const wanted = page.getByRole(role, { name }).first();
      await wanted.waitFor();
      for (let step = 0; step < 80; ++step) {
        if (await wanted.evaluate((element) => element === document.activeElement)) return wanted;
        await press("Tab");
      }
      throw new Error(`Tab does not reach ${role} ${name}`);
    };
    await page.evaluate(() => document.activeElement?.blur());
    await press("n");
    await reach("combobox", "来人姓名");
    await page.keyboard.insertText("王建国");
    await reach("textbox", "需要什么");
    await page.keyboard.insertText("电梯夜里很响");
    // Into the group by Tab, within it by arrows.
    await reach("radio", "只登记");
    for (const kind of ["咨询", "报修", "投诉"]) {
      await press("ArrowRight");
      await page.getByRole("radio", { name: kind, checked: true }).waitFor();
    }
    await press("Control+Enter");
    await page.getByRole("heading", { name: "电梯夜里很响", level: 1 }).waitFor();

    await reach("button", "担责");
    await press("Enter");
    await reach("textbox", "解释或道歉");
    await page.keyboard.insertText("向业主道歉");
    // The scripts of the next field come before it.
    await reach("textbox", "商定的补救");
    await page.keyboard.insertText("当日更换减震垫");
    await press("Control+Enter");
    await page.getByText(/责任人 陈国强/).first().waitFor();

    await reach("button", "结案");
    await press("Enter");
    await reach("textbox", "原因");
    await page.keyboard.insertText("减震垫老化");
    await press("Tab");
    await page.keyboard.insertText("更换四块");
    await press("Control+Enter");
    await page.getByText("待回访").first().waitFor();

    await reach("button", "开始回访");
    await press("Enter");
    await reach("radio", "非常满意");
    await press("Space");
    await reach("textbox", "业主意见");
    await page.keyboard.insertText("安静多了");
    await press("Control+Enter");
    await page.getByText(/回访 HF-\d{8}-A001：安静多了/).waitFor();
    await page.getByText("已结案").first().waitFor();
  }));

test("refused under its clause, and nothing typed is lost: a door-step visit without a signature", () =>
  withDesk(async ({ page }) => {
    await registerComplaint(page);
    await button(page, "担责").click();
    await field(page, "解释或道歉").fill("道歉");
    await field(page, "商定的补救").fill("更换");
    await page.getByRole("form", { name: "担责" }).getByRole("button", { name: "记录" }).click();
    await button(page, "结案").first().click();
    const form = page.getByRole("form", { name: "结案" });
    await form.getByRole("button", { name: "结案" }).click();
    await page.getByRole("alert").filter({ hasText: "结案须写明原因" }).waitFor();
    await page.getByText("GEN-2.2").first().waitFor();
    await field(page, "原因").fill("老化");
    await field(page, "解决").fill("更换");
    await form.getByRole("button", { name: "结案" }).click();
    await button(page, "开始回访").click();
    await page.getByRole("radio", { name: "上门" }).click();
    await field(page, "业主意见").fill("还可以");
    await button(page, "完成回访").click();
    await page.getByRole("alert").filter({ hasText: "上门回访须有业主签名" }).waitFor();
    await assertValue(field(page, "业主意见"), "还可以");

    await page.getByRole("textbox", { name: "签名人" }).fill("王建国");
    await page.getByRole("radio", { name: "业主" }).click();
    const pad = button(page, "签名区");
    await pad.scrollIntoViewIfNeeded();
    await pad.focus();
    await page.waitForTimeout(200);
    const box = await pad.boundingBox();
    await page.mouse.move(box.x + 30, box.y + 40);
    await page.mouse.down();
    for (let step = 0; step < 12; ++step) {
      await page.mouse.move(box.x + 30 + step * 12, box.y + 40 + (step % 3) * 9);
      await page.waitForTimeout(20);
    }
    await page.mouse.up();
    await button(page, "完成回访").click();
    await page.getByText(/回访 HF-\d{8}-A001：还可以/).waitFor();
  }));

test("who is at the desk is switched, and what is done carries that name", () =>
  withDesk(async ({ page }) => {
    await rail(page, "设置").click();
    await page.getByRole("tab", { name: "员工" }).click();
    await field(page, "姓名").fill("林小雨");
    await field(page, "工号").fill("G01");
    await page.getByRole("checkbox", { name: "管家", exact: true }).click();
    await button(page, "登记").last().click();
    await page.getByRole("listitem").filter({ hasText: "林小雨" }).waitFor();
    await button(page, /^当班：陈国强/).click();
    await page.getByRole("dialog").getByRole("button", { name: /林小雨/ }).click();
    await button(page, /^当班：林小雨/).waitFor();
    await registerComplaint(page);
    await page.getByText(/今天 \d\d:\d\d · 林小雨/).waitFor();
    await page.reload();
    await button(page, /^当班：林小雨/).waitFor();
  }));
