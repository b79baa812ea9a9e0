// The packs: which there are to choose from, which are in force, and what is no longer guarded when a contact policy is switched off.

import { byId, element } from "../element.js";
import { t } from "../wording/index.js";
import { plain } from "../words.js";
import { isPolicy } from "./rules.js";

/** @import { Instant, LayerChange } from "../lib/cadans.js" */
/** @import { FileInForce, LayerInForce } from "../lib/editing.js" */

/** Reasons of a policy that is off, before "and more". */
const MOST = 6;

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
export const nameOf = (file, text) => /^\s*pack\s+"([^"]+)"/m.exec(text)?.[1] ?? title(file);

/** The comment at the top of a pack: what it is for. @param {string} text */
const about = (text) => (/^(?:\s*\/\/[^\n]*\n)+/.exec(text)?.[0] ?? "").split("\n").map((line) => line.replace(/^\s*\/\/\s?/, "")).join(" ").trim().split(/(?<=\.)\s/)[0] ?? "";

/** Reads the packs that come with the page, which are in force, and the morning that the sample leads are about. */
export async function load() {
  /** @param {string} path */
  const get = async (path) => {
    const answer = await fetch(new URL(`../rules/${path}`, import.meta.url));
    if (!answer.ok) throw new Error(`rules/${path} is missing`);
    return answer;
  };
  /** @type {{ packs: string[], inForce: string[], now: Instant }} */
  const { packs, inForce, now } = await (await get("index.json")).json();
  const texts = await Promise.all(packs.map(async (file) => /** @type {const} */ ([file, await (await get(file)).text()])));
  return { texts: new Map(texts), inForce, now };
}

/** @param {FileInForce["state"]} state */
const stateWords = (state) => (state === "accepted" ? "" : t(state === "changed" ? "author.fileChanged" : state === "missing" ? "author.fileMissing" : "author.fileNotAccepted"));

/**
 * The pack chooser, the gallery and the list of packs in force. Calls `chosen` with a file, `forced` with the files in force.
 * @param {(file: string) => void} chosen
 * @param {(files: string[]) => void} forced
 */
export function packs(chosen, forced) {
  const [select, gallery, list] = [byId("pack", HTMLSelectElement), byId("gallery", HTMLElement), byId("force", HTMLElement)];
  const [summary, changed, warning] = [byId("force-count", HTMLElement), byId("changes", HTMLElement), byId("policy-off", HTMLElement)];
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
      choices([...Map.groupBy(texts, ([file]) => (isPolicy(file) ? t("author.policies") : t("author.ways")))].reverse());
      boxes.clear();
      const labels = [...texts].map(([file, text]) => {
        const box = element("input", { type: "checkbox", value: file });
        box.addEventListener("change", () => forced([...boxes].filter(([, { checked }]) => checked).map(([one]) => one)));
        boxes.set(file, box);
        return element("label", {}, box, ` ${nameOf(file, text)}`);
      });
      list.replaceChildren(element("fieldset", {}, element("legend", { class: "quiet" }, t("author.together")), labels));
      gallery.replaceChildren(...[...texts].filter(([file]) => !isPolicy(file)).map(([file, text]) => element("li", { "data-file": file },
        element("button", { type: "button", class: "link", onclick: () => chosen(file) }, nameOf(file, text)), element("small", {}, about(text)))));
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
      gallery.replaceChildren();
      list.replaceChildren(...layers.map((layer) => element("section", {}, element("h3", {}, called(layer)), element("ul", {}, layer.files.map((file) =>
        element("li", { class: file.state !== "accepted" && "error" }, nameOf(file.path, texts.get(file.path) ?? ""), stateWords(file.state) && `: ${stateWords(file.state)}`,
          file.notAccepted && element("small", {}, t("author.notAccepted", { rules: file.notAccepted.join(", ") }))))))));
    },
    /**
     * Shows which pack is in the editor, which are in force, which of these have errors, and warns of policies that were switched off.
     * @param {string} file
     * @param {string[]} force
     * @param {Set<string>} faulty
     * @param {{ file: string, text: string }[]} off
     */
    show(file, force, faulty, off) {
      select.value = file;
      for (const [one, box] of boxes) {
        box.checked = force.includes(one);
        box.parentElement?.classList.toggle("error", faulty.has(one));
      }
      for (const item of gallery.children) {
        if (/** @type {HTMLElement} */ (item).dataset.file === file) item.setAttribute("aria-current", "true");
        else item.removeAttribute("aria-current");
      }
      summary.textContent = [t("author.inForce", { n: force.length }), faulty.size ? t("author.withErrors", { n: faulty.size }) : ""].filter(Boolean).join(", ");
      const guards = off.filter((one) => isPolicy(one.file));
      const now = guards.map((one) => one.file).join(" ");
      warning.hidden = !guards.length;
      if (warning.dataset.files === `${now} ${select.lang}`) return;
      warning.dataset.files = `${now} ${select.lang}`;
      warning.replaceChildren(...guards.map(({ file: of, text }) => {
        const reasons = [...text.matchAll(/^(?:never|limit|reachable|pause|holidays)\b[^;]*?because\s+"((?:[^"\\]|\\.|"")*)"/gm)].map(([, reason = ""]) => reason.replaceAll('""', '"'));
        return element("div", {}, element("p", {}, t("author.policyOff", { pack: nameOf(of, text) })),
          element("ul", {}, reasons.slice(0, MOST).map((reason) => element("li", {}, reason)),
            reasons.length > MOST && element("li", {}, t("author.andMore", { n: reasons.length - MOST }))));
      }));
    },
    /**
     * Shows what packs change of one another: by whom, and why.
     * @param {LayerChange[]} changes
     */
    changes(changes) {
      changed.hidden = !changes.length;
      changed.replaceChildren(...changes.map(({ kind, statement, lever, by, rep, because }) => element("li", {},
        t(lever === undefined ? "author.switchedOffBy" : "author.leverBy", { what: title(kind), name: statement.name, pack: statement.pack, lever: String(lever), by: by.pack }),
        rep !== undefined && ` ${t("author.forLeadsOf", { rep })}`, element("small", {}, because))));
    },
  };
}
