// The engine's side: holds the leads and the rulebook, and answers.
//
// A trap leaves a module unusable, so it is passed on as one and the page starts a new worker.

import { Book, Rulebook, decide, explain, init, versions } from "./lib/cadans.js";

/** @import { Advice, CadansError, Diagnostic, Explanation, Instant, PackFile, Refusal, Versions } from "./lib/cadans.js" */

/**
 * What the page can say, by kind.
 * @typedef {object} Questions
 * @property {{ bytes: Uint8Array, name: string }} leads a lead file
 * @property {{ packs: PackFile[], language: string }} packs the packs in force, and the language of what is wrong with them
 * @property {{ now: Instant | undefined, lead: string | undefined }} ask the moment to decide for, and the lead to explain
 */

/**
 * The answer: the versions of the engine and its data, and whatever is new.
 * @typedef {object} Answer
 * @property {Versions} versions
 * @property {{ size: number, refused: Refusal[], newest: Instant | undefined }} [leads]
 * @property {Diagnostic[]} [diagnostics]
 * @property {{ advices: Advice[], took: number }} [decided] advice for all leads, and the milliseconds that it took
 * @property {{ explanation: Explanation, names: Map<string, string> }} [explained] names and titles by the id of a person or content
 */

/**
 * Misuse, in the engine's words.
 * @typedef {{ error: { message: string, help: string } }} Refused
 */

/**
 * The engine cannot go on: why.
 * @typedef {{ trap: string }} Trap
 */

const ready = init();
/** @type {{ book?: Book, rulebook?: Rulebook, advices?: Advice[] | undefined, now?: Instant | undefined, lead?: string | undefined }} */
const held = {};
/** @type {Map<string, string>} */
let titles = new Map();

/** @type {{ [Kind in keyof Questions]: (body: Questions[Kind]) => Partial<Answer> }} */
const told = {
  leads({ bytes, name }) {
    const book = new Book(bytes, { name });
    held.book?.free();
    Object.assign(held, { book, advices: undefined });
    titles = new Map(book.contents.map(({ id, title }) => [id, title ?? id]));
    const { size, refused, newest } = book;
    return { leads: { size, refused, newest } };
  },
  packs({ packs, language }) {
    const rulebook = new Rulebook(packs);
    held.rulebook?.free();
    Object.assign(held, { rulebook, advices: undefined });
    return { diagnostics: rulebook.diagnosticsIn(language) };
  },
  ask({ now, lead }) {
    if (now !== held.now) held.advices = undefined;
    Object.assign(held, { now, lead });
    return {};
  },
};

/**
 * Advice for all where anything changed, and the explanation for the chosen lead.
 * @returns {Partial<Answer>}
 */
function answer() {
  const { book, rulebook, now, lead } = held;
  if (!book || !rulebook || !now) return {};
  /** @type {Partial<Answer>} */
  const answers = {};
  if (!held.advices) {
    const begun = performance.now();
    held.advices = decide(rulebook, book, now);
    answers.decided = { advices: held.advices, took: performance.now() - begun };
  }
  if (lead !== undefined && held.advices.some((advice) => advice.lead === lead)) {
    const people = book.people(lead).map(({ id, name }) => /** @type {const} */ ([id, name ?? id]));
    answers.explained = { explanation: explain(rulebook, book, lead, now), names: new Map([...titles, ...people]) };
  }
  return answers;
}

/**
 * @template {keyof Questions} Kind
 * @param {{ kind: Kind, body: Questions[Kind] }} question
 * @returns {Promise<Answer | Refused | Trap>}
 */
async function answerTo({ kind, body }) {
  try {
    await ready;
    return { versions: versions(), ...told[kind](body), ...answer() };
  } catch (fault) {
    const { code, message, help } = /** @type {Partial<CadansError>} */ (Object(fault));
    if (code === undefined || message === undefined || help === undefined) return { trap: message ?? String(fault) };
    return { error: { message, help } };
  }
}

self.onmessage = async ({ data }) => postMessage(await answerTo(data));
