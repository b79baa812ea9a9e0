// The worker for authors of rules.

import * as api from "../editing.js";
import { serving } from "./serving.js";

const take = serving(api, (message, transfer) => self.postMessage(message, { transfer }));
self.onmessage = ({ data }) => take(data);
