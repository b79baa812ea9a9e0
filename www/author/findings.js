// Under the text: how many errors and failing examples there are, and each of them with its place and fix.

import { byId, element } from "../element.js";
import { t } from "../wording/index.js";
import { sentence, severityWord } from "./notes.js";

/** @import { Diagnostic, Fix, Span } from "../lib/cadans.js" */
/** @import { Known } from "./notes.js" */

/**
 * The list of what is wrong. `select` puts the caret on a place, `mend` makes a fix.
 * @param {(span: Span) => void} select
 * @param {(fix: Fix) => void} mend
 */
export function findingsList(select, mend) {
  const [list, summary, tests] = [byId("findings", HTMLElement), byId("findings-count", HTMLElement), byId("examples-count", HTMLElement)];

  /** @param {Span} span @param {string} words */
  const place = (span, words) => element("button", { type: "button", class: "link", onclick: () => select(span) }, words);

  /** @param {Diagnostic} finding */
  const item = ({ severity, span, message, why, file, related = [], help, fix }) => element("li", { class: severity },
    place(span, t("author.inLine", { what: severityWord(severity), line: String(span.line) })),
    element("p", {}, sentence(message)), why && element("p", { class: "small" }, sentence(why)),
    related.map((other) => element("p", { class: "small" }, other.file === file ? place(other.span, other.message) : `${other.file}: ${other.message}`)),
    help && element("p", { class: "small" }, sentence(help)),
    fix && element("button", { type: "button", class: "fix", onclick: () => mend(fix) }, fix.title));

  /** @param {Known["examples"][number]} example */
  const failure = ({ name, row, span, differs = [] }) => element("li", { class: "error" },
    place(span, t("author.inLine", { what: t("author.exampleFails"), line: String(span.line) })),
    element("p", {}, row ? `${name}: ${row.name}` : name), differs.map((words) => element("p", { class: "small" }, sentence(words))));

  return {
    /** @param {Known} known */
    show({ findings, examples, coverage }) {
      const errors = findings.filter(({ severity }) => severity === "error").length;
      const others = findings.length - errors;
      const failed = examples.filter(({ passed }) => !passed);
      summary.textContent = errors ? t("author.errors", { n: errors }) : others ? t("author.remarks", { n: others }) : t("author.noErrors");
      summary.className = errors ? "error" : others ? "warning" : "good";
      const { percent } = coverage?.totals.rules ?? { percent: null };
      tests.textContent = [
        failed.length ? t("author.examplesFail", { n: failed.length, of: examples.length }) : examples.length ? t("author.examplesPass", { n: examples.length }) : "",
        percent === null ? "" : t("author.covered", { percent }),
      ].filter(Boolean).join(" ");
      tests.className = failed.length ? "error" : "good";
      list.replaceChildren(...findings.map(item), ...failed.map(failure));
    },
  };
}
