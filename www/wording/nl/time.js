// Momenten, en de schuif die ‘nu’ verzet.

export default {
  now: "Nu",
  earlier: "Dag eerder",
  later: "Dag later",
  back: "Terug",
  today: "vandaag",
  tomorrow: "morgen",
  yesterday: "gisteren",
  openUntil: "nu, tot {end}",
  range: "{from} tot {end}",
  zone: "tijd van {place}",
};
