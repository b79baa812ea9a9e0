// Cadans in workerd (Cloudflare Workers), which compiles modules when it is deployed and none while it runs.

import compiled from "./pkg/cadans_simd_bg.wasm";
import { instance } from "./api.js";

export {
  Book, CadansError, Loader, Rulebook, Watch, decide, decideJson, explain, match, overLimit, version, versions,
} from "./api.js";
export { Matcher } from "./matcher.js";

/**
 * Makes the engine ready, once. `source` is needed only for another module.
 * @type {typeof import("./cadans.js").init}
 */
export const init = (source) => instance.init(source ?? compiled);
