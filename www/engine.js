// The rules engine, in a worker of its own, so that typing never waits for it.
//
// Only the newest question of a kind matters: older ones that have not been put yet are dropped. If the engine ever
// fails, the worker is replaced and told everything again.

/** Starts the engine. `told` gets every answer; `failed` an Error when it had to be started again or cannot run at all. */
export function engine(told, failed) {
  let worker;
  let busy = false;
  let failures = 0;
  const known = new Map(); // the newest of each kind of message, to tell a new worker
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
    worker.onmessage = ({ data }) => {
      if (data.trap) return again(data.trap);
      failures = 0;
      busy = false;
      told(data);
      next();
    };
    worker.onerror = (event) => { event.preventDefault(); again(event.message || "it did not start"); };
  }

  function again(why) {
    worker.terminate();
    failures += 1;
    failed(new Error(why), failures < 3);
    if (failures >= 3) return;
    start();
    waiting.clear();
    for (const kind of ["leads", "packs", "ask"]) if (known.has(kind)) waiting.set(kind, known.get(kind));
    next();
  }

  start();
  return {
    /** Tells the engine: `leads`, `packs`, or `ask` (a moment and a lead). */
    tell(kind, body) {
      known.set(kind, body);
      waiting.delete(kind);
      waiting.set(kind, body);
      next();
    },
  };
}
