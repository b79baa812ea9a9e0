// What is refused before the module is asked: values that are no handles of it, and handles that were freed.

/** @import { CadansError } from "./cadans.js" */

/**
 * @param {string} code
 * @param {string} message
 * @param {string} help
 * @returns {CadansError}
 */
export function refuse(code, message, help) {
  return Object.assign(new Error(message), { name: /** @type {const} */ ("CadansError"), code, help });
}

/**
 * `value`, when it is a handle of this class that was not freed.
 * @template {object} Handle
 * @param {Handle & { __wbg_ptr?: number }} value
 * @param {{ new (...values: never[]): Handle, name: string }} kind
 * @param {string} code
 * @returns {Handle}
 */
export function handle(value, kind, code) {
  if (!(value instanceof kind)) throw refuse(code, `This is not a ${kind.name}`, `Make one with new ${kind.name}(…)`);
  if (value.__wbg_ptr === 0) throw refuse("freed", `This ${kind.name} was freed`, "Make a new one");
  return value;
}
