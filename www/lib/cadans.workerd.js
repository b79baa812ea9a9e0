// Cadans in workerd (Cloudflare Workers), which compiles modules when it is deployed and none while it runs.

import compiled from "./pkg/cadans_simd_bg.wasm";
import { instance } from "./api.js";

export * from "./public.js";

/**
 * Makes the engine ready, once. `source` is needed only for another module.
 * @type {typeof import("./cadans.js").init}
 */
export const init = (source) => instance.init(source ?? compiled);
