// The Common Expression Language for JavaScript, with the fields declared by type. Numbers of JavaScript are doubles there, so that is how
// they are written; windows of events are functions of our own.

import { DAY, NOW } from "../workload/leads.mjs";
import { fold } from "../workload/rules.mjs";
import { count, hoursSince } from "./json-logic.mjs";
import { ruleByRule } from "./rule-by-rule.mjs";

const SIGNS = { eq: "==", ne: "!=", ge: ">=", gt: ">", le: "<=", lt: "<" };
const text = JSON.stringify;
const literal = (value) => (Number.isInteger(value) ? `${value}.0` : text(value));

function value(field) {
  if (typeof field === "string") return field;
  const { count, hours_since: since } = field;
  return count
    ? `count(events, ${text(count.kind)}, ${text(count.page ?? "")}, ${literal(NOW - count.days * DAY)})`
    : `hoursSince(events, ${text(since.kind)})`;
}

const celOf = (condition) => fold(condition, {
  all: (parts) => `(${parts.join(" && ")})`,
  any: (parts) => `(${parts.join(" || ")})`,
  test(operator, field, wanted) {
    if (operator === "is_null") return `${value(field)} ${wanted ? "==" : "!="} null`;
    if (operator === "in") return `${value(field)} in [${wanted.map(text).join(", ")}]`;
    if (wanted === true || wanted === false) return (operator === "eq") === wanted ? value(field) : `!${value(field)}`;
    return `${value(field)} ${SIGNS[operator]} ${literal(wanted)}`;
  },
});

/** A number that may be missing has no type of its own. */
const typeOf = (name, sample) =>
  name === "open_quote_days" ? "dyn" : { boolean: "bool", number: "double", string: "string" }[typeof sample] ?? "list";

export const celJs = {
  label: "@marcbachmann/cel-js",
  slow: true,
  async prepare(work) {
    const { Environment } = await import("@marcbachmann/cel-js");
    const environment = new Environment();
    for (const [name, sample] of Object.entries(work.leads[0])) environment.registerVariable(name, typeOf(name, sample));
    environment.registerFunction("count(list, string, string, double): double", count);
    environment.registerFunction("hoursSince(list, string): double", hoursSince);
    return ruleByRule(work, ({ when }) => environment.parse(celOf(when)));
  },
};
