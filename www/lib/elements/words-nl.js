// Nederlands.

/** @import { Channel, Role, Severity, Stage, Verdict } from "../cadans.js" */
/** @import { OutcomeChoice } from "../element.js" */
/** @import { Group } from "./day.js" */

/** @type {Record<Channel, string>} */
export const CHANNELS = { phone: "Telefoon", email: "Mail", social: "Social media", chat: "Chat", video: "Videogesprek", visit: "Bezoek", content: "Content" };

/** Hoe een contact via een kanaal heet. @type {Record<Channel, (who: string) => string>} */
export const CONTACTS = {
  phone: (who) => `Bel ${who}`, email: (who) => `Mail ${who}`, social: (who) => `Stuur ${who} een bericht`, chat: (who) => `Chat met ${who}`,
  video: (who) => `Videogesprek met ${who}`, visit: (who) => `Bezoek ${who}`, content: (who) => `Deel content met ${who}`,
};
export const contact = (/** @type {string} */ who) => `Neem contact op met ${who}`;
export const find = (/** @type {string | undefined} */ role) => `Zoek de ${role ?? "juiste persoon"}`;
export const handOver = (/** @type {string | undefined} */ team) => `Draag over aan ${team ?? "een ander team"}`;
export const NOTHING = /** @type {string} */ ("Nu niets");
export const ON_HOLD = /** @type {string} */ ("Tegengehouden");

/** @type {Record<Role, string>} */
export const ROLES = {
  initiator: "initiatiefnemer", user: "gebruiker", influencer: "beïnvloeder", decider: "beslisser", buyer: "inkoper", gatekeeper: "poortwachter",
};

/** @type {Record<Stage, string>} */
export const STAGES = {
  orientation: "oriëntatie", interest: "interesse", consideration: "overweging", proposal: "voorstel", decision: "beslissing", customer: "klant",
  lost: "verloren",
};

/** @type {Record<OutcomeChoice, string>} */
export const OUTCOMES = {
  sent: "Verstuurd", answered: "Gesproken", no_answer: "Geen gehoor", voicemail: "Voicemail ingesproken", busy: "In gesprek", replied: "Heeft geantwoord",
  booked: "Afspraak gemaakt", held: "Het ging door", no_show: "Kwam niet opdagen", accepted: "Zei ja", declined: "Zei hier nee tegen",
  failed: "Kwam niet aan", wrong_number: "Is van iemand anders", number_dead: "Niet meer in gebruik",
};

/** @type {Record<Group, string>} */
export const GROUPS = { late: "Te laat", now: "Nu", today: "Later vandaag", later: "Een andere dag", waiting: "Wachten", held: "Tegengehouden" };

export const QUEUE = {
  list: "De dag, op volgorde", empty: "Geen leads in deze wachtrij.", none: "Kies een lead in de lijst.", more: (/** @type {number} */ n) => `Toon er nog ${n}`,
  summary: (/** @type {number} */ toDo, /** @type {number} */ all) => (toDo === 0 ? "Nu is er niets te doen." : `Nu ${toDo} te doen, van ${all} leads.`),
  keys: "Pijl omhoog en omlaag: een andere lead. D: gedaan, A: anders gedaan, X: afwijzen, S: uitstellen.",
  failed: (/** @type {string} */ why) => `De wachtrij kon niet worden gemaakt: ${why}.`,
};

export const TIME = {
  theirs: "Hun tijd", own: "Uw tijd", any: "Altijd goed", due: (/** @type {string} */ at) => `uiterlijk ${at}`,
  late: (/** @type {string} */ by) => `${by} te laat`, ago: (/** @type {number} */ days, /** @type {number} */ hours, /** @type {number} */ minutes) =>
    days ? `${days} ${days === 1 ? "dag" : "dagen"}` : hours ? `${hours} uur` : `${minutes} min`,
};

export const CARD = {
  who: "Wie", when: "Wanneer", by: "Door", bring: "Neem mee", ask: "Vraag", series: "Reeks", stage: "Fase", due: "Beloofd", notes: "Let op", reason: "Waarom",
  next: "Opnieuw bekeken", news: "zodra er nieuws is van de lead", was: (/** @type {string} */ stage) => `was ${stage}`,
  step: (/** @type {number} */ n) => `stap ${n}`, itself: "Een systeem verstuurt dit; niemand hoeft aan het werk te zijn.", acknowledge: "Zeg alleen dat het antwoord komt; hun vraag blijft open.",
  promised: "Dit is met hen afgesproken.", actions: "Wat hebt u gedaan?", region: (/** @type {string} */ lead) => `Advies voor ${lead}`,
};

