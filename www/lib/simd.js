// `cadans/simd`: the module with vectors of 128 bits alone, for whoever knows that every engine has them (Safari from 16.4 on). A bundle then holds one file of
// WebAssembly and not two.

import { instance } from "./api.js";

export * from "./public.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./cadans.js").init}
 */
export const init = (source) => instance.init(source ?? (() => new URL("./pkg/cadans_simd_bg.wasm", import.meta.url)));
