// Two stores that do the same work in the same browser: ours, and wa-sqlite's IDBMirrorVFS. `measure` is called by bench.mjs.

import createStorageBench from "/build/web-build/storage_bench.js";
import { Host } from "/web/platform/host.js";
import { Storage } from "/web/platform/storage.js";

class Ours {
  static async open() {
    const self = new Ours();
    const storage = new Storage("bench-ours");
    const host = new Host({ storage });
    self.waiting = [];
    const onSaved = (saved) => {
      self.saved = saved;
      self.waiting = self.waiting.filter(({ sequence, resolve }) => sequence > saved || resolve());
    };
    const module = await createStorageBench({ host, onSaved, locateFile: (name) => `/build/web-build/${name}` });
    self.module = module;
    host.page = { written: (token, outcome) => module._bench_written(token, outcome), retry() {} };
    const lend = (bytes, call) => {
      const place = module._malloc(bytes.length + 1);
      module.HEAPU8.set(bytes, place);
      module.HEAPU8[place + bytes.length] = 0;
      try {
        return call(place, bytes.length);
      } finally {
        module._free(place);
      }
    };
    self.lend = lend;
    await storage.load(
      (bytes) => lend(bytes, (place, size) => module._bench_head(place, size)),
      (area, [first, second], bytes) => lend(bytes, (place, size) => module._bench_record(area, first, second, place, size)),
    );
    if (!module._bench_open()) throw new Error("records are damaged");
    return self;
  }
  returned(sql) {
    this.sequence = this.lend(new TextEncoder().encode(sql), (place) => this.module._bench_execute(place));
    queueMicrotask(() => this.module._bench_pump());
  }
  durable() {
    const { sequence } = this;
    if (this.saved >= sequence) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ sequence, resolve }));
  }
  count(sql) {
    return this.lend(new TextEncoder().encode(sql), (place) => this.module._bench_integer(place));
  }
}

class Theirs {
  static async open() {
    const [{ default: factory }, SQLite, { IDBMirrorVFS }] = await Promise.all([
      import("/node_modules/@journeyapps/wa-sqlite/dist/wa-sqlite-async.mjs"),
      import("/node_modules/@journeyapps/wa-sqlite/src/sqlite-api.js"),
      import("/node_modules/@journeyapps/wa-sqlite/src/examples/IDBMirrorVFS.js"),
    ]);
    const self = new Theirs();
    const module = await factory();
    self.sqlite = SQLite.Factory(module);
    self.sqlite.vfs_register(await IDBMirrorVFS.create("bench-theirs", module), true);
    self.database = await self.sqlite.open_v2("bench");
    return self;
  }
  // With synchronous=full a commit returns when it is durable; with normal, before.
  async returned(sql) {
    await this.sqlite.exec(this.database, sql);
  }
  durable() {
    return Promise.resolve();
  }
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function commits(store, count) {
  const returned = [];
  const durable = [];
  for (let index = 0; index < count; ++index) {
    const started = performance.now();
    await store.returned(`INSERT INTO note(body) VALUES(hex(randomblob(100)))`);
    returned.push(performance.now() - started);
    await store.durable();
    durable.push(performance.now() - started);
  }
  return { returned: median(returned), durable: median(durable) };
}

const fill = (rows) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) INSERT INTO note(body) SELECT hex(randomblob(400)) FROM n`;

globalThis.measure = async (which, { megabytes, count, many }) => {
  const opening = performance.now();
  const store = await (which === "ours" ? Ours : Theirs).open();
  if (which === "theirs") await store.returned("PRAGMA synchronous=full");
  await store.returned("CREATE TABLE IF NOT EXISTS note(id INTEGER PRIMARY KEY, body TEXT)");
  await store.durable();
  const result = { open: performance.now() - opening };
  result.small = await commits(store, count);
  const filling = performance.now();
  if (megabytes > 0) {
    await store.returned(fill(Math.round((megabytes * 1024) / 0.83)));
    await store.durable();
  }
  result.fill = performance.now() - filling;
  result.large = await commits(store, count);
  const burst = performance.now();
  if (which === "theirs") await store.returned("PRAGMA synchronous=normal");
  for (let index = 0; index < many; ++index) await store.returned(`INSERT INTO note(body) VALUES('${index}')`);
  if (which === "theirs") await store.returned("PRAGMA synchronous=full; INSERT INTO note(body) VALUES('last')");
  await store.durable();
  result.many = performance.now() - burst;
  return result;
};
globalThis.reopen = async (which) => {
  const started = performance.now();
  const store = await (which === "ours" ? Ours : Theirs).open();
  if (which === "ours") store.count("SELECT count(*) FROM note");
  else await store.returned("SELECT count(*) FROM note");
  return performance.now() - started;
};
globalThis.ready = true;
