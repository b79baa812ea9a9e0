//! The decisions for the leads of one contact group.
//!
//! In: the records of the contact group and the rule outcomes of its leads. Out: a [`Decision`] per lead and one review moment for all of them.
//!
//! The leads of a contact group are decided together. Each is first decided by itself; then, the most urgent first, each is decided again with
//! the touches already advised for the others counted, so that advices given at the same time never exceed a cap together, and no two of them send
//! somebody to the same human on one day.
//!
//! A decision consists of numbers. The text of an advice ([`crate::decide::explain`]) is made in a callback at the moment of each decision,
//! because a touch advised for one lead changes the constraints on the next.

use std::collections::BTreeMap;

use crate::book::Lead;
use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant, Location};
use crate::decide::advice::Verdict;
use crate::decide::choose::one_answer::{AnswerInLead, AnswersOfGroup, answers_in, is_left_to_others};
use crate::decide::choose::person::{self, PersonRank};
use crate::decide::choose::rank::{Demotion, rank, urgency_of};
use crate::decide::choose::selector::{BlockedCandidate, Candidate, CandidateSelector, Selection};
use crate::decide::choose::standing_wait::{StandingWait, is_over, keep_waits_that_stop, standing_waits};
use crate::decide::choose::urgency::Urgency;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::content_memory::CONTENT_RESTS;
use crate::decide::context::counted_contact::{CountedContact, Repeats};
use crate::decide::context::decision_context::{DecisionContext, GroupContext};
use crate::decide::context::group_events::GroupEvents;
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::RuleOutcomes;
use crate::decide::context::sellers::TimeCounting;
use crate::decide::context::statements::ShapedTouch;
use crate::decide::gates::{self, GateInput};
use crate::decide::propose::cadence::{self, CadenceStep, LeadSeries, SeriesPlace};
use crate::decide::propose::planned::planned_proposals;
use crate::decide::propose::rests::{EndedSnooze, mark_rests};
use crate::decide::propose::{Proposal, ProposedBy, collect_proposals};
use crate::order;
use crate::pack::touch::Action;

/// How long after it an advice tells that somebody left.
pub(crate) const DEPARTURE_TOLD: Duration = Duration::from_millis(30 * 86_400_000);

/// The decision for one lead, as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// The kind of advice.
    pub verdict: Verdict,
    /// The statement that proposed it: the number of a rule, or the number of a cadence plus the number of rules. `None` for a planned touch.
    pub rule: Option<u32>,
    /// The channel of the touch.
    pub channel: Option<Channel>,
    /// The person, by index in the lead.
    pub person: Option<u32>,
    /// The rep who does it, by index in the book; `None` for `wait` and `hold`, for what a system sends, and where nobody is known.
    pub rep: Option<u32>,
    /// The start of the window.
    pub from: Option<Instant>,
    /// The end of the window, not included.
    pub until: Option<Instant>,
    /// Whether somebody is owed it: it answers their question, or was promised to them. On `hold`: whether somebody has to take over what is owed.
    pub owed: bool,
    /// When the reason of what was promised began; `None` where nothing was.
    pub since: Option<Instant>,
    /// When what was promised is due. It does not move with now.
    pub due: Option<Instant>,
    /// Whether it can only be made too late for what was promised.
    pub late: bool,
    /// The priority; `None` for `wait` and `hold`.
    pub priority: Option<f64>,
    /// The first moment at which any of this can change without a new signal; `None` when only a signal can change it.
    pub review_at: Option<Instant>,
}

impl Decision {
    /// Nothing to do, and no moment at which that changes.
    pub const NONE: Self = Self {
        verdict: Verdict::Wait,
        rule: None,
        channel: None,
        person: None,
        rep: None,
        from: None,
        until: None,
        owed: false,
        since: None,
        due: None,
        late: false,
        priority: None,
        review_at: None,
    };

    /// Whether it is on hold because somebody has to take over what is owed: every rep who could do it in time is absent.
    pub const fn is_to_be_taken_over(&self) -> bool {
        matches!(self.verdict, Verdict::Hold) && self.owed
    }

