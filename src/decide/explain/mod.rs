//! Puts a decision into words: the advice, made when somebody wants to read it.
//!
//! Everything said here is read off the same numbers that decided; nothing is decided again. What only matters for words (a
//! `because`, which of several hours closed a moment) is asked now, quietly, so that it counts as no change to wait for.
//!
//! Invariant: an advice says of verdict, rule, channel, person, window, priority and review exactly what its [`Decision`] says.

mod blocks;
pub(crate) mod condition_text;

pub mod near_misses;
mod notes;
pub(crate) mod phrases;
mod placement;

use crate::book::Lead;
use crate::book::vocabulary::{Channel, Role};
use crate::calendar::Instant;
use crate::decide::advice::{
    Advice, AdviceWindow, AdvisedTouch, Factor, PersonRef, Priority, RepRef, RuleRef, RunnerUp, Verdict,
};
use crate::decide::choose::decision::{Decision, LeadEvaluation, RankedCandidates};
use crate::decide::choose::person::PersonChoice;
use crate::decide::choose::rank::Demotion;
use crate::decide::choose::selector::{Candidate, CandidateSelector, Selection};
use crate::decide::context::account_events::AccountEvents;
use crate::decide::context::decision_context::AccountContext;
use crate::decide::context::placement::Placement;
use crate::decide::context::sellers::{Seller, SellerReason};
use crate::decide::explain::phrases::{capital, figure};
use crate::decide::gates::GateInput;
use crate::decide::propose::{Proposal, ProposedBy};
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::sentence;
use crate::evaluate::stage::stage_now;
use crate::pack::touch::{Action, Target, Touch};

/// The most runners-up in an advice.
pub(crate) const MOST_RUNNERS_UP: usize = 5;

/// What is needed to put the decisions of one lead into words.
pub(crate) struct AdviceWriter<'a, 'b> {
    pub(super) account: &'b AccountContext<'a>,
    pub(super) evaluation: &'b LeadEvaluation<'a, 'b>,
    pub(super) lead: &'a Lead,
    selector: CandidateSelector<'a, 'b>,
    /// What rules see of the lead as on record.
    recorded: &'b FactContext,
    /// What they see of it in its stage.
    cx: &'b FactContext,
    /// Who proposes what an example proposes.
    example: Option<&'b RuleRef>,
}

impl<'a, 'b> AdviceWriter<'a, 'b> {
    /// Somebody who tells of this lead, with the contexts in which its rules were asked. Without its record there is nothing to tell.
    pub(crate) fn new(
        account: &'b AccountContext<'a>,
        account_events: &'b AccountEvents<'b>,
        evaluation: &'b LeadEvaluation<'a, 'b>,
        (recorded, cx): (&'b FactContext, &'b FactContext),
        example: Option<&'b RuleRef>,
    ) -> Option<Self> {
        let lead = evaluation.profile.record?;
        Some(Self {
            account,
            evaluation,
            lead,
            selector: evaluation.selector(account, account_events),
            recorded,
            cx,
            example,
        })
    }

    /// The advice. Its review is told for all leads of the account at once, by who asked.
    pub(crate) fn advice(&self, outcome: &RankedCandidates, decision: Decision) -> Advice {
        let outcomes = self.evaluation.outcomes;
        let blocks: Vec<_> = outcome.blocked.iter().filter_map(|stopped| self.block(stopped)).collect();
        let mut notes = self.notes_of_the_lead(&blocks);
        let base = Advice {
            stage: stage_now(self.account.context.packs, outcomes.stage, outcomes.entered, self.recorded),
            faults: outcomes.faults.clone(),
            ..nothing(self.lead, self.account.context.now, "Nothing to do now: no rule asks for contact")
        };
        let mut ranked = outcome.ranked.iter().filter_map(|(demotion, one)| {
            self.evaluation.proposals.get(one.proposal).map(|proposal| (*demotion, one, proposal))
        });
        match ranked.next() {
            Some((_, winner, proposal)) => {
                let rule = self.rule(proposal);
                let priority = self.priority(winner, proposal);
                let mut all = self.notes(winner, proposal);
                let gap = all.iter().any(|note| note.code == notes::CONTENT_GAP);
                all.append(&mut notes);
                let runners_up = ranked.take(MOST_RUNNERS_UP);
                Advice {
                    verdict: decision.verdict,
                    touch: self.touch(winner, proposal, gap),
                    reason: self.reason(winner, proposal),
                    runners_up: runners_up
                        .map(|(demotion, one, proposal)| self.runner_up(&priority, one, proposal, demotion))
                        .collect(),
                    rule: Some(rule),
                    priority: (decision.verdict != Verdict::Wait).then_some(priority),
                    notes: all,
                    blocks,
                    ..base
                }
            }
            None if blocks.is_empty() => Advice { notes, ..base },
            None => Advice { verdict: Verdict::Hold, reason: blocks::hold(&blocks), notes, blocks, ..base },
        }
    }

