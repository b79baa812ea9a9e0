// The page: what the user sees and chooses (state), told to the engine, and the engine's answers shown.
//
// Read on in: state.js (the address), engine.js and worker.js (the rules engine), wording/ (both languages), day/ (the rep's half: queue, why, time,
// leads), author/ (the manager's half: the rules), views.js and team/ (the reports of the team, loaded when somebody looks at them).

import { embed } from "./author/embed.js";
import { manager } from "./author/index.js";
import * as library from "./author/packs.js";
import { notice } from "./author/notice.js";
import { share } from "./author/share.js";
import { offerTools } from "./author/tools.js";
import { keep, kept, ledger } from "./day/acts.js";
import { leads, refusals } from "./day/leads.js";
import { setMarks } from "./day/marks.js";
import { queue } from "./day/queue.js";
import { slider } from "./day/time.js";
import { why } from "./day/why.js";
import { byId } from "./element.js";
import { engine } from "./engine.js";
import { dropLeads, keepLeads, keptLeads } from "./importing/kept.js";
import { languages } from "./languages.js";
import * as state from "./state.js";
import { views } from "./views.js";
import { whatIf } from "./whatif/index.js";
import { language, onLanguage, t } from "./wording/index.js";

/** @import { Versions } from "./lib/cadans.js" */
/** @import { Act } from "./day/day-queue.js" */
/** @import { Answer, Refused } from "./worker.js" */

const SAMPLE = "sample/leads.json";
/** So much advice at most is told to the page around this one. */
const MOST_TOLD = 1_000;
const status = byId("status", HTMLElement);
const leadsSample = byId("leads-sample", HTMLButtonElement);

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
const { view, refused: refusedOfAddress } = state.read();
/**
 * The name of the leads on their way to the engine; `undefined` for the sample.
 * @type {string | undefined}
 */
let loading;
/**
 * The lead that the panel is about.
 * @type {string | undefined}
 */
let explained;
/** What is told of it. @type {Answer["explained"]} */
let shown;

/** The bytes of the file of one's own leads. */
let loadedSize = 0;
/** What reps did with the advice about these leads. @type {Act[]} */
let acts = [];
/** Where the list stood when the last act was told, so that the next lead is chosen. @type {number | undefined} */
let next;
/** The act that is told on the status line once the next lead is there. @type {{ lead: string, isKept: boolean } | undefined} */
let acted;
/** @type {Versions | undefined} */
let made;
/**
 * What the file of leads gave.
 * @type {Answer["leads"]}
 */
let intake;

const viewed = () => ({ ...view, pack: author.pack(), rules: sharing.link() });
const remember = () => state.write(viewed());
const time = slider((now) => { view.now = now; ask(); });
const rows = queue((id, pointed) => {
  chooseLead(id);
  // On a phone the explanation is below the list.
  if (pointed && matchMedia("(max-width: 60rem)").matches) byId("why", HTMLElement).scrollIntoView({ block: "start" });
}, ({ show, rep }) => {
  if (rep !== view.rep) view.lead = explained = undefined; // the first of that rep's queue is explained
  Object.assign(view, { show, rep });
  time.zone(rows.zone());
  ask();
});
const showActs = ledger(() => acts, () => { acts = acts.slice(0, -1); tellActs(); });
const panel = why((rule) => author.showRule(rule), (at) => { view.now = at; time.go(at); ask(); }, () => rows.zone(), act);
const cadans = engine(answered, (error, goesOn) => say(goesOn ? t("page.stopped") : t("page.cannotRun", { why: error.message }), true));
const author = manager({
  shipped, inForce: shippedInForce, pack: view.pack, now: () => view.now, say, chooseLead, changed() {
    remember();
    sharing.keep();
    around?.({ cadans: "rules", packs: author.rules.now().packs });
  },
  decide(packs, options) { cadans.tell("packs", { packs, options, language: language() }); reports.renew(); },
  open: (files) => cadans.tell("rulebook", files), mark: (marks) => { setMarks(marks); rows.draw(); },
});
const sharing = share(author, {
  shipped, view: viewed, isSample: () => loading === undefined, say, lead: () => shown && { explanation: shown.explanation, names: shown.names.values() },
  versions: () => byId("version", HTMLElement).textContent ?? "",
});

