//! The answer: what is advised for one lead, why, why not the others, and until when.
//!
//! These types are the engine's public output, serialised as they stand (camelCase JSON; absent rather than null).
//! `src/types.d.ts` is their TypeScript twin. Nothing in an advice depends on anything but rulebook, book and `now`.

pub use crate::evaluate::fault::Fault;
pub use crate::evaluate::stage::StageNow;
pub use crate::pack::rule_ref::RuleRef;

use serde::{Serialize, Serializer};
use strum::IntoStaticStr;

use crate::book::Question;
use crate::book::vocabulary::{Channel, Role, SignalKind};
use crate::calendar::{DATA_VERSIONS, DataVersions, Duration, Instant, Zone};
use crate::diagnostics::Span;
use crate::pack::layers::LayerChange;
use crate::wording::Sentence;

/// The advice for one lead at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Advice {
    /// Id of the lead.
    pub lead: String,
    /// What people call the lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_name: Option<String>,
    /// The moment it was asked for.
    pub now: Instant,
    /// What is advised.
    pub verdict: Verdict,
    /// The touch (or the `find` or `hand_over`) advised; absent for `wait` and `hold`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub touch: Option<AdvisedTouch>,
    /// The rule or cadence that speaks; absent when none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleRef>,
    /// Why, as one sentence for the rep.
    pub reason: String,
    /// The priority and its factors; absent for `wait` and `hold`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The stage the lead is in, after the `enter` statements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageNow>,
    /// Advice that goes with it: roles to find, things to tell at a first contact, records to complete.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What else could be done, best first, each with what it lost by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runners_up: Vec<RunnerUp>,
    /// What was stopped, by which gate, until when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Rules that could not be evaluated for this lead: the rule and what went wrong. They never stop the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// The first moment at which this answer can change without a new signal; absent when only a signal can change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_at: Option<Instant>,
    /// `review_at` in the local time of `review_zone`: `2026-11-23T09:00:00+01:00`. Absent where no zone is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_at_local: Option<String>,
    /// The time zone of the person, as the window has it, else that of the lead; there with `review_at_local`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_zone: Option<String>,
    /// The releases of the time zones and holidays by which it was worked out.
    pub data_versions: DataVersions,
}

impl From<Question> for AnsweredQuestion {
    fn from(question: Question) -> Self {
        Self { kind: question.kind(), since: question.since, tried: question.tried }
    }
}

impl Advice {
    /// The advice to do nothing now, for this reason. All that is optional is absent.
    pub fn waiting(lead: String, lead_name: Option<String>, now: Instant, reason: String) -> Self {
        Self {
            lead,
            lead_name,
            now,
            verdict: Verdict::Wait,
            touch: None,
            rule: None,
            reason,
            priority: None,
            stage: None,
            notes: Vec::new(),
            runners_up: Vec::new(),
            blocks: Vec::new(),
            faults: Vec::new(),
            review_at: None,
            review_at_local: None,
            review_zone: None,
            data_versions: DATA_VERSIONS,
        }
    }

    /// Sets until when it stands, also in the local time of a zone where one is known.
    pub(crate) fn set_review(&mut self, at: Option<Instant>, zone: Option<Zone>) {
        let local = at.zip(zone).map(|(at, zone)| (zone.local(at).to_string(), zone.name().to_owned()));
        self.review_at = at;
        (self.review_at_local, self.review_zone) = local.unzip();
    }
}

/// What is advised, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// Make the touch.
    Touch,
    /// Find out who plays a role.
    Find,
    /// Hand the lead over to another team.
    HandOver,
    /// Nothing to do now; a rule says so, or none asks for more.
    Wait,
    /// Something should be done but may not be, now: see the blocks.
    Hold,
}

impl Verdict {
    /// Its spelling, as in the JSON.
    pub fn word(self) -> &'static str {
        self.into()
    }

    /// True for what belongs in a day's work: there is something to do now or at a known moment.
    pub const fn is_to_do(self) -> bool {
        matches!(self, Self::Touch | Self::Find | Self::HandOver)
    }
}

