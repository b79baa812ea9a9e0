//! Checks leads against each other: which open ones are about somebody who is a customer in another lead.

use crate::book::vocabulary::{QuoteStatus, SignalKind, Stage};
use crate::book::{Book, GroupRecords, Lead};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::Pack;
use crate::wording::{Arg, Sentence};

/// Open leads of people who are customers elsewhere
///
/// ## What it does
/// Warns about open leads with a person who is a customer in another lead, about the same topic or one that is not known. Only reported when leads
/// are given: `cadans check --leads`.
///
/// ## Why it matters
/// Mostly the lead was converted or merged, and a second record lives on. Whoever ordered is then written to as somebody who has not
/// spoken to us yet. The pack `answers.rhai` holds what is cold for 90 days after an order (`person.bought(90.days)`).
///
/// ## Example
/// ```rhai
/// rule "Call"
///     when lead.open
///     then phone;
/// ```
/// ```json
/// { "leads": [
///   { "id": "L-1", "account": { "id": "A-1" }, "stage": "customer", "people": [{ "id": "ann" }] },
///   { "id": "L-2", "account": { "id": "A-1" }, "stage": "interest", "people": [{ "id": "ann" }] }] }
/// ```
///
/// ## Do instead
/// Close the second lead, or say what each is about.
/// ```rhai
/// rule "Call"
///     when lead.open
///     then phone;
/// ```
/// ```json
/// { "leads": [
///   { "id": "L-1", "account": { "id": "A-1" }, "stage": "customer", "topic": "planning", "people": [{ "id": "ann" }] },
///   { "id": "L-2", "account": { "id": "A-1" }, "stage": "interest", "topic": "storage", "people": [{ "id": "ann" }] }] }
/// ```
pub(crate) const CUSTOMER_ELSEWHERE: DiagnosticCode = DiagnosticCode::new("customer-elsewhere");

/// The leads that are told by their ids; more are only counted.
const SHOWN: usize = 3;

/// The warning about them, at the first pack; `None` when there are none.
pub(crate) fn check(packs: &[Pack], book: &Book) -> Option<Diagnostic> {
    let pack = packs.first()?;
    let (mut count, mut shown) = (0_usize, Vec::new());
    for first in 0..book.len() {
        // A contact group is looked at once, at its first lead.
        let siblings = book.siblings(first);
        if siblings.len() < 2 || siblings.first().is_none_or(|lead| *lead as usize != first) {
            continue;
        }
        let records = book.group_records(first);
        for (place, lead) in records.leads().iter().enumerate() {
            let Some(other) = customer_lead(&records, place, lead) else { continue };
            count += 1;
            if shown.len() < SHOWN {
                let of = Sentence::new("customer-in-lead").with("lead", lead.id.as_str());
                shown.push(Arg::from(of.with("other", other.id.as_str())));
            }
        }
    }
    let finding =
        Finding::warning(CUSTOMER_ELSEWHERE, pack.header).with("count", count).with("leads", Arg::List(shown));
    (count > 0).then(|| finding.render(&pack.file))
}

/// The lead in which a person of an open lead is a customer for the same; `None` when none is.
fn customer_lead<'r>(records: &'r GroupRecords, place: usize, lead: &Lead) -> Option<&'r Lead> {
    let is_open = lead.stage.is_none_or(Stage::is_open) && !is_customer(lead);
    let humans = records.humans();
    let mut others = humans.of_lead(place).iter().filter(|_| is_open).flat_map(|human| humans.records(*human));
    others.find_map(|(other, _)| {
        let other = records.leads().get(other).filter(|_| other != place)?;
        (is_customer(other) && lead.may_be_about_the_same(other)).then_some(other)
    })
}

/// Whether a lead became a customer, by its stage, an order or a quote that was accepted.
fn is_customer(lead: &Lead) -> bool {
    lead.stage == Some(Stage::Customer)
        || lead.signals.iter().any(|signal| signal.kind == SignalKind::Order)
        || lead.quotes.iter().any(|quote| quote.status == QuoteStatus::Accepted)
}
