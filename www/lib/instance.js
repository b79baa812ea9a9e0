// One of the two WebAssembly modules: loads it, calls it, and makes a new instance of it after a trap.
//
// Invariant: whatever a call throws is a CadansError. A trap (code "trap") ends the instance, because its memory cannot be trusted any more; `init`
// makes a new one, and handles of the old one are refused (code "stale").

import { CadansError, refuse, saidBy } from "./errors.js";

/** @import { ModuleSource } from "./cadans.js" */

/**
 * What wasm-bindgen generates for a module.
 * @typedef {object} Generated
 * @property {(source: { module_or_path: any }) => Promise<{ memory: WebAssembly.Memory }>} default
 * @property {() => void} __wbg_reset_state
 */

/**
 * A handle as wasm-bindgen makes it: its address, 0 once it was freed, and the number of its instance.
 * @typedef {{ __wbg_ptr?: number, __wbg_inst?: number }} Generic
 */

/** @typedef {new (...values: any[]) => any} Kind */

export class Instance {
  /** @type {Promise<void> | undefined} */
  #loading;
  #loaded = false;
  #stopped = false;
  /** How many instances were made before this one. */
  #number = 0;
  #module;
  /** @type {WebAssembly.Memory | undefined} */
  memory;

  /** @param {Generated} module */
  constructor(module) {
    this.#module = module;
  }

  /**
   * Loads the module, once; after a trap, makes a new instance of it.
   * @param {ModuleSource | (() => ModuleSource | Promise<ModuleSource>)} source
   * @returns {Promise<void>}
   */
  init(source) {
    this.#loading ??= this.#start(source).catch((error) => {
      this.#loading = undefined; // so that a later call may try again
      const help = "See that the .wasm file is served where it is looked for, or give init its bytes, URL or Response; "
        + "a content security policy needs script-src 'wasm-unsafe-eval'";
      throw refuse("not-loaded", `The module could not be loaded: ${saidBy(error)}`, help, error);
    });
    return this.#loading;
  }

  /** @param {Parameters<Instance["init"]>[0]} source */
  async #start(source) {
    if (this.#stopped) {
      this.#module.__wbg_reset_state();
      this.#number += 1;
    }
    const from = this.#stopped ? undefined : typeof source === "function" ? await source() : source;
    ({ memory: this.memory } = await this.#module.default({ module_or_path: from }));
    this.#loaded = true;
    this.#stopped = false;
  }

  /** Refuses to go on before the module is loaded, and after a trap. */
  ready() {
    if (this.#stopped) {
      throw refuse("trap", "The engine has stopped after a fault", "Say `await init()` again, and make the rulebook and the book anew");
    }
    if (!this.#loaded) throw refuse("not-loaded", "The module is not loaded yet", "Say `await init()` first");
  }

  /**
   * Refuses a call that cannot be made, because of the module or of what the caller gave.
   * @param {unknown[]} values
   */
  takes(values) {
    this.ready();
    for (const value of values) readable(value);
  }

  /**
   * Runs a call of the module.
   * @template Answer
   * @param {() => Answer} call
   * @param {unknown[]} [values] what the caller gave, to be seen whether it can be read
   * @returns {Answer}
   */
  run(call, values = []) {
    this.takes(values);
    try {
      return call();
    } catch (error) {
      throw this.told(error);
    }
  }

  /**
   * What was thrown, as a CadansError. A trap stops this instance.
   * @param {unknown} error
   * @returns {unknown}
   */
  told(error) {
    if (error instanceof CadansError) return error;
    if (isTrap(error)) {
      this.#stopped = true;
      this.#loaded = false;
      this.#loading = undefined;
      const help = "Say `await init()` again, and make the rulebook and the book anew; report what you did, this is a bug of Cadans or a lack of memory";
      return refuse("trap", `The engine has stopped: ${saidBy(error)}`, help, error);
    }
    if (error instanceof Error && error.name === "CadansError") return Object.setPrototypeOf(error, CadansError.prototype);
    return unreadable(error);
  }

  /**
   * `value`, when it is a handle of this class that was not freed. The name is given, because a bundler may change that of a class.
   * @template {object} Handle
   * @param {Handle & Generic} value
   * @param {new (...values: never[]) => Handle} kind
   * @param {string} name
   * @returns {Handle}
   */
  handle(value, kind, name) {
    let is = false;
    try {
      is = value instanceof kind && typeof value.__wbg_ptr === "number";
    } catch {
      // A revoked proxy is no handle either.
    }
    if (!is) throw refuse(`not-a-${name.toLowerCase()}`, `This is not a ${name}`, `Make one with new ${name}(…)`);
    this.#current(value, name);
    return value;
  }

  /**
   * Whether a handle belongs to this instance and was not freed.
   * @param {object} value
   */
  holds(value) {
    const { __wbg_ptr: address, __wbg_inst: number } = /** @type {Generic} */ (value);
    return address !== 0 && number === this.#number && !this.#stopped;
  }

  /**
   * @param {Generic} value
   * @param {string} name
   */
  #current(value, name) {
    if (value.__wbg_ptr === 0) throw refuse("freed", `This ${name} was freed`, "Make a new one");
    if (value.__wbg_inst !== this.#number) throw refuse("stale", `This ${name} was made before the engine stopped`, "Make a new one");
  }

  /**
   * Has the methods and properties of a class, which extends a generated one, refuse handles that were freed and throw nothing but CadansErrors. To free
   * a handle a second time does nothing.
   * @param {Kind} kind
   * @param {string} name what it is called
   */
  guard(kind, name) {
    const base = Object.getPrototypeOf(kind.prototype);
    const instance = this;
    for (const [property, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(base))) {
      // The class's own methods call these by `super`, so they are guarded by themselves.
      if (property === "constructor" || property === "free" || property.startsWith("__") || Object.hasOwn(kind.prototype, property)) continue;
      /** @type {(this: Generic, ...values: unknown[]) => unknown} */
      const call = function (...values) {
        instance.handle(this, kind, name);
        return instance.run(() => (get ?? value).apply(this, values), values);
      };
      Object.defineProperty(kind.prototype, property, get ? { get: call, configurable: true } : { value: call, configurable: true, writable: true });
    }
    const free = /** @this {Generic} */ function () {
      if (instance.holds(this)) base.free.call(this);
    };
    for (const property of ["free", Symbol.dispose]) {
      if (property) Object.defineProperty(kind.prototype, property, { value: free, configurable: true, writable: true });
    }
  }
}

/**
 * A moment as the module takes it: a Date in milliseconds, anything else as it is.
 * @template Given
 * @param {Given} now
 * @returns {Given extends Date ? number : Given}
 */
export function moment(now) {
  const is = now instanceof Date || Object.prototype.toString.call(readable(now)) === "[object Date]"; // one of another window
  return /** @type {any} */ (is ? Date.prototype.getTime.call(now) : now);
}

/**
 * `value`, unless it is a proxy that was revoked, which would throw in the midst of a call.
 * @template Value
 * @param {Value} value
 * @returns {Value}
 */
function readable(value) {
  try {
    Array.isArray(value);
    return value;
  } catch (error) {
    throw unreadable(error);
  }
}

/** @param {unknown} error */
export const unreadable = (error) =>
  refuse("not-readable", `A value that was given cannot be read: ${saidBy(error)}`, "Give plain values, without getters that throw", error);

/**
 * Whether it ended the module's own code: then its stack and its locks are as they were at that moment.
 * @param {unknown} error
 */
function isTrap(error) {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return true;
  return error instanceof Error && error.name === "InternalError"; // Firefox, for a stack that is full
}
