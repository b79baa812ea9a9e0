// The explanation of one advice: what, why, what else, what is not allowed until when, and how long it holds.

import { byId, element } from "../element.js";
import { actions } from "./acts.js";
import { groupMap, groupTable } from "./buying-group.js";
import { happened } from "./happened.js";
import { entriesOf, journeyTable, timeLine } from "./journey.js";
import { momentWords, windowWords } from "../lib/elements/times.js";
import { zoneWords } from "./moments.js";
import { language, pieces, t, word } from "../wording/index.js";
import { channel, deed, leadName, product, stopped } from "../words.js";

/** @import { Advice, Block, Explanation, Instant, NearMiss, Lead, Priority, RuleRef, RunnerUp, SwitchedOffHere } from "../lib/cadans.js" */
/** @import { Act } from "./day-queue.js" */
/** @import { Child } from "../element.js" */

/**
 * Names of people and titles of content, by id.
 * @typedef {Map<string, string>} Names
 */

/** @type {Exclude<keyof Priority, "total">[]} */
const FACTORS = ["propensity", "context", "value", "lever"];
const NEAREST = 3; // nearly held rules shown at once

/**
 * The panel. Calls `toRule` with a rule's place, `toTime` with a moment.
 * @param {(rule: RuleRef) => void} toRule
 * @param {(now: Instant) => void} toTime
 * @param {() => string} zone the zone of whoever looks
 * @param {(act: Act) => void} acted
 */
