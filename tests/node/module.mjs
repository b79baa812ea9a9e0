// The module as an embedding program under Node gets it.

import { readFile } from "node:fs/promises";
import * as cadans from "../../www/pkg/cadans.js";

export const bytes = await readFile(new URL("../../www/pkg/cadans_bg.wasm", import.meta.url));
await cadans.default({ module_or_path: bytes });
export default cadans;
