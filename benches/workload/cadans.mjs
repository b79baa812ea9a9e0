// The same rules as a Cadans pack, and the same leads as a Cadans lead file. Both by machine.
//
// Every field of a lead is a fact of the team's own. Rules stand in the order of priority, so that the first that holds is the decision;
// `inFileOrder` puts the answers back in the order of the other engines.

import { DAY, HOUR, NOW } from "./leads.mjs";
import { byPriority, fold } from "./rules.mjs";

/** Cadans has facts of its own with these names (`lead.stage` is a step of its own journey), so here they are called otherwise. */
const CALLED = { stage: "phase", country: "market", score: "points" };
const factName = (field) => CALLED[field] ?? field;

const COUNTS = { visit: "visits", open: "opens", click: "clicks", download: "downloads" };
const SIGNS = { eq: "is", ne: "is not", ge: ">=", gt: ">", le: "<=", lt: "<" };
const text = JSON.stringify;

function value(field) {
  if (typeof field === "string") return `lead.${factName(field)}`;
  const { kind, page, days } = field.count;
  return `lead.${COUNTS[kind]}(${page ? `${text(page)}, ` : ""}${days}.days)`;
}

/** A condition as a manager would write it. */
const conditionOf = (condition) => fold(condition, {
  all: (parts) => parts.map((part) => (part.includes(" or ") ? `(${part})` : part)).join(" and "),
  any: (parts) => parts.join(" or "),
  test(operator, field, wanted) {
    if (field.hours_since) {
      const since = `lead.since(${text(field.hours_since.kind)})`;
      const compared = `${since} ${SIGNS[operator]} ${wanted}.hours`;
      // Longer ago than any number of hours: so is what never happened.
      return operator === "gt" || operator === "ge" ? `(${since} is () or ${compared})` : compared;
    }
    if (operator === "is_null") return `${value(field)} ${wanted ? "is" : "is not"} ()`;
    if (operator === "in") return `${value(field)} in [${wanted.map(text).join(", ")}]`;
    if (wanted === true || wanted === false) return `${value(field)} ${(operator === "eq") === wanted ? "is" : "is not"} true`;
    return `${value(field)} ${SIGNS[operator]} ${text(wanted)}`;
  },
});

const CHANNELS = { call: "phone", email: "email", linkedin: "social", sms: "chat", meeting: "video" };
const FACTS = {
  stage: "text", role: "text", country: "text", preferred_channel: "text", company_size: "number", score: "number",
  hours_since_contact: "number", hours_since_inbound: "number", visits_7d: "number", pricing_views_7d: "number",
  opens_7d: "number", clicks_7d: "number", downloads_30d: "number", open_quote_days: "number", contacts_7d: "number",
  has_phone: "truth", email_consent: "truth", has_linkedin: "truth", do_not_call: "truth",
};
const declared = Object.entries(FACTS).map(([field, type]) => `fact ${factName(field)} as ${type};`).join("\n");

/**
 * The rules as a pack. `interpreted` says each in a helper function of two statements, which is not compiled, so that Rhai's own walker
 * runs it.
 */
export function packOf(rules, { interpreted = false } = {}) {
  const statements = byPriority(rules).map((place) => {
    const { id, priority, channel, when } = rules[place];
    const then = channel in CHANNELS ? `${CHANNELS[channel]}.value(${priority})` : "wait";
    const name = id.toLowerCase();
    return interpreted
      ? `fn ${name}(lead) { let holds = ${conditionOf(when)}; holds }\nrule "${id}" when ${name}(lead) then ${then};`
      : `rule "${id}" when ${conditionOf(when)} then ${then};`;
  });
  return { file: "thirty-rules.rhai", text: [`pack "Thirty rules" #{ version: "1.0.0" };`, declared, ...statements].join("\n\n") };
}

/** What an inside sales team adds: limits, pauses and hours, each as `rules/inside-sales.rhai` has it. */
export function mannersOf(insideSales) {
  const wanted = insideSales.match(/^(never|limit|pause|reachable) [^]*?;$/gm) ?? [];
  return { file: "manners.rhai", text: [`pack "Manners" #{ version: "1.0.0" };`, ...wanted].join("\n\n") };
}

const moment = (at) => new Date(at).toISOString();
const KNOWN_SINCE = moment(NOW - 200 * DAY);

