// Photos of a ticket: chosen, dropped and pasted, shown, carried to headquarters, and gone with a person's data.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Profile, makeDesk, saved, temporary } from "./browser.mjs";
import { act, button, go, rail, settled, test, withSample } from "./harness.mjs";

const ticket = "BX-20261120-A004";

// A picture of one colour and a size of its own, as a camera would give it.
const picture = (page, colour, width = 2400, height = 1800) =>
  page.evaluate(([fill, across, down]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: across, height: down });
    const context = canvas.getContext("2d");
    context.fillStyle = fill;
    context.fillRect(0, 0, across, down);
    return canvas.toDataURL("image/png").split(",")[1];
  }, [colour, width, height]).then((base64) => Buffer.from(base64, "base64"));

async function choose(page, colours) {
  const choosing = page.waitForEvent("filechooser");
  await act(page, "添加照片");
  const files = [];
  for (const colour of colours) files.push({ name: `${colour}.png`, mimeType: "image/png", buffer: await picture(page, colour) });
  await (await choosing).setFiles(files);
}
const tile = (page, name) => page.getByRole("group", { name: "照片" }).getByRole("button", { name });
// A size and the colour of the first pixel, decoded by the browser.
const decoded = (page, bytes) =>
  page.evaluate(async (base64) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    context.drawImage(image, 0, 0);
    return { size: [image.width, image.height], colour: [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)] };
  }, bytes.toString("base64"));
// The colour in the middle of what is drawn there.
async function colourAt(page, locator) {
  await settled(page);
  const box = await locator.boundingBox();
  return (await decoded(page, await page.screenshot({ clip: { x: box.x + box.width / 2, y: box.y + box.height / 2, width: 1, height: 1 } }))).colour;
}
// What the browser keeps of photos; `add` puts one in that nothing names.
const hashesKept = (page, add) =>
  page.evaluate((extra) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("guanjia-photos", 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const store = opening.result.transaction("photo", "readwrite").objectStore("photo");
      if (extra) store.put(new Uint8Array([1]), extra);
      store.getAllKeys().onsuccess = (event) => {
        opening.result.close();
        resolve(event.target.result);
      };
    };
  }), add);
const isNear = (colour, wanted) => colour.every((value, index) => Math.abs(value - wanted[index]) < 12);
async function untilColour(page, locator, wanted) {
  let colour;
  for (let attempt = 0; attempt < 40; ++attempt) {
    colour = await colourAt(page, locator);
    if (isNear(colour, wanted)) return;
    await page.waitForTimeout(100);
  }
  assert.deepEqual(colour, wanted);
}

test("photos are added to a ticket, scaled, shown large, still there after a reload, and voided", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, `tickets/${ticket}`);
    await choose(page, ["#c00000", "#0000c0"]);
    await tile(page, /照片 2\/2/).waitFor();
    await saved(page);
    const kept = await hashesKept(page);
    assert.equal(kept.length, 2);
    const unnamed = "ab".repeat(32);
    assert.equal((await hashesKept(page, unnamed)).length, 3);
    await page.reload();
    await tile(page, /照片 1\/2/).waitFor();
    // What nothing names is gone with the next start.
    for (let attempt = 0; attempt < 50 && (await hashesKept(page)).includes(unnamed); ++attempt) await page.waitForTimeout(100);
    assert.deepEqual(await hashesKept(page), kept);
    await untilColour(page, tile(page, /照片 1\/2/), [0xc0, 0, 0]);
    await tile(page, /照片 2\/2/).click();
    const large = page.getByRole("dialog", { name: /照片 2\/2/ }).getByRole("img");
    await untilColour(page, large, [0, 0, 0xc0]);
    await page.keyboard.press("ArrowRight");
    await untilColour(page, page.getByRole("dialog", { name: /照片 1\/2/ }).getByRole("img"), [0xc0, 0, 0]);
    // On a telephone too, and there it comes to rest as well.
    await page.setViewportSize({ width: 360, height: 740 });
    await untilColour(page, page.getByRole("dialog").getByRole("img"), [0xc0, 0, 0]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await settled(page);
    const saving = page.waitForEvent("download");
    await button(page, "保存这张照片").click();
    const folder = temporary("photos");
    const file = path.join(folder, (await saving).suggestedFilename());
    await (await saving).saveAs(file);
    assert.match(path.basename(file), /^BX-20261120-A004-1\.jpg$/);
    const bytes = fs.readFileSync(file);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
    const { size } = await decoded(page, bytes);
    assert.deepEqual(size, [1600, 1200]);
    await page.getByRole("dialog").getByRole("button", { name: "作废" }).click();
    const form = page.getByRole("form", { name: /作废/ });
    await form.getByRole("textbox").first().fill("拍错了");
    await form.getByRole("button", { name: /作废/ }).click();
    await tile(page, /照片 1\/1/).waitFor();
    await untilColour(page, tile(page, /照片 1\/1/), [0, 0, 0xc0]);
    fs.rmSync(folder, { recursive: true, force: true });
  }));

