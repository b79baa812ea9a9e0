//! From what is proposed to candidates: for each touch the person, the gates, the moment and the priority.

use std::cell::RefCell;

use crate::book::vocabulary::{Channel, Role};
use crate::decide::choose::person::{Choice, Step, preferred};
use crate::decide::context::account_events::Group;
use crate::decide::context::decision_context::Desk;
use crate::decide::context::lead_profile::Case;
use crate::decide::context::placement::Placed;
use crate::decide::context::propensity::{Answers, WITHOUT_CHANNEL};
use crate::decide::context::review::Review;
use crate::decide::context::rule_outcomes::Reading;
use crate::decide::context::sellers::{Counting, Seller, sellers};
use crate::decide::context::stop::{Stop, Why};
use crate::decide::gates::policy::placed;
use crate::decide::gates::{Asking, applicable, eligible, suitable};
use crate::decide::propose::Proposed;
use crate::pack::touch::{Action, Target, Touch};

/// A touch, or an action without a channel, that passed every gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// What was proposed, by place in the list.
    pub(crate) proposed: usize,
    /// What came of it.
    pub(crate) found: Found,
    /// P × C × V × L.
    pub(crate) priority: Factors,
}

/// What comes of a proposal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found {
    /// A touch.
    Touch {
        /// Over which channel.
        channel: Channel,
        /// To whom.
        choice: Choice,
        /// In which of the forms proposed.
        form: usize,
        /// When, and by whom.
        placed: Placed,
    },
    /// The action as proposed, which has no channel.
    Action,
    /// Nobody can be contacted because nobody is known in this role: finding them comes first.
    Find(Role),
}

/// `priority = P × C × V × L`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Factors {
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

impl Found {
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
    pub(crate) const fn placed(&self) -> Option<Placed> {
        match self.found {
            Found::Touch { placed, .. } => Some(placed),
            _ => None,
        }
    }

    /// To whom, by place in the lead.
    pub(crate) const fn person(&self) -> Option<usize> {
        match self.found {
            Found::Touch { choice, .. } => Some(choice.person),
            _ => None,
        }
    }

    /// Over which channel.
    pub(crate) const fn channel(&self) -> Option<Channel> {
        match self.found {
            Found::Touch { channel, .. } => Some(channel),
            _ => None,
        }
    }
}

/// What was stopped, for whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopped {
    /// What was proposed, by place in the list.
    pub(crate) proposed: usize,
    /// In which of its forms.
    pub(crate) form: usize,
    /// For whom, where it was for somebody.
    pub(crate) person: Option<usize>,
    /// By what.
    pub(crate) stop: Stop,
}

/// Judges proposals for one lead.
pub(crate) struct Judge<'a, 'b> {
    /// The book and the moment.
    pub(crate) desk: &'b Desk<'a>,
    /// The account's contacts.
    pub(crate) group: &'b Group<'b>,
    /// The lead.
    pub(crate) case: &'b Case<'a>,
    /// What the rules say.
    pub(crate) reading: &'b Reading,
    /// The order of the buying group.
    pub(crate) order: &'b [(usize, Step)],
    /// How working time is counted.
    pub(crate) counting: &'b Counting,
    /// What was judged before: touches of one shape meet the same gates.
    seen: RefCell<Vec<Seen>>,
    answers: RefCell<Vec<(usize, Channel, f64)>>,
}

struct Seen {
    shape: u16,
    reads_stage: bool,
    found: Option<Found>,
    stops: std::ops::Range<usize>,
}

