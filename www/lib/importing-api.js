// The API of the importing module: other systems' files become the text of a lead file, for `new Book(...)` or `Loader` of the other modules.
//
// The conversions are Rust's (src/wasm/importing.rs).

import { Instance } from "./instance.js";
import * as module from "./pkg/cadans_importing.js";

export { CadansError } from "./errors.js";

/** The importing module, for importing.js. */
export const instance = new Instance(module);

/** @type {typeof import("./importing.js").importLeads} */
export const importLeads = (kind, files, options) => instance.run(() => module.importLeads(kind, files, options), [kind, files, options]);
