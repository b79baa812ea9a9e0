// What 100,000 leads with 20 signals each take in the module: its memory after loading them, in a process of its own.
//
// The memory of a module grows and never shrinks, so what was needed for a moment (a copy of the text) counts as long as the module lives.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { load, pkg } from "./modules.mjs";
import { columnsOf, leadFile } from "./workload/cadans.mjs";
import { leadsOf } from "./workload/leads.mjs";

const SIGNALS = 20;

/** Leads with just as many events each: their own first, then those of the leads after them. */
function busy(count) {
  const leads = leadsOf(count);
  const all = leads.flatMap(({ events }) => events);
  let next = 0;
  for (const lead of leads) {
    lead.events = lead.events.slice(0, SIGNALS);
    while (lead.events.length < SIGNALS) lead.events.push(all[next++ % all.length]);
    lead.events.sort((one, other) => one.at - other.at);
  }
  return leads;
}

const FORMS = {
  columns: { needs: "fromColumns", make: columnsOf, read: ({ Book }, columns) => Book.fromColumns(columns) },
  json: { needs: "prototype", make: leadFile, read: ({ Book }, bytes) => new Book(bytes) },
};

/** Megabytes by how the leads came in; `{ missing }` for what is not built. */
export function memory(cadans, build, count) {
  return Object.fromEntries(Object.entries(FORMS).map(([form, { needs }]) => {
    if (!(needs in cadans.Book)) return [form, { missing: `Book.${needs}` }];
    const own = fileURLToPath(import.meta.url);
    const told = execFileSync(process.execPath, ["--no-warnings", "--max-old-space-size=8000", own, form, build, String(count)], { encoding: "utf8" });
    return [form, { value: Number(told) }];
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [form, build, count] = process.argv.slice(2);
  const cadans = await load(build);
  const { memory } = await pkg(build);
  const input = FORMS[form].make(busy(Number(count)));
  const before = memory.buffer.byteLength;
  const book = FORMS[form].read(cadans, input);
  if (book.size !== Number(count)) throw new Error(`${book.size} leads were taken in.`);
  console.log((memory.buffer.byteLength - before) / 1e6);
}
