//! The classifier of conditions: for which values of which facts a condition is true, false, or cannot be evaluated.
//!
//! A condition becomes [`Alternatives`]. Comparisons of one fact with a constant, `in`, `??` with a constant, a length added to or subtracted from
//! a fact, and facts that are true or false become sets of values; how two facts compare becomes one variable. Every other part stays whole: it is
//! a variable that may be true, false or a fault, and the same part has the same answer wherever it stands.
//!
//! Invariant: for each lead exactly one of the three outcomes holds, as `evaluate/` has it: unknown is a value, a comparison with it is false (`is
//! not` is true), and an operand of `and`, `or`, `not` and `if` that is not true or false is a fault.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::analysis::alternatives::{Alternatives, TooMany, Work};
use crate::analysis::notation::notation;
use crate::analysis::relations::{known, unknown};
use crate::analysis::value_set::{KnownValues, ValueSet, numbers};
use crate::analysis::variable::{FAULT, Variable};
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::{Type, Value};
use crate::evaluate::operators;
use crate::order;
use crate::pack::Pack;
use crate::pack::expression::{Arithmetic, Body, Clause, Comparison, Node, NodeKind};
use crate::pack::layers::LeadOwners;

/// What a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// True.
    True,
    /// False.
    False,
    /// It cannot be evaluated.
    Fault,
}

/// The classifier, for the packs of one rulebook.
pub(crate) struct Classifier {
    own: Rc<OwnTypes>,
    work: Work,
    /// The answers about parts that have parts of their own, by the number of the part in the tree of its clause.
    answered: RefCell<BTreeMap<(u32, Outcome), Result<Alternatives, TooMany>>>,
}

/// The types of the facts that packs declare.
pub(crate) type OwnTypes = BTreeMap<Arc<str>, Type>;

/// The types of the facts that these packs declare.
pub(crate) fn own_types(packs: &[Pack]) -> OwnTypes {
    let own = packs.iter().flat_map(|pack| &pack.facts).map(|fact| (fact.name.clone(), fact.kind));
    order::collect_map(own)
}

/// A value of a condition that is read from one fact, or is the same for every lead.
enum Term {
    Constant(Value),
    Read {
        variable: Variable,
        /// What is used instead where the fact is unknown.
        fallback: Option<Value>,
        /// What is added to the value: a number, or a length in milliseconds.
        plus: Option<f64>,
    },
}

/// The values of one variable for which a test is true, false, or cannot be evaluated.
struct Split {
    variable: Variable,
    yes: ValueSet,
    no: ValueSet,
    fault: ValueSet,
}

impl Classifier {
    /// The classifier where facts have these types, with the work that one question may take.
    pub(crate) fn new(own: Rc<OwnTypes>, work: Work) -> Self {
        Self { own, work, answered: RefCell::default() }
    }

    /// The work that is left.
    pub(crate) const fn work(&self) -> &Work {
        &self.work
    }

    /// When a clause of this pack comes to `outcome`.
    ///
    /// # Errors
    /// There are too many alternatives.
    pub(crate) fn clause(&self, pack: &Pack, clause: &Clause, outcome: Outcome) -> Result<Alternatives, TooMany> {
        let of_any_owner = self.clause_of_any_owner(pack, clause, outcome)?;
        let Some((owner, included)) = clause.owners.as_deref().and_then(owner_test) else { return Ok(of_any_owner) };
        match outcome {
            Outcome::True | Outcome::Fault => of_any_owner.and(&Alternatives::test(&owner, &included), &self.work),
            // For the leads of others it does not hold, whatever it comes to.
            Outcome::False => of_any_owner.or(Alternatives::test(&owner, &included.outside()), &self.work),
        }
    }

    fn clause_of_any_owner(&self, pack: &Pack, clause: &Clause, outcome: Outcome) -> Result<Alternatives, TooMany> {
        match &clause.body {
            Body::Compiled(node) => {
                self.answered.borrow_mut().clear();
                self.node(node, outcome)
            }
            // What a setting or helper means differs between packs.
            Body::Interpreted { .. } => Ok(part(&Variable::part(format!("{}: {}", pack.file, clause.source)), outcome)),
        }
    }

