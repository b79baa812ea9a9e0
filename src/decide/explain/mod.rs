//! Explains decisions: makes an advice of a decision when somebody wants to read it.
//!
//! Everything in an advice is read off the same numbers that decided; nothing is decided again. What only matters for the text (a
//! `because`, which of several hours closed a moment) is asked now, quietly, so that it counts as no change to wait for.
//!
//! All text comes from the tables of [`crate::wording`], in the language of the reader; only what authors wrote (a `because`, a name) is
//! in theirs.
//!
//! Invariant: an advice has the verdict, rule, channel, person, window, priority and review of its [`Decision`], in every language.

mod blocks;
pub(crate) mod condition_text;
mod fact_text;
mod feedback;
mod headline;
mod memory;
pub mod near_misses;
mod notes;
mod opening_hours;
mod people;
mod person_notes;
mod placement;
mod planned_notes;
mod priority;
mod question_notes;
mod rep_notes;
mod series;
pub(crate) mod switched_off;
pub mod vocabulary;
mod zones;

use std::sync::Arc;

use crate::book::vocabulary::{Channel, Role};
use crate::book::{Lead, Person};
use crate::calendar::in_words::moment;
use crate::calendar::{Instant, Zone};
use crate::decide::advice::{
    Advice, AdviceWindow, AdvisedTouch, AnsweredQuestion, Block, Note, RuleRef, TAKE_OVER, Verdict,
};
use crate::decide::choose::decision::{Decision, LeadEvaluation, RankedCandidates};
use crate::decide::choose::selector::{BlockedCandidate, Candidate, CandidateSelector, Selection};
use crate::decide::context::decision_context::GroupContext;
use crate::decide::context::group_events::GroupEvents;
use crate::decide::context::held_since::{Condition, LeadPast};
use crate::decide::context::placement::Placement;
use crate::decide::context::statements::ProposingStatement;
use crate::decide::gates::content::Offer;
use crate::decide::gates::{GateInput, is_sent_by_system};
use crate::decide::propose::planned::OUTCOME_EXPECTED;
use crate::decide::propose::{Proposal, ProposedBy};
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::sentence;
use crate::evaluate::stage::stage_now;
use crate::pack::touch::Action;
use crate::wording::{Language, Sentence};

/// The most runners-up in an advice.
pub(crate) const MOST_RUNNERS_UP: usize = 5;

/// What an explanation is made for: the language of the reader, and for an example who proposes what it proposes.
#[derive(Clone, Copy)]
pub(crate) struct ExplainOptions<'b> {
    pub(crate) language: Language,
    pub(crate) example: Option<&'b RuleRef>,
}

/// What is needed to explain the decisions of one lead.
pub(crate) struct AdviceWriter<'a, 'b> {
    pub(super) group: &'b GroupContext<'a>,
    pub(super) evaluation: &'b LeadEvaluation<'a, 'b>,
    pub(super) lead: &'a Lead,
    selector: CandidateSelector<'a, 'b>,
    /// What rules see of the lead as on record.
    recorded: &'b FactContext,
    /// What they see of it in its stage.
    cx: &'b FactContext,
    options: ExplainOptions<'b>,
}

impl<'a, 'b> AdviceWriter<'a, 'b> {
    /// A writer for this lead, with the contexts in which its rules were evaluated; `None` without its record.
    pub(crate) fn new(
        group: &'b GroupContext<'a>,
        group_events: &'b GroupEvents<'b>,
        evaluation: &'b LeadEvaluation<'a, 'b>,
        (recorded, cx): (&'b FactContext, &'b FactContext),
        options: ExplainOptions<'b>,
    ) -> Option<Self> {
        let lead = evaluation.profile.record?;
        let selector = evaluation.selector(group, group_events);
        Some(Self { group, evaluation, lead, selector, recorded, cx, options })
    }

