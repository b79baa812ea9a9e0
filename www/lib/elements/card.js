// The advice that is chosen, as facts: what, why, who, when in both times, with what.

import { lengthWords } from "./list.js";
import { make } from "./make.js";
import { momentWords, placeOf, windowWords } from "./times.js";
import { deed, nameOf } from "./words.js";

/** @import { Advice } from "../cadans.js" */
/** @import { Child } from "./make.js" */
/** @import { Language, Words } from "./words.js" */

/**
 * @param {Advice} advice
 * @param {{ now: number, zone: string, words: Words, language: Language, titles: Map<string, string> }} shown `titles`: of content, by id
 * @returns {HTMLElement[]}
 */
export function card(advice, { now, zone, words, language, titles }) {
  const { touch, reason, stage, notes = [], reviewAt } = advice;
  const { CARD, TIME } = words;
  const window = touch?.window;
  const when = window && windowWords(window, now, zone, language);
  const role = touch?.person?.role;
  /** @type {(false | undefined | "" | [word: string, what: Child, more?: Child])[]} */
  const facts = [
    window && when && [TIME.theirs, `${when.theirs}, ${placeOf(window.zone)}`],
    window && when && [TIME.own, `${when.own}, ${placeOf(zone)}`, window.why],
    touch && !window && [CARD.when, TIME.any],
    touch?.due && [CARD.due, momentWords(touch.due, now, zone, language),
      touch.lateBy !== undefined && make("small", { class: "overdue" }, TIME.late(lengthWords(touch.lateBy, words)))],
    touch?.person && [CARD.who, [touch.person.name ?? touch.person.id, role && words.ROLES[role]].filter(Boolean).join(", "), touch.person.why],
    touch?.rep?.insteadOfOwner && [CARD.by, touch.rep.name ?? touch.rep.id, touch.rep.insteadOfOwner],
    touch?.offer && [CARD.bring, titles.get(touch.offer) ?? touch.offer],
    touch?.ask && [CARD.ask, touch.ask],
    touch?.cadence && [CARD.series, touch.cadence, CARD.step(touch.step ?? 1)],
    stage && [CARD.stage, words.STAGES[stage.stage], stage.was && `${CARD.was(words.STAGES[stage.was])}${stage.because ? `: ${stage.because}` : ""}`],
    !touch && [CARD.next, reviewAt ? momentWords(reviewAt, now, zone, language) : CARD.news],
  ];
  /** @param {Child} more */
  const small = (more) => (typeof more === "string" ? make("small", {}, more) : more);
  const hints = [
    touch?.promised && CARD.promised, touch?.automatic && CARD.itself, touch?.acknowledges && CARD.acknowledge, ...notes.map(({ text }) => text),
  ].filter((hint) => typeof hint === "string");
  return [
    make("p", { class: "of", part: "lead" }, nameOf(advice)),
    make("h3", { part: "deed" }, deed(advice, words)),
    make("p", { class: "reason", part: "reason" }, reason),
    make("dl", { part: "facts" }, facts.filter((fact) => !!fact).flatMap(([word, what, more]) => [make("dt", {}, word), make("dd", {}, what, more && small(more))])),
    ...(hints.length ? [make("h4", {}, CARD.notes), make("ul", { class: "notes", part: "notes" }, hints.map((hint) => make("li", {}, hint)))] : []),
  ];
}
