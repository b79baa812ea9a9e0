// Cadans as a JavaScript module: `import { init, Rulebook, Book, decide } from "./cadans.js"; await init();`
//
// This is the whole interface, in browsers, workers and Node alike. The conversions are Rust's (src/wasm/); here are only
// the loading of the module and the refusal of values that are no handles, so that every fault is a CadansError.

import load, * as module from "./pkg/cadans.js";

let loading;
let loaded = false;

/** Loads the module, once. `source` is needed only where it lies elsewhere: its bytes, a URL, or a Response. */
export function init(source) {
  loading ??= start(source).catch((error) => {
    loading = undefined; // so that a later call may try again
    throw error;
  });
  return loading;
}

async function start(source) {
  if (source === undefined && globalThis.process?.versions?.node) {
    // Node fetches no files.
    const { readFile } = await import("node:fs/promises");
    source = await readFile(new URL("./pkg/cadans_bg.wasm", import.meta.url));
  }
  await load(source === undefined ? undefined : { module_or_path: source });
  loaded = true;
}

function refuse(code, message, help) {
  return Object.assign(new Error(message), { name: "CadansError", code, help });
}

function ready() {
  if (!loaded) throw refuse("not-loaded", "The module is not loaded yet", "Say `await init()` first");
}

function handle(value, kind, code) {
  if (!(value instanceof kind)) throw refuse(code, `This is not a ${kind.name}`, `Make one with new ${kind.name}(…)`);
  if (value.__wbg_ptr === 0) throw refuse("freed", `This ${kind.name} was freed`, "Make a new one");
  return value;
}

export class Rulebook extends module.Rulebook {
  constructor(packs) {
    ready();
    super(packs);
  }
}

export class Book extends module.Book {
  constructor(leads, options) {
    ready();
    super(leads, options);
  }
}

/** The decisions for all leads, kept up to date: `tick` as time passes, `log` and `put` as something happens. */
export class Watch extends module.Watch {
  constructor(rulebook, book, now) {
    ready();
    super(rules(rulebook), leads(book), now);
  }
}

const rules = (value) => handle(value, Rulebook, "not-a-rulebook");
const leads = (value) => handle(value, Book, "not-a-book");

/** Advice for every lead in the book at `now`: first the day's queue, then the leads that wait or are on hold. */
export const decide = (rulebook, book, now) => module.decide(rules(rulebook), leads(book), now);
/** The same as JSON text: byte for byte what the native library gives. */
export const decideJson = (rulebook, book, now) => module.decideJson(rules(rulebook), leads(book), now);
/** Advice for one lead, with every rule that held or nearly held. */
export const explain = (rulebook, book, lead, now) => module.explain(rules(rulebook), leads(book), lead, now);
/** What is wrong with packs, without keeping them; in English, unless another language is named. */
export const check = (packs, language) => (ready(), module.check(packs, language));
/** The version of the module. */
export const version = () => (ready(), module.version());
