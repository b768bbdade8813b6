// Keeps the whole program for use without a network, under the hash of its content. A new version waits until a person
// accepts it. The build fills in the two constants.

const version = "@VERSION@";
const assets = ["@ASSETS@"];
const prefix = "guanjia-";

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(prefix + version);
    // What lies under a hash is never another; the page has just fetched most of it.
    const how = (asset) => (asset.startsWith("app-") ? "force-cache" : "no-cache");
    await cache.addAll(assets.map((asset) => new Request(asset, { cache: how(asset) })));
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== prefix + version) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("message", (event) => event.data === "activate" && self.skipWaiting());

// A notice that the page may not show itself (host.js).
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const show = async () => {
    const [desk] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    await (desk ? desk.focus() : self.clients.openWindow("./"));
  };
  event.waitUntil(show());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const answer = async () => {
    // The browser's own copy, beside which it keeps what it has compiled of it: handed on as it is, else it compiles
    // anew. The page itself must not ask so: where the tools for developers have switched the cache off, Chromium would
    // take the page down.
    if (request.url.endsWith(".wasm")) {
      const own = await fetch(request, { cache: "only-if-cached", mode: "same-origin" }).catch(() => null);
      if (own?.ok) return own;
    }
    const cache = await caches.open(prefix + version);
    const wanted = request.mode === "navigate" ? "./" : request;
    return (await cache.match(wanted, { ignoreSearch: request.mode === "navigate" })) ?? fetch(request);
  };
  event.respondWith(answer());
});
