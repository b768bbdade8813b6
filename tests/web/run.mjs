// Browser tests: by role and name, in headless Chromium against the page as it is hosted. node run.mjs [--deep] [WORD…]
// runs those whose names hold a word. The last line is "N passed, N failed".
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Profile, built, makeDesk, root, saved, serveBuilt, temporary } from "./browser.mjs";

const deep = process.argv.includes("--deep");
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const guanjia = path.join(root, "build/native/guanjia");

const tests = [];
const test = (name, run) => tests.push({ name, run });

// Text as an input method makes it: a composition that grows, and is then committed.
async function compose(page, text, letters = "tou su") {
  const session = await page.context().newCDPSession(page);
  for (let length = 1; length <= letters.length; ++length) {
    const part = letters.slice(0, length);
    await session.send("Input.imeSetComposition", { text: part, selectionStart: part.length, selectionEnd: part.length });
  }
  await session.send("Input.insertText", { text });
  await session.detach();
}

const field = (page, name, role = "textbox") => page.getByRole(role, { name });
const button = (page, name) => page.getByRole("button", { name });
const rail = (page, name) => page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${name}`) });

// A complaint from the first word to "registered".
async function registerComplaint(page, { words = "投诉电梯噪音", caller = "王建国" } = {}) {
  await rail(page, "接待").click();
  await field(page, "来人姓名", "combobox").fill(caller);
  const need = field(page, "需要什么");
  await need.click();
  await compose(page, words);
  await assertValue(need, words);
  await page.getByRole("radio", { name: "投诉" }).click();
  await button(page, "登记").last().click();
  const heading = page.getByRole("heading", { name: words, level: 1 });
  await heading.waitFor();
  return page.url().split("/").pop();
}

async function assertValue(locator, value) {
  await locator.evaluate((element, wanted) => new Promise((resolve, reject) => {
    const until = performance.now() + 3000;
    const look = () => (element.value === wanted ? resolve() : performance.now() > until ? reject(new Error(`${element.value} instead of ${wanted}`)) : setTimeout(look, 10));
    look();
  }), value);
}

async function withDesk(run, { desk = {}, open = {} } = {}) {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open(open);
  try {
    const page = await profile.page(address);
    await makeDesk(page, desk);
    await run({ page, profile, address, server });
    assert.deepEqual(profile.problems, []);
  } finally {
    await profile.close();
    server.close();
  }
}

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

test("with the network cut the page opens again and works on", () =>
  withDesk(async ({ page, profile }) => {
    await registerComplaint(page);
    await saved(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await profile.context.setOffline(true);
    await page.reload();
    await page.getByRole("heading", { name: "投诉电梯噪音", level: 1 }).waitFor();
    await page.getByText("离线，照常工作").waitFor();
    await registerComplaint(page, { words: "断网时也能登记", caller: "陈丽" });
    await saved(page);
    await page.reload();
    await page.getByRole("heading", { name: "断网时也能登记", level: 1 }).waitFor();
  }));

test("killed right after 'saved' nothing is lost, twenty times over", async () => {
  const { server, address } = await serveBuilt();
  const profile = new Profile();
  const rounds = deep ? 200 : 20;
  const numbers = [];
  try {
    for (let round = 0; round < rounds; ++round) {
      await profile.open();
      const page = await profile.page(`${address}#/today`);
      if (round === 0) await makeDesk(page);
      else await page.getByRole("navigation").waitFor();
      if (numbers.length > 0) {
        await page.goto(`${address}#/tickets/${numbers.at(-1)}`);
        await page.getByRole("heading", { name: `第 ${round - 1} 次`, level: 1 }).waitFor();
      }
      numbers.push(await registerComplaint(page, { words: `第 ${round} 次` }));
      await saved(page);
      await profile.kill();
    }
    assert.equal(new Set(numbers).size, rounds);
    await profile.open();
    const page = await profile.page(`${address}#/tickets`);
    await page.getByText(`${rounds} 未结`).waitFor();
  } finally {
    await profile.close();
    server.close();
  }
});

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