    /// How late it will be when it is made as advised; `None` when it is in time. `now` is the moment for which it was decided.
    pub fn late_by(&self, now: Instant) -> Option<Duration> {
        self.due.filter(|_| self.late).map(|due| self.from.unwrap_or(now) - due)
    }
}

/// A lead with its proposals, before touches advised for other leads of the contact group are counted.
pub(crate) struct LeadEvaluation<'a, 'r> {
    /// The lead.
    pub(crate) profile: LeadProfile<'a>,
    /// The outcomes of the rules.
    pub(crate) outcomes: &'r RuleOutcomes,
    /// The people by index, the best to contact first, with the reason.
    pub(crate) people_order: Vec<(usize, PersonRank)>,
    /// How working time is counted for the lead.
    pub(crate) time_counting: TimeCounting,
    /// The proposals, in the order of the rulebook.
    pub(crate) proposals: Vec<Proposal>,
    /// The rules that say to wait.
    pub(crate) waits: Vec<StandingWait>,
    /// What blocks the steps of all cadences; `None` when nothing does.
    pub(crate) cadence_block: Option<Blocked>,
    /// Where everybody is in the cadences that run or were started.
    pub(crate) series: Vec<SeriesPlace>,
    /// The snoozes that ended before their time.
    pub(crate) ended_snoozes: Vec<EndedSnooze>,
}

/// The proposals of a lead after the gates.
pub(crate) struct RankedCandidates {
    /// The candidates that passed, the best first; one that comes after others regardless of its priority has the reason.
    pub(crate) ranked: Vec<(Option<Demotion>, Candidate)>,
    /// The blocked candidates, in the order of the proposals.
    pub(crate) blocked: Vec<BlockedCandidate>,
    /// The answers that are given in other leads.
    pub(crate) answered_elsewhere: Vec<AnswerInLead>,
}

impl RankedCandidates {
    /// Whether there is nothing to do, when no candidate passed: nothing was blocked, or only what has been done for whomever it could be done, and
    /// plans that wait for an answer which is given in another lead.
    pub(crate) fn is_nothing_to_do(&self) -> bool {
        let elsewhere = !self.answered_elsewhere.is_empty();
        let waits = |one: &BlockedCandidate| elsewhere && matches!(one.block.reason, BlockReason::Withdrawn);
        let done = |proposal: usize| self.done().any(|done| done.proposal == proposal);
        self.blocked.iter().all(|blocked| waits(blocked) || done(blocked.proposal))
    }

    /// Whether somebody is owed a touch that waits for reps who are absent.
    pub(crate) fn is_to_be_taken_over(&self) -> bool {
        self.blocked.iter().any(|blocked| matches!(blocked.block.reason, BlockReason::TakeOver))
    }

    /// What was blocked because it has been done.
    pub(crate) fn done(&self) -> impl Iterator<Item = &BlockedCandidate> {
        self.blocked.iter().filter(|blocked| blocked.block.reason.is_done())
    }
}

