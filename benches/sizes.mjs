// What a page has to fetch.

import { readFile, readdir } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { BUILDS, api, bytesOf } from "./modules.mjs";

const packed = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
});

/** Bytes of each build and of the JavaScript around it: `{ simd, plain, javascript }`; `null` for a build that is not there. */
export async function sizes() {
  const all = {};
  for (const build of Object.keys(BUILDS)) {
    const bytes = await bytesOf(build);
    all[build] = bytes && packed(bytes);
  }
  const scripts = [...(await readdir(api)).filter((file) => file.endsWith(".js")), "pkg/cadans.js"];
  all.javascript = packed(Buffer.concat(await Promise.all(scripts.map((file) => readFile(new URL(file, api))))));
  return all;
}
