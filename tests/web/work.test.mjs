// Work goes on: what was typed survives, what was done is taken back, what is near is told, and everything is found.
import assert from "node:assert/strict";
import { saved } from "./browser.mjs";
import { act, assertValue, button, compose, field, go, heading, rail, registerComplaint, sampleTime, settled, test, withDesk, withSample } from "./harness.mjs";

const search = (page) => page.getByRole("combobox", { name: "搜索" });

test("what was typed and not sent survives a reload and a killed browser, and goes when it is sent", () =>
  withDesk(async ({ page, profile, address }) => {
    await rail(page, "接待").click();
    await field(page, "来人姓名", "combobox").fill("王建国");
    const need = field(page, "需要什么");
    await need.click();
    await compose(page, "楼道灯不亮，晚上看不见");
    await page.waitForTimeout(1500);
    await saved(page);
    await page.reload();
    await assertValue(field(page, "需要什么"), "楼道灯不亮，晚上看不见");
    await page.getByText("已接着上次没填完的内容").waitFor();
    await profile.kill();
    await profile.open();
    const again = await profile.page(`${address}#/reception`);
    await assertValue(field(again, "需要什么"), "楼道灯不亮，晚上看不见");
    await assertValue(field(again, "来人姓名", "combobox"), "王建国");
    await again.getByRole("radio", { name: "报修" }).click();
    await button(again, "登记").last().click();
    await heading(again, "楼道灯不亮，晚上看不见").waitFor();
    await rail(again, "接待").click();
    await assertValue(field(again, "需要什么"), "");
  }));

test("what was done last is taken back, by the word that tells it or by Control+Z, and both stay in the record", () =>
  withDesk(async ({ page }) => {
    await registerComplaint(page);
    await act(page, "担责");
    await field(page, "解释或道歉").fill("向业主道歉");
    await field(page, "商定的补救").fill("当日检查");
    await page.keyboard.press("Control+Enter");
    await page.getByText(/责任人 陈国强/).first().waitFor();
    await button(page, "撤销").click();
    await page.getByText("已撤销").first().waitFor();
    await page.getByText(/责任人 陈国强/).waitFor({ state: "detached" });

    await act(page, "记录沟通");
    await field(page, "说了什么").fill("电话告知进展");
    await page.keyboard.press("Control+Enter");
    await page.getByText("电话告知进展").first().waitFor();
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("Control+z");
    await page.getByText("已撤销").first().waitFor();
    await page.getByText("作废").first().waitFor();
    // Nothing is left to be taken back.
    await page.keyboard.press("Control+z");
    await settled(page);
    assert.equal(await button(page, "撤销").count(), 0);
  }));