/// Decides the leads of a contact group. `leads` are their indexes in the records, `all_outcomes` their rule outcomes in the same order. `each` is
/// called with every decision when it is made; its `review_at` is still `None`. Returns the review moment, which is the same for all of them.
pub(crate) fn decide_group<'a>(
    group: &GroupContext<'a>,
    leads: &[usize],
    all_outcomes: &[RuleOutcomes],
    mut each: impl FnMut(&GroupEvents<'_>, &LeadEvaluation<'a, '_>, &RankedCandidates, Decision),
) -> Option<Instant> {
    let mut group_events = GroupEvents::new(group.records, leads, group.context.now);
    let mut review = ReviewTracker::new(group.context.now);
    let all: Vec<&Lead> = leads.iter().filter_map(|lead| group.records.leads().get(*lead)).collect();
    let evaluations: Vec<LeadEvaluation<'a, '_>> = leads
        .iter()
        .zip(all_outcomes)
        .filter_map(|(lead, outcomes)| evaluate_lead(group, (&group_events, &all), *lead, outcomes, &mut review))
        .collect();
    if let [evaluation] = evaluations.as_slice() {
        let candidates = select_candidates(group, &group_events, evaluation, &AnswersOfGroup::default(), &mut review);
        each(&group_events, evaluation, &candidates, make_decision(group.context, evaluation, &candidates));
        return review.earliest();
    }
    let mut answers = AnswersOfGroup::default();
    let mut answers_of_lead = Vec::new();
    let alone: Vec<Option<Urgency>> = evaluations
        .iter()
        .map(|evaluation| {
            let candidates = select_candidates(group, &group_events, evaluation, &answers, &mut review);
            answers_of_lead.extend(answers_in(evaluation, &candidates, &group_events));
            urgency_of_lead(group.context, evaluation, &candidates)
        })
        .collect();
    answers.assign(answers_of_lead);
    let by_urgency = alone.into_iter().zip(&evaluations).map(|(urgency, evaluation)| {
        if answers.given_elsewhere(&evaluation.profile).is_empty() {
            return (urgency, evaluation);
        }
        // It is as urgent as what it has to do without the answer that another lead gives.
        let candidates = select_candidates(group, &group_events, evaluation, &answers, &mut review);
        (urgency_of_lead(group.context, evaluation, &candidates), evaluation)
    });
    let mut by_urgency: Vec<(Option<Urgency>, &LeadEvaluation<'a, '_>)> = by_urgency.collect();
    // The most urgent first and those with nothing to do last; equal ones in the order of the records.
    order::sort_by(&mut by_urgency, |(one, first), (other, second)| {
        let by_urgency = match (one, other) {
            (Some(one), Some(other)) => one.compare(other),
            _ => one.is_none().cmp(&other.is_none()),
        };
        by_urgency.then(first.profile.index.cmp(&second.profile.index))
    });
    for (_, evaluation) in by_urgency {
        let candidates = select_candidates(group, &group_events, evaluation, &answers, &mut review);
        let decision = make_decision(group.context, evaluation, &candidates);
        each(&group_events, evaluation, &candidates, decision);
        if let Some(contact) = advised_contact(evaluation, decision) {
            group_events.advise(contact);
        }
    }
    review.earliest()
}

/// How urgent the best is that a lead has to do; `None` when there is nothing to do.
fn urgency_of_lead(
    context: &DecisionContext<'_>,
    evaluation: &LeadEvaluation<'_, '_>,
    candidates: &RankedCandidates,
) -> Option<Urgency> {
    let is_to_do = make_decision(context, evaluation, candidates).verdict.is_to_do();
    candidates.ranked.first().filter(|_| is_to_do).map(|(_, best)| urgency_of(best))
}

/// The contact that an advised touch makes; `None` for a decision without a touch.
fn advised_contact(evaluation: &LeadEvaluation<'_, '_>, decision: Decision) -> Option<CountedContact> {
    let person = decision.person.and_then(|person| evaluation.profile.people.get(usize::try_from(person).ok()?));
    Some(CountedContact {
        at: decision.from?,
        channel: decision.channel?,
        lead: evaluation.profile.index,
        human: person.map(|person| person.human),
        made: false,
        rep: decision.rep,
        repeats: Repeats::default(),
    })
}

