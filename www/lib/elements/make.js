// Building a piece of a document: make("p", { class: "quiet" }, "text", another).

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
export function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(key.slice("on".length), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}
