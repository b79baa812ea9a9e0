// json-rules-engine: conditions as JSON, fields as facts, windows of events as facts that are computed when asked for.

import { DAY, NOW } from "../workload/leads.mjs";
import { byPriority, fold } from "../workload/rules.mjs";
import { count, hoursSince } from "./json-logic.mjs";

const OPERATORS = {
  eq: "equal", ne: "notEqual", ge: "greaterThanInclusive", gt: "greaterThan", le: "lessThanInclusive", lt: "lessThan", in: "in",
};

function fact(field) {
  if (typeof field === "string") return { fact: field };
  return field.count ? { fact: "count", params: field.count } : { fact: "hours_since", params: field.hours_since };
}

const conditionsOf = (condition) => fold(condition, {
  all: (parts) => ({ all: parts }),
  any: (parts) => ({ any: parts }),
  test(operator, field, wanted) {
    if (operator === "is_null") return { ...fact(field), operator: wanted ? "equal" : "notEqual", value: null };
    return { ...fact(field), operator: OPERATORS[operator], value: wanted };
  },
});

export const jsonRulesEngine = {
  label: "json-rules-engine",
  slow: true,
  async prepare({ rules, leads }) {
    const { Engine } = await import("json-rules-engine");
    const engine = new Engine(rules.map(({ id, when }, place) => ({
      name: id, conditions: conditionsOf(when), event: { type: id, params: { place } },
    })));
    engine.addFact("count", async ({ kind, page, days }, almanac) =>
      count(await almanac.factValue("events"), kind, page ?? "", NOW - days * DAY));
    engine.addFact("hours_since", async ({ kind }, almanac) => hoursSince(await almanac.factValue("events"), kind));
    const order = byPriority(rules);
    const ranks = rules.map((_, place) => order.indexOf(place));
    const first = new Int32Array(leads.length);
    const mask = new Uint32Array(leads.length);
    let held = 0;
    async function one(lead) {
      const { events } = await engine.run(lead);
      held = 0;
      let rank = rules.length;
      for (const { params: { place } } of events) {
        held |= 1 << place;
        rank = Math.min(rank, ranks[place]);
      }
      return rank < rules.length ? order[rank] : -1;
    }
    return {
      async decide() {
        for (let i = 0; i < leads.length; i++) {
          first[i] = await one(leads[i]);
          mask[i] = held;
        }
      },
      answer: () => ({ first, mask }),
      one,
    };
  },
};
