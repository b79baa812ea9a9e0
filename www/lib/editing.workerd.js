// The functions for authors of rules in workerd (Cloudflare Workers), which compiles modules when it is deployed.

import compiled from "./pkg/cadans_editing_bg.wasm";
import { instance } from "./editing-api.js";

export * from "./editing-api.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./editing.js").init}
 */
export const init = (source) => instance.init(source ?? compiled);
