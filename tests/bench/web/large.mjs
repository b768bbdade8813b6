// A page whose records hold as many tickets as a large centre registers in a year: how it starts, and how long it takes
// from what a person does to the frame that shows it. Then what registering a ticket costs beside a bare commit.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { Profile, root, saved, serveBuilt } from "../../web/browser.mjs";
import { sampleTime, settled } from "../../web/harness.mjs";
import { line, mark, median, ms, worst } from "./figures.mjs";
import { withoutGl } from "./frames.mjs";

// The records as a page keeps them, made by the engine's benchmark; kept in build, since that takes minutes.
function townBlocks(tickets) {
  const bench = path.join(root, "build/native/guanjia_bench");
  const fingerprint = execFileSync(bench, ["fingerprint"], { encoding: "utf8" }).trim().slice(0, 8);
  const kept = path.join(root, `build/bench/town-${tickets}-${fingerprint}.blocks`);
  if (fs.existsSync(kept)) return kept;
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  console.log(execFileSync(bench, ["town", String(tickets), `${kept}.new`, sampleTime.slice(0, 16)], { encoding: "utf8" }).trim());
  fs.renameSync(`${kept}.new`, kept);
  return kept;
}

// Puts them where the page will look, before it has ever been there.
async function putRecords(page, file) {
  const server = http.createServer((_, response) => {
    response.setHeader("access-control-allow-origin", "*");
    fs.createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  await page.evaluate(async (address) => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("guanjia", 1);
      request.onupgradeneeded = () => ["meta", "log", "segment"].forEach((name) => request.result.createObjectStore(name));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const keep = (records) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction(["meta", "log", "segment"], "readwrite");
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
        for (const [area, first, second, bytes] of records)
          if (area === 255) transaction.objectStore("meta").put({ epoch: first, sequence: second, bytes }, "head");
          else transaction.objectStore(["log", "segment"][area]).put(bytes, [first, second]);
      });
    const reader = (await fetch(address)).body.getReader();
    let rest = new Uint8Array(0);
    for (let done = false; !done; ) {
      const parts = [rest];
      let size = rest.length;
      while (size < 32 << 20) {
        const read = await reader.read();
        if ((done = read.done)) break;
        parts.push(read.value);
        size += read.value.length;
      }
      const bytes = new Uint8Array(size);
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      const records = [];
      for (at = 0; at + 32 <= size; ) {
        const [area, first, second, length] = [0, 8, 16, 24].map((offset) => Number(new DataView(bytes.buffer).getBigUint64(at + offset, true)));
        if (at + 32 + length > size) break;
        records.push([area, first, second, bytes.slice(at + 32, at + 32 + length)]);
        at += 32 + length;
      }
      rest = bytes.slice(at);
      await keep(records);
    }
    database.close();
  }, `http://127.0.0.1:${server.address().port}/`);
  server.close();
}

// What the page is watched by: the clock stands at the town's last moment, every long task is kept, and a deed is timed.
function watch(time) {
  globalThis.Date = class extends Date {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [time]));
    }
    static now() {
      return time;
    }
  };
  globalThis.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => ({ at: each.startTime, time: each.duration })))).observe({ type: "longtask", buffered: true });
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  const listed = (name) => document.querySelector(`[role=grid][aria-label="${name}"]`) ?? document.querySelector(`ul[aria-label="${name}"]`);
  globalThis.deeds = {
    press: (role, name) => {
      const found = [...document.querySelectorAll(`[data-role="${role}"]`)].find((each) => each.ariaLabel === name || each.ariaLabel?.startsWith(`${name}，`) || (each.ariaLabel ?? each.textContent).startsWith(name));
      if (!found) throw new Error(`no ${role} ${name}`);
      found.click();
    },
    write: (role, name, text) => {
      const found = [...document.querySelectorAll(`[data-role="${role}"]`)].find((each) => each.ariaLabel === name);
      if (!found) throw new Error(`no ${role} ${name}`);
      found.value = text;
      found.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
    },
  };
  globalThis.shown = {
    list: (name) => Boolean(listed(name)?.children.length),
    // Other rows than before the deed.
    changed: (name, before) => listed(name)?.innerHTML !== before,
    address: (part) => location.hash.includes(part),
  };
  globalThis.timed = async ([deed, ...words], [look, ...what]) => {
    const content = listed(what[0])?.innerHTML;
    const first = guanjia.drawn();
    const started = performance.now();
    deeds[deed](...words);
    do {
      await frame();
      if (performance.now() - started > 20_000) throw new Error(`${deed} ${words}: not shown after 20 s`);
    } while (guanjia.drawn() === first || !shown[look](...what, content));
    const elapsed = performance.now() - started;
    const drawn = guanjia.drawn();
    const of = (ring) => Array.from({ length: Math.min(drawn - first, ring.length) }, (_, index) => ring[(drawn - index) % ring.length]);
    return { elapsed, frames: drawn - first, worst: Math.max(...of(guanjia.times())), asked: Math.max(...of(guanjia.asked())) };
  };
}

