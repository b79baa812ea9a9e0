// The explanation of one advice: what, why, what else, what is not allowed until when, and how long it holds.

import { byId, element } from "./element.js";
import { moment, windowWords, zoneWords } from "./time.js";
import { channel, count, deed, figure, leadName, plain, stopped } from "./words.js";

/** @import { Advice, Block, Explanation, Instant, NearMiss, Priority, RuleRef, RunnerUp, SwitchedOffHere } from "./lib/cadans.js" */
/** @import { Child } from "./element.js" */

/**
 * Names of people and titles of content, by id.
 * @typedef {Map<string, string>} Names
 */

/** @type {[factor: Exclude<keyof Priority, "total">, word: string][]} */
const FACTORS = [["propensity", "Chance of an answer"], ["context", "Weight of the moment"], ["value", "Value"], ["lever", "Lever"]];
const NEAREST = 3; // nearly held rules shown at once

/**
 * The panel. Calls `toRule` with a rule's place, `toTime` with a moment.
 * @param {(rule: RuleRef) => void} toRule
 * @param {(now: Instant) => void} toTime
 */
export function why(toRule, toTime) {
  const panel = byId("why-text", HTMLElement);

  /** @param {RuleRef} rule */
  const ruleLink = (rule) => element("a", {
    href: "#text", title: `${rule.pack}, line ${rule.span.line}`, onclick: (event) => { event.preventDefault(); toRule(rule); },
  }, rule.name);
  /** @param {Instant} at */
  const timeLink = (at) => element("button", { type: "button", class: "link", title: "Move now to this moment", onclick: () => toTime(at) }, moment(at));
  /**
   * @param {string} title
   * @param {(Child | Child[])[]} content
   */
  const part = (title, ...content) => element("section", {}, element("h3", {}, title), ...content);
  /** @param {(Child | Child[])[]} items */
  const list = (items) => element("ul", {}, items.map((item) => element("li", {}, ...[item].flat())));
  /**
   * @param {string} id
   * @param {Names} names
   */
  const named = (id, names) => names.get(id) ?? id;

  /**
   * @param {Advice} advice
   * @param {Names} names
   */
  function advised(advice, names) {
    const { touch, rule, reason } = advice;
    const window = touch?.window;
    /** @type {(false | undefined | "" | [word: string, what: Child, more?: Child])[]} */
    const facts = [
      window && ["When", `${windowWords(window, advice.now)}, ${zoneWords(window.zone)}`, window.why],
      touch?.person && ["Who", [touch.person.name ?? touch.person.id, touch.person.role && plain(touch.person.role)].filter(Boolean).join(", "), touch.person.why],
      touch?.rep && ["By", touch.rep.name ?? touch.rep.id, touch.rep.insteadOfOwner],
      touch?.offer && ["Bring", named(touch.offer, names)],
      touch?.ask && ["Ask", touch.ask],
      touch?.cadence && ["Series", `${touch.cadence}, step ${touch.step ?? 1}`],
      advice.stage && ["Stage", plain(advice.stage.stage), advice.stage.was && `was ${plain(advice.stage.was)}${advice.stage.because ? `: ${advice.stage.because}` : ""}`],
      rule && ["Rule", ruleLink(rule), rule.pack],
    ];
    return [
      element("p", { class: "deed" }, deed(advice)),
      element("p", { class: "reason" }, reason),
      element("dl", {}, facts.filter((fact) => !!fact).flatMap(([word, what, more]) => [element("dt", {}, word), element("dd", {}, what, more && element("small", {}, more))])),
    ];
  }

  /** @param {Priority} priority */
  function priority({ total, ...factors }) {
    const cells = FACTORS.map(([key, word]) => element("tr", {}, element("th", { scope: "row" }, word),
      element("td", { class: "number" }, figure(factors[key].value)), element("td", {}, factors[key].because)));
    const product = FACTORS.map(([key]) => figure(factors[key].value)).join(" × ");
    return part(`Priority ${figure(total)}`, element("p", { class: "small" }, `${product} = ${figure(total)}`), element("table", { class: "factors" },
      element("thead", { class: "quiet" }, element("tr", {}, ...["Factor", "Figure", "Where it comes from"].map((word) => element("th", { scope: "col" }, word)))),
      element("tbody", {}, cells)));
  }

  /** @type {(names: Names) => (runnerUp: RunnerUp) => Child[]} */
  const runnerUp = (names) => ({ rule, channel: over, person, lostBy }) => [
    ruleLink(rule), over && `: ${channel(over).toLowerCase()}`, person && ` to ${named(person, names)}`, element("small", {}, lostBy)];

  /** @type {(names: Names) => (block: Block) => Child[]} */
  const block = (names) => ({ rule, channel: over, person, reason, liftsAt, hard, policy, by }) => [
    element("strong", {}, [over && channel(over), person && `to ${named(person, names)}`].filter(Boolean).join(" ") || rule.name), `: ${reason}`,
    element("small", {}, liftsAt ? ["Lifts ", timeLink(liftsAt), ". "] : hard ? "Law or consent: no rule can lift it. " : "Lifts when the record changes. ",
      "Stopped ", ruleLink(rule), ...(by ? [" by ", ruleLink(by)] : [` (${stopped(policy)})`]), ".")].flat();

  /** @type {(nearMiss: NearMiss) => Child[]} */
  const near = ({ rule, summary, conditions }) => [ruleLink(rule), `: ${summary}`,
    element("ul", { class: "conditions" }, conditions.map(({ text, holds, saw }) => element("li", { class: holds ? "holds" : "fails" },
      element("span", { class: "quiet" }, holds ? "Holds: " : "Does not hold: "), element("code", {}, text), ` ${saw}`)))];

  /** @type {(one: SwitchedOffHere) => Child[]} */
  const off = ({ statement, summary, by }) => [statement.name, `: ${summary}`, element("small", {}, "By ", ruleLink(by), `, ${by.pack}`)];

  /** @param {NearMiss[]} rest */
  const further = (rest) => (rest.length ? [element("details", {}, element("summary", {}, count(rest.length, "rule further off", "rules further off")), list(rest.map(near)))] : []);

  return {
    /**
     * Nothing is chosen.
     * @param {string} text
     */
    clear(text) { panel.replaceChildren(element("p", { class: "empty" }, text)); },
    /**
     * Shows an explanation; `names` gives people and content by id.
     * @param {Explanation} explanation
     * @param {Names} names
     */
    show({ advice, nearly, switchedOff = [] }, names) {
      const { priority: figures, notes = [], runnersUp = [], blocks = [], faults = [], reviewAt } = advice;
      panel.replaceChildren(
        element("p", { class: "of" }, leadName(advice)),
        ...advised(advice, names),
        ...(notes.length ? [part("Keep in mind", list(notes.map(({ text }) => text)))] : []),
        ...(figures ? [priority(figures)] : []),
        ...(runnersUp.length ? [part("What else could be done", list(runnersUp.map(runnerUp(names))))] : []),
        ...(blocks.length ? [part("What may not be done now", list(blocks.map(block(names))))] : []),
        ...(nearly.length ? [part("Rules that nearly hold", list(nearly.slice(0, NEAREST).map(near)), ...further(nearly.slice(NEAREST)))] : []),
        ...(switchedOff.length ? [part("Switched off for this lead", list(switchedOff.map(off)))] : []),
        ...(faults.length ? [part("Rules that could not be worked out", list(faults.map(({ rule, message }) => [ruleLink(rule), `: ${message}`])))] : []),
        element("p", { class: "review" }, ...(reviewAt ? ["Without news from the lead this holds until ", timeLink(reviewAt), "."]
          : ["This holds until there is news from the lead."])),
      );
    },
  };
}
