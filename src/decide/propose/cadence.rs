//! Cadences: which step of a series is next for whom, and when it is due.
//!
//! The steps are counted for each person, so that somebody new begins at the first; those of a series that is for the group (`across "lead"`, or
//! steps to different roles or people) for the lead. A series starts at the first touch that was logged with its name; the first step of one
//! that has not started is due now. `.after` counts from the start. How far it is, is told by [`Series`].
//!
//! * **Passed over.** A step that cannot be made, as far as is on record (no address, a refusal, law), gives way to the next one, which is due when
//!   it would have been due anyway. A step that only may not be made yet is waited for. It is looked at anew each time, so what becomes possible
//!   before the next step was made is made after all.
//! * **Stopped.** A conversation with somebody in the lead ([`SignalView::ends_series`](crate::book::SignalView::ends_series)) stops
//!   the series that had begun by then, and no series begins for two weeks after it. So does one that somebody of the lead had with us in another
//!   lead of theirs that may be about the same. With customers a series serves what was agreed: there only a
//!   reply makes it rest for two weeks, after which it goes on.
//! * **Over.** A series that was stopped, or whose steps were made, ends there. With `again_after` it begins anew, from the first step, when
//!   nothing was done in it for that time.
//!
//! A person is in one series at a time: one that has not begun starts no sooner than the next step of another that has. While somebody waits
//! for an answer no step is taken.

use crate::book::vocabulary::{Channel, Stage};
use crate::book::{Consent, GroupRecords, Person, Signal};
use crate::calendar::{Duration, Instant};
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::group_events::{GroupEvent, GroupEvents};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{CadenceOutcome, RuleOutcomes};
use crate::decide::context::statements::{CadenceTerms, ShapedTouch, StatementIndex};
use crate::decide::propose::progress::{Progress, Series};
use crate::pack::policies::Scope;
use crate::pack::touch::{Lapse, Target};

/// How long no series begins or goes on after a conversation.
pub(crate) const CONVERSATION_BLOCKS_FOR: Duration = Duration::from_millis(14 * 86_400_000);

/// The next step of a series, for those who are at that step.
#[derive(Clone, Debug)]
pub(crate) struct NextStep {
    /// The cadence, by index in the outcomes of the rules.
    pub(crate) cadence: usize,
    /// The step and when it is due.
    pub(crate) step: CadenceStep,
    /// The touch that it proposes.
    pub(crate) shaped_touch: ShapedTouch,
    /// From when on a promise of it counts; `None` when that is not known.
    pub(crate) since: Option<Instant>,
    /// Who is at this step, by index in the lead, in order; `None` for anybody.
    pub(crate) people: Option<Vec<usize>>,
}

/// A step of a cadence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CadenceStep {
    /// The number of the step, from 1.
    pub(crate) number: u32,
    /// When it is due.
    pub(crate) due: Instant,
    /// For a series that a conversation stopped: from when on it may begin anew, if ever. Its step is proposed only to tell why it is not made.
    pub(crate) stopped: Option<Option<Instant>>,
}

/// Where somebody is in a series.
#[derive(Clone, Debug)]
pub(crate) struct SeriesPlace {
    /// The number of the cadence.
    pub(crate) cadence: usize,
    /// Whether its condition holds now.
    pub(crate) runs: bool,
    /// The person, by index in the lead; `None` for a series of the lead.
    pub(crate) person: Option<usize>,
    /// How many steps it has.
    pub(crate) steps: u32,
    /// Whether a step of it was made, and it is not over.
    pub(crate) begun: bool,
    /// What is next.
    pub(crate) state: SeriesState,
    /// The steps that are passed over before it.
    pub(crate) passed_over: Vec<PassedOver>,
}

/// What is next in a series.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SeriesState {
    /// The step with this number.
    Next(u32),
    /// No step that is left is possible.
    Impossible,
    /// Nothing: all steps were made, the last one at this moment. It may begin anew at the other, if ever.
    Complete { last_step_at: Instant, again_from: Option<Instant> },
    /// Nothing: a conversation stopped it. It may begin anew at this moment, if ever.
    Stopped { by: GroupEvent, again_from: Option<Instant> },
}

/// A step that cannot be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassedOver {
    /// The number of the step, from 1.
    pub(crate) step: u32,
    /// Over which channel.
    pub(crate) channel: Channel,
    /// Why not.
    pub(crate) reason: BlockReason,
}

