// The page: what the user sees and chooses (state), told to the engine, and the engine's answers shown.
//
// Read on in: state.js (the address), engine.js and worker.js (the rules engine), packs.js, editor.js, leads.js,
// settings.js, rulebook.js, time.js, queue.js, why.js.

import { editor } from "./editor.js";
import { byId } from "./element.js";
import { engine } from "./engine.js";
import { leads, refusals } from "./leads.js";
import * as library from "./packs.js";
import { queue } from "./queue.js";
import { rulebook } from "./rulebook.js";
import { settings } from "./settings.js";
import * as state from "./state.js";
import { slider } from "./time.js";
import { why } from "./why.js";
import { count, madeOf } from "./words.js";

/** @import { Diagnostic, RuleRef, RulebookOptions } from "./lib/cadans.js" */
/** @import { View } from "./state.js" */
/** @import { Answer, Refused } from "./worker.js" */

const SAMPLE = "sample/leads.json";
const status = byId("status", HTMLElement);
const packReset = byId("pack-reset", HTMLButtonElement);
const leadsSample = byId("leads-sample", HTMLButtonElement);
const rulesPane = byId("rules", HTMLDetailsElement);
const rulebookClose = byId("rulebook-close", HTMLButtonElement);

/** @param {string} text */
const say = (text, bad = false) => { status.textContent = text; status.classList.toggle("error", bad); };

const { texts: shipped, inForce: shippedInForce, now: sampleNow, sample } = await files().catch((error) => {
  say(`The page is not complete: ${error.message}. Build it again with “cargo xtask demo”.`, true);
  throw error;
});
/**
 * The packs to choose from, those that decide where the user has not chosen, and how they are put together: those of the page, or of a rulebook that was
 * opened, whose layers say themselves what is in force.
 * @type {{ texts: Map<string, string>, inForce: string[], options: RulebookOptions, isRulebook: boolean }}
 */
let { texts, inForce, options, isRulebook } = { texts: shipped, inForce: shippedInForce, options: {}, isRulebook: false };
const chosen = await state.read();
const firstPack = inForce.find((file) => texts.has(file) && !isPolicy(file)) ?? inForce[0];
/** @type {View & { pack: string }} */
const view = { ...chosen, pack: chosen.pack !== undefined && texts.has(chosen.pack) ? chosen.pack : firstPack };
/**
 * The name of the leads on their way to the engine; `undefined` for the sample.
 * @type {string | undefined}
 */
let loading;
/** @type {Diagnostic[]} */
let found = [];
/**
 * The lead that the panel is about.
 * @type {string | undefined}
 */
let explained;

const remember = () => state.write(view);
const force = () => (isRulebook ? inForce : view.force ?? inForce);
/** @param {string} file */
const textOf = (file) => view.edits[file] ?? texts.get(file) ?? "";

const time = slider((now) => { view.now = now; ask(); });
const text = editor((changed) => {
  if (changed === texts.get(view.pack)) delete view.edits[view.pack];
  else view.edits[view.pack] = changed;
  packReset.hidden = !(view.pack in view.edits);
  tellPacks();
});
const packs = library.packs(choosePack, (files) => { view.force = files; tellPacks(); });
const levers = settings((values) => { view.settings = values; tellPacks(); });
const rows = queue(chooseLead, (show) => { view.show = show; settle(); remember(); });
const panel = why(showRule, (at) => { view.now = at; time.go(at); ask(); });
const cadans = engine(answered, (error, goesOn) => say(goesOn
  ? "The rules engine stopped and was started again."
  : `The rules engine cannot run in this browser (${error.message}). A current Firefox, Chrome, Edge or Safari can.`, true));

/** The packs and the sample leads that come with the page. */
async function files() {
  const { texts, inForce, now } = await library.load();
  const answer = await fetch(new URL(SAMPLE, import.meta.url));
  if (!answer.ok) throw new Error(`${SAMPLE} is missing`);
  return { texts, inForce, now, sample: new Uint8Array(await answer.arrayBuffer()) };
}

function ask() {
  cadans.tell("ask", { now: view.now, lead: view.lead });
  remember();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
function tellPacks() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const packs = force().filter((file) => texts.has(file)).map((file) => ({ file, text: textOf(file) }));
    cadans.tell("packs", { packs, options: { ...options, overrides: view.settings }, language: navigator.language });
    remember();
  }, 80); // a pause between keys
}

/** @param {string} file */
function choosePack(file) {
  // Of the packs that sell one is looked at a time; policies stay in force beside it.
  if (!isRulebook && !force().includes(file)) view.force = [...force().filter((one) => one !== view.pack || isPolicy(one)), file];
  view.pack = file;
  showPack();
  tellPacks();
}

