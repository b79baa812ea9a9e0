// The queue: one row a lead, in groups by when something is to be done, in the engine's order. It never orders people who sell.
//
// Only the rows on the screen are there; all rows have one height, so that the scroll bar tells the truth. The list is one stop of the Tab key;
// arrow keys walk it, and the focus stays on the chosen lead when the rows are drawn anew.

import { markOf } from "./marks.js";
import { byId, element } from "../element.js";
import { windowWords } from "../lib/elements/times.js";
import { language, number, onLanguage, t, word } from "../wording/index.js";
import { deed, leadName } from "../words.js";
import { ownZone, zoneWords } from "./moments.js";

/** @import { RepName } from "../lib/cadans.js" */
/** @import { Child } from "../element.js" */
/** @import { Key } from "../wording/index.js" */
/** @import { Group, Look, Row, Seen } from "./day-queue.js" */

const GROUPS = /** @type {const} */ (["late", "now", "today", "later", "wait", "hold", "all"]);
/** @typedef {Group | "all"} Tab */

/** @type {Record<Tab, Key>} */
const EMPTY = {
  late: "queue.noneLate", now: "queue.noneNow", today: "queue.noneToday", later: "queue.noneLater", wait: "queue.noneWait", hold: "queue.noneHold",
  all: "queue.noLeads",
};
const BEYOND = 8; // rows kept above and below the screen

/** @param {string} text @returns {text is Tab} */
const isTab = (text) => GROUPS.some((group) => group === text);

/**
 * The queue. Calls `chosen` with a lead's id, and whether it was touched or clicked; `looked` when another part of the list is looked at, with what of it is to be kept.
 * @param {(lead: string, pointed: boolean) => void} chosen
 * @param {(kept: { show: Tab, rep: string | undefined }) => void} looked
 */
