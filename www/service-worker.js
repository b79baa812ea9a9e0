// Keeps the files of the page, so that it opens without a network. With one, each file is asked for anew, so that nobody sees an old page.
//
// files.json, which the build writes, names the files; what is asked for besides is not kept. Of the two modules that decide, an engine asks for one.

/// <reference lib="webworker" />

const KEPT = "cadans";
/** How long the network may take before what is kept is given, in milliseconds. */
const PATIENCE = 4_000;

/** @type {ServiceWorkerGlobalScope} */
const worker = /** @type {any} */ (self);

/** As in lib/cadans.js: engines with vectors of 128 bits take the module that uses them. */
const VECTORS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
const OTHER_MODULE = WebAssembly.validate(new Uint8Array(VECTORS)) ? "/cadans_bg.wasm" : "/cadans_simd_bg.wasm";

async function keep() {
  const cache = await caches.open(KEPT);
  const list = await fetch("files.json", { cache: "no-cache" });
  /** @type {{ files: string[] }} */
  const { files: all } = await list.json();
  const files = all.filter((file) => !file.endsWith(OTHER_MODULE));
  await cache.addAll(["./", ...files].map((file) => new Request(file, { cache: "no-cache" })));
  const wanted = new Set(["./", ...files].map((file) => new URL(file, worker.location.href).href));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(KEPT);
  const asked = fetch(request).then(async (fresh) => {
    if (fresh.ok && (await cache.match(request, { ignoreSearch: true }))) await cache.put(request.url, fresh.clone());
    return fresh;
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, undefined));
  const fresh = await Promise.race([asked.catch(() => undefined), late]);
  return fresh ?? (await cache.match(request, { ignoreSearch: true })) ?? asked;
}

worker.addEventListener("install", (event) => { event.waitUntil(keep().then(() => worker.skipWaiting())); });
worker.addEventListener("activate", (event) => { event.waitUntil(worker.clients.claim()); });
worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(new URL("./", worker.location.href).href)) event.respondWith(answer(event.request));
});
