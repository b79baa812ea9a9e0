//! What conditions read of the logs of a page: all of it in one walk over the signals.
//!
//! Each signal touches only what looks for its kind; what looks for touches and reactions is asked of every signal, when there is such a
//! thing. The meaning of each is that of [`crate::evaluate::facts`]: a signal counts while `now - at < window`, and not before it happens.
//!
//! Invariant: signals of a lead come in order of time, so that the last one seen is the newest.

use crate::book::columns::{PAGE, SignalLog};
use crate::book::vocabulary::{Outcome, SignalKind};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::Instant;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::source::{LogFact, LogMeasure, OUTBOUND};

/// What one sweep over a page found of one thing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ScanResult<'a> {
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
enum ColumnPlace {
    Counts(usize),
    Moments(usize),
    Words(usize),
    Truths(usize),
}

/// Signals of one kind that are counted.
#[derive(Clone, Copy, Debug)]
struct CountedSignals {
    /// [`WordId::NONE`]: about anything.
    topic: WordId,
    /// Also ours.
    either: bool,
    /// Only signals after this moment.
    after: i64,
    /// Where the cells begin.
    cells: usize,
}

/// Signals of one kind whose moment is kept.
#[derive(Clone, Copy, Debug)]
struct LatestSignals {
    topic: WordId,
    first: bool,
    cells: usize,
}

/// What is looked for among the signals of one kind.
#[derive(Clone, Debug, Default)]
struct KindScan {
    counted: Vec<CountedSignals>,
    kept: Vec<LatestSignals>,
}

/// What is looked for among our touches and their reactions.
#[derive(Clone, Copy, Debug)]
struct TouchScan {
    what: LogMeasure,
    /// 0: any.
    channel: u8,
    after: i64,
    place: ColumnPlace,
}

/// All that is looked for, at one moment.
#[derive(Clone, Debug)]
pub(crate) struct LogScan {
    now: i64,
    kinds: Vec<KindScan>,
    touches: Vec<TouchScan>,
    places: Vec<ColumnPlace>,
    lists: ScanColumns,
}

/// The cells, thing after thing, [`PAGE`] each.
#[derive(Clone, Debug, Default)]
struct ScanColumns {
    counts: Vec<i32>,
    moments: Vec<i64>,
    words: Vec<u8>,
    truths: Vec<Mask>,
}

/// What a signal says about touches and reactions.
#[derive(Clone, Copy)]
struct TouchFlags {
    at: i64,
    kind: u8,
    way: u8,
    outcome: u8,
}

impl LogScan {
    /// Nothing is looked for that is not in this list; a topic that no signal of the book has is never found.
    pub(crate) fn new(events: &[LogFact], words: &WordTable, now: Instant) -> Self {
        let now = now.millis();
        let mut sweep = Self {
            now,
            kinds: vec![KindScan::default(); SignalKind::ALL.len()],
            touches: Vec::new(),
            places: Vec::with_capacity(events.len()),
            lists: ScanColumns::default(),
        };
        for event in events {
            let place = sweep.lists.place(event.what);
            sweep.places.push(place);
            let after = event.window.map_or(i64::MIN, |window| now.saturating_sub(window));
            let topic = event.topic.as_ref().map_or(Some(WordId::NONE), |topic| words.find(topic));
            let kind = event.kind.and_then(|kind| sweep.kinds.get_mut(kind as usize));
            match (event.what, place, kind, topic) {
                (LogMeasure::CountTheirs | LogMeasure::Count, ColumnPlace::Counts(cells), Some(kind), Some(topic)) => {
                    kind.counted.push(CountedSignals { topic, either: event.what == LogMeasure::Count, after, cells });
                }
                (LogMeasure::Last | LogMeasure::First, ColumnPlace::Moments(cells), Some(kind), Some(topic)) => {
                    kind.kept.push(LatestSignals { topic, first: event.what == LogMeasure::First, cells });
                }
                (LogMeasure::CountTheirs | LogMeasure::Count | LogMeasure::Last | LogMeasure::First, ..) => {}
                (what, ..) => {
                    let channel = event.channel.map_or(0, |channel| channel as u8 + 1);
                    sweep.touches.push(TouchScan { what, channel, after, place });
                }
            }
        }
        sweep
    }

