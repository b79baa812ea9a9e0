//! Which touches of ours carried a rule out.
//!
//! A touch that names the rule did, over whatever channel. So did one that names no rule and no cadence, or a rule that is in no pack (any more),
//! when it went over the channel of the rule: what is written down by hand or comes from another system seldom says why it was done. A touch that
//! reached nobody carried out nothing.

use crate::book::Signal;
use crate::book::catalogue::Subject;
use crate::book::questions::RETURNS_WITHIN;
use crate::book::signal_view::ContactResult;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Duration;
use crate::decide::context::group_events::{GroupEvent, GroupEvents, HumanId};
use crate::decide::context::rule_outcomes::{Reason, RuleProposal};
use crate::decide::context::statements::{ProposingStatement, ShapedTouch, StatementIndex};
use crate::evaluate::facts::FactContext;
use crate::pack::touch::{Action, Touch};

/// How long a rule that was carried out for a person rests for them where its touch does not say (`.again`).
const RESTS: Duration = Duration::from_millis(14 * 86_400_000);

/// How a touch tells that it carried a rule out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CarriedOut {
    /// It names the rule.
    ByName,
    /// It names none, and went over the channel of the rule.
    Unnamed,
}

/// How long after it was done for somebody this touch may be done for them again.
pub(crate) fn rests(touch: &Touch) -> Duration {
    touch.again.unwrap_or(RESTS)
}

/// For how long these touches are remembered at most; `None` when none of them is a contact of a rule's own.
pub(crate) fn longest_rest(touches: &[ShapedTouch]) -> Option<Duration> {
    let contacts = touches.iter().filter(|one| matches!(one.touch.action, Action::Contact(_)));
    contacts.map(|one| rests(&one.touch)).max()
}

impl CarriedOut {
    /// Whether a signal may have carried out a rule whose touches go over these channels, and how it tells.
    pub(crate) fn by(
        signal: &Signal,
        rule: &ProposingStatement,
        statements: &StatementIndex,
        is_over: impl Fn(Channel) -> bool,
    ) -> Option<Self> {
        let channel = signal.channel.filter(|_| signal.is_touch())?;
        if matches!(signal.view().contact_result(), Some(ContactResult::InVain(_))) {
            return None;
        }
        let (pack, name) = (signal.pack.as_deref(), signal.rule.as_deref());
        match name {
            Some(name) if rule.is_called(pack, name) => Some(Self::ByName),
            Some(name) if statements.knows(pack, name) => None,
            _ => (signal.cadence.is_none() && !signal.acknowledges && is_over(channel)).then_some(Self::Unnamed),
        }
    }

    /// Whether a touch made at this event was for this reason of the rule.
    pub(crate) fn is_for(self, reason: Reason, event: &GroupEvent) -> bool {
        match self {
            Self::ByName => reason.since.is_none_or(|since| since <= event.at),
            Self::Unnamed => reason.since.is_some_and(|since| since < event.at),
        }
    }
}

/// The touches of ours, lately, to people of a lead.
pub(crate) struct RecentTouches<'f> {
    facts: &'f FactContext,
    /// Whether there are any: touches of the lead, or to people who stand in other leads as well.
    any: bool,
}

impl<'f> RecentTouches<'f> {
    /// Those of the lead of these facts, as far back as one of the proposals is remembered.
    pub(crate) fn of(facts: &'f FactContext, proposals: &[RuleProposal]) -> Self {
        let recent = Self { facts, any: false };
        let longest = proposals.iter().filter_map(|proposal| longest_rest(&proposal.touches)).max();
        Self { any: longest.is_some_and(|longest| recent.has(longest, |_| true)), ..recent }
    }

    /// Whether one of them may have carried out the rule of a proposal, for whomever. A rule that answers what somebody asked is left out: each
    /// question is a reason of its own.
    pub(crate) fn may_have_carried_out(&self, proposal: &RuleProposal, statements: &StatementIndex) -> bool {
        let rule = proposal.rule.filter(|_| self.any).and_then(|rule| statements.rules.get(rule));
        let Some((rule, rest)) = rule.filter(|rule| !rule.reads_waiting).zip(longest_rest(&proposal.touches)) else {
            return false;
        };
        let is_over = |channel: Channel| proposal.touches.iter().any(|one| one.touch.channel() == Some(channel));
        self.has(rest, |signal| CarriedOut::by(signal, rule, statements, is_over).is_some())
    }

    /// Whether a touch within this time is one that is looked for.
    fn has(&self, within: Duration, is_one: impl Fn(&Signal) -> bool) -> bool {
        let now = self.facts.now();
        let lately = |signal: &&Signal| now - signal.at < within;
        let is_one = |signal: &Signal| signal.is_touch() && is_one(signal);
        let Some(lead) = self.facts.lead() else { return false };
        if lead.past_signals(now).iter().rev().take_while(lately).any(is_one) {
            return true;
        }
        // People may stand in other leads as well.
        self.facts.book().leads().len() > 1
            && (0..lead.people.len()).any(|person| {
                let facts = self.facts.for_person(Some(person));
                facts.log(Subject::Person).all().rev().take_while(lately).any(is_one)
            })
    }
}

/// Whether a touch reached the person: it was not in vain, and what was written did not come back.
pub(crate) fn reached(events: &GroupEvents<'_>, human: HumanId, touch: &GroupEvent) -> bool {
    let channel = match touch.signal.contact_result() {
        Some(ContactResult::InVain(_)) => return false,
        Some(ContactResult::Written(channel)) => channel,
        Some(ContactResult::Spoken) | None => return true,
    };
    let is_it = |event: &GroupEvent| (event.lead, event.nth) == (touch.lead, touch.nth);
    let after = events.events_of(human).skip_while(|event| !is_it(event)).skip(1);
    let mut after = after.take_while(|event| event.at - touch.at < RETURNS_WITHIN);
    // What comes back is the last thing that was written before it.
    let next = after.find_map(|event| match event.signal.kind {
        SignalKind::Bounce => (event.signal.channel.unwrap_or(Channel::Email) == channel).then_some(false),
        _ => (event.signal.contact_result() == Some(ContactResult::Written(channel))).then_some(true),
    });
    next.unwrap_or(true)
}
