// The functions for authors of rules: `import { init, runExamples } from "./editing.js"; await init();`
//
// A module of its own beside cadans.js, larger, and loaded only where rules are edited. It can decide as well, but its Rulebook and Book are not
// those of cadans.js: neither takes the other's. The conversions are Rust's (src/wasm/editing/).

import { handle } from "./handles.js";
import load, * as module from "./pkg/cadans_editing.js";

export * from "./pkg/cadans_editing.js";

/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response.
 * @type {typeof import("./editing.js").init}
 */
export function init(source) {
  loading ??= start(source).catch((error) => {
    loading = undefined; // so that a later call may try again
    throw error;
  });
  return loading;
}

/** @param {Parameters<typeof import("./editing.js").init>[0]} source */
async function start(source) {
  if (source === undefined) {
    const file = new URL("./pkg/cadans_editing_bg.wasm", import.meta.url);
    // Node fetches no files.
    const inNode = globalThis.process?.versions?.node !== undefined;
    source = inNode ? await (await import("node:fs/promises")).readFile(file) : file;
  }
  await load({ module_or_path: source });
}

/**
 * Lives with the advice for some days, and counts what should not happen; undefined when `progress` returned false.
 * @type {typeof import("./editing.js").simulate}
 */
export const simulate = (rulebook, book, now, options, progress, language) => module.simulate(
  handle(rulebook, module.Rulebook, "not-a-rulebook"), handle(book, module.Book, "not-a-book"), now, options, progress, language,
);
