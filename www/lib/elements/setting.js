// A setting as a control: what a slider moves over, and what a text that was typed stands for.

import { make } from "./make.js";

/** @import { SettingInForce, SettingValue } from "../cadans.js" */
/** @import { Words } from "./words.js" */

/**
 * A length of time such as "4.hours" in its number and unit.
 * @param {SettingValue} value
 */
function length(value) {
  const [, number, unit] = (typeof value === "string" && /^(\d+)\.(\w+)$/.exec(value)) || [];
  return number !== undefined && unit !== undefined ? { number: Number(number), unit } : undefined;
}

/** A length of time as the rules write it: "4 working hours". @param {number} number @param {string} unit */
const inRules = (number, unit) => `${number} ${(number === 1 ? unit.replace(/s$/, "") : unit).replaceAll("_", " ")}`;

/**
 * "4.working_hours" as "4 working hours"; any other value as it is.
 * @param {SettingValue} value
 * @param {typeof inRules} [lengthWords] how a length of time is told
 */
export function told(value, lengthWords = inRules) {
  const found = length(value);
  return found ? lengthWords(found.number, found.unit) : String(value);
}

/**
 * What a slider moves over: its ends and step, how its number is told, and the value that it stands for. `undefined` for a setting without a range, and
 * for one whose ends are not in the unit of its value.
 * @param {SettingInForce} setting
 * @param {{ figure?: (number: number) => string, length?: typeof inRules }} [words] how a number and a length of time are told
 * @returns {{ min: number, max: number, step: number, at: number, say: (number: number) => string, value: (number: number) => SettingValue } | undefined}
 */
export function scale({ value, range, unit, written }, { figure = String, length: lengthWords = inRules } = {}) {
  if (unit === "percent") {
    const [min, max] = range ? [Number(range.from), Number(range.to)] : [0, 1];
    return { min, max, step: 0.01, at: Number(value), say: (number) => `${Math.round(number * 100)} %`, value: (number) => number };
  }
  if (!range) return undefined;
  if (typeof value === "number" && typeof range.from === "number" && typeof range.to === "number") {
    // A number with decimals moves in as many as its pack writes.
    const decimals = String(written).split(".")[1]?.length ?? 0;
    return { min: range.from, max: range.to, step: 10 ** -decimals, at: value, say: figure, value: (number) => number };
  }
  const [low, high, now] = [length(range.from), length(range.to), length(value)];
  if (!low || !high || !now) return undefined;
  // "1.day" and "14.days" are one unit.
  const units = [low, high, now].map(({ unit: word }) => word.replace(/s$/, ""));
  if (new Set(units).size > 1) return undefined;
  const word = `${units[0]}s`;
  const say = (/** @type {number} */ number) => lengthWords(number, word);
  return { min: low.number, max: high.number, step: 1, at: now.number, say, value: (number) => `${number}.${word}` };
}

/**
 * A value as it is typed in a field, as the type of the setting.
 * @param {string} text
 * @param {SettingValue} written
 * @returns {SettingValue | undefined} `undefined` for a text that is no number where one is meant
 */
export function typed(text, written) {
  if (typeof written !== "number") return text;
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
}

/**
 * The row of a setting. Calls `choose` with a value, or with undefined for that of the pack.
 * @param {SettingInForce} setting
 * @param {string} id
 * @param {Words} words
 * @param {(value: SettingValue | undefined) => void} choose
 */
export function settingRow(setting, id, words, choose) {
  const { name, value, written, because, unit } = setting;
  const output = make("output", { for: id });
  const back = make("button", { type: "button", class: "link", onclick: () => choose(undefined) }, words.RULES.back(told(written)));
  const mark = (/** @type {SettingValue | undefined} */ now) => { back.hidden = now === undefined || String(now) === String(written); };
  const take = (/** @type {SettingValue | undefined} */ now) => { mark(now); choose(now); };
  mark(value);
  return make("li", { part: "setting" }, make("label", { for: id }, name.replaceAll("_", " ")), output, control(setting, id, output, take), make("small", {}, because ?? unit, " ", back));
}

/**
 * @param {SettingInForce} setting
 * @param {string} id
 * @param {HTMLOutputElement} output
 * @param {(value: SettingValue | undefined) => void} take
 */
function control(setting, id, output, take) {
  const { value, written } = setting;
  const moves = scale(setting);
  if (moves) {
    const { min, max, step, at, say } = moves;
    const slider = make("input", { id, type: "range", min: `${min}`, max: `${max}`, step: `${step}`, value: `${at}` });
    const tell = () => { output.textContent = say(slider.valueAsNumber); slider.setAttribute("aria-valuetext", say(slider.valueAsNumber)); };
    tell();
    slider.addEventListener("input", () => { tell(); take(moves.value(slider.valueAsNumber)); });
    return slider;
  }
  if (typeof written === "boolean") {
    const box = make("input", { id, type: "checkbox", checked: value === true });
    box.addEventListener("change", () => take(box.checked));
    return box;
  }
  if (Array.isArray(written)) return make("output", { id }, String(value));
  const field = make("input", { id, type: typeof written === "number" ? "number" : "text", step: "any", value: String(value) });
  field.addEventListener("change", () => take(typed(field.value, written)));
  return field;
}
