// What is on the screen: leads and rules, or one of the views of the team, which are loaded when they are first asked for.

import { byId } from "./element.js";
import { t } from "./wording/index.js";

/** @import { Page } from "./team/index.js" */

/** @typedef {"leads" | "me" | "team"} Shown */

/** @param {string | undefined} word @returns {Shown} */
const known = (word) => (word === "me" || word === "team" ? word : "leads");

/**
 * The choice of a view. `turned` is told what was chosen, `failed` why it cannot be shown.
 * @param {Page} page
 * @param {(shown: Shown) => void} turned
 * @param {(why: string) => void} failed
 */
export function views(page, turned, failed) {
  const [main, team, choice, skip] = [byId("main", HTMLElement), byId("team-view", HTMLElement), byId("views", HTMLFieldSetElement), byId("skip", HTMLAnchorElement)];
  const radios = [...choice.querySelectorAll("input")];
  /** @type {Promise<Awaited<ReturnType<typeof import("./team/index.js").teamViews>>> | undefined} */
  let loading;
  /** @type {Awaited<NonNullable<typeof loading>> | undefined} */
  let loaded;
  /** @type {Shown} */
  let shown = "leads";

  const load = () => (loading ??= import("./team/index.js").then(({ teamViews }) => teamViews(page)).catch((error) => {
    loading = undefined; // a later click tries again
    throw error;
  }));

  /** @param {string | undefined} word */
  async function turn(word) {
    shown = known(word);
    for (const radio of radios) radio.checked = radio.value === shown;
    main.hidden = shown !== "leads";
    team.hidden = shown === "leads";
    skip.href = shown === "leads" ? "#queue" : "#team-view";
    skip.dataset.t = shown === "leads" ? "page.skip" : "page.skipTeam";
    skip.textContent = t(shown === "leads" ? "page.skip" : "page.skipTeam");
    if (shown === "leads") return loaded?.hide();
    try {
      loaded = await load();
      const now = /** @type {Shown} */ (shown); // another one may have been chosen meanwhile
      if (now !== "leads") loaded.show(now);
    } catch (error) {
      failed(t("page.incomplete", { why: Object(error).message }));
    }
  }

  for (const radio of radios) radio.addEventListener("change", () => { void turn(radio.value); turned(known(radio.value)); });
  return {
    turn,
    /** What the views are made from has changed. */
    renew: () => loaded?.renew(),
  };
}
