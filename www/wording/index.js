// The page's words, in English and Dutch: a table per area in en/ and nl/, with the same keys (tests/node/wording.test.mjs).
//
// A text may have places in braces: "Show {n} more". A text with two forms, `{ one, other }`, is chosen by the number `n`. The engine puts its own
// sentences into words; it is told the language of the page.

import en from "./en/index.js";
import nl from "./nl/index.js";

/**
 * A text of a table: as it stands, or by the number `n`.
 * @typedef {string | { one: string, other: string }} Words
 */

/**
 * What stands in the places of a text. Numbers are written as the language writes them.
 * @typedef {Record<string, string | number>} Places
 */

/**
 * The languages of the page.
 * @typedef {"en" | "nl"} Language
 */

/** @typedef {typeof en} Tables */

/**
 * An area and the name of a text in it: `queue.title`.
 * @typedef {{ [Area in keyof Tables]: `${Area}.${keyof Tables[Area] & string}` }[keyof Tables]} Key
 */

/** @type {Record<Language, Record<string, Record<string, Words>>>} */
const TABLES = { en, nl };
/** @type {Record<Language, string>} */
const NOTATIONS = { en: "en-GB", nl: "nl-NL" };
/** Where the choice is kept. */
const CHOSEN = "cadans.language";

/** @type {Set<() => void>} */
const told = new Set();
/** @type {Language} */
let current = chosen() ?? (/^nl\b/i.test(globalThis.navigator?.language ?? "") ? "nl" : "en");

/** The choice of an earlier visit, where the browser keeps one. */
function chosen() {
  try {
    const word = globalThis.localStorage?.getItem(CHOSEN);
    return word === "en" || word === "nl" ? word : undefined;
  } catch {
    return undefined; // a browser may forbid storage
  }
}

/** The language of the page. */
export const language = () => current;

/** The notation of numbers and moments of that language: `en-GB`. */
export const notation = () => NOTATIONS[current];

/**
 * Changes the language: of the static texts first, then of all who asked to be told.
 * @param {Language} next
 */
export function setLanguage(next) {
  if (next === current) return;
  current = next;
  try {
    localStorage.setItem(CHOSEN, next);
  } catch {
    // It is chosen for this visit.
  }
  translate();
  for (const tell of told) tell();
}

/**
 * Calls `tell` after each change of the language, until the function that is returned is called.
 * @param {() => void} tell
 */
export function onLanguage(tell) {
  told.add(tell);
  return () => { told.delete(tell); };
}

/** @type {Map<string, Intl.NumberFormat>} */
const numbers = new Map();

/**
 * A number as the language writes it.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function number(value, options = {}) {
  const key = `${current} ${JSON.stringify(options)}`;
  let format = numbers.get(key);
  if (!format) numbers.set(key, format = new Intl.NumberFormat(notation(), options));
  return format.format(value);
}

/**
 * The text as the table has it, its form chosen by `n`.
 * @param {string} key
 * @param {unknown} n
 * @returns {string | undefined} `undefined` for a key that is in no table
 */
function find(key, n) {
  const at = key.indexOf(".");
  const words = TABLES[current][key.slice(0, at)]?.[key.slice(at + 1)];
  return typeof words === "object" ? (n === 1 ? words.one : words.other) : words;
}

/**
 * A text in the language of the page, with what stands in its places.
 * @param {Key} key
 * @param {Places} [places]
 */
export function t(key, places = {}) {
  return (find(key, places.n) ?? key).replaceAll(/\{(\w+)\}/g, (whole, name) => {
    const value = places[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/**
 * A text of which some places hold parts of the page, such as a link: its pieces in order.
 * @template Part
 * @param {Key} key
 * @param {Record<string, Part | string | number>} places
 * @returns {(Part | string)[]}
 */
export function pieces(key, places) {
  return (find(key, places.n) ?? key).split(/\{(\w+)\}/).map((piece, nth) => {
    const value = nth % 2 === 1 ? places[piece] : piece;
    return value === undefined ? `{${piece}}` : typeof value === "number" ? number(value) : value;
  });
}

/**
 * The text for a word of the engine, such as a stage or a policy: that of the table, else the word with spaces.
 * @param {keyof Tables} area
 * @param {string} word
 * @param {Places} [places]
 */
export function word(area, word, places) {
  const key = /** @type {Key} */ (`${area}.${word}`);
  return find(key, undefined) === undefined ? word.replaceAll(/[_-]/g, " ") : t(key, places);
}

/**
 * Puts the static texts of the page into its language. `data-t="queue.title"` gives the text of an element; `data-t-of="aria-label queue.rows,
 * placeholder queue.find"` those of its attributes.
 */
export function translate() {
  document.documentElement.lang = current;
  document.title = t("page.title");
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(/** @type {Key} */ (element.getAttribute("data-t")));
  for (const element of document.querySelectorAll("[data-t-of]")) {
    for (const pair of (element.getAttribute("data-t-of") ?? "").split(/,\s*/)) {
      const [attribute = "", key] = pair.split(" ");
      element.setAttribute(attribute, t(/** @type {Key} */ (key)));
    }
  }
}
