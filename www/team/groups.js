// The coverage map: in how many buying groups we know and hear each role, as a picture, and each group as a row of a table.

import { drawn, isNarrow } from "../drawn.js";
import { element } from "../element.js";
import { number, t, word } from "../wording/index.js";
import { walked } from "./list.js";

/** @import { BuyingGroup, RoleCoverage } from "../lib/editing.js" */
/** @import { Ways } from "./cards.js" */

/** Groups that are shown before somebody asks for more. */
const FIRST = 12;
const STATES = /** @type {const} */ (["heard", "known", "missing"]);
/** How each state is marked, also without colours. */
const SIGNS = { heard: "●", known: "○", missing: "–" };
const BAR = 30;

/** Whether somebody in a role is known, and did anything. @param {RoleCoverage} coverage @returns {(typeof STATES)[number]} */
const stateOf = ({ people }) => (people.length === 0 ? "missing" : people.some(({ lastSign }) => lastSign !== undefined) ? "heard" : "known");

/**
 * @param {BuyingGroup[]} groups
 * @param {Ways} ways
 */
export function groupsOf(groups, ways) {
  if (!groups.length) return element("p", { class: "empty" }, t("team.noGroups"));
  return element("div", {}, picture(groups), map(groups, ways));
}

/** A bar for each role. @param {BuyingGroup[]} groups */
function picture(groups) {
  const [first] = groups;
  const roles = (first?.roles ?? []).map(({ role }, nth) => ({ role, counts: STATES.map((state) => groups.filter(({ roles: all }) => all[nth] && stateOf(all[nth]) === state).length) }));
  const [width, left] = isNarrow() ? [340, 78] : [640, 96];
  const long = width - left;
  const bars = roles.flatMap(({ role, counts }, nth) => {
    let from = left;
    const top = nth * (BAR + 8);
    return [drawn("text", { x: 0, y: top + BAR / 2 + 4 }, word("role", role)), ...counts.map((count, at) => {
      const wide = (count / groups.length) * long;
      const x = from;
      from += wide;
      return drawn("g", { class: STATES[at] ?? "" }, drawn("rect", { x, y: top, width: Math.max(0, wide - 2), height: BAR, rx: 4 }),
        ...(wide > 26 ? [drawn("text", { x: x + wide / 2, y: top + BAR / 2 + 4, "text-anchor": "middle" }, number(count))] : []),
        drawn("title", {}, `${word("role", role)}, ${t(`team.${STATES[at] ?? "missing"}`)}: ${count}`));
    })];
  });
  const words = roles.map(({ role, counts }) => `${word("role", role)}: ${counts.map((count, at) => `${t(`team.${STATES[at] ?? "missing"}`)} ${count}`).join(", ")}`);
  return element("figure", { class: "coverage" },
    element("figcaption", {}, t("team.groupsAbout", { n: groups.length }), element("span", { class: "keys" }, ...STATES.map((state) => element("span", { class: `key ${state}` }, `${SIGNS[state]} ${t(`team.${state}`)}`)))),
    drawn("svg", { viewBox: `0 0 ${width} ${roles.length * (BAR + 8)}`, role: "img", "aria-label": words.join("; ") }, ...bars));
}

/** @param {BuyingGroup[]} groups @param {Ways} ways */
function map(groups, ways) {
  const [first] = groups;
  const body = element("tbody", {});
  const box = element("div", { class: "wide", role: "group", "aria-label": t("team.groups") });
  const row = (/** @type {BuyingGroup} */ { lead, leadName, roles, score, missing, jointProposal }) => element("tr", {},
    element("th", { scope: "row" }, element("button", { type: "button", class: "link", onclick: () => ways.lead(lead) }, leadName),
      element("small", {}, jointProposal ? element("strong", {}, t("team.joint")) : missing.length > 0 && t("team.missingOf", { missing: missing.join("; ") }))),
    ...roles.map((coverage) => {
      const state = stateOf(coverage);
      const who = coverage.people.map(({ name }) => name).join(", ");
      return element("td", { class: `role ${state}`, title: who, "data-title": word("role", coverage.role) }, element("span", { "aria-hidden": "true" }, SIGNS[state]), element("span", { class: "quiet" }, `${t(`team.${state}`)}${who ? `: ${who}` : ""}`));
    }),
    element("td", { class: "score", "data-title": t("team.score") }, number(score)));
  const rest = groups.slice(FIRST);
  body.append(...groups.slice(0, FIRST).map(row));
  const more = rest.length > 0 && element("button", { type: "button", class: "more", onclick: () => {
    const rows = rest.map(row);
    body.append(...rows);
    /** @type {HTMLElement} */ (more).remove();
    settle();
    rows[0]?.querySelector("button")?.focus();
  } }, t("team.more", { n: rest.length }));
  box.append(element("table", { class: "map", "aria-label": t("team.groups") }, element("thead", {}, element("tr", {},
    [t("team.lead"), ...(first?.roles ?? []).map(({ role }) => word("role", role)), t("team.score")].map((title) => element("th", { scope: "col" }, title)))), body), more || "");
  const settle = walked(box);
  return box;
}
