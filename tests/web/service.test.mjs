// The service desk's work beyond the first ticket: calls, waits, draws, what is raised and what becomes of it.
import assert from "node:assert/strict";
import { act, assertValue, become, button, compose, field, go, heading, settled, test, withSample } from "./harness.mjs";

test("a promised call is made from the list of today, and its promise is kept", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    await button(page, "回电 JD-20261123-A001").click();
    const words = field(page, "说了什么");
    await words.click();
    await compose(page, "押金周五退", "ya jin");
    await button(page, "记录").click();
    await page.getByText("已记录").first().waitFor();
    await button(page, "回电 JD-20261123-A001").waitFor({ state: "detached" });
  }));

test("a call that is settled at once leaves nothing to do, one that is not is promised", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "reception");
    const need = field(page, "需要什么");
    await need.click();
    await compose(page, "问快递放哪", "kuai di");
    await field(page, "当场答复").fill("放在东门驿站");
    await button(page, "登记").last().click();
    await page.getByText(/已登记/).first().waitFor();
    await page.getByText("问快递放哪").waitFor();
    assert.equal(await button(page, /^回电/).count(), 1);
    await need.click();
    await compose(page, "问车位", "che wei");
    await button(page, "登记").last().click();
    await page.getByText("今天 11:41 前回电").waitFor();
  }));

test("a ticket waits with a reason, says so, and goes on", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "tickets/BX-20261120-A004");
    await act(page, "等待");
    await page.getByRole("radio", { name: "等材料" }).click();
    await button(page, "开始等待").click();
    await page.getByText("周四 18:00 再看").waitFor();
    await button(page, "继续办理").first().click();
    await button(page, "继续办理").last().click();
    await page.getByText("周四 18:00 再看").waitFor({ state: "detached" });
  }));

test("the manager draws a week once, and what was drawn is there to be visited", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "return-visits");
    await page.getByRole("tab", { name: "每周抽取" }).click();
    await page.getByText("11月16日至11月22日的维修单").waitFor();
    assert.equal(await page.getByRole("button", { name: "抽取", exact: true }).count(), 0);
    await become(page, "陈国强");
    await page.getByRole("button", { name: "抽取", exact: true }).click();
    await page.getByRole("list", { name: "11月16日至11月22日的维修单" }).getByRole("listitem").first().waitFor();
    assert.equal(await page.getByRole("button", { name: "抽取", exact: true }).count(), 0);
    await page.getByText(/份中抽 \d+ 份/).first().waitFor();
  }));

test("feedback becomes an improvement with a day and an outcome", () =>
  withSample(async ({ page, address }) => {
    await become(page, "陈国强");
    await go(page, address, "feedback");
    await button(page, "记反馈").click();
    const words = field(page, "反馈内容");
    await words.click();
    await compose(page, "周末也想缴费", "zhou mo");
    await button(page, "记录").click();
    await button(page, /^采纳改进 FK-/).click();
    await field(page, "改进什么").fill("周末安排值班收费");
    const who = field(page, "责任人", "combobox");
    await who.fill("林小雨");
    await page.getByRole("option", { name: /林小雨/ }).waitFor();
    await who.press("Enter");
    await page.getByRole("option").waitFor({ state: "detached" });
    await field(page, "完成日期", "combobox").fill("明天");
    await button(page, "记录").click();
    await page.getByRole("tab", { name: "改进" }).click();
    await button(page, /^填结果 GJ-/).click();
    await field(page, "结果").fill("第一个周末收了 12 笔");
    await button(page, "记录").click();
    await page.getByText("有效").waitFor();
  }));

test("figures tell the cases behind them, and a case opens its ticket", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "figures");
    await heading(page, "统计").waitFor();
    await page.getByRole("tab", { name: "按类型" }).click();
    await page.getByRole("row", { name: /投诉/ }).dblclick();
    await page.getByRole("heading", { name: /解决超时|响应超时|不满意|重复发生/ }).first().waitFor();
    await page.getByRole("tab", { name: "条款执行" }).click();
    await page.getByRole("row", { name: /RV-4\.1/ }).waitFor();
  }));

test("what is still open in a home is shown before it is registered again, and its steps can be printed", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "reception");
    await field(page, "房号", "combobox").fill("7栋1603");
    await page.getByRole("option").first().click();
    await page.getByText("这个房号还有没办结的").waitFor();
    await page.getByRole("radio", { name: "报修" }).click();
    await page.getByText(/1\. 登记房号和报修内容/).waitFor();
    await button(page, "打印步骤卡").waitFor();
    await button(page, /对讲又没有声音了/).first().click();
    await heading(page, "对讲又没有声音了").waitFor();
  }));

