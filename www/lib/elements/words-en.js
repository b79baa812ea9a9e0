// English.

/** @import { Channel, Role, Severity, Stage, Verdict } from "../cadans.js" */
/** @import { OutcomeChoice } from "../element.js" */
/** @import { Group } from "./day.js" */

/** @type {Record<Channel, string>} */
export const CHANNELS = { phone: "Phone", email: "Email", social: "Social media", chat: "Chat", video: "Video call", visit: "Visit", content: "Content" };

/** How a contact over a channel is told. @type {Record<Channel, (who: string) => string>} */
export const CONTACTS = {
  phone: (who) => `Call ${who}`, email: (who) => `Email ${who}`, social: (who) => `Message ${who}`, chat: (who) => `Chat with ${who}`,
  video: (who) => `Video call with ${who}`, visit: (who) => `Visit ${who}`, content: (who) => `Share content with ${who}`,
};
export const contact = (/** @type {string} */ who) => `Contact ${who}`;
export const find = (/** @type {string | undefined} */ role) => `Find ${role === undefined ? "the right person" : `the ${role}`}`;
export const handOver = (/** @type {string | undefined} */ team) => `Hand over to ${team ?? "another team"}`;
export const NOTHING = /** @type {string} */ ("Nothing for now");
export const ON_HOLD = /** @type {string} */ ("On hold");

/** @type {Record<Role, string>} */
export const ROLES = { initiator: "initiator", user: "user", influencer: "influencer", decider: "decider", buyer: "buyer", gatekeeper: "gatekeeper" };

/** @type {Record<Stage, string>} */
export const STAGES = {
  orientation: "orientation", interest: "interest", consideration: "consideration", proposal: "proposal", decision: "decision", customer: "customer",
  lost: "lost",
};

/** @type {Record<OutcomeChoice, string>} */
export const OUTCOMES = {
  sent: "Sent", answered: "Spoke", no_answer: "No answer", voicemail: "Left a voice message", busy: "Line was busy", replied: "Replied",
  booked: "Agreed on an appointment", held: "It took place", no_show: "Did not turn up", accepted: "Said yes", declined: "Said no to this",
  failed: "Could not be delivered", wrong_number: "Reaches somebody else", number_dead: "No longer in use",
};

/** @type {Record<Group, string>} */
export const GROUPS = { late: "Late", now: "Now", today: "Later today", later: "Another day", waiting: "Waiting", held: "On hold" };

export const QUEUE = {
  list: "The day, in order", empty: "No leads in this queue.", none: "Choose a lead in the list.", more: (/** @type {number} */ n) => `Show ${n} more`,
  summary: (/** @type {number} */ toDo, /** @type {number} */ all) => (toDo === 0 ? "Nothing to do now." : `${toDo} to do now, of ${all} leads.`),
  keys: "Up and down arrow: another lead. D: done, A: adapt, X: decline, S: snooze.",
  failed: (/** @type {string} */ why) => `The queue could not be made: ${why}.`,
};

export const TIME = {
  theirs: "Their time", own: "Your time", any: "Any time", due: (/** @type {string} */ at) => `due ${at}`,
  late: (/** @type {string} */ by) => `${by} late`, ago: (/** @type {number} */ days, /** @type {number} */ hours, /** @type {number} */ minutes) =>
    days ? `${days} ${days === 1 ? "day" : "days"}` : hours ? `${hours} ${hours === 1 ? "hour" : "hours"}` : `${minutes} min`,
};

export const CARD = {
  who: "Who", when: "When", by: "By", bring: "Bring", ask: "Ask", series: "Series", stage: "Stage", due: "Promised", notes: "Keep in mind", reason: "Why",
  next: "Looked at again", news: "when there is news from the lead", was: (/** @type {string} */ stage) => `was ${stage}`,
  step: (/** @type {number} */ n) => `step ${n}`, itself: "A system sends this; nobody has to be at work.", acknowledge: "Only say that the answer comes; their question stays open.",
  promised: "This was agreed with them.", actions: "What did you do?", region: (/** @type {string} */ lead) => `Advice for ${lead}`,
};

/** @type {Record<Verdict, string>} */
export const CONFIRM = { touch: "How did it end?", find: "Was somebody found?", hand_over: "Is it handed over?", wait: "", hold: "" };

export const ACT = {
  done: "Done", adapt: "Adapt", decline: "Decline", snooze: "Snooze", other: "Record a contact", save: "Save", cancel: "Cancel",
  outcome: "How did it end?", found: "Yes, found", handed: "Yes, handed over", channel: "How", person: "With whom", content: "With what", nothing: "nothing",
  nobody: "nobody in particular", reason: "Why", words: "In your own words", everybody: "For everybody at this lead", until: "Until when", other_time: "Another moment",
  needReason: "Choose a reason, or write one.", needMoment: "Choose a moment after now.",
};

export const REASONS = ["Not the right moment", "Not the right person", "We already spoke", "No interest", "I know something better"];
export const SNOOZES = { hour: "In an hour", tomorrow: "Tomorrow morning", monday: "Next Monday", fortnight: "In two weeks" };

export const SAID = {
  done: (/** @type {string} */ deed, /** @type {string} */ how) => `Recorded: ${deed}, ${how}`, adapt: (/** @type {string} */ deed) => `Recorded instead: ${deed}`,
  decline: (/** @type {string} */ deed) => `Declined: ${deed}`, snooze: (/** @type {string} */ deed, /** @type {string} */ until) => `Snoozed until ${until}: ${deed}`,
  next: (/** @type {string} */ deed, /** @type {string} */ lead) => `next: ${deed}, ${lead}`, last: "nothing is left to do",
};

export const WHY = {
  title: "Why", none: "No lead is chosen.", priority: (/** @type {string} */ total) => `Priority ${total}`, factor: "Factor", figure: "Figure", source: "Where it comes from",
  propensity: "Chance of an answer", context: "Weight of the moment", value: "Value", lever: "Lever", runnersUp: "What else could be done", blocks: "What may not be done now",
  nearly: "Rules that nearly hold", off: "Switched off for this lead", faults: "Rules that could not be worked out",
  further: (/** @type {number} */ n) => `${n} ${n === 1 ? "rule" : "rules"} further off`, holds: "Holds", fails: "Does not hold",
  lifts: (/** @type {string} */ at) => `Lifts ${at}`, hard: "Law or consent: no rule can lift it", record: "Lifts when the record changes", stops: "stops",
  until: (/** @type {string} */ at) => `Without news from the lead this holds until ${at}.`, news: "This holds until there is news from the lead.",
  to: (/** @type {string} */ who) => `to ${who}`, rule: "Rule", failed: (/** @type {string} */ why) => `No explanation could be made: ${why}.`,
};

/** @type {Record<Severity, string>} */
export const SEVERITIES = { error: "Error", warning: "Warning", note: "Note" };

export const RULES = {
  file: "Rule file", text: "The rules", findings: "Findings", settings: "Settings", layout: "Lay out", loading: "The checker is being loaded…",
  none: "No errors.", errors: (/** @type {number} */ n) => `${n} ${n === 1 ? "error" : "errors"}: what stands there is left out until it is right.`,
  remarks: (/** @type {number} */ n) => `No errors; ${n} ${n === 1 ? "remark" : "remarks"}.`,
  at: (/** @type {string} */ severity, /** @type {number} */ line) => `${severity} in line ${line}`, back: (/** @type {string} */ value) => `Back to ${value}`,
  noLayout: "Not laid out: the text has errors.", failed: (/** @type {string} */ why) => `The rules could not be checked: ${why}.`, editor: "Tab leaves the editor.",
};
