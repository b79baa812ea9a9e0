//! The decisions for the leads of one account, put together from what the parts say.
//!
//! Leads of one account are decided together. Each is first decided by itself; then, the most important first, each again with the
//! touches already advised counted, so that two advices given at once never break a cap.
//!
//! All of it is numbers. Whoever wants the words ([`crate::decide::explain`]) gets each decision at the moment it is made, because what is advised
//! for one lead changes what may be said of the next.

use crate::book::Lead;
use crate::book::vocabulary::Channel;
use crate::calendar::{Instant, Location};
use crate::decide::advice::Verdict;
use crate::decide::choose::person::{self, PersonRank};
use crate::decide::choose::rank::{GivesWay, rank};
use crate::decide::choose::selector::{Candidate, CandidateSelector, Selection, StoppedCandidate};
use crate::decide::context::account_events::{AccountEvents, HumanId, past};
use crate::decide::context::decision_context::AccountContext;
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::RuleOutcomes;
use crate::decide::context::sellers::TimeCounting;
use crate::decide::context::stop::Blocked;
use crate::decide::propose::{Proposal, ProposedBy, cadence, proposed};
use crate::order;
use crate::pack::touch::Action;

/// What is decided for one lead, without a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// What is advised.
    pub verdict: Verdict,
    /// The rule or cadence that speaks: its place among all rules of the rulebook, and after those all cadences.
    pub rule: Option<u32>,
    /// Over which channel.
    pub channel: Option<Channel>,
    /// To whom: the place in the lead's people.
    pub person: Option<u32>,
    /// From when.
    pub from: Option<Instant>,
    /// Until when, not included.
    pub until: Option<Instant>,
    /// True when the promise of the rule cannot be kept.
    pub late: bool,
    /// The priority; absent for `wait` and `hold`.
    pub priority: Option<f64>,
    /// The first moment at which any of this can change without a new signal.
    pub review_at: Option<Instant>,
}

impl Decision {
    /// Nothing to do, and nothing to wait for.
    pub const NONE: Self = Self {
        verdict: Verdict::Wait,
        rule: None,
        channel: None,
        person: None,
        from: None,
        until: None,
        late: false,
        priority: None,
        review_at: None,
    };
}

/// A lead with all that is judged, before touches advised to others of its account come into it.
pub(crate) struct LeadEvaluation<'a, 'r> {
    /// The lead.
    pub(crate) case: LeadProfile<'a>,
    /// What the rules say.
    pub(crate) reading: &'r RuleOutcomes,
    /// The order of the buying group.
    pub(crate) order: Vec<(usize, PersonRank)>,
    /// How working time is counted.
    pub(crate) counting: TimeCounting,
    /// What is proposed.
    pub(crate) proposed: Vec<Proposal>,
    /// What stops every step of a cadence.
    pub(crate) stop: Option<Blocked>,
}

/// What came of it.
pub(crate) struct EvaluationOutcome {
    /// The candidates, the best first, each with why it gives way, where it does.
    pub(crate) ranked: Vec<(Option<GivesWay>, Candidate)>,
    /// What was stopped, in the order in which it was proposed.
    pub(crate) stops: Vec<StoppedCandidate>,
}

/// Decides the leads of a group, in the order of `leads`; `readings` are in the same order. `each` is shown each lead with what came of
/// it when it is decided, with the decision, whose `review_at` is not yet known: it comes back in the end, for all of them.
pub(crate) fn decide_group<'a>(
    desk: &AccountContext<'a>,
    leads: &[usize],
    readings: &[RuleOutcomes],
    mut each: impl FnMut(&AccountEvents<'_>, &LeadEvaluation<'a, '_>, &EvaluationOutcome, Decision),
) -> Option<Instant> {
    let mut group = AccountEvents::new(desk.book, leads, desk.now);
    let mut review = ReviewTracker::new(desk.now);
    let dockets: Vec<LeadEvaluation<'a, '_>> = leads
        .iter()
        .zip(readings)
        .filter_map(|(lead, reading)| docket(desk, &group, *lead, reading, &mut review))
        .collect();
    if let [docket] = dockets.as_slice() {
        let outcome = judged(desk, &group, docket, &mut review);
        each(&group, docket, &outcome, decision(desk, docket, &outcome));
        return review.next();
    }
    let mut alone: Vec<(f64, &LeadEvaluation<'a, '_>)> = dockets
        .iter()
        .map(|docket| {
            let outcome = judged(desk, &group, docket, &mut review);
            (decision(desk, docket, &outcome).priority.unwrap_or(0.0), docket)
        })
        .collect();
    // The most important first; the order of the file on ties.
    order::sort_by(&mut alone, |(one, first), (other, second)| {
        other.total_cmp(one).then(first.case.index.cmp(&second.case.index))
    });
    for (_, docket) in alone {
        let outcome = judged(desk, &group, docket, &mut review);
        let decision = decision(desk, docket, &outcome);
        each(&group, docket, &outcome, decision);
        if let Some((at, channel, human)) = contact(docket, decision) {
            group.advise(at, channel, docket.case.index, human);
        }
    }
    review.next()
}

