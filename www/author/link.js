// A link that carries rules: only what differs from the packs of the page, packed, in the part of the address that no server sees.

import { hunksBetween, withHunks } from "./hunks.js";

/** @import { SettingValue } from "../lib/cadans.js" */
/** @import { Hunk } from "./hunks.js" */
/** @import { Changes } from "./rules.js" */

/** The version of what a link holds. */
const FORM = 1;
/** The version of the rule language, as a file to hand over has it. */
export const RULE_LANGUAGE = 1;
/** A longer link is cut by some mail and chat programs; such rules are handed over as a file. */
export const LONGEST = 16_000;
/** Bytes that a link may unpack to. */
const MOST = 1 << 20;
const FILE = /^[\w .-]{1,100}(?:\/[\w .-]{1,100}){0,4}\.rhai$/;

/** Why a link cannot be used: the name of a text in the table of this area. */
export class BadLink extends Error {
  /** @param {"linkDamaged" | "linkNewer" | "linkTooLarge" | "linkPackChanged"} reason @param {string} [file] */
  constructor(reason, file = "") {
    super(reason);
    this.reason = reason;
    this.file = file;
  }
}

/**
 * @param {Changes} changes
 * @param {Map<string, string>} shipped
 * @returns {Promise<string>} letters, digits, "-" and "_"
 */
export async function pack({ edits, own, settings, force }, shipped) {
  const differs = Object.fromEntries(Object.entries(edits).map(([file, text]) => [file, hunksBetween(shipped.get(file) ?? own[file] ?? "", text)]));
  const bytes = await through(new TextEncoder().encode(JSON.stringify({ form: FORM, language: RULE_LANGUAGE, edits: differs, own, settings, force })), new CompressionStream("deflate-raw"), Infinity);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {string} packed
 * @param {Map<string, string>} shipped
 * @returns {Promise<Changes>} rejects with a `BadLink`
 */
export async function unpack(packed, shipped) {
  if (packed.length > 4 * LONGEST) throw new BadLink("linkTooLarge");
  let said;
  try {
    const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    said = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await through(bytes, new DecompressionStream("deflate-raw"), MOST)));
  } catch (fault) {
    throw fault instanceof BadLink ? fault : new BadLink("linkDamaged");
  }
  const { form, language, edits = {}, own = {}, settings = {}, force } = Object(said);
  if (!Number.isInteger(form) || !Number.isInteger(language)) throw new BadLink("linkDamaged");
  if (form > FORM || language > RULE_LANGUAGE) throw new BadLink("linkNewer");
  const packs = Object.fromEntries(named(own).map(([file, text]) => [file, isText(text)]));
  return {
    own: packs,
    edits: Object.fromEntries(named(edits).map(([file, hunks]) => [file, edited(file, shipped.get(file) ?? packs[file], hunks)])),
    settings: Object.fromEntries(Object.entries(Object(settings)).filter(isSetting)),
    ...(Array.isArray(force) && { force: force.filter((file) => typeof file === "string" && FILE.test(file)) }),
  };
}

/** @param {unknown} files */
function named(files) {
  const all = Object.entries(Object(files));
  if (all.length > 200 || all.some(([file]) => !FILE.test(file))) throw new BadLink("linkDamaged");
  return all;
}

/** @param {unknown} text */
function isText(text) {
  if (typeof text !== "string") throw new BadLink("linkDamaged");
  return text;
}

/** @param {[string, unknown]} entry @returns {entry is [string, SettingValue]} */
const isSetting = (entry) => entry[0].length < 300 && ["number", "boolean", "string"].includes(typeof entry[1]);

/** @param {unknown} hunk @returns {hunk is Hunk} */
const isHunk = (hunk) => Array.isArray(hunk) && Number.isInteger(hunk[0]) && isLines(hunk[1]) && isLines(hunk[2]);

/** @param {unknown} lines @returns {lines is string[]} */
const isLines = (lines) => Array.isArray(lines) && lines.every((line) => typeof line === "string");

/**
 * @param {string} file
 * @param {string | undefined} text
 * @param {unknown} hunks
 */
function edited(file, text, hunks) {
  if (!Array.isArray(hunks) || hunks.length > 2_000 || !hunks.every(isHunk)) throw new BadLink("linkDamaged");
  const result = text === undefined ? undefined : withHunks(text, hunks);
  if (result === undefined) throw new BadLink("linkPackChanged", file);
  return result;
}

/**
 * Bytes through a stream that packs or unpacks, up to a number of them: a few bytes can unpack to very many.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 * @param {number} most
 */
async function through(bytes, stream, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let size = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value?.length ?? 0;
    if (size > most) {
      void reader.cancel();
      throw new BadLink("linkTooLarge");
    }
    if (value) parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
