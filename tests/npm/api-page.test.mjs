// docs/api.md says what the types of the package say. CADANS_WRITE=1 writes it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { apiPage } from "./api-page.mjs";
import { tool } from "./installed.mjs";

test("the page of the API is that of the types", () => {
  const place = new URL("../../docs/api.md", import.meta.url);
  const page = apiPage((file) => readFileSync(tool(`cadans/${file}`), "utf8"));
  for (const name of ["Rulebook", "Book", "Watch", "Matcher", "decide", "explain", "simulate", "diff", "check", "format", "complete", "hover", "CadansError"]) {
    assert.match(page, new RegExp(`^### ${name}$`, "m"));
  }
  for (const said of ["top(count: number", "record(lead: string | number", "[Symbol.dispose](): void"]) assert.ok(page.includes(said), said);
  if (process.env.CADANS_WRITE) writeFileSync(place, page);
  assert.equal(readFileSync(place, "utf8"), page, "docs/api.md is not current: run CADANS_WRITE=1 cargo xtask npm");
});