fn contact(docket: &LeadEvaluation<'_, '_>, decision: Decision) -> Option<(Instant, Channel, Option<HumanId>)> {
    let person = decision.person.and_then(|person| docket.case.people.get(usize::try_from(person).ok()?));
    Some((decision.from?, decision.channel?, person.map(|member| member.human)))
}

fn docket<'a, 'r>(
    desk: &AccountContext<'a>,
    group: &AccountEvents<'_>,
    index: usize,
    reading: &'r RuleOutcomes,
    review: &mut ReviewTracker,
) -> Option<LeadEvaluation<'a, 'r>> {
    let lead = desk.book.leads().get(index)?;
    let account: Vec<&Lead> = group.leads.iter().filter_map(|index| desk.book.leads().get(*index)).collect();
    let case = LeadProfile::new(desk, group, (index, lead, &account), reading.stage);
    // What the log holds for later will have happened then: a signal, as far as this answer knows.
    review.at_any(lead.signals.get(past(lead, desk.now).len()).map(|signal| signal.at));
    Some(LeadEvaluation::new(desk, group, case, reading, review))
}

impl<'a, 'r> LeadEvaluation<'a, 'r> {
    /// All that is judged of a lead.
    pub(crate) fn new(
        desk: &AccountContext<'a>,
        group: &AccountEvents<'_>,
        case: LeadProfile<'a>,
        reading: &'r RuleOutcomes,
        review: &mut ReviewTracker,
    ) -> Self {
        review.at_any(reading.changes_at);
        review.at_any(case.people.iter().filter_map(|member| member.allows_until));
        let order = person::order(&case, group, review);
        let here = case.people.first().map_or(Location::UNKNOWN, |member| member.spot.place);
        let counting = TimeCounting::of(case.owner, here);
        let later = |at, lapse| counting.later(desk, at, lapse);
        let steps = cadence::next_steps(&desk.statements, &case, reading, later, review);
        let stop = cadence::stopped(&case, group, review);
        let proposed = proposed(&desk.statements, reading, steps);
        Self { case, reading, order, counting, proposed, stop }
    }

    /// What is decided, by itself.
    pub(crate) fn decided(
        &self,
        desk: &AccountContext<'a>,
        group: &AccountEvents<'_>,
        review: &mut ReviewTracker,
    ) -> Decision {
        decision(desk, self, &judged(desk, group, self, review))
    }

    /// Whoever judges it.
    pub(crate) fn judge<'b>(
        &'b self,
        desk: &'b AccountContext<'a>,
        group: &'b AccountEvents<'b>,
    ) -> CandidateSelector<'a, 'b> {
        CandidateSelector::new(desk, group, (&self.case, self.reading), &self.order, &self.counting)
    }
}

fn judged<'a>(
    desk: &AccountContext<'a>,
    group: &AccountEvents<'_>,
    docket: &LeadEvaluation<'a, '_>,
    review: &mut ReviewTracker,
) -> EvaluationOutcome {
    let judge = docket.judge(desk, group);
    let mut candidates = Vec::with_capacity(docket.proposed.len());
    let mut stops = Vec::new();
    for (nth, proposed) in docket.proposed.iter().enumerate() {
        match docket.stop.filter(|_| proposed.step.is_some()) {
            Some(stop) => stops.push(StoppedCandidate { proposed: nth, form: 0, person: None, stop }),
            None => candidates.extend(judge.candidate((nth, proposed), &mut stops, review)),
        }
    }
    EvaluationOutcome { ranked: rank(candidates, &docket.proposed), stops }
}

fn decision(desk: &AccountContext<'_>, docket: &LeadEvaluation<'_, '_>, outcome: &EvaluationOutcome) -> Decision {
    let number = |place: usize| u32::try_from(place).ok();
    let without = if outcome.stops.is_empty() { Verdict::Wait } else { Verdict::Hold };
    let nothing = Decision { verdict: without, ..Decision::NONE };
    let winner = outcome.ranked.first().map(|(_, winner)| winner);
    let Some((winner, proposed)) = winner.and_then(|winner| Some((winner, docket.proposed.get(winner.proposed)?)))
    else {
        return nothing;
    };
    let slot = winner.placed().map(|placed| placed.slot);
    let verdict = verdict(winner, proposed);
    Decision {
        verdict,
        rule: match proposed.by {
            ProposedBy::Rule(rule) => number(rule),
            ProposedBy::Cadence(cadence) => number(desk.statements.rules.len() + cadence),
            ProposedBy::Example => None,
        },
        channel: winner.channel(),
        person: winner.person().and_then(number),
        from: slot.map(|slot| slot.from),
        until: slot.map(|slot| slot.until),
        late: slot.is_some_and(|slot| slot.late),
        priority: (verdict != Verdict::Wait).then_some(winner.priority.total),
        review_at: None,
    }
}

/// What a candidate comes to.
pub(crate) fn verdict(candidate: &Candidate, proposed: &Proposal) -> Verdict {
    match (candidate.found, &proposed.first.shaped.touch.action) {
        (Selection::Touch { .. }, _) => Verdict::Touch,
        (Selection::Find(_), _) | (Selection::Action, Action::Find(_)) => Verdict::Find,
        (Selection::Action, Action::HandOver(_)) => Verdict::HandOver,
        (Selection::Action, _) => Verdict::Wait,
    }
}
