// Writes local_times.txt beside this file: how far local time runs ahead of UTC by JavaScript's Intl, for every zone.
//
//     node tests/oracles/local_times.mjs [ZONEINFO_DIRECTORY]
//
// The names come from tzdata.zi (Debian's tzdata) and from Intl itself. Each name is asked at the same 1,000 random
// moments: 600 of the years 1990 to 2030, where leads live, and 400 of 1970 to 2100, the whole time line.

import { readFileSync, writeFileSync } from "node:fs";

const SEED = 20260321;

/** Numbers from 0 to 1, the same on every run (the mulberry32 generator). */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(SEED);
const between = (from, until) => {
  const [low, high] = [Date.UTC(from, 0, 1) / 1000, Date.UTC(until, 0, 1) / 1000];
  return low + Math.floor(next() * (high - low));
};
const moments = [
  ...Array.from({ length: 600 }, () => between(1990, 2031)),
  ...Array.from({ length: 400 }, () => between(1970, 2100)),
].sort((a, b) => a - b);

const tzdata = readFileSync(`${process.argv[2] ?? "/usr/share/zoneinfo"}/tzdata.zi`, "utf8").split("\n");
const named = tzdata.map((line) => line.split(" ")).flatMap(([kind, first, second]) =>
  kind === "Z" ? [first] : kind === "L" ? [second] : []);
const names = [...new Set([...named, ...Intl.supportedValuesOf("timeZone")])].sort();

/** Seconds ahead of UTC at each moment, as letters with counts: `a12b3` is twelve times the first offset, three times the second. */
function runs(timeZone) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const offsets = moments.map((moment) => {
    const text = format.formatToParts(moment * 1000).find((part) => part.type === "timeZoneName").value;
    const [, sign, hours, minutes, seconds] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(text);
    const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
    return sign === "-" ? -size : size;
  });
  const distinct = [...new Set(offsets)];
  let code = "";
  for (let at = 0, count = 1; at < offsets.length; at++, count++) {
    if (offsets[at] !== offsets[at + 1]) {
      code += String.fromCharCode(97 + distinct.indexOf(offsets[at])) + count;
      count = 0;
    }
  }
  return `${distinct.join(",")}|${code}`;
}

const lines = new Map();
const unknown = [];
for (const name of names) {
  try {
    const code = runs(name);
    lines.set(code, [...(lines.get(code) ?? []), name]);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    unknown.push(name);
  }
}

const text = [
  `# Intl in Node ${process.version}, tzdb ${process.versions.tz}, seed ${SEED}. Written by local_times.mjs beside this file.`,
  `# Moments in seconds since 1970, in base 36, each as the distance from the one before; then, per line: zones with the`,
  `# same answers, their offsets in seconds, and for how many moments each holds in turn. Unknown to Intl: ${unknown.join(" ") || "none"}.`,
  moments.map((moment, at) => (moment - (moments[at - 1] ?? 0)).toString(36)).join(" "),
  ...[...lines].map(([code, zones]) => `${zones.join(" ")}|${code}`),
].join("\n") + "\n";
const target = new URL("local_times.txt", import.meta.url);
writeFileSync(target, text);
console.log(`${target.pathname}: ${names.length - unknown.length} zones, ${lines.size} lines, ${text.length} bytes`);