whatIf(author, { now: () => view.now, language, chooseLead });

const reports = views({
  scene: () => (intake && view.now !== undefined
    ? { rules: author.rules.now(), leads: author.ownLeads(), isSample: loading === undefined, acts, now: view.now, reps: intake.reps, rep: view.rep } : undefined),
  ways: {
    lead(id) { look("leads"); chooseLead(id); byId("why-title", HTMLElement).focus(); },
    rule(name) { look("leads"); author.showNamed(name); },
  },
  chooseRep(rep) { view.lead = explained = undefined; view.rep = rep; rows.turn(view.show, rep); time.zone(rows.zone()); ask(); },
}, (shown) => { view.view = shown === "leads" ? undefined : shown; remember(); }, (why) => say(why, true));

/** Turns to what is on the screen. @param {string | undefined} shown */
function look(shown) {
  view.view = shown === "leads" ? undefined : shown;
  void reports.turn(shown);
  remember();
}

/** The packs and the sample leads that come with the page. */
async function files() {
  const { texts, inForce, now } = await library.load();
  const answer = await fetch(new URL(SAMPLE, import.meta.url));
  if (!answer.ok) throw new Error(`${SAMPLE} is missing`);
  return { texts, inForce, now, sample: await answer.blob() };
}

/** The moment that was asked for last. @type {string | undefined} */
let asked;
function ask() {
  cadans.tell("ask", { now: view.now, lead: view.lead, language: language(), look: rows.look(), first: state.isEmbedded() ? MOST_TOLD : 0 });
  if (view.now !== asked) author.asked();
  asked = view.now;
  reports.renew();
  remember();
}

/** @param {string} id */
function chooseLead(id) {
  view.lead = id;
  around?.({ cadans: "chosen", lead: id });
  rows.choose(id);
  ask();
}

/** By what the acts about these leads are kept. */
const source = () => (loading === undefined ? "sample" : `${loading} ${loadedSize}`);

function tellActs() {
  const isKept = keep(source(), acts);
  showActs();
  cadans.tell("acts", acts);
  ask();
  return isKept;
}

/** @param {Act} done */
function act(done) {
  next = rows.place();
  acts = [...acts, done];
  const isKept = tellActs();
  acted = { lead: done.lead, isKept };
}

/** When the chosen lead is not there (any more), the first of the list is chosen. */
function settle() {
  if (next !== undefined) {
    const after = rows.at(next);
    next = undefined;
    if (after !== undefined) return chooseLead(after);
  }
  if (view.lead !== undefined && explained === view.lead) return;
  const first = rows.at();
  if (first !== undefined) return chooseLead(first);
  panel.clear(t("why.choose"));
  author.begin();
}

/**
 * @param {string} name
 * @param {Blob} file
 */
function loadLeads(name, file) {
  loading = name;
  loadedSize = file.size;
  say(t("leads.reading", { file: name }));
  tellLeads(file, name);
}

/**
 * @param {Blob} file
 * @param {string} name
 */
