//! The signals of a page of leads, grouped by lead and in order of time.

use super::words::Word;

/// One signal, as a log holds it. Numbers that stand for words of the schema are their place in its list plus 1; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The kind of signal: its place in the list of kinds (never none, so not plus 1).
    pub kind: u8,
    /// The channel.
    pub channel: u8,
    /// 0 none, 1 inbound, 2 outbound.
    pub direction: u8,
    /// How it ended.
    pub outcome: u8,
    /// The person: their place in the lead plus 1; 255 for somebody beyond that, or who is not among its people: asked of the record.
    pub person: u8,
    /// What it was about.
    pub topic: Word,
    /// The content involved.
    pub content: Word,
    /// The rep who made it.
    pub rep: Word,
    /// True when the record says more: weight, cadence, step.
    pub more: bool,
}

/// The log of a page: one list per property, so that a sweep reads only what it needs.
///
/// The signals of the nth lead stand at `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Where each lead's signals begin, and at last where the last one's end.
    pub starts: Vec<u32>,
    /// When.
    pub at: Vec<i64>,
    /// What.
    pub kind: Vec<u8>,
    /// Channel in the low four bits, direction in the two above, and in the highest whether the record says more.
    pub way: Vec<u8>,
    /// How it ended.
    pub outcome: Vec<u8>,
    /// With whom.
    pub person: Vec<u8>,
    /// About what.
    pub topic: Vec<Word>,
    /// With what content; empty when no signal of the page has any.
    pub content: Vec<Word>,
    /// By whom; empty when no signal of the page names a rep.
    pub rep: Vec<Word>,
}
