// The IndexedDB side of BlockStore (core/store/block_store.h), in as few lines as possible: what is decided is decided in
// C++. One connection, opened again after any error and never retried dead.

const layout = 1;
const areas = ["log", "segment"];
export const outcome = { complete: 0, otherOwner: 1, full: 2, failed: 3, gone: 4 };
export const outcomeOf = (error) => (error?.name === "QuotaExceededError" ? outcome.full : outcome.failed);

export function open(name, stores) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, layout);
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

export class Storage {
  #name;
  #database = null;

  constructor(name) {
    this.#name = name;
  }

  async #connection() {
    if (!this.#database) {
      this.#database = await open(this.#name, ["meta", ...areas]);
      const forget = () => (this.#database = null);
      this.#database.onclose = forget;
      this.#database.onversionchange = () => {
        this.#database?.close();
        forget();
      };
    }
    return this.#database;
  }

  // Hands over everything that is kept: head(bytes), record(area, key, bytes).
  async load(head, record) {
    const database = await this.#connection();
    const transaction = database.transaction(["meta", ...areas], "readonly");
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
    });
    transaction.objectStore("meta").get("head").onsuccess = (event) => event.target.result && head(event.target.result.bytes);
    for (const [area, store] of areas.entries()) {
      transaction.objectStore(store).openCursor().onsuccess = (event) => {
        const cursor = event.target.result;
        if (!cursor) return;
        record(area, cursor.key, cursor.value);
        cursor.continue();
      };
    }
    await done;
  }

  // All or nothing; nothing when the head is not the expected one. `write`: see Host.storageWrite.
  async write({ expected, head, puts, erasures, strict }) {
    let transaction;
    try {
      const database = await this.#connection();
      transaction = database.transaction(["meta", ...areas], "readwrite", { durability: strict ? "strict" : "relaxed" });
    } catch (error) {
      this.#forget();
      return outcome.failed;
    }
    return new Promise((resolve) => {
      let refused = null;
      transaction.oncomplete = () => resolve(outcome.complete);
      transaction.onabort = () => {
        if (refused !== null) return resolve(refused);
        this.#forget();
        resolve(outcomeOf(transaction.error));
      };
      const meta = transaction.objectStore("meta");
      meta.get("head").onsuccess = (event) => {
        const { epoch = 0, sequence = 0 } = event.target.result ?? {};
        if (epoch !== expected.epoch || sequence !== expected.sequence) {
          refused = event.target.result ? outcome.otherOwner : outcome.gone;
          return transaction.abort();
        }
        try {
          for (const { area, from, to } of erasures) transaction.objectStore(areas[area]).delete(IDBKeyRange.bound(from, to));
          for (const { area, key, bytes } of puts) transaction.objectStore(areas[area]).put(bytes, key);
          meta.put(head, "head");
        } catch (error) {
          transaction.abort();
        }
      };
    });
  }

  #forget() {
    this.#database?.close();
    this.#database = null;
  }
}
