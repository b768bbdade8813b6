// Starts the page: looks whether this browser can, loads the program and its first fonts, becomes the writing tab, hands the
// records over and opens the desk. Everything after that is events (events.js, semantics.js) and answers (host.js).

import createGuanjia from "./guanjia.js";
import { listen } from "./events.js";
import { Host } from "./host.js";
import { Owner } from "./owner.js";
import { Photos } from "./photos.js";
import { Printer } from "./printer.js";
import { Semantics } from "./semantics.js";
import { Storage } from "./storage.js";

const here = (name) => new URL(name, import.meta.url).href;
async function bytesOf(name) {
  const answer = await fetch(here(name));
  if (!answer.ok) throw Object.assign(new Error(`${name}: ${answer.status}`), { passes: answer.status >= 500 });
  return new Uint8Array(await answer.arrayBuffer());
}
// What can wait is asked for again when the network is back, or after a minute. A page that is left meanwhile says nothing.
async function inTheEnd(ask) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      // Of fetch and register: no network. Or the server is unwell.
      if (!(error instanceof TypeError || error.passes)) throw error;
    }
    await new Promise((again) => {
      addEventListener("online", again, { once: true });
      setTimeout(again, 60_000);
    });
  }
}
// What somebody typed need not be what a browser makes of it: "100%".
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
const largest = 512 * 2 ** 20; // bytes of a file that is no picture: it is read as a whole, and handed over as a copy
const element = (id) => document.getElementById(id);

function stop(reason) {
  globalThis.tell(reason);
  throw new Error(reason);
}

function check() {
  if (!isSecureContext || !navigator.locks) stop("insecure");
  if (!globalThis.program || !("indexedDB" in window) || !("BroadcastChannel" in window) || !("ResizeObserver" in window)) stop("old");
}

function prepareCanvas() {
  const canvas = element("canvas");
  canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
  canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
  // The program takes up this same context.
  const attributes = { alpha: false, depth: false, stencil: false, antialias: false, powerPreference: "low-power" };
  if (!canvas.getContext("webgl2", attributes)) stop("webgl");
  return canvas;
}

// Lets the browser go on with something else when that many milliseconds have gone by since it last could.
function pauses(milliseconds) {
  const { port1, port2 } = new MessageChannel();
  let until = performance.now() + milliseconds;
  return async () => {
    if (performance.now() < until) return;
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    until = performance.now() + milliseconds;
  };
}

// In the person's colours from the beginning. What the program decides later is the same.
function dress() {
  const chosen = localStorage.getItem("guanjia.theme");
  const wished = matchMedia("(prefers-contrast: more)").matches ? "contrast" : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.className = chosen && chosen !== "system" ? chosen : wished;
}

