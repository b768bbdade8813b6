// The page's figures, in headless Chromium: node bench.mjs [RUNS] [MEGABYTES]. Medians; what has a peer is a ratio.
import { Profile, makeDesk, root, saved, serveBuilt } from "../../web/browser.mjs";
import { serve } from "../../../scripts/lib/serve.mjs";

const [runs = 5, megabytes = 94] = process.argv.slice(2).map(Number);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
const line = (name, value, goal = "") => console.log(`${name.padEnd(58)} ${String(value).padStart(12)}  ${goal}`);

const mark = (page, name) => page.waitForFunction((wanted) => performance.getEntriesByName(wanted)[0]?.startTime, name).then((handle) => handle.jsonValue());

async function starts() {
  const { server, address } = await serveBuilt();
  const cold = [];
  const warm = [];
  let first = 0;
  let all = 0;
  for (let run = 0; run < runs; ++run) {
    const profile = await new Profile().open();
    const page = await profile.page("about:blank");
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const sizes = new Map();
    const urls = new Map();
    session.on("Network.responseReceived", ({ requestId, response }) => urls.set(requestId, response.url));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(urls.get(requestId), encodedDataLength));
    await page.goto(address);
    cold.push(await mark(page, "first-frame"));
    await page.waitForTimeout(1500);
    const later = [...sizes].filter(([url]) => url?.endsWith("text.ttf")).reduce((sum, [, size]) => sum + size, 0);
    all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    first = all - later;
    await page.getByRole("button", { name: "打开示范中心" }).click();
    await page.getByRole("navigation").waitFor();
    await saved(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await profile.close({ remove: false });
    await profile.open();
    await profile.context.setOffline(true);
    const again = await profile.page(address);
    warm.push(await mark(again, "first-frame"));
    await profile.close();
  }
  server.close();
  line("transferred before the first frame", `${(first / 1024).toFixed(0)} KB`, "goal 900 KB");
  line("transferred in all", `${(all / 1024).toFixed(0)} KB`, "goal 3,500 KB");
  line("cold start to the first frame", ms(median(cold)), "goal 1,000 ms");
  line("warm start, offline, to the first frame with data", ms(median(warm)), "goal 500 ms");
}

async function frames() {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open();
  const page = await profile.page(address);
  await makeDesk(page);
  await saved(page);
  await page.mouse.move(700, 300);
  for (let step = 0; step < 60; ++step) {
    await page.mouse.move(300 + step * 12, 200 + (step % 20) * 20);
    await page.waitForTimeout(15);
  }
  const times = await page.evaluate(() => guanjia.times());
  line("frame while the pointer moves, with the software GL", ms(median(times)), "goal 4 ms without the GL's own");
  await profile.close();
  server.close();
}

async function storage() {
  const { server, address } = await serve(root);
  const results = { ours: [], theirs: [] };
  for (let run = 0; run < Math.min(runs, 3); ++run)
    for (const which of run % 2 ? ["theirs", "ours"] : ["ours", "theirs"]) {
      const profile = await new Profile().open();
      profile.context.setDefaultTimeout(300_000);
      const page = await profile.page(`${address}tests/bench/web/storage.html`);
      await page.waitForFunction(() => globalThis.ready);
      const result = await page.evaluate(([name, options]) => measure(name, options), [which, { megabytes, count: 40, many: 1000 }]);
      await profile.close({ remove: false });
      await profile.open();
      const again = await profile.page(`${address}tests/bench/web/storage.html`);
      await again.waitForFunction(() => globalThis.ready);
      result.reopen = await again.evaluate((name) => reopen(name), which);
      await profile.close();
      results[which].push(result);
    }
  server.close();
  const of = (which, pick) => median(results[which].map(pick));
  const compare = (name, pick, goal) => {
    const [ours, theirs] = [of("ours", pick), of("theirs", pick)];
    line(name, `${(ours / theirs).toFixed(3)}`, `${ms(ours)} against ${ms(theirs)}; goal ${goal}`);
  };
  console.log(`-- ours against @journeyapps/wa-sqlite IDBMirrorVFS, ${megabytes} MB`);
  compare("commit returned", (result) => result.large.returned, "0.1");
  compare("commit durable", (result) => result.large.durable, "0.4 of IDBBatchAtomicVFS");
  compare("1,000 commits, the last one durable", (result) => result.many, "0.05");
  compare("filling", (result) => result.fill, "0.4");
  compare("cold open", (result) => result.reopen, "0.5");
  line("durable commit, large database against small", (of("ours", (result) => result.large.durable) / of("ours", (result) => result.small.durable)).toFixed(2), "goal 1.3");
}

if (!process.env.ONLY_STORAGE) await starts();
if (!process.env.ONLY_STORAGE) await frames();
await storage();
