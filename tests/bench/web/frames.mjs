// What a frame costs the main thread, and how many are drawn when nothing happens.
import { execFile, spawnSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { Profile, makeDesk, root, saved, serveBuilt } from "../../web/browser.mjs";
import { button, go, rail, settled, withDesk } from "../../web/harness.mjs";
import { line, median, ms, worst } from "./figures.mjs";
import { townFile } from "./town.mjs";

export async function takeIn(page, file, { minutes = 1 } = {}) {
  await rail(page, "总部").click();
  const choosing = page.waitForEvent("filechooser");
  await button(page, "导入文件").click();
  await (await choosing).setFiles(file);
  await page.getByText(/新增 [\d,]+ 条/).waitFor({ timeout: minutes * 60_000 });
  await page.getByRole("status").filter({ hasText: "已保存" }).first().waitFor({ timeout: minutes * 60_000 });
}

// While that long a list is scrolled by 41 px a frame: what each frame takes in the program and in the elements beside it,
// and the CPU time of everything the main thread does for it, layout and paint included.
async function scrolled(page, role, name, frames = 120) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map((each) => [each.name, each.value]));
  const handle = await page.getByRole(role, { name }).first().elementHandle();
  const before = await spent();
  const { times, drawn } = await handle.evaluate(async (list, count) => {
    const within = [list, ...list.querySelectorAll(".scrolls")].find((each) => each.scrollHeight > each.clientHeight + 200) ?? list.closest(".scrolls");
    const all = [];
    const first = guanjia.drawn();
    let seen = first;
    for (let step = 0; step < count; ++step) {
      within.scrollTop += 41;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      const now = guanjia.drawn();
      const kept = guanjia.times();
      for (; seen < now; ++seen) all.push(kept[(seen + 1) % kept.length]);
    }
    return { times: all, drawn: seen - first };
  }, frames);
  const after = await spent();
  await session.detach();
  return { median: median(times), worst: worst(times), cpu: ((after.TaskDuration - before.TaskDuration) * 1000) / drawn, drawn };
}

// While every call of WebGL is answered at once: what is left is the program's and the page's own.
export async function withoutGl(page, work) {
  await page.evaluate(() => {
    const context = WebGL2RenderingContext.prototype;
    globalThis.calls = new Map();
    for (const call of Object.getOwnPropertyNames(context)) {
      const { value } = Object.getOwnPropertyDescriptor(context, call);
      if (typeof value !== "function" || /^(get|is|create|constructor|checkFramebuffer)/.test(call)) continue;
      calls.set(call, value);
      context[call] = () => {};
    }
  });
  const result = await work();
  await page.evaluate(() => {
    for (const [call, value] of calls) WebGL2RenderingContext.prototype[call] = value;
  });
  return result;
}

async function apart(page, role, name) {
  const withGl = await scrolled(page, role, name);
  const without = await withoutGl(page, () => scrolled(page, role, name));
  return { withGl, without };
}

function tell(what, { withGl, without }) {
  line(`frame, ${what}, scrolling, GL apart`, ms(without.median), `goal 4 ms; worst ${ms(without.worst)}, with the software GL ${ms(withGl.median)}`);
  line("    CPU of the main thread with layout and paint", ms(without.cpu), `with the software GL ${ms(withGl.cpu)}; ${without.drawn} frames`);
}

export const frames = () =>
  withDesk(async ({ page, address }) => {
    await saved(page);
    await takeIn(page, townFile({ tickets: 334, closed: false }));
    await go(page, address, "today");
    await page.getByRole("tab", { name: /中心/ }).click();
    await settled(page);
    const count = await page.evaluate(() => Number(/\d{3,}/.exec(document.querySelector("[data-role=tab][aria-selected=true]")?.ariaLabel ?? "")?.[0] ?? 0));
    tell(`Today with ${count.toLocaleString("en")} duties`, await apart(page, "list", "时限"));
    await go(page, address, "gallery/table-large");
    await settled(page);
    tell("table with 100,000 rows", await apart(page, "grid", "欠费"));
  }, { open: { size: { width: 1440, height: 900 } } });

export async function idle() {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open();
  const page = await profile.page(address);
  await makeDesk(page);
  await saved(page);
  await page.mouse.move(2, 2);
  await page.waitForTimeout(7000);
  const drawn = () => page.evaluate(() => guanjia.drawn());
  const before = await drawn();
  await page.waitForTimeout(120_000);
  line("frames while idle, a minute", ((await drawn()) - before) / 2, "goal 1, over two minutes");
  // A window that is put away; where the browser will not say that it is, the page is told so.
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: "minimized" } }).catch(() => {});
  await page.waitForTimeout(500);
  const really = await page.evaluate(() => document.hidden);
  if (!really)
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { get: () => true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
  await page.waitForTimeout(500);
  const hidden = await drawn();
  await page.waitForTimeout(65_000);
  line("frames while hidden, in 65 seconds", (await drawn()) - hidden, `goal 0; ${really ? "the window was minimised" : "the page was told that it is hidden"}`);
  await profile.close();
  server.close();
}

// The search as the page runs it, compiled the same way, over 100,000 made-up tickets (tests/bench/search_bench.cpp); and
// from a key to the frame with what was found, in the page itself, over as many as it took in.
export async function search(numbers) {
  const { stdout } = await promisify(execFile)("node", [...noFetch(), path.join(root, "build/web-build/search_bench.js")]);
  const [, median_ms, worst_ms] = /median ([\d.]+) ms, worst ([\d.]+) ms/.exec(stdout);
  line("keystroke to search results over 100,000 tickets, as WebAssembly", `${median_ms} ms`, `goal 30 ms; worst ${worst_ms} ms, under node; scripts/bench engine search: native`);
  await searchInPage(numbers);
}
// Node's own fetch cannot read the program beside the script; newer nodes may lose the switch.
const noFetch = () => (spawnSync("node", ["--no-experimental-fetch", "-e", "0"]).status === 0 ? ["--no-experimental-fetch"] : []);

const searchInPage = ({ tickets }) =>
  withDesk(async ({ page, address }) => {
    await saved(page);
    const file = townFile({ tickets, closed: true });
    const made = performance.now();
    await takeIn(page, file, { minutes: 20 });
    const taken = performance.now();
    await go(page, address, "today");
    await settled(page);
    const box = page.getByRole("combobox", { name: /搜索/ });
    await box.click();
    const times = await box.evaluate(async (element) => {
      const all = [];
      for (const query of ["zs", "zhangsan", "1802", "2026112", "电梯", "电ti", "loushui", "漏水 z", "没有的词", "半夜有异响"])
        for (let length = 1; length <= query.length; ++length) {
          element.value = query.slice(0, length);
          element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
          const before = guanjia.drawn();
          while (guanjia.drawn() === before) await new Promise((resolve) => requestAnimationFrame(resolve));
          const kept = guanjia.times();
          all.push(kept[guanjia.drawn() % kept.length]);
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
      return all;
    });
    const found = await page.getByRole("option").count();
    line(`keystroke to search results over ${tickets.toLocaleString("en")} tickets, in the page`, ms(median(times)), `goal 30 ms; worst ${ms(worst(times))}, ${times.length} keystrokes, frame and software GL included; ${found} results shown`);
    line("    until the page had taken them in", `${Math.round((taken - made) / 1000)} s`);
  }, { open: { size: { width: 1440, height: 900 } } });