export function queue(chosen, looked) {
  const [box, groups, find] = [byId("rows", HTMLElement), byId("groups", HTMLFieldSetElement), byId("find", HTMLInputElement)];
  const [reps, byAccount] = [byId("rep", HTMLSelectElement), byId("by-account", HTMLInputElement)];
  /** @type {Tab} */
  let group = "now";
  /** The tab from which a search began. @type {Tab | undefined} */
  let before;
  /** @type {string | undefined} */
  let rep;
  /** @type {string | undefined} */
  let lead;
  /** @type {(RepName & { zone?: string })[]} */
  let known = [];
  /** @type {Seen | undefined} */
  let seen;
  /** The place of the row that is to be chosen once it is there. @type {number | undefined} */
  let wanted;
  let [from, to] = [0, 40];
  const tabs = GROUPS.map((key) => {
    const [radio, many] = [element("input", { type: "radio", name: "group", value: key }), element("b", {}, "0")];
    groups.append(element("label", {}, radio, element("span", {}, element("span", { "data-t": `queue.${key}` }, t(`queue.${key}`)), " ", many)));
    radio.addEventListener("change", () => { group = key; again(); });
    return { key, radio, many };
  });

  /** The zone of whoever looks: the rep's, else the browser's. */
  const zone = () => known.find(({ id }) => id === rep)?.zone ?? ownZone;
  const tell = () => looked({ show: group, rep });
  const again = () => { box.scrollTop = 0; [from, to] = [0, 40]; tell(); };
  const height = () => parseFloat(getComputedStyle(box).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize);

  /** @param {Extract<Row, { advice: unknown }>} row @param {number} place */
  function leadRow({ advice, group: of }, place) {
    const { touch, reason, now } = advice;
    const isChosen = advice.lead === lead;
    const window = touch?.window;
    const words = window && windowWords(window, Date.parse(now), zone(), language());
    return element("tr", {
      role: "row", class: isChosen ? "chosen" : null, "data-lead": advice.lead, "aria-rowindex": `${place + 2}`, "aria-selected": `${isChosen}`, tabindex: isChosen ? "0" : "-1",
      onclick: () => choose(place, true),
    },
    element("th", { scope: "row", role: "rowheader" }, cell(element("span", { class: "name" }, leadName(advice)), element("small", {},
      [group === "all" && t(`queue.${of}`), advice.stage && word("stage", advice.stage.stage)].filter(Boolean).join(", ")), markOf(advice.lead))),
    element("td", { role: "gridcell", class: "what" }, cell(element("strong", {}, deed(advice), touch?.person?.role && ` (${word("role", touch.person.role)})`), element("small", {}, reason))),
    element("td", { role: "gridcell", class: "when" }, cell(words ? words.theirs : touch ? t("queue.anyTime") : "–",
      window && element("small", {}, zoneWords(window.zone), touch.late && element("span", { class: "late" }, `, ${t("queue.lateOne")}`)),
      words && !words.same && element("small", {}, t("queue.own", { window: words.own, zone: zoneWords(zone()) })))));
  }

  /** The content of a cell, of which no more is shown than fits the height of a row. @param {(Child | Child[])[]} content */
  const cell = (...content) => element("div", { class: "cell" }, ...content);

  /** @param {number} rows */
  const space = (rows) => {
    const row = element("tr", { class: "space", "aria-hidden": "true" });
    row.style.height = `${rows * height()}px`;
    return row;
  };

  function draw() {
    for (const { key, radio, many } of tabs) {
      radio.checked = key === group;
      const { counts } = seen ?? {};
      many.textContent = counts ? number(key === "all" ? Object.values(counts).reduce((sum, each) => sum + each, 0) : counts[key]) : "";
    }
    if (!seen) return;
    if (!seen.length) {
      box.replaceChildren(element("p", { class: "empty" }, find.value.trim() ? t("queue.noneFound", { text: find.value.trim() }) : t(EMPTY[group])));
      return;
    }
    const { from: first, rows, length } = seen;
    const focused = box.contains(document.activeElement);
    const titles = [t("queue.lead"), t("queue.what"), t("queue.when")];
    const at = box.scrollTop;
    const head = element("tr", { "aria-rowindex": "1" }, titles.map((title) => element("th", { scope: "col" }, title)));
    const made = rows.map((row, nth) => ("advice" in row ? leadRow(row, first + nth)
      : element("tr", { class: "account", "aria-rowindex": `${first + nth + 2}` }, element("th", { scope: "rowgroup", colspan: "3" }, t("queue.account", { name: row.account, n: row.leads })))));
    // One row can always be reached with the Tab key.
    if (!made.some((row) => row.tabIndex === 0 && row.dataset.lead)) made.find((row) => row.dataset.lead)?.setAttribute("tabindex", "0");
    box.replaceChildren(element("table", { role: "grid", "aria-rowcount": `${length + 1}`, "aria-labelledby": "queue-title" },
      element("thead", {}, head), element("tbody", {}, space(first), made, space(length - first - rows.length))));
    box.scrollTop = at;
    if (focused) rowOf(lead)?.focus({ preventScroll: true });
  }

  /** @param {string | undefined} id @returns {HTMLElement | null} */
  const rowOf = (id) => (id === undefined ? null : box.querySelector(`tr[data-lead="${CSS.escape(id)}"]`));

  /** The rows that are wanted for where the list is scrolled to. */
  function follow() {
    const rows = height();
    const top = Math.floor(box.scrollTop / rows);
    const bottom = Math.ceil((box.scrollTop + box.clientHeight) / rows);
    if (seen && top >= from && bottom <= to) return;
    [from, to] = [Math.max(0, top - BEYOND), bottom + BEYOND];
    tell();
  }

  /**
   * Chooses the row at a place of the list, at once or when it is there; an account has its first lead chosen.
   * @param {number} place
   * @param {boolean} [pointed] whether it was touched or clicked
   */
  function choose(place, pointed = false) {
    if (!seen || place < 0 || place >= seen.length) return;
    const row = seen.rows[place - seen.from];
    wanted = row ? undefined : place;
    if (row && !("advice" in row)) return choose(place + 1);
    const rows = height();
    if (place * rows < box.scrollTop) box.scrollTop = place * rows;
    if ((place + 2) * rows > box.scrollTop + box.clientHeight) box.scrollTop = (place + 2) * rows - box.clientHeight;
    if (!row) return follow();
    lead = row.advice.lead;
    draw();
    chosen(lead, pointed);
  }

  box.addEventListener("scroll", follow, { passive: true });
  byAccount.addEventListener("change", again);
  reps.addEventListener("change", () => { rep = reps.value || undefined; again(); });
  find.addEventListener("input", () => {
    if (find.value.trim() && before === undefined) [before, group] = [group, "all"];
    else if (!find.value.trim() && before !== undefined) [group, before] = [before, undefined];
    again();
  });
  onLanguage(() => { offer(); draw(); });
  box.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(box.clientHeight / height()) - 1);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const here = seen?.chosen ?? -1;
    const step = steps[event.key];
    const place = step !== undefined ? here + step : event.key === "Home" ? 0 : event.key === "End" ? (seen?.length ?? 0) - 1 : undefined;
    if (place === undefined || !seen) return;
    event.preventDefault();
    let next = Math.max(0, Math.min(place, seen.length - 1));
    const row = seen.rows[next - seen.from];
    if (row && !("advice" in row)) next += (step ?? 1) < 0 ? -1 : 1;
    seen = { ...seen, chosen: next };
    choose(next);
    rowOf(lead)?.focus({ preventScroll: true });
  });

  function offer() {
    reps.replaceChildren(element("option", { value: "" }, t("queue.everybody")), ...known.map(({ id, name }) => element("option", { value: id }, name ?? id)));
    reps.value = rep ?? "";
  }

  return {
    /** What is looked at. @returns {Look} */
    look: () => ({ group, rep, find: find.value, byAccount: byAccount.checked, zone: zone(), from, to }),
    /** Shows a part of the list. @param {Seen} part */
    show(part) {
      seen = part;
      draw();
      if (wanted !== undefined && seen.rows[wanted - seen.from]) choose(wanted);
    },
    draw,
    /** Marks the chosen lead. @param {string | undefined} id */
    choose(id) { if (id !== lead) { lead = id; draw(); } },
    /** The reps who may be chosen. @param {(RepName & { zone?: string })[]} all */
    reps(all) {
      known = all;
      if (!known.some(({ id }) => id === rep)) rep = undefined;
      offer();
    },
    /** Turns to a group and a rep, as the address has them. @param {string | undefined} show @param {string | undefined} whose */
    turn(show, whose) {
      if (show !== undefined && isTab(show)) group = show;
      rep = whose;
      reps.value = rep ?? "";
    },
    /** The lead at a place of the list, else the first one. @param {number} [place] */
    at(place = 0) {
      const rows = (seen?.rows ?? []).flatMap((row) => ("advice" in row ? [row.advice.lead] : []));
      return rows[Math.min(Math.max(0, place - (seen?.from ?? 0)), rows.length - 1)];
    },
    /** Where the chosen lead stands in the list. */
    place: () => seen?.chosen ?? -1,
    /** The zone of whoever looks. */
    zone,
  };
}
