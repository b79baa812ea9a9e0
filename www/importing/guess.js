// What the columns of a table may be, by their names and first cells: a first mapping, which the user sees and changes before anything is read by it.

/**
 * What a column may be: a field of the lead, its account or its person, a channel, the moment of a signal, a fact of the team's own, or nothing.
 * @typedef {(typeof TARGETS)[number]} Target
 */

export const TARGETS = /** @type {const} */ ([
  "none", "lead.id", "lead.name", "account.name", "account.id", "account.industry", "account.employees", "lead.country", "lead.zone", "lead.language", "lead.stage",
  "lead.stage_since", "lead.created_at", "lead.source", "lead.topic", "lead.owner", "lead.value", "person.id", "person.name", "person.first", "person.last", "person.title",
  "person.roles", "person.do_not_call", "person.do_not_email", "person.objected", "channel.phone", "channel.email", "channel.social", "signal.form", "signal.visit", "signal.download",
  "signal.reply", "signal.call", "signal.email", "signal.meeting", "field",
]);

/** By what a column is known, in English, Dutch and German; the first that fits counts. @type {[Target, RegExp][]} */
const NAMES = [
  ["person.do_not_call", /^(do ?not ?call|bel me niet|niet bellen|nicht anrufen|call opt ?out|dnc)$/],
  ["person.do_not_email", /^(do ?not ?e?mail|unsubscribed?|(e?mail )?opt ?out|afgemeld|uitgeschreven|niet mailen|abgemeldet)$/],
  ["person.objected", /^(objected|do ?not ?contact|bezwaar|niet benaderen)$/],
  ["lead.stage_since", /^(stage since|in stage since|fase sinds|stage (changed|date))$/],
  ["signal.call", /^(last (call|called)|laatst gebeld|gebeld op|letzter anruf)( (date|at|on|op))?$/],
  ["signal.meeting", /^(last )?(meeting|appointment|afspraak|termin)( (date|at|on|op|datum))?$|^laatste afspraak$/],
  ["signal.reply", /^(last )?repl(y|ied)( (date|at|on))?$|^laatste (reactie|antwoord)$/],
  ["signal.visit", /^(last )?(web(site)? )?visit(ed)?( (date|at|on))?$|^laatste bezoek$|^last seen$/],
  ["signal.download", /^(last )?download(ed)?( (date|at|on))?$/],
  ["signal.form", /^(form|request|inquiry|aanvraag|anfrage)( (date|at|on|op|datum))?$|^aangevraagd( op)?$/],
  ["signal.email", /^(last (e?mail|mailed|contacted)|laatst gemaild|gemaild op)( (date|at|on|op))?$/],
  ["lead.created_at", /^(created|create date|created (at|on|date)|date (created|added)|aangemaakt( op)?|aanmaakdatum|erstellt( am)?|lead date|datum)$/],
  ["person.title", /^(job ?title|title|position|function|functie|position im unternehmen)$/],
  ["person.roles", /^(roles?|buying roles?|rol|rolle)$/],
  ["person.first", /^(first ?name|given ?name|voornaam|vorname)$/],
  ["person.last", /^(last ?name|sur ?name|family ?name|achternaam|nachname)$/],
  ["channel.email", /^(e ?mail|e ?mail ?address|mail|e ?mailadres|e ?mail adresse)$/],
  ["channel.phone", /^((mobile|work|direct)? ?(phone|tel|telephone)( number)?|mobile|telefoon(nummer)?|mobiel|telefon(nummer)?)$/],
  ["channel.social", /^(linkedin|linkedin (url|profile)|social)$/],
  ["account.name", /^(company|company ?name|account|account ?name|organi[sz]ation|bedrijf|bedrijfsnaam|organisatie|klant(naam)?|firma|unternehmen)$/],
  ["account.id", /^(company|account|organi[sz]ation) ?(id|number|nr)$/],
  ["account.industry", /^(industry|sector|branche)$/],
  ["account.employees", /^(employees|number of employees|company size|medewerkers|aantal medewerkers|mitarbeiter)$/],
  ["lead.country", /^(country( code)?|land)$/],
  ["lead.zone", /^(time ?zone|zone|tijdzone)$/],
  ["lead.language", /^(language|taal|sprache)$/],
  ["lead.stage", /^(stage|lead ?status|status|life ?cycle ?stage|deal ?stage|phase|fase|phase)$/],
  ["lead.source", /^(source|lead ?source|bron|herkomst|quelle)$/],
  ["lead.topic", /^(topic|subject|product|interest(ed in)?|onderwerp|interesse|thema)$/],
  ["lead.owner", /^(owner|lead ?owner|sales ?rep|rep|assigned to|account ?manager|eigenaar|verkoper|inhaber)$/],
  ["lead.value", /^((expected |yearly |annual |deal )?(value|amount|revenue)|omzet|waarde|bedrag|wert|umsatz)$/],
  ["person.id", /^(contact|person) ?(id|number|nr)$/],
  ["person.name", /^(contact|contact ?(name|person)|person|full ?name|contactpersoon|naam contact|ansprechpartner)$/],
  ["lead.id", /^(id|lead ?id|lead ?(number|no|nr)|record ?id|number|nr|no|#|nummer|kenmerk|reference|external ?id)$/],
  ["lead.name", /^(name|lead|lead ?name|naam|deal( ?name)?)$/],
];

/** A name of a column as it is compared: "E-mail_Address" is "e mail address". @param {string} name */
const plain = (name) => name.toLowerCase().replaceAll(/[_\-.:/]+/g, " ").replaceAll(/\s+/g, " ").trim();

/**
 * What each column may be. What only one column can be is given to the first that fits.
 * @param {string[]} header
 * @returns {Target[]}
 */
export function targetsOf(header) {
  const taken = new Set();
  return header.map((name) => {
    const found = NAMES.find(([target, pattern]) => pattern.test(plain(name)) && !taken.has(target))?.[0] ?? "none";
    taken.add(found);
    return found;
  });
}

/** How moments may be written, as `strftime` says it; "" for RFC 3339. @type {[format: string, pattern: RegExp][]} */
export const FORMATS = [
  ["", /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/],
  ["%Y-%m-%dT%H:%M:%S", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/],
  ["%Y-%m-%d %H:%M:%S", /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
  ["%Y-%m-%d %H:%M", /^\d{4}-\d\d-\d\d \d\d:\d\d$/],
  ["%Y-%m-%d", /^\d{4}-\d\d-\d\d$/],
  ["%d-%m-%Y %H:%M", /^(0?[1-9]|[12]\d|3[01])-(0?[1-9]|1[0-2])-\d{4} \d\d?:\d\d$/],
  ["%d-%m-%Y", /^(0?[1-9]|[12]\d|3[01])-(0?[1-9]|1[0-2])-\d{4}$/],
  ["%d/%m/%Y %H:%M", /^(0?[1-9]|[12]\d|3[01])\/(0?[1-9]|1[0-2])\/\d{4} \d\d?:\d\d$/],
  ["%d/%m/%Y", /^(0?[1-9]|[12]\d|3[01])\/(0?[1-9]|1[0-2])\/\d{4}$/],
  ["%m/%d/%Y %H:%M", /^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/\d{4} \d\d?:\d\d$/],
  ["%m/%d/%Y", /^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/\d{4}$/],
  ["%d.%m.%Y", /^(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.\d{4}$/],
];

/** Whether a column holds moments. @param {Target} target */
const isMoment = (target) => target.startsWith("signal.") || target === "lead.created_at" || target === "lead.stage_since";

/**
 * How the moments of the table are written: the first way in which all of the first cells are.
 * @param {string[][]} rows
 * @param {Target[]} targets
 */
export function formatOf(rows, targets) {
  const cells = rows.flatMap((row) => row.filter((cell, nth) => cell.trim() && isMoment(targets[nth] ?? "none")).map((cell) => cell.trim()));
  return FORMATS.find(([, pattern]) => cells.every((cell) => pattern.test(cell)))?.[0] ?? "";
}

/**
 * Whether numbers are written as 1.234,5.
 * @param {string[][]} rows
 * @param {Target[]} targets
 */
export const commasOf = (rows, targets) => rows.some((row) => row.some((cell, nth) => targets[nth] === "lead.value" && /^\s*[€$]?\s*(\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d{1,2})\s*$/.test(cell)));

/** Texts for the stages, as systems and teams write them. @type {[string, RegExp][]} */
const STAGES = [
  ["customer", /customer|klant|kunde|closed ?won|^won$|gewonnen/i], ["lost", /lost|verloren|disqualified|unqualified|afgevallen/i], ["proposal", /proposal|quote|offerte|voorstel|angebot/i],
  ["decision", /decision|negotiat|beslis|onderhandel|contract/i], ["consideration", /consideration|opportunit|sales ?qualified|^sql$|qualified|overweging|gekwalificeerd|demo/i],
  ["interest", /interest|marketing ?qualified|^mql$|open|contacted|working|interesse|in behandeling/i], ["orientation", /orientation|new|nieuw|subscriber|^lead$|ori[eë]ntatie|cold|koud|neu/i],
];
/** Roles, by job titles and by the words of teams. @type {[string, RegExp][]} */
const ROLES = [
  ["decider", /decider|beslisser|director|directeur|ceo|owner|eigenaar|founder|head of|managing|gesch[aä]ftsf/i], ["buyer", /buyer|purchas|procure|inko(o|)p|einkauf/i],
  ["gatekeeper", /gatekeeper|poortwachter|assistant|secretar|office manager/i], ["influencer", /influencer|be[iï]nvloeder|consultant|advis|architect/i],
  ["user", /^user$|gebruiker|engineer|planner|specialist|medewerker/i], ["initiator", /initiator|initiatiefnemer/i],
];

/**
 * The texts of a column with the word of the lead format for each that is known.
 * @param {string[][]} rows
 * @param {number} column
 * @param {[string, RegExp][]} words
 */
function valuesOf(rows, column, words) {
  const texts = new Set(rows.map((row) => row[column]?.trim() ?? "").filter(Boolean));
  const found = [...texts].flatMap((text) => words.filter(([word, pattern]) => word === text || pattern.test(text)).slice(0, 1).map(([word]) => /** @type {const} */ ([text, word])));
  return Object.fromEntries(found);
}

/**
 * The mapping that the choices make, as mapping.schema.json tells. Without a column for the id of the lead, the first of its mail address, its name and its
 * company stands for it.
 * @param {object} choices
 * @param {string[]} choices.header
 * @param {string[][]} choices.rows the first rows, for the texts of stages and roles and for ids that stand twice
 * @param {Target[]} choices.targets
 * @param {string} choices.separator
 * @param {string} choices.format
 * @param {string} choices.zone
 * @param {boolean} choices.commas
 */
export function mappingOf({ header, rows, targets, separator, format, zone, commas }) {
  /** @param {Target} target */
  const column = (target) => { const at = targets.indexOf(target); return at < 0 ? undefined : header[at]; };
  const [lead, account, person, channels, fields] = Array.from({ length: 5 }, () => /** @type {Record<string, unknown>} */ ({}));
  /** @type {Record<string, unknown>[]} */
  const signals = [];
  const groups = /** @type {Record<string, Record<string, unknown>>} */ ({ lead, account, person, channel: channels });
  targets.forEach((target, at) => {
    const [group = "", name = ""] = target.split(".");
    const from = header[at] ?? "";
    if (target === "none" || target === "person.first" || target === "person.last") return;
    if (target === "field") fields[plain(from).replaceAll(/\W+/g, "_").replace(/^(?=\d)/, "_")] = { column: from, as: rows.every((row) => /^\s*-?\d+([.,]\d+)?\s*$|^\s*$/.test(row[at] ?? "")) ? "number" : "text" };
    else if (target === "lead.stage") lead[name] = { column: from, values: valuesOf(rows, at, STAGES), otherwise: "unknown" };
    else if (target === "person.roles") person[name] = { column: from, values: valuesOf(rows, at, ROLES), otherwise: "unknown" };
    else if (group === "signal") signals.push({ at: from, kind: { constant: name }, ...(["call", "email"].includes(name) && { direction: { constant: "outbound" }, channel: { constant: name === "call" ? "phone" : "email" } }) });
    else if (groups[group]) groups[group][name] = from;
  });
  const names = [column("person.first"), column("person.last")].filter((name) => name !== undefined);
  if (names.length && !person["name"]) person["name"] = names.length > 1 ? { columns: names } : names[0];
  // A title says which part somebody plays, where no column does.
  const title = targets.indexOf("person.title");
  if (title >= 0 && !person["roles"]) person["roles"] = { column: header[title], values: valuesOf(rows, title, ROLES), otherwise: "unknown" };
  lead["id"] ??= column("channel.email") ?? column("lead.name") ?? column("account.name") ?? column("person.name");
  const id = header.indexOf(String(lead["id"]));
  const ids = rows.map((row) => row[id]);
  const repeated = new Set(ids).size < ids.length;
  // Several people of one lead are told apart.
  if (repeated) person["id"] ??= [column("channel.email"), column("person.name")].find((name) => name !== undefined && name !== lead["id"]);
  return {
    separator, decimal_comma: commas, times: { ...(format && { format }), zone },
    leads: {
      one_lead_per: repeated ? "id" : "row", lead,
      ...Object.fromEntries(Object.entries({ account, person, channels, fields }).filter(([, group]) => Object.values(group).some((one) => one !== undefined))), ...(signals.length && { signals }),
    },
  };
}
