// An inside-sales console: a lead list, a lead page and an activity log of its own, and the elements of Cadans for the day and its reasons.
//
// All that reps record stands in one journal. The book is made of the leads and the journal, so undo and import make it again. The sample's clock
// stands still, and goes on with what is done.

import { Book, Rulebook, init } from "../../lib/cadans.js";
import { engineOf, recordedAsText, recordedFromText } from "../../lib/element.js";
import { WORDS } from "./words.js";

/** @import { Lead, PackFile, Rep, SettingValue, Signal } from "../../lib/cadans.js" */
/** @import { ActDetail, Engine, Entry, Recorded } from "../../lib/element.js" */

/** What a contact takes, in milliseconds: so much later it is when it is recorded. */
const CONTACT = 6 * 60_000;

const parameters = new URLSearchParams(location.hash.slice(1));

/** @template {HTMLElement} Kind @param {string} id @param {new () => Kind} kind @returns {Kind} */
function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`no ${id}`);
  return found;
}
/** @param {string} name @param {string} text @param {Record<string, string>} [attributes] */
function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const [queue, why, rules] = [/** @type {const} */ ("cadans-queue"), /** @type {const} */ ("cadans-why"), /** @type {const} */ ("cadans-rules")]
  .map((name) => document.querySelector(name));
const day = /** @type {import("../../lib/element.js").CadansQueue} */ (queue);
const reasons = /** @type {import("../../lib/element.js").CadansWhy} */ (why);
const editor = /** @type {import("../../lib/element.js").CadansRules} */ (rules);
const [repSelect, languageSelect] = [byId("rep", HTMLSelectElement), byId("language", HTMLSelectElement)];
const find = byId("find", HTMLInputElement);

/** @type {{ text: string, leads: Lead[], reps: Rep[], packs: PackFile[], overrides: Record<string, SettingValue>, journal: Recorded[], now: number,
 *   lead: string | undefined, rulebook: Rulebook | undefined, book: Book | undefined, engine: Engine | undefined }} */
const state = { text: "", leads: [], reps: [], packs: [], overrides: {}, journal: [], now: 0, lead: undefined, rulebook: undefined, book: undefined, engine: undefined };
let language = parameters.get("lang") ?? (/^nl\b/i.test(navigator.language) ? "nl" : "en");
const words = () => WORDS[language] ?? WORDS["en"] ?? (() => { throw new Error("no words"); })();

/** @param {string} sentence */
const say = (sentence) => { byId("told", HTMLElement).textContent = sentence; };
/** One's own zone: that of the rep who works, else the browser's. */
const zone = () => state.reps.find(({ id }) => id === repSelect.value)?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
/** @param {number | string} at */
const timeWords = (at) => new Date(at).toLocaleString(language === "nl" ? "nl-NL" : "en-GB", {
  weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: zone(),
});

/** The book of the leads with the entries of the journal; those that do not fit their lead are left out and told. */
function makeBook() {
  const book = new Book(state.text, undefined);
  const rulebook = state.rulebook ?? new Rulebook(state.packs, { overrides: state.overrides });
  const engine = engineOf(rulebook, book);
  /** @type {string[]} */
  const refused = [];
  state.journal = state.journal.filter(({ lead, entry }) => {
    try {
      void engine.record(lead, entry);
      return true;
    } catch (error) {
      refused.push(`${lead}: ${Object(error).message}`);
      return false;
    }
  });
  Object.assign(state, { rulebook, book, engine });
  day.engine = engine;
  reasons.engine = engine;
  return refused;
}

/** Shows all that is the console's own. */
function draw() {
  document.documentElement.lang = language;
  const table = words();
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = String(Reflect.get(table, place.getAttribute("data-word") ?? ""));
  byId("clock", HTMLElement).textContent = timeWords(state.now);
  byId("recorded", HTMLElement).textContent = table.recorded(state.journal.length);
  byId("undo", HTMLButtonElement).disabled = byId("export", HTMLButtonElement).disabled = !state.journal.length;
  const choices = Object.entries(table.kinds).map(([value, text]) => element("option", text, { value }));
  byId("kinds", HTMLSelectElement).replaceChildren(...choices);
  for (const one of [day, reasons, editor]) one.lang = language;
  for (const one of [day, reasons]) {
    one.now = state.now;
    one.setAttribute("zone", zone());
  }
  drawLeads();
  drawLead();
}

