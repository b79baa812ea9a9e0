//! The gates: what may be done, in fixed order.
//!
//! Eligible (law and consent), applicable (does it make sense now), suitable (is it in the customer's interest), policy (caps, pauses, hours).
//! The first gate that stops a candidate says so in a [`Stop`]: which policy, why, who says it, and when it lifts. "Blocked by
//! policy" is a result, never an error.
//!
//! Invariant: nothing after the first gate can let through what the first gate stopped.

pub(crate) mod applicable;
pub(crate) mod eligible;
pub(crate) mod policy;
pub(crate) mod suitable;

use super::advice::{Block, Gate, RuleRef};
use super::case::{Case, Member};
use super::desk::Desk;
use super::group::Group;
use super::reading::{Allows, Reading};
use super::seller::Counting;
use crate::book::Person;
use crate::book::schema::Channel;
use crate::calendar::Instant;
use crate::rulebook::touch::Touch;

/// What stopped a candidate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stop<'a> {
    /// Which gate.
    pub(crate) gate: Gate,
    /// The policy, as one stable word.
    pub(crate) policy: &'static str,
    /// The statement that stopped it, where it stands in a pack.
    pub(crate) by: Option<&'a RuleRef>,
    /// Why, as one sentence.
    pub(crate) reason: String,
    /// When it lifts.
    pub(crate) lifts_at: Option<Instant>,
    /// Law and consent.
    pub(crate) hard: bool,
}

impl Stop<'_> {
    /// As a block in the advice.
    pub(crate) fn block(self, rule: &RuleRef, channel: Option<Channel>, person: Option<&str>) -> Block {
        Block {
            gate: self.gate,
            policy: self.policy,
            rule: rule.clone(),
            channel,
            person: person.map(ToOwned::to_owned),
            by: self.by.cloned(),
            reason: self.reason,
            lifts_at: self.lifts_at,
            hard: self.hard,
        }
    }
}

/// Everything the gates look at for one touch to one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking<'a, 'b> {
    /// The book and the moment.
    pub(crate) desk: &'b Desk<'a>,
    /// The account's contacts.
    pub(crate) group: &'b Group<'a>,
    /// The lead.
    pub(crate) case: &'b Case<'a>,
    /// What the rules say.
    pub(crate) reading: &'b Reading<'a>,
    /// How the owner's working time is counted.
    pub(crate) counting: &'b Counting,
    /// What is proposed.
    pub(crate) touch: &'b Touch,
    /// Over which channel.
    pub(crate) channel: Channel,
    /// To whom, by place in the lead.
    pub(crate) person: usize,
    /// The same person.
    pub(crate) member: &'b Member<'a>,
    /// Whether the rule names this very person, by id or by reading `person`.
    pub(crate) meant: bool,
    /// Whether the rule's condition reads the stage.
    pub(crate) reads_stage: bool,
    /// When a cadence step is due.
    pub(crate) due: Option<Instant>,
}

impl Asking<'_, '_> {
    /// What this person allows: the strictest of every record of theirs and of what the facts say.
    pub(crate) fn allows(&self) -> Allows {
        let facts = self.reading.people.get(self.person).copied().unwrap_or_default();
        let any = |says: fn(&Person) -> bool| self.member.records.iter().any(|record| says(record));
        Allows {
            objected: facts.objected || any(|record| record.objected),
            do_not_call: facts.do_not_call || any(|record| record.do_not_call),
            do_not_email: facts.do_not_email || any(|record| record.do_not_email),
        }
    }
}
