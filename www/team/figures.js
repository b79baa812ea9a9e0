// Figures: whoever may be seen beside the team, the pull ratio by week as a picture and a table, and what channels and content brought. People stand as the
// library gives them; nothing here orders them.

import { drawn, isNarrow } from "../drawn.js";
import { element } from "../element.js";
import { notation, number, t, word } from "../wording/index.js";

/** @import { FigureSet, Share, TeamFigures, TeamOptions } from "../lib/editing.js" */
/** @import { Child } from "../element.js" */

/** By what leads can be put together. @type {NonNullable<TeamOptions["by"]>[]} */
export const SEGMENTS = ["industry", "country", "source", "stage", "topic"];

const [HEIGHT, LEFT, RIGHT, TOP, FOOT] = [190, 44, 14, 12, 26];

/** @param {number} part */
const percent = (part) => number(part, { style: "percent", maximumFractionDigits: 0 });

/**
 * A share in words: "14 % of 51 (7–26 %)".
 * @param {Share} share
 */
export function shareWords({ n, estimate }) {
  if (!estimate) return t("team.tooFew", { n });
  return t("team.shareOf", { share: percent(estimate.share), low: number(Math.round(estimate.low * 100)), high: percent(estimate.high), n });
}

/** @param {string} at */
const day = (at) => new Date(at).toLocaleDateString(notation(), { day: "numeric", month: "short", timeZone: "UTC" });

/**
 * A table whose first column names the rows; it scrolls sideways by itself where it is wide.
 * @param {string} label
 * @param {string[]} head
 * @param {Child[][]} rows
 */
export const table = (label, head, rows) => element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": label }, element("table", { "aria-label": label },
  element("thead", {}, element("tr", {}, head.map((title) => element("th", { scope: "col" }, title)))),
  element("tbody", {}, rows.map(([name, ...cells]) => element("tr", {}, element("th", { scope: "row" }, name), ...cells.map((cell) => element("td", {}, cell)))))));

/**
 * The figures of the team and of whom the viewer may see, a column each.
 * @param {TeamFigures} figures
 * @param {string | undefined} own the rep who looks
 */
export function figuresOf({ people, team, since, until }, own) {
  const minutes = (/** @type {FigureSet} */ set) => (set.minutesToAnswer === undefined ? t("team.tooFew", { n: set.answered.hits }) : waited(set.minutesToAnswer));
  /** @type {[string, (set: FigureSet) => string][]} */
  const rows = [
    [t("team.contacts"), ({ contacts }) => number(contacts)], [t("team.visitors"), ({ visitors }) => number(visitors)],
    [t("team.conversion"), ({ conversion }) => shareWords(conversion)], [t("team.answered"), ({ answered }) => shareWords(answered)],
    [t("team.minutes"), minutes], [t("team.pull"), ({ pull }) => shareWords(pull)],
  ];
  const columns = [...people.map((one) => ({ name: one.rep === own ? t("team.you") : one.name, set: /** @type {FigureSet} */ (one) })), { name: t("team.theTeam"), set: team }];
  return element("div", {}, table(t("team.figures"), [t("team.figure"), ...columns.map(({ name }) => name)], rows.map(([name, of]) => [name, ...columns.map(({ set }) => of(set))])),
    element("p", { class: "small" }, t("team.figuresAbout", { since: day(since), until: day(until) })));
}

/** @param {number} minutes */
const waited = (minutes) => (minutes < 90 ? t("team.inMinutes", { n: Math.round(minutes) }) : minutes < 2880 ? t("team.inHours", { n: Math.round(minutes / 60) }) : t("team.inDays", { n: Math.round(minutes / 1440) }));

/**
 * The pull ratio of each week: a point with its interval; a week of which too little is known has no point. The table below has the same.
 * @param {TeamFigures} figures
 */