function drawLeads() {
  const wanted = find.value.trim().toLowerCase();
  const shown = state.leads.filter((lead) => nameOf(lead).toLowerCase().includes(wanted) || lead.id.toLowerCase().includes(wanted)).slice(0, 300);
  byId("leads", HTMLElement).replaceChildren(...shown.map((lead) => {
    const [item, button] = [document.createElement("li"), element("button", nameOf(lead), { type: "button", ...(lead.id === state.lead && { "aria-current": "true" }) })];
    button.addEventListener("click", () => choose(lead.id));
    item.append(button);
    return item;
  }));
}

/** @param {Lead} lead */
const nameOf = (lead) => lead.name ?? lead.account?.name ?? lead.id;

/** The lead page and its activity log. */
function drawLead() {
  const lead = state.leads.find(({ id }) => id === state.lead);
  const place = byId("lead", HTMLElement);
  place.replaceChildren();
  byId("activity", HTMLElement).replaceChildren();
  if (!lead) return;
  const { facts, nobody } = words();
  const people = (lead.people ?? []).map(({ name, id, title }) => [name ?? id, title].filter(Boolean).join(", "));
  const rows = [
    [facts.stage, lead.stage], [facts.country, lead.country ?? lead.account?.country], [facts.owner, lead.owner],
    [facts.value, lead.value?.toLocaleString(language)], [facts.topic, lead.topic], [facts.people, people.join("; ")],
  ];
  const list = document.createElement("dl");
  for (const [name, value] of rows) if (value) list.append(element("dt", String(name)), element("dd", String(value)));
  place.append(element("strong", nameOf(lead)), list);
  byId("people", HTMLSelectElement).replaceChildren(
    ...(lead.people ?? []).map(({ id, name }) => element("option", name ?? id, { value: id })), element("option", nobody, { value: "" }));
  /** @type {Entry[]} */
  const all = [...(lead.signals ?? []), ...(lead.feedback ?? []), ...state.journal.filter((one) => one.lead === lead.id).map(({ entry }) => entry)];
  all.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  byId("activity", HTMLElement).replaceChildren(...all.map((entry) => {
    const item = document.createElement("li");
    const who = lead.people?.find(({ id }) => id === entry.person)?.name;
    const what = "verdict" in entry ? [entry.verdict, entry.rule, entry.reason] : [entry.kind, entry.channel, entry.direction, entry.outcome, entry.topic];
    item.append(element("time", timeWords(entry.at), { datetime: entry.at }), [...what, who, entry.rep].filter(Boolean).join(" · "));
    return item;
  }));
}

/** @param {string | undefined} lead */
function choose(lead) {
  state.lead = lead;
  if (day.lead !== lead) day.lead = lead;
  reasons.lead = lead;
  drawLeads();
  drawLead();
}

/** Leads and reps of a lead file, as the console's own lists need them. @param {string} text */
function readLeads(text) {
  try {
    const file = JSON.parse(text);
    return { leads: Array.isArray(file) ? file : file.leads ?? [file], reps: file.reps ?? [] };
  } catch {
    const rows = text.split("\n").flatMap((line) => { try { return [JSON.parse(line)]; } catch { return []; } });
    return { leads: rows.filter(({ id }) => id !== undefined), reps: rows.flatMap(({ rep }) => (rep ? [rep] : [])) };
  }
}

/** Takes these leads. @param {string} text */
function openLeads(text) {
  const { leads, reps } = readLeads(text);
  Object.assign(state, { text, leads, reps, journal: [], lead: undefined });
  repSelect.replaceChildren(...reps.map((/** @type {Rep} */ { id, name }) => element("option", name ?? id, { value: id })), element("option", words().everybody, { value: "" }));
  repSelect.value = reps.some((/** @type {Rep} */ { id }) => id === parameters.get("rep")) ? parameters.get("rep") ?? "" : reps[0]?.id ?? "";
  day.lead = undefined;
  day.rep = repSelect.value || undefined;
  makeBook();
  draw();
}

for (const name of /** @type {const} */ (["cadans-done", "cadans-adapt", "cadans-decline", "cadans-snooze"])) {
  day.addEventListener(name, ({ detail }) => recorded(detail));
}

/** @param {ActDetail} detail */
function recorded({ lead, entries }) {
  state.journal.push(...entries.map((entry) => ({ lead, entry })));
  state.now += CONTACT;
  draw();
}

