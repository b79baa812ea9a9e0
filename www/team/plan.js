// The plan: a day as a picture, a lane for each rep with a block for each touch, and the same as a table.

import { drawn, isNarrow } from "../drawn.js";
import { element } from "../element.js";
import { notation, number, t } from "../wording/index.js";
import { deed } from "../words.js";
import { table } from "./figures.js";
import { walked } from "./list.js";

/** @import { TeamPlan } from "../lib/editing.js" */
/** @import { Ways } from "./cards.js" */

/** @typedef {TeamPlan["days"][number]} PlannedDay */
/** @typedef {PlannedDay["touches"][number]} Touch */

const [LANE, FOOT] = [34, 22];

/** Blocks are told apart by what somebody does: speaks, writes, or goes there. @param {Touch["channel"]} channel */
const kind = (channel) => (channel === undefined ? "other" : channel === "phone" || channel === "video" ? "speaks" : channel === "visit" ? "goes" : "writes");
const KINDS = /** @type {const} */ (["speaks", "writes", "goes", "other"]);

/** @param {string} date */
const dayWords = (date) => new Date(`${date}T12:00:00Z`).toLocaleDateString(notation(), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
/** "10:20" of `2026-11-20T10:20:00+01:00`. @param {Touch} touch */
const clock = ({ localAt }) => localAt.slice(11, 16);
/** Hours since midnight, in the rep's own time. @param {Touch} touch */
const hour = ({ localAt }) => Number(localAt.slice(11, 13)) + Number(localAt.slice(14, 16)) / 60;
/** @param {Touch} touch */
const what = ({ channel, person, personName, lead, leadName }) => (channel === undefined ? t("team.otherWork")
  : deed({ verdict: "touch", touch: /** @type {any} */ ({ channel, person: { id: person ?? lead, name: personName ?? leadName ?? lead } }) }));

/** The days on which somebody works or does something. @param {PlannedDay[]} days */
export const daysOf = (days) => [...new Set(days.filter(({ minutes, touches }) => minutes > 0 || touches.length > 0).map(({ day }) => day))].sort();

/**
 * The choice of a day, one stop of the Tab key.
 * @param {string[]} days
 * @param {string} chosen
 * @param {(day: string) => void} choose
 */
export function dayChoice(days, chosen, choose) {
  return element("fieldset", { class: "tabs" }, element("legend", { class: "quiet" }, t("team.day")), days.map((day) => {
    const radio = element("input", { type: "radio", name: "plan-day", value: day, onchange: () => choose(day) });
    radio.checked = day === chosen;
    return element("label", {}, radio, element("span", {}, dayWords(day)));
  }));
}

/**
 * A day as a picture, in each rep's own time.
 * @param {PlannedDay[]} days those of this day, in the order of the book
 */
export function dayPicture(days) {
  const touches = days.flatMap((one) => one.touches);
  if (!touches.length) return element("p", { class: "empty" }, t("team.nothingPlanned"));
  const isOne = days.length === 1;
  const [width, left] = isNarrow() ? [340, 4] : [640, isOne ? 4 : 150];
  const tall = isNarrow() && !isOne ? LANE + 18 : LANE;
  const first = Math.floor(Math.min(...touches.map(hour)));
  const last = Math.ceil(Math.max(...touches.map((touch) => hour(touch) + touch.minutes / 60), first + 4));
  const x = (/** @type {number} */ at) => left + ((at - first) / (last - first)) * (width - left - 4);
  const bottom = days.length * tall;
  const every = Math.ceil((last - first) / (isNarrow() ? 6 : 12));
  const hours = Array.from({ length: last - first + 1 }, (_, nth) => first + nth).filter((at) => (at - first) % every === 0);
  const lanes = days.flatMap(({ repName, touches: of }, nth) => {
    const top = nth * tall + tall - LANE;
    const name = isOne ? [] : [drawn("text", isNarrow() ? { x: 4, y: top - 3 } : { x: 0, y: top + LANE / 2 + 4 }, repName)];
    return [...name, drawn("line", { x1: left, x2: width, y1: top + LANE - 4, y2: top + LANE - 4 }), ...of.map((touch) =>
      drawn("rect", { class: kind(touch.channel), x: x(hour(touch)) + 0.75, y: top + 5, width: Math.max(3, x(hour(touch) + touch.minutes / 60) - x(hour(touch)) - 1.5), height: LANE - 12, rx: 2 },
        drawn("title", {}, `${clock(touch)}: ${what(touch)}, ${touch.leadName ?? touch.lead}`)))];
  });
  const used = KINDS.filter((one) => touches.some(({ channel }) => kind(channel) === one));
  return element("figure", { class: "day-plan" },
    element("figcaption", {}, t("team.dayAbout", { n: touches.length }), element("span", { class: "keys" }, ...used.map((one) => element("span", { class: `key ${one}` }, t(`team.${one}`))))),
    drawn("svg", { viewBox: `0 0 ${width} ${bottom + FOOT}`, role: "img", "aria-label": days.map(({ repName, touches: of }) => `${repName}: ${t("team.touches", { n: of.length })}`).join("; ") },
      ...hours.map((at) => drawn("line", { class: "scale", x1: x(at), x2: x(at), y1: 0, y2: bottom })), ...lanes,
      ...hours.map((at) => drawn("text", { x: Math.min(Math.max(x(at), left + 14), width - 18), y: bottom + 16, "text-anchor": "middle" }, `${at}:00`))));
}

/**
 * How full a day is for each rep.
 * @param {PlannedDay[]} days those of this day, in the order of the book
 */
export const roomTable = (days) => table(t("team.room"), [t("team.rep"), t("team.planned"), t("team.roomOf"), t("team.toDo")], days.map(({ repName, minutes, plannedMinutes, touches }) =>
  [repName, ...(minutes === 0 && !touches.length ? [t("team.notThere"), "", ""] : [t("team.inMinutes", { n: plannedMinutes }), t("team.inMinutes", { n: minutes }), number(touches.length)])]));

/**
 * What one rep does on a day, in order.
 * @param {PlannedDay} day
 * @param {Ways} ways
 */
export function dayTable({ touches }, ways) {
  const box = element("div", { class: "wide", role: "group", "aria-label": t("team.myDay") });
  const row = (/** @type {Touch} */ touch) => element("tr", {},
    element("th", { scope: "row" }, element("time", { datetime: touch.at }, clock(touch))),
    element("td", {}, element("strong", {}, what(touch)), element("small", {}, [touch.reason, ...touch.notes ?? []].join(". "))),
    element("td", {}, element("button", { type: "button", class: "link", onclick: () => ways.lead(touch.lead) }, touch.leadName ?? touch.lead), element("small", {}, t("team.inMinutes", { n: touch.minutes }))));
  const rows = touches.map(row);
  box.append(element("table", { class: "my-day", "aria-label": t("team.myDay") }, element("thead", {}, element("tr", {}, [t("team.at"), t("team.whatWhy"), t("team.lead")].map((title) => element("th", { scope: "col" }, title)))),
    element("tbody", {}, rows)));
  walked(box);
  return box;
}

