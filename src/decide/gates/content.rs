//! Fifth gate: whether there is something to offer that the person does not have yet.
//!
//! Of the content that a touch names the first is offered that they do not have. When they have all of it the touch is made without, where it
//! has something else to say: it asks something, both speak, or they are owed it. Else it has lost its purpose and is blocked, until the first of it may
//! be offered again.

use std::sync::Arc;

use crate::book::Signal;
use crate::book::vocabulary::{Channel, Stage};
use crate::calendar::Instant;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::content_memory::{CONTENT_RESTS, last_had};
use crate::decide::gates::GateInput;
use crate::order;

/// What a touch can offer to its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer<'t> {
    /// It names no content.
    None,
    /// This content.
    Content(&'t Arc<str>),
    /// They have all that it names.
    UsedUp,
}

impl<'t> Offer<'t> {
    /// What the touch can offer now: of what the person does not have the first that exists and suits the stage, else the first. What they
    /// never had goes before what they had long ago.
    pub(crate) fn of(input: &GateInput<'_, 't>) -> Self {
        let offers = &input.touch().offers;
        if offers.is_empty() {
            return Self::None;
        }
        let records = input.group.records;
        let had = offers.iter().map(|content| (ever_had(input, content), content));
        let mut new: Vec<(Option<Instant>, &Arc<str>)> = had.filter(|(at, _)| !is_remembered(input, *at)).collect();
        order::sort_by_key(&mut new, |(at, _)| *at);
        let early = input.profile.stage == Some(Stage::Orientation);
        let suits = |(_, id): &&(Option<Instant>, &Arc<str>)| {
            records.content(id).is_some_and(|content| !(early && content.pitch))
        };
        let Some(first) = new.first() else { return Self::UsedUp };
        Self::Content(new.iter().find(suits).unwrap_or(first).1)
    }

    /// The id of the content.
    pub(crate) fn content(self) -> Option<&'t Arc<str>> {
        match self {
            Self::Content(content) => Some(content),
            Self::None | Self::UsedUp => None,
        }
    }
}

/// The block, when the touch would bring nothing new and has nothing else to say.
pub(crate) fn check(input: &GateInput<'_, '_>) -> Option<Blocked> {
    let lifts_at = new_again(input).min()?;
    let purposeless = Offer::of(input) == Offer::UsedUp && !says_more(input);
    purposeless.then_some(Blocked { reason: BlockReason::ContentHad, lifts_at: Some(lifts_at) })
}

/// The moments at which what the touch offers is new again for its person.
pub(crate) fn new_again(input: &GateInput<'_, '_>) -> impl Iterator<Item = Instant> {
    let had = input.touch().offers.iter().map(|content| ever_had(input, content));
    had.filter(|at| is_remembered(input, *at)).flatten().map(|at| at + CONTENT_RESTS)
}

/// Whether the touch has something to say besides its content.
fn says_more(input: &GateInput<'_, '_>) -> bool {
    let both_speak = matches!(input.channel, Channel::Phone | Channel::Video | Channel::Visit | Channel::Chat);
    both_speak || input.touch().ask.is_some() || input.owed
}

/// Whether content that the person got at this moment, if ever, is not offered to them again yet.
fn is_remembered(input: &GateInput<'_, '_>, had_at: Option<Instant>) -> bool {
    had_at.is_some_and(|at| input.profile.now - at < CONTENT_RESTS)
}

/// When the person got this content the last time, however long ago.
fn ever_had(input: &GateInput<'_, '_>, content: &str) -> Option<Instant> {
    let history = (input.group.records, input.group_events);
    last_had(history, input.person.human, content, |signal| named_by_step(input, signal))
}

/// The content that the step names as which a touch is logged; none where the cadence has no such step over its channel.
fn named_by_step<'b>(input: &GateInput<'_, 'b>, signal: &Signal) -> &'b [Arc<str>] {
    let cadences = &input.group.context.statements.cadences;
    let is_its = |name: &str| signal.cadence.as_deref() == Some(name);
    let outcome = input
        .outcomes
        .cadences
        .iter()
        .find(|outcome| cadences.get(outcome.cadence).is_some_and(|cadence| is_its(&cadence.by.name)));
    let step = signal.step.and_then(|step| usize::try_from(step).ok()?.checked_sub(1));
    let touch = outcome.zip(step).and_then(|(outcome, step)| Some(&outcome.steps.get(step)?.touch));
    touch.filter(|touch| touch.channel() == signal.channel).map_or(&[], |touch| &touch.offers)
}
