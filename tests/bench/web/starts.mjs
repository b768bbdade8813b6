// What is transferred, and how long it takes until the first frame. The browser is running, the profile is new; beside
// each start one of an empty page, which says what of the time is the browser's own.
import http from "node:http";
import { serve } from "../../../scripts/lib/serve.mjs";
import { Profile, built, saved, serveBuilt } from "../../web/browser.mjs";
import { rail } from "../../web/harness.mjs";
import { kilobytes, line, mark, median, ms } from "./figures.mjs";

const nothing = '<!doctype html><title>nothing</title><script>requestAnimationFrame(() => setTimeout(() => performance.mark("first-frame"), 0))</script>';
async function serveNothing() {
  const server = http.createServer((_, response) => response.setHeader("content-type", "text/html").end(nothing));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  // By another name, so that the browser sees another site.
  return { server, address: `http://localhost:${server.address().port}/` };
}

// Bytes of everything that the page asks for until it has all, and of that what came after its first frame.
async function transferred(brotli) {
  const { server, address } = await serve(built, 0, { brotli });
  const profile = await new Profile().open();
  const page = await profile.page("about:blank");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const urls = new Map();
  const sizes = [];
  session.on("Network.responseReceived", ({ requestId, response }) => urls.set(requestId, response.url));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.push([urls.get(requestId) ?? "", encodedDataLength]));
  await page.goto(address);
  await mark(page, "first-frame");
  await page.waitForTimeout(1500);
  await profile.close();
  server.close();
  const sum = (list) => list.reduce((total, [, size]) => total + size, 0);
  return { first: sum(sizes.filter(([url]) => !url.endsWith("text.ttf"))), all: sum(sizes) };
}

// The mark of the page at this address in a tab of its own.
async function started(profile, address) {
  const page = await profile.context.newPage();
  await page.goto(address);
  const time = await mark(page, "first-frame");
  return { page, time };
}

export async function starts({ runs }) {
  const small = await transferred(true);
  const plain = await transferred(false);
  line("transferred before the first frame", kilobytes(small.first), "goal 900 KB; 1,300 KB when everything is built");
  line("transferred in all", kilobytes(small.all), "goal 3,500 KB");
  line("the same from a host without brotli", kilobytes(plain.first), `${kilobytes(plain.all)} in all`);

  const ours = await serveBuilt();
  const empty = await serveNothing();
  const times = { cold: [], cold_peer: [], warm: [], warm_peer: [] };
  for (let run = 0; run < runs; ++run) {
    const profile = await new Profile().open();
    await new Promise((resolve) => setTimeout(resolve, 700));
    const peer = await started(profile, empty.address);
    times.cold_peer.push(peer.time);
    const { page, time } = await started(profile, ours.address);
    times.cold.push(time);
    await page.getByRole("button", { name: "打开示范中心" }).click();
    await page.getByRole("navigation").waitFor();
    await saved(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    // As on any day but the first: the browser keeps what it has compiled when it has done so for some seconds.
    for (const place of ["工单", "回访", "统计", "今日"]) {
      await rail(page, place).click();
      await page.waitForTimeout(1500);
    }
    await profile.close({ remove: false });

    await profile.open();
    await new Promise((resolve) => setTimeout(resolve, 700));
    times.warm_peer.push((await started(profile, empty.address)).time);
    await profile.context.setOffline(true);
    times.warm.push((await started(profile, ours.address)).time);
    await profile.close();
  }
  ours.server.close();
  empty.server.close();
  const beside = (which) => `${(median(times[which]) / median(times[`${which}_peer`])).toFixed(1)} times an empty page's ${ms(median(times[`${which}_peer`]))}`;
  line("cold start to the first frame", ms(median(times.cold)), `goal 1,000 ms; ${beside("cold")}`);
  line("warm start, offline, to the first frame with data", ms(median(times.warm)), `goal 500 ms; ${beside("warm")}`);
}
