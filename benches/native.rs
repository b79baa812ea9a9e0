//! The same rules and leads as native Rust, for `cargo xtask bench`: a program that runs what it is told and says how long that took.
//!
//! `usage: native_bench FOLDER NOW` reads lines `TASK FILES REPEATS` and answers each with processor time and wall clock in milliseconds, per run.
//! Files are in the folder. A task that ends in `?` is answered with a line a lead instead: the first rule that holds and the bits of all
//! that do, so that the caller can compare them with other engines before anything is timed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a tool of the bench")]

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant as Clock;

use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::{Book, GroupRecords};
use cadans::calendar::Instant;
use cadans::columnar::matches;
use cadans::decide::{Watch, decide_each};
use cadans::diagnostics::Severity;
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::matching;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder, now] => answer_lines(folder, Instant::from_millis(now.parse().unwrap())),
        _ => panic!("usage: native_bench FOLDER NOW"),
    }
}

fn answer_lines(folder: &str, now: Instant) {
    let mut desk = Desk { folder: folder.to_owned(), now, books: HashMap::new(), rules: HashMap::new() };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let [task, files, repeats]: [&str; 3] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let (leads, packs) = files.split_once(':').unwrap();
        desk.open(leads, packs);
        let (leads, rules) = (&desk.books[leads], &desk.rules[packs]);
        if let Some(task) = task.strip_suffix('?') {
            for (first, held) in decisions(task, rules, leads, desk.now) {
                writeln!(out, "{first} {held}").unwrap();
            }
        } else {
            let (start, busy) = (Clock::now(), processor_time());
            let repeats: u32 = repeats.parse().unwrap();
            for _ in 0..repeats {
                time(task, rules, leads, desk.now);
            }
            let wall = start.elapsed().as_secs_f64() * 1e3;
            let cpu = busy.zip(processor_time()).map_or(wall, |(before, after)| (after - before) / 1e6);
            writeln!(out, "{} {}", cpu / f64::from(repeats), wall / f64::from(repeats)).unwrap();
        }
        out.flush().unwrap();
    }
}

/// What was read, kept for the next line.
struct Desk {
    folder: String,
    now: Instant,
    books: HashMap<String, Leads>,
    rules: HashMap<String, Rulebook>,
}

/// Leads as columns, and as records once somebody asks for them.
struct Leads {
    book: Book,
    records: OnceCell<GroupRecords>,
}

impl Desk {
    fn open(&mut self, leads: &str, packs: &str) {
        if !self.books.contains_key(leads) {
            let intake = read_book(&LeadFormat::Json, &std::fs::read(format!("{}/{leads}", self.folder)).unwrap());
            assert!(intake.refused.is_empty(), "{:?}", intake.refused.first());
            self.books.insert(leads.to_owned(), Leads { book: intake.book, records: OnceCell::new() });
        }
        if !self.rules.contains_key(packs) {
            let read = |file: &str| PackSource {
                file: file.to_owned(),
                text: std::fs::read_to_string(format!("{}/{file}", self.folder)).unwrap(),
            };
            let sources: Vec<PackSource> = packs.split(',').map(read).collect();
            let (rules, findings) = Rulebook::new(&sources, &Overrides::default());
            assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{findings:?}");
            self.rules.insert(packs.to_owned(), rules);
        }
    }
}

/// Nanoseconds that this thread was on a processor; told by Linux only.
fn processor_time() -> Option<f64> {
    std::fs::read_to_string("/proc/self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

fn time(task: &str, rules: &Rulebook, leads: &Leads, now: Instant) {
    match task {
        "advice" => decide_each(rules, &leads.book, now, Language::English, |advice| {
            black_box(advice);
        }),
        "columns" => {
            black_box(matches(rules, &leads.book, now));
        }
        "watch" => {
            black_box(Watch::new(rules.clone(), &leads.book, now));
        }
        _ => {
            black_box(decisions(task, rules, leads, now));
        }
    }
}

/// Per lead the place of the first rule that holds, or -1, and a bit for each that does.
fn decisions(task: &str, rules: &Rulebook, leads: &Leads, now: Instant) -> Vec<(i32, u32)> {
    match task {
        "columns" => {
            let found = matches(rules, &leads.book, now);
            found.first.iter().map(|first| i32::from(*first)).zip(found.held).collect()
        }
        "records" => {
            let records = leads.records.get_or_init(|| leads.book.all_records());
            (0..leads.book.len()).map(|lead| held(rules, records, lead, now)).collect()
        }
        other => panic!("no decisions of {other}"),
    }
}

fn held(rules: &Rulebook, leads: &GroupRecords, lead: usize, now: Instant) -> (i32, u32) {
    let (held, faults) = matching::held_in(rules.packs(), &FactContext::new(leads, lead, now));
    assert!(faults.is_empty(), "{faults:?}");
    let first = held.first().map_or(-1, |held| i32::try_from(held.rule).unwrap());
    (first, held.iter().fold(0, |mask, held| mask | 1 << held.rule))
}
