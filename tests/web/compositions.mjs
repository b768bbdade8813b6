// What people do with a text, played to our field and to a plain one beside it: shared by the tests and the bench.
import { field } from "./harness.mjs";

// The same numbers for the same seed.
export function numbers(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % limit;
  };
}
const syllables = ["ni", "hao", "dian", "ti", "zao", "yin", "lou", "shui", "wu", "ye", "guan", "jia", "xie", "x"];
const words = ["电梯", "噪音", "漏水", "物业", "管家", "谢谢", "你好", "𠮷", "㛃", "😀", "一", "，", "ABC", "12", "é", "👨‍👩‍👧"];

// Beside ours a plain text area that is given the same events.
export const addPlain = (page) =>
  page.evaluate(() => {
    const plain = document.createElement("textarea");
    plain.id = "plain";
    plain.style.cssText = "position:fixed;left:0;bottom:0;width:300px;height:80px;z-index:9";
    document.body.append(plain);
  });

// One thing that a person does with a text, as steps that can be done twice.
export function deed(random) {
  const caret = random(1000) / 1000;
  const selected = random(4) === 0 ? random(1000) / 1000 : null;
  const kind = ["compose", "compose", "compose", "compose", "cancel", "type", "delete", "paste"][random(8)];
  const letters = Array.from({ length: 1 + random(3) }, () => syllables[random(syllables.length)]).join("");
  const text = Array.from({ length: 1 + random(3) }, () => words[random(words.length)]).join("");
  return { caret, selected, kind, letters, text, stride: 1 + random(3) };
}

export async function perform(session, page, which, { caret, selected, kind, letters, text, stride }) {
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
  // One after the other without waiting for each, as from somebody who types fast.
  const sent = [];
  const send = (...message) => sent.push(session.send(...message));
  const preedit = (part) => send("Input.imeSetComposition", { text: part, selectionStart: part.length, selectionEnd: part.length });
  switch (kind) {
    case "compose":
      for (let length = stride; length < letters.length; length += stride) preedit(letters.slice(0, length));
      preedit(letters);
      send("Input.insertText", { text });
      break;
    case "cancel":
      for (let length = 1; length <= letters.length; length += stride) preedit(letters.slice(0, length));
      preedit("");
      break;
    case "type":
      for (const letter of letters) send("Input.dispatchKeyEvent", { type: "char", text: letter });
      break;
    case "delete":
      await page.keyboard.press("Backspace");
      break;
    default:
      send("Input.insertText", { text: text.repeat(3) });
  }
  await Promise.all(sent);
}

// Seeded deeds until so many compositions were made among them; sentences about where ours is not what the plain one is.
export async function playCompositions(page, { compositions, seed = 20261123, mostFailures = 5 }) {
  await addPlain(page);
  const session = await page.context().newCDPSession(page);
  const ours = `#${await field(page, "需要什么").getAttribute("id")}`;
  const random = numbers(seed);
  const failures = [];
  const anew = async () => {
    for (const selector of [ours, "#plain"]) {
      await page.evaluate((name) => {
        const element = document.querySelector(name);
        element.focus();
        element.select();
      }, selector);
      await page.keyboard.press("Delete");
    }
  };
  let composed = 0;
  let deeds = 0;
  for (; composed < compositions && failures.length < mostFailures; ++deeds) {
    const what = deed(random);
    composed += what.kind === "compose" || what.kind === "cancel";
    await perform(session, page, ours, what);
    await perform(session, page, "#plain", what);
    const [mine, plain] = await page.evaluate((selector) => [document.querySelector(selector), document.getElementById("plain")].map(({ value, selectionStart, selectionEnd }) => [value, selectionStart, selectionEnd]), ours);
    const same = mine.every((part, index) => part === plain[index]);
    if (!same) failures.push(`${JSON.stringify(mine)} instead of ${JSON.stringify(plain)} after deed ${deeds}: ${JSON.stringify(what)}`);
    // Now and then everything is begun anew, so that texts stay short.
    if (!same || plain[0].length > 60) await anew();
  }
  // What the program holds is what the page shows: it says so in each frame.
  await page.evaluate(() => document.activeElement.blur());
  const [held, shown] = await page.evaluate(async (selector) => {
    const both = () => [guanjia.text(Number(selector.slice(2))), document.querySelector(selector).value];
    // On a busy machine a frame may be long in coming.
    for (const until = performance.now() + 5000; both()[0] !== both()[1] && performance.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 50));
    return both();
  }, ours);
  if (held !== shown) failures.push(`the program holds ${held}, the page shows ${shown}`);
  await session.detach();
  return { composed, deeds, failures };
}

