// Momenten, en de schuif die ‘nu’ verzet.

export default {
  now: "Nu",
  earlier: "Dag eerder",
  later: "Dag later",
  back: "Terug",
  morning: "Morgenochtend",
  monday: "Volgende maandag",
  play: "Afspelen",
  pause: "Pauze",
  zone: "tijd van {place}",
};
