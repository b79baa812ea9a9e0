// The page: what the user sees and chooses (state), told to the engine, and the engine's answers shown.
//
// Read on in: state.js (the address), engine.js and worker.js (the rules engine), packs.js, editor.js, leads.js,
// time.js, queue.js, why.js.

import { editor } from "./editor.js";
import { byId } from "./element.js";
import { engine } from "./engine.js";
import { leads, refusals } from "./leads.js";
import * as library from "./packs.js";
import { queue } from "./queue.js";
import * as state from "./state.js";
import { slider } from "./time.js";
import { why } from "./why.js";
import { count, madeOf } from "./words.js";

/** @import { Diagnostic, RuleRef } from "./lib/cadans.js" */
/** @import { View } from "./state.js" */
/** @import { Answer, Refused } from "./worker.js" */

const SAMPLE = "sample/leads.json";
const status = byId("status", HTMLElement);
const packReset = byId("pack-reset", HTMLButtonElement);
const leadsSample = byId("leads-sample", HTMLButtonElement);
const rulesPane = byId("rules", HTMLDetailsElement);

/** @param {string} text */
const say = (text, bad = false) => { status.textContent = text; status.classList.toggle("error", bad); };

const { texts, inForce, now: sampleNow, sample } = await files().catch((error) => {
  say(`The page is not complete: ${error.message}. Build it again with “cargo xtask demo”.`, true);
  throw error;
});
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
const force = () => view.force ?? inForce;
/** @param {string} file */
const textOf = (file) => view.edits[file] ?? texts.get(file) ?? "";

const time = slider((now) => { view.now = now; ask(); });
const text = editor((changed) => {
  if (changed === texts.get(view.pack)) delete view.edits[view.pack];
  else view.edits[view.pack] = changed;
  packReset.hidden = !(view.pack in view.edits);
  tellPacks();
});
const packs = library.packs(texts, choosePack, (files) => { view.force = files; tellPacks(); });
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
    cadans.tell("packs", { packs, language: navigator.language });
    remember();
  }, 80); // a pause between keys
}

/** @param {string} file */
function choosePack(file) {
  // Of the packs that sell one is looked at a time; policies stay in force beside it.
  if (!force().includes(file)) view.force = [...force().filter((one) => one !== view.pack || isPolicy(one)), file];
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
  const { versions, leads, diagnostics, decided, explained: told } = answer;
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
  if (diagnostics) { found = diagnostics; showFindings(); }
  if (decided) {
    rows.show(decided.advices);
    rows.choose(view.lead);
    say(`${count(decided.advices.length, "lead")} decided in ${Math.max(1, Math.round(decided.took)).toLocaleString("en")} ms.`);
    if (!decided.advices.some(({ lead }) => lead === view.lead)) { view.lead = undefined; explained = undefined; }
  }
  if (told) { explained = told.explanation.advice.lead; panel.show(told.explanation, told.names); }
  if (decided) settle();
}

packReset.addEventListener("click", () => { delete view.edits[view.pack]; showPack(); tellPacks(); });
leadsSample.addEventListener("click", () => { view.now = undefined; loading = undefined; cadans.tell("leads", { bytes: sample, name: SAMPLE }); });
leads(loadLeads, (sentence) => say(sentence, true));

// On a phone the queue comes first; the rules are one touch away.
rulesPane.open = !matchMedia("(max-width: 40rem)").matches;
showPack();
if (view.show) rows.turn(view.show);
cadans.tell("leads", { bytes: sample, name: SAMPLE });
tellPacks();
