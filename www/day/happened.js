// A signal added by hand: what the customer did, or what was done with them besides the advice. It is kept and taken back as any other act.

import { element } from "../element.js";
import { t, word } from "../wording/index.js";

/** @import { Advice, Channel, Lead, Signal, SignalKind } from "../lib/cadans.js" */
/** @import { Act } from "./day-queue.js" */

/** What can be logged, and over which channel it comes. @type {[kind: SignalKind, channel?: Channel][]} */
const KINDS = [["visit"], ["search"], ["download"], ["form"], ["reply", "email"], ["call", "phone"], ["chat", "chat"], ["meeting", "visit"], ["unsubscribe", "email"], ["order"]];

/**
 * The form for a lead. Calls `acted` with the signal.
 * @param {Advice} advice
 * @param {Lead | undefined} record
 * @param {(act: Act) => void} acted
 */
export function happened({ lead, now }, record, acted) {
  const people = record?.people ?? [];
  const kind = element("select", { id: "happened-kind" }, KINDS.map(([one]) => element("option", { value: one }, word("signal", one))));
  const person = element("select", { id: "happened-person" }, people.map(({ id, name }) => element("option", { value: id }, name ?? id)));
  const topic = element("input", { id: "happened-topic", type: "text", maxlength: "100" });
  const add = () => {
    const [chosen = "visit", channel] = KINDS.find(([one]) => one === kind.value) ?? [];
    /** @type {Signal} */
    const signal = { at: now, kind: chosen, direction: "inbound", ...(channel && { channel }), ...(person.value && { person: person.value }), ...(topic.value.trim() && { topic: topic.value.trim() }) };
    acted({ lead, signal });
  };
  return element("details", { class: "happened" }, element("summary", {}, t("acts.happened")), element("p", {},
    element("label", {}, t("acts.what"), " ", kind), " ", people.length > 0 && element("label", {}, t("acts.by"), " ", person), " ",
    element("label", {}, t("acts.about"), " ", topic), " ", element("button", { type: "button", onclick: add }, t("acts.add"))));
}
