// The rules engine, in a worker of its own, so that typing never waits for it.
//
// Only the newest question of a kind matters: older ones that have not been put yet are dropped. If the engine ever
// fails, the worker is replaced and told everything again.

/** @import { Answer, Questions, Refused, Trap } from "./worker.js" */

/**
 * Starts the engine. `told` gets every answer; `failed` an Error when it had to be started again (true) or cannot run at all (false).
 * @param {(answer: Answer | Refused) => void} told
 * @param {(error: Error, goesOn: boolean) => void} failed
 */
export function engine(told, failed) {
  /** @type {Worker} */
  let worker;
  let busy = false;
  let failures = 0;
  /**
   * The newest of each kind of message, to tell a new worker.
   * @type {Map<keyof Questions, Questions[keyof Questions]>}
   */
  const known = new Map();
  /** @type {typeof known} */
  const waiting = new Map();

  function next() {
    if (busy) return;
    const [kind] = waiting.keys();
    if (kind === undefined) return;
    busy = true;
    worker.postMessage({ kind, body: waiting.get(kind) });
    waiting.delete(kind);
  }

  function start() {
    worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    busy = false;
    worker.onmessage = (/** @type {MessageEvent<Answer | Refused | Trap>} */ { data }) => {
      if ("trap" in data) return again(data.trap);
      if (data.aside) return told(data);
      failures = 0;
      busy = false;
      told(data);
      next();
    };
    worker.onerror = (event) => { event.preventDefault(); again(event.message || "it did not start"); };
  }

  /** @param {string} why */
  function again(why) {
    worker.terminate();
    failures += 1;
    failed(new Error(why), failures < 3);
    if (failures >= 3) return;
    start();
    waiting.clear();
    for (const kind of /** @type {const} */ (["leads", "packs", "acts", "ask"])) {
      const body = known.get(kind);
      if (body) waiting.set(kind, body);
    }
    next();
  }

  start();
  return {
    /**
     * Tells the engine: `leads`, `rulebook`, `packs`, or `ask` (a moment and a lead).
     * @template {keyof Questions} Kind
     * @param {Kind} kind
     * @param {Questions[Kind]} body
     */
    tell(kind, body) {
      known.set(kind, body);
      waiting.delete(kind);
      waiting.set(kind, body);
      next();
    },
  };
}
