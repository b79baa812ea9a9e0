//! When the statements of a rulebook hold, as alternatives.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::alternatives::{Alternatives, Conjunction, TooMany, Work};
use crate::analysis::classifier::{Classifier, Outcome, OwnTypes, own_types, owner_test};
use crate::analysis::hours::Openings;
use crate::analysis::relations::truth;
use crate::analysis::variable::Variable;
use crate::book::catalogue::{Fact, Subject};
use crate::diagnostics::Span;
use crate::limits;
use crate::pack::Pack;
use crate::pack::expression::{Body, Clause};
use crate::pack::policies::{Channels, Hours, Limit, Never, Pause};
use crate::pack::statements::{Cadence, Rule};
use crate::wording::{Arg, Sentence};

/// Whether a statement can hold for some lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// For none.
    Impossible,
    /// For some, as far as the values and laws that are known here go.
    Possible,
    /// It cannot be told: its condition is too large, or has parts that are not taken apart.
    Unknown,
}

/// The packs that are analysed, with the work that is left.
pub(crate) struct Rulebooks<'a> {
    /// The packs, in order.
    pub(crate) packs: &'a [Pack],
    own: Rc<OwnTypes>,
    left: Rc<Cell<usize>>,
    /// Which hours leave a moment.
    pub(crate) openings: Openings,
    /// What was answered already: the analyses ask much of the same.
    answered: RefCell<BTreeMap<Question, Result<Alternatives, TooMany>>>,
}

/// What is asked of a condition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    /// When it holds.
    Holds,
    /// When it does not hold.
    Fails,
    /// When it is false.
    IsFalse,
}

/// A question about a condition, which is known by the index of its pack and the places of its clauses.
type Question = (Asked, usize, Option<Span>, Option<Span>);

/// What a condition needs to hold: `when` true and `unless` false. Either may be absent.
#[derive(Clone, Copy)]
pub(crate) struct Condition<'a> {
    /// The pack it stands in.
    pub(crate) pack: &'a Pack,
    /// What must be true.
    pub(crate) when: Option<&'a Clause>,
    /// What must be false.
    pub(crate) unless: Option<&'a Clause>,
}

/// When a condition holds, and when not.
pub(crate) struct Answers {
    /// When it holds.
    pub(crate) holds: Result<Alternatives, TooMany>,
    /// When it does not, a fault being one way.
    pub(crate) fails: Result<Alternatives, TooMany>,
}

/// One statement with its condition.
pub(crate) struct Conditional<'a> {
    /// Its condition.
    pub(crate) condition: Condition<'a>,
    /// What it is called in messages.
    pub(crate) called: Sentence,
    /// Where it stands.
    pub(crate) span: Span,
}

impl<'a> Rulebooks<'a> {
    pub(crate) fn new(packs: &'a [Pack]) -> Self {
        let left = Rc::new(Cell::new(limits::ANALYSIS_STEPS_OF_ALL));
        Self {
            packs,
            own: Rc::new(own_types(packs)),
            left,
            openings: Openings::default(),
            answered: RefCell::default(),
        }
    }

    /// The answer to a question about a condition, worked out once.
    fn answer(
        &self,
        asked: Asked,
        condition: Condition<'_>,
        work_out: impl FnOnce() -> Result<Alternatives, TooMany>,
    ) -> Result<Alternatives, TooMany> {
        let Some(pack) = self.packs.iter().position(|pack| std::ptr::eq(pack, condition.pack)) else {
            return work_out();
        };
        let place = |clause: Option<&Clause>| clause.map(|clause| clause.span);
        let question = (asked, pack, place(condition.when), place(condition.unless));
        if let Some(answer) = self.answered.borrow().get(&question) {
            return answer.clone();
        }
        let answer = work_out();
        self.answered.borrow_mut().insert(question, answer.clone());
        answer
    }

    /// A classifier for one question.
    pub(crate) fn classifier(&self) -> Classifier {
        Classifier::new(self.own.clone(), self.work())
    }

    /// The work that one question may take.
    fn work(&self) -> Work {
        Work::of(self.left.clone())
    }

    /// When a condition holds.
    ///
    /// # Errors
    /// There are too many alternatives.
    pub(crate) fn holds(&self, condition: Condition<'_>) -> Result<Alternatives, TooMany> {
        self.answer(Asked::Holds, condition, || self.when_it_holds(condition))
    }

