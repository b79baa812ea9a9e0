// The types of editing.js. Those of the values are in pkg/cadans_editing.d.ts, which is generated from src/types.d.ts and src/editing.d.ts.

export * from "./pkg/cadans_editing.js";

/** Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response. */
export function init(source?: BufferSource | URL | string | Response | Promise<Response> | WebAssembly.Module): Promise<void>;
