// What the page shows, kept in the address after the #: reload, back, and a link to a colleague all give the same view.
//
// Leads are never put there. Rules that were changed are in the draft (author/drafts.js), and in a link that somebody makes for it (author/link.js).

/** @import { Instant } from "./lib/cadans.js" */

/**
 * What the user chose; `undefined` where the page chooses.
 * @typedef {object} View
 * @property {string | undefined} view what is on the screen: the leads, or "me" or "team"
 * @property {string | undefined} pack the file in the editor
 * @property {Instant | undefined} now
 * @property {string | undefined} lead the id of the lead that is explained
 * @property {string | undefined} show the group of the queue on the screen
 * @property {string | undefined} rep whose queue it is
 * @property {string | undefined} rules what the link carries of rules
 */

/** Safari takes a hundred changes of the address in half a minute; one after the hand has come to rest is enough. */
const REST = 400;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Reads the address. Anything missing is simply absent; what cannot be is left out and told.
 * @returns {{ view: View, refused: { name: string, value: string }[] }}
 */
export function read() {
  const words = new URLSearchParams(location.hash.slice(1));
  /** @param {string} name */
  const get = (name) => words.get(name) || undefined;
  const view = { view: get("view"), pack: get("pack"), now: get("now"), lead: get("lead"), show: get("show"), rep: get("rep"), rules: get("rules") };
  const refused = [];
  const year = view.now === undefined ? 2000 : new Date(view.now).getUTCFullYear();
  if (view.now !== undefined && !(MOMENT.test(view.now) && year >= 1970 && year < 2100)) {
    refused.push({ name: "now", value: view.now });
    view.now = undefined;
  }
  return { view, refused };
}

/**
 * The address that gives this view, from the # on.
 * @param {View} view
 */
export function address(view) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) if (value !== undefined) words.set(name, value);
  const flag = isEmbedded() ? "embed&" : "";
  return `#${flag}${words}`;
}

/** Whether the page is shown within another one: the address begins with #embed. */
export const isEmbedded = () => /^#embed(?:&|$)/.test(location.hash);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let rest;

/**
 * Writes the address once nothing has changed for a moment, without adding a step to the browser's history.
 * @param {View} view
 */
export function write(view) {
  clearTimeout(rest);
  rest = setTimeout(() => history.replaceState(null, "", address(view)), REST);
}