/// Evaluates the lead with this index; `leads` are all leads of the account. `None` when the records have no such lead.
fn evaluate_lead<'a, 'r>(
    group: &GroupContext<'a>,
    (group_events, leads): (&GroupEvents<'_>, &[&Lead]),
    index: usize,
    outcomes: &'r RuleOutcomes,
    review: &mut ReviewTracker,
) -> Option<LeadEvaluation<'a, 'r>> {
    let lead = group.records.leads().get(index)?;
    let profile = LeadProfile::new(group, group_events, (index, lead, leads), outcomes.stage);
    // A signal dated after now changes the decision when its time comes.
    review.add_all(lead.next_signal(group.context.now));
    Some(LeadEvaluation::new(group, group_events, profile, outcomes, review))
}

impl<'a, 'r> LeadEvaluation<'a, 'r> {
    /// Prepares a lead for the gates: the order of its people, its proposals, and where its cadences are.
    pub(crate) fn new(
        group: &GroupContext<'a>,
        group_events: &GroupEvents<'_>,
        profile: LeadProfile<'a>,
        outcomes: &'r RuleOutcomes,
        review: &mut ReviewTracker,
    ) -> Self {
        review.add_all(outcomes.changes_at);
        review.add_all(profile.people.iter().filter_map(|person| person.permissions_change_at));
        review.add_all(profile.open_questions().map(|question| question.ends_at()));
        review.add_all(profile.departures.moments().flat_map(|left| [left, left + DEPARTURE_TOLD]));
        let people_order = person::order_people(&profile, group_events, review);
        let location = profile.people.first().map_or(Location::UNKNOWN, |person| person.place.location);
        let time_counting = TimeCounting::new(profile.owner, location);
        let add_lapse = |at, lapse| time_counting.add_lapse(group.context, at, lapse);
        let statements = &group.context.statements;
        let impossible = |cadence: usize, shaped_touch: &ShapedTouch, person_index: usize| {
            let (proposer, person) = (statements.cadences.get(cadence)?, profile.people.get(person_index)?);
            let input = GateInput {
                group,
                group_events,
                profile: &profile,
                outcomes,
                time_counting: &time_counting,
                shaped_touch,
                channel: shaped_touch.touch.channel()?,
                person_index,
                person,
                means_person: false,
                reads_stage: proposer.reads_stage,
                starts_at: None,
                promise: None,
                question: None,
                is_answer: false,
                owed: false,
                carried_out: None,
                planned: None,
            };
            gates::impossible(&input)
        };
        if !outcomes.cadences.is_empty() {
            // Steps that were passed over, because somebody has what they offer, are possible then.
            review.add_all(group_events.content_known_since().map(|at| at + CONTENT_RESTS));
        }
        let records = group.records;
        let in_series =
            LeadSeries { profile: &profile, records, group_events, statements, outcomes, add_lapse, impossible };
        let (steps, series) = in_series.next_steps(review);
        let cadence_block = cadence::block_of_steps(&profile, (records, group_events), outcomes, review);
        let mut proposals = planned_proposals(&profile, group_events, review);
        proposals.extend(collect_proposals(&group.context.statements, &profile, outcomes, steps, add_lapse));
        if profile.is_spam() {
            proposals.clear();
        }
        let ended_snoozes = mark_rests(statements, &profile, group_events, &mut proposals, review);
        let waits = standing_waits(&proposals, profile.now, review);
        Self { profile, outcomes, people_order, time_counting, proposals, waits, cadence_block, series, ended_snoozes }
    }

    /// What blocks a step of a cadence; `None` when nothing does. A series that a conversation stopped does not go on after it.
    fn block_of(&self, step: CadenceStep) -> Option<Blocked> {
        let block = self.cadence_block?;
        let waits = matches!(block.reason, BlockReason::Withdrawn);
        Some(match step.stopped {
            Some(again_from) if !waits => Blocked { lifts_at: again_from, ..block },
            _ => block,
        })
    }

    /// Keeps for each series the step of one person: of those for whom the rule asks, who can be contacted in time and whose step is due, the first
    /// in the order of the people; where none is due, the one whose step comes first.
    fn keep_one_of_each_series(&self, candidates: &mut Vec<Candidate>) {
        let cadence_of = |one: &Candidate| match self.proposals.get(one.proposal).map(|proposal| proposal.by) {
            Some(ProposedBy::Cadence(cadence)) => Some(cadence),
            _ => None,
        };
        let rank = |one: &Candidate| match one.selection {
            Selection::Touch { choice, placement, .. } => {
                let place = self.people_order.iter().position(|(person, _)| *person == choice.person);
                let from = (!placement.ready).then_some(placement.slot.from);
                (false, one.late.is_some(), !choice.requested, from, place)
            }
            Selection::Action | Selection::Find(_) | Selection::Wait => (true, one.late.is_some(), false, None, None),
        };
        let mut best: BTreeMap<usize, (usize, _)> = BTreeMap::new();
        for (index, one) in candidates.iter().enumerate() {
            let Some(cadence) = cadence_of(one) else { continue };
            let rank = rank(one);
            if best.get(&cadence).is_none_or(|(_, known)| rank < *known) {
                best.insert(cadence, (index, rank));
            }
        }
        let mut index = 0;
        candidates.retain(|one| {
            let kept = cadence_of(one).is_none_or(|cadence| best.get(&cadence).is_some_and(|(best, _)| *best == index));
            index += 1;
            kept
        });
    }

    /// The decision for a lead that is alone in its contact group.
    pub(crate) fn decide(
        &self,
        group: &GroupContext<'a>,
        group_events: &GroupEvents<'_>,
        review: &mut ReviewTracker,
    ) -> Decision {
        let candidates = select_candidates(group, group_events, self, &AnswersOfGroup::default(), review);
        make_decision(group.context, self, &candidates)
    }

    /// Whether somebody is owed what was blocked.
    pub(crate) fn is_owed(&self, selector: &CandidateSelector<'_, '_>, blocked: &BlockedCandidate) -> bool {
        self.proposals.get(blocked.proposal).is_some_and(|proposal| selector.is_owed(proposal))
    }

    /// The selector for the proposals of the lead.
    pub(crate) fn selector<'b>(
        &'b self,
        group: &'b GroupContext<'a>,
        group_events: &'b GroupEvents<'b>,
    ) -> CandidateSelector<'a, 'b> {
        CandidateSelector::new(
            group,
            group_events,
            (&self.profile, self.outcomes),
            &self.people_order,
            (&self.time_counting, &self.waits),
        )
    }
}

