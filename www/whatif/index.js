// What if: another pack, or the rules as they were, beside those in force. The advice of this moment is compared lead by lead; or both are lived with for some days
// by the same made-up customers.

import { changedWords } from "../author/changed.js";
import { nameOf } from "../author/packs.js";
import { isPolicy } from "../author/rules.js";
import { byId, element } from "../element.js";
import { onLanguage, t } from "../wording/index.js";
import { deed, leadName } from "../words.js";
import { pictureOf, tableOf } from "./picture.js";

/** @import { Instant } from "../lib/cadans.js" */
/** @import { Compared } from "../author/compare.js" */
/** @import { manager } from "../author/index.js" */
/** @import { Lived } from "./worker.js" */

/** The rules before they were changed. */
const BEFORE = "";
/** Leads that are listed one by one. */
const LISTED = 50;

/**
 * @param {ReturnType<typeof manager>} author
 * @param {{ now: () => Instant | undefined, language: () => string, chooseLead: (lead: string) => void }} page
 */
export function whatIf(author, page) {
  const { rules, authors } = author;
  const [dialog, open, pack] = [byId("whatif", HTMLDialogElement), byId("whatif-open", HTMLButtonElement), byId("whatif-pack", HTMLSelectElement)];
  const [days, result, status] = [byId("whatif-days", HTMLSelectElement), byId("whatif-result", HTMLElement), byId("whatif-status", HTMLElement)];
  const [progress, cancel] = [byId("whatif-progress", HTMLProgressElement), byId("whatif-cancel", HTMLButtonElement)];
  const [compareNow, live] = [byId("whatif-compare", HTMLButtonElement), byId("whatif-live", HTMLButtonElement)];
  /** @type {Worker | undefined} */
  let worker;

  /** What the other side is called, and its rules. */
  const other = () => (pack.value === BEFORE
    ? { name: t("whatif.before"), rules: rules.before() } : { name: nameOf(pack.value, rules.textOf(pack.value)), rules: rules.instead(pack.value) });
  const ours = () => {
    const first = rules.inForce().find((file) => !isPolicy(file)) ?? "";
    return rules.hasChanges() ? t("whatif.changed", { pack: nameOf(first, rules.textOf(first)) }) : nameOf(first, rules.textOf(first));
  };

  /** Whether another pack needs it. @param {string} file */
  const isNeeded = (file) => [...rules.texts().values()].some((text) => text.includes(`needs: ["${file}"]`));
  /** Of a pack that there is in several languages, only that of the page is offered. @param {string} file */
  function isSpoken(file) {
    const [, tag] = /\.(\w\w)\.rhai$/.exec(file) ?? [];
    return tag === undefined ? !rules.texts().has(file.replace(/\.rhai$/, `.${page.language()}.rhai`)) : tag === page.language();
  }

  function offer() {
    const force = rules.inForce();
    const files = rules.isRulebook() ? [] : [...rules.texts().keys()].filter((file) => !isPolicy(file) && !force.includes(file) && isSpoken(file));
    // What somebody can sell by comes before what other packs need.
    files.sort((one, another) => Number(isNeeded(one)) - Number(isNeeded(another)));
    pack.replaceChildren(...(rules.hasChanges() ? [element("option", { value: BEFORE }, t("whatif.before"))] : []), ...files.map((file) => element("option", { value: file }, nameOf(file, rules.textOf(file)))));
    for (const button of [compareNow, live]) button.disabled = !pack.options.length;
    status.textContent = pack.options.length ? "" : t("whatif.nothing");
  }

  function stop() {
    worker?.terminate();
    worker = undefined;
    progress.hidden = cancel.hidden = true;
    for (const button of [compareNow, live]) button.disabled = !pack.options.length;
  }

  async function compare() {
    const now = page.now();
    if (now === undefined) return;
    const { name, rules: after } = other();
    status.textContent = t("whatif.comparing");
    try {
      show(ours(), name, await authors.ask("compare", { before: rules.now(), after, now, language: page.language() }));
    } catch (fault) {
      status.textContent = t("author.notCompared", { why: Object(fault).message });
    }
  }

  /** @param {string} one @param {string} another @param {Compared} compared */
  function show(one, another, compared) {
    const { changes, counts } = compared;
    const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
    status.textContent = changedWords(compared);
    const shown = changes.slice(0, LISTED);
    result.replaceChildren(...(shown.length ? [element("table", { class: "sides" },
      element("thead", {}, element("tr", {}, [t("author.lead"), one, another].map((title) => element("th", { scope: "col" }, title)))),
      element("tbody", {}, shown.map(({ lead, before, after }) => element("tr", {},
        element("th", { scope: "row" }, element("button", { type: "button", class: "link", onclick: () => { dialog.close(); page.chooseLead(lead); } }, leadName(after))),
        ...[before, after].map((advice) => element("td", {}, deed(advice), element("small", {}, advice.reason))))))),
    changes.length > LISTED && element("p", {}, t("leads.more", { n: total - LISTED })) || ""] : []));
  }

  function begin() {
    const now = page.now();
    const leads = author.ownLeads();
    if (now === undefined || !leads) return;
    const { name, rules: after } = other();
    const names = [ours(), name];
    stop();
    [progress.hidden, cancel.hidden, progress.value, compareNow.disabled, live.disabled] = [false, false, 0, true, true];
    status.textContent = t("whatif.living", { n: Number(days.value) });
    result.replaceChildren();
    cancel.focus();
    worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { done, reports, note, error } }) => {
      if (done !== undefined) { progress.value = done; return; }
      stop();
      status.textContent = error === undefined ? note : t("whatif.failed", { why: error });
      if (reports) result.replaceChildren(pictureOf(names, reports), tableOf(names, reports));
      live.focus();
    };
    worker.onerror = (event) => { event.preventDefault(); stop(); status.textContent = t("whatif.failed", { why: event.message }); };
    worker.postMessage(/** @type {Lived} */ ({ sides: [rules.now(), after], leads, now, days: Number(days.value), language: page.language() }));
  }

  open.addEventListener("click", () => { author.read(); offer(); result.replaceChildren(); dialog.showModal(); });
  compareNow.addEventListener("click", () => { void compare(); });
  live.addEventListener("click", begin);
  cancel.addEventListener("click", () => { stop(); status.textContent = t("whatif.cancelled"); live.focus(); });
  byId("whatif-close", HTMLButtonElement).addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", stop);
  onLanguage(offer);
}
