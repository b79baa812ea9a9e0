// The frame of the page: header, footer and what the engine is doing.

export default {
  title: "Cadans: the next best contact for every lead",
  tagline: "The next best contact for every lead",
  skip: "Skip to the queue",
  skipTeam: "Skip to the reports",
  views: "View",
  viewLeads: "Leads and rules",
  viewMe: "Me",
  viewTeam: "Team",
  language: "Language",
  english: "English",
  dutch: "Nederlands",
  starting: "Starting the rules engine…",
  decided: { one: "{n} lead decided in {took} ms.", other: "{n} leads decided in {took} ms." },
  incomplete: "The page is not complete: {why}. Build it again with “cargo xtask demo”.",
  stopped: "The rules engine stopped and was started again.",
  cannotRun: "The rules engine cannot run in this browser ({why}). A current Firefox, Chrome, Edge or Safari can.",
  advice: "Advice, not orders: decline it when you know better. Your leads and rules stay in this page; nothing is sent anywhere.",
  versions: "Cadans {cadans}, with the time zones of tzdb {tz} and the holidays of {holidays}",
  noScript: "This page works out its advice in your browser and needs JavaScript for that.",
};
