// Building a piece of the page, as the custom elements of lib/ do.

export { make as element } from "./lib/elements/make.js";

/**
 * @typedef {import("./lib/elements/make.js").Child} Child
 * @typedef {import("./lib/elements/make.js").Properties} Properties
 */

/**
 * The element of the page with this id, which is of this class.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} with the id ${id}`);
  return found;
}
