// The queue: one row a lead, in groups by when something is to be done, in the engine's order. It never orders people who sell.

import { byId, element } from "./element.js";
import { isToday, windowWords, zoneWords } from "./time.js";
import { count, deed, leadName, plain } from "./words.js";

const GROUPS = { today: "Today", later: "Later", hold: "On hold", wait: "Nothing now" };
const EMPTY = {
  today: "Nothing to do today. Move the time, or look under Later.",
  later: "Nothing is planned for later.",
  hold: "Nothing is held back by consent, limits or hours.",
  wait: "Every lead has something to do.",
};
const AT_ONCE = 200; // rows put on the screen before "show more"

/** Under which heading an advice belongs. */
export function groupOf({ verdict, touch, now }) {
  if (verdict === "wait" || verdict === "hold") return verdict;
  return !touch?.window || isToday(touch.window, now) ? "today" : "later";
}

/** The queue. Calls `chosen` with a lead's id, `turned` with the group shown. */
export function queue(chosen, turned) {
  const [rows, groups, find] = ["rows", "groups", "find"].map(byId);
  const radios = Object.fromEntries(Object.entries(GROUPS).map(([key, word]) => {
    const [radio, number] = [element("input", { type: "radio", name: "group", value: key }), element("b", {}, "0")];
    groups.append(element("label", {}, radio, element("span", {}, `${word} `, number)));
    radio.addEventListener("change", () => { group = key; limit = AT_ONCE; draw(); turned(key); });
    return [key, { radio, number }];
  }));
  let [advices, group, lead, limit] = [[], "today", undefined, AT_ONCE];

  const shown = () => {
    const wanted = find.value.trim().toLowerCase();
    const fits = (advice) => groupOf(advice) === group && (!wanted || leadName(advice).toLowerCase().includes(wanted));
    return advices.filter(fits);
  };

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
    made.addEventListener("click", (event) => { if (!event.target.closest("button")) chosen(advice.lead); });
    return made;
  }

  function draw() {
    const all = shown();
    for (const [key, { radio, number }] of Object.entries(radios)) {
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
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const names = [...rows.querySelectorAll("th button")];
    const next = names[names.indexOf(document.activeElement) + step];
    if (!step || !names.includes(document.activeElement) || !next) return;
    event.preventDefault();
    const id = next.closest("tr").dataset.lead;
    chosen(id);
    rows.querySelector(`tr[data-lead="${CSS.escape(id)}"] button`)?.focus();
  });

  return {
    /** Shows these advices. */
    show(all) { advices = all; draw(); },
    /** Marks the chosen lead, and turns to its group when asked. */
    choose(id, turn = false) {
      lead = id;
      const advice = advices.find((one) => one.lead === id);
      if (turn && advice) group = groupOf(advice);
      draw();
    },
    /** Turns to a group. */
    turn(key) { if (key in GROUPS) { group = key; draw(); } },
    /** The first lead on the screen. */
    first: () => shown()[0]?.lead,
  };
}