async function measured(page, name, runs, deed, shown, back, backShown) {
  const repeated = async () => {
    const results = [];
    for (let run = 0; run < runs; ++run) {
      results.push(await page.evaluate(([deed, shown]) => timed(deed, shown), [deed, shown]));
      await settled(page);
      if (!back) continue;
      await page.evaluate(([deed, shown]) => timed(deed, shown), [back, backShown ?? shown]);
      await settled(page);
    }
    return (pick) => results.map(pick);
  };
  try {
    const of = await repeated();
    const apart = await withoutGl(page, repeated);
    const elapsed = (each) => each.elapsed;
    line(name, ms(median(apart(elapsed))), `goal 50 ms, GL apart; with the software GL ${ms(median(of(elapsed)))}, worst ${ms(worst(of(elapsed)))}; frames ${median(of((each) => each.frames))}, the worst of them ${ms(median(of((each) => each.worst)))}, of that the desk ${ms(median(of((each) => each.asked)))}`);
  } catch (error) {
    line(name, "not measured", String(error.message).split("\n")[0]);
  }
}

export async function large({ runs, large: tickets }) {
  const file = townBlocks(tickets);
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open({ size: { width: 1440, height: 900 } });
  profile.context.setDefaultTimeout(120_000);
  const page = await profile.page(`${address}nothing`);
  await putRecords(page, file);
  await page.close();
  await started(profile, address, tickets);
  const page_now = await started(profile, address, tickets, true);
  await actions(page_now, runs);
  await registering(page_now, runs);
  await profile.close();
  server.close();
}

// From nothing to the first frame, and until every ticket is in the lists.
async function started(profile, address, tickets, last = false) {
  const page = await profile.context.newPage();
  await page.addInitScript(watch, Date.parse(sampleTime));
  await page.goto(address);
  const first = await mark(page, "first-frame");
  const records = await mark(page, "records");
  await page.getByRole("navigation").waitFor();
  await settled(page);
  const { all, tasks } = await page.evaluate(() => ({ all: performance.now(), tasks: globalThis.tasks }));
  if (last) {
    line(`start with ${tickets.toLocaleString("en")} tickets to the first frame with data`, ms(first), `records there after ${ms(records)}`);
    line("    until all of them are in the lists", ms(all));
    const before = tasks.filter((each) => each.at < first);
    const after = tasks.filter((each) => each.at >= first);
    line("    longest task until the first frame, and after it", `${ms(worst([0, ...before.map((each) => each.time)]))}, ${ms(worst([0, ...after.map((each) => each.time)]))}`, `goal 50 ms; ${before.length} and ${after.length} longer than that`);
    return page;
  }
  await page.close();
  return page;
}