    /// When a condition comes to `outcome`. All that one classifier is asked so are parts of one clause.
    pub(crate) fn node(&self, node: &Node, outcome: Outcome) -> Result<Alternatives, TooMany> {
        self.work.take(1)?;
        if !matches!(node.kind, NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) | NodeKind::If(..)) {
            return self.worked_out(node, outcome);
        }
        // Without this, each level of a condition would ask what is below it several times.
        if let Some(answer) = self.answered.borrow().get(&(node.id, outcome)) {
            return answer.clone();
        }
        let answer = self.worked_out(node, outcome);
        self.answered.borrow_mut().insert((node.id, outcome), answer.clone());
        answer
    }

    fn worked_out(&self, node: &Node, outcome: Outcome) -> Result<Alternatives, TooMany> {
        match &node.kind {
            NodeKind::And(operands) => self.joined(operands, Outcome::True, outcome),
            NodeKind::Or(operands) => self.joined(operands, Outcome::False, outcome),
            NodeKind::Not(operand) => self.node(
                operand,
                match outcome {
                    Outcome::True => Outcome::False,
                    Outcome::False => Outcome::True,
                    Outcome::Fault => Outcome::Fault,
                },
            ),
            NodeKind::If(condition, yes, no) => {
                let taken = self.both(condition, Outcome::True, yes, outcome)?;
                let other = match no {
                    Some(no) => self.both(condition, Outcome::False, no, outcome)?,
                    // Unknown, which is neither true nor false.
                    None if outcome == Outcome::Fault => self.node(condition, Outcome::False)?,
                    None => Alternatives::never(),
                };
                let failed = if outcome == Outcome::Fault {
                    self.node(condition, Outcome::Fault)?
                } else {
                    Alternatives::never()
                };
                taken.or(other, &self.work)?.or(failed, &self.work)
            }
            NodeKind::Call { args, body, .. } if args.is_empty() => self.node(body, outcome),
            NodeKind::Compare(comparison, left, right) => Ok(self.compared(node, *comparison, left, right, outcome)),
            NodeKind::In(needle, items) => Ok(self.in_list(node, needle, items, outcome)),
            NodeKind::InRange(needle, first, last, inclusive) => {
                let last = if *inclusive { *last } else { last.saturating_sub(1) };
                Ok(self.in_range(node, needle, (*first, last), outcome))
            }
            NodeKind::Contains(needle, haystack) => Ok(self.contained(node, needle, haystack, outcome)),
            _ => Ok(match self.term(node) {
                Some(Term::Constant(Value::Truth(truth))) => constant(truth, outcome),
                Some(Term::Constant(_)) => {
                    if outcome == Outcome::Fault {
                        Alternatives::always()
                    } else {
                        Alternatives::never()
                    }
                }
                Some(Term::Read { variable, fallback, plus: None }) => {
                    truth_of(variable, fallback.as_ref()).outcome(outcome)
                }
                _ => part(&Variable::part(notation(node)), outcome),
            }),
        }
    }

    /// `and` (where all operands must be true) or `or` (where all must be false): the first operand that is otherwise gives the answer.
    fn joined(&self, operands: &[Node], goes_on: Outcome, outcome: Outcome) -> Result<Alternatives, TooMany> {
        if outcome == goes_on {
            let all = operands
                .iter()
                .try_fold(Alternatives::always(), |all, operand| all.and(&self.node(operand, outcome)?, &self.work));
            return all;
        }
        let (mut found, mut before) = (Alternatives::never(), Alternatives::always());
        for operand in operands {
            found = found.or(before.and(&self.node(operand, outcome)?, &self.work)?, &self.work)?;
            // Only what may be a fault keeps the operands after it from being asked; else an operand that is asked in vain changes nothing.
            if outcome == Outcome::Fault || !self.node(operand, Outcome::Fault)?.is_never() {
                before = before.and(&self.node(operand, goes_on)?, &self.work)?;
            }
        }
        Ok(found)
    }

    fn both(&self, one: &Node, first: Outcome, two: &Node, second: Outcome) -> Result<Alternatives, TooMany> {
        self.node(one, first)?.and(&self.node(two, second)?, &self.work)
    }

    /// A value that is read from one fact, or is the same for every lead; `None` for anything else.
    fn term(&self, node: &Node) -> Option<Term> {
        if let Some(value) = constant_value(node) {
            return Some(Term::Constant(value));
        }
        match &node.kind {
            NodeKind::Fact { subject, fact, args, .. } => {
                let args: Vec<Value> = args.iter().map(constant_value).collect::<Option<_>>()?;
                if args.contains(&Value::Unknown) {
                    return Some(Term::Constant(Value::Unknown));
                }
                let variable = Variable::fact(*subject, *fact, &args)?;
                let simple = !matches!(variable.kind(), Type::List | Type::Any | Type::Moment);
                simple.then_some(Term::Read { variable, fallback: None, plus: None })
            }
            NodeKind::Own { name, is_time: false } => {
                let kind = *self.own.get(name)?;
                let simple = matches!(kind, Type::Truth | Type::Number | Type::Text);
                simple.then(|| Term::Read { variable: Variable::own(name, kind), fallback: None, plus: None })
            }
            NodeKind::Coalesce(nodes) => {
                let (first, rest) = nodes.split_first()?;
                let Term::Read { variable, fallback: None, plus: None } = self.term(first)? else { return None };
                let rest: Vec<Value> = rest.iter().map(constant_value).collect::<Option<_>>()?;
                let fallback = rest.into_iter().find(|value| *value != Value::Unknown);
                Some(Term::Read { variable, fallback, plus: None })
            }
            NodeKind::Arith(operation @ (Arithmetic::Add | Arithmetic::Subtract), left, right) => {
                let Term::Read { variable, fallback: None, plus: None } = self.term(left)? else { return None };
                let plus = match (variable.kind(), constant_value(right)?) {
                    (Type::Length, Value::Length(length)) => length.millis() as f64,
                    (Type::Whole, Value::Whole(count)) => count as f64,
                    _ => return None,
                };
                let plus = if *operation == Arithmetic::Add { plus } else { -plus };
                Some(Term::Read { variable, fallback: None, plus: Some(plus) })
            }
            NodeKind::Call { args, body, .. } if args.is_empty() => self.term(body),
            _ => None,
        }
    }

    fn compared(
        &self,
        node: &Node,
        comparison: Comparison,
        left: &Node,
        right: &Node,
        outcome: Outcome,
    ) -> Alternatives {
        let whole = || part(&Variable::part(notation(node)), outcome);
        match (self.term(left), self.term(right)) {
            (Some(Term::Constant(left)), Some(Term::Constant(right))) => {
                operators::compare(comparison, &left, &right).map_or_else(|_| whole(), |truth| constant(truth, outcome))
            }
            (Some(read @ Term::Read { .. }), Some(Term::Constant(with))) => match split(comparison, read, &with) {
                Ok(split) => split.outcome(outcome),
                Err(variable) => in_working_time(&variable, whole(), outcome),
            },
            (Some(Term::Constant(with)), Some(read @ Term::Read { .. })) => {
                match split(comparison.mirrored(), read, &with) {
                    Ok(split) => split.outcome(outcome),
                    Err(variable) => in_working_time(&variable, whole(), outcome),
                }
            }
            (
                Some(Term::Read { variable: left, fallback: None, plus: None }),
                Some(Term::Read { variable: right, fallback: None, plus: None }),
            ) if left.kind() == right.kind() => order_of(comparison, &left, &right, outcome),
            _ => whole(),
        }
    }

    fn in_list(&self, node: &Node, needle: &Node, items: &[Node], outcome: Outcome) -> Alternatives {
        let whole = || part(&Variable::part(notation(node)), outcome);
        let (Some(values), Some(term)) =
            (items.iter().map(constant_value).collect::<Option<Vec<Value>>>(), self.term(needle))
        else {
            return whole();
        };
        match term {
            Term::Constant(needle) => operators::contains_item(values.iter(), &needle)
                .map_or_else(|_| whole(), |truth| constant(truth, outcome)),
            Term::Read { variable, fallback, plus: None } => {
                let none = variable.domain().outside().intersect(&variable.domain());
                let equal = values.iter().map(|value| {
                    let read = Term::Read { variable: variable.clone(), fallback: fallback.clone(), plus: None };
                    split(Comparison::Equal, read, value).map(|split| split.yes)
                });
                let Ok(sets) = equal.collect::<Result<Vec<ValueSet>, Variable>>() else { return whole() };
                let yes = sets.iter().fold(none, |all, one| all.union(one));
                let no = yes.outside();
                let fault = nothing(&variable);
                Split { variable, yes, no, fault }.outcome(outcome)
            }
            Term::Read { .. } => whole(),
        }
    }

    fn in_range(&self, node: &Node, needle: &Node, (first, last): (i64, i64), outcome: Outcome) -> Alternatives {
        match self.term(needle) {
            Some(Term::Read { variable, fallback: None, plus: None }) if variable.kind() == Type::Whole => {
                let from = numbers(Comparison::GreaterOrEqual, first as f64, true);
                let to = numbers(Comparison::LessOrEqual, last as f64, true);
                let set = |known| ValueSet { unknown: false, known };
                let yes = set(from).intersect(&set(to));
                let no = ValueSet { unknown: false, ..yes.outside() };
                let fault = unknown(&variable);
                Split { variable, yes, no, fault }.outcome(outcome)
            }
            _ => part(&Variable::part(notation(node)), outcome),
        }
    }

    /// `"decider" in person.roles` asks whether they play that role, and `"buyer" in lead.roles_missing` whether nobody does.
    fn contained(&self, node: &Node, needle: &Node, haystack: &Node, outcome: Outcome) -> Alternatives {
        let role = constant_value(needle).filter(|value| matches!(value, Value::Text(_)));
        let asked = role.and_then(|role| match &haystack.kind {
            NodeKind::Fact { fact: Fact::Roles, .. } => {
                Some((Variable::fact(Subject::Person, Fact::IsA, &[role])?, outcome))
            }
            NodeKind::Fact { fact: Fact::RolesMissing, .. } => {
                let outcome = match outcome {
                    Outcome::True => Outcome::False,
                    Outcome::False => Outcome::True,
                    Outcome::Fault => Outcome::Fault,
                };
                Some((Variable::fact(Subject::Lead, Fact::Knows, &[role])?, outcome))
            }
            _ => None,
        });
        match asked {
            Some((variable, outcome)) => truth_of(variable, None).outcome(outcome),
            None => part(&Variable::part(notation(node)), outcome),
        }
    }
}

