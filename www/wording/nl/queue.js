// De lijst met leads.

export default {
  title: "Lijst",
  find: "Zoek een lead",
  show: "Toon",
  list: "De leads, op volgorde",
  today: "Vandaag",
  later: "Later",
  hold: "Nu even niet",
  wait: "Voorlopig niets",
  noneToday: "Vandaag is er niets te doen. Verzet de tijd, of kijk bij Later.",
  noneLater: "Voor later staat niets klaar.",
  noneHold: "Niets wordt tegengehouden door toestemming, limieten of uren.",
  noneWait: "Voor elke lead is er iets te doen.",
  noLeads: "Nog geen leads. Laad een bestand met leads, of ga terug naar het voorbeeld.",
  noneFound: "Geen lead in deze lijst heet ‘{text}’.",
  lead: "Lead",
  what: "Wat te doen, en waarom",
  when: "Wanneer (hun tijd)",
  anyTime: "Elk moment",
  late: "te laat",
  more: { one: "Toon er nog {more} van {n} lead", other: "Toon er nog {more} van {n} leads" },
};
