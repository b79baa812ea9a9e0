// Asks the worker of the team's reports. Rules and leads are sent when they are others than those that it has; only the newest question counts.

/** @import { Parts, Question, Subject } from "./worker.js" */

/** A worker that is at one part of an older question for longer than this, in milliseconds, is ended for a newer one: a plan of very many leads takes a while. */
const PATIENCE = 4_000;

/** @typedef {{ code?: string, message: string, help: string }} Fault */

/**
 * Starts nothing until the first question.
 * @param {(part: Partial<Parts>) => void} told gets each part of the answer to the newest question
 * @param {(fault?: Fault) => void} ended it was answered, or why it could not be
 */
export function reports(told, ended) {
  /** @type {Worker | undefined} */
  let worker;
  let number = 0;
  /** Since when it is at the part that comes next; absent while it starts, and when nothing is asked. @type {number | undefined} */
  let since;
  /** What the worker has, as texts to compare; leads by the object that they are. @type {{ rules?: string, acts?: string, leads?: Subject["leads"] }} */
  let has = {};

  function end() {
    worker?.terminate();
    worker = undefined;
    since = undefined;
    has = {};
  }

  function start() {
    const made = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    made.onmessage = ({ data }) => {
      since = data.part ? performance.now() : undefined;
      if (data.number !== number) return;
      if (data.part) return told(data.part);
      // Without a code it is no refusal of ours: the module cannot be trusted any more.
      if (data.error && (data.error.code === undefined || data.error.code === "trap")) end();
      if (data.error) has = {};
      ended(data.error);
    };
    made.onerror = (event) => { event.preventDefault(); end(); ended({ message: event.message || "it did not start", help: "" }); };
    return made;
  }

  return {
    /** @param {Omit<Question, "subject">} question @param {Subject} subject */
    ask(question, { rules, leads, acts }) {
      if (since !== undefined && performance.now() - since > PATIENCE) end();
      worker ??= start();
      const texts = { rules: JSON.stringify(rules), acts: JSON.stringify(acts) };
      /** @type {Partial<Subject>} */
      const subject = {
        ...(texts.rules !== has.rules && { rules }), ...(leads !== has.leads && { leads }), ...(texts.acts !== has.acts && { acts }),
      };
      if (subject.leads) subject.acts = acts;
      has = { ...texts, leads };
      worker.postMessage({ number: ++number, question: { ...question, subject } });
    },
  };
}
