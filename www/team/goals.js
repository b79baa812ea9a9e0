// Goals with how far they are, and proposals with what was said about them. All states and dates are told by the library.

import { element } from "../element.js";
import { number, t } from "../wording/index.js";

/** @import { GoalState, ProposalState } from "../lib/editing.js" */
/** @import { Parts } from "./worker.js" */

/** A measure of which less is better has no bar to fill. */
const LESS_IS_BETTER = "stage_speed";

/**
 * @param {Parts["goals"]} told
 * @param {boolean} ofSample whether the goals come with the sample and stand in no pack of the page
 * @param {(id: string) => string} called what somebody of the team is called
 */
export function goalsOf({ goals }, ofSample, called) {
  const example = element("code", { class: "example" }, "goal \"Customers who stay\" measure retained_revenue target 400000 since \"2026-10-01\" until \"2026-12-31\";");
  if (!goals.length) return element("div", { class: "empty" }, element("p", {}, t("team.noGoals")), element("p", {}, example));
  return element("div", {}, element("ul", { class: "goals" }, goals.map((state) => goal(state, called))), ofSample && element("p", { class: "small" }, t("team.sampleGoals")));
}

/** @param {GoalState} state @param {(id: string) => string} called */
function goal({ name, measure, target, measured, reached, words, because, agreedBy, proposedBy }, called) {
  const { value, retained } = measured;
  const bar = value !== undefined && measure !== LESS_IS_BETTER && target > 0
    && element("progress", { max: `${target}`, value: `${Math.min(value, target)}`, "aria-label": t("team.goalBar", { goal: name }) });
  const amount = (/** @type {number} */ worth) => number(worth, { maximumFractionDigits: 0 });
  const rest = words.startsWith(`${name}: `) ? words.slice(name.length + 2) : words;
  return element("li", { class: reached ? "reached" : null },
    element("h3", {}, name), element("p", {}, rest.charAt(0).toUpperCase() + rest.slice(1)), bar,
    retained?.rate !== undefined && element("p", { class: "small" }, t("team.retained", {
      start: amount(retained.start), expansion: amount(retained.expansion), contraction: amount(retained.contraction), churn: amount(retained.churn),
      rate: number(retained.rate, { style: "percent", maximumFractionDigits: 0 }),
    })),
    because && element("p", { class: "because" }, because),
    (agreedBy?.length ?? 0) + (proposedBy?.length ?? 0) > 0 && element("p", { class: "small" }, [
      agreedBy !== undefined && agreedBy.length > 0 && t("team.agreedBy", { who: agreedBy.map(called).join(", ") }), proposedBy && t("team.proposedBy", { who: called(proposedBy) }),
    ].filter(Boolean).join(". ")));
}

/** @param {Parts["goals"]} told @param {(id: string) => string} called */
export function proposalsOf({ proposals }, called) {
  if (!proposals.length) return element("p", { class: "empty" }, t("team.noProposals"));
  return element("ul", { class: "proposals" }, proposals.map((state) => proposal(state, called)));
}

/** @param {ProposalState} state @param {(id: string) => string} called */
const proposal = ({ words, statement, because, comments = [], standing, inForce }, called) => element("li", {},
  element("p", {}, element("span", { class: `standing ${standing}` }, t(`team.${standing}`)), " ", words),
  because && standing === "open" && element("p", { class: "because" }, because),
  comments.length > 0 && element("ul", { class: "comments" }, comments.map(({ by, text }) => element("li", {}, `${called(by)}: ${text}`))),
  element("details", {}, element("summary", {}, t("team.asStatement")), element("code", { class: "example" }, statement),
    standing === "adopted" && element("p", { class: "small" }, t(inForce ? "team.inForce" : "team.notInForce"))));
