//! Where the factors of a priority come from, and what the runners-up lost by.

use crate::book::vocabulary::Channel;
use crate::calendar::Zone;
use crate::calendar::in_words::moment;
use crate::decide::advice::{Factor, Priority, RunnerUp};
use crate::decide::choose::rank::Demotion;
use crate::decide::choose::selector::{Candidate, Selection};
use crate::decide::context::propensity::{AnswerCounts, USUAL_MINUTES, minutes_of_rep};
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::propose::{Proposal, ProposedBy};
use crate::pack::layers::LayerChange;
use crate::pack::statements::lever_given;
use crate::wording::{Amount, Arg, Sentence};

impl AdviceWriter<'_, '_> {
    /// The priority of a candidate, each factor with its evidence.
    pub(super) fn priority(&self, candidate: &Candidate, proposal: &Proposal) -> Priority {
        let touch = &*proposal.variant(candidate.selection.variant()).shaped_touch.touch;
        let factors = candidate.priority;
        let by_rule = |value: f64, given: bool, absent: &'static str| Factor {
            value,
            because: self.text(&Sentence::new(if given { "factor-by-rule" } else { absent })),
        };
        let propensity = match (touch.chance, candidate.selection) {
            (Some(_), _) => Sentence::new("factor-by-rule"),
            (None, Selection::Touch { channel, choice, .. }) => {
                evidence(self.selector.answer_counts(choice.person, channel), channel)
            }
            (None, _) => Sentence::new("factor-nobody-answers"),
        };
        let (worth, source) = match (touch.value, self.lead.value, self.group.context.typical_value) {
            (Some(value), ..) => (value, "factor-by-rule"),
            (None, Some(value), _) => (value, "factor-value-of-lead"),
            (None, None, Some(typical)) => (typical, "factor-value-typical"),
            (None, None, None) => (1.0, "factor-value-unknown"),
        };
        let value = match self.lead.churn {
            Some(churn) => Sentence::new("factor-churn")
                .with("source", Arg::Key(source))
                .with("worth", Amount::new(worth))
                .with("stays", Amount::rounded(100.0 - churn * 100.0, 0)),
            None => Sentence::new(source),
        };
        let lever = match (touch.lever, candidate.selection) {
            (Some(_), _) => match self.given_lever(proposal) {
                Some(change) => Sentence::new("factor-by-layer")
                    .with("pack", change.by.pack.as_str())
                    .with("because", change.because.as_str()),
                None => Sentence::new("factor-by-rule"),
            },
            (None, Selection::Touch { channel, .. }) if minutes_of_rep(channel) > USUAL_MINUTES => {
                Sentence::new("factor-minutes")
                    .with("channel", vocabulary::channel(channel))
                    .with("minutes", Amount::rounded(minutes_of_rep(channel), 0))
                    .with("usual", Amount::rounded(USUAL_MINUTES, 0))
            }
            (None, _) => Sentence::new("factor-no-lever"),
        };
        Priority {
            total: factors.total,
            propensity: Factor { value: factors.propensity, because: self.text(&propensity) },
            context: by_rule(factors.context, touch.weight.is_some(), "factor-no-weight"),
            value: Factor { value: factors.value, because: self.text(&value) },
            lever: Factor { value: factors.lever, because: self.text(&lever) },
        }
    }

    /// The change by which another pack gives the touches of a proposal their lever; `None` where none does.
    fn given_lever(&self, proposal: &Proposal) -> Option<&LayerChange> {
        let context = self.group.context;
        let levers = match proposal.by {
            ProposedBy::Rule(rule) => context.statements.rule(context.packs, rule).map(|rule| &rule.levers),
            ProposedBy::Cadence(cadence) => {
                context.statements.cadence(context.packs, cadence).map(|cadence| &cadence.levers)
            }
            ProposedBy::Example | ProposedBy::Planned(_) => None,
        };
        lever_given(levers?, self.lead.owner.as_deref()).map(|given| &*given.change)
    }

    /// The zone of the person of a candidate; UTC where none is known.
    pub(super) fn zone_of(&self, candidate: &Candidate) -> Zone {
        let person = candidate.person().and_then(|person| self.evaluation.profile.people.get(person));
        person.and_then(|person| person.place.location.clock()).unwrap_or(Zone::UTC)
    }

    /// A candidate that was permitted and not chosen.
    pub(super) fn runner_up(
        &self,
        winner: &Priority,
        candidate: &Candidate,
        proposal: &Proposal,
        demotion: Option<Demotion>,
    ) -> RunnerUp {
        let priority = self.priority(candidate, proposal);
        let lost_by = match demotion {
            Some(Demotion::NotReady) => Sentence::new("lost-not-due"),
            Some(Demotion::NotOwed) => Sentence::new("lost-not-owed"),
            Some(Demotion::DueLater(Some(due))) => {
                Sentence::new("lost-due-later").with("due", moment(due, self.zone_of(candidate)))
            }
            Some(Demotion::DueLater(None)) => Sentence::new("lost-never-due"),
            Some(Demotion::HeldUp) => Sentence::new("lost-held-up"),
            Some(Demotion::Waits) => Sentence::new("lost-waits"),
            Some(Demotion::NotLate) => Sentence::new("lost-not-late"),
            None => lost_by(winner, &priority),
        };
        RunnerUp {
            rule: self.rule(proposal),
            channel: candidate.channel(),
            person: candidate
                .person()
                .and_then(|at| self.evaluation.profile.person_record(at))
                .map(|person| person.id.clone()),
            behind: winner.total - priority.total,
            priority,
            lost_by: self.text(&lost_by),
        }
    }
}

/// The evidence for a propensity.
fn evidence(counts: AnswerCounts, channel: Channel) -> Sentence {
    let channel = vocabulary::channel(channel);
    match counts.touches {
        0 => Sentence::new("factor-no-touches").with("channel", channel),
        touches => Sentence::new("factor-answered")
            .with("channel", channel)
            .with("touches", touches)
            .with("answered", counts.answered),
    }
}

/// The factor that made most of the difference.
fn lost_by(winner: &Priority, own: &Priority) -> Sentence {
    let factors = [
        ("factor-chance", &winner.propensity, &own.propensity),
        ("factor-weight", &winner.context, &own.context),
        ("factor-value", &winner.value, &own.value),
        ("factor-lever", &winner.lever, &own.lever),
    ];
    let mut largest: Option<(f64, Sentence)> = None;
    for (name, winners, owns) in factors {
        if owns.value >= winners.value {
            continue;
        }
        let share = owns.value / winners.value;
        if largest.as_ref().is_none_or(|(least, _)| share < *least) {
            let lower = Sentence::new("lost-lower")
                .with("factor", Arg::Key(name))
                .with("own", Amount::new(owns.value))
                .with("winner", Amount::new(winners.value));
            largest = Some((share, lower));
        }
    }
    largest.map_or_else(|| Sentence::new("lost-order"), |(_, lower)| lower)
}
