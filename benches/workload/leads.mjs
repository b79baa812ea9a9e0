// The leads of the comparison: made from their number alone, so that every engine, run and machine gets the same ones.
//
// Numbers and words are spread as in a real book: most companies small, most leads early, warm leads doing more of everything. The
// order in which the random numbers are drawn is part of the definition: a test keeps the checksums of the decisions.

/** The moment of every decision: Monday 24 November 2025, 16:00 in London. */
export const NOW = 1_764_000_000_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const STAGES = { awareness: 0.40, interest: 0.27, consideration: 0.16, decision: 0.07, customer: 0.10 };
const ROLES = { decider: 0.15, influencer: 0.20, user: 0.40, buyer: 0.10, gatekeeper: 0.15 };
const COUNTRIES = {
  US: 0.30, DE: 0.18, GB: 0.10, FR: 0.07, AT: 0.05, CH: 0.05, NL: 0.05, ES: 0.05, IN: 0.06, BR: 0.04, JP: 0.03, PL: 0.02,
};
const CHANNELS = { email: 0.45, call: 0.14, linkedin: 0.12, sms: 0.07, meeting: 0.04, none: 0.18 };
const KINDS = { visit: 0.46, open: 0.24, click: 0.11, download: 0.07, reply: 0.04, call: 0.05, form: 0.03 };
const PAGES = {
  visit: { pricing: 0.14, product: 0.30, blog: 0.26, docs: 0.12, "case-study": 0.08, careers: 0.04, comparison: 0.06 },
  open: { newsletter: 0.55, product: 0.20, webinar: 0.15, "case-study": 0.10 },
  click: { newsletter: 0.50, product: 0.25, webinar: 0.15, pricing: 0.10 },
  download: { whitepaper: 0.55, "case-study": 0.25, docs: 0.20 },
  reply: { followup: 0.80, newsletter: 0.20 },
  call: { followup: 0.75, demo: 0.25 },
  form: { contact: 0.45, demo: 0.30, webinar: 0.25 },
};
/** How much a lead in that stage does. */
const WARMTH = { awareness: 0.6, interest: 1.2, consideration: 2.2, decision: 3.0, customer: 1.0 };

/** The generator mulberry32: numbers from 0 to 1, always the same for a seed. */
function dice(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the words, each as often as its share says. */
function choose(roll, shares) {
  let rest = roll();
  let last;
  for (const word in shares) {
    last = word;
    rest -= shares[word];
    if (rest < 0) break;
  }
  return last;
}

/** How often something happens that happens `mean` times on average: often not at all, now and then a lot. */
function times(roll, mean, most) {
  const stop = 1 / (1 + mean);
  let count = 0;
  while (count < most && roll() > stop) count += 1;
  return count;
}

/** How many of `count` had the luck. */
function lucky(roll, count, chance) {
  let found = 0;
  for (let one = 0; one < count; one += 1) if (roll() < chance) found += 1;
  return found;
}

/** A length of time of which short ones are common and long ones rare. */
const waiting = (roll, mean) => -Math.log(1 - roll() * 0.9999) * mean;
const rounded = (number, digits) => Math.round(number * 10 ** digits) / 10 ** digits;

function leadOf(number) {
  const roll = dice(42 * 0x9E3779B1 + number * 0x85EBCA6B);
  const stage = choose(roll, STAGES);
  const role = choose(roll, ROLES);
  const country = choose(roll, COUNTRIES);
  const warmth = WARMTH[stage] * (0.3 + 1.4 * roll());
  const company_size = Math.max(1, Math.floor(Math.exp(roll() * roll() * 10.8)));
  const visits_7d = times(roll, 1.6 * warmth, 40);
  const pricing_views_7d = lucky(roll, visits_7d, 0.14);
  const opens_7d = times(roll, 1.1 * warmth, 20);
  const clicks_7d = lucky(roll, opens_7d, 0.28);
  const downloads_30d = times(roll, 0.35 * warmth, 10);
  const points = 8 + 14 * warmth + 2.2 * visits_7d + 3 * clicks_7d + 4 * downloads_30d + (roll() - 0.5) * 22;
  const score = rounded(Math.min(100, Math.max(0, points)), 2);
  const hours_since_contact = rounded(Math.min(9999, waiting(roll, stage === "awareness" ? 520 : 210)), 1);
  const hours_since_inbound = roll() < 0.35 ? 9999 : rounded(Math.min(9998, waiting(roll, 600 / warmth)), 1);
  const quoted = ((stage === "decision" || stage === "consideration") && roll() < 0.38) || roll() < 0.03;
  const open_quote_days = quoted ? Math.floor(roll() * 60) : null;
  const has_phone = roll() < 0.55;
  const email_consent = roll() < 0.70;
  const has_linkedin = roll() < 0.45;
  const do_not_call = roll() < 0.08;
  const contacts_7d = hours_since_contact > 168 ? 0 : 1 + times(roll, 0.9, 6);
  const preferred_channel = choose(roll, CHANNELS);
  const events = Array.from({ length: roll() < 0.2 ? 0 : times(roll, 7 * warmth, 40) }, () => {
    const kind = choose(roll, KINDS);
    const page = choose(roll, PAGES[kind]);
    return { kind, page, at: NOW - Math.floor(Math.min(waiting(roll, 190), 90 * 24) * HOUR) };
  });
  events.sort((one, other) => one.at - other.at);
  return {
    id: `lead_${String(number).padStart(7, "0")}`, stage, role, country, company_size, score, hours_since_contact,
    hours_since_inbound, visits_7d, pricing_views_7d, opens_7d, clicks_7d, downloads_30d, open_quote_days, has_phone,
    email_consent, has_linkedin, do_not_call, contacts_7d, preferred_channel, events,
  };
}

/** The first `count` leads, as if they had just been fetched and parsed. */
export const leadsOf = (count) =>
  JSON.parse(`[${Array.from({ length: count }, (_, number) => JSON.stringify(leadOf(number))).join(",")}]`);

/** One number for all decisions: `first` is the rule decided on (or -1), `mask` has a bit for every rule that holds (FNV-1a). */
export function checksum({ first, mask }) {
  let sum = 0x811C9DC5;
  const add = (byte) => { sum = Math.imul(sum ^ byte, 0x01000193); };
  for (let lead = 0; lead < first.length; lead += 1) {
    add(first[lead] + 1);
    for (const shift of [0, 8, 16, 24]) add((mask[lead] >>> shift) & 0xFF);
  }
  return (sum >>> 0).toString(16).padStart(8, "0");
}