export function pullOf({ weeks }) {
  const width = isNarrow() ? 340 : 640;
  const known = weeks.flatMap(({ pull }) => (pull.estimate ? [pull.estimate] : []));
  const most = Math.max(0.2, Math.min(1, Math.ceil(Math.max(0, ...known.map(({ high }) => high)) * 10) / 10));
  const slot = (width - LEFT - RIGHT) / Math.max(1, weeks.length);
  const x = (/** @type {number} */ nth) => LEFT + slot * (nth + 0.5);
  const y = (/** @type {number} */ share) => TOP + (1 - share / most) * (HEIGHT - TOP - FOOT);
  const scale = [0, most / 2, most].flatMap((share) => [drawn("line", { class: "scale", x1: LEFT, x2: width, y1: y(share), y2: y(share) }),
    drawn("text", { x: LEFT - 6, y: y(share) + 4, "text-anchor": "end" }, percent(share))]);
  const points = weeks.map(({ pull: { estimate }, pull, from }, nth) => {
    const title = drawn("title", {}, `${day(from)}: ${shareWords(pull)}`);
    if (!estimate) return drawn("g", {}, drawn("text", { x: x(nth), y: y(0) - 6, "text-anchor": "middle", class: "none" }, "–"), title);
    const [low, high, middle] = [y(estimate.low), y(estimate.high), y(estimate.share)];
    return drawn("g", {}, drawn("rect", { class: "interval", x: x(nth) - 7, y: high, width: 14, height: Math.max(1, low - high), rx: 4 }), drawn("circle", { cx: x(nth), cy: middle, r: 4.5 }), title);
  });
  const every = Math.ceil(weeks.length / (isNarrow() ? 5 : 8));
  const labels = weeks.flatMap(({ from }, nth) => ((weeks.length - 1 - nth) % every ? [] : [drawn("text", { x: x(nth), y: HEIGHT - 8, "text-anchor": "middle" }, day(from))]));
  const last = weeks.findLast(({ pull }) => pull.estimate);
  return element("figure", { class: "pull" }, element("figcaption", {}, t("team.pullAbout")),
    drawn("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": last ? t("team.pullPicture", { n: weeks.length, last: shareWords(last.pull) }) : t("team.pullNothing") }, ...scale, ...points, ...labels),
    element("details", {}, element("summary", {}, t("team.pullTable")),
      table(t("team.pullTable"), [t("team.week"), t("team.pull")], weeks.map(({ from, pull }) => [day(from), shareWords(pull)]))));
}

/**
 * What channels brought: of the team, and in each segment.
 * @param {TeamFigures} figures
 * @param {TeamOptions["by"]} by
 * @param {Child} choice of the segments
 */
export function channelsOf({ channels, segments, trials }, by, choice) {
  const names = channels.map(({ channel }) => channel);
  const row = (/** @type {string} */ name, /** @type {TeamFigures["channels"]} */ of) => [name, ...names.map((channel) => {
    const found = of.find((one) => one.channel === channel);
    return found ? shareWords(found.answered) : "–";
  })];
  if (!names.length) return element("p", { class: "empty" }, t("team.noChannels"));
  return element("div", {}, table(t("team.channels"), [t("team.channel"), t("team.brought")], channels.map(({ channel, answered }) => [word("channel", channel), shareWords(answered)])),
    trials.length > 0 && element("div", { class: "trials" }, element("h3", {}, t("team.trials")), element("ul", {}, trials.map(({ words }) => element("li", {}, words)))),
    element("details", {}, element("summary", {}, t("team.segments")), choice,
      table(t("team.segments"), [t(`team.${by ?? "industry"}`), ...names.map((channel) => word("channel", channel))],
        segments.map(({ segment, channels: of }) => row(by === "stage" ? word("stage", segment) : segment, of)))));
}

/** What social selling and content brought. @param {TeamFigures} figures */
export function contentOf({ content, social }) {
  const { assistedWins: wins, assistedMoves: moves, windowDays: days, reactions } = social;
  const roles = (/** @type {Partial<Record<string, number>>} */ by) => Object.entries(by).map(([role, count]) => `${word("role", role)} ${count}`).join(", ");
  return element("div", {}, element("p", {}, t("team.social", { wins: wins.hits, all: wins.n, moves: moves.hits, of: moves.n, days, reactions })),
    content.length > 0 && table(t("team.content"), [t("team.content"), t("team.readBefore"), t("team.byWhom"), t("team.brought")],
      content.map((one) => [one.title ?? one.content, shareWords(one.moves), roles(one.byRole) || "–", shareWords(one.answered)])));
}
