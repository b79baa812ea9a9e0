//! Whether somebody in a lead may wait for an answer, from its signals as a log holds them.
//!
//! The answer errs to one side: "nobody waits" is certain for a lead that is alone in its contact group and whose people are there all the time;
//! "somebody may wait" is looked at again on records, by [`crate::book::questions`], which has the whole meaning (copies of a question, aliases,
//! which message came back).
//!
//! Invariant: where [`open_question`](crate::book::questions::open_question) finds a question, [`Askers::may_wait`] is true.

use crate::book::SignalView;
use crate::book::questions::LASTS;
use crate::book::signal_view::ContactResult;
use crate::book::vocabulary::SignalKind;

/// Who asked and was not reached since, while the signals of one lead are read in order of time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Askers {
    /// One bit for each person who asked: see [`bit`].
    open: u64,
    /// Those whose question something written answered. It may come back.
    answered_in_writing: u64,
    /// When somebody asked last, in milliseconds since 1970.
    asked_at: Option<i64>,
}

/// Somebody who is not named.
const NAMELESS: u64 = 1;
/// The people whose place is not one of the first 62.
const OTHERS: u64 = 1 << 63;

/// The bit of a person, by their code in the log: 0 when nobody is named, else the place among the people of the lead plus 1.
const fn bit(person: u8) -> u64 {
    if person < 63 { 1 << person } else { OTHERS }
}

impl Askers {
    /// Adds the next signal. `at` is in milliseconds since 1970.
    pub(crate) fn add(&mut self, at: i64, signal: SignalView, person: u8) {
        if signal.awaits_answer() {
            self.open |= bit(person);
            self.asked_at = Some(at);
        } else if signal.kind == SignalKind::Bounce {
            self.open |= self.answered_in_writing;
        } else {
            match signal.contact_result() {
                Some(ContactResult::Spoken) => self.open &= !reached(person),
                Some(ContactResult::Written(_)) if !signal.acknowledges => {
                    self.answered_in_writing |= self.open & reached(person);
                    self.open &= !reached(person);
                }
                _ => {}
            }
        }
    }

    /// Whether one of them may wait at `now`, in milliseconds since 1970.
    pub(crate) fn may_wait(self, now: i64) -> bool {
        self.open != 0 && self.asked_at.is_some_and(|asked_at| now.saturating_sub(asked_at) < LASTS.millis())
    }
}

/// Whose questions a contact answers for certain: with somebody who is named, theirs and those of nobody who is named; else those of all.
const fn reached(person: u8) -> u64 {
    match bit(person) {
        NAMELESS => u64::MAX,
        OTHERS => NAMELESS,
        one => one | NAMELESS,
    }
}
