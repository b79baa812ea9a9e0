// A rulebook of one's own: the folder in which a rulebook.toml lies, with the rule files and settings files that it names.

import { byId } from "../element.js";
import { t } from "../wording/index.js";

/** @import { PackFile } from "../lib/cadans.js" */

/**
 * A rulebook.toml with the files beside it and below, each by its path from there.
 * @typedef {{ name: string, manifest: string, files: PackFile[] }} Opened
 */

const MANIFEST = "rulebook.toml";

/**
 * Watches for a folder. Calls `opened` with what is in it; `failed` with a sentence.
 * @param {(opened: Opened) => void} opened
 * @param {(sentence: string) => void} failed
 */
export function rulebook(opened, failed) {
  const input = byId("rulebook-files", HTMLInputElement);

  /** @param {File[]} files */
  async function read(files) {
    const path = (/** @type {File} */ file) => file.webkitRelativePath || file.name;
    // The one nearest to the folder that was chosen.
    const [manifest] = files.filter(({ name }) => name === MANIFEST).sort((one, other) => path(one).length - path(other).length);
    if (!manifest) return failed(t("author.noManifest"));
    const folder = path(manifest).slice(0, -MANIFEST.length);
    const beside = files.filter((file) => path(file).startsWith(folder) && /\.(rhai|toml)$/.test(file.name) && file !== manifest);
    try {
      const texts = await Promise.all(beside.map(async (file) => ({ file: path(file).slice(folder.length), text: await file.text() })));
      opened({ name: folder.replace(/\/$/, "") || MANIFEST, manifest: await manifest.text(), files: texts });
    } catch {
      failed(t("author.unreadable", { file: MANIFEST }));
    }
  }

  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length) read(files);
  });
}
