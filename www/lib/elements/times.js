// Moments and windows in words, in the time of the lead and in one's own.
//
// The time of the lead is the engine's (`localFrom`), whose time zones may be newer than the browser's; one's own is the browser's.

/** @import { AdviceWindow, Instant } from "../cadans.js" */
/** @import { Language } from "./words.js" */

const DAY = 86_400_000;

/**
 * A clock on a wall: the day as 2026-11-20, and the time as 09:30.
 * @typedef {{ day: string, clock: string }} Local
 */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * One format a zone, because making one takes longer than using it a thousand times.
 * @param {string} zone
 */
function formatIn(zone) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    formats.set(zone, format);
  }
  return format;
}

/**
 * What clocks in a zone show at a moment.
 * @param {number} at milliseconds since 1970
 * @param {string} zone
 * @returns {Local}
 */
export function localIn(at, zone) {
  /** @type {Record<string, string>} */
  const parts = {};
  for (const { type, value } of formatIn(zone).formatToParts(at)) parts[type] = value;
  return { day: `${parts["year"]}-${parts["month"]}-${parts["day"]}`, clock: `${parts["hour"]}:${parts["minute"]}` };
}

/**
 * A local time of the engine's as a clock shows it.
 * @param {Instant} local
 * @returns {Local}
 */
const localOf = (local) => ({ day: local.slice(0, 10), clock: local.slice(11, 16) });

/** @param {string} day @param {number} days */
const later = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** @type {Record<Language, { today: string, tomorrow: string, yesterday: string, to: string, until: string, day: Intl.DateTimeFormat }>} */
const WORDS = {
  en: {
    today: "today", tomorrow: "tomorrow", yesterday: "yesterday", to: "to", until: "now, until",
    day: new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }),
  },
  nl: {
    today: "vandaag", tomorrow: "morgen", yesterday: "gisteren", to: "tot", until: "nu, tot",
    day: new Intl.DateTimeFormat("nl-NL", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }),
  },
};

/**
 * "today", "tomorrow", "Mon 23 Nov".
 * @param {string} day
 * @param {string} today
 * @param {Language} language
 */
function dayWord(day, today, language) {
  const words = WORDS[language];
  if (day === today) return words.today;
  if (day === later(today, 1)) return words.tomorrow;
  if (day === later(today, -1)) return words.yesterday;
  return words.day.format(Date.parse(day));
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * "Today 14:00–17:30", "Mon 23 Nov 09:00–12:30", "Now, until 12:30".
 * @param {{ from: Local, until: Local, today: string, open: boolean }} window
 * @param {Language} language
 */
function words({ from, until, today, open }, language) {
  const table = WORDS[language];
  const midnight = until.clock === "00:00" && until.day === later(from.day, 1);
  const sameDay = midnight || from.day === until.day;
  const end = midnight ? "24:00" : sameDay ? until.clock : `${dayWord(until.day, today, language)} ${until.clock}`;
  if (open && (sameDay ? from.day === today : true)) return capital(`${table.until} ${end}`);
  return capital(`${dayWord(from.day, today, language)} ${from.clock}${sameDay ? "–" : ` ${table.to} `}${end}`);
}

/**
 * A window in both times.
 * @param {AdviceWindow} window
 * @param {number} now
 * @param {string} own one's own zone
 * @param {Language} language
 * @returns {{ theirs: string, own: string, same: boolean }} `same`: the clocks show the same in both
 */
export function windowWords(window, now, own, language) {
  const [from, until] = [Date.parse(window.from), Date.parse(window.until)];
  const open = from <= now;
  const theirs = { from: localOf(window.localFrom), until: localOf(window.localUntil), today: localIn(now, window.zone).day, open };
  const mine = { from: localIn(from, own), until: localIn(until, own), today: localIn(now, own).day, open };
  const same = theirs.from.day === mine.from.day && theirs.from.clock === mine.from.clock && theirs.until.clock === mine.until.clock;
  return { theirs: words(theirs, language), own: words(mine, language), same };
}

/**
 * A moment in a zone: "today 10:00", "Mon 16 Nov 12:30".
 * @param {Instant | number} at
 * @param {number} now
 * @param {string} zone
 * @param {Language} language
 */
export function momentWords(at, now, zone, language) {
  const { day, clock } = localIn(typeof at === "number" ? at : Date.parse(at), zone);
  return `${dayWord(day, localIn(now, zone).day, language)} ${clock}`;
}

/**
 * A place of a zone: "Amsterdam" for Europe/Amsterdam.
 * @param {string} zone
 */
export const placeOf = (zone) => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/**
 * The moment at which clocks in a zone show a day and a time; of two the first, and after a gap where they show it at none.
 * @param {string} day
 * @param {string} clock
 * @param {string} zone
 */
export function momentOf(day, clock, zone) {
  const wanted = Date.parse(`${day}T${clock}:00Z`);
  const shown = (/** @type {number} */ at) => {
    const local = localIn(at, zone);
    return Date.parse(`${local.day}T${local.clock}:00Z`) - at;
  };
  // The offsets a day before and after are the ones that the zone can have then.
  const found = [shown(wanted - DAY), shown(wanted + DAY)].map((offset) => wanted - offset).filter((at) => at + shown(at) === wanted);
  return found.length ? Math.min(...found) : wanted - shown(wanted - DAY);
}

/**
 * The next day in a zone that is `days` later.
 * @param {number} now
 * @param {number} days
 * @param {string} zone
 */
export const dayLater = (now, days, zone) => later(localIn(now, zone).day, days);

/**
 * The day of the next Monday in a zone; a week from now on a Monday.
 * @param {number} now
 * @param {string} zone
 */
export function nextMonday(now, zone) {
  const { day } = localIn(now, zone);
  const weekday = new Date(day).getUTCDay() || 7;
  return later(day, 8 - weekday);
}
