//! Random worlds for the module under Node to decide, each with its packs, leads, moment and the native answer. They are made by
//! what makes those of `tests/decide/policy`.

use std::io::Write as _;

use cadans_testing::random::{self, Dice};
use serde_json::json;

use cadans::book::ingest::write::write_json;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::decide::{decide, in_order};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

/// Prints worlds, one a line as JSON, until they hold so many leads.
///
/// # Errors
/// Standard output could not be written, such as when its reader has gone.
pub fn print(leads: usize) -> Result<(), String> {
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
        let advices = decide(&rulebook, &intake.book, now, Language::English);
        let ordered: Vec<_> = in_order(&advices).into_iter().map(|place| &advices[place]).collect();
        let advice = serde_json::to_string(&ordered).unwrap();
        printed += intake.book.leads().len();
        let packs: Vec<_> = sources.iter().map(|pack| json!({ "file": pack.file, "text": pack.text })).collect();
        let world = json!({
            "now": now.to_string(), "packs": packs, "leads": file, "advice": advice,
        });
        writeln!(out, "{world}").map_err(|why| format!("The worlds could not be printed: {why}"))?;
    }
    out.flush().map_err(|why| format!("The worlds could not be printed: {why}"))
}
