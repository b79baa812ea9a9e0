//! What came out of reading or importing files, for assertions.

use cadans::book::Lead;
use cadans::book::ingest::Intake;

/// The lead with this id.
///
/// # Panics
/// When there is none; names what was refused.
pub fn lead(intake: &Intake, id: &str) -> Lead {
    let at = intake.book.find(id).unwrap_or_else(|| panic!("no lead {id}; refused: {:?}", intake.refused));
    intake.book.lead(at).unwrap()
}

/// What was refused, each as one sentence with its place.
pub fn refused(intake: &Intake) -> Vec<String> {
    intake.refused.iter().map(ToString::to_string).collect()
}

/// What was noted, each as one sentence.
pub fn noted(intake: &Intake) -> Vec<String> {
    intake.noted.iter().map(ToString::to_string).collect()
}
