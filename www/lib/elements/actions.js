// What a rep does with the advice that is chosen: buttons, and the form of each. It makes entries, and records nothing.

import { OUTCOMES, adapted, declined, done, ruleOf, snoozed } from "./entries.js";
import { make } from "./make.js";
import { dayLater, momentOf, momentWords, nextMonday } from "./times.js";
import { deed } from "./words.js";

/** @import { Advice, Channel, ContentTitle, PersonName } from "../cadans.js" */
/** @import { Entry, OutcomeChoice } from "../element.js" */
/** @import { Language, Words } from "./words.js" */

/** @typedef {"done" | "adapt" | "decline" | "snooze"} Act */

/**
 * What the buttons and forms are made of.
 * @typedef {{ advice: Advice, now: number, zone: string, rep: string | undefined, words: Words, language: Language, people: PersonName[],
 *   contents: ContentTitle[] }} Acted
 */

/**
 * What was done: the entries to record, and how it is said.
 * @typedef {{ act: Act, entries: Entry[], said: string }} Done
 */

/** Keys of the list, by what they do. @type {Record<string, Act>} */
export const KEYS = { d: "done", a: "adapt", x: "decline", s: "snooze" };

/** The hour at which a day of work begins, for what is put off until a day. */
const MORNING = "09:00";
const HOUR = 3_600_000;

/**
 * What may be done with an advice. Where no rule speaks nobody can decline it or put it off; what a system sends is not done by hand.
 * @param {Advice} advice
 * @returns {Act[]}
 */
export function actsOf(advice) {
  const { touch } = advice;
  if (!touch) return ["adapt"];
  const about = ruleOf(advice) === undefined ? [] : /** @type {const} */ (["decline", "snooze"]);
  if (touch.automatic) return [...about];
  return advice.verdict === "touch" ? ["done", "adapt", ...about] : ["done", ...about];
}

/** @param {Acted} of @param {(act: Act) => void} chosen */
export function buttons({ advice, words }, chosen) {
  const { ACT } = words;
  const key = (/** @type {Act} */ act) => Object.keys(KEYS).find((one) => KEYS[one] === act) ?? null;
  return make("div", { class: "acts", part: "actions", role: "group", "aria-label": words.CARD.actions }, actsOf(advice).map((act) =>
    make("button", { type: "button", class: act === "done" ? "main" : null, part: `action action-${act}`, "aria-keyshortcuts": key(act), onclick: () => chosen(act) },
      act === "adapt" && !advice.touch ? ACT.other : ACT[act])));
}

/**
 * Radio buttons, of which one must be chosen.
 * @param {string} name
 * @param {string} legend
 * @param {[value: string, text: string][]} choices
 * @param {string} [first] the one that is chosen
 */
const radios = (name, legend, choices, first) => make("fieldset", { part: "field" }, make("legend", {}, legend), make("div", { class: "choices" },
  choices.map(([value, text]) => make("label", {}, make("input", { type: "radio", name, value, required: true, checked: value === first }), text))));

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
const field = (label, control) => make("label", { class: "field", part: "field" }, make("span", {}, label), control);

/**
 * @param {string} name
 * @param {[value: string, text: string][]} choices
 * @param {string} [chosen]
 */
const select = (name, choices, chosen) =>
  make("select", { name }, choices.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));

/**
 * The form of an act; or what was done at once, where there is nothing to ask.
 * @param {Act} act
 * @param {Acted} of
 * @param {{ save: (done: Done) => void, cancel: () => void }} ends
 * @returns {HTMLFormElement | Done}
 */
export function formOf(act, of, ends) {
  const { advice, now, rep, words } = of;
  if (act === "done" && advice.verdict !== "touch") {
    return { act, entries: done(advice, { now, rep }), said: words.SAID.done(deed(advice, words), words.ACT.done.toLowerCase()) };
  }
  const [parts, read] = FORMS[act](of);
  const form = make("form", { part: "form", "aria-label": act === "adapt" && !advice.touch ? words.ACT.other : words.ACT[act] }, ...parts,
    make("div", { class: "acts" },
      make("button", { type: "submit", class: "main", part: "action save" }, words.ACT.save),
      make("button", { type: "button", part: "action cancel", onclick: ends.cancel }, words.ACT.cancel)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ends.save(read(new FormData(form)));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    ends.cancel();
  });
  return form;
}

/** @param {FormData} data @param {string} name */
const text = (data, name) => String(data.get(name) ?? "");
/** @param {FormData} data @param {string} name */
const some = (data, name) => text(data, name) || undefined;

/**
 * The fields of each form, and how they are read.
 * @type {Record<Act, (of: Acted) => [HTMLElement[], (data: FormData) => Done]>}
 */