// The program's exported functions with texts and bytes as their arguments.
class Page {
  constructor(module) {
    this.module = module;
    this.encoder = new TextEncoder();
  }
  #lend(bytes, call) {
    const { module } = this;
    const place = module._malloc(bytes.length + 1);
    if (!place) throw new RangeError(`no memory for ${bytes.length} bytes`);
    module.HEAPU8.set(bytes, place);
    module.HEAPU8[place + bytes.length] = 0;
    try {
      return call(place, bytes.length);
    } finally {
      module._free(place);
    }
  }
  #say(text, call) {
    return this.#lend(this.encoder.encode(text), call);
  }
  frame = (time) => this.module._page_frame(time);
  asked = () => this.module._page_asked();
  pointer = (kind, x, y, touch) => this.module._page_pointer(kind, x, y, touch);
  again = () => this.module._page_again();
  tick = () => this.module._page_tick();
  notices = (permission) => this.module._page_notices(permission);
  prefers = (dark, contrast, touch) => this.module._page_prefers(dark ? 1 : 0, contrast ? 1 : 0, touch ? 1 : 0);
  copy = () => {
    const place = this.module._page_copy();
    if (!place) return null;
    const text = this.module.UTF8ToString(place);
    const html = this.module.UTF8ToString(place + this.encoder.encode(text).length + 1);
    this.module._free(place);
    return { text, html };
  };
  audit = () => {
    const place = this.module._page_audit(performance.now());
    const items = JSON.parse(this.module.UTF8ToString(place));
    this.module._free(place);
    return items;
  };
  textOf = (id) => {
    const place = this.module._page_text_of(id);
    const text = place ? this.module.UTF8ToString(place) : null;
    this.module._free(place);
    return text;
  };
  widthOf = (text) => this.#say(text, (place) => this.module._page_width_of(place));
  scroll = (id, x, y) => this.module._page_scroll(id, x, y);
  scrollbar = (width) => this.module._page_scrollbar(width);
  resize = (width, height, pixelsWide, pixelsHigh) => this.module._page_resize(width, height, pixelsWide, pixelsHigh);
  context = (there) => this.module._page_context(there ? 1 : 0);
  focus = (id, visible) => this.module._page_focus(id, visible ? 1 : 0);
  activate = (id) => this.module._page_activate(id);
  text = (id, text) => this.#say(text, (place) => this.module._page_text(id, place));
  key = (id, name) => this.#say(name, (place) => this.module._page_key(id, place));
  address = (path) => this.#say(path, (place) => this.module._page_address(place));
  recall = (key, value) => this.#say(`${key}\n${value}`, (place) => this.module._page_recall(place));
  font = (kind, bytes) => this.#lend(bytes, (place, length) => this.module._page_font(kind, place, length));
  head = (bytes) => this.#lend(bytes, (place, length) => this.module._page_head(place, length));
  record = (area, [first, second], bytes) => this.#lend(bytes, (place, length) => this.module._page_record(area, first, second, place, length));
  fileRefused = (name, tooLarge) => this.#say(name, (place) => this.module._page_file_refused(place, tooLarge ? 1 : 0));
  check = () => this.module._page_check() !== 0;
  open = () => this.module._page_open();
  waits = (why) => this.module._page_waits(why);
  written = (token, outcome) => this.module._page_written(token, outcome);
  retry = () => this.module._page_retry();
  lost = () => this.module._page_lost();
  file = (name, bytes) => this.#say(name, (text) => this.#lend(bytes, (place, length) => this.module._page_file(text, place, length)));
  photoMade = (path, bytes) => this.#say(path, (text) => this.#lend(bytes ?? new Uint8Array(), (place, length) => this.module._page_photo_made(text, place, length)));
  photoKept = (token, outcome) => this.module._page_photo_kept(token, outcome);
  photoShown = (hash, longest, shown) => this.#say(hash, (text) => this.#lend(shown?.pixels ?? new Uint8Array(), (place) => this.module._page_photo_shown(text, longest, shown?.width ?? 0, shown?.height ?? 0, place)));
  photoLoaded = (token, hash, bytes) => this.#say(hash, (text) => this.#lend(bytes, (place, length) => this.module._page_photo_loaded(token, text, place, length)));
  photosLoaded = (token) => this.module._page_photos_loaded(token);
  photosHeld = (hashes) => this.#say(hashes.join("\n"), (place) => this.module._page_photos_held(place));
  online = (online) => this.module._page_online(online ? 1 : 0);
  hide = (hidden) => this.module._page_hide(hidden ? 1 : 0);
  updateWaits = () => this.module._page_update_waits();
  idle = () => this.module._page_idle() !== 0;
}

