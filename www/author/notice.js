// Notices above the rules: one sentence and what can be done about it. Each stays until something is chosen.

import { byId, element } from "../element.js";
import { t } from "../wording/index.js";

/**
 * @param {string} name of the kind of notice; another of this kind takes its place
 * @param {string} words
 * @param {[label: string, act: () => void][]} [choices]
 */
export function notice(name, words, choices = []) {
  const all = byId("notices", HTMLElement);
  const drop = () => made.remove();
  const made = element("div", { class: "notice", "data-kind": name }, element("p", {}, words),
    element("p", { class: "choices" }, [...choices, /** @type {[string, () => void]} */ ([t("author.close"), () => {}])].map(([label, act]) =>
      element("button", { type: "button", onclick: () => { drop(); act(); } }, label))));
  unnotice(name);
  all.append(made);
}

/** Takes away the notice of this kind, if there is one. @param {string} name */
export function unnotice(name) {
  for (const one of byId("notices", HTMLElement).children) if (/** @type {HTMLElement} */ (one).dataset.kind === name) one.remove();
}
