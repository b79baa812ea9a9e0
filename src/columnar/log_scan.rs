//! What conditions read of the logs of a page: all of it in one walk over the signals.
//!
//! Each signal touches only what looks for its kind; what looks for touches and reactions is asked of every signal, when there is such a
//! thing. The meaning of each is that of [`crate::evaluate::facts`]: a signal counts while `now - at < window`, and not before it happens.
//!
//! Invariant: signals of a lead come in order of time, so that the last one seen is the newest.

use crate::book::columns::{Log, PAGE};
use crate::book::vocabulary::{Outcome, SignalKind};
use crate::book::word_table::{Word, Words};
use crate::calendar::Instant;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::source::{Event, OUTBOUND, What};

/// What one sweep over a page found of one thing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'a> {
    /// How many.
    Counts(&'a [i32]),
    /// When; [`NEVER`] where it is unknown.
    Moments(&'a [i64]),
    /// A word of the schema: its place in its list plus 1; 0 is unknown.
    Words(&'a [u8]),
    /// Yes or no.
    Truths(&'a Mask),
}

/// A moment that is none.
pub(crate) const NEVER: i64 = i64::MIN;

/// Where the cells of one thing stand in its list.
#[derive(Clone, Copy, Debug)]
enum Place {
    Counts(usize),
    Moments(usize),
    Words(usize),
    Truths(usize),
}

/// Signals of one kind that are counted.
#[derive(Clone, Copy, Debug)]
struct Counted {
    /// [`Word::NONE`]: about anything.
    topic: Word,
    /// Also ours.
    either: bool,
    /// Only signals after this moment.
    after: i64,
    /// Where the cells begin.
    cells: usize,
}

/// Signals of one kind whose moment is kept.
#[derive(Clone, Copy, Debug)]
struct Kept {
    topic: Word,
    first: bool,
    cells: usize,
}

/// What is looked for among the signals of one kind.
#[derive(Clone, Debug, Default)]
struct OfKind {
    counted: Vec<Counted>,
    kept: Vec<Kept>,
}

/// What is looked for among our touches and their reactions.
#[derive(Clone, Copy, Debug)]
struct OfTouch {
    what: What,
    /// 0: any.
    channel: u8,
    after: i64,
    place: Place,
}

/// All that is looked for, at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Sweep {
    now: i64,
    kinds: Vec<OfKind>,
    touches: Vec<OfTouch>,
    places: Vec<Place>,
    lists: Lists,
}

/// The cells, thing after thing, [`PAGE`] each.
#[derive(Clone, Debug, Default)]
struct Lists {
    counts: Vec<i32>,
    moments: Vec<i64>,
    words: Vec<u8>,
    truths: Vec<Mask>,
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
    pub(crate) fn new(events: &[Event], words: &Words, now: Instant) -> Self {
        let now = now.millis();
        let mut sweep = Self {
            now,
            kinds: vec![OfKind::default(); SignalKind::ALL.len()],
            touches: Vec::new(),
            places: Vec::with_capacity(events.len()),
            lists: Lists::default(),
        };
        for event in events {
            let place = sweep.lists.place(event.what);
            sweep.places.push(place);
            let after = event.window.map_or(i64::MIN, |window| now.saturating_sub(window));
            let topic = event.topic.as_ref().map_or(Some(Word::NONE), |topic| words.find(topic));
            let kind = event.kind.and_then(|kind| sweep.kinds.get_mut(kind as usize));
            match (event.what, place, kind, topic) {
                (What::CountTheirs | What::Count, Place::Counts(cells), Some(kind), Some(topic)) => {
                    kind.counted.push(Counted { topic, either: event.what == What::Count, after, cells });
                }
                (What::Last | What::First, Place::Moments(cells), Some(kind), Some(topic)) => {
                    kind.kept.push(Kept { topic, first: event.what == What::First, cells });
                }
                (What::CountTheirs | What::Count | What::Last | What::First, ..) => {}
                (what, ..) => {
                    let channel = event.channel.map_or(0, |channel| channel as u8 + 1);
                    sweep.touches.push(OfTouch { what, channel, after, place });
                }
            }
        }
        sweep
    }

    /// What was found on the last page, in the order of the list.
    pub(crate) fn found(&self) -> impl Iterator<Item = Found<'_>> {
        let Lists { counts, moments, words, truths } = &self.lists;
        self.places.iter().map(move |place| match *place {
            Place::Counts(from) => Found::Counts(counts.get(from..from + PAGE).unwrap_or_default()),
            Place::Moments(from) => Found::Moments(moments.get(from..from + PAGE).unwrap_or_default()),
            Place::Words(from) => Found::Words(words.get(from..from + PAGE).unwrap_or_default()),
            Place::Truths(nth) => Found::Truths(truths.get(nth).unwrap_or(&NONE)),
        })
    }

    /// Walks over the log of a page.
    pub(crate) fn walk(&mut self, log: &Log) {
        let leads = log.leads().min(PAGE);
        // Of a page with few leads only those are cleared.
        fn clear<T: Copy>(cells: &mut [T], leads: usize, none: T) {
            for cells in cells.chunks_mut(PAGE) {
                cells.iter_mut().take(leads).for_each(|cell| *cell = none);
            }
        }
        clear(&mut self.lists.counts, leads, 0);
        clear(&mut self.lists.moments, leads, NEVER);
        clear(&mut self.lists.words, leads, 0);
        self.lists.truths.fill(NONE);
        for touch in self.touches.iter().filter(|touch| touch.what == What::Answered) {
            if let Place::Truths(nth) = touch.place
                && let Some(truths) = self.lists.truths.get_mut(nth)
            {
                *truths = [u64::MAX; _];
            }
        }
        for lead in 0..leads {
            self.lead(log, lead);
        }
    }

    fn lead(&mut self, log: &Log, lead: usize) {
        let range = log.range(lead);
        let (Some(at), Some(kind), Some(way), Some(topic)) = (
            log.at.get(range.clone()),
            log.kind.get(range.clone()),
            log.way.get(range.clone()),
            log.topic.get(range.clone()),
        ) else {
            return;
        };
        let Self { now, kinds, touches, lists, .. } = self;
        let signals = at.iter().zip(kind).zip(way).zip(topic).enumerate();
        for (nth, (((at, kind), way), topic)) in signals {
            if at > now {
                break;
            }
            if let Some(looked) = kinds.get(usize::from(*kind)) {
                let theirs = way & 0x30 != OUTBOUND;
                let content = log.content.get(range.start + nth).unwrap_or(topic);
                let about = |wanted: Word| (wanted == Word::NONE) | (wanted == *topic) | (wanted == *content);
                for one in &looked.counted {
                    if let Some(count) = lists.counts.get_mut(one.cells + lead) {
                        *count += i32::from((*at > one.after) & about(one.topic) & (theirs | one.either));
                    }
                }
                for one in looked.kept.iter().filter(|one| about(one.topic)) {
                    if let Some(moment) = lists.moments.get_mut(one.cells + lead)
                        && (!one.first || *moment == NEVER)
                    {
                        *moment = *at;
                    }
                }
            }
            if !touches.is_empty() {
                let outcome = log.outcome.get(range.start + nth).copied().unwrap_or(0);
                let seen = Seen { at: *at, kind: *kind, way: *way, outcome };
                for one in touches.iter() {
                    lists.note(*one, lead, seen);
                }
            }
        }
    }
}

impl Lists {
    /// Cells for one thing more.
    fn place(&mut self, what: What) -> Place {
        fn more<T: Clone>(list: &mut Vec<T>, cell: T) -> usize {
            let from = list.len();
            list.resize(from + PAGE, cell);
            from
        }
        match what {
            What::CountTheirs | What::Count | What::Touches | What::Unanswered => {
                Place::Counts(more(&mut self.counts, 0))
            }
            What::Last | What::First | What::LastTouch => Place::Moments(more(&mut self.moments, NEVER)),
            What::LastOutcome => Place::Words(more(&mut self.words, 0)),
            What::Replied | What::Answered => {
                self.truths.push(NONE);
                Place::Truths(self.truths.len() - 1)
            }
        }
    }

    fn note(&mut self, one: OfTouch, lead: usize, seen: Seen) {
        let channel = seen.way & 0xF;
        let theirs = seen.way & 0x30 != OUTBOUND;
        let touch = !theirs && channel != 0;
        let ours = touch && (one.channel == 0 || one.channel == channel);
        let inside = seen.at > one.after;
        match one.place {
            Place::Counts(from) => {
                if let Some(count) = self.counts.get_mut(from + lead) {
                    let reaction = one.what == What::Unanswered && is_reaction(seen, touch, theirs);
                    *count = if reaction { 0 } else { *count + i32::from(ours && inside) };
                }
            }
            Place::Moments(from) => {
                if let Some(moment) = self.moments.get_mut(from + lead).filter(|_| ours) {
                    *moment = seen.at;
                }
            }
            Place::Words(from) => {
                if let Some(word) = self.words.get_mut(from + lead).filter(|_| ours) {
                    *word = seen.outcome;
                }
            }
            Place::Truths(nth) => {
                let word = self.truths.get_mut(nth).and_then(|truths| truths.get_mut(lead / 64));
                let bit = 1 << (lead % 64);
                let truth = if one.what == What::Replied {
                    (inside && is_reply(seen, theirs)).then_some(true)
                } else {
                    // A touch of ours answers what waits.
                    touch.then_some(true).or_else(|| asks(seen, theirs).then_some(false))
                };
                if let (Some(word), Some(truth)) = (word, truth) {
                    *word = if truth { *word | bit } else { *word & !bit };
                }
            }
        }
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

/// As [`crate::evaluate::facts`] has it: something that ends a row of unanswered touches.
fn is_reaction(seen: Seen, touch: bool, theirs: bool) -> bool {
    if touch { answered(seen) } else { theirs && !matches!(kind_of(seen), Some(SignalKind::Bounce | SignalKind::Note)) }
}

fn is_reply(seen: Seen, theirs: bool) -> bool {
    (theirs && kind_of(seen) == Some(SignalKind::Reply)) || outcome_of(seen) == Some(Outcome::Replied)
}

/// As [`crate::evaluate::facts`] has it: something of theirs that waits until we answer.
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
