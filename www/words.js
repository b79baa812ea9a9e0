// The engine's words as a sales person says them.

/** @import { Advice, Channel, Versions } from "./lib/cadans.js" */

/**
 * What a channel is called, and how a contact over it begins.
 * @type {Record<Channel, [string, string]>}
 */
const CHANNELS = {
  phone: ["Phone", "Call"], email: ["Email", "Email"], social: ["Social", "Message"], chat: ["Chat", "Chat with"],
  video: ["Video call", "Video call with"], visit: ["Visit", "Visit"], content: ["Content", "Share content with"],
};

/** @type {Record<string, string>} */
const STOPS = {
  objection: "objected to direct marketing", never: "a rule that says never", limit: "enough touches already",
  pause: "a pause is running", reachable: "outside the hours for contact", "channel-unknown": "no address or number known",
};

/** @param {Channel} word */
export const channel = (word) => CHANNELS[word][0];

/**
 * snake_case or kebab-case as words.
 * @param {string} word
 */
export const plain = (word) => word.replaceAll(/[_-]/g, " ");

/**
 * What stopped a contact.
 * @param {string} policy
 */
export const stopped = (policy) => STOPS[policy] ?? plain(policy);

/**
 * What to do, in a few words: "Call Ada de Vries".
 * @param {Advice} advice
 */
export function deed(advice) {
  const { verdict, touch } = advice;
  if (verdict === "wait") return "Nothing for now";
  if (verdict === "hold") return "On hold";
  if (verdict === "find") return `Find the ${touch?.find ?? "right person"}`;
  if (verdict === "hand_over") return `Hand over to ${touch?.handOver ?? "another team"}`;
  const who = touch?.person ? touch.person.name ?? touch.person.id : "the lead";
  return `${touch?.channel ? CHANNELS[touch.channel][1] : "Contact"} ${who}`;
}

/**
 * Which versions the answers come from: the language of the sentence, Dutch for who reads that and English otherwise, and the sentence.
 * @param {Versions} versions
 * @param {string} language
 * @returns {[string, string]}
 */
export const madeOf = ({ cadans, tz, holidays }, language) =>
  /^nl\b/i.test(language)
    ? ["nl", `Cadans ${cadans}, met de tijdzones van tzdb ${tz} en de feestdagen van ${holidays}`]
    : ["en", `Cadans ${cadans}, with the time zones of tzdb ${tz} and the holidays of ${holidays}`];

/** @param {Advice} advice */
export const leadName = (advice) => advice.leadName ?? advice.lead;

/**
 * "1 lead", "3 leads".
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/**
 * A factor or a priority: no more digits than a person compares.
 * @param {number} value
 */
export const figure = (value) => value.toLocaleString("en", { maximumSignificantDigits: 3 });
