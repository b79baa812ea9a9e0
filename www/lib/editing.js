// The functions for authors of rules: `import { init, runExamples } from "cadans/editing"; await init();`
//
// A module of its own beside cadans.js, larger, and loaded only where rules are edited. It can decide as well, but its Rulebook and Book are not
// those of cadans.js: neither takes the other's.

import { instance } from "./editing-api.js";

export * from "./editing-api.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./editing.js").init}
 */
export const init = (source) => instance.init(source ?? (() => new URL("./pkg/cadans_editing_bg.wasm", import.meta.url)));