    /// The name and place of who proposes.
    pub(super) fn rule(&self, proposal: &Proposal) -> RuleRef {
        let statements = &self.account.context.statements;
        let by = match proposal.by {
            ProposedBy::Rule(rule) => statements.rules.get(rule).map(|rule| &rule.by),
            ProposedBy::Cadence(cadence) => statements.cadences.get(cadence).map(|cadence| &cadence.by),
            ProposedBy::Example => self.example,
        };
        by.cloned().unwrap_or_default()
    }

    /// Why, in the words of the author; the name of the rule where they gave none.
    fn reason(&self, candidate: &Candidate, proposal: &Proposal) -> String {
        let person = proposal.variant(candidate.selection.variant()).person;
        let statements = &self.account.context.statements;
        let because = match proposal.by {
            ProposedBy::Rule(rule) => statements.rules.get(rule).and_then(|rule| {
                let rule = self.account.context.packs.get(rule.pack)?.rules.get(rule.index_in_pack)?;
                sentence(rule.because.as_ref(), &self.cx.for_person(person))
            }),
            ProposedBy::Cadence(cadence) => statements.cadences.get(cadence).and_then(|cadence| {
                let cadence = self.account.context.packs.get(cadence.pack)?.cadences.get(cadence.index_in_pack)?;
                sentence(cadence.because.as_ref(), self.cx)
            }),
            ProposedBy::Example => None,
        };
        because.unwrap_or_else(|| self.rule(proposal).name)
    }