    /// The advice. Its review is set afterwards by the caller, for all leads of the contact group at once.
    pub(crate) fn advice(&self, outcome: &RankedCandidates, decision: Decision) -> Advice {
        let outcomes = self.evaluation.outcomes;
        let told = outcome.blocked.iter().filter_map(|stopped| Some((stopped, self.block(stopped)?)));
        let (stops, blocks): (Vec<&BlockedCandidate>, Vec<Block>) = told.unzip();
        let mut notes = self.notes_of_the_lead(&blocks);
        notes.extend(self.notes_on_feedback(outcome));
        notes.extend(self.held_questions(outcome));
        let elsewhere = self.answered_elsewhere(&outcome.answered_elsewhere);
        let nothing_to_do = elsewhere.first().map(|note| note.text.clone()).or_else(|| self.series_over());
        let nothing_to_do = nothing_to_do.unwrap_or_else(|| self.text(&Sentence::new("nothing-to-do")));
        notes.extend(elsewhere);
        let base = Advice {
            stage: stage_now(self.group.context.packs, outcomes.stage, outcomes.entered, self.recorded),
            faults: outcomes.faults.iter().map(|fault| fault.in_language(self.options.language)).collect(),
            ..nothing(self.lead, self.group.context.now, nothing_to_do)
        };
        let mut ranked = outcome.ranked.iter().filter_map(|(demotion, one)| {
            self.evaluation.proposals.get(one.proposal).map(|proposal| (*demotion, one, proposal))
        });
        match ranked.next() {
            Some((_, winner, proposal)) => {
                let rule = self.rule(proposal);
                let priority = self.priority(winner, proposal);
                let mut all = self.notes(winner, proposal);
                all.extend(self.other_channel(winner, proposal, &outcome.blocked));
                all.extend(self.steps_passed_over(winner, proposal));
                all.extend(self.owner_missing(winner.seller));
                all.extend(self.missing_content(outcome));
                all.extend(
                    blocks
                        .iter()
                        .find(|block| block.policy == TAKE_OVER)
                        .map(|block| Note { code: TAKE_OVER, text: block.reason.clone() }),
                );
                all.append(&mut notes);
                let runners_up = ranked.take(MOST_RUNNERS_UP);
                Advice {
                    verdict: decision.verdict,
                    touch: self.touch(winner, proposal),
                    reason: self.reason(winner, proposal),
                    runners_up: runners_up
                        .map(|(demotion, one, proposal)| self.runner_up(&priority, one, proposal, demotion))
                        .collect(),
                    rule: proposal.planned().is_none().then_some(rule),
                    priority: (decision.verdict != Verdict::Wait).then_some(priority),
                    notes: all,
                    blocks,
                    ..base
                }
            }
            None => {
                if self.lead.spam {
                    let reason = self.text(&Sentence::new("hold-spam"));
                    return Advice { verdict: Verdict::Hold, reason, notes, ..base };
                }
                notes.extend(self.owner_missing(None));
                notes.extend(self.missing_content(outcome));
                if outcome.is_nothing_to_do() {
                    let done = outcome.done().min_by_key(|done| done.block.lifts_at).and_then(|done| self.block(done));
                    let reason = done.map_or_else(|| base.reason.clone(), |block| block.reason);
                    return Advice { reason, notes, blocks, ..base };
                }
                let is_owed = |stopped: &BlockedCandidate| self.evaluation.is_owed(&self.selector, stopped);
                let owed = stops.iter().zip(&blocks).filter(|(stopped, _)| is_owed(stopped)).map(|(_, block)| block);
                let held_by = blocks::hold(owed).or_else(|| blocks::hold(blocks.iter()));
                let reason = held_by.map_or_else(String::new, |block| block.reason.clone());
                Advice { verdict: Verdict::Hold, reason, notes, blocks, ..base }
            }
        }
    }

    /// The zone in whose local time the review of an advice is told: that of its window; without one that of the lead, else of the first
    /// person whose zone is known. `None` when none is.
    pub(crate) fn review_zone(&self, advice: &Advice) -> Option<Zone> {
        let window = advice.touch.as_ref().and_then(|touch| touch.window.as_ref());
        window.and_then(|window| Zone::parse(&window.zone).ok()).or_else(|| self.zone_of_lead())
    }

    /// The zone of the lead, else of the first person whose zone is known. `None` when none is.
    pub(super) fn zone_of_lead(&self) -> Option<Zone> {
        let of_lead = self.group.context.places.locate(self.lead, &Person::default()).location.clock();
        let people = &self.evaluation.profile.people;
        of_lead.or_else(|| people.iter().find_map(|person| person.place.location.clock()))
    }

    /// A sentence in the language of the reader.
    pub(super) fn text(&self, sentence: &Sentence) -> String {
        sentence.render(self.options.language)
    }

