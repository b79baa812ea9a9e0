// Programs beside this one: Cadans as native Rust (`native.rs`), and the same rules written by hand in Rust. They are told what to run and say
// how long it took.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { inFileOrder, leadFile } from "../workload/cadans.mjs";
import { NOW } from "../workload/leads.mjs";
import { rulesOf } from "../workload/rules.mjs";
import { program } from "./rust-by-hand.mjs";

/** A program that answers lines. `task` makes something to time of what it calls `words`. */
export class Program {
  #lines;
  #child;

  constructor(path, words) {
    this.#child = spawn(path, words, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async #next() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("The native program ended; what it printed above says why.");
    return value.split(" ").map(Number);
  }

  /** A task to time: the program gets `words(name, repeats)`, and with a "?" after the name it tells its decisions. */
  task(items, rules, words) {
    return {
      items,
      timed: async (repeats) => {
        this.#child.stdin.write(`${words("", repeats)}\n`);
        const [cpu, wall] = await this.#next();
        return { cpu, wall };
      },
      decide() {},
      answer: async () => {
        this.#child.stdin.write(`${words("?", 1)}\n`);
        const [first, held] = [new Int32Array(items), new Uint32Array(items)];
        for (let lead = 0; lead < items; lead += 1) [first[lead], held[lead]] = await this.#next();
        return inFileOrder(rules, { first, held });
      },
    };
  }

  end() {
    this.#child.stdin.end();
  }
}

/** A folder for the files of these programs, which goes with `end`. */
export async function startNative(path) {
  const folder = await mkdtemp(join(tmpdir(), "cadans-bench-"));
  const cadans = new Program(path, [folder, String(NOW)]);
  const programs = [cadans];
  const written = new Set();
  const put = async (name, content) => {
    if (!written.has(name)) await writeFile(join(folder, name), content);
    written.add(name);
    return name;
  };
  return {
    /** A task of `native.rs` on leads and packs (`{ name, text }`). */
    async cadans(task, leads, rules, packs) {
      const file = await put(`${leads.length}.json`, leadFile(leads));
      const texts = await Promise.all(packs.map(({ name, text }) => put(name, text)));
      return cadans.task(leads.length, rules, (mark, repeats) => `${task}${mark} ${file}:${texts.join(",")} ${repeats}`);
    },
    /** The rules by hand. Compiled here, because they are made from the rules. */
    async byHand(workload, leads) {
      const { source, lines } = program({ [workload]: rulesOf(workload) }, leads);
      await put(`${workload}.rs`, source);
      await put(`${workload}.txt`, lines);
      const built = join(folder, workload);
      await promisify(execFile)("rustc", ["--edition", "2024", "--cap-lints", "allow", "-O", "-o", built, `${built}.rs`]);
      programs.push(new Program(built, [`${built}.txt`]));
      return programs.at(-1).task(leads.length, rulesOf(workload), (mark, repeats) => `${workload}${mark} ${repeats}`);
    },
    async end() {
      for (const each of programs) each.end();
      await rm(folder, { recursive: true });
    },
  };
}