/** A lead of the comparison in Cadans' own format: a person with role, channels and consent beside the team's facts. */
export function cadansLead({ id, events, ...fields }) {
  const facts = Object.entries(fields).filter(([, value]) => value !== null);
  const channels = ["email", ...(fields.has_phone ? ["phone", "chat", "video"] : []), ...(fields.has_linkedin ? ["social"] : [])];
  return {
    id,
    country: fields.country,
    fields: Object.fromEntries(facts.map(([field, value]) => [factName(field), value])),
    people: [{
      id: "p", roles: [fields.role], channels, do_not_call: fields.do_not_call,
      consents: fields.email_consent ? [{ channel: "email", basis: "opt_in", given_at: KNOWN_SINCE }] : [],
    }],
    signals: events.map(cadansSignal),
  };
}

/** An event as a signal: a call is one of ours, everything else theirs. */
export const cadansSignal = ({ kind, page, at }) => ({
  at: moment(at), kind, topic: page, person: "p", ...(kind === "call" ? { direction: "outbound", channel: "phone" } : {}),
});

const files = new WeakMap();

/** All leads as the bytes of a lead file. Made once for a list of leads. */
export function leadFile(leads) {
  if (!files.has(leads)) {
    const lines = leads.map((lead) => JSON.stringify(cadansLead(lead)));
    files.set(leads, new TextEncoder().encode(`{"leads":[\n${lines.join(",\n")}\n]}`));
  }
  return files.get(leads);
}

/** A lead as a flat row: the team's own facts by name. */
export const rowOf = ({ id, events, ...fields }) =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [factName(field), value]));

/** Answers in the order of the pack (`first`, and bit r of `held` for rule r) as those of the other engines. */
export function inFileOrder(rules, { first, held }) {
  const order = byPriority(rules);
  const back = { first: new Int32Array(first.length), mask: new Uint32Array(first.length) };
  for (let lead = 0; lead < first.length; lead += 1) {
    back.first[lead] = first[lead] < 0 ? -1 : order[first[lead]];
    for (let rule = 0; rule < order.length; rule += 1) {
      if (held[lead] & (1 << rule)) back.mask[lead] |= 1 << order[rule];
    }
  }
  return back;
}

/** The same leads as columns: numbers in typed arrays, texts as codes with their words, people and events as lists cut by `starts`. */
export function columnsOf(leads) {
  const fields = {};
  for (const [field, type] of Object.entries(FACTS)) fields[factName(field)] = COLUMNS[type](leads.map((lead) => lead[field]));
  const events = leads.flatMap((lead) => lead.events);
  const signals = events.map(cadansSignal);
  const people = leads.map((lead) => cadansLead({ ...lead, events: [] }).people[0]);
  const starts = new Uint32Array(leads.length + 1);
  leads.forEach((lead, place) => { starts[place + 1] = starts[place] + lead.events.length; });
  return {
    size: leads.length,
    ids: leads.map((lead) => lead.id),
    lead: { country: coded(leads.map((lead) => lead.country)) },
    fields,
    people: {
      starts: Uint32Array.from({ length: leads.length + 1 }, (_, place) => place),
      id: coded(people.map(({ id }) => id)),
      roles: Uint8Array.from(people, ({ roles }) => bits(ROLES, roles)),
      channels: Uint8Array.from(people, ({ channels }) => bits(ALL_CHANNELS, channels)),
      do_not_call: Uint8Array.from(people, (person) => person.do_not_call),
    },
    signals: {
      starts, at: Float64Array.from(events, (event) => event.at), kind: coded(events.map((event) => event.kind)),
      topic: coded(events.map((event) => event.page)), person: new Float64Array(events.length),
      channel: coded(signals.map(({ channel }) => channel)), direction: coded(signals.map(({ direction }) => direction)),
    },
  };
}

/** Words in the order of the lead format: a set of them is a bit for each. */
const ROLES = ["initiator", "user", "influencer", "decider", "buyer", "gatekeeper"];
const ALL_CHANNELS = ["phone", "email", "social", "chat", "video", "visit", "content"];
const bits = (words, set) => set.reduce((all, word) => all | (1 << words.indexOf(word)), 0);

const COLUMNS = {
  truth: (values) => Uint8Array.from(values),
  text: (values) => coded(values),
  number(values) {
    const numbers = Float64Array.from(values, (value) => value ?? 0);
    if (!values.includes(null)) return numbers;
    return { values: numbers, known: Uint8Array.from(values, (value) => value !== null) };
  },
};

function coded(values) {
  const words = [...new Set(values)].filter((word) => word !== undefined);
  const places = new Map(words.map((word, code) => [word, code]));
  const codes = Uint8Array.from(values, (value) => places.get(value) ?? 0);
  if (!values.includes(undefined)) return { codes, words };
  return { codes, words, known: Uint8Array.from(values, (value) => value !== undefined) };
}