async function actions(page, runs) {
  const open = (place, list) => [["press", "button", place], ["list", list]];
  const tab = (name, list) => [["press", "tab", name], ["changed", list]];
  const go = async (place, list) => {
    await page.evaluate(([deed, shown]) => timed(deed, shown), open(place, list));
    await settled(page);
  };
  await page.evaluate(() => deeds.press("tab", "全中心"));
  await settled(page);
  await measured(page, "Tickets opened", runs, ...open("工单", "工单"), ...open("今日", "时限"));
  await measured(page, "Today opened, all duties", runs, ...open("工单", "工单"), ...open("今日", "时限"));
  await go("工单", "工单");
  for (const name of ["全部", "已结案", "待回访"]) await measured(page, `Tickets: ${name}`, runs, ...tab(name, "工单"), ...tab("待办", "工单"));
  await page.evaluate(() => deeds.press("tab", "全部"));
  await settled(page);
  for (const text of ["漏水", "1802", "dianti", "没有的词"]) await measured(page, `all tickets filtered by “${text}”`, runs, ["write", "searchbox", "筛选工单", text], ["changed", "工单"], ["write", "searchbox", "筛选工单", ""], ["changed", "工单"]);
  await measured(page, "Figures opened", runs, ...open("统计", "要紧的数字"), ...open("工单", "工单"));
  await go("统计", "要紧的数字");
  await page.evaluate(() => deeds.press("tab", "近一年"));
  await settled(page);
  for (const name of ["按日", "按月", "按人", "按类别", "按类型"]) await measured(page, `Figures of a year: ${name}`, runs, ...tab(name, "要紧的数字"), ...tab("按周", "要紧的数字"));
  for (const name of ["本周", "本月", "近三个月"]) await measured(page, `Figures: ${name}`, runs, ...tab(name, "要紧的数字"), ...tab("近一年", "要紧的数字"));
  await measured(page, "Figures by clause, a year", runs, ["press", "tab", "条款执行"], ["list", "条款执行"], ["press", "tab", "服务"], ["list", "要紧的数字"]);
  await measured(page, "Return visit survey, a year", runs, ["press", "tab", "回访满意度"], ["list", "回访满意度"], ["press", "tab", "服务"], ["list", "要紧的数字"]);
}

// From the press of the button until the page says that the ticket is saved, beside one durable commit of as many bytes
// by the browser alone. In turn, so that both meet the same machine.
async function registering(page, runs) {
  await page.evaluate(() => {
    globalThis.put = 0;
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, ...rest) {
      globalThis.put += (value.bytes ?? value).byteLength ?? 0;
      return put.call(this, value, ...rest);
    };
    const status = () => [...document.querySelectorAll("[role=status]")].map((each) => each.textContent + (each.ariaLabel ?? "")).join();
    globalThis.registered = async () => {
      globalThis.put = 0;
      const first = guanjia.drawn();
      const started = performance.now();
      [...document.querySelectorAll('[data-role="button"]')].filter((each) => (each.ariaLabel ?? each.textContent).startsWith("登记")).at(-1).click();
      for (;;) {
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        const words = status();
        // What was typed is kept as well, and says "saved" before: only what comes with the ticket's own address counts.
        if (location.hash.startsWith("#/tickets/") && globalThis.put > 0 && words.includes("已保存")) break;
        if (performance.now() - started > 20_000) throw new Error(`not saved after 20 s: ${words}`);
      }
      return { time: performance.now() - started, frames: guanjia.drawn() - first, bytes: globalThis.put };
    };
    globalThis.bare = async (bytes) => {
      globalThis.bareStore ??= await new Promise((resolve, reject) => {
        const request = indexedDB.open("bare", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("bytes");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const value = crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536)));
      const whole = new Uint8Array(bytes).map((_, index) => value[index % value.length]);
      const started = performance.now();
      await new Promise((resolve, reject) => {
        const transaction = bareStore.transaction("bytes", "readwrite", { durability: "strict" });
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
        transaction.objectStore("bytes").put(whole, started);
      });
      return performance.now() - started;
    };
  });
  // Whoever is at the desk at first need not be one who registers.
  await page.getByRole("button", { name: /^当班：/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /管家/ }).first().click();
  await settled(page);
  const ours = [];
  const theirs = [];
  for (let run = 0; run < runs + 1; ++run) {
    await page.evaluate(() => deeds.press("button", "接待"));
    await settled(page);
    await page.getByRole("combobox", { name: "来人姓名" }).fill("王建国");
    await page.getByRole("textbox", { name: "需要什么" }).fill(`第 ${run + 1} 次：楼上半夜拖桌子，睡不好`);
    await page.getByRole("radio", { name: "投诉" }).click();
    await settled(page);
    const result = await page.evaluate(() => registered());
    const bare = [];
    for (let time = 0; time < 3; ++time) bare.push(await page.evaluate((bytes) => globalThis.bare(bytes), result.bytes));
    await settled(page);
    // The first one makes what the others find.
    if (run === 0) continue;
    ours.push(result);
    theirs.push(median(bare));
  }
  const time = median(ours.map((each) => each.time));
  line("registering a ticket until it is saved, to a bare durable commit", (time / median(theirs)).toFixed(2), `${ms(time)} in ${median(ours.map((each) => each.frames))} frames, against ${ms(median(theirs))} for ${Math.round(median(ours.map((each) => each.bytes)) / 1024)} KB`);
}
