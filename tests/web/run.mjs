// Browser tests: by role and name, in headless Chromium against the page as it is hosted. node run.mjs [--deep] [WORD…]
// runs those whose names hold a word. Two at a time. The last line is "N passed, N failed".
import fs from "node:fs";
import path from "node:path";
import { built, root } from "./browser.mjs";
import { tests } from "./harness.mjs";

if (!fs.existsSync(path.join(built, "index.html"))) throw new Error("build/web is not there: scripts/build web");
const here = path.join(root, "tests/web");
for (const name of fs.readdirSync(here).sort()) if (name.endsWith(".test.mjs")) await import(path.join(here, name));

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const wanted = tests.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
let passed = 0;
let failed = 0;
async function run({ name, run }) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  try {
    await run();
    passed += 1;
    console.log(`ok     ${name} (${seconds()})`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name} (${seconds()})\n${error.stack ?? error}`);
  }
}

const waiting = [...wanted].sort((left, right) => right.long - left.long);
await Promise.all([0, 1].map(async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
}));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
