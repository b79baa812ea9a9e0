// "Report a problem": a text for whoever looks after the rules, with packs, versions and the lead, names removed.

/** @import { Explanation } from "../lib/cadans.js" */

/** Keys of objects in advice that are about people: their `id` and `name` say who. */
const PEOPLE = new Set(["person", "rep", "owner", "people"]);
/** A mail address, or a number of nine or more digits with what is written between them. */
const ADDRESS = /[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d(?:[ ()-]?\d){8,}/g;

/**
 * Every name in an explanation: of the lead, of people and of reps.
 * @param {Explanation} explanation
 * @param {Iterable<string>} others
 */
function namesIn(explanation, others) {
  const names = new Set(others);
  const add = (/** @type {unknown} */ name) => { if (typeof name === "string" && name.length > 1) names.add(name); };
  /** @param {unknown} value @param {boolean} isPerson */
  const walk = (value, isPerson) => {
    if (Array.isArray(value)) for (const one of value) walk(one, isPerson);
    else if (value && typeof value === "object") {
      for (const [key, inside] of Object.entries(value)) {
        if ((isPerson && (key === "name" || key === "id")) || key === "lead" || key === "leadName" || key === "account") add(inside);
        walk(inside, PEOPLE.has(key));
      }
    }
  };
  walk(explanation, false);
  return names;
}

/**
 * A text in which names are numbers: "[name 1]". Parts of names of three letters and more are names too.
 * @param {string} text
 * @param {Iterable<string>} names
 */
export function withoutNames(text, names) {
  const parts = [...names].flatMap((name) => [name, ...name.split(/[\s,.'-]+/).filter((part) => part.length > 2 && /^\p{Lu}/u.test(part))]);
  const all = [...new Set(parts)].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  const numbers = new Map(all.map((name, nth) => [name, `[name ${nth + 1}]`]));
  const pattern = all.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${all.map((name) => RegExp.escape?.(name) ?? name.replaceAll(/[.*+?^${}()|[\]\\-]/g, "\\$&")).join("|")})(?![\\p{L}\\p{N}])`, "gu") : undefined;
  const replaced = pattern ? text.replaceAll(pattern, (name) => numbers.get(name) ?? "[name]") : text;
  // Moments and hashes are numbers too; they have no blanks or are within quotes that begin with a year.
  return replaced.replaceAll(ADDRESS, (found) => (/^\d{4}-\d\d-\d\d/.test(found) ? found : "[address]"));
}

/**
 * @param {object} facts
 * @param {string} facts.versions
 * @param {string | undefined} facts.now
 * @param {{ name: string, sha256: string, changed: boolean }[]} facts.packs
 * @param {Record<string, unknown>} facts.settings
 * @param {string[]} facts.findings
 * @param {{ explanation: Explanation, names: Iterable<string> } | undefined} facts.lead
 * @param {string | undefined} facts.link
 * @param {string} facts.question
 */
export function problemText({ versions, now, packs, settings, findings, lead, link, question }) {
  const lines = [
    question, "", versions, `now: ${now ?? "-"}`,
    ...packs.map(({ name, sha256, changed }) => `pack: ${name}, sha256 ${sha256.slice(0, 16)}${changed ? ", changed" : ""}`),
    ...Object.entries(settings).map(([name, value]) => `setting: ${name} = ${JSON.stringify(value)}`),
    ...findings.map((finding) => `finding: ${finding}`), ...(link ? [`link: ${link}`] : []),
  ];
  if (!lead) return lines.join("\n");
  const told = JSON.stringify(lead.explanation, null, 1);
  return `${lines.join("\n")}\n\n${withoutNames(told, namesIn(lead.explanation, lead.names))}\n`;
}
