// The buying group: a map of the parts in the decision around the account, who plays them, whether they were reached and which nobody known plays; and the same as
// a table.

import { drawn, isNarrow } from "../drawn.js";
import { element } from "../element.js";
import { t, word } from "../wording/index.js";

/** @import { Lead, Role, Signal } from "../lib/cadans.js" */

/** @type {Role[]} */
const ROLES = ["initiator", "user", "influencer", "decider", "buyer", "gatekeeper"];
/** Where each part stands around the account, on a screen and on a phone. @type {Record<"wide" | "narrow", { size: [number, number], box: number, places: [x: number, y: number][] }>} */
const SHAPES = {
  wide: { size: [640, 220], box: 188, places: [[110, 36], [320, 36], [530, 36], [530, 184], [320, 184], [110, 184]] },
  narrow: { size: [360, 266], box: 172, places: [[90, 36], [270, 36], [90, 104], [270, 104], [90, 232], [270, 232]] },
};
const TALL = 58;
/** As many letters as fit in a box. */
const LETTERS = 24;

/** Signals by which somebody answered us, or came to us in person. @param {Signal} signal */
const reaches = ({ direction, kind, outcome }) => (direction === "outbound"
  ? ["answered", "replied", "held", "booked", "accepted"].includes(outcome ?? "") : ["reply", "chat", "meeting", "call"].includes(kind) && outcome !== "no_answer");

/**
 * Each part with who plays it and whether one of them was reached.
 * @param {Lead} record
 * @returns {{ role: Role, players: { name: string, reached: boolean }[], state: "missing" | "known" | "reached" }[]}
 */
function partsOf({ people = [], signals = [] }) {
  const reached = new Set(signals.filter(reaches).map(({ person }) => person));
  return ROLES.map((role) => {
    const players = people.filter((person) => person.roles?.includes(role)).map(({ id, name }) => ({ name: name ?? id, reached: reached.has(id) }));
    return { role, players, state: players.length === 0 ? "missing" : players.some((one) => one.reached) ? "reached" : "known" };
  });
}

/** @param {string} text */
const short = (text) => (text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text);

/** @param {Lead} record */
export function groupMap(record) {
  const parts = partsOf(record);
  const words = { missing: t("why.missing"), known: t("why.notReached"), reached: t("why.reached") };
  const name = record.account?.name ?? record.name ?? record.id;
  const { size: [width, height], box: wide, places } = SHAPES[isNarrow() ? "narrow" : "wide"];
  const centre = /** @type {[number, number]} */ ([width / 2, isNarrow() ? 168 : height / 2]);
  const boxes = parts.map(({ role, players, state }, nth) => {
    const [x, y] = places[nth] ?? centre;
    const who = players.map((one) => one.name).join(", ");
    return drawn("g", { class: state }, drawn("rect", { x: x - wide / 2, y: y - TALL / 2, width: wide, height: TALL, rx: 8 }),
      drawn("text", { x, y: y - 10, "text-anchor": "middle", class: "role" }, word("role", role)), drawn("text", { x, y: y + 6, "text-anchor": "middle" }, short(who || words.missing)),
      drawn("text", { x, y: y + 21, "text-anchor": "middle", class: "state" }, players.length ? words[state] : ""), drawn("title", {}, `${word("role", role)}: ${who || words.missing}`));
  });
  const lines = parts.map(({ state }, nth) => {
    const [x, y] = places[nth] ?? centre;
    return drawn("line", { class: state, x1: centre[0], y1: centre[1], x2: x, y2: y });
  });
  return drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "group-map", "aria-label": t("why.groupMap", {
    reached: parts.filter(({ state }) => state === "reached").length, known: parts.filter(({ state }) => state === "known").length, missing: parts.filter(({ state }) => state === "missing").length,
  }) }, ...lines, ...boxes, drawn("rect", { class: "account", x: centre[0] - wide / 2, y: centre[1] - 17, width: wide, height: 34, rx: 17 }),
  drawn("text", { class: "account", x: centre[0], y: centre[1] + 5, "text-anchor": "middle" }, short(name)));
}

/** @param {Lead} record */
export const groupTable = (record) => element("table", { class: "factors group" }, element("thead", { class: "quiet" },
  element("tr", {}, [t("why.role"), t("why.person")].map((title) => element("th", { scope: "col" }, title)))),
element("tbody", {}, partsOf(record).map(({ role, players, state }) => element("tr", { class: state }, element("th", { scope: "row" }, word("role", role)),
  element("td", {}, players.map(({ name, reached }) => `${name} (${t(reached ? "why.reached" : "why.notReached")})`).join("; ") || t("why.missing"))))));
