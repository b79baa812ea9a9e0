// The tables of this language, one an area of the page.

import acts from "./acts.js";
import author from "./author.js";
import imported from "./import.js";
import leads from "./leads.js";
import page from "./page.js";
import queue from "./queue.js";
import rules from "./rules.js";
import team from "./team.js";
import time from "./time.js";
import whatif from "./whatif.js";
import why from "./why.js";
import words from "./words.js";

export default { acts, author, import: imported, leads, page, queue, rules, team, time, whatif, why, ...words };
