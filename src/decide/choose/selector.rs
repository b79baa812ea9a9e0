//! From what is proposed to candidates: for each touch the person, the gates, the moment and the priority.

use std::cell::RefCell;

use crate::book::vocabulary::{Channel, Role};
use crate::decide::choose::person::{PersonChoice, PersonRank, preferred};
use crate::decide::context::account_events::AccountEvents;
use crate::decide::context::decision_context::AccountContext;
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::placement::Placement;
use crate::decide::context::propensity::{AnswerCounts, WITHOUT_CHANNEL};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::RuleOutcomes;
use crate::decide::context::sellers::{Seller, TimeCounting, sellers};
use crate::decide::context::stop::{BlockReason, Blocked};
use crate::decide::gates::policy::placed;
use crate::decide::gates::{GateInput, applicable, eligible, suitable};
use crate::decide::propose::Proposal;
use crate::pack::touch::{Action, Target, Touch};

/// A touch, or an action without a channel, that passed every gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// What was proposed, by place in the list.
    pub(crate) proposed: usize,
    /// What came of it.
    pub(crate) found: Selection,
    /// P × C × V × L.
    pub(crate) priority: PriorityFactors,
}

/// What comes of a proposal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Selection {
    /// A touch.
    Touch {
        /// Over which channel.
        channel: Channel,
        /// To whom.
        choice: PersonChoice,
        /// In which of the forms proposed.
        form: usize,
        /// When, and by whom.
        placed: Placement,
    },
    /// The action as proposed, which has no channel.
    Action,
    /// Nobody can be contacted because nobody is known in this role: finding them comes first.
    Find(Role),
}

/// `priority = P × C × V × L`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PriorityFactors {
    /// The product.
    pub(crate) total: f64,
    /// P.
    pub(crate) propensity: f64,
    /// C.
    pub(crate) context: f64,
    /// V.
    pub(crate) value: f64,
    /// L.
    pub(crate) lever: f64,
}

impl Selection {
    /// In which of the forms proposed.
    pub(crate) const fn form(self) -> usize {
        match self {
            Self::Touch { form, .. } => form,
            _ => 0,
        }
    }
}

impl Candidate {
    /// When and by whom, for a touch.
    pub(crate) const fn placed(&self) -> Option<Placement> {
        match self.found {
            Selection::Touch { placed, .. } => Some(placed),
            _ => None,
        }
    }

    /// To whom, by place in the lead.
    pub(crate) const fn person(&self) -> Option<usize> {
        match self.found {
            Selection::Touch { choice, .. } => Some(choice.person),
            _ => None,
        }
    }

    /// Over which channel.
    pub(crate) const fn channel(&self) -> Option<Channel> {
        match self.found {
            Selection::Touch { channel, .. } => Some(channel),
            _ => None,
        }
    }
}

/// What was stopped, for whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoppedCandidate {
    /// What was proposed, by place in the list.
    pub(crate) proposed: usize,
    /// In which of its forms.
    pub(crate) form: usize,
    /// For whom, where it was for somebody.
    pub(crate) person: Option<usize>,
    /// By what.
    pub(crate) stop: Blocked,
}

/// Judges proposals for one lead.
pub(crate) struct CandidateSelector<'a, 'b> {
    /// The book and the moment.
    pub(crate) desk: &'b AccountContext<'a>,
    /// The account's contacts.
    pub(crate) group: &'b AccountEvents<'b>,
    /// The lead.
    pub(crate) case: &'b LeadProfile<'a>,
    /// What the rules say.
    pub(crate) reading: &'b RuleOutcomes,
    /// The order of the buying group.
    pub(crate) order: &'b [(usize, PersonRank)],
    /// How working time is counted.
    pub(crate) counting: &'b TimeCounting,
    /// What was judged before: touches of one shape meet the same gates.
    seen: RefCell<Vec<SelectionMemo>>,
    answers: RefCell<Vec<(usize, Channel, f64)>>,
}

struct SelectionMemo {
    shape: u16,
    reads_stage: bool,
    found: Option<Selection>,
    stops: std::ops::Range<usize>,
}