test("a second tab says so and can take over; the first turns read-only and nothing is lost", () =>
  withDesk(async ({ page, profile, address }) => {
    await registerComplaint(page, { words: "先来的" });
    const second = await profile.context.newPage();
    await second.goto(`${address}#/tickets`);
    await second.getByRole("heading", { name: "另一个标签页正在使用管家台" }).waitFor();
    await button(second, "由这里接手").click();
    await second.getByRole("button", { name: /先来的/ }).waitFor();
    await page.bringToFront();
    await page.getByRole("status").filter({ hasText: "只读" }).waitFor();
    await second.bringToFront();
    await registerComplaint(second, { words: "后来的" });
    await saved(second);
    // The first can still read, is refused when it writes, and can take back.
    await page.bringToFront();
    await rail(page, "接待").click();
    await field(page, "来人姓名", "combobox").fill("某人");
    await field(page, "需要什么").fill("写不进去");
    await button(page, "登记").last().click();
    await page.getByRole("alert").first().waitFor();
    await assertValue(field(page, "需要什么"), "写不进去");
    await button(page, "由这里接手").click();
    await rail(page, "工单").click();
    await page.getByRole("button", { name: /后来的/ }).waitFor();
    await page.getByRole("button", { name: /先来的/ }).waitFor();
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
    await press("ArrowLeft");
    await page.getByRole("radio", { name: "投诉", checked: true }).waitFor();
    await press("Control+Enter");
    await page.getByRole("heading", { name: "电梯夜里很响", level: 1 }).waitFor();

    await reach("button", "担责");
    await press("Enter");
    await reach("textbox", "解释或道歉");
    await page.keyboard.insertText("向业主道歉");
    await press("Tab");
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

test("every view has an address; back, forward and a link to a ticket work", () =>
  withDesk(async ({ page, address }) => {
    const number = await registerComplaint(page);
    for (const [name, path] of [["今日", "today"], ["回访", "return-visits"], ["总部", "headquarters"], ["设置", "settings"]]) {
      await rail(page, name).click();
      await page.waitForURL(`${address}#/${path}`);
      await page.getByRole("heading", { name, level: 1 }).waitFor();
    }
    await page.goBack();
    await page.getByRole("heading", { name: "总部", level: 1 }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { name: "设置", level: 1 }).waitFor();
    await page.goto(`${address}#/tickets/${number}`);
    await page.getByRole("heading", { name: "投诉电梯噪音", level: 1 }).waitFor();
    await page.goto(`${address}#/tickets/TS-20990101-Z999`);
    await page.getByText("没有这张工单").waitFor();
    assert.match(await page.title(), /工单 · 管家台/);
  }));

test("idle: at most one frame a minute, none while nothing changes", () =>
  withDesk(async ({ page }) => {
    await saved(page);
    await page.mouse.move(2, 2);
    // Past what is said in passing, and past the turn of a minute.
    await page.waitForTimeout(6500);
    if (new Date().getSeconds() > 45) await page.waitForTimeout((62 - new Date().getSeconds()) * 1000);
    const before = await page.evaluate(() => guanjia.drawn());
    await page.waitForTimeout(8000);
    const drawn = (await page.evaluate(() => guanjia.drawn())) - before;
    assert.ok(drawn <= 1, `${drawn} frames in eight idle seconds`);
  }));

test("a form is printed from a hidden frame, with the centre's name and the ticket's number", () =>
  withDesk(async ({ page }) => {
    const number = await registerComplaint(page);
    await page.evaluate(() => {
      globalThis.printed = new Promise((resolve) => {
        new MutationObserver(() => {
          const frame = document.querySelector(".printed");
          frame?.addEventListener("load", () => resolve(frame.contentDocument.documentElement.outerHTML));
        }).observe(document.body, { childList: true });
      });
    });
    const more = button(page, "更多");
    if (await more.count()) await more.click();
    await page.getByRole("button", { name: "打印受理单" }).or(page.getByRole("menuitem", { name: "打印受理单" })).click();
    const html = await page.evaluate(() => globalThis.printed);
    for (const word of [number, "业主投诉受理单", "天下城管家服务中心", "投诉电梯噪音"]) assert.ok(html.includes(word), word);
    const background = await page.evaluate(() => getComputedStyle(document.querySelector(".printed").contentDocument.querySelector("th")).backgroundColor);
    assert.notEqual(background, "rgba(0, 0, 0, 0)", "the form's style is let through by the security policy");
  }));

test("no request leaves the origin, and the policy lets nothing else in", async () => {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open();
  try {
    const requests = [];
    profile.context.on("request", (request) => requests.push(request.url()));
    const page = await profile.page(address);
    await button(page, "打开示范中心").click();
    await page.getByRole("navigation").waitFor();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    assert.deepEqual(requests.filter((url) => !url.startsWith(address) && !url.startsWith("blob:") && !url.startsWith("data:")), []);
    const blocked = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "globalThis.injected = true";
      document.head.append(script);
      let fetched = true;
      await fetch("https://example.org/").catch(() => (fetched = false));
      return { injected: globalThis.injected === true, fetched };
    });
    assert.deepEqual(blocked, { injected: false, fetched: false });
  } finally {
    await profile.close();
    server.close();
  }
});

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

test("damaged records are told in a sentence and nothing is deleted", async () => {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open();
  try {
    const page = await profile.page(address);
    await makeDesk(page);
    await saved(page);
    const damage = (damaged) =>
      page.evaluate(
        (bytes) =>
          new Promise((resolve, reject) => {
            const opening = indexedDB.open("guanjia");
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const database = opening.result;
              const transaction = database.transaction("meta", "readwrite");
              const meta = transaction.objectStore("meta");
              let before;
              meta.get("head").onsuccess = (event) => {
                before = event.target.result;
                meta.put({ ...before, bytes: new Uint8Array(bytes ?? before.bytes.map((byte, at) => (at === 30 ? byte ^ 1 : byte))) }, "head");
              };
              transaction.oncomplete = () => {
                database.close();
                resolve([...before.bytes]);
              };
            };
          }),
        damaged,
      );
    const before = await damage(null);
    await page.reload();
    await page.getByText(/数据库已损坏/).waitFor();
    await damage(before);
    await button(page, "再试一次").click();
    await page.getByRole("navigation").waitFor();
  } finally {
    await profile.close();
    server.close();
  }
});