impl Split {
    fn outcome(self, outcome: Outcome) -> Alternatives {
        let set = match outcome {
            Outcome::True => &self.yes,
            Outcome::False => &self.no,
            Outcome::Fault => &self.fault,
        };
        Alternatives::test(&self.variable, set)
    }
}

/// The test that a lead has one of these owners, as a variable with its values; `None` when the fact is not there to be tested.
pub(crate) fn owner_test(owners: &LeadOwners) -> Option<(Variable, ValueSet)> {
    let owner = Variable::fact(Subject::Lead, Fact::Owner, &[])?;
    let except = || owners.except.iter().map(|rep| Value::text(&**rep)).collect();
    let included = match &owners.only {
        Some(only) if owners.except.contains(only) => nothing(&owner),
        Some(only) => ValueSet { unknown: false, known: KnownValues::listed(vec![Value::text(&**only)]) },
        None => ValueSet { unknown: true, known: KnownValues::Listed { values: except(), all_but: true } },
    };
    Some((owner, included))
}

/// The value of a node that is the same for every lead: a constant, a setting, or arithmetic on them.
pub(crate) fn constant_value(node: &Node) -> Option<Value> {
    match &node.kind {
        NodeKind::Arith(operation, left, right) => {
            operators::arithmetic(*operation, &constant_value(left)?, &constant_value(right)?).ok()
        }
        NodeKind::Negate(inner) => operators::negate(&constant_value(inner)?).ok(),
        NodeKind::List(items) => {
            items.iter().map(constant_value).collect::<Option<Vec<Value>>>().map(|items| Value::List(items.into()))
        }
        NodeKind::Call { args, body, .. } if args.is_empty() => constant_value(body),
        _ => node.constant().cloned(),
    }
}

