// What a rep did with an advice, as the signals and feedback of the lead format. No document, no clock: `now` is an argument.
//
// A contact carries the pack, the rule and the content of its advice, so that nothing is advised twice (tests/spec/25-memory.md).

/** @import { Advice, Channel, Feedback, Instant, Signal, SignalKind } from "../cadans.js" */
/** @import { Entry, OutcomeChoice, Recorded } from "../element.js" */

/**
 * How a contact over a channel can end, the most usual first. "sent" is a contact of which no outcome is known yet.
 * @type {Record<Channel, OutcomeChoice[]>}
 */
export const OUTCOMES = {
  phone: ["answered", "no_answer", "voicemail", "busy", "booked", "accepted", "declined", "wrong_number", "number_dead"],
  email: ["sent", "failed", "wrong_number", "number_dead"],
  social: ["sent", "accepted", "failed", "number_dead"],
  chat: ["answered", "no_answer", "booked", "declined"],
  video: ["held", "no_show", "booked", "declined"],
  visit: ["held", "no_show", "booked", "declined"],
  content: ["sent", "failed"],
};

/** @type {Record<Channel, SignalKind>} */
const KINDS = { phone: "call", email: "email", social: "message", chat: "chat", video: "meeting", visit: "meeting", content: "message" };

/**
 * @param {number} now milliseconds since 1970
 * @returns {Instant}
 */
const instant = (now) => new Date(now).toISOString();

/**
 * The name under which feedback and signals speak of the rule of an advice; absent where no rule speaks, as for what was promised.
 * @param {Advice} advice
 */
export const ruleOf = ({ touch, rule }) => touch?.rule ?? touch?.cadence ?? rule?.name;

/**
 * @param {Advice} advice
 * @param {number} now
 * @param {string | undefined} rep
 * @param {Omit<Feedback, "at" | "rule" | "pack" | "rep">} said
 * @returns {Feedback[]} empty where no rule speaks, which nobody can say anything about
 */
function feedback(advice, now, rep, said) {
  const rule = ruleOf(advice);
  if (rule === undefined || advice.touch === undefined) return [];
  const { pack } = advice.touch;
  return [{ at: instant(now), rule, ...(pack !== undefined && { pack }), ...said, ...(rep !== undefined && { rep }) }];
}

/**
 * A contact of ours.
 * @param {Advice} advice the advice that it carries out; one without a touch, where a rep made a contact that nobody advised
 * @param {number} now
 * @param {string | undefined} rep
 * @param {{ channel: Channel, person?: string | undefined, content?: string | undefined, outcome: OutcomeChoice }} made
 * @returns {Signal}
 */
function contact({ touch }, now, rep, { channel, person, content, outcome }) {
  const { pack, rule, cadence, step, acknowledges } = touch ?? {};
  return {
    at: instant(now), kind: KINDS[channel], channel, direction: "outbound",
    ...(person !== undefined && { person }),
    ...(rep !== undefined && { rep }),
    ...(outcome !== "sent" && { outcome }),
    ...(content !== undefined && { content }),
    ...(pack !== undefined && { pack }),
    ...(rule !== undefined && { rule }),
    ...(cadence !== undefined && { cadence }),
    ...(step !== undefined && { step }),
    ...(acknowledges === true && { acknowledges }),
  };
}

/** @param {string} [text] */
const reasonOf = (text) => (text === undefined || text.trim() === "" ? {} : { reason: text.trim() });

/**
 * The advice was followed: the contact with its outcome, and that it was followed. Finding somebody and handing over are no contacts.
 * @param {Advice} advice
 * @param {{ now: number, rep?: string | undefined, outcome?: OutcomeChoice | undefined }} how
 * @returns {Entry[]}
 */
export function done(advice, { now, rep, outcome }) {
  const { channel, person, offer } = advice.touch ?? {};
  const told = feedback(advice, now, rep, { verdict: "followed", ...(person && { person: person.id }) });
  if (advice.verdict !== "touch" || channel === undefined) return told;
  return [contact(advice, now, rep, { channel, person: person?.id, content: offer, outcome: outcome ?? OUTCOMES[channel][0] ?? "sent" }), ...told];
}

/**
 * Something like it was done, or something that nobody advised.
 * @param {Advice} advice
 * @param {{ now: number, rep?: string | undefined, channel: Channel, person?: string | undefined, content?: string | undefined, outcome: OutcomeChoice,
 *   reason?: string | undefined }} how
 * @returns {Entry[]}
 */
export function adapted(advice, { now, rep, reason, ...made }) {
  const { person } = advice.touch ?? {};
  return [contact(advice, now, rep, made), ...feedback(advice, now, rep, { verdict: "adapted", ...(person && { person: person.id }), ...reasonOf(reason) })];
}

/**
 * It is not done, and will not be. It is about the person whom the advice names, unless `everybody` says that it is about the lead.
 * @param {Advice} advice
 * @param {{ now: number, rep?: string | undefined, reason: string, everybody?: boolean | undefined }} how
 * @returns {Entry[]}
 */
export function declined(advice, { now, rep, reason, everybody }) {
  const { person } = advice.touch ?? {};
  return feedback(advice, now, rep, { verdict: "declined", ...(person && everybody !== true && { person: person.id }), ...reasonOf(reason) });
}

/**
 * It is put off until a moment, for the lead: a colleague of theirs instead, at once, is not what whoever puts a call off means.
 * @param {Advice} advice
 * @param {{ now: number, rep?: string | undefined, until: number, reason?: string | undefined }} how
 * @returns {Entry[]}
 */
export function snoozed(advice, { now, rep, until, reason }) {
  return feedback(advice, now, rep, { verdict: "snoozed", until: instant(until), ...reasonOf(reason) });
}

/**
 * Whether an entry is feedback; else it is a signal.
 * @param {Entry} entry
 * @returns {entry is Feedback}
 */
export const isFeedback = (entry) => "verdict" in entry;

/**
 * What was recorded, as text: a line of JSON each, `{"lead": …, "signal": …}` or `{"lead": …, "feedback": …}`.
 * @param {Iterable<Recorded>} all
 */
export const recordedAsText = (all) =>
  Array.from(all, ({ lead, entry }) => `${JSON.stringify(isFeedback(entry) ? { lead, feedback: entry } : { lead, signal: entry })}\n`).join("");

/**
 * Reads such text. Whether an entry fits its lead is found out when it is recorded.
 * @param {string} text
 * @returns {{ recorded: Recorded[], refused: number[] }} `refused`: the lines, from 1, that are not such an entry
 */
export function recordedFromText(text) {
  /** @type {{ recorded: Recorded[], refused: number[] }} */
  const read = { recorded: [], refused: [] };
  text.replace(/^\uFEFF/, "").split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "") return;
    const one = entryIn(line);
    if (one) read.recorded.push(one);
    else read.refused.push(index + 1);
  });
  return read;
}

/**
 * @param {string} line
 * @returns {Recorded | undefined}
 */
function entryIn(line) {
  try {
    const { lead, signal, feedback: said } = Object(JSON.parse(line));
    const entry = said ?? signal;
    if (typeof lead !== "string" || typeof entry !== "object" || entry === null || Array.isArray(entry)) return undefined;
    // Each is told by its own mark, so one under the other's name is neither.
    return isFeedback(entry) === (said !== undefined) ? { lead, entry } : undefined;
  } catch {
    return undefined;
  }
}
