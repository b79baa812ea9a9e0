// What the page shows, kept in the address after the #: reload, back, and a link to a colleague all give the same view.
//
// Leads are never put there. Rules that were changed are: packed, so that a link carries them.

/** @import { Instant, SettingValue } from "./lib/cadans.js" */

/**
 * What the user chose; `undefined` where the page chooses.
 * @typedef {object} View
 * @property {string | undefined} pack the file in the editor
 * @property {string[] | undefined} force the files in force
 * @property {Instant | undefined} now
 * @property {string | undefined} lead the id of the lead that is explained
 * @property {string | undefined} show the group of the queue on the screen
 * @property {Record<string, string>} edits the text of each pack that was changed, by its file
 * @property {Record<string, SettingValue>} settings the settings that were changed, by "Name of the pack/name"
 */

/**
 * Reads the address. Anything missing or unreadable is simply absent.
 * @returns {Promise<View>}
 */
export async function read() {
  const words = new URLSearchParams(location.hash.slice(1));
  /** @type {View["edits"]} */
  const edits = {};
  /** @type {View["settings"]} */
  const settings = {};
  for (const [key, value] of words) {
    if (key.startsWith("set:")) settings[key.slice("set:".length)] = setting(value);
    if (!key.startsWith("edit:")) continue;
    const text = await unpack(value).catch(() => undefined);
    if (text !== undefined) edits[key.slice("edit:".length)] = text;
  }
  return {
    pack: words.get("pack") ?? undefined,
    force: words.get("force")?.split(",").filter(Boolean),
    now: words.get("now") ?? undefined,
    lead: words.get("lead") ?? undefined,
    show: words.get("show") ?? undefined,
    edits,
    settings,
  };
}

/**
 * The value of a setting, which the address has as JSON; what is none is a text.
 * @param {string} written
 * @returns {SettingValue}
 */
function setting(written) {
  try {
    const value = JSON.parse(written);
    return ["number", "boolean", "string"].includes(typeof value) ? value : written;
  } catch {
    return written;
  }
}

let newest = 0;

/**
 * Writes the address, without adding a step to the browser's history for every key typed.
 * @param {View} view
 */
export async function write({ pack, force, now, lead, show, edits, settings }) {
  const mine = ++newest;
  const words = new URLSearchParams();
  /**
   * @param {string} key
   * @param {string | undefined} value
   */
  const set = (key, value) => { if (value !== undefined) words.set(key, value); };
  set("pack", pack);
  set("force", force?.join(","));
  set("now", now);
  set("lead", lead);
  set("show", show);
  for (const [name, value] of Object.entries(settings)) words.set(`set:${name}`, JSON.stringify(value));
  for (const [file, text] of Object.entries(edits)) words.set(`edit:${file}`, await pack64(text));
  if (mine === newest) history.replaceState(null, "", `#${words}`);
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 */
async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

/** @param {string} text */
async function pack64(text) {
  const packed = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} packed */
async function unpack(packed) {
  const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
}
