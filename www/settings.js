// The settings of the packs in force: a slider for each number and length of time that has a range, a field or box for any other.

import { byId, element } from "./element.js";
import { count } from "./words.js";

/** @import { SettingInForce, SettingValue } from "./lib/cadans.js" */

/**
 * Values that were chosen, by "Name of the pack/name".
 * @typedef {Record<string, SettingValue>} Chosen
 */

/**
 * A length of time such as "4.hours" in its number and unit.
 * @param {SettingValue} value
 */
function length(value) {
  const [, number, unit] = (typeof value === "string" && /^(\d+)\.(\w+)$/.exec(value)) || [];
  return number !== undefined && unit !== undefined ? { number: Number(number), unit } : undefined;
}

/** "4.working_hours" as "4 working hours". @param {SettingValue} value */
const told = (value) => String(value).replace(/[._]/g, " ");

/**
 * What a slider moves over: its ends and step, how its number is told, and the value that it stands for. `undefined` for a setting without a range, and
 * for one whose ends are not in the unit of its value.
 * @param {SettingInForce} setting
 * @returns {{ min: number, max: number, step: number, at: number, say: (number: number) => string, value: (number: number) => SettingValue } | undefined}
 */
function scale({ value, range, unit, written }) {
  if (unit === "percent") {
    const [min, max] = range ? [Number(range.from), Number(range.to)] : [0, 1];
    return { min, max, step: 0.01, at: Number(value), say: (number) => `${Math.round(number * 100)} %`, value: (number) => number };
  }
  if (!range) return undefined;
  if (typeof value === "number" && typeof range.from === "number" && typeof range.to === "number") {
    // A number with decimals moves in as many as its pack writes.
    const decimals = String(written).split(".")[1]?.length ?? 0;
    return { min: range.from, max: range.to, step: 10 ** -decimals, at: value, say: (number) => number.toLocaleString("en"), value: (number) => number };
  }
  const [low, high, now] = [length(range.from), length(range.to), length(value)];
  if (!low || !high || !now) return undefined;
  // "1.day" and "14.days" are one unit.
  const units = [low, high, now].map(({ unit: word }) => word.replace(/s$/, ""));
  if (new Set(units).size > 1) return undefined;
  const word = `${units[0]}s`;
  const say = (/** @type {number} */ number) => `${number} ${number === 1 ? units[0] : word}`.replaceAll("_", " ");
  return { min: low.number, max: high.number, step: 1, at: now.number, say, value: (number) => `${number}.${word}` };
}

/**
 * A value as it is typed in a field, as the type of the setting.
 * @param {string} text
 * @param {SettingValue} written
 * @returns {SettingValue | undefined} `undefined` for a text that is no number where one is meant
 */
function typed(text, written) {
  if (typeof written !== "number") return text;
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
}

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
    summary.textContent = moved ? `Settings, ${moved} changed` : "Settings";
  };

  /** @param {SettingInForce} setting @param {number} nth */
  function row(setting, nth) {
    const { name, value, written, because, unit } = setting;
    const id = `setting-${nth}`;
    const output = element("output", { for: id });
    const back = element("button", { type: "button", class: "link", onclick: () => { choose(setting, written); shown = ""; } }, `Back to ${told(written)}`);
    const mark = () => { back.hidden = chosen[`${setting.pack}/${name}`] === undefined; };
    const moves = scale(setting);
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
        element("fieldset", {}, element("legend", {}, pack, element("small", {}, count(inside.length, "setting"))), element("ul", {}, inside.map((one) => row(one, nth++))))));
    },
  };
}
