// What the console says, in English and Dutch.

/** @typedef {typeof en} ConsoleWords */

const en = {
  rep: "Working as", later: "15 minutes later", morning: "Next morning", language: "Language", undo: "Undo", export: "Export signals", import: "Import signals",
  open: "Open leads", leads: "Leads", find: "Find a lead", day: "My day", lead: "Lead", cameIn: "Something came in", from: "From", log: "Log it",
  activity: "Activity", why: "Why this advice", rules: "Rules of the team", everybody: "The whole team", nobody: "nobody in particular",
  recorded: (/** @type {number} */ n) => `${n} recorded`, imported: (/** @type {number} */ n) => `${n} entries imported`, undone: "The last one is undone",
  refused: (/** @type {string} */ what) => `Not imported: ${what}`, opened: (/** @type {number} */ n) => `${n} leads opened`, logged: "Logged",
  facts: { stage: "Stage", country: "Country", owner: "Owner", value: "Value a year", topic: "About", people: "People" },
  kinds: { reply: "A reply by mail", call: "A call, and we spoke", missed: "A call that nobody took", form: "A form on the site" },
  line: "line",
};

/** @type {ConsoleWords} */
const nl = {
  rep: "Aan het werk als", later: "15 minuten later", morning: "Volgende ochtend", language: "Taal", undo: "Ongedaan maken", export: "Signalen exporteren",
  import: "Signalen importeren", open: "Leads openen", leads: "Leads", find: "Zoek een lead", day: "Mijn dag", lead: "Lead", cameIn: "Er kwam iets binnen",
  from: "Van", log: "Leg vast", activity: "Wat er gebeurde", why: "Waarom dit advies", rules: "Regels van het team", everybody: "Het hele team", nobody: "niemand in het bijzonder",
  recorded: (n) => `${n} vastgelegd`, imported: (n) => `${n} regels geïmporteerd`, undone: "Het laatste is ongedaan gemaakt",
  refused: (what) => `Niet geïmporteerd: ${what}`, opened: (n) => `${n} leads geopend`, logged: "Vastgelegd",
  facts: { stage: "Fase", country: "Land", owner: "Eigenaar", value: "Waarde per jaar", topic: "Waarover", people: "Mensen" },
  kinds: { reply: "Een antwoord per mail", call: "Een telefoontje, en we spraken elkaar", missed: "Een telefoontje dat niemand opnam", form: "Een formulier op de site" },
  line: "regel",
};

/** @type {Record<string, ConsoleWords>} */
export const WORDS = { en, nl };
