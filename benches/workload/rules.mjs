// The thirty rules of the comparison, once for all engines.
//
// A condition is `{ all: [...] }`, `{ any: [...] }` or `{ operator: [field, value] }`. A field is a name, or something told by the lead's
// events: `{ count: { kind, page, days } }` or `{ hours_since: { kind } }`, a billion hours when there was none. Rules are neutral: no
// engine's own words are in them, and each engine gets its translation by machine.
//
// L30 is the rules over fields. E30 takes `overEvents` where a rule has it: twelve of the thirty look at windows of events.
// A decision is the rule of the highest priority that holds (the first, of equals) and the set of all that hold.

const RULES = [
  { id: "R00", priority: 95, channel: "call", when: { all: [{ eq: ["stage", "decision"] }, { ge: ["score", 70] }, { eq: ["has_phone", true] }, { eq: ["do_not_call", false] }, { ge: ["hours_since_contact", 24] }] } },
  { id: "R01", priority: 88, channel: "email", when: { all: [{ ge: ["pricing_views_7d", 2] }, { in: ["stage", ["consideration", "decision"]] }, { ge: ["hours_since_contact", 48] }] },
    overEvents: { all: [{ ge: [{ count: { kind: "visit", page: "pricing", days: 7 } }, 2] }, { in: ["stage", ["consideration", "decision"]] }, { ge: ["hours_since_contact", 48] }] } },
  { id: "R02", priority: 92, channel: "call", when: { all: [{ is_null: ["open_quote_days", false] }, { ge: ["open_quote_days", 7] }, { le: ["open_quote_days", 21] }, { in: ["role", ["decider", "buyer"]] }] } },
  { id: "R03", priority: 80, channel: "email", when: { all: [{ is_null: ["open_quote_days", false] }, { gt: ["open_quote_days", 21] }, { ne: ["stage", "customer"] }] } },
  { id: "R04", priority: 85, channel: "linkedin", when: { all: [{ eq: ["role", "decider"] }, { ge: ["company_size", 1000] }, { ge: ["score", 50] }] } },
  { id: "R05", priority: 97, channel: "call", when: { all: [{ le: ["hours_since_inbound", 4] }, { ne: ["stage", "customer"] }, { eq: ["do_not_call", false] }, { eq: ["has_phone", true] }] },
    overEvents: { all: [{ any: [{ le: [{ hours_since: { kind: "form" } }, 24] }, { le: [{ hours_since: { kind: "reply" } }, 12] }] }, { ne: ["stage", "customer"] }, { eq: ["do_not_call", false] }, { eq: ["has_phone", true] }] } },
  { id: "R06", priority: 90, channel: "email", when: { all: [{ le: ["hours_since_inbound", 24] }, { eq: ["email_consent", true] }] },
    overEvents: { all: [{ le: [{ hours_since: { kind: "reply" } }, 48] }, { eq: ["email_consent", true] }] } },
  { id: "R07", priority: 55, channel: "email", when: { all: [{ eq: ["stage", "awareness"] }, { eq: ["email_consent", true] }, { any: [{ ge: ["clicks_7d", 2] }, { ge: ["downloads_30d", 1] }] }] },
    overEvents: { all: [{ eq: ["stage", "awareness"] }, { eq: ["email_consent", true] }, { any: [{ ge: [{ count: { kind: "click", days: 7 } }, 2] }, { ge: [{ count: { kind: "download", days: 30 } }, 1] }] }] } },
  { id: "R08", priority: 58, channel: "email", when: { all: [{ eq: ["stage", "interest"] }, { ge: ["opens_7d", 3] }, { ge: ["score", 30] }, { lt: ["score", 60] }] },
    overEvents: { all: [{ eq: ["stage", "interest"] }, { ge: [{ count: { kind: "open", days: 7 } }, 2] }, { ge: ["score", 30] }, { lt: ["score", 60] }] } },
  { id: "R09", priority: 60, channel: "email", when: { all: [{ eq: ["role", "influencer"] }, { ge: ["downloads_30d", 2] }, { in: ["stage", ["interest", "consideration"]] }] },
    overEvents: { all: [{ eq: ["role", "influencer"] }, { ge: [{ count: { kind: "download", page: "whitepaper", days: 30 } }, 1] }, { in: ["stage", ["interest", "consideration"]] }] } },
  { id: "R10", priority: 30, channel: "email", when: { all: [{ gt: ["hours_since_contact", 720] }, { gt: ["hours_since_inbound", 720] }, { eq: ["email_consent", true] }] },
    overEvents: { all: [{ gt: ["hours_since_contact", 720] }, { gt: [{ hours_since: { kind: "visit" } }, 336] }, { eq: ["email_consent", true] }] } },
  { id: "R11", priority: 50, channel: "linkedin", when: { all: [{ eq: ["has_linkedin", true] }, { lt: ["contacts_7d", 2] }, { any: [{ eq: ["email_consent", false] }, { eq: ["preferred_channel", "linkedin"] }] }] } },
  { id: "R12", priority: 99, channel: "wait", when: { all: [{ ge: ["contacts_7d", 4] }, { ne: ["stage", "decision"] }] } },
  { id: "R13", priority: 65, channel: "email", when: { all: [{ eq: ["do_not_call", true] }, { eq: ["preferred_channel", "call"] }, { eq: ["email_consent", true] }] } },
  { id: "R14", priority: 45, channel: "call", when: { all: [{ eq: ["role", "gatekeeper"] }, { ge: ["company_size", 200] }, { eq: ["has_phone", true] }, { eq: ["do_not_call", false] }] } },
  { id: "R15", priority: 75, channel: "call", when: { all: [{ eq: ["stage", "customer"] }, { ge: ["visits_7d", 3] }, { any: [{ ge: ["pricing_views_7d", 1] }, { ge: ["downloads_30d", 1] }] }] },
    overEvents: { all: [{ eq: ["stage", "customer"] }, { ge: [{ count: { kind: "visit", days: 14 } }, 3] }, { any: [{ ge: [{ count: { kind: "visit", page: "pricing", days: 14 } }, 1] }, { ge: [{ count: { kind: "download", days: 30 } }, 1] }] }] } },
  { id: "R16", priority: 40, channel: "email", when: { all: [{ eq: ["stage", "customer"] }, { gt: ["hours_since_contact", 336] }, { eq: ["contacts_7d", 0] }] } },
  { id: "R17", priority: 62, channel: "call", when: { all: [{ in: ["country", ["DE", "AT", "CH"]] }, { in: ["role", ["buyer", "decider"]] }, { ge: ["score", 40] }] } },
  { id: "R18", priority: 52, channel: "email", when: { all: [{ eq: ["country", "US"] }, { lt: ["company_size", 50] }, { in: ["stage", ["interest", "consideration"]] }, { ge: ["score", 25] }] } },
  { id: "R19", priority: 86, channel: "meeting", when: { all: [{ eq: ["preferred_channel", "meeting"] }, { in: ["stage", ["consideration", "decision"]] }, { ge: ["score", 55] }] } },
  { id: "R20", priority: 48, channel: "sms", when: { all: [{ eq: ["preferred_channel", "sms"] }, { eq: ["has_phone", true] }, { eq: ["do_not_call", false] }, { ge: ["hours_since_contact", 72] }] } },
  { id: "R21", priority: 57, channel: "email", when: { all: [{ eq: ["stage", "consideration"] }, { ge: ["visits_7d", 4] }, { eq: ["pricing_views_7d", 0] }] },
    overEvents: { all: [{ eq: ["stage", "consideration"] }, { ge: [{ count: { kind: "visit", days: 7 } }, 3] }, { eq: [{ count: { kind: "visit", page: "pricing", days: 14 } }, 0] }] } },
  { id: "R22", priority: 55, channel: "email", when: { all: [{ eq: ["role", "user"] }, { ge: ["visits_7d", 6] }, { any: [{ ge: ["clicks_7d", 1] }, { ge: ["downloads_30d", 1] }] }] },
    overEvents: { all: [{ eq: ["role", "user"] }, { ge: [{ count: { kind: "visit", page: "docs", days: 30 } }, 2] }, { any: [{ ge: ["clicks_7d", 1] }, { ge: ["downloads_30d", 1] }] }] } },
  { id: "R23", priority: 35, channel: "linkedin", when: { all: [{ eq: ["email_consent", false] }, { in: ["stage", ["awareness", "interest"]] }, { ge: ["visits_7d", 2] }] },
    overEvents: { all: [{ eq: ["email_consent", false] }, { in: ["stage", ["awareness", "interest"]] }, { ge: [{ count: { kind: "visit", page: "product", days: 14 } }, 2] }] } },
  { id: "R24", priority: 10, channel: "wait", when: { all: [{ lt: ["score", 15] }, { gt: ["hours_since_inbound", 240] }] } },
  { id: "R25", priority: 85, channel: "linkedin", when: { any: [{ all: [{ ge: ["company_size", 5000] }, { ge: ["visits_7d", 1] }] }, { all: [{ ge: ["company_size", 1000] }, { ge: ["pricing_views_7d", 1] }] }] },
    overEvents: { any: [{ all: [{ ge: ["company_size", 5000] }, { le: [{ hours_since: { kind: "visit" } }, 72] }] }, { all: [{ ge: ["company_size", 1000] }, { ge: [{ count: { kind: "visit", page: "pricing", days: 30 } }, 1] }] }] } },
  { id: "R26", priority: 82, channel: "email", when: { all: [{ eq: ["stage", "decision"] }, { eq: ["has_phone", false] }, { any: [{ eq: ["has_linkedin", true] }, { eq: ["email_consent", true] }] }] } },
  { id: "R27", priority: 70, channel: "call", when: { all: [{ eq: ["stage", "interest"] }, { ge: ["score", 60] }, { ge: ["hours_since_contact", 24] }, { le: ["contacts_7d", 1] }] } },
  { id: "R28", priority: 76, channel: "call", when: { all: [{ eq: ["stage", "consideration"] }, { ge: ["score", 60] }, { ge: ["hours_since_contact", 24] }, { le: ["contacts_7d", 1] }] } },
  { id: "R29", priority: 20, channel: "email", when: { all: [{ eq: ["email_consent", true] }, { ge: ["hours_since_contact", 96] }, { le: ["contacts_7d", 1] }] } }
];

/** The rules of "L30" or "E30": `{ id, priority, channel, when }`, in the order of this file. */
export const rulesOf = (workload) => RULES.map(({ overEvents, ...rule }) =>
  workload === "E30" && overEvents ? { ...rule, when: overEvents } : rule);

/** The places of the rules, best priority first. */
export const byPriority = (rules) => rules.map((_, place) => place)
  .sort((one, other) => rules[other].priority - rules[one].priority || one - other);

/** A condition put together from its parts: what `all` and `any` make of lists, and `test` of `(operator, field, value)`. */
export function fold(condition, make) {
  for (const joined of ["all", "any"]) {
    if (condition[joined]) return make[joined](condition[joined].map((part) => fold(part, make)));
  }
  const [[operator, [field, value]]] = Object.entries(condition);
  return make.test(operator, field, value);
}
