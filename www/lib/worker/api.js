// The API of the package with the engine in a worker: the same names and arguments, and a promise for every answer.
//
// Two workers: one decides, and one for authors of rules is started when it is first asked for. A handle here is a number in the worker. The journal holds
// what makes each handle, so that a new worker goes on with the same book when the old one stops.

import { CadansError, refuse, saidBy } from "../errors.js";
import { moment } from "../instance.js";
import { Journal } from "./journal.js";
import { Link } from "./link.js";

/** @import { Spawn } from "./link.js" */
/** @import { Argument } from "./serving.js" */

/** What each kind of handle has: properties, methods that only tell, and methods that change it. */
const HANDLES = {
  Rulebook: { properties: ["diagnostics", "settings", "changes"], methods: ["diagnosticsIn"], changing: [] },
  Book: { properties: ["size", "refused", "noted", "newest", "contents"], methods: ["refusedIn", "notedIn", "people"], changing: [] },
  Watch: {
    properties: ["now", "verdict", "rule", "channel", "person", "rep", "from", "until", "since", "due", "late", "priority", "reviewAt"],
    methods: ["top", "advice", "explain"],
    changing: ["tick", "record", "put"],
  },
  Matcher: { properties: ["fields", "held", "faults"], methods: ["match", "one"], changing: ["fill"] },
};

/** The functions of each worker beside `simulate`. */
const DECIDING = ["decide", "decideJson", "explain", "overLimit", "match", "version", "versions"];
const EDITING = [
  "check", "analyse", "format", "complete", "hover", "outline", "tokens", "fold", "definition", "references", "prepareRename", "rename", "runExamples",
  "proposeExample", "coverage", "lcov", "diff", "packFile", "receive", "accept", "contentHash", "readRulebook", "rulebookReport", "readSettings",
  "responseModel",
];

/** The methods of `Team`. */
const REPORTS = ["refused", "plan", "goals", "figures", "cards", "groups", "story", "reward", "document", "markdown"];

/**
 * The API on workers.
 * @param {{ deciding: Spawn, editing: Spawn }} spawn what starts each worker
 * @param {(worker: any) => Spawn} own makes such a thing of a function of the caller that gives a worker
 */
