// bun main.ts
import { Book, Rulebook, decide, init } from "cadans";

await init();
const text = (name: string): Promise<string> => Bun.file(new URL(`../${name}`, import.meta.url)).text();
const rulebook = new Rulebook([{ file: "monday.rhai", text: await text("monday.rhai") }]);
const book = new Book(await text("leads.json"));
for (const { lead, verdict, touch, reason } of decide(rulebook, book, new Date("2026-11-20T10:00:00+01:00"))) {
  console.log(`${lead}: ${touch?.channel ?? verdict}. ${reason}`);
}
