// Wat een verkoper met een advies doet.

export default {
  title: "Wat je ermee doet",
  done: "Gedaan",
  outcome: "Hoe het ging",
  channel: "Hoe je contact had",
  adapt: "Ik deed het anders",
  adapted: "Zo gedaan",
  decline: "Ik doe het niet",
  reason: "Waarom niet",
  declined: "Afwijzen",
  snooze: "Uitstellen tot",
  hour: "over een uur",
  tomorrow: "morgenochtend",
  monday: "volgende maandag",
  count: { one: "{n} ding gedaan, bewaard in deze browser", other: "{n} dingen gedaan, bewaard in deze browser" },
  save: "Bewaar als signalen",
  undo: "Neem het laatste terug",
  taken: "Genoteerd voor {lead}. De volgende: {next}.",
  last: "Genoteerd voor {lead}. Deze lijst is klaar.",
  notKept: "Genoteerd voor {lead}, maar deze browser bewaart niets als je weggaat.",
};
