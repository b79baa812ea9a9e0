// The engine's side: holds the leads and the rulebook, and answers.
//
// A trap leaves a module unusable, so it is passed on as one and the page starts a new worker.

import { Book, Rulebook, decide, explain, init, version } from "./lib/cadans.js";

const ready = init();
const held = { book: undefined, rulebook: undefined, advices: undefined, now: undefined, lead: undefined, titles: undefined };

function swap(key, fresh) {
  held[key]?.free();
  held[key] = fresh;
  held.advices = undefined;
}

const told = {
  leads({ bytes, name }) {
    swap("book", new Book(bytes, { name }));
    const { size, refused, newest, contents } = held.book;
    held.titles = new Map(contents.map(({ id, title }) => [id, title ?? id]));
    return { leads: size, refused, newest };
  },
  packs({ packs, language }) {
    swap("rulebook", new Rulebook(packs));
    return { diagnostics: held.rulebook.diagnosticsIn(language) };
  },
  ask({ now, lead }) {
    if (now !== held.now) held.advices = undefined;
    Object.assign(held, { now, lead });
    return {};
  },
};

/** Advice for all where anything changed, and the explanation for the chosen lead. */
function answer() {
  const { book, rulebook, now, lead } = held;
  if (!book || !rulebook || !now) return {};
  const answers = {};
  if (!held.advices) {
    const begun = performance.now();
    held.advices = decide(rulebook, book, now);
    Object.assign(answers, { advices: held.advices, took: performance.now() - begun });
  }
  if (held.advices.some((advice) => advice.lead === lead)) {
    answers.explanation = explain(rulebook, book, lead, now);
    answers.names = new Map([...held.titles, ...book.people(lead).map(({ id, name }) => [id, name ?? id])]);
  }
  return answers;
}

self.onmessage = async ({ data: { kind, body } }) => {
  try {
    await ready;
    postMessage({ kind, version: version(), ...told[kind](body), ...answer() });
  } catch (error) {
    if (error?.code === undefined) postMessage({ trap: String(error?.message ?? error) });
    else postMessage({ kind, error: { message: error.message, help: error.help } });
  }
};
