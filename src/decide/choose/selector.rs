//! Turns proposals into candidates: for each touch it tries the people in order, passes each through the gates, places the touch in time and
//! computes the priority. A proposal for which no person passes gives blocked candidates instead.

use std::cell::RefCell;

use crate::book::vocabulary::{Channel, Role};
use crate::book::{Consent, Question};
use crate::calendar::{Duration, Instant};
use crate::decide::choose::person::{PersonChoice, PersonRank, people_to_try};
use crate::decide::choose::standing_wait::StandingWait;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::decision_context::GroupContext;
use crate::decide::context::group_events::GroupEvents;
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::placement::{Placement, Promise};
use crate::decide::context::propensity::{AnswerCounts, NO_CHANNEL_PROPENSITY, usual_lever};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::RuleOutcomes;
use crate::decide::context::sellers::{LeadOwner, Seller, TimeCounting, colleagues_for, possible_sellers};
use crate::decide::context::statements::ProposingStatement;
use crate::decide::gates::policy::place_touch;
use crate::decide::gates::rep_choice::rep_from_now;
use crate::decide::gates::{GateInput, applicable, content, eligible, repetition, suitable};
use crate::decide::propose::{Proposal, ProposedBy};
use crate::pack::touch::{Action, Lapse, Target, Touch};

/// A proposal that passed every gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// The proposal, by index.
    pub(crate) proposal: usize,
    /// What was selected for it.
    pub(crate) selection: Selection,
    /// The priority and its factors.
    pub(crate) priority: PriorityFactors,
    /// By which rep; `None` for `wait`, for what a system sends, and for a lead without an owner in a book without reps.
    pub(crate) seller: Option<Seller>,
    /// The question that it answers: that of an `answer`, or of the person of a touch whose rule reads `person.waiting`. `None` when it answers
    /// none.
    pub(crate) answers: Option<Question>,
    /// Whether somebody is owed it: it answers their question, or was promised to them.
    pub(crate) owed: bool,
    /// What was promised.
    pub(crate) promise: Option<Promise>,
    /// Set when it can only be made too late for what was promised.
    pub(crate) late: Option<Lateness>,
}

/// How soon what is late can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lateness {
    /// It can begin within [`HALF_A_WORKING_DAY`] from now.
    Soon,
    /// Something holds it up for longer, such as a cap.
    HeldUp,
}

/// The working time of the owner within which something late is waited for.
const HALF_A_WORKING_DAY: Duration = Duration::from_millis(4 * 3_600_000);

/// What is selected for a proposal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Selection {
    /// A touch to a person.
    Touch {
        /// The channel.
        channel: Channel,
        /// The person.
        choice: PersonChoice,
        /// The variant of the proposal, by index.
        variant: usize,
        /// The moment and the rep.
        placement: Placement,
    },
    /// The proposed action, which has no channel.
    Action,
    /// To do nothing for now, on purpose.
    Wait,
    /// No person with this role is known: finding one comes first.
    Find(Role),
}

/// The priority P × C × V × L with its factors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PriorityFactors {
    /// The product.
    pub(crate) total: f64,
    /// P, the propensity: the probability of an answer.
    pub(crate) propensity: f64,
    /// C, the context: the weight that the rule gives.
    pub(crate) context: f64,
    /// V, the value: the expected yearly value, less churn; the typical value where none is known.
    pub(crate) value: f64,
    /// L, the lever: what the rule gives, else by the time that the channel takes.
    pub(crate) lever: f64,
}

impl Selection {
    /// The variant of the proposal, by index.
    pub(crate) const fn variant(self) -> usize {
        match self {
            Self::Touch { variant, .. } => variant,
            _ => 0,
        }
    }
}

impl Candidate {
    /// The moment and the rep; `None` without a touch.
    pub(crate) const fn placement(&self) -> Option<Placement> {
        match self.selection {
            Selection::Touch { placement, .. } => Some(placement),
            _ => None,
        }
    }

    /// The person, by index in the lead; `None` without a touch.
    pub(crate) const fn person(&self) -> Option<usize> {
        match self.selection {
            Selection::Touch { choice, .. } => Some(choice.person),
            _ => None,
        }
    }

