// Leads uit een bestand.

export default {
  loading: "De voorbeeldleads worden geladen…",
  load: "Laad leads…",
  sample: "Terug naar het voorbeeld",
  from: { one: "{n} lead uit {file}", other: "{n} leads uit {file}" },
  theSample: "het voorbeeld",
  reading: "{file} wordt gelezen…",
  progress: "{file} wordt gelezen: {percent} %",
  unreadable: "{file} kan niet gelezen worden. Staat het er nog?",
  notKept: "Deze browser bewaart geen leads: na opnieuw laden staat het voorbeeld er weer.",
  drop: "Laat het bestand los om de leads te laden",
  refusedSome: { one: "{n} regel kan niet gebruikt worden; {kept}", other: "{n} regels kunnen niet gebruikt worden; {kept}" },
  can: { one: "{n} lead wel", other: "{n} leads wel" },
  noneCan: "geen enkele kan gebruikt worden",
  line: "Regel {line}",
  theFile: "Het bestand",
  more: "En nog {n}.",
};