function tellLeads(file, name) {
  cadans.tell("leads", { file, name });
  file.arrayBuffer().then((bytes) => { author.leads(new Uint8Array(bytes), name); reports.renew(); }, () => {}); // the engine tells why it cannot be read
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
  if ("error" in answer) {
    author.begin(); // what is wrong with the rules is told by it
    return say(`${answer.error.message}. ${answer.error.help}`, true);
  }
  const { versions, leads, opened, decided, seen, reading, explained: told } = answer;
  made = versions;
  if (leads) {
    intake = leads;
    leadsSample.hidden = loading === undefined;
    const start = loading === undefined ? sampleNow : leads.newest ?? new Date().toISOString();
    rows.reps(leads.reps);
    time.zone(rows.zone());
    acts = kept(source());
    showActs();
    if (acts.length) cadans.tell("acts", acts);
    view.now ??= start;
    time.set(start, view.now);
    ask();
  }
  sources();
  if (opened) author.opened(opened);
  if (reading) say(t("leads.progress", { file: loading ?? t("leads.theSample"), percent: Math.floor((reading.done / reading.all) * 100) }));
  if (seen) rows.show(seen);
  if (decided) {
    around?.({ cadans: "advice", advices: decided.first });
    say(t("page.decided", { n: decided.size, took: Math.max(1, Math.round(decided.took)) }));
    author.faults(decided.failing, decided.tried);
    if (!told) { view.lead = explained = shown = undefined; }
  }
  author.told(answer);
  if (told) {
    explained = told.explanation.advice.lead;
    shown = told;
    rows.choose(explained);
    panel.show(told.explanation, told.names, told.record);
    author.begin();
    if (acted && explained !== acted.lead) {
      const { lead, isKept } = acted;
      say(t(isKept ? "acts.taken" : "acts.notKept", { lead, next: told.explanation.advice.leadName ?? explained }));
      acted = undefined;
    }
  }
  if (seen) settle();
}

/** Files of leads were chosen or dropped: looked at first, then used and kept. @param {File[]} files */
async function received(files) {
  const { importStep } = await import("./importing/step.js"); // most visitors have no leads of their own
  const chosen = await importStep(files);
  if (!chosen) return;
  view.now = undefined; // the moment of their last signal
  loadLeads(chosen.name, chosen.file);
  if (!(await keepLeads(chosen))) notice("leads", t("leads.notKept"));
}

function loadSample() {
  loading = undefined;
  tellLeads(sample, SAMPLE);
}

leadsSample.addEventListener("click", () => { view.now = undefined; void dropLeads(); loadSample(); });
leads((files) => { void received(files); }, (sentence) => say(sentence, true));

languages();
onLanguage(() => { sources(); ask(); });

/** What the address has and cannot be used is told; the page starts without it. */
function refuse() {
  for (const { name, value } of refusedOfAddress) notice(`address ${name}`, t("author.badMoment", { value: value.slice(0, 60) }));
}

// A link that is opened in this tab.
addEventListener("hashchange", () => {
  const { view: linked, refused } = state.read();
  refusedOfAddress.splice(0, Infinity, ...refused);
  refuse();
  Object.assign(view, { ...linked, now: linked.now ?? view.now });
  rows.turn(linked.show, linked.rep);
  void reports.turn(linked.view);
  if (view.now) time.go(view.now);
  void sharing.open(linked.rules).then(() => { if (linked.pack) author.look(linked.pack); ask(); });
});

/** Rules and leads from the page around this one, where there is one. */
const around = state.isEmbedded() ? embed({
  rules: (packs) => author.arrived(packs, true, {}), leads(name, bytes) { view.now = undefined; loadLeads(name, new Blob([bytes])); }, lead: chooseLead,
  now(at) { view.now = at; time.go(at); ask(); },
}) : undefined;

offerTools({
  queue: (count, rep) => author.authors.ask("queue", { ...author.rules.now(), now: view.now ?? sampleNow, count, rep, language: language() }),
  explain: (lead) => author.authors.ask("explain", { ...author.rules.now(), lead, now: view.now ?? sampleNow, language: language() }).catch(() => undefined),
  check(draft) {
    const { packs, options } = author.rules.now();
    return author.authors.ask("check", { packs: [...packs, { file: "draft.rhai", text: draft }], options, language: language() })
      .then((all) => all.filter(({ file }) => file === "draft.rhai"));
  },
});

refuse();
rows.turn(view.show, view.rep);
if (view.view !== undefined) void reports.turn(view.view);
const own = around ? undefined : await keptLeads();
if (own) loadLeads(own.name, own.file);
else loadSample();
author.tell();
// Nothing of this browser's drafts goes into a frame.
if (!around) void sharing.open(view.rules);
if ("serviceWorker" in navigator && !around) navigator.serviceWorker.register(new URL("service-worker.js", import.meta.url)).catch(() => {}); // without it the page works with a network only