    /// The channel; `None` without a touch.
    pub(crate) const fn channel(&self) -> Option<Channel> {
        match self.selection {
            Selection::Touch { channel, .. } => Some(channel),
            _ => None,
        }
    }
}

/// A proposal that was blocked, for one person or for all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockedCandidate {
    /// The proposal, by index.
    pub(crate) proposal: usize,
    /// The variant of the proposal, by index.
    pub(crate) variant: usize,
    /// The channel; `None` for an `answer` that was blocked before one was tried.
    pub(crate) channel: Option<Channel>,
    /// The person, by index in the lead; `None` when it was blocked before a person was tried.
    pub(crate) person: Option<usize>,
    /// The reason and the end of the block.
    pub(crate) block: Blocked,
}

/// Selects candidates for the proposals of one lead.
pub(crate) struct CandidateSelector<'a, 'b> {
    /// The records of the contact group and the context of the decision.
    pub(crate) group: &'b GroupContext<'a>,
    /// The events and contacts of the contact group.
    pub(crate) group_events: &'b GroupEvents<'b>,
    /// The lead.
    pub(crate) profile: &'b LeadProfile<'a>,
    /// The outcomes of the rules.
    pub(crate) outcomes: &'b RuleOutcomes,
    /// The people by index, the best to contact first.
    pub(crate) people_order: &'b [(usize, PersonRank)],
    /// How working time is counted for the lead.
    pub(crate) time_counting: &'b TimeCounting,
    /// The rules that say to wait.
    pub(crate) waits: &'b [StandingWait],
    /// Earlier selections: touches of the same shape have the same result at every gate.
    memo: RefCell<Vec<SelectionMemo>>,
    /// Propensities computed so far, by person and channel.
    propensities: RefCell<Vec<(usize, Channel, f64)>>,
}

struct SelectionMemo {
    shape: u16,
    reads_stage: bool,
    promise: Option<Promise>,
    selection: Option<Selection>,
    /// The range of the blocked candidates that the selection added.
    blocked: std::ops::Range<usize>,
}

