// The packs: files in rules/, of which some are in force and one is in the editor.

import { byId, element } from "./element.js";
import { count, plain } from "./words.js";

/** @import { Instant, LayerChange } from "./lib/cadans.js" */
/** @import { FileInForce, LayerInForce } from "./lib/editing.js" */

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

/** @type {Record<FileInForce["state"], string>} */
const STATES = {
  accepted: "", changed: "not the file that was accepted: left out", "not-accepted": "not accepted yet: left out", missing: "not there",
};

/**
 * The pack chooser and the list of packs in force. Calls `chosen` with a file, `forced` with the files in force.
 * @param {(file: string) => void} chosen
 * @param {(files: string[]) => void} forced
 */
export function packs(chosen, forced) {
  const [select, list, summary] = [byId("pack", HTMLSelectElement), byId("force", HTMLElement), byId("force-count", HTMLElement)];
  const changed = byId("changes", HTMLElement);
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map();
  select.addEventListener("change", () => chosen(select.value));

  /** @param {Iterable<[folder: string, files: [file: string, text: string][]]>} folders */
  function choices(folders) {
    select.replaceChildren(...[...folders].map(([folder, inside]) =>
      element("optgroup", { label: folder }, inside.map(([file, text]) => element("option", { value: file }, nameOf(file, text))))));
  }

  return {
    /**
     * The packs that may be put in force.
     * @param {Map<string, string>} texts
     */
    offer(texts) {
      choices([...Map.groupBy(texts, ([file]) => (file.includes("/") ? title(file.slice(0, file.indexOf("/"))) : "Ways of working"))].reverse());
      boxes.clear();
      const labels = [...texts].map(([file, text]) => {
        const box = element("input", { type: "checkbox", value: file });
        box.addEventListener("change", () => forced([...boxes].filter(([, { checked }]) => checked).map(([one]) => one)));
        boxes.set(file, box);
        return element("label", {}, box, ` ${nameOf(file, text)}`);
      });
      list.replaceChildren(element("fieldset", {}, element("legend", { class: "quiet" }, "Choose the packs that decide together"), labels));
    },
    /**
     * The layers of a rulebook, which says itself what is in force.
     * @param {Map<string, string>} texts
     * @param {LayerInForce[]} layers
     */
    layers(texts, layers) {
      const called = (/** @type {LayerInForce} */ { kind, name }) => (kind === name ? title(kind) : `${title(kind)}: ${name}`);
      const known = (/** @type {LayerInForce} */ { files }) => files.filter(({ path }) => texts.has(path)).map(({ path }) => path);
      choices(layers.map((layer) => [called(layer), known(layer).map((file) => [file, texts.get(file) ?? ""])]));
      boxes.clear();
      list.replaceChildren(...layers.map((layer) => element("section", {}, element("h3", {}, called(layer)), element("ul", {}, layer.files.map((file) =>
        element("li", { class: file.state !== "accepted" && "error" }, nameOf(file.path, texts.get(file.path) ?? ""), STATES[file.state] && `: ${STATES[file.state]}`,
          file.notAccepted && element("small", {}, `not accepted of it: ${file.notAccepted.join(", ")}`)))))));
    },
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
    /**
     * Shows what packs change of one another: by whom, and why.
     * @param {LayerChange[]} changes
     */
    changes(changes) {
      changed.hidden = !changes.length;
      changed.replaceChildren(...changes.map(({ kind, statement, lever, by, rep, because }) => element("li", {},
        `${title(kind)} “${statement.name}” of ${statement.pack}: ${lever === undefined ? "switched off" : `lever ${lever}`} by ${by.pack}`,
        rep !== undefined && ` for the leads of ${rep}`, element("small", {}, because))));
    },
  };
}
