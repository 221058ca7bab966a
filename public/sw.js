// Keeps the page, so that it opens without a network.
//
// The build fills in the two constants. With every build the version changes, the browser sees
// another worker, and that one fetches the new files and lets the old ones go.
const FILES = [];
const VERSION = "unbuilt";

// Caches belong to the whole origin, which may serve other pages and other copies of this one.
const OURS = `trazo ${self.registration.scope} `;
const CACHE = OURS + VERSION;

// How long a network that is there but does not answer is waited for, in milliseconds.
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      // One after the other, and each read to its end: answers that are begun and left lying hold up the very same files
      // where the page asks for them at that moment.
      for (const file of FILES) {
        // Hashed files may come from the browser's own cache; of the others the server is asked.
        const answer = await fetch(file, { cache: isHashed(file) ? "default" : "no-cache" });
        if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
        await cache.put(file, answer);
      }
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { scope } = self.registration;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  // What the relay brings from AWS is never kept, and never answered from what was kept.
  if (request.url.startsWith(`${scope}relay/`)) return;
  event.respondWith(
    isHashed(new URL(request.url).pathname) ? fromCache(event, request) : fromNetwork(event, request),
  );
});

// A name that carries a hash of its contents never changes what it means.
function isHashed(path) {
  return /-[0-9a-f]{8,16}(_bg)?\.(css|js|wasm)$/.test(path);
}

async function fromCache(event, request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // The page does not wait until the copy is kept.
  if (answer.ok) event.waitUntil(cache.put(request, answer.clone()).catch(() => {}));
  return answer;
}

async function fromNetwork(event, request) {
  const cache = await caches.open(CACHE);
  const key = keptAs(request.url);
  const kept = await cache.match(key);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put(key, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  // An answer that comes too late for this time is kept for the next.
  event.waitUntil(fresh.catch(() => {}));
  const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
  return Promise.race([fresh, late]).catch(() => kept);
}

// The page is the same with and without its file name, and whatever follows in the address.
function keptAs(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/index\.html$/, "/");
}
