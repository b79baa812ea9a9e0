// The worker that decides, as a thread of Node.

import { parentPort } from "node:worker_threads";
import * as api from "../cadans.node.js";
import { serving } from "./serving.js";

const take = serving(api, (message, transfer) => parentPort?.postMessage(message, transfer));
parentPort?.on("message", take);
