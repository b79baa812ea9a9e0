//! Prints random worlds for the module under Node to decide: one a line, each with its packs, leads, moment and the native answer.
//!
//! `random_worlds 1000` prints worlds until they hold 1,000 leads. The worlds are those of `decide_policy.rs`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a tool of the tests")]

use std::io::Write as _;

use cadans_testing::random::{self, Dice};
use serde_json::json;

use cadans::book::ingest::write::write_json;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::decide::{decide, in_order};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

fn main() {
    let leads: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1_000);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut printed = 0;
    for seed in 0.. {
        if printed >= leads {
            break;
        }
        let mut dice = Dice(seed);
        let now = random::now(&mut dice);
        let packs: Vec<_> = (0..1 + dice.below(2)).map(|nth| random::pack(&mut dice, nth, now).text).collect();
        let (book, _) = random::book(&mut dice, 25, now);
        let file = write_json(&book).unwrap();
        // Both sides read the file, so that the door, which refuses a lead here and there, is compared as well.
        let intake = read_book(&LeadFormat::Json, file.as_bytes());
        let sources: Vec<PackSource> = packs
            .iter()
            .enumerate()
            .map(|(nth, text)| PackSource { file: format!("{nth}.rhai"), text: text.clone() })
            .collect();
        let (rulebook, _) = Rulebook::new(&sources, &Overrides::default());
        let advices = decide(&rulebook, &intake.book, now);
        let ordered: Vec<_> = in_order(&advices).into_iter().map(|place| &advices[place]).collect();
        let advice = serde_json::to_string(&ordered).unwrap();
        printed += intake.book.leads().len();
        let packs: Vec<_> = sources.iter().map(|pack| json!({ "file": pack.file, "text": pack.text })).collect();
        let world = json!({
            "now": now.to_string(), "packs": packs, "leads": file, "advice": advice,
        });
        writeln!(out, "{world}").unwrap();
    }
}
