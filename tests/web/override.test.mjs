// Exceptions and what is counted of them; the office's register; the calendar of visits; priorities with their reasons.
import assert from "node:assert/strict";
import { act, become, button, field, go, heading, printed, settled, test, withDesk, withSample } from "./harness.mjs";

const open = "BX-20261120-A004";

async function closeWithoutCause(page, address) {
  await go(page, address, `tickets/${open}`);
  await act(page, "结案");
  await field(page, "解决").fill("换了空气开关，三天未再跳");
  const form = page.getByRole("form", { name: "结案" });
  await form.getByRole("button", { name: "结案" }).click();
  await page.getByRole("alert").filter({ hasText: "结案须写明原因" }).waitFor();
  return form;
}

test("a closing without its cause goes on by the manager's word, is told, counted, and undone with it", () =>
  withSample(async ({ page, address }) => {
    const form = await closeWithoutCause(page, address);
    // Who is not entitled learns who is.
    await page.getByText(/只有经理可以特批：陈国强/).waitFor();
    await page.getByRole("radio", { name: "陈国强" }).click();
    await field(page, "特批理由").fill("反复查过线路，找不到原因");
    await form.getByRole("button", { name: "特批并办理" }).click();
    await page.getByText(/特批 GEN-2\.2：反复查过线路，找不到原因（陈国强）/).waitFor();
    await page.getByText("未能查明（特批）").waitFor();
    await go(page, address, "figures");
    await page.getByRole("tab", { name: "条款执行" }).click();
    await page.getByRole("row", { name: /GEN-2\.2/ }).dblclick();
    await page.getByRole("list", { name: "特批（1）" }).getByRole("button", { name: /反复查过线路，找不到原因/ }).waitFor();
    await page.getByRole("tab", { name: "按日" }).click();
    const rows = page.getByRole("row", { name: /GEN-2\.2/ });
    await field(page, "筛选", "searchbox").fill("GEN-2.2");
    await settled(page);
    assert.equal(await page.getByRole("row", { name: /GEN-/ }).count(), 1);
    assert.match(await rows.getAttribute("aria-label"), /· 1 · 1$/);
    // Taken back, it counts no more.
    await button(page, "撤销").click();
    await page.getByRole("row", { name: /GEN-2\.2.* · 0 · 1$/ }).waitFor();
  }));

test("the second press of a double click does not fall on what has come to lie there", () =>
  withSample(async ({ page, address }) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await go(page, address, "figures");
    await page.getByRole("tab", { name: "条款执行" }).click();
    // The panel that it opens makes the page narrower, and the rows move down.
    const row = page.getByRole("row", { name: /GEN-2\.3/ });
    const behind = button(page, /签收交办 7栋1603 林红/);
    await row.waitFor();
    await settled(page);
    const { x, y } = await row.boundingBox();
    await page.mouse.click(x + 300, y + 20);
    await behind.waitFor();
    await settled(page);
    assert.notEqual((await row.boundingBox()).y, y);
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await settled(page);
    await behind.waitFor();
  }));

test("the manager at the desk needs nobody else, and a refusal that nobody overrides shows no way", () =>
  withSample(async ({ page, address }) => {
    await become(page, "陈国强");
    const form = await closeWithoutCause(page, address);
    await page.getByText(/您是经理，可以特批/).waitFor();
    assert.equal(await page.getByRole("radio", { name: "陈国强" }).count(), 0);
    // What was missing after all: the way to override is gone with it.
    await field(page, "原因").fill("老化");
    await field(page, "特批理由").waitFor({ state: "detached" });
    await field(page, "原因").fill("");
    await field(page, "解决").fill("");
    await form.getByRole("button", { name: "结案" }).click();
    await page.getByRole("alert").filter({ hasText: "结案须写明原因" }).waitFor();
    await settled(page);
    assert.equal(await field(page, "特批理由").count(), 0);
  }));

test("the office files a month and prints its register; the front desk may not", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "return-visits");
    await page.getByRole("tab", { name: "登记册" }).click();
    await page.getByText(/登记册由办公室/).waitFor();
    assert.equal(await button(page, /打印登记册/).count(), 0);
    await become(page, "周文静");
    await button(page, /^归档 2026年10月/).click();
    await page.getByRole("list", { name: "登记册" }).getByText("已归档").first().waitFor();
    assert.equal(await button(page, /^归档 2026年10月/).count(), 0);
    const html = await printed(page, () => button(page, "打印登记册 2026年10月").click());
    for (const words of ["回访登记册", "HC-202610", "依据 RV-4.6", "电话回访", "周文静于"]) assert.ok(html.includes(words), words);
  }));

test("a visit that is agreed stands in the week's calendar, and opens its ticket", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, `tickets/${open}`);
    await act(page, "约上门");
    await field(page, "开始", "combobox").fill("明天");
    await field(page, "几点", "combobox").first().fill("10:30");
    const who = field(page, "上门人员", "combobox");
    await who.fill("张强");
    await page.getByRole("option", { name: /张强/ }).waitFor();
    await who.press("Enter");
    await button(page, "约定").click();
    await page.getByText("已记录").first().waitFor();
    await go(page, address, "today");
    await button(page, "上门日程").click();
    await heading(page, "上门日程").waitFor();
    const day = page.getByRole("list", { name: /周二.*11月24日/ });
    await day.getByRole("button", { name: new RegExp(`10:30.*张强.*${open}`) }).waitFor();
    const html = await printed(page, () => button(page, "打印这一周").click());
    assert.ok(html.includes("上门日程") && html.includes(open));
    await button(page, "下一周").click();
    await heading(page, "上门日程").waitFor();
    await page.getByText(/11月30日至12月6日/).waitFor();
    await page.goBack();
    await day.getByRole("button", { name: new RegExp(open) }).click();
    await page.waitForFunction((number) => location.hash.endsWith(number), open);
  }));

test("impact and urgency propose the priority, and another one asks for its reason", () =>
  withDesk(async ({ page }) => {
    await page.getByRole("navigation").getByRole("button", { name: /^接待/ }).click();
    await field(page, "来人姓名", "combobox").fill("王建国");
    await field(page, "需要什么").fill("单元门打不开");
    await page.getByRole("radio", { name: "报修" }).click();
    const of = (group, name) => page.getByRole("radiogroup", { name: group }).getByRole("radio", { name });
    await of("影响范围", "高").click();
    await of("紧迫程度", "高").click();
    await of("优先级", "紧急").and(page.getByRole("radio", { checked: true })).waitFor();
    await of("优先级", "一般").click();
    await button(page, "登记").last().click();
    await page.getByRole("alert").first().waitFor();
    await field(page, "另定优先级的原因").fill("已有人值守开门");
    await button(page, "登记").last().click();
    await heading(page, "单元门打不开").waitFor();
  }));

test("the manager names the desk that draws the week; others read which one it is", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "settings");
    await page.getByText("现由前台 A 抽取").waitFor();
    await become(page, "陈国强");
    await page.getByRole("radiogroup", { name: "由哪个前台抽取" }).getByRole("radio", { name: "前台 A", checked: true }).waitFor();
  }));
