// Text entry: what an input method does to our field it does to a plain one, character for character, wherever the caret is.
import assert from "node:assert/strict";
import { compose, deep, field, go, test, withSample } from "./harness.mjs";

// The same numbers for the same seed.
function numbers(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % limit;
  };
}
const syllables = ["ni", "hao", "dian", "ti", "zao", "yin", "lou", "shui", "wu", "ye", "guan", "jia", "xie", "x"];
const words = ["电梯", "噪音", "漏水", "物业", "管家", "谢谢", "你好", "𠮷", "㛃", "😀", "一", "，", "ABC", "12", "é", "👨‍👩‍👧"];

// Beside ours a plain text area that is given the same events.
const addPlain = (page) =>
  page.evaluate(() => {
    const plain = document.createElement("textarea");
    plain.id = "plain";
    plain.style.cssText = "position:fixed;left:0;bottom:0;width:300px;height:80px;z-index:9";
    document.body.append(plain);
  });

// One thing that a person does with a text, as steps that can be done twice.
function deed(random) {
  const caret = random(1000) / 1000;
  const selected = random(4) === 0 ? random(1000) / 1000 : null;
  const kind = ["compose", "compose", "compose", "compose", "cancel", "type", "delete", "paste"][random(8)];
  const letters = Array.from({ length: 1 + random(3) }, () => syllables[random(syllables.length)]).join("");
  const text = Array.from({ length: 1 + random(3) }, () => words[random(words.length)]).join("");
  return { caret, selected, kind, letters, text, stride: 1 + random(3) };
}

async function perform(session, page, which, { caret, selected, kind, letters, text, stride }) {
  await page.evaluate(([selector, from, to]) => {
    const element = document.querySelector(selector);
    element.focus();
    // Between two characters, never within one that is made of several.
    const edges = [...new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(element.value)].map(({ index }) => index);
    edges.push(element.value.length);
    const place = (share) => edges[Math.floor(share * edges.length)];
    const ends = [place(from), place(to ?? from)].sort((left, right) => left - right);
    element.setSelectionRange(...ends);
  }, [which, caret, selected]);
  const preedit = (part) => session.send("Input.imeSetComposition", { text: part, selectionStart: part.length, selectionEnd: part.length });
  switch (kind) {
    case "compose":
      for (let length = stride; length < letters.length; length += stride) await preedit(letters.slice(0, length));
      await preedit(letters);
      await session.send("Input.insertText", { text });
      break;
    case "cancel":
      for (let length = 1; length <= letters.length; length += stride) await preedit(letters.slice(0, length));
      await preedit("");
      break;
    case "type":
      for (const letter of letters) await session.send("Input.dispatchKeyEvent", { type: "char", text: letter });
      break;
    case "delete":
      await page.keyboard.press("Backspace");
      break;
    default:
      await session.send("Input.insertText", { text: text.repeat(3) });
  }
}

test("compositions at any place of a text leave what they leave in a plain field", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "gallery");
    await addPlain(page);
    const session = await page.context().newCDPSession(page);
    const ours = `#${await field(page, "需要什么").getAttribute("id")}`;
    const rounds = deep ? 10_000 : 250;
    const random = numbers(20261123);
    for (let round = 0; round < rounds; ++round) {
      const what = deed(random);
      await perform(session, page, ours, what);
      await perform(session, page, "#plain", what);
      const [mine, plain] = await page.evaluate((selector) => [document.querySelector(selector), document.getElementById("plain")].map(({ value, selectionStart, selectionEnd }) => [value, selectionStart, selectionEnd]), ours);
      assert.deepEqual(mine, plain, `round ${round}: ${JSON.stringify(what)}`);
      // Now and then everything is begun anew, so that texts stay short.
      if (plain[0].length > 60)
        for (const selector of [ours, "#plain"]) {
          await page.evaluate((name) => {
            const element = document.querySelector(name);
            element.focus();
            element.select();
          }, selector);
          await page.keyboard.press("Delete");
        }
    }
    // What the program holds is what the page shows: it says so in each frame.
    await page.evaluate(() => document.activeElement.blur());
    const [held, shown] = await page.evaluate(async (selector) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return [guanjia.text(Number(selector.slice(2))), document.querySelector(selector).value];
    }, ours);
    assert.equal(held, shown);
  }), { long: deep });

test("undo, selection by mouse and keyboard, paste of a long text, emoji and rare characters", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, "reception");
    const need = field(page, "需要什么");
    await need.click();
    await compose(page, "电梯有异响");
    await page.keyboard.type("abc");
    await page.keyboard.press("Control+z");
    assert.equal(await need.inputValue(), "电梯有异响");
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
    const plain = field(page, "房号");
    for (const text of ["3栋1单元502", "电梯夜间运行噪音大，影响休息", "Mr. Smith, unit 12B", "王建国（业主）138****5627", "ＡＢＣ１２３、。！？"]) {
      await plain.fill(text);
      const widths = await page.evaluate((words) => {
        const sketch = document.createElement("b");
        sketch.style.cssText = "position:absolute;white-space:pre";
        sketch.textContent = words;
        document.activeElement.after(sketch);
        const { width } = sketch.getBoundingClientRect();
        sketch.remove();
        return [width, guanjia.width(words)];
      }, text);
      assert.ok(Math.abs(widths[0] - widths[1]) <= 4, `${text}: ${widths}`);
    }
  }));
