// A headless Chromium with the page in it: what the tests, the pictures and the benchmarks share.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/lib/serve.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const built = path.join(root, "build/web");

const flags = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-quic",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];
// The one without a window's furniture: it starts in half the time.
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";

export const temporary = (name) => fs.mkdtempSync(path.join(os.tmpdir(), `guanjia-${name}-`));

// One browser profile: a desk of its own. Closed by close(), which leaves the profile for the next one unless told.
export class Profile {
  constructor(folder = temporary("profile")) {
    this.folder = folder;
    this.problems = [];
  }
  async open({ size = { width: 1024, height: 700 }, ratio = 1, args = [], ...more } = {}) {
    this.context = await chromium.launchPersistentContext(this.folder, {
      executablePath,
      headless: true,
      args: [...flags, ...args],
      viewport: size,
      deviceScaleFactor: ratio,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      acceptDownloads: true,
      ...more,
    });
    this.context.setDefaultTimeout(10_000);
    // Refused in a browser without windows; elsewhere people have not been asked yet.
    await this.context.addInitScript(() => Object.defineProperty(Notification, "permission", { value: "default", configurable: true }));
    return this;
  }
  // `prepare`: what is to be so before the page is there.
  async page(address, prepare) {
    const page = this.context.pages().find((each) => each.url() === "about:blank") ?? (await this.context.newPage());
    page.on("console", (message) => message.type() === "error" && this.problems.push(message.text()));
    page.on("pageerror", (error) => this.problems.push(String(error)));
    await prepare?.(page);
    await page.goto(address);
    return page;
  }
  async close({ remove = true } = {}) {
    await this.context?.close();
    this.context = null;
    if (remove) fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
  // As a power cut would: nothing is said to the browser.
  async kill() {
    const marker = `--user-data-dir=${this.folder}`;
    for (const process_id of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        if (fs.readFileSync(`/proc/${process_id}/cmdline`, "latin1").includes(marker)) process.kill(Number(process_id), "SIGKILL");
      } catch {
        // Gone already.
      }
    }
    await this.context?.close().catch(() => {});
    this.context = null;
    for (const lock of ["SingletonLock", "SingletonSocket", "SingletonCookie"]) fs.rmSync(path.join(this.folder, lock), { force: true });
  }
}

export async function serveBuilt() {
  return serve(built);
}

// The first run: a desk with its manager.
export async function makeDesk(page, { centre = "SZ01", name = "天下城管家服务中心", desk = "1", manager = "陈国强", code = "M01", headquarters = false } = {}) {
  await page.getByRole("textbox", { name: "中心代码" }).fill(centre);
  await page.getByRole("textbox", { name: "前台编号" }).fill(desk);
  await page.getByRole("textbox", { name: "服务中心名称" }).fill(name);
  await page.getByRole("textbox", { name: "经理姓名" }).fill(manager);
  await page.getByRole("textbox", { name: "工号" }).fill(code);
  if (headquarters) await page.getByRole("checkbox", { name: /这台是总部/ }).click();
  await page.getByRole("button", { name: "开始使用" }).click();
  await page.getByRole("navigation").waitFor();
}

export const saved = (page) => page.getByRole("status").filter({ hasText: "已保存" }).first().waitFor();
