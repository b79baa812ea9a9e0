// The module twice in one process, plain and with simd: JavaScript keeps one copy of a file for an address, so each gets copies of its own.

import { rmSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";

export const root = new URL("../", import.meta.url);
/** The folder that others import: `cadans.js`, what it imports, and `pkg/`. */
export const api = new URL("www/lib/", root);

/** The two builds and the file of each. */
export const BUILDS = { simd: "cadans_simd_bg.wasm", plain: "cadans_bg.wasm" };

/** The bytes of a build; `null` when there is none. */
export const bytesOf = (build) => readFile(new URL(`pkg/${BUILDS[build]}`, api)).catch(() => null);

const copyOf = (build) => new URL(`node_modules/.cadans/${process.pid}/${build}/`, import.meta.url);
process.on("exit", () => rmSync(copyOf("."), { recursive: true, force: true }));

/** What `cadans.js` exports, loaded with this build; `null` when there is none. */
export async function load(build) {
  const bytes = await bytesOf(build);
  if (!bytes) return null;
  const copy = copyOf(build);
  await cp(api, copy, { recursive: true });
  const cadans = await import(new URL("cadans.js", copy));
  await cadans.init(bytes);
  return cadans;
}

/** What the module of a build that was loaded exports itself, its memory among it. */
export const pkg = async (build) => (await import(new URL("pkg/cadans.js", copyOf(build)))).default();
