//! The evaluators of rules, and their comparison with Rhai's own interpreter, which is the oracle.
//!
//! For each clause our tree and the interpreter must give the same value, or an error with the same code at the same position. Conditions of
//! statements are evaluated by all of [`EVALUATORS`] and [`OF_MANY`]; a new evaluator is added there.
//!
//! **The same position.** Rhai reports a point, our tree a span. They agree when the span is that of the smallest node around the point: the
//! operation that failed, with its operands. When Rhai reports no point, any span in the clause agrees.

use super::world::{Condition, Question, World, clauses};
use super::{many, watch};
use cadans::book::value::Value;
use cadans::diagnostics::{EvaluationError, Span};
use cadans::evaluate::clause::{evaluate, interpret, stands};
use cadans::evaluate::facts::FactContext;
use cadans::pack::expression::{Body, Clause, Node};
use cadans::pack::interpreter::Answer;
use cadans::wording::Language;

/// The result of a condition for a lead (and person).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    Held,
    Not,
    /// The condition fails at this span.
    Error(Span),
}

/// An evaluator of single leads: the results of questions about a world, in their order.
pub type Evaluator = fn(&World, &[Question<'_>]) -> Vec<Outcome>;

/// The evaluators that work lead by lead.
pub const EVALUATORS: &[(&str, Evaluator)] = &[("the tree", by_tree)];

/// The evaluators that work on many leads at once.
pub const OF_MANY: &[(&str, many::Evaluator)] = &[("columns", many::by_columns), ("the book", many::by_book)];

/// Counts of what was compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Conditions of statements, each for one lead (and person).
    pub evaluations: usize,
    /// Clauses, each for one lead (and person).
    pub clauses: usize,
    /// Of these, the ones that are compiled.
    pub compiled: usize,
    /// Of these, the ones that fail.
    pub errors: usize,
    /// Of these, the ones for which Rhai reports no point.
    pub unplaced: usize,
    /// Conditions that hold.
    pub held: usize,
}

impl Tally {
    /// Adds another one.
    pub fn add(&mut self, other: Self) {
        self.evaluations += other.evaluations;
        self.clauses += other.clauses;
        self.compiled += other.compiled;
        self.errors += other.errors;
        self.unplaced += other.unplaced;
        self.held += other.held;
    }
}

/// Every difference between an evaluator and the interpreter in a world, as text, and what was compared.
pub fn differences(world: &World) -> (Vec<String>, Tally) {
    let (mut found, mut tally) = differences_of_tree(world, &|_| {});
    let questions = world.questions();
    let expected = by_interpreter(world);
    tally.evaluations = questions.len();
    tally.held = expected.iter().filter(|outcome| **outcome == Outcome::Held).count();
    for (name, evaluator) in EVALUATORS {
        found.extend(differences_of(&questions, name, &evaluator(world, &questions), &expected));
    }
    for (name, evaluator) in OF_MANY {
        found.extend(many::differences(world, name, &evaluator(world)));
    }
    found.extend(watch::differences(world));
    (found, tally)
}

/// The differences between the results of one evaluator and those of the interpreter, as text.
pub fn differences_of(questions: &[Question<'_>], name: &str, came: &[Outcome], wanted: &[Outcome]) -> Vec<String> {
    if came.len() != questions.len() {
        return vec![format!("{name} has {} answers to {} questions", came.len(), questions.len())];
    }
    let mut found = Vec::new();
    for ((question, came), wanted) in questions.iter().zip(came).zip(wanted) {
        let same = match (*came, *wanted) {
            (Outcome::Error(told), Outcome::Error(point)) => question.condition.same_place(told, point),
            (came, wanted) => came == wanted,
        };
        if !same {
            let sources = question.condition.clauses().map(|clause| &*clause.source).collect::<Vec<_>>();
            let (sources, lead, person) = (sources.join("\n   unless "), question.lead, question.person);
            found
                .push(format!("{sources}\n   lead {lead}, person {person:?}: {name} {came:?}, interpreter {wanted:?}"));
        }
    }
    found
}

/// The differences between our tree, after `change`, and the interpreter, for each clause: in value, error and position.
pub fn differences_of_tree(world: &World, change: &dyn Fn(&mut Node)) -> (Vec<String>, Tally) {
    let mut found = Vec::new();
    let mut tally = Tally::default();
    for pack in world.rulebook.packs() {
        let mut all: Vec<(Clause, bool)> =
            clauses(pack).into_iter().map(|(clause, sees_record)| (clause.clone(), sees_record)).collect();
        for (clause, _) in &mut all {
            if let Body::Compiled(node) = &mut clause.body {
                change(node);
            }
        }
        for (lead, record) in world.leads.iter().enumerate() {
            let (recorded, entered) = world.contexts(lead);
            for (clause, sees_record) in &all {
                let cx = if *sees_record { &recorded } else { &entered };
                let people: Vec<Option<usize>> = match clause.reads_person {
                    false => vec![None],
                    true => (0..record.people.len()).map(Some).collect(),
                };
                for person in people {
                    if let Err(told) = compare(clause, &cx.for_person(person), &mut tally) {
                        found.push(format!("{}\n   lead {lead}, person {person:?}: {told}", clause.source));
                    }
                }
            }
        }
    }
    (found, tally)
}

/// Compares our tree and the interpreter for one clause.
fn compare(clause: &Clause, cx: &FactContext, tally: &mut Tally) -> Result<(), String> {
    tally.clauses += 1;
    let Body::Compiled(root) = &clause.body else { return Ok(()) };
    tally.compiled += 1;
    let (came, wanted) = (evaluate(clause, cx), interpret(clause, cx));
    if matches!(came, Ok(Answer::Value(Value::Text(_)))) {
        same_sentences(clause, cx)?;
    }
    let same = match (&came, &wanted) {
        (Ok(came), Ok(wanted)) => came == wanted || format!("{came:?}") == format!("{wanted:?}"),
        (Err(came), Err(wanted)) => {
            tally.errors += 1;
            tally.unplaced += usize::from(wanted.span == clause.span);
            let same_place = wanted.span == clause.span || came.span == smallest_around(root, wanted.span);
            came.code == wanted.code && same_place
        }
        _ => false,
    };
    if same { Ok(()) } else { Err(format!("tree {}, interpreter {}", describe(&came), describe(&wanted))) }
}

/// Compares the texts that our tree and the interpreter make of a clause in a sentence (`because`), in every language.
fn same_sentences(clause: &Clause, cx: &FactContext) -> Result<(), String> {
    for language in Language::ALL {
        let cx = cx.for_sentence(language);
        let (came, wanted) = (evaluate(clause, &cx), interpret(clause, &cx));
        if format!("{:?}", came.as_ref().ok()) != format!("{:?}", wanted.as_ref().ok()) {
            return Err(format!("{language:?} sentence: tree {}, interpreter {}", describe(&came), describe(&wanted)));
        }
    }
    Ok(())
}

/// A result as text.
fn describe(answer: &Result<Answer, EvaluationError>) -> String {
    match answer {
        Ok(answer) => format!("{answer:?}"),
        Err(EvaluationError { code, sentence, span }) => {
            let message = sentence.english();
            let Span { line, column, end_line, end_column } = span;
            format!("fails with {code:?} at {line}:{column} to {end_line}:{end_column} ({message})")
        }
    }
}

/// The span of the smallest node around a point.
fn smallest_around(root: &Node, point: Span) -> Span {
    let mut smallest = Span { line: 1, column: 1, end_line: u32::MAX, end_column: u32::MAX };
    let mut left = vec![root];
    while let Some(node) = left.pop() {
        if node.span.to(point) == node.span && smallest.to(node.span) == smallest {
            smallest = node.span;
        }
        left.extend(node.kind.parts());
    }
    smallest
}

impl<'a> Condition<'a> {
    fn clauses(&self) -> impl Iterator<Item = &'a Clause> + use<'a> {
        self.when.into_iter().chain(self.unless)
    }

    /// Whether a span agrees with the point of the interpreter.
    fn same_place(&self, told: Span, point: Span) -> bool {
        self.clauses().any(|clause| match &clause.body {
            _ if clause.span == point => clause.span.to(told) == clause.span,
            Body::Compiled(root) => clause.span.to(point) == clause.span && smallest_around(root, point) == told,
            Body::Interpreted { .. } => told == point,
        })
    }
}

/// Evaluates each question in its context.
fn evaluate_each(
    world: &World,
    questions: &[Question<'_>],
    ask: impl Fn(&Condition<'_>, &FactContext) -> Outcome,
) -> Vec<Outcome> {
    let contexts: Vec<_> = (0..world.leads.len()).map(|lead| world.contexts(lead)).collect();
    let answers = questions.iter().map(|question| {
        let (recorded, entered) = &contexts[question.lead];
        let cx = if question.condition.sees_record { recorded } else { entered };
        ask(&question.condition, &cx.for_person(question.person))
    });
    answers.collect()
}

fn outcome(holds: Result<bool, EvaluationError>) -> Outcome {
    match holds {
        Ok(true) => Outcome::Held,
        Ok(false) => Outcome::Not,
        Err(problem) => Outcome::Error(problem.span),
    }
}

/// One lead at a time, on our tree.
pub fn by_tree(world: &World, questions: &[Question<'_>]) -> Vec<Outcome> {
    evaluate_each(world, questions, |condition, cx| outcome(stands(condition.when, condition.unless, cx)))
}

/// The oracle: Rhai's own interpreter.
pub fn by_interpreter(world: &World) -> Vec<Outcome> {
    by_tree(world, &world.walked_questions())
}