    /// What was found on the last page, in the order of the list.
    pub(crate) fn found(&self) -> impl Iterator<Item = ScanResult<'_>> {
        let ScanColumns { counts, moments, words, truths } = &self.lists;
        self.places.iter().map(move |place| match *place {
            ColumnPlace::Counts(from) => ScanResult::Counts(counts.get(from..from + PAGE).unwrap_or_default()),
            ColumnPlace::Moments(from) => ScanResult::Moments(moments.get(from..from + PAGE).unwrap_or_default()),
            ColumnPlace::Words(from) => ScanResult::Words(words.get(from..from + PAGE).unwrap_or_default()),
            ColumnPlace::Truths(nth) => ScanResult::Truths(truths.get(nth).unwrap_or(&NONE)),
        })
    }

    /// Walks over the log of a page.
    pub(crate) fn walk(&mut self, log: &SignalLog) {
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
        for touch in self.touches.iter().filter(|touch| touch.what == LogMeasure::Answered) {
            if let ColumnPlace::Truths(nth) = touch.place
                && let Some(truths) = self.lists.truths.get_mut(nth)
            {
                *truths = [u64::MAX; _];
            }
        }
        for lead in 0..leads {
            self.lead(log, lead);
        }
    }

    fn lead(&mut self, log: &SignalLog, lead: usize) {
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
                let about = |wanted: WordId| (wanted == WordId::NONE) | (wanted == *topic) | (wanted == *content);
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
                let seen = TouchFlags { at: *at, kind: *kind, way: *way, outcome };
                for one in touches.iter() {
                    lists.note(*one, lead, seen);
                }
            }
        }
    }
}

impl ScanColumns {
    /// Cells for one thing more.
    fn place(&mut self, what: LogMeasure) -> ColumnPlace {
        fn more<T: Clone>(list: &mut Vec<T>, cell: T) -> usize {
            let from = list.len();
            list.resize(from + PAGE, cell);
            from
        }
        match what {
            LogMeasure::CountTheirs | LogMeasure::Count | LogMeasure::Touches | LogMeasure::Unanswered => {
                ColumnPlace::Counts(more(&mut self.counts, 0))
            }
            LogMeasure::Last | LogMeasure::First | LogMeasure::LastTouch => {
                ColumnPlace::Moments(more(&mut self.moments, NEVER))
            }
            LogMeasure::LastOutcome => ColumnPlace::Words(more(&mut self.words, 0)),
            LogMeasure::Replied | LogMeasure::Answered => {
                self.truths.push(NONE);
                ColumnPlace::Truths(self.truths.len() - 1)
            }
        }
    }

    fn note(&mut self, one: TouchScan, lead: usize, seen: TouchFlags) {
        let channel = seen.way & 0xF;
        let theirs = seen.way & 0x30 != OUTBOUND;
        let touch = !theirs && channel != 0;
        let ours = touch && (one.channel == 0 || one.channel == channel);
        let inside = seen.at > one.after;
        match one.place {
            ColumnPlace::Counts(from) => {
                if let Some(count) = self.counts.get_mut(from + lead) {
                    let reaction = one.what == LogMeasure::Unanswered && is_reaction(seen, touch, theirs);
                    *count = if reaction { 0 } else { *count + i32::from(ours && inside) };
                }
            }
            ColumnPlace::Moments(from) => {
                if let Some(moment) = self.moments.get_mut(from + lead).filter(|_| ours) {
                    *moment = seen.at;
                }
            }
            ColumnPlace::Words(from) => {
                if let Some(word) = self.words.get_mut(from + lead).filter(|_| ours) {
                    *word = seen.outcome;
                }
            }
            ColumnPlace::Truths(nth) => {
                let word = self.truths.get_mut(nth).and_then(|truths| truths.get_mut(lead / 64));
                let bit = 1 << (lead % 64);
                let truth = if one.what == LogMeasure::Replied {
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

fn kind_of(seen: TouchFlags) -> Option<SignalKind> {
    SignalKind::ALL.get(usize::from(seen.kind)).copied()
}

/// How it ended was an answer.
fn answered(seen: TouchFlags) -> bool {
    outcome_of(seen).is_some_and(Outcome::is_answer)
}

fn outcome_of(seen: TouchFlags) -> Option<Outcome> {
    Outcome::ALL.get(usize::from(seen.outcome).checked_sub(1)?).copied()
}

/// As [`crate::evaluate::facts`] has it: something that ends a row of unanswered touches.
fn is_reaction(seen: TouchFlags, touch: bool, theirs: bool) -> bool {
    if touch { answered(seen) } else { theirs && !matches!(kind_of(seen), Some(SignalKind::Bounce | SignalKind::Note)) }
}

fn is_reply(seen: TouchFlags, theirs: bool) -> bool {
    (theirs && kind_of(seen) == Some(SignalKind::Reply)) || outcome_of(seen) == Some(Outcome::Replied)
}

/// As [`crate::evaluate::facts`] has it: something of theirs that waits until we answer.
fn asks(seen: TouchFlags, theirs: bool) -> bool {
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
