// Day files: out, in, and what is wrong with some.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Profile, makeDesk, root, saved, temporary } from "./browser.mjs";
import { button, rail, registerComplaint, test, withDesk } from "./harness.mjs";

const guanjia = path.join(root, "build/native/guanjia");

test("the day file goes to headquarters in another profile and to guanjia import: the same rows and hashes", () =>
  withDesk(async ({ page, address }) => {
    const number = await registerComplaint(page);
    await saved(page);
    await rail(page, "设置").click();
    const downloading = page.waitForEvent("download");
    await button(page, "导出移交文件").click();
    const download = await downloading;
    const folder = temporary("files");
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    assert.match(path.basename(file), /^SZ01-A-\d{4}-\d\d-\d\d\.gjslice$/);

    const headquarters = await new Profile().open();
    try {
      const office = await headquarters.page(address);
      await makeDesk(office, { centre: "HQ", name: "总部", headquarters: true });
      await rail(office, "总部").click();
      const choosing = office.waitForEvent("filechooser");
      await button(office, "导入文件").click();
      await (await choosing).setFiles(file);
      await office.getByText(/新增 \d+ 条，已有 0 条/).waitFor();
      await rail(office, "工单").click();
      await office.getByRole("button", { name: new RegExp(number) }).waitFor();
      // Again: nothing new.
      await rail(office, "总部").click();
      const again = office.waitForEvent("filechooser");
      await button(office, "导入文件").click();
      await (await again).setFiles(file);
      await office.getByText(/新增 0 条，已有 \d+ 条/).waitFor();
      assert.deepEqual(headquarters.problems, []);
    } finally {
      await headquarters.close();
    }

    const run = (...words) => execFileSync(guanjia, words, { encoding: "utf8" }).trim().split("\n").map((line) => JSON.parse(line));
    const database = path.join(folder, "hq.gjdb");
    run("init", database, "--centre", "HQ", "--name", "总部", "--desk", "1");
    const [imported] = run("import", database, file);
    assert.equal(imported.ok, true);
    const [inspected, ...entries] = run("inspect", file, "--entries");
    assert.equal(inspected.ok, true);
    const journal = run("journal", database);
    assert.deepEqual(journal.map((entry) => entry.hash), entries.map((entry) => entry.hash));
    const tickets = run("query", database, "tickets");
    assert.deepEqual(tickets.map((ticket) => ticket.number), [number]);
    assert.equal(tickets[0].words, "投诉电梯噪音");
    assert.equal(run("check", database)[0].ok, true);
    fs.rmSync(folder, { recursive: true, force: true });
  }));

test("two centres that gave one number to two tickets are both read at headquarters, and so are two people of one work number", () =>
  withDesk(async ({ page, profile, address }) => {
    const folder = temporary("files");
    for (const centre of ["SZ01", "SZ02"]) {
      const desk = await new Profile().open();
      try {
        const front = await desk.page(address);
        await makeDesk(front, { centre, name: centre, manager: `经理${centre}` });
        await registerComplaint(front, { words: `事情${centre}` });
        await saved(front);
        await rail(front, "设置").click();
        const downloading = front.waitForEvent("download");
        await button(front, "导出移交文件").click();
        await (await downloading).saveAs(path.join(folder, `${centre}.gjslice`));
      } finally {
        await desk.close();
      }
      await rail(page, "总部").click();
      const choosing = page.waitForEvent("filechooser");
      await button(page, "导入文件").click();
      await (await choosing).setFiles(path.join(folder, `${centre}.gjslice`));
      await page.getByText(`${centre}`, { exact: false }).first().waitFor();
      await page.getByText(/新增 \d+ 条，已有 0 条/).nth(centre === "SZ01" ? 0 : 1).waitFor();
    }
    for (const centre of ["SZ01", "SZ02"]) {
      await rail(page, "工单").click();
      await page.getByRole("button", { name: new RegExp(`事情${centre}`) }).click();
      await page.getByRole("heading", { name: `事情${centre}`, level: 1 }).waitFor();
    }
    await button(page, /^当班：/).click();
    await page.getByRole("dialog").getByRole("button", { name: /经理SZ02/ }).waitFor();
    assert.equal(await page.getByRole("dialog").getByRole("button").count(), 3);
    await page.keyboard.press("Escape");
    await rail(page, "今日").click();
    await page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
    assert.deepEqual(profile.problems, []);
    fs.rmSync(folder, { recursive: true, force: true });
  }, { desk: { centre: "HQ", name: "总部", headquarters: true } }));

test("a damaged file is refused with a sentence and the desk goes on", () =>
  withDesk(async ({ page }) => {
    await rail(page, "总部").click();
    for (const [name, bytes, sentence] of [
      ["垃圾.gjslice", Buffer.from("not a slice at all"), "这不是管家台的数据文件"],
      ["空.gjslice", Buffer.alloc(0), "这不是管家台的数据文件"],
    ]) {
      const choosing = page.waitForEvent("filechooser");
      await button(page, "导入文件").click();
      await (await choosing).setFiles({ name, mimeType: "application/octet-stream", buffer: bytes });
      await page.getByRole("alert").filter({ hasText: sentence }).first().waitFor();
    }
    await registerComplaint(page);
  }));