/// Passes the proposals through the gates and ranks the candidates that remain.
fn select_candidates<'a>(
    group: &GroupContext<'a>,
    group_events: &GroupEvents<'_>,
    evaluation: &LeadEvaluation<'a, '_>,
    answers: &AnswersOfGroup,
    review: &mut ReviewTracker,
) -> RankedCandidates {
    let selector = evaluation.selector(group, group_events);
    let mut candidates = Vec::with_capacity(evaluation.proposals.len());
    let mut blocked: Vec<BlockedCandidate> = Vec::new();
    let answered_elsewhere = answers.given_elsewhere(&evaluation.profile);
    for (index, proposal) in evaluation.proposals.iter().enumerate() {
        let left_to_others = is_left_to_others(proposal, &answered_elsewhere, evaluation, group.context);
        if left_to_others || is_over(&evaluation.waits, (index, proposal)) {
            continue;
        }
        match proposal.step.and_then(|step| evaluation.block_of(step)) {
            Some(block) => {
                let channel = proposal.first.shaped_touch.touch.channel();
                let one = BlockedCandidate { proposal: index, variant: 0, channel, person: None, block };
                // Of the steps of one series, which differ by person, the one whose block lifts first stands for all.
                let by = |one: &BlockedCandidate| evaluation.proposals.get(one.proposal).map(|proposal| proposal.by);
                let same = blocked.iter_mut().find(|other| other.person.is_none() && by(other) == Some(proposal.by));
                let lifts =
                    |one: &BlockedCandidate| one.block.lifts_at.map_or((true, None), |lifts| (false, Some(lifts)));
                match same {
                    Some(same) if lifts(&one) < lifts(same) => *same = one,
                    Some(_) => {}
                    None => blocked.push(one),
                }
            }
            None => candidates.extend(selector.select((index, proposal), &mut blocked, review)),
        }
    }
    evaluation.keep_one_of_each_series(&mut candidates);
    keep_waits_that_stop(&mut candidates, &blocked);
    let is_planned = |one: &BlockedCandidate| {
        evaluation.proposals.get(one.proposal).is_some_and(|proposal| proposal.planned().is_some())
    };
    leave_room_for_what_is_held(&mut candidates, &blocked, is_planned, |one| evaluation.is_owed(&selector, one));
    RankedCandidates { ranked: rank(candidates, &evaluation.proposals), blocked, answered_elsewhere }
}

