//! The fast lane: a lead whose record is plainly right becomes a [`LeadRef`] in one pass over its bytes.
//!
//! It takes a record only when the careful door ([`crate::book::ingest::check`], [`crate::book::ingest::json_tree`]) would take every part of it as it stands: known fields, each
//! once, right types, words in their own spelling, texts without escapes, numbers in range, people and times that fit together. At
//! anything else it stops and says so, and the careful door reads the record from its beginning and tells what is wrong, if anything is.
//!
//! Invariant: what is taken here is what the careful door would have made of it, to the last bit.

mod cursor;
mod known;
mod parts;

pub(super) use cursor::{FastRead, FastStop};
pub(super) use known::AcceptedTexts;

use crate::book::ingest::plain::cursor::Cursor;
use crate::book::ingest::plain::parts::ValueReader;
use crate::book::lead_ref::LeadRef;
use crate::book::vocabulary::Stage;
use crate::order;

/// A lead that is plainly right.
#[derive(Debug)]
pub(super) struct FastLead<'a> {
    /// What it says.
    pub(super) sketch: LeadRef<'a>,
    /// How many bytes it took.
    pub(super) len: usize,
    /// How many line ends are among them.
    pub(super) lines: u64,
}

/// Reads the lead at the beginning of some bytes.
///
/// # Errors
/// When the bytes end too early or something is not plainly right.
pub(super) fn lead<'a>(bytes: &'a [u8], known: &mut AcceptedTexts) -> FastRead<FastLead<'a>> {
    let mut cursor = Cursor::new(bytes);
    let mut parts = ValueReader { known };
    let mut sketch = LeadRef::default();
    let mut account = None;
    let (mut seen, mut has_id) = (0_u32, false);
    cursor.object(|cursor, name| {
        let mut once = |bit: u32| parts::once(&mut seen, bit);
        match name {
            b"id" => {
                once(0)?;
                sketch.id = parts.text(cursor)?;
                has_id = true;
            }
            b"name" => once(1).and_then(|()| parts.maybe_text(cursor)).map(|name| sketch.name = name)?,
            b"account" => {
                once(2)?;
                if !cursor.null()? {
                    account = Some(parts.account(cursor)?);
                }
            }
            b"stage" => {
                once(3).and_then(|()| parts.word(cursor, Stage::from_word)).map(|stage| sketch.stage = stage)?
            }
            b"stage_since" => once(4).and_then(|()| parts.moment(cursor)).map(|at| sketch.stage_since = at)?,
            b"created_at" => once(5).and_then(|()| parts.moment(cursor)).map(|at| sketch.created_at = at)?,
            b"source" => once(6).and_then(|()| parts.maybe_text(cursor)).map(|text| sketch.source = text)?,
            b"topic" => once(7).and_then(|()| parts.maybe_text(cursor)).map(|text| sketch.topic = text)?,
            b"country" => once(8).and_then(|()| parts.country(cursor)).map(|code| sketch.country = code)?,
            b"zone" => once(9).and_then(|()| parts.zone(cursor)).map(|name| sketch.zone = name)?,
            b"language" => once(10).and_then(|()| parts.language(cursor)).map(|code| sketch.language = code)?,
            b"owner" => once(11).and_then(|()| parts.maybe_text(cursor)).map(|id| sketch.owner = id)?,
            b"value" => {
                once(12).and_then(|()| parts.number(cursor, parts::AMOUNT)).map(|value| sketch.value = value)?
            }
            b"churn" => once(13).and_then(|()| parts.number(cursor, parts::SHARE)).map(|churn| sketch.churn = churn)?,
            b"fields" => once(14).and_then(|()| parts.fields(cursor, &mut sketch.fields))?,
            b"people" => once(15).and_then(|()| parts.people(cursor, &mut sketch.people))?,
            b"signals" => once(16).and_then(|()| parts.signals(cursor, &mut sketch.signals))?,
            b"planned" => once(17).and_then(|()| parts.planned(cursor, &mut sketch.planned))?,
            b"quotes" => once(18).and_then(|()| parts.quotes(cursor, &mut sketch.quotes))?,
            _ => return Err(FastStop::Odd),
        }
        Ok(())
    })?;
    if !has_id {
        return Err(FastStop::Odd);
    }
    sketch.account = account.unwrap_or_default();
    if sketch.account.id.is_empty() {
        sketch.account.id = sketch.id;
    }
    fits_together(&sketch)?;
    sketch.sort_signals();
    if !sketch.planned.is_sorted_by_key(|touch| touch.at) {
        order::sort_by_key(&mut sketch.planned, |touch| touch.at);
    }
    Ok(FastLead { sketch, len: cursor.at, lines: cursor.lines })
}

/// Every person has ids of their own, and who is named is one of them.
fn fits_together(lead: &LeadRef<'_>) -> FastRead<()> {
    let (first, others) = match lead.people.as_slice() {
        [] => (None, &[][..]),
        [first, others @ ..] => (Some(first), others),
    };
    // With more people the careful door, which looks them up, is not slower.
    if others.len() > 20 {
        return Err(FastStop::Odd);
    }
    for (nth, person) in lead.people.iter().enumerate() {
        let earlier = lead.people.get(..nth).unwrap_or_default();
        let taken = |id: &str| earlier.iter().any(|other| other.id == id || other.aliases.contains(&id));
        if taken(person.id) || person.aliases.iter().any(|alias| taken(alias)) {
            return Err(FastStop::Odd);
        }
        // Aliases given twice are for the careful door too.
        let again = |(place, alias): (usize, &&str)| person.aliases.iter().take(place).any(|other| other == alias);
        if person.aliases.iter().enumerate().any(again) {
            return Err(FastStop::Odd);
        }
    }
    let named = lead.signals.iter().filter_map(|signal| signal.person);
    for id in named.chain(lead.planned.iter().filter_map(|touch| touch.person)) {
        if first.is_none_or(|first| first.id != id) && lead.person(id).is_none() {
            return Err(FastStop::Odd);
        }
    }
    Ok(())
}
