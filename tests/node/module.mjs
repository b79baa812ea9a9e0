// The module as an embedding program under Node gets it.

import { readFile } from "node:fs/promises";
import { init } from "../../www/lib/cadans.node.js";

export * from "../../www/lib/cadans.node.js";
export const bytes = await readFile(new URL("../../www/lib/pkg/cadans_bg.wasm", import.meta.url));
await init();

export const root = new URL("../../", import.meta.url);
export const index = JSON.parse(await readFile(new URL("www/rules/index.json", root), "utf8"));
/** The packs that the demo has in force. */
export const packs = await Promise.all(index.inForce.map(async (file) => ({
  file,
  text: await readFile(new URL(`rules/${file}`, root), "utf8"),
})));
/** The sample leads, as bytes. */
export const sample = await readFile(new URL("www/sample/leads.json", root));