/** @type {Record<Verdict, string>} */
export const CONFIRM = { touch: "Hoe liep het af?", find: "Is er iemand gevonden?", hand_over: "Is het overgedragen?", wait: "", hold: "" };

export const ACT = {
  done: "Gedaan", adapt: "Anders gedaan", decline: "Afwijzen", snooze: "Uitstellen", other: "Leg een contact vast", save: "Bewaren", cancel: "Annuleren",
  outcome: "Hoe liep het af?", found: "Ja, gevonden", handed: "Ja, overgedragen", channel: "Hoe", person: "Met wie", content: "Waarmee", nothing: "niets",
  nobody: "niemand in het bijzonder", reason: "Waarom", words: "In uw eigen woorden", everybody: "Voor iedereen bij deze lead", until: "Tot wanneer", other_time: "Een ander moment",
  needReason: "Kies een reden of schrijf er een op.", needMoment: "Kies een moment na nu.",
};

export const REASONS = ["Niet het juiste moment", "Niet de juiste persoon", "We hebben elkaar al gesproken", "Geen belangstelling", "Ik weet iets beters"];
export const SNOOZES = { hour: "Over een uur", tomorrow: "Morgenochtend", monday: "Volgende maandag", fortnight: "Over twee weken" };

export const SAID = {
  done: (/** @type {string} */ deed, /** @type {string} */ how) => `Vastgelegd: ${deed}, ${how}`, adapt: (/** @type {string} */ deed) => `In plaats daarvan vastgelegd: ${deed}`,
  decline: (/** @type {string} */ deed) => `Afgewezen: ${deed}`, snooze: (/** @type {string} */ deed, /** @type {string} */ until) => `Uitgesteld tot ${until}: ${deed}`,
  next: (/** @type {string} */ deed, /** @type {string} */ lead) => `hierna: ${deed}, ${lead}`, last: "er is niets meer te doen",
};

export const WHY = {
  title: "Waarom", none: "Er is geen lead gekozen.", priority: (/** @type {string} */ total) => `Prioriteit ${total}`, factor: "Factor", figure: "Getal", source: "Waar het vandaan komt",
  propensity: "Kans op een antwoord", context: "Gewicht van het moment", value: "Waarde", lever: "Hefboom", runnersUp: "Wat ook kan", blocks: "Wat nu niet mag",
  nearly: "Regels die bijna gelden", off: "Uitgezet voor deze lead", faults: "Regels die niet uit te rekenen waren",
  further: (/** @type {number} */ n) => `${n} ${n === 1 ? "regel" : "regels"} verder weg`, holds: "Geldt", fails: "Geldt niet",
  lifts: (/** @type {string} */ at) => `Mag weer ${at}`, hard: "Wet of toestemming: geen regel kan dit opheffen", record: "Mag weer als de gegevens veranderen", stops: "houdt tegen:",
  until: (/** @type {string} */ at) => `Zonder nieuws van de lead geldt dit tot ${at}.`, news: "Dit geldt tot er nieuws is van de lead.",
  to: (/** @type {string} */ who) => `aan ${who}`, rule: "Regel", failed: (/** @type {string} */ why) => `Er kon geen uitleg worden gemaakt: ${why}.`,
};

/** @type {Record<Severity, string>} */
export const SEVERITIES = { error: "Fout", warning: "Waarschuwing", note: "Opmerking" };

export const RULES = {
  file: "Regelbestand", text: "De regels", findings: "Bevindingen", settings: "Instellingen", layout: "Opmaken", loading: "De controle wordt geladen…",
  none: "Geen fouten.", errors: (/** @type {number} */ n) => `${n} ${n === 1 ? "fout" : "fouten"}: wat daar staat telt niet mee tot het goed is.`,
  remarks: (/** @type {number} */ n) => `Geen fouten; ${n} ${n === 1 ? "opmerking" : "opmerkingen"}.`,
  at: (/** @type {string} */ severity, /** @type {number} */ line) => `${severity} in regel ${line}`, back: (/** @type {string} */ value) => `Terug naar ${value}`,
  noLayout: "Niet opgemaakt: de tekst heeft fouten.", failed: (/** @type {string} */ why) => `De regels konden niet worden gecontroleerd: ${why}.`, editor: "Tab verlaat het tekstvak.",
};
