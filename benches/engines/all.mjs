// The engines beside Cadans, in the order of the tables.

import { celJs } from "./cel.mjs";
import { javascriptOnePass } from "./javascript.mjs";
import { jsonLogicEngine, jsonLogicJs } from "./json-logic.mjs";
import { jsonRulesEngine } from "./json-rules-engine.mjs";
import { zenNative, zenWasm } from "./zen.mjs";

export const PEERS = [javascriptOnePass, jsonLogicEngine, celJs, jsonLogicJs, zenWasm, zenNative, jsonRulesEngine];
