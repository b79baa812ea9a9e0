//! The facts of a page that are computed from signals, all in one pass over the signals.
//!
//! A signal updates only the facts about its kind, and the facts about touches and reactions if there are any; an open or click of a machine
//! updates none. Each fact has the meaning of
//! [`crate::evaluate::facts`]: a signal counts while `now - at < window`, and not before it happens.
//!
//! Invariant: the signals of a lead are in order of time, so the last one read is the newest.

use crate::book::SignalView;
use crate::book::columns::log::OUTBOUND;
use crate::book::columns::{PAGE, SignalLog};
use crate::book::machine_signals::is_by_machine_in;
use crate::book::signal_view::NO_SHOW_MATTERS_FOR;
use crate::book::vocabulary::{Channel, Outcome, SignalKind};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::Instant;
use crate::columnar::column_source::{LogFact, LogMeasure};
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::open_questions::Askers;

/// The column of one fact: a cell per lead of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ScanResult<'a> {
    /// Numbers of signals.
    Counts(&'a [i32]),
    /// Moments, in milliseconds since 1970; [`NEVER`] where there is none.
    Moments(&'a [i64]),
    /// Words of the schema: the index in their list plus 1; 0 is unknown.
    Words(&'a [u8]),
    /// One bit per lead.
    Truths(&'a Mask),
}

/// The cell of a lead without such a moment.
pub(crate) const NEVER: i64 = i64::MIN;

/// The position of a column: the list, and the index of the first cell in it (for truths, the index of the mask).
#[derive(Clone, Copy, Debug)]
enum ColumnPlace {
    Counts(usize),
    Moments(usize),
    Words(usize),
    Truths(usize),
}

/// A count of signals of one kind.
#[derive(Clone, Copy, Debug)]
struct CountedSignals {
    /// The topic or content that a signal must have; [`WordId::NONE`] for any.
    topic: WordId,
    /// Whether outbound signals count too.
    either: bool,
    /// Only signals after this moment.
    after: i64,
    /// The index of the first cell.
    cells: usize,
}

/// The moment of the first or last signal of one kind.
#[derive(Clone, Copy, Debug)]
struct LatestSignals {
    topic: WordId,
    first: bool,
    cells: usize,
}

/// The facts about one kind of signal.
#[derive(Clone, Debug, Default)]
struct KindScan {
    counted: Vec<CountedSignals>,
    dated: Vec<LatestSignals>,
}

/// A fact about our touches and the reactions to them.
#[derive(Clone, Copy, Debug)]
struct TouchScan {
    measure: LogMeasure,
    /// The channel of the touches; `None` for any.
    channel: Option<Channel>,
    after: i64,
    /// For how the last touch ended: only meetings after this moment to which they did not come.
    no_shows_after: i64,
    place: ColumnPlace,
}

/// The pass over signals: the facts to compute at one moment, and their columns for the last page.
#[derive(Clone, Debug)]
pub(crate) struct LogScan {
    now: i64,
    /// By kind of signal.
    kinds: Vec<KindScan>,
    touches: Vec<TouchScan>,
    /// The index of the mask of [`LogMeasure::Waiting`]; `None` when no condition reads it.
    waiting: Option<usize>,
    /// The column of each fact, in the order of the facts.
    places: Vec<ColumnPlace>,
    columns: ScanColumns,
}

/// The columns, one after another in each list, with [`PAGE`] cells each.
#[derive(Clone, Debug, Default)]
struct ScanColumns {
    counts: Vec<i32>,
    moments: Vec<i64>,
    words: Vec<u8>,
    truths: Vec<Mask>,
}

impl LogScan {
    /// A pass that computes these facts. A topic that is not among the words of the book is never found.
    pub(crate) fn new(facts: &[LogFact], words: &WordTable, now: Instant) -> Self {
        let now = now.millis();
        let mut scan = Self {
            now,
            kinds: vec![KindScan::default(); SignalKind::ALL.len()],
            touches: Vec::new(),
            waiting: None,
            places: Vec::with_capacity(facts.len()),
            columns: ScanColumns::default(),
        };
        for fact in facts {
            let place = scan.columns.place(fact.measure);
            scan.places.push(place);
            let after = fact.window.map_or(i64::MIN, |window| now.saturating_sub(window));
            let topic = fact.topic.as_ref().map_or(Some(WordId::NONE), |topic| words.find(topic));
            let kind = fact.kind.and_then(|kind| scan.kinds.get_mut(kind as usize));
            match (fact.measure, place, kind, topic) {
                (LogMeasure::CountTheirs | LogMeasure::Count, ColumnPlace::Counts(cells), Some(kind), Some(topic)) => {
                    kind.counted.push(CountedSignals {
                        topic,
                        either: fact.measure == LogMeasure::Count,
                        after,
                        cells,
                    });
                }
                (LogMeasure::Last | LogMeasure::First, ColumnPlace::Moments(cells), Some(kind), Some(topic)) => {
                    kind.dated.push(LatestSignals { topic, first: fact.measure == LogMeasure::First, cells });
                }
                (LogMeasure::CountTheirs | LogMeasure::Count | LogMeasure::Last | LogMeasure::First, ..) => {}
                (LogMeasure::Waiting, ColumnPlace::Truths(nth), ..) => scan.waiting = Some(nth),
                (measure, ..) => {
                    let no_shows_after = now.saturating_sub(NO_SHOW_MATTERS_FOR.millis());
                    scan.touches.push(TouchScan { measure, channel: fact.channel, after, no_shows_after, place });
                }
            }
        }
        scan
    }

    /// The columns of the last page, in the order of the facts.
    pub(crate) fn results(&self) -> impl Iterator<Item = ScanResult<'_>> {
        let ScanColumns { counts, moments, words, truths } = &self.columns;
        self.places.iter().map(move |place| match *place {
            ColumnPlace::Counts(from) => ScanResult::Counts(counts.get(from..from + PAGE).unwrap_or_default()),
            ColumnPlace::Moments(from) => ScanResult::Moments(moments.get(from..from + PAGE).unwrap_or_default()),
            ColumnPlace::Words(from) => ScanResult::Words(words.get(from..from + PAGE).unwrap_or_default()),
            ColumnPlace::Truths(nth) => ScanResult::Truths(truths.get(nth).unwrap_or(&NONE)),
        })
    }

    /// The leads of the last page where somebody may wait for an answer; `None` when no condition asks for it.
    pub(crate) fn may_wait(&self) -> Option<&Mask> {
        self.columns.truths.get(self.waiting?)
    }

    /// Computes the facts of a page from its log.
    pub(crate) fn scan(&mut self, log: &SignalLog) {
        let leads = log.leads().min(PAGE);
        // Only the cells of leads of this page are reset.
        fn clear<T: Copy>(cells: &mut [T], leads: usize, none: T) {
            for cells in cells.chunks_mut(PAGE) {
                cells.iter_mut().take(leads).for_each(|cell| *cell = none);
            }
        }
        clear(&mut self.columns.counts, leads, 0);
        clear(&mut self.columns.moments, leads, NEVER);
        clear(&mut self.columns.words, leads, 0);
        self.columns.truths.fill(NONE);
        for touch in self.touches.iter().filter(|touch| touch.measure == LogMeasure::Answered) {
            if let ColumnPlace::Truths(nth) = touch.place
                && let Some(truths) = self.columns.truths.get_mut(nth)
            {
                *truths = [u64::MAX; _];
            }
        }
        for lead in 0..leads {
            self.scan_lead(log, lead);
        }
    }

    /// Adds the signals of one lead.
    fn scan_lead(&mut self, log: &SignalLog, lead: usize) {
        let range = log.range(lead);
        let (Some(at), Some(kind), Some(way), Some(topic)) = (
            log.at.get(range.clone()),
            log.kind.get(range.clone()),
            log.way.get(range.clone()),
            log.topic.get(range.clone()),
        ) else {
            return;
        };
        let Self { now, kinds, touches, columns, waiting, .. } = self;
        let mut askers = Askers::default();
        let past = range.start..range.start + at.partition_point(|at| at <= now);
        let signals = at.iter().zip(kind).zip(way).zip(topic).enumerate();
        for (nth, (((at, kind), way), topic)) in signals {
            if at > now {
                break;
            }
            if is_by_machine_in(log, &past, range.start + nth) {
                continue;
            }
            if let Some(kind_scan) = kinds.get(usize::from(*kind)) {
                let theirs = way & OUTBOUND == 0;
                let content = log.content.get(range.start + nth).unwrap_or(topic);
                let about = |id: WordId| (id == WordId::NONE) | (id == *topic) | (id == *content);
                for wanted in &kind_scan.counted {
                    if let Some(count) = columns.counts.get_mut(wanted.cells + lead) {
                        *count += i32::from((*at > wanted.after) & about(wanted.topic) & (theirs | wanted.either));
                    }
                }
                for wanted in kind_scan.dated.iter().filter(|wanted| about(wanted.topic)) {
                    if let Some(moment) = columns.moments.get_mut(wanted.cells + lead)
                        && (!wanted.first || *moment == NEVER)
                    {
                        *moment = *at;
                    }
                }
            }
            if (waiting.is_some() || !touches.is_empty())
                && let Some(signal) = log.view(range.start + nth)
            {
                if waiting.is_some() {
                    askers.add(*at, signal, log.person.get(range.start + nth).copied().unwrap_or(u8::MAX));
                }
                for one in touches.iter() {
                    columns.note(*one, lead, *at, signal);
                }
            }
        }
        let word = waiting.and_then(|nth| columns.truths.get_mut(nth)).and_then(|truths| truths.get_mut(lead / 64));
        if let Some(word) = word.filter(|_| askers.may_wait(*now)) {
            *word |= 1 << (lead % 64);
        }
    }
}

impl ScanColumns {
    /// Adds a column.
    fn place(&mut self, measure: LogMeasure) -> ColumnPlace {
        fn extend<T: Clone>(list: &mut Vec<T>, cell: T) -> usize {
            let from = list.len();
            list.resize(from + PAGE, cell);
            from
        }
        match measure {
            LogMeasure::CountTheirs | LogMeasure::Count | LogMeasure::Touches | LogMeasure::Unanswered => {
                ColumnPlace::Counts(extend(&mut self.counts, 0))
            }
            LogMeasure::Last | LogMeasure::First | LogMeasure::LastTouch => {
                ColumnPlace::Moments(extend(&mut self.moments, NEVER))
            }
            LogMeasure::LastOutcome => ColumnPlace::Words(extend(&mut self.words, 0)),
            LogMeasure::Replied | LogMeasure::Answered | LogMeasure::Waiting => {
                self.truths.push(NONE);
                ColumnPlace::Truths(self.truths.len() - 1)
            }
        }
    }

    /// Updates the cell of a lead with its next signal, in order of time.
    fn note(&mut self, one: TouchScan, lead: usize, at: i64, signal: SignalView) {
        let ours = signal.is_touch() && one.channel.is_none_or(|channel| signal.channel == Some(channel));
        let inside = at > one.after;
        match one.place {
            ColumnPlace::Counts(from) => {
                if let Some(count) = self.counts.get_mut(from + lead) {
                    let reaction = one.measure == LogMeasure::Unanswered && signal.is_reaction();
                    *count = if reaction { 0 } else { *count + i32::from(ours && inside) };
                }
            }
            ColumnPlace::Moments(from) => {
                if let Some(moment) = self.moments.get_mut(from + lead).filter(|_| ours) {
                    *moment = at;
                }
            }
            ColumnPlace::Words(from) => {
                let matters = at > if signal.outcome == Some(Outcome::NoShow) { one.no_shows_after } else { i64::MIN };
                match self.words.get_mut(from + lead) {
                    Some(word) if ours => {
                        let outcome = signal.outcome.filter(|_| inside && matters);
                        *word = outcome.map_or(0, |outcome| outcome as u8 + 1);
                    }
                    Some(word) if *word == Outcome::NoShow as u8 + 1 && signal.ends_no_show() => *word = 0,
                    _ => {}
                }
            }
            ColumnPlace::Truths(nth) => {
                let word = self.truths.get_mut(nth).and_then(|truths| truths.get_mut(lead / 64));
                let bit = 1 << (lead % 64);
                let truth = if one.measure == LogMeasure::Replied {
                    (inside && signal.is_reply()).then_some(true)
                } else {
                    // A touch of ours answers every earlier inbound signal.
                    signal.answers().then_some(true).or_else(|| signal.awaits_answer().then_some(false))
                };
                if let (Some(word), Some(truth)) = (word, truth) {
                    *word = if truth { *word | bit } else { *word & !bit };
                }
            }
        }
    }
}