/// Takes candidates away, so that nothing is said in place of what somebody is owed. Where that can be done, also later, the rules that say `wait`
/// go, which would say that there is nothing to do. Where it is stopped and nothing that anybody is owed can be done, the decision is `hold`,
/// with the stop as its reason: what has to be taken over, and an appointment whose moment has come, leave nothing else to do for the lead; any other
/// stop leaves everything but `wait`. What a rep declined or put off is not held. `is_planned` tells whether a blocked candidate is an
/// appointment, `is_owed` whether it is owed to somebody.
fn leave_room_for_what_is_held(
    candidates: &mut Vec<Candidate>,
    blocked: &[BlockedCandidate],
    is_planned: impl Fn(&BlockedCandidate) -> bool,
    is_owed: impl Fn(&BlockedCandidate) -> bool,
) {
    let put_off =
        |one: &BlockedCandidate| matches!(one.block.reason, BlockReason::Declined(_) | BlockReason::Snoozed(_));
    let is_taken_over = |one: &BlockedCandidate| matches!(one.block.reason, BlockReason::TakeOver);
    let can_be_done = candidates.iter().any(|one| one.owed);
    if !can_be_done && blocked.iter().any(|one| is_taken_over(one) || is_planned(one) && !put_off(one)) {
        candidates.clear();
    } else if can_be_done || blocked.iter().any(|one| is_owed(one) && !put_off(one)) {
        candidates.retain(|candidate| !matches!(candidate.selection, Selection::Wait));
    }
}

/// The decision for the best candidate; `hold` when every proposal was blocked or the lead is spam, `wait` when there was none.
fn make_decision(
    context: &DecisionContext<'_>,
    evaluation: &LeadEvaluation<'_, '_>,
    candidates: &RankedCandidates,
) -> Decision {
    let number = |index: usize| u32::try_from(index).ok();
    let waits = candidates.is_nothing_to_do() && !evaluation.profile.is_spam();
    let without_candidate = if waits { Verdict::Wait } else { Verdict::Hold };
    let owed = without_candidate == Verdict::Hold && candidates.is_to_be_taken_over();
    let nothing = Decision { verdict: without_candidate, owed, ..Decision::NONE };
    let winner = candidates.ranked.first().map(|(_, winner)| winner);
    let Some((winner, proposal)) = winner.and_then(|winner| Some((winner, evaluation.proposals.get(winner.proposal)?)))
    else {
        return nothing;
    };
    let slot = winner.placement().map(|placement| placement.slot);
    let verdict = verdict_of(winner, proposal);
    Decision {
        verdict,
        rule: match proposal.by {
            ProposedBy::Rule(rule) => number(rule),
            ProposedBy::Cadence(cadence) => number(context.statements.rules.len() + cadence),
            ProposedBy::Example | ProposedBy::Planned(_) => None,
        },
        channel: winner.channel(),
        person: winner.person().and_then(number),
        rep: winner.seller.and_then(|seller| seller.rep).and_then(number),
        from: slot.map(|slot| slot.from),
        until: slot.map(|slot| slot.until),
        owed: winner.owed,
        since: winner.promise.map(|promise| promise.since),
        due: winner.promise.map(|promise| promise.due),
        late: winner.late.is_some(),
        priority: (verdict != Verdict::Wait).then_some(winner.priority.total),
        review_at: None,
    }
}

/// The kind of advice that a candidate gives.
fn verdict_of(candidate: &Candidate, proposal: &Proposal) -> Verdict {
    match (candidate.selection, &proposal.first.shaped_touch.touch.action) {
        (Selection::Touch { .. }, _) => Verdict::Touch,
        (Selection::Find(_), _) | (Selection::Action, Action::Find(_)) => Verdict::Find,
        (Selection::Action, Action::HandOver(_)) => Verdict::HandOver,
        (Selection::Wait | Selection::Action, _) => Verdict::Wait,
    }
}