test("a picture is pasted or dropped where a ticket is shown; anything else, and any other place, is told", () =>
  withSample(async ({ page, address }) => {
    const give = async (event, name, type, bytes) =>
      page.evaluate(([what, file, kind, base64]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], file, { type: kind }));
        document.body.dispatchEvent(what === "paste" ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true }) : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }, [event, name, type, bytes.toString("base64")]);
    await go(page, address, `tickets/${ticket}`);
    await give("paste", "image.png", "image/png", await picture(page, "#00a000", 300, 200));
    await tile(page, /照片 1\/1/).waitFor();
    await give("drop", "b.png", "image/png", await picture(page, "#a0a000", 300, 200));
    await tile(page, /照片 2\/2/).waitFor();
    await give("drop", "b.png", "image/png", await picture(page, "#a0a000", 300, 200));
    await page.getByText("这张照片已经在工单里了").waitFor();
    await give("drop", "x.png", "image/png", Buffer.from("no picture at all"));
    await page.getByText(/这不是能打开的图片/).waitFor();
    await go(page, address, "today");
    await give("paste", "image.png", "image/png", await picture(page, "#101010", 30, 20));
    await page.getByText("请先打开一张工单，再放入照片").waitFor();
  }));

test("a day file carries photos when asked, and headquarters shows what it otherwise says is elsewhere", () =>
  withSample(async ({ page, address }) => {
    await go(page, address, `tickets/${ticket}`);
    await choose(page, ["#c00000"]);
    await tile(page, /照片 1\/1/).waitFor();
    const folder = temporary("photos");
    const handOver = async (name) => {
      const downloading = page.waitForEvent("download");
      await button(page, "导出移交文件").click();
      await (await downloading).saveAs(path.join(folder, name));
      return path.join(folder, name);
    };
    await rail(page, "设置").click();
    const plain = await handOver("plain.gjslice");
    await page.getByRole("checkbox", { name: "带上当天工单的照片" }).click();
    const whole = await handOver("whole.gjslice");
    assert.ok(fs.statSync(whole).size > fs.statSync(plain).size);
    const headquarters = await new Profile().open();
    try {
      const office = await headquarters.page(address);
      await makeDesk(office, { centre: "HQ", name: "总部", headquarters: true });
      const take = async (file) => {
        await rail(office, "总部").click();
        const choosing = office.waitForEvent("filechooser");
        await button(office, "导入文件").click();
        await (await choosing).setFiles(file);
        await office.getByText(/新增 [\d,]+ 条，已有 [\d,]+ 条/).first().waitFor({ timeout: 30_000 });
      };
      await take(plain);
      await go(office, address, `tickets/${ticket}`);
      await tile(office, /照片 1\/1/).click();
      await office.getByText("这张照片不在本台").waitFor();
      await office.keyboard.press("Escape");
      await take(whole);
      await office.getByText(/照片 1 张/).waitFor();
      await go(office, address, `tickets/${ticket}`);
      await tile(office, /照片 1\/1/).click();
      await untilColour(office, office.getByRole("dialog").getByRole("img"), [0xc0, 0, 0]);
    } finally {
      await headquarters.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }));
