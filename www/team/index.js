// "Me" and "Team": what the team's reports are to a rep and to a manager. Who sees what is decided by the library (`as`); this shows what it tells.
//
// Read on in: worker.js and service.js (the reports), cards.js, goals.js, figures.js, plan.js and groups.js (what each is on the screen), list.js (keys).

import { byId, element } from "../element.js";
import { keepTeam, keptTeam } from "../importing/kept.js";
import { isEmbedded } from "../state.js";
import { language, onLanguage, t } from "../wording/index.js";
import { cardsOf, leftOver, thanksOf } from "./cards.js";
import { SEGMENTS, channelsOf, contentOf, figuresOf, pullOf } from "./figures.js";
import { goalsOf, proposalsOf } from "./goals.js";
import { groupsOf } from "./groups.js";
import { dayChoice, dayPicture, dayTable, daysOf, roomTable } from "./plan.js";
import { reports } from "./service.js";

/** @import { Instant, PackFile, RepName, RulebookOptions } from "../lib/cadans.js" */
/** @import { TeamOptions } from "../lib/editing.js" */
/** @import { Act } from "../day/day-queue.js" */
/** @import { Child } from "../element.js" */
/** @import { Ways } from "./cards.js" */
/** @import { Parts } from "./worker.js" */

/**
 * What the page shows at this moment.
 * @typedef {object} Scene
 * @property {{ packs: PackFile[], options: RulebookOptions }} rules
 * @property {{ bytes: Uint8Array, name: string } | undefined} leads absent until they are read
 * @property {boolean} isSample
 * @property {Act[]} acts
 * @property {Instant} now
 * @property {RepName[]} reps
 * @property {string | undefined} rep the one whose queue it is
 */

/**
 * @typedef {object} Page
 * @property {() => Scene | undefined} scene absent until there is one
 * @property {Ways} ways
 * @property {(rep: string) => void} chooseRep
 */

/** @typedef {"me" | "team"} Role */

/** Days back that can be looked at. */
const BACK = [30, 90, 180];
/** A wish for new reports waits this long for another one, in milliseconds. */
const REST = 120;

/** The style of these views comes with them. */
function styled() {
  const link = element("link", { rel: "stylesheet", href: new URL("team.css", import.meta.url).href });
  return new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    document.head.append(link);
  });
}

/** A file that comes with the sample. @param {string} name */
async function shipped(name) {
  const answer = await fetch(new URL(`../sample/${name}`, import.meta.url));
  if (!answer.ok) throw new Error(`sample/${name} is missing`);
  return answer.text();
}

/**
 * Makes the views; `show` shows one of them.
 * @param {Page} page
 */
