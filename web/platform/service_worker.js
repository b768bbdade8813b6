// Keeps the whole program for use without a network, under the hash of its content. A new version waits until a person
// accepts it. The build fills in the two constants.

const version = "@VERSION@";
const assets = ["@ASSETS@"];
const prefix = "guanjia-";

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(prefix + version);
    await cache.addAll(assets.map((asset) => new Request(asset, { cache: "no-cache" })));
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

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const answer = async () => {
    const cache = await caches.open(prefix + version);
    const wanted = request.mode === "navigate" ? "./" : request;
    return (await cache.match(wanted, { ignoreSearch: request.mode === "navigate" })) ?? fetch(request);
  };
  event.respondWith(answer());
});