    /// What the gates looked at for a touch.
    pub(super) fn gate_input<'c>(
        &'c self,
        proposal: &'c Proposal,
        variant: usize,
        channel: Channel,
        person: usize,
    ) -> Option<GateInput<'a, 'c>> {
        self.selector.gate_input(proposal, variant, channel, person)
    }

    fn touch(&self, winner: &Candidate, proposal: &Proposal, gap: bool) -> Option<AdvisedTouch> {
        let touch = &*proposal.variant(winner.selection.variant()).shaped_touch.touch;
        let brings = |text: &Option<std::sync::Arc<str>>| text.as_ref().map(ToString::to_string);
        let mut advised = AdvisedTouch {
            channel: winner.channel(),
            person: None,
            rep: None,
            window: None,
            offer: brings(&touch.offer),
            ask: brings(&touch.ask),
            find: None,
            hand_over: None,
            cadence: proposal.step.map(|_| self.rule(proposal).name),
            step: proposal.step.map(|step| step.number),
        };
        match (winner.selection, &touch.action) {
            (Selection::Touch { channel, choice, variant, placement }, _) => {
                let input = self.gate_input(proposal, variant, channel, choice.person);
                advised.person = self.person(choice, touch);
                advised.rep = placement.seller.map(|seller| self.rep(seller, touch));
                advised.window = input.and_then(|input| self.window(&input, placement));
                if gap {
                    advised.offer = None;
                }
            }
            (Selection::Find(role), _) => {
                advised.find = Some(role);
                advised.rep = self.owner();
                // The touch was for somebody else than whom we look for: what to bring and ask stays with the touch.
                (advised.offer, advised.ask, advised.cadence, advised.step) = (None, None, None, None);
            }
            (Selection::Action, Action::Wait) => return None,
            (Selection::Action, action) => {
                advised.rep = self.owner();
                match action {
                    Action::Find(role) => advised.find = Some(*role),
                    Action::HandOver(team) => advised.hand_over = Some(team.to_string()),
                    Action::Contact(_) | Action::Wait => {}
                }
            }
        }
        Some(advised)
    }

    fn person(&self, choice: PersonChoice, touch: &Touch) -> Option<PersonRef> {
        let profile = &self.evaluation.profile;
        let (record, person) = (profile.person_record(choice.person)?, profile.people.get(choice.person)?);
        let (_, step) = self.evaluation.people_order.iter().find(|(at, _)| *at == choice.person)?;
        let why = step.render(person.blocker);
        let asked_role = match touch.to {
            Some(Target::Role(role)) => Some(role),
            _ => None,
        };
        let why = match (&touch.to, choice.requested) {
            (None, _) => why,
            (Some(Target::Person(_)), _) => "the rule names this person".to_owned(),
            (Some(Target::Role(role)), true) => {
                if profile.people.iter().filter(|person| person.has_role(*role)).count() == 1 {
                    format!("the rule asks for the {role}")
                } else {
                    format!("the rule asks for a {role}, and of those: {why}")
                }
            }
            (Some(Target::Role(role)), false) if profile.has_role(*role) => {
                format!("no {role} can be contacted in time; instead: {why}")
            }
            (Some(Target::Role(role)), false) => format!("nobody is known as {role}; instead: {why}"),
        };
        Some(PersonRef {
            id: record.id.clone(),
            name: record.name.clone(),
            role: asked_role.filter(|_| choice.requested).or(person.first_role),
            why: capital(&why),
        })
    }

    fn owner(&self) -> Option<RepRef> {
        use crate::decide::context::sellers::LeadOwner;
        let rep = match self.evaluation.profile.owner {
            LeadOwner::Nobody => return None,
            LeadOwner::Unknown => None,
            LeadOwner::Rep(rep) => Some(rep),
        };
        Some(self.rep(Seller { rep, reason: SellerReason::Owner }, &Touch::new(Action::Wait)))
    }

    fn rep(&self, seller: Seller, touch: &Touch) -> RepRef {
        let reps = self.account.records.reps();
        let called = |rep: &crate::book::rep::Rep| rep.name.clone().unwrap_or_else(|| rep.id.clone());
        let rep = seller.rep.and_then(|rep| reps.get(rep));
        let owner = self.lead.owner.as_ref();
        let instead_of_owner = match seller.reason {
            SellerReason::Owner => None,
            SellerReason::Backup(away) => {
                let away = reps.get(away).map(called).unwrap_or_default();
                Some(format!("steps in for {away}, who is away"))
            }
            SellerReason::Skill => {
                let skill = touch.skill.as_deref().unwrap_or_default();
                let keeps = if owner.is_some() { "; the owner keeps the lead" } else { "" };
                Some(format!("knows about {skill}{keeps}"))
            }
        };
        RepRef {
            id: rep.map(|rep| &rep.id).or(owner).cloned().unwrap_or_default(),
            name: rep.and_then(|rep| rep.name.clone()),
            instead_of_owner,
        }
    }

    fn window(&self, input: &GateInput<'_, '_>, placement: Placement) -> Option<AdviceWindow> {
        let zone = input.person.place.location.clock()?;
        let local = |at: Instant| zone.local(at).to_string();
        Some(AdviceWindow {
            from: placement.slot.from,
            until: placement.slot.until,
            local_from: local(placement.slot.from),
            local_until: local(placement.slot.until),
            zone: zone.name().to_owned(),
            late: placement.slot.late,
            why: self.why(input, placement, zone),
        })
    }

    fn priority(&self, one: &Candidate, proposal: &Proposal) -> Priority {
        let touch = &*proposal.variant(one.selection.variant()).shaped_touch.touch;
        let said = |value: f64, said: bool, absent: &str| Factor {
            value,
            because: if said { "said by the rule" } else { absent }.to_owned(),
        };
        let factors = one.priority;
        let propensity = Factor {
            value: factors.propensity,
            because: match (touch.chance, one.selection) {
                (Some(_), _) => "said by the rule".to_owned(),
                (None, Selection::Touch { channel, choice, .. }) => {
                    self.selector.answer_counts(choice.person, channel).render(channel)
                }
                (None, _) => "nobody has to answer; the middle of the channels".to_owned(),
            },
        };
        let lead = self.lead;
        let (worth, source) = match (touch.value, lead.value) {
            (Some(value), _) => (value, "said by the rule"),
            (None, Some(value)) => (value, "the value of the lead"),
            (None, None) => (1.0, "no value known"),
        };
        let because = match lead.churn {
            Some(churn) => {
                let (worth, stays) = (figure(worth), 100.0 - churn * 100.0);
                format!("{source}, {worth}, of which {stays:.0} % stays after a year")
            }
            None => source.to_owned(),
        };
        Priority {
            total: factors.total,
            propensity,
            context: said(factors.context, touch.weight.is_some(), "the rule gives no weight"),
            value: Factor { value: factors.value, because },
            lever: said(factors.lever, touch.lever.is_some(), "the rule gives no lever"),
        }
    }

    fn runner_up(
        &self,
        winner: &Priority,
        one: &Candidate,
        proposal: &Proposal,
        demotion: Option<Demotion>,
    ) -> RunnerUp {
        let priority = self.priority(one, proposal);
        let lost_by = match demotion {
            Some(Demotion::NotDue) => "It is not due yet, and something else is".to_owned(),
            Some(Demotion::Late) => {
                "It cannot be done in time any more, and something else can be done sooner".to_owned()
            }
            None => lost_by(winner, &priority),
        };
        RunnerUp {
            rule: self.rule(proposal),
            channel: one.channel(),
            person: one
                .person()
                .and_then(|at| self.evaluation.profile.person_record(at))
                .map(|person| person.id.clone()),
            behind: winner.total - priority.total,
            priority,
            lost_by,
        }
    }

    pub(super) fn sentence_of(
        &self,
        because: Option<&crate::pack::expression::Clause>,
        person: Option<usize>,
    ) -> Option<String> {
        sentence(because, &self.cx.for_person(person))
    }

    pub(super) fn called(&self, person: usize) -> &str {
        self.evaluation.profile.person_record(person).map_or("", |person| person.name.as_deref().unwrap_or(&person.id))
    }

    fn knows(&self, role: Role) -> bool {
        self.evaluation.profile.has_role(role)
    }
}

/// The factor that made most of the difference, in words.
fn lost_by(winner: &Priority, one: &Priority) -> String {
    let factors = [
        ("chance of an answer", &winner.propensity, &one.propensity),
        ("weight", &winner.context, &one.context),
        ("value", &winner.value, &one.value),
        ("lever", &winner.lever, &one.lever),
    ];
    let mut largest: Option<(f64, String)> = None;
    for (name, winners, ones) in factors {
        if ones.value >= winners.value {
            continue;
        }
        let share = ones.value / winners.value;
        if largest.as_ref().is_none_or(|(least, _)| share < *least) {
            let words = format!("Its {name} is lower: {} against {}", figure(ones.value), figure(winners.value));
            largest = Some((share, words));
        }
    }
    largest.map_or_else(|| "As good, but its rule comes later".to_owned(), |(_, words)| words)
}

/// The answer to a question about a lead that the book does not have.
pub(crate) fn no_such_lead(now: Instant) -> Advice {
    nothing(&Lead::default(), now, "There is no such lead in the book")
}

fn nothing(lead: &Lead, now: Instant, reason: &str) -> Advice {
    let name = lead.name.clone().or_else(|| lead.account.name.clone());
    Advice::waiting(lead.id.clone(), name, now, reason)
}
