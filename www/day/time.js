// The moment that the page decides for: a slider by the hour, steps of a day, tomorrow morning, next Monday, and a clock that runs by itself.

import { byId } from "../element.js";
import { onLanguage, t } from "../wording/index.js";
import { HOUR, longMoment, mondayMorning, ownZone, tomorrowMorning } from "./moments.js";

/** @import { Instant } from "../lib/cadans.js" */

const REACH = 14 * 24; // hours to either side
/** How long an hour takes while the clock runs by itself, in milliseconds. */
const BEAT = 700;

/**
 * The slider. Calls `moved` with the new moment.
 * @param {(now: Instant) => void} moved
 */
export function slider(moved) {
  const [range, words] = [byId("time", HTMLInputElement), byId("time-words", HTMLOutputElement)];
  const [reset, play] = [byId("time-reset", HTMLButtonElement), byId("time-play", HTMLButtonElement)];
  let start = 0;
  let zone = ownZone;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let running;

  const at = () => new Date(start + range.valueAsNumber * HOUR);
  const show = () => {
    words.textContent = longMoment(at().getTime());
    range.setAttribute("aria-valuetext", words.textContent);
    reset.hidden = range.valueAsNumber === 0;
  };
  const move = () => { show(); moved(at().toISOString()); };

  function stop() {
    clearInterval(running);
    running = undefined;
    name();
  }
  function name() {
    play.textContent = t(running === undefined ? "time.play" : "time.pause");
    show();
  }
  function tick() {
    if (range.valueAsNumber >= REACH) return stop();
    range.valueAsNumber += 1;
    move();
  }

  range.addEventListener("input", () => { stop(); move(); });
  reset.addEventListener("click", () => { stop(); range.valueAsNumber = 0; move(); range.focus(); });
  play.addEventListener("click", () => {
    if (running !== undefined) return stop();
    running = setInterval(tick, BEAT);
    name();
    tick();
  });
  onLanguage(name);

  /**
   * @param {string} id
   * @param {() => number} next the moment to go to, in milliseconds
   */
  const goes = (id, next) => byId(id, HTMLButtonElement).addEventListener("click", () => {
    stop();
    go(new Date(next()).toISOString());
    moved(at().toISOString());
  });
  goes("time-back", () => at().getTime() - 24 * HOUR);
  goes("time-on", () => at().getTime() + 24 * HOUR);
  goes("time-tomorrow", () => tomorrowMorning(at().getTime(), zone));
  goes("time-monday", () => mondayMorning(at().getTime(), zone));

  /**
   * Moves the knob. A moment that is no whole number of hours from the middle, or lies outside the reach, becomes the new middle.
   * @param {Instant} now
   */
  function go(now) {
    let hours = (Date.parse(now) - start) / HOUR;
    if (Math.abs(hours) > REACH || !Number.isInteger(hours)) {
      start = Date.parse(now);
      hours = 0;
    }
    range.valueAsNumber = hours;
    show();
  }

  name();
  return {
    /**
     * Puts the middle of the slider at `from` and the knob at `now`.
     * @param {Instant} from
     * @param {Instant} now
     */
    set(from, now) {
      stop();
      start = Date.parse(from);
      go(now);
    },
    go,
    /**
     * Whose morning "tomorrow morning" is.
     * @param {string} whose
     */
    zone(whose) { zone = whose; },
  };
}
