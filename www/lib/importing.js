// Other systems' files into a lead file: `import { init, importLeads } from "cadans/importing"; await init();`
//
// A module of its own, without rules and decisions, loaded only by whoever imports.

import { instance } from "./importing-api.js";

export * from "./importing-api.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./importing.js").init}
 */
export const init = (source) => instance.init(source ?? (() => new URL("./pkg/cadans_importing_bg.wasm", import.meta.url)));
