// The journey of a lead: a time line with what they did above and what we did below, stage moves, the proposed window, since when it is due and by when; and all
// of it as a table, newest first.

import { drawn, isNarrow } from "../drawn.js";
import { element } from "../element.js";
import { momentWords } from "../lib/elements/times.js";
import { language, t, word } from "../wording/index.js";
import { datedMoment } from "./moments.js";

/** @import { Advice, Instant, Lead } from "../lib/cadans.js" */
/** @import { Names } from "./why.js" */

/** @typedef {"theirs" | "ours" | "stage" | "mark"} Kind */
/** @typedef {{ at: Instant, what: string, kind: Kind }} Entry */

const DAY = 86_400_000;
/** How far back the time line reaches; what is older stands in the table. */
const REACH = 90 * DAY;
const [HEIGHT, LEFT, RIGHT] = [132, 56, 24];
/** The height of each lane. @type {Record<Kind, number>} */
const LANES = { theirs: 24, ours: 56, stage: 84, mark: 84 };
const FOOT = 108;

/**
 * What happened and what is planned, newest first.
 * @param {Advice} advice
 * @param {Lead} record
 * @param {Names} names
 * @returns {Entry[]}
 */
export function entriesOf({ touch }, { signals = [], stage, stage_since: stageSince }, names) {
  /** @type {Entry[]} */
  const all = signals.map(({ at, kind, topic, person, direction, outcome, rep }) => ({
    at, kind: direction === "outbound" ? "ours" : "theirs",
    what: [word("signal", kind), topic, person && (names.get(person) ?? person), rep, direction && word("direction", direction), outcome && word("outcome", outcome)].filter(Boolean).join(", "),
  }));
  if (stage && stageSince) all.push({ at: stageSince, what: t("why.becameStage", { stage: word("stage", stage) }), kind: "stage" });
  if (touch?.since) all.push({ at: touch.since, what: t("why.since"), kind: "mark" });
  if (touch?.due) all.push({ at: touch.due, what: t("why.due"), kind: "mark" });
  if (touch?.window) all.push({ at: touch.window.from, what: t("why.planned"), kind: "mark" });
  return all.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

/**
 * The time line. Days far apart are drawn nearer to each other than they are, so that today is not a point.
 * @param {Entry[]} entries
 * @param {Advice} advice
 * @param {string} zone the zone of whoever looks
 */
export function timeLine(entries, { touch, now }, zone) {
  const present = Date.parse(now);
  const width = isNarrow() ? 360 : 640;
  const shown = entries.filter(({ at }) => Date.parse(at) >= present - REACH);
  const moments = [present, ...shown.map(({ at }) => Date.parse(at)), ...(touch?.window ? [Date.parse(touch.window.until)] : [])];
  /** Days from now, of which the first count for more. @param {number} at */
  const away = (at) => Math.sign(at - present) * Math.log1p(Math.abs(at - present) / DAY);
  const [first, last] = [Math.min(-1, away(Math.min(...moments))), Math.max(0.5, away(Math.max(...moments)))];
  const x = (/** @type {number} */ at) => LEFT + ((away(at) - first) / (last - first)) * (width - LEFT - RIGHT);
  const words = (/** @type {Instant | number} */ at) => momentWords(at, present, zone, language());
  const marks = shown.map(({ at, what, kind }) => {
    const [along, down] = [x(Date.parse(at)), LANES[kind]];
    const shape = kind === "theirs" ? drawn("circle", { cx: along, cy: down, r: 6 })
      : kind === "ours" ? drawn("rect", { x: along - 5.5, y: down - 5.5, width: 11, height: 11 })
        : drawn("path", { d: `M${along} ${down - 8}l7 8-7 8-7-8z` });
    shape.setAttribute("class", kind);
    shape.append(drawn("title", {}, `${words(at)}: ${what}`));
    return shape;
  });
  const lane = (/** @type {string} */ name, /** @type {number} */ down) => [
    drawn("text", { x: 0, y: down + 4 }, name), drawn("line", { x1: LEFT - 8, x2: width, y1: down, y2: down }),
  ];
  const window = touch?.window && [Date.parse(touch.window.from), Date.parse(touch.window.until)].map(x);
  const ends = [moments.reduce((one, other) => Math.min(one, other)), moments.reduce((one, other) => Math.max(one, other))].filter((at) => Math.abs(x(at) - x(present)) > 110);
  return drawn("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", class: "time-line", "aria-label": t("why.timeLine", {
    n: shown.length, theirs: shown.filter(({ kind }) => kind === "theirs").length, ours: shown.filter(({ kind }) => kind === "ours").length,
  }) },
  ...lane(t("why.they"), LANES.theirs), ...lane(t("why.we"), LANES.ours), ...lane(t("why.plan"), LANES.mark),
  ...(window ? [drawn("rect", { class: "window", x: window[0] ?? 0, y: LANES.mark - 8, width: Math.max(4, (window[1] ?? 0) - (window[0] ?? 0)), height: 16 }, drawn("title", {}, t("why.planned")))] : []),
  drawn("line", { class: "now", x1: x(present), x2: x(present), y1: 6, y2: FOOT }), drawn("text", { class: "now", x: x(present), y: FOOT + 16, "text-anchor": "middle" }, t("why.now")),
  ...ends.map((at) => drawn("text", { x: Math.min(Math.max(x(at), LEFT), width - 4), y: FOOT + 16, "text-anchor": at > present ? "end" : "start" }, words(at))), ...marks);
}

/**
 * The table of the journey.
 * @param {Entry[]} entries
 * @param {Instant} now
 */
export const journeyTable = (entries, now) => element("div", { class: "journey", tabindex: "0", role: "group", "aria-label": t("why.journey") }, element("table", {},
  element("thead", { class: "quiet" }, element("tr", {}, [t("why.moment"), t("why.what")].map((title) => element("th", { scope: "col" }, title)))),
  element("tbody", {}, entries.map(({ at, what, kind }) => element("tr", { class: `${kind}${Date.parse(at) > Date.parse(now) ? " ahead" : ""}` },
    element("td", {}, element("time", { datetime: at }, datedMoment(at))), element("td", {}, what))))));
