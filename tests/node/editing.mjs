// The editing module as an embedding program under Node gets it.

import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { init } from "../../www/lib/editing.node.js";

export * from "../../www/lib/editing.node.js";
await init();

export const root = new URL("../../", import.meta.url);
/** A pack of the folder `rules/`, as the editing functions take it. */
export const pack = async (file) => ({ file, text: await readFile(new URL(`rules/${file}`, root), "utf8") });
/** What the command prints, run in the project's folder. */
export const command = (args) => {
  const program = fileURLToPath(new URL(`target/debug/cadans${process.platform === "win32" ? ".exe" : ""}`, root));
  return execFileSync(program, args, { cwd: fileURLToPath(root), encoding: "utf8" });
};
