// Times in words, and the slider that moves "now" by the hour.

import { byId } from "../element.js";
import { notation, onLanguage, t } from "../wording/index.js";

/** @import { AdviceWindow, Instant } from "../lib/cadans.js" */

const HOUR = 3_600_000;
const REACH = 14 * 24; // hours to either side

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * The format with these options, made once: making one takes longer than a thousand uses.
 * @param {string} locale
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(locale, options) {
  const key = `${locale} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, made = new Intl.DateTimeFormat(locale, options));
  return made;
}

/** @type {Intl.DateTimeFormatOptions} */
const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" };
/** @type {Intl.DateTimeFormatOptions} */
const DAY = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" };
/** @type {Intl.DateTimeFormatOptions} */
const SHORT = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
/** @type {Intl.DateTimeFormatOptions} */
const NUMBERS = { year: "numeric", month: "2-digit", day: "2-digit" };

/** The zone of whoever looks at the page. */
export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * A moment in the reader's own time.
 * @param {Instant} at
 */
export const moment = (at) => format(notation(), SHORT).format(new Date(at));

/**
 * The calendar day, as 2026-11-20, that it is at `at` in `zone`.
 * @param {string} zone
 * @param {Instant} at
 */
function dayIn(zone, at) {
  return format("en-CA", { ...NUMBERS, timeZone: zone }).format(new Date(at));
}

/** @param {Instant} local */
const dayOf = (local) => local.slice(0, 10);

/** @param {Instant} local */
const clockOf = (local) => local.slice(11, 16);

/**
 * True when the advised window opens on the person's today, or is open.
 * @param {AdviceWindow} window
 * @param {Instant} now
 */
export function isToday(window, now) {
  return Date.parse(window.from) <= Date.parse(now) || dayOf(window.localFrom) === dayIn(window.zone, now);
}

/**
 * "Today 14:00–17:30", "Mon 23 Nov 09:00–12:30": a window in the person's own time.
 * @param {AdviceWindow} window
 * @param {Instant} now
 */
export function windowWords(window, now) {
  const { localFrom: from, localUntil: until } = window;
  /** @param {number} days */
  const dayAfter = (days) => new Date(Date.parse(dayOf(from)) + days * 24 * HOUR).toISOString().slice(0, 10);
  /** @param {Instant} local */
  const dayWord = (local) => {
    const days = Math.round((Date.parse(dayOf(local)) - Date.parse(dayIn(window.zone, now))) / (24 * HOUR));
    return days === 0 ? t("time.today") : days === 1 ? t("time.tomorrow") : days === -1 ? t("time.yesterday")
      : format(notation(), DAY).format(new Date(`${dayOf(local)}T00:00:00Z`));
  };
  const midnight = clockOf(until) === "00:00" && dayOf(until) === dayAfter(1);
  const sameDay = midnight || dayOf(from) === dayOf(until);
  const end = midnight ? "24:00" : sameDay ? clockOf(until) : `${dayWord(until)} ${clockOf(until)}`;
  const open = Date.parse(window.from) <= Date.parse(now);
  const begin = `${dayWord(from)} ${clockOf(from)}`;
  const words = open ? t("time.openUntil", { end }) : sameDay ? `${begin}–${end}` : t("time.range", { from: begin, end });
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * "Amsterdam time": where the person is.
 * @param {string} zone
 */
export const zoneWords = (zone) => t("time.zone", { place: zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ") });

/**
 * The slider: hours before and after a start. Calls `moved` with the new moment.
 * @param {(now: Instant) => void} moved
 */
export function slider(moved) {
  const [range, words] = [byId("time", HTMLInputElement), byId("time-words", HTMLOutputElement)];
  const [reset, back, on] = [byId("time-reset", HTMLButtonElement), byId("time-back", HTMLButtonElement), byId("time-on", HTMLButtonElement)];
  let start = 0;
  const at = () => new Date(start + range.valueAsNumber * HOUR);
  const show = () => {
    words.textContent = format(notation(), LONG).format(at());
    range.setAttribute("aria-valuetext", words.textContent);
    reset.hidden = range.valueAsNumber === 0;
  };
  const move = () => { show(); moved(at().toISOString()); };
  range.addEventListener("input", move);
  reset.addEventListener("click", () => { range.valueAsNumber = 0; move(); range.focus(); });
  /**
   * @param {HTMLButtonElement} button
   * @param {number} hours
   */
  const moves = (button, hours) => button.addEventListener("click", () => { range.valueAsNumber += hours; move(); });
  onLanguage(show);
  moves(back, -24);
  moves(on, 24);
  return {
    /**
     * Puts the middle of the slider at `from` and the knob at `now`.
     * @param {Instant} from
     * @param {Instant} now
     */
    set(from, now) {
      start = Date.parse(from);
      this.go(now);
    },
    /**
     * Moves the knob; a moment outside its reach becomes the new middle.
     * @param {Instant} now
     */
    go(now) {
      let hours = (Date.parse(now) - start) / HOUR;
      if (Math.abs(hours) > REACH || !Number.isInteger(hours)) {
        start = Date.parse(now);
        hours = 0;
      }
      range.valueAsNumber = hours;
      show();
    },
  };
}
