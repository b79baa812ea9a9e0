// The list of a queue: a list box with a group for each part of the day. It has the focus itself, so that drawing it anew moves nothing.

import { GROUPS, inGroups } from "./day.js";
import { make } from "./make.js";
import { momentWords, placeOf, windowWords } from "./times.js";
import { deed, nameOf } from "./words.js";

/** @import { Advice } from "../cadans.js" */
/** @import { Group } from "./day.js" */
/** @import { Language, Words } from "./words.js" */

/** Rows that are drawn before "show more". */
const AT_ONCE = 200;
/** Rows that a page key moves over. */
const PAGE = 8;

/**
 * What a list is drawn from.
 * @typedef {{ advices: Advice[], now: number, zone: string, words: Words, language: Language }} Shown
 */

/**
 * "3 days", "2 hours", "12 min".
 * @param {number} milliseconds
 * @param {Words} words
 */
export function lengthWords(milliseconds, words) {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  return words.TIME.ago(Math.floor(minutes / 1440), Math.floor(minutes / 60), minutes);
}

/**
 * @param {(lead: string) => void} chosen a lead was chosen by hand
 * @param {(key: string) => boolean} pressed a key that is no movement; true when it meant something
 */
export function queueList(chosen, pressed) {
  const box = make("div", { role: "listbox", tabindex: "0", class: "list", part: "list", "aria-describedby": "keys" });
  const more = make("button", { type: "button", class: "more", part: "more", onclick: () => { limit += AT_ONCE; draw(); box.focus(); } });
  /** @type {Shown | undefined} */
  let shown;
  /** @type {Advice[]} */
  let order = [];
  /** @type {string | undefined} */
  let lead;
  let limit = AT_ONCE;

  /**
   * @param {Advice} advice
   * @param {number} place
   * @param {Shown} of
   */
  function row(advice, place, { now, zone, words, language }) {
    const { touch } = advice;
    const when = touch?.window && windowWords(touch.window, now, zone, language);
    const isChosen = advice.lead === lead;
    const role = touch?.person?.role;
    return make("div", {
      role: "option", id: `row-${place}`, class: isChosen ? "row chosen" : "row", part: isChosen ? "row chosen" : "row", "aria-selected": String(isChosen),
      onclick: () => { box.focus(); chosen(advice.lead); },
    },
    make("span", {}, make("strong", {}, deed(advice, words)), role && make("small", {}, ` ${words.ROLES[role]}`),
      make("span", { class: "quiet" }, ", "), make("br"), make("span", { class: "lead" }, nameOf(advice))),
    make("span", { class: "when" }, when && touch?.window
      ? [`${when.theirs} `, make("small", {}, placeOf(touch.window.zone)),
        !when.same && make("small", {}, `${when.own} ${placeOf(zone)}`)]
      : touch ? words.TIME.any : advice.reviewAt ? make("small", {}, momentWords(advice.reviewAt, now, zone, language)) : "",
    touch?.late && touch.lateBy !== undefined
      ? make("small", { class: "overdue" }, words.TIME.late(lengthWords(touch.lateBy, words)))
      : touch?.due && make("small", {}, words.TIME.due(momentWords(touch.due, now, zone, language)))));
  }

  function draw() {
    if (!shown) return;
    const { advices, now, zone, words } = shown;
    const groups = inGroups(advices, now, zone);
    order = [...groups.values()].flat();
    const at = order.findIndex((advice) => advice.lead === lead);
    if (at >= limit) limit = at + AT_ONCE;
    let place = 0;
    const of = shown;
    const drawn = GROUPS.flatMap((group) => {
      const all = groups.get(group) ?? [];
      const rows = all.slice(0, Math.max(0, limit - place)).map((advice) => row(advice, place++, of));
      return rows.length ? [section(group, all.length, rows, words)] : [];
    });
    const top = box.scrollTop;
    box.setAttribute("aria-label", words.QUEUE.list);
    box.replaceChildren(...(drawn.length ? drawn : [make("p", { class: "empty", role: "presentation" }, words.QUEUE.empty)]));
    box.scrollTop = top;
    more.hidden = place >= order.length;
    more.textContent = words.QUEUE.more(Math.min(AT_ONCE, order.length - place));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `row-${at}`);
  }

  /**
   * @param {Group} group
   * @param {number} size
   * @param {HTMLElement[]} rows
   * @param {Words} words
   */
  const section = (group, size, rows, words) => make("div", { role: "group", class: group, part: `group group-${group}`, "aria-labelledby": `group-${group}` },
    make("div", { class: "heading", part: "heading", role: "presentation", id: `group-${group}` }, `${words.GROUPS[group]} `, make("b", {}, String(size))), rows);

  /** @param {number} place */
  function move(place) {
    const next = order[Math.max(0, Math.min(order.length - 1, place))];
    if (next) chosen(next.lead);
  }

  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = order.findIndex((advice) => advice.lead === lead);
    /** @type {Record<string, number>} */
    const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: order.length - 1, PageDown: at + PAGE, PageUp: at - PAGE };
    const place = places[event.key];
    if (place !== undefined) move(place);
    else if (!pressed(event.key)) return;
    event.preventDefault();
  });

  return {
    box,
    more,
    /**
     * Draws these advices with this lead chosen.
     * @param {Shown} what
     * @param {string | undefined} one
     */
    show(what, one) {
      shown = what;
      lead = one;
      draw();
    },
    /** Brings the chosen row into sight, within the list alone: the page around it stays where it is. */
    reveal() {
      const row = box.querySelector(".row.chosen");
      if (!(row instanceof HTMLElement)) return;
      const [frame, at] = [box.getBoundingClientRect(), row.getBoundingClientRect()];
      const head = 32; // pixels that the heading of the group covers
      if (at.top < frame.top + head) box.scrollTop -= frame.top + head - at.top;
      else if (at.bottom > frame.bottom) box.scrollTop += at.bottom - frame.bottom;
    },
    /** The leads in the order of the list. */
    leads: () => order.map((advice) => advice.lead),
  };
}
