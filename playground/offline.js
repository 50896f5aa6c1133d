// What was loaded once is there without a network: each file of this page, kept under the name of its build.
const KEPT = "kexplain-@BUILD@";
const FILES = @FILES@;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("kexplain-") && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});
addEventListener("fetch", (event) => {
  const own = new URL(event.request.url).origin === location.origin && event.request.method === "GET";
  if (own) event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((kept) => kept || fetch(event.request)));
});
