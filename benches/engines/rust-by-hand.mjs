// What a programmer would write by hand in Rust: a function with an `if` a rule over a list of records. Made by machine, as the JavaScript is.
//
// Words are numbers there, as an enum would make them; numbers are f64; a record is a struct. The program talks as `native.rs` does.

import { DAY, HOUR, NOW } from "../workload/leads.mjs";
import { byPriority, fold } from "../workload/rules.mjs";

const SIGNS = { eq: "==", ne: "!=", ge: ">=", gt: ">", le: "<=", lt: "<" };
const number = (value) => (Number.isInteger(value) ? `${value}.0` : String(value));

/** The words that occur, so that each has a number. */
class Words {
  #codes = new Map();
  code(word) {
    if (!this.#codes.has(word)) this.#codes.set(word, this.#codes.size);
    return this.#codes.get(word);
  }
}

/** The fields of a lead in order, each as the Rust type that fits all leads. */
function typesOf(leads) {
  const types = {};
  for (const lead of leads) {
    for (const [field, value] of Object.entries(lead)) {
      if (field === "id" || field === "events") continue;
      if (value === null) types[field] = "Option<f64>";
      else types[field] ??= { string: "u16", boolean: "bool", number: "f64" }[typeof value];
    }
  }
  return types;
}

function conditionOf(words, types) {
  const value = (field) => {
    if (typeof field === "string") return `lead.${field}`;
    const { count, hours_since: since } = field;
    if (since) return `hours_since(&lead.events, ${words.code(since.kind)})`;
    const page = count.page ? `Some(${words.code(count.page)})` : "None";
    return `count(&lead.events, ${words.code(count.kind)}, ${page}, ${number(NOW - count.days * DAY)})`;
  };
  return (condition) => fold(condition, {
    all: (parts) => `(${parts.join(" && ")})`,
    any: (parts) => `(${parts.join(" || ")})`,
    test(operator, field, wanted) {
      const read = value(field);
      if (operator === "is_null") return `${read}.is_${wanted ? "none" : "some"}()`;
      if (operator === "in") return `(${wanted.map((word) => `${read} == ${words.code(word)}`).join(" || ")})`;
      if (typeof wanted === "boolean") return (operator === "eq") === wanted ? read : `!${read}`;
      if (typeof wanted === "string") return `${read} ${SIGNS[operator]} ${words.code(wanted)}`;
      const compared = (left) => `${left} ${SIGNS[operator]} ${number(wanted)}`;
      return types[field] === "Option<f64>" ? `${read}.is_some_and(|value| ${compared("value")})` : compared(read);
    },
  });
}

/** The program for these workloads (`{ L30: rules, E30: rules }`), and the leads as lines that it reads. */
export function program(workloads, leads) {
  const words = new Words();
  const types = typesOf(leads);
  const condition = conditionOf(words, types);
  const functions = Object.entries(workloads).map(([name, rules]) => {
    const lines = byPriority(rules).map((place, rank) =>
      `    if ${condition(rules[place].when)} { mask |= 1 << ${rank}; if first < 0 { first = ${rank}; } }`);
    return `fn ${name.toLowerCase()}(lead: &Lead) -> (i32, u32) {\n    let (mut first, mut mask) = (-1, 0);\n${lines.join("\n")}\n    (first, mask)\n}`;
  });
  const code = (value) => (typeof value === "string" ? words.code(value) : typeof value === "boolean" ? Number(value) : value ?? "-");
  const lines = leads.map((lead) => [
    ...Object.keys(types).map((field) => code(lead[field])),
    ...lead.events.flatMap(({ kind, page, at }) => [code(kind), code(page), at]),
  ].join(" "));
  const reading = {
    u16: "next().parse().unwrap()", f64: "next().parse().unwrap()", bool: 'next() == "1"', "Option<f64>": "next().parse().ok()",
  };
  const source = `
use std::{hint::black_box, io::{BufRead, Write}, time::Instant};
struct Event { kind: u16, page: u16, at: f64 }
struct Lead { ${Object.entries(types).map(([field, type]) => `${field}: ${type}`).join(", ")}, events: Vec<Event> }
fn count(events: &[Event], kind: u16, page: Option<u16>, from: f64) -> f64 {
    let hit = |event: &&Event| event.kind == kind && event.at >= from && page.is_none_or(|page| event.page == page);
    events.iter().filter(hit).count() as f64
}
fn hours_since(events: &[Event], kind: u16) -> f64 {
    let last = events.iter().filter(|event| event.kind == kind).fold(-1.0, |last: f64, event| last.max(event.at));
    if last < 0.0 { 1e9 } else { (${number(NOW)} - last) / ${number(HOUR)} }
}
${functions.join("\n")}
fn lead(line: &str) -> Lead {
    let mut words = line.split(' ');
    let mut next = || words.next().unwrap();
    ${Object.entries(types).map(([field, type]) => `let ${field} = ${reading[type]};`).join(" ")}
    let rest: Vec<f64> = words.map(|word| word.parse().unwrap()).collect();
    let events = rest.chunks(3).map(|event| Event { kind: event[0] as u16, page: event[1] as u16, at: event[2] }).collect();
    Lead { ${Object.keys(types).join(", ")}, events }
}
fn busy() -> Option<f64> { std::fs::read_to_string("/proc/self/schedstat").ok()?.split(' ').next()?.parse().ok() }
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let leads: Vec<Lead> = std::fs::read_to_string(file).unwrap().lines().map(lead).collect();
    let mut out = std::io::stdout().lock();
    let mut answers = vec![(0, 0); leads.len()];
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let (task, repeats) = line.split_once(' ').unwrap();
        let decide: fn(&[Lead], &mut [(i32, u32)]) = match task.trim_end_matches('?') {
            ${Object.keys(workloads).map((name) => `"${name}" => |leads, answers| for (lead, answer) in leads.iter().zip(answers) { *answer = ${name.toLowerCase()}(lead); },`).join("\n            ")}
            _ => break,
        };
        let repeats: u32 = repeats.parse().unwrap();
        let (start, before) = (Instant::now(), busy());
        for _ in 0..repeats { decide(black_box(&leads), black_box(&mut answers)); }
        let wall = start.elapsed().as_secs_f64() * 1e3;
        if task.ends_with('?') {
            for (first, held) in &answers { writeln!(out, "{first} {held}").unwrap(); }
        } else {
            let cpu = before.zip(busy()).map_or(wall, |(before, after)| (after - before) / 1e6);
            writeln!(out, "{} {}", cpu / f64::from(repeats), wall / f64::from(repeats)).unwrap();
        }
        out.flush().unwrap();
    }
}
`;
  return { source, lines: lines.join("\n") };
}