export function remote(spawn, own) {
  let started = false;
  /** @type {import("../worker.js").WorkerOptions} */
  let settings = {};
  const journal = new Journal();
  /** The handles that were made and not freed. @type {Set<number>} */
  const live = new Set();
  /** What the editing worker knows of the journal. @type {Set<unknown>} */
  const known = new Set();
  let handles = 0;

  const initial = (/** @type {unknown} */ module) => ({ name: "init", args: module === undefined ? [] : [sent(module)] });
  const deciding = new Link((...to) => (settings.deciding ? own(settings.deciding) : spawn.deciding)(...to), () => [
    initial(settings.module), ...journal.entries.map(({ call }) => call),
  ]);
  const editing = new Link((...to) => (settings.editing ? own(settings.editing) : spawn.editing)(...to), () => [
    initial(settings.editingModule), ...journal.entries.filter((entry) => known.has(entry)).map(({ call }) => call),
  ]);

  /**
   * Sends a call once the engine was started.
   * @param {Link} link
   * @param {Parameters<Link["ask"]>} call
   */
  function ask(link, ...call) {
    if (!started) throw refuse("not-loaded", "The worker is not started yet", "Say `await init()` first");
    return link.ask(...call);
  }

  class Handle {
    /** The number of this handle in the worker. @type {number} */
    number = handles++;
    /** What its class is called, whatever a bundler makes of it. @type {string} */
    kind;
    freed = false;
    /** The handles that a change of this one changes too. @type {number[]} */
    with = [];
    /** When it was made; rejected when it could not be. @type {Promise<void>} */
    ready;

    /**
     * @param {string} name
     * @param {unknown[]} args
     * @param {Handle[]} [uses]
     */
    constructor(name, args, uses = []) {
      this.kind = name.replace(/\..*/, "");
      const call = { name, make: this.number, args: args.map(sent) };
      this.ready = ask(deciding, call).then(() => {
        if (this.freed) return;
        live.add(this.number);
        journal.add({ call, makes: this.number, uses: uses.map(({ number }) => number), changes: [] });
      });
      this.ready.catch(() => {}); // told by each call that uses the handle
    }

    /**
     * @param {{ name: string, args?: unknown[], get?: boolean, changing?: boolean }} call
     * @returns {Promise<any>}
     */
    async ask({ name, args = [], get = false, changing = false }) {
      usable(this);
      const call = { name, on: this.number, get, args: args.map(sent) };
      const value = await ask(deciding, call).catch((error) => this.ready.then(() => { throw error; }));
      if (changing && !this.freed) journal.add({ call, uses: [this.number], changes: [this.number, ...this.with] });
      return value;
    }

    free() {
      if (this.freed) return;
      this.freed = true;
      live.delete(this.number);
      journal.keep(live);
      void ask(deciding, { name: "free", on: this.number, args: [] }).catch(() => {});
    }
  }

  class Rulebook extends Handle {
    /** @param {unknown[]} args */
    constructor(...args) {
      super("Rulebook", args);
    }
  }

  class Book extends Handle {
    /**
     * @param {unknown} leads
     * @param {unknown} [options]
     */
    constructor(leads, options) {
      const named = leads instanceof Blob && "name" in leads ? { name: leads.name } : undefined; // a file
      super("Book", [leadsOf(leads), options ?? named]);
    }

    /** @param {unknown} columns */
    static fromColumns(columns) {
      return Object.setPrototypeOf(new Handle("Book.fromColumns", [readable(() => structuredClone(columns))]), Book.prototype);
    }
  }

  class Watch extends Handle {
    /**
     * @param {Rulebook} rulebook
     * @param {Book} book
     * @param {unknown} now
     * @param {unknown} options
     */
    constructor(rulebook, book, now, options) {
      const uses = [kept(rulebook, Rulebook, "Rulebook"), kept(book, Book, "Book")];
      super("Watch", [...uses, now, options], uses);
      this.with = [book.number];
    }
  }

  class Matcher extends Handle {
    /**
     * @param {Rulebook} rulebook
     * @param {any} options
     */
    constructor(rulebook, options) {
      super("Matcher", [kept(rulebook, Rulebook, "Rulebook"), { now: moment(options?.now) }], [rulebook]);
    }
  }

  for (const [kind, { properties, methods, changing }] of /** @type {const} */ ([
    [Rulebook, HANDLES.Rulebook], [Book, HANDLES.Book], [Watch, HANDLES.Watch], [Matcher, HANDLES.Matcher],
  ])) {
    for (const name of properties) define(kind, name, { get() { return this.ask({ name, get: true }); } });
    for (const name of methods) define(kind, name, { value(/** @type {unknown[]} */ ...args) { return this.ask({ name, args }); } });
    for (const name of changing) define(kind, name, { value(/** @type {unknown[]} */ ...args) { return this.ask({ name, args, changing: true }); } });
    define(kind, Symbol.dispose ?? Symbol("dispose"), { value() { this.free(); } });
  }

  /**
   * An argument as it is sent.
   * @param {unknown} value
   * @returns {Argument}
   */
  function sent(value) {
    if (value instanceof Handle) return { handle: value.number };
    if (value instanceof Blob) return { blob: value };
    return { value: value instanceof URL ? value.href : value };
  }

  /** @type {Record<string, (...values: any[]) => Promise<any>>} */
  const functions = {};
  for (const name of DECIDING) {
    functions[name] = async (...values) => {
      const [rulebook, book] = values;
      if (!name.startsWith("version")) {
        usable(kept(rulebook, Rulebook, "Rulebook"));
        usable(kept(book, Book, "Book"));
      }
      const made = Promise.all([rulebook?.ready, book?.ready]);
      made.catch(() => {}); // told by the call itself
      return ask(deciding, { name, args: values.map(sent) }).catch((error) => made.then(() => { throw error; }));
    };
  }
  for (const name of EDITING) {
    functions[name] = async (...values) => ask(editing, { name, args: values.map(sent) });
  }

  /**
   * Tells the worker for authors how these handles were made, as they are at this moment: what was asked before has been answered by then.
   * @param {Handle[]} uses
   */
  async function lend(...uses) {
    await Promise.all([...uses.map(({ ready }) => ready), ask(deciding, { name: "version", args: [] })]);
    for (const entry of journal.of(uses.map((one) => one.number))) {
      if (known.has(entry)) continue;
      known.add(entry);
      void ask(editing, entry.call).catch(() => {});
    }
  }

  /** The reports of a team, in the worker for authors. */
  class Team {
    #rulebook;
    #book;
    #file;

    /**
     * @param {Rulebook} rulebook
     * @param {Book} book
     * @param {any} [file]
     */
    constructor(rulebook, book, file) {
      this.#rulebook = kept(rulebook, Rulebook, "Rulebook");
      this.#book = kept(book, Book, "Book");
      this.#file = readable(() => (typeof file === "string" || file === undefined ? file : JSON.stringify(file)));
    }

    /**
     * @param {string} name
     * @param {unknown[]} values
     */
    async ask(name, values) {
      usable(this.#rulebook);
      usable(this.#book);
      await lend(this.#rulebook, this.#book);
      return ask(editing, { name, of: "Team", with: [this.#rulebook, this.#book, this.#file].map(sent), args: values.map(sent) });
    }
  }
  for (const name of REPORTS) define(Team, name, { value(/** @type {unknown[]} */ ...values) { return this.ask(name, values); } });

  /**
   * Simulates in the worker for authors; to end the run is to end that worker, because it hears nothing meanwhile.
   * @param {any} rulebook
   * @param {any} book
   * @param {unknown} now
   * @param {any} [options]
   * @param {(done: number, all: number) => unknown} [progress]
   * @param {string} [language]
   */
  async function simulate(rulebook, book, now, options, progress, language) {
    usable(kept(rulebook, Rulebook, "Rulebook"));
    usable(kept(book, Book, "Book"));
    const { signal, ...rest } = readable(() => ({ ...options }));
    signal?.throwIfAborted();
    await lend(rulebook, book);
    signal?.throwIfAborted();
    const cancelled = Symbol("cancelled");
    /** @type {(error: unknown) => void} */
    let stop = () => {};
    const abort = () => stop(signal.reason);
    signal?.addEventListener("abort", abort);
    const step = (/** @type {number} */ done, /** @type {number} */ all) => {
      try {
        if (progress?.(done, all) === false) stop(cancelled);
      } catch (error) {
        stop(error);
      }
    };
    try {
      const args = [rulebook, book, now, rest, undefined, language].map(sent);
      return await ask(editing, { name: "simulate", progress: true, args }, step, (stops) => { stop = stops; });
    } catch (error) {
      if (error === cancelled) return undefined;
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  return {
    Rulebook, Book, Watch, Matcher, Team, CadansError, simulate, functions,
    /**
     * Starts the worker that decides.
     * @param {typeof settings} [options]
     * @returns {Promise<void>}
     */
    async init(options = {}) {
      if (!started) settings = options;
      started = true;
      await ask(deciding, { name: "version", args: [] });
    },
    /** Ends both workers; the next call starts them again. */
    end() {
      deciding.end();
      editing.end();
    },
  };

  /**
   * @template {Handle} Kept
   * @param {Kept} value
   * @param {new (...values: any[]) => Kept} kind
   * @param {string} name
   * @returns {Kept}
   */
  function kept(value, kind, name) {
    if (readable(() => value instanceof kind)) return value;
    throw refuse(`not-a-${name.toLowerCase()}`, `This is not a ${name} of cadans/worker`, `Make one with new ${name}(…) of cadans/worker`);
  }
}

/**
 * @param {{ prototype: object }} kind
 * @param {string | symbol} name
 * @param {PropertyDescriptor & ThisType<any>} property
 */
const define = (kind, name, property) => void Object.defineProperty(kind.prototype, name, { configurable: true, ...property });

/** @param {{ freed: boolean, kind: string }} handle */
function usable(handle) {
  if (handle.freed) throw refuse("freed", `This ${handle.kind} was freed`, "Make a new one");
}

/**
 * What reads a value of the caller; when that throws, a CadansError.
 * @template Value
 * @param {() => Value} read
 * @returns {Value}
 */
function readable(read) {
  try {
    return read();
  } catch (error) {
    throw refuse("not-readable", `A value that was given cannot be read: ${saidBy(error)}`, "Give plain values, without getters that throw", error);
  }
}

/**
 * Leads as a Blob, which is as they are now and lies outside the memory of the page's JavaScript.
 * @param {any} leads
 */
function leadsOf(leads) {
  if (leads instanceof Blob) return leads;
  if (typeof leads === "string" || leads instanceof Uint8Array) return new Blob([/** @type {BlobPart} */ (leads)]);
  const text = readable(() => JSON.stringify(leads));
  if (typeof leads === "object" && leads !== null && typeof text === "string") return new Blob([text]);
  throw refuse("not-leads", `These are not leads: ${typeof leads}`, "Give the text of a lead file, its bytes, a Blob, or a list of leads");
}