test("who lives alone in the unit that is chosen with the pointer is taken for the caller", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "reception");
    await field(page, "房号", "combobox").fill("2栋1204");
    await page.getByRole("option").first().click();
    await assertValue(field(page, "来人姓名", "combobox"), "郭涛");
  }));

test("a script is put into a contact with the keyboard, filled with the customer's name, and is what is recorded", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "tickets/BX-20261120-A004");
    await act(page, "记录沟通");
    await button(page, "话术：说了什么").focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu", { name: "话术：说了什么" });
    await menu.getByRole("menuitem", { name: /^问候/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await menu.waitFor({ state: "detached" });
    const words = field(page, "说了什么");
    await words.evaluate((element) => new Promise((done) => { const look = () => (element.value ? done() : setTimeout(look, 10)); look(); }));
    const inserted = await words.inputValue();
    assert.match(inserted, /答复，期间有进展随时告诉您/);
    assert.doesNotMatch(inserted, /[{}]/);
    await button(page, "记录").last().click();
    await page.getByText("已记录").first().waitFor();
    await page.getByText(/答复，期间有进展随时告诉您/).first().waitFor();
  }));

test("the manager words a step card anew, sees what it said before, and takes it back", () =>
  withSample(async ({ page, address }) => {
    await become(page, "陈国强");
    await go(page, address, "settings/wordings");
    // Step cards stand below the scripts.
    await page.getByRole("list", { name: "用语" }).evaluate((list) => (list.scrollTop = 760));
    const row = page.getByRole("button", { name: /^步骤卡：报修/ });
    await row.click();
    const text = field(page, /^内容/);
    await text.fill("先登记\n再约时间\n上门维修");
    await page.getByText("1. 先登记").waitFor();
    await field(page, /理由/).fill("简化步骤");
    await button(page, "修改用语").click();
    await page.getByRole("button", { name: /^步骤卡：报修.*先登记.*已修改/ }).waitFor();
    await row.click();
    await page.getByText(/起 · 陈国强 · 简化步骤/).waitFor();
    await button(page, "恢复原定").waitFor();
    await go(page, address, "reception");
    await page.getByRole("radio", { name: "报修" }).click();
    await page.getByText(/再约时间/).first().waitFor();
  }));

test("a category is chosen by its group and its part, and anything else can be written", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "reception");
    await page.getByRole("radio", { name: "报修" }).click();
    const category = field(page, "类别", "combobox");
    await category.focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: /^供水/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /^供水\/水管/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await assertValue(category, "供水/水管");
    await category.fill("太阳能板");
    await assertValue(category, "太阳能板");
  }));

test("a visit by phone has its words at hand, asks the questions of the survey, and the figures count them", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "return-visits");
    await button(page, /^开始回访/).first().click();
    await page.getByText(/占用您一分钟做个回访/).waitFor();
    await page.getByRole("radiogroup", { name: "响应速度" }).getByRole("radio", { name: "非常满意" }).click();
    await page.getByRole("radiogroup", { name: "服务态度" }).getByRole("radio", { name: "一般" }).click();
    await button(page, "完成回访").click();
    await page.getByText(/响应速度 非常满意 · 服务态度 一般/).first().waitFor();
    await go(page, address, "figures");
    await page.getByRole("tab", { name: "回访满意度" }).click();
    await page.getByText("响应速度").first().waitFor();
  }));

test("what became clear later is changed, only that, and taken back with a word", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "tickets/BX-20261120-A004");
    await act(page, "修改工单");
    const form = page.getByRole("form", { name: "修改工单" });
    const save = form.getByRole("button", { name: "保存修改" });
    await save.click();
    await page.getByRole("alert").filter({ hasText: "没有" }).waitFor();
    // The ticket as it is: nothing has to be said again.
    assert.equal(await form.getByRole("radio", { name: "一般" }).last().getAttribute("aria-checked"), "true");
    await assertValue(field(page, "房号", "combobox"), "7栋1603");
    await form.getByRole("group", { name: "优先级" }).or(form.getByRole("radiogroup", { name: "优先级" })).getByRole("radio", { name: "紧急" }).click();
    await field(page, "类别", "combobox").fill("水电/电路跳闸");
    await save.click();
    await page.getByText("优先级 紧急").first().waitFor();
    await page.getByText(/水电\/电路跳闸/).first().waitFor();
    await button(page, "撤销").click();
    await page.getByText("优先级 一般").first().waitFor();
  }));
