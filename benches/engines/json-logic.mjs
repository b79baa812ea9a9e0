// json-logic-js, and json-logic-engine with each rule compiled to a function. Rules are JSON; windows of events are operations of our own,
// as both libraries offer for what they cannot say.

import { DAY, HOUR, NOW } from "../workload/leads.mjs";
import { fold } from "../workload/rules.mjs";
import { ruleByRule } from "./rule-by-rule.mjs";

const SIGNS = { eq: "===", ne: "!==", ge: ">=", gt: ">", le: "<=", lt: "<" };

/** How many events of a kind (and page, unless empty) there are from a moment on. */
export function count(events, kind, page, from) {
  let found = 0;
  for (const event of events) {
    if (event.kind === kind && event.at >= from && (!page || event.page === page)) found += 1;
  }
  return found;
}

/** How many hours ago the last event of a kind was; a billion when there was none. */
export function hoursSince(events, kind) {
  let last = -1;
  for (const event of events) if (event.kind === kind && event.at > last) last = event.at;
  return last < 0 ? 1e9 : (NOW - last) / HOUR;
}

function value(field) {
  if (typeof field === "string") return { var: field };
  const { count, hours_since: since } = field;
  return count
    ? { count: [{ var: "events" }, count.kind, count.page ?? "", NOW - count.days * DAY] }
    : { hoursSince: [{ var: "events" }, since.kind] };
}

const logicOf = (condition) => fold(condition, {
  all: (parts) => ({ and: parts }),
  any: (parts) => ({ or: parts }),
  test(operator, field, wanted) {
    if (operator === "is_null") return { [wanted ? "===" : "!=="]: [value(field), null] };
    return { [SIGNS[operator] ?? operator]: [value(field), wanted] };
  },
});

export const jsonLogicJs = {
  label: "json-logic-js",
  slow: true,
  async prepare(work) {
    const { default: logic } = await import("json-logic-js");
    logic.add_operation("count", count);
    logic.add_operation("hoursSince", hoursSince);
    return ruleByRule(work, ({ when }) => {
      const rule = logicOf(when);
      return (lead) => logic.apply(rule, lead);
    });
  },
};

export const jsonLogicEngine = {
  label: "json-logic-engine",
  remark: "compiled with `new Function`",
  async prepare(work) {
    const { LogicEngine } = await import("json-logic-engine");
    const logic = new LogicEngine();
    const plain = { sync: true, deterministic: true };
    logic.addMethod("count", ([events, kind, page, from]) => count(events, kind, page, from), plain);
    logic.addMethod("hoursSince", ([events, kind]) => hoursSince(events, kind), plain);
    return ruleByRule(work, ({ when }) => logic.build(logicOf(when)));
  },
};