/// The contact that is advised.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdvisedTouch {
    /// Over which channel; absent for `find` and `hand_over`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// To whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonRef>,
    /// By whom: the owner, or whoever does it instead. Absent for what a system sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<RepRef>,
    /// True when a system sends it (`.automatic`, or content), so that nobody need be at work.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub automatic: bool,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<AdviceWindow>,
    /// When its reason began: since when the rule holds without a break. Absent where nothing is recorded from which that could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Instant>,
    /// When it is due, where something was promised: `since` and the time that the rule promises (`within`). It does not move with `now`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Instant>,
    /// True when it can only be made too late for what was promised.
    pub late: bool,
    /// How late it is when it is made at the start of the window, in milliseconds; absent when it is in time.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "in_millis")]
    pub late_by: Option<Duration>,
    /// Id of the content to bring; log it with the touch (`content`), so that it is not offered again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// Question to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// What the person asked and this answers; absent for a touch that answers nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnsweredQuestion>,
    /// The moment for which it was promised to the person, for a planned touch that was not made yet; no rule speaks then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<Instant>,
    /// True for a touch that only tells them that we have their question; log it with the touch, so that the question stays open.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub acknowledges: bool,
    /// For `find`: the role to find.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub find: Option<Role>,
    /// For `hand_over`: to which team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<String>,
    /// The pack of the rule that speaks: its id, else its name. Log it with the touch, so that the rule is not repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// The rule that speaks: its id, else its name; log it with the touch. Absent for a step of a cadence, and where no rule speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The cadence it is a step of; log it with the touch, so that the next step follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// Which step, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

impl AdvisedTouch {
    /// How late it is, as people say it, a minute or more being late; `None` when it is in time.
    pub fn lateness(&self) -> Option<Sentence> {
        let minute = Duration::from_millis(60_000);
        self.late_by.map(|late| {
            if late < minute { Sentence::new("due-now") } else { Sentence::new("late-by").with("late", late) }
        })
    }

    /// Whether somebody is owed it: it answers their question, or was promised to them.
    pub(crate) fn is_owed(&self) -> bool {
        self.answers.is_some() || self.promised.is_some()
    }
}

/// A question of theirs that a touch answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnsweredQuestion {
    /// The kind of signal by which it was asked: `form`, `reply`, `call` ...
    pub kind: SignalKind,
    /// When it was asked first.
    pub since: Instant,
    /// How often we tried in vain to reach them since.
    pub tried: u32,
}

/// A person, by id, with the words to show.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonRef {
    /// Id within the lead.
    pub id: String,
    /// What they are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The role for which they were chosen, else their first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Why this person and not another, as one sentence.
    pub why: String,
}

/// A rep, by id, with the words to show.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepRef {
    /// Id in the book.
    pub id: String,
    /// What they are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Why not the owner; absent for the owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of_owner: Option<String>,
}

/// When the touch is best made.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdviceWindow {
    /// The advised moment, and the first permitted one from it on.
    pub from: Instant,
    /// The last moment (not included) of the same permitted stretch, or the end the rule set.
    pub until: Instant,
    /// `from` in the person's own time: `2026-11-23T09:00:00+01:00`.
    pub local_from: String,
    /// `until` in the person's own time.
    pub local_until: String,
    /// The person's time zone; the first of the country's where only the country is known.
    pub zone: String,
    /// True when it begins too late for what was promised, as the touch says.
    pub late: bool,
    /// Why this moment, as one sentence.
    pub why: String,
}

/// `priority = P × C × V × L`, with where each factor came from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Priority {
    /// The product.
    pub total: f64,
    /// P: how likely this person answers on this channel.
    pub propensity: Factor,
    /// C: weight of the context.
    pub context: Factor,
    /// V: retention-weighted value.
    pub value: Factor,
    /// L: lever.
    pub lever: Factor,
}

/// One factor of the priority and its evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Factor {
    /// Its value.
    pub value: f64,
    /// Where it came from: "3 of 7 touches answered, smoothed", "said by the rule" ...
    pub because: String,
}