function showPack() {
  text.set(textOf(view.pack));
  packReset.hidden = !(view.pack in view.edits);
  showFindings();
}

function showFindings() {
  const faulty = new Set(found.filter(({ severity }) => severity === "error").map(({ file }) => file));
  packs.show(view.pack, force(), faulty);
  text.show(found.filter(({ file }) => file === view.pack));
}

/** @param {string} id */
function chooseLead(id) {
  view.lead = id;
  rows.choose(id);
  ask();
}

/** @param {NonNullable<Answer["opened"]>} opened */
function showRulebook({ name, parts, report }) {
  texts = new Map(parts.packs.map(({ file, text }) => [file, text]));
  [inForce, options, isRulebook] = [[...texts.keys()], parts.options, true];
  Object.assign(view, { edits: {}, settings: {}, pack: inForce.at(-1) ?? "" });
  packs.layers(texts, report.layers);
  levers.set(view.settings);
  rulebookClose.hidden = false;
  showPack();
  tellPacks();
  say(`${name}: ${count(report.layers.length, "layer")} opened.`);
}

function closeRulebook() {
  [texts, inForce, options, isRulebook] = [shipped, shippedInForce, {}, false];
  Object.assign(view, { edits: {}, settings: {}, pack: firstPack });
  packs.offer(texts);
  levers.set(view.settings);
  rulebookClose.hidden = true;
  showPack();
  tellPacks();
}

/** @param {RuleRef} rule */
function showRule({ file, span }) {
  if (!texts.has(file)) return;
  rulesPane.open = true;
  if (view.pack !== file) { view.pack = file; showPack(); remember(); }
  text.select(span);
}

/** @param {string} file */
function isPolicy(file) {
  return file.startsWith("contact-policy/");
}

/** When the chosen lead is not there (any more), the first of the list is chosen. */
function settle() {
  if (view.lead !== undefined && explained === view.lead) return;
  const first = rows.first();
  if (first === undefined) panel.clear("Choose a lead to see why.");
  else chooseLead(first);
}

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function loadLeads(name, bytes) {
  loading = name;
  view.now = undefined;
  say(`Reading ${name}…`);
  cadans.tell("leads", { bytes, name });
}

/** @param {Answer | Refused} answer */
function answered(answer) {
  if ("error" in answer) return say(`${answer.error.message}. ${answer.error.help}`, true);
  const { versions, leads, opened, diagnostics, settings: levered, changes, decided, explained: told } = answer;
  const made = byId("version", HTMLElement);
  [made.lang, made.textContent] = madeOf(versions, navigator.language);
  if (leads) {
    byId("leads-name", HTMLElement).textContent = `${count(leads.size, "lead")} from ${loading ?? "the sample"}`;
    leadsSample.hidden = loading === undefined;
    refusals(leads.refused, leads.size);
    const start = loading === undefined ? sampleNow : leads.newest ?? new Date().toISOString();
    view.now ??= start;
    time.set(start, view.now);
    ask();
  }
  if (opened) showRulebook(opened);
  if (diagnostics) { found = diagnostics; showFindings(); }
  if (changes) packs.changes(changes);
  if (levered) {
    if (levered.refused.length) { view.settings = levered.chosen; levers.set(levered.chosen); remember(); }
    levers.show(levered.inForce);
  }
  if (decided) {
    rows.show(decided.advices);
    rows.choose(view.lead);
    say(`${count(decided.advices.length, "lead")} decided in ${Math.max(1, Math.round(decided.took)).toLocaleString("en")} ms.`);
    if (!decided.advices.some(({ lead }) => lead === view.lead)) { view.lead = undefined; explained = undefined; }
  }
  if (levered?.refused.length) say(`${levered.refused.join(". ")}.`, true);
  if (told) { explained = told.explanation.advice.lead; panel.show(told.explanation, told.names); }
  if (decided) settle();
}

rulebookClose.addEventListener("click", closeRulebook);
rulebook((files) => cadans.tell("rulebook", files), (sentence) => say(sentence, true));
packReset.addEventListener("click", () => { delete view.edits[view.pack]; showPack(); tellPacks(); });
leadsSample.addEventListener("click", () => { view.now = undefined; loading = undefined; cadans.tell("leads", { bytes: sample, name: SAMPLE }); });
leads(loadLeads, (sentence) => say(sentence, true));

// On a phone the queue comes first; the rules are one touch away.
rulesPane.open = !matchMedia("(max-width: 40rem)").matches;
packs.offer(texts);
levers.set(view.settings);
showPack();
if (view.show) rows.turn(view.show);
cadans.tell("leads", { bytes: sample, name: SAMPLE });
tellPacks();
