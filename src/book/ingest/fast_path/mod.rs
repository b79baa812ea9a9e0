//! The fast path: reads a valid lead in one pass over its bytes, into a [`LeadRef`] whose texts are borrowed from them.
//!
//! In: bytes that begin with a lead. Out: the lead, or a [`FastStop`]. A lead is accepted only when the checking reader
//! ([`crate::book::ingest::json_tree`], [`crate::book::ingest::check`]) would accept it without changing a value: known fields, each once,
//! of the right type, words and codes in their usual spelling, texts without escapes, numbers in range, and people and times that are
//! consistent. Everything else is left to the checking reader, which reads the record again from its beginning and reports what is wrong.
//!
//! Written by hand, because serde's derive with borrowed texts misses the goal for loading (1.2 times `JSON.parse` in Node). Measured on a
//! file of 57 MB with 40,000 leads, in the module under Node: this reader takes 1.04 to 1.18 times as long as `JSON.parse`, serde_json with
//! derived structs 1.38 to 1.61 times, and the module is 7 KB larger (brotli). Natively it is 376 ms against 469 ms.
//!
//! Invariant: a lead accepted here equals the one that the checking reader makes of the same bytes, to the bit (tested).

mod accepted_texts;
mod cursor;
mod value_reader;

pub(super) use accepted_texts::AcceptedTexts;
pub(super) use cursor::{FastRead, FastStop};

use crate::book::ingest::fast_path::cursor::Cursor;
use crate::book::ingest::fast_path::value_reader::ValueReader;
use crate::book::lead_ref::{LeadRef, PersonRecordRef};
use crate::book::vocabulary::{Stage, StageBy};
use crate::order;

/// A lead that the fast path accepted.
#[derive(Debug)]
pub(super) struct FastLead<'a> {
    /// The lead.
    pub(super) lead_ref: LeadRef<'a>,
    /// Whether its record has the id of an account; without one the lead is an account of its own.
    pub(super) names_account: bool,
    /// The number of its bytes.
    pub(super) len: usize,
    /// The number of line ends in them.
    pub(super) lines: u64,
}

/// Reads the lead at the beginning of some bytes.
///
/// # Errors
/// When the bytes end too early, or the lead is not accepted.
pub(super) fn lead<'a>(bytes: &'a [u8], known: &mut AcceptedTexts) -> FastRead<FastLead<'a>> {
    let mut cursor = Cursor::new(bytes);
    let mut values = ValueReader { known };
    let mut lead_ref = LeadRef::default();
    let mut account = None;
    let (mut seen, mut has_id) = (0_u32, false);
    cursor.object(|cursor, name| {
        let mut once = |bit: u32| value_reader::once(&mut seen, bit);
        match name {
            b"id" => {
                once(0)?;
                lead_ref.id = values.text(cursor)?;
                has_id = true;
            }
            b"name" => once(1).and_then(|()| values.optional_text(cursor)).map(|name| lead_ref.name = name)?,
            b"account" => {
                once(2)?;
                if !cursor.null()? {
                    account = Some(values.account(cursor)?);
                }
            }
            b"stage" => {
                once(3).and_then(|()| values.word(cursor, Stage::from_word)).map(|stage| lead_ref.stage = stage)?
            }
            b"stage_since" => once(4).and_then(|()| values.moment(cursor)).map(|at| lead_ref.stage_since = at)?,
            b"created_at" => once(5).and_then(|()| values.moment(cursor)).map(|at| lead_ref.created_at = at)?,
            b"source" => once(6).and_then(|()| values.optional_text(cursor)).map(|text| lead_ref.source = text)?,
            b"topic" => once(7).and_then(|()| values.optional_text(cursor)).map(|text| lead_ref.topic = text)?,
            b"country" => once(8).and_then(|()| values.country(cursor)).map(|code| lead_ref.country = code)?,
            b"zone" => once(9).and_then(|()| values.zone(cursor)).map(|name| lead_ref.zone = name)?,
            b"language" => once(10).and_then(|()| values.language(cursor)).map(|code| lead_ref.language = code)?,
            b"owner" => once(11).and_then(|()| values.optional_text(cursor)).map(|id| lead_ref.owner = id)?,
            b"value" => once(12)
                .and_then(|()| values.number(cursor, value_reader::AMOUNT))
                .map(|value| lead_ref.value = value)?,
            b"churn" => once(13)
                .and_then(|()| values.number(cursor, value_reader::SHARE))
                .map(|churn| lead_ref.churn = churn)?,
            b"fields" => once(14).and_then(|()| values.fields(cursor, &mut lead_ref.fields))?,
            b"people" => once(15).and_then(|()| values.people(cursor, &mut lead_ref.people))?,
            b"signals" => once(16).and_then(|()| values.signals(cursor, &mut lead_ref.signals))?,
            b"planned" => once(17).and_then(|()| values.planned(cursor, &mut lead_ref.planned))?,
            b"quotes" => once(18).and_then(|()| values.quotes(cursor, &mut lead_ref.quotes))?,
            b"stage_by" => {
                once(19).and_then(|()| values.word(cursor, StageBy::from_word)).map(|by| lead_ref.stage_by = by)?
            }
            b"spam" => once(20).and_then(|()| values.truth(cursor)).map(|truth| lead_ref.spam = truth)?,
            _ => return Err(FastStop::NotAccepted),
        }
        Ok(())
    })?;
    if !has_id {
        return Err(FastStop::NotAccepted);
    }
    lead_ref.account = account.unwrap_or_default();
    let names_account = !lead_ref.account.id.is_empty();
    if !names_account {
        lead_ref.account.id = lead_ref.id;
    }
    check_people(&lead_ref)?;
    lead_ref.sort_signals();
    if !lead_ref.planned.is_sorted_by_key(|touch| touch.at) {
        order::sort_by_key(&mut lead_ref.planned, |touch| touch.at);
    }
    Ok(FastLead { lead_ref, names_account, len: cursor.at, lines: cursor.lines })
}

/// Checks that the ids and humans of people are unique, and that signals and planned touches name people of the lead.
fn check_people(lead: &LeadRef<'_>) -> FastRead<()> {
    let (first, others) = match lead.people.as_slice() {
        [] => (None, &[][..]),
        [first, others @ ..] => (Some(first), others),
    };
    // The comparisons below are quadratic; with more people the checking reader, which uses a set, is not slower.
    if others.len() > 20 {
        return Err(FastStop::NotAccepted);
    }
    for (nth, person) in lead.people.iter().enumerate() {
        let earlier = lead.people.get(..nth).unwrap_or_default();
        let taken = |id: &str| earlier.iter().any(|other| other.is_called(id));
        let same_human = |other: &PersonRecordRef<'_>| other.human.is_some() && other.human == person.human;
        if earlier.iter().any(same_human) {
            return Err(FastStop::NotAccepted);
        }
        if taken(person.id) || person.aliases.iter().any(|alias| taken(alias)) {
            return Err(FastStop::NotAccepted);
        }
        let repeated = |(place, alias): (usize, &&str)| person.aliases.iter().take(place).any(|other| other == alias);
        if person.aliases.iter().enumerate().any(repeated) {
            return Err(FastStop::NotAccepted);
        }
    }
    let named = lead.signals.iter().filter_map(|signal| signal.person);
    for id in named.chain(lead.planned.iter().filter_map(|touch| touch.person)) {
        if first.is_none_or(|first| first.id != id) && lead.person(id).is_none() {
            return Err(FastStop::NotAccepted);
        }
    }
    Ok(())
}