    fn when_it_holds(&self, condition: Condition<'_>) -> Result<Alternatives, TooMany> {
        let classifier = self.classifier();
        let clause = |clause: Option<&Clause>, outcome| {
            clause.map_or(Ok(Alternatives::always()), |clause| classifier.clause(condition.pack, clause, outcome))
        };
        let held = clause(condition.when, Outcome::True)?;
        Ok(held.and(&clause(condition.unless, Outcome::False)?, classifier.work())?.possible())
    }

    /// When a condition does not hold: where it is false, and where it cannot be evaluated.
    ///
    /// # Errors
    /// There are too many alternatives.
    pub(crate) fn fails(&self, condition: Condition<'_>) -> Result<Alternatives, TooMany> {
        self.answer(Asked::Fails, condition, || self.when_it_fails(condition))
    }

    fn when_it_fails(&self, condition: Condition<'_>) -> Result<Alternatives, TooMany> {
        let classifier = self.classifier();
        let mut fails = Alternatives::never();
        let ways = [
            (condition.when, Outcome::False),
            (condition.when, Outcome::Fault),
            (condition.unless, Outcome::True),
            (condition.unless, Outcome::Fault),
        ];
        for (clause, outcome) in ways {
            if let Some(clause) = clause {
                fails = fails.or(classifier.clause(condition.pack, clause, outcome)?, classifier.work())?;
            }
        }
        Ok(fails.possible())
    }

    /// When a condition is false, so that also a hard pack, of which one that cannot be evaluated holds, does not hold.
    ///
    /// # Errors
    /// There are too many alternatives.
    pub(crate) fn is_false(&self, condition: Condition<'_>) -> Result<Alternatives, TooMany> {
        self.answer(Asked::IsFalse, condition, || self.when_it_is_false(condition))
    }

    fn when_it_is_false(&self, condition: Condition<'_>) -> Result<Alternatives, TooMany> {
        let classifier = self.classifier();
        let mut is_false = Alternatives::never();
        for (clause, outcome) in [(condition.when, Outcome::False), (condition.unless, Outcome::True)] {
            if let Some(clause) = clause {
                is_false = is_false.or(classifier.clause(condition.pack, clause, outcome)?, classifier.work())?;
            }
        }
        Ok(is_false.possible())
    }

    /// When a condition holds, and when not.
    pub(crate) fn answers(&self, condition: Condition<'_>) -> Answers {
        Answers { holds: self.holds(condition), fails: self.fails(condition) }
    }

    /// What holds when both do.
    ///
    /// # Errors
    /// There are too many alternatives.
    pub(crate) fn both(&self, one: &Alternatives, other: &Alternatives) -> Result<Alternatives, TooMany> {
        one.and(other, &self.work())
    }

    /// Whether both can be true together.
    ///
    /// # Errors
    /// It takes too much work to tell.
    pub(crate) fn meet(&self, one: &Alternatives, other: &Alternatives) -> Result<bool, TooMany> {
        one.meet(other, &self.work())
    }

    /// What holds when one of both does.
    ///
    /// # Errors
    /// There are too many alternatives.
    pub(crate) fn either(&self, one: Alternatives, other: Alternatives) -> Result<Alternatives, TooMany> {
        one.or(other, &self.work())
    }

    /// Whether the one holds only where the other does not fail, so never without it.
    ///
    /// # Errors
    /// There are too many alternatives.
    pub(crate) fn is_within(&self, holds: &Alternatives, fails: &Alternatives) -> Result<bool, TooMany> {
        holds.meet(fails, &self.work()).map(|meet| !meet)
    }

    /// Every statement that has a condition.
    pub(crate) fn conditionals(&self) -> Vec<Conditional<'a>> {
        self.packs.iter().flat_map(conditionals).collect()
    }
}

fn conditionals(pack: &Pack) -> Vec<Conditional<'_>> {
    let of = |called, span, when, unless| Conditional { condition: Condition { pack, when, unless }, called, span };
    let rules =
        pack.rules.iter().map(|rule| of(rule_called(&rule.name), rule.span, Some(&rule.when), rule.unless.as_ref()));
    let cadences =
        pack.cadences.iter().map(|one| of(cadence_called(one), one.span, Some(&one.when), one.until.as_ref()));
    let enters = pack.enters.iter().map(|one| of(enter_called(one.stage.word()), one.span, Some(&one.when), None));
    let nevers = pack.nevers.iter().map(|one| of(never_called(one), one.span, one.when.as_ref(), one.unless.as_ref()));
    let capped = pack.limits.iter().map(|one| of(limit_called(one), one.span, one.when.as_ref(), None));
    let hours = pack.hours.iter().map(|one| of(hours_called(one), one.span, one.when.as_ref(), None));
    let pauses = pack.pauses.iter().map(|one| of(pause_called(one), one.span, Some(&one.when), None));
    rules.chain(cadences).chain(enters).chain(nevers).chain(capped).chain(hours).chain(pauses).collect()
}

