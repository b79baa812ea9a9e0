// Which rules there are and which are in force: the packs of the page, what was changed of them, packs that were received, and settings.
//
// Nothing here is on the screen; index.js shows it.

/** @import { PackFile, RulebookOptions, SettingValue } from "../lib/cadans.js" */

/**
 * What somebody changed: a draft, or what a link carries.
 * @typedef {object} Changes
 * @property {Record<string, string>} edits the text of each pack that was changed, by its file
 * @property {Record<string, string>} own the packs that came from elsewhere, by their files
 * @property {Record<string, SettingValue>} settings the settings that were changed, by "Name of the pack/name"
 * @property {string[]} [force] the files in force; as the page has it where left out
 */

/** Policies say what nobody does; of the other packs one is looked at a time. @param {string} file */
export const isPolicy = (file) => file.startsWith("contact-policy/");

/** @returns {Changes} */
export const none = () => ({ edits: {}, own: {}, settings: {} });

/**
 * The packs that a reader of a language starts with: of a pack that there is in that language too, that one.
 * @param {string[]} inForce
 * @param {string[]} all
 * @param {string} language
 */
export const inLanguage = (inForce, all, language) =>
  inForce.map((file) => {
    const other = file.replace(/\.rhai$/, `.${language}.rhai`);
    return all.includes(other) ? other : file;
  });

/**
 * @param {Map<string, string>} shipped the packs of the page
 * @param {string[]} shippedInForce
 */
export function rules(shipped, shippedInForce) {
  /**
   * A rulebook that was opened, in place of the packs of the page: its layers say what is in force.
   * @type {{ texts: Map<string, string>, options: RulebookOptions } | undefined}
   */
  let opened;
  let changes = none();
  /** What was in force before somebody switched packs on or off. */
  let start = shippedInForce;

  const base = () => opened?.texts ?? shipped;
  const inForce = () => (opened ? [...opened.texts.keys()] : (changes.force ?? start).filter((file) => base().has(file) || file in changes.own));
  /** @param {string} file */
  const textOf = (file) => changes.edits[file] ?? base().get(file) ?? changes.own[file] ?? "";

  /** A pack with those that it needs. @param {string} file */
  function withNeeded(file) {
    const [needs] = /needs:\s*\[[^\]]*\]/.exec(textOf(file)) ?? [];
    return [file, ...[...(needs ?? "").matchAll(/"([^"]+)"/g)].flatMap(([, name]) => (name !== undefined && base().has(name) ? [name] : []))];
  }

  return {
    /** All packs with the text that they have without changes. */
    texts: () => new Map([...base(), ...Object.entries(changes.own)]),
    inForce,
    textOf,
    isRulebook: () => opened !== undefined,
    /** @param {string} file */
    isChanged: (file) => file in changes.edits,
    /** The text that a pack had before it was changed here. @param {string} file */
    original: (file) => base().get(file) ?? changes.own[file] ?? "",
    settings: () => changes.settings,
    /** What is decided with. */
    now: () => ({
      packs: inForce().map((file) => ({ file, text: textOf(file) })), options: { ...opened?.options, overrides: changes.settings },
    }),
    /** What was decided with before anything was changed. */
    before: () => {
      const files = opened ? [...opened.texts.keys()] : start;
      return { packs: files.map((file) => ({ file, text: base().get(file) ?? "" })), options: { ...opened?.options } };
    },
    /** The packs that were switched off. */
    switchedOff: () => (opened ? [] : start.filter((file) => !inForce().includes(file))),
    /** Whether advice can be another than before. */
    hasChanges: () => Object.keys(changes.edits).some((file) => inForce().includes(file)) || Object.keys(changes.settings).length > 0 ||
      (!opened && changes.force !== undefined && !same(changes.force, start)),
    changes: () => structuredClone(changes),
    /** @param {Changes} others */
    take(others) { changes = structuredClone(others); },
    /**
     * A pack gets another text. What is the original again is no change.
     * @param {string} file
     * @param {string} text
     */
    edit(file, text) {
      if (text === (base().get(file) ?? changes.own[file])) delete changes.edits[file];
      else changes.edits[file] = text;
    },
    /** @param {Changes["settings"]} values */
    set(values) { changes.settings = values; },
    /** @param {string[]} files */
    force(files) { changes.force = files; },
    /**
     * A pack that sells is chosen: it takes the place of the one that was. That is where changes are counted from.
     * @param {string} file
     */
    choose(file) {
      if (opened || inForce().includes(file)) return;
      const policies = (changes.force ?? start).filter(isPolicy);
      start = [...withNeeded(file), ...start.filter(isPolicy)];
      if (changes.force) changes.force = [...withNeeded(file), ...policies];
    },
    /** What would be decided with if a pack had the place of those that sell. @param {string} file */
    instead: (file) => ({ packs: [...withNeeded(file), ...inForce().filter(isPolicy)].map((one) => ({ file: one, text: textOf(one) })), options: {} }),
    /**
     * Packs that were received come in force beside the others; one of a name that is there takes its place.
     * @param {PackFile[]} packs
     */
    receive(packs) {
      const force = inForce();
      for (const { file, text } of packs) {
        if (base().has(file)) this.edit(file, text);
        else changes.own[file] = text;
        if (!force.includes(file)) force.unshift(file);
      }
      changes.force = force;
    },
    /** @param {PackFile[]} packs @param {RulebookOptions} options */
    open(packs, options) {
      opened = { texts: new Map(packs.map(({ file, text }) => [file, text])), options };
      changes = none();
    },
    /** Back to the packs of the page, without changes. */
    close() {
      opened = undefined;
      changes = none();
      start = shippedInForce;
    },
    /** All changes are taken back; what was received stays to choose from. */
    back() { changes = { ...none(), own: changes.own }; },
  };
}

/** @param {string[]} one @param {string[]} other */
const same = (one, other) => one.length === other.length && one.every((file) => other.includes(file));
