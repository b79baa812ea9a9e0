// Random leads and rules have the same answer natively and in the module, byte for byte.
// CADANS_LEADS sets how many leads are tried; without it some thousands are.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Book, Rulebook, decideJson, root } from "./module.mjs";

test("random worlds are decided alike natively and in the module", async () => {
  const program = fileURLToPath(new URL(`target/debug/generate${process.platform === "win32" ? ".exe" : ""}`, root));
  const native = spawn(program, ["worlds", process.env.CADANS_LEADS ?? "5000"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => native.on("close", resolve));
  let leads = 0;
  for await (const line of createInterface({ input: native.stdout })) {
    const world = JSON.parse(line);
    const [book, rulebook] = [new Book(world.leads), new Rulebook(world.packs)];
    const inModule = decideJson(rulebook, book, world.now);
    const apart = inModule === world.advice ? -1 : [...inModule].findIndex((letter, at) => letter !== world.advice[at]);
    assert.equal(apart, -1, `now ${world.now}, after ${leads} leads: ${inModule.slice(apart - 200, apart + 60)}`);
    assert.equal(inModule.length, world.advice.length);
    leads += JSON.parse(inModule).length;
    book.free();
    rulebook.free();
  }
  assert.equal(await ended, 0, "the native half ended well");
  assert.ok(leads >= 5_000, `${leads} leads`);
  console.log(`${leads} random leads, the same bytes`);
});