/// The series of one lead.
pub(crate) struct LeadSeries<'c, 'a, L, I> {
    /// The lead.
    pub(crate) profile: &'c LeadProfile<'a>,
    /// The leads of its contact group.
    pub(crate) records: &'c GroupRecords,
    /// What happened in them.
    pub(crate) group_events: &'c GroupEvents<'c>,
    /// The statements of the rulebook.
    pub(crate) statements: &'c StatementIndex,
    /// What they yield for the lead.
    pub(crate) outcomes: &'c RuleOutcomes,
    /// The moment a lapse after another.
    pub(crate) add_lapse: L,
    /// Why a step of a cadence (by number) can never be made with a person (by index), as far as is on record; `None` when it can.
    pub(crate) impossible: I,
}

/// What is next in one series for one person, before it is known what their other series ask.
struct PersonalStep {
    /// By index in the outcomes.
    cadence: usize,
    person: Option<usize>,
    /// The index of the step.
    step: usize,
    /// `None` for a series that has not begun.
    due: Option<Instant>,
    stopped: Option<Option<Instant>>,
}

impl<L, I> LeadSeries<'_, '_, L, I>
where
    L: Fn(Instant, Lapse) -> Instant,
    I: Fn(usize, &ShapedTouch, usize) -> Option<BlockReason>,
{
    /// The next steps of the series that run, in the order of the cadences, and where everybody is in them.
    pub(crate) fn next_steps(&self, review: &mut ReviewTracker) -> (Vec<NextStep>, Vec<SeriesPlace>) {
        let (mut steps, mut places) = (Vec::new(), Vec::new());
        if self.outcomes.cadences.is_empty() {
            return (Vec::new(), places);
        }
        let past = self.profile.record.map_or(&[][..], |lead| lead.past_signals(self.profile.now));
        for (index, outcome) in self.outcomes.cadences.iter().enumerate() {
            let Some(proposer) = self.statements.cadences.get(outcome.cadence) else { continue };
            let terms = &proposer.terms;
            let series = Series { name: &proposer.by.name, steps: &outcome.steps, again_after: terms.again_after };
            let begun = past.iter().any(|signal| series.is_step(signal));
            let there = self.profile.people_there().map(|(person, _)| Some(person));
            let of_lead = counts_for_lead(terms, outcome) || there.clone().next().is_none();
            let people = there.filter(|_| !of_lead);
            for person in of_lead.then_some(None).into_iter().chain(people) {
                if outcome.steps.first().is_some_and(|first| !self.may_be_for(first, person)) {
                    continue;
                }
                let (step, place) = self.personal_step((index, outcome), &series, (past, begun), person, review);
                steps.extend(step);
                places.extend(place);
            }
        }
        (self.group(&steps, &places, review), places)
    }

    /// What is next in a series for a person, or for the lead.
    fn personal_step(
        &self,
        (index, outcome): (usize, &CadenceOutcome),
        series: &Series<'_>,
        (past, begun): (&[Signal], bool),
        person: Option<usize>,
        review: &mut ReviewTracker,
    ) -> (Option<PersonalStep>, Option<SeriesPlace>) {
        let now = self.profile.now;
        let record: Option<&Person> = person.and_then(|person| self.profile.person_record(person));
        let impossible = |step: usize| {
            let touch = series.steps.get(step)?;
            self.impossible_for(outcome.cadence, touch, person)
        };
        let progress = if begun {
            series.progress(past, record, |step| impossible(step).is_none(), &self.add_lapse)
        } else {
            None
        };
        let stopped_by = progress.and_then(|progress| self.conversation_since(progress.begun_at));
        let last_moment = |progress: &Progress| {
            stopped_by.map_or(progress.last_step_at, |conversation| progress.last_step_at.max(conversation.at))
        };
        review.add_all(progress.as_ref().and_then(|progress| series.again_from(last_moment(progress))));
        let progress = progress.filter(|progress| !series.is_over(last_moment(progress), now));
        let (stopped_by, again_from) = match &progress {
            Some(progress) => (stopped_by, series.again_from(last_moment(progress))),
            None => (None, None),
        };
        let made = progress.map_or(0, |progress| progress.last_step);
        let place = |state, passed_over| SeriesPlace {
            cadence: outcome.cadence,
            runs: outcome.runs,
            person,
            steps: number(series.steps.len()),
            begun: progress.is_some(),
            state,
            passed_over,
        };
        if made >= series.steps.len() {
            let complete = |progress: Progress| {
                let state = SeriesState::Complete { last_step_at: progress.last_step_at, again_from };
                place(state, Vec::new())
            };
            return (None, progress.map(complete));
        }
        let mut passed_over = Vec::new();
        let next = (made..series.steps.len()).find(|step| match impossible(*step) {
            None => true,
            Some(reason) => {
                let channel = series.steps.get(*step).and_then(|step| step.touch.channel());
                passed_over.extend(channel.map(|channel| PassedOver { step: number(step + 1), channel, reason }));
                false
            }
        });
        if !passed_over.is_empty() {
            // What is passed over may be permitted later.
            let people =
                self.profile.people.iter().enumerate().filter(|(index, _)| person.is_none_or(|one| one == *index));
            review.add_all(people.flat_map(|(_, person)| person.consents.iter().flat_map(Consent::changes)));
        }
        let state = match (stopped_by, next) {
            (Some(by), _) => SeriesState::Stopped { by, again_from },
            (None, Some(step)) => SeriesState::Next(number(step + 1)),
            (None, None) => SeriesState::Impossible,
        };
        // Where none is possible the first is proposed, so that the gates tell why.
        let step = next.unwrap_or(made);
        let due =
            progress.and_then(|progress| Some(series.due(&progress, &series.steps.get(step)?.touch, &self.add_lapse)));
        let stopped = stopped_by.map(|_| again_from);
        let rests = stopped_by.is_none_or(|by| now < by.at + CONVERSATION_BLOCKS_FOR);
        let personal = rests.then_some(PersonalStep { cadence: index, person, step, due, stopped });
        (personal, Some(place(state, passed_over)))
    }

    /// Whether a step that names somebody by id names this person.
    fn may_be_for(&self, step: &ShapedTouch, person: Option<usize>) -> bool {
        let (Some(Target::Person(id)), Some(person)) = (&step.touch.to, person) else { return true };
        self.profile.person_record(person).is_some_and(|person| person.is_called(id))
    }

    /// Why a step can never be made with a person; for a series of the lead, why with nobody there.
    fn impossible_for(&self, cadence: usize, touch: &ShapedTouch, person: Option<usize>) -> Option<BlockReason> {
        let impossible = |person: usize| (self.impossible)(cadence, touch, person);
        match person {
            Some(person) => impossible(person),
            None => {
                let mut first = None;
                let there = self.profile.people_there().map(|(person, _)| person);
                for person in there.filter(|person| self.may_be_for(touch, Some(*person))) {
                    first = first.or(Some(impossible(person)?));
                }
                first
            }
        }
    }

    /// The last conversation in the lead from a moment on that stops a series; none does with a customer.
    fn conversation_since(&self, from: Instant) -> Option<GroupEvent> {
        if self.profile.stage == Some(Stage::Customer) {
            return None;
        }
        let last = last_conversation(self.profile, (self.records, self.group_events));
        last.filter(|conversation| conversation.at >= from).copied()
    }

    /// The steps of those who are at the same step of a series as one, without those whose series does not run and whose turn it is not.
    fn group(&self, steps: &[PersonalStep], places: &[SeriesPlace], review: &mut ReviewTracker) -> Vec<NextStep> {
        let now = self.profile.now;
        let mut grouped: Vec<NextStep> = Vec::new();
        for one in steps {
            review.add_all(one.due);
            let Some(outcome) = self.outcomes.cadences.get(one.cadence).filter(|outcome| outcome.runs) else {
                continue;
            };
            let Some(shaped_touch) = outcome.steps.get(one.step) else { continue };
            if self.is_left_to_others((outcome.cadence, one.person), shaped_touch, places) {
                continue;
            }
            let (due, since) = match one.due {
                Some(due) => (due, Some(due)),
                None => self.first_step(one, outcome, steps),
            };
            // What needs no contact has no window that could wait for its moment.
            if shaped_touch.touch.channel().is_none() && due > now {
                continue;
            }
            let step = CadenceStep { number: number(one.step + 1), due, stopped: one.stopped };
            let same =
                grouped.iter_mut().find(|other| (other.cadence, other.step, other.since) == (one.cadence, step, since));
            match (same, one.person) {
                (Some(same), Some(person)) => {
                    if let Some(people) = &mut same.people {
                        people.push(person);
                    }
                }
                _ => grouped.push(NextStep {
                    cadence: one.cadence,
                    step,
                    shaped_touch: shaped_touch.clone(),
                    since,
                    people: one.person.map(|person| vec![person]),
                }),
            }
        }
        let everybody = self.profile.people_there().count();
        for step in &mut grouped {
            step.people = step.people.take().filter(|people| people.len() < everybody);
        }
        grouped
    }

    /// When the first step of a series that has not begun is due, and since when a promise of it counts: no sooner than the next step of another
    /// series of that person.
    fn first_step(
        &self,
        one: &PersonalStep,
        outcome: &CadenceOutcome,
        steps: &[PersonalStep],
    ) -> (Instant, Option<Instant>) {
        let of_them = |other: &&PersonalStep| {
            other.cadence != one.cadence
                && (other.person.is_none() || one.person.is_none() || other.person == one.person)
        };
        let other =
            steps.iter().filter(of_them).filter(|other| other.stopped.is_none()).filter_map(|other| other.due).max();
        let after_first = |start: Instant| {
            let after = outcome.steps.first().and_then(|step| step.touch.after);
            after.map_or(start, |after| (self.add_lapse)(start, after))
        };
        let start = other.map_or(self.profile.now, |due| due.max(self.profile.now));
        let since = outcome.since.map(|since| after_first(other.map_or(since, |due| since.max(due))));
        (after_first(start), since)
    }

    /// Whether a step is for a role that this person does not have, and somebody who has it is in the series and can go on in it.
    fn is_left_to_others(
        &self,
        (cadence, person): (usize, Option<usize>),
        step: &ShapedTouch,
        places: &[SeriesPlace],
    ) -> bool {
        let (Some(person), Some(Target::Role(role))) = (person, &step.touch.to) else { return false };
        let has_role = |person: usize| self.profile.people.get(person).is_some_and(|person| person.has_role(*role));
        let goes_on = |place: &&SeriesPlace| place.begun && !matches!(place.state, SeriesState::Impossible);
        let begun = places.iter().filter(|place| place.cadence == cadence).filter(goes_on);
        !has_role(person) && begun.filter_map(|place| place.person).any(has_role)
    }
}

