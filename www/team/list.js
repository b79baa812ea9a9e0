// A list of buttons that is one stop of the Tab key: arrow keys, Home and End walk it.

/**
 * @param {HTMLElement} box in which the buttons are
 * @returns {() => void} to be called when the buttons are others
 */
export function walked(box) {
  const buttons = () => [...box.querySelectorAll("button")];
  /** @param {HTMLElement} [next] the button that the Tab key comes to */
  const settle = (next) => {
    const all = buttons();
    const stop = next ?? all.find((button) => button.tabIndex === 0) ?? all[0];
    for (const button of all) button.tabIndex = button === stop ? 0 : -1;
  };
  box.addEventListener("keydown", (event) => {
    const all = buttons();
    const here = all.findIndex((button) => button === document.activeElement);
    /** @type {Record<string, number>} */
    const places = { ArrowDown: here + 1, ArrowRight: here + 1, ArrowUp: here - 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 };
    const place = places[event.key];
    const next = place === undefined || here < 0 ? undefined : all[Math.max(0, Math.min(place, all.length - 1))];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  box.addEventListener("focusin", ({ target }) => { if (target instanceof HTMLButtonElement) settle(target); });
  settle();
  return () => settle();
}
