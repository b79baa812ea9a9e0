// `cadans/inline`: the module inside the JavaScript, for pages that are opened as a file and for bundlers that do not follow `new URL`. A third larger
// than the .wasm file, and nothing of it runs before all of it is there.

import { instance } from "./api.js";
import { GZIPPED } from "./inline-module.js";

export * from "./public.js";

/**
 * Makes the engine ready, once. `source` is needed only for another module.
 * @type {typeof import("./cadans.js").init}
 */
export const init = (source) => instance.init(source ?? unpacked);

/** The bytes of the module. */
async function unpacked() {
  const packed = Uint8Array.from(atob(GZIPPED), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
