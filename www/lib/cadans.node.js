// Cadans in Node, Deno and Bun, where files are read and not fetched. Each of them knows vectors of 128 bits.

import { readFile } from "node:fs/promises";
import { instance } from "./api.js";

export * from "./public.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./cadans.js").init}
 */
export const init = (source) => instance.init(source ?? (() => readFile(new URL("./pkg/cadans_simd_bg.wasm", import.meta.url))));
