// The side of the worker: makes handles, calls the API, and answers each message in turn.

import { CadansError, refuse } from "../errors.js";

/**
 * An argument: a handle by its number, leads as bytes (a Blob until they are sent), or any other value.
 * @typedef {{ handle: number } | { bytes: ArrayBuffer } | { blob: Blob } | { value: unknown }} Argument
 */

/**
 * A call as it is sent: of a function (`name`), of a method or property of a handle (`on`), of what makes a handle (`make`: its number), or of a method of
 * something that is made for this call alone (`of` its class, `with` what it is made from).
 * @typedef {{ id: number, name: string, args: Argument[], on?: number, make?: number, of?: string, with?: Argument[], get?: boolean, progress?: boolean }} Call
 */

/**
 * The other end of a worker: how a message is posted, with what is transferred.
 * @typedef {(message: unknown, transfer: ArrayBuffer[]) => void} Post
 */

/**
 * @param {any} api the functions and classes of cadans.js or editing.js
 * @param {Post} post
 * @returns {(call: Call) => void} what takes in the messages
 */
export function serving(api, post) {
  /** @type {Map<number, any>} */
  const handles = new Map();
  let before = Promise.resolve();

  /** @param {number} number */
  function made(number) {
    if (handles.has(number)) return handles.get(number);
    throw refuse("not-made", "This handle could not be made", "See why its `ready` was rejected");
  }

  /** @param {Argument} argument */
  function given(argument) {
    if ("handle" in argument) return made(argument.handle);
    return "bytes" in argument ? new Uint8Array(argument.bytes) : /** @type {{ value: any }} */ (argument).value;
  }

  /** @param {Call} call */
  async function answer({ id, name, args, on, make, of, with: parts = [], get, progress }) {
    const values = args.map(given);
    if (progress) values[4] = (/** @type {number} */ done, /** @type {number} */ all) => post({ id, progress: [done, all] }, []);
    if (make !== undefined) {
      const [kind, how] = name.split(".");
      handles.set(make, how ? api[kind ?? ""][how](...values) : new api[name](...values));
      return undefined;
    }
    if (of !== undefined) return new api[of](...parts.map(given))[name](...values);
    if (on === undefined) return api[name](...values);
    const handle = made(on);
    if (name === "free") handles.delete(on);
    const value = get ? handle[name] : handle[name](...values);
    return value === handle ? undefined : value; // of a method that gives the handle itself
  }

  /** @param {Call} call */
  async function reply(call) {
    try {
      const value = own(await answer(call));
      post({ id: call.id, value }, buffers(value));
    } catch (error) {
      const { code, message, help } = /** @type {CadansError} */ (Object(error));
      const told = error instanceof CadansError ? { code, message, help } : { code: "trap", message: String(error), help: "Report this: it is a bug of Cadans" };
      post({ id: call.id, error: told }, []);
    }
  }

  return (call) => {
    before = before.then(() => reply(call));
  };
}

/**
 * An answer with lists that are its own: those that lie in the memory of the module are copied.
 * @param {any} value
 * @returns {any}
 */
function own(value) {
  if (ArrayBuffer.isView(value)) return value.byteLength === value.buffer.byteLength ? value : /** @type {Uint8Array} */ (value).slice();
  const hasLists = typeof value === "object" && value !== null && value.held instanceof Uint32Array;
  return hasLists ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, own(part)])) : value;
}

/**
 * What of an answer is handed over and not copied.
 * @param {any} value
 * @returns {ArrayBuffer[]}
 */
function buffers(value) {
  if (ArrayBuffer.isView(value)) return [/** @type {ArrayBuffer} */ (value.buffer)];
  return typeof value === "object" && value?.held instanceof Uint32Array ? Object.values(value).flatMap(buffers) : [];
}