impl<'a> Condition<'a> {
    /// That of a rule.
    pub(crate) const fn of_rule(pack: &'a Pack, rule: &'a Rule) -> Self {
        Self { pack, when: Some(&rule.when), unless: rule.unless.as_ref() }
    }

    /// That of a cadence.
    pub(crate) const fn of_cadence(pack: &'a Pack, cadence: &'a Cadence) -> Self {
        Self { pack, when: Some(&cadence.when), unless: cadence.until.as_ref() }
    }

    /// The leads for which it may hold, by their owner: all, but in the layer of a rep.
    pub(crate) fn owners(&self) -> Alternatives {
        let owners = self.when.and_then(|when| when.owners.as_deref());
        let test = owners.and_then(owner_test);
        test.map_or_else(Alternatives::always, |(owner, included)| Alternatives::test(&owner, &included))
    }

    /// Whether a part of it runs interpreted, so that nothing is known about it.
    pub(crate) fn is_interpreted(&self) -> bool {
        [self.when, self.unless].into_iter().flatten().any(|one| matches!(one.body, Body::Interpreted { .. }))
    }
}

/// Whether a rule can hold for some lead. `packs` are those in force, which declare the facts that it may read.
pub fn can_hold(packs: &[Pack], pack: &Pack, rule: &Rule) -> Proof {
    proof(&Rulebooks::new(packs), Condition::of_rule(pack, rule))
}

/// Whether a condition can hold for some lead.
pub(crate) fn proof(rulebook: &Rulebooks<'_>, condition: Condition<'_>) -> Proof {
    match rulebook.holds(condition) {
        Ok(holds) if holds.is_never() => Proof::Impossible,
        Ok(holds) if holds.conjunctions().iter().any(Conjunction::is_understood) => Proof::Possible,
        _ => Proof::Unknown,
    }
}

/// That nobody in the lead waits for an answer, which holds for each step of a cadence that is made.
pub(crate) fn nobody_waits() -> Alternatives {
    Variable::fact(Subject::Lead, Fact::Waiting, &[])
        .map_or_else(Alternatives::always, |waiting| Alternatives::test(&waiting, &truth(false)))
}

/// `rule "Price page again"`, in messages.
pub(crate) fn rule_called(name: &str) -> Sentence {
    Sentence::new("analysed-rule").with("name", name)
}

/// `cadence "Warm inbound"`, in messages.
pub(crate) fn cadence_called(cadence: &Cadence) -> Sentence {
    Sentence::new("analysed-cadence").with("name", cadence.name.as_str())
}

/// `enter "interest"`, in messages.
pub(crate) fn enter_called(stage: &'static str) -> Sentence {
    Sentence::new("analysed-enter").with("stage", stage)
}

fn written(channels: Channels) -> Arg {
    Arg::from(match channels {
        Channels::Any => "any",
        Channels::One(channel) => channel.word(),
    })
}

/// `never phone`, in messages.
pub(crate) fn never_called(never: &Never) -> Sentence {
    Sentence::new("analysed-never").with("channel", written(never.channels))
}

/// `limit phone 2 per 7.days`, in messages.
pub(crate) fn limit_called(limit: &Limit) -> Sentence {
    let per = crate::book::value::Value::Length(limit.per).in_rule();
    Sentence::new("analysed-limit")
        .with("channel", written(limit.channels))
        .with("most", limit.most.to_string())
        .with("per", per)
}

/// `reachable phone`, in messages.
pub(crate) fn hours_called(hours: &Hours) -> Sentence {
    Sentence::new("analysed-reachable").with("channel", written(hours.channels))
}

/// `pause phone`, in messages.
pub(crate) fn pause_called(pause: &Pause) -> Sentence {
    Sentence::new("analysed-pause").with("channel", written(pause.channels))
}