test("a lost WebGL context is taken up again", () =>
  withDesk(async ({ page }) => {
    await registerComplaint(page);
    const drawn = await page.evaluate(async () => {
      const canvas = document.getElementById("canvas");
      const extension = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
      extension.loseContext();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const before = guanjia.drawn();
      extension.restoreContext();
      await new Promise((resolve) => setTimeout(resolve, 600));
      return guanjia.drawn() - before;
    });
    assert.ok(drawn > 0);
    const picture = await page.screenshot();
    assert.ok(picture.length > 20_000, "something is drawn again");
    await rail(page, "今日").click();
    await page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
  }));

test("a browser without WebGL 2 gets a sentence", async () => {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open();
  try {
    const page = await profile.context.newPage();
    await page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === "webgl2" ? null : original.call(this, kind, ...rest);
      };
    });
    await page.goto(address);
    await page.getByText("这个浏览器没有 WebGL 2").waitFor();
  } finally {
    await profile.close();
    server.close();
  }
});

let passed = 0;
let failed = 0;
if (!fs.existsSync(path.join(built, "index.html"))) throw new Error("build/web is not there: scripts/build web");
for (const { name, run } of tests) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const started = performance.now();
  try {
    await run();
    passed += 1;
    console.log(`ok     ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error.stack ?? error}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
