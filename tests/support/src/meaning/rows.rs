//! Rules asked of rows of the team's own facts, of all rows at once and of one by jumps, beside Rhai's walker.

use super::agree::{Outcome, by_walker};
use super::world::World;
use cadans::book::word_table::WordId;
use cadans::book::{FieldValue, Lead};
use cadans::columnar::{FieldStorage, OTHER, RowMatcher};

/// The differences between rows and Rhai's walker in a world of rows, told for a human; and how many rows can run by jumps.
pub fn differences(world: &World) -> (Vec<String>, usize) {
    let rules = world.rulebook.rules().count();
    let mut flat = RowMatcher::new(&world.rulebook, world.now);
    let texts = flat.fields().iter().any(|field| field.storage == FieldStorage::Texts);
    let by_jumps = if texts || flat.by_row().next().is_some() { 0 } else { world.leads.len() };
    let size = world.leads.len();
    flat.resize(size);
    for (row, lead) in world.leads.iter().enumerate() {
        fill(&mut flat, lead, Some((row, size)));
    }
    let matches = flat.matches().clone();
    let (wanted, questions) = (by_walker(world), world.questions());
    let mut found = Vec::new();
    for (row, lead) in world.leads.iter().enumerate() {
        fill(&mut flat, lead, None);
        let (mut held, mut faults) = (vec![0; rules.div_ceil(32)], vec![0; rules.div_ceil(32)]);
        flat.match_single(&mut held, &mut faults);
        let of_lead = questions.iter().zip(&wanted).filter(|(question, _)| question.lead == row);
        for (rule, (question, outcome)) in of_lead.enumerate() {
            let bit = |words: &[u32]| words[rule / 32] >> (rule % 32) & 1 == 1;
            let wanted = (*outcome == Outcome::Held, matches!(outcome, Outcome::Error(_)));
            let row_of = |words: &[u32]| words[row * matches.words..(row + 1) * matches.words].to_vec();
            let together = (bit(&row_of(&matches.held)), bit(&row_of(&matches.faults)));
            let alone = (bit(&held), bit(&faults));
            if together != wanted || alone != wanted {
                let source = question.condition.when.map(|when| when.source.to_string()).unwrap_or_default();
                let fields = &lead.fields;
                found.push(format!(
                    "{source}\n   {fields:?}: (holds, fails) together {together:?}, alone {alone:?}, walker {wanted:?}"
                ));
            }
        }
    }
    (found, by_jumps)
}

/// Fills a row, or the single row.
fn fill(flat: &mut RowMatcher, lead: &Lead, row: Option<(usize, usize)>) {
    for field in flat.fields().to_vec() {
        let value = lead.fields.get(&*field.name);
        let text = match value {
            Some(FieldValue::Text(text)) if field.storage == FieldStorage::Texts => WordId(flat.word(text)),
            _ => WordId::NONE,
        };
        let (numbers, codes, texts) = if row.is_some() { flat.lists() } else { flat.single_lists() };
        let (nth, size) = row.unwrap_or((0, 1));
        let cell = field.column * size + nth;
        match (&field.storage, value) {
            (FieldStorage::Numbers, Some(FieldValue::Number(number))) => numbers[cell] = *number,
            (FieldStorage::Numbers, _) => numbers[cell] = f64::NAN,
            (FieldStorage::Flags, Some(FieldValue::Truth(truth))) => codes[cell] = 1 + u8::from(*truth),
            (FieldStorage::Codes(known), Some(FieldValue::Text(text))) => {
                let place = known.iter().position(|known| **known == **text);
                codes[cell] = place.map_or(OTHER, |place| place as u8 + 1);
            }
            (FieldStorage::Flags | FieldStorage::Codes(_), _) => codes[cell] = 0,
            (FieldStorage::Texts, _) => texts[cell] = text,
        }
    }
}