impl<'a, 'b> Judge<'a, 'b> {
    /// A judge who has seen nothing yet.
    pub(crate) fn new(
        desk: &'b Desk<'a>,
        group: &'b Group<'b>,
        (case, reading): (&'b Case<'a>, &'b Reading),
        order: &'b [(usize, Step)],
        counting: &'b Counting,
    ) -> Self {
        Self { desk, group, case, reading, order, counting, seen: RefCell::default(), answers: RefCell::default() }
    }

    /// The candidate that comes of a proposal, if any; what stopped it for whom is added to the stops.
    pub(crate) fn candidate(
        &self,
        (nth, proposed): (usize, &Proposed),
        stops: &mut Vec<Stopped>,
        review: &mut Review,
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
                    stops.extend(stops.get(place).map(|stopped| Stopped { proposed: nth, ..*stopped }));
                }
                found
            }
            None => {
                let first = stops.len();
                let found = self.found((nth, proposed), stops, review);
                if let Some(shape) = shape {
                    let seen = Seen { shape, reads_stage: proposed.reads_stage, found, stops: first..stops.len() };
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
        (nth, proposed): (usize, &Proposed),
        stops: &mut Vec<Stopped>,
        review: &mut Review,
    ) -> Option<Found> {
        let touch = &*proposed.first.shaped.touch;
        let Action::Contact(channel) = touch.action else { return Some(Found::Action) };
        let Some(sellers) = sellers(self.desk, self.case, touch.skill.as_deref()) else {
            stops.push(Stopped { proposed: nth, form: 0, person: None, stop: Stop::of(Why::SkillMissing) });
            return None;
        };
        let mut late: Option<Found> = None;
        let choices = preferred(self.case, self.order, touch.to.as_ref());
        // A rule that reads `person` speaks of the people for whom it holds, unless it sends us to somebody else by name or role.
        let meant = |choice: Choice| choice.asked && proposed.form_for(choice.person).is_some();
        let only_meant = touch.to.is_none() || choices.clone().any(meant);
        for choice in choices {
            let form = if only_meant { proposed.form_for(choice.person) } else { Some(0) };
            let Some(form) = form else { continue };
            let Some(asking) = self.asking(proposed, form, channel, choice.person) else { continue };
            match self.permitted(&asking, &sellers, review) {
                Ok(placed) => {
                    let found = Found::Touch { channel, choice, form, placed };
                    if !placed.slot.late {
                        return Some(found);
                    }
                    late.get_or_insert(found);
                }
                Err(stop) => stops.push(Stopped { proposed: nth, form, person: Some(choice.person), stop }),
            }
        }
        late.or_else(|| self.find_instead(touch))
    }

    /// Everything the gates look at for a touch to a person.
    pub(crate) fn asking<'c>(
        &'c self,
        proposed: &'c Proposed,
        form: usize,
        channel: Channel,
        person: usize,
    ) -> Option<Asking<'a, 'c>> {
        let form = proposed.form(form);
        Some(Asking {
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

    fn permitted(&self, asking: &Asking<'_, '_>, sellers: &[Seller], review: &mut Review) -> Result<Placed, Stop> {
        review.at_any(
            asking.member.consents.iter().flat_map(|consent| [Some(consent.given_at), consent.withdrawn_at]).flatten(),
        );
        let why =
            eligible::stopped(asking).or_else(|| applicable::stopped(asking)).or_else(|| suitable::stopped(asking));
        match why {
            Some(why) => Err(Stop::of(why)),
            None => placed(asking, sellers, review),
        }
    }

    /// When nobody can be contacted because nobody is known in the role, finding them comes first.
    fn find_instead(&self, touch: &Touch) -> Option<Found> {
        match touch.to {
            Some(Target::Role(role)) if !self.case.knows(role) => Some(Found::Find(role)),
            None if self.case.people.is_empty() => Some(Found::Find(Role::Decider)),
            _ => None,
        }
    }

    fn priority(&self, touch: &Touch, found: Found) -> Factors {
        let propensity = touch.chance.unwrap_or_else(|| match found {
            Found::Touch { channel, choice, .. } => self.propensity(choice.person, channel),
            _ => WITHOUT_CHANNEL,
        });
        let (context, lever) = (touch.weight.unwrap_or(1.0), touch.lever.unwrap_or(1.0));
        let worth = touch.value.or(self.case.worth).unwrap_or(1.0);
        let value = worth * (1.0 - self.case.churn.unwrap_or(0.0));
        Factors { total: propensity * context * value * lever, propensity, context, value, lever }
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
    pub(crate) fn answers(&self, person: usize, channel: Channel) -> Answers {
        self.case
            .people
            .get(person)
            .map_or_else(Answers::default, |member| Answers::among(self.group.events_of(member.human), channel))
    }
}
