// The words of the elements in English and Dutch. What rules and the engine say comes in the language in which it was asked for.

import * as en from "./words-en.js";
import * as nl from "./words-nl.js";

/** @import { Advice } from "../cadans.js" */

/** @typedef {"en" | "nl"} Language */
/** @typedef {typeof en} Words */

/** @type {Record<Language, Words>} */
export const WORDS = { en, nl };

/**
 * The language for a tag such as "nl-BE": Dutch for that, English for any other.
 * @param {string | undefined} tag
 * @returns {Language}
 */
export const languageOf = (tag) => (tag !== undefined && /^nl\b/i.test(tag) ? "nl" : "en");

/**
 * snake_case or kebab-case as words.
 * @param {string} word
 */
export const plain = (word) => word.replaceAll(/[_-]/g, " ");

/**
 * What to do, in a few words: "Call Ada de Vries".
 * @param {Advice} advice
 * @param {Words} words
 */
export function deed({ verdict, touch, leadName, lead }, words) {
  if (verdict === "wait") return words.NOTHING;
  if (verdict === "hold") return words.ON_HOLD;
  if (verdict === "find") return words.find(touch?.find && words.ROLES[touch.find]);
  if (verdict === "hand_over") return words.handOver(touch?.handOver);
  const who = touch?.person ? touch.person.name ?? touch.person.id : leadName ?? lead;
  return touch?.channel ? words.CONTACTS[touch.channel](who) : words.contact(who);
}

/** @param {Advice} advice */
export const nameOf = (advice) => advice.leadName ?? advice.lead;

/**
 * A number as a person compares it.
 * @param {number} value
 * @param {Language} language
 */
export const figure = (value, language) => value.toLocaleString(language === "nl" ? "nl-NL" : "en-GB", { maximumSignificantDigits: 15 });

/**
 * A share as a percentage.
 * @param {number} value
 * @param {Language} language
 */
export const percent = (value, language) =>
  value.toLocaleString(language === "nl" ? "nl-NL" : "en-GB", { style: "percent", maximumSignificantDigits: 15 });
