// The page enlarged and reduced, as a browser does it: a window of the same size holds fewer or more CSS pixels.
import assert from "node:assert/strict";
import { audit } from "./everywhere.mjs";
import { go, settled, test, withSample } from "./harness.mjs";

const window = { width: 1440, height: 900 };

// As the browser's own zoom does it; the page has followed when what it draws reaches the edge of the window again.
async function enlarge(page, session, zoom) {
  await session.send("Emulation.setDeviceMetricsOverride", { width: Math.round(window.width / zoom), height: Math.round(window.height / zoom), deviceScaleFactor: zoom, mobile: false });
  await page.waitForFunction((ratio) => Math.abs(devicePixelRatio - ratio) < 0.01 && Math.abs(document.querySelector("main").getBoundingClientRect().right - innerWidth) <= 1, zoom);
  await settled(page);
}

// Sentences about what lies outside the window and cannot be scrolled to, what lies half on something else that can be
// pressed, and a canvas that has not a pixel for every pixel.
const misplaced = (page) =>
  page.evaluate(() => {
    const wrong = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) wrong.push(`the page is ${scrollWidth}×${scrollHeight} in ${innerWidth}×${innerHeight}`);
    const canvas = document.getElementById("canvas");
    const box = canvas.getBoundingClientRect();
    for (const [pixels, size] of [[canvas.width, box.width], [canvas.height, box.height]])
      if (Math.abs(pixels - size * devicePixelRatio) > 1) wrong.push(`${pixels} pixels of the canvas for ${size * devicePixelRatio} of the screen`);
    const leaves = [...document.querySelectorAll("#semantics :is(button, input, textarea, [role=grid] [role=row], [role=option])")].filter((each) => !each.closest("[inert]"));
    const placed = leaves.map((element) => ({ element, name: element.ariaLabel ?? element.textContent, box: element.getBoundingClientRect(), list: element.parentElement.closest(".scrolls") }));
    for (const { name, box: { left, top, right, bottom }, list } of placed)
      if (!list && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)) wrong.push(`${name} lies at ${[left, top, right, bottom].map(Math.round)} in ${innerWidth}×${innerHeight}`);
    for (const [index, one] of placed.entries())
      for (const other of placed.slice(index + 1)) {
        if (one.list !== other.list) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
        if (wide > 2 && high > 2 && !within(one.box, other.box) && !within(other.box, one.box)) wrong.push(`${one.name} and ${other.name} lie ${Math.round(wide)}×${Math.round(high)} px on each other`);
      }
    return wrong.slice(0, 5);
  });

test("zoomed from 50 % to 300 % nothing leaves the window, nothing lies on anything else, and the canvas is sharp", () =>
  withSample(async ({ page, address }) => {
    const session = await page.context().newCDPSession(page);
    const found = [];
    for (const percent of [50, 67, 125, 150, 200, 250, 300]) {
      const zoom = percent / 100;
      await enlarge(page, session, zoom);
      for (const view of ["today", "reception", "tickets", "return-visits", "settings/look", "gallery"]) {
        await go(page, address, view);
        for (const sentence of [...(await audit(page)), ...(await misplaced(page))]) found.push(`${percent} %, ${view}: ${sentence}`);
      }
    }
    assert.deepEqual(found, []);
    // And back, without being loaded anew.
    await enlarge(page, session, 1);
    assert.deepEqual(await misplaced(page), []);
  }), { long: true });
