//! What was stopped: by which gate and which policy, why, and until when.

use crate::calendar::in_words::moment;
use crate::calendar::{Instant, Windows};
use crate::decide::advice::{Block, Gate, RuleRef, TAKE_OVER};
use crate::decide::choose::selector::BlockedCandidate;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{PolicyHit, UnsurePolicy};
use crate::decide::context::sellers::possible_sellers;
use crate::decide::explain::zones::no_moment_in_all_zones;
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::gates::GateInput;
use crate::decide::gates::constraints::{ConstraintCause, constraints};
use crate::decide::gates::policy::{first_possible, schedule_request};
use crate::decide::propose::Proposal;
use crate::pack::statements::UnreadPart;
use crate::wording::{Arg, Sentence};

/// The policy of a block because it is not known in which time zone somebody is.
pub(crate) const ZONE_UNKNOWN: &str = "zone-unknown";
/// The policy of a block because no rep works at any moment that is left.
pub(crate) const REP_AWAY: &str = "rep-away";
/// The policy of a block by something that could not be read.
const UNREAD: &str = "unread";

/// A stop without its rule, channel, person and end.
struct BlockText {
    gate: Gate,
    policy: &'static str,
    by: Option<RuleRef>,
    reason: String,
    hard: bool,
}

/// Which of some blocks tells why nothing may be done: the one that lifts first, else the first; `None` without blocks.
pub(crate) fn hold<'a>(blocks: impl Iterator<Item = &'a Block> + Clone) -> Option<&'a Block> {
    let soonest = blocks.clone().filter(|block| block.lifts_at.is_some()).min_by_key(|block| block.lifts_at);
    soonest.or_else(|| blocks.clone().next())
}

