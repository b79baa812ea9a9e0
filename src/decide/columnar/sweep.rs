//! What conditions read of the logs of a page: all of it in one walk over the signals.
//!
//! Each signal touches only what looks for its kind; what looks for touches and reactions is asked of every signal, when there is such a
//! thing. The meaning of each is that of [`crate::decide::facts`]: a signal counts while `now - at < window`, and not before it happens.
//!
//! Invariant: signals of a lead come in order of time, so that the last one seen is the newest.

use super::kernel::{Mask, NONE};
use super::source::{Event, What, number_of, outbound};
use crate::book::columns::{Log, PAGE, Word, Words};
use crate::book::schema::{Channel, Outcome, SignalKind};
use crate::calendar::Instant;

/// What one sweep over a page found, for each thing looked for.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// How many.
    Counts(Box<[i32; PAGE]>),
    /// When; known only of the leads in the mask.
    Moments(Box<[i64; PAGE]>, Mask),
    /// A word of the schema: its place in its list plus 1; 0 is unknown.
    Words(Box<[u8; PAGE]>),
    /// Yes or no.
    Truths(Mask),
}

/// What is looked for among the signals of one kind.
#[derive(Clone, Copy, Debug)]
struct OfKind {
    what: What,
    /// [`Word::NONE`]: about anything.
    topic: Word,
    /// Only signals after this moment.
    after: i64,
    slot: usize,
}

/// What is looked for among our touches and their reactions.
#[derive(Clone, Copy, Debug)]
struct OfTouch {
    what: What,
    /// 0: any.
    channel: u8,
    after: i64,
    slot: usize,
}

/// All that is looked for, at one moment.
#[derive(Clone, Debug)]
pub(super) struct Sweep {
    now: i64,
    kinds: Vec<Vec<OfKind>>,
    touches: Vec<OfTouch>,
    found: Vec<Found>,
}

/// What a signal says about touches and reactions.
#[derive(Clone, Copy)]
struct Seen {
    at: i64,
    kind: u8,
    way: u8,
    outcome: u8,
}

impl Sweep {
    /// Nothing is looked for that is not in this list; a topic that no signal of the book has is never found.
    pub(super) fn new(events: &[Event], words: &Words, now: Instant) -> Self {
        let now = now.millis();
        let mut sweep = Self {
            now,
            kinds: vec![Vec::new(); SignalKind::ALL.len()],
            touches: Vec::new(),
            found: Vec::with_capacity(events.len()),
        };
        for (slot, event) in events.iter().enumerate() {
            sweep.found.push(match event.what {
                What::CountTheirs | What::Count | What::Touches | What::Unanswered => {
                    Found::Counts(Box::new([0; PAGE]))
                }
                What::Last | What::First | What::LastTouch => Found::Moments(Box::new([0; PAGE]), NONE),
                What::LastOutcome => Found::Words(Box::new([0; PAGE])),
                What::Replied | What::Answered => Found::Truths(NONE),
            });
            let after = event.window.map_or(i64::MIN, |window| now.saturating_sub(window));
            match event.what {
                What::CountTheirs | What::Count | What::Last | What::First => {
                    let topic = event.topic.as_ref().map_or(Some(Word::NONE), |topic| words.find(topic));
                    let list = event.kind.and_then(|kind| sweep.kinds.get_mut(kind as usize));
                    if let (Some(topic), Some(list)) = (topic, list) {
                        list.push(OfKind { what: event.what, topic, after, slot });
                    }
                }
                what => {
                    let channel = event.channel.map_or(0, |channel| number_of(Channel::ALL, &channel));
                    sweep.touches.push(OfTouch { what, channel, after, slot });
                }
            }
        }
        sweep
    }

    /// What was found on the last page, in the order of the list.
    pub(super) fn found(&self) -> &[Found] {
        &self.found
    }

    /// Walks over the log of a page.
    pub(super) fn walk(&mut self, log: &Log) {
        for found in &mut self.found {
            match found {
                Found::Counts(counts) => counts.fill(0),
                Found::Moments(moments, known) => {
                    moments.fill(0);
                    *known = NONE;
                }
                Found::Words(words) => words.fill(0),
                Found::Truths(truths) => *truths = NONE,
            }
        }
        for touch in self.touches.iter().filter(|touch| touch.what == What::Answered) {
            if let Some(Found::Truths(truths)) = self.found.get_mut(touch.slot) {
                *truths = [u64::MAX; _];
            }
        }
        for lead in 0..log.leads().min(PAGE) {
            self.lead(log, lead);
        }
    }

