// The types of importing.js. Those of the values are in pkg/cadans_importing.d.ts, which is generated from src/importing.d.ts.

export { importLeads } from "./pkg/cadans_importing.js";
export type * from "./pkg/cadans_importing.js";
export { CadansError } from "./cadans.js";

import type { ModuleSource } from "./cadans.js";

/** Loads the module, once. `source` is needed only where it lies elsewhere. After an error with code "trap" it makes a new one. */
export function init(source?: ModuleSource): Promise<void>;