export async function teamViews(page) {
  const [sampleTeam, english, dutch, kept] = await Promise.all([
    shipped("team.json"), shipped("goals.rhai"), shipped("goals.nl.rhai"), isEmbedded() ? undefined : keptTeam(), styled(), // nothing of this browser's goes into a frame
  ]);
  const box = byId("team-view", HTMLElement);
  /** @type {Role} */
  let role = "team";
  let isShown = false;
  let [days, day] = [90, ""];
  /** @type {NonNullable<TeamOptions["by"]>} */
  let by = "industry";
  /** The team file of the user. */
  let own = kept;
  /** @type {Partial<Parts>} */
  let told = {};
  /** Whose reports are on the screen. */
  let shownFor = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;

  const status = element("p", { role: "status", class: "small" });
  const title = element("h2", { tabindex: "-1" });
  const who = element("select", { id: "me", onchange: () => page.chooseRep(who.value) });
  const whoLabel = element("label", { for: "me" });
  const back = element("select", { id: "team-days", onchange: () => { days = Number(back.value); ask(); } });
  const backLabel = element("label", { for: "team-days" });
  const segments = element("select", { id: "team-by", onchange: () => { by = /** @type {typeof by} */ (segments.value); ask(); } });
  const segmentsLabel = element("label", { for: "team-by" });
  const choice = element("div", { class: "bar" }, segmentsLabel, segments);
  const file = element("input", { id: "team-file", type: "file", class: "hidden-input", accept: ".json", onchange: () => { void read(); } });
  const fileLabel = element("label", { class: "button", for: "team-file" });
  const noFile = element("button", { type: "button", onclick: () => use(undefined) });
  const refused = element("div", {});
  const panes = element("div", { class: "panes" });
  box.replaceChildren(element("div", { class: "pane team-head" }, title, element("div", { class: "bar" }, whoLabel, who, backLabel, back, fileLabel, file, noFile), status, refused), panes);

  const service = reports((part) => {
    Object.assign(told, part);
    draw();
  }, (fault) => {
    status.textContent = fault ? t("team.failed", { why: [fault.message, fault.help].filter(Boolean).join(". ") }) : "";
    status.classList.toggle("error", fault !== undefined);
    panes.removeAttribute("aria-busy");
  });

  async function read() {
    const [chosen] = file.files ?? [];
    file.value = "";
    if (!chosen) return;
    use({ text: await chosen.text(), ofSample: page.scene()?.isSample ?? false });
  }

  /** @param {typeof own} chosen */
  function use(chosen) {
    own = chosen;
    if (!isEmbedded()) void keepTeam(own);
    ask();
  }

  /** Whose view it is. @param {Scene} scene */
  const asWhom = ({ rep, reps }) => (role === "team" ? "manager" : rep ?? reps[0]?.id ?? "");
  const teamText = (/** @type {Scene} */ scene) => (own?.ofSample === scene.isSample ? own.text : scene.isSample ? sampleTeam : "");
  /** Goals of the sample stand in no pack of the page, so that who begins with its rules begins without them. @param {Scene} scene */
  const withGoals = ({ rules, isSample }) => isSample && !rules.packs.some(({ text }) => /^\s*goal\b/m.test(text));

  /** Asks for the reports of this moment, if they are looked at. */
  function ask() {
    clearTimeout(rest);
    if (!isShown) return;
    panes.setAttribute("aria-busy", "true");
    rest = setTimeout(() => {
      const scene = page.scene();
      if (!scene?.leads) return; // asked again when they are read
      const as = asWhom(scene);
      if (as === "") {
        panes.replaceChildren(element("p", { class: "pane" }, t("team.noReps")));
        panes.removeAttribute("aria-busy");
        return;
      }
      if (shownFor !== as) { told = {}; [shownFor, day] = [as, ""]; draw(); }
      status.classList.remove("error");
      status.textContent = t("team.working");
      const packs = withGoals(scene) ? [...scene.rules.packs, { file: "goals.rhai", text: language() === "nl" ? dutch : english }] : scene.rules.packs;
      service.ask({ as, now: scene.now, language: language(), days, by, team: teamText(scene) }, { rules: { ...scene.rules, packs }, leads: scene.leads, acts: scene.acts });
      name(scene);
    }, REST);
  }

  /** The words of the head. @param {Scene | undefined} scene */
  function name(scene) {
    title.textContent = t(role === "team" ? "team.titleTeam" : "team.titleMe");
    for (const one of [who, whoLabel]) one.hidden = role === "team";
    whoLabel.textContent = t("team.iAm");
    backLabel.textContent = t("team.back");
    segmentsLabel.textContent = t("team.by");
    fileLabel.textContent = t("team.file");
    noFile.textContent = t(scene?.isSample ? "team.sampleFile" : "team.noFile");
    noFile.hidden = own === undefined || own.ofSample !== scene?.isSample;
    back.replaceChildren(...BACK.map((one) => element("option", { value: `${one}` }, t("team.backDays", { n: one }))));
    back.value = `${days}`;
    segments.replaceChildren(...SEGMENTS.map((one) => element("option", { value: one }, t(`team.${one}`))));
    segments.value = by;
    if (!scene) return;
    who.replaceChildren(...scene.reps.map(({ id, name: called }) => element("option", { value: id }, called ?? id)));
    who.value = asWhom(scene);
  }

  /** @param {string} key @param {string} heading @param {Child} content */
  const pane = (key, heading, content) => element("section", { class: `pane of-${key}`, "aria-labelledby": `team-${key}` }, element("h2", { id: `team-${key}` }, heading), content);
  const waiting = () => element("p", { class: "empty" }, t("team.comes"));

  /** All that was told, without moving what somebody reads: details stay open and the focus stays. */
  function draw() {
    const scene = page.scene();
    if (!scene) return;
    const { cards, goals, figures, groups, plan, refused: left = [] } = told;
    const opened = [...panes.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    const at = [...panes.querySelectorAll("button, select, summary, input")].indexOf(/** @type {Element} */ (document.activeElement));
    refused.replaceChildren(...(left.length ? [element("details", { class: "refused" }, element("summary", {}, t("team.refused", { n: left.length })),
      element("ul", {}, left.slice(0, 50).map(({ path, reason }) => element("li", {}, element("code", {}, path), `: ${reason}`))))] : []));
    const mine = role === "me" ? shownFor : undefined;
    const called = (/** @type {string} */ id) => (id === "manager" ? t("team.manager") : scene.reps.find((one) => one.id === id)?.name ?? id);
    const shown = {
      cards: pane("cards", t("team.cards"), cards ? cardsOf(cards, page.ways) : waiting()),
      goals: pane("goals", t(mine ? "team.myGoals" : "team.goals"), goals ? goalsOf(goals, withGoals(scene), called) : waiting()),
      figures: pane("figures", t(mine ? "team.myFigures" : "team.figures"), figures ? element("div", {}, figuresOf(figures, mine), pullOf(figures)) : waiting()),
      channels: pane("channels", t("team.channels"), figures ? element("div", {}, channelsOf(figures, by, choice), contentOf(figures)) : waiting()),
      proposals: pane("proposals", t("team.proposals"), goals ? proposalsOf(goals, called) : waiting()),
      thanks: pane("thanks", t("team.thanks"), cards ? thanksOf(cards, page.ways) : waiting()),
      plan: pane("plan", t(mine ? "team.myPlan" : "team.plan"), plan ? planOf(plan, mine) : waiting()),
      groups: pane("groups", t("team.groups"), groups ? groupsOf(groups, page.ways) : waiting()),
    };
    panes.replaceChildren(...(mine === undefined
      ? [shown.cards, shown.goals, shown.figures, shown.plan, shown.channels, shown.groups, shown.proposals, shown.thanks]
      : [shown.plan, shown.cards, shown.goals, shown.figures, shown.thanks]));
    for (const summary of panes.querySelectorAll("summary")) if (opened.includes(summary.textContent)) summary.parentElement?.setAttribute("open", "");
    const focus = [...panes.querySelectorAll("button, select, summary, input")][at];
    if (at >= 0 && focus instanceof HTMLElement) focus.focus({ preventScroll: true });
  }

  /** @param {Parts["plan"]} plan @param {string | undefined} mine */
  function planOf(plan, mine) {
    const all = mine === undefined ? plan.days : plan.days.filter(({ rep }) => rep === mine);
    const choices = daysOf(all);
    if (!choices.length) return element("p", { class: "empty" }, t("team.noDays"));
    if (!choices.includes(day)) day = choices[0] ?? "";
    const of = all.filter((one) => one.day === day);
    const [first] = of;
    const left = plan.notPlanned ?? [];
    return element("div", {}, dayChoice(choices, day, (next) => { day = next; draw(); }),
      mine !== undefined && first && element("p", {}, t("team.myRoom", { planned: first.plannedMinutes, minutes: first.minutes })),
      dayPicture(of), mine === undefined ? roomTable(of) : first && first.touches.length > 0 && dayTable(first, page.ways),
      mine === undefined && element("section", { class: "left" }, element("h3", {}, t("team.left")), left.length ? leftOver(left, page.ways) : element("p", {}, t("team.allFits", { n: 7 }))));
  }

  onLanguage(() => { name(page.scene()); draw(); ask(); });

  return {
    /** Shows one of the views. @param {Role} next */
    show(next) {
      isShown = true;
      if (role !== next) { [told, shownFor] = [{}, ""]; panes.replaceChildren(); }
      role = next;
      name(page.scene());
      ask();
    },
    /** Nothing of them is on the screen any more. */
    hide() { isShown = false; },
    /** What they are made from has changed. */
    renew: ask,
    /** Puts the focus on what this is. */
    focus: () => title.focus(),
  };
}
