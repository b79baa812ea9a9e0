// The elements of Cadans for a console's own pages: `import "./element.js"` makes <cadans-queue>, <cadans-why> and <cadans-rules> known.
//
// No framework, no style sheet, nothing loaded but these files. Told in docs/elements.md.

import { QueueElement } from "./elements/queue.js";
import { RulesElement } from "./elements/rules.js";
import { WhyElement } from "./elements/why.js";

export { engineOf } from "./elements/engine.js";
export { recordedAsText, recordedFromText } from "./elements/entries.js";

/** @type {typeof import("./element.js").CadansQueue} */
export const CadansQueue = QueueElement;
/** @type {typeof import("./element.js").CadansWhy} */
export const CadansWhy = WhyElement;
/** @type {typeof import("./element.js").CadansRules} */
export const CadansRules = RulesElement;

// A page may load two copies, and a program outside a browser has no elements.
for (const [name, element] of /** @type {const} */ ([["cadans-queue", QueueElement], ["cadans-why", WhyElement], ["cadans-rules", RulesElement]])) {
  if (globalThis.customElements && !customElements.get(name)) customElements.define(name, element);
}
