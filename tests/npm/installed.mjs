// The package as `cargo xtask npm` installed it from its tarball into examples/, and what the tests of it share.

import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const examples = new URL("../../examples/", import.meta.url);
export const tarball = process.env.CADANS_PACKAGE;
if (!tarball) throw new Error("These tests need the package: run `cargo xtask npm`.");

export const path = (place) => fileURLToPath(new URL(place, examples));
export const installed = (file) => import(new URL(`node_modules/cadans/${file}`, examples).href);
export const text = (place) => readFile(new URL(place, examples), "utf8");
export const [rules, leads] = await Promise.all([text("monday.rhai"), text("leads.json")]);
export const packs = [{ file: "monday.rhai", text: rules }];
export const NOW = "2026-11-20T10:00:00+01:00";

const started = promisify(execFile);
/** Runs a program of examples/node_modules in a folder of examples/; what it prints. */
export async function run(program, args, folder = "") {
  try {
    return (await started(program, args, { cwd: path(folder), encoding: "utf8", maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}: ${error.stdout ?? ""}${error.stderr ?? error}`);
  }
}
export const tool = (name) => path(`node_modules/${name}`);
export const node = (args, folder) => run(process.execPath, args, folder);

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

/** Serves a folder; its address, and what ends it. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const file = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname)));
    const place = await stat(file).then((about) => (about.isDirectory() ? join(file, "index.html") : file), () => undefined);
    if (!place) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(place)] ?? "text/plain" });
    createReadStream(place).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}/`, end: () => server.close() };
}
