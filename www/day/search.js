// One search over all leads: id, name, account, people and rep, without accents and capitals. The texts of all leads are one long text, made once a file.

/** @import { Lead, Rep } from "../lib/cadans.js" */

/**
 * Without accents and capitals, as people type names.
 * @param {string} text
 */
const folded = (text) => (/^[\0-\x7f]*$/.test(text) ? text : text.normalize("NFD").replaceAll(/\p{M}/gu, "")).toLowerCase();

/** Between the texts of leads, and so in no word that is looked for. */
const END = "\n";

/**
 * What leads are found by.
 * @param {Map<string, Lead>} leads
 * @param {Rep[]} reps
 * @param {string[]} ids the leads in the order of the book
 */
export function searchIndex(leads, reps, ids) {
  const names = new Map(reps.map(({ id, name }) => [id, name ?? ""]));
  /** Where the text of each lead begins, and at last where all end. */
  const starts = new Uint32Array(ids.length + 1);
  /** @type {string[]} */
  const parts = [];
  let length = 0;
  ids.forEach((id, place) => {
    const { name = "", account, people = [], owner = "" } = leads.get(id) ?? {};
    let one = `${id} ${name} ${account?.name ?? ""} ${owner} ${names.get(owner) ?? ""}`;
    for (const person of people) one += ` ${person.name ?? ""}`;
    one = folded(one.replaceAll(END, " ")) + END;
    starts[place] = length;
    length += one.length;
    parts.push(one);
  });
  starts[ids.length] = length;
  const text = parts.join("");

  /** The lead whose text is at a place of the long text. @param {number} at @param {number} from */
  function leadAt(at, from) {
    let [low, high] = [from, ids.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  return {
    /**
     * The leads in which every word is found, 1 at their places; undefined for a text without words, which finds all.
     * @param {string} wanted
     */
    find(wanted) {
      const [first, ...others] = folded(wanted).split(/\s+/).filter(Boolean).sort((one, other) => other.length - one.length);
      if (first === undefined) return undefined;
      const found = new Uint8Array(ids.length);
      for (let at = text.indexOf(first), place = 0; at >= 0; at = text.indexOf(first, starts[place + 1])) {
        place = leadAt(at, place);
        const own = others.length ? text.slice(starts[place], starts[place + 1]) : "";
        if (others.every((word) => own.includes(word))) found[place] = 1;
        if (place + 1 >= ids.length) break;
      }
      return found;
    },
  };
}
