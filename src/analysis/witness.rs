//! Decides a lead that was put together, so that what the classifier found possible is shown by a lead for which it is so.

use serde_json::json;

use crate::analysis::sketch::LeadSketch;
use crate::book::Book;
use crate::book::ingest::{LeadFormat, read_book};
use crate::calendar::Instant;
use crate::decide::Decider;
use crate::decide::advice::Advice;
use crate::language::{PackSource, Rulebook, USUAL_NOW};
use crate::pack::{Overrides, Pack};

/// The moment at which an example is decided that says none.
pub(crate) fn usual_now() -> Instant {
    Instant::parse(USUAL_NOW).unwrap_or(Instant::from_millis(0))
}

/// The advice for a lead by these packs together; `None` when it is no lead.
pub(crate) fn decide(packs: &[Pack], lead: &LeadSketch) -> Option<Advice> {
    let (book, now) = book_of(lead)?;
    Some(Decider::for_packs(packs, &book, now).lead(0))
}

/// The book with this lead alone, with the country and zone that an example has, and the moment at which it is so; `None` when it is no lead.
pub(crate) fn book_of(lead: &LeadSketch) -> Option<(Book, Instant)> {
    let text = format!("example \"witness\" given {} expect hold;", lead.text(usual_now()));
    let source = PackSource { file: "witness.rhai".to_owned(), text };
    let (rulebook, _) = Rulebook::new(&[source], &Overrides::default());
    let given = &rulebook.packs().first()?.examples.first()?.cases.first()?.given;
    let mut record = given.lead.clone();
    let fields = record.as_object_mut()?;
    fields.insert("id".to_owned(), json!("example"));
    fields.entry("country").or_insert_with(|| json!("NL"));
    fields.entry("zone").or_insert_with(|| json!("Europe/Amsterdam"));
    let intake = read_book(&LeadFormat::Json, record.to_string().as_bytes());
    intake.refused.is_empty().then_some((intake.book, given.now))
}
