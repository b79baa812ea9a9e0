// The manager's half of the page: which rules are in force, their text, what is wrong with them, how their examples go, and what a change of them does.
//
// Read on in: rules.js (what is in force), editor.js and notes.js (the text), packs.js and settings.js (choosing), compare.js and changed.js (what
// changed), service.js and worker.js (the functions for authors, in a worker of their own).

import { byId, element } from "../element.js";
import { language, onLanguage, t } from "../wording/index.js";
import { changedPanel } from "./changed.js";
import { editor } from "./editor.js";
import { findingsList } from "./findings.js";
import * as library from "./packs.js";
import { inLanguage, isPolicy, rules as rulesOf } from "./rules.js";
import { rulebook } from "./rulebook.js";
import { Unanswered, service } from "./service.js";
import { settings } from "./settings.js";

/** @import { Diagnostic, Instant, LayerChange, PackFile, RuleRef, RulebookOptions, SettingInForce, SettingValue } from "../lib/cadans.js" */
/** @import { RulebookParts, RulebookReport } from "../lib/editing.js" */
/** @import { Failing } from "../day/failing.js" */
/** @import { Known } from "./notes.js" */
/** @import { Opened } from "./rulebook.js" */

/**
 * What the page does for the manager's half.
 * @typedef {object} Page
 * @property {Map<string, string>} shipped the packs that come with the page
 * @property {string[]} inForce those that decide where nobody chose
 * @property {string | undefined} pack the pack that is shown first
 * @property {(packs: PackFile[], options: RulebookOptions) => void} decide takes the rules in force to the engine
 * @property {(files: Opened) => void} open takes a rulebook to the engine
 * @property {() => Instant | undefined} now
 * @property {(sentence: string, bad?: boolean) => void} say
 * @property {(lead: string) => void} chooseLead
 * @property {(marks: Map<string, string>) => void} mark marks leads in the queue
 * @property {() => void} changed something that the address or a draft keeps is another
 */

/** A pause between keys, in milliseconds: then the advice is worked out. */
const PAUSE = 80;
/** A longer one: then examples are run and the advice is compared. */
const REST = 400;

