// For engines that answer one rule for one lead: the rules are asked in order of priority, so that the first that holds is the decision.

import { byPriority } from "../workload/rules.mjs";

/** `test(rule)` gives a function that tells whether this rule holds for a lead. */
export function ruleByRule({ rules, leads }, test) {
  const order = byPriority(rules);
  const tests = order.map((place) => test(rules[place]));
  const first = new Int32Array(leads.length);
  const mask = new Uint32Array(leads.length);
  let held = 0;
  function one(lead) {
    held = 0;
    let decision = -1;
    for (let i = 0; i < tests.length; i++) {
      if (!tests[i](lead)) continue;
      held |= 1 << order[i];
      if (decision < 0) decision = order[i];
    }
    return decision;
  }
  return {
    decide() {
      for (let i = 0; i < leads.length; i++) {
        first[i] = one(leads[i]);
        mask[i] = held;
      }
    },
    answer: () => ({ first, mask }),
    one,
  };
}

/** For engines that give a list with an answer for every rule, in the order of priority: what it comes to. */
export function readAnswers(order, answers) {
  let mask = 0;
  let first = -1;
  for (let i = 0; i < order.length; i++) {
    if (!answers[i]) continue;
    mask |= 1 << order[i];
    if (first < 0) first = order[i];
  }
  return { first, mask };
}
