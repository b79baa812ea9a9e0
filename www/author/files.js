// Files of rules: saved, opened and dropped. What comes in is only read here; received.js shows it before anything of it is in force.

import { byId } from "../element.js";
import { t } from "../wording/index.js";

/** A larger file is no file of rules; the form to hand over allows this much. */
const MOST = 16 << 20;

/** @param {{ name: string }} file */
const isRules = ({ name }) => /\.(?:rhai|cadans)$/i.test(name);

/**
 * A file of rules as it came.
 * @typedef {{ name: string, text: string }} Incoming
 */

/**
 * Watches for files of rules, chosen or dropped anywhere on the page. A drop in which there are leads is left to those who read leads.
 * @param {(files: Incoming[]) => void} came
 * @param {(sentence: string) => void} failed
 */
export function ruleFiles(came, failed) {
  const input = byId("rules-files", HTMLInputElement);

  /** @param {File[]} files */
  async function read(files) {
    for (const { name, size } of files) if (size > MOST) return failed(t("author.fileTooLarge", { file: name, n: MOST >> 20 }));
    try {
      came(await Promise.all(files.map(async (file) => ({ name: file.name, text: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()) }))));
    } catch {
      failed(t("author.unreadable", { file: files.map(({ name }) => name).join(", ") }));
    }
  }

  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length) void read(files);
  });
  // Before the listener for leads, which takes every file.
  addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length || !files.every(isRules)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    byId("drop", HTMLElement).hidden = true;
    void read(files);
  }, { capture: true });
}

/**
 * What of the file system access API is used, where a browser has it.
 * @typedef {{ createWritable: () => Promise<{ write: (text: string) => Promise<void>, close: () => Promise<void> }> }} Handle
 */

/**
 * Saves a text as a file: where the user says, else among the downloads.
 * @param {string} name
 * @param {string} text
 * @param {string} kind what such files are called
 * @returns {Promise<boolean>} whether it was saved; the user may have thought better of it
 */
export async function saveFile(name, text, kind) {
  const pick = /** @type {{ showSaveFilePicker?: (options: object) => Promise<Handle> }} */ (globalThis).showSaveFilePicker;
  if (pick) {
    try {
      const handle = await pick({ suggestedName: name, types: [{ description: kind, accept: { "text/plain": [name.slice(name.lastIndexOf("."))] } }] });
      const file = await handle.createWritable();
      await file.write(text);
      await file.close();
      return true;
    } catch (fault) {
      if (Object(fault).name === "AbortError") return false;
      // A browser may have it and yet forbid it, as in a frame.
    }
  }
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  [link.href, link.download] = [address, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