/** @param {Page} page */
export function manager(page) {
  const [reset, close, pane] = [byId("pack-reset", HTMLButtonElement), byId("rulebook-close", HTMLButtonElement), byId("rules", HTMLDetailsElement)];
  const start = inLanguage(page.inForce, [...page.shipped.keys()], language());
  const rules = rulesOf(page.shipped, start);
  const authors = service();
  const first = () => rules.inForce().find((file) => !isPolicy(file)) ?? rules.inForce()[0] ?? "";
  let pack = page.pack !== undefined && page.shipped.has(page.pack) ? page.pack : first();
  /** @type {Diagnostic[]} */
  let found = [];
  /** @type {{ failing: Failing[], leads: number }} */
  let faults = { failing: [], leads: 0 };
  /** @type {{ bytes: Uint8Array, name: string } | undefined} */
  let leads;
  /** What the examples of the pack on the screen do. @type {Pick<Known, "examples" | "coverage">} */
  let tried = { examples: [], coverage: undefined };
  /** The packs whose text was changed and not read yet: a long text is read once a pause. @type {Set<string>} */
  const typed = new Set();

  const spoken = () => ({ language: language() });
  /** The packs with the one on the screen, also where it is not in force. */
  const packsWith = (/** @type {string} */ file) => {
    const { packs } = rules.now();
    return packs.some((one) => one.file === file) ? packs : [...packs, { file, text: rules.textOf(file) }];
  };
  /** @template Value @param {Promise<Value>} answer @returns {Promise<Value | undefined>} */
  const whenever = (answer) => answer.catch(() => undefined);

  const text = editor((file) => { typed.add(file); tell(); }, {
    complete: (file, at) => { read(); return whenever(authors.ask("complete", { packs: packsWith(file), options: {}, file, at, ...spoken() })); },
    hover: (file, at) => { read(); return whenever(authors.ask("hover", { packs: packsWith(file), options: {}, file, at, ...spoken() })); },
    format: async (before) => {
      const answer = await whenever(authors.ask("format", { text: before, ...spoken() }));
      if (answer && answer.text === undefined) page.say(t("author.notFormatted"), true);
      return answer?.text;
    },
  });
  const list = findingsList((span) => text.select(span), (fix) => text.mend(fix));
  const packs = library.packs(choose, (files) => { rules.force(files); tell(); });
  const levers = settings((values) => { rules.set(values); tell(); });
  const changed = changedPanel(page.chooseLead, page.mark);

  /** Takes over what was typed. */
  function read() {
    for (const file of typed) rules.edit(file, text.text(file) ?? "");
    typed.clear();
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  /** The functions for authors are a large module; it is loaded when the first advice is there. */
  let begun = false;
  function tell() {
    clearTimeout(pause);
    clearTimeout(rest);
    pause = setTimeout(() => {
      read();
      const { packs: all, options } = rules.now();
      page.decide(all, options);
      reset.hidden = !rules.isChanged(pack);
      page.changed();
      if (begun) void check();
    }, PAUSE);
    if (!begun) return;
    rest = setTimeout(() => { void examples(); void outline(); }, REST);
    compareSoon();
  }

  async function check() {
    const { packs: all, options } = rules.now();
    try {
      const diagnostics = await authors.ask("check", { packs: all, options, ...spoken() });
      const asked = new Map(all.map(({ file, text: words }) => [file, words]));
      found = diagnostics;
      show(asked.get(pack));
    } catch (fault) {
      if (fault instanceof Unanswered && /newer/.test(fault.message)) return;
      page.say(t("author.notChecked", { why: Object(fault).message }), true);
    }
  }

  async function examples() {
    const [file, words] = [pack, rules.textOf(pack)];
    const all = packsWith(file);
    const [ran, coverage] = await Promise.all([
      whenever(authors.ask("examples", { packs: all, options: {}, file, ...spoken() })), whenever(authors.ask("coverage", { packs: all, options: {}, file, ...spoken() })),
    ]);
    if (file !== pack || rules.textOf(file) !== words) return;
    tried = { examples: ran ?? [], coverage };
    show(words);
  }

  const jump = byId("outline", HTMLSelectElement);
  jump.addEventListener("change", () => { const [from, to] = jump.value.split(" ").map(Number); jump.selectedIndex = 0; if (from !== undefined && to !== undefined) text.go(from, to); });
  /** Fills the list of rules to go to. */
  async function outline() {
    const first = () => element("option", { value: "" }, t("author.outlineFirst"));
    // The functions for authors may still be loading.
    if (!jump.options.length) jump.append(first());
    const all = (await whenever(authors.ask("outline", { text: rules.textOf(pack) }))) ?? [];
    jump.replaceChildren(first(), ...all.filter(({ statement }) => statement !== "pack").map(({ statement, name, from, to }) =>
      element("option", { value: `${from} ${to}` }, `${statement} ${name}`.slice(0, 120))));
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  /** How often was compared: an answer that comes after the next question is no longer true. */
  let comparisons = 0;
  function compareSoon() {
    clearTimeout(later);
    if (begun) later = setTimeout(() => { void compare(); }, REST);
  }

  async function compare() {
    const now = page.now();
    const mine = ++comparisons;
    if (!now || !rules.hasChanges()) return changed.show(undefined);
    try {
      const answer = await authors.ask("compare", { before: rules.before(), after: rules.now(), now, ...spoken() });
      if (mine === comparisons) changed.show(answer);
    } catch (fault) {
      if (fault instanceof Unanswered && /newer/.test(fault.message)) return;
      if (mine === comparisons) changed.fail(t("author.notCompared", { why: Object(fault).message }));
    }
  }

  /** What fails for every lead, as an error at its rule: otherwise it would look as if nothing need be done. @returns {Diagnostic[]} */
  const failsForAll = () => faults.failing.filter(({ leads }) => leads === faults.leads && leads > 0).map(({ rule, message, span, leads }) => ({
    code: "fails-for-all", severity: "error", file: rule.file, span, message: t("author.failsForAll", { n: leads, name: rule.name }), why: message, help: t("author.failsHelp"),
  }));

  /** Shows what is wrong with the pack on the screen. @param {string} [words] the text for which it was found */
  function show(words = rules.textOf(pack)) {
    const all = [...found, ...failsForAll()];
    const faulty = new Set(all.filter(({ severity }) => severity === "error").map(({ file }) => file));
    packs.show(pack, rules.inForce(), faulty, rules.switchedOff().map((file) => ({ file, text: rules.textOf(file) })));
    const here = { findings: all.filter(({ file }) => file === pack), ...tried };
    if (text.tell(pack, words, here)) list.show(here);
  }

  /** Shows a pack in the editor. @param {string} file */
  function turn(file) {
    read();
    pack = file;
    text.open(file, rules.textOf(file));
    tried = { examples: [], coverage: undefined };
    reset.hidden = !rules.isChanged(file);
    show();
  }

  /** @param {string} file */
  function choose(file) {
    rules.choose(file);
    turn(file);
    tell();
  }

  /** Shows all of it anew: other packs have taken the place of those that were there. */
  function renew() {
    text.forget();
    levers.set(rules.settings());
    found = [];
    if (!rules.texts().has(pack)) pack = first();
    turn(pack);
    tell();
  }

  /** Every change is taken back, in each text as a step that undo takes back in turn. */
  function back() {
    read();
    for (const file of Object.keys(rules.changes().edits)) text.set(file, rules.original(file));
    rules.back();
    levers.set({});
    comparisons += 1;
    changed.show(undefined);
    tell();
  }

  reset.addEventListener("click", () => { text.set(pack, rules.original(pack)); text.focus(); });
  byId("changed-back", HTMLButtonElement).addEventListener("click", back);
  byId("format", HTMLButtonElement).addEventListener("click", () => { void text.format(); });
  close.addEventListener("click", () => { rules.close(); close.hidden = true; packs.offer(rules.texts()); renew(); });
  rulebook(page.open, (sentence) => page.say(sentence, true));
  onLanguage(() => { if (!rules.isRulebook()) packs.offer(rules.texts()); levers.set(rules.settings()); tell(); show(); });

  // On a phone the queue comes first; the rules are one touch away.
  pane.open = !matchMedia("(max-width: 40rem)").matches;
  packs.offer(rules.texts());
  levers.set(rules.settings());
  turn(pack);

  return {
    rules,
    authors,
    pack: () => pack,
    tell,
    renew,
    read,
    /** The first advice is there: from now on the rules are checked, their examples run, and changes compared. */
    begin() {
      if (begun) return;
      begun = true;
      void check();
      void examples();
      void outline();
      compareSoon();
    },
    /** What is wrong with the packs in force. */
    findings: () => found,
    /**
     * Packs have arrived: in force, or only to be looked at; with the settings that came along.
     * @param {PackFile[]} arrived
     * @param {boolean} inForce
     * @param {Record<string, SettingValue>} values
     */
    arrived(arrived, inForce, values) {
      read();
      const force = rules.inForce();
      rules.receive(arrived);
      if (inForce) rules.set({ ...rules.settings(), ...values });
      else rules.force(force);
      for (const { file, text: words } of arrived) text.set(file, words);
      packs.offer(rules.texts());
      levers.set(rules.settings());
      pane.open = true;
      turn(arrived[0]?.file ?? pack);
      tell();
    },
    /** The leads with which rules are compared. @param {Uint8Array} bytes @param {string} name */
    leads(bytes, name) {
      leads = { bytes, name };
      void whenever(authors.ask("leads", leads));
    },
    /** Those leads, for who asks more of them. */
    ownLeads: () => leads,
    /** The moment or the leads are others: what changed is compared anew. */
    asked: compareSoon,
    /** @param {{ name: string, parts: RulebookParts, report: RulebookReport }} opened */
    opened({ name, parts, report }) {
      rules.open(parts.packs, parts.options);
      pack = rules.inForce().at(-1) ?? "";
      packs.layers(rules.texts(), report.layers);
      close.hidden = false;
      renew();
      page.say(t("author.opened", { name, n: report.layers.length }));
    },
    /** What the engine says of the rules. @param {{ settings?: { inForce: SettingInForce[], chosen: Record<string, SettingValue>, refused: string[] }, changes?: LayerChange[] }} told */
    told({ settings: levered, changes }) {
      if (changes) packs.changes(changes);
      if (!levered) return;
      if (levered.refused.length) { rules.set(levered.chosen); levers.set(levered.chosen); page.changed(); page.say(`${levered.refused.join(". ")}.`, true); }
      levers.show(levered.inForce);
    },
    /** Which rules failed for leads. @param {Failing[]} failing @param {number} leads */
    faults(failing, leads) { faults = { failing, leads }; show(); },
    /** Shows a pack, if there is one of that name. @param {string} file */
    look(file) { if (rules.texts().has(file) && file !== pack) { turn(file); tell(); } },
    /** Shows the rule of this name in the text; false where no pack in force has it. @param {string} name */
    showNamed(name) {
      for (const { file, text: words } of rules.now().packs) {
        const quoted = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
        const found = new RegExp(`^[ \\t]*(?:rule|cadence)\\s+"${quoted}"`, "m").exec(words);
        if (!found) continue;
        pane.open = true;
        if (pack !== file) { turn(file); tell(); }
        text.go(found.index, found.index + found[0].length);
        text.focus();
        return true;
      }
      return false;
    },
    /** Shows a rule in the text. @param {RuleRef} rule */
    showRule({ file, span }) {
      if (!rules.texts().has(file)) return;
      pane.open = true;
      if (pack !== file) { turn(file); tell(); }
      text.select(span);
    },
  };
}