impl<'a, 'b> CandidateSelector<'a, 'b> {
    /// A judge who has seen nothing yet.
    pub(crate) fn new(
        desk: &'b AccountContext<'a>,
        group: &'b AccountEvents<'b>,
        (case, reading): (&'b LeadProfile<'a>, &'b RuleOutcomes),
        order: &'b [(usize, PersonRank)],
        counting: &'b TimeCounting,
    ) -> Self {
        Self { desk, group, case, reading, order, counting, seen: RefCell::default(), answers: RefCell::default() }
    }

    /// The candidate that comes of a proposal, if any; what stopped it for whom is added to the stops.
    pub(crate) fn candidate(
        &self,
        (nth, proposed): (usize, &Proposal),
        stops: &mut Vec<StoppedCandidate>,
        review: &mut ReviewTracker,
    ) -> Option<Candidate> {
        let shape = proposed.first.shaped.shape.filter(|_| proposed.first.person.is_none() && proposed.step.is_none());
        let known = shape.and_then(|shape| {
            let seen = self.seen.borrow();
            let same = seen.iter().find(|one| one.shape == shape && one.reads_stage == proposed.reads_stage);
            same.map(|one| (one.found, one.stops.clone()))
        });
        let found = match known {
            Some((found, range)) => {
                for place in range {
                    stops.extend(stops.get(place).map(|stopped| StoppedCandidate { proposed: nth, ..*stopped }));
                }
                found
            }
            None => {
                let first = stops.len();
                let found = self.found((nth, proposed), stops, review);
                if let Some(shape) = shape {
                    let seen =
                        SelectionMemo { shape, reads_stage: proposed.reads_stage, found, stops: first..stops.len() };
                    self.seen.borrow_mut().push(seen);
                }
                found
            }
        }?;
        let form = proposed.form(found.form());
        Some(Candidate { proposed: nth, found, priority: self.priority(&form.shaped.touch, found) })
    }

    fn found(
        &self,
        (nth, proposed): (usize, &Proposal),
        stops: &mut Vec<StoppedCandidate>,
        review: &mut ReviewTracker,
    ) -> Option<Selection> {
        let touch = &*proposed.first.shaped.touch;
        let Action::Contact(channel) = touch.action else { return Some(Selection::Action) };
        let Some(sellers) = sellers(self.desk, self.case, touch.skill.as_deref()) else {
            stops.push(StoppedCandidate {
                proposed: nth,
                form: 0,
                person: None,
                stop: Blocked::of(BlockReason::SkillMissing),
            });
            return None;
        };
        let mut late: Option<Selection> = None;
        let choices = preferred(self.case, self.order, touch.to.as_ref());
        // A rule that reads `person` speaks of the people for whom it holds, unless it sends us to somebody else by name or role.
        let meant = |choice: PersonChoice| choice.asked && proposed.form_for(choice.person).is_some();
        let only_meant = touch.to.is_none() || choices.clone().any(meant);
        for choice in choices {
            let form = if only_meant { proposed.form_for(choice.person) } else { Some(0) };
            let Some(form) = form else { continue };
            let Some(asking) = self.asking(proposed, form, channel, choice.person) else { continue };
            match self.permitted(&asking, &sellers, review) {
                Ok(placed) => {
                    let found = Selection::Touch { channel, choice, form, placed };
                    if !placed.slot.late {
                        return Some(found);
                    }
                    late.get_or_insert(found);
                }
                Err(stop) => stops.push(StoppedCandidate { proposed: nth, form, person: Some(choice.person), stop }),
            }
        }
        late.or_else(|| self.find_instead(touch))
    }

    /// Everything the gates look at for a touch to a person.
    pub(crate) fn asking<'c>(
        &'c self,
        proposed: &'c Proposal,
        form: usize,
        channel: Channel,
        person: usize,
    ) -> Option<GateInput<'a, 'c>> {
        let form = proposed.form(form);
        Some(GateInput {
            desk: self.desk,
            group: self.group,
            case: self.case,
            reading: self.reading,
            counting: self.counting,
            shaped: &form.shaped,
            channel,
            person,
            member: self.case.people.get(person)?,
            meant: form.person.is_some() || matches!(form.shaped.touch.to, Some(Target::Person(_))),
            reads_stage: proposed.reads_stage,
            due: proposed.step.map(|step| step.due),
        })
    }

    fn permitted(
        &self,
        asking: &GateInput<'_, '_>,
        sellers: &[Seller],
        review: &mut ReviewTracker,
    ) -> Result<Placement, Blocked> {
        review.at_any(
            asking.member.consents.iter().flat_map(|consent| [Some(consent.given_at), consent.withdrawn_at]).flatten(),
        );
        let why =
            eligible::stopped(asking).or_else(|| applicable::stopped(asking)).or_else(|| suitable::stopped(asking));
        match why {
            Some(why) => Err(Blocked::of(why)),
            None => placed(asking, sellers, review),
        }
    }

    /// When nobody can be contacted because nobody is known in the role, finding them comes first.
    fn find_instead(&self, touch: &Touch) -> Option<Selection> {
        match touch.to {
            Some(Target::Role(role)) if !self.case.knows(role) => Some(Selection::Find(role)),
            None if self.case.people.is_empty() => Some(Selection::Find(Role::Decider)),
            _ => None,
        }
    }

    fn priority(&self, touch: &Touch, found: Selection) -> PriorityFactors {
        let propensity = touch.chance.unwrap_or_else(|| match found {
            Selection::Touch { channel, choice, .. } => self.propensity(choice.person, channel),
            _ => WITHOUT_CHANNEL,
        });
        let (context, lever) = (touch.weight.unwrap_or(1.0), touch.lever.unwrap_or(1.0));
        let worth = touch.value.or(self.case.worth).unwrap_or(1.0);
        let value = worth * (1.0 - self.case.churn.unwrap_or(0.0));
        PriorityFactors { total: propensity * context * value * lever, propensity, context, value, lever }
    }

    fn propensity(&self, person: usize, channel: Channel) -> f64 {
        let mut answers = self.answers.borrow_mut();
        if let Some((.., known)) = answers.iter().find(|(one, over, _)| *one == person && *over == channel) {
            return *known;
        }
        let value = self.answers(person, channel).propensity(channel);
        answers.push((person, channel, value));
        value
    }

    /// What a person answered on a channel.
    pub(crate) fn answers(&self, person: usize, channel: Channel) -> AnswerCounts {
        self.case.people.get(person).map_or_else(AnswerCounts::default, |member| {
            AnswerCounts::among(self.group.events_of(member.human), channel)
        })
    }
}
