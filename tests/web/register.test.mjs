// The register: who works at the centre, who lives where, the year's holidays, and what two desks changed unawares.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root, saved, temporary } from "./browser.mjs";
import { become, button, field, go, heading, settled, test, withDesk, withSample } from "./harness.mjs";

const guanjia = path.join(root, "build/native/guanjia");

test("somebody who works here gets another name and role, and leaves; the last manager stays", () =>
  withSample(async ({ page, address }) => {
    await become(page, "陈国强");
    await go(page, address, "settings/people");
    await button(page, /^林小雨/).click();
    const form = page.getByRole("form", { name: "林小雨" });
    await field(form, "姓名").fill("林小宇");
    await form.getByRole("checkbox", { name: "管家", exact: true }).click();
    await form.getByRole("checkbox", { name: "管家助理" }).click();
    await form.getByRole("button", { name: "保存" }).click();
    await button(page, /^林小宇 · G02 · 管家$/).waitFor();
    await button(page, /^林小宇/).click();
    await page.getByRole("form", { name: "林小宇" }).getByRole("checkbox", { name: "已离职" }).click();
    await button(page, "保存").click();
    await button(page, /^林小宇 · G02 · 管家 · 已离职$/).waitFor();
    await button(page, /^陈国强 · M01/).click();
    await page.getByRole("form", { name: "陈国强" }).getByRole("checkbox", { name: "经理", exact: true }).click();
    await button(page, "保存").click();
    await page.getByRole("alert").filter({ hasText: "最后一位经理" }).waitFor();
  }));

test("a household: a number corrected, somebody moves out and another in, and data are erased after a question", () =>
  withSample(async ({ page, address }) => {
    await become(page, "陈国强");
    await go(page, address, "settings/units");
    await page.getByRole("row", { name: /^1栋0101/ }).dblclick();
    const home = page.getByRole("region", { name: "1栋0101" });
    await home.getByText("郝晓东").waitFor();
    const choose = async (name, action) => {
      await button(page, `更多：${name}`).click();
      await page.getByRole("menuitem", { name: action }).click();
    };
    await choose("郝晓东", "更正姓名或电话");
    assert.equal(await field(page, "姓名").inputValue(), "郝晓东");
    await field(page, "电话").fill("13700008888");
    await button(page, "保存").click();
    await home.getByText("137****8888").waitFor();
    await choose("郝晓东", "查看完整电话");
    await field(page, "理由").fill("回电");
    await button(page, "查看").last().click();
    await home.getByText("13700008888").waitFor();
    await choose("汪诗涵", "登记搬离");
    await field(page, "搬离日期", "combobox").fill("昨天");
    await button(page, "记录").last().click();
    await button(home, "更多：郝晓东").waitFor();
    assert.equal(await home.getByText("汪诗涵").count(), 0);
    await home.getByRole("button", { name: "登记业主或用户" }).click();
    await field(page, "姓名").fill("欧阳明日");
    await page.getByRole("radio", { name: "租户" }).click();
    await page.getByRole("form").getByRole("button", { name: "记录" }).click();
    await home.getByText("欧阳明日").waitFor();
    await choose("欧阳明日", "删除个人资料");
    await field(page, "理由").fill("本人要求");
    await page.getByRole("form").getByRole("button", { name: "删除个人资料" }).click();
    const sure = page.getByRole("dialog").getByRole("button", { name: "删除个人资料" });
    await settled(page);
    assert.ok((await sure.boundingBox()).height >= 36, "the box is as high as its words and buttons need");
    await sure.click();
    await button(home, "更多：郝晓东").waitFor();
    assert.equal(await home.getByText("欧阳明日").count(), 0);
    // Who has moved out lives nowhere, and is found at the end of the list.
    await field(page, "筛选", "searchbox").fill("汪诗涵");
    await page.getByRole("row", { name: /^未登记住处 · 汪诗涵/ }).waitFor();
  }));

test("GEN-S5: the notice of next year's holidays is pasted, shown as it was understood, and loaded", () =>
  withSample(async ({ page, address }) => {
    await become(page, "陈国强");
    await go(page, address, "settings/parameters");
    await button(page, /^工作日历.*已知到 2026 年/).click();
    const notice = field(page, "放假通知全文");
    await notice.fill("元旦：1月1日（周五）至3日（周日）放假。");
    await page.getByText("通知里没有写是哪一年。").waitFor();
    await notice.fill("2027年部分节假日安排\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日至11日放假调休。1月31日（周日）、2月20日（周六）上班。");
    await page.getByText("1月1日至1月3日、2月5日至2月11日").waitFor();
    await page.getByText("1月31日、2月20日").waitFor();
    await field(page, "出处").fill("通知");
    await button(page, "载入这一年").click();
    await button(page, /^工作日历.*已知到 2027 年/).waitFor();
  }));

test("a number that two desks changed unawares is listed with both, and settled by a person", () =>
  withDesk(async ({ page, address }) => {
    const folder = temporary("files");
    const run = (...words) => execFileSync(guanjia, words, { encoding: "utf8" }).trim().split("\n").map((line) => JSON.parse(line));
    const choose = async (action) => {
      await button(page, "更多：王建国").click();
      await page.getByRole("menuitem", { name: action }).click();
    };
    await go(page, address, "settings/units");
    await field(page, "房号").first().fill("3-502");
    await button(page, "登记房号").click();
    await page.getByRole("row", { name: /^3-502/ }).dblclick();
    await button(page, "登记业主或用户").last().click();
    await field(page, "姓名").fill("王建国");
    await field(page, "电话").fill("13800001111");
    await page.getByRole("form").getByRole("button", { name: "记录" }).click();
    await button(page, "更多：王建国").waitFor();
    await saved(page);

    // The other desk takes the day in and changes the number; this one does too, before it hears of it.
    await go(page, address, "settings/desk");
    const downloading = page.waitForEvent("download");
    await button(page, "导出移交文件").click();
    const file = path.join(folder, "a.gjslice");
    await (await downloading).saveAs(file);
    const other = path.join(folder, "b.gjdb");
    run("init", other, "--centre", "SZ01", "--name", "天下城管家服务中心", "--desk", "2");
    run("import", other, file);
    const owner = run("query", other, "owners")[0].id;
    fs.writeFileSync(path.join(folder, "change.json"), JSON.stringify({ command: "change_owner", by: "M01", owner, phone: "13800002222" }));
    run("exec", other, path.join(folder, "change.json"));
    run("export-day", other, "--date", new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10), "-o", path.join(folder, "b.gjslice"));
    await go(page, address, "settings/units");
    await choose("更正姓名或电话");
    await field(page, "电话").fill("13800003333");
    await button(page, "保存").click();
    await page.getByText("138****3333").first().waitFor();

    await go(page, address, "headquarters");
    const choosing = page.waitForEvent("filechooser");
    await button(page, "导入文件").click();
    await (await choosing).setFiles(path.join(folder, "b.gjslice"));
    await page.getByRole("tab", { name: "要核对的 1" }).click();
    await button(page, /住户 · 3-502 · 王建国 · 电话：保留“138\*\*\*\*3333”，另一处是“138\*\*\*\*2222”/).click();
    await heading(page, "住户 · 3-502 · 王建国", 2).waitFor();
    await field(page, "理由").fill("已向本人核实");
    await button(page, "以现在的为准").click();
    await page.getByRole("tab", { name: "要核对的 0" }).waitFor();
    await settled(page);
    fs.rmSync(folder, { recursive: true, force: true });
  }));
