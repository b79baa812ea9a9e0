// What the elements ask: an engine in the page, made of a rulebook and a book. A console whose engine is elsewhere, as in a worker, gives its own.

import { Rulebook, Watch, decide, explain } from "../cadans.js";

/** @import { Book } from "../cadans.js" */
/** @import { Engine } from "../element.js" */

/**
 * One engine for a book and a rulebook, so that what one element records is seen by the others.
 * @type {WeakMap<Book, WeakMap<Rulebook, Engine>>}
 */
const engines = new WeakMap();

/**
 * The engine of a rulebook and a book: the same one each time. What is recorded is added to the book.
 * @type {typeof import("../element.js").engineOf}
 */
export function engineOf(rulebook, book) {
  const ofBook = engines.get(book) ?? new WeakMap();
  engines.set(book, ofBook);
  const engine = ofBook.get(rulebook) ?? engineInPage(rulebook, book);
  ofBook.set(rulebook, engine);
  return engine;
}

/**
 * @param {Rulebook} rulebook
 * @param {Book} book
 * @returns {Engine}
 */
function engineInPage(rulebook, book) {
  /** @type {Set<() => void>} */
  const told = new Set();
  /** @type {Watch | undefined} */
  let door;
  return {
    queue: (now, { rep, language }) => decide(rulebook, book, now, language, rep === undefined ? {} : { rep }),
    explain: (lead, now, language) => explain(rulebook, book, lead, now, language),
    record(lead, entry) {
      // A watch is the way into a book. This one has no rules, so it costs nothing and its decisions mean nothing.
      door ??= new Watch(new Rulebook([]), book, 0);
      door.record(lead, entry);
      for (const changed of told) changed();
    },
    people: (lead) => book.people(lead),
    contents: () => book.contents,
    subscribe(changed) {
      told.add(changed);
      return () => told.delete(changed);
    },
  };
}
