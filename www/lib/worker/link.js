// The side of the page: one worker, the calls that it has not answered yet, and a new worker when it stops.

import { CadansError, refuse, saidBy } from "../errors.js";

/** @import { Call } from "./serving.js" */

/** @typedef {Omit<Call, "id">} Asked */

/**
 * A worker, whatever the host calls it.
 * @typedef {object} Thread
 * @property {(message: unknown, transfer: ArrayBuffer[]) => void} post
 * @property {() => void} end
 * @property {(busy: boolean) => void} [keep] whether the program goes on while there are calls without an answer
 */

/**
 * Starts a worker; `told` gets its messages, `failed` why it has stopped.
 * @typedef {(told: (message: any) => void, failed: (why: string) => void) => Thread} Spawn
 */

/**
 * A call with whoever waits for its answer.
 * @typedef {object} Waiting
 * @property {Asked} call
 * @property {(value: any) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {((done: number, all: number) => void) | undefined} progress
 * @property {true} [replayed] whether it only tells a new worker what the old one knew
 */

/** How often in a row a worker may stop without a single answer to a caller. */
const LAST_START = 3;

export class Link {
  #spawn;
  #before;
  /** @type {Thread | undefined} */
  #thread;
  /** The calls without an answer by their number, in the order in which they were made. @type {Map<number, Waiting>} */
  #waiting = new Map();
  #next = 0;
  #starts = 0;
  /** Messages go out one after another, though leads must be read first. */
  #sent = Promise.resolve();

  /**
   * @param {Spawn} spawn
   * @param {() => Asked[]} before what a new worker is told before anything else
   */
  constructor(spawn, before) {
    this.#spawn = spawn;
    this.#before = before;
  }

  /**
   * Sends a call; its answer. A call that stops the worker is rejected (code "trap"), and the others are sent to a new one.
   * @param {Asked} call
   * @param {(done: number, all: number) => void} [progress]
   * @param {(stop: (error: unknown) => void) => void} [stoppable] is given what ends the call at once, and the worker with it
   * @returns {Promise<any>}
   */
  ask(call, progress, stoppable) {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      stoppable?.((error) => {
        if (this.#settle(id, (waiting) => waiting.reject(error))) this.#again();
      });
      this.#waiting.set(id, { call, resolve, reject, progress });
      if (this.#thread) this.#send(id, call);
      else this.#start();
    });
  }

  /** Ends the worker. Calls without an answer are rejected; the next call starts a new one. */
  end() {
    this.#stop();
    this.#rejectAll(refuse("ended", "The worker was ended", "Call again, and a new one is started"));
  }

  #start() {
    /** @type {(call: (...values: any[]) => void) => (...values: any[]) => void} */
    const ofThis = (call) => (...values) => void (this.#thread === thread && call(...values));
    /** @type {Thread} */
    const thread = this.#spawn(ofThis((message) => this.#told(message)), ofThis((why) => this.#failed(why)));
    this.#thread = thread;
    this.#sent = Promise.resolve();
    this.#starts += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const call of this.#before()) {
      const id = this.#next++;
      // Without the module nothing can be answered; a handle that cannot be made again is told by the calls that use it.
      const reject = (/** @type {unknown} */ error) => void (call.name === "init" && this.#giveUp(notStarted(error)));
      this.#waiting.set(id, { call, resolve: () => {}, reject, progress: undefined, replayed: true });
      this.#send(id, call);
    }
    for (const [id, each] of waiting) {
      this.#waiting.set(id, each);
      this.#send(id, each.call);
    }
  }

  /**
   * @param {number} id
   * @param {Asked} call
   */
  #send(id, call) {
    const thread = this.#thread;
    thread?.keep?.(true);
    this.#sent = this.#sent.then(async () => {
      try {
        const args = await Promise.all(call.args.map(loaded));
        if (this.#thread !== thread) return;
        thread?.post({ ...call, id, args }, args.flatMap((value) => ("bytes" in value ? [value.bytes] : [])));
      } catch (error) {
        const help = "Give plain values; functions do not go to a worker";
        this.#settle(id, (waiting) => waiting.reject(refuse("not-readable", `A value that was given cannot be sent: ${saidBy(error)}`, help, error)));
      }
    });
  }

  /** @param {{ id: number, value?: unknown, error?: { code: string, message: string, help: string }, progress?: [number, number] }} message */
  #told({ id, value, error, progress }) {
    if (progress) return this.#waiting.get(id)?.progress?.(...progress);
    if (!error) {
      if (!this.#waiting.get(id)?.replayed) this.#starts = 1;
      return void this.#settle(id, (waiting) => waiting.resolve(value));
    }
    this.#settle(id, (waiting) => waiting.reject(new CadansError(error.code, error.message, error.help)));
    if (error.code === "trap") this.#again();
    return undefined;
  }

  /**
   * The worker ended without an answer to the call that it was at: the oldest.
   * @param {string} why
   */
  #failed(why) {
    const [oldest] = this.#waiting.keys();
    const help = "Call again; report what you did when it happens again, this is a bug of Cadans or a lack of memory";
    const stopped = refuse("trap", `The engine has stopped: ${why}`, help);
    if (oldest !== undefined) this.#settle(oldest, (waiting) => waiting.reject(stopped));
    this.#again();
  }

  /** A new worker, when there is anything to ask it. */
  #again() {
    this.#stop();
    if (this.#waiting.size === 0) return;
    if (this.#starts < LAST_START) this.#start();
    else this.#giveUp(refuse("trap", "The engine stops each time that it is started", "Call again; report what you did, this is a bug of Cadans or a lack of memory"));
  }

  /** @param {unknown} error */
  #giveUp(error) {
    this.#stop();
    this.#starts = 0;
    this.#rejectAll(error);
  }

  #stop() {
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.end();
  }

  /** @param {unknown} error */
  #rejectAll(error) {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }

  /**
   * Ends the waiting for a call; false when nobody waits for it.
   * @param {number} id
   * @param {(waiting: Waiting) => void} how
   */
  #settle(id, how) {
    const waiting = this.#waiting.get(id);
    if (!waiting || !this.#waiting.delete(id)) return false;
    how(waiting);
    if (this.#waiting.size === 0) this.#thread?.keep?.(false);
    return true;
  }
}

/**
 * Why nothing can be asked.
 * @param {unknown} error
 */
function notStarted(error) {
  const help = "See that the files of the package are served where they are looked for, or give init what starts a worker; a content security policy needs "
    + "worker-src 'self' and script-src 'wasm-unsafe-eval'";
  return refuse("not-loaded", `The worker could not be started: ${saidBy(error)}`, help, error);
}

/**
 * An argument as it is sent: leads as bytes, which the worker gets without a copy.
 * @param {import("./serving.js").Argument} argument
 * @returns {Promise<import("./serving.js").Argument>}
 */
const loaded = async (argument) => ("blob" in argument ? { bytes: await argument.blob.arrayBuffer() } : argument);
