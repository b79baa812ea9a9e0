//! From what is proposed to candidates: for each touch the person, the gates, the moment and the priority.

use super::advice::{Block, Factor, Gate, Note, PersonRef, Priority, RepRef, RuleRef, Window};
use super::case::{Case, Member};
use super::desk::Desk;
use super::group::Group;
use super::permit::policy::{Placed, placed};
use super::permit::suitable::content_notes;
use super::permit::{Asking, Stop, applicable, eligible, suitable};
use super::person::{Choice, preferred};
use super::place::Slot;
use super::propensity::{WITHOUT_CHANNEL, propensity, tried};
use super::propose::{Form, Proposed};
use super::reading::{Order, Reading};
use super::review::Review;
use super::seller::{Counting, Seller, sellers};
use super::words::{capital, figure};
use crate::book::schema::{Channel, Role};
use crate::calendar::Instant;
use crate::rulebook::touch::{Action, Target, Touch};

/// A touch, or an action without a channel, that passed every gate.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'a> {
    /// Who proposes it.
    pub(crate) rule: &'a RuleRef,
    /// Its place in the rulebook.
    pub(crate) order: (Order, usize),
    /// What to do.
    pub(crate) action: Action,
    /// To whom.
    pub(crate) person: Option<PersonRef>,
    /// By whom.
    pub(crate) rep: Option<RepRef>,
    /// When.
    pub(crate) slot: Option<Slot>,
    /// When, in words.
    pub(crate) window: Option<Window>,
    /// Whether it is due now.
    pub(crate) due: bool,
    /// P × C × V × L.
    pub(crate) priority: Priority,
    /// The touch as proposed.
    pub(crate) touch: Touch,
    /// The cadence and its step.
    pub(crate) step: Option<(String, u32)>,
    /// Why.
    pub(crate) reason: String,
    /// What goes with it.
    pub(crate) notes: Vec<Note>,
}

/// Judges proposals for one lead.
pub(crate) struct Judge<'a, 'b> {
    /// The book and the moment.
    pub(crate) desk: &'b Desk<'a>,
    /// The account's contacts.
    pub(crate) group: &'b Group<'a>,
    /// The lead.
    pub(crate) case: &'b Case<'a>,
    /// What the rules say.
    pub(crate) reading: &'b Reading<'a>,
    /// The order of the buying group.
    pub(crate) order: &'b [(usize, String)],
    /// How working time is counted.
    pub(crate) counting: &'b Counting,
}

