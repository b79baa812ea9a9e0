// The packs that ship: inside sales with the contact policies, on leads of the kind that the sample has.
//
// The measure is JSON.parse of the same lead file. Cadans is asked as a module, and as a command that is started anew each time and goes from
// file to file. Times are wall clock: the command waits for files, and what JSON.parse leaves behind is collected on other cores. All of it is
// in a process of its own, which `shipped` starts, so that no other leads are in memory.

import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rulebookOf } from "./engines/cadans.mjs";
import { Program } from "./engines/native.mjs";
import { load, root } from "./modules.mjs";
import { inTurn } from "./timing.mjs";

/** The morning that the sample leads are about. */
const NOW = "2026-11-20T10:00:00+01:00";
/** Leads that all ways are compared on before anything is timed. */
const COMPARED = 1_000;
const RULES = fileURLToPath(new URL("rules/", root));

/**
 * Figures `{ cpu, wall, ratio }` by name, and `megabytes` of the lead file.
 * @param {{ build: string, size: number, files: string[], generate: string, command: string, native?: string, pace: object }} asked the build of
 *   the module, how many leads, the packs as paths in `rules/`, the generator of sample leads, the `cadans` command, the native program of the
 *   bench, and as `inTurn` takes it the pace
 */
export function shipped(asked) {
  const folder = mkdtempSync(join(tmpdir(), "cadans-bench-"));
  try {
    const own = fileURLToPath(import.meta.url);
    const told = execFileSync(process.execPath, ["--no-warnings", "--max-old-space-size=8000", own, JSON.stringify({ ...asked, folder })], { encoding: "utf8" });
    return JSON.parse(told);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The command on a lead file: what it prints, and how long it takes to print that into a file. */
function commandOn({ command, files, folder }, leads) {
  const words = (options) => ["decide", "--rules", ...files, "--leads", leads, "--now", NOW, ...options];
  return {
    lines: (options) => execFileSync(command, words([...options, "--format", "ndjson"]), {
      cwd: RULES, encoding: "utf8", maxBuffer: 1 << 29, stdio: ["ignore", "pipe", "ignore"],
    }).trimEnd().split("\n"),
    timed(options) {
      const out = openSync(join(folder, "answer"), "w");
      const start = performance.now();
      execFileSync(command, words(options), { cwd: RULES, stdio: ["ignore", out, "ignore"] });
      const wall = performance.now() - start;
      closeSync(out);
      return { cpu: wall, wall };
    },
  };
}

/** Full advice in numbers by the native program, which finds the packs in the folder of the leads. */
function nativeOn({ native, folder, files }, size) {
  symlinkSync(RULES, join(folder, "rules"));
  const program = new Program(native, [folder, String(Date.parse(NOW))]);
  const packs = files.map((file) => `rules/${file}`).join(",");
  return { task: program.task(size, [], (_, repeats) => `watch ${size}.json:${packs} ${repeats}`), end: () => program.end() };
}

/** Writes a lead file; its path. */
function leadFile({ generate, folder }, size) {
  const file = join(folder, `${size}.json`);
  execFileSync(generate, ["sample", String(size), file]);
  return file;
}

/** Command and module say the same about every lead, byte for byte; `--limit` and `--lead` leave out and change nothing. */
function compare(asked, cadans, rulebook) {
  const file = leadFile(asked, COMPARED);
  const command = commandOn(asked, file);
  const all = command.lines([]);
  const inModule = cadans.decideJson(rulebook, new cadans.Book(readFileSync(file)), NOW);
  if (inModule !== `[${all.join(",")}]`) {
    const apart = all.findIndex((line) => !inModule.includes(line));
    throw new Error(`Command and module decide otherwise, first at line ${apart}: ${all[apart]}`);
  }
  const same = (options, wanted) => {
    if (command.lines(options).join("\n") !== wanted.join("\n")) throw new Error(`The command decides otherwise with ${options.join(" ")}.`);
  };
  same(["--limit", "5"], all.slice(0, 5));
  for (const line of [all[0], all[COMPARED / 2]]) same(["--lead", JSON.parse(line).lead], [line]);
}

async function figures(asked) {
  const { build, size, files, pace } = asked;
  const cadans = await load(build);
  const rulebook = rulebookOf(cadans, files.map((file) => ({ file, text: readFileSync(join(RULES, file), "utf8") })));
  compare(asked, cadans, rulebook);
  const file = leadFile(asked, size);
  const bytes = readFileSync(file);
  const text = bytes.toString();
  const ids = JSON.parse(text).leads.map(({ id }) => id);
  if (ids.length !== size) throw new Error(`${ids.length} leads were written instead of ${size}.`);
  const command = commandOn(asked, file);
  let [book, watch] = [new cadans.Book(bytes)];
  const tasks = {
    book() { book.free(); book = new cadans.Book(bytes); },
    kept() { watch?.free(); watch = new cadans.Watch(rulebook, book, NOW); },
    text() { cadans.decideJson(rulebook, book, NOW); },
  };
  const commands = { limit: ["--limit", "5"], lead: ["--lead", ids[size >> 1]], all: ["--format", "ndjson"] };
  const named = [
    ...Object.entries(tasks).map(([name, decide]) => [name, { items: size, decide }]),
    ...Object.entries(commands).map(([name, options]) => [name, { items: size, timed: async () => command.timed(options) }]),
  ];
  const native = asked.native && nativeOn(asked, size);
  if (native) named.push(["native", native.task]);
  const parse = { items: size, decide: () => JSON.parse(text) };
  const [parsing, ...others] = await inTurn(parse, named.map(([, task]) => task), { ...pace, by: "wall" });
  native?.end();
  return { megabytes: bytes.length / 1e6, parsing, ...Object.fromEntries(others.map((figure, place) => [named[place][0], figure])) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await figures(JSON.parse(process.argv[2]))));
