// Makes the npm package: node package.mjs <folder>. Of www/lib and the licences it makes <folder>/cadans, packs it into <folder>/cadans-<version>.tgz, and prints
// what each file weighs, with the hash for `integrity` (SRI). Fails when a second run gives other bytes, or when a path of this machine is in a file.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = resolve(process.argv[2]);
const folder = join(target, "cadans");
const hash = (bytes, kind = "sha384") => `${kind}-${createHash(kind).update(bytes).digest("base64")}`;

const first = packed();
const second = packed();
if (hash(first.bytes) !== hash(second.bytes)) throw new Error("Two runs gave different bytes: something in the package depends on the run");
for (const { name, bytes } of files(folder)) {
  const local = [root, homedir(), "/root/", "/home/"].find((path) => path.length > 1 && bytes.includes(path));
  if (local) throw new Error(`${name} has a path of this machine: ${local}`);
}
report(first);

/** Assembles and packs; the tarball. */
function packed() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "www/lib"), folder, { recursive: true, filter: (from) => !from.endsWith(".wasm.d.ts") });
  for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(join(root, name), join(folder, name));
  writeFileSync(join(folder, "README.md"), readmeOfPackage());
  const plain = readFileSync(join(folder, "pkg/cadans_bg.wasm"));
  writeFileSync(join(folder, "inline-module.js"), `// Generated: pkg/cadans_bg.wasm, gzipped, in base64.\nexport const GZIPPED = "${gzipSync(plain, { level: 9 }).toString("base64")}";\n`);
  for (const name of ["cadans", "cadans_editing", "cadans_importing"]) {
    const types = join(folder, `pkg/${name}.d.ts`);
    writeFileSync(types, withoutLoading(readFileSync(types, "utf8")));
  }
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (existsSync(join(folder, "element.js"))) {
    about.exports["./element"] = { ...(existsSync(join(folder, "element.d.ts")) && { types: "./element.d.ts" }), default: "./element.js" };
  }
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
  const options = ["pack", folder, "--pack-destination", target, "--ignore-scripts", "--loglevel=error"];
  execFileSync("npm", options, { shell: process.platform === "win32", stdio: ["ignore", "ignore", "inherit"] });
  const name = `cadans-${about.version}.tgz`;
  return { name, bytes: readFileSync(join(target, name)) };
}

/**
 * The types of the module without its loading, which speaks of what only browsers have, and without the class that only matcher.js uses. `Symbol.dispose` is
 * declared for programs whose library of types does not have it.
 */
function withoutLoading(types) {
  const end = types.indexOf("export type InitInput");
  if (end < 0) throw new Error("The generated types have another form than before: no InitInput");
  const kept = types.slice(0, end)
    .replace(/\/\*\*(?:(?!\*\/)[\s\S])*\*\/\nexport class FlatRows \{[\s\S]*?\n\}\n/, "")
    .replace(/(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export function (?:match|__wbg_reset_state)\(.*\n/g, "");
  return `${kept.trimEnd()}\n\ndeclare global {\n  interface SymbolConstructor {\n    readonly dispose: unique symbol;\n  }\n}\n`;
}

/** The README of the project as far as it is of use to who embeds the package. */
function readmeOfPackage() {
  const whole = readFileSync(join(root, "README.md"), "utf8");
  const section = /^## In a console of your own\n[\s\S]*?(?=^## )/m.exec(whole)?.[0];
  if (!section) throw new Error("README.md has no section \"In a console of your own\"");
  return `# cadans\n\n${/^\*\*The next best contact.*$/m.exec(whole)[0]}\n\n${section.replace(/\]\((?!https?:)[^)]*\)/g, "]")}`;
}

/** Every file below a folder. */
function files(of) {
  const inside = readdirSync(of, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = inside.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  return names.map((name) => ({ name: name.slice(of.length + 1).replaceAll("\\", "/"), bytes: readFileSync(name) }));
}

function report({ name, bytes }) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const weigh = (size) => `${Math.ceil(size / 1000)} KB`.padStart(8);
  console.log(`${name}: ${weigh(bytes.length).trim()}; the same bytes in two runs, no path of this machine inside`);
  console.log(`${"".padEnd(28)}${"raw".padStart(8)}${"brotli".padStart(8)}  integrity`);
  const heavy = files(folder).filter(({ name }) => name.endsWith(".wasm") || name === "inline-module.js" || /^pkg\/\w+\.js$/.test(name));
  for (const { name, bytes } of heavy) {
    console.log(`${name.padEnd(28)}${weigh(bytes.length)}${weigh(brotliCompressSync(bytes, { params }).length)}  ${hash(bytes)}`);
  }
}
