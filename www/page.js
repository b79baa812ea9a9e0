// The page: what the user sees and chooses (state), told to the engine, and the engine's answers shown.
//
// Read on in: state.js (the address), engine.js and worker.js (the rules engine), wording/ (both languages), day/ (the rep's half: queue, why, time,
// leads), packs.js, editor.js, settings.js, rulebook.js.

import { leads, refusals } from "./day/leads.js";
import { queue } from "./day/queue.js";
import { slider } from "./day/time.js";
import { why } from "./day/why.js";
import { editor } from "./editor.js";
import { byId } from "./element.js";
import { engine } from "./engine.js";
import { languages } from "./languages.js";
import * as library from "./packs.js";
import { rulebook } from "./rulebook.js";
import { settings } from "./settings.js";
import * as state from "./state.js";
import { language, onLanguage, t } from "./wording/index.js";
import { count } from "./words.js";

/** @import { Diagnostic, RuleRef, RulebookOptions, Versions } from "./lib/cadans.js" */
/** @import { View } from "./state.js" */
/** @import { Answer, Refused } from "./worker.js" */

const SAMPLE = "sample/leads.json";
const status = byId("status", HTMLElement);
const packReset = byId("pack-reset", HTMLButtonElement);
const leadsSample = byId("leads-sample", HTMLButtonElement);
const rulesPane = byId("rules", HTMLDetailsElement);
const rulebookClose = byId("rulebook-close", HTMLButtonElement);

/** @param {string} text */
function say(text, bad = false) {
  status.removeAttribute("data-t"); // its first text
  status.textContent = text;
  status.classList.toggle("error", bad);
}

const { texts: shipped, inForce: shippedInForce, now: sampleNow, sample } = await files().catch((error) => {
  say(t("page.incomplete", { why: error.message }), true);
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

/** @type {Versions | undefined} */
let made;
/**
 * What the file of leads gave.
 * @type {Answer["leads"]}
 */
let intake;

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
const cadans = engine(answered, (error, goesOn) => say(goesOn ? t("page.stopped") : t("page.cannotRun", { why: error.message }), true));

/** The packs and the sample leads that come with the page. */
async function files() {
  const { texts, inForce, now } = await library.load();
  const answer = await fetch(new URL(SAMPLE, import.meta.url));
  if (!answer.ok) throw new Error(`${SAMPLE} is missing`);
  return { texts, inForce, now, sample: new Uint8Array(await answer.arrayBuffer()) };
}

function ask() {
  cadans.tell("ask", { now: view.now, lead: view.lead, language: language() });
  remember();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
function tellPacks() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const packs = force().filter((file) => texts.has(file)).map((file) => ({ file, text: textOf(file) }));
    cadans.tell("packs", { packs, options: { ...options, overrides: view.settings }, language: language() });
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
  if (first === undefined) panel.clear(t("why.choose"));
  else chooseLead(first);
}

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function loadLeads(name, bytes) {
  loading = name;
  view.now = undefined;
  say(t("leads.reading", { file: name }));
  cadans.tell("leads", { bytes, name });
}

/** Tells where the leads come from, what was refused of them, and by which versions they are decided. */
function sources() {
  if (made) byId("version", HTMLElement).textContent = t("page.versions", { ...made });
  if (!intake) return;
  byId("leads-name", HTMLElement).textContent = t("leads.from", { n: intake.size, file: loading ?? t("leads.theSample") });
  refusals(intake.refused[language()] ?? [], intake.size);
}

/** @param {Answer | Refused} answer */
function answered(answer) {
  if ("error" in answer) return say(`${answer.error.message}. ${answer.error.help}`, true);
  const { versions, leads, opened, diagnostics, settings: levered, changes, decided, explained: told } = answer;
  made = versions;
  if (leads) {
    intake = leads;
    leadsSample.hidden = loading === undefined;
    const start = loading === undefined ? sampleNow : leads.newest ?? new Date().toISOString();
    view.now ??= start;
    time.set(start, view.now);
    ask();
  }
  sources();
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
    say(t("page.decided", { n: decided.advices.length, took: Math.max(1, Math.round(decided.took)) }));
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

languages();
onLanguage(() => { sources(); tellPacks(); ask(); });

// On a phone the queue comes first; the rules are one touch away.
rulesPane.open = !matchMedia("(max-width: 40rem)").matches;
packs.offer(texts);
levers.set(view.settings);
showPack();
if (view.show) rows.turn(view.show);
cadans.tell("leads", { bytes: sample, name: SAMPLE });
tellPacks();
