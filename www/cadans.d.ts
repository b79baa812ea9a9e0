// The types of cadans.js. Those of the values are in pkg/cadans.d.ts, which is generated from src/types.d.ts.

export { Book, Rulebook, Watch, check, decide, decideJson, explain, version } from "./pkg/cadans.js";
export type * from "./pkg/cadans.js";

/** Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response. */
export function init(source?: BufferSource | URL | string | Response | Promise<Response> | WebAssembly.Module): Promise<void>;