impl AdviceWriter<'_, '_> {
    /// A stop as a block in the advice.
    pub(crate) fn block(&self, stopped: &BlockedCandidate) -> Option<Block> {
        let proposal = self.evaluation.proposals.get(stopped.proposal)?;
        let channel = stopped.channel;
        let input = stopped
            .person
            .zip(channel)
            .and_then(|(person, channel)| self.gate_input(proposal, stopped.variant, channel, person));
        let BlockText { gate, policy, by, reason, hard } = self.block_text(stopped.block, proposal, input.as_ref());
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
            lifts_at: stopped.block.lifts_at.or_else(|| self.end_of_wait(stopped.block)),
            hard,
        })
    }

    /// Why a touch of a proposal can never be made, as a sentence.
    pub(super) fn why_impossible(&self, reason: BlockReason, proposal: &Proposal, input: &GateInput<'_, '_>) -> String {
        self.block_text(Blocked::until_records_change(reason), proposal, Some(input)).reason
    }

    fn block_text(&self, stop: Blocked, proposal: &Proposal, input: Option<&GateInput<'_, '_>>) -> BlockText {
        let who = input.map_or("", |input| self.called(input.person_index));
        let over = input.map(|input| input.channel);
        let channel = || over.map_or(Arg::from(""), vocabulary::channel);
        let block = |gate, hard, policy, reason: Sentence| BlockText {
            gate,
            policy,
            by: None,
            reason: self.text(&reason),
            hard,
        };
        let eligible = |policy, reason| block(Gate::Eligible, true, policy, reason);
        let applicable = |policy, reason| block(Gate::Applicable, false, policy, reason);
        let suitable = |policy, reason| block(Gate::Suitable, false, policy, reason);
        let of_person = |key| Sentence::new(key).with("who", who);
        match stop.reason {
            BlockReason::Objection => eligible("objection", of_person("block-objection")),
            BlockReason::DoNotCall => eligible("do-not-call", of_person("block-do-not-call")),
            BlockReason::DoNotEmail => eligible("do-not-email", of_person("block-do-not-email")),
            BlockReason::Unsubscribed => {
                eligible("unsubscribed", of_person("block-unsubscribed").with("channel", channel()))
            }
            BlockReason::ConsentWithdrawn => {
                eligible("consent-withdrawn", of_person("block-consent-withdrawn").with("channel", channel()))
            }
            BlockReason::Never(hit) => self.never(hit, over.map_or(Arg::from(""), vocabulary::contacts)),
            BlockReason::Unread(number) => self.unread(number),
            BlockReason::Unsure(policy) => self.unsure(policy),
            BlockReason::Gone => {
                let day = input.map_or(Arg::from(""), |input| self.day_left(input.person_index));
                applicable("left", of_person("block-left").with("day", day))
            }
            BlockReason::Closed => {
                let stage = self.evaluation.profile.stage.map_or(Arg::from(""), vocabulary::stage);
                applicable("lead-closed", Sentence::new("block-closed").with("stage", stage))
            }
            BlockReason::ChannelUnknown => {
                let address = over.map_or(Arg::from(""), vocabulary::address);
                applicable("channel-unknown", of_person("block-channel-unknown").with("address", address))
            }
            BlockReason::ChannelFails => {
                let address = over.map_or(Arg::from(""), vocabulary::address);
                applicable("channel-fails", of_person("block-channel-fails").with("address", address))
            }
            BlockReason::SkillMissing => {
                let skill = proposal.first.shaped_touch.touch.skill.as_deref().unwrap_or_default();
                applicable("skill-missing", Sentence::new("block-skill-missing").with("skill", skill))
            }
            BlockReason::Withdrawn => applicable("withdrawn", Sentence::new("block-withdrawn")),
            BlockReason::Conversation(conversation) => {
                let policy = if conversation.signal.is_reply() { "replied" } else { "conversation" };
                let told = self.conversation(&conversation);
                applicable(policy, Sentence::new("block-conversation").with("conversation", told))
            }
            BlockReason::PitchTooEarly => suitable("pitch-too-early", of_person("block-pitch-too-early")),
            BlockReason::Blocker => suitable("blocker", of_person("block-blocker")),
            BlockReason::Wait { proposal, variant } => self.wait(proposal, variant),
            BlockReason::AlreadyDone(at) => suitable("already-done", self.already_done(stop, at, proposal, input)),
            BlockReason::ContentHad => suitable("content-had", self.content_had(stop, input)),
            BlockReason::Declined(number) => {
                let asked = proposal.question.and(proposal.first.person);
                applicable("declined", self.declined(number, asked))
            }
            BlockReason::Snoozed(number) => applicable("snoozed", self.snoozed(number, stop.lifts_at)),
            BlockReason::HandedOver(handed_over) => applicable("handed-over", self.handed_over(handed_over)),
            BlockReason::ZoneUnknown => block(Gate::Policy, true, ZONE_UNKNOWN, of_person("block-zone-unknown")),
            BlockReason::TakeOver => block(Gate::Policy, false, TAKE_OVER, self.take_over(stop, input)),
            BlockReason::NoMoment => self.no_moment(stop, input),
        }
    }

    fn never(&self, hit: PolicyHit, contacts: Arg) -> BlockText {
        let never = self.group.context.statements.nevers.get(hit.number);
        let (by, hard) = never.map_or((None, false), |never| (Some(never.by.clone()), never.hard));
        let because = never.and_then(|never| {
            let pack = self.group.context.packs.get(never.pack)?;
            self.policy_reason(pack, pack.nevers.get(never.index_in_pack)?.because.as_ref(), hit)
        });
        let reason = because.unwrap_or_else(|| {
            let pack = by.as_ref().map_or("", |by| by.pack.as_str());
            self.text(&Sentence::new("block-never").with("pack", pack).with("over", contacts))
        });
        let gate = if hard { Gate::Eligible } else { Gate::Suitable };
        BlockText { gate, policy: "never", by, reason, hard }
    }

    /// A rule that says to wait.
    fn wait(&self, proposal: usize, variant: usize) -> BlockText {
        let proposal = self.evaluation.proposals.get(proposal);
        BlockText {
            gate: Gate::Policy,
            policy: "wait",
            by: proposal.map(|proposal| self.rule(proposal)),
            reason: proposal.map(|proposal| self.reason_of_variant(proposal, variant)).unwrap_or_default(),
            hard: false,
        }
    }

    /// When a rule that says to wait, and does not say how long, holds no longer.
    fn end_of_wait(&self, stop: Blocked) -> Option<Instant> {
        let BlockReason::Wait { proposal, variant } = stop.reason else { return None };
        self.holds_until(self.evaluation.proposals.get(proposal)?, variant)
    }

    /// What could not be read of a hard pack: its file and line, and what follows from it.
    fn unread(&self, number: usize) -> BlockText {
        let unread = self.group.context.statements.unread.get(number);
        let key = match unread.map(|unread| &unread.what) {
            Some(UnreadPart::Statement(_)) | None => "block-unread",
            Some(UnreadPart::Rest) => "block-unread-rest",
            Some(UnreadPart::File) => "block-unread-file",
        };
        self.unknown_law(UNREAD, key, unread.map(|unread| &unread.by))
    }

    /// A statement of a hard pack that could not be evaluated for this lead.
    fn unsure(&self, policy: UnsurePolicy) -> BlockText {
        let by = self.group.context.statements.policy(policy.kind, policy.hit.number).map(|policy| policy.by);
        self.unknown_law(policy.kind.word(), "block-unsure", by)
    }

    fn unknown_law(&self, policy: &'static str, key: &'static str, by: Option<&RuleRef>) -> BlockText {
        let (file, line) = by.map_or(("", 1), |by| (by.file.as_str(), by.span.line));
        let reason = Sentence::new(key).with("file", file).with("line", line);
        let name = by.map_or("", |by| by.name.as_str());
        let reason = self.text(&reason.with("statement", name));
        BlockText { gate: Gate::Eligible, policy, by: by.cloned(), reason, hard: true }
    }

    fn no_moment(&self, stop: Blocked, input: Option<&GateInput<'_, '_>>) -> BlockText {
        let too_late = || BlockText {
            gate: Gate::Policy,
            policy: "too-late",
            by: None,
            reason: self.text(&Sentence::new("block-too-late")),
            hard: false,
        };
        let Some((input, zone)) = input.and_then(|input| Some((input, input.person.place.location.clock()?))) else {
            return too_late();
        };
        let mut unused = ReviewTracker::new(self.group.context.now);
        let request = schedule_request(input, zone, &mut unused);
        let skill = input.touch().skill.as_deref();
        let sellers = possible_sellers(self.group, input.profile, Some(input.person_index), skill);
        let sellers = sellers.as_deref().unwrap_or_default();
        let able = first_possible(input, &request, sellers).and_then(|(_, seller)| seller);
        let seller = able.or(sellers.first().copied());
        let mut left = Windows::all(request.start, request.latest_start());
        let near = constraints(input, seller, request.search_end());
        let culprit = near.iter().find(|one| {
            left = left.intersect(&one.open);
            left.is_empty()
        });
        let in_no_zone = no_moment_in_all_zones(input, seller, &request);
        let block = culprit.map_or_else(too_late, |one| BlockText {
            gate: Gate::Policy,
            policy: if in_no_zone.is_some() { ZONE_UNKNOWN } else { one.cause.policy() },
            by: self.by(one.cause).cloned(),
            reason: match in_no_zone {
                Some(country) => self.text(
                    &Sentence::new("block-zone-missing")
                        .with("who", self.called(input.person_index))
                        .with("country", self.country(country))
                        .with("cause", self.cause(input, one.cause)),
                ),
                None => self.cause_by_itself(input, one.cause),
            },
            hard: self.is_hard(one.cause),
        });
        let until = |key, at| {
            let until = Sentence::new(key).with("reason", block.reason.as_str()).with("moment", moment(at, zone));
            self.text(&until)
        };
        let reason = match (stop.lifts_at, request.hard_end) {
            (Some(lifts), _) => match able.filter(|_| block.policy == REP_AWAY) {
                Some(able) => {
                    let by = Sentence::new("block-possible-by").with("rep", self.rep_called(able));
                    self.text(&by.with("reason", block.reason.as_str()).with("moment", moment(lifts, zone)))
                }
                None => until("block-possible-from", lifts),
            },
            (None, Some(end)) => until("block-no-use-after", end),
            (None, None) => block.reason.clone(),
        };
        BlockText { reason, ..block }
    }

    /// A restriction as a sentence by itself. A name in front keeps its first letter.
    fn cause_by_itself(&self, input: &GateInput<'_, '_>, cause: ConstraintCause) -> String {
        let sentence = self.cause(input, cause);
        match cause {
            ConstraintCause::OwnHours | ConstraintCause::Seller(_) => self.text(&sentence),
            ConstraintCause::Hours(_)
            | ConstraintCause::RuleHours
            | ConstraintCause::Limit(_)
            | ConstraintCause::Pause(..)
            | ConstraintCause::Away(_)
            | ConstraintCause::Promised(_)
            | ConstraintCause::ElsewhereThatDay(_)
            | ConstraintCause::ConsentEnds(_)
            | ConstraintCause::LawStarts(_) => self.capitalised(&sentence),
        }
    }
}
