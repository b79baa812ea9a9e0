// The API of the deciding module, whatever host it runs in; where the module lies there is told by cadans.js and its like.

import { deciding } from "./deciding.js";
import * as module from "./pkg/cadans.js";

export { CadansError } from "./errors.js";

const api = deciding(module);

/** The deciding module and a check of its handles, for cadans.js and matcher.js. */
export const { instance, rules } = api;

export const { Rulebook, Book, Loader, Watch, match, decide, decideJson, explain, overLimit, version, versions } = api;