impl<'a> Judge<'a, '_> {
    /// The candidate that comes of a proposal, if any; what stopped it for whom is added to the blocks.
    pub(crate) fn candidate(
        &self,
        proposed: &Proposed<'a>,
        blocks: &mut Vec<Block>,
        review: &mut Review,
    ) -> Option<Candidate<'a>> {
        let form = proposed.forms.first()?;
        let Action::Contact(channel) = form.touch.action else {
            return Some(self.without_channel(proposed, form, form.touch.action.clone()));
        };
        let sellers = match sellers(self.desk, self.case.lead, form.touch.skill.as_deref()) {
            Ok(sellers) => sellers,
            Err(skill) => {
                let reason = format!("Nobody in the team is down for \"{skill}\"");
                let stop = Stop {
                    gate: Gate::Applicable,
                    policy: "skill-missing",
                    by: None,
                    reason,
                    lifts_at: None,
                    hard: false,
                };
                blocks.push(stop.block(proposed.rule, Some(channel), None));
                return None;
            }
        };
        let mut late: Option<Candidate<'a>> = None;
        for (choice, form) in self.choices(proposed) {
            match self.to_person(proposed, form, channel, &choice, &sellers, review) {
                Ok(candidate) if candidate.slot.is_some_and(|slot| slot.late) => {
                    late.get_or_insert(candidate);
                }
                Ok(candidate) => return Some(candidate),
                Err(stop) => {
                    let id = self.case.people.get(choice.person).map(|member| member.person.id.as_str());
                    blocks.push(stop.block(proposed.rule, Some(channel), id));
                }
            }
        }
        late.or_else(|| self.find_instead(proposed, form))
    }

    /// The people to try, in order, each with the form of the touch that is meant for them.
    fn choices<'p>(&self, proposed: &'p Proposed<'a>) -> Vec<(Choice, &'p Form)> {
        let form_for = |person: usize| proposed.forms.iter().find(|form| form.person.is_none_or(|one| one == person));
        let Some(form) = proposed.forms.first() else { return Vec::new() };
        let order = preferred(self.case, self.order, form.touch.to.as_ref());
        // A rule that reads `person` speaks of the people for whom it holds, unless it sends us to somebody else by name or role.
        let meant = |choice: &Choice| choice.asked && form_for(choice.person).is_some();
        if form.touch.to.is_none() || order.iter().any(meant) {
            order.into_iter().filter_map(|choice| form_for(choice.person).map(|form| (choice, form))).collect()
        } else {
            order.into_iter().map(|choice| (choice, form)).collect()
        }
    }

    fn to_person(
        &self,
        proposed: &Proposed<'a>,
        form: &Form,
        channel: Channel,
        choice: &Choice,
        sellers: &[Seller<'a>],
        review: &mut Review,
    ) -> Result<Candidate<'a>, Stop<'a>> {
        let Some(member) = self.case.people.get(choice.person) else {
            let reason = "Nobody is known at this lead".to_owned();
            return Err(Stop {
                gate: Gate::Applicable,
                policy: "person-unknown",
                by: None,
                reason,
                lifts_at: None,
                hard: false,
            });
        };
        let asking = Asking {
            desk: self.desk,
            group: self.group,
            case: self.case,
            reading: self.reading,
            counting: self.counting,
            touch: &form.touch,
            channel,
            person: choice.person,
            member,
            meant: form.person.is_some() || matches!(form.touch.to, Some(Target::Person(_))),
            reads_stage: proposed.reads_stage,
            due: proposed.step.as_ref().map(|step| step.due),
        };
        review.at_any(
            member.person.consents.iter().flat_map(|consent| [Some(consent.given_at), consent.withdrawn_at]).flatten(),
        );
        let stopped =
            eligible::stopped(&asking).or_else(|| applicable::stopped(&asking)).or_else(|| suitable::stopped(&asking));
        if let Some(stop) = stopped {
            return Err(stop);
        }
        let placed = placed(&asking, sellers, review)?;
        let mut notes = self.missing_role(&form.touch);
        notes.extend(self.first_contact(member));
        notes.extend(content_notes(&asking));
        let gap = notes.iter().any(|note| note.code == "content-gap");
        let mut touch = form.touch.clone();
        if gap {
            touch.offer = None;
        }
        Ok(Candidate {
            rule: proposed.rule,
            order: proposed.order,
            action: Action::Contact(channel),
            person: Some(person_ref(member, choice)),
            rep: placed.seller.as_ref().map(rep_ref),
            slot: Some(placed.slot),
            window: Some(window(&placed)),
            due: placed.due,
            priority: self.priority(&touch, || propensity(&tried(&member.signals, channel), channel)),
            touch,
            step: proposed.step.as_ref().map(|step| (step.cadence.clone(), step.number)),
            reason: form.reason.clone().unwrap_or_else(|| proposed.rule.name.clone()),
            notes,
        })
    }

    fn without_channel(&self, proposed: &Proposed<'a>, form: &Form, action: Action) -> Candidate<'a> {
        let usual = || Factor {
            value: WITHOUT_CHANNEL,
            because: "nobody has to answer; the middle of the channels".to_owned(),
        };
        let owner = sellers(self.desk, self.case.lead, None).unwrap_or_default();
        let rep = owner.first().filter(|_| action != Action::Wait).map(rep_ref);
        Candidate {
            rule: proposed.rule,
            order: proposed.order,
            action,
            person: None,
            rep,
            slot: None,
            window: None,
            due: proposed.step.as_ref().is_none_or(|step| step.due <= self.case.now),
            priority: self.priority(&form.touch, usual),
            touch: form.touch.clone(),
            step: proposed.step.as_ref().map(|step| (step.cadence.clone(), step.number)),
            reason: form.reason.clone().unwrap_or_else(|| proposed.rule.name.clone()),
            notes: Vec::new(),
        }
    }

    /// When nobody can be contacted because nobody is known in the role, finding them comes first.
    fn find_instead(&self, proposed: &Proposed<'a>, form: &Form) -> Option<Candidate<'a>> {
        let role = match form.touch.to {
            Some(Target::Role(role)) if !self.knows(role) => role,
            None if self.case.people.is_empty() => Role::Decider,
            _ => return None,
        };
        let mut candidate = self.without_channel(proposed, form, Action::Find(role));
        // The touch was for somebody else than whom we look for: what to bring and ask stays with the touch.
        candidate.touch = Touch { offer: None, ask: None, ..candidate.touch };
        candidate.notes = self.missing_role(&form.touch);
        candidate.step = None;
        Some(candidate)
    }

    fn knows(&self, role: Role) -> bool {
        self.case.people.iter().any(|member| member.person.roles.contains(&role))
    }

    fn missing_role(&self, touch: &Touch) -> Vec<Note> {
        match touch.to {
            Some(Target::Role(role)) if !self.knows(role) => {
                vec![Note { code: "missing-role", text: format!("Nobody is known as {role}: ask who that is") }]
            }
            _ => Vec::new(),
        }
    }

    /// GDPR art. 21(4): the right to object is pointed out at the latest at the first contact.
    fn first_contact(&self, member: &Member<'_>) -> Option<Note> {
        (!self.group.ever_named(member.human)).then(|| Note {
            code: "first-contact-notice",
            text: format!("First contact with {}: say that they may object to hearing from us", member.called()),
        })
    }

    fn priority(&self, touch: &Touch, propensity: impl FnOnce() -> Factor) -> Priority {
        let said = |value: Option<f64>, absent: &str| match value {
            Some(value) => Factor { value, because: "said by the rule".to_owned() },
            None => Factor { value: 1.0, because: absent.to_owned() },
        };
        let propensity = touch.chance.map_or_else(propensity, |value| said(Some(value), ""));
        let context = said(touch.weight, "the rule gives no weight");
        let lever = said(touch.lever, "the rule gives no lever");
        let lead = self.case.lead;
        let (worth, source) = match (touch.value, lead.value) {
            (Some(value), _) => (value, "said by the rule"),
            (None, Some(value)) => (value, "the value of the lead"),
            (None, None) => (1.0, "no value known"),
        };
        let stays = 1.0 - lead.churn.unwrap_or(0.0);
        let because = match lead.churn {
            Some(churn) => {
                let (worth, stays) = (figure(worth), 100.0 - churn * 100.0);
                format!("{source}, {worth}, of which {stays:.0} % stays after a year")
            }
            None => source.to_owned(),
        };
        let value = Factor { value: worth * stays, because };
        let total = propensity.value * context.value * value.value * lever.value;
        Priority { total, propensity, context, value, lever }
    }
}

fn person_ref(member: &Member<'_>, choice: &Choice) -> PersonRef {
    PersonRef {
        id: member.person.id.clone(),
        name: member.person.name.clone(),
        role: choice.role,
        why: capital(&choice.why),
    }
}

fn rep_ref(seller: &Seller<'_>) -> RepRef {
    RepRef {
        id: seller.id.to_owned(),
        name: seller.rep.and_then(|rep| rep.name.clone()),
        instead_of_owner: seller.instead.clone(),
    }
}

fn window(placed: &Placed<'_>) -> Window {
    let local = |at: Instant| placed.zone.local(at).to_string();
    Window {
        from: placed.slot.from,
        until: placed.slot.until,
        local_from: local(placed.slot.from),
        local_until: local(placed.slot.until),
        zone: placed.zone.name().to_owned(),
        late: placed.slot.late,
        why: placed.why.clone(),
    }
}