    fn lead(&mut self, log: &Log, lead: usize) {
        let range = log.range(lead);
        let (Some(at), Some(kind), Some(way)) =
            (log.at.get(range.clone()), log.kind.get(range.clone()), log.way.get(range.clone()))
        else {
            return;
        };
        let topic = log.topic.get(range.clone()).unwrap_or_default();
        for (nth, ((at, kind), way)) in at.iter().zip(kind).zip(way).enumerate() {
            if *at > self.now {
                break;
            }
            let theirs = way & 0x30 != outbound();
            if let Some(looked) = self.kinds.get(usize::from(*kind))
                && !looked.is_empty()
            {
                let topic = topic.get(nth).copied().unwrap_or_default();
                let content = log.content.get(range.start + nth).copied().unwrap_or_default();
                for one in looked {
                    let about = one.topic == Word::NONE || one.topic == topic || one.topic == content;
                    if *at > one.after && about {
                        note(&mut self.found, *one, lead, *at, theirs);
                    }
                }
            }
            if !self.touches.is_empty() {
                let outcome = log.outcome.get(range.start + nth).copied().unwrap_or(0);
                let seen = Seen { at: *at, kind: *kind, way: *way, outcome };
                for one in &self.touches {
                    note_touch(&mut self.found, *one, lead, seen);
                }
            }
        }
    }
}

fn note(found: &mut [Found], one: OfKind, lead: usize, at: i64, theirs: bool) {
    match found.get_mut(one.slot) {
        Some(Found::Counts(counts)) => {
            if let Some(count) = counts.get_mut(lead)
                && (theirs || one.what == What::Count)
            {
                *count += 1;
            }
        }
        Some(Found::Moments(moments, known)) => {
            let known = set(known, lead);
            if let Some(moment) = moments.get_mut(lead)
                && (one.what == What::Last || !known)
            {
                *moment = at;
            }
        }
        _ => {}
    }
}

/// Sets a bit, and tells what it was.
fn set(mask: &mut Mask, lead: usize) -> bool {
    let bit = 1 << (lead % 64);
    mask.get_mut(lead / 64).is_some_and(|word| {
        let before = *word & bit != 0;
        *word |= bit;
        before
    })
}

fn clear(mask: &mut Mask, lead: usize) {
    if let Some(word) = mask.get_mut(lead / 64) {
        *word &= !(1 << (lead % 64));
    }
}

fn note_touch(found: &mut [Found], one: OfTouch, lead: usize, seen: Seen) {
    let channel = seen.way & 0xF;
    let theirs = seen.way & 0x30 != outbound();
    let touch = !theirs && channel != 0;
    let ours = touch && (one.channel == 0 || one.channel == channel);
    let inside = seen.at > one.after;
    match (found.get_mut(one.slot), one.what) {
        (Some(Found::Counts(counts)), What::Unanswered) => {
            if let Some(count) = counts.get_mut(lead) {
                *count = if is_reaction(seen, touch, theirs) { 0 } else { *count + i32::from(ours) };
            }
        }
        (Some(Found::Counts(counts)), _) => {
            if let Some(count) = counts.get_mut(lead) {
                *count += i32::from(ours && inside);
            }
        }
        (Some(Found::Moments(moments, known)), _) if ours => {
            set(known, lead);
            if let Some(moment) = moments.get_mut(lead) {
                *moment = seen.at;
            }
        }
        (Some(Found::Words(words)), _) if ours => {
            if let Some(word) = words.get_mut(lead) {
                *word = seen.outcome;
            }
        }
        (Some(Found::Truths(truths)), What::Answered) => {
            if touch {
                set(truths, lead);
            } else if asks(seen, theirs) {
                clear(truths, lead);
            }
        }
        (Some(Found::Truths(truths)), _) if inside && is_reply(seen, theirs) => {
            set(truths, lead);
        }
        _ => {}
    }
}

fn kind_of(seen: Seen) -> Option<SignalKind> {
    SignalKind::ALL.get(usize::from(seen.kind)).copied()
}

/// How it ended was an answer.
fn answered(seen: Seen) -> bool {
    outcome_of(seen).is_some_and(Outcome::is_answer)
}

fn outcome_of(seen: Seen) -> Option<Outcome> {
    Outcome::ALL.get(usize::from(seen.outcome).checked_sub(1)?).copied()
}

/// As [`crate::decide::facts`] has it: something that ends a row of unanswered touches.
fn is_reaction(seen: Seen, touch: bool, theirs: bool) -> bool {
    if touch { answered(seen) } else { theirs && !matches!(kind_of(seen), Some(SignalKind::Bounce | SignalKind::Note)) }
}

fn is_reply(seen: Seen, theirs: bool) -> bool {
    (theirs && kind_of(seen) == Some(SignalKind::Reply)) || outcome_of(seen) == Some(Outcome::Replied)
}

/// As [`crate::decide::facts`] has it: something of theirs that waits until we answer.
fn asks(seen: Seen, theirs: bool) -> bool {
    theirs
        && !answered(seen)
        && match kind_of(seen) {
            Some(SignalKind::Form | SignalKind::Reply | SignalKind::Chat | SignalKind::Message | SignalKind::Email) => {
                true
            }
            Some(SignalKind::Call) => seen.outcome != 0,
            _ => false,
        }
}
