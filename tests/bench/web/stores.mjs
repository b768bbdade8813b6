// Commits against another store in the same browser: ratios, taken in turn.
import { serve } from "../../../scripts/lib/serve.mjs";
import { Profile, root } from "../../web/browser.mjs";
import { line, median, ms } from "./figures.mjs";

export async function storage({ runs, megabytes }) {
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
