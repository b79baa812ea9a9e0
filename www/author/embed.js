// The page within another one: `<iframe src="…/index.html#embed">`. The two talk by messages; nothing of this browser's drafts goes into a frame.
//
// In:  { cadans: "rules", packs: [{ file, text }] }, { cadans: "leads", name, leads }, { cadans: "now", now }, { cadans: "lead", lead }
// Out: { cadans: "ready" }, { cadans: "rules", packs }, { cadans: "advice", advices }, { cadans: "chosen", lead }

/** @import { PackFile } from "../lib/cadans.js" */

/** Texts and leads that are larger than this, in characters, are not taken. */
const MOST = 64 << 20;

/**
 * What the page does with messages.
 * @typedef {object} Takes
 * @property {(packs: PackFile[]) => void} rules
 * @property {(name: string, bytes: Uint8Array<ArrayBuffer>) => void} leads
 * @property {(now: string) => void} now
 * @property {(lead: string) => void} lead
 */

/** @param {unknown} packs @returns {packs is PackFile[]} */
const isPacks = (packs) => Array.isArray(packs) && packs.length > 0 && packs.length <= 200 &&
  packs.every((pack) => typeof pack?.file === "string" && /^[\w ./-]{1,200}\.rhai$/.test(pack.file) && typeof pack.text === "string" && pack.text.length < 1 << 20);

/**
 * Listens to the page around this one, and only to it.
 * @param {Takes} takes
 * @returns {(message: { cadans: string, [name: string]: unknown }) => void} tells the page around this one; nothing before that has spoken, but that it is ready
 */
export function embed(takes) {
  document.documentElement.classList.add("embedded");
  /** The origin of the page around, once it has spoken. @type {string | undefined} */
  let origin;
  addEventListener("message", ({ source, data, origin: from }) => {
    if (source !== parent || source === window || !data || typeof data !== "object") return;
    origin = from === "null" ? "*" : from;
    const { cadans, packs, leads, name, now, lead } = data;
    if (cadans === "rules" && isPacks(packs)) takes.rules(packs.map(({ file, text }) => ({ file, text })));
    if (cadans === "now" && typeof now === "string" && !Number.isNaN(Date.parse(now))) takes.now(now);
    if (cadans === "lead" && typeof lead === "string") takes.lead(lead);
    if (cadans === "leads") {
      const text = typeof leads === "string" ? leads : JSON.stringify(leads);
      if (text && text.length <= MOST) takes.leads(typeof name === "string" ? name.slice(0, 200) : "leads.json", new TextEncoder().encode(text));
    }
  });
  if (parent !== window) parent.postMessage({ cadans: "ready" }, "*");
  return (message) => { if (origin !== undefined && parent !== window) parent.postMessage(message, origin); };
}
