// What the interface may ask of the browser (the other side of host.h).

import { outcome } from "./storage.js";

export class Host {
  #frames = 0;
  #frame = 0;
  #timer = 0;
  #at = 0; // when it goes off
  #writing = null;
  // For tests and benchmarks: how many frames were drawn, how long the last ones took, and what of that went to the desk.
  drawn = 0;
  times = new Array(60).fill(0);
  asked = new Array(60).fill(0);

  constructor({ storage, semantics, files, pictures, photos, printer }) {
    Object.assign(this, { storage, semantics, files, pictures, photos, printer });
  }

  // Animation frames until none is wanted; nothing while the page is hidden.
  wake(frames) {
    this.#frames = Math.max(this.#frames, frames);
    if (this.#frame || document.hidden || !this.page) return;
    this.#frame = requestAnimationFrame((time) => {
      this.#frame = 0;
      this.#frames = Math.max(this.#frames - 1, 0);
      this.drawn += 1;
      const started = performance.now();
      this.#frames = Math.max(this.#frames, this.page.frame(time));
      this.times[this.drawn % this.times.length] = performance.now() - started;
      this.asked[this.drawn % this.asked.length] = this.page.asked();
      if (this.#frames > 0) this.wake(0);
    });
  }

  wakeIn(milliseconds) {
    // Asked with every frame, mostly for the same moment.
    const at = performance.now() + milliseconds;
    if (this.#timer && Math.abs(at - this.#at) < 4) return;
    clearTimeout(this.#timer);
    this.#at = at;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      if (document.hidden) this.page.tick();
      else this.wake(1);
    }, milliseconds);
  }

  say(json) {
    this.semantics.apply(JSON.parse(json));
  }

  // One transaction of BlockStore, put together call by call; bytes are copied out of the heap at once.
  storageBegin(token, epoch, sequence, strict) {
    this.#writing = { token, expected: { epoch, sequence }, head: null, puts: [], erasures: [], strict };
  }
  storageHead(epoch, sequence, bytes) {
    this.#writing.head = { epoch, sequence, bytes };
  }
  storageErase(area, from, to) {
    this.#writing.erasures.push({ area, from, to });
  }
  storagePut(area, key, bytes) {
    this.#writing.puts.push({ area, key, bytes });
  }
  storageCommit() {
    const { token, ...writing } = this.#writing;
    this.#writing = null;
    this.storage.write(writing).then(
      (result) => this.page.written(token, result),
      () => this.page.written(token, outcome.failed),
    );
  }
  retryIn(milliseconds) {
    setTimeout(() => this.page.retry(), milliseconds);
  }

  address(path, replace) {
    const url = `#/${path}`;
    if (location.hash === url) return;
    history[replace ? "replaceState" : "pushState"](null, "", url);
  }
  title(text) {
    document.title = text;
  }
  unsaved(unsaved) {
    this.recordsWait = unsaved;
  }
  get isUnsaved() {
    return this.recordsWait || this.photos.waiting > 0;
  }
  remember(key, value) {
    try {
      localStorage.setItem(`guanjia.${key}`, value);
    } catch {
      // Private windows may refuse; only a convenience is lost.
    }
  }

  tellNotices() {
    if ("Notification" in window) this.page.notices({ granted: 1, denied: 2 }[Notification.permission] ?? 0);
  }
  async askForNotices() {
    await window.Notification?.requestPermission();
    this.tellNotices();
  }
  notify(title, words) {
    const details = { body: words, icon: "icon.svg", tag: "guanjia" };
    try {
      const notice = new Notification(title, details);
      notice.onclick = () => window.focus();
    } catch {
      // Chrome on Android has it only of a service worker. Where none shows it either, the page itself has told it.
      navigator.serviceWorker?.ready.then((registration) => registration.showNotification(title, details)).catch(() => {});
    }
  }

  look(theme, scale) {
    const page = document.documentElement;
    page.className = theme;
    page.style.setProperty("--text-scale", scale);
    document.querySelector("meta[name=theme-color]").content = getComputedStyle(page).getPropertyValue("--surface");
    this.semantics.scale = scale;
  }

  download(name, bytes) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
  chooseFile() {
    this.files.click();
  }
  choosePhoto() {
    this.pictures.click();
  }
  async keepPhoto(token, hash, bytes) {
    this.page.photoKept(token, await this.photos.keep(hash, bytes));
    this.wake(2);
  }
  async showPhoto(hash, longest) {
    const shown = await this.photos.pixels(hash, longest).catch(() => null);
    this.page.photoShown(hash, longest, shown);
    this.wake(2);
  }
  async loadPhotos(token, hashes) {
    for (const hash of hashes) {
      const bytes = await this.photos.bytes(hash).catch(() => null);
      if (bytes) this.page.photoLoaded(token, hash, bytes);
    }
    this.page.photosLoaded(token);
    this.wake(2);
  }
  async lookOverPhotos() {
    const hashes = await this.photos.hashes().catch(() => []);
    for (let first = 0; first < hashes.length; first += 500) this.page.photosHeld(hashes.slice(first, first + 500));
  }
  forgetPhotos(hashes) {
    this.photos.forget(hashes).catch(() => {}); // the next start comes to it again
  }
  // A browser that does not let us read the clipboard still hands over what is pasted by its own keys (page.js).
  paste() {
    navigator.clipboard?.readText?.().then((text) => this.pasted(text), () => {});
  }
  pasted(text) {
    if (text) this.page.file("", new TextEncoder().encode(text));
    this.wake(2);
  }
  print(html) {
    this.printer.print(html);
  }
  takeOver() {
    this.onTakeOver();
  }
  reload() {
    location.reload();
  }
  update() {
    this.onUpdate();
  }
  // One character by the fonts of the system, for what the bundled fonts lack: { width, height, left, top, advance, alpha }.
  glyph(character, pixels) {
    this.sketch ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const context = this.sketch;
    const font = `${pixels}px "Guanjia Text", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`;
    context.font = font;
    const metrics = context.measureText(character);
    const left = Math.floor(-metrics.actualBoundingBoxLeft);
    const top = Math.floor(-metrics.actualBoundingBoxAscent);
    const width = Math.min(Math.ceil(metrics.actualBoundingBoxRight) - left, 512);
    const height = Math.min(Math.ceil(metrics.actualBoundingBoxDescent) - top, 512);
    if (!(width > 0 && height > 0)) return { width: 0, height: 0, left: 0, top: 0, advance: metrics.width, alpha: null };
    context.canvas.width = width;
    context.canvas.height = height;
    context.font = font;
    context.fillText(character, -left, -top);
    const pixelsOf = context.getImageData(0, 0, width, height).data;
    const alpha = new Uint8Array(width * height);
    for (let index = 0; index < alpha.length; ++index) alpha[index] = pixelsOf[index * 4 + 3];
    return { width, height, left, top, advance: metrics.width, alpha };
  }
}
