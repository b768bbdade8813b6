// Photos: scaled down when they are taken in, and kept by their hash in a database of their own, so that what is mirrored in
// memory stays small. Opened when the first one is asked for.

import { open, outcome, outcomeOf } from "./storage.js";

// Nothing that was written on the picture's back (place, device) goes with it: it is drawn anew.
const attempts = [[1600, 0.82], [1600, 0.65], [1200, 0.65], [900, 0.5]]; // longest side, quality
const limit = 768 * 1024; // photo_limit (core/base/photo.h)
const store = "photo";

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(Math.round(picture.width * scale), 1);
  canvas.height = Math.max(Math.round(picture.height * scale), 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return { canvas, context };
}

export class Photos {
  #name;
  #database = null;
  waiting = 0; // being kept

  constructor(name) {
    this.#name = name;
  }

  async #store(mode, options) {
    if (!this.#database) {
      this.#database = await open(this.#name, [store]);
      this.#database.onclose = this.#database.onversionchange = () => this.#forget();
    }
    try {
      return this.#database.transaction(store, mode, options);
    } catch (error) {
      this.#forget();
      throw error;
    }
  }
  #forget() {
    this.#database?.close();
    this.#database = null;
  }

  // The bytes of a file as a photo of ours; null when it is no picture.
  async made(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    if (!picture) return null;
    try {
      for (const [longest, quality] of attempts) {
        const { canvas } = drawn(picture, longest);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
        if (blob && blob.size <= limit) return new Uint8Array(await blob.arrayBuffer());
      }
      return null;
    } finally {
      picture.close();
    }
  }

  // Kept when the browser has promised it.
  async keep(hash, bytes) {
    this.waiting += 1;
    try {
      const transaction = await this.#store("readwrite", { durability: "strict" });
      transaction.objectStore(store).put(bytes, hash);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return outcome.complete;
    } catch (error) {
      this.#forget();
      return outcomeOf(error);
    } finally {
      this.waiting -= 1;
    }
  }

  // Null when it is not here.
  async bytes(hash) {
    const transaction = await this.#store("readonly");
    return (await answer(transaction.objectStore(store).get(hash))) ?? null;
  }

  // { width, height, pixels }, no side longer than that; null when it is not here or cannot be drawn.
  async pixels(hash, longest) {
    const bytes = await this.bytes(hash);
    if (!bytes) return null;
    const picture = await createImageBitmap(new Blob([bytes]));
    const { canvas, context } = drawn(picture, longest);
    picture.close();
    const { width, height } = canvas;
    return { width, height, pixels: context.getImageData(0, 0, width, height).data };
  }

  async hashes() {
    const transaction = await this.#store("readonly");
    return answer(transaction.objectStore(store).getAllKeys());
  }

  async forget(hashes) {
    const transaction = await this.#store("readwrite");
    for (const hash of hashes) transaction.objectStore(store).delete(hash);
  }
}
