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
import { count } from "./words.js";

const SAMPLE = "sample/leads.json";
const status = byId("status");
const say = (text, bad = false) => { status.textContent = text; status.classList.toggle("error", bad); };

const view = await state.read();
let texts, inForce, sampleNow, sample;
try {
  ({ texts, inForce, now: sampleNow } = await library.load());
  const answer = await fetch(new URL(SAMPLE, import.meta.url));
  if (!answer.ok) throw new Error(`${SAMPLE} is missing`);
  sample = new Uint8Array(await answer.arrayBuffer());
} catch (error) {
  say(`The page is not complete: ${error.message}. Build it again with “cargo xtask demo”.`, true);
  throw error;
}

const firstPack = inForce.find((file) => texts.has(file) && !isPolicy(file)) ?? inForce[0];
let loading; // the name of the leads on their way to the engine
let found = [];
let explained; // the lead that the panel is about

const remember = () => state.write(view);
const force = () => view.force ?? inForce;
const textOf = (file) => view.edits[file] ?? texts.get(file);

const time = slider((now) => { view.now = now; ask(); });
const text = editor((changed) => {
  if (changed === texts.get(view.pack)) delete view.edits[view.pack];
  else view.edits[view.pack] = changed;
  byId("pack-reset").hidden = !(view.pack in view.edits);
  tellPacks();
});
const packs = library.packs(texts, choosePack, (files) => { view.force = files; tellPacks(); });
const rows = queue(chooseLead, (show) => { view.show = show; settle(); remember(); });
const panel = why(showRule, (at) => { view.now = at; time.go(at); ask(); });
const cadans = engine(answered, (error, goesOn) => say(goesOn
  ? "The rules engine stopped and was started again."
  : `The rules engine cannot run in this browser (${error.message}). A current Firefox, Chrome, Edge or Safari can.`, true));

function ask() {
  cadans.tell("ask", { now: view.now, lead: view.lead });
  remember();
}

let typing;
function tellPacks() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const packs = force().filter((file) => texts.has(file)).map((file) => ({ file, text: textOf(file) }));
    cadans.tell("packs", { packs, language: navigator.language });
    remember();
  }, 80); // a pause between keys
}

function choosePack(file) {
  // Of the packs that sell one is looked at a time; policies stay in force beside it.
  if (!force().includes(file)) view.force = [...force().filter((one) => one !== view.pack || isPolicy(one)), file];
  view.pack = file;
  showPack();
  tellPacks();
}
function showPack() {
  text.set(textOf(view.pack));
  byId("pack-reset").hidden = !(view.pack in view.edits);
  showFindings();
}

function showFindings() {
  const faulty = new Set(found.filter(({ severity }) => severity === "error").map(({ file }) => file));
  packs.show(view.pack, force(), faulty);
  text.show(found.filter(({ file }) => file === view.pack));
}

function chooseLead(id) {
  view.lead = id;
  rows.choose(id);
  ask();
}

function showRule({ file, span }) {
  if (!texts.has(file)) return;
  byId("rules").open = true;
  if (view.pack !== file) { view.pack = file; showPack(); remember(); }
  text.select(span);
}

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

function loadLeads(name, bytes) {
  loading = name;
  view.now = undefined;
  say(`Reading ${name}…`);
  cadans.tell("leads", { bytes, name });
}

function answered({ kind, version, error, leads: kept, refused, newest, diagnostics, advices, took, explanation, names }) {
  if (error) return say([error.message, error.help].filter(Boolean).join(". "), true);
  byId("version").textContent = `Cadans ${version}`;
  if (kind === "leads") {
    byId("leads-name").textContent = `${count(kept, "lead")} from ${loading ?? "the sample"}`;
    byId("leads-sample").hidden = loading === undefined;
    refusals(refused, kept);
    const start = loading === undefined ? sampleNow : newest ?? new Date().toISOString();
    view.now ??= start;
    time.set(start, view.now);
    ask();
  }
  if (diagnostics) { found = diagnostics; showFindings(); }
  if (advices) {
    rows.show(advices);
    rows.choose(view.lead);
    say(`${count(advices.length, "lead")} decided in ${Math.max(1, Math.round(took)).toLocaleString("en")} ms.`);
    if (!advices.some(({ lead }) => lead === view.lead)) { view.lead = undefined; explained = undefined; }
  }
  if (explanation) { explained = explanation.advice.lead; panel.show(explanation, names); }
  if (advices) settle();
}

byId("pack-reset").addEventListener("click", () => { delete view.edits[view.pack]; showPack(); tellPacks(); });
byId("leads-sample").addEventListener("click", () => { view.now = undefined; loading = undefined; cadans.tell("leads", { bytes: sample, name: SAMPLE }); });
leads(loadLeads, (sentence) => say(sentence, true));

// On a phone the queue comes first; the rules are one touch away.
byId("rules").open = !matchMedia("(max-width: 40rem)").matches;
view.pack = texts.has(view.pack) ? view.pack : firstPack;
showPack();
if (view.show) rows.turn(view.show);
cadans.tell("leads", { bytes: sample, name: SAMPLE });
tellPacks();
