// Nothing that was saved is lost.
import assert from "node:assert/strict";
import { Profile, makeDesk, saved, serveBuilt } from "./browser.mjs";
import { assertValue, button, deep, field, rail, registerComplaint, test, withDesk } from "./harness.mjs";

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
