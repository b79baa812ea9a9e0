// Cadans in a browser, a worker, or whatever a bundler makes of them: `import { init, Rulebook, Book, decide } from "cadans"; await init();`
//
// Both addresses are written out, because bundlers find files by such expressions. Elsewhere: cadans.node.js, cadans.workerd.js.

import { instance } from "./api.js";

export * from "./public.js";

// A function whose body needs vectors of 128 bits: engines that have them find it valid, and get the faster of two modules.
const VECTORS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./cadans.js").init}
 */
export const init = (source) => instance.init(source ?? (() => (WebAssembly.validate(new Uint8Array(VECTORS))
  ? new URL("./pkg/cadans_simd_bg.wasm", import.meta.url)
  : new URL("./pkg/cadans_bg.wasm", import.meta.url))));
