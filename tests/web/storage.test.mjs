// Nothing that was saved is lost.
import assert from "node:assert/strict";
import fs from "node:fs";
import { Profile, makeDesk, saved, serveBuilt } from "./browser.mjs";
import { act, assertValue, button, deep, field, rail, registerComplaint, test, withDesk } from "./harness.mjs";

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
    await page.getByText(`${rounds} 件待办`).waitFor();
  } finally {
    await profile.close();
    server.close();
  }
}, { long: true });

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

test("taking over is begun once, however often it is pressed while the records are read", () =>
  withDesk(async ({ page, profile, address }) => {
    await registerComplaint(page, { words: "先来的" });
    await saved(page);
    // It hangs, and hands nothing over.
    await page.addInitScript(() => (globalThis.BroadcastChannel = class {}));
    await page.reload();
    await page.getByRole("heading", { name: "先来的", level: 1 }).waitFor();
    const second = await profile.context.newPage();
    await second.addInitScript(() => {
      globalThis.begun = 0;
      const openCursor = IDBObjectStore.prototype.openCursor;
      IDBObjectStore.prototype.openCursor = function (...rest) {
        globalThis.begun += this.name === "log" ? 1 : 0;
        return openCursor.apply(this, rest);
      };
      // As of a large database on a slow disk; asked for something meanwhile, the transaction stays open.
      const further = IDBCursor.prototype.continue;
      IDBCursor.prototype.continue = function () {
        const until = performance.now() + 50;
        const wait = () => (performance.now() < until ? (this.source.get(0).onsuccess = wait) : further.call(this));
        wait();
      };
    });
    await second.goto(`${address}#/tickets`);
    const take = button(second, "由这里接手");
    await take.click();
    await second.waitForTimeout(400);
    await take.click();
    await second.getByRole("button", { name: /先来的/ }).waitFor();
    // By now the second press would have had its way.
    await second.waitForTimeout(1000);
    assert.equal(await second.evaluate(() => globalThis.begun), 1);
    await registerComplaint(second, { words: "后来的" });
    await saved(second);
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

const picture = async (page) =>
  Buffer.from(
    await page.evaluate(() => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
      canvas.getContext("2d").fillRect(0, 0, 9, 9);
      return canvas.toDataURL("image/png").split(",")[1];
    }),
    "base64",
  );
// The keys of the log's records; one of them is spoilt by a bit.
const log = (page, spoilt = null) =>
  page.evaluate(
    (spoilt) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("guanjia");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction("log", "readwrite");
          const records = transaction.objectStore("log");
          let keys = [];
          if (spoilt)
            records.get(spoilt).onsuccess = ({ target }) => {
              const bytes = target.result.slice();
              bytes[100] ^= 1;
              records.put(bytes, spoilt);
            };
          else records.getAllKeys().onsuccess = ({ target }) => (keys = target.result);
          transaction.oncomplete = () => {
            database.close();
            resolve(keys);
          };
        };
      }),
    spoilt,
  );
const photosHeld = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("guanjia-photos", 1);
        opening.onsuccess = () => {
          opening.result.transaction("photo").objectStore("photo").getAllKeys().onsuccess = ({ target }) => {
            opening.result.close();
            resolve(target.result.length);
          };
        };
      }),
  );

test("saves that a disk has damaged are told of before anything is written, and their photos stay", () =>
  withDesk(async ({ page }) => {
    await registerComplaint(page, { words: "读得出的" });
    await saved(page);
    const before = await log(page);
    const choosing = page.waitForEvent("filechooser");
    await act(page, "添加照片");
    await (await choosing).setFiles({ name: "a.png", mimeType: "image/png", buffer: await picture(page) });
    await page.getByRole("button", { name: /照片 1\/1/ }).waitFor();
    await saved(page);
    const fresh = (await log(page)).filter((key) => !before.some((known) => known.join() === key.join()));
    await log(page, fresh[0]);
    await page.reload();
    await page.getByRole("heading", { name: "有记录没能读出" }).waitFor();
    await page.getByText(/损坏了最近的 \d+ 次保存/).waitFor();
    const downloading = page.waitForEvent("download");
    await button(page, "存成文件").click();
    assert.equal((await downloading).suggestedFilename(), "guanjia-rescue.gjdb");
    // Nothing was decided: it is told again.
    await page.reload();
    await button(page, "继续使用").click();
    await rail(page, "工单").click();
    await page.getByRole("button", { name: /读得出的/ }).click();
    await registerComplaint(page, { words: "后来的" });
    await saved(page);
    await page.reload();
    await page.getByRole("heading", { name: "后来的", level: 1 }).waitFor();
    await saved(page);
    assert.equal(await photosHeld(page), 1);
  }));

test("records that the browser removes under an open page are kept by it, and offered as a file", () =>
  withDesk(async ({ page, address }) => {
    await registerComplaint(page, { words: "先来的" });
    await saved(page);
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(address).origin, storageTypes: "indexeddb" });
    // What is typed is kept as a draft, and finds the store empty.
    await rail(page, "接待").click();
    await field(page, "需要什么").fill("后来的");
    await page.getByText("浏览器里的记录被清除了", { exact: false }).first().waitFor();
    assert.equal(await button(page, "由这里接手").count(), 0);
    const downloading = page.waitForEvent("download");
    await button(page, "存成文件").click();
    assert.ok(fs.readFileSync(await (await downloading).path()).includes("先来的"));
    await assertValue(field(page, "需要什么"), "后来的");
  }));

test("who is taken over while something is not saved keeps it, and offers it as a file", () =>
  withDesk(async ({ page, profile, address }) => {
    await saved(page);
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new Error("no room");
      };
    });
    await registerComplaint(page, { words: "存不进去的" });
    await page.getByRole("status").filter({ hasText: "没有保存" }).waitFor();
    const second = await profile.context.newPage();
    await second.goto(`${address}#/tickets`);
    await button(second, "由这里接手").click();
    await second.getByRole("navigation").waitFor();
    await page.bringToFront();
    await page.getByText("有记录没来得及写进浏览器", { exact: false }).first().waitFor();
    const downloading = page.waitForEvent("download");
    await button(page, "存成文件").click();
    assert.ok(fs.readFileSync(await (await downloading).path()).includes("存不进去的"));
  }));

test("a browser that has lost the records says so, and is not taken for a new one", () =>
  withDesk(async ({ page, address }) => {
    await saved(page);
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(address).origin, storageTypes: "indexeddb" });
    await page.reload();
    await page.getByText("这个浏览器里原有“天下城管家服务中心”的记录", { exact: false }).first().waitFor();
    await makeDesk(page);
    await saved(page);
    await page.reload();
    await page.getByRole("navigation").waitFor();
  }));
