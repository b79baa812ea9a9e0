// The reports of the team, in a worker of their own: it has the editing module, rulebook and leads, and tells a part at a time, the quick ones first.
//
// Rules and leads stay between questions. A question that came while another was answered ends it after the part that it is at.

import { Book, Rulebook, Team, Watch, init } from "../lib/editing.js";

/**
 * @import { Instant, PackFile, RulebookOptions } from "../lib/cadans.js"
 * @import { BuyingGroup, GoalState, ProposalState, Recognition, TeamCard, TeamFigures, TeamOptions, TeamPlan } from "../lib/editing.js"
 * @import { Act } from "../day/day-queue.js"
 */

/**
 * What is reported on; what is left out is what this worker was told before.
 * @typedef {object} Subject
 * @property {{ packs: PackFile[], options: RulebookOptions }} rules
 * @property {{ bytes: Uint8Array, name: string }} leads
 * @property {Act[]} acts what reps did with the advice on the page, in order
 */

/**
 * A question: for whom, when, how far back, and by what leads are put together.
 * @typedef {object} Question
 * @property {Partial<Subject>} subject
 * @property {string} team the text of the team file; empty where there is none
 * @property {"manager" | string} as
 * @property {Instant} now
 * @property {string} language
 * @property {number} days
 * @property {NonNullable<TeamOptions["by"]>} by
 */

/**
 * The parts of the answer, each by its name as it comes.
 * @typedef {object} Parts
 * @property {{ path: string, reason: string }[]} refused what of the team file was left out
 * @property {{ cards: TeamCard[], recognition: Recognition[], names: Record<string, string> }} cards with the names of the leads that they speak of
 * @property {{ goals: GoalState[], proposals: ProposalState[] }} goals
 * @property {TeamFigures} figures
 * @property {BuyingGroup[]} groups
 * @property {TeamPlan} plan
 */

/** How far the plan goes, in days. */
const AHEAD = 7;

/** @type {Partial<Subject>} */
const held = {};
/** @type {{ rulebook: Rulebook, book: Book, now: Instant, watch: Watch, taken: number } | undefined} */
let made;
/** The plan does not depend on who looks. @type {{ key: string, plan: TeamPlan } | undefined} */
let planned;
/** The number of the question that came last. */
let newest = 0;

/** Rulebook, leads and what was done on the page, for a moment. @param {Question} question */
function ready({ now }) {
  const { rules, leads, acts = [] } = held;
  if (!rules || !leads) throw new Error("there are no rules or leads yet");
  if (made && made.now !== now) {
    made.watch.free();
    made = { ...made, now, watch: new Watch(made.rulebook, made.book, now) };
  }
  if (!made) {
    const [rulebook, book] = [new Rulebook(rules.packs, rules.options), new Book(leads.bytes, { name: leads.name })];
    made = { rulebook, book, now, watch: new Watch(rulebook, book, now), taken: 0 };
  }
  const known = new Set(made.book.ids);
  for (; made.taken < acts.length; made.taken += 1) {
    const { lead, signal, feedback } = acts[made.taken] ?? { lead: "" };
    if (known.has(lead)) for (const entry of [signal, feedback]) if (entry) made.watch.record(lead, entry);
  }
  return made;
}

function drop() {
  planned = undefined;
  if (!made) return;
  const { watch, book, rulebook } = made;
  made = undefined;
  for (const one of [watch, book, rulebook]) one.free();
}

/** @param {Partial<Subject>} subject */
function take(subject) {
  const { acts } = subject;
  if (acts && held.acts?.some((act, nth) => JSON.stringify(act) !== JSON.stringify(acts[nth]))) drop(); // what was taken back is in the book already
  if (subject.rules || subject.leads) drop();
  if (acts) planned = undefined;
  Object.assign(held, subject);
}

/**
 * Each part of the answer, the quick ones first.
 * @param {Question} question
 * @returns {Generator<Partial<Parts>>}
 */
function* parts(question) {
  const { as, now, language, days, by, team: file } = question;
  const { rulebook, book, watch } = ready(question);
  const team = new Team(rulebook, book, file);
  yield { refused: team.refused(language) };
  const known = new Set(book.ids);
  const { cards, recognition } = team.cards(now, { as, days }, language);
  const leads = [...cards.flatMap((card) => card.leads ?? []), ...recognition.map(({ about }) => about)].filter((id) => known.has(id));
  yield { cards: { cards, recognition, names: Object.fromEntries(leads.map((id) => [id, watch.advice(id, language).leadName ?? id])) } };
  yield { goals: team.goals(now, { as }, language) };
  yield { figures: team.figures(now, { as, days, by }, language) };
  if (as === "manager") yield { groups: team.groups(now, { as }, language) };
  const key = JSON.stringify([now, language, file]);
  if (planned?.key !== key) planned = { key, plan: team.plan(now, { days: AHEAD }, language) };
  yield { plan: planned.plan };
}

/** Lets messages in that have come meanwhile. */
const breath = () => new Promise((resolve) => setTimeout(resolve));

self.onmessage = async ({ data: { number, question } }) => {
  newest = number;
  try {
    take(question.subject);
    await init();
    for (const part of parts(question)) {
      if (number !== newest) return;
      postMessage({ number, part });
      await breath();
      if (number !== newest) return;
    }
    postMessage({ number, done: true });
  } catch (fault) {
    const { code, message, help } = Object(fault);
    postMessage({ number, error: { code, message: message ?? String(fault), help: help ?? "" } });
  }
};
