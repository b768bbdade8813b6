// What is on screen: everything that can be pressed has a role, a name and its element in place; nobody is shut out; and
// every view lies where it lay before. `--update` writes the layouts anew, to be looked at before they are committed.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { root, saved } from "./browser.mjs";
import { audit, axeFinds, everywhere } from "./everywhere.mjs";
import { go, settled, test, withDesk, withSample } from "./harness.mjs";

const layouts = path.join(root, "tests/web/layouts");

test("everything that can be pressed has a role and a name, and its element within 2 px", () =>
  withSample(async (desk) => {
    await everywhere(desk, async (view) => assert.deepEqual(await audit(desk.page), [], view));
    for (const size of ["1", "2"]) {
      await desk.page.evaluate((text) => localStorage.setItem("guanjia.text", text), size);
      await desk.page.reload();
      await go(desk.page, desk.address, "gallery");
      assert.deepEqual(await audit(desk.page), [], `text size ${size}`);
    }
  }));

test("axe finds nothing in any view", () =>
  withSample(async (desk) => {
    await everywhere(desk, async (view) => {
      assert.deepEqual(await axeFinds(desk.page), [], view);
    });
  }, { open: { bypassCSP: true } }));

// A view as lines of role, name and place; names of this run's own are left out, and so is how the records stand just
// now: what a view begins to keep is saved a moment later.
const layoutOf = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#semantics [data-role]")].filter((element) => element.dataset.role !== "status" || !/^(已保存|正在保存|Saved|Saving)/.test(element.ariaLabel ?? element.textContent)).map((element) => {
      const box = element.getBoundingClientRect();
      const name = (element.ariaLabel ?? (element.firstElementChild ? "" : element.textContent)).replace(/\b[0-9a-f]{16}\b/g, "…").replace(/\d+ KB/, "… KB");
      return `${element.dataset.role}|${name}|${[box.x, box.y, box.width, box.height].map((each) => Math.round(each)).join(",")}`;
    }),
  );

function assertLayout(name, lines) {
  const file = path.join(layouts, `${name}.txt`);
  if (process.argv.includes("--update")) {
    fs.mkdirSync(layouts, { recursive: true });
    fs.writeFileSync(file, lines.join("\n") + "\n");
    return;
  }
  const wanted = fs.readFileSync(file, "utf8").trimEnd().split("\n");
  const parts = (line) => {
    const at = line.lastIndexOf("|");
    return [line.slice(0, at), line.slice(at + 1).split(",").map(Number)];
  };
  const differing = [];
  for (let index = 0; index < Math.max(wanted.length, lines.length); ++index) {
    const [meant, meantPlace] = parts(wanted[index] ?? "|");
    const [is, isPlace] = parts(lines[index] ?? "|");
    if (meant !== is || isPlace.some((value, side) => Math.abs(value - meantPlace[side]) > 1)) differing.push(`${wanted[index]} is now ${lines[index]}`);
  }
  assert.deepEqual(differing.slice(0, 5), [], `${name}: ${differing.length} of ${wanted.length} lines differ; if that is meant, look at it and run with --update`);
}

// Nothing is drawn between the new size and the browser's word of it: that all stands still says nothing yet.
async function resized(page, size) {
  await page.setViewportSize(size);
  await page.waitForFunction(() => [...document.querySelectorAll("header,[role=banner]")].some((element) => Math.round(element.getBoundingClientRect().width) === innerWidth));
}

test("every view lies where it lay: wide, small and in English", () =>
  withSample(async (desk) => {
    const { page, address } = desk;
    await resized(page, { width: 1440, height: 900 });
    await everywhere(desk, async (view) => assertLayout(`wide-${view.replaceAll(/\W+/g, "-")}`, await layoutOf(page)));
    await resized(page, { width: 360, height: 740 });
    for (const view of ["today", "reception", "tickets", "settings/people", "gallery", "gallery/table"]) {
      await go(page, address, view);
      assertLayout(`small-${view.replace("/", "-")}`, await layoutOf(page));
    }
    await page.evaluate(() => localStorage.setItem("guanjia.language", "en"));
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.reload();
    for (const view of ["today", "reception", "settings/look"]) {
      await go(page, address, view);
      assertLayout(`english-${view.replace("/", "-")}`, await layoutOf(page));
    }
  }));

test("themes and sizes are kept, and the page is dressed in them before the program is there", () =>
  withDesk(async ({ page, address }) => {
    await go(page, address, "settings/look");
    await page.getByRole("radio", { name: "深色" }).click();
    await page.getByRole("radio", { name: "特大" }).click();
    await page.waitForFunction(() => document.documentElement.className === "dark" && guanjia.scale() > 1.2);
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.className), "dark");
    await page.getByRole("radio", { name: "深色", checked: true }).waitFor();
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), dark);
    await page.getByRole("radio", { name: "跟随系统" }).click();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(() => document.documentElement.className === "dark");
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction(() => document.documentElement.className === "light");
    await page.emulateMedia({ contrast: "more" });
    await page.waitForFunction(() => document.documentElement.className === "contrast");
    await page.getByRole("radio", { name: "English" }).click();
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await saved(page).catch(() => {});
  }));

test("from 360 px to 4K, zoomed and dense, the canvas has a pixel for every pixel", async () => {
  for (const [width, height, ratio] of [[360, 640, 3], [1024, 700, 1.25], [1440, 900, 2], [3840, 2160, 1]])
    await withSample(async ({ page, address }) => {
      for (const view of ["today", "gallery"]) {
        await go(page, address, view);
        const { canvas, box } = await page.evaluate(() => {
          const canvas = document.getElementById("canvas");
          const { width, height } = canvas.getBoundingClientRect();
          return { canvas: [canvas.width, canvas.height], box: [width * devicePixelRatio, height * devicePixelRatio] };
        });
        for (const side of [0, 1]) assert.ok(Math.abs(canvas[side] - box[side]) <= 1, `${canvas} for ${box}`);
        assert.deepEqual(await audit(page), [], `${width}×${height} at ${ratio}`);
      }
    }, { open: { size: { width, height }, ratio } });
});

test("tabs that have no room can be scrolled, the chosen one is seen, and buttons keep their words", () =>
  withSample(async ({ page, address }) => {
    await page.evaluate(() => localStorage.setItem("guanjia.language", "en"));
    await page.setViewportSize({ width: 400, height: 800 });
    await page.reload();
    const isSeen = async (tab) => {
      const { x, width } = await tab.boundingBox();
      return x >= 0 && x + width <= 400;
    };
    await go(page, address, "settings/intake");
    const last = page.getByRole("tab", { name: "Import a table" });
    assert.ok(await isSeen(last), "where the address leads");
    const first = page.getByRole("tab", { name: "This desk" });
    assert.ok(!(await isSeen(first)));
    await first.click();
    await page.getByRole("heading", { name: "Day file" }).waitFor();
    await settled(page);
    assert.ok(await isSeen(first));
    // By the keyboard, from one to the next.
    for (let step = 0; step < 6; ++step) await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: "Import a table" }).waitFor();
    await settled(page);
    assert.ok(await isSeen(last));
    await go(page, address, "feedback");
    assert.ok((await page.getByRole("button", { name: "Record feedback" }).boundingBox()).width > 100);
    assert.deepEqual(await audit(page), []);
  }));
