// Building a piece of the page: element("p", { class: "quiet" }, "text", another).

/**
 * Attributes by name, and listeners under "on" and the event: `{ class: "quiet", onclick: () => … }`. What is absent or false is left out.
 * @typedef {Record<string, string | boolean | null | undefined | ((event: Event) => void)>} Properties
 */

/**
 * A text or an element; what is absent or false is left out.
 * @typedef {Node | string | false | null | undefined} Child
 */

/**
 * An element with properties and children. Texts stay texts: nothing a lead or a rule says can become markup.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Properties} [properties]
 * @param {(Child | Child[])[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(key.slice("on".length), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

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
