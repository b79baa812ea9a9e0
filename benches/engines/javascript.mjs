// What a programmer would write by hand: one function with an `if` a rule, best priority first. It is the measure for all others.
//
// The text of the function is made from the rules by machine, so that nobody can tune it. Rules over events scan the list of events each
// time, as one writes it; `onePass` is the cleverer way, which goes through the events once.

import { byPriority, fold } from "../workload/rules.mjs";
import { DAY, HOUR, NOW } from "../workload/leads.mjs";

const SIGNS = { eq: "===", ne: "!==", ge: ">=", gt: ">", le: "<=", lt: "<" };
const text = JSON.stringify;

/** A condition as JavaScript; `value` writes how a field is read. */
export const javascriptOf = (condition, value) => fold(condition, {
  all: (parts) => `(${parts.join(" && ")})`,
  any: (parts) => `(${parts.join(" || ")})`,
  test(operator, field, wanted) {
    const read = value(field);
    if (operator === "is_null") return `${read} ${wanted ? "===" : "!=="} null`;
    if (operator === "in") return `(${wanted.map((one) => `${read} === ${text(one)}`).join(" || ")})`;
    if (wanted === true || wanted === false) return (operator === "eq") === wanted ? read : `!${read}`;
    return `${read} ${SIGNS[operator]} ${text(wanted)}`;
  },
});

const SCANS = `
function count(events, kind, page, from) {
  let found = 0;
  for (let i = 0; i < events.length; i++) {
    const event = events[i];
    if (event.kind === kind && event.at >= from && (page === null || event.page === page)) found++;
  }
  return found;
}
function hoursSince(events, kind) {
  let last = -1;
  for (let i = 0; i < events.length; i++) {
    const event = events[i];
    if (event.kind === kind && event.at > last) last = event.at;
  }
  return last < 0 ? 1e9 : (${NOW} - last) / ${HOUR};
}`;

const scanned = (field) => {
  if (typeof field === "string") return `lead.${field}`;
  const { count, hours_since: since } = field;
  return count
    ? `count(lead.events, ${text(count.kind)}, ${text(count.page ?? null)}, ${NOW - count.days * DAY})`
    : `hoursSince(lead.events, ${text(since.kind)})`;
};

/** All windows of the rules in one walk over the events: the lines to go before the rules, and how each is read. */
function onePass(rules) {
  const windows = new Map();
  const name = (field) => {
    const key = text(field);
    if (!windows.has(key)) windows.set(key, { name: `w${windows.size}`, ...field });
    return windows.get(key).name;
  };
  const value = (field) => (typeof field === "string" ? `lead.${field}` : name(field));
  for (const { when } of rules) javascriptOf(when, value);
  const all = [...windows.values()];
  const cases = [...byKind(all)].map(([kind, windows]) => `case ${text(kind)}: ${windows.map(({ name, count }) => (count
    ? `if (at >= ${NOW - count.days * DAY}${count.page ? ` && event.page === ${text(count.page)}` : ""}) ${name}++;`
    : `if (at > ${name}) ${name} = at;`)).join(" ")} break;`);
  const before = `
  let ${all.map(({ name, count }) => `${name} = ${count ? 0 : -1}`).join(", ")};
  for (let i = 0; i < lead.events.length; i++) {
    const event = lead.events[i], at = event.at;
    switch (event.kind) { ${cases.join("\n")} }
  }
  ${all.filter(({ count }) => !count).map(({ name }) => `${name} = ${name} < 0 ? 1e9 : (${NOW} - ${name}) / ${HOUR};`).join("\n")}`;
  return { before, value };
}

function byKind(windows) {
  const groups = new Map();
  for (const window of windows) {
    const { kind } = window.count ?? window.hours_since;
    groups.set(kind, [...(groups.get(kind) ?? []), window]);
  }
  return groups;
}

/** The text of `decide(lead)`, which gives the rule decided on and leaves the set of rules in `held.mask`. */
export function source(rules, inOnePass = false) {
  const { before, value } = inOnePass ? onePass(rules) : { before: "", value: scanned };
  const lines = byPriority(rules).map((place) =>
    `  if (${javascriptOf(rules[place].when, value)}) { mask |= ${1 << place}; if (first < 0) first = ${place}; }`);
  return `${SCANS}
const held = { mask: 0 };
function decide(lead) {
  let mask = 0, first = -1;${before}
${lines.join("\n")}
  held.mask = mask;
  return first;
}
return { decide, held };`;
}

function prepare({ rules, leads }, inOnePass) {
  const { decide, held } = new Function(source(rules, inOnePass))();
  const first = new Int32Array(leads.length);
  const mask = new Uint32Array(leads.length);
  return {
    decide() {
      for (let i = 0; i < leads.length; i++) {
        first[i] = decide(leads[i]);
        mask[i] = held.mask;
      }
    },
    answer: () => ({ first, mask }),
    one: decide,
  };
}

export const javascript = { label: "hand-written JavaScript", prepare: (work) => prepare(work, false) };
export const javascriptOnePass = {
  label: "hand-written JavaScript, events in one pass", only: "E30", prepare: (work) => prepare(work, true),
};
