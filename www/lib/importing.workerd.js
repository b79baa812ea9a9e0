// The importers in workerd (Cloudflare Workers), which compiles modules when it is deployed.

import compiled from "./pkg/cadans_importing_bg.wasm";
import { instance } from "./importing-api.js";

export * from "./importing-api.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./importing.js").init}
 */
export const init = (source) => instance.init(source ?? compiled);
