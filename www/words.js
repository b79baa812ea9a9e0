// The engine's words as a sales person says them.

import { number, t, word } from "./wording/index.js";

/** @import { Advice, Channel } from "./lib/cadans.js" */

/** Letters of a name that are shown. */
const MOST = 200;

/**
 * What a channel is called.
 * @param {Channel} name
 */
export const channel = (name) => word("channel", name);

/**
 * snake_case or kebab-case as words.
 * @param {string} text
 */
export const plain = (text) => text.replaceAll(/[_-]/g, " ");

/**
 * What stopped a contact.
 * @param {string} policy
 */
export const stopped = (policy) => word("policy", policy);

/**
 * What to do, in a few words: "Call Ada de Vries".
 * @param {Pick<Advice, "verdict" | "touch">} advice
 */
export function deed({ verdict, touch }) {
  if (verdict === "wait" || verdict === "hold") return word("deed", verdict);
  if (verdict === "find") return t("deed.find", { role: touch?.find ? word("role", touch.find) : t("deed.rightPerson") });
  if (verdict === "hand_over") return t("deed.handOver", { team: touch?.handOver ?? t("deed.anotherTeam") });
  const who = touch?.person ? shortened(touch.person.name ?? touch.person.id) : t("deed.theLead");
  return word("deed", touch?.channel ?? "any", { who });
}

/** As much of a name as anybody reads: laying out one of a million letters would hold up the page. @param {string} name */
export const shortened = (name) => (name.length > MOST ? `${name.slice(0, MOST)}…` : name);

/** @param {Pick<Advice, "lead" | "leadName">} advice */
export const leadName = (advice) => shortened(advice.leadName ?? advice.lead);

/**
 * "1 lead", "3 leads": for the areas whose texts are not in the tables yet.
 * @param {number} many
 * @param {string} one
 * @param {string} [others]
 */
export const count = (many, one, others = `${one}s`) => `${number(many)} ${many === 1 ? one : others}`;

/**
 * A product and its factors with no more digits than are needed for them to multiply to what is shown.
 * @param {number[]} factors
 * @param {number} total
 */
export function product(factors, total) {
  for (let digits = 3; ; digits += 1) {
    const round = (/** @type {number} */ value) => Number(value.toPrecision(digits));
    const show = (/** @type {number} */ value) => number(value, { maximumSignificantDigits: digits });
    if (digits === 8 || show(factors.map(round).reduce((made, factor) => made * factor, 1)) === show(total)) return { factors: factors.map(show), total: show(total) };
  }
}