/// The code of a note that not all public holidays are known where and when the touch is advised.
pub const HOLIDAYS_UNKNOWN: &str = "holidays-unknown";

/// The code of a note that the owner of the lead is not among the reps.
pub const OWNER_UNKNOWN: &str = "owner-unknown";

/// The code of a note that the lead has no owner.
pub const NO_OWNER: &str = "no-owner";

/// The code of a note that the rep of an appointment does not work on that day, or is not among the reps.
pub const PLANNED_REP_AWAY: &str = "planned-rep-away";

/// The policy of a block, and the code of a note, because somebody is owed a touch and every rep who could make it in time is absent.
pub const TAKE_OVER: &str = "take-over";

/// Advice that goes with the advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Stable name of the kind of note: `missing-role`, `first-contact-notice`, `zone-unknown`, `content-gap` ...
    pub code: &'static str,
    /// One sentence.
    pub text: String,
}

/// A candidate that was permitted but not chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunnerUp {
    /// The rule that proposed it.
    pub rule: RuleRef,
    /// Over which channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Id of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Its priority.
    pub priority: Priority,
    /// How much lower its priority is than the winner's.
    pub behind: f64,
    /// What it lost by, as one sentence.
    pub lost_by: String,
}

/// The gates, in the order in which candidates pass them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// Law and consent: may this person be contacted on this channel at all?
    Eligible,
    /// Does it make sense now: channel known, lead open, nothing withdrawn by a reply, somebody with the skill?
    Applicable,
    /// Is it in the customer's interest: no pitch before the need is known, no pushing on a blocker?
    Suitable,
    /// Contact policy: limits, pauses, reachable hours.
    Policy,
}

/// A candidate that a gate stopped. A result, never an error.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// Which gate.
    pub gate: Gate,
    /// The policy that stopped it, as one stable word: `objection`, `never`, `limit`, `pause`, `reachable`, `channel-unknown` ...
    pub policy: &'static str,
    /// The rule that was stopped.
    pub rule: RuleRef,
    /// Over which channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Id of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The statement that stopped it, where it stands in a pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<RuleRef>,
    /// Why, as one sentence.
    pub reason: String,
    /// The earliest moment at which this block lifts; absent when only a change of the record can lift it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifts_at: Option<Instant>,
    /// True for law and consent: no pack, setting or rep can lift it.
    pub hard: bool,
}

/// The long answer for one lead: the advice, and every rule with how far it was from holding.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The advice itself.
    pub advice: Advice,
    /// Rules that hold.
    pub held: Vec<RuleRef>,
    /// Rules that nearly hold, nearest first.
    pub nearly: Vec<NearMiss>,
    /// Rules, series and policies that would hold, had another pack not switched them off for this lead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub switched_off: Vec<SwitchedOffHere>,
}

/// A statement that would hold for a lead, had another pack not switched it off.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchedOffHere {
    /// Which statement, by whom, and why.
    #[serde(flatten)]
    pub change: LayerChange,
    /// In words: "would hold here, but Team switched it off: they write rather than talk".
    pub summary: String,
}

/// A rule that nearly holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NearMiss {
    /// The rule.
    pub rule: RuleRef,
    /// For which person it was asked, where it reads `person`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// How many of its conditions hold.
    pub held: u32,
    /// How many it has.
    pub of: u32,
    /// In words: "2 of 3: needs 2 price-page visits, has 1".
    pub summary: String,
    /// Each condition with what was seen.
    pub conditions: Vec<Condition>,
}

/// One condition of a rule, as it was for this lead.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// As its author wrote it.
    pub text: String,
    /// True when it holds.
    pub holds: bool,
    /// What was seen, in words: "has 1", "is not known".
    pub saw: String,
    /// Where it stands.
    pub span: Span,
}

/// Writes a length of time as its milliseconds.
fn in_millis<S: Serializer>(length: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    length.map(Duration::millis).serialize(serializer)
}
