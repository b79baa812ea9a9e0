// The files of the package, served as they are. Without a bundler they are named by their address.
import { Book, Rulebook, decide, init } from "../node_modules/cadans/cadans.js";

const text = async (file) => (await fetch(file)).text();
const [rules, leads] = await Promise.all([text("../monday.rhai"), text("../leads.json"), init()]);
const rulebook = new Rulebook([{ file: "monday.rhai", text: rules }]);
const list = document.querySelector("ol");
for (const { lead, verdict, touch, reason } of decide(rulebook, new Book(leads), "2026-11-20T10:00:00+01:00")) {
  list.append(Object.assign(document.createElement("li"), { textContent: `${lead}: ${touch?.channel ?? verdict}. ${reason}` }));
}