export const caretTexts = ["3栋1单元502", "电梯夜间运行噪音大，影响休息", "Mr. Smith, unit 12B", "王建国（业主）138****5627", "ＡＢＣ１２３、。！？"];

// Where the page has the caret behind each character of a text, and where the canvas ends what stands before it: the
// greatest distance between the two, in px.
export async function caretDistance(page, text) {
  await field(page, "房号").fill(text);
  return page.evaluate((words) => {
    const sketch = document.createElement("b");
    sketch.style.cssText = "position:absolute;white-space:pre";
    document.activeElement.after(sketch);
    let most = 0;
    for (const { index, segment } of new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(words)) {
      sketch.textContent = words.slice(0, index + segment.length);
      most = Math.max(most, Math.abs(sketch.getBoundingClientRect().width - guanjia.width(sketch.textContent)));
    }
    sketch.remove();
    return most;
  }, text);
}

// The same as it is seen: the field is pictured while the page draws its text and while the canvas does. How far the
// right end of the text and its middle line lie apart, in px. `eyes`: an empty page to look at pictures with.
export async function inkDistance(page, eyes, text) {
  const plain = field(page, "房号");
  await plain.fill(text);
  const box = await plain.boundingBox();
  const clip = { x: box.x + 4, y: box.y + 4, width: box.width - 8, height: box.height - 8 };
  const still = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
  await plain.evaluate((element) => (element.style.caretColor = "transparent"));
  await still();
  const pictures = [await page.screenshot({ clip })];
  await plain.evaluate((element) => element.blur());
  await still();
  pictures.push(await page.screenshot({ clip }));
  await plain.evaluate((element) => (element.style.caretColor = ""));
  const [dom, canvas] = await eyes.evaluate(
    (list) =>
      Promise.all(
        list.map(async (data) => {
          const image = new Image();
          image.src = `data:image/png;base64,${data}`;
          await image.decode();
          const context = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height }).getContext("2d");
          context.drawImage(image, 0, 0);
          const { data: pixels, width, height } = context.getImageData(0, 0, image.width, image.height);
          let [right, top, bottom] = [0, height, 0];
          for (let y = 0; y < height; ++y)
            for (let x = 0; x < width; ++x)
              if (pixels[(y * width + x) * 4 + 1] < 150) {
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
              }
          return { right, middle: (top + bottom) / 2 };
        }),
      ),
    pictures.map((each) => each.toString("base64")),
  );
  return Math.max(Math.abs(dom.right - canvas.right), Math.abs(dom.middle - canvas.middle));
}

// Plays what a browser once told a text area (traces.json, record_traces.mjs) to the element of this selector: its text
// and selection become what they were then, and the page gets a frame now and then, in which it might spoil them.
// Sentences about what went wrong. The page is Playwright's or Puppeteer's.
export const replay = (page, selector, trace) =>
  page.evaluate(
    async ([which, { text, selection, events }]) => {
      const wrong = [];
      const element = document.querySelector(which);
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      element.focus();
      element.value = text;
      element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
      element.setSelectionRange(...selection);
      await frame();
      await frame();
      let before = text;
      const kinds = { key: KeyboardEvent, com: CompositionEvent, inp: InputEvent, bef: InputEvent };
      for (const [type, made, value, start, end] of events) {
        if (element.value !== before) wrong.push(`before ${type} ${made.data ?? made.key} it held ${element.value} instead of ${before}`);
        if (value !== before) element.value = value;
        if (element.selectionStart !== start || element.selectionEnd !== end) element.setSelectionRange(start, end);
        const event = new kinds[type.slice(0, 3)](type, { bubbles: true, cancelable: type !== "input", ...made });
        if (!element.dispatchEvent(event)) wrong.push(`${type} ${made.data ?? made.key} was taken away from it`);
        before = value;
        if (type === "input" || type === "keyup") await frame();
      }
      await frame();
      await frame();
      if (element.value !== before) wrong.push(`it holds ${element.value} in the end instead of ${before}`);
      return wrong;
    },
    [selector, trace],
  );
