// De woorden van de engine: elke lijst onder haar eigen naam, elk woord onder zijn eigen naam.

export default {
  channel: { phone: "Telefoon", email: "Mail", social: "Social media", chat: "Chat", video: "Video", visit: "Bezoek", content: "Content" },
  /** Hoe een contact over elk kanaal begint. */
  deed: {
    phone: "Bel {who}", email: "Mail {who}", social: "Stuur {who} een bericht via social media", chat: "Chat met {who}", video: "Spreek {who} per video", visit: "Ga langs bij {who}",
    content: "Deel iets om te lezen met {who}", any: "Neem contact op met {who}", theLead: "de lead", wait: "Voorlopig niets", hold: "Nu even niet", find: "Zoek uit wie de {role} is",
    rightPerson: "juiste persoon", handOver: "Draag over aan {team}", anotherTeam: "een ander team",
  },
  stage: {
    orientation: "oriëntatie", interest: "interesse", consideration: "overweging", proposal: "voorstel", decision: "beslissing", customer: "klant",
    lost: "verloren",
  },
  role: { initiator: "initiatiefnemer", user: "gebruiker", influencer: "beïnvloeder", decider: "beslisser", buyer: "inkoper", gatekeeper: "poortwachter" },
  outcome: {
    answered: "opgenomen", no_answer: "geen gehoor", voicemail: "voicemail", busy: "bezet", replied: "antwoordde", booked: "geboekt", held: "ging door",
    no_show: "kwam niet", accepted: "akkoord", declined: "afgewezen", failed: "mislukt", wrong_number: "verkeerd nummer", number_dead: "nummer werkt niet",
  },
  signal: {
    visit: "bezoek", search: "zoekopdracht", download: "download", form: "formulier", open: "mail geopend", click: "klik", reply: "reactie", auto_reply: "automatische reactie",
    call: "telefoontje", email: "mail", message: "bericht", chat: "chat", meeting: "afspraak", quote: "offerte", engage: "reactie op een post", unsubscribe: "afmelding",
    bounce: "mail kwam terug", order: "bestelling", contact_changed: "adres of nummer veranderd", note: "notitie",
  },
  direction: { inbound: "van hen", outbound: "van ons" },
  /** Wat een contact tegenhield. */
  policy: {
    objection: "bezwaar tegen direct marketing", never: "een regel die ‘nooit’ zegt", limit: "al vaak genoeg contact", pause: "er loopt een pauze",
    reachable: "buiten de uren voor contact", "channel-unknown": "geen adres of nummer bekend", "channel-fails": "adres of nummer werkt niet",
    left: "werkt er niet meer", away: "nu afwezig",
  },
};