impl<'a, 'b> CandidateSelector<'a, 'b> {
    /// A selector for a lead.
    pub(crate) fn new(
        group: &'b GroupContext<'a>,
        group_events: &'b GroupEvents<'b>,
        (profile, outcomes): (&'b LeadProfile<'a>, &'b RuleOutcomes),
        people_order: &'b [(usize, PersonRank)],
        (time_counting, waits): (&'b TimeCounting, &'b [StandingWait]),
    ) -> Self {
        Self {
            group,
            group_events,
            profile,
            outcomes,
            people_order,
            time_counting,
            waits,
            memo: RefCell::default(),
            propensities: RefCell::default(),
        }
    }

    /// The candidate for a proposal, which comes with its index; `None` when no person passes. Blocked candidates are added to `blocked`.
    pub(crate) fn select(
        &self,
        (index, proposal): (usize, &Proposal),
        blocked: &mut Vec<BlockedCandidate>,
        review: &mut ReviewTracker,
    ) -> Option<Candidate> {
        // What was done before, and what was said about the advice, depend on the rule and not on the shape alone.
        let variant = &proposal.first;
        let alike = variant.person.is_none() && variant.reason.is_none() && proposal.step.is_none();
        let shape = variant.shaped_touch.shape.filter(|_| alike && proposal.rests.is_empty());
        let memoized = shape.and_then(|shape| {
            let memo = self.memo.borrow();
            let mut same = memo.iter().filter(|one| one.shape == shape && one.reads_stage == proposal.reads_stage);
            let same = same.find(|one| one.promise == proposal.first.promise);
            same.map(|one| (one.selection, one.blocked.clone()))
        });
        let selection = match memoized {
            Some((selection, range)) => {
                for position in range {
                    blocked.extend(blocked.get(position).map(|one| BlockedCandidate { proposal: index, ..*one }));
                }
                selection
            }
            None => {
                let first = blocked.len();
                let selection = self.try_people((index, proposal), blocked, review);
                if let Some(shape) = shape {
                    let (reads_stage, promise) = (proposal.reads_stage, proposal.first.promise);
                    let blocked = first..blocked.len();
                    self.memo.borrow_mut().push(SelectionMemo { shape, reads_stage, promise, selection, blocked });
                }
                selection
            }
        }?;
        let variant = proposal.variant(selection.variant());
        let promise = variant.promise;
        let late = match selection {
            Selection::Touch { placement, .. } => {
                placement.slot.late.then(|| self.lateness(placement.slot.from, review))
            }
            Selection::Wait => None,
            Selection::Action | Selection::Find(_) => promise.and_then(|promise| {
                review.add(promise.late_from);
                (promise.late_from <= self.profile.now).then_some(Lateness::Soon)
            }),
        };
        let priority = self.priority(&variant.shaped_touch.touch, selection);
        let seller = self.seller(selection, review);
        let answers = proposal.question.or_else(|| self.question_of_touch(proposal, selection));
        let owed = answers.is_some() || proposal.planned().is_some();
        Some(Candidate { proposal: index, selection, priority, seller, answers, owed, promise, late })
    }

    /// By whom: the rep of the placement; for finding somebody and handing over whoever works from now on.
    fn seller(&self, selection: Selection, review: &mut ReviewTracker) -> Option<Seller> {
        match selection {
            Selection::Touch { placement, .. } => placement.seller,
            Selection::Wait => None,
            Selection::Action | Selection::Find(_) => {
                let sellers = possible_sellers(self.group, self.profile, None, None)?;
                rep_from_now(self.group.context, &sellers, review)
            }
        }
    }

    /// For a planned touch: the rep who promised it, where they are among the reps.
    fn rep_of_planned(&self, proposal: &Proposal) -> Option<LeadOwner> {
        let planned = self.profile.record?.planned.get(proposal.planned()?)?;
        let rep = self.group.context.team.owner(Some(planned.rep.as_deref()?));
        matches!(rep, LeadOwner::Rep(_)).then_some(rep)
    }

    /// Whether a proposal answers what somebody asked, or was promised to them, whoever it goes to.
    pub(crate) fn is_owed(&self, proposal: &Proposal) -> bool {
        let answers = || proposal.answers_question(&self.group.context.statements);
        proposal.planned().is_some() || self.profile.waits_for_answer() && answers()
    }

    /// The question of its person that a touch answers because its rule is about who waits.
    fn question_of_touch(&self, proposal: &Proposal, selection: Selection) -> Option<Question> {
        let Selection::Touch { choice, .. } = selection else { return None };
        let answers = proposal.answers_question(&self.group.context.statements);
        self.profile.people.get(choice.person)?.question.filter(|_| answers)
    }

    /// How soon a late touch that begins at a moment can be made.
    fn lateness(&self, from: Instant, review: &mut ReviewTracker) -> Lateness {
        let (now, context) = (self.profile.now, self.group.context);
        let wait = Lapse::Working(HALF_A_WORKING_DAY);
        if from <= now || from <= self.time_counting.add_lapse(context, now, wait) {
            return Lateness::Soon;
        }
        // It comes within reach that much working time before it begins, or where working time stops or starts before that.
        review.add(self.time_counting.add_lapse(context, from, Lapse::Working(-HALF_A_WORKING_DAY)));
        review.add_all(self.time_counting.working_time_edges(context, now, from));
        Lateness::HeldUp
    }

    /// The first person for whom the touch passes the gates, is in time and need not wait for their return; else the first for whom it passes.
    fn try_people(
        &self,
        (index, proposal): (usize, &Proposal),
        blocked: &mut Vec<BlockedCandidate>,
        review: &mut ReviewTracker,
    ) -> Option<Selection> {
        let touch = &*proposal.first.shaped_touch.touch;
        if let Some(block) = proposal.rests_for_all() {
            let person = proposal.question.and(proposal.first.person);
            blocked.push(BlockedCandidate { proposal: index, variant: 0, channel: touch.channel(), person, block });
            return None;
        }
        match touch.action {
            Action::Contact(_) | Action::Answer => {}
            Action::Wait => return Some(Selection::Wait),
            Action::HandOver(_) => {
                let standing = self.waits.iter().find(|wait| wait.is_for_everybody());
                if let Some(wait) = standing {
                    blocked.push(BlockedCandidate {
                        proposal: index,
                        variant: 0,
                        channel: None,
                        person: None,
                        block: wait.block(),
                    });
                    return None;
                }
                return Some(Selection::Action);
            }
            Action::Find(_) => return Some(Selection::Action),
        }
        let sellers_for = |person| match self.rep_of_planned(proposal) {
            Some(rep) => Some(colleagues_for(self.group, self.profile, rep, Some(person))),
            None => possible_sellers(self.group, self.profile, Some(person), touch.skill.as_deref()),
        };
        if possible_sellers(self.group, self.profile, None, touch.skill.as_deref()).is_none() {
            blocked.push(BlockedCandidate {
                proposal: index,
                variant: 0,
                channel: touch.channel(),
                person: None,
                block: Blocked::until_records_change(BlockReason::SkillMissing),
            });
            return None;
        }
        if let Some(question) = &proposal.question {
            return self.select_answer((index, proposal), question, blocked, review);
        }
        let channel = touch.channel()?;
        let mut later: Option<Selection> = None;
        let choices = people_to_try(self.profile, self.people_order, touch);
        // A rule that reads `person` proposes touches to the people for whom it holds, unless its target is somebody else.
        let holds_for = |choice: PersonChoice| choice.requested && proposal.variant_for(choice.person).is_some();
        let only_matching = touch.to.is_none() || choices.clone().any(holds_for);
        // Whether it was done for somebody whom the rule asks for: it goes to nobody else in their place then.
        let mut done = false;
        let meant_for_role = |role: Role| touch.ask.is_some() && !self.profile.has_role(role);
        for choice in choices {
            if let (Some(Target::Role(role)), false) = (&touch.to, choice.requested) {
                // What is asked of a role is asked of nobody else, and what a rule says about a person is not said to that person.
                let is_about = proposal.first.person.is_some() && proposal.variant_for(choice.person).is_some();
                if is_about || meant_for_role(*role) || done {
                    continue;
                }
            }
            let variant = if only_matching { proposal.variant_for(choice.person) } else { Some(0) };
            let Some(variant) = variant.filter(|_| proposal.may_go_to(choice.person)) else { continue };
            let Some(input) = self.gate_input(proposal, variant, channel, choice.person) else { continue };
            let Some(sellers) = sellers_for(choice.person) else { continue };
            let passed = match proposal.rests(variant, Some(choice.person)) {
                Some(block) => Err(block),
                None => self.pass_gates(&input, &sellers, review),
            };
            match passed {
                Ok(placement) => {
                    let selection = Selection::Touch { channel, choice, variant, placement };
                    // Others are contacted while somebody is away.
                    if !placement.slot.late && !input.waits_for_return(placement.slot.from) {
                        return Some(selection);
                    }
                    later.get_or_insert(selection);
                }
                Err(block) => {
                    done |= choice.requested && block.reason.is_done();
                    let (channel, person) = (Some(channel), Some(choice.person));
                    blocked.push(BlockedCandidate { proposal: index, variant, channel, person, block });
                }
            }
        }
        later.or_else(|| self.missing_role(touch))
    }

    /// The input of the gates for a variant of a proposal to a person, both by index; `None` when there is no such person.
    pub(crate) fn gate_input<'c>(
        &'c self,
        proposal: &'c Proposal,
        variant: usize,
        channel: Channel,
        person_index: usize,
    ) -> Option<GateInput<'a, 'c>> {
        let variant = proposal.variant(variant);
        let person = self.profile.people.get(person_index)?;
        let named = matches!(variant.shaped_touch.touch.to, Some(Target::Person(_)));
        let holds_for_them = variant.person == Some(person_index);
        Some(GateInput {
            group: self.group,
            group_events: self.group_events,
            profile: self.profile,
            outcomes: self.outcomes,
            time_counting: self.time_counting,
            shaped_touch: &variant.shaped_touch,
            channel,
            person_index,
            person,
            means_person: named
                || proposal.planned().is_some()
                || holds_for_them && (person.question.is_some() || self.reads_stance(proposal.by)),
            reads_stage: proposal.reads_stage,
            starts_at: proposal.step.map(|step| step.due),
            promise: variant.promise,
            question: proposal.question.filter(|_| holds_for_them),
            is_answer: proposal.question.is_some(),
            owed: self.is_owed(proposal),
            carried_out: self.proposing_rule(proposal.by).zip(variant.reason),
            planned: proposal.planned(),
        })
    }