fn constant(truth: bool, outcome: Outcome) -> Alternatives {
    let same = match outcome {
        Outcome::True => truth,
        Outcome::False => !truth,
        Outcome::Fault => false,
    };
    if same { Alternatives::always() } else { Alternatives::never() }
}

/// A part of a condition that is not taken apart.
fn part(variable: &Variable, outcome: Outcome) -> Alternatives {
    let value = match outcome {
        Outcome::True => true.into(),
        Outcome::False => false.into(),
        Outcome::Fault => FAULT.into(),
    };
    Alternatives::test(variable, &ValueSet { unknown: false, known: KnownValues::listed(vec![value]) })
}

fn nothing(variable: &Variable) -> ValueSet {
    ValueSet { unknown: false, ..unknown(variable) }
}

/// Where a fact that is an operand is true and false; elsewhere it cannot be evaluated.
fn truth_of(variable: Variable, fallback: Option<&Value>) -> Split {
    let is = |truth: bool| ValueSet {
        unknown: fallback == Some(&Value::Truth(truth)),
        known: if variable.kind() == Type::Truth {
            KnownValues::listed(vec![truth.into()])
        } else {
            nothing(&variable).known
        },
    };
    let (yes, no) = (is(true), is(false));
    let fault = yes.union(&no).outside();
    Split { variable, yes, no, fault }
}

