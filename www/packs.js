// The packs: files in rules/, of which some are in force and one is in the editor.

import { byId, element } from "./element.js";
import { count, plain } from "./words.js";

/** @import { Instant } from "./lib/cadans.js" */

/**
 * "contact-policy/nl.rhai" as "Contact policy: nl".
 * @param {string} file
 */
function title(file) {
  const words = file.replace(/\.rhai$/, "").split("/").map(plain).join(": ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * What a pack calls itself, else what its file is called.
 * @param {string} file
 * @param {string} text
 */
const nameOf = (file, text) => /^\s*pack\s+"([^"]+)"/m.exec(text)?.[1] ?? title(file);

/** Reads the packs that come with the page, which are in force, and the morning that the sample leads are about. */
export async function load() {
  /** @param {string} path */
  const get = async (path) => {
    const answer = await fetch(new URL(`rules/${path}`, import.meta.url));
    if (!answer.ok) throw new Error(`rules/${path} is missing`);
    return answer;
  };
  /** @type {{ packs: string[], inForce: string[], now: Instant }} */
  const { packs, inForce, now } = await (await get("index.json")).json();
  const texts = await Promise.all(packs.map(async (file) => /** @type {const} */ ([file, await (await get(file)).text()])));
  return { texts: new Map(texts), inForce, now };
}

/**
 * The pack chooser and the list of packs in force. Calls `chosen` with a file, `forced` with the files in force.
 * @param {Map<string, string>} texts
 * @param {(file: string) => void} chosen
 * @param {(files: string[]) => void} forced
 */
export function packs(texts, chosen, forced) {
  const [select, fieldset, summary] = [byId("pack", HTMLSelectElement), byId("force", HTMLFieldSetElement), byId("force-count", HTMLElement)];
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map();
  const folders = Map.groupBy(texts, ([file]) => (file.includes("/") ? title(file.slice(0, file.indexOf("/"))) : "Ways of working"));
  for (const [folder, inside] of [...folders].reverse()) {
    select.append(element("optgroup", { label: folder }, inside.map(([file, text]) => element("option", { value: file }, nameOf(file, text)))));
  }
  for (const [file, text] of texts) {
    const box = element("input", { type: "checkbox", value: file });
    box.addEventListener("change", () => forced([...boxes].filter(([, { checked }]) => checked).map(([one]) => one)));
    boxes.set(file, box);
    fieldset.append(element("label", {}, box, ` ${nameOf(file, text)}`));
  }
  select.addEventListener("change", () => chosen(select.value));
  return {
    /**
     * Shows which pack is in the editor, which are in force, and which of these have errors.
     * @param {string} file
     * @param {string[]} force
     * @param {Set<string>} faulty
     */
    show(file, force, faulty) {
      select.value = file;
      for (const [one, box] of boxes) {
        box.checked = force.includes(one);
        box.parentElement?.classList.toggle("error", faulty.has(one));
      }
      const errors = faulty.size ? `, ${count(faulty.size, "pack")} with errors` : "";
      summary.textContent = `${count(force.length, "pack")} in force${errors}`;
    },
  };
}
