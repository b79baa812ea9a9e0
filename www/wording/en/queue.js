// The queue of leads.

export default {
  title: "Queue",
  find: "Find a lead",
  show: "Show",
  list: "The leads, in order",
  today: "Today",
  later: "Later",
  hold: "On hold",
  wait: "Nothing now",
  noneToday: "Nothing to do today. Move the time, or look under Later.",
  noneLater: "Nothing is planned for later.",
  noneHold: "Nothing is held back by consent, limits or hours.",
  noneWait: "Every lead has something to do.",
  noLeads: "No leads yet. Load a file with leads, or go back to the sample.",
  noneFound: "No lead in this list is called “{text}”.",
  lead: "Lead",
  what: "What to do, and why",
  when: "When (their time)",
  anyTime: "Any time",
  late: "late",
  more: { one: "Show {more} more of {n} lead", other: "Show {more} more of {n} leads" },
};
