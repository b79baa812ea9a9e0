// The choice of a language in the header.

import { byId, element } from "./element.js";
import { language, onLanguage, setLanguage, translate } from "./wording/index.js";

/** @import { Language } from "./wording/index.js" */

/** Each language by its own name. @type {[Language, name: string, short: string][]} */
const LANGUAGES = [["en", "English", "EN"], ["nl", "Nederlands", "NL"]];

/** Shows the choice, and puts the static texts into the language. */
export function languages() {
  const box = byId("languages", HTMLFieldSetElement);
  const radios = LANGUAGES.map(([tag, name, short]) => {
    const radio = element("input", { type: "radio", name: "language", value: tag, "aria-label": name, lang: tag });
    radio.addEventListener("change", () => setLanguage(tag));
    box.append(element("label", { title: name }, radio, element("span", { "aria-hidden": "true" }, short)));
    return radio;
  });
  const show = () => { for (const radio of radios) radio.checked = radio.value === language(); };
  translate();
  show();
  onLanguage(show);
}