test("a duty that comes near is told once, in the page and by the system without a name", () =>
  withSample(async ({ page, address }) => {
    await page.addInitScript(() => {
      globalThis.notices = [];
      globalThis.Notification = class {
        static permission = "granted";
        constructor(title, { body }) {
          globalThis.notices.push(`${title}|${body}`);
        }
      };
      localStorage.setItem("guanjia.notices", "on");
      Object.defineProperty(document, "hidden", { get: () => globalThis.away === true });
      Object.defineProperty(document, "visibilityState", { get: () => (globalThis.away ? "hidden" : "visible") });
    });
    await page.reload();
    await go(page, address, "settings/look");
    await page.getByRole("switch", { name: "时限快到时，用系统通知提醒我", checked: true }).waitFor();
    const told = page.getByText(/18:00 到期：|件事快到时限/);
    assert.equal(await told.count(), 0);
    await page.evaluate(() => {
      globalThis.away = true;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await page.clock.runFor(8 * 60_000);
    await page.waitForFunction(() => globalThis.notices.length > 0);
    await page.evaluate(() => {
      globalThis.away = false;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await told.first().waitFor();
    await page.clock.runFor(3 * 60_000);
    const notices = await page.evaluate(() => globalThis.notices);
    assert.equal(notices.length, 1);
    assert.match(notices[0], /^管家台：时限快到\|/);
    assert.doesNotMatch(notices[0], /王建国|李思远/);
  }, { prepare: (page) => page.clock.install({ time: new Date(`${sampleTime.slice(0, 10)}T17:40:00+08:00`) }) }));

test("where only a service worker may show notices the desk opens all the same, and one that cannot be shown stops nothing", () =>
  withSample(async ({ page, address }) => {
    await page.clock.runFor(8 * 60_000);
    await page.addInitScript(() => {
      globalThis.notices = [];
      globalThis.Notification = class {
        static permission = "granted";
        constructor() {
          throw new TypeError("Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.");
        }
      };
      ServiceWorkerRegistration.prototype.showNotification = async (title, { body }) => {
        globalThis.notices.push(`${title}|${body}`);
        throw new TypeError("No notification permission has been granted for this origin.");
      };
      localStorage.setItem("guanjia.notices", "on");
    });
    await page.goto(`${address}#/today`);
    await page.reload();
    await heading(page, "今日").waitFor();
    await page.waitForFunction(() => globalThis.notices.length === 1);
    assert.match(await page.evaluate(() => globalThis.notices[0]), /^管家台：时限快到\|/);
  }, { prepare: (page) => page.clock.install({ time: new Date(`${sampleTime.slice(0, 10)}T17:40:00+08:00`) }) }));

test("a notice that the service worker showed brings the desk to the front when it is pressed", () =>
  withDesk(async ({ page, profile, address }) => {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    const [worker] = profile.context.serviceWorkers();
    // No notice is shown in a browser without windows: what it would tell the worker is told by hand.
    const done = await worker.evaluate(async () => {
      const done = [];
      WindowClient.prototype.focus = async function () {
        done.push(this.url);
      };
      const event = Object.assign(new Event("notificationclick"), { notification: { close: () => done.push("closed") } });
      event.waitUntil = (promise) => (event.waited = promise);
      self.dispatchEvent(event);
      await event.waited;
      return done;
    });
    assert.deepEqual(done, ["closed", address]);
  }));

test("the search box finds a ticket by a character, by initials and by digits, a clause and a command, and goes there", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    const results = page.getByRole("listbox", { name: "搜索" });
    const leave = async (key) => {
      await page.keyboard.press(key);
      await results.waitFor({ state: "detached" });
      await settled(page);
    };
    const find = async (text) => {
      // Without waiting for the box: what is typed after the key is for it.
      await page.keyboard.press("Control+k");
      await page.keyboard.type(text);
      await assertValue(search(page), text);
      await results.getByRole("option").first().waitFor();
      await settled(page);
      return results.getByRole("option");
    };
    for (const text of ["夜间", "yejian", "dtyjyx"]) {
      const found = await find(text);
      assert.ok((await found.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")))).some((name) => name.includes("电梯夜间")), text);
      await leave("Escape");
    }
    assert.match(await (await find("1802")).first().getAttribute("aria-label"), /1802/);
    await leave("Escape");

    await find("电梯夜间");
    await leave("Enter");
    await heading(page, /电梯夜间/).waitFor();
    await find("RV-4.1");
    await leave("Enter");
    await heading(page, /有效投诉百分之百回访/).waitFor();
    assert.match(page.url(), /#\/handbook\/RV-4\.1$/);
    await find("深色");
    await leave("Enter");
    await page.waitForFunction(() => document.documentElement.className === "dark");
    await page.keyboard.press("Control+k");
    await search(page).fill("没有这样的东西");
    await page.getByText("没有找到").waitFor();
  }));

test("a clause opens the handbook at its place, with its numbers and what is waiting under it", () =>
  withSample(async ({ page, address }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await go(page, address, "today");
    await button(page, "查看 RV-4.1").click();
    await heading(page, /有效投诉百分之百回访/).waitFor();
    await page.getByRole("list", { name: "规程" }).getByRole("button", { name: /^RV-4\.1/ }).waitFor();
    await heading(page, "正在等着的事", 2).waitFor();
    await page.getByRole("main").getByRole("button", { name: /回访.*TS-/ }).first().click();
    await page.waitForFunction(() => location.hash.startsWith("#/tickets/TS-"));
    await page.goBack();
    await button(page, /^修改 .*/).first().click();
    await page.waitForFunction(() => location.hash === "#/settings/parameters");
    await heading(page, /前台下班时间|投诉回访时限/, 2).waitFor();

    await rail(page, "规程").click();
    const filter = page.getByRole("searchbox", { name: "按编号、字词或拼音查找" });
    await filter.fill("zhinajin");
    await page.getByRole("list", { name: "规程" }).getByRole("button", { name: /^COL-4\.3/ }).click();
    await heading(page, /滞纳金/).waitFor();
    await heading(page, "法律提示", 2).waitFor();
    await filter.fill("没有这样的东西");
    await page.getByText("没有相符的条款").waitFor();
  }));
