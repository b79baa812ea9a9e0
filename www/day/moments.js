// Moments on the page that the custom elements have no words for: with weekday and year, and the day's beginning.

import { dayLater, momentOf, nextMonday, placeOf } from "../lib/elements/times.js";
import { notation, t } from "../wording/index.js";

/** @import { Instant } from "../lib/cadans.js" */

export const HOUR = 3_600_000;
/** When a morning begins, where somebody says "tomorrow morning". */
const MORNING = "09:00";

/** The zone of whoever looks at the page. */
export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Making a format takes longer than a thousand uses. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {"short" | "long"} names of the weekday and the month
 * @param {string} zone
 */
function format(names, zone) {
  const key = `${notation()} ${names} ${zone}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(notation(), { weekday: names, day: "numeric", month: names, year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: zone });
    formats.set(key, made);
  }
  return made;
}

/**
 * "Friday 20 November 2026 at 10:00", in the zone of whoever looks.
 * @param {number} at milliseconds since 1970
 * @param {string} [zone]
 */
export const longMoment = (at, zone = ownZone) => format("long", zone).format(at);

/**
 * "Fri 20 Nov 2026, 10:00", in the zone of whoever looks.
 * @param {Instant} at
 * @param {string} [zone]
 */
export const datedMoment = (at, zone = ownZone) => format("short", zone).format(Date.parse(at));

/**
 * The moment at which the day after `now` begins in a zone.
 * @param {number} now milliseconds since 1970
 * @param {string} zone
 */
export const endOfDay = (now, zone) => momentOf(dayLater(now, 1, zone), "00:00", zone);

/** @param {number} now @param {string} zone */
export const tomorrowMorning = (now, zone) => momentOf(dayLater(now, 1, zone), MORNING, zone);

/** @param {number} now @param {string} zone */
export const mondayMorning = (now, zone) => momentOf(nextMonday(now, zone), MORNING, zone);

/**
 * "Amsterdam time": where the person is.
 * @param {string} zone
 */
export const zoneWords = (zone) => t("time.zone", { place: placeOf(zone) });
