// The functions for authors of rules in Node, Deno and Bun, where files are read and not fetched.

import { readFile } from "node:fs/promises";
import { instance } from "./editing-api.js";

export * from "./editing-api.js";

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./editing.js").init}
 */
export const init = (source) => instance.init(source ?? (() => readFile(new URL("./pkg/cadans_editing_bg.wasm", import.meta.url))));
