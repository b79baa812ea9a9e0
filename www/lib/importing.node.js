// The importers in Node, Deno and Bun, where files are read and not fetched.

import { readFile } from "node:fs/promises";
import { instance } from "./importing-api.js";

export * from "./importing-api.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./importing.js").init}
 */
export const init = (source) => instance.init(source ?? (() => readFile(new URL("./pkg/cadans_importing_bg.wasm", import.meta.url))));
