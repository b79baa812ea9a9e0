// The settings of the packs in force: a slider for each number and length of time that has a range, a field or box for any other.

import { byId, element } from "../element.js";
import { scale, told, typed } from "../lib/elements/setting.js";
import { number as inWords, t } from "../wording/index.js";

/** @import { SettingInForce, SettingValue } from "../lib/cadans.js" */

/**
 * Values that were chosen, by "Name of the pack/name".
 * @typedef {Record<string, SettingValue>} Chosen
 */

/** A length of time in words: "4 working hours". @param {number} n @param {string} unit as the rules write it, one or more */
const lengthWords = (n, unit) => t(/** @type {import("../wording/index.js").Key} */ (`author.unit_${unit.replace(/s$/, "")}`), { n });

/**
 * The list of settings. Calls `changed` with all values that differ from those of the packs, whenever the user chooses one.
 * @param {(chosen: Chosen) => void} changed
 */
export function settings(changed) {
  const [box, summary, list] = [byId("settings", HTMLDetailsElement), byId("settings-count", HTMLElement), byId("settings-list", HTMLElement)];
  /** @type {Chosen} */
  let chosen = {};
  /** The settings on the screen, so that a slider is not replaced under the hand that moves it. */
  let shown = "";

  /** @param {SettingInForce} setting @param {SettingValue | undefined} value */
  function choose({ pack, name, written }, value) {
    const key = `${pack}/${name}`;
    const { [key]: _, ...others } = chosen;
    chosen = value === undefined || value === written ? others : { ...others, [key]: value };
    changed(chosen);
    tell();
  }

  const tell = () => {
    const moved = Object.keys(chosen).length;
    summary.textContent = moved ? t("author.settingsChanged", { n: moved }) : t("author.settings");
  };

  /** @param {SettingInForce} setting @param {number} nth */
  function row(setting, nth) {
    const { name, value, written, because, unit } = setting;
    const id = `setting-${nth}`;
    const output = element("output", { for: id });
    const back = element("button", { type: "button", class: "link", onclick: () => { choose(setting, written); shown = ""; } }, t("author.backTo", { value: told(written, lengthWords) }));
    const mark = () => { back.hidden = chosen[`${setting.pack}/${name}`] === undefined; };
    const moves = scale(setting, { figure: inWords, length: lengthWords });
    let control;
    if (moves) {
      const { min, max, step, at, say, value: of } = moves;
      output.textContent = say(at);
      const slider = element("input", { id, type: "range", min: `${min}`, max: `${max}`, step: `${step}`, value: `${at}`, "aria-valuetext": say(at) });
      slider.addEventListener("input", () => {
        output.textContent = say(slider.valueAsNumber);
        slider.setAttribute("aria-valuetext", say(slider.valueAsNumber));
        choose(setting, of(slider.valueAsNumber));
        mark();
      });
      control = slider;
    } else if (typeof written === "boolean") {
      const box = element("input", { id, type: "checkbox", checked: value === true });
      box.addEventListener("change", () => { choose(setting, box.checked); mark(); });
      control = box;
    } else if (Array.isArray(written)) {
      control = element("output", { id }, String(value));
    } else {
      const field = element("input", { id, type: typeof written === "number" ? "number" : "text", step: "any", value: String(value) });
      field.addEventListener("change", () => { choose(setting, typed(field.value, written)); mark(); });
      control = field;
    }
    mark();
    const what = because ?? unit;
    return element("li", {}, element("label", { for: id }, name.replaceAll("_", " ")), output, control, element("small", {}, what, " ", back));
  }

  return {
    /**
     * The values that are chosen from now on, as an address or another rulebook has them.
     * @param {Chosen} values
     */
    set(values) { chosen = values; shown = ""; },
    /**
     * Shows the settings of the packs in force.
     * @param {SettingInForce[]} inForce
     */
    show(inForce) {
      // Values for the leads of one rep are set in the layer of that rep.
      const all = inForce.filter(({ rep }) => rep === undefined);
      box.hidden = !all.length;
      tell();
      const now = JSON.stringify(all.map(({ value: _, span: __, ...rest }) => rest));
      if (now === shown) return;
      shown = now;
      let nth = 0;
      list.replaceChildren(...[...Map.groupBy(all, ({ pack }) => pack)].map(([pack, inside]) =>
        element("fieldset", {}, element("legend", {}, pack, element("small", {}, t("author.settingsOf", { n: inside.length }))), element("ul", {}, inside.map((one) => row(one, nth++))))));
    },
  };
}
