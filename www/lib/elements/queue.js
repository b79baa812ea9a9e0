// `<cadans-queue>`: the day of one rep as a list, beside it the advice that is chosen with what can be done about it.

import { KEYS, actsOf, buttons, formOf } from "./actions.js";
import { AskingElement } from "./base.js";
import { card } from "./card.js";
import { groupOf } from "./day.js";
import { queueList } from "./list.js";
import { make } from "./make.js";
import { QUEUE, SHARED } from "./styles.js";
import { deed, nameOf } from "./words.js";

/** @import { Advice, ContentTitle } from "../cadans.js" */
/** @import { Act, Acted, Done } from "./actions.js" */

export class QueueElement extends AskingElement {
  static observedAttributes = ["lang", "zone", "lead", "rep"];

  #list = queueList((lead) => this.#choose(lead), (key) => this.#press(key));
  #facts = make("div");
  #acts = make("div");
  #fault = make("p", { class: "fault", role: "alert" });
  #card = make("section", { class: "card", part: "card" }, this.#facts, this.#fault, this.#acts);
  #keys = make("p", { class: "keys", id: "keys" });
  /** @type {Advice[]} */
  #advices = [];
  /** @type {ContentTitle[]} */
  #contents = [];
  /** For which advice, and in which language, the buttons are drawn, so that a form is not taken away from under the hand. */
  #drawn = "";
  #saving = false;
  /** While entries are recorded, nothing is asked: it would be asked again after each. */
  #recording = false;

