//! The signals of a page of leads as columns, grouped by lead and in order of time.

use std::ops::Range;

use crate::book::list_ranges::{self, place, put, put_rare, shift};
use crate::book::signal_view::SignalView;
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::book::word_table::WordId;
use crate::order;

/// One signal, as a log holds it. A word of a vocabulary is stored as its place in the list of its enum plus 1; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogEntry {
    /// Its moment, in milliseconds since 1970.
    pub at: i64,
    /// The kind of signal: its place in the list of kinds. Every signal has a kind, so there is no plus 1.
    pub kind: u8,
    /// The channel.
    pub channel: u8,
    /// 0 none, 1 inbound, 2 outbound.
    pub direction: u8,
    /// The outcome.
    pub outcome: u8,
    /// The person: the place among the lead's people plus 1. 255 when the place does not fit or the person is not among them: read it from
    /// the record.
    pub person: u8,
    /// The topic.
    pub topic: WordId,
    /// The id of the content.
    pub content: WordId,
    /// The id of the rep.
    pub rep: WordId,
    /// [`Signal::acknowledges`](crate::book::Signal::acknowledges).
    pub acknowledges: bool,
    /// True when the record has more: weight, cadence, step, or an alias by which the signal names the person.
    pub more: bool,
}

/// The bits of the channel in [`SignalLog::way`].
pub const CHANNEL: u8 = 0xF;
/// The lowest bit of the direction in [`SignalLog::way`].
pub const DIRECTION: u8 = 4;
/// Bit in [`SignalLog::way`]: the direction is outbound.
pub const OUTBOUND: u8 = 2 << DIRECTION;
/// Bit in [`SignalLog::way`]: [`LogEntry::acknowledges`].
pub const ACKNOWLEDGES: u8 = 0x40;
/// Bit in [`SignalLog::way`]: [`LogEntry::more`].
pub const MORE: u8 = 0x80;

/// The signals of a page: one list for each property, so that a scan reads only the properties it needs.
///
/// The signals of lead n are at `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignalLog {
    /// The place of the first signal of each lead, and at the end the number of all signals.
    pub starts: Vec<u32>,
    /// [`LogEntry::at`].
    pub at: Vec<i64>,
    /// [`LogEntry::kind`].
    pub kind: Vec<u8>,
    /// [`LogEntry::channel`] in bits 0 to 3, [`LogEntry::direction`] in bits 4 and 5, [`LogEntry::acknowledges`] in bit 6 and
    /// [`LogEntry::more`] in bit 7.
    pub way: Vec<u8>,
    /// [`LogEntry::outcome`].
    pub outcome: Vec<u8>,
    /// [`LogEntry::person`].
    pub person: Vec<u8>,
    /// [`LogEntry::topic`].
    pub topic: Vec<WordId>,
    /// [`LogEntry::content`]; empty when no signal of the page has content.
    pub content: Vec<WordId>,
    /// [`LogEntry::rep`]; empty when no signal of the page has a rep.
    pub rep: Vec<WordId>,
}

impl Default for SignalLog {
    fn default() -> Self {
        Self {
            starts: vec![0],
            at: Vec::new(),
            kind: Vec::new(),
            way: Vec::new(),
            outcome: Vec::new(),
            person: Vec::new(),
            topic: Vec::new(),
            content: Vec::new(),
            rep: Vec::new(),
        }
    }
}

impl SignalLog {
    /// The number of leads, with signals or without.
    pub fn leads(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The number of all signals.
    pub const fn len(&self) -> usize {
        self.at.len()
    }

    /// True when there are no signals.
    pub const fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The places of the signals of a lead; empty for a lead beyond the end.
    pub fn range(&self, lead: usize) -> Range<usize> {
        list_ranges::range(&self.starts, lead)
    }

    /// The signal at this place; `None` beyond the end.
    pub fn entry(&self, nth: usize) -> Option<LogEntry> {
        let way = *self.way.get(nth)?;
        Some(LogEntry {
            at: *self.at.get(nth)?,
            kind: *self.kind.get(nth)?,
            channel: way & CHANNEL,
            direction: way >> DIRECTION & 3,
            outcome: *self.outcome.get(nth)?,
            person: *self.person.get(nth)?,
            topic: *self.topic.get(nth)?,
            content: self.content.get(nth).copied().unwrap_or_default(),
            rep: self.rep.get(nth).copied().unwrap_or_default(),
            acknowledges: way & ACKNOWLEDGES != 0,
            more: way & MORE != 0,
        })
    }

    /// The properties of the signal at this place on which its meaning depends.
    pub fn view(&self, nth: usize) -> Option<SignalView> {
        view(*self.kind.get(nth)?, *self.way.get(nth)?, *self.outcome.get(nth)?)
    }

    /// Appends a lead with its signals, which are sorted by time; those of one moment keep their order.
    pub fn push(&mut self, signals: &mut [LogEntry]) {
        order::sort_by_key(signals, |entry| entry.at);
        self.put(&(self.len()..self.len()), signals);
        self.starts.push(place(self.len()));
    }

    /// Inserts a signal of a lead, after those of the same moment. Returns its place among the lead's signals; `None` for a lead beyond the
    /// end.
    pub fn insert(&mut self, lead: usize, entry: LogEntry) -> Option<usize> {
        if lead >= self.leads() {
            return None;
        }
        let range = self.range(lead);
        let before = self.at.get(range.clone()).map_or(0, |at| at.partition_point(|at| *at <= entry.at));
        let at = range.start + before;
        self.put(&(at..at), &[entry]);
        shift(&mut self.starts, lead, 1, 0);
        Some(before)
    }

    /// Replaces the signals of a lead. The new ones are sorted by time. Does nothing for a lead beyond the end.
    pub fn replace(&mut self, lead: usize, signals: &mut [LogEntry]) {
        if lead >= self.leads() {
            return;
        }
        order::sort_by_key(signals, |entry| entry.at);
        let range = self.range(lead);
        self.put(&range, signals);
        shift(&mut self.starts, lead, signals.len(), range.len());
    }

    /// A log of one lead: the one at this place.
    pub fn only(&self, lead: usize) -> Self {
        fn part<T: Copy>(list: &[T], range: &Range<usize>) -> Vec<T> {
            list.get(range.clone()).unwrap_or_default().to_vec()
        }
        let range = self.range(lead);
        Self {
            starts: vec![0, place(range.len())],
            at: part(&self.at, &range),
            kind: part(&self.kind, &range),
            way: part(&self.way, &range),
            outcome: part(&self.outcome, &range),
            person: part(&self.person, &range),
            topic: part(&self.topic, &range),
            content: part(&self.content, &range),
            rep: part(&self.rep, &range),
        }
    }

    /// Frees unused capacity.
    pub fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.at.shrink_to_fit();
        for list in [&mut self.kind, &mut self.way, &mut self.outcome, &mut self.person] {
            list.shrink_to_fit();
        }
        for list in [&mut self.topic, &mut self.content, &mut self.rep] {
            list.shrink_to_fit();
        }
    }

