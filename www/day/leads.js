// Leads from a file: chosen, or dropped anywhere on the page. What the engine refuses is listed.

import { byId, element } from "../element.js";
import { t } from "../wording/index.js";

/** @import { Refusal } from "../lib/cadans.js" */

const SHOWN = 50;

/**
 * Watches for files. Calls `came` with those that can be read; `failed` with a sentence.
 * @param {(files: File[]) => void} came
 * @param {(sentence: string) => void} failed
 */
export function leads(came, failed) {
  const [input, drop] = [byId("leads-file", HTMLInputElement), byId("drop", HTMLElement)];

  /** @param {File[]} files */
  async function read(files) {
    if (!files.length) return;
    try {
      await Promise.all(files.map((file) => file.slice(0, 1).arrayBuffer())); // whether they can be read
      came(files);
    } catch {
      failed(t("leads.unreadable", { file: files.map(({ name }) => name).join(", ") }));
    }
  }

  input.addEventListener("change", () => { void read([...(input.files ?? [])]); input.value = ""; });
  /** @param {DragEvent} event */
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => { if (carriesFiles(event)) drop.hidden = false; });
  addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.hidden = true; });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.hidden = true;
    void read([...(event.dataTransfer?.files ?? [])]);
  });
}

/**
 * Shows what was left out of a file, or nothing. `kept` is how many leads it gave.
 * @param {Refusal[]} refused
 * @param {number} kept
 */
export function refusals(refused, kept) {
  const box = byId("refused", HTMLElement);
  box.hidden = !refused.length;
  if (!refused.length) return;
  const rows = refused.slice(0, SHOWN).map(({ lead, path, reason, line }) =>
    element("li", {}, element("strong", {}, lead ?? (line ? t("leads.line", { line }) : t("leads.theFile"))), ": ", path && element("code", {}, path), path && ": ", reason));
  const rest = refused.length - rows.length;
  box.replaceChildren(element("details", { open: kept === 0 || refused.length <= 5 },
    element("summary", {}, t("leads.refusedSome", { n: refused.length, kept: kept ? t("leads.can", { n: kept }) : t("leads.noneCan") })),
    element("ul", {}, rows), rest > 0 && element("p", {}, t("leads.more", { n: rest }))));
}
