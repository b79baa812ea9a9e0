// The queue: one row a lead, in groups by when something is to be done, in the engine's order. It never orders people who sell.

import { byId, element } from "./element.js";
import { isToday, windowWords, zoneWords } from "./time.js";
import { count, deed, leadName, plain } from "./words.js";

/** @import { Advice } from "./lib/cadans.js" */

const GROUPS = { today: "Today", later: "Later", hold: "On hold", wait: "Nothing now" };
/** @typedef {keyof typeof GROUPS} Group */

/** @type {Record<Group, string>} */
const EMPTY = {
  today: "Nothing to do today. Move the time, or look under Later.",
  later: "Nothing is planned for later.",
  hold: "Nothing is held back by consent, limits or hours.",
  wait: "Every lead has something to do.",
};
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
const isGroup = (word) => Object.hasOwn(GROUPS, word);

/**
 * The queue. Calls `chosen` with a lead's id, `turned` with the group shown.
 * @param {(lead: string) => void} chosen
 * @param {(group: Group) => void} turned
 */
export function queue(chosen, turned) {
  const [rows, groups, find] = [byId("rows", HTMLElement), byId("groups", HTMLFieldSetElement), byId("find", HTMLInputElement)];
  const radios = Object.keys(GROUPS).filter(isGroup).map((key) => {
    const [radio, number] = [element("input", { type: "radio", name: "group", value: key }), element("b", {}, "0")];
    groups.append(element("label", {}, radio, element("span", {}, `${GROUPS[key]} `, number)));
    radio.addEventListener("change", () => { group = key; limit = AT_ONCE; draw(); turned(key); });
    return { key, radio, number };
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
      element("th", { scope: "row" }, name, advice.stage && element("small", {}, plain(advice.stage.stage))),
      element("td", {}, element("strong", {}, deed(advice)), touch?.person?.role && ` (${plain(touch.person.role)})`, element("small", {}, reason)),
      element("td", { class: "when" }, window ? windowWords(window, advice.now) : touch ? "Any time" : "–",
        window && element("small", {}, zoneWords(window.zone), window.late && element("span", { class: "late" }, ", late"))));
    // A click on the name has told already.
    made.addEventListener("click", ({ target }) => { if (!name.contains(/** @type {Node} */ (target))) chosen(advice.lead); });
    return made;
  }

  function draw() {
    const all = shown();
    for (const { key, radio, number } of radios) {
      radio.checked = key === group;
      number.textContent = advices.filter((advice) => groupOf(advice) === key).length.toLocaleString("en");
    }
    if (!all.length) {
      const why = !advices.length ? "No leads yet. Load a file with leads, or go back to the sample."
        : find.value ? `No lead in this list is called “${find.value}”.` : EMPTY[group];
      rows.replaceChildren(element("p", { class: "empty" }, why));
      return;
    }
    const more = all.length > limit && element("button", { type: "button", onclick: () => { limit += AT_ONCE; draw(); } },
      `Show ${Math.min(AT_ONCE, all.length - limit)} more of ${count(all.length, "lead")}`);
    const head = element("tr", {}, ...["Lead", "What to do, and why", "When (their time)"].map((word) => element("th", { scope: "col" }, word)));
    const at = rows.scrollTop;
    rows.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, all.slice(0, limit).map(row))), more || "");
    rows.scrollTop = at;
  }

  find.addEventListener("input", draw);
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
