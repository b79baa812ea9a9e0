// Two sets of rules side by side: bars for the touches of each day, and a table beside them with the same numbers.

import { drawn, isNarrow } from "../drawn.js";
import { element } from "../element.js";
import { notation, number, t, word } from "../wording/index.js";

/** @import { DayReport, Report } from "../lib/editing.js" */
/** @import { Child } from "../element.js" */

const [HEIGHT, BELOW] = [160, 22];

/** @param {DayReport} day */
const touches = ({ byChannel }) => Object.values(byChannel).reduce((sum, one) => sum + one, 0);
/** @param {DayReport} day @param {Intl.DateTimeFormatOptions} form */
const dayWord = ({ from }, form) => new Date(from).toLocaleDateString(notation(), form);

/**
 * @param {string[]} names of both sides
 * @param {Report[]} reports
 */
export function pictureOf(names, reports) {
  const days = reports.map((report) => report.days);
  const most = Math.max(1, ...days.flat().map(touches));
  const width = isNarrow() ? 340 : 640;
  const count = Math.max(1, ...days.map((one) => one.length));
  const slot = width / count;
  const bars = days.flatMap((side, nth) => side.map((day, at) => {
    const height = (touches(day) / most) * (HEIGHT - BELOW - 4);
    return drawn("rect", { class: `side-${nth}`, x: at * slot + 3 + nth * (slot - 6) / 2, y: HEIGHT - BELOW - height, width: (slot - 8) / 2, height },
      drawn("title", {}, `${names[nth]}, ${dayWord(day, { weekday: "short", day: "numeric", month: "short" })}: ${touches(day)}`));
  }));
  const every = Math.ceil(count / (isNarrow() ? 7 : 14));
  const labels = (days[0] ?? []).flatMap((day, at) => (at % every ? [] : [drawn("text", { x: at * slot + slot / 2, y: HEIGHT - 6, "text-anchor": "middle" }, dayWord(day, { day: "numeric", month: "numeric" }))]));
  return element("figure", { class: "days" },
    element("figcaption", {}, t("whatif.touchesADay"), ...names.map((name, nth) => element("span", { class: `key side-${nth}` }, name))),
    drawn("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": t("whatif.pictureOf", { one: names[0] ?? "", other: names[1] ?? "" }) },
      drawn("line", { x1: 0, x2: width, y1: HEIGHT - BELOW, y2: HEIGHT - BELOW }), ...bars, ...labels),
    element("details", {}, element("summary", {}, t("whatif.asTable")), element("table", {},
      element("thead", {}, element("tr", {}, [t("whatif.day"), ...names].map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, (days[0] ?? []).map((day, at) => element("tr", {}, element("th", { scope: "row" }, dayWord(day, { weekday: "short", day: "numeric", month: "short" })),
        ...days.map((side) => element("td", { class: "number" }, side[at] ? number(touches(side[at])) : "–"))))))));
}

/** @param {number | undefined} minutes */
const waited = (minutes) => (minutes === undefined ? "–" : minutes < 90 ? t("whatif.minutes", { n: Math.round(minutes) }) : t("whatif.hours", { n: Math.round(minutes / 6) / 10 }));

/**
 * The numbers that tell one set of rules from another.
 * @param {string[]} names
 * @param {Report[]} reports
 */
export function tableOf(names, reports) {
  /** @type {[label: string, of: (report: Report) => string][]} */
  const rows = [
    [t("whatif.touches"), ({ touches: all }) => number(all)],
    [t("whatif.load"), ({ load }) => number(load, { style: "percent", maximumFractionDigits: 0 })],
    [t("whatif.asked"), ({ questions }) => number(questions.asked)],
    [t("whatif.answered"), ({ questions }) => number(questions.answered)],
    [t("whatif.median"), ({ questions }) => waited(questions.medianMinutes)],
    [t("whatif.nine"), ({ questions }) => waited(questions.nineInTenMinutes)],
    [t("whatif.perLead"), ({ perLead }) => number(perLead.median)],
    [t("whatif.most"), ({ perLead }) => number(perLead.most)],
    [t("whatif.incidents"), ({ incidents }) => number(incidents.reduce((sum, one) => sum + one.number, 0))],
  ];
  const channels = [...new Set(reports.flatMap(({ byChannel }) => Object.keys(byChannel)))];
  for (const channel of channels) rows.push([word("channel", channel), ({ byChannel }) => number(/** @type {Record<string, number>} */ (byChannel)[channel] ?? 0)]);
  /** @param {Child[]} cells */
  const row = (...cells) => element("tr", {}, ...cells);
  return element("table", { class: "sides" },
    element("thead", {}, row(...[t("whatif.figure"), ...names].map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, rows.map(([label, of]) => row(element("th", { scope: "row" }, label), ...reports.map((report) => element("td", { class: "number" }, of(report)))))));
}
