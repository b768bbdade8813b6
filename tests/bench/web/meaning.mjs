// Whether everybody is let in: what axe finds, what can be pressed and has no element, colours, installing, Lighthouse.
import { execFile, execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { ratios, themes, wanted } from "../../../scripts/lib/contrast.mjs";
import { Profile, root, saved, serveBuilt } from "../../web/browser.mjs";
import { audited, axeFinds, everywhere } from "../../web/everywhere.mjs";
import { withSample } from "../../web/harness.mjs";
import { line } from "./figures.mjs";

const lighthouseVersion = "12.8.2";

export function colours() {
  for (const theme of Object.keys(themes())) {
    const [least] = ratios().filter((each) => each.theme === theme);
    line(`least contrast of words, ${theme}`, `${least.ratio.toFixed(2)} : 1`, `goal ${wanted} : 1; ${least.words} on ${least.ground}`);
  }
}

export const meaning = () =>
  withSample(async (desk) => {
    let seen = 0;
    let items = 0;
    let farthest = 0;
    const wrong = [];
    const violations = [];
    await everywhere(desk, async (view) => {
      const told = await audited(desk.page);
      seen += 1;
      items += told.items;
      farthest = Math.max(farthest, told.farthest);
      wrong.push(...told.wrong.map((sentence) => `${view}: ${sentence}`));
      violations.push(...(await axeFinds(desk.page)).map((sentence) => `${view}: ${sentence}`));
    });
    line(`axe-core violations over ${seen} views`, violations.length, "goal 0");
    for (const sentence of violations) console.log(`    ${sentence}`);
    line(`interactive places without role, name or element, of ${items}`, wrong.length, "goal 0");
    for (const sentence of wrong) console.log(`    ${sentence}`);
    line("    farthest element from what is drawn", `${farthest.toFixed(2)} px`, "goal 2 px");
  }, { open: { bypassCSP: true } });

// Found on demand and kept in build: it is large, and nothing but this line needs it.
function lighthouse() {
  const folder = path.join(root, "build/lighthouse");
  const command = path.join(folder, "node_modules/lighthouse/cli/index.js");
  if (!fs.existsSync(command))
    execFileSync("npm", ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional", "--loglevel=error", `lighthouse@${lighthouseVersion}`], { stdio: "ignore" });
  return command;
}

// The sample centre, looked at by Lighthouse in the browser that holds it.
async function score(address) {
  const port = 20_000 + (process.pid % 20_000);
  const profile = await new Profile().open({ args: [`--remote-debugging-port=${port}`] });
  try {
    const page = await profile.page(address);
    await page.getByRole("button", { name: "打开示范中心" }).click();
    await page.getByRole("navigation").waitFor();
    await saved(page);
    // One tab writes: Lighthouse opens its own.
    await page.goto("about:blank");
    const report = path.join(root, "build/lighthouse/report.json");
    const words = [lighthouse(), address, `--port=${port}`, "--output=json", `--output-path=${report}`, "--quiet", "--preset=desktop", "--only-categories=accessibility,best-practices", "--disable-storage-reset", "--throttling-method=provided", "--no-enable-error-reporting"];
    // This process goes on serving the page meanwhile.
    await promisify(execFile)("node", words, { timeout: 180_000 });
    const { categories, audits } = JSON.parse(fs.readFileSync(report, "utf8"));
    return Object.values(categories).map(({ title, score: part, auditRefs }) => ({
      title,
      score: Math.round(part * 100),
      short: auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1).map(({ id }) => `${id}: ${audits[id].title}`),
    }));
  } finally {
    await profile.close();
  }
}

export async function installing() {
  const { server, address } = await serveBuilt();
  const profile = await new Profile().open();
  const page = await profile.page(address);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  line("what stands in the way of installing it", installabilityErrors.length, "goal 0");
  for (const { errorId } of installabilityErrors) console.log(`    ${errorId}`);
  await profile.close();
  try {
    for (const { title, score: points, short } of await score(address)) {
      line(`Lighthouse ${lighthouseVersion}, ${title.toLowerCase()}, the sample centre`, points, "goal 100");
      for (const sentence of short) console.log(`    ${sentence}`);
    }
  } catch (error) {
    line("Lighthouse", "not run", `goal 100; ${String(error.message).split("\n")[0]}`);
  }
  server.close();
}
