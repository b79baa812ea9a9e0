// What a page has to fetch.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { BUILDS, bytesOf, root } from "./modules.mjs";

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
  const scripts = ["www/cadans.js", "www/pkg/cadans.js"].map((file) => readFile(new URL(file, root)));
  all.javascript = packed(Buffer.concat(await Promise.all(scripts)));
  return all;
}
