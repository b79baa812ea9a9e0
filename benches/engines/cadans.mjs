// Cadans itself: the module that a page loads, with the same calls that a page makes.
//
// Leads stay in the module between decisions (`match`), come as plain objects each time (`Matcher`), or one by one (`Matcher.one`).
// What a module cannot do yet is told as missing; nothing is made up for it.

import { NOW } from "../workload/leads.mjs";
import { byPriority } from "../workload/rules.mjs";
import { inFileOrder, leadFile, packOf, rowOf } from "../workload/cadans.mjs";

/** Rules of the comparison as a rulebook, which has to be free of errors. */
export function rulebookOf(cadans, packs) {
  const rulebook = new cadans.Rulebook(packs);
  const wrong = rulebook.diagnostics.filter(({ severity, code }) => severity === "error" || (severity === "warning" && code !== "missing-reason"));
  if (wrong.length) throw new Error(`The packs of the comparison are not clean: ${JSON.stringify(wrong[0])}`);
  return rulebook;
}

const lacking = (cadans, names) => () => {
  if (!cadans) return "module";
  return names.find((name) => !(name in cadans)) ?? null;
};

/** Leads that stay in the module, masks out. `interpreted` has every rule run by Rhai's walker. */
export const resident = (cadans, label, { interpreted = false } = {}) => ({
  label,
  slow: interpreted,
  missing: lacking(cadans, ["match"]),
  prepare({ rules, leads }) {
    const rulebook = rulebookOf(cadans, [packOf(rules, { interpreted })]);
    const book = new cadans.Book(leadFile(leads));
    let matches;
    return {
      // Into the same lists each time, as the JavaScript does.
      decide() { matches = cadans.match(rulebook, book, NOW, matches); },
      answer: () => inFileOrder(rules, matches),
      free() {
        rulebook.free();
        book.free();
      },
    };
  },
});

/** From plain objects to decisions. */
export const fromObjects = (cadans, label) => ({
  label,
  missing: lacking(cadans, ["Matcher"]),
  only: "L30", // a row has no events
  prepare({ rules, leads }) {
    const matcher = new cadans.Matcher(rulebookOf(cadans, [packOf(rules)]), { now: NOW });
    const rows = JSON.parse(JSON.stringify(leads.map(rowOf))); // as if fetched, like the leads themselves
    const order = byPriority(rules);
    let matches;
    return {
      decide() {
        matcher.fill(rows);
        matches = matcher.match(matches);
      },
      answer: () => inFileOrder(rules, matches),
      rows,
      one: (row) => order[matcher.one(row)] ?? -1,
      free: () => matcher.free?.(),
    };
  },
});
