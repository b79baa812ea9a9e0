// `<cadans-why>`: why this is advised for a lead, why nothing else, and until when it holds.

import { AskingElement } from "./base.js";
import { shownFigures } from "./figures.js";
import { make } from "./make.js";
import { SHARED, WHY } from "./styles.js";
import { momentWords, placeOf } from "./times.js";
import { deed, figure, nameOf, percent } from "./words.js";

/** @import { Advice, Block, Explanation, Instant, NearMiss, Priority, RuleRef, RunnerUp } from "../cadans.js" */
/** @import { Child } from "./make.js" */

/** Nearly held rules that are shown at once. */
const NEAREST = 3;

/** Names of people and titles of content, by id. @typedef {Map<string, string>} Names */

export class WhyElement extends AskingElement {
  #text = make("section", { part: "why" });

  constructor() {
    super();
    this.fill([SHARED, WHY], this.#text);
  }

  /** @param {number} turn */
  async update(turn) {
    const { source, lead, moment, language, words } = this;
    this.#text.setAttribute("aria-label", words.WHY.title);
    if (!source || lead === undefined) {
      this.#text.replaceChildren(make("p", { class: "empty" }, words.WHY.none));
      return;
    }
    const [explanation, people, contents] = await Promise.all([source.explain(lead, moment, language), source.people(lead), source.contents()]);
    if (!this.isNewest(turn)) return;
    /** @type {Names} */
    const names = new Map([...contents.map(({ id, title }) => /** @type {const} */ ([id, title ?? id])), ...people.map(({ id, name }) => /** @type {const} */ ([id, name ?? id]))]);
    this.#text.replaceChildren(...this.#parts(explanation, names).filter((part) => part !== undefined));
  }

  /** @param {unknown} error */
  fail(error) {
    super.fail(error);
    this.#text.replaceChildren(make("p", { class: "fault", role: "alert" }, this.words.WHY.failed(error instanceof Error ? error.message : String(error))));
  }

  /** @param {Explanation} explanation @param {Names} names */
  #parts({ advice, nearly, switchedOff = [] }, names) {
    const { WHY: words } = this.words;
    const { priority, runnersUp = [], blocks = [], faults = [], rule } = advice;
    const further = nearly.slice(NEAREST);
    return [
      make("small", { part: "lead" }, nameOf(advice)),
      make("h3", { part: "deed" }, deed(advice, this.words)),
      make("p", { part: "reason" }, advice.reason),
      rule && make("p", {}, `${words.rule}: `, this.#rule(rule), make("small", {}, ` ${rule.pack}`)),
      priority && this.#priority(priority),
      this.#part("runners-up", words.runnersUp, runnersUp.map((one) => this.#runnerUp(one, names))),
      this.#part("blocks", words.blocks, blocks.map((one) => this.#block(one, advice, names))),
      this.#part("nearly", words.nearly, nearly.slice(0, NEAREST).map((one) => this.#near(one)), further.length
        ? make("details", {}, make("summary", {}, words.further(further.length)), this.#items(further.map((one) => this.#near(one)))) : undefined),
      this.#part("off", words.off, switchedOff.map(({ statement, summary, by }) => [statement.name, `: ${summary} `, this.#rule(by)])),
      this.#part("faults", words.faults, faults.map(({ rule: at, message }) => [this.#rule(at), `: ${message}`])),
      make("p", { class: "review", part: "review" }, advice.reviewAt ? words.until(this.#bothTimes(advice.reviewAt, advice)) : words.news),
    ];
  }

  /** @param {Child[][]} items */
  #items(items) {
    return make("ul", {}, items.map((item) => make("li", {}, ...item)));
  }

  /**
   * @param {string} part
   * @param {string} title
   * @param {Child[][]} items
   * @param {Child} [more]
   */
  #part(part, title, items, more) {
    return items.length ? make("section", { part }, make("h4", {}, title), this.#items(items), more) : undefined;
  }

  /** A rule by its name, which leads to it. @param {RuleRef} rule */
  #rule(rule) {
    const chosen = (/** @type {Event} */ event) => { event.preventDefault(); this.tell("cadans-rule", rule); };
    return make("a", { href: "#", part: "rule", onclick: chosen }, rule.name); // a button does not wrap within a sentence
  }

  /**
   * A moment in one's own time, and in theirs where its clock shows another one.
   * @param {Instant} at
   * @param {Advice} advice
   */
  #bothTimes(at, { touch, reviewZone }) {
    const { moment: now, zone: own, language } = this;
    const theirs = touch?.window?.zone ?? reviewZone;
    const mine = momentWords(at, now, own, language);
    const other = theirs === undefined ? mine : momentWords(at, now, theirs, language);
    return theirs === undefined || other === mine ? mine : `${mine} ${placeOf(own)} (${other} ${placeOf(theirs)})`;
  }

  /** @param {Priority} priority */
  #priority(priority) {
    const { words: { WHY: words }, language } = this;
    const { total, exact, ...shown } = shownFigures(priority);
    const rows = /** @type {const} */ (["propensity", "context", "value", "lever"]).map((key) => ({
      word: words[key], because: priority[key].because, shown: key === "propensity" ? percent(shown[key], language) : figure(shown[key], language),
    }));
    const product = rows.map((row) => row.shown).join(" × ");
    return make("section", { part: "priority" }, make("h4", {}, words.priority(figure(total, language))),
      make("p", { class: "product", part: "product" }, `${product} ${exact ? "=" : "≈"} ${figure(total, language)}`),
      make("table", {},
        make("thead", { class: "quiet" }, make("tr", {}, [words.factor, words.figure, words.source].map((word) => make("th", { scope: "col" }, word)))),
        make("tbody", {}, rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.word), make("td", { class: "number" }, row.shown), make("td", {}, row.because))))));
  }

  /** @param {RunnerUp} runnerUp @param {Names} names @returns {Child[]} */
  #runnerUp({ rule, channel, person, priority, lostBy }, names) {
    const { words, language } = this;
    return [this.#rule(rule), channel && `: ${words.CHANNELS[channel].toLowerCase()}`, person && ` ${words.WHY.to(names.get(person) ?? person)}`,
      make("small", {}, `${lostBy} (${figure(shownFigures(priority).total, language)})`)];
  }

  /** @param {Block} block @param {Advice} advice @param {Names} names @returns {Child[]} */
  #block({ rule, channel, person, reason, liftsAt, hard, by }, advice, names) {
    const { words } = this;
    const what = [channel && words.CHANNELS[channel], person && words.WHY.to(names.get(person) ?? person)].filter(Boolean).join(" ");
    const until = liftsAt ? words.WHY.lifts(this.#bothTimes(liftsAt, advice)) : hard ? words.WHY.hard : words.WHY.record;
    return [what ? make("strong", {}, what) : this.#rule(rule), `: ${reason}`,
      make("small", {}, `${until}. `, ...(by ? [this.#rule(by), ` ${words.WHY.stops} `, this.#rule(rule)] : what ? [this.#rule(rule)] : []))];
  }

  /** @param {NearMiss} nearMiss @returns {Child[]} */
  #near({ rule, summary, conditions }) {
    const { WHY: words } = this.words;
    return [this.#rule(rule), `: ${summary}`, make("ul", { class: "conditions" }, conditions.map(({ text, holds, saw }) =>
      make("li", { class: holds ? "holds" : "fails" }, make("span", { class: "quiet" }, `${holds ? words.holds : words.fails}: `), make("code", {}, text), ` ${saw}`)))];
  }
}
