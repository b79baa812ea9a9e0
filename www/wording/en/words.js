// The engine's words: each list by the name of the engine's own list, each word by its own name.

export default {
  channel: { phone: "Phone", email: "Email", social: "Social", chat: "Chat", video: "Video call", visit: "Visit", content: "Content" },
  /** How a contact over each channel begins. */
  deed: {
    phone: "Call {who}", email: "Email {who}", social: "Message {who}", chat: "Chat with {who}", video: "Video call with {who}", visit: "Visit {who}",
    content: "Share content with {who}", any: "Contact {who}", theLead: "the lead", wait: "Nothing for now", hold: "On hold", find: "Find the {role}",
    rightPerson: "right person", handOver: "Hand over to {team}", anotherTeam: "another team",
  },
  stage: {
    orientation: "orientation", interest: "interest", consideration: "consideration", proposal: "proposal", decision: "decision", customer: "customer",
    lost: "lost",
  },
  role: { initiator: "initiator", user: "user", influencer: "influencer", decider: "decider", buyer: "buyer", gatekeeper: "gatekeeper" },
  outcome: {
    answered: "answered", no_answer: "no answer", voicemail: "voicemail", busy: "busy", replied: "replied", booked: "booked", held: "took place", no_show: "did not come",
    accepted: "accepted", declined: "declined", failed: "failed", wrong_number: "wrong number", number_dead: "number does not work",
  },
  signal: {
    visit: "visit", search: "search", download: "download", form: "form", open: "mail opened", click: "click", reply: "reply", auto_reply: "automatic reply", call: "call",
    email: "email", message: "message", chat: "chat", meeting: "meeting", quote: "quote", engage: "reaction to a post", unsubscribe: "unsubscribed", bounce: "mail came back",
    order: "order", contact_changed: "address or number changed", note: "note",
  },
  direction: { inbound: "from them", outbound: "from us" },
  /** What stopped a contact. */
  policy: {
    objection: "objected to direct marketing", never: "a rule that says never", limit: "enough touches already", pause: "a pause is running",
    reachable: "outside the hours for contact", "channel-unknown": "no address or number known", "channel-fails": "the address or number does not work",
    left: "no longer works there", away: "away for now",
  },
};