day.addEventListener("cadans-choose", ({ detail }) => choose(detail.lead));
reasons.addEventListener("cadans-rule", ({ detail }) => {
  byId("rules-open", HTMLDetailsElement).open = true;
  editor.show(detail);
});
editor.addEventListener("cadans-change", ({ detail }) => {
  if (!detail.checked) return;
  const changed = JSON.stringify([state.packs, state.overrides]) !== JSON.stringify([detail.packs, detail.overrides]);
  if (!changed) return;
  Object.assign(state, { packs: detail.packs, overrides: detail.overrides, rulebook: undefined });
  makeBook();
});
repSelect.addEventListener("change", () => {
  day.rep = repSelect.value || undefined;
  choose(undefined);
  draw();
});
languageSelect.addEventListener("change", () => { language = languageSelect.value; draw(); });
find.addEventListener("input", drawLeads);
byId("later", HTMLButtonElement).addEventListener("click", () => { state.now += 15 * 60_000; draw(); });
byId("morning", HTMLButtonElement).addEventListener("click", () => { state.now += 86_400_000 - (state.now % 86_400_000) + 8 * 3_600_000; draw(); });
byId("undo", HTMLButtonElement).addEventListener("click", () => {
  const last = state.journal.at(-1);
  state.journal = state.journal.filter(({ lead, entry }) => lead !== last?.lead || entry.at !== last.entry.at);
  makeBook();
  draw();
  say(words().undone);
});
byId("export", HTMLButtonElement).addEventListener("click", () => {
  const link = element("a", "", { href: URL.createObjectURL(new Blob([recordedAsText(state.journal)], { type: "application/x-ndjson" })), download: "signals.ndjson" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.getAttribute("href") ?? ""));
});
byId("import", HTMLInputElement).addEventListener("change", async ({ currentTarget }) => {
  const input = /** @type {HTMLInputElement} */ (currentTarget);
  const file = input.files?.[0];
  if (!file) return;
  const { recorded: entries, refused } = recordedFromText(await file.text());
  input.value = "";
  state.journal = [...state.journal, ...entries];
  state.now = Math.max(state.now, ...entries.map(({ entry }) => Date.parse(entry.at) + CONTACT));
  const faults = [...refused.map((line) => `${words().line} ${line}`), ...makeBook()];
  draw();
  say(faults.length ? words().refused(faults.join("; ")) : words().imported(entries.length));
});
byId("open", HTMLInputElement).addEventListener("change", async ({ currentTarget }) => {
  const file = /** @type {HTMLInputElement} */ (currentTarget).files?.[0];
  if (!file) return;
  openLeads(await file.text());
  say(words().opened(state.book?.size ?? 0));
});
/** @type {Record<string, Pick<Signal, "kind" | "channel" | "outcome">>} */
const CAME_IN = {
  reply: { kind: "reply", channel: "email" }, call: { kind: "call", channel: "phone", outcome: "answered" },
  missed: { kind: "call", channel: "phone", outcome: "no_answer" }, form: { kind: "form" },
};
byId("came-in", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
  const [kind, person] = [CAME_IN[String(data.get("kind"))], String(data.get("person"))];
  if (!kind || state.lead === undefined) return;
  /** @type {Signal} */
  const entry = { at: new Date(state.now).toISOString(), ...kind, direction: "inbound", ...(person && { person }) };
  void state.engine?.record(state.lead, entry);
  recorded({ lead: state.lead, entries: [entry], advice: /** @type {never} */ (undefined) });
  say(words().logged);
});

/** @param {string} path */
const get = async (path) => {
  const answer = await fetch(new URL(`../../${path}`, import.meta.url));
  if (!answer.ok) throw new Error(`${path} is missing`);
  return answer;
};
languageSelect.value = language;
const [index, leads] = await Promise.all([get("rules/index.json").then((answer) => answer.json()), get("sample/leads.json").then((answer) => answer.text()), init()]);
state.packs = await Promise.all(index.inForce.map(async (/** @type {string} */ file) => ({ file, text: await (await get(`rules/${file}`)).text() })));
state.now = Date.parse(index.now);
openLeads(leads);
byId("rules-open", HTMLDetailsElement).addEventListener("toggle", () => { if (!editor.packs.length) editor.packs = state.packs; });
