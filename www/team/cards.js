// What deserves a thought, by kind: sentences of the library, each with a way to the lead or the rule that it speaks of; and whom there is to thank.

import { element } from "../element.js";
import { t } from "../wording/index.js";
import { walked } from "./list.js";

/** @import { TeamCard } from "../lib/editing.js" */
/** @import { Child } from "../element.js" */
/** @import { Parts } from "./worker.js" */

/** Cards of a kind that are shown before somebody asks for more. */
const FIRST = 3;

/**
 * Where a list leads to.
 * @typedef {object} Ways
 * @property {(lead: string) => void} lead shows a lead
 * @property {(name: string) => void} rule shows a rule by its name
 */

/**
 * A sentence in which the name of a lead is the way to it; a lead that it does not name comes behind it.
 * @param {string} words
 * @param {string[]} leads
 * @param {Record<string, string>} names
 * @param {Ways} ways
 * @returns {Child[]}
 */
function linked(words, leads, names, ways) {
  /** @type {Child[]} */
  let shown = [words];
  const others = leads.filter((id) => {
    const name = names[id] ?? id;
    const at = shown.findIndex((piece) => typeof piece === "string" && piece.includes(name));
    const piece = shown[at];
    if (typeof piece !== "string") return true;
    const start = piece.indexOf(name);
    shown = shown.toSpliced(at, 1, piece.slice(0, start), way(name, () => ways.lead(id)), piece.slice(start + name.length));
    return false;
  });
  const list = others.flatMap((id, nth) => [nth ? ", " : "", way(names[id] ?? id, () => ways.lead(id))]);
  return list.length ? [...shown, " ", element("span", { class: "leads-of" }, ...list)] : shown;
}

/** @param {string} name @param {() => void} go */
const way = (name, go) => element("button", { type: "button", class: "link", onclick: go }, name);

/**
 * The cards by kind, in the order in which they come.
 * @param {Parts["cards"]} told
 * @param {Ways} ways
 */
export function cardsOf({ cards, names }, ways) {
  if (!cards.length) return element("p", { class: "empty" }, t("team.noCards"));
  const box = element("div", { class: "cards" });
  for (const [kind, all] of Map.groupBy(cards, (card) => card.kind)) {
    const items = all.map((card) => element("li", {}, ...linked(card.words, card.leads ?? [], names, ways), ...ruleOf(card, ways)));
    const list = element("ul", {}, items.slice(0, FIRST));
    const rest = items.slice(FIRST);
    const more = rest.length > 0 && element("button", { type: "button", class: "more", onclick: () => {
      list.append(...rest);
      /** @type {HTMLElement} */ (more).remove();
      settle();
      rest[0]?.querySelector("button")?.focus();
    } }, t("team.more", { n: rest.length }));
    box.append(element("section", {}, element("h3", {}, t(`team.${kind}`), all.length > 1 && element("span", { class: "count" }, ` ${all.length}`)), list, more || ""));
  }
  const settle = walked(box);
  return box;
}

/** @param {TeamCard} card @param {Ways} ways @returns {Child[]} */
function ruleOf({ kind, about }, ways) {
  return kind === "ruleDeclined" && about !== undefined ? [" ", way(t("team.showRule"), () => ways.rule(about))] : [];
}

/**
 * Whom there is to thank, newest last.
 * @param {Parts["cards"]} told
 * @param {Ways} ways
 */
export function thanksOf({ recognition, names }, ways) {
  if (!recognition.length) return element("p", { class: "empty" }, t("team.noThanks"));
  const box = element("ul", { class: "thanks" }, recognition.map(({ about, words }) => element("li", {}, ...linked(words, about in names ? [about] : [], names, ways))));
  walked(box);
  return box;
}

/**
 * The leads for which there is no place in the plan, each with why.
 * @param {{ lead: string, leadName?: string, why: string }[]} left
 * @param {Ways} ways
 */
export function leftOver(left, ways) {
  const box = element("div", { class: "left-over" });
  for (const [why, all] of Map.groupBy(left, (one) => one.why)) {
    box.append(element("p", {}, t("team.leftWhy", { n: all.length, why })),
      element("ul", { class: "inline" }, all.map(({ lead, leadName }) => element("li", {}, way(leadName ?? lead, () => ways.lead(lead))))));
  }
  walked(box);
  return box;
}
