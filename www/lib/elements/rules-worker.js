// The module for authors, in a worker of its own, so that typing never waits for the check.

import { Rulebook, format, init, tokens } from "../editing.js";

/** @import { Diagnostic, PackFile, SettingInForce, SettingValue } from "../cadans.js" */
/** @import { Stretch } from "./sheet.js" */

/**
 * What is asked: about these packs, of which `file` is in the editor.
 * @typedef {{ turn: number, packs: PackFile[], file: string, overrides: Record<string, SettingValue>, language: string, layout?: true }} Question
 */

/**
 * What is answered: the colours first, then what was found; or the text laid out; or what failed.
 * @typedef {{ turn: number, colours?: Stretch[], found?: { diagnostics: Diagnostic[], settings: SettingInForce[], refused?: string | undefined },
 *   layout?: { text?: string | undefined }, failed?: string }} Answer
 */

/** @param {Answer} answer */
const post = (answer) => postMessage(answer);

/** @param {Question} question */
async function answer({ turn, packs, file, overrides, language, layout }) {
  await init();
  const text = packs.find((pack) => pack.file === file)?.text ?? "";
  if (layout) return post({ turn, layout: { text: format(text, language).text } });
  post({ turn, colours: tokens(text).map(({ range, class: kind }) => [range.start.offset, range.end.offset, kind]) });
  post({ turn, found: found(packs, overrides, language) });
}

/**
 * @param {PackFile[]} packs
 * @param {Record<string, SettingValue>} overrides
 * @param {string} language
 * @returns {NonNullable<Answer["found"]>}
 */
function found(packs, overrides, language) {
  try {
    const rulebook = new Rulebook(packs, { overrides });
    const all = { diagnostics: rulebook.diagnosticsIn(language), settings: rulebook.settings };
    rulebook.free();
    return all;
  } catch (error) {
    // A value that a setting can no longer have, as after a change of the text: the rules are checked without any.
    if (!Object.keys(overrides).length) throw error;
    return { ...found(packs, {}, language), refused: Object(error).message };
  }
}

/** Questions are answered one after another, and of those that wait only the newest. @type {Question | undefined} */
let waiting;
let busy = false;

self.onmessage = async ({ data }) => {
  waiting = data;
  if (busy) return;
  busy = true;
  while (waiting) {
    const question = waiting;
    waiting = undefined;
    try {
      await answer(question);
      // Lets the newest question in.
      await new Promise((done) => setTimeout(done));
    } catch (error) {
      post({ turn: question.turn, failed: Object(error).message ?? String(error) });
    }
  }
  busy = false;
};
