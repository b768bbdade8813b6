// Goes through every view and asks of each what can be pressed and what axe finds: shared by the tests and the bench.
import fs from "node:fs";
import path from "node:path";
import { root } from "./browser.mjs";
import { act, go, settled, views } from "./harness.mjs";

// Every view, and what opens beside and above them.
export async function everywhere({ page, address }, look) {
  for (const view of views) {
    await go(page, address, view);
    await look(view);
  }
  await go(page, address, "tickets");
  await page.getByRole("list", { name: "工单" }).getByRole("button").first().click();
  await settled(page);
  await look("ticket");
  await act(page, "开始回访");
  await page.getByRole("radio", { name: "上门回访" }).click();
  await settled(page);
  await look("ticket, visited");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "快捷键" }).waitFor();
  await settled(page);
  await look("shortcuts");
  await page.keyboard.press("Escape");
}

// What can be pressed: how many places, how far the farthest element is from its own, and sentences about what is not,
// or not rightly, an element.
export const audited = (page) =>
  page.evaluate(() => {
    const scale = guanjia.scale();
    const wrong = [];
    const items = guanjia.audit();
    let farthest = 0;
    for (const [id, x, y, w, h] of items) {
      const element = document.getElementById(`n${id}`);
      if (!element) {
        wrong.push(`nothing at ${x},${y} ${w}×${h}`);
        continue;
      }
      const box = element.getBoundingClientRect();
      const away = Math.max(...[box.left - x * scale, box.top - y * scale, box.right - (x + w) * scale, box.bottom - (y + h) * scale].map(Math.abs));
      farthest = Math.max(farthest, away);
      const name = element.ariaLabel ?? element.textContent;
      if (away > 2) wrong.push(`${name} is ${away.toFixed(1)} px away`);
      if (!name) wrong.push(`${element.dataset.role} at ${x},${y} has no name`);
    }
    return { items: items.length, farthest, wrong };
  });
export const audit = async (page) => (await audited(page)).wrong;

// Needs a browser that was opened with bypassCSP.
const axe = fs.readFileSync(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");
export async function axeFinds(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}
