//! Matching of rows of a team's own fields, all at once and one by one, compared with the interpreter.

use super::agree::{Outcome, by_interpreter};
use super::world::World;
use cadans::book::word_table::WordId;
use cadans::book::{FieldValue, Lead};
use cadans::columnar::{FieldStorage, OTHER, RowMatcher};

/// The differences between matching rows and the interpreter in a world of rows, as text, and the number of rows that run on the program for single
/// rows.
pub fn differences(world: &World) -> (Vec<String>, usize) {
    let rules = world.rulebook.rules().count();
    let mut matcher = RowMatcher::new(&world.rulebook, world.now);
    let texts = matcher.fields().iter().any(|field| field.storage == FieldStorage::Texts);
    let by_program = if texts || matcher.by_row().next().is_some() { 0 } else { world.leads.len() };
    let size = world.leads.len();
    matcher.resize(size);
    for (row, lead) in world.leads.iter().enumerate() {
        fill(&mut matcher, lead, Some((row, size)));
    }
    let matches = matcher.matches().clone();
    let (wanted, questions) = (by_interpreter(world), world.questions());
    let mut found = Vec::new();
    for (row, lead) in world.leads.iter().enumerate() {
        fill(&mut matcher, lead, None);
        let (mut held, mut faults) = (vec![0; rules.div_ceil(32)], vec![0; rules.div_ceil(32)]);
        matcher.match_single(&mut held, &mut faults);
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
                    "{source}\n   {fields:?}: (holds, fails) together {together:?}, alone {alone:?}, interpreter {wanted:?}"
                ));
            }
        }
    }
    (found, by_program)
}

/// Fills a row, or the single row.
fn fill(matcher: &mut RowMatcher, lead: &Lead, row: Option<(usize, usize)>) {
    for field in matcher.fields().to_vec() {
        let value = lead.fields.get(&*field.name);
        let text = match value {
            Some(FieldValue::Text(text)) if field.storage == FieldStorage::Texts => WordId(matcher.word(text)),
            _ => WordId::NONE,
        };
        let (numbers, codes, texts) = if row.is_some() { matcher.lists() } else { matcher.single_lists() };
        let (nth, size) = row.unwrap_or((0, 1));
        let cell = field.column * size + nth;
        match (&field.storage, value) {
            (FieldStorage::Numbers, Some(FieldValue::Number(number))) => numbers[cell] = *number,
            (FieldStorage::Numbers, _) => numbers[cell] = f64::NAN,
            (FieldStorage::Flags, Some(FieldValue::Truth(truth))) => codes[cell] = 1 + u8::from(*truth),
            (FieldStorage::Codes(known), Some(FieldValue::Text(text))) => {
                let index = known.iter().position(|known| **known == **text);
                codes[cell] = index.map_or(OTHER, |index| index as u8 + 1);
            }
            (FieldStorage::Flags | FieldStorage::Codes(_), _) => codes[cell] = 0,
            (FieldStorage::Texts, _) => texts[cell] = text,
        }
    }
}
