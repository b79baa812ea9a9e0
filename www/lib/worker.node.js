// `cadans/worker` in Node, Deno and Bun: a thread. It keeps the program running only while a call has no answer.

import { Worker } from "node:worker_threads";
import { remote } from "./worker/api.js";

/** @import { Spawn } from "./worker/link.js" */

/**
 * @param {() => Worker} start
 * @returns {Spawn}
 */
const thread = (start) => (told, failed) => {
  const worker = start();
  worker.on("message", told);
  worker.on("error", (error) => failed(error.message));
  worker.on("exit", () => failed("its thread has ended"));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    end: () => void worker.terminate(),
    keep: (busy) => (busy ? worker.ref() : worker.unref()),
  };
};

const api = remote({
  deciding: thread(() => new Worker(new URL("./worker/deciding.node.js", import.meta.url))),
  editing: thread(() => new Worker(new URL("./worker/editing.node.js", import.meta.url))),
}, thread);

export const { Book, CadansError, Matcher, Rulebook, Team, Watch, end, init, simulate } = api;
export const {
  decide, decideJson, explain, overLimit, match, version, versions, check, analyse, format, complete, hover, outline,
  tokens, fold, definition, references, prepareRename, rename, runExamples, proposeExample, coverage, lcov, diff,
  packFile, receive, accept, contentHash, readRulebook, rulebookReport, readSettings, responseModel,
} = /** @type {any} */ (api.functions);