    fn put(&mut self, range: &Range<usize>, signals: &[LogEntry]) {
        let len = self.len();
        put(&mut self.at, range, signals.iter().map(|entry| entry.at));
        put(&mut self.kind, range, signals.iter().map(|entry| entry.kind));
        put(&mut self.way, range, signals.iter().map(way));
        put(&mut self.outcome, range, signals.iter().map(|entry| entry.outcome));
        put(&mut self.person, range, signals.iter().map(|entry| entry.person));
        put(&mut self.topic, range, signals.iter().map(|entry| entry.topic));
        put_rare(&mut self.content, range, signals.iter().map(|entry| known(entry.content)), (len, WordId::NONE));
        put_rare(&mut self.rep, range, signals.iter().map(|entry| known(entry.rep)), (len, WordId::NONE));
    }
}

/// The word of a vocabulary with this number: its place in the list of its enum plus 1; `None` for 0, which is unknown.
pub(in crate::book) fn word<T: Copy>(all: &[T], number: u8) -> Option<T> {
    all.get(usize::from(number).checked_sub(1)?).copied()
}

/// The properties on which the meaning of a signal depends, from its cells in a log; `None` for a kind that does not exist.
pub fn view(kind: u8, way: u8, outcome: u8) -> Option<SignalView> {
    let view = SignalView::new(
        *SignalKind::ALL.get(usize::from(kind))?,
        word(Channel::ALL, way & CHANNEL),
        word(Direction::ALL, way >> DIRECTION & 3),
        word(Outcome::ALL, outcome),
    );
    Some(SignalView { acknowledges: way & ACKNOWLEDGES != 0, ..view })
}

const fn way(entry: &LogEntry) -> u8 {
    let more = if entry.more { MORE } else { 0 };
    let acknowledges = if entry.acknowledges { ACKNOWLEDGES } else { 0 };
    entry.channel & CHANNEL | (entry.direction & 3) << DIRECTION | acknowledges | more
}

fn known(word: WordId) -> Option<WordId> {
    (word != WordId::NONE).then_some(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry() -> impl Strategy<Value = LogEntry> {
        (0..6_i64, 0..18_u8, 0..8_u8, 0..3_u8, 0..3_u32, any::<bool>()).prop_map(
            |(at, kind, channel, direction, word, more)| LogEntry {
                at,
                kind,
                channel,
                direction,
                outcome: kind / 2,
                person: channel,
                topic: WordId(word),
                content: WordId(word / 2),
                rep: WordId(u32::from(direction) / 2),
                acknowledges: at % 2 == 0,
                more,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_log_keeps_each_leads_signals_in_order_of_time(
            leads in proptest::collection::vec(proptest::collection::vec(entry(), 0..6), 1..5),
            later in proptest::collection::vec((0..5_usize, entry()), 0..10),
            (replaced, signals) in (0..5_usize, proptest::collection::vec(entry(), 0..6)),
        ) {
            let mut log = SignalLog::default();
            let mut expected = leads.clone();
            leads.into_iter().for_each(|mut signals| log.push(&mut signals));
            for (lead, entry) in later {
                prop_assert_eq!(log.insert(lead, entry).is_some(), lead < expected.len());
                if let Some(signals) = expected.get_mut(lead) {
                    signals.push(entry);
                }
            }
            if let Some(other) = expected.get_mut(replaced) {
                *other = signals.clone();
                log.replace(replaced, &mut signals.clone());
            }
            log.shrink();
            prop_assert_eq!(log.leads(), expected.len());
            for (lead, mut signals) in expected.into_iter().enumerate() {
                signals.sort_by_key(|entry| entry.at);
                let stored: Vec<LogEntry> = log.range(lead).filter_map(|nth| log.entry(nth)).collect();
                prop_assert_eq!(stored, signals);
            }
        }
    }
}
