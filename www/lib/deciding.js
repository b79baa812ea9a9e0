// Rulebook, Book, Loader, Watch and what is asked of them: the part of the API that both modules have, each with handles of its own.
//
// The conversions are Rust's (src/wasm/); here are only the refusal of what makes no sense and the forms that JavaScript has for a value (a Date for a
// moment), so that every fault is a CadansError.

import { Instance, moment } from "./instance.js";

/**
 * @import { Columns, DecideOptions, Lead, LeadFile, LeadOptions, Matches, MomentInput, PackFile, RulebookOptions } from "./cadans.js"
 * @typedef {typeof import("./cadans.js")} Api
 * @typedef {typeof import("./pkg/cadans.js")} Module
 */

/**
 * Matches with their list of faults. Where there are none it is made when it is asked for, which mostly nobody does.
 * @param {Omit<Matches, "faults"> | Matches} matches
 * @returns {Matches}
 */
export function whole(matches) {
  if ("faults" in matches && matches.faults) return matches;
  /** @type {Uint32Array | undefined} */
  let none;
  const get = () => (none ??= new Uint32Array(matches.size * matches.words));
  return /** @type {Matches} */ (Object.defineProperty(matches, "faults", { get, enumerable: true, configurable: true }));
}

/**
 * The API on a module.
 * @param {Module} module
 */
export function deciding(module) {
  const instance = new Instance(module);

  class Rulebook extends module.Rulebook {
    /**
     * @param {PackFile | PackFile[]} packs
     * @param {RulebookOptions} [options]
     */
    constructor(packs, options) {
      instance.takes([packs, options]);
      try {
        super(packs, options);
      } catch (error) {
        throw instance.told(error);
      }
    }
  }
  instance.guard(Rulebook, "Rulebook");

  class Book extends module.Book {
    /**
     * @param {string | Uint8Array | LeadFile | Lead[]} leads
     * @param {LeadOptions} [options]
     */
    constructor(leads, options) {
      instance.takes([leads, options]);
      try {
        super(leads, options);
      } catch (error) {
        throw instance.told(error);
      }
    }

    /**
     * A book of leads that stand in arrays already: faster than a lead file.
     * @param {Columns} columns
     * @returns {Book}
     */
    static fromColumns(columns) {
      return Object.setPrototypeOf(instance.run(() => module.Book.fromColumns(columns), [columns]), Book.prototype);
    }
  }
  instance.guard(Book, "Book");

  /** Takes in a lead file as it arrives, piece by piece. */
  class Loader extends module.Loader {
    /** @param {LeadOptions} [options] */
    constructor(options) {
      instance.takes([options]);
      try {
        super(options);
      } catch (error) {
        throw instance.told(error);
      }
    }

    /** @returns {Book} */
    finish() {
      instance.handle(this, Loader, "Loader");
      return Object.setPrototypeOf(instance.run(() => super.finish()), Book.prototype);
    }
  }
  instance.guard(Loader, "Loader");

  /** The decisions for all leads, kept up to date: `tick` as time passes, `record` and `put` as something happens. */
  class Watch extends module.Watch {
    /**
     * @param {InstanceType<Module["Rulebook"]>} rulebook
     * @param {InstanceType<Module["Book"]>} book
     * @param {MomentInput} now
     * @param {DecideOptions} [options]
     */
    constructor(rulebook, book, now, options) {
      instance.takes([options]);
      try {
        super(rules(rulebook), leads(book), moment(now), options);
      } catch (error) {
        throw instance.told(error);
      }
    }

    /**
     * @param {MomentInput} now
     * @param {Parameters<InstanceType<Module["Watch"]>["tick"]>[1]} [language]
     * @param {DecideOptions} [options]
     */
    tick(now, language, options) {
      instance.handle(this, Watch, "Watch");
      return instance.run(() => super.tick(moment(now), language, options), [options]);
    }
  }
  instance.guard(Watch, "Watch");

  /** @param {InstanceType<Module["Rulebook"]>} value */
  const rules = (value) => (instance.ready(), instance.handle(value, Rulebook, "Rulebook"));

  /** @param {InstanceType<Module["Book"]>} value */
  const leads = (value) => (instance.ready(), instance.handle(value, Book, "Book"));

  /**
   * Which rules hold for every lead of the book at `now`, in typed arrays: the first step of deciding by itself.
   * @type {Api["match"]}
   */
  const match = (rulebook, book, now, into) =>
    whole(instance.run(() => module.match(rules(rulebook), leads(book), moment(now), into), [into]));

  /**
   * Advice for every lead in the book at `now`: first the day's queue, then the leads that wait or are on hold.
   * @type {Api["decide"]}
   */
  const decide = (rulebook, book, now, language, options) =>
    instance.run(() => module.decide(rules(rulebook), leads(book), moment(now), language, options), [options]);

  /**
   * Advice for every lead as JSON text, in the order of `decide`: byte for byte what the native library gives.
   * @type {Api["decideJson"]}
   */
  const decideJson = (rulebook, book, now, language, options) =>
    instance.run(() => module.decideJson(rules(rulebook), leads(book), moment(now), language, options), [options]);

  /**
   * Advice for one lead, with every rule that held or nearly held.
   * @type {Api["explain"]}
   */
  const explain = (rulebook, book, lead, now, language, options) =>
    instance.run(() => module.explain(rules(rulebook), leads(book), lead, moment(now), language, options), [lead, options]);

  /**
   * The statements that met their limit of operations for some leads, each as a warning with their number.
   * @type {Api["overLimit"]}
   */
  const overLimit = (rulebook, book, now, language, options) =>
    instance.run(() => module.overLimit(rules(rulebook), leads(book), moment(now), language, options), [options]);

  /**
   * The version of the module, and in brackets those of the time zones and holidays in it.
   * @type {Api["version"]}
   */
  const version = () => instance.run(() => module.version());

  /**
   * The same, each by itself.
   * @type {Api["versions"]}
   */
  const versions = () => instance.run(() => module.versions());

  return { instance, rules, leads, Rulebook, Book, Loader, Watch, match, decide, decideJson, explain, overLimit, version, versions };
}