  constructor() {
    super();
    this.fill([SHARED, QUEUE], make("div", { class: "day", part: "day" }, make("div", {}, this.#list.box, this.#list.more, this.#keys), this.#card));
    this.#card.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.#list.box.focus();
    });
  }

  get rep() {
    return this.getAttribute("rep") ?? undefined;
  }

  set rep(rep) {
    this.reflect("rep", rep);
  }

  get advices() {
    return this.#advices;
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    // Another lead is another row: nothing has to be decided for it.
    if (name === "lead" && this.#advices.length) void this.#draw();
    else super.attributeChangedCallback(name);
  }

  refresh() {
    return this.#recording ? Promise.resolve() : super.refresh();
  }

  /** @param {number} turn */
  async update(turn) {
    const { source, rep, language, moment } = this;
    const [advices, contents] = source ? await Promise.all([source.queue(moment, { rep, language }), source.contents()]) : [[], []];
    if (!this.isNewest(turn)) return;
    this.#fault.textContent = "";
    this.#advices = advices;
    this.#contents = contents;
    await this.#draw();
  }

  /** @param {unknown} error */
  fail(error) {
    super.fail(error);
    this.#fault.textContent = this.words.QUEUE.failed(error instanceof Error ? error.message : String(error));
  }

  /** The advice that is chosen; the first one where the lead is not in the queue. */
  get #advice() {
    return this.#advices.find(({ lead }) => lead === this.lead);
  }

  async #draw() {
    const { moment: now, zone, words, language } = this;
    this.#list.show({ advices: this.#advices, now, zone, words, language }, this.lead);
    if (!this.#advice && this.#drawn === "" && this.#list.leads()[0] !== undefined) return this.#choose(/** @type {string} */ (this.#list.leads()[0]));
    this.#keys.replaceChildren(make("small", {}, words.QUEUE.keys));
    const advice = this.#advice;
    if (!advice) {
      this.#drawn = "";
      this.#facts.replaceChildren(make("p", { class: "empty" }, this.#advices.length ? words.QUEUE.none : words.QUEUE.empty));
      this.#acts.replaceChildren();
      return;
    }
    const titles = new Map(this.#contents.map(({ id, title }) => [id, title ?? id]));
    this.#card.setAttribute("aria-label", words.CARD.region(nameOf(advice)));
    this.#facts.replaceChildren(...card(advice, { now, zone, words, language, titles }));
    const drawn = JSON.stringify([language, advice.lead, advice.verdict, advice.rule, advice.touch?.channel, advice.touch?.person, advice.touch?.since, actsOf(advice)]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const of = await this.#acted(advice);
    if (this.#drawn === drawn) this.#acts.replaceChildren(buttons(of, (act) => void this.#open(act)));
  }

  /**
   * @param {Advice} advice
   * @returns {Promise<Acted>}
   */
  async #acted(advice) {
    const { moment: now, zone, rep, words, language } = this;
    const people = await this.source?.people(advice.lead) ?? [];
    return { advice, now, zone, rep: advice.touch?.rep?.id ?? rep, words, language, people, contents: this.#contents };
  }

  /** @param {string} lead */
  #choose(lead) {
    if (lead === this.lead) return;
    this.lead = lead; // which draws it
    const advice = this.#advice;
    if (!advice) return;
    this.#list.reveal();
    this.tell("cadans-choose", { lead, advice });
  }

  /** @param {string} key */
  #press(key) {
    const advice = this.#advice;
    if (!advice) return false;
    if (key === "Enter") {
      this.#acts.querySelector("button")?.focus();
      return true;
    }
    const act = KEYS[key.toLowerCase()];
    if (act === undefined || !actsOf(advice).includes(act)) return false;
    void this.#open(act);
    return true;
  }

  /**
   * Opens the form of an act, or does it at once.
   * @param {Act} act
   */
  async #open(act) {
    const advice = this.#advice;
    if (!advice || this.#saving) return;
    const of = await this.#acted(advice);
    const again = (/** @type {Act} */ other) => void this.#open(other);
    const form = formOf(act, of, {
      save: (done) => void this.#save(advice, done),
      cancel: () => {
        this.#acts.replaceChildren(buttons(of, again));
        this.#list.box.focus();
      },
    });
    if (!(form instanceof HTMLElement)) return this.#save(advice, form);
    this.#acts.replaceChildren(buttons(of, again), form);
    /** @type {HTMLElement | null} */ (form.querySelector("input, select"))?.focus();
    form.scrollIntoView?.({ block: "nearest" });
  }

  /**
   * Tells what was done, records it unless the host does, and goes on to the next lead.
   * @param {Advice} advice
   * @param {Done} done
   */
  async #save(advice, { act, entries, said }) {
    if (this.#saving) return;
    this.#saving = this.#recording = true;
    const { lead } = advice;
    const before = this.#list.leads();
    try {
      if (this.tell(`cadans-${act}`, { lead, advice, entries })) {
        for (const entry of entries) await this.source?.record(lead, entry);
      }
      this.#recording = false;
      await this.refresh();
    } catch (error) {
      this.fail(error);
      return;
    } finally {
      this.#saving = this.#recording = false;
    }
    this.#drawn = "";
    const next = this.#next(before, lead);
    if (next === undefined || next.lead === this.lead) await this.#draw();
    else this.#choose(next.lead);
    this.#list.box.focus();
    const { words } = this;
    this.say(`${said}; ${next ? words.SAID.next(deed(next, words), nameOf(next)) : words.SAID.last}.`);
  }

  /**
   * What comes next after a lead: the first one below it, or above, for which something is to be done now or today.
   * @param {string[]} before the leads as they stood
   * @param {string} lead
   */
  #next(before, lead) {
    const at = before.indexOf(lead);
    const open = new Map(this.#advices.filter((advice) => {
      const group = groupOf(advice, this.moment, this.zone);
      return advice.lead !== lead && (group === "late" || group === "now" || group === "today");
    }).map((advice) => [advice.lead, advice]));
    const found = [...before.slice(at + 1), ...before.slice(0, Math.max(0, at))].find((one) => open.has(one));
    return (found === undefined ? undefined : open.get(found)) ?? this.#advices.find((advice) => advice.lead === lead);
  }
}
