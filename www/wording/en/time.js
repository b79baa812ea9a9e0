// Moments, and the slider that moves "now".

export default {
  now: "Now",
  earlier: "Day earlier",
  later: "Day later",
  back: "Back",
  today: "today",
  tomorrow: "tomorrow",
  yesterday: "yesterday",
  openUntil: "now, until {end}",
  range: "{from} to {end}",
  zone: "{place} time",
};
