// Tables of other programs in the page: chosen, dropped or pasted; mapped by a person; every row's fate told.
import assert from "node:assert/strict";
import { button, field, go, heading, settled, test, withSample } from "./harness.mjs";
import { workbook } from "./workbook.mjs";

const choose = (page, name, content) => page.setInputFiles("#files", { name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
const takes = (page, count) => button(page, `导入 ${count} 行`);
const done = (page, count) => page.getByRole("status").filter({ hasText: `导入完成：${count} 行` }).waitFor({ timeout: 60_000 });

async function map(page, column, words) {
  const box = field(page, `“${column}”是`, "combobox");
  await box.click();
  await box.fill(words);
  await page.getByRole("option", { name: words }).first().click();
  await settled(page);
}

test("old tickets come from a CSV whose columns a person maps: each row's fate is told first, and the mapping is kept", () =>
  withSample(async ({ page, address }) => {
    const rows = ["Nr,When,Ended,What,Note"];
    for (let index = 0; index < 300; ++index) rows.push(`N${index},02/${String(1 + (index % 28)).padStart(2, "0")}/2025 09:15:00 AM,${index % 2 ? "03/01/2025 10:00:00 AM" : ""},"走廊灯不亮，第 ${index} 次",x`);
    rows.push("N300,soon,,没有日期,x", "N301,02/20/2025,02/19/2025,早于登记,x", "N7,02/20/2025,,重复的,x");
    await go(page, address, "settings/intake");
    await page.getByRole("radio", { name: "旧工单" }).click();
    await settled(page);
    await choose(page, "old.csv", rows.join("\r\n"));
    // What its headings do not say is asked for.
    await page.getByRole("alert").filter({ hasText: "原编号：必填，请指定是哪一列。" }).waitFor();
    await map(page, "Nr", "原编号");
    await map(page, "When", "登记时间");
    await map(page, "Ended", "完成时间");
    await map(page, "What", "内容");
    await takes(page, 300).waitFor({ timeout: 60_000 });
    await page.getByRole("tab", { name: "有问题 2" }).click();
    await page.getByText("完成时间 2025-02-19T00:00 早于登记时间").waitFor();
    await page.getByRole("tab", { name: "重复 1" }).waitFor();
    const saving = page.waitForEvent("download");
    await button(page, "下载有问题的 2 行").click();
    const refused = (await (await saving).createReadStream()).setEncoding("utf8");
    let text = "";
    for await (const chunk of refused) text += chunk;
    assert.match(text, /N300,soon,,没有日期,x,“soon”不是看得懂的日期。/);
    await takes(page, 300).click();
    await done(page, 300);
    await button(page, "完成").click();
    await button(page, "选择文件").waitFor();

    // The same table again: nothing comes twice, and nobody maps it again.
    await choose(page, "old.csv", rows.join("\r\n"));
    await page.getByRole("tab", { name: "已有 301" }).waitFor({ timeout: 60_000 });
    assert.equal(await field(page, "“When”是", "combobox").inputValue(), "登记时间");
    await button(page, "放弃").click();
    await button(page, "选择文件").waitFor();
  }));

test("people come from a workbook with dates as numbers, and from what is pasted; a GBK file is read", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "settings/intake");
    await choose(page, "people.xlsx", workbook([["姓名", "电话", "房号", "入住日期"], ["郑成功", "13900001111", "99-101", 45000.375], ["冯十", "13900002222", "99-102", 45001]]));
    await takes(page, 2).click();
    await done(page, 2);
    await button(page, "完成").click();
    await button(page, "选择文件").waitFor();

    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "姓名\t电话\t房号\n郑成功\t13900001111\t99-101\n卫十一\t13900003333\t\"99-103\"\n");
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    });
    await heading(page, "粘贴的表格", 2).waitFor();
    await page.getByRole("tab", { name: "已有 1" }).waitFor();
    await takes(page, 1).click();
    await done(page, 1);
    await button(page, "完成").click();
    await button(page, "选择文件").waitFor();

    // 房号,姓名 / 99-104,赵六 as an old spreadsheet saves it.
    await choose(page, "gbk.csv", [0xb7, 0xbf, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0x39, 0x39, 0x2d, 0x31, 0x30, 0x34, 0x2c, 0xd5, 0xd4, 0xc1, 0xf9, 0x0a]);
    await page.getByText("GBK · 2 行 × 2 列").waitFor();
    await takes(page, 1).click();
    await done(page, 1);
    await go(page, address, "settings/units");
    await field(page, "筛选", "searchbox").fill("99-10");
    for (const name of ["郑成功", "冯十", "卫十一", "赵六"]) await page.getByRole("row", { name: new RegExp(name) }).waitFor();
  }));

test("a file that cannot be read, or is too large to be, keeps none of the others away", () =>
  withSample(async ({ page, address, profile }) => {
    await go(page, address, "settings/intake");
    await page.evaluate(() => {
      // As of a folder, or of a stick that was pulled out.
      const { arrayBuffer } = Blob.prototype;
      globalThis.read = [];
      Blob.prototype.arrayBuffer = async function () {
        globalThis.read.push(this.name);
        if (this.name === "gone.csv") throw new DOMException("The file is gone.", "NotReadableError");
        return arrayBuffer.call(this);
      };
      const { get } = Object.getOwnPropertyDescriptor(Blob.prototype, "size");
      Object.defineProperty(Blob.prototype, "size", {
        get() {
          return this.name === "huge.csv" ? 600 * 2 ** 20 : get.call(this);
        },
      });
    });
    const given = [["gone.csv", ""], ["huge.csv", ""], ["people.csv", "房号,姓名\n99-105,钱七\n"]];
    const unhandled = [];
    page.on("pageerror", (error) => unhandled.push(String(error)));
    for (const give of [
      () => page.setInputFiles("#files", given.map(([name, content]) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) }))),
      () =>
        page.evaluate((files) => {
          const transfer = new DataTransfer();
          for (const [name, content] of files) transfer.items.add(new File([content], name, { type: "text/csv" }));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }, given),
    ]) {
      await give();
      await takes(page, 1).waitFor();
      await page.getByText("文件“huge.csv”太大").first().waitFor();
      await button(page, "放弃").click();
      await button(page, "选择文件").waitFor();
      assert.deepEqual(await page.evaluate(() => read.splice(0)), ["gone.csv", "people.csv"]);
    }
    assert.deepEqual(unhandled, []);
    assert.equal(await page.evaluate(() => document.getElementById("files").value), "");
    assert.deepEqual(profile.problems, []);
    await page.setInputFiles("#files", [{ name: "gone.csv", mimeType: "text/csv", buffer: Buffer.from("") }]);
    await page.getByText("文件“gone.csv”读不出来").first().waitFor();
  }));

test("what is no table is told in a sentence, and the page goes on", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "settings/intake");
    for (const [name, content, words] of [
      ["old.xls", "\u00d0\u00cf\u0011\u00e0", "旧格式"],
      ["empty.csv", "", "表格是空的"],
      ["open.csv", 'a,"b\nc,d\n', "引号一直没有结束"],
      ["x.xlsx", "PK\u0003\u0004", "文件损坏了"],
    ]) {
      await choose(page, name, Buffer.from(content, "latin1"));
      await page.getByText(words).waitFor();
      await button(page, "放弃").click();
      await button(page, "选择文件").waitFor();
    }
  }));