const FORMS = {
  done({ advice, now, rep, words }) {
    const choices = OUTCOMES[advice.touch?.channel ?? "phone"];
    const parts = [radios("outcome", words.ACT.outcome, choices.map((one) => [one, words.OUTCOMES[one]]))];
    return [parts, (data) => {
      const outcome = /** @type {OutcomeChoice} */ (text(data, "outcome"));
      return { act: "done", entries: done(advice, { now, rep, outcome }), said: words.SAID.done(deed(advice, words), words.OUTCOMES[outcome].toLowerCase()) };
    }];
  },

  adapt({ advice, now, rep, words, people, contents }) {
    const { ACT } = words;
    const { touch } = advice;
    const channels = /** @type {Channel[]} */ (Object.keys(OUTCOMES));
    const channel = select("channel", channels.map((one) => [one, words.CHANNELS[one]]), touch?.channel);
    const person = select("person", [...people.map(({ id, name }) => /** @type {[string, string]} */ ([id, name ?? id])), ["", ACT.nobody]], touch?.person?.id);
    const content = select("content", [["", ACT.nothing], ...contents.map(({ id, title }) => /** @type {[string, string]} */ ([id, title ?? id]))], touch?.offer);
    const outcomes = make("div");
    const ask = () => outcomes.replaceChildren(radios("outcome", ACT.outcome, OUTCOMES[/** @type {Channel} */ (channel.value)].map((one) => [one, words.OUTCOMES[one]])));
    channel.addEventListener("change", ask);
    ask();
    const parts = [
      make("div", { class: "pairs" }, field(ACT.channel, channel), field(ACT.person, person), field(ACT.content, content)), outcomes,
      ...(touch ? [field(ACT.words, make("input", { type: "text", name: "words", maxlength: "2000" }))] : []),
    ];
    return [parts, (data) => {
      const over = /** @type {Channel} */ (text(data, "channel"));
      const entries = adapted(advice, {
        now, rep, channel: over, person: some(data, "person"), content: some(data, "content"),
        outcome: /** @type {OutcomeChoice} */ (text(data, "outcome")), reason: some(data, "words"),
      });
      const who = people.find(({ id }) => id === text(data, "person"));
      return { act: "adapt", entries, said: words.SAID.adapt(words.CONTACTS[over](who?.name ?? who?.id ?? advice.leadName ?? advice.lead)) };
    }];
  },

  decline({ advice, now, rep, words }) {
    const { ACT, REASONS } = words;
    const why = radios("reason", ACT.reason, REASONS.map((reason) => [reason, reason]));
    const own = make("input", { type: "text", name: "words", maxlength: "2000" });
    // One of the two is enough.
    own.addEventListener("input", () => {
      for (const radio of why.querySelectorAll("input")) radio.required = own.value.trim() === "";
    });
    const everybody = make("label", { class: "check" }, make("input", { type: "checkbox", name: "everybody" }), ACT.everybody);
    return [[why, field(ACT.words, own), ...(advice.touch?.person ? [everybody] : [])], (data) => {
      const reason = [some(data, "reason"), some(data, "words")?.trim()].filter(Boolean).join(": ");
      const entries = declined(advice, { now, rep, reason, everybody: data.has("everybody") });
      return { act: "decline", entries, said: words.SAID.decline(deed(advice, words)) };
    }];
  },

  snooze({ advice, now, zone, rep, words, language }) {
    const { ACT, SNOOZES } = words;
    /** @type {Record<string, number>} */
    const moments = {
      hour: now + HOUR, tomorrow: momentOf(dayLater(now, 1, zone), MORNING, zone), monday: momentOf(nextMonday(now, zone), MORNING, zone),
      fortnight: momentOf(dayLater(now, 14, zone), MORNING, zone),
    };
    const choices = Object.entries(SNOOZES).map(([key, word]) => /** @type {[string, string]} */ (
      [key, `${word}, ${momentWords(moments[key] ?? now, now, zone, language)}`]));
    const until = radios("until", ACT.until, [...choices, ["other", ACT.other_time]]);
    const other = make("input", { type: "datetime-local", name: "moment" });
    const chosen = () => {
      const at = Date.parse(`${other.value}Z`);
      return Number.isNaN(at) ? NaN : momentOf(other.value.slice(0, 10), other.value.slice(11, 16), zone);
    };
    const judge = () => {
      const isOther = until.querySelector("input[value=other]:checked") !== null;
      other.setCustomValidity(isOther && !(chosen() > now) ? ACT.needMoment : "");
    };
    until.addEventListener("change", judge);
    other.addEventListener("input", () => {
      const last = until.querySelector("input[value=other]");
      if (last instanceof HTMLInputElement) last.checked = true;
      judge();
    });
    return [[until, field(ACT.other_time, other), field(ACT.words, make("input", { type: "text", name: "words", maxlength: "2000" }))], (data) => {
      const at = moments[text(data, "until")] ?? chosen();
      const entries = snoozed(advice, { now, rep, until: at, reason: some(data, "words") });
      return { act: "snooze", entries, said: words.SAID.snooze(deed(advice, words), momentWords(at, now, zone, language)) };
    }];
  },
};
