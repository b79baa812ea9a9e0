// GoRules ZEN in two forms: the native addon for Node, and the expression language as WebAssembly. Both get a thousand leads a call and give
// a list of answers for each: one expression with all rules, in the order of priority. That was its fastest form; a decision table takes
// twice as long.

import { DAY, HOUR, NOW } from "../workload/leads.mjs";
import { byPriority, fold } from "../workload/rules.mjs";
import { readAnswers } from "./rule-by-rule.mjs";

const AT_ONCE = 1_000;
const SIGNS = { eq: "==", ne: "!=", ge: ">=", gt: ">", le: "<=", lt: "<" };
const text = JSON.stringify;

/** A condition as a ZEN expression; `self` stands before the name of each field. */
const zenOf = (condition, self) => fold(condition, {
  all: (parts) => `(${parts.join(" and ")})`,
  any: (parts) => `(${parts.join(" or ")})`,
  test(operator, field, wanted) {
    if (field.hours_since) {
      const after = (sign) => `some(${self}events, #.kind == ${text(field.hours_since.kind)} and #.at ${sign} ${NOW - wanted * HOUR})`;
      return { le: after(">="), lt: after(">"), gt: `not(${after(">=")})`, ge: `not(${after(">")})` }[operator];
    }
    if (field.count) {
      const { kind, page, days } = field.count;
      const about = page ? ` and #.page == ${text(page)}` : "";
      return `count(${self}events, #.kind == ${text(kind)}${about} and #.at >= ${NOW - days * DAY}) ${SIGNS[operator]} ${wanted}`;
    }
    const read = self + field;
    if (operator === "is_null") return `${read} ${wanted ? "==" : "!="} null`;
    if (operator === "in") return `${read} in [${wanted.map(text).join(", ")}]`;
    if (wanted === true || wanted === false) return (operator === "eq") === wanted ? read : `not(${read})`;
    return `${read} ${SIGNS[operator]} ${text(wanted)}`;
  },
});

/** All rules of all leads as one expression each. */
function expressions(rules) {
  const order = byPriority(rules);
  const list = (self) => `[${order.map((place) => zenOf(rules[place].when, self)).join(", ")}]`;
  return { order, one: list(""), many: `map(leads, ${list("#.")})` };
}

function prepared({ leads }, order, askMany, askOne) {
  const first = new Int32Array(leads.length);
  const mask = new Uint32Array(leads.length);
  return {
    async decide() {
      for (let from = 0; from < leads.length; from += AT_ONCE) {
        const asked = askMany({ leads: leads.slice(from, from + AT_ONCE) });
        const answers = asked instanceof Promise ? await asked : asked;
        for (let i = 0; i < answers.length; i++) {
          const answer = readAnswers(order, answers[i]);
          first[from + i] = answer.first;
          mask[from + i] = answer.mask;
        }
      }
    },
    answer: () => ({ first, mask }),
    one: askOne,
  };
}

const node = (id, type, more) => ({ id, name: id, type, position: { x: 0, y: 0 }, ...more });
const decision = (expression) => ({
  contentType: "application/vnd.gorules.decision",
  nodes: [
    node("request", "inputNode"),
    node("rules", "expressionNode", { content: { expressions: [{ id: "held", key: "held", value: expression }] } }),
    node("response", "outputNode"),
  ],
  edges: [
    { id: "in", sourceId: "request", targetId: "rules", type: "edge" },
    { id: "out", sourceId: "rules", targetId: "response", type: "edge" },
  ],
});

export const zenNative = {
  label: "@gorules/zen-engine",
  slow: true,
  remark: "native addon",
  async prepare(work) {
    const { default: { ZenEngine, evaluateExpressionSync } } = await import("@gorules/zen-engine");
    const { order, one, many } = expressions(work.rules);
    const engine = new ZenEngine();
    const rulesForMany = engine.createDecision(decision(many));
    return prepared(
      work, order,
      async (leads) => (await rulesForMany.evaluate(leads)).result.held,
      // Reads the expression again each time, and is still faster than a decision made beforehand, which answers later.
      (lead) => readAnswers(order, evaluateExpressionSync(one, lead)).first,
    );
  },
};

export const zenWasm = {
  label: "@gorules/zen-engine-wasm",
  slow: true,
  async prepare(work) {
    const zen = await import("@gorules/zen-engine-wasm");
    // In a browser the caller says where the module lies; Node reads it from the package.
    await zen.default({ module_or_path: work.zenModule ?? await fromPackage() });
    const { order, one, many } = expressions(work.rules);
    return prepared(
      work, order,
      (leads) => zen.evaluateExpression(many, leads),
      (lead) => readAnswers(order, zen.evaluateExpression(one, lead)).first,
    );
  },
};

async function fromPackage() {
  const { readFile } = await import("node:fs/promises");
  return readFile(new URL("dist/zen_engine_wasm_bg.wasm", import.meta.resolve("@gorules/zen-engine-wasm")));
}
