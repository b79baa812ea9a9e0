//! Which statements rest for a lead because of what people said about their advice, and until when.
//!
//! * **Declined**: the statement rests until its reason begins anew: until it holds since a later moment than the feedback. What answers a question
//!   begins anew when they ask again.
//! * **Snoozed**: it rests until then, or until they ask something, or until a weightier rule holds that began after it.
//! * **Handed over**: what reps would do rests, answers and promises aside, unless its reason began after the hand-over and they did something
//!   since; all of it goes on when they asked something or spoke with us. A hand-over rests until its own reason begins anew in that way.
//!
//! In: the feedback and the events of a lead, and since when a statement holds. Nothing here reads who gave the feedback.

use crate::book::vocabulary::FeedbackVerdict;
use crate::book::{Feedback, Lead};
use crate::calendar::Instant;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::group_events::{GroupEvent, GroupEvents};
use crate::decide::context::hand_over::{HandOver, handed_over};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::statements::{ProposingStatement, StatementIndex};

/// What was said about the advice for a lead, and what happened since.
pub(crate) struct FeedbackGate<'l> {
    lead: &'l Lead,
    now: Instant,
    handed_over: Option<HandOver>,
    /// When they last asked something.
    asked: Option<Instant>,
    /// When they last asked something or spoke with us.
    in_touch: Option<Instant>,
    /// When they last did anything.
    stirred: Option<Instant>,
}

/// For whom a statement rests: one person, by index in the lead, or everybody.
pub(crate) type RestsFor = Option<usize>;

impl<'l> FeedbackGate<'l> {
    /// The gate for a lead; `None` where nothing was said about its advice.
    pub(crate) fn of(
        statements: &StatementIndex,
        profile: &LeadProfile<'l>,
        group_events: &GroupEvents<'_>,
        review: &mut ReviewTracker,
    ) -> Option<Self> {
        let (lead, now) = (profile.record?, profile.now);
        let handed_over = handed_over(statements, lead, now);
        if lead.feedback.is_empty() && handed_over.is_none() {
            return None;
        }
        review.add_all(lead.feedback.iter().map(|one| one.at));
        review.add_all(lead.stage_since);
        let last = |is_wanted: &dyn Fn(&GroupEvent) -> bool| {
            let mut events = group_events.events.iter().rev();
            events.find(|event| event.lead == profile.index && is_wanted(event)).map(|event| event.at)
        };
        let asked = last(&|event| event.signal.awaits_answer());
        let in_touch = last(&|event| event.signal.awaits_answer() || event.signal.ends_series());
        let stirred = last(&|event| event.signal.is_reaction());
        Some(Self { lead, now, handed_over, asked, in_touch, stirred })
    }

    /// For whom a statement rests because it was declined. `began` is since when it holds; a reason of which that is not known does not begin anew.
    pub(crate) fn declined(
        &self,
        statement: &ProposingStatement,
        began: Option<Instant>,
    ) -> impl Iterator<Item = (RestsFor, Blocked)> {
        let declined = self.said(statement, FeedbackVerdict::Declined);
        declined.filter(move |(_, said)| began.is_none_or(|began| began <= said.at)).filter_map(|(number, said)| {
            Some((self.rests_for(said)?, Blocked::until_records_change(BlockReason::Declined(number))))
        })
    }

    /// The snoozes of a statement whose time has not come yet and that no question ended, with the feedback.
    pub(crate) fn snoozed(&self, statement: &ProposingStatement) -> impl Iterator<Item = (RestsFor, Blocked, Snooze)> {
        self.said(statement, FeedbackVerdict::Snoozed).filter_map(|(number, said)| {
            let until = said.until.filter(|until| *until > self.now)?;
            let asked = self.asked.is_some_and(|asked| asked > said.at);
            let block = Blocked { reason: BlockReason::Snoozed(number), lifts_at: Some(until) };
            Some((self.rests_for(said)?, block, Snooze { number, at: said.at, asked }))
        })
    }

    /// The block of what a rep would do because the lead was handed over; `None` when it may be done. `began` is since when its statement holds,
    /// `hands_over` whether it is a hand-over itself.
    pub(crate) fn with_others(&self, began: Option<Instant>, hands_over: bool) -> Option<Blocked> {
        let handed_over = self.handed_over?;
        let after = |at: Option<Instant>| at.is_some_and(|at| at > handed_over.at);
        let anew = after(began) && after(self.stirred);
        let back = (handed_over.taken_back || after(self.in_touch)) && !hands_over;
        (!anew && !back).then(|| Blocked::until_records_change(BlockReason::HandedOver(handed_over)))
    }

    fn said(
        &self,
        statement: &ProposingStatement,
        verdict: FeedbackVerdict,
    ) -> impl Iterator<Item = (usize, &'l Feedback)> {
        self.lead.feedback.iter().enumerate().filter(move |(_, said)| {
            said.verdict == verdict && said.at <= self.now && statement.is_called(said.pack.as_deref(), &said.rule)
        })
    }

    /// For whom feedback counts; `None` when it names somebody who is not in the lead.
    fn rests_for(&self, said: &Feedback) -> Option<RestsFor> {
        match &said.person {
            None => Some(None),
            Some(id) => self.lead.people.iter().position(|person| person.is_called(id)).map(Some),
        }
    }
}

/// A snooze that is not over by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Snooze {
    /// The feedback, by index in the lead.
    pub(crate) number: usize,
    /// When it was said.
    pub(crate) at: Instant,
    /// Whether they asked something since, which ends it.
    pub(crate) asked: bool,
}