    /// The rule that makes a proposal.
    fn proposing_rule(&self, by: ProposedBy) -> Option<&ProposingStatement> {
        let ProposedBy::Rule(rule) = by else { return None };
        self.group.context.statements.rules.get(rule)
    }

    /// Whether the condition of a statement reads the stance of the person.
    fn reads_stance(&self, by: ProposedBy) -> bool {
        let statements = &self.group.context.statements;
        let proposer = match by {
            ProposedBy::Rule(rule) => statements.rules.get(rule),
            ProposedBy::Cadence(cadence) => statements.cadences.get(cadence),
            ProposedBy::Example | ProposedBy::Planned(_) => None,
        };
        proposer.is_some_and(|proposer| proposer.reads_stance)
    }

    /// Passes a touch through the gates, in their order.
    pub(super) fn pass_gates(
        &self,
        input: &GateInput<'_, '_>,
        sellers: &[Seller],
        review: &mut ReviewTracker,
    ) -> Result<Placement, Blocked> {
        review.add_all(input.person.consents.iter().flat_map(Consent::changes));
        review.add_all(input.person.withdrawals_from(input.channel));
        let reason = eligible::check(input).or_else(|| applicable::check(input)).or_else(|| suitable::check(input));
        if let Some(reason) = reason {
            return Err(Blocked::until_records_change(reason));
        }
        review.add_all(content::new_again(input));
        if let Some(block) = repetition::check(input, review).or_else(|| content::check(input)) {
            return Err(block);
        }
        match self.waits.iter().find(|wait| wait.stops(input)) {
            Some(wait) => Err(wait.block()),
            None => place_touch(input, sellers, review),
        }
    }