    /// A sentence in the language of the reader, its first letter in upper case.
    pub(super) fn capitalised(&self, sentence: &Sentence) -> String {
        let text = self.text(sentence);
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// The name and place of who proposes.
    pub(super) fn rule(&self, proposal: &Proposal) -> RuleRef {
        let statements = &self.group.context.statements;
        let by = match proposal.by {
            ProposedBy::Rule(rule) => statements.rules.get(rule).map(|rule| &rule.by),
            ProposedBy::Cadence(cadence) => statements.cadences.get(cadence).map(|cadence| &cadence.by),
            ProposedBy::Example => self.options.example,
            ProposedBy::Planned(_) => {
                return RuleRef { name: self.text(&Sentence::new("planned-touch")), ..RuleRef::default() };
            }
        };
        by.cloned().unwrap_or_default()
    }

    /// Who proposed the rule or cadence to the team, where it says so.
    pub(super) fn proposer(&self, proposal: &Proposal) -> Option<&str> {
        let context = &self.group.context;
        let of_rule = |rule: &ProposingStatement| {
            context.packs.get(rule.pack)?.rules.get(rule.index_in_pack)?.proposed_by.as_deref()
        };
        let of_cadence = |cadence: &ProposingStatement| {
            context.packs.get(cadence.pack)?.cadences.get(cadence.index_in_pack)?.proposed_by.as_deref()
        };
        match proposal.by {
            ProposedBy::Rule(rule) => context.statements.rules.get(rule).and_then(of_rule),
            ProposedBy::Cadence(cadence) => context.statements.cadences.get(cadence).and_then(of_cadence),
            ProposedBy::Example | ProposedBy::Planned(_) => None,
        }
    }

    /// Why, in the words of the author; the name of the rule where they gave none.
    fn reason(&self, candidate: &Candidate, proposal: &Proposal) -> String {
        let promised = proposal.planned().and_then(|index| self.promised(candidate, index));
        promised.unwrap_or_else(|| self.reason_of_variant(proposal, candidate.selection.variant()))
    }

    /// Why a variant of a proposal is proposed, in the words of the author; the name of the rule where they gave none.
    pub(super) fn reason_of_variant(&self, proposal: &Proposal, variant: usize) -> String {
        let person = proposal.variant(variant).person;
        let statements = &self.group.context.statements;
        let because = match proposal.by {
            ProposedBy::Rule(rule) => statements.rules.get(rule).and_then(|rule| {
                let pack = self.group.context.packs.get(rule.pack)?;
                sentence(pack, pack.rules.get(rule.index_in_pack)?.because.as_ref(), &self.cx.for_person(person))
            }),
            ProposedBy::Cadence(cadence) => statements.cadences.get(cadence).and_then(|cadence| {
                let pack = self.group.context.packs.get(cadence.pack)?;
                sentence(pack, pack.cadences.get(cadence.index_in_pack)?.because.as_ref(), self.cx)
            }),
            ProposedBy::Example | ProposedBy::Planned(_) => None,
        };
        because.unwrap_or_else(|| self.rule(proposal).name)
    }

    /// Why a planned touch is advised: for which moment it was promised, and what is asked for when that was long ago.
    fn promised(&self, candidate: &Candidate, index: usize) -> Option<String> {
        let planned = self.lead.planned.get(index)?;
        let overdue = self.group.context.now - planned.at >= OUTCOME_EXPECTED;
        let promised = Sentence::new(if overdue { "promised-no-outcome" } else { "promised" });
        let channel = vocabulary::by(planned.channel);
        let at = moment(planned.at, self.zone_of(candidate));
        Some(self.text(&promised.with("channel", channel).with("moment", at)))
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

    fn touch(&self, winner: &Candidate, proposal: &Proposal) -> Option<AdvisedTouch> {
        let touch = &*proposal.variant(winner.selection.variant()).shaped_touch.touch;
        let brings = |text: Option<&Arc<str>>| text.map(ToString::to_string);
        let (pack, rule) = self.recorded_names(proposal).unzip();
        let mut advised = AdvisedTouch {
            channel: winner.channel(),
            person: None,
            rep: winner.seller.map(|seller| self.rep(seller, touch)),
            automatic: is_sent_by_system(touch, winner.channel()),
            window: None,
            since: self.since(winner, proposal),
            due: winner.promise.map(|promise| promise.due),
            late: winner.late.is_some(),
            late_by: None,
            offer: brings(touch.offers.first()),
            ask: brings(touch.ask.as_ref()),
            answers: winner.answers.map(AnsweredQuestion::from),
            promised: proposal.planned().and_then(|index| Some(self.lead.planned.get(index)?.at)),
            acknowledges: touch.acknowledges,
            find: None,
            hand_over: None,
            pack,
            rule,
            cadence: proposal.step.map(|_| self.rule(proposal).name),
            step: proposal.step.map(|step| step.number),
        };
        match (winner.selection, &touch.action) {
            (Selection::Touch { channel, choice, variant, placement }, _) => {
                let input = self.gate_input(proposal, variant, channel, choice.person);
                advised.person = self.person(choice, touch, winner.answers, proposal.variant(variant).person);
                advised.offer = input.and_then(|input| brings(offered(&input)));
                advised.window = input.and_then(|input| self.window(&input, placement));
            }
            (Selection::Find(role), _) => {
                advised.find = Some(role);
                // The touch was for somebody else than whom we look for: what to bring and ask stays with the touch.
                (advised.offer, advised.ask, advised.cadence, advised.step) = (None, None, None, None);
            }
            (Selection::Wait, _) => return None,
            (Selection::Action, Action::Find(role)) => advised.find = Some(*role),
            (Selection::Action, Action::HandOver(team)) => advised.hand_over = Some(team.to_string()),
            (Selection::Action, Action::Contact(_) | Action::Answer | Action::Wait) => {}
        }
        let made_at = winner.placement().map_or(self.group.context.now, |placement| placement.slot.from);
        advised.late_by = winner.promise.filter(|_| winner.late.is_some()).map(|promise| made_at - promise.due);
        Some(advised)
    }

    /// What records call the pack and the rule of a proposal; `None` for one that no rule makes.
    fn recorded_names(&self, proposal: &Proposal) -> Option<(String, String)> {
        let ProposedBy::Rule(rule) = proposal.by else { return None };
        let (pack, rule) = self.group.context.statements.rules.get(rule)?.recorded_names();
        Some((pack.to_owned(), rule.to_owned()))
    }

    /// When the reason of a candidate began, where that can be told: its promise counts from then.
    fn since(&self, candidate: &Candidate, proposal: &Proposal) -> Option<Instant> {
        let variant = proposal.variant(candidate.selection.variant());
        if let Some(promise) = variant.promise {
            return Some(promise.since);
        }
        let condition = self.condition(proposal)?;
        LeadPast::new(self.group.context.packs, self.recorded).held_since(condition, variant.person).start
    }

    /// Until when the reason of a variant of a proposal goes on holding by itself; `None` when only a new record can end it.
    pub(super) fn holds_until(&self, proposal: &Proposal, variant: usize) -> Option<Instant> {
        let (condition, person) = (self.condition(proposal)?, proposal.variant(variant).person);
        LeadPast::new(self.group.context.packs, self.recorded).holds_until(condition, person)
    }

    /// The condition of who proposes; `None` for a planned touch and what an example proposes.
    fn condition(&self, proposal: &Proposal) -> Option<Condition<'_>> {
        let (packs, statements) = (self.group.context.packs, &self.group.context.statements);
        match proposal.by {
            ProposedBy::Rule(rule) => statements.rule(packs, rule).map(Condition::Rule),
            ProposedBy::Cadence(cadence) => statements.cadence(packs, cadence).map(Condition::Cadence),
            ProposedBy::Example | ProposedBy::Planned(_) => None,
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
            why: self.why_then(input, placement, zone),
        })
    }

    pub(super) fn called(&self, person: usize) -> &str {
        self.evaluation.profile.person_record(person).map_or("", Person::called)
    }

    fn knows(&self, role: Role) -> bool {
        self.evaluation.profile.has_role(role)
    }
}

/// The content that a touch offers to its person; `None` also for content that nobody made.
fn offered<'t>(input: &GateInput<'_, 't>) -> Option<&'t Arc<str>> {
    let records = input.group.records;
    Offer::of(input).content().filter(|id| records.contents().is_empty() || records.content(id).is_some())
}

/// The answer to a question about a lead that the book does not have.
pub(crate) fn no_such_lead(now: Instant, language: Language) -> Advice {
    nothing(&Lead::default(), now, Sentence::new("no-such-lead").render(language))
}

fn nothing(lead: &Lead, now: Instant, reason: String) -> Advice {
    let name = lead.name.clone().or_else(|| lead.account.name.clone());
    Advice::waiting(lead.id.clone(), name, now, reason)
}
