// `cadans/worker`: the same API with the engine in a worker, so that no call keeps the page waiting. Every answer is a promise.

import { remote } from "./worker/api.js";

/** @import { Spawn } from "./worker/link.js" */

/**
 * @param {() => Worker} start
 * @returns {Spawn}
 */
const thread = (start) => (told, failed) => {
  const worker = start();
  worker.onmessage = ({ data }) => told(data);
  worker.onmessageerror = () => failed("an answer could not be read");
  worker.onerror = (event) => {
    event.preventDefault?.();
    failed(event.message || "its script could not be loaded");
  };
  return { post: (message, transfer) => worker.postMessage(message, transfer), end: () => worker.terminate() };
};

const api = remote({
  deciding: thread(() => new Worker(new URL("./worker/deciding.js", import.meta.url), { type: "module" })),
  editing: thread(() => new Worker(new URL("./worker/editing.js", import.meta.url), { type: "module" })),
}, thread);

export const { Book, CadansError, Matcher, Rulebook, Team, Watch, end, init, simulate } = api;
export const {
  decide, decideJson, explain, overLimit, match, version, versions, check, analyse, format, complete, hover, outline,
  tokens, fold, definition, references, prepareRename, rename, runExamples, proposeExample, coverage, lcov, diff,
  packFile, receive, accept, contentHash, readRulebook, rulebookReport, readSettings, responseModel,
} = /** @type {any} */ (api.functions);
