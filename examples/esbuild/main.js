import { Book, Rulebook, decide, init } from "cadans";
import wasm from "cadans/wasm/cadans_simd.wasm";
import leads from "../leads.json";
import rules from "../monday.rhai";

await init(new URL(wasm, import.meta.url));
const rulebook = new Rulebook([{ file: "monday.rhai", text: rules }]);
const list = document.querySelector("ol");
for (const { lead, verdict, touch, reason } of decide(rulebook, new Book(leads), "2026-11-20T10:00:00+01:00")) {
  list.append(Object.assign(document.createElement("li"), { textContent: `${lead}: ${touch?.channel ?? verdict}. ${reason}` }));
}