/// Where a fact compares so with a constant.
///
/// # Errors
/// Its variable, when that depends on more than its value: the working hours that have passed, or the alphabet.
fn split(comparison: Comparison, read: Term, with: &Value) -> Result<Split, Variable> {
    let Term::Read { variable, fallback, plus } = read else { return Err(Variable::part(String::new())) };
    let different = comparison == Comparison::NotEqual;
    let all = known(&variable).known;
    let none = nothing(&variable).known;
    let shifted = |number: f64| number - plus.unwrap_or(0.0);
    let known_yes = match (variable.kind(), with) {
        (_, Value::Unknown) => {
            if different {
                all
            } else {
                none
            }
        }
        (Type::Length, Value::WorkingLength(_) | Value::WorkingDays(_)) if comparison == Comparison::Equal => none,
        (Type::Length, Value::WorkingLength(_) | Value::WorkingDays(_)) if different => all,
        (Type::Length, Value::WorkingLength(_) | Value::WorkingDays(_)) => return Err(variable),
        (Type::Length, Value::Length(length)) => numbers(comparison, shifted(length.millis() as f64), true),
        (kind @ (Type::Whole | Type::Number), Value::Whole(count)) => {
            numbers(comparison, shifted(*count as f64), kind == Type::Whole)
        }
        (kind @ (Type::Whole | Type::Number), Value::Number(number)) => {
            numbers(comparison, shifted(*number), kind == Type::Whole)
        }
        (Type::Text, Value::Text(_)) | (Type::Truth, Value::Truth(_)) => match comparison {
            Comparison::Equal => KnownValues::listed(vec![with.clone()]),
            Comparison::NotEqual => KnownValues::Listed { values: vec![with.clone()], all_but: true },
            _ => match variable.words() {
                Some(words) => {
                    let compares = |word: &Value| operators::compare(comparison, word, with).unwrap_or(false);
                    KnownValues::listed(words.into_iter().filter(compares).collect())
                }
                None => return Err(variable),
            },
        },
        // Values of two types are never equal, smaller or larger, and always different.
        _ => {
            if different {
                all
            } else {
                none
            }
        }
    };
    let unknown_yes = operators::compare(comparison, fallback.as_ref().unwrap_or(&Value::Unknown), with);
    let unknown_yes = unknown_yes.unwrap_or(false);
    let faults = plus.is_some();
    let yes = ValueSet { unknown: unknown_yes && !faults, known: known_yes };
    let no = ValueSet { unknown: !unknown_yes && !faults, known: yes.outside().known };
    let fault = ValueSet { unknown: faults, ..nothing(&variable) };
    Ok(Split { variable, yes, no, fault })
}

/// A comparison that depends on working hours or the alphabet: it holds only where the fact is known.
fn in_working_time(variable: &Variable, whole: Alternatives, outcome: Outcome) -> Alternatives {
    match outcome {
        Outcome::True => whole.with(variable, &known(variable)),
        Outcome::False => whole,
        Outcome::Fault => Alternatives::never(),
    }
}

/// Where two facts compare so.
fn order_of(comparison: Comparison, left: &Variable, right: &Variable, outcome: Outcome) -> Alternatives {
    // One order of the two facts serves `a < b` and `b > a`.
    let (comparison, first, second) =
        if left <= right { (comparison, left, right) } else { (comparison.mirrored(), right, left) };
    if first == second {
        // Unknown equals itself, and nothing is less than itself.
        let yes = match comparison {
            Comparison::Equal => first.domain(),
            Comparison::LessOrEqual | Comparison::GreaterOrEqual => known(first),
            _ => nothing(first),
        };
        let (no, fault) = (yes.outside(), nothing(first));
        return Split { variable: first.clone(), yes, no, fault }.outcome(outcome);
    }
    let words: &[&str] = match comparison {
        Comparison::Equal => &["equal", "unknown"],
        Comparison::NotEqual => &["less", "greater", "other"],
        Comparison::Less => &["less"],
        Comparison::LessOrEqual => &["less", "equal"],
        Comparison::Greater => &["greater"],
        Comparison::GreaterOrEqual => &["greater", "equal"],
    };
    let variable = Variable::order(first, second);
    let listed = |words: &[&str]| KnownValues::listed(words.iter().map(Value::text).collect());
    let yes = ValueSet { unknown: false, known: listed(words) };
    match outcome {
        Outcome::True => {
            let mut order = Alternatives::test(&variable, &yes);
            if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
                for one in [first, second] {
                    order = order.with(one, &known(one));
                }
            }
            order
        }
        Outcome::False => Alternatives::test(&variable, &ValueSet { unknown: false, known: yes.outside().known }),
        Outcome::Fault => Alternatives::never(),
    }
}
