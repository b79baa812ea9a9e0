// Het kader van de pagina: kop, voet, en wat de engine doet.

export default {
  title: "Cadans: het beste volgende contact voor elke lead",
  tagline: "Het beste volgende contact voor elke lead",
  skip: "Naar de lijst",
  skipTeam: "Naar de verslagen",
  views: "Weergave",
  viewLeads: "Leads en regels",
  viewMe: "Ik",
  viewTeam: "Team",
  language: "Taal",
  english: "English",
  dutch: "Nederlands",
  starting: "De engine start…",
  decided: { one: "Advies voor {n} lead in {took} ms.", other: "Advies voor {n} leads in {took} ms." },
  incomplete: "De pagina is niet compleet: {why}. Bouw die opnieuw met ‘cargo xtask demo’.",
  stopped: "De engine viel stil en is opnieuw gestart.",
  cannotRun: "De engine kan niet werken in deze browser ({why}). Een nieuwe Firefox, Chrome, Edge of Safari kan het wel.",
  advice: "Advies, geen opdracht: wijs het af als je het beter weet. Je leads en regels blijven in deze pagina; er wordt niets verstuurd.",
  versions: "Cadans {cadans}, met de tijdzones van tzdb {tz} en de feestdagen van {holidays}",
  noScript: "Deze pagina berekent het advies in je browser en heeft daar JavaScript voor nodig.",
};
