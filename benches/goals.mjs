// What Cadans wants to reach, measured against hand-written JavaScript (or JSON.parse) in the same run.

/** A figure of a run, or why there is none. */
const ratio = (row) => (row?.missing ? row : row && { value: row.ratio });
const over = (row, other) => (row?.missing ? row : row && other && { value: row.cpu / other });
const ours = (rows, label) => rows?.find((row) => row.label.startsWith(label));

/** A run in one place (Node or Chromium) as figures by name. */
export function figuresOf({ rows, single, deciding, loading }) {
  const { bare, all, tick, signal } = deciding;
  const size = bare.items;
  return {
    simd: ratio(ours(rows.L30, "Cadans, simd")),
    plain: ratio(ours(rows.L30, "Cadans, plain")),
    events: ratio(ours(rows.E30, "Cadans, simd")),
    objects: ratio(ours(rows.L30, "Cadans, from objects")),
    one: ratio(ours(single, "Cadans, from objects")),
    advice: ratio(all),
    // Full advice is per lead, a tick and a signal are as they are, in milliseconds.
    tick: over(tick, all.cpu * size / 1_000),
    signal: over(signal, all.cpu * size / 1_000),
    json: ratio(loading.json),
    columns: ratio(loading.columns),
  };
}

/** `[name of the figure, what it is, at most, unit]`. */
const GOALS = [
  ["simd", "Thirty rules on resident leads, with simd", 0.35, "x JavaScript"],
  ["plain", "The same without simd", 0.9, "x JavaScript"],
  ["events", "Rules over windows of events (E30), with simd", 0.7, "x naive JavaScript"],
  ["objects", "From JavaScript objects to decisions", 2, "x JavaScript"],
  ["one", "One object in, one decision out", 8, "x JavaScript"],
  ["advice", "Full advice: all gates, person and time", 20, "x bare matching in JavaScript"],
  ["tick", "A minute's tick", 1 / 50, "of full advice"],
  ["signal", "One signal arrives", 1 / 10_000, "of full advice"],
  ["json", "Leads with events from JSON bytes", 1.2, "x JSON.parse"],
  ["columns", "Leads with events from columns", 0.3, "x JSON.parse"],
  ["limit", "Inside sales, the first five of all leads, from file to file", 3, "x JSON.parse"],
  ["lead", "Inside sales, one lead of all, from file to file", 3, "x JSON.parse"],
  ["memory", "100,000 resident leads with 20 signals each, from a file", 80, "MB"],
  ["module", "The whole module with zones and holidays, brotli", 400, "KB"],
  ["start", "From import to first advice", 40, "ms in Node"],
];

/** The goals with what was measured: `{ what, most, unit, places: [{ value, met } or { missing } or undefined] }`. */
export const judged = (...places) => GOALS.map(([name, what, most, unit]) => ({
  what, most, unit,
  places: places.map((figures) => {
    const figure = figures?.[name];
    return figure && (figure.missing ? figure : { value: figure.value, met: figure.value <= most });
  }),
}));