/// What blocks the steps of all series; `None` when nothing does.
pub(crate) fn block_of_steps(
    profile: &LeadProfile<'_>,
    account: (&GroupRecords, &GroupEvents<'_>),
    outcomes: &RuleOutcomes,
    review: &mut ReviewTracker,
) -> Option<Blocked> {
    if !outcomes.cadences.iter().any(|cadence| cadence.runs) {
        return None;
    }
    if profile.can_answer() {
        return Some(Blocked::until_records_change(BlockReason::Withdrawn));
    }
    let conversation = last_conversation(profile, account)?;
    let lifts = conversation.at + CONVERSATION_BLOCKS_FOR;
    review.add(lifts);
    let block = Blocked { reason: BlockReason::Conversation(*conversation), lifts_at: Some(lifts) };
    (lifts > profile.now).then_some(block)
}

/// The last conversation with somebody who is there, in the lead or in another one of theirs that may be about the same; with a customer only a
/// reply in the lead counts.
fn last_conversation<'e>(
    profile: &LeadProfile<'_>,
    (records, group_events): (&GroupRecords, &'e GroupEvents<'_>),
) -> Option<&'e GroupEvent> {
    let customer = profile.stage == Some(Stage::Customer);
    let member = |event: &GroupEvent| profile.people.iter().find(|one| Some(one.human) == event.human);
    let is_of_lead = |event: &GroupEvent| {
        event.lead == profile.index
            || (!customer && member(event).is_some() && {
                let leads = profile.record.zip(records.leads().get(event.lead));
                leads.is_some_and(|(lead, other)| lead.may_be_about_the_same(other))
            })
    };
    let counts = |event: &&GroupEvent| {
        let ends = if customer { event.signal.is_reply() } else { event.signal.ends_series() };
        ends && is_of_lead(event) && !member(event).is_some_and(|one| one.gone)
    };
    group_events.events.iter().rev().find(counts)
}

/// Whether a series counts its steps for the lead: it says so, or its steps are for different roles or people and it does not say otherwise.
fn counts_for_lead(terms: &CadenceTerms, outcome: &CadenceOutcome) -> bool {
    match terms.across {
        Some(across) => across == Scope::Lead,
        None => {
            let mut targets = outcome.steps.iter().map(|step| &step.touch.to);
            targets.next().is_some_and(|first| targets.any(|other| other != first))
        }
    }
}

/// A number of steps, of which there are few.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
