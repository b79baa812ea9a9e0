// What changed: after each edit, which leads get other advice than before, of what kind and why, and a way back.

import { byId, element } from "../element.js";
import { onLanguage, t } from "../wording/index.js";
import { deed, leadName } from "../words.js";

/** @import { Change, Compared, Kind } from "./compare.js" */

/** Leads that are listed before "show more". */
const AT_ONCE = 12;
/** @type {Kind[]} */
const KINDS = ["came", "went", "channel", "person", "rep", "time"];

/** What changed in one sentence. @param {Compared} compared */
export function changedWords({ counts, leads }) {
  const total = KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  const kinds = KINDS.filter((kind) => counts[kind]).map((kind) => t(`author.n_${kind}`, { n: counts[kind] }));
  return total ? `${t("author.other", { n: total, of: leads })} ${kinds.join(", ")}.` : t("author.sameAdvice", { n: leads });
}

/**
 * The panel under the text. `choose` shows a lead; `marked` gets the mark of each lead with other advice, for the queue.
 * @param {(lead: string) => void} choose
 * @param {(marks: Map<string, string>) => void} marked
 */
export function changedPanel(choose, marked) {
  const [box, summary, detail] = [byId("changed", HTMLElement), byId("changed-summary", HTMLElement), byId("changed-detail", HTMLElement)];
  /** @type {Compared | undefined} */
  let last;
  /** Why there is no comparison. @type {string | undefined} */
  let failed;
  let limit = AT_ONCE;

  /** @param {Change} change */
  const row = ({ lead, kind, before, after }) => element("tr", {},
    element("th", { scope: "row" }, element("button", { type: "button", class: "link", onclick: () => choose(lead) }, leadName(after)), element("small", {}, t(`author.is_${kind}`))),
    element("td", {}, deed(before), before.touch?.window && element("small", {}, before.touch.window.localFrom.slice(0, 16).replace("T", " "))),
    element("td", {}, deed(after), after.touch?.window && element("small", {}, after.touch.window.localFrom.slice(0, 16).replace("T", " "))));

  function draw() {
    box.hidden = !last && !failed;
    if (failed) {
      summary.textContent = failed;
      detail.replaceChildren();
      return;
    }
    if (!last) return;
    const { changes, causes = [] } = last;
    summary.textContent = changedWords(last);
    const shown = changes.slice(0, limit);
    detail.replaceChildren(
      causes.length ? element("section", {}, element("h4", {}, t("author.reasons")), element("ul", {}, causes.map(({ words, leads: n }) =>
        element("li", {}, t("author.reason", { n, why: words }))))) : "",
      shown.length ? element("table", {},
        element("thead", {}, element("tr", {}, [t("author.lead"), t("author.before"), t("author.after")].map((word) => element("th", { scope: "col" }, word)))),
        element("tbody", {}, shown.map(row))) : "",
      changes.length > limit ? element("button", { type: "button", onclick: () => { limit += 5 * AT_ONCE; draw(); } }, t("author.showMore", { n: changes.length - limit })) : "");
  }
  onLanguage(draw);

  return {
    /** Shows a comparison; nothing where nothing was changed. @param {Compared | undefined} compared */
    show(compared) {
      [last, failed, limit] = [compared, undefined, AT_ONCE];
      marked(new Map(compared?.changes.map(({ lead, kind }) => [lead, t(`author.is_${kind}`)])));
      draw();
    },
    /** Says why there is no comparison. @param {string} why */
    fail(why) {
      [last, failed] = [undefined, why];
      marked(new Map());
      draw();
    },
  };
}