async function start() {
  dress();
  const compiled = globalThis.program; // begun by the page itself
  const fonts = Promise.all(["ui-regular.ttf", "ui-bold.ttf", "icons.ttf"].map(bytesOf));
  fonts.catch(() => {}); // awaited below
  check();
  const storage = new Storage("guanjia");
  const printer = new Printer();
  const files = element("files");
  const pictures = element("pictures");
  const photos = new Photos("guanjia-photos");
  const host = new Host({ storage, files, pictures, photos, printer });

  // A tab that is asked before it has its program has nothing to write; the epoch keeps it from writing later.
  let page = null;
  const settled = async () => {
    if (!page) return;
    const until = performance.now() + 1500;
    page.hide(true);
    while (!page.idle() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const owner = new Owner("guanjia", { onLost: () => page?.lost(), onAsked: settled });
  const owned = owner.acquire();
  const load = async () => {
    const records = [];
    await storage.load(
      (bytes) => records.push(["head", bytes]),
      (area, key, bytes) => records.push(["record", area, key, bytes]),
    );
    return records;
  };
  // Read while the program is compiled.
  const loaded = owned.then((is) => is && load());
  loaded.catch(() => {}); // told by open()
  // The main thread waits for the graphics process here, while everything above goes on.
  const canvas = prepareCanvas();

  let failed;
  const whole = new Promise((_, reject) => (failed = reject));
  const instantiateWasm = (imports, receive) => {
    const instantiate = async () => {
      const program = await compiled;
      receive(await WebAssembly.instantiate(program, imports), program);
    };
    instantiate().catch(failed);
    return {};
  };
  const module = await Promise.race([createGuanjia({ canvas, host, instantiateWasm }), whole]);
  performance.mark("program");
  page = new Page(module);
  host.semantics = new Semantics(element("semantics"), element("announcements"), page);
  for (const [kind, font] of (await fonts).entries()) page.font(kind, font);
  for (const key of ["language", "theme", "text", "notices", "uses", "desk"]) page.recall(key, localStorage.getItem(`guanjia.${key}`) ?? "");
  const path = () => decoded(location.hash.replace(/^#\/?/, ""));
  const address = () => page.address(path());
  address();
  addEventListener("popstate", address);
  addEventListener("hashchange", address);
  page.online(navigator.onLine);
  addEventListener("online", () => page.online(true));
  addEventListener("offline", () => page.online(false));
  document.addEventListener("visibilitychange", () => {
    page.hide(document.hidden);
    if (!document.hidden) host.wake(2);
  });
  addEventListener("beforeunload", (event) => host.isUnsaved && event.preventDefault());

  const open = async (loading) => {
    try {
      const records = await loading;
      // Of many records by steps, so that the browser can do something else between them.
      const pause = pauses(12);
      for (const [what, ...rest] of records) {
        page[what](...rest);
        await pause();
      }
      records.length = 0;
      while (!page.check()) await pause();
      page.open();
      await pause();
    } catch (error) {
      console.error(error);
      page.waits(2);
      return host.wake(2);
    }
    try {
      // What the first frame shows is asked before it.
      page.tick();
    } catch (error) {
      console.error(error); // no fault of the records; the frames ask as well
    }
    host.wake(2);
  };
  const takeOver = async () => {
    if (await owner.takeOver()) await open(load());
  };
  let taking;
  // Whoever presses again meanwhile would take it from this tab itself.
  host.onTakeOver = () => {
    taking ??= takeOver().finally(() => (taking = undefined));
  };

  const take = async (file, shown) => {
    if (file.type.startsWith("image/")) return page.photoMade(shown, await photos.made(file));
    if (file.size > largest) throw new RangeError(`${file.size} bytes`);
    page.file(file.name, new Uint8Array(await file.arrayBuffer()));
  };
  const takeAll = async (given) => {
    // A picture belongs to what was shown when it came.
    const shown = path();
    for (const file of given) {
      try {
        await take(file, shown);
      } catch (error) {
        // A folder, or a stick that was pulled out: it keeps none of the others away.
        page.fileRefused(file.name, error instanceof RangeError);
      }
      host.wake(2);
    }
  };
  for (const input of [files, pictures]) input.addEventListener("change", () => takeAll([...input.files]).finally(() => (input.value = "")));
  addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    takeAll(pasted);
    if (pasted.length === 0 && !event.target.closest?.("input, textarea")) host.pasted(event.clipboardData?.getData("text/plain"));
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    takeAll([...event.dataTransfer.files]);
  });

  host.page = page;
  host.tellNotices();
  if (await owned) await open(loaded);
  else page.waits(1);
  performance.mark("records");
  listen(element("app"), canvas, page);
  element("welcome").hidden = true;
  host.wake(2);
  // For tests and benchmarks.
  globalThis.guanjia = { drawn: () => host.drawn, times: () => host.times.slice(), asked: () => host.asked.slice(), audit: page.audit, text: page.textOf, width: page.widthOf, scale: () => host.semantics.scale };

  // What the first frame did not need.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  performance.mark("first-frame");
  page.font(3, await inTheEnd(() => bytesOf("text.ttf")));
  host.wake(2);
  const kept = keepOffline(page, host);
  // Nothing waits for the answer: Firefox asks the person, who may leave that open.
  navigator.storage?.persist?.().catch(() => {});
  await kept;
}

async function keepOffline(page, host) {
  if (!("serviceWorker" in navigator)) return;
  const scope = new URL("../", import.meta.url).pathname;
  const registration = await inTheEnd(() => navigator.serviceWorker.register(new URL("../service_worker.js", import.meta.url), { scope }));
  const offer = () => registration.waiting && navigator.serviceWorker.controller && page.updateWaits();
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  let accepted = false;
  host.onUpdate = () => {
    accepted = true;
    registration.waiting?.postMessage("activate");
  };
  navigator.serviceWorker.addEventListener("controllerchange", () => accepted && location.reload());
}

start().catch((error) => {
  console.error(error);
  // Somebody still reads that it is being opened.
  if (!document.querySelector('[data-reason=""]').hidden && !element("welcome").hidden) globalThis.tell("failed");
});
