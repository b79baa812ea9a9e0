import { Book, Rulebook, Watch, init } from "../node_modules/cadans/worker.js";

await init();
const [rules, leads] = await Promise.all(["../monday.rhai", "../leads.json"].map(async (file) => (await fetch(file)).blob()));
const rulebook = new Rulebook([{ file: "monday.rhai", text: await rules.text() }]);
const watch = new Watch(rulebook, new Book(leads), new Date("2026-11-20T10:00:00+01:00"));

async function show() {
  const items = (await watch.top(10, { rep: "lotte" })).map(({ lead, touch, reason }) =>
    Object.assign(document.createElement("li"), { textContent: `${lead}: ${touch.channel}. ${reason}` }));
  document.querySelector("ol").replaceChildren(...items);
}

await show();
