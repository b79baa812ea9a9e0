// What the rep does with an advice: done, adapted, declined, put off. Each becomes a signal and feedback, as lead files have them.

import { byId, element } from "../element.js";
import { saveFile } from "../save.js";
import { t, word } from "../wording/index.js";
import { HOUR, mondayMorning, tomorrowMorning } from "./moments.js";

/** @import { Advice, Channel, FeedbackVerdict, Outcome, Signal, SignalKind } from "../lib/cadans.js" */
/** @import { Act } from "./day-queue.js" */

/** By which kind of signal a touch over each channel is logged. @type {Record<Channel, SignalKind>} */
const KINDS = { phone: "call", email: "email", social: "message", chat: "chat", video: "meeting", visit: "meeting", content: "message" };
/** How a touch over each channel may end. @type {Record<Channel, Outcome[]>} */
const OUTCOMES = {
  phone: ["answered", "no_answer", "voicemail", "busy", "wrong_number"], email: [], social: [], chat: ["answered", "no_answer"], video: ["held", "no_show"],
  visit: ["held", "no_show"], content: [],
};
const KEPT = "cadans.acts";

/**
 * The acts of earlier visits for these leads.
 * @param {string} source
 * @returns {Act[]}
 */
export function kept(source) {
  try {
    const all = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return Array.isArray(all[source]) ? all[source] : [];
  } catch {
    return []; // storage is forbidden, or holds something else
  }
}

/**
 * Keeps the acts in this browser; false where it does not allow that.
 * @param {string} source
 * @param {Act[]} acts
 */
export function keep(source, acts) {
  try {
    const all = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    localStorage.setItem(KEPT, JSON.stringify({ ...all, [source]: acts }));
    return true;
  } catch {
    return false;
  }
}

/**
 * The form below an advice. Calls `acted` with what was done.
 * @param {Advice} advice
 * @param {string} zone whose morning "tomorrow morning" is
 * @param {(act: Act) => void} acted
 */
export function actions(advice, zone, acted) {
  const { touch, rule, lead, now } = advice;
  if (!touch || !rule) return undefined;
  const rep = touch.rep && { rep: touch.rep.id };
  const person = touch.person && { person: touch.person.id };

  /** @param {FeedbackVerdict} verdict @param {{ reason?: string, until?: string }} [more] */
  const feedback = (verdict, more = {}) => ({ at: now, rule: rule.name, pack: rule.pack, verdict, ...person, ...rep, ...more });
  /** @param {Channel} channel @param {string} outcome @returns {Signal} */
  const signal = (channel, outcome) => ({
    at: now, kind: KINDS[channel], channel, direction: "outbound", ...person, ...rep, ...(outcome && { outcome: /** @type {Outcome} */ (outcome) }),
    ...(touch.offer && { content: touch.offer }), ...(touch.cadence && { cadence: touch.cadence }), ...(touch.step !== undefined && { step: touch.step }),
    ...(touch.acknowledges && { acknowledges: true }), ...(touch.pack && { pack: touch.pack }), ...(touch.rule && { rule: touch.rule }),
  });
  /** @param {string} id @param {string} label @param {[value: string, text: string][]} choices */
  const select = (id, label, choices) => {
    const box = element("select", { id }, choices.map(([value, text]) => element("option", { value }, text)));
    return { box, row: element("label", {}, label, " ", box) };
  };
  /** @param {string} text @param {() => void} press */
  const button = (text, press) => element("button", { type: "button", onclick: press }, text);
  const outcomes = (/** @type {Channel} */ channel) => OUTCOMES[channel].map((one) => /** @type {[string, string]} */ ([one, word("outcome", one)]));

  const parts = [];
  const { channel } = touch;
  if (channel) {
    const outcome = outcomes(channel).length ? select("outcome", t("acts.outcome"), outcomes(channel)) : undefined;
    parts.push(element("p", {}, button(t("acts.done"), () => acted({ lead, signal: signal(channel, outcome?.box.value ?? ""), feedback: feedback("followed") })), " ", outcome?.row));
    const other = select("other-channel", t("acts.channel"), /** @type {Channel[]} */ (Object.keys(KINDS)).filter((one) => one !== channel).map((one) => [one, word("channel", one)]));
    parts.push(element("details", {}, element("summary", {}, t("acts.adapt")), element("p", {}, other.row, " ",
      button(t("acts.adapted"), () => acted({ lead, signal: signal(/** @type {Channel} */ (other.box.value), ""), feedback: feedback("adapted") })))));
  }
  const reason = element("input", { type: "text", id: "decline-reason", maxlength: "200", required: true });
  parts.push(element("details", {}, element("summary", {}, t("acts.decline")), element("p", {}, element("label", {}, t("acts.reason"), " ", reason), " ",
    button(t("acts.declined"), () => { if (reason.reportValidity()) acted({ lead, feedback: feedback("declined", { reason: reason.value.trim() }) }); }))));
  const at = Date.parse(now);
  const moments = { hour: at + HOUR, tomorrow: tomorrowMorning(at, zone), monday: mondayMorning(at, zone) };
  parts.push(element("p", { class: "snooze", role: "group", "aria-label": t("acts.snooze") }, t("acts.snooze"), " ", ...[
    button(t("acts.hour"), () => put(moments.hour)), " ", button(t("acts.tomorrow"), () => put(moments.tomorrow)), " ", button(t("acts.monday"), () => put(moments.monday))]));
  /** @param {number} until */
  const put = (until) => acted({ lead, feedback: feedback("snoozed", { until: new Date(until).toISOString() }) });
  return element("section", { class: "acts", "aria-label": t("acts.title") }, parts);
}

/**
 * The acts as a file: one signal or feedback a line, each with its lead.
 * @param {Act[]} acts
 */
export const asLines = (acts) => acts.flatMap(({ lead, signal, feedback }) => [signal && { lead, signal }, feedback && { lead, feedback }].filter(Boolean))
  .map((line) => `${JSON.stringify(line)}\n`).join("");

/**
 * How many acts there are, with a way to save them and to take the last one back.
 * @param {() => Act[]} acts
 * @param {() => void} back
 */
export function ledger(acts, back) {
  const box = byId("acts", HTMLElement);
  byId("acts-undo", HTMLButtonElement).addEventListener("click", back);
  byId("acts-save", HTMLButtonElement).addEventListener("click", () => {
    void saveFile("cadans-signals.ndjson", asLines(acts()), "NDJSON");
  });
  return () => {
    box.hidden = !acts().length;
    byId("acts-count", HTMLElement).textContent = t("acts.count", { n: acts().length });
  };
}
