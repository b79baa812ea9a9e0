// The worker that decides.

import * as api from "../cadans.js";
import { serving } from "./serving.js";

const take = serving(api, (message, transfer) => self.postMessage(message, { transfer }));
self.onmessage = ({ data }) => take(data);
