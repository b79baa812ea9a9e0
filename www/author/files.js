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