    /// The role to find when no person with the requested role is known, or no person at all.
    fn missing_role(&self, touch: &Touch) -> Option<Selection> {
        match touch.to {
            Some(Target::Role(role)) if !self.profile.has_role(role) => Some(Selection::Find(role)),
            None if self.profile.people_there().next().is_none() => Some(Selection::Find(Role::Decider)),
            _ => None,
        }
    }

    fn priority(&self, touch: &Touch, selection: Selection) -> PriorityFactors {
        let propensity = touch.chance.unwrap_or_else(|| match selection {
            Selection::Touch { channel, choice, .. } => self.propensity(choice.person, channel),
            _ => NO_CHANNEL_PROPENSITY,
        });
        let of_channel = match selection {
            Selection::Touch { channel, .. } => usual_lever(channel),
            _ => 1.0,
        };
        let (context, lever) = (touch.weight.unwrap_or(1.0), touch.lever.unwrap_or(of_channel));
        let known_value = touch.value.or(self.profile.yearly_value);
        let yearly_value = known_value.or(self.group.context.typical_value).unwrap_or(1.0);
        let value = yearly_value * (1.0 - self.profile.churn.unwrap_or(0.0));
        PriorityFactors { total: propensity * context * value * lever, propensity, context, value, lever }
    }

    fn propensity(&self, person: usize, channel: Channel) -> f64 {
        let mut propensities = self.propensities.borrow_mut();
        if let Some((.., known)) = propensities.iter().find(|(one, on, _)| *one == person && *on == channel) {
            return *known;
        }
        let value = self.answer_counts(person, channel).propensity(channel);
        propensities.push((person, channel, value));
        value
    }

    /// The touches to a person on a channel, and how many were answered.
    pub(crate) fn answer_counts(&self, person: usize, channel: Channel) -> AnswerCounts {
        self.profile.people.get(person).map_or_else(AnswerCounts::default, |person| {
            AnswerCounts::count(
                self.group_events.events_of(person.human).filter(|event| person.is_evidence(event)),
                channel,
            )
        })
    }
}
