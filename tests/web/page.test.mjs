// The page as a page: addresses, offline, print, policy, idleness.
import assert from "node:assert/strict";
import { Profile, saved, serveBuilt } from "./browser.mjs";
import { act, button, go, printed, rail, registerComplaint, settled, test, withDesk, withSample } from "./harness.mjs";

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
    // Also when the browser has dropped its own copy of the program.
    const session = await page.context().newCDPSession(page);
    await session.send("Network.clearBrowserCache");
    await page.reload();
    await page.getByRole("heading", { name: "断网时也能登记", level: 1 }).waitFor();
    // And when it is told to use none, as its tools for developers do.
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    await page.reload();
    await page.getByRole("heading", { name: "断网时也能登记", level: 1 }).waitFor();
  }));

test("a network that fails while the page fetches what can wait stops nothing, and it is asked for again", () => {
  let asked = 0;
  const prepare = (page) =>
    page.route("**/text.ttf", (route) => {
      if (route.request().resourceType() === "font") return route.continue(); // the text fields' own
      asked += 1;
      if (asked === 1) return route.abort("connectionreset");
      if (asked > 2) return route.continue();
      // The second one never comes: the page is left meanwhile.
    });
  return withDesk(async ({ page, profile }) => {
    await registerComplaint(page);
    await saved(page);
    // Told by the browser itself.
    assert.deepEqual(profile.problems.splice(0), ["Failed to load resource: net::ERR_CONNECTION_RESET"]);
    await Promise.all([page.waitForRequest((request) => request.url().endsWith("/text.ttf") && request.resourceType() === "fetch"), page.evaluate(() => dispatchEvent(new Event("online")))]);
    await page.reload();
    await page.getByRole("heading", { name: "投诉电梯噪音", level: 1 }).waitFor();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    assert.equal(asked, 3);
  }, { prepare });
});

const isKept = (page) => page.evaluate(() => Promise.race([navigator.serviceWorker.ready.then(() => true), new Promise((resolve) => setTimeout(resolve, 5000, false))]));

test("a server that fails while the page fetches what can wait is asked again, as a network is", () => {
  let asked = 0;
  const prepare = (page) =>
    page.route("**/text.ttf", (route) => {
      if (route.request().resourceType() === "font") return route.continue(); // the text fields' own
      asked += 1;
      return asked === 1 ? route.fulfill({ status: 503 }) : route.continue();
    });
  return withDesk(async ({ page, profile }) => {
    await saved(page);
    // Told by the browser itself.
    assert.deepEqual(profile.problems.splice(0), ["Failed to load resource: the server responded with a status of 503 (Service Unavailable)"]);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    assert.ok(await isKept(page));
    assert.equal(asked, 2);
  }, { prepare });
});

test("the page is kept for use without a network while nobody answers whether its records may stay", () => {
  // Firefox asks the person.
  const prepare = (page) => page.addInitScript(() => (StorageManager.prototype.persist = () => new Promise(() => (globalThis.isAsked = true))));
  return withDesk(async ({ page }) => {
    assert.ok(await isKept(page));
    assert.equal(await page.evaluate(() => globalThis.isAsked), true);
  }, { prepare });
});

test("a page that does not come whole says so in a sentence, and is tried again when there is a network", async () => {
  const { server, address } = await serveBuilt();
  // Every visit is a first one: else it is the service worker that is asked.
  const profile = await new Profile().open({ serviceWorkers: "block" });
  try {
    const page = await profile.page("about:blank");
    for (const part of ["page.js", "guanjia.wasm", "ui-bold.ttf"]) {
      await page.route(`**/${part}`, (route) => route.abort("connectionreset"));
      await page.goto(address);
      await page.getByText("程序没有取全").waitFor();
      assert.equal(await page.getByText("正在打开").isVisible(), false);
      await page.unroute(`**/${part}`);
      await page.evaluate(() => dispatchEvent(new Event("online")));
      await page.getByRole("textbox", { name: "中心代码" }).waitFor();
    }
  } finally {
    await profile.close();
    server.close();
  }
});

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

test("an address that no browser can decode is taken as it stands", () =>
  withDesk(async ({ page, address }) => {
    await saved(page);
    for (const again of [() => page.goto(`${address}#/tickets/100%`), () => page.reload()]) {
      await again();
      await page.getByText("没有这张工单").waitFor();
    }
    assert.equal(page.url(), `${address}#/tickets/100%`);
  }));

test("idle: one frame at the turn of a minute, and no other", () =>
  withDesk(async ({ page }) => {
    await saved(page);
    await page.mouse.move(2, 2);
    // Past what is said in passing.
    await page.waitForTimeout(6500);
    await page.waitForTimeout((116 - new Date().getSeconds()) % 60 * 1000);
    const before = await page.evaluate(() => guanjia.drawn());
    await page.waitForTimeout(8000);
    const drawn = (await page.evaluate(() => guanjia.drawn())) - before;
    assert.equal(drawn, 1);
  }), { long: true });

test("a frame that looks like the one before is not drawn again, and one that does not is", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "today");
    await page.evaluate(() => {
      globalThis.rendered = 0;
      const clear = WebGL2RenderingContext.prototype.clear;
      WebGL2RenderingContext.prototype.clear = function (...buffers) {
        rendered += 1;
        return clear.apply(this, buffers);
      };
    });
    const counted = async (run) => {
      const before = await page.evaluate(() => [guanjia.drawn(), rendered]);
      await run();
      await settled(page);
      return page.evaluate(([frames, drawings]) => [guanjia.drawn() - frames, rendered - drawings], before);
    };
    // Over nothing that shows it.
    await page.mouse.move(520, 6);
    await settled(page);
    const [frames, drawings] = await counted(() => page.mouse.move(524, 7));
    assert.ok(frames > 0);
    assert.equal(drawings, 0);
    assert.ok((await counted(() => rail(page, "工单").click()))[1] > 0);
    // An emptied canvas is drawn again.
    assert.ok((await counted(() => page.setViewportSize({ width: 1000, height: 700 })))[1] > 0);
  }));

test("a form is printed from a hidden frame, with the centre's name and the ticket's number", () =>
  withDesk(async ({ page }) => {
    const number = await registerComplaint(page);
    const html = await printed(page, () => act(page, "打印受理单"));
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

test("the browser offers to install it: nothing stands in the way", () =>
  withDesk(async ({ page }) => {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    const session = await page.context().newCDPSession(page);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors, []);
    const { url, errors } = await session.send("Page.getAppManifest");
    assert.match(url, /manifest\.webmanifest$/);
    assert.deepEqual(errors, []);
  }));

test("the sample centre is made while its progress is shown; whoever leaves meanwhile comes back to the first run", async () => {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open();
  try {
    const page = await profile.page(address);
    const open = button(page, "打开示范中心");
    await open.click();
    const progress = page.getByRole("progressbar", { name: "正在准备示范中心" });
    await progress.waitFor();
    // Half a centre is never kept: the page may be left at any moment.
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await open.click();
    let before = 0;
    while (await progress.count()) {
      const shown = Number(await progress.getAttribute("aria-valuenow", { timeout: 500 }).catch(() => 100));
      assert.ok(shown >= before, `${shown} after ${before}`);
      before = shown;
    }
    await page.getByRole("navigation").waitFor();
    await saved(page);
    await page.reload();
    await page.getByRole("list", { name: "时限" }).getByRole("listitem").first().waitFor();
    assert.deepEqual(profile.problems, []);
  } finally {
    await profile.close();
    server.close();
  }
});
