//! What was stopped, in words: by which gate and which policy, why, and until when.

use crate::calendar::Windows;
use crate::decide::advice::{Block, Gate, RuleRef};
use crate::decide::choose::selector::BlockedCandidate;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::PolicyHit;
use crate::decide::context::sellers::{choose_seller, possible_sellers};
use crate::decide::explain::{AdviceWriter, phrases};
use crate::decide::gates::GateInput;
use crate::decide::gates::constraints::constraints;
use crate::decide::gates::policy::schedule_request;
use crate::decide::propose::Proposal;
use crate::pack::touch::Action;

/// What is said of a stop besides its rule, channel, person and end.
struct BlockText {
    gate: Gate,
    policy: &'static str,
    by: Option<RuleRef>,
    reason: String,
    hard: bool,
}

/// Why nothing may be done: the block that lifts first, else the first.
pub(crate) fn hold(blocks: &[Block]) -> String {
    let soonest = blocks.iter().filter(|block| block.lifts_at.is_some()).min_by_key(|block| block.lifts_at);
    soonest.or(blocks.first()).map_or_else(String::new, |block| block.reason.clone())
}

impl AdviceWriter<'_, '_> {
    /// A stop as a block in the advice.
    pub(crate) fn block(&self, stopped: &BlockedCandidate) -> Option<Block> {
        let proposal = self.evaluation.proposals.get(stopped.proposal)?;
        let channel = match proposal.first.shaped_touch.touch.action {
            Action::Contact(channel) => Some(channel),
            _ => None,
        };
        let input = stopped
            .person
            .zip(channel)
            .and_then(|(person, channel)| self.gate_input(proposal, stopped.variant, channel, person));
        let BlockText { gate, policy, by, reason, hard } = self.said(stopped.block, proposal, input.as_ref());
        Some(Block {
            gate,
            policy,
            rule: self.rule(proposal),
            channel,
            person: stopped
                .person
                .and_then(|at| self.evaluation.profile.person_record(at))
                .map(|person| person.id.clone()),
            by,
            reason,
            lifts_at: stopped.block.lifts_at,
            hard,
        })
    }

    fn said(&self, stop: Blocked, proposal: &Proposal, input: Option<&GateInput<'_, '_>>) -> BlockText {
        let who = input.map_or("", |input| self.called(input.person_index));
        let eligible = |policy, reason| BlockText { gate: Gate::Eligible, policy, by: None, reason, hard: true };
        let applicable = |policy, reason| BlockText { gate: Gate::Applicable, policy, by: None, reason, hard: false };
        let suitable = |policy, reason| BlockText { gate: Gate::Suitable, policy, by: None, reason, hard: false };
        let over = input.map(|input| input.channel);
        let channel = || over.map_or_else(String::new, |channel| channel.to_string());
        match stop.reason {
            BlockReason::Objection => {
                eligible("objection", format!("{who} objected to direct marketing: no contact on any channel"))
            }
            BlockReason::DoNotCall => eligible("do-not-call", format!("{who} asked not to be called")),
            BlockReason::DoNotEmail => eligible("do-not-email", format!("{who} asked not to be mailed")),
            BlockReason::Unsubscribed => {
                eligible("unsubscribed", format!("{who} asked to get nothing more over {}", channel()))
            }
            BlockReason::ConsentWithdrawn => {
                eligible("consent-withdrawn", format!("{who} took back the consent for {}", channel()))
            }
            BlockReason::Never(hit) => self.never(hit, over.map_or("", phrases::over)),
            BlockReason::Closed => {
                let stage = self.evaluation.profile.stage.map_or_else(String::new, |stage| stage.to_string());
                let reason = format!("The lead is {stage}, and the rule does not say that it is for such leads");
                applicable("lead-closed", reason)
            }
            BlockReason::ChannelUnknown => {
                let address = over.map_or("", phrases::address);
                applicable("channel-unknown", format!("No {address} of {who} is known"))
            }
            BlockReason::SkillMissing => {
                let skill = proposal.first.shaped_touch.touch.skill.as_deref().unwrap_or_default();
                applicable("skill-missing", format!("Nobody in the team is down for \"{skill}\""))
            }
            BlockReason::Withdrawn => {
                let reason = "They wait for an answer from us: that comes before any plan of ours".to_owned();
                applicable("withdrawn", reason)
            }
            BlockReason::Replied(reply) => {
                let ago = self.account.context.now - reply;
                applicable("replied", format!("They replied {ago} ago: a conversation goes before a series"))
            }
            BlockReason::PitchTooEarly => suitable(
                "pitch-too-early",
                format!("{who} is still looking around: advice first, an offer when the need is known"),
            ),
            BlockReason::Blocker => {
                suitable("blocker", format!("{who} works against us, and pushing makes that stronger"))
            }
            BlockReason::ZoneUnknown => BlockText {
                gate: Gate::Policy,
                policy: "zone-unknown",
                by: None,
                reason: format!("Neither time zone nor country of {who} is known: ask, before it is night there"),
                hard: true,
            },
            BlockReason::NoMoment => self.no_moment(stop, input),
        }
    }

    fn never(&self, hit: PolicyHit, over: &str) -> BlockText {
        let never = self.account.context.statements.nevers.get(hit.number);
        let (by, hard) = never.map_or((None, false), |never| (Some(never.by.clone()), never.hard));
        let because = never.and_then(|never| {
            self.account.context.packs.get(never.pack)?.nevers.get(never.index_in_pack)?.because.as_ref()
        });
        let reason = self
            .because(because, hit)
            .unwrap_or_else(|| format!("\"{}\" forbids {over}", by.as_ref().map_or("", |by| by.pack.as_str())));
        let gate = if hard { Gate::Eligible } else { Gate::Suitable };
        BlockText { gate, policy: "never", by, reason, hard }
    }

    fn no_moment(&self, stop: Blocked, input: Option<&GateInput<'_, '_>>) -> BlockText {
        let too_late = || BlockText {
            gate: Gate::Policy,
            policy: "too-late",
            by: None,
            reason: "The moment for it has passed".to_owned(),
            hard: false,
        };
        let Some((input, zone)) = input.and_then(|input| Some((input, input.person.place.location.clock()?))) else {
            return too_late();
        };
        let mut unheard = ReviewTracker::new(self.account.context.now);
        let request = schedule_request(input, zone, &mut unheard);
        let sellers = possible_sellers(self.account, input.profile, input.touch().skill.as_deref());
        let seller = sellers.and_then(|sellers| {
            choose_seller(self.account.context, &sellers, request.start, request.latest_start(), &mut unheard)
        });
        let mut left = Windows::all(request.start, request.latest_start());
        let near = constraints(input, seller, request.search_end());
        let culprit = near.iter().find(|one| {
            left = left.intersect(&one.open);
            left.is_empty()
        });
        let said = culprit.map_or_else(too_late, |one| BlockText {
            gate: Gate::Policy,
            policy: one.cause.policy(),
            by: self.by(one.cause).cloned(),
            reason: self.cause(input, one.cause),
            hard: self.is_hard(one.cause),
        });
        let until = match (stop.lifts_at, request.hard_end) {
            (Some(lifts), _) => format!("; possible from {}", phrases::moment(lifts, zone)),
            (None, Some(end)) => format!("; after {} it is no use", phrases::moment(end, zone)),
            (None, None) => String::new(),
        };
        BlockText { reason: format!("{}{until}", said.reason), ..said }
    }
}
