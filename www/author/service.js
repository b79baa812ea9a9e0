// Asks the worker for authors. One question is with the worker at a time; people who wait for a completion go before checks of the whole.

/** @import { Asked } from "./worker.js" */

/**
 * @template {keyof Asked} Kind
 * @typedef {Parameters<Asked[Kind]>[0]} Body
 */

/**
 * @template {keyof Asked} Kind
 * @typedef {Awaited<ReturnType<Asked[Kind]>>} Value
 */

/** The worker could not answer: it took too long, or stopped. */
export class Unanswered extends Error {}

/** Somebody waits at the caret. */
const FIRST = new Set(["leads", "complete", "hover", "format", "packFile", "receive", "hashes"]);
/** A pack that takes longer than this, in milliseconds, is not waited for. */
const PATIENCE = 20_000;

/**
 * Starts nothing until the first question.
 * @param {number} [patience] how long to wait for an answer, in milliseconds
 */
export function service(patience = PATIENCE) {
  /**
   * @typedef {object} Question
   * @property {number} id
   * @property {keyof Asked} kind
   * @property {unknown} body
   * @property {(value: any) => void} resolve
   * @property {(error: Error) => void} reject
   */
  /** @type {Worker | undefined} */
  let worker;
  /** @type {Question[]} */
  let waiting = [];
  /** @type {Question | undefined} */
  let asked;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let limit;
  /** @type {unknown} the leads, to tell a new worker */
  let leads;
  let numbers = 0;

  function next() {
    if (asked || !waiting.length) return;
    const first = waiting.findIndex(({ kind }) => FIRST.has(kind));
    [asked] = waiting.splice(Math.max(0, first), 1);
    if (!asked) return;
    worker ??= start();
    worker.postMessage({ id: asked.id, kind: asked.kind, body: asked.body });
    limit = setTimeout(() => stop(new Unanswered("it took too long")), patience);
  }

  function start() {
    const made = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    made.onmessage = ({ data: { id, value, error, trap } }) => {
      if (asked?.id !== id) return;
      if (trap !== undefined) return stop(new Unanswered(trap));
      clearTimeout(limit);
      const { resolve, reject } = /** @type {Question} */ (asked);
      asked = undefined;
      if (error) reject(Object.assign(new Error(error.message), error));
      else resolve(value);
      next();
    };
    made.onerror = (event) => { event.preventDefault(); stop(new Unanswered(event.message || "it did not start")); };
    if (leads) made.postMessage({ id: 0, kind: "leads", body: leads });
    return made;
  }

  /** @param {Error} why */
  function stop(why) {
    clearTimeout(limit);
    worker?.terminate();
    worker = undefined;
    const unanswered = asked;
    asked = undefined;
    unanswered?.reject(why);
    next();
  }

  return {
    /**
     * Asks a question. An older one of the same kind that still waits is dropped.
     * @template {keyof Asked} Kind
     * @param {Kind} kind
     * @param {Body<Kind>} body
     * @returns {Promise<Value<Kind>>}
     */
    ask(kind, body) {
      if (kind === "leads") {
        leads = body;
        if (!worker) return Promise.resolve(/** @type {any} */ (undefined)); // a worker is told when it is started
      }
      for (const one of waiting) if (one.kind === kind) one.reject(new Unanswered("there is a newer question"));
      waiting = waiting.filter((one) => one.kind !== kind);
      return new Promise((resolve, reject) => {
        waiting.push({ id: ++numbers, kind, body, resolve, reject });
        next();
      });
    },
  };
}
