// Moments, and the slider that moves "now".

export default {
  now: "Now",
  earlier: "Day earlier",
  later: "Day later",
  back: "Back",
  morning: "Tomorrow morning",
  monday: "Next Monday",
  play: "Play",
  pause: "Pause",
  zone: "{place} time",
};