export function why(toRule, toTime, zone, acted) {
  const panel = byId("why-text", HTMLElement);
  const title = byId("why-title", HTMLElement);
  /** The control that had the focus when the explanation was drawn anew. @type {Element | undefined} */
  let lost;
  /** The moment of the advice that is shown. */
  let decided = 0;

  /** @param {RuleRef} rule */
  const ruleLink = (rule) => element("a", {
    href: "#text", title: t("why.ruleAt", { pack: rule.pack, line: rule.span.line }), onclick: (event) => { event.preventDefault(); toRule(rule); },
  }, rule.name);
  /** @param {Instant} at */
  const timeLink = (at) => element("button", { type: "button", class: "link", title: t("why.moveTo"), onclick: () => toTime(at) }, momentWords(at, decided, zone(), language()));
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
   * @param {string} stage
   * @param {string | undefined} because
   */
  const was = (stage, because) => {
    const words = word("stage", stage);
    return because ? t("why.wasBecause", { stage: words, because }) : t("why.was", { stage: words });
  };

  /**
   * @param {Advice} advice
   * @param {Names} names
   */
  function advised(advice, names) {
    const { touch, rule, reason } = advice;
    const window = touch?.window;
    const words = window && windowWords(window, Date.parse(advice.now), zone(), language());
    /** @type {(false | undefined | "" | [word: string, what: Child, more?: Child])[]} */
    const facts = [
      window && words && [t("why.when"), `${words.theirs}, ${zoneWords(window.zone)}`, window.why],
      words && !words.same && [" ", t("queue.own", { window: words.own, zone: zoneWords(zone()) })],
      touch?.person && [t("why.who"), [touch.person.name ?? touch.person.id, touch.person.role && word("role", touch.person.role)].filter(Boolean).join(", "), touch.person.why],
      touch?.rep && [t("why.by"), touch.rep.name ?? touch.rep.id, touch.rep.insteadOfOwner],
      touch?.offer && [t("why.bring"), named(touch.offer, names)],
      touch?.ask && [t("why.ask"), touch.ask],
      touch?.cadence && [t("why.series"), t("why.step", { series: touch.cadence, step: touch.step ?? 1 })],
      advice.stage && [t("why.stage"), word("stage", advice.stage.stage), advice.stage.was && was(advice.stage.was, advice.stage.because)],
      rule && [t("why.rule"), ruleLink(rule), rule.pack],
    ];
    return [
      element("p", { class: "deed" }, deed(advice)),
      element("p", { class: "reason" }, reason),
      element("dl", {}, facts.filter((fact) => !!fact).flatMap(([word, what, more]) => [element("dt", {}, word), element("dd", {}, what, more && element("small", {}, more))])),
    ];
  }

  /** @param {Priority} priority */
  function priority({ total, ...factors }) {
    const shown = product(FACTORS.map((key) => factors[key].value), total);
    const cells = FACTORS.map((key, nth) => element("tr", {}, element("th", { scope: "row" }, t(`why.${key}`)),
      element("td", { class: "number" }, shown.factors[nth]), element("td", {}, factors[key].because)));
    return part(t("why.priority", { figure: shown.total }), element("p", { class: "small" }, `${shown.factors.join(" × ")} = ${shown.total}`), element("table", { class: "factors" },
      element("thead", { class: "quiet" }, element("tr", {}, ...[t("why.factor"), t("why.figure"), t("why.because")].map((title) => element("th", { scope: "col" }, title)))),
      element("tbody", {}, cells)));
  }

  /** @type {(names: Names) => (runnerUp: RunnerUp) => Child[]} */
  const runnerUp = (names) => ({ rule, channel: over, person, lostBy }) => [
    ruleLink(rule), over && `: ${channel(over).toLowerCase()}`, person && ` ${t("why.to", { person: named(person, names) })}`, element("small", {}, lostBy)];

  /** @type {(names: Names) => (block: Block) => Child[]} */
  const block = (names) => ({ rule, channel: over, person, reason, liftsAt, hard, policy, by }) => [
    element("strong", {}, [over && channel(over), person && t("why.to", { person: named(person, names) })].filter(Boolean).join(" ") || rule.name), `: ${reason}`,
    element("small", {}, ...(liftsAt ? pieces("why.lifts", { moment: timeLink(liftsAt) }) : [t(hard ? "why.law" : "why.liftsByRecord")]), " ",
      ...(by ? pieces("why.stoppedBy", { rule: ruleLink(rule), by: ruleLink(by) }) : pieces("why.stoppedFor", { rule: ruleLink(rule), policy: stopped(policy) })))];

  /** @type {(nearMiss: NearMiss) => Child[]} */
  const near = ({ rule, summary, conditions }) => [ruleLink(rule), `: ${summary}`,
    element("ul", { class: "conditions" }, conditions.map(({ text, holds, saw }) => element("li", { class: holds ? "holds" : "fails" },
      element("span", { class: "quiet" }, holds ? `${t("why.holds")} ` : `${t("why.fails")} `), element("code", {}, text), ` ${saw}`)))];

  /** @type {(one: SwitchedOffHere) => Child[]} */
  const off = ({ statement, summary, by }) => [statement.name, `: ${summary}`, element("small", {}, ...pieces("why.offBy", { rule: ruleLink(by), pack: by.pack }))];

  /** @param {Advice} advice @param {Lead} record @param {Names} names */
  function journey(advice, record, names) {
    const entries = entriesOf(advice, record, names);
    return part(t("why.journey"), timeLine(entries, advice, zone()), journeyTable(entries, advice.now));
  }

  /** @param {NearMiss[]} rest */
  const further = (rest) => (rest.length ? [element("details", {}, element("summary", {}, t("why.further", { n: rest.length })), list(rest.map(near)))] : []);

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
     * @param {Lead | undefined} record the lead as its file has it
     */
    show({ advice, nearly, switchedOff = [] }, names, record) {
      const { priority: figures, notes = [], runnersUp = [], blocks = [], faults = [], reviewAt } = advice;
      decided = Date.parse(advice.now);
      // What has the focus, or had it before an explanation without such a control was shown.
      const focus = panel.contains(document.activeElement) ? document.activeElement : document.activeElement === title ? lost : undefined;
      panel.replaceChildren(
        element("p", { class: "of" }, leadName(advice)),
        ...advised(advice, names),
        actions(advice, zone(), acted) ?? "",
        happened(advice, record, acted),
        ...(notes.length ? [part(t("why.notes"), list(notes.map(({ text }) => text)))] : []),
        ...(figures ? [priority(figures)] : []),
        ...(runnersUp.length ? [part(t("why.runnersUp"), list(runnersUp.map(runnerUp(names))))] : []),
        ...(blocks.length ? [part(t("why.blocks"), list(blocks.map(block(names))))] : []),
        ...(nearly.length ? [part(t("why.nearly"), list(nearly.slice(0, NEAREST).map(near)), ...further(nearly.slice(NEAREST)))] : []),
        ...(switchedOff.length ? [part(t("why.switchedOff"), list(switchedOff.map(off)))] : []),
        ...(faults.length ? [part(t("why.faults"), list(faults.map(({ rule, message }) => [ruleLink(rule), `: ${message}`])))] : []),
        ...(record ? [journey(advice, record, names), part(t("why.group"), groupMap(record), groupTable(record))] : []),
        element("p", { class: "review" }, ...(reviewAt ? pieces("why.until", { moment: timeLink(reviewAt) }) : [t("why.untilNews")])),
      );
      if (focus) again(focus);
    },
  };

  /** Focuses what stands where something was before the panel was drawn anew: the same control, else the title. @param {Element} before */
  function again(before) {
    const those = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("button, a, summary, select, input, [tabindex]")]);
    const same = those.find((one) => (before.id ? one.id === before.id : one.tagName === before.tagName && one.textContent === before.textContent));
    same?.closest("details")?.setAttribute("open", "");
    lost = before;
    (same ?? title).focus({ preventScroll: true });
  }
}
