// Text entry: what an input method does to our field it does to a plain one, character for character, wherever the caret is.
import assert from "node:assert/strict";
import { caretDistance, caretTexts, inkDistance, playCompositions } from "./compositions.mjs";
import { compose, deep, field, go, test, withSample } from "./harness.mjs";

test("compositions at any place of a text leave what they leave in a plain field", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "gallery");
    const { failures } = await playCompositions(page, { compositions: deep ? 10_000 : 150 });
    assert.deepEqual(failures, []);
  }), { long: deep });

test("undo, selection by mouse and keyboard, paste of a long text, emoji and rare characters", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "reception");
    const need = field(page, "需要什么");
    await need.click();
    await compose(page, "电梯有异响");
    // Were a text node replaced meanwhile ("saved" by "saving"), Chromium could begin another step of undo.
    await page.evaluate(() => {
      globalThis.said = [];
      const told = ({ target, removedNodes }) => said.push(target.nodeType === Node.TEXT_NODE ? "changed" : [...removedNodes].map((node) => `replaced ${node.textContent}`));
      new MutationObserver((changes) => changes.forEach(told)).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    await page.keyboard.type("ab");
    await page.waitForFunction(() => said.length > 0);
    await page.keyboard.type("c");
    await page.keyboard.press("Control+z");
    assert.equal(await need.inputValue(), "电梯有异响");
    assert.deepEqual(await page.evaluate(() => said.filter((each) => each !== "changed")), []);
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await compose(page, "𠮷㛃😀");
    assert.equal(await need.inputValue(), "𠮷㛃😀有异响");
    const box = await need.boundingBox();
    await page.mouse.dblclick(box.x + 8, box.y + 12);
    assert.notEqual(await need.evaluate((element) => element.selectionEnd - element.selectionStart), 0);
    // Longer than a record may be: told at once, and nothing of it is cut off.
    const long = "很长的话。".repeat(700);
    await need.fill(long);
    await page.getByRole("alert").filter({ hasText: "太长了" }).waitFor();
    assert.equal(await need.inputValue(), long);
    await need.fill("短了");
    await page.getByRole("alert").waitFor({ state: "detached" });
  }));

test("fields ask the browser for nothing that it remembers, and a touch keyboard for the right keys", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "gallery");
    const told = await page.evaluate(() =>
      Object.fromEntries([...document.querySelectorAll("#semantics :is(input, textarea)")].map((element) => [element.ariaLabel, [element.type, element.autocomplete, element.inputMode, element.spellcheck]])),
    );
    for (const [name, [, autocomplete, , spellcheck]] of Object.entries(told)) assert.deepEqual([autocomplete, spellcheck], [name === "口令" ? "new-password" : "off", false], name);
    assert.equal(told["口令"][0], "password");
    assert.equal(told["金额"][2], "decimal");
  }));

// Where the caret is drawn by the page and where the text ends on the canvas must be one place.
test("text stands on the canvas where the page has it, within 4 px", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "gallery");
    for (const text of caretTexts) {
      const distance = await caretDistance(page, text);
      assert.ok(distance <= 4, `${text}: ${distance} px`);
    }
  }));

test("a text stays where it is when the field is left, as far as eyes can see", () =>
  withSample(async ({ page, address, profile }) => {
    await go(page, address, "gallery");
    const eyes = await profile.context.newPage();
    await page.bringToFront();
    for (const text of caretTexts) {
      const distance = await inkDistance(page, eyes, text);
      assert.ok(distance <= 4, `${text}: ${distance} px`);
    }
  }));
