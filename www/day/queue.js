// The queue: one row a lead, in groups by when something is to be done, in the engine's order. It never orders people who sell.

import { byId, element } from "../element.js";
import { isToday, windowWords, zoneWords } from "./time.js";
import { number, onLanguage, t, word } from "../wording/index.js";
import { deed, leadName } from "../words.js";

/** @import { Advice } from "../lib/cadans.js" */
/** @import { Key } from "../wording/index.js" */

const GROUPS = /** @type {const} */ (["today", "later", "hold", "wait"]);
/** @typedef {(typeof GROUPS)[number]} Group */

/** @type {Record<Group, Key>} */
const EMPTY = { today: "queue.noneToday", later: "queue.noneLater", hold: "queue.noneHold", wait: "queue.noneWait" };
const AT_ONCE = 200; // rows put on the screen before "show more"

/**
 * Under which heading an advice belongs.
 * @param {Advice} advice
 * @returns {Group}
 */
export function groupOf({ verdict, touch, now }) {
  if (verdict === "wait" || verdict === "hold") return verdict;
  return !touch?.window || isToday(touch.window, now) ? "today" : "later";
}

/**
 * @param {string} word
 * @returns {word is Group}
 */
const isGroup = (word) => GROUPS.some((group) => group === word);

/**
 * The queue. Calls `chosen` with a lead's id, `turned` with the group shown.
 * @param {(lead: string) => void} chosen
 * @param {(group: Group) => void} turned
 */
export function queue(chosen, turned) {
  const [rows, groups, find] = [byId("rows", HTMLElement), byId("groups", HTMLFieldSetElement), byId("find", HTMLInputElement)];
  const radios = GROUPS.map((key) => {
    const [radio, many] = [element("input", { type: "radio", name: "group", value: key }), element("b", {}, "0")];
    groups.append(element("label", {}, radio, element("span", {}, element("span", { "data-t": `queue.${key}` }, t(`queue.${key}`)), " ", many)));
    radio.addEventListener("change", () => { group = key; limit = AT_ONCE; draw(); turned(key); });
    return { key, radio, many };
  });
  /** @type {Advice[]} */
  let advices = [];
  /** @type {Group} */
  let group = "today";
  /** @type {string | undefined} */
  let lead;
  let limit = AT_ONCE;

  const shown = () => {
    const wanted = find.value.trim().toLowerCase();
    /** @param {Advice} advice */
    const fits = (advice) => groupOf(advice) === group && (!wanted || leadName(advice).toLowerCase().includes(wanted));
    return advices.filter(fits);
  };

  /** @param {Advice} advice */
  function row(advice) {
    const { touch, reason } = advice;
    const chosenOne = advice.lead === lead;
    const name = element("button", { type: "button", class: "link", "aria-current": chosenOne ? "true" : null, onclick: () => chosen(advice.lead) }, leadName(advice));
    const window = touch?.window;
    const made = element("tr", { class: chosenOne ? "chosen" : null, "data-lead": advice.lead },
      element("th", { scope: "row" }, name, advice.stage && element("small", {}, word("stage", advice.stage.stage))),
      element("td", {}, element("strong", {}, deed(advice)), touch?.person?.role && ` (${word("role", touch.person.role)})`, element("small", {}, reason)),
      element("td", { class: "when" }, window ? windowWords(window, advice.now) : touch ? t("queue.anyTime") : "–",
        window && element("small", {}, zoneWords(window.zone), window.late && element("span", { class: "late" }, `, ${t("queue.late")}`))));
    // A click on the name has told already.
    made.addEventListener("click", ({ target }) => { if (!name.contains(/** @type {Node} */ (target))) chosen(advice.lead); });
    return made;
  }

  function draw() {
    const all = shown();
    for (const { key, radio, many } of radios) {
      radio.checked = key === group;
      many.textContent = number(advices.filter((advice) => groupOf(advice) === key).length);
    }
    if (!all.length) {
      const why = !advices.length ? t("queue.noLeads")
        : find.value ? t("queue.noneFound", { text: find.value }) : t(EMPTY[group]);
      rows.replaceChildren(element("p", { class: "empty" }, why));
      return;
    }
    const more = all.length > limit && element("button", { type: "button", onclick: () => { limit += AT_ONCE; draw(); } },
      t("queue.more", { more: Math.min(AT_ONCE, all.length - limit), n: all.length }));
    const head = element("tr", {}, ...[t("queue.lead"), t("queue.what"), t("queue.when")].map((title) => element("th", { scope: "col" }, title)));
    const at = rows.scrollTop;
    rows.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, all.slice(0, limit).map(row))), more || "");
    rows.scrollTop = at;
  }

  find.addEventListener("input", draw);
  onLanguage(draw);
  // Up and down walk the leads, from a lead's name.
  rows.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const names = [...rows.querySelectorAll("th button")];
    const here = names.findIndex((name) => name === document.activeElement);
    const id = here < 0 || step === 0 ? undefined : names[here + step]?.closest("tr")?.dataset.lead;
    if (id === undefined) return;
    event.preventDefault();
    chosen(id);
    /** @type {HTMLElement | null} */ (rows.querySelector(`tr[data-lead="${CSS.escape(id)}"] button`))?.focus();
  });

  return {
    /**
     * Shows these advices.
     * @param {Advice[]} all
     */
    show(all) { advices = all; draw(); },
    /**
     * Marks the chosen lead.
     * @param {string | undefined} id
     */
    choose(id) { lead = id; draw(); },
    /**
     * Turns to a group, if it is one.
     * @param {string} key
     */
    turn(key) { if (isGroup(key)) { group = key; draw(); } },
    /** The first lead on the screen. */
    first: () => shown()[0]?.lead,
  };
}
